//! Revisions inside a case: the author's answers and the rebuttal.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::access::{AsOffice, Purpose};
use super::case::Case;
use super::entity::revision;
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

/// The author's answers while they are written and as they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// One answer a point, in the order of the decision's points.
    pub answers: Vec<String>,
    /// The rebuttal's covering words (答辩书).
    pub rebuttal: String,
}

impl Case<'_> {
    async fn revision_row(&self) -> Result<Option<revision::Model>, Fault> {
        Ok(revision::Entity::find()
            .filter(revision::Column::ManuscriptId.eq(self.row.id))
            .filter(revision::Column::Round.eq(self.row.round))
            .one(&self.txn)
            .await?)
    }

    /// The author's answers of this round.
    pub async fn answers(&self) -> Result<Answers, Fault> {
        match self.revision_row().await? {
            Some(row) => {
                self.store
                    .vault
                    .open_for(&CLOCK, Cell::new("revision", "sealed", row.id), &row.sealed)
            }
            None => Ok(Answers::default()),
        }
    }

    /// Keeps the answers of this round, as a draft or as sent.
    pub async fn keep_answers(&self, answers: &Answers, send: bool) -> Result<(), Fault> {
        let sent_at = send.then_some(self.now.as_microsecond());
        let state = if send { "sent" } else { "draft" }.to_owned();
        if let Some(row) = self.revision_row().await? {
            let id = row.id;
            let mut row = row.into_active_model();
            row.sealed = Set(self
                .store
                .vault
                .seal(Cell::new("revision", "sealed", id), answers)?);
            row.state = Set(state);
            row.sent_at = Set(sent_at);
            row.update(&self.txn).await?;
            return Ok(());
        }
        let id = self.store.vault.id("revision");
        let row = revision::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            round: Set(self.row.round),
            state: Set(state),
            sealed: Set(self
                .store
                .vault
                .seal(Cell::new("revision", "sealed", id), answers)?),
            sent_at: Set(sent_at),
        };
        revision::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(())
    }
}
