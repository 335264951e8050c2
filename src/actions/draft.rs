//! A draft is begun, saved step by step, and discarded.

use super::{Done, Refusal, begin, need};
use crate::domain::manuscript::Submission;
use crate::domain::stage::Stage;
use crate::store::Store;
use crate::store::access::{AsAuthor, Who};

/// Begins a draft; returns its number.
pub async fn start(store: &Store, who: &Who) -> Done<String> {
    Ok(store.new_draft(who).await?)
}

/// Begins a draft that takes over what was written in a manuscript that is over; the office sees that they are akin.
/// Files, declarations and everything the office settled are left behind. Returns the new number.
pub async fn anew(store: &Store, who: &Who, proof: &AsAuthor) -> Done<String> {
    let case = begin(store.case_as_author(proof).await?, None).await?;
    let over = matches!(case.stage(), Stage::Declined | Stage::Lapsed | Stage::Withdrawn);
    need(over, Refusal::NotHere)?;
    let old = case.submission()?;
    case.abandon().await?;
    let number = store.new_draft(who).await?;
    let fresh = store.author(who, &number).await?;
    let previous = proof.number().to_owned();
    save(store, &fresh, move |s| {
        *s = Submission {
            previous,
            declared: Vec::new(),
            visited: Vec::new(),
            excused: Vec::new(),
            denied: Vec::new(),
            guest: None,
            ..old
        };
        s.trial.settled.clear();
    })
    .await?;
    Ok(number)
}

/// Saves one step of a draft (or of a returned submission): `change` alters what was written so far. Files are
/// stripped again if what must go out of them has changed.
pub async fn save(store: &Store, proof: &AsAuthor, change: impl FnOnce(&mut Submission) + Send) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, None).await?;
    need(
        matches!(case.stage(), Stage::Draft | Stage::Returned),
        Refusal::NotHere,
    )?;
    let before = case.submission()?;
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return Ok(case.abandon().await?);
    }
    case.keep_submission(&after)?;
    let terms = |s: &Submission| serde_json::to_value(crate::store::terms::identity_of(s)).ok();
    if terms(&before) != terms(&after) {
        case.strip_again(case.round()).await?;
    }
    Ok(case.commit().await?)
}

/// Discards a draft: it is gone with its files, and nobody else ever saw it.
pub async fn discard(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    need(case.stage() == Stage::Draft, Refusal::NotHere)?;
    for blob in case.discard().await? {
        store.blobs.remove(&blob);
    }
    Ok(())
}
