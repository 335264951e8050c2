//! “Check and send”: everything on one sheet, then the receipt.

use jiff::civil::Date;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::steps::{self, Problem, StepLine};
use super::trial::{TrialReading, reading};
use crate::actions::submit;
use crate::domain::manuscript::Submission;
use crate::domain::stage::Stage;
use crate::store::access::AsAuthor;
use crate::store::read::author::ClockView;
use crate::store::read::author::{AuthorFile, AuthorManuscript, Question};
use crate::web::error::{WebError, back_with};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::reading::{Run, runs};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct CheckPage {
    number: String,
    edition: String,
    returned: bool,
    steps: Vec<StepLine>,
    problems: Vec<Problem>,
    submission: Submission,
    /// Title, abstract and keywords as reviewers will read them, in Chinese and English.
    blind: Vec<BlindLine>,
    /// Places in them that their author should look at.
    questions: Vec<Question>,
    trial: Option<TrialReading>,
    files: Vec<AuthorFile>,
    /// Editors of whom one must act in the place of the editor-in-chief, who is an author; else empty.
    guests: Vec<Choice>,
}

/// An editor to choose.
#[derive(Serialize)]
struct Choice {
    id: i64,
    name: String,
}

impl View for CheckPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/check.html";
}

#[derive(Serialize)]
struct BlindLine {
    field: &'static str,
    lang: &'static str,
    runs: Vec<Run>,
}

#[get("/author/manuscripts/<number>/submission/check")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let Some(draft) = store.author_draft(&proof).await? else {
        return Ok(Either::Right(Redirect::to(super::page(number))));
    };
    let sheet = store.author_blind_sheet(&proof).await?;
    let fields = [
        ("title", sheet.title),
        ("abstract", sheet.summary),
        ("keywords", sheet.keywords),
    ];
    let blind = fields.iter().flat_map(|(field, texts)| {
        ["zh-CN", "en"]
            .into_iter()
            .zip(texts)
            .map(|(lang, text)| BlindLine {
                field,
                lang,
                runs: runs(text),
            })
    });
    let questions = sheet.questions;
    let problems = steps::problems(&draft, &store.rules(), &store.pages());
    let page = CheckPage {
        blind: blind.filter(|line| !line.runs.is_empty()).collect(),
        questions,
        steps: steps::lines(&draft, &problems),
        problems,
        trial: reading(&draft.submission),
        returned: draft.stage == Stage::Returned,
        number: draft.number,
        edition: draft.edition,
        submission: draft.submission,
        files: draft.files,
        guests: store
            .guest_choices(&proof)
            .await?
            .into_iter()
            .map(|(id, profile)| Choice {
                id,
                name: profile.name(desk.lang()).to_owned(),
            })
            .collect(),
    };
    Ok(Either::Left(desk.show(&proof, &page)?))
}

/// The state that the author looked at.
#[derive(FromForm)]
pub struct Sending {
    #[field(default = String::new())]
    version: String,
    /// The editor who acts in the place of an editor-in-chief who is an author.
    #[field(default = 0)]
    guest: i64,
}

#[post("/author/manuscripts/<number>/send", data = "<form>")]
pub async fn send(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Sending>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let mut version = store.author_version(&proof, &form.0.version).await?;
    if form.0.guest != 0 && version > 0 {
        version = submit::name_guest(store, &proof, version, form.0.guest).await?;
    }
    match submit::send(store, &proof, version).await {
        Ok(()) => Ok(Redirect::to(format!("{}/receipt", super::page(number)))),
        Err(failure) => back_with(format!("{}/submission/check", super::page(number)), failure),
    }
}

#[derive(Serialize)]
struct Receipt {
    number: String,
    title: String,
    title_lang: String,
    day: Date,
    clock: Option<ClockView>,
}

impl View for Receipt {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/receipt.html";
}

impl Receipt {
    fn of(m: AuthorManuscript) -> Option<Self> {
        let day = m
            .history
            .iter()
            .find(|h| matches!(h.what.as_str(), "submitted" | "completed"))?
            .day;
        Some(Receipt {
            number: m.number,
            title: m.title,
            title_lang: m.title_lang,
            day,
            clock: m.clock,
        })
    }
}

#[get("/author/manuscripts/<number>/receipt")]
pub async fn receipt(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let manuscript = desk.office.store.author_manuscript(&proof).await?;
    let receipt = Receipt::of(manuscript).ok_or(WebError::NotFound)?;
    desk.show(&proof, &receipt)
}
