//! The rounds that are over: one's own review, one's own points as they were sent, the answers to them.

use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::domain::decision::{DecisionKind, Point};
use crate::domain::journal::Pages;
use crate::domain::review::{Review, criteria};
use crate::seal::Cell;
use crate::store::access::AsReviewer;
use crate::store::decisions::DecisionBody;
use crate::store::entity::{decision, review, revision};
use crate::store::revisions::Answers;
use crate::store::{Fault, Store};

/// A score as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreView {
    /// The criterion's key.
    pub criterion: String,
    /// 1 to 5; 0 is unanswered.
    pub score: u8,
}

impl ScoreView {
    /// The scores of a review for some criteria, in their order; 0 where there is none.
    pub fn of(review: &Review, criteria: &[String]) -> Vec<ScoreView> {
        let one = |key: &String| ScoreView {
            criterion: key.clone(),
            score: review.scores.get(key).copied().unwrap_or(0),
        };
        criteria.iter().map(one).collect()
    }
}

/// A review as its reviewer reads it again.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReviewText {
    /// The verdict's key; empty if there is none.
    pub verdict: &'static str,
    /// The verdict's sign.
    pub sign: &'static str,
    /// The scores.
    pub scores: Vec<ScoreView>,
    /// The assessment.
    pub assessment: String,
    /// The suggestions.
    pub suggestions: Vec<String>,
    /// The confidential remarks.
    pub confidential: String,
}

impl ReviewText {
    /// A review with the scores that it had, in the order of the journal's criteria.
    pub fn of(review: &Review, pages: &Pages) -> Self {
        ReviewText {
            verdict: review.verdict.map_or("", |v| v.key()),
            sign: review.verdict.map_or("", |v| v.sign()),
            scores: ScoreView::of(review, &criteria(pages, Some(review))),
            assessment: review.assessment.trim().to_owned(),
            suggestions: crate::domain::review::suggestions(review)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            confidential: review.confidential.trim().to_owned(),
        }
    }
}

/// A point as it was sent to the author, with the answer.
#[derive(Clone, Debug, Serialize)]
pub struct PointView {
    /// One's own counting, from 1: the decision's would tell how many there were besides.
    pub number: usize,
    /// The text.
    pub text: String,
    /// The author's answer; empty while there is none.
    pub answer: String,
}

/// A round that is over.
#[derive(Clone, Debug, Serialize)]
pub struct PastRound {
    /// The round.
    pub round: i32,
    /// One's own review, if one was sent.
    pub review: Option<ReviewText>,
    /// The day it was sent.
    pub sent: Option<Date>,
    /// The decision's key, if the journal tells it and the day after has come.
    pub outcome: &'static str,
    /// One's own points as they were sent.
    pub points: Vec<PointView>,
    /// Others' points, if the journal shows them.
    pub others: Vec<String>,
    /// The covering words of the rebuttal.
    pub rebuttal: String,
}

/// A decision that was made or waits for its letter.
pub(super) struct Decided {
    pub round: i32,
    pub pending: bool,
    kind: Option<DecisionKind>,
    points: Vec<Point>,
    told: bool,
}

impl Decided {
    /// Whether it was received, and reviewers are not told yet.
    pub fn untold(&self) -> bool {
        !self.pending && !self.told && self.kind.is_some()
    }
}

impl Store {
    pub(super) async fn own_review_rows(&self, proof: &AsReviewer) -> Result<Vec<review::Model>, Fault> {
        Ok(review::Entity::find()
            .filter(review::Column::AssignmentId.eq(proof.assignment))
            .filter(review::Column::ManuscriptId.eq(proof.manuscript))
            .order_by_asc(review::Column::Round)
            .all(&self.db.read)
            .await?)
    }

    pub(super) fn own_review(&self, proof: &AsReviewer, row: &review::Model) -> Result<Review, Fault> {
        self.vault
            .open_for(proof, Cell::new("review", "sealed", row.id), &row.sealed)
    }

    /// The decisions on rounds of review. A reviewer is told of one from the day after it was received: letters go
    /// with the next day's batch too, so that the instant at which the author opened it shows nowhere.
    pub(super) async fn decided(&self, proof: &AsReviewer) -> Result<Vec<Decided>, Fault> {
        let rows = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(proof.manuscript))
            .filter(decision::Column::State.is_in(["pending", "received"]))
            .order_by_asc(decision::Column::DecidedAt)
            .all(&self.db.read)
            .await?;
        let today = self.day(self.clock.now().as_microsecond());
        rows.into_iter()
            .map(|row| {
                let cell = Cell::new("decision", "sealed", row.id);
                let body: DecisionBody = self.vault.open_for(proof, cell, &row.sealed)?;
                Ok(Decided {
                    round: row.round,
                    pending: row.state == "pending",
                    kind: DecisionKind::from_key(&row.kind).filter(|kind| closes_a_round(*kind)),
                    points: body.text.points,
                    told: row.received_at.is_some_and(|at| self.day(at) < today),
                })
            })
            .collect()
    }

    /// The answers that were sent, by round.
    pub(super) async fn answers_sent_before(&self, proof: &AsReviewer) -> Result<Vec<(i32, Answers)>, Fault> {
        let rows = revision::Entity::find()
            .filter(revision::Column::ManuscriptId.eq(proof.manuscript))
            .filter(revision::Column::State.eq("sent"))
            .all(&self.db.read)
            .await?;
        rows.into_iter()
            .map(|row| {
                let cell = Cell::new("revision", "sealed", row.id);
                Ok((row.round, self.vault.open_for(proof, cell, &row.sealed)?))
            })
            .collect()
    }

    /// A round that is over. One that a later round followed is told of in any case.
    pub(super) fn past_round(
        &self,
        proof: &AsReviewer,
        round: i32,
        followed: bool,
        review: Option<(&review::Model, &Review)>,
        decided: &[Decided],
        answers: Option<&Answers>,
    ) -> PastRound {
        let decision = decided
            .iter()
            .rfind(|d| d.round == round && d.kind.is_some() && (d.told || followed && !d.pending));
        let points = decision.map(|d| d.points.as_slice()).unwrap_or_default();
        let answer = |i: usize| {
            answers
                .and_then(|a| a.answers.get(i))
                .cloned()
                .unwrap_or_default()
        };
        let own = points
            .iter()
            .enumerate()
            .filter(|(_, p)| p.label == Some(proof.label))
            .enumerate()
            .map(|(n, (i, point))| PointView {
                number: n + 1,
                text: point.text.clone(),
                answer: answer(i),
            });
        let others = points.iter().filter(|p| p.label != Some(proof.label));
        let shown = self.rules().show_others_suggestions;
        let outcome = decision
            .and_then(|d| d.kind)
            .filter(|_| self.rules().tell_outcome);
        PastRound {
            round,
            review: review.map(|(_, review)| ReviewText::of(review, &self.pages())),
            sent: review.and_then(|(row, _)| row.sent_at).map(|at| self.day(at)),
            outcome: outcome.map_or("", DecisionKind::key),
            points: own.collect(),
            others: others.filter(|_| shown).map(|p| p.text.clone()).collect(),
            rebuttal: answers.map(|a| a.rebuttal.clone()).unwrap_or_default(),
        }
    }
}

fn closes_a_round(kind: DecisionKind) -> bool {
    matches!(
        kind,
        DecisionKind::AskRevision | DecisionKind::Accept | DecisionKind::Decline
    )
}
