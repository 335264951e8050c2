//! The author sends the draft, completes a returned submission, or reaffirms after a release.

use super::settle::step;
use super::{Done, Failure, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::journal::List;
use crate::domain::manuscript::{Missing, Submission};
use crate::domain::person::Email;
use crate::domain::stage::{Stage, Step};
use crate::domain::window::{WindowKind, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::AsAuthor;
use crate::store::case::{BlindText, Case};
use crate::store::files::{FileFacts, FileRole};
use crate::store::outbox::{To, When};

/// Sends the draft: Draft → Screening (`RULES.md` 2).
pub async fn submit(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    let submission = ready(&case).await?;
    step(&mut case, Step::Submit)?;
    receive(&mut case, &submission).await?;
    let due = case.open_window(WindowKind::Screening, None).await?;
    let due = last_day(due, case.rules());
    case.record(EventKind::Submitted, "").await?;
    let wait = case.rules().coauthors_confirm;
    case.post(&Letter::Receipt { due, wait }, To::Authors, When::Now)
        .await?;
    case.post(&Letter::ConfirmAuthorship { wait }, To::Coauthors, When::Now)
        .await?;
    case.post(&Letter::NewSubmission { due }, To::Office, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// Sends the completed submission: Returned → Screening, with a new screening window.
pub async fn complete(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    let submission = ready(&case).await?;
    step(&mut case, Step::Complete)?;
    // Who has confirmed leaves the list by a change of authors, to which all of them agree (`RULES.md` 5).
    need(case.confirmed_are_listed().await?, Refusal::ConfirmedAuthor)?;
    receive(&mut case, &submission).await?;
    super::authors::ties_again(&mut case).await?;
    case.end_windows().await?;
    let due = case.open_window(WindowKind::Screening, None).await?;
    let due = last_day(due, case.rules());
    case.record(EventKind::Completed, "").await?;
    case.post(&Letter::CompletionReceipt { due }, To::Authors, When::Now)
        .await?;
    let wait = case.rules().coauthors_confirm;
    case.post(&Letter::ConfirmAuthorship { wait }, To::Coauthors, When::Now)
        .await?;
    case.post(&Letter::NewSubmission { due }, To::Office, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// Sends what the author has checked: the draft, or the completed submission.
pub async fn send(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let case = store.case_as_author(proof).await?;
    let stage = case.stage();
    case.abandon().await?;
    match stage {
        Stage::Returned => complete(store, proof, version).await,
        _ => submit(store, proof, version).await,
    }
}

/// Says that a released manuscript is still offered here: Released → Screening, with a new window.
pub async fn reaffirm(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    step(&mut case, Step::Reaffirm)?;
    case.end_windows().await?;
    let due = case.open_window(WindowKind::Screening, None).await?;
    let due = last_day(due, case.rules());
    case.record(EventKind::Reaffirmed, "").await?;
    case.post(&Letter::ReaffirmationReceipt { due }, To::Authors, When::Now)
        .await?;
    case.post(&Letter::NewSubmission { due }, To::Office, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// Everything that must be there before it counts; the whole list at once, not the first of it.
async fn ready(case: &Case<'_>) -> Done<Submission> {
    let submission = case.submission()?;
    let missing = submission.missing(case.rules(), &case.store().pages());
    need(missing.is_empty(), Refusal::Missing(missing))?;
    need(
        case.store().reaches_an_author(&submission).await?,
        Refusal::Missing(vec![Missing {
            step: "authors",
            field: "corresponding".to_owned(),
            what: "unconfirmed",
        }]),
    )?;
    let files = case.files().await?;
    files_ready(&files, case.round())?;
    let pages = case.store().pages();
    let there = |key: &str| files.iter().any(|f| f.round == case.round() && f.paper == key);
    let papers = pages.offered(List::Papers).into_iter().filter(|key| !there(key));
    let lacking = |key: &str| Missing {
        step: "files",
        field: key.to_owned(),
        what: "paper",
    };
    let lacking: Vec<Missing> = papers.map(lacking).collect();
    need(lacking.is_empty(), Refusal::Missing(lacking))?;
    Ok(submission)
}

/// Whether the files of a round can be sent: a manuscript, all blind copies made, all findings settled.
pub fn files_ready(files: &[FileFacts], round: i32) -> Done {
    let files: Vec<_> = files
        .iter()
        .filter(|f| f.round == round && f.role != FileRole::Attachment.key())
        .collect();
    need(
        files.iter().any(|f| f.role == FileRole::Manuscript.key()),
        Refusal::NoManuscriptFile,
    )?;
    need(files.iter().all(|f| f.state != "waiting"), Refusal::Waiting)?;
    need(files.iter().all(|f| f.state != "refused"), Refusal::NotBlind)?;
    need(files.iter().all(|f| f.open_findings == 0), Refusal::Findings)
}

/// Names the editor who acts in the place of an editor-in-chief who is an author, one of those who can, as long as nothing is
/// sent; returns the draft's version after it.
pub async fn name_guest(store: &Store, proof: &AsAuthor, version: i64, guest: i64) -> Done<i64> {
    let choices = store.guest_choices(proof).await?;
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    let open = matches!(case.stage(), Stage::Draft | Stage::Returned);
    need(open, Refusal::NotHere)?;
    need(choices.iter().any(|(id, _)| *id == guest), Refusal::NeedsGuest)?;
    let mut submission = case.submission()?;
    if submission.guest == Some(guest) {
        case.abandon().await?;
        return Ok(version);
    }
    submission.guest = Some(guest);
    case.keep_submission(&submission)?;
    case.commit().await?;
    Ok(version + 1)
}

/// Where no editor-in-chief is left who is not an author, one of the authors has appointed somebody in their place.
async fn guest(case: &mut Case<'_>, submission: &Submission) -> Done {
    if case.has_chief().await? || case.guest().await? {
        return Ok(());
    }
    let account = submission.guest.ok_or(Failure::Refused(Refusal::NeedsGuest))?;
    need(case.appoint_guest(account).await?, Refusal::CannotHandle)?;
    Ok(case.record(EventKind::GuestAppointed, "").await?)
}

/// Blinds what everybody concerned may read.
pub(crate) async fn blind_again(case: &mut Case<'_>, submission: &Submission) -> Done {
    let terms = case.terms().await?;
    let blind = |text: &str| bauta_strip::strip_text(text, &terms).0;
    case.set_text(BlindText {
        title: [blind(&submission.title_zh), blind(&submission.title_en)],
        summary: [blind(&submission.abstract_zh), blind(&submission.abstract_en)],
        keywords: [blind(&submission.keywords_zh), blind(&submission.keywords_en)],
    });
    Ok(())
}

/// Blinds what everybody concerned may read, and says what reviewers see of the trial.
pub(crate) async fn reads_as(case: &mut Case<'_>, submission: &Submission) -> Done {
    blind_again(case, submission).await?;
    case.set_trial(&super::trial::shown(submission));
    Ok(())
}

/// Blinds what everybody concerned may read, marks the typed authors, looks for submissions that are akin.
async fn receive(case: &mut Case<'_>, submission: &Submission) -> Done {
    reads_as(case, submission).await?;
    case.received_now();
    let emails: Vec<Email> = submission
        .authors
        .iter()
        .filter_map(|a| Email::parse(&a.email))
        .collect();
    case.mark_typed(&emails).await?;
    if case.find_kin().await? > 0 {
        case.record(EventKind::KinFound, "").await?;
        case.post(&Letter::KinFound {}, To::Office, When::Now).await?;
    }
    guest(case, submission).await?;
    debug_assert_eq!(case.stage(), Stage::Screening);
    Ok(())
}
