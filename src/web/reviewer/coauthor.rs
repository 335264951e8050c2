//! A co-author who was typed in confirms or denies, from the letter's link.

use rocket::{FromForm, get, post};
use serde::Serialize;

use super::by_link::{of_another, said};
use crate::actions::coauthor::{confirm, deny};
use crate::actions::{Done, Failure};
use crate::store::access::{AsCoauthor, Denied};
use crate::store::links::Link;
use crate::store::read::coauthor::CoauthorView;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Question {
    question: CoauthorView,
    /// Where the answer is posted.
    place: String,
}

impl View for Question {
    type Audience = AsCoauthor;
    const TEMPLATE: &'static str = "reviewer/coauthor.html";
}

async fn look(desk: &Desk<'_>, token: &str) -> Result<Option<(Link, AsCoauthor)>, WebError> {
    let store = &desk.office.store;
    let Some(link) = store.look_at_link(token).await? else {
        return Ok(None);
    };
    match store.coauthor_by_link(&link).await {
        Ok(proof) => Ok(Some((link, proof))),
        Err(Denied::NotFound) => Ok(None),
        Err(Denied::Fault(fault)) => Err(fault.into()),
    }
}

/// The same question for somebody who has signed in with the address that was typed.
#[get("/author/named/<number>")]
pub async fn named(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.coauthor(&who.0, number).await?;
    let question = store.coauthor_question(&proof).await?;
    let place = format!("/author/named/{number}");
    desk.show(&proof, &Question { question, place })
}

#[post("/author/named/<number>", data = "<form>")]
pub async fn answer_named(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Answering>,
) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.coauthor(&who.0, number).await?;
    let (done, what) = match form.0.answer.as_str() {
        "confirm" => (confirm(store, &proof, desk.lang()).await, "confirmed"),
        "deny" => (deny(store, &proof, &form.0.note).await, "denied"),
        _ => return Err(WebError::BadForm),
    };
    match done {
        Ok(()) => said(&desk, what),
        Err(Failure::Refused(_)) => said(&desk, "gone"),
        Err(failure) => Err(failure.into()),
    }
}

#[get("/authorship/<token>")]
pub async fn question(desk: Desk<'_>, token: &str) -> Result<Page, WebError> {
    if of_another(&desk, token).await? {
        return said(&desk, "other");
    }
    let Some((_, proof)) = look(&desk, token).await? else {
        return said(&desk, "gone");
    };
    let question = desk.office.store.coauthor_question(&proof).await?;
    let place = format!("/authorship/{token}");
    desk.show(&proof, &Question { question, place })
}

/// A co-author's answer.
#[derive(FromForm)]
pub struct Answering {
    #[field(default = String::new())]
    answer: String,
    #[field(default = String::new())]
    note: String,
}

#[post("/authorship/<token>", data = "<form>")]
pub async fn answer(desk: Desk<'_>, token: &str, form: Posted<Answering>) -> Result<Page, WebError> {
    if of_another(&desk, token).await? {
        return said(&desk, "other");
    }
    let Some((link, proof)) = look(&desk, token).await? else {
        return said(&desk, "gone");
    };
    let store = &desk.office.store;
    match form.0.answer.as_str() {
        "confirm" => {
            let done = confirm(store, &proof, desk.lang()).await;
            ended(&desk, &link, done, "confirmed").await
        }
        "deny" => {
            let done = deny(store, &proof, &form.0.note).await;
            ended(&desk, &link, done, "denied").await
        }
        _ => Err(WebError::BadForm),
    }
}

async fn ended(desk: &Desk<'_>, link: &Link, done: Done, what: &'static str) -> Result<Page, WebError> {
    match done {
        Ok(()) => {
            desk.office.store.spend_link(link).await?;
            said(desk, what)
        }
        Err(Failure::Refused(_) | Failure::NotFound) => said(desk, "gone"),
        Err(failure) => Err(failure.into()),
    }
}
