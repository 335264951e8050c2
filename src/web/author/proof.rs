//! The proof: the article as it will be, and the author's word on it.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use crate::actions::publish;
use crate::store::access::AsAuthor;
use crate::store::publication::{Article, PublicAuthor};
use crate::store::read::author::AuthorProof;
use crate::store::read::author::ClockView;
use crate::web::error::{WebError, then};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct ProofPage {
    number: String,
    article: Article,
    authors: Vec<Byline>,
    affiliations: Vec<String>,
    clock: Option<ClockView>,
    edition: String,
    /// Whether some share the first place.
    joint_first: bool,
    /// Whether some are marked as corresponding.
    corresponding: bool,
    /// Whether the journal wants a copyright form now.
    copyright: bool,
}

impl View for ProofPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/proof.html";
}

/// An author with the numbers of the affiliations.
#[derive(Serialize)]
struct Byline {
    #[serde(flatten)]
    author: PublicAuthor,
    marks: Vec<usize>,
}

impl From<AuthorProof> for ProofPage {
    fn from(proof: AuthorProof) -> Self {
        let mut affiliations: Vec<String> = Vec::new();
        let authors = proof.article.authors.iter().map(|author| Byline {
            author: author.clone(),
            marks: author
                .affiliations
                .iter()
                .map(|a| mark(&mut affiliations, a))
                .collect(),
        });
        ProofPage {
            copyright: false,
            number: proof.article.number.clone(),
            authors: authors.collect(),
            affiliations,
            joint_first: proof.article.authors.iter().any(|a| a.joint_first),
            corresponding: proof.article.authors.iter().any(|a| a.corresponding),
            article: proof.article,
            clock: proof.clock,
            edition: proof.edition,
        }
    }
}

fn mark(affiliations: &mut Vec<String>, affiliation: &str) -> usize {
    let known = affiliations.iter().position(|a| a == affiliation);
    known.map_or_else(
        || {
            affiliations.push(affiliation.to_owned());
            affiliations.len()
        },
        |at| at + 1,
    )
}

#[get("/author/manuscripts/<number>/proof")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let page = ProofPage {
        copyright: desk.office.store.rules().copyright_form,
        ..ProofPage::from(desk.office.store.author_proof(&proof).await?)
    };
    desk.show(&proof, &page)
}

/// The state that the author looked at.
#[derive(FromForm)]
pub struct Confirmation {
    #[field(default = String::new())]
    version: String,
}

#[post("/author/manuscripts/<number>/proof", data = "<form>")]
pub async fn confirm(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Confirmation>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let version = store.author_version(&proof, &form.0.version).await?;
    let result = publish::confirm_proof(store, &proof, version).await;
    then(&super::page(number), "proof-confirmed", result)
}
