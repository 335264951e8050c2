//! A reviewer writes the review: saved as it is written, sent once, amendable until the decision.

use super::{Done, Failure, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::review::{Review, criteria, missing};
use crate::domain::stage::Stage;
use crate::domain::window::{WindowKind, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsEditor, AsReviewer};
use crate::store::assignments::Assignment;
use crate::store::case::Case;
use crate::store::files::FileFacts;
use crate::store::outbox::{To, When};

/// Refuses what was written beside a version that is not the present one: it was changed in another window since.
async fn unchanged(case: &Case<'_>, proof: &AsReviewer, seen: Option<i64>) -> Done {
    let now = case.review_version(proof.assignment()).await?;
    need(seen.is_none_or(|seen| seen == now), Refusal::Stale)
}

/// Keeps a draft, and gives its version. A review that was sent is not changed by it: amending is sending again.
pub async fn save(store: &Store, proof: &AsReviewer, review: &Review, seen: Option<i64>) -> Done<i64> {
    let case = begin(store.case_as_reviewer(proof).await?, None).await?;
    need(
        proof.accepted() && case.stage() == Stage::InReview,
        Refusal::NotHere,
    )?;
    need(!case.review_sent(proof.assignment()).await?, Refusal::NotHere)?;
    unchanged(&case, proof, seen).await?;
    case.keep_review(proof.assignment(), review, false).await?;
    let version = case.review_version(proof.assignment()).await?;
    case.commit_quietly().await?;
    Ok(version)
}

/// Sends the review, or amends it while no decision was made. A reviewer who was released for being late may
/// still send until the decision.
pub async fn send(store: &Store, proof: &AsReviewer, review: &Review, seen: Option<i64>) -> Done {
    let mut case = begin(store.case_as_reviewer(proof).await?, None).await?;
    need(
        proof.accepted() && case.stage() == Stage::InReview,
        Refusal::NotHere,
    )?;
    need(case.pending().await?.is_none(), Refusal::TooLate)?;
    unchanged(&case, proof, seen).await?;
    let sent = case.own_sent_review(proof).await?;
    let lacks = missing(review, &criteria(&store.pages(), sent.as_ref()));
    need(lacks.is_empty(), Refusal::Review(lacks))?;
    let attached = case.attachments(proof.assignment()).await?;
    let ready = |f: &FileFacts| f.state == "blind" && f.open_findings == 0;
    need(attached.iter().all(ready), Refusal::Attachment)?;
    let assignment = case
        .assignment(proof.assignment())
        .await?
        .ok_or(Failure::NotFound)?;
    let amended = case.keep_review(proof.assignment(), review, true).await?;
    if amended {
        case.record_about(EventKind::ReviewAmended, assignment.label, "")
            .await?;
        return Ok(case.commit().await?);
    }
    case.set_assignment(assignment.id, &["released"], "accepted")
        .await?;
    case.record_about(EventKind::ReviewSent, assignment.label, "")
        .await?;
    case.post(&Letter::ReviewThanks {}, To::Reviewer(assignment.id), When::Now)
        .await?;
    came(&mut case, &assignment).await?;
    Ok(case.commit().await?)
}

/// Enters a review that came another way for its reviewer, marked so in the history (`RULES.md` 4). A reviewer who has
/// not answered has accepted by sending it.
pub async fn enter(store: &Store, proof: &AsEditor, version: i64, assignment: i64, review: &Review) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(case.stage() == Stage::InReview, Refusal::NotHere)?;
    need(proof.roles().decides(), Refusal::NotYours)?;
    need(case.pending().await?.is_none(), Refusal::TooLate)?;
    let found = case.assignment(assignment).await?.ok_or(Failure::NotFound)?;
    need(!case.review_sent(found.id).await?, Refusal::NotHere)?;
    let states = ["invited", "accepted", "released"];
    need(states.contains(&found.state.as_str()), Refusal::NotHere)?;
    let lacks = missing(review, &criteria(&store.pages(), None));
    need(lacks.is_empty(), Refusal::Review(lacks))?;
    case.keep_review(found.id, review, true).await?;
    case.set_assignment(found.id, &["invited", "released"], "accepted")
        .await?;
    case.record_about(EventKind::ReviewEntered, found.label, "")
        .await?;
    case.post(&Letter::ReviewEntered {}, To::Reviewer(found.id), When::Now)
        .await?;
    came(&mut case, &found).await?;
    Ok(case.commit().await?)
}

/// A review has come: its clocks end, the office is told, and with the last one the editors' clock begins.
async fn came(case: &mut Case<'_>, assignment: &Assignment) -> Done {
    case.end_windows_of(assignment.id).await?;
    let (latin, chinese) = (
        assignment.label.latin().to_string(),
        assignment.label.chinese().to_string(),
    );
    case.post(&Letter::ReviewIn { latin, chinese }, To::Office, When::Now)
        .await?;
    let tally = case.tally().await?;
    let first = case.window(WindowKind::Decision).await?.is_none();
    if tally.reviews >= case.rules().reviews_wanted && first {
        case.meet(WindowKind::FindReviewers, None).await?;
        let due = case.open_window(WindowKind::Decision, None).await?;
        let due = last_day(due, case.rules());
        case.post(&Letter::AllReviewsIn { due }, To::Office, When::Now)
            .await?;
    }
    Ok(())
}
