//! From acceptance to the article: the proof page for the author, and publication.

use super::settle::step;
use super::{Done, Refusal, begin, need};
use crate::domain::decision::DecisionRefusal;
use crate::domain::event::EventKind;
use crate::domain::request::RequestKind;
use crate::domain::stage::{Stage, Step};
use crate::domain::window::{WindowKind, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsAuthor, AsEditor};
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// Shows the author the proof page; silence for a week is consent.
pub async fn send_proof(store: &Store, proof: &AsEditor, version: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(
        case.stage() == Stage::Accepted && case.window(WindowKind::Proof).await?.is_none(),
        Refusal::NotHere,
    )?;
    let due = case.open_window(WindowKind::Proof, None).await?;
    let due = last_day(due, case.rules());
    case.record(EventKind::Decided, "proof").await?;
    case.post(&Letter::ProofReady { due }, To::Authors, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// The author confirms the proof page.
pub async fn confirm_proof(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    need(
        case.stage() == Stage::Accepted && case.window(WindowKind::Proof).await?.is_some(),
        Refusal::NotHere,
    )?;
    case.meet(WindowKind::Proof, None).await?;
    case.record(EventKind::ProofConfirmed, "").await?;
    Ok(case.commit().await?)
}

/// Whether the author's copyright form is there: sent with the submission under that name, or after acceptance.
async fn copyright_form(case: &Case<'_>) -> Done<bool> {
    Ok(case.files().await?.iter().any(|f| f.paper == COPYRIGHT))
}

/// The key of the copyright form among the office papers.
pub const COPYRIGHT: &str = "copyright";

/// Publishes: what is public is copied into the article, with the names and the trial registration. A registration that
/// was not public at its registry is looked up again before (`RULES.md` 6): `registrations_seen` says that somebody did.
pub async fn publish(store: &Store, proof: &AsEditor, version: i64, registrations_seen: bool) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().decides(), Refusal::NotHere)?;
    need(!case.held(), Refusal::Decision(DecisionRefusal::Held))?;
    need(case.proof_settled().await?, Refusal::Proof)?;
    // What the author asked is answered before there is no way back.
    need(!case.office_must_answer().await?, Refusal::NotHere)?;
    need(
        !case.rules().copyright_form || copyright_form(&case).await?,
        Refusal::CopyrightForm,
    )?;
    let submission = case.submission()?;
    need(super::trial::unsettled(&submission).is_empty(), Refusal::Trial)?;
    let registered = !super::trial::read(&submission).numbers.is_empty();
    need(registrations_seen || !registered, Refusal::RegistrationUnseen)?;
    if registered {
        case.record(EventKind::RegistrationSeen, "").await?;
    }
    step(&mut case, Step::Publish)?;
    case.end_windows().await?;
    case.void_requests(&RequestKind::ALL).await?;
    case.publish_article().await?;
    case.record(EventKind::Published, "").await?;
    case.post(&Letter::Published {}, To::Authors, When::Now).await?;
    Ok(case.commit().await?)
}
