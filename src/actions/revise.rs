//! The author's revision: every point answered, rebuttal and revised originals together (the journal's notice,
//! step 3); and the same reviewers asked again.

use super::settle::step;
use super::{Done, Failure, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::request::RequestKind;
use crate::domain::stage::{Stage, Step};
use crate::domain::window::{WindowKind, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsAuthor, AsEditor};
use crate::store::case::Case;
use crate::store::files::FileRole;
use crate::store::outbox::{To, When};
use crate::store::revisions::Answers;

/// Saves the answers as they are written.
pub async fn save(store: &Store, proof: &AsAuthor, answers: &Answers) -> Done {
    let case = begin(store.case_as_author(proof).await?, None).await?;
    need(case.stage() == Stage::Revising, Refusal::NotHere)?;
    case.keep_answers(answers, false).await?;
    Ok(case.commit_quietly().await?)
}

/// Sends revision and rebuttal together or not at all: Revising → ReReview. A blind copy that is still being made, or
/// could not be, costs no deadline: the originals were received in time.
pub async fn send(store: &Store, proof: &AsAuthor, version: i64, answers: &Answers) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    need(case.stage() == Stage::Revising, Refusal::NotHere)?;
    let decision = case.last_received().await?.ok_or(Failure::NotFound)?;
    let answered = |i: usize| answers.answers.get(i).is_some_and(|a| !a.trim().is_empty());
    let open: Vec<u32> = decision
        .text
        .points
        .iter()
        .enumerate()
        .filter(|(i, _)| !answered(*i))
        .map(|(_, p)| p.number)
        .collect();
    need(open.is_empty(), Refusal::Answers(open))?;
    let next = case.round() + 1;
    let has_manuscript = case
        .files()
        .await?
        .iter()
        .any(|f| f.round == next && f.role == FileRole::Manuscript.key());
    need(has_manuscript, Refusal::NoManuscriptFile)?;
    let terms = case.terms().await?;
    let blind = |text: &String| bauta_strip::strip_text(text, &terms).0;
    let blinded = Answers {
        answers: answers.answers.iter().map(blind).collect(),
        rebuttal: blind(&answers.rebuttal),
    };
    case.keep_answers(&blinded, true).await?;
    step(&mut case, Step::ReturnRevision)?;
    let submission = case.submission()?;
    super::submit::reads_as(&mut case, &submission).await?;
    case.next_round();
    case.end_windows().await?;
    case.void_requests(&[RequestKind::Extension]).await?;
    let due = case.open_window(WindowKind::ReReview, None).await?;
    let due = last_day(due, case.rules());
    case.record(EventKind::RevisionReturned, "").await?;
    case.post(&Letter::RevisionReceipt { due }, To::Authors, When::Now)
        .await?;
    case.post(&Letter::RevisionIn { due }, To::Office, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// Sends the revision to the reviewers of the round before: ReReview → InReview.
pub async fn review_again(store: &Store, proof: &AsEditor, version: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().decides(), Refusal::NotHere)?;
    need(case.pending().await?.is_none(), Refusal::Pending)?;
    super::submit::files_ready(&case.files().await?, case.round())?;
    step(&mut case, Step::ReviewAgain)?;
    case.end_windows().await?;
    let asked = ask_again(&mut case).await?;
    if asked == 0 {
        // Nobody reviewed it here before: it began elsewhere, or they were all released.
        case.record(EventKind::ReviewedAgain, "").await?;
    }
    if asked < case.rules().reviews_wanted {
        case.open_window(WindowKind::FindReviewers, None).await?;
    }
    case.post(&Letter::ReviewedAgain {}, To::Authors, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// Asks those who reviewed it in an earlier round; returns how many.
pub(crate) async fn ask_again(case: &mut Case<'_>) -> Done<u32> {
    let mut asked = 0;
    for assignment in case.assignments().await? {
        if assignment.state == "accepted" && case.reviewed_before(assignment.id).await? {
            let due = case.open_window(WindowKind::Review, Some(assignment.id)).await?;
            let due = last_day(due, case.rules());
            case.post(
                &Letter::ReviewAgain { due },
                To::Reviewer(assignment.id),
                When::Now,
            )
            .await?;
            case.record_about(EventKind::ReviewedAgain, assignment.label, "")
                .await?;
            asked += 1;
        }
    }
    Ok(asked)
}
