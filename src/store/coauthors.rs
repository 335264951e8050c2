//! Co-authors who have or have not said that they are authors; acceptance waits for them (`RULES.md` 7).

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::access::{AsConcerned, AsOffice, Denied, Purpose};
use super::case::Case;
use super::entity::{account, authorship};
use super::vault::{Tie, close_gap, free_slot};
use super::{Fault, Store};
use crate::domain::manuscript::{AuthorEntry, Submission};
use crate::domain::person::{Email, Profile};
use crate::domain::request::RequestKind;
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

/// The profile of somebody who is known only as an author that somebody else typed in.
pub(super) fn typed_profile(entry: &AuthorEntry) -> Profile {
    Profile {
        affiliation: entry.affiliation_list().into_iter().next().unwrap_or_default(),
        native_name: entry.native_name.clone(),
        latin_name: entry.latin_name.clone(),
        orcid: entry.orcid.clone(),
        ..Profile::default()
    }
}

impl Case<'_> {
    /// The typed authors who are no authors by their own word yet, excused ones left out.
    pub async fn silent_coauthors(&self) -> Result<Vec<Email>, Fault> {
        let submission = self.submission()?;
        let mut out = Vec::new();
        for author in &submission.authors {
            let Some(email) = Email::parse(&author.email) else {
                continue;
            };
            let excused = submission.excused.iter().any(|(who, _)| who == email.as_str());
            if !excused && !self.is_author(&email).await? {
                out.push(email);
            }
        }
        Ok(out)
    }

    /// Whether the holder of an address is an author by their own word.
    pub(super) async fn is_author(&self, email: &Email) -> Result<bool, Fault> {
        let Some(account) = self.store.account_row(&self.txn, email).await? else {
            return Ok(false);
        };
        let tag = self.store.vault.access_tag(Tie::Author, account.id, self.row.id);
        Ok(authorship::Entity::find()
            .select_only()
            .column(authorship::Column::Id)
            .filter(authorship::Column::AccessTag.eq(tag))
            .into_tuple::<i64>()
            .one(&self.txn)
            .await?
            .is_some())
    }

    /// The address of the person who acts.
    pub async fn own_address(&self) -> Result<String, Fault> {
        let account = self.actor.unwrap_or_default();
        let person = self.store.person_of(&self.txn, account).await?;
        Ok(person.map(|p| p.email.to_string()).unwrap_or_default())
    }

    /// Whether a request about the authors is open, concerns the address, and waits for its word.
    pub(super) async fn still_concerned(&self, proof: &AsConcerned) -> Result<(), Denied> {
        let before = self.submission()?.authors;
        let request = self.open_request(proof.request).await?;
        let waits = request.is_some_and(|r| {
            r.kind == RequestKind::Authors
                && r.body.waiting(&before).iter().any(|e| e == proof.email.as_str())
        });
        if waits { Ok(()) } else { Err(Denied::NotFound) }
    }

    /// Makes the holders of these addresses the authors: new ones are added, with an account if there is none, and
    /// others are no authors any more. All of them have agreed.
    pub async fn match_authorships(&self, emails: &[Email]) -> Result<(), Fault> {
        let entries = self.submission()?.authors;
        let mut wanted = Vec::new();
        for email in emails {
            let entry = entries
                .iter()
                .find(|a| Email::parse(&a.email).as_ref() == Some(email));
            let profile = entry.map(typed_profile).unwrap_or_default();
            let made = self
                .store
                .ensure_account_in(&self.txn, email, profile, self.lang(), true);
            let (account, _) = made.await?;
            wanted.push(account);
            if !self.is_author(email).await? {
                self.store.add_author(&self.txn, account, self.row.id).await?;
            }
        }
        let rows = authorship::Entity::find()
            .filter(authorship::Column::ManuscriptId.eq(self.row.id))
            .all(&self.txn)
            .await?;
        for row in rows {
            let account: i64 =
                self.store
                    .vault
                    .open_for(&CLOCK, Cell::new("authorship", "sealed", row.id), &row.sealed)?;
            if !wanted.contains(&account) {
                self.end_authorship(row, account).await?;
            }
        }
        Ok(())
    }

    /// Whether everybody who is an author by their own word stands in the list of authors.
    pub async fn confirmed_are_listed(&self) -> Result<bool, Fault> {
        let authors = self.submission()?.authors;
        let emails: Vec<Email> = authors.iter().filter_map(|a| Email::parse(&a.email)).collect();
        let listed = self.store.accounts_at(&self.txn, &emails).await?;
        let rows = authorship::Entity::find()
            .filter(authorship::Column::ManuscriptId.eq(self.row.id))
            .all(&self.txn)
            .await?;
        let tag = |account: &i64| self.store.vault.access_tag(Tie::Author, *account, self.row.id);
        let tags: Vec<Vec<u8>> = listed.iter().map(tag).collect();
        Ok(rows.iter().all(|row| tags.contains(&row.access_tag)))
    }

    /// Takes an authorship away, so that the person's slots stay without gaps.
    pub(super) async fn end_authorship(&self, row: authorship::Model, account: i64) -> Result<(), Fault> {
        let (vault, column) = (&self.store.vault, authorship::Column::SlotTag);
        let before = free_slot::<authorship::Entity>(vault, &self.txn, Tie::Author, account, column).await?;
        authorship::Entity::delete_by_id(row.id).exec(&self.txn).await?;
        let person = (Tie::Author, account);
        close_gap::<authorship::Entity>(vault, &self.txn, person, column, &row.slot_tag, before).await
    }

    /// Whether the handling editor has become an author, or was typed as one.
    pub async fn handler_is_author(&self) -> Result<bool, Fault> {
        match self.handler().await? {
            Some(account) => self.is_typed(account).await,
            None => Ok(false),
        }
    }

    /// Whether the reviewer of an assignment was typed as an author.
    pub async fn reviewer_is_author(&self, assignment: i64) -> Result<bool, Fault> {
        match self.reviewer_account(assignment).await? {
            Some(account) => self.is_typed(account).await,
            None => Ok(false),
        }
    }

    async fn is_typed(&self, account: i64) -> Result<bool, Fault> {
        let Some(person) = self.store.person_of(&self.txn, account).await? else {
            return Ok(false);
        };
        self.has_mark(&self.store.vault.typed_tag(&person.email, self.row.id))
            .await
    }
}

impl Store {
    /// Whether letters about a submission reach somebody: a corresponding author's address is that of an account, and was
    /// confirmed (`RULES.md` 2).
    pub async fn reaches_an_author(&self, submission: &Submission) -> Result<bool, Fault> {
        for author in submission.authors.iter().filter(|a| a.corresponding) {
            if let Some(email) = Email::parse(&author.email)
                && let Some(row) = self.account_row(&self.db.read, &email).await?
                && row.confirmed
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The typed authors whom acceptance still waits for, as the authors are told.
    pub(super) async fn waited_authors(
        &self,
        manuscript: i64,
        submission: &Submission,
    ) -> Result<Vec<AuthorEntry>, Fault> {
        if !self.rules().coauthors_confirm {
            return Ok(Vec::new());
        }
        let mut silent = self.silent_authors(manuscript, submission).await?;
        let excused = |a: &AuthorEntry| {
            let email = Email::parse(&a.email);
            let is = |who: &String| email.as_ref().is_some_and(|email| email.as_str() == who);
            submission.excused.iter().any(|(who, _)| is(who))
        };
        silent.retain(|author| !excused(author));
        Ok(silent)
    }

    /// The typed authors who have not said yet that they are authors. Two queries for any number of them.
    pub(super) async fn silent_authors(
        &self,
        manuscript: i64,
        submission: &Submission,
    ) -> Result<Vec<AuthorEntry>, Fault> {
        let tags: Vec<Vec<u8>> = authorship::Entity::find()
            .filter(authorship::Column::ManuscriptId.eq(manuscript))
            .all(&self.db.read)
            .await?
            .into_iter()
            .map(|a| a.access_tag)
            .collect();
        let typed: Vec<(Vec<u8>, &AuthorEntry)> = submission
            .authors
            .iter()
            .filter_map(|a| Some((self.vault.address_tag(&Email::parse(&a.email)?), a)))
            .collect();
        let addresses = typed.iter().map(|(tag, _)| tag.clone());
        let own: Vec<Vec<u8>> = account::Entity::find()
            .filter(account::Column::AddressTag.is_in(addresses))
            .all(&self.db.read)
            .await?
            .into_iter()
            .filter(|row| tags.contains(&self.vault.access_tag(Tie::Author, row.id, manuscript)))
            .map(|row| row.address_tag)
            .collect();
        let silent = typed.into_iter().filter(|(tag, _)| !own.contains(tag));
        Ok(silent.map(|(_, author)| author.clone()).collect())
    }
}
