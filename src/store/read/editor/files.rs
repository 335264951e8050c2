//! Files as the office reads them: blind copies with their reports. Originals stand in `names`.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use super::super::super::access::AsEditor;
use super::super::super::case::key_of;
use super::super::super::entity::file;
use super::super::super::files::{BlindFile, FileFacts, facts};
use super::super::super::unread::{self, Unread};
use super::super::super::{Fault, Store};
use super::language_of;

/// A finding that the author kept or has not settled.
#[derive(Clone, Debug, Serialize)]
pub struct FindingView {
    /// Its key, by which it is settled.
    pub key: String,
    /// Its kind.
    pub kind: String,
    /// Its words with what stands around them; they are in the blind copy.
    pub excerpt: String,
    /// Their language.
    pub lang: &'static str,
    /// Whether the author said that it identifies nobody.
    pub kept: bool,
    /// What is to be looked at, where no words can be read.
    pub unread: Option<Unread>,
}

/// A file with what its blind copy tells.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// What is known of it.
    pub facts: FileFacts,
    /// Size in kilobytes, at least one.
    pub kilobytes: i64,
    /// Things taken out, in all.
    pub removed: u32,
    /// Findings that are open or were kept.
    pub findings: Vec<FindingView>,
}

impl Store {
    /// The files of the authors, of all rounds that were sent: office papers and drafts of a revision are not among them.
    pub async fn editor_files(&self, proof: &AsEditor) -> Result<BTreeMap<i32, Vec<FileView>>, Fault> {
        let row = self.manuscript_of(proof).await?;
        let mut out: BTreeMap<i32, Vec<FileView>> = BTreeMap::new();
        for file in self.file_rows(&self.db.read, row.id).await? {
            let shown = matches!(file.role.as_str(), "manuscript" | "figure" | "supplement");
            if shown && file.round <= row.round {
                out.entry(file.round).or_default().push(self.file_view(&file)?);
            }
        }
        Ok(out)
    }

    fn file_view(&self, row: &file::Model) -> Result<FileView, Fault> {
        let report = self.file_report(row)?;
        let mut findings = Vec::new();
        for finding in &report.report.findings {
            if !report.removed.contains(&finding.matched) {
                findings.push(FindingView {
                    key: finding.key.clone(),
                    kind: key_of(&finding.kind)?,
                    excerpt: finding.excerpt.clone(),
                    lang: language_of(&finding.excerpt),
                    kept: report.kept.contains(&finding.key),
                    unread: unread::of(finding),
                });
            }
        }
        Ok(FileView {
            facts: facts(row),
            kilobytes: (row.size / 1000).max(1),
            removed: report.report.removed.iter().map(|r| r.count).sum(),
            findings,
        })
    }

    /// A blind copy, of an author's file or a reviewer's attachment.
    pub async fn editor_blind(&self, proof: &AsEditor, id: i64) -> Result<Option<BlindFile>, Fault> {
        let round = self.manuscript_of(proof).await?.round;
        let row = file::Entity::find_by_id(id)
            .filter(file::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(file::Column::State.eq("blind"))
            .filter(file::Column::Round.lte(round))
            .one(&self.db.read)
            .await?;
        Ok(row.map(|row| BlindFile {
            name: row.name,
            blob: row.blind_blob,
            format: row.format,
            size: row.blind_size as u64,
        }))
    }
}
