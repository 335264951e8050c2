//! Discarding a draft: a page that says what it means, then the act.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use crate::actions::draft;
use crate::domain::stage::Stage;
use crate::store::access::AsAuthor;
use crate::store::read::author::AuthorManuscript;
use crate::web::error::{WebError, back_with};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Discard {
    #[serde(flatten)]
    manuscript: AuthorManuscript,
}

impl View for Discard {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/discard.html";
}

#[get("/author/manuscripts/<number>/discard")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let manuscript = desk.office.store.author_manuscript(&proof).await?;
    if manuscript.stage != Stage::Draft {
        return Err(WebError::NotFound);
    }
    desk.show(&proof, &Discard { manuscript })
}

/// The state that the author looked at.
#[derive(FromForm)]
pub struct DiscardForm {
    #[field(default = String::new())]
    version: String,
}

#[post("/author/manuscripts/<number>/discard", data = "<form>")]
pub async fn confirm(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<DiscardForm>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let version = store.author_version(&proof, &form.0.version).await?;
    match draft::discard(store, &proof, version).await {
        Ok(()) => Ok(Redirect::to("/author?done=draft-discarded")),
        Err(failure) => back_with(super::page(number), failure),
    }
}
