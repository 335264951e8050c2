//! One step of a submission: shown, saved, saved again while one writes. Saving never refuses what is not finished.

use std::collections::BTreeMap;

use rocket::http::Status;
use rocket::request::FromParam;
use rocket::response::Redirect;
use rocket::{Either, get, post};
use serde::Serialize;

use super::files::FilePanel;
use super::step_form::StepForm;
use super::steps::{self, Problem, StepLine};
use super::trial::{TrialReading, reading};
use crate::actions::draft;
use crate::domain::journal::{List, Pages};
use crate::domain::manuscript::{NamedReviewer, STEPS, Submission};
use crate::domain::rules::Rules;
use crate::store::Store;
use crate::store::access::AsAuthor;
use crate::store::read::author::AuthorDraft;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// A step of `STEPS`, by its name in the address.
pub struct StepName(&'static str);

impl<'a> FromParam<'a> for StepName {
    type Error = ();

    fn from_param(param: &'a str) -> Result<Self, ()> {
        STEPS.into_iter().find(|s| *s == param).map(StepName).ok_or(())
    }
}

#[derive(Serialize)]
struct StepPage {
    number: String,
    title: String,
    title_lang: String,
    returned: bool,
    step: &'static str,
    position: usize,
    total: usize,
    previous: Option<&'static str>,
    next: &'static str,
    steps: Vec<StepLine>,
    problems: Vec<Problem>,
    errors: BTreeMap<String, String>,
    submission: Submission,
    suggested: Vec<NamedReviewer>,
    opposed: Vec<NamedReviewer>,
    suggested_max: u32,
    opposed_max: u32,
    article_types: Vec<String>,
    sections: Vec<String>,
    declarations: Vec<String>,
    papers: Vec<String>,
    trial: Option<TrialReading>,
    panel: FilePanel,
}

impl View for StepPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/step.html";
}

impl StepPage {
    fn of(
        draft: AuthorDraft,
        step: &'static str,
        check: bool,
        (rules, pages): (&Rules, &Pages),
        limit_mb: u64,
    ) -> Self {
        let all = steps::problems(&draft, rules, pages);
        let submission = &draft.submission;
        let offered = |list, chosen: &str| {
            let entries = pages.list(list).iter();
            let wanted = entries.filter(|e| e.offered || (e.key == chosen && !chosen.is_empty()));
            wanted.map(|e| e.key.clone()).collect::<Vec<_>>()
        };
        let at = STEPS.iter().position(|s| *s == step).unwrap_or(0);
        let lines = steps::lines(&draft, &all);
        let problems: Vec<Problem> = all.into_iter().filter(|p| check && p.step == step).collect();
        let trial = reading(&draft.submission);
        StepPage {
            step,
            position: at + 1,
            total: STEPS.len() + 1,
            previous: at.checked_sub(1).map(|before| STEPS[before]),
            next: STEPS.get(at + 1).copied().unwrap_or("check"),
            steps: lines,
            errors: steps::by_field(&problems),
            problems,
            suggested: with_blank(&draft.submission.suggested, rules.suggested_max),
            opposed: with_blank(&draft.submission.opposed, rules.opposed_max),
            suggested_max: rules.suggested_max,
            opposed_max: rules.opposed_max,
            article_types: offered(List::Types, &submission.article_type),
            sections: offered(List::Sections, &submission.section),
            declarations: offered(List::Declarations, ""),
            papers: offered(List::Papers, ""),
            trial,
            returned: draft.stage.key() == "returned",
            panel: FilePanel::of(&draft.number, "submission/files", draft.files, limit_mb)
                .with_papers(offered(List::Papers, "")),
            number: draft.number,
            title: draft.title,
            title_lang: draft.title_lang,
            submission: draft.submission,
        }
    }
}

/// The list with one empty place, if there is room.
fn with_blank(list: &[NamedReviewer], max: u32) -> Vec<NamedReviewer> {
    let mut list = list.to_vec();
    if list.len() < max as usize {
        list.push(NamedReviewer::default());
    }
    list
}

#[get("/author/manuscripts/<number>/submission/resume")]
pub async fn resume(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Redirect, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let page = super::page(number);
    Ok(Redirect::to(
        match desk.office.store.author_draft(&proof).await? {
            Some(draft) => {
                let problems =
                    steps::problems(&draft, &desk.office.store.rules(), &desk.office.store.pages());
                format!("{page}/submission/{}", steps::first_open(&problems))
            }
            None => page,
        },
    ))
}

#[get("/author/manuscripts/<number>/submission/<step>?<check>", rank = 20)]
pub async fn show(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    step: StepName,
    check: Option<&str>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let Some(draft) = store.author_draft(&proof).await? else {
        return Ok(Either::Right(Redirect::to(super::page(number))));
    };
    let limit = desk.office.config.max_file_mb;
    let page = StepPage::of(
        draft,
        step.0,
        check.is_some(),
        (&store.rules(), &store.pages()),
        limit,
    );
    Ok(Either::Left(desk.show(&proof, &page)?))
}

#[post("/author/manuscripts/<number>/submission/<step>", data = "<form>", rank = 20)]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    step: StepName,
    form: Posted<StepForm>,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let act = form.0.act.clone();
    let written: Vec<String> = form.0.written().into_iter().map(str::to_owned).collect();
    match keep(&desk.office.store, &proof, &step, form.0, true).await {
        Ok(()) => onward(&desk.office.store, &proof, number, step.0, &act).await,
        // It was sent from another page meanwhile.
        Err(failure) => {
            let written: Vec<&str> = written.iter().map(String::as_str).collect();
            Err(crate::web::error::keep(&super::page(number), &written, failure))
        }
    }
}

#[post("/author/manuscripts/<number>/submission/<step>/draft", data = "<form>")]
pub async fn autosave(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    step: StepName,
    form: Posted<StepForm>,
) -> Result<Status, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    keep(&desk.office.store, &proof, &step, form.0, false).await?;
    Ok(Status::NoContent)
}

async fn keep(
    store: &Store,
    proof: &AsAuthor,
    step: &StepName,
    form: StepForm,
    been: bool,
) -> crate::actions::Done {
    let step = step.0;
    draft::save(store, proof, move |submission| {
        form.apply(step, submission);
        if been && !submission.visited.iter().any(|v| v == step) {
            submission.visited.push(step.to_owned());
        }
    })
    .await
}

/// Where one goes after a step was saved: on, if nothing is missing in it; else back to it, to see what.
async fn onward(
    store: &Store,
    proof: &AsAuthor,
    number: &str,
    step: &'static str,
    act: &str,
) -> Result<Redirect, WebError> {
    let base = format!("{}/submission", super::page(number));
    let here = format!("{base}/{step}");
    if act == "later" {
        return Ok(Redirect::to("/author?done=draft-saved"));
    }
    if act != "save" {
        let place = if step == "trial" { "reading" } else { "list" };
        return Ok(Redirect::to(format!("{here}?done=step-saved#{place}")));
    }
    let draft = store.author_draft(proof).await?.ok_or(WebError::NotFound)?;
    let unready = steps::problems(&draft, &store.rules(), &store.pages())
        .iter()
        .any(|p| p.step == step && !p.key.ends_with("waiting"));
    let at = STEPS.iter().position(|s| *s == step).unwrap_or(0);
    Ok(Redirect::to(match unready {
        true => format!("{here}?check=1"),
        false => format!("{base}/{}", STEPS.get(at + 1).copied().unwrap_or("check")),
    }))
}
