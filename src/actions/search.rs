//! Looking for an author by exact name or address: recorded with the office and with every manuscript that it shows.

use super::{Done, Failure, Refusal, need};
use crate::store::Store;
use crate::store::access::{AsStaff, Denied};
use crate::store::read::editor::Row;

/// The most manuscripts that are shown.
const MOST: usize = 50;

/// The manuscripts of an author, without the author's name. Whoever finds them knows who wrote them, and so can no
/// longer review them.
pub async fn by_author(store: &Store, proof: &AsStaff, text: &str, reason: &str) -> Done<Vec<Row>> {
    let wanted = store.rules().names_need_reason;
    need(!wanted || !reason.trim().is_empty(), Refusal::Reason)?;
    let mut shown = Vec::new();
    for (id, number) in store.author_search(proof, text).await?.into_iter().take(MOST) {
        // The proof is asked for again, one by one, before anything is shown or recorded.
        let editor = match store.editor(proof.who(), &number).await {
            Ok(editor) => editor,
            Err(Denied::NotFound) => continue,
            Err(Denied::Fault(fault)) => return Err(Failure::Fault(fault)),
        };
        let case = store.case_as_editor(&editor).await?;
        case.found_by_author(reason.trim()).await?;
        shown.push(id);
    }
    Ok(store.author_rows(proof, &shown).await?)
}
