//! The authors, their original files and their trial's numbers: only with the record of the click that opened them.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use super::super::super::access::{AsEditor, NamesOpened};
use super::super::super::entity::{file, request};
use super::super::super::files::{BlindFile, facts};
use super::super::super::requests::request_cell;
use super::super::super::{Fault, Store};
use crate::domain::manuscript::{AuthorEntry, NamedReviewer, Submission};
use crate::domain::request::{RequestBody, RequestKind};
use crate::seal::Cell;
use crate::trials;

/// An original as it came, or an office paper.
#[derive(Clone, Debug, Serialize)]
pub struct Original {
    /// The row.
    pub id: i64,
    /// What it is.
    pub role: String,
    /// The round it belongs to.
    pub round: i32,
    /// The name that its author gave it.
    pub name: String,
    /// Size in kilobytes.
    pub kilobytes: i64,
}

/// A trial registration.
#[derive(Clone, Debug, Serialize)]
pub struct Registration {
    /// The number.
    pub number: String,
    /// The registry in English.
    pub registry: String,
    /// The registry in Chinese.
    pub registry_zh: String,
    /// Its record, if the address follows from the number.
    pub url: Option<String>,
}

/// Everything that names the authors.
#[derive(Clone, Debug, Serialize)]
pub struct Names {
    /// The authors in order.
    pub authors: Vec<AuthorEntry>,
    /// Reviewers whom they suggest.
    pub suggested: Vec<NamedReviewer>,
    /// Reviewers whom they oppose.
    pub opposed: Vec<NamedReviewer>,
    /// Funding.
    pub funding: String,
    /// Ethics approval.
    pub ethics: String,
    /// Conflicts of interest.
    pub conflicts: String,
    /// Data statement.
    pub data_statement: String,
    /// Trial registrations.
    pub trials: Vec<Registration>,
    /// What the author typed as registration numbers.
    pub trials_typed: String,
    /// When the registration was first submitted, as typed.
    pub trial_submitted: String,
    /// When the first participant was enrolled, as typed.
    pub trial_enrolled: String,
    /// Originals and office papers.
    pub files: Vec<Original>,
    /// The addresses of those who say that they are no authors.
    pub denied: Vec<String>,
    /// The authors as they are to be, while a change of them is asked for.
    pub proposed: Vec<AuthorEntry>,
}

impl Store {
    /// The authors of a manuscript.
    pub async fn editor_names(&self, proof: &AsEditor, opened: &NamesOpened) -> Result<Names, Fault> {
        debug_assert_eq!(proof.manuscript(), opened.manuscript());
        let row = self.manuscript_of(proof).await?;
        let cell = Cell::new("manuscript", "sealed", row.id);
        let s: Submission = self.vault.open_for(proof, cell, &row.sealed)?;
        let mut files = Vec::new();
        for file in self.file_rows(&self.db.read, row.id).await? {
            if file.role != "attachment" && file.round <= row.round {
                let cell = Cell::new("file", "sealed", file.id);
                let name: String = self.vault.open_for(proof, cell, &file.sealed)?;
                files.push(Original {
                    id: file.id,
                    round: file.round,
                    name,
                    kilobytes: (file.size / 1000).max(1),
                    role: facts(&file).role,
                });
            }
        }
        let trial = |n: &trials::TrialNumber| Registration {
            number: n.canonical().to_owned(),
            registry: n.registry().name.to_owned(),
            registry_zh: n.registry().name_in_chinese().to_owned(),
            url: n.url(),
        };
        Ok(Names {
            trials: trials::find_all(&s.trial.numbers).iter().map(trial).collect(),
            authors: s.authors,
            denied: s.denied,
            suggested: s.suggested,
            opposed: s.opposed,
            funding: s.funding,
            ethics: s.ethics,
            conflicts: s.conflicts,
            data_statement: s.data_statement,
            trials_typed: s.trial.numbers,
            trial_submitted: s.trial.submitted,
            trial_enrolled: s.trial.enrolled,
            files,
            proposed: self.proposed_authors(proof).await?,
        })
    }

    async fn proposed_authors(&self, proof: &AsEditor) -> Result<Vec<AuthorEntry>, Fault> {
        let open = request::Entity::find()
            .filter(request::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(request::Column::Kind.eq(RequestKind::Authors.key()))
            .filter(request::Column::State.eq("open"))
            .one(&self.db.read)
            .await?;
        match open {
            Some(row) => {
                let cell = request_cell(row.id);
                Ok(self
                    .vault
                    .open_for::<RequestBody>(proof, cell, &row.sealed)?
                    .authors)
            }
            None => Ok(Vec::new()),
        }
    }

    /// An original or an office paper as it came, under a neutral name.
    pub async fn editor_original(
        &self,
        proof: &AsEditor,
        opened: &NamesOpened,
        id: i64,
    ) -> Result<Option<BlindFile>, Fault> {
        let round = self.manuscript_of(proof).await?.round;
        let row = file::Entity::find_by_id(id)
            .filter(file::Column::ManuscriptId.eq(opened.manuscript()))
            .filter(file::Column::Round.lte(round))
            .filter(file::Column::Role.ne("attachment"))
            .one(&self.db.read)
            .await?
            // The original of somebody who was erased is gone.
            .filter(|row| proof.manuscript() == opened.manuscript() && !row.blob.is_empty());
        Ok(row.map(|row| BlindFile {
            name: format!("original-{}", row.name),
            blob: row.blob,
            format: row.format,
            size: row.size as u64,
        }))
    }
}
