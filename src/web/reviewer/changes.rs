//! What changed in the manuscript since the round before, on a page beside the desk.

use rocket::get;
use serde::Serialize;

use crate::store::access::AsReviewer;
use crate::store::read::reviewer::{BlindFacts, FileRound, ReviewerView};
use crate::web::changes::{Compared, between};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct ChangesPage {
    facts: BlindFacts,
    old_round: i32,
    new_round: i32,
    compared: Compared,
}

impl View for ChangesPage {
    type Audience = AsReviewer;
    const TEMPLATE: &'static str = "reviewer/changes.html";
}

/// The manuscript of a round.
fn manuscript(round: &FileRound) -> Option<i64> {
    let file = round.files.iter().find(|f| f.role == "manuscript");
    file.map(|f| f.id)
}

#[get("/reviews/<number>/changes")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let ReviewerView::Desk(view) = store.reviewer_view(&proof).await? else {
        return Err(WebError::NotFound);
    };
    let mut rounds = view
        .files
        .iter()
        .filter_map(|round| Some((round.round, manuscript(round)?)));
    let (Some((new_round, new)), Some((old_round, old))) = (rounds.next(), rounds.next()) else {
        return Err(WebError::NotFound);
    };
    let old = store.reviewer_file(&proof, old).await?;
    let new = store.reviewer_file(&proof, new).await?;
    let page = ChangesPage {
        compared: between(store, &old, &new, &view.facts.lang).await?,
        facts: view.facts,
        old_round,
        new_round,
    };
    desk.show(&proof, &page)
}
