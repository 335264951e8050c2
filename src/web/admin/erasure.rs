//! Erasing those who asked for it.

use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;

use crate::store::access::AsAdministrator;
use crate::store::erase::Asked;
use crate::web::error::WebError;
use crate::web::form::{Pressed, SurePosted};
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Erasures {
    people: Vec<Asked>,
}

impl View for Erasures {
    type Audience = AsAdministrator;
    const TEMPLATE: &'static str = "admin/erasure.html";
}

#[get("/admin/erasure")]
pub async fn show(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let proof = desk.office.store.administrator(&who.0)?;
    let people = desk.office.store.asked_to_be_erased(&proof).await?;
    desk.show(&proof, &Erasures { people })
}

#[post("/admin/erasure/<id>", data = "<_sure>")]
pub async fn erase(
    desk: Desk<'_>,
    who: SignedIn,
    id: i64,
    _sure: SurePosted<Pressed>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.administrator(&who.0)?;
    // Only those who asked: nobody is erased by a wrong number.
    let asked = store.asked_to_be_erased(&proof).await?;
    if !asked.iter().any(|person| person.id == id) {
        return Err(WebError::NotFound);
    }
    let against = store.erase(&proof, &who.0, id).await?;
    let word = if against.is_empty() {
        "done=erased"
    } else {
        "problem=erasure"
    };
    Ok(Redirect::to(format!("/admin/erasure?{word}")))
}
