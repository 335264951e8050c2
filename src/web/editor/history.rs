//! The timeline.

use rocket::get;
use serde::Serialize;

use super::editor;
use crate::store::access::AsEditor;
use crate::store::read::editor::{EventView, Head};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct History {
    head: Head,
    tab: &'static str,
    events: Vec<EventView>,
}

impl View for History {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/history.html";
}

/// What happened, the latest first.
#[get("/office/manuscripts/<number>/history")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let view = History {
        head: store.editor_head(&proof).await?,
        tab: "history",
        events: store.editor_history(&proof).await?,
    };
    desk.show(&proof, &view)
}
