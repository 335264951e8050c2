//! Seeing to letters that did not go or did not arrive.

use super::{Done, Failure, Refusal, need};
use crate::store::Store;
use crate::store::access::AsEditor;
use crate::store::mend::Mended;

fn done(mended: Mended) -> Done {
    match mended {
        Mended::Done => Ok(()),
        Mended::Nothing => Err(Failure::NotFound),
        Mended::Void => Err(Refusal::TooLate.into()),
        Mended::Lacks => Err(Refusal::LetterLacks.into()),
        Mended::Names => Err(Refusal::NamesSomebody(String::new()).into()),
    }
}

/// Sends a letter again that had failed, or that went and did not arrive.
pub async fn send_again(store: &Store, proof: &AsEditor, id: i64) -> Done {
    let mut case = store.case_as_editor(proof).await?;
    done(case.send_again(id).await?)?;
    Ok(case.commit().await?)
}

/// Corrects a letter that is held, and lets it go: the editor-in-chief.
pub async fn correct(store: &Store, proof: &AsEditor, id: i64, subject: &str, text: &str) -> Done {
    need(proof.roles().chief(), Refusal::ChiefOnly)?;
    let mut case = store.case_as_editor(proof).await?;
    done(case.correct_letter(id, subject, text).await?)?;
    Ok(case.commit().await?)
}

/// Discards a letter that is held or has failed: the editor-in-chief.
pub async fn discard(store: &Store, proof: &AsEditor, id: i64) -> Done {
    need(proof.roles().chief(), Refusal::ChiefOnly)?;
    let mut case = store.case_as_editor(proof).await?;
    done(case.discard_letter(id).await?)?;
    Ok(case.commit().await?)
}
