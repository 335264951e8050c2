//! Manuscripts that began elsewhere: the row, the number that it had, the decision that the author answers.

use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

use super::access::{AsDecider, AsStaff, Denied};
use super::case::Case;
use super::entity::{assignment, decision, entered, manuscript};
use super::vault::Tie;
use super::{Fault, Store};
use crate::domain::decision::{DecisionKind, DecisionText};
use crate::domain::entering::{Entry, Running};
use crate::domain::relation::Relation;
use crate::domain::stage::Stage;

impl Store {
    /// Begins a case over a new manuscript with the number that it had elsewhere. None if that number was entered
    /// already.
    pub async fn case_of_entry(&self, proof: &AsDecider, entry: &Entry) -> Result<Option<Case<'_>>, Fault> {
        let txn = self.db.begin().await?;
        let row = self.new_row(&txn, &entry.submission).await?;
        let former = entered::ActiveModel {
            manuscript_id: Set(row.id),
            former: Set(entry.former.clone()),
        };
        // Of two at once one waits for the other, and then finds the number taken.
        let once = OnConflict::column(entered::Column::Former)
            .do_nothing()
            .to_owned();
        let made = entered::Entity::insert(former)
            .on_conflict(once)
            .exec_without_returning(&txn)
            .await;
        match made {
            Ok(1) => {}
            Ok(_) | Err(DbErr::RecordNotInserted) => {
                txn.rollback().await?;
                return Ok(None);
            }
            Err(error) => return Err(error.into()),
        }
        self.case_over(txn, row, Some(proof.who.account), "editor")
            .map(Some)
    }

    /// The number under which a manuscript is kept that had another one elsewhere; what the reader must not see does
    /// not exist.
    pub async fn entered_before(&self, proof: &AsStaff, former: &str) -> Result<Option<String>, Fault> {
        let Some(row) = entered::Entity::find()
            .filter(entered::Column::Former.eq(former))
            .one(&self.db.read)
            .await?
        else {
            return Ok(None);
        };
        let found = manuscript::Entity::find_by_id(row.manuscript_id)
            .one(&self.db.read)
            .await?;
        let Some(found) = found else { return Ok(None) };
        match self.editor(&proof.who, &found.number).await {
            Ok(_) => Ok(Some(found.number)),
            Err(Denied::NotFound) => Ok(None),
            Err(Denied::Fault(fault)) => Err(fault),
        }
    }

    pub(super) async fn former_of(
        &self,
        conn: &impl ConnectionTrait,
        manuscript: i64,
    ) -> Result<Option<String>, Fault> {
        let row = entered::Entity::find_by_id(manuscript).one(conn).await?;
        Ok(row.map(|row| row.former))
    }
}

pub(super) fn open_at(stage: Stage) -> bool {
    crate::domain::entering::STAGES.contains(&stage)
}

pub(super) async fn asked(conn: &impl ConnectionTrait, manuscript: i64) -> Result<bool, Fault> {
    Ok(assignment::Entity::find()
        .filter(assignment::Column::ManuscriptId.eq(manuscript))
        .one(conn)
        .await?
        .is_some())
}

impl Case<'_> {
    /// Whether the acting person may deal with it as an editor: has no part in it as an author.
    pub async fn actor_may_edit(&self) -> Result<bool, Fault> {
        let account = self.actor.unwrap_or_default();
        let editors = [Relation::HandlingEditor, Relation::Editor];
        match self.store.still(&self.txn, account, self.row.id, &editors).await {
            Ok(_) => Ok(true),
            Err(Denied::NotFound) => Ok(false),
            Err(Denied::Fault(fault)) => Err(fault),
        }
    }

    /// Puts it where it stands, with its window by its true dates. Whoever entered it has seen the names.
    pub async fn enter_at(
        &mut self,
        stage: Stage,
        received: Timestamp,
        running: &Running,
    ) -> Result<(), Fault> {
        // A revision that came is the second round.
        let round = if stage == Stage::ReReview { 2 } else { 1 };
        self.stand_at(stage, received, running.opens, round);
        self.open_window_until(running.kind, None, running.opens, running.closes)
            .await?;
        let account = self.actor.unwrap_or_default();
        self.mark_account(Tie::Opened, account).await
    }

    /// Keeps a decision that the author had received elsewhere.
    pub async fn keep_received(
        &self,
        kind: DecisionKind,
        text: &DecisionText,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let id = self.keep_decision(kind, text, at).await?;
        let at = at.as_microsecond();
        decision::Entity::update(decision::ActiveModel {
            id: Set(id),
            state: Set("received".to_owned()),
            decided_at: Set(at),
            received_at: Set(Some(at)),
            ..Default::default()
        })
        .exec(&self.txn)
        .await?;
        Ok(())
    }

    /// Whether the office entered it.
    pub async fn began_elsewhere(&self) -> Result<bool, Fault> {
        Ok(self.store.former_of(&self.txn, self.row.id).await?.is_some())
    }

    /// Whether it began elsewhere and the office may still add to its files: nobody was asked to review it yet.
    pub async fn entry_open(&self) -> Result<bool, Fault> {
        Ok(self.began_elsewhere().await? && open_at(self.stage()) && !asked(&self.txn, self.row.id).await?)
    }
}
