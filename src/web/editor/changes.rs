//! What changed in the manuscript since the round before, as its reviewers see it.

use rocket::response::Redirect;
use rocket::{Either, get};
use serde::Serialize;

use super::{editor, place};
use crate::store::access::AsEditor;
use crate::store::read::editor::Head;
use crate::web::changes::{Compared, between};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct ChangesPage {
    head: Head,
    tab: &'static str,
    old_round: i32,
    new_round: i32,
    compared: Compared,
}

impl View for ChangesPage {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/changes.html";
}

#[get("/office/manuscripts/<number>/changes")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let files = store.editor_files(&proof).await?;
    let mut rounds = files.iter().rev().filter_map(|(round, files)| {
        let blind = |f: &&crate::store::read::editor::FileView| {
            f.facts.role == "manuscript" && f.facts.state == "blind"
        };
        Some((*round, files.iter().find(blind)?.facts.id))
    });
    let (Some((new_round, new)), Some((old_round, old))) = (rounds.next(), rounds.next()) else {
        // A blind copy is still being made, or there is one round alone.
        return Ok(Either::Right(Redirect::to(place(&proof, ""))));
    };
    let (old, new) = (
        store.editor_blind(&proof, old).await?.ok_or(WebError::NotFound)?,
        store.editor_blind(&proof, new).await?.ok_or(WebError::NotFound)?,
    );
    let head = store.editor_head(&proof).await?;
    let page = ChangesPage {
        compared: between(store, &old, &new, head.title_lang).await?,
        tab: "reading",
        old_round,
        new_round,
        head,
    };
    Ok(Either::Left(desk.show(&proof, &page)?))
}
