//! A person asks to be erased.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use crate::store::access::Who;
use crate::store::erase::Against;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Erasure {
    asked: bool,
    against: Vec<Against>,
}

impl View for Erasure {
    type Audience = Who;
    const TEMPLATE: &'static str = "account/erasure.html";
}

#[get("/account/erasure")]
pub async fn page(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let against = desk.office.store.against_erasing(&who.0).await?;
    let asked = who.0.leaving();
    desk.show(&who.0, &Erasure { asked, against })
}

#[derive(FromForm)]
pub struct Form {
    #[field(default = false)]
    ask: bool,
}

#[post("/account/erasure", data = "<form>")]
pub async fn post(desk: Desk<'_>, who: SignedIn, form: Posted<Form>) -> Result<Redirect, WebError> {
    desk.office.store.set_leaving(&who.0, form.0.ask).await?;
    let done = if form.0.ask { "leaving" } else { "staying" };
    Ok(Redirect::to(format!("/account/erasure?done={done}")))
}
