//! The log of letters of a manuscript, and what can be done about those that did not go.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::{Failure, Refusal, mend};
use crate::letters::LINK;
use crate::store::access::{AsEditor, AsStaff};
use crate::store::mend::NAME;
use crate::store::read::editor::{Head, HeldLetter, LetterLine, LetterText, Undelivered, UndeliveredPage};
use crate::web::error::{WebError, refusal_key, then};
use crate::web::form::{Posted, SameOrigin};
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
    /// What the editor-in-chief may correct; none unless it is held.
    held: Option<HeldLetter>,
    /// How many words it must not have.
    found: usize,
    chief: bool,
    refused: &'static str,
    name_place: &'static str,
    link_place: &'static str,
}

impl View for OneLetter {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/letter.html";
}

async fn view(desk: &Desk<'_>, proof: &AsEditor, id: i64) -> Result<OneLetter, WebError> {
    let store = &desk.office.store;
    let letter = store.editor_letter(proof, id).await?;
    let held = store.held_letter(proof, id).await?;
    let chief = proof.roles().chief();
    Ok(OneLetter {
        head: store.editor_head(proof).await?,
        letter: letter.ok_or(WebError::NotFound)?,
        found: held.as_ref().map_or(0, |held| held.found),
        held: held.filter(|_| chief),
        chief,
        refused: "",
        name_place: NAME,
        link_place: LINK,
    })
}

/// One letter.
#[get("/office/manuscripts/<number>/letters/<id>")]
pub async fn read(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Page, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let view = view(&desk, &proof, id).await?;
    desk.show(&proof, &view)
}

/// Sends a letter again that had failed, or that went and did not arrive.
#[post("/office/manuscripts/<number>/letters/<id>/again")]
pub async fn again(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    _from: SameOrigin,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let result = mend::send_again(&desk.office.store, &proof, id).await;
    then(&place(&proof, "/letters"), "letter-again", result)
}

/// Discards a letter that did not go.
#[post("/office/manuscripts/<number>/letters/<id>/discarded")]
pub async fn discard(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    _from: SameOrigin,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let result = mend::discard(&desk.office.store, &proof, id).await;
    then(&place(&proof, "/letters"), "letter-discarded", result)
}

#[derive(FromForm)]
pub struct Corrected {
    #[field(default = String::new())]
    subject: String,
    #[field(default = String::new())]
    text: String,
}

/// Corrects a letter that is held, and lets it go.
#[post("/office/manuscripts/<number>/letters/<id>/corrected", data = "<form>")]
pub async fn correct(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Corrected>,
) -> Result<Either<Page, Redirect>, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let Corrected { subject, text } = form.0;
    match mend::correct(&desk.office.store, &proof, id, &subject, &text).await {
        Err(Failure::Refused(refusal @ (Refusal::LetterLacks | Refusal::NamesSomebody(_)))) => {
            let view = view(&desk, &proof, id).await?;
            let view = OneLetter {
                refused: refusal_key(&refusal),
                held: Some(HeldLetter {
                    subject,
                    text,
                    found: view.found,
                }),
                ..view
            };
            Ok(Either::Left(desk.show_again(&proof, &view)?))
        }
        result => Ok(Either::Right(then(
            &place(&proof, "/letters"),
            "letter-corrected",
            result,
        )?)),
    }
}

#[derive(Serialize)]
struct AllUndelivered {
    page: UndeliveredPage,
    accounts: Vec<Undelivered>,
    broken: bool,
    /// Files that have waited too long for their blind copies.
    stuck: u64,
}

impl View for AllUndelivered {
    type Audience = AsStaff;
    const TEMPLATE: &'static str = "editor/undelivered.html";
}

/// The letters of the office that did not go.
#[get("/office/letters?<after>")]
pub async fn undelivered(desk: Desk<'_>, who: SignedIn, after: Option<&str>) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.staff(&who.0)?;
    let place = after.and_then(|text| text.split_once('.'));
    let place = place.and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let accounts = match store.chief(&who.0) {
        Ok(chief) => store.undelivered_accounts(&chief).await?,
        Err(_) => Vec::new(),
    };
    let view = AllUndelivered {
        page: store.undelivered(&proof, place).await?,
        accounts,
        stuck: store.stuck_copies(&proof).await?,
        broken: !store.broken_letters().is_empty(),
    };
    desk.show(&proof, &view)
}

/// Sends the letters about accounts again.
#[post("/office/letters/accounts")]
pub async fn accounts_again(desk: Desk<'_>, who: SignedIn, _from: SameOrigin) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let chief = store.chief(&who.0)?;
    store.send_account_letters_again(&chief).await?;
    Ok(Redirect::to("/office/letters?done=letter-again"))
}
