//! The revision: every suggestion with its answer, the rebuttal, the revised files; sent together or not at all.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::files::FilePanel;
use crate::actions::{Failure, revise};
use crate::store::Store;
use crate::store::access::{AsAuthor, Denied, Who};
use crate::store::files::FileRole;
use crate::store::read::author::ClockView;
use crate::store::read::author::{AuthorRevision, PointView, ReceivedDecision};
use crate::store::revisions::Answers;
use crate::web::error::{WebError, refusal_key};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;
use crate::web::slips::{Slips, identity_of};

/// Longest answer, in characters.
const LONGEST: usize = 20_000;

#[derive(Serialize)]
struct RevisionPage {
    number: String,
    title: String,
    title_lang: String,
    edition: String,
    clock: Option<ClockView>,
    may_extend: bool,
    decision: ReceivedDecision,
    points: Vec<PointLine>,
    answered: usize,
    total: usize,
    rebuttal: String,
    /// Whether the revised manuscript is there.
    has_manuscript: bool,
    panel: FilePanel,
    /// Why it could not be sent: a key of `problem-`.
    refused: &'static str,
    /// What the answers say of the authors.
    slips: Slips,
}

#[derive(Serialize)]
struct PointLine {
    #[serde(flatten)]
    point: PointView,
    answer: String,
    answered: bool,
}

impl View for RevisionPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/revision.html";
}

impl RevisionPage {
    fn of(revision: AuthorRevision, limit_mb: u64, refused: &'static str) -> Self {
        let answers = &revision.answers.answers;
        let points: Vec<PointLine> = revision
            .decision
            .points
            .iter()
            .enumerate()
            .map(|(i, point)| {
                let answer = answers.get(i).cloned().unwrap_or_default();
                PointLine {
                    point: point.clone(),
                    answered: !answer.trim().is_empty(),
                    answer,
                }
            })
            .collect();
        let manuscript = FileRole::Manuscript.key();
        RevisionPage {
            answered: points.iter().filter(|p| p.answered).count(),
            total: points.len(),
            points,
            rebuttal: revision.answers.rebuttal,
            has_manuscript: revision.files.iter().any(|f| f.facts.role == manuscript),
            panel: FilePanel::of(&revision.number, "revision", revision.files, limit_mb),
            number: revision.number,
            title: revision.title,
            title_lang: revision.title_lang,
            edition: revision.edition,
            clock: revision.clock,
            may_extend: revision.may_extend,
            decision: revision.decision,
            refused,
            slips: Slips::default(),
        }
    }
}

/// What the answers say of the authors.
async fn slips_of(store: &Store, proof: &AsAuthor, who: &Who, answers: &Answers) -> Result<Slips, Denied> {
    let mut sender = store.own_terms(proof).await?;
    sender.people.extend(identity_of(who).people);
    let texts = answers.answers.iter().chain([&answers.rebuttal]);
    Ok(Slips::of(texts.map(String::as_str), &sender))
}

async fn page_of(desk: &Desk<'_>, proof: &AsAuthor, refused: &'static str) -> Result<RevisionPage, Denied> {
    let revision = desk.office.store.author_revision(proof).await?;
    Ok(RevisionPage::of(
        revision,
        desk.office.config.max_file_mb,
        refused,
    ))
}

#[get("/author/manuscripts/<number>/revision")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Either<Page, Redirect>, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    match page_of(&desk, &proof, "").await {
        Ok(page) => Ok(Either::Left(desk.show(&proof, &page)?)),
        Err(Denied::NotFound) => Ok(Either::Right(Redirect::to(super::page(number)))),
        Err(denied) => Err(denied.into()),
    }
}

/// The answers, in the order of the points, and the rebuttal.
#[derive(FromForm)]
pub struct AnswersForm {
    #[field(default = String::new())]
    version: String,
    #[field(default = Vec::new())]
    answers: Vec<String>,
    #[field(default = String::new())]
    rebuttal: String,
    /// The places that its sender has seen and lets go.
    #[field(default = String::new())]
    anyway: String,
}

impl AnswersForm {
    fn answers(&self) -> Answers {
        let tidy = |text: &String| -> String { text.replace("\r\n", "\n").chars().take(LONGEST).collect() };
        Answers {
            answers: self.answers.iter().take(200).map(tidy).collect(),
            rebuttal: tidy(&self.rebuttal),
        }
    }
}

#[post("/author/manuscripts/<number>/revision", data = "<form>")]
pub async fn keep(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<AnswersForm>,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let answers = form.0.answers();
    match revise::save(&desk.office.store, &proof, &answers).await {
        Ok(()) => Ok(Redirect::to(format!(
            "{}/revision?done=answers-saved",
            super::page(number)
        ))),
        // The revision went, or its time is over: there is no such page any more.
        Err(failure) => Err(keep_words(&super::page(number), &answers, failure)),
    }
}

/// Answers that could not be kept are shown again.
fn keep_words(page: &str, answers: &Answers, failure: Failure) -> WebError {
    let typed: Vec<&str> = answers
        .answers
        .iter()
        .chain([&answers.rebuttal])
        .map(String::as_str)
        .collect();
    crate::web::error::keep(page, &typed, failure)
}

#[post("/author/manuscripts/<number>/revision/draft", data = "<form>")]
pub async fn autosave(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<AnswersForm>,
) -> Result<Status, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    revise::save(&desk.office.store, &proof, &form.0.answers()).await?;
    Ok(Status::NoContent)
}

#[post("/author/manuscripts/<number>/revision/send", data = "<form>")]
pub async fn send(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<AnswersForm>,
) -> Result<Either<Redirect, Page>, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let answers = form.0.answers();
    let page = super::page(number);
    // Saved first: whatever else is wrong, what was written stays.
    let result = match revise::save(store, &proof, &answers).await {
        Ok(()) => {
            let slips = slips_of(store, &proof, &who.0, &answers).await?;
            if slips.unseen(&form.0.anyway) {
                let view = RevisionPage {
                    slips,
                    ..page_of(&desk, &proof, "").await?
                };
                return Ok(Either::Right(desk.show_again(&proof, &view)?));
            }
            let version = store.author_version(&proof, &form.0.version).await?;
            revise::send(store, &proof, version, &answers).await
        }
        Err(failure) => return Err(keep_words(&page, &answers, failure)),
    };
    match result {
        Ok(()) => Ok(Either::Left(Redirect::to(format!("{page}?done=revision-sent")))),
        Err(Failure::Refused(refusal)) => {
            let view = page_of(&desk, &proof, refusal_key(&refusal)).await?;
            Ok(Either::Right(desk.show_again(&proof, &view)?))
        }
        Err(failure) => Err(failure.into()),
    }
}
