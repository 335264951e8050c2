//! A list of reviewers is taken into the pool, whole or not at all, and any number of times with the same result.

use std::collections::HashSet;

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, SqlErr};

use super::access::AsAdministrator;
use super::entity::account;
use super::people::Secret;
use super::roles::capacity;
use super::{Fault, Store};
use crate::domain::person::{Email, Profile, Role};
use crate::domain::roster::Line;

/// Addresses that are looked up by one query.
const STEP: usize = 200;

impl Store {
    /// Which of the addresses belong to reviewers of the pool already. Whether one belongs to an author is not said.
    pub async fn reviewers_among(
        &self,
        _proof: &AsAdministrator,
        emails: &[Email],
    ) -> Result<HashSet<Email>, Fault> {
        let mut out = HashSet::new();
        for some in emails.chunks(STEP) {
            let tags = some.iter().map(|email| self.vault.address_tag(email));
            let rows = account::Entity::find()
                .filter(account::Column::AddressTag.is_in(tags))
                .all(&self.db.read)
                .await?;
            for row in rows {
                let secret = self.secret(&row)?;
                if secret.roles.has(Role::Reviewer) {
                    out.insert(secret.email);
                }
            }
        }
        Ok(out)
    }

    /// Takes the lines that are right into the pool; returns how many people are reviewers who were none. Whoever is in
    /// the pool stays as they are; somebody who has an account keeps what the person wrote there. Each is in the log of people.
    pub async fn take_in_reviewers(&self, proof: &AsAdministrator, lines: &[Line]) -> Result<usize, Fault> {
        match self.take_in_once(proof, lines).await {
            // Somebody else took one of them in at the same moment: they are known now.
            Err(Fault::Db(error))
                if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) =>
            {
                self.take_in_once(proof, lines).await
            }
            done => done,
        }
    }

    async fn take_in_once(&self, proof: &AsAdministrator, lines: &[Line]) -> Result<usize, Fault> {
        let txn = self.db.begin().await?;
        let mut new = 0;
        for line in lines.iter().filter(|line| line.wrong.is_empty()) {
            let Some(email) = line.email() else { continue };
            let (id, _) = self
                .ensure_account_in(&txn, &email, line.profile.clone(), line.lang, false)
                .await?;
            new += usize::from(self.becomes_reviewer(&txn, proof, id, &line.profile).await?);
        }
        txn.commit().await?;
        Ok(new)
    }

    async fn becomes_reviewer(
        &self,
        conn: &impl ConnectionTrait,
        proof: &AsAdministrator,
        id: i64,
        listed: &Profile,
    ) -> Result<bool, Fault> {
        let row = account::Entity::find_by_id(id);
        let row = sea_orm::QuerySelect::lock_exclusive(row)
            .one(conn)
            .await?
            .ok_or_else(|| Fault::Value("account is gone".into()))?;
        let mut secret: Secret = self.secret(&row)?;
        if secret.roles.has(Role::Reviewer) {
            return Ok(false);
        }
        let before = secret.roles.clone();
        secret.roles.add(Role::Reviewer);
        self.note_roles(conn, Some(proof.account()), id, &before, &secret.roles)
            .await?;
        let own = &mut secret.profile;
        let listed = listed.clone().kept();
        for (own, listed) in [
            (&mut own.native_name, &listed.native_name),
            (&mut own.latin_name, &listed.latin_name),
            (&mut own.affiliation, &listed.affiliation),
            (&mut own.expertise, &listed.expertise),
            (&mut own.orcid, &listed.orcid),
        ] {
            if own.is_empty() {
                listed.clone_into(own);
            }
        }
        let (sealed, kept) = self.sealed_secret(&row, &secret)?;
        account::Entity::update_many()
            .col_expr(account::Column::Sealed, Expr::value(sealed))
            .col_expr(account::Column::Secret, Expr::value(Some(kept)))
            .col_expr(account::Column::Capacity, Expr::value(capacity(&secret)))
            .col_expr(account::Column::Version, Expr::value(row.version + 1))
            .filter(account::Column::Id.eq(id))
            .exec(conn)
            .await?;
        Ok(true)
    }
}
