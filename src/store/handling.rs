//! Who handles a case.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::Fault;
use super::access::{AsOffice, Denied, Purpose};
use super::case::Case;
use super::entity::handling;
use super::vault::{Tie, close_gap, free_slot};
use crate::domain::relation::Relation;
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

impl Case<'_> {
    /// The handling editor's account.
    pub(super) async fn handler(&self) -> Result<Option<i64>, Fault> {
        let row = handling::Entity::find()
            .filter(handling::Column::ManuscriptId.eq(self.row.id))
            .one(&self.txn)
            .await?;
        row.map(|r| {
            self.store
                .vault
                .open_for(&CLOCK, Cell::new("handling", "sealed", r.id), &r.sealed)
        })
        .transpose()
    }

    /// Whether somebody handles it.
    pub async fn handled(&self) -> Result<bool, Fault> {
        Ok(self.handler().await?.is_some())
    }

    /// Whether a guest editor acts in the place of an editor-in-chief.
    pub async fn guest(&self) -> Result<bool, Fault> {
        let row = handling::Entity::find()
            .filter(handling::Column::ManuscriptId.eq(self.row.id))
            .one(&self.txn)
            .await?;
        Ok(row.is_some_and(|row| row.guest))
    }

    /// Gives the handling to an editor who acts in the place of an editor-in-chief; false if that person may not.
    pub async fn appoint_guest(&mut self, account: i64) -> Result<bool, Fault> {
        if !self.hand_to(account).await? {
            return Ok(false);
        }
        handling::Entity::update_many()
            .col_expr(handling::Column::Guest, Expr::value(true))
            .filter(handling::Column::ManuscriptId.eq(self.row.id))
            .exec(&self.txn)
            .await?;
        Ok(true)
    }

    /// Gives the handling to an account. False if that person may not handle it: an author, a typed or declared one,
    /// a reviewer, or not of the office.
    pub async fn hand_to(&mut self, account: i64) -> Result<bool, Fault> {
        match self
            .store
            .still(
                &self.txn,
                account,
                self.row.id,
                &[Relation::Editor, Relation::HandlingEditor],
            )
            .await
        {
            Ok(who) if who.roles.decides() => {}
            Ok(_) | Err(Denied::NotFound) => return Ok(false),
            Err(Denied::Fault(fault)) => return Err(fault),
        }
        if self.handler().await? == Some(account) {
            return Ok(true);
        }
        self.leave_handling().await?;
        let id = self.store.vault.id("handling");
        let (vault, column) = (&self.store.vault, handling::Column::SlotTag);
        let slot = free_slot::<handling::Entity>(vault, &self.txn, Tie::Handling, account, column).await?;
        let row = handling::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            access_tag: Set(self.store.vault.access_tag(Tie::Handling, account, self.row.id)),
            slot_tag: Set(self.store.vault.slot_tag(Tie::Handling, account, slot)),
            sealed: Set(self
                .store
                .vault
                .seal(Cell::new("handling", "sealed", id), &account)?),
            guest: Set(false),
        };
        handling::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(true)
    }

    /// Takes the handling away, so that the person's slots stay without gaps.
    pub async fn leave_handling(&self) -> Result<(), Fault> {
        let Some(old) = self.handler().await? else {
            return Ok(());
        };
        let gone = handling::Entity::find()
            .filter(handling::Column::ManuscriptId.eq(self.row.id))
            .one(&self.txn)
            .await?;
        let Some(gone) = gone else { return Ok(()) };
        let (vault, column) = (&self.store.vault, handling::Column::SlotTag);
        let before = free_slot::<handling::Entity>(vault, &self.txn, Tie::Handling, old, column).await?;
        handling::Entity::delete_by_id(gone.id).exec(&self.txn).await?;
        let person = (Tie::Handling, old);
        close_gap::<handling::Entity>(vault, &self.txn, person, column, &gone.slot_tag, before).await
    }
}
