//! The desk at which a decision is written: the suggestions to choose from, what was decided before.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::AsEditor;
use super::super::super::decisions::DecisionBody;
use super::super::super::entity::decision;
use super::super::super::{Fault, Store};
use super::reviews::Passage;
use super::{LabelView, Moment, Name, language_of};
use crate::domain::manuscript::{Submission, TrialReport};
use crate::domain::review::suggestions;
use crate::seal::Cell;

/// A suggestion of a reviewer, to be chosen and edited.
#[derive(Clone, Debug, Serialize)]
pub struct SuggestionView {
    /// The reviewer's pseudonym.
    pub label: LabelView,
    /// The reviewer's own words.
    pub text: String,
    /// Their language.
    pub lang: &'static str,
}

/// A decision of the past, or the pending one.
#[derive(Clone, Debug, Serialize)]
pub struct PastDecision {
    /// What was decided.
    pub kind: String,
    /// `pending`, `received`, `undone` or `void`.
    pub state: String,
    /// The round it closed.
    pub round: i32,
    /// Who decided.
    pub by: Option<Name>,
    /// When.
    pub decided: Moment,
    /// When it took effect.
    pub received: Option<Moment>,
    /// The words to the author.
    pub message: Passage,
    /// What was missing.
    pub items: Vec<String>,
    /// The points.
    pub points: Vec<(Option<LabelView>, Passage)>,
    /// The reason for the record.
    pub internal_reason: String,
}

impl Store {
    /// The reviewers' suggestions of the present round, by label.
    pub async fn editor_suggestions(&self, proof: &AsEditor) -> Result<Vec<SuggestionView>, Fault> {
        let round = self.manuscript_of(proof).await?.round;
        let reviewers = self.reviewers_by_row(proof).await?;
        let mut out = Vec::new();
        for (row, content) in self.sent_reviews(proof).await? {
            let reviewer = reviewers.iter().find(|r| r.id == row.assignment_id);
            let Some(reviewer) = reviewer.filter(|_| row.round == round) else {
                continue;
            };
            out.extend(suggestions(&content).into_iter().map(|text| SuggestionView {
                label: reviewer.label.clone(),
                text: text.to_owned(),
                lang: language_of(text),
            }));
        }
        out.sort_by_key(|s| s.label.latin);
        Ok(out)
    }

    /// All decisions, the latest first.
    pub async fn editor_decisions(&self, proof: &AsEditor) -> Result<Vec<PastDecision>, Fault> {
        let rows = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(proof.manuscript()))
            .order_by_desc(decision::Column::DecidedAt)
            .all(&self.db.read)
            .await?;
        let bodies: Vec<DecisionBody> = rows
            .iter()
            .map(|row| {
                let cell = Cell::new("decision", "sealed", row.id);
                self.vault.open_for(proof, cell, &row.sealed)
            })
            .collect::<Result<_, _>>()?;
        let actors: Vec<i64> = bodies.iter().map(|b| b.actor).collect();
        let names = self.names_of(&actors).await?;
        let view = |(row, body): (decision::Model, DecisionBody)| PastDecision {
            kind: row.kind,
            state: row.state,
            round: row.round,
            by: names.get(&body.actor).cloned(),
            decided: self.moment(row.decided_at),
            received: row.received_at.map(|at| self.moment(at)),
            message: Passage::of(&body.text.message),
            items: body.text.items,
            points: body
                .text
                .points
                .iter()
                .map(|p| (p.label.map(LabelView::from), Passage::of(&p.text)))
                .collect(),
            internal_reason: body.text.internal_reason,
        };
        Ok(rows.into_iter().zip(bodies).map(view).collect())
    }

    /// What the author says of the trial, for the rules: its numbers go no further than to them.
    pub(crate) async fn editor_trial(&self, proof: &AsEditor) -> Result<TrialReport, Fault> {
        let row = self.manuscript_of(proof).await?;
        let cell = Cell::new("manuscript", "sealed", row.id);
        let submission: Submission = self.vault.open_for(proof, cell, &row.sealed)?;
        Ok(submission.trial)
    }
}
