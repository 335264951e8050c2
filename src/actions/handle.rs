//! The handling is given to an editor; the authors' names are shown, on the record.

use super::{Done, Failure, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::person::Roles;
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsAdministrator, AsEditor, NamesOpened};
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// Gives the handling to an account of the office; an editor may take it, the editor-in-chief and the
/// handling editor may give it.
pub async fn give(store: &Store, proof: &AsEditor, version: i64, account: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    let own = account == proof.account();
    let may = proof.roles().chief() || proof.handling() || (own && !case.handled().await?);
    need(proof.roles().decides() && may, Refusal::ChiefOnly)?;
    need(case.hand_to(account).await?, Refusal::CannotHandle)?;
    case.record(EventKind::HandlingGiven, "").await?;
    if !own {
        case.post(&Letter::HandlingGiven {}, To::Office, When::Now)
            .await?;
    }
    Ok(case.commit().await?)
}

/// The handling editor has left or has a part in the manuscript: it falls to the editor-in-chief (`RULES.md` 5).
pub(crate) async fn lose(case: &mut Case<'_>) -> Done {
    case.leave_handling().await?;
    case.record(EventKind::HandlingLost, "").await?;
    Ok(case.post(&Letter::HandlingLost {}, To::Chief, When::Now).await?)
}

/// Changes somebody's roles. Whoever may not handle manuscripts any more handles none; the last editor-in-chief stays.
pub async fn set_roles(store: &Store, proof: &AsAdministrator, account: i64, roles: Roles) -> Done {
    store.addressee(account).await?.ok_or(Failure::NotFound)?;
    need(
        roles.chief() || store.has_chief_beside(account).await?,
        Refusal::LastChief,
    )?;
    let leaves = !roles.decides();
    store.set_roles(proof, account, roles).await?;
    if leaves {
        for manuscript in store.handled_by(proof, account).await? {
            let mut case = begin(store.case_as_clock(manuscript).await?, None).await?;
            lose(&mut case).await?;
            case.commit().await?;
        }
    }
    Ok(())
}

/// Opens the authors' names: recorded, and whoever did it cannot review the manuscript.
pub async fn open_names(store: &Store, proof: &AsEditor, reason: &str) -> Done<NamesOpened> {
    let case = begin(store.case_as_editor(proof).await?, None).await?;
    need(
        !case.rules().names_need_reason || !reason.trim().is_empty(),
        Refusal::Reason,
    )?;
    Ok(case.open_names(reason.trim()).await?)
}
