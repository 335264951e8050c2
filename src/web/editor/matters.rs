//! Beside the ordinary way: requests, co-authors, holds, akin submissions, notices on a published article.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::{coauthor, hold, notice, request};
use crate::store::access::AsEditor;
use crate::store::read::editor::{Head, MattersView};
use crate::web::error::{WebError, then, then_keep};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Matters {
    head: Head,
    tab: &'static str,
    matters: MattersView,
    /// Whether anything stands here at all.
    quiet: bool,
}

impl View for Matters {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/matters.html";
}

/// Everything beside the ordinary way.
#[get("/office/manuscripts/<number>/matters")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let matters = store.editor_matters(&proof).await?;
    let view = Matters {
        head: store.editor_head(&proof).await?,
        tab: "matters",
        quiet: matters.requests.is_empty() && matters.kin.is_empty() && matters.notices.is_empty(),
        matters,
    };
    desk.show(&proof, &view)
}

/// What one of the page's forms says.
#[derive(FromForm)]
pub struct Said {
    #[field(default = 0)]
    version: i64,
    /// `grant` or `refuse`; `hold` or `resume`; `ask` or `excuse`; a notice's key.
    #[field(default = String::new())]
    act: String,
    #[field(default = String::new())]
    text: String,
    #[field(default = String::new())]
    text_en: String,
    #[field(default = 0)]
    days: u32,
}

impl Said {
    fn text(&self) -> String {
        self.text.replace("\r\n", "\n").chars().take(5000).collect()
    }
}

/// Answers a request of the author.
#[post("/office/manuscripts/<number>/requests/<id>", data = "<form>")]
pub async fn answer(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Said>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let form = form.0;
    let grant = match form.act.as_str() {
        "grant" => true,
        "refuse" => false,
        _ => return Err(WebError::BadForm),
    };
    let store = &desk.office.store;
    let text = form.text();
    let done = request::answer(store, &proof, form.version, id, grant, &text, form.days).await;
    then_keep(&place(&proof, "/matters"), "office-answered", &[&text], done)
}

/// Puts the manuscript on hold, or lets it go on.
#[post("/office/manuscripts/<number>/hold", data = "<form>")]
pub async fn set_hold(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Said>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let store = &desk.office.store;
    let text = form.0.text();
    let (word, done) = match form.0.act.as_str() {
        "hold" => (
            "office-held",
            hold::hold(store, &proof, form.0.version, &text).await,
        ),
        "resume" => (
            "office-resumed",
            hold::resume(store, &proof, form.0.version, &text).await,
        ),
        _ => return Err(WebError::BadForm),
    };
    then_keep(&place(&proof, "/matters"), word, &[&text], done)
}

/// Asks the co-authors once more, or lets acceptance go on without their word.
#[post("/office/manuscripts/<number>/coauthors", data = "<form>")]
pub async fn coauthors(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Said>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let store = &desk.office.store;
    let (word, done) = match form.0.act.as_str() {
        "ask" => (
            "office-coauthors-asked",
            coauthor::ask_again(store, &proof, form.0.version).await,
        ),
        "excuse" => (
            "office-coauthors-excused",
            coauthor::excuse(store, &proof, form.0.version, &form.0.text()).await,
        ),
        _ => return Err(WebError::BadForm),
    };
    then_keep(&place(&proof, "/matters"), word, &[&form.0.text()], done)
}

/// Asks the author whether a released manuscript is still offered here.
#[post("/office/manuscripts/<number>/reaffirmation", data = "<form>")]
pub async fn ask_reaffirmation(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Said>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let done = request::ask_reaffirmation(&desk.office.store, &proof, form.0.version).await;
    then(&place(&proof, "/matters"), "office-reaffirmation-asked", done)
}

/// Publishes a dated notice on a published article: a correction, an expression of concern, a retraction.
#[post("/office/manuscripts/<number>/notices", data = "<form>")]
pub async fn publish_notice(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Said>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let form = form.0;
    let english: String = form.text_en.replace("\r\n", "\n").chars().take(5000).collect();
    let text = [form.text(), english];
    let typed = text.clone();
    let done = notice::publish(&desk.office.store, &proof, form.version, &form.act, text).await;
    let typed = [typed[0].as_str(), &typed[1]];
    then_keep(&place(&proof, "/matters"), "office-notice", &typed, done)
}
