//! Blind copies for a reviewer: only what is blind, only of the rounds that were sent to review.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use super::BlindRow;
use super::rounds::Decided;
use crate::domain::stage::Stage;
use crate::store::access::{AsReviewer, Denied};
use crate::store::entity::{file, review};
use crate::store::files::{BlindFile, FileRole};
use crate::store::{Fault, Store};

/// A blind copy in a list.
#[derive(Clone, Debug, Serialize)]
pub struct BlindEntry {
    /// The row, for its address.
    pub id: i64,
    /// What it is.
    pub role: String,
    /// Its place among the files of its kind, from 1.
    pub position: i32,
    /// The neutral name.
    pub name: String,
    /// The format, in capitals.
    pub format: String,
    /// The size, such as `2.3 MB`.
    pub size: String,
}

/// The blind copies of one round.
#[derive(Clone, Debug, Serialize)]
pub struct FileRound {
    /// The round.
    pub round: i32,
    /// Its files.
    pub files: Vec<BlindEntry>,
}

/// The columns of a file that a reviewer's pages need.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct BlindFileRow {
    pub id: i64,
    pub round: i32,
    pub role: String,
    pub position: i32,
    pub name: String,
    pub format: String,
    pub blind_blob: String,
    pub blind_size: i64,
}

/// What an author sends for review.
const SENT_TO_REVIEW: [&str; 3] = [
    FileRole::Manuscript.key(),
    FileRole::Figure.key(),
    FileRole::Supplement.key(),
];

impl Store {
    /// The last round that this reviewer takes part in: the present one while it is in review, and until the day after the
    /// decision on it was received; else the last one that the reviewer wrote in. What came later was not sent to review.
    pub(super) fn last_round(manuscript: &BlindRow, own: &[review::Model], decided: &[Decided]) -> i32 {
        let ended_today = decided.iter().rfind(|d| d.untold());
        match (manuscript.stage == Stage::InReview.key(), ended_today) {
            (true, _) => manuscript.round,
            (false, Some(ended)) => ended.round,
            (false, None) => own.iter().map(|r| r.round).max().unwrap_or_default(),
        }
    }

    pub(super) async fn blind_files(
        &self,
        manuscript: i64,
        last_round: i32,
    ) -> Result<Vec<BlindFileRow>, Fault> {
        use file::Column as C;
        Ok(file::Entity::find()
            .select_only()
            .columns([
                C::Id,
                C::Round,
                C::Role,
                C::Position,
                C::Name,
                C::Format,
                C::BlindBlob,
                C::BlindSize,
            ])
            .filter(C::ManuscriptId.eq(manuscript))
            .filter(C::Round.lte(last_round))
            .filter(C::Role.is_in(SENT_TO_REVIEW))
            .filter(C::State.eq("blind"))
            .order_by_desc(C::Round)
            .order_by_asc(C::Position)
            .into_model()
            .all(&self.db.read)
            .await?)
    }

    /// A blind copy that the reviewer may read; before the invitation is accepted there is none.
    pub async fn reviewer_file(&self, proof: &AsReviewer, id: i64) -> Result<BlindFile, Denied> {
        let manuscript = self.blind_row(proof.manuscript).await?;
        let own = self.own_review_rows(proof).await?;
        let decided = self.decided(proof).await?;
        let rows = self
            .blind_files(proof.manuscript, Self::last_round(&manuscript, &own, &decided))
            .await?;
        let found = rows
            .into_iter()
            .find(|row| row.id == id && proof.accepted())
            .ok_or(Denied::NotFound)?;
        Ok(BlindFile {
            name: found.name,
            blob: found.blind_blob,
            format: found.format,
            size: u64::try_from(found.blind_size).unwrap_or_default(),
        })
    }
}

/// Files by round, the newest round first; in a round the manuscript comes first.
pub(super) fn by_round(rows: Vec<BlindFileRow>) -> Vec<FileRound> {
    let mut out: Vec<FileRound> = Vec::new();
    for row in rows {
        let entry = BlindEntry {
            id: row.id,
            role: row.role,
            position: row.position,
            name: row.name,
            format: row.format.to_uppercase(),
            size: size(row.blind_size),
        };
        match out.last_mut() {
            Some(last) if last.round == row.round => last.files.push(entry),
            _ => out.push(FileRound {
                round: row.round,
                files: vec![entry],
            }),
        }
    }
    let order = |entry: &BlindEntry| {
        let role = SENT_TO_REVIEW.iter().position(|role| *role == entry.role);
        (role, entry.position)
    };
    for round in &mut out {
        round.files.sort_by_key(order);
    }
    out
}

fn size(bytes: i64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", (bytes / 1000).max(1)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
