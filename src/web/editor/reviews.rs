//! The reviews side by side, and the revision between two rounds.

use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::revise;
use crate::store::access::AsEditor;
use crate::store::read::editor::{Head, RoundView};
use crate::web::error::{WebError, then};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Reviews {
    head: Head,
    tab: &'static str,
    rounds: Vec<RoundView>,
}

impl View for Reviews {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/reviews.html";
}

/// All rounds.
#[get("/office/manuscripts/<number>/reviews")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let view = Reviews {
        head: store.editor_head(&proof).await?,
        tab: "reviews",
        rounds: store.editor_rounds(&proof).await?,
    };
    desk.show(&proof, &view)
}

#[derive(FromForm)]
pub struct Again {
    #[field(default = 0)]
    version: i64,
}

/// Sends a revision to the reviewers of the round before.
#[post("/office/manuscripts/<number>/reviews", data = "<form>")]
pub async fn again(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Again>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let done = revise::review_again(&desk.office.store, &proof, form.0.version).await;
    then(&place(&proof, "/reviews"), "office-review-again", done)
}
