//! The pool of reviewers for one manuscript: who they are, how much they have in hand, and whether there may be a conflict.
//! The warning never says which author it is about.

use std::collections::HashMap;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde::Serialize;

use super::super::super::access::{AsEditor, AsOffice, Purpose, Who};
use super::super::super::assignments::{AssignmentBody, warnings};
use super::super::super::entity::{assignment, mark, window};
use super::super::super::people::Person;
use super::super::super::roles::Capacity;
use super::super::super::vault::Tie;
use super::super::super::{Fault, Store};
use super::Name;
use crate::domain::conflict::Conflict;
use crate::domain::manuscript::Submission;
use crate::domain::person::{Email, Role};
use crate::seal::Cell;

const CONFLICTS: AsOffice = AsOffice(Purpose::Conflicts);
/// As many as one page of the pool shows.
const SHOWN: usize = 20;

/// Somebody who could be asked.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    /// The account's row.
    pub id: i64,
    /// The name.
    pub name: Name,
    /// Institution.
    pub affiliation: String,
    /// Fields and methods.
    pub expertise: String,
    /// Invitations and reviews in hand, over the whole journal.
    pub load: usize,
    /// There may be a conflict of interest.
    pub warned: bool,
    /// An author asks not to ask this person.
    pub opposed: bool,
    /// An author suggests this person.
    pub suggested: bool,
}

/// A page of the pool.
#[derive(Clone, Debug, Serialize)]
pub struct Pool {
    /// Who fits the search, the least loaded first.
    pub candidates: Vec<Candidate>,
    /// How many fit in all.
    pub count: usize,
}

impl Store {
    /// How much everybody has in hand: assignments whose clock runs. Manuscripts that the reader has a part in do not
    /// count: the number must not tell who reviews them.
    async fn in_hand(&self, reader: &Who) -> Result<HashMap<i64, usize>, Fault> {
        let open = Query::select()
            .column(window::Column::AssignmentId)
            .from(window::Entity)
            .and_where(window::Column::ClosedAt.is_null())
            .and_where(window::Column::AssignmentId.is_not_null())
            .to_owned();
        let rows: Vec<(i64, i64, Vec<u8>)> = assignment::Entity::find()
            .select_only()
            .columns([
                assignment::Column::Id,
                assignment::Column::ManuscriptId,
                assignment::Column::Sealed,
            ])
            .filter(assignment::Column::Id.in_subquery(open))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let ids: Vec<i64> = rows.iter().map(|(_, manuscript, _)| *manuscript).collect();
        let hidden = self.hidden_among(reader, &ids).await?;
        let mut out = HashMap::new();
        for (id, manuscript, sealed) in rows {
            if hidden.contains(&manuscript) {
                continue;
            }
            let cell = Cell::new("assignment", "sealed", id);
            let body: AssignmentBody = self.vault.open_for(&CONFLICTS, cell, &sealed)?;
            *out.entry(body.account).or_insert(0) += 1;
        }
        Ok(out)
    }

    /// The people of the pool who fit `search` (name, institution, expertise) and were not asked yet.
    pub async fn editor_pool(&self, proof: &AsEditor, search: &str) -> Result<Pool, Fault> {
        let row = self.manuscript_of(proof).await?;
        let submission: Submission =
            self.vault
                .open_for(&CONFLICTS, Cell::new("manuscript", "sealed", row.id), &row.sealed)?;
        let asked: Vec<Vec<u8>> = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::AccessTag)
            .filter(assignment::Column::ManuscriptId.eq(row.id))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let marks: Vec<Vec<u8>> = mark::Entity::find()
            .select_only()
            .column(mark::Column::Tag)
            .filter(mark::Column::ManuscriptId.eq(row.id))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let reader = self.who_of(&self.db.read, proof.account()).await?;
        let load = match &reader {
            Some(reader) => self.in_hand(reader).await?,
            None => HashMap::new(),
        };
        let recent = self.recent_coauthors(&self.db.read, &submission).await?;
        let words: Vec<String> = search.split_whitespace().map(str::to_lowercase).collect();
        let tag = |tie, person: &Person| self.vault.access_tag(tie, person.id, row.id);
        let mut people = self.people_in(&self.db.read, Capacity::Pool).await?;
        if let Some(reader) = &reader {
            people = self.known_to(reader, people).await?;
        }
        let mut found: Vec<Candidate> = people
            .iter()
            .filter(|p| p.roles.has(Role::Reviewer) && fits(p, &words))
            .filter(|p| !asked.contains(&tag(Tie::Reviewer, p)))
            .map(|p| {
                let marked = [
                    tag(Tie::Declared, p),
                    tag(Tie::Opened, p),
                    self.vault.typed_tag(&p.email, row.id),
                ]
                .iter()
                .any(|t| marks.contains(t))
                    || recent.has(&p.profile);
                candidate(p, &submission, marked, load.get(&p.id).copied().unwrap_or(0))
            })
            .collect();
        found.sort_by(|a, b| {
            (a.load, a.warned || a.opposed)
                .cmp(&(b.load, b.warned || b.opposed))
                .then_with(|| a.name.en.cmp(&b.name.en))
        });
        let count = found.len();
        found.truncate(SHOWN);
        Ok(Pool {
            candidates: found,
            count,
        })
    }
}

fn fits(person: &Person, words: &[String]) -> bool {
    let p = &person.profile;
    let text = format!(
        "{} {} {} {} {}",
        p.native_name, p.latin_name, p.affiliation, p.expertise, person.email
    )
    .to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

/// An author, or somebody who is marked, is warned of like anybody else: the list tells nobody's name.
fn candidate(person: &Person, submission: &Submission, marked: bool, load: usize) -> Candidate {
    let warnings = warnings(submission, &person.email, &person.profile);
    let same = |email: &str| Email::parse(email).is_some_and(|e| e == person.email);
    Candidate {
        id: person.id,
        name: Name::of(&person.profile, &person.email),
        affiliation: person.profile.affiliation.clone(),
        expertise: person.profile.expertise.clone(),
        load,
        warned: marked || warnings.iter().any(|w| *w != Conflict::Opposed),
        opposed: warnings.contains(&Conflict::Opposed),
        suggested: submission.suggested.iter().any(|s| same(&s.email)),
    }
}
