//! An author's files: the originals, the blind copies, and what the stripper says of them.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use super::super::super::access::{AsAuthor, Denied};
use super::super::super::entity::file;
use super::super::super::files::{BlindFile, FileFacts, FileReport, facts};
use super::super::super::{Fault, Store};
use crate::seal::Cell;

/// A file as its author sees it.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorFile {
    /// What the rules know of it.
    #[serde(flatten)]
    pub facts: FileFacts,
    /// The name under which the author sent it.
    pub original: String,
}

/// A file with its blind copy and report.
#[derive(Clone, Debug)]
pub struct AuthorBlind {
    /// The file.
    pub file: AuthorFile,
    /// The blind copy, if there is one.
    pub blind: Option<BlindFile>,
    /// What was removed, what is suspicious, and what the author said about it.
    pub report: FileReport,
    /// The manuscript's language.
    pub lang: String,
    /// Whether the author may change the file now.
    pub open: bool,
}

/// An author's own original, as it came.
#[derive(Clone, Debug)]
pub struct OwnOriginal {
    /// A neutral name.
    pub name: String,
    /// The blob.
    pub(crate) blob: String,
    /// The recognised format, or empty.
    pub format: String,
    /// Size in bytes.
    pub size: u64,
}

impl Store {
    pub(super) fn author_file_of(&self, proof: &AsAuthor, row: &file::Model) -> Result<AuthorFile, Fault> {
        Ok(AuthorFile {
            facts: facts(row),
            original: self
                .vault
                .open_for(proof, Cell::new("file", "sealed", row.id), &row.sealed)?,
        })
    }

    async fn own_file(&self, proof: &AsAuthor, id: i64) -> Result<file::Model, Denied> {
        file::Entity::find_by_id(id)
            .filter(file::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(file::Column::AssignmentId.is_null())
            .one(&self.db.read)
            .await?
            .ok_or(Denied::NotFound)
    }

    /// One of the author's files with its blind copy and report.
    pub async fn author_blind(&self, proof: &AsAuthor, id: i64) -> Result<AuthorBlind, Denied> {
        let row = self.own_file(proof, id).await?;
        let (manuscript, _) = self.own_row(proof).await?;
        let round = self.open_round(&manuscript).await?;
        let blind = (row.state == "blind" && !row.blind_blob.is_empty()).then(|| BlindFile {
            name: row.name.clone(),
            blob: row.blind_blob.clone(),
            format: row.format.clone(),
            size: row.blind_size.unsigned_abs(),
        });
        Ok(AuthorBlind {
            file: self.author_file_of(proof, &row)?,
            blind,
            report: self.file_report(&row)?,
            lang: manuscript.language,
            open: round == Some(row.round),
        })
    }

    /// The blind copy of one of the author's files.
    pub async fn author_blind_file(&self, proof: &AsAuthor, id: i64) -> Result<BlindFile, Denied> {
        let row = self.own_file(proof, id).await?;
        if row.blind_blob.is_empty() || row.state != "blind" {
            return Err(Denied::NotFound);
        }
        Ok(BlindFile {
            name: row.name,
            blob: row.blind_blob,
            format: row.format,
            size: row.blind_size.unsigned_abs(),
        })
    }

    /// One of the author's own originals.
    pub async fn author_original(&self, proof: &AsAuthor, id: i64) -> Result<OwnOriginal, Denied> {
        let row = self.own_file(proof, id).await?;
        Ok(OwnOriginal {
            name: row.name,
            blob: row.blob,
            format: row.format,
            size: row.size.unsigned_abs(),
        })
    }
}
