//! Roles, and who of the office and the pool has them.

use std::sync::PoisonError;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::ExprTrait};

use super::access::{AsAdministrator, Who};
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
    /// Puts somebody into the pool who has accepted to review. That is not recorded: the line would tell every author who
    /// looks after people who it was, and when. The session goes on: its holder has joined by this very session.
    pub async fn join_pool(&self, account: i64, manuscript: i64) -> Result<(), Fault> {
        self.change(account, |secret, _| {
            let by_the_office = secret.roles.has(Role::Reviewer) && secret.joined.is_empty();
            if !by_the_office && !secret.joined.contains(&manuscript) {
                secret.joined.push(manuscript);
            }
            secret.roles.add(Role::Reviewer);
        })
        .await
    }

    /// The people without those who came into the pool by manuscripts alone that are hidden from `reader`, whose author that
    /// person may be: a new face there would tell who has accepted to review.
    pub(super) async fn known_to(&self, reader: &Who, mut people: Vec<Person>) -> Result<Vec<Person>, Fault> {
        let ids: Vec<i64> = people.iter().flat_map(|p| p.joined.iter().copied()).collect();
        if ids.is_empty() {
            return Ok(people);
        }
        let hidden = self.hidden_among(reader, &ids).await?;
        people.retain(|p| {
            let came_hidden = !p.joined.is_empty() && p.joined.iter().all(|id| hidden.contains(id));
            let pool_alone = p.roles.0 == [Role::Reviewer];
            p.id == reader.account() || !came_hidden || !pool_alone
        });
        Ok(people)
    }

    /// Gives a role: `by` somebody, or by the command line. It is recorded.
    pub async fn give_role(&self, account: i64, role: Role, by: Option<i64>) -> Result<(), Fault> {
        let (before, after) = self
            .change(account, |secret, _| {
                let before = secret.roles.clone();
                secret.roles.add(role);
                if role == Role::Reviewer {
                    secret.joined.clear();
                }
                (before, secret.roles.clone())
            })
            .await?;
        if before == after {
            return Ok(());
        }
        self.note_roles(&self.db.write, by, account, &before, &after)
            .await?;
        // A session is no stronger than it was when it began; a reviewer's sees no more than before.
        if role != Role::Reviewer {
            self.end_sessions(account, None).await?;
        }
        Ok(())
    }

    /// Sets all roles of an account. It is recorded, and everything of the account is revoked.
    pub async fn set_roles(&self, proof: &AsAdministrator, account: i64, roles: Roles) -> Result<(), Fault> {
        let after = roles.clone();
        let before = self
            .change(account, |secret, _| {
                secret.joined.clear();
                std::mem::replace(&mut secret.roles, roles)
            })
            .await?;
        self.note_roles(&self.db.write, Some(proof.account()), account, &before, &after)
            .await?;
        self.end_sessions(account, None).await
    }

    /// Everybody with a role, for the administrator.
    pub async fn people(&self, proof: &AsAdministrator) -> Result<Vec<Person>, Fault> {
        let mut people = self.people_in(&self.db.read, Capacity::Any).await?;
        if let Some(reader) = self.who_of(&self.db.read, proof.account()).await? {
            people = self.known_to(&reader, people).await?;
        }
        people.sort_by(|a, b| a.email.cmp(&b.email));
        Ok(people)
    }

    /// The people of a capacity: the office and the pool have hundreds, not the hundred thousand of all authors. Nearly
    /// every page of the office asks for them, so who has not changed since is not opened again.
    pub(super) async fn people_in(
        &self,
        conn: &impl ConnectionTrait,
        wanted: Capacity,
    ) -> Result<Vec<Person>, Fault> {
        let bits = (1..32i16).filter(|bits| bits & wanted as i16 != 0);
        let found: Vec<(i64, i64)> = account::Entity::find()
            .select_only()
            .columns([account::Column::Id, account::Column::Version])
            .filter(account::Column::Capacity.is_in(bits))
            .into_tuple()
            .all(conn)
            .await?;
        let fresh = |(id, version): &(i64, i64)| {
            let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
            opened
                .get(id)
                .filter(|(seen, _)| seen == version)
                .map(|(_, person)| person.clone())
        };
        let mut people: Vec<Option<Person>> = found.iter().map(fresh).collect();
        let stale: Vec<i64> = found
            .iter()
            .zip(&people)
            .filter(|(_, person)| person.is_none())
            .map(|((id, _), _)| *id)
            .collect();
        if !stale.is_empty() {
            let rows = account::Entity::find()
                .filter(account::Column::Id.is_in(stale))
                .all(conn)
                .await?;
            for row in &rows {
                let person = self.person(row)?;
                if let Some(at) = found.iter().position(|(id, _)| *id == row.id) {
                    people[at] = Some(person.clone());
                }
                let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
                opened.insert(row.id, (row.version, person));
            }
        }
        Ok(people.into_iter().flatten().collect())
    }

    /// Forgets what was opened of a person.
    pub(super) fn forget_opened(&self, account: i64) {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        opened.remove(&account);
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
