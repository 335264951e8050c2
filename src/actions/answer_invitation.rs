//! A reviewer accepts an invitation, or declines it: from the letter's link without an account, or signed in.

use super::{Done, Failure, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::stage::Stage;
use crate::domain::window::{WindowKind, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::AsReviewer;
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// A reviewer's answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Accepts, and declares to have no conflict of interest.
    Accept {
        /// Whether the declaration was ticked.
        no_conflict: bool,
    },
    /// Declines.
    Decline {
        /// Why; may be empty.
        reason: String,
        /// Somebody else to ask; may be empty.
        suggestion: String,
        /// Whether the reason is a conflict of interest.
        conflict: bool,
    },
}

/// Answers the invitation of a proof.
pub async fn answer(store: &Store, proof: &AsReviewer, answer: Answer) -> Done {
    let mut case = begin(store.case_as_reviewer(proof).await?, None).await?;
    let assignment = case
        .assignment(proof.assignment())
        .await?
        .ok_or(Failure::NotFound)?;
    need(
        case.stage() == Stage::InReview && assignment.state == "invited",
        Refusal::NotHere,
    )?;
    let (latin, chinese) = (
        assignment.label.latin().to_string(),
        assignment.label.chinese().to_string(),
    );
    let accepts = matches!(answer, Answer::Accept { .. });
    match answer {
        Answer::Accept { no_conflict } => {
            need(no_conflict, Refusal::Reason)?;
            need(
                case.set_assignment(assignment.id, &["invited"], "accepted")
                    .await?,
                Refusal::NotHere,
            )?;
            case.meet(WindowKind::Invitation, Some(assignment.id)).await?;
            let due = case.open_window(WindowKind::Review, Some(assignment.id)).await?;
            let due = last_day(due, case.rules());
            case.record_about(EventKind::InvitationAccepted, assignment.label, "")
                .await?;
            let grace_days = case.rules().review_grace_days;
            let letter = Letter::Welcome { due, grace_days };
            case.post(&letter, To::Reviewer(assignment.id), When::Now).await?;
            case.post(
                &Letter::ReviewerAnswered {
                    latin,
                    chinese,
                    accepted: true,
                },
                To::Office,
                When::Now,
            )
            .await?;
            enough(&case).await?;
        }
        Answer::Decline {
            reason,
            suggestion,
            conflict,
        } => {
            need(
                case.set_assignment(assignment.id, &["invited"], "declined")
                    .await?,
                Refusal::NotHere,
            )?;
            case.note_assignment(assignment.id, reason.trim(), suggestion.trim())
                .await?;
            case.end_windows_of(assignment.id).await?;
            if conflict {
                case.declare_conflict(assignment.id).await?;
            }
            case.record_about(EventKind::InvitationDeclined, assignment.label, reason.trim())
                .await?;
            case.post(
                &Letter::ReviewerAnswered {
                    latin,
                    chinese,
                    accepted: false,
                },
                To::Office,
                When::Now,
            )
            .await?;
            super::invite::promote(&mut case).await?;
        }
    }
    case.commit().await?;
    if accepts {
        // Whoever was asked by address is of the pool from now on and finds “My reviews”.
        store.join_pool(proof.account(), proof.manuscript()).await?;
    }
    Ok(())
}

/// The search is over when enough have accepted.
async fn enough(case: &Case<'_>) -> Done {
    if case.tally().await?.accepted >= case.rules().reviews_wanted {
        case.meet(WindowKind::FindReviewers, None).await?;
    }
    Ok(())
}
