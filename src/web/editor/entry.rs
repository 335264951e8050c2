//! A manuscript under way is entered for its author: number, dates, text and authors on one page; its files after it.

use std::collections::BTreeMap;

use rocket::response::Redirect;
use rocket::{Either, get, post};
use serde::Serialize;

use super::entry_form::{EntryForm, Typed};
use crate::actions::{Failure, Refusal, enter};
use crate::domain::entering::{Entry, Lack, STAGES};
use crate::domain::journal::List;
use crate::domain::manuscript::{AuthorEntry, Submission};
use crate::domain::stage::Stage;
use crate::store::access::AsDecider;
use crate::web::author::steps::{Problem, authors, problem};
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct EntryPage {
    typed: Typed,
    stages: [&'static str; 4],
    submission: Submission,
    article_types: Vec<String>,
    sections: Vec<String>,
    /// What is wrong with the office's own fields.
    lacks: Vec<Lack>,
    /// The same by field, for the places where it is said.
    wrong: BTreeMap<&'static str, Lack>,
    /// What is missing of the author's.
    problems: Vec<Problem>,
    errors: BTreeMap<String, String>,
    /// Why it was refused as a whole: a key of `problem-`.
    refused: &'static str,
    /// The manuscript that has the former number already.
    known: String,
}

impl View for EntryPage {
    type Audience = AsDecider;
    const TEMPLATE: &'static str = "editor/entry.html";
}

impl EntryPage {
    fn of(desk: &Desk<'_>, typed: Typed, submission: Submission) -> Self {
        let pages = desk.office.store.pages();
        let offered = |list| pages.offered(list).into_iter().map(str::to_owned).collect();
        EntryPage {
            typed,
            stages: STAGES.map(Stage::key),
            submission,
            article_types: offered(List::Types),
            sections: offered(List::Sections),
            lacks: Vec::new(),
            wrong: BTreeMap::new(),
            problems: Vec::new(),
            errors: BTreeMap::new(),
            refused: "",
            known: String::new(),
        }
    }

    fn with(self, lacks: Vec<Lack>, problems: Vec<Problem>) -> Self {
        EntryPage {
            wrong: lacks.iter().rev().map(|l| (l.field, l.clone())).collect(),
            lacks,
            errors: crate::web::author::steps::by_field(&problems),
            problems,
            ..self
        }
    }
}

/// The empty form, with room for one author.
#[get("/office/entry")]
pub async fn show(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let proof = desk.office.store.decider(&who.0)?;
    let one = AuthorEntry {
        corresponding: true,
        ..AuthorEntry::default()
    };
    let blank = Submission {
        language: desk.lang().tag().to_owned(),
        authors: vec![one],
        ..Submission::default()
    };
    desk.show(&proof, &EntryPage::of(&desk, Typed::default(), blank))
}

/// Enters it and goes on to its files, or shows again what was typed.
#[post("/office/entry", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    form: Posted<EntryForm>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.decider(&who.0)?;
    let (entry, dates) = form.0.read();
    let page = EntryPage::of(&desk, form.0.typed.clone(), entry.submission.clone());
    // A button of the list of authors.
    if form.0.step.act != "enter" {
        return desk.show(&proof, &page).map(Either::Left);
    }
    let done = match dates.is_empty() {
        true => enter::enter(store, &proof, &entry).await,
        false => Err(Refusal::Entry(dates.clone()).into()),
    };
    let refusal = match done {
        Ok(number) => {
            let to = format!("/office/manuscripts/{number}/entry?done=office-entered");
            return Ok(Either::Right(Redirect::to(to)));
        }
        Err(Failure::Refused(refusal)) => refusal,
        Err(failure) => return Err(failure.into()),
    };
    let page = match refusal {
        Refusal::Entry(_) | Refusal::Missing(_) => complete(&desk, page, &entry, dates),
        Refusal::Once => EntryPage {
            known: store
                .entered_before(&store.staff(&who.0)?, &entry.former)
                .await?
                .unwrap_or_default(),
            refused: "entered-before",
            ..page
        },
        other => EntryPage {
            refused: crate::web::error::refusal_key(&other),
            ..page
        },
    };
    desk.show_again(&proof, &page).map(Either::Left)
}

/// Everything that is wrong, at once.
fn complete(desk: &Desk<'_>, page: EntryPage, entry: &Entry, mut dates: Vec<Lack>) -> EntryPage {
    let store = &desk.office.store;
    let (rules, pages) = (store.rules(), store.pages());
    // A date that could not be read is not also missing.
    let unread: Vec<&str> = dates.iter().map(|l| l.field).collect();
    let mut lacks = entry.lacks(&rules, store.clock.now());
    lacks.retain(|l| !unread.contains(&l.field));
    dates.extend(lacks);
    let mut problems: Vec<Problem> = entry
        .missing(&rules, &pages)
        .iter()
        .filter(|m| m.step != "authors")
        .map(|m| problem(m.step, m.field.clone(), &m.field, m.what, 0))
        .collect();
    authors(&entry.submission, &rules, &pages, &mut problems);
    page.with(dates, problems)
}
