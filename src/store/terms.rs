//! Whose identity must go out of a manuscript's files, texts and letters, and what else gives it away.

use bauta_strip::{Identity, Person};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::access::{AsOffice, Purpose};
use super::assignments::AssignmentBody;
use super::case::Case;
use super::entity::{assignment, manuscript};
use super::outbox::Claimed;
use super::{Fault, Store};
use crate::domain::manuscript::Submission;
use crate::domain::person::Email;
use crate::seal::Cell;

const TERMS: AsOffice = AsOffice(Purpose::Terms);
const LETTERS: AsOffice = AsOffice(Purpose::Letters);

impl Store {
    /// Everything that must go out of a manuscript's files and texts.
    pub(crate) async fn terms(&self, manuscript: i64) -> Result<Identity, Fault> {
        self.terms_in(&self.db.read, manuscript).await
    }

    /// What the authors themselves told that must not be seen by a reviewer.
    pub async fn own_terms(&self, proof: &super::access::AsAuthor) -> Result<Identity, Fault> {
        self.terms(proof.manuscript()).await
    }

    pub(super) async fn terms_in(
        &self,
        conn: &impl ConnectionTrait,
        manuscript: i64,
    ) -> Result<Identity, Fault> {
        let row = manuscript::Entity::find_by_id(manuscript)
            .one(conn)
            .await?
            .ok_or_else(|| Fault::Value("manuscript is gone".into()))?;
        let submission: Submission =
            self.vault
                .open_for(&TERMS, Cell::new("manuscript", "sealed", row.id), &row.sealed)?;
        let mut identity = identity_of(&submission);
        let rows = self.file_rows(conn, manuscript).await?;
        for row in rows.iter().filter(|row| row.assignment_id.is_none()) {
            let report = self.file_report(row)?;
            identity.terms.extend(report.removed);
        }
        Ok(identity)
    }

    /// What the recipient of a letter must not learn: the reviewers' identities for an author, the authors' for a reviewer.
    pub(crate) async fn forbidden(&self, claimed: &Claimed) -> Result<Identity, Fault> {
        self.forbidden_for(claimed.manuscript, &claimed.side, &claimed.stored.to)
            .await
    }

    pub(super) async fn forbidden_for(
        &self,
        manuscript: Option<i64>,
        side: &str,
        to: &Email,
    ) -> Result<Identity, Fault> {
        let Some(manuscript) = manuscript else {
            return Ok(Identity::default());
        };
        let mut identity = match side {
            "author" => self.reviewers_of(&self.db.read, manuscript).await?,
            "reviewer" => self.terms(manuscript).await?,
            _ => Identity::default(),
        };
        // One's own name may stand in a letter to oneself.
        identity.people.retain(|p| p.email != to.as_str());
        Ok(identity)
    }

    async fn reviewers_of(&self, conn: &impl ConnectionTrait, manuscript: i64) -> Result<Identity, Fault> {
        let mut identity = Identity::default();
        let rows = assignment::Entity::find()
            .filter(assignment::Column::ManuscriptId.eq(manuscript))
            .all(conn)
            .await?;
        for row in rows {
            let cell = Cell::new("assignment", "sealed", row.id);
            let body: AssignmentBody = self.vault.open_for(&LETTERS, cell, &row.sealed)?;
            if let Some(who) = self.who_of(conn, body.account).await? {
                // Where a reviewer works may stand in a letter: authors and editors write of many institutions.
                identity.people.push(Person {
                    affiliations: Vec::new(),
                    ..known(who)
                });
            }
        }
        Ok(identity)
    }

    /// What must go out of a reviewer's attachment: the reviewer's own identity.
    pub(crate) async fn reviewer_terms(
        &self,
        manuscript: i64,
        assignment: Option<i64>,
    ) -> Result<Identity, Fault> {
        let row = assignment::Entity::find_by_id(assignment.unwrap_or_default())
            .filter(assignment::Column::ManuscriptId.eq(manuscript))
            .one(&self.db.read)
            .await?
            .ok_or_else(|| Fault::Value("assignment is gone".into()))?;
        let body: AssignmentBody =
            self.vault
                .open_for(&TERMS, Cell::new("assignment", "sealed", row.id), &row.sealed)?;
        let mut identity = Identity::default();
        if let Some(who) = self.who_of(&self.db.read, body.account).await? {
            identity.people.push(known(who));
        }
        for file in self.file_rows(&self.db.read, manuscript).await? {
            if file.assignment_id == Some(row.id) {
                let report = self.file_report(&file)?;
                identity.terms.extend(report.removed);
            }
        }
        Ok(identity)
    }
}

impl Case<'_> {
    /// Everything that must go out of this manuscript's texts.
    pub async fn terms(&self) -> Result<Identity, Fault> {
        let mut identity = identity_of(&self.submission()?);
        let rows = self.store.file_rows(&self.txn, self.row.id).await?;
        for row in rows.iter().filter(|row| row.assignment_id.is_none()) {
            let report = self.store.file_report(row)?;
            identity.terms.extend(report.removed);
        }
        Ok(identity)
    }

    /// The words by which a text that the author will read names one of the reviewers.
    pub async fn names_a_reviewer(&self, text: &str) -> Result<Option<String>, Fault> {
        let reviewers = self.store.reviewers_of(&self.txn, self.row.id).await?;
        Ok(bauta_strip::first_mention(text, &reviewers).map(str::to_owned))
    }
}

/// What an account says of its person, as the stripper wants it.
fn known(who: super::access::Who) -> Person {
    Person {
        name: who.profile.latin_name,
        native_name: who.profile.native_name,
        email: who.email.to_string(),
        orcid: who.profile.orcid,
        affiliations: vec![who.profile.affiliation],
    }
}

/// What a submission says of its authors, as the stripper wants it.
pub fn identity_of(submission: &Submission) -> Identity {
    let people = submission
        .authors
        .iter()
        .map(|a| Person {
            name: a.latin_name.clone(),
            native_name: a.native_name.clone(),
            email: a.email.clone(),
            orcid: a.orcid.clone(),
            affiliations: a.affiliation_list(),
        })
        .collect();
    let mut terms: Vec<String> = submission
        .giveaways
        .lines()
        .map(|l| l.trim().to_owned())
        .filter(|l| !l.is_empty())
        .collect();
    terms.extend(numbers_in(&submission.funding));
    terms.extend(numbers_in(&submission.ethics));
    terms.extend(
        crate::trials::find_all(&submission.trial.numbers)
            .iter()
            .map(|n| n.canonical().to_owned()),
    );
    Identity {
        people,
        terms,
        keep: Vec::new(),
    }
}

/// Grant and approval numbers: runs of letters, digits, dashes and slashes with at least four digits.
fn numbers_in(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || "-/.".contains(c)))
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|word| word.len() >= 5 && word.chars().filter(char::is_ascii_digit).count() >= 4)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn grant_numbers_are_found_in_a_funding_line() {
        let found =
            super::numbers_in("国家自然科学基金（82371234）；Key Programme 2024YFC2500-01, no. 7 of 2025");
        assert_eq!(found, ["82371234", "2024YFC2500-01"]);
    }
}
