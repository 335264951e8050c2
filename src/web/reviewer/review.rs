//! The review form, 审稿意见书: saved while one writes, sent once, amended until the decision.

use std::collections::BTreeMap;

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, post};
use serde::Serialize;

use super::desk::DeskPage;
use super::invitation::Shown;
use crate::actions::{Done, Failure, Refusal, review};
use crate::domain::review::{Review, suggestions};
use crate::domain::verdict::Verdict;
use crate::store::access::{AsReviewer, Who};
use crate::store::read::reviewer::{ReviewerView, ScoreView};
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
    /// The manuscript's version, where the office enters a review.
    #[field(default = 0)]
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

/// Saves what is being written. The review that was sent is not changed by it.
#[post("/reviews/<number>/draft", data = "<form>")]
pub async fn draft(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Written>,
) -> Result<Status, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    review::save(store, &proof, &form.0.review()).await?;
    Ok(Status::NoContent)
}

#[post("/reviews/<number>/review", data = "<form>")]
pub async fn send(desk: Desk<'_>, who: SignedIn, number: &str, form: Posted<Written>) -> Shown {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let written = form.0.review();
    if form.0.act == "add" {
        keep(&desk, &proof, &written).await?;
        return Ok(Err(again(&desk, &proof, &form.0, Vec::new()).await?));
    }
    let slips = slips_of(&written, &who.0);
    if slips.unseen(&form.0.anyway) {
        keep(&desk, &proof, &written).await?;
        return Ok(Err(page_of(&desk, &proof, &form.0, Vec::new(), slips).await?));
    }
    let page = format!("/reviews/{number}");
    match review::send(store, &proof, &written).await {
        Ok(()) => Ok(Ok(Redirect::to(format!("{page}?done=own-review-sent")))),
        Err(Failure::Refused(Refusal::Review(lacks))) => {
            keep(&desk, &proof, &written).await?;
            Ok(Err(again(&desk, &proof, &form.0, lacks).await?))
        }
        // An attachment that is not ready is seen to on the same page, which has what was typed.
        Err(Failure::Refused(Refusal::Attachment)) => {
            keep(&desk, &proof, &written).await?;
            Ok(Ok(back_with(page, Refusal::Attachment.into())?))
        }
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

/// Keeps what was typed, where a draft can be kept: a review that was sent stays as it was sent.
async fn keep(desk: &Desk<'_>, proof: &AsReviewer, written: &Review) -> Done {
    match review::save(&desk.office.store, proof, written).await {
        Err(Failure::Refused(_)) => Ok(()),
        other => other,
    }
}

/// What the texts that the authors may come to read say of their reviewer.
fn slips_of(written: &Review, who: &Who) -> Slips {
    let texts = written.suggestions.iter().chain([&written.assessment]);
    Slips::of(texts.map(String::as_str), &identity_of(who))
}

/// The desk with what was typed, and what is missing in it.
async fn again(
    desk: &Desk<'_>,
    proof: &AsReviewer,
    form: &Written,
    lacks: Vec<&'static str>,
) -> Result<Page, WebError> {
    page_of(desk, proof, form, lacks, Slips::default()).await
}

async fn page_of(
    desk: &Desk<'_>,
    proof: &AsReviewer,
    form: &Written,
    lacks: Vec<&'static str>,
    slips: Slips,
) -> Result<Page, WebError> {
    let ReviewerView::Desk(view) = desk.office.store.reviewer_view(proof).await? else {
        return Err(WebError::NotFound);
    };
    let sheet = Sheet::of(&form.review(), &view.criteria);
    let page = DeskPage::of(desk, proof, *view, form.file.parse().ok(), true).await?;
    let complete = lacks.is_empty() && slips.token.is_empty();
    let page = page.typed(sheet, lacks, slips);
    match complete {
        true => desk.show(proof, &page),
        false => desk.show_again(proof, &page),
    }
}
