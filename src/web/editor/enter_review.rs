//! A review that came another way, entered by the office for its reviewer.

use rocket::response::Redirect;
use rocket::{Either, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::{Failure, Refusal, review};
use crate::domain::review::criteria;
use crate::domain::verdict::Verdict;
use crate::store::access::AsEditor;
use crate::store::read::editor::{AssignmentView, Head};
use crate::web::error::{WebError, keep};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::reviewer::review::{Sheet, Written, words};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Choice {
    key: &'static str,
    sign: &'static str,
}

#[derive(Serialize)]
struct Entering {
    head: Head,
    asked: AssignmentView,
    sheet: Sheet,
    verdicts: Vec<Choice>,
    lacks: Vec<&'static str>,
}

impl View for Entering {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/enter-review.html";
}

async fn page_of(desk: &Desk<'_>, proof: &AsEditor, id: i64) -> Result<Entering, WebError> {
    let store = &desk.office.store;
    let asked = store
        .editor_reviewers(proof)
        .await?
        .assignments
        .into_iter()
        .find(|a| a.id == id && a.can_enter)
        .ok_or(WebError::NotFound)?;
    let criteria = criteria(&store.pages(), None);
    Ok(Entering {
        head: store.editor_head(proof).await?,
        asked,
        sheet: Sheet::of(&Default::default(), &criteria),
        verdicts: Verdict::ALL
            .map(|v| Choice {
                key: v.key(),
                sign: v.sign(),
            })
            .into(),
        lacks: Vec::new(),
    })
}

/// The empty form.
#[get("/office/manuscripts/<number>/reviewers/<id>/review")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Page, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let page = page_of(&desk, &proof, id).await?;
    desk.show(&proof, &page)
}

/// Enters it, or shows again what was typed.
#[post("/office/manuscripts/<number>/reviewers/<id>/review", data = "<form>")]
pub async fn enter(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Written>,
) -> Result<Either<Page, Redirect>, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let written = form.0.review();
    let page = place(&proof, "/reviews");
    if form.0.act() == "add" {
        let page = page_of(&desk, &proof, id).await?;
        let page = Entering {
            sheet: Sheet::of(&written, &criteria(&desk.office.store.pages(), None)),
            ..page
        };
        return Ok(Either::Left(desk.show(&proof, &page)?));
    }
    match review::enter(&desk.office.store, &proof, form.0.version(), id, &written).await {
        Ok(()) => Ok(Either::Right(Redirect::to(format!(
            "{page}?done=office-review-entered"
        )))),
        Err(Failure::Refused(Refusal::Review(lacks))) => {
            let page = page_of(&desk, &proof, id).await?;
            let page = Entering {
                sheet: Sheet::of(&written, &criteria(&desk.office.store.pages(), None)),
                lacks,
                ..page
            };
            Ok(Either::Left(desk.show_again(&proof, &page)?))
        }
        Err(failure) => Err(keep(&page, &words(&written), failure)),
    }
}
