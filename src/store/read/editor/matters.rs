//! What stands beside the ordinary way: requests of the author, co-authors' words, a hold, submissions that are akin,
//! notices on a published article.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::AsEditor;
use super::super::super::decisions::DecisionBody;
use super::super::super::entity::{decision, event, manuscript, request};
use super::super::super::kinship::kin_of;
use super::super::super::requests::request_cell;
use super::super::super::rows::title;
use super::super::super::{Fault, Store};
use super::language_of;
use crate::domain::manuscript::Submission;
use crate::domain::request::{RequestBody, RequestKind, may_answer};
use crate::domain::stage::{Stage, Step, next};
use crate::seal::Cell;

/// A request as the office sees it: no author's name.
#[derive(Clone, Debug, Serialize)]
pub struct RequestView {
    /// The row.
    pub id: i64,
    /// What is asked.
    pub kind: &'static str,
    /// `open`, `granted`, `refused` or `void`.
    pub state: String,
    /// The day it was asked.
    pub asked: jiff::civil::Date,
    /// The day it was answered.
    pub answered: Option<jiff::civil::Date>,
    /// Why.
    pub text: String,
    /// Days that are asked for.
    pub days: u32,
    /// Days that were granted.
    pub granted: u32,
    /// How many authors there are to be.
    pub authors: usize,
    /// How many people have not agreed yet.
    pub waiting: usize,
    /// The answer's words.
    pub answer: String,
    /// Whether this reader may answer it now.
    pub may_answer: bool,
    /// Whether this reader may grant it now: while somebody is silent about a change of authors, only an editor-in-chief.
    pub may_grant: bool,
}

/// Another submission that this one is akin to.
#[derive(Clone, Debug, Serialize)]
pub struct KinView {
    /// Its number.
    pub number: String,
    /// Its blind title.
    pub title: String,
    /// The title's language.
    pub title_lang: &'static str,
    /// Where it stands.
    pub stage: String,
    /// How it is akin.
    pub kin: &'static str,
}

/// Everything beside the ordinary way.
#[derive(Clone, Debug, Serialize)]
pub struct MattersView {
    /// Requests, the latest first.
    pub requests: Vec<RequestView>,
    /// Co-authors who have confirmed.
    pub confirmed: usize,
    /// Co-authors who have not answered.
    pub silent: usize,
    /// Those who stand in the list of authors and say that they are none.
    pub denied: usize,
    /// Co-authors whose word is not waited for.
    pub excused: usize,
    /// Submissions that are akin and that this reader may see.
    pub kin: Vec<KinView>,
    /// Whether the reader may put it on hold or let it go on.
    pub may_hold: bool,
    /// Whether co-authors who have not answered can be asked once more.
    pub may_ask_coauthors: bool,
    /// Whether the reader may excuse co-authors.
    pub may_excuse: bool,
    /// Whether the author can be asked if it is still offered here.
    pub may_ask_reaffirmation: bool,
    /// The notices that can be published now: keys.
    pub notices: Vec<&'static str>,
}

impl Store {
    /// What stands beside the ordinary way of a manuscript.
    pub async fn editor_matters(&self, proof: &AsEditor) -> Result<MattersView, Fault> {
        let row = self.manuscript_of(proof).await?;
        let cell = Cell::new("manuscript", "sealed", row.id);
        let submission: Submission = self.vault.open_for(proof, cell, &row.sealed)?;
        let stage = Stage::from_key(&row.stage);
        let (confirmed, silent) = self.words_of_coauthors(&row, &submission).await?;
        let denied = submission.denying().min(silent);
        let excused = submission.excused.len().min(silent - denied);
        let silent = silent - denied - excused;
        let with_office = stage.is_some_and(Stage::is_with_office);
        let roles = proof.roles();
        let asked = self.asked_reaffirmation(&row).await?;
        let can = |step| stage.is_some_and(|stage| next(stage, step).is_some());
        let notices = [
            ("correct", Step::Correct),
            ("concern", Step::ExpressConcern),
            ("retract", Step::Retract),
        ];
        Ok(MattersView {
            requests: self.request_views(proof, &row, &submission).await?,
            confirmed,
            silent,
            denied,
            excused,
            kin: self.kin_views(proof, &row).await?,
            may_hold: roles.chief() && (with_office || row.held),
            may_ask_coauthors: with_office && silent > 0,
            may_excuse: roles.chief() && with_office && silent > 0,
            may_ask_reaffirmation: stage == Some(Stage::Released) && roles.office() && !asked,
            notices: notices
                .into_iter()
                .filter(|(_, step)| roles.chief() && can(*step))
                .map(|(key, _)| key)
                .collect(),
        })
    }

    /// How many co-authors acceptance still waits for.
    pub async fn editor_silent_coauthors(&self, proof: &AsEditor) -> Result<usize, Fault> {
        let row = self.manuscript_of(proof).await?;
        let cell = Cell::new("manuscript", "sealed", row.id);
        let submission: Submission = self.vault.open_for(proof, cell, &row.sealed)?;
        if self.rules().coauthors_confirm {
            return Ok(self.waited_authors(row.id, &submission).await?.len());
        }
        let (_, silent) = self.words_of_coauthors(&row, &submission).await?;
        Ok(submission.denying().min(silent))
    }

    /// How many typed authors have confirmed, and how many have not.
    async fn words_of_coauthors(
        &self,
        row: &manuscript::Model,
        submission: &Submission,
    ) -> Result<(usize, usize), Fault> {
        let silent = self.silent_authors(row.id, submission).await?.len();
        let confirmed = submission.authors.len().saturating_sub(silent);
        Ok((confirmed, silent))
    }

    async fn asked_reaffirmation(&self, row: &manuscript::Model) -> Result<bool, Fault> {
        let found = event::Entity::find()
            .filter(event::Column::ManuscriptId.eq(row.id))
            .filter(event::Column::Kind.eq("reaffirmation-asked"))
            .filter(event::Column::At.gte(row.stage_at))
            .one(&self.db.read)
            .await?;
        Ok(found.is_some())
    }

    async fn request_views(
        &self,
        proof: &AsEditor,
        row: &manuscript::Model,
        submission: &Submission,
    ) -> Result<Vec<RequestView>, Fault> {
        let rows = request::Entity::find()
            .filter(request::Column::ManuscriptId.eq(row.id))
            .order_by_desc(request::Column::AskedAt)
            .all(&self.db.read)
            .await?;
        let last = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(row.id))
            .filter(decision::Column::State.eq("received"))
            .order_by_desc(decision::Column::DecidedAt)
            .one(&self.db.read)
            .await?;
        let decider = last
            .map(|row| {
                let cell = Cell::new("decision", "sealed", row.id);
                self.vault
                    .open_for::<DecisionBody>(proof, cell, &row.sealed)
                    .map(|body| body.actor)
            })
            .transpose()?;
        let decided = decider == Some(proof.account());
        let mut out = Vec::new();
        for row in rows {
            let body: RequestBody = self.vault.open_for(proof, request_cell(row.id), &row.sealed)?;
            let Some(kind) = RequestKind::from_key(&row.kind) else {
                continue;
            };
            let waiting = match kind {
                RequestKind::Authors if row.state == "open" => body.waiting(&submission.authors).len(),
                _ => 0,
            };
            let may = row.state == "open" && may_answer(kind, proof.roles(), proof.handling(), decided);
            out.push(RequestView {
                id: row.id,
                kind: kind.key(),
                asked: self.day(row.asked_at),
                answered: row.answered_at.map(|at| self.day(at)),
                text: body.text,
                days: body.days,
                granted: body.granted,
                authors: body.authors.len(),
                waiting,
                answer: body.answer,
                may_answer: may,
                may_grant: may && (waiting == 0 || proof.roles().chief()),
                state: row.state,
            });
        }
        Ok(out)
    }

    /// What is akin, as far as this reader may see the other manuscript.
    async fn kin_views(&self, proof: &AsEditor, row: &manuscript::Model) -> Result<Vec<KinView>, Fault> {
        let kin = kin_of(self, &self.db.read, proof, row.id).await?;
        let Some(reader) = self.who_of(&self.db.read, proof.account()).await? else {
            return Ok(Vec::new());
        };
        let ids: Vec<i64> = kin.iter().map(|k| k.other).collect();
        let hidden = self.hidden_among(&reader, &ids).await?;
        let others = manuscript::Entity::find()
            .filter(manuscript::Column::Id.is_in(ids))
            .filter(manuscript::Column::Stage.ne(Stage::Draft.key()))
            .all(&self.db.read)
            .await?;
        Ok(kin
            .iter()
            .filter(|k| !hidden.contains(&k.other))
            .filter_map(|k| {
                let other = others.iter().find(|m| m.id == k.other)?;
                Some(KinView {
                    number: other.number.clone(),
                    title: title(other).to_owned(),
                    title_lang: language_of(title(other)),
                    stage: other.stage.clone(),
                    kin: k.kin.key(),
                })
            })
            .collect())
    }
}
