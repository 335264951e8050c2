//! Whom an editor-in-chief who is an author may appoint in that place (`RULES.md` 5).

use super::super::super::access::AsAuthor;
use super::super::super::roles::Capacity;
use super::super::super::{Fault, Store};
use crate::domain::person::{Email, Profile};

impl Store {
    /// The editors of whom one must act in the place of the editor-in-chief: none if there is an editor-in-chief who is
    /// not among the authors. Whoever is an author, and only then, learns who the editors are.
    pub async fn guest_choices(&self, proof: &AsAuthor) -> Result<Vec<(i64, Profile)>, Fault> {
        let authors: Vec<Email> = self
            .own_row(proof)
            .await?
            .1
            .authors
            .iter()
            .filter_map(|a| Email::parse(&a.email))
            .collect();
        let office = self.people_in(&self.db.read, Capacity::Office).await?;
        let author =
            |p: &super::super::super::people::Person| p.id == proof.account() || authors.contains(&p.email);
        let left = office.iter().any(|p| p.roles.chief() && !author(p));
        // Only the editor-in-chief has to and may appoint somebody; another author is told to ask for it.
        let own = office.iter().any(|p| p.id == proof.account() && p.roles.chief());
        if left || !own {
            return Ok(Vec::new());
        }
        Ok(office
            .into_iter()
            .filter(|p| p.roles.decides() && !author(p))
            .map(|p| (p.id, p.profile))
            .collect())
    }
}
