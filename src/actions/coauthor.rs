//! Somebody who was typed in as an author says by the letter's link whether that is right.

use super::{Done, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::person::Lang;
use crate::domain::stage::Stage;
use crate::store::Store;
use crate::store::access::AsCoauthor;

/// Confirms: the person becomes an author of the manuscript. The typed mark stays.
pub async fn confirm(store: &Store, proof: &AsCoauthor, lang: Lang) -> Done {
    let mut case = begin(store.case_as_coauthor(proof).await?, None).await?;
    need(case.stage() != Stage::Draft, Refusal::NotHere)?;
    case.add_coauthor(proof, lang).await?;
    case.record(EventKind::CoauthorConfirmed, "").await?;
    Ok(case.commit().await?)
}

/// Denies: recorded for the office, with what the person says. Nothing else changes.
pub async fn deny(store: &Store, proof: &AsCoauthor, note: &str) -> Done {
    let mut case = begin(store.case_as_coauthor(proof).await?, None).await?;
    need(case.stage() != Stage::Draft, Refusal::NotHere)?;
    let said: String = note.trim().chars().take(2000).collect();
    let note = match said.as_str() {
        "" => proof.email().to_string(),
        said => format!("{}: {said}", proof.email()),
    };
    case.record(EventKind::CoauthorDenied, &note).await?;
    Ok(case.commit().await?)
}
