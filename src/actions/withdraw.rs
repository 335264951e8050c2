//! The author withdraws: from anywhere before Accepted.

use super::settle::step;
use super::{Done, begin};
use crate::domain::event::EventKind;
use crate::domain::request::RequestKind;
use crate::domain::stage::{Stage, Step};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::AsAuthor;
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// Withdraws the manuscript. Reviewers learn with the next batch that they are no longer needed.
pub async fn withdraw(store: &Store, proof: &AsAuthor, version: i64, reason: &str) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    let from = case.stage();
    step(&mut case, Step::Withdraw)?;
    void_pending(&mut case).await?;
    case.end_windows().await?;
    case.void_requests(&RequestKind::ALL).await?;
    let reason = reason.trim().to_owned();
    dismiss(&mut case, from).await?;
    case.record(EventKind::Withdrawn, &reason).await?;
    case.post(&Letter::WithdrawalReceipt {}, To::Authors, When::Now)
        .await?;
    case.post(&Letter::WithdrawnOffice { reason }, To::Office, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// A decision that waits comes to nothing, and its letter does not go.
pub(crate) async fn void_pending(case: &mut Case<'_>) -> Done {
    if let Some(pending) = case.pending().await? {
        case.close_decision(pending.id, "void").await?;
        case.cancel_letters(pending.id).await?;
        case.record(EventKind::DecisionVoid, pending.kind.key()).await?;
    }
    Ok(())
}

/// Nobody is asked to review any more.
pub(crate) async fn dismiss(case: &mut Case<'_>, from: Stage) -> Done {
    for assignment in case.assignments().await? {
        if case
            .set_assignment(assignment.id, &["alternate", "invited"], "cancelled")
            .await?
            && assignment.state == "alternate"
        {
            continue;
        }
        if from == Stage::InReview && matches!(assignment.state.as_str(), "invited" | "accepted") {
            case.post(
                &Letter::NoLongerNeeded {},
                To::Reviewer(assignment.id),
                When::NextBatch,
            )
            .await?;
        }
    }
    Ok(())
}
