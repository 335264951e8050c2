//! The log of letters.

use rocket::get;
use serde::Serialize;

use super::editor;
use crate::store::access::AsEditor;
use crate::store::read::editor::{Head, LetterLine, LetterText};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Letters {
    head: Head,
    tab: &'static str,
    letters: Vec<LetterLine>,
}

impl View for Letters {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/letters.html";
}

/// All letters.
#[get("/office/manuscripts/<number>/letters")]
pub async fn list(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let view = Letters {
        head: store.editor_head(&proof).await?,
        tab: "letters",
        letters: store.editor_letters(&proof).await?,
    };
    desk.show(&proof, &view)
}

#[derive(Serialize)]
struct OneLetter {
    head: Head,
    letter: LetterText,
}

impl View for OneLetter {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/letter.html";
}

/// One letter.
#[get("/office/manuscripts/<number>/letters/<id>")]
pub async fn read(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let letter = store.editor_letter(&proof, id).await?;
    let view = OneLetter {
        head: store.editor_head(&proof).await?,
        letter: letter.ok_or(WebError::NotFound)?,
    };
    desk.show(&proof, &view)
}
