//! The revision while it is written.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::{AsAuthor, Denied};
use super::super::super::case::stage_of;
use super::super::super::entity::{decision, revision};
use super::super::super::revisions::Answers;
use super::super::super::rows::ClockView;
use super::super::super::{Fault, Store};
use super::{AuthorFile, ReceivedDecision, edition, own_title};
use crate::domain::request::RequestKind;
use crate::domain::stage::Stage;
use crate::seal::Cell;

/// The revision that is asked for, with what was answered so far.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorRevision {
    /// The public number.
    pub number: String,
    /// The title as its author wrote it.
    pub title: String,
    /// The title's language.
    pub title_lang: String,
    /// The clock.
    pub clock: Option<ClockView>,
    /// Whether more time can be asked for.
    pub may_extend: bool,
    /// The decision to be answered.
    pub decision: ReceivedDecision,
    /// Answers in the order of the points, and the rebuttal.
    pub answers: Answers,
    /// Files of the new round.
    pub files: Vec<AuthorFile>,
    /// The state that a form of this page is about.
    pub edition: String,
}

impl Store {
    /// The revision that is asked for now; there is none at another stage.
    pub async fn author_revision(&self, proof: &AsAuthor) -> Result<AuthorRevision, Denied> {
        let (row, submission) = self.own_row(proof).await?;
        if stage_of(&row.stage)? != Stage::Revising {
            return Err(Denied::NotFound);
        }
        let decision = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(row.id))
            .filter(decision::Column::State.eq("received"))
            .order_by_desc(decision::Column::DecidedAt)
            .one(&self.db.read)
            .await?
            .ok_or(Denied::NotFound)?;
        let mut files = self.own_files(proof).await?;
        files.retain(|file| file.facts.round == row.round + 1);
        let (title, title_lang) = own_title(&submission);
        Ok(AuthorRevision {
            clock: self.own_clock(proof).await?,
            may_extend: self.askable(&row).await?.contains(&RequestKind::Extension.key()),
            decision: self.received(proof, &decision)?,
            answers: self.own_answers(proof, row.round).await?,
            files,
            title,
            title_lang,
            edition: edition(&row, &submission)?,
            number: row.number,
        })
    }

    async fn own_answers(&self, proof: &AsAuthor, round: i32) -> Result<Answers, Fault> {
        let row = revision::Entity::find()
            .filter(revision::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(revision::Column::Round.eq(round))
            .one(&self.db.read)
            .await?;
        match row {
            Some(row) => self
                .vault
                .open_for(proof, Cell::new("revision", "sealed", row.id), &row.sealed),
            None => Ok(Answers::default()),
        }
    }
}
