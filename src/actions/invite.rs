//! Reviewers are asked, put on the list of alternates, asked no more, reminded, given more time.

use super::{Done, Failure, Refusal, begin, need};
use crate::domain::conflict::Conflict;
use crate::domain::event::EventKind;
use crate::domain::person::{Email, Lang};
use crate::domain::stage::Stage;
use crate::domain::window::{Length, WindowKind, days_left, due, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::AsEditor;
use crate::store::assignments::Assignment;
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// Whom to ask.
#[derive(Clone, Debug)]
pub enum Whom {
    /// Somebody of the pool.
    Account(i64),
    /// Somebody by address.
    Address {
        /// The address as typed.
        email: String,
        /// The name as typed.
        name: String,
        /// The language of the letter.
        lang: Lang,
    },
}

/// What asking needs beside the person.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    /// Put on the list of alternates instead of asking now.
    pub alternate: bool,
    /// Why a warned conflict is no obstacle.
    pub override_reason: String,
}

/// Asks a reviewer, or puts one on the list of alternates.
pub async fn invite(store: &Store, proof: &AsEditor, version: i64, whom: Whom, asking: Asking) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(case.stage() == Stage::InReview, Refusal::NotHere)?;
    need(proof.roles().decides(), Refusal::NotHere)?;
    // Whoever accepts finds something to read.
    let readable = super::submit::files_ready(&case.files().await?, case.round()).is_ok();
    need(readable, Refusal::FilesNotReady)?;
    let account = match whom {
        Whom::Account(account) => account,
        Whom::Address { email, name, lang } => {
            let email = Email::parse(&email).ok_or(Failure::Refused(Refusal::Address))?;
            case.reviewer_for(&email, name.trim(), lang).await?
        }
    };
    let conflicts = case.conflicts(account).await?;
    let reason = asking.override_reason.trim();
    if conflicts.contains(&Conflict::Refused) {
        case.abandon().await?;
        // The answer confirms a guess at an author: it is recorded as a search by an author's name is.
        store.case_as_editor(proof).await?.found_by_author("").await?;
        return Err(Refusal::Conflicts(conflicts).into());
    }
    need(
        conflicts.is_empty() || !reason.is_empty(),
        Refusal::Conflicts(conflicts),
    )?;
    let state = if asking.alternate { "alternate" } else { "invited" };
    let assignment = case
        .assign(account, state, reason)
        .await?
        .ok_or(Failure::Refused(Refusal::AlreadyAsked))?;
    if asking.alternate {
        case.record_about(EventKind::AlternateAdded, assignment.label, reason)
            .await?;
    } else {
        ask(&mut case, &assignment, reason).await?;
    }
    Ok(case.commit().await?)
}

/// Sends the invitation and starts its window.
async fn ask(case: &mut Case<'_>, assignment: &Assignment, reason: &str) -> Done {
    let until = case
        .open_window(WindowKind::Invitation, Some(assignment.id))
        .await?;
    let letter = Letter::Invitation {
        due: last_day(until, case.rules()),
        review_days: case.rules().review_days,
        summary: case.summary().to_owned(),
    };
    case.post(&letter, To::Reviewer(assignment.id), When::Now).await?;
    Ok(case
        .record_about(EventKind::Invited, assignment.label, reason)
        .await?)
}

/// Asks the next alternate, if reviewers are still wanted.
pub(crate) async fn promote(case: &mut Case<'_>) -> Done {
    let tally = case.tally().await?;
    if case.stage() != Stage::InReview || tally.asked + tally.accepted >= case.rules().reviews_wanted {
        return Ok(());
    }
    for next in case.assignments().await? {
        if next.state != "alternate" {
            continue;
        }
        // Whoever has opened the names or handles it since then, or is an author now, cannot review it.
        if case.barred(next.id).await? {
            case.set_assignment(next.id, &["alternate"], "cancelled").await?;
            case.record_about(EventKind::InvitationCancelled, next.label, "")
                .await?;
        } else if case.set_assignment(next.id, &["alternate"], "invited").await? {
            return ask(case, &next, "").await;
        }
    }
    reopen_search(case).await
}

/// With too few reviewers and nobody left to ask, the search begins again.
async fn reopen_search(case: &Case<'_>) -> Done {
    if case.window(WindowKind::FindReviewers).await?.is_none()
        && case.window(WindowKind::Decision).await?.is_none()
    {
        case.open_window(WindowKind::FindReviewers, None).await?;
    }
    Ok(())
}

/// Asks a reviewer no more.
pub async fn cancel(store: &Store, proof: &AsEditor, version: i64, assignment: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().decides(), Refusal::NotYours)?;
    let found = case.assignment(assignment).await?.ok_or(Failure::NotFound)?;
    need(
        case.set_assignment(found.id, &["alternate", "invited", "accepted"], "cancelled")
            .await?,
        Refusal::NotHere,
    )?;
    case.end_windows_of(found.id).await?;
    if found.state != "alternate" {
        case.post(&Letter::InvitationCancelled {}, To::Reviewer(found.id), When::Now)
            .await?;
    }
    case.record_about(EventKind::InvitationCancelled, found.label, "")
        .await?;
    promote(&mut case).await?;
    Ok(case.commit().await?)
}

/// Reminds a reviewer of the answer or the review that is due.
pub async fn remind(store: &Store, proof: &AsEditor, version: i64, assignment: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    let found = case.assignment(assignment).await?.ok_or(Failure::NotFound)?;
    let window = case
        .open_windows()
        .await?
        .into_iter()
        .find(|w| w.assignment == Some(assignment));
    let window = window.ok_or(Failure::Refused(Refusal::NotHere))?;
    let (day, days) = (
        last_day(window.due, case.rules()),
        days_left(case.now(), window.due, case.rules()),
    );
    let letter = match window.kind {
        WindowKind::Invitation => Letter::InvitationReminder { due: day, days },
        _ => Letter::ReviewReminder { due: day, days },
    };
    case.post(&letter, To::Reviewer(assignment), When::Now).await?;
    case.record_about(EventKind::Reminded, found.label, window.kind.key())
        .await?;
    Ok(case.commit().await?)
}

/// Gives more time, with a reason that the author or reviewer sees; never for screening, which is the author's right.
pub async fn extend(
    store: &Store,
    proof: &AsEditor,
    version: i64,
    kind: WindowKind,
    assignment: Option<i64>,
    days: u32,
    reason: &str,
) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().decides(), Refusal::NotYours)?;
    need(!reason.trim().is_empty(), Refusal::Reason)?;
    need(
        kind != WindowKind::Screening && (1..=366).contains(&days),
        Refusal::NotHere,
    )?;
    let window = case
        .open_windows()
        .await?
        .into_iter()
        .find(|w| w.kind == kind && w.assignment == assignment);
    let window = window.ok_or(Failure::Refused(Refusal::NotHere))?;
    let closes = due(
        window.due - jiff::SignedDuration::from_micros(1),
        Length::Days(days),
        case.rules(),
    );
    case.extend(&window, closes).await?;
    let (due, reason) = (last_day(closes, case.rules()), reason.trim().to_owned());
    case.record(EventKind::Extended, &format!("{} {due}: {reason}", kind.key()))
        .await?;
    match (kind, assignment) {
        (_, Some(id)) => {
            case.post(
                &Letter::ReviewExtended { due, reason },
                To::Reviewer(id),
                When::Now,
            )
            .await?
        }
        (
            WindowKind::Revision
            | WindowKind::Completion
            | WindowKind::Reaffirmation
            | WindowKind::Appeal
            | WindowKind::Proof,
            None,
        ) => {
            case.post(&Letter::Extended { due, reason }, To::Authors, When::Now)
                .await?;
        }
        _ => {}
    }
    Ok(case.commit().await?)
}
