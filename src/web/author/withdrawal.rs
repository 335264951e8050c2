//! Withdrawing: a page that says what it means, then the act.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use crate::actions::withdraw::withdraw;
use crate::domain::stage::{Step, next};
use crate::store::access::AsAuthor;
use crate::store::read::author::AuthorManuscript;
use crate::web::error::{WebError, then_keep};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Withdrawal {
    #[serde(flatten)]
    manuscript: AuthorManuscript,
}

impl View for Withdrawal {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/withdrawal.html";
}

#[get("/author/manuscripts/<number>/withdrawal")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let manuscript = desk.office.store.author_manuscript(&proof).await?;
    next(manuscript.stage, Step::Withdraw).ok_or(WebError::NotFound)?;
    desk.show(&proof, &Withdrawal { manuscript })
}

/// Why.
#[derive(FromForm)]
pub struct WithdrawalForm {
    #[field(default = String::new())]
    version: String,
    #[field(default = String::new())]
    reason: String,
}

#[post("/author/manuscripts/<number>/withdrawal", data = "<form>")]
pub async fn confirm(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<WithdrawalForm>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let version = store.author_version(&proof, &form.0.version).await?;
    let reason: String = form.0.reason.chars().take(2000).collect();
    let result = withdraw(store, &proof, version, &reason).await;
    then_keep(&super::page(number), "manuscript-withdrawn", &[&reason], result)
}
