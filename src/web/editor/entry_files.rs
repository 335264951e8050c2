//! The files of a manuscript that began elsewhere: added by the office as long as nobody was asked to review it.

use rocket::data::Data;
use rocket::http::ContentType;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::files::What;
use crate::actions::submit::files_ready;
use crate::actions::{Failure, enter};
use crate::store::access::AsEditor;
use crate::store::files::FileRole;
use crate::store::read::editor::{FileView, Head};
use crate::web::error::{WebError, refusal_key, then};
use crate::web::form::{Posted, SameOrigin};
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;
use crate::web::upload;

#[derive(Serialize)]
struct EntryFiles {
    head: Head,
    former: String,
    /// Whether files can still be added and taken away.
    open: bool,
    files: Vec<FileView>,
    /// A blind copy is being made: the page asks again.
    waiting: bool,
    /// Whether a reviewer could read it now.
    ready: bool,
    roles: Vec<&'static str>,
    limit_mb: u64,
    /// Why an upload was not taken: a key of `problem-`.
    refused: &'static str,
}

impl View for EntryFiles {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/entry-files.html";
}

async fn view(desk: &Desk<'_>, proof: &AsEditor) -> Result<EntryFiles, WebError> {
    let store = &desk.office.store;
    let former = store.editor_former(proof).await?.ok_or(WebError::NotFound)?;
    let head = store.editor_head(proof).await?;
    let files = store
        .editor_files(proof)
        .await?
        .remove(&head.round)
        .unwrap_or_default();
    let facts: Vec<_> = files.iter().map(|f| f.facts.clone()).collect();
    Ok(EntryFiles {
        former,
        open: store.editor_entry_open(proof).await?,
        waiting: facts.iter().any(|f| f.state == "waiting"),
        ready: files_ready(&facts, head.round).is_ok(),
        files,
        roles: FileRole::AUTHORS.iter().map(|r| r.key()).collect(),
        limit_mb: desk.office.config.max_file_mb,
        refused: "",
        head,
    })
}

/// The files with their reports.
#[get("/office/manuscripts/<number>/entry")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let page = view(&desk, &proof).await?;
    desk.show(&proof, &page)
}

/// Takes a file.
#[post("/office/manuscripts/<number>/entry/files", data = "<data>")]
pub async fn add(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    _ours: SameOrigin,
    kind: &ContentType,
    data: Data<'_>,
) -> Result<Either<Redirect, Page>, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let result = match upload::receive(store, kind, data, desk.office.config.max_file_mb).await {
        Ok(sent) => {
            let what = What::read(sent.field("role"));
            enter::add_file(store, &proof, &what, &sent.taken, &sent.name).await
        }
        Err(failure) => Err(failure),
    };
    match result {
        Ok(id) => Ok(Either::Left(Redirect::to(format!(
            "{}?done=file-uploaded#file-{id}",
            place(&proof, "/entry")
        )))),
        Err(Failure::Refused(refusal)) => {
            let page = EntryFiles {
                refused: refusal_key(&refusal),
                ..view(&desk, &proof).await?
            };
            Ok(Either::Right(desk.show_again(&proof, &page)?))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Takes a file away.
#[post("/office/manuscripts/<number>/entry/files/<id>/removal")]
pub async fn remove(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    _ours: SameOrigin,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let done = enter::remove_file(&desk.office.store, &proof, id).await;
    then(&place(&proof, "/entry"), "file-removed", done)
}

/// A finding and what becomes of it.
#[derive(FromForm)]
pub struct Settling {
    #[field(default = String::new())]
    key: String,
    /// `keep` or `remove`.
    #[field(default = String::new())]
    choice: String,
}

/// Settles a finding in the author's place.
#[post("/office/manuscripts/<number>/entry/files/<id>/findings", data = "<form>")]
pub async fn settle(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Settling>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let keep = match form.0.choice.as_str() {
        "keep" => true,
        "remove" => false,
        _ => return Err(WebError::BadForm),
    };
    let done = enter::settle_finding(&desk.office.store, &proof, id, &form.0.key, keep).await;
    then(&place(&proof, "/entry"), "office-finding-settled", done)
}
