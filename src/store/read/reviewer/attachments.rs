//! A reviewer's own attachments: what became of them, and what of them waits to be settled.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::seal::Cell;
use crate::store::access::{AsReviewer, Denied};
use crate::store::case::key_of;
use crate::store::entity::{file, manuscript};
use crate::store::files::BlindFile;
use crate::store::unread::{self, Unread};
use crate::store::{Fault, Store};

/// Something in an attachment that may say who the reviewer is.
#[derive(Clone, Debug, Serialize)]
pub struct AttachmentFinding {
    /// Its key.
    pub key: String,
    /// Its kind: a key of translations.
    pub kind: String,
    /// Its words with what stands around them.
    pub excerpt: String,
    /// What is to be looked at, where no words can be read.
    pub unread: Option<Unread>,
}

/// An attachment of one's own.
#[derive(Clone, Debug, Serialize)]
pub struct Attachment {
    /// The row.
    pub id: i64,
    /// The name that it had with its owner.
    pub original: String,
    /// `waiting`, `blind` or `refused`.
    pub state: String,
    /// Why there is no blind copy: a key of translations.
    pub refusal: String,
    /// Things taken out, in all.
    pub removed: u32,
    /// What waits to be settled.
    pub findings: Vec<AttachmentFinding>,
}

impl Store {
    async fn attachment_rows(&self, proof: &AsReviewer) -> Result<Vec<file::Model>, Fault> {
        let round = manuscript::Entity::find_by_id(proof.manuscript)
            .one(&self.db.read)
            .await?
            .map_or(0, |row| row.round);
        Ok(file::Entity::find()
            .filter(file::Column::ManuscriptId.eq(proof.manuscript))
            .filter(file::Column::AssignmentId.eq(proof.assignment))
            .filter(file::Column::Round.eq(round))
            .order_by_asc(file::Column::Position)
            .all(&self.db.read)
            .await?)
    }

    /// The attachments of the review of this round.
    pub async fn reviewer_attachments(&self, proof: &AsReviewer) -> Result<Vec<Attachment>, Fault> {
        let rows = self.attachment_rows(proof).await?;
        rows.iter().map(|row| self.attachment(proof, row)).collect()
    }

    fn attachment(&self, proof: &AsReviewer, row: &file::Model) -> Result<Attachment, Fault> {
        let report = self.file_report(row)?;
        let mut findings = Vec::new();
        for finding in &report.report.findings {
            if !report.kept.contains(&finding.key) && !report.removed.contains(&finding.matched) {
                findings.push(AttachmentFinding {
                    key: finding.key.clone(),
                    kind: key_of(&finding.kind)?,
                    excerpt: finding.excerpt.clone(),
                    unread: unread::of(finding),
                });
            }
        }
        Ok(Attachment {
            id: row.id,
            original: self
                .vault
                .open_for(proof, Cell::new("file", "sealed", row.id), &row.sealed)?,
            state: row.state.clone(),
            refusal: row.refusal.clone(),
            removed: report.report.removed.iter().map(|r| r.count).sum(),
            findings: if row.state == "blind" {
                findings
            } else {
                Vec::new()
            },
        })
    }

    /// The blind copy of one's own attachment, as the editors get it.
    pub async fn reviewer_attachment(&self, proof: &AsReviewer, id: i64) -> Result<BlindFile, Denied> {
        let rows = self.attachment_rows(proof).await?;
        let row = rows
            .into_iter()
            .find(|row| row.id == id && row.state == "blind")
            .ok_or(Denied::NotFound)?;
        Ok(BlindFile {
            name: row.name,
            blob: row.blind_blob,
            format: row.format,
            size: row.blind_size.unsigned_abs(),
        })
    }
}
