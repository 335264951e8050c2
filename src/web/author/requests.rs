//! What the author asks of the office: more time, an appeal, leave to withdraw, other authors. A page that says what it
//! means, then the act.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::step_form::{AuthorForm, author, rearrange};
use crate::actions::{Failure, authors, coauthor, request};
use crate::domain::manuscript::AuthorEntry;
use crate::domain::request::RequestKind;
use crate::store::access::AsAuthor;
use crate::store::read::author::AuthorManuscript;
use crate::web::error::{WebError, refusal_key, then};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// The longest text, in characters.
const LONGEST: usize = 10_000;

#[derive(Serialize)]
struct Asking {
    manuscript: AuthorManuscript,
    kind: &'static str,
    text: String,
    days: u32,
    most_days: u32,
    /// The authors as they are to be, for a change of them.
    authors: Vec<AuthorEntry>,
    /// Why it could not be sent: a key of `problem-`.
    refused: &'static str,
}

impl View for Asking {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/request.html";
}

async fn page_of(desk: &Desk<'_>, proof: &AsAuthor, kind: RequestKind) -> Result<Option<Asking>, WebError> {
    let store = &desk.office.store;
    let manuscript = store.author_manuscript(proof).await?;
    if !manuscript.may_ask.contains(&kind.key()) {
        return Ok(None);
    }
    let authors = match kind {
        RequestKind::Authors => store.author_authors(proof).await?,
        _ => Vec::new(),
    };
    Ok(Some(Asking {
        kind: kind.key(),
        text: String::new(),
        days: 14,
        most_days: request::MOST_DAYS,
        authors,
        refused: "",
        manuscript,
    }))
}

#[get("/author/manuscripts/<number>/requests/<kind>")]
pub async fn show(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    kind: &str,
) -> Result<Either<Page, Redirect>, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let kind = RequestKind::from_key(kind).ok_or(WebError::NotFound)?;
    match page_of(&desk, &proof, kind).await? {
        Some(page) => Ok(Either::Left(desk.show(&proof, &page)?)),
        None => Ok(Either::Right(Redirect::to(super::page(number)))),
    }
}

/// What is asked, and why.
#[derive(FromForm)]
pub struct RequestForm {
    #[field(default = String::new())]
    version: String,
    #[field(default = String::new())]
    text: String,
    #[field(default = 0)]
    days: u32,
    /// `send`, or a button of the list of authors: `add`, `remove-2`, `up-2`, `down-2`.
    #[field(default = String::new())]
    act: String,
    #[field(default = Vec::new())]
    authors: Vec<AuthorForm>,
}

#[post("/author/manuscripts/<number>/requests/<kind>", data = "<form>")]
pub async fn send(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    kind: &str,
    form: Posted<RequestForm>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let kind = RequestKind::from_key(kind).ok_or(WebError::NotFound)?;
    let form = form.0;
    let text: String = form.text.replace("\r\n", "\n").chars().take(LONGEST).collect();
    let mut list: Vec<AuthorEntry> = form.authors.iter().map(author).collect();
    let mut refused = "";
    if kind == RequestKind::Authors && form.act != "send" {
        rearrange(&mut list, &form.act);
    } else {
        let version = store.author_version(&proof, &form.version).await?;
        let done = match kind {
            RequestKind::Authors => authors::propose(store, &proof, version, list.clone(), &text).await,
            kind => request::ask(store, &proof, version, kind, &text, form.days).await,
        };
        match done {
            Ok(()) => {
                let page = super::page(number);
                return Ok(Either::Right(Redirect::to(format!("{page}?done=request-sent"))));
            }
            Err(Failure::Refused(refusal)) => refused = refusal_key(&refusal),
            Err(failure) => return Err(failure.into()),
        }
    }
    let Some(page) = page_of(&desk, &proof, kind).await? else {
        let page = super::page(number);
        return Ok(Either::Right(Redirect::to(format!("{page}?problem={refused}"))));
    };
    let page = Asking {
        text,
        days: if form.days == 0 { page.days } else { form.days },
        authors: list,
        refused,
        ..page
    };
    match refused {
        "" => Ok(Either::Left(desk.show(&proof, &page)?)),
        _ => Ok(Either::Left(desk.show_again(&proof, &page)?)),
    }
}

/// The state that the author looked at.
#[derive(FromForm)]
pub struct Edition {
    #[field(default = String::new())]
    version: String,
}

/// Takes a request back that nobody has answered.
#[post("/author/manuscripts/<number>/requests/<kind>/end", data = "<form>")]
pub async fn take_back(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    kind: &str,
    form: Posted<Edition>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let kind = RequestKind::from_key(kind).ok_or(WebError::NotFound)?;
    let version = store.author_version(&proof, &form.0.version).await?;
    let done = request::take_back(store, &proof, version, kind).await;
    then(&super::page(number), "request-taken-back", done)
}

/// Asks those who have not agreed to a change of authors once more.
#[post("/author/manuscripts/<number>/requests/authors/reminder", data = "<form>")]
pub async fn remind(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Edition>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let version = store.author_version(&proof, &form.0.version).await?;
    let done = authors::ask_again(store, &proof, version).await;
    then(&super::page(number), "concerned-asked", done)
}

/// Asks the co-authors once more who have not said yet that they are authors.
#[post("/author/manuscripts/<number>/coauthors", data = "<form>")]
pub async fn remind_coauthors(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Edition>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let version = store.author_version(&proof, &form.0.version).await?;
    let done = coauthor::remind(store, &proof, version).await;
    then(&super::page(number), "coauthors-reminded", done)
}
