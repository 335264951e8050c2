//! A manuscript's first page: what it is, its blind files and reports, who handles it, its clocks.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::{handle, invite};
use crate::domain::window::WindowKind;
use crate::store::access::AsEditor;
use crate::store::read::editor::{EditorChoice, FileView, Head};
use crate::web::error::{WebError, then, then_keep};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Reading {
    head: Head,
    tab: &'static str,
    rounds: Vec<RoundFiles>,
    editors: Vec<EditorChoice>,
    reason_wanted: bool,
    /// The number that it had, if it began elsewhere.
    former: Option<String>,
}

#[derive(Serialize)]
struct RoundFiles {
    round: i32,
    files: Vec<FileView>,
}

impl View for Reading {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/manuscript.html";
}

/// The manuscript.
#[get("/office/manuscripts/<number>")]
pub async fn reading(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let files = store.editor_files(&proof).await?;
    let view = Reading {
        head: store.editor_head(&proof).await?,
        tab: "reading",
        rounds: files
            .into_iter()
            .rev()
            .map(|(round, files)| RoundFiles { round, files })
            .collect(),
        editors: store.editor_choices(&proof).await?,
        reason_wanted: store.rules().names_need_reason,
        former: store.editor_former(&proof).await?,
    };
    desk.show(&proof, &view)
}

#[derive(FromForm)]
pub struct Handling {
    #[field(default = 0)]
    version: i64,
    /// The account; 0 is oneself.
    #[field(default = 0)]
    account: i64,
}

/// Takes the handling, or gives it to somebody.
#[post("/office/manuscripts/<number>/handling", data = "<form>")]
pub async fn give_handling(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Handling>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let account = match form.0.account {
        0 => proof.account(),
        account => account,
    };
    let done = handle::give(&desk.office.store, &proof, form.0.version, account).await;
    then(&place(&proof, ""), "office-handling", done)
}

#[derive(FromForm)]
pub struct Extension {
    #[field(default = 0)]
    version: i64,
    #[field(default = String::new())]
    window: String,
    #[field(default = 0)]
    days: u32,
    #[field(default = String::new())]
    reason: String,
}

/// Gives more time to one of the manuscript's own windows.
#[post("/office/manuscripts/<number>/extension", data = "<form>")]
pub async fn extend(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Extension>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let form = form.0;
    let kind = WindowKind::from_key(&form.window).ok_or(WebError::BadForm)?;
    let store = &desk.office.store;
    let done = invite::extend(store, &proof, form.version, kind, None, form.days, &form.reason).await;
    then_keep(&place(&proof, ""), "office-extended", &[&form.reason], done)
}
