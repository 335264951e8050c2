//! Roles, and who of the office and the pool has them.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::ExprTrait};

use super::access::AsAdministrator;
use super::entity::{account, handling};
use super::people::{Person, Secret};
use super::vault::{Tie, by_slots};
use super::{Fault, Store};
use crate::domain::person::{Role, Roles};

/// In which capacities accounts are looked for; who they are stays sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capacity {
    /// Assistants, editors, editors-in-chief.
    Office = 1,
    /// The pool of reviewers.
    Pool = 2,
    /// Anybody with a role.
    Any = 7,
    /// Who asked to be erased.
    Leaving = 8,
    /// Who may have been asked for a review: anybody with a role, and who was asked by address and has none yet.
    Asked = 23,
}

/// The capacities of an account, as bits: 1 office, 2 pool, 4 administration, 8 asked to be erased, 16 made to be asked
/// for a review and not in the pool yet.
pub(super) fn capacity(secret: &Secret) -> i16 {
    let (roles, bit) = (&secret.roles, |yes: bool, bit: i16| if yes { bit } else { 0 });
    bit(roles.office(), 1)
        | bit(roles.has(Role::Reviewer), 2)
        | bit(roles.has(Role::Administrator), 4)
        | bit(secret.leaving, 8)
        | bit(secret.asked && !roles.has(Role::Reviewer), 16)
}

impl Store {
    /// Gives a role: `by` somebody, or by the command line. It is recorded.
    pub async fn give_role(&self, account: i64, role: Role, by: Option<i64>) -> Result<(), Fault> {
        let (before, after) = self
            .change(account, |secret, _| {
                let before = secret.roles.clone();
                secret.roles.add(role);
                (before, secret.roles.clone())
            })
            .await?;
        if before == after {
            return Ok(());
        }
        self.note_roles(&self.db.write, by, account, &before, &after)
            .await?;
        // A session is no stronger than it was when it began. Whoever joins the pool has done so with this very session.
        if role != Role::Reviewer {
            self.end_sessions(account, None).await?;
        }
        Ok(())
    }

    /// Sets all roles of an account. It is recorded, and everything of the account is revoked.
    pub async fn set_roles(&self, proof: &AsAdministrator, account: i64, roles: Roles) -> Result<(), Fault> {
        let after = roles.clone();
        let before = self
            .change(account, |secret, _| std::mem::replace(&mut secret.roles, roles))
            .await?;
        self.note_roles(&self.db.write, Some(proof.account()), account, &before, &after)
            .await?;
        self.end_sessions(account, None).await
    }

    /// Everybody with a role, for the administrator.
    pub async fn people(&self, _proof: &AsAdministrator) -> Result<Vec<Person>, Fault> {
        let mut people = self.people_in(&self.db.read, Capacity::Any).await?;
        people.sort_by(|a, b| a.email.cmp(&b.email));
        Ok(people)
    }

    /// The people of a capacity: the office and the pool have hundreds, not the hundred thousand of all authors.
    pub(super) async fn people_in(
        &self,
        conn: &impl ConnectionTrait,
        wanted: Capacity,
    ) -> Result<Vec<Person>, Fault> {
        let bits = (1..32i16).filter(|bits| bits & wanted as i16 != 0);
        account::Entity::find()
            .filter(account::Column::Capacity.is_in(bits))
            .all(conn)
            .await?
            .iter()
            .map(|row| self.person(row))
            .collect()
    }

    /// Tells the capacities of accounts that are older than the column, and gives secrets of their own to those that
    /// have none.
    pub(super) async fn tell_capacities(&self) -> Result<(), Fault> {
        let old = account::Column::Capacity
            .eq(-1)
            .or(account::Column::Secret.is_null());
        let rows = account::Entity::find().filter(old).all(&self.db.write).await?;
        for row in rows {
            self.change(row.id, |_, _| ()).await?;
        }
        Ok(())
    }

    /// Whether there is an editor-in-chief already.
    pub async fn has_chief(&self) -> Result<bool, Fault> {
        let office = self.people_in(&self.db.read, Capacity::Office).await?;
        Ok(office.iter().any(|p| p.roles.chief()))
    }

    /// Whether there is an editor-in-chief beside `account`.
    pub async fn has_chief_beside(&self, account: i64) -> Result<bool, Fault> {
        let office = self.people_in(&self.db.read, Capacity::Office).await?;
        Ok(office.iter().any(|p| p.roles.chief() && p.id != account))
    }

    /// The manuscripts that somebody handles.
    pub async fn handled_by(&self, _proof: &AsAdministrator, account: i64) -> Result<Vec<i64>, Fault> {
        self.handlings_of(account).await
    }

    pub(super) async fn handlings_of(&self, account: i64) -> Result<Vec<i64>, Fault> {
        let column = handling::Column::SlotTag;
        let rows =
            by_slots::<handling::Entity>(&self.vault, &self.db.read, Tie::Handling, account, column).await?;
        Ok(rows.into_iter().map(|row| row.manuscript_id).collect())
    }
}
