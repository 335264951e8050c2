//! Decisions inside a case: pending until their letter goes, received, taken back or void.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::access::{AsOffice, Purpose};
use super::case::Case;
use super::entity::decision;
use crate::domain::decision::{DecisionKind, DecisionText};
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

/// A pending or past decision, as the rules need it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The row.
    pub id: i64,
    /// What was decided.
    pub kind: DecisionKind,
    /// The round it closes.
    pub round: i32,
    /// When the letter goes, if it is not taken back before.
    pub send_at: i64,
    /// What it says.
    pub text: DecisionText,
}

#[derive(Serialize, Deserialize)]
pub(super) struct DecisionBody {
    pub actor: i64,
    pub text: DecisionText,
}

impl Case<'_> {
    fn decision_cell(id: i64) -> Cell {
        Cell::new("decision", "sealed", id)
    }

    fn decision_of(&self, row: &decision::Model) -> Result<Decision, Fault> {
        let body: DecisionBody =
            self.store
                .vault
                .open_for(&CLOCK, Self::decision_cell(row.id), &row.sealed)?;
        let kind = DecisionKind::from_key(&row.kind)
            .ok_or_else(|| Fault::Value(format!("decision {}", row.kind)))?;
        Ok(Decision {
            id: row.id,
            kind,
            round: row.round,
            send_at: row.send_at,
            text: body.text,
        })
    }

    /// Stores a pending decision; its letter goes at `send_at`.
    pub async fn keep_decision(
        &self,
        kind: DecisionKind,
        text: &DecisionText,
        send_at: jiff::Timestamp,
    ) -> Result<i64, Fault> {
        let id = self.store.vault.id("decision");
        let body = DecisionBody {
            actor: self.actor.unwrap_or_default(),
            text: text.clone(),
        };
        let row = decision::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            round: Set(self.row.round),
            kind: Set(kind.key().to_owned()),
            state: Set("pending".to_owned()),
            sealed: Set(self.store.vault.seal(Self::decision_cell(id), &body)?),
            decided_at: Set(self.now.as_microsecond()),
            send_at: Set(send_at.as_microsecond()),
            received_at: Set(None),
        };
        decision::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(id)
    }

    /// The pending decision, if there is one.
    pub async fn pending(&self) -> Result<Option<Decision>, Fault> {
        self.decision_in("pending").await
    }

    /// The last decision that was received.
    pub async fn last_received(&self) -> Result<Option<Decision>, Fault> {
        self.decision_in("received").await
    }

    /// The account that made the last decision that was received.
    pub async fn last_decider(&self) -> Result<Option<i64>, Fault> {
        let row = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(self.row.id))
            .filter(decision::Column::State.eq("received"))
            .order_by_desc(decision::Column::DecidedAt)
            .one(&self.txn)
            .await?;
        row.map(|row| {
            let cell = Self::decision_cell(row.id);
            let body: DecisionBody = self.store.vault.open_for(&CLOCK, cell, &row.sealed)?;
            Ok(body.actor)
        })
        .transpose()
    }

    async fn decision_in(&self, state: &str) -> Result<Option<Decision>, Fault> {
        let row = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(self.row.id))
            .filter(decision::Column::State.eq(state))
            .order_by_desc(decision::Column::DecidedAt)
            .one(&self.txn)
            .await?;
        row.map(|row| self.decision_of(&row)).transpose()
    }

    /// Closes the pending decision as `received`, `undone` or `void`; false if it is pending no more.
    pub async fn close_decision(&self, id: i64, state: &str) -> Result<bool, Fault> {
        let received = (state == "received").then_some(self.now.as_microsecond());
        let result = decision::Entity::update_many()
            .col_expr(decision::Column::State, Expr::value(state))
            .col_expr(decision::Column::ReceivedAt, Expr::value(received))
            .filter(decision::Column::Id.eq(id))
            .filter(decision::Column::State.eq("pending"))
            .exec(&self.txn)
            .await?;
        Ok(result.rows_affected == 1)
    }
}
