//! Blind copies: to read in the page, alone or beside another version, and to download.

use rocket::get;
use serde::Serialize;

use super::{editor, place};
use crate::store::access::AsEditor;
use crate::store::read::editor::{FileView, Head};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::reading::{self, Image, Known, PageName, Reading};
use crate::web::serve_file::Served;
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct ReadFile {
    head: Head,
    /// Not `name`, which is the reader's own in every page.
    file_name: String,
    round: i32,
    here: String,
    reading: Reading,
    /// The other version, if one was asked for.
    beside: Option<Reading>,
    beside_name: String,
    beside_round: i32,
    /// What was removed and found; none for a reviewer's attachment.
    file: Option<FileView>,
    others: Vec<FileView>,
}

impl View for ReadFile {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/file.html";
}

/// A blind copy as reviewers read it.
#[get("/office/manuscripts/<number>/files/<id>?<beside>")]
pub async fn read(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    beside: Option<i64>,
) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let blind = store.editor_blind(&proof, id).await?.ok_or(WebError::NotFound)?;
    let other = match beside {
        Some(beside) => store.editor_blind(&proof, beside).await?,
        None => None,
    };
    let head = store.editor_head(&proof).await?;
    let files: Vec<FileView> = store
        .editor_files(&proof)
        .await?
        .into_values()
        .flatten()
        .collect();
    let here = place(&proof, &format!("/files/{id}"));
    let lang = head.title_lang;
    let round_of = |id: i64| {
        files
            .iter()
            .find(|f| f.facts.id == id)
            .map_or(0, |f| f.facts.round)
    };
    let (mut second, mut beside_name) = (None, String::new());
    if let (Some(other), Some(id)) = (other, beside) {
        let base = place(&proof, &format!("/files/{id}"));
        second = Some(reading::of(store, &other, lang, base).await?);
        beside_name = other.name;
    }
    let view = ReadFile {
        reading: reading::of(store, &blind, lang, here.clone()).await?,
        beside: second,
        beside_name,
        beside_round: beside.map_or(0, round_of),
        round: round_of(id),
        file_name: blind.name,
        here,
        file: files.iter().find(|f| f.facts.id == id).cloned(),
        others: files
            .into_iter()
            .filter(|f| f.facts.id != id && f.facts.state == "blind")
            .collect(),
        head,
    };
    desk.show(&proof, &view)
}

/// A page of a blind PDF.
#[get("/office/manuscripts/<number>/files/<id>/pages/<page>")]
pub async fn page(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    page: PageName,
    known: Known,
) -> Result<Image, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let blind = store.editor_blind(&proof, id).await?;
    reading::page_of(desk.office, &blind.ok_or(WebError::NotFound)?, page, known).await
}

/// A picture of a blind document.
#[get("/office/manuscripts/<number>/files/<id>/pictures/<index>")]
pub async fn picture(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    index: usize,
    known: Known,
) -> Result<Image, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let blind = store.editor_blind(&proof, id).await?;
    reading::picture_of(store, &blind.ok_or(WebError::NotFound)?, index, known).await
}

/// A blind copy to download.
#[get("/office/manuscripts/<number>/files/<id>/copy")]
pub async fn copy(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Served, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let blind = store.editor_blind(&proof, id).await?;
    let f = blind.ok_or(WebError::NotFound)?;
    Ok(Served::download(store, &f.blob, &f.name, &f.format, f.size))
}
