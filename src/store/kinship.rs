//! Submissions that are akin: the same file, nearly the same title, or sent anew after a decline. Only the office sees
//! it, and it is sealed: which manuscripts are one author's is nobody else's to know.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::access::{AsOffice, Purpose};
use super::case::Case;
use super::entity::{file, kinship, manuscript};
use crate::domain::kin::{Kin, Title};
use crate::domain::stage::Stage;
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

/// What a row of kinship holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KinBody {
    /// The other manuscript.
    pub other: i64,
    /// How it is akin.
    pub kin: Kin,
}

pub(super) fn kin_cell(id: i64) -> Cell {
    Cell::new("kinship", "sealed", id)
}

impl Case<'_> {
    /// Looks for submissions like this one and keeps what it finds; returns how many are new.
    pub async fn find_kin(&self) -> Result<usize, Fault> {
        let mut found: Vec<(i64, Kin)> = Vec::new();
        let number = self.submission()?.previous;
        if !number.is_empty() {
            let previous = manuscript::Entity::find()
                .filter(manuscript::Column::Number.eq(number))
                .one(&self.txn)
                .await?;
            found.extend(previous.map(|m| (m.id, Kin::Anew)));
        }
        for id in self.same_files().await? {
            found.push((id, Kin::SameFile));
        }
        for id in self.same_titles().await? {
            found.push((id, Kin::SameTitle));
        }
        let known: HashSet<i64> = self.kin().await?.into_iter().map(|k| k.other).collect();
        let mut seen = known;
        let mut new = 0;
        for (other, kin) in found {
            if other == self.row.id || !seen.insert(other) {
                continue;
            }
            let id = self.store.vault.id("kinship");
            let row = kinship::ActiveModel {
                id: Set(id),
                manuscript_id: Set(self.row.id),
                sealed: Set(self.store.vault.seal(kin_cell(id), &KinBody { other, kin })?),
            };
            kinship::Entity::insert(row)
                .exec_without_returning(&self.txn)
                .await?;
            new += 1;
        }
        Ok(new)
    }

    async fn kin(&self) -> Result<Vec<KinBody>, Fault> {
        kin_of(self.store, &self.txn, &CLOCK, self.row.id).await
    }

    async fn same_files(&self) -> Result<Vec<i64>, Fault> {
        let own = self.store.file_rows(&self.txn, self.row.id).await?;
        Ok(file::Entity::find()
            .select_only()
            .column(file::Column::ManuscriptId)
            .filter(file::Column::ContentTag.is_in(own.into_iter().map(|f| f.content_tag)))
            .filter(file::Column::ManuscriptId.ne(self.row.id))
            .distinct()
            .into_tuple()
            .all(&self.txn)
            .await?)
    }

    /// Every title is looked at: once a submission, some tens of milliseconds for a hundred thousand.
    async fn same_titles(&self) -> Result<Vec<i64>, Fault> {
        let all: Vec<(i64, String, String)> = manuscript::Entity::find()
            .select_only()
            .columns([
                manuscript::Column::Id,
                manuscript::Column::TitleZh,
                manuscript::Column::TitleEn,
            ])
            .filter(manuscript::Column::Id.ne(self.row.id))
            .filter(manuscript::Column::Stage.ne(Stage::Draft.key()))
            .into_tuple()
            .all(&self.txn)
            .await?;
        let own = [Title::of(&self.row.title_zh), Title::of(&self.row.title_en)];
        let same = |zh: &str, en: &str| own[0].alike(zh) || own[1].alike(en);
        Ok(all
            .iter()
            .filter(|(_, zh, en)| same(zh, en))
            .map(|(id, _, _)| *id)
            .collect())
    }
}

/// What is akin to a manuscript.
pub(super) async fn kin_of(
    store: &super::Store,
    conn: &impl ConnectionTrait,
    proof: &impl super::access::Proof,
    manuscript: i64,
) -> Result<Vec<KinBody>, Fault> {
    kinship::Entity::find()
        .filter(kinship::Column::ManuscriptId.eq(manuscript))
        .all(conn)
        .await?
        .iter()
        .map(|row| store.vault.open_for(proof, kin_cell(row.id), &row.sealed))
        .collect()
}
