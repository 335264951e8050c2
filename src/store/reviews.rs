//! Reviews inside a case: drafts, what was sent, and what stood there before.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::Fault;
use super::access::{AsOffice, AsReviewer, Purpose};
use super::case::Case;
use super::entity::{review, review_version};
use crate::domain::review::Review;
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

impl Case<'_> {
    fn review_cell(id: i64) -> Cell {
        Cell::new("review", "sealed", id)
    }

    async fn review_row(&self, assignment: i64) -> Result<Option<review::Model>, Fault> {
        Ok(review::Entity::find()
            .filter(review::Column::AssignmentId.eq(assignment))
            .filter(review::Column::Round.eq(self.row.round))
            .one(&self.txn)
            .await?)
    }

    /// How often the review of this round has been kept.
    pub async fn review_version(&self, assignment: i64) -> Result<i64, Fault> {
        Ok(self.review_row(assignment).await?.map_or(0, |row| row.version))
    }

    /// Keeps a review of this round: a draft, or sent. A sent one that is replaced stays as a version.
    /// Returns whether one had been sent before.
    pub async fn keep_review(&self, assignment: i64, content: &Review, send: bool) -> Result<bool, Fault> {
        let now = self.now.as_microsecond();
        let Some(row) = self.review_row(assignment).await? else {
            let id = self.store.vault.id("review");
            let row = review::ActiveModel {
                id: Set(id),
                manuscript_id: Set(self.row.id),
                assignment_id: Set(assignment),
                round: Set(self.row.round),
                state: Set(if send { "sent" } else { "draft" }.to_owned()),
                sealed: Set(self.store.vault.seal(Self::review_cell(id), content)?),
                sent_at: Set(send.then_some(now)),
                version: Set(1),
            };
            review::Entity::insert(row)
                .exec_without_returning(&self.txn)
                .await?;
            return Ok(false);
        };
        let was_sent = row.state == "sent";
        if was_sent {
            let old: Review = self
                .store
                .vault
                .open_for(&CLOCK, Self::review_cell(row.id), &row.sealed)?;
            let id = self.store.vault.id("review_version");
            let version = review_version::ActiveModel {
                id: Set(id),
                review_id: Set(row.id),
                sealed: Set(self
                    .store
                    .vault
                    .seal(Cell::new("review_version", "sealed", id), &old)?),
                at: Set(now),
            };
            review_version::Entity::insert(version)
                .exec_without_returning(&self.txn)
                .await?;
        }
        let (id, version, sent_at) = (row.id, row.version, row.sent_at);
        let mut row = row.into_active_model();
        row.sealed = Set(self.store.vault.seal(Self::review_cell(id), content)?);
        row.version = Set(version + 1);
        if send {
            row.state = Set("sent".to_owned());
            row.sent_at = Set(Some(sent_at.unwrap_or(now)));
        }
        row.update(&self.txn).await?;
        Ok(was_sent)
    }

    /// The review of this round as the reviewer sent it.
    pub async fn own_sent_review(&self, proof: &AsReviewer) -> Result<Option<Review>, Fault> {
        let row = self
            .review_row(proof.assignment)
            .await?
            .filter(|row| row.state == "sent");
        row.map(|row| {
            self.store
                .vault
                .open_for(proof, Self::review_cell(row.id), &row.sealed)
        })
        .transpose()
    }

    /// Whether the reviewer has sent the review of this round.
    pub async fn review_sent(&self, assignment: i64) -> Result<bool, Fault> {
        Ok(self
            .review_row(assignment)
            .await?
            .is_some_and(|row| row.state == "sent"))
    }

    /// Whether the reviewer of an assignment sent a review in an earlier round.
    pub async fn reviewed_before(&self, assignment: i64) -> Result<bool, Fault> {
        let found = review::Entity::find()
            .filter(review::Column::AssignmentId.eq(assignment))
            .filter(review::Column::State.eq("sent"))
            .filter(review::Column::Round.lt(self.row.round))
            .one(&self.txn)
            .await?;
        Ok(found.is_some())
    }
}
