//! What the office sees of a manuscript that began elsewhere.

use super::super::super::access::AsEditor;
use super::super::super::case::stage_of;
use super::super::super::entering::{asked, open_at};
use super::super::super::{Fault, Store};

impl Store {
    /// The number that an entered manuscript had; None if it did not begin elsewhere.
    pub async fn editor_former(&self, proof: &AsEditor) -> Result<Option<String>, Fault> {
        self.former_of(&self.db.read, proof.manuscript()).await
    }

    /// Whether the office may still add to the files of an entered manuscript.
    pub async fn editor_entry_open(&self, proof: &AsEditor) -> Result<bool, Fault> {
        let row = self.manuscript_of(proof).await?;
        let entered = self.editor_former(proof).await?.is_some();
        Ok(entered && open_at(stage_of(&row.stage)?) && !asked(&self.db.read, row.id).await?)
    }
}
