//! Somebody whom a change of authors concerns agrees or does not, from the letter's link.

use rocket::{FromForm, get, post};
use serde::Serialize;

use super::by_link::{of_another, said};
use crate::actions::{Failure, authors};
use crate::store::access::{AsConcerned, Denied};
use crate::store::links::Link;
use crate::store::read::coauthor::ConcernedView;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};

#[derive(Serialize)]
struct Question {
    question: ConcernedView,
    token: String,
}

impl View for Question {
    type Audience = AsConcerned;
    const TEMPLATE: &'static str = "reviewer/concerned.html";
}

async fn look(desk: &Desk<'_>, token: &str) -> Result<Option<(Link, AsConcerned, ConcernedView)>, WebError> {
    let store = &desk.office.store;
    let Some(link) = store.look_at_link(token).await? else {
        return Ok(None);
    };
    let found = match store.concerned_by_link(&link).await {
        Ok(proof) => store
            .concerned_question(&proof)
            .await
            .map(|question| (link, proof, question)),
        Err(denied) => Err(denied),
    };
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Denied::NotFound) => Ok(None),
        Err(Denied::Fault(fault)) => Err(fault.into()),
    }
}

#[get("/authors-change/<token>")]
pub async fn question(desk: Desk<'_>, token: &str) -> Result<Page, WebError> {
    if of_another(&desk, token).await? {
        return said(&desk, "other");
    }
    let Some((_, proof, question)) = look(&desk, token).await? else {
        return said(&desk, "gone");
    };
    let token = token.to_owned();
    desk.show(&proof, &Question { question, token })
}

/// An answer.
#[derive(FromForm)]
pub struct Answering {
    #[field(default = String::new())]
    answer: String,
}

#[post("/authors-change/<token>", data = "<form>")]
pub async fn answer(desk: Desk<'_>, token: &str, form: Posted<Answering>) -> Result<Page, WebError> {
    if of_another(&desk, token).await? {
        return said(&desk, "other");
    }
    let Some((link, proof, _)) = look(&desk, token).await? else {
        return said(&desk, "gone");
    };
    let agrees = match form.0.answer.as_str() {
        "agree" => true,
        "disagree" => false,
        _ => return Err(WebError::BadForm),
    };
    let store = &desk.office.store;
    match authors::answer(store, &proof, agrees).await {
        Ok(()) => {
            store.spend_link(&link).await?;
            said(&desk, if agrees { "agreed" } else { "disagreed" })
        }
        Err(Failure::Refused(_) | Failure::NotFound) => said(&desk, "gone"),
        Err(failure) => Err(failure.into()),
    }
}
