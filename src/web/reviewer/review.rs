//! The review form, 审稿意见书: saved while one writes, sent once, amended until the decision.

use std::collections::BTreeMap;

use rocket::form::{Form, ValueField};
use rocket::http::Header;
use rocket::response::Redirect;
use rocket::{FromForm, Responder, post};
use serde::Serialize;

use super::desk::DeskPage;
use super::invitation::Shown;
use crate::actions::{Done, Failure, Refusal, review};
use crate::domain::review::{Review, suggestions};
use crate::domain::verdict::Verdict;
use crate::store::access::{AsReviewer, Who};
use crate::store::read::reviewer::{DeskView, ReviewText, ReviewerView, ScoreView};
use crate::web::error::{WebError, back_with};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page};
use crate::web::session::SignedIn;
use crate::web::slips::{Slips, identity_of};

/// The longest text of a field, in characters.
const LONGEST: usize = 20_000;
/// The most suggestions.
const MOST: usize = 100;

/// What was typed into the form.
#[derive(Clone, Default, FromForm)]
pub struct Written {
    #[field(default = String::new())]
    verdict: String,
    score: BTreeMap<String, String>,
    #[field(default = String::new())]
    assessment: String,
    suggestions: Vec<String>,
    #[field(default = String::new())]
    confidential: String,
    /// `send`, or `add` for one more field.
    #[field(default = String::new())]
    act: String,
    /// The file that is open beside the form.
    #[field(default = String::new())]
    file: String,
    /// The places that its sender has seen and lets go.
    #[field(default = String::new())]
    anyway: String,
    /// The version that the page showed: the review's, or the manuscript's where the office enters one.
    #[field(default = -1)]
    version: i64,
}

impl Written {
    /// Which button was pressed.
    pub fn act(&self) -> &str {
        &self.act
    }

    /// The manuscript's version that the page showed.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// The review's version that the page showed.
    fn seen(&self) -> Option<i64> {
        (self.version >= 0).then_some(self.version)
    }

    /// Reads a form that came together with a file; None if there was none.
    pub fn beside_file(fields: &[(String, String)]) -> Option<Written> {
        let values = fields
            .iter()
            .map(|(n, v)| ValueField::from((n.as_str(), v.as_str())));
        let was_there = fields.iter().any(|(name, _)| name == "assessment");
        was_there.then(|| Form::parse_iter(values).ok()).flatten()
    }

    /// The review that the form holds.
    pub fn review(&self) -> Review {
        let cut = |text: &String| -> String { text.replace("\r\n", "\n").chars().take(LONGEST).collect() };
        let score = |(key, text): (&String, &String)| {
            let score = text.parse().ok().filter(|n| (1..=5).contains(n))?;
            (key.len() <= 40).then(|| (key.clone(), score))
        };
        Review {
            verdict: Verdict::from_key(&self.verdict),
            scores: self.score.iter().take(MOST).filter_map(score).collect(),
            assessment: cut(&self.assessment),
            suggestions: self.suggestions.iter().take(MOST).map(cut).collect(),
            confidential: cut(&self.confidential),
        }
    }
}

/// The form as it is filled in.
#[derive(Clone, Default, Serialize)]
pub struct Sheet {
    verdict: &'static str,
    scores: Vec<ScoreView>,
    assessment: String,
    /// The suggestions, and an empty one at the end.
    suggestions: Vec<String>,
    confidential: String,
}

impl Sheet {
    /// The form that holds a review.
    pub fn of(review: &Review, criteria: &[String]) -> Sheet {
        let mut points: Vec<String> = suggestions(review).into_iter().map(str::to_owned).collect();
        points.push(String::new());
        Sheet {
            verdict: review.verdict.map_or("", Verdict::key),
            scores: ScoreView::of(review, criteria),
            assessment: review.assessment.clone(),
            suggestions: points,
            confidential: review.confidential.clone(),
        }
    }
}

/// A draft was kept: its new version goes into the form.
#[derive(Responder)]
#[response(status = 204)]
pub struct Saved {
    nothing: (),
    version: Header<'static>,
}

/// Saves what is being written. The review that was sent is not changed by it.
#[post("/reviews/<number>/draft", data = "<form>")]
pub async fn draft(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Written>,
) -> Result<Saved, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let version = review::save(store, &proof, &form.0.review(), form.0.seen()).await?;
    Ok(Saved {
        nothing: (),
        version: Header::new("Bauta-Version", version.to_string()),
    })
}

#[post("/reviews/<number>/review", data = "<form>")]
pub async fn send(desk: Desk<'_>, who: SignedIn, number: &str, form: Posted<Written>) -> Shown {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let form = form.0;
    let written = form.review();
    if form.act == "add" {
        return Ok(Err(kept(desk, &proof, &form, Vec::new(), Slips::default()).await?));
    }
    let slips = slips_of(&written, &who.0);
    if slips.unseen(&form.anyway) {
        return Ok(Err(kept(desk, &proof, &form, Vec::new(), slips).await?));
    }
    let page = format!("/reviews/{number}");
    match review::send(store, &proof, &written, form.seen()).await {
        Ok(()) => Ok(Ok(Redirect::to(format!("{page}?done=own-review-sent")))),
        Err(Failure::Refused(Refusal::Review(lacks))) => {
            Ok(Err(kept(desk, &proof, &form, lacks, Slips::default()).await?))
        }
        Err(Failure::Refused(Refusal::Stale)) => Ok(Err(elsewhere(desk, &proof, &form).await?)),
        // An attachment that is not ready is seen to on the same page, which has what was typed.
        Err(Failure::Refused(Refusal::Attachment)) => match keep(&desk, &proof, &form).await? {
            Kept::Stale => Ok(Err(elsewhere(desk, &proof, &form).await?)),
            Kept::Yes | Kept::No => back_with(page, Refusal::Attachment.into()).map(Ok),
        },
        Err(failure) => Err(crate::web::error::keep(&page, &words(&written), failure)),
    }
}

/// Everything of a review that somebody wrote.
pub fn words(review: &Review) -> Vec<&str> {
    let points = review.suggestions.iter().map(String::as_str);
    [review.assessment.as_str()]
        .into_iter()
        .chain(points)
        .chain([review.confidential.as_str()])
        .collect()
}

/// What became of what was typed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is kept as the draft.
    Yes,
    /// There is no draft to keep: a review that was sent stays as it was sent.
    No,
    /// Another window kept something since; nothing was changed.
    Stale,
}

/// Keeps what was typed, where a draft can be kept.
pub async fn keep(desk: &Desk<'_>, proof: &AsReviewer, form: &Written) -> Done<Kept> {
    match review::save(&desk.office.store, proof, &form.review(), form.seen()).await {
        Ok(_) => Ok(Kept::Yes),
        Err(Failure::Refused(Refusal::Stale)) => Ok(Kept::Stale),
        Err(Failure::Refused(_)) => Ok(Kept::No),
        Err(failure) => Err(failure),
    }
}

/// What the texts that the authors may come to read say of their reviewer.
fn slips_of(written: &Review, who: &Who) -> Slips {
    let texts = written.suggestions.iter().chain([&written.assessment]);
    Slips::of(texts.map(String::as_str), &identity_of(who))
}

/// Keeps what was typed, and shows the desk with it and with what is missing in it.
async fn kept(
    desk: Desk<'_>,
    proof: &AsReviewer,
    form: &Written,
    lacks: Vec<&'static str>,
    slips: Slips,
) -> Result<Page, WebError> {
    match keep(&desk, proof, form).await? {
        Kept::Stale => elsewhere(desk, proof, form).await,
        Kept::Yes | Kept::No => again(&desk, proof, form, lacks, slips).await,
    }
}

/// The desk with what was typed beside what another window kept. Whoever sends it now has seen both.
pub async fn elsewhere(desk: Desk<'_>, proof: &AsReviewer, form: &Written) -> Result<Page, WebError> {
    let desk = desk.with_problem("review-elsewhere");
    let view = view_of(&desk, proof).await?;
    let sheet = Sheet::of(&form.review(), &view.criteria);
    let other = ReviewText::of(&view.draft, &desk.office.store.pages());
    let page = DeskPage::of(&desk, proof, view, form.file.parse().ok(), true).await?;
    let page = page.typed(sheet, Vec::new(), Slips::default()).beside(other);
    desk.show_again(proof, &page)
}

async fn view_of(desk: &Desk<'_>, proof: &AsReviewer) -> Result<DeskView, WebError> {
    match desk.office.store.reviewer_view(proof).await? {
        ReviewerView::Desk(view) => Ok(*view),
        ReviewerView::Invitation(_) => Err(WebError::NotFound),
    }
}

/// The desk with what was typed, and what is missing in it.
pub async fn again(
    desk: &Desk<'_>,
    proof: &AsReviewer,
    form: &Written,
    lacks: Vec<&'static str>,
    slips: Slips,
) -> Result<Page, WebError> {
    let view = view_of(desk, proof).await?;
    let sheet = Sheet::of(&form.review(), &view.criteria);
    let page = DeskPage::of(desk, proof, view, form.file.parse().ok(), true).await?;
    let complete = lacks.is_empty() && slips.token.is_empty();
    let page = page.typed(sheet, lacks, slips);
    match complete {
        true => desk.show(proof, &page),
        false => desk.show_again(proof, &page),
    }
}
