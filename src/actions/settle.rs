//! Settling: the one place that closes windows. It may run any time and any number of times; each window
//! closes once, at the instant at which it was due, also if the program was down then.

use jiff::Timestamp;

use super::{Done, Failure};
use crate::domain::event::EventKind;
use crate::domain::request::RequestKind;
use crate::domain::stage::Step;
use crate::domain::window::{WindowKind, days_left, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::Denied;
use crate::store::case::Case;
use crate::store::outbox::{To, When};
use crate::store::windows::OpenWindow;

/// Closes every window that is over by now and sends every reminder that is due; returns how many manuscripts it touched.
/// One that cannot be settled is put aside and keeps no other waiting; a fault of the machine ends the pass.
pub async fn all(store: &Store, now: Timestamp) -> Done<usize> {
    let due = store.due_manuscripts(now).await?;
    let count = due.len();
    for manuscript in due {
        match one(store, manuscript).await {
            Err(Failure::Fault(fault)) if fault.passing() => return Err(fault.into()),
            Err(failure) => {
                tracing::error!(%failure, "a manuscript cannot be settled; it is tried again in a minute");
                store.put_aside(manuscript);
            }
            Ok(()) => {}
        }
    }
    Ok(count)
}

async fn one(store: &Store, manuscript: i64) -> Done {
    match store.case_as_clock(manuscript).await {
        Ok(case) => Ok(settle(case).await?.abandon().await?),
        Err(Denied::NotFound) => Ok(()),
        Err(Denied::Fault(fault)) => Err(fault.into()),
    }
}

/// Brings one manuscript up to its instant; what the clock did is committed before the case goes on.
pub(crate) async fn settle(mut case: Case<'_>) -> Done<Case<'_>> {
    loop {
        let mut windows = case.open_windows().await?;
        // On hold they stand still.
        windows.retain(|w| w.held.is_none());
        let over = windows.iter().find(|w| w.due <= case.now()).cloned();
        let reminds = windows
            .into_iter()
            .find(|w| w.reminds.is_some_and(|at| at <= case.now()));
        let moved = over.is_some();
        match (over, reminds) {
            (Some(window), _) => run_out(&mut case, &window).await?,
            (None, Some(window)) => remind(&mut case, &window).await?,
            (None, None) => return Ok(case),
        }
        case = case.go_on(moved).await?;
    }
}

async fn run_out(case: &mut Case<'_>, window: &OpenWindow) -> Done {
    if !case.run_out(window).await? {
        return Ok(());
    }
    case.record_due(EventKind::WindowClosed, window.kind.key(), window.due)
        .await?;
    let day = last_day(window.due, case.rules());
    match window.kind {
        WindowKind::Screening => release(case).await,
        WindowKind::Completion => leave(case, Step::Close, Letter::CompletionClosed {}, None).await,
        WindowKind::Reaffirmation => leave(case, Step::Forget, Letter::Forgotten {}, None).await,
        WindowKind::Revision => {
            leave(
                case,
                Step::Lapse,
                Letter::Lapsed {},
                Some(Letter::LapsedOffice {}),
            )
            .await
        }
        WindowKind::FindReviewers | WindowKind::Decision | WindowKind::ReReview => Ok(case
            .post(&Letter::Overdue { due: day }, To::Office, When::Now)
            .await?),
        WindowKind::Invitation => {
            end_assignment(case, window, "invited", "expired", Letter::InvitationExpired {}).await
        }
        WindowKind::Review => {
            let Some(assignment) = window.assignment else {
                return Ok(());
            };
            case.open_window(WindowKind::ReviewGrace, Some(assignment))
                .await?;
            let letter = Letter::ReviewOverdue {
                due: day,
                grace_days: case.rules().review_grace_days,
            };
            Ok(case.post(&letter, To::Reviewer(assignment), When::Now).await?)
        }
        WindowKind::ReviewGrace => {
            end_assignment(case, window, "accepted", "released", Letter::ReviewerReleased {}).await
        }
        // The right to appeal, or to object to the proof, ends in silence.
        WindowKind::Appeal | WindowKind::Proof => Ok(()),
    }
}

/// No notice was received within the month: a pending decision is void, the author may go elsewhere.
async fn release(case: &mut Case<'_>) -> Done {
    super::withdraw::void_pending(case).await?;
    step(case, Step::Release)?;
    case.end_windows().await?;
    case.void_requests(&RequestKind::ALL).await?;
    let until = case.open_window(WindowKind::Reaffirmation, None).await?;
    let due = last_day(until, case.rules());
    case.post(&Letter::Released { due }, To::Authors, When::Now)
        .await?;
    case.post(&Letter::ReleasedOffice {}, To::Office, When::Now)
        .await?;
    Ok(())
}

async fn leave(case: &mut Case<'_>, how: Step, to_author: Letter, to_office: Option<Letter>) -> Done {
    step(case, how)?;
    case.end_windows().await?;
    case.void_requests(&RequestKind::ALL).await?;
    case.post(&to_author, To::Authors, When::Now).await?;
    if let Some(letter) = to_office {
        case.post(&letter, To::Office, When::Now).await?;
    }
    Ok(())
}

async fn end_assignment(
    case: &mut Case<'_>,
    window: &OpenWindow,
    from: &str,
    to: &str,
    letter: Letter,
) -> Done {
    let Some(id) = window.assignment else {
        return Ok(());
    };
    if !case.set_assignment(id, &[from], to).await? {
        return Ok(());
    }
    case.end_windows_of(id).await?;
    if let Some(assignment) = case.assignment(id).await? {
        case.record_about(EventKind::ReviewerReleased, assignment.label, to)
            .await?;
    }
    case.post(&letter, To::Reviewer(id), When::Now).await?;
    super::invite::promote(case).await
}

async fn remind(case: &mut Case<'_>, window: &OpenWindow) -> Done {
    case.pass_reminder(window).await?;
    let (due, days) = (
        last_day(window.due, case.rules()),
        days_left(case.now(), window.due, case.rules()),
    );
    let (letter, to) = match (window.kind, window.assignment) {
        (WindowKind::Screening, _) => (Letter::ScreeningReminder { due, days }, To::Office),
        (WindowKind::Completion, _) => (Letter::CompletionReminder { due, days }, To::Authors),
        (WindowKind::Revision, _) => (Letter::RevisionReminder { due, days }, To::Authors),
        (WindowKind::Reaffirmation, _) => (Letter::ReaffirmationReminder { due, days }, To::Authors),
        (WindowKind::Proof, _) => (Letter::ProofReminder { due, days }, To::Authors),
        (WindowKind::FindReviewers, _) => (Letter::FindReviewersReminder { due, days }, To::Office),
        (WindowKind::Invitation, Some(id)) => (Letter::InvitationReminder { due, days }, To::Reviewer(id)),
        (WindowKind::Review, Some(id)) => (Letter::ReviewReminder { due, days }, To::Reviewer(id)),
        (WindowKind::Decision | WindowKind::ReReview, _) => {
            (Letter::DecisionReminder { due, days }, To::Office)
        }
        _ => return Ok(()),
    };
    case.record_due(
        EventKind::Reminded,
        window.kind.key(),
        window.reminds.unwrap_or(window.due),
    )
    .await?;
    case.post(&letter, to, When::Now).await?;
    Ok(())
}

/// Takes a step that the rules say exists here.
pub(crate) fn step(case: &mut Case<'_>, step: Step) -> Done {
    if case.step(step) {
        Ok(())
    } else {
        Err(Failure::Refused(super::Refusal::NotHere))
    }
}
