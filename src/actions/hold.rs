//! A manuscript on hold, for disputes and inquiries: all windows but screening stand still (`RULES.md` 3).

use super::{Done, Refusal, begin, names_nobody, need};
use crate::domain::event::EventKind;
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::AsEditor;
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// Puts the manuscript on hold; the author is told, with the reason.
pub async fn hold(store: &Store, proof: &AsEditor, version: i64, reason: &str) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().chief(), Refusal::ChiefOnly)?;
    need(!reason.trim().is_empty(), Refusal::Reason)?;
    need(case.stage().is_with_office(), Refusal::NotHere)?;
    names_nobody(&case, reason).await?;
    need(stop(&mut case, reason.trim()).await?, Refusal::NotHere)?;
    Ok(case.commit().await?)
}

/// Stops the windows and tells everybody who waits on them; false if they stand still already.
pub(crate) async fn stop(case: &mut Case<'_>, reason: &str) -> Done<bool> {
    if !case.hold().await? {
        return Ok(false);
    }
    case.record(EventKind::Held, reason).await?;
    let message = reason.to_owned();
    case.post(&Letter::Held { message }, To::Authors, When::Now)
        .await?;
    for assignment in case.assignments().await? {
        if matches!(assignment.state.as_str(), "invited" | "accepted") && waits(case, assignment.id).await? {
            case.post(
                &Letter::ReviewHeld {},
                To::Reviewer(assignment.id),
                When::NextBatch,
            )
            .await?;
        }
    }
    Ok(true)
}

async fn waits(case: &Case<'_>, assignment: i64) -> Done<bool> {
    let windows = case.open_windows().await?;
    Ok(windows.iter().any(|w| w.assignment == Some(assignment)))
}

/// Lets the manuscript go on: each window is moved by the days that it stood still.
pub async fn resume(store: &Store, proof: &AsEditor, version: i64, message: &str) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().chief(), Refusal::ChiefOnly)?;
    names_nobody(&case, message).await?;
    need(case.resume().await?, Refusal::NotHere)?;
    let message = message.trim().to_owned();
    case.record(EventKind::Resumed, &message).await?;
    case.post(&Letter::Resumed { message }, To::Authors, When::Now)
        .await?;
    for assignment in case.assignments().await? {
        if matches!(assignment.state.as_str(), "invited" | "accepted") && waits(&case, assignment.id).await? {
            case.post(
                &Letter::ReviewResumed {},
                To::Reviewer(assignment.id),
                When::NextBatch,
            )
            .await?;
        }
    }
    Ok(case.commit().await?)
}
