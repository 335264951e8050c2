//! What was written at submission, corrected with the revision, on the proof, or for the trial's registration.

use std::collections::BTreeMap;

use rocket::response::Redirect;
use rocket::{Either, get, post};
use serde::Serialize;

use super::step_form::StepForm;
use super::steps::{self, Problem};
use super::trial::{TrialReading, reading};
use crate::actions::Failure;
use crate::actions::details::{self, Part};
use crate::domain::manuscript::Submission;
use crate::store::access::AsAuthor;
use crate::store::read::author::AuthorDetails;
use crate::web::error::{WebError, refusal_key};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct DetailsPage {
    number: String,
    title: String,
    title_lang: String,
    edition: String,
    /// `revising`, `accepted`, or the stage at which only the trial can be corrected.
    stage: String,
    /// Whether more than the trial can be corrected.
    all: bool,
    submission: Submission,
    trial: Option<TrialReading>,
    problems: Vec<Problem>,
    errors: BTreeMap<String, String>,
    /// Why it could not be saved: a key of `problem-`.
    refused: &'static str,
}

impl View for DetailsPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/details.html";
}

impl DetailsPage {
    fn of(found: AuthorDetails, part: Part) -> Self {
        DetailsPage {
            trial: reading(&found.submission),
            all: part == Part::All,
            stage: found.stage.key().to_owned(),
            number: found.number,
            title: found.title,
            title_lang: found.title_lang,
            edition: found.edition,
            submission: found.submission,
            problems: Vec::new(),
            errors: BTreeMap::new(),
            refused: "",
        }
    }
}

/// What of a manuscript its author can correct now.
pub fn part_of(found: &AuthorDetails) -> Part {
    details::part(found.stage, found.proof, &found.submission)
}

#[get("/author/manuscripts/<number>/details")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Either<Page, Redirect>, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let found = desk.office.store.author_details(&proof).await?;
    match part_of(&found) {
        Part::Nothing => Ok(Either::Right(Redirect::to(super::page(number)))),
        part => Ok(Either::Left(desk.show(&proof, &DetailsPage::of(found, part))?)),
    }
}

/// Takes the fields over, as far as they can be corrected.
fn apply(form: &StepForm, s: &mut Submission, part: Part) {
    form.apply("trial", s);
    if part == Part::All {
        form.apply("text", s);
        form.apply("statements", s);
        form.spellings(&mut s.authors);
    }
}

/// What is missing now and was not before.
fn lacking(desk: &Desk<'_>, before: &Submission, after: &Submission) -> Vec<Problem> {
    let (rules, pages) = (desk.office.store.rules(), desk.office.store.pages());
    let all = |s: &Submission| {
        let mut out: Vec<Problem> = s
            .missing(&rules, &pages)
            .iter()
            .filter(|m| matches!(m.step, "text" | "statements" | "trial"))
            .map(|m| steps::problem(m.step, m.field.clone(), &m.field, m.what, 0))
            .collect();
        steps::authors(s, &rules, &pages, &mut out);
        out
    };
    let old: Vec<(String, String)> = all(before).into_iter().map(|p| (p.id, p.key)).collect();
    let new = |p: &Problem| !old.iter().any(|(id, key)| *id == p.id && *key == p.key);
    all(after).into_iter().filter(new).collect()
}

#[post("/author/manuscripts/<number>/details", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<StepForm>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let fields = form.0;
    let found = store.author_details(&proof).await?;
    let part = part_of(&found);
    let mut after = found.submission.clone();
    apply(&fields, &mut after, part);
    let problems = lacking(&desk, &found.submission, &after);
    let mut refused = "";
    // A button beside the trial's numbers only reads them.
    let reads = fields.act == "stay";
    if problems.is_empty() && !reads {
        let version = store.author_version(&proof, &fields.version).await?;
        match details::correct(store, &proof, version, |s, part| apply(&fields, s, part)).await {
            Ok(()) => {
                let page = super::page(number);
                return Ok(Either::Right(Redirect::to(format!("{page}?done=details-saved"))));
            }
            Err(Failure::Refused(refusal)) => refused = refusal_key(&refusal),
            Err(failure) => return Err(failure.into()),
        }
    }
    // What cannot be corrected any more is shown with what was typed, as far as it can be shown at all.
    let mut page = DetailsPage::of(found, if part == Part::Nothing { Part::All } else { part });
    apply(&fields, &mut after, Part::All);
    page.trial = reading(&after);
    page.submission = after;
    page.errors = steps::by_field(&problems);
    page.refused = refused;
    let wrong = !problems.is_empty() || !refused.is_empty();
    page.problems = problems;
    match wrong {
        true => Ok(Either::Left(desk.show_again(&proof, &page)?)),
        false => Ok(Either::Left(desk.show(&proof, &page)?)),
    }
}
