//! From acceptance to the article.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::publish as act;
use crate::actions::trial::{self, Standing};
use crate::actions::{Failure, Refusal};
use crate::store::access::AsEditor;
use crate::store::read::editor::Head;
use crate::web::error::{WebError, then};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(FromForm)]
pub struct Version {
    #[field(default = 0)]
    version: i64,
}

#[derive(FromForm)]
pub struct Confirmed {
    #[field(default = 0)]
    version: i64,
    /// Whether the registrations were looked up again.
    #[field(default = String::new())]
    registrations_seen: String,
}

/// Sends the proof page to the author.
#[post("/office/manuscripts/<number>/proof", data = "<form>")]
pub async fn send_proof(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Version>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let done = act::send_proof(&desk.office.store, &proof, form.0.version).await;
    then(&place(&proof, "/decision"), "office-proof", done)
}

#[derive(Serialize)]
struct Publication {
    head: Head,
    hurdles: Vec<Standing>,
    ready: bool,
    /// The registrations that become public with it, to be looked up once more before: number and link.
    registrations: Vec<(String, Option<String>)>,
    /// Why not yet: a key of translations.
    not_yet: &'static str,
}

impl View for Publication {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/publication.html";
}

/// What publishing will do.
#[get("/office/manuscripts/<number>/publication")]
pub async fn confirm(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let head = store.editor_head(&proof).await?;
    let hurdles = trial::standing(store, &proof).await?;
    let ready = head.waits == "publication" && head.decides && hurdles.iter().all(|h| h.settled.is_some());
    let not_yet = match head.waits {
        waits @ ("letter" | "request" | "proof-to-send" | "proof-corrected" | "proof" | "publication") => {
            waits
        }
        _ => "other",
    };
    let view = Publication {
        head,
        hurdles,
        // Until then a number could tell whose trial it is.
        registrations: if ready {
            trial::registrations(store, &proof).await?
        } else {
            Vec::new()
        },
        ready,
        not_yet,
    };
    desk.show(&proof, &view)
}

/// Publishes.
#[post("/office/manuscripts/<number>/publication", data = "<form>")]
pub async fn publish(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Confirmed>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let seen = !form.0.registrations_seen.is_empty();
    let done = act::publish(&desk.office.store, &proof, form.0.version, seen).await;
    match done {
        Err(Failure::Refused(Refusal::RegistrationUnseen)) => {
            then(&place(&proof, "/publication"), "office-published", done)
        }
        done => then(&place(&proof, "/decision"), "office-published", done),
    }
}
