//! A decision reaches the author: the mail server took the letter, or the author opened it on the site, whichever is first.

use super::settle::step;
use super::{Done, Failure, Refusal, begin, need};
use crate::domain::decision::DecisionKind;
use crate::domain::event::EventKind;
use crate::domain::request::RequestKind;
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsAuthor, Denied};
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// The mail server took a decision's letter. Nothing happens if it was received already or is void.
pub async fn by_mail(store: &Store, manuscript: i64, decision: i64) -> Done {
    let case = match store.case_as_clock(manuscript).await {
        Ok(case) => begin(case, None).await?,
        Err(Denied::NotFound) => return Ok(()),
        Err(Denied::Fault(fault)) => return Err(fault.into()),
    };
    match case.pending().await? {
        Some(pending) if pending.id == decision => receive(case).await,
        _ => Ok(case.abandon().await?),
    }
}

/// The author opens a decision on the site. Refused while it can still be taken back.
pub async fn on_site(store: &Store, proof: &AsAuthor) -> Done {
    let case = begin(store.case_as_author(proof).await?, None).await?;
    let pending = case.pending().await?.ok_or(Failure::Refused(Refusal::NotHere))?;
    need(pending.send_at <= case.now().as_microsecond(), Refusal::NotHere)?;
    receive(case).await
}

async fn receive(mut case: Case<'_>) -> Done {
    let Some(pending) = case.pending().await? else {
        return Ok(case.abandon().await?);
    };
    need(
        case.close_decision(pending.id, "received").await?,
        Refusal::NotHere,
    )?;
    let from = case.stage();
    step(&mut case, pending.kind.step())?;
    case.record(EventKind::DecisionReceived, pending.kind.key())
        .await?;
    case.end_windows().await?;
    let opens = match pending.kind {
        DecisionKind::ReturnForCompletion => Some(WindowKind::Completion),
        DecisionKind::SendToReview => Some(WindowKind::FindReviewers),
        DecisionKind::AskRevision => Some(WindowKind::Revision),
        DecisionKind::Decline => Some(WindowKind::Appeal),
        DecisionKind::Accept | DecisionKind::Rescind => None,
    };
    if matches!(pending.kind, DecisionKind::Decline | DecisionKind::Rescind) {
        case.void_requests(&RequestKind::ALL).await?;
    }
    if let Some(kind) = opens {
        case.open_window(kind, None).await?;
    }
    if matches!(from, Stage::InReview | Stage::ReReview) {
        tell_reviewers(&mut case, pending.kind).await?;
    }
    Ok(case.commit().await?)
}

/// Reviewers who are still asked are asked no more; those who reviewed learn the outcome, if the journal wishes, with
/// the next batch: its instant would tell when the author opened the letter.
async fn tell_reviewers(case: &mut Case<'_>, kind: DecisionKind) -> Done {
    let outcome = match kind {
        DecisionKind::Accept => "accepted",
        DecisionKind::Decline => "declined",
        _ => "revision",
    };
    for assignment in case.assignments().await? {
        match assignment.state.as_str() {
            "invited" | "alternate" => {
                case.set_assignment(assignment.id, &["invited", "alternate"], "cancelled")
                    .await?;
                if assignment.state == "invited" {
                    case.post(
                        &Letter::InvitationCancelled {},
                        To::Reviewer(assignment.id),
                        When::NextBatch,
                    )
                    .await?;
                }
            }
            // Who accepted and never wrote is not wanted any more; a new round would wait for nobody.
            "accepted"
                if !case.review_sent(assignment.id).await?
                    && !case.reviewed_before(assignment.id).await? =>
            {
                case.set_assignment(assignment.id, &["accepted"], "cancelled")
                    .await?;
                case.post(
                    &Letter::NoLongerNeeded {},
                    To::Reviewer(assignment.id),
                    When::NextBatch,
                )
                .await?;
            }
            "accepted" if case.rules().tell_outcome => {
                case.post(
                    &Letter::Outcome { outcome },
                    To::Reviewer(assignment.id),
                    When::NextBatch,
                )
                .await?;
            }
            _ => {}
        }
    }
    Ok(())
}
