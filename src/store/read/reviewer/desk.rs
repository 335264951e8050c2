//! A reviewer's page on one manuscript: the invitation, then the reading desk.

use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::files::{FileRound, by_round};
use super::rounds::{Decided, PastRound, ReviewText};
use super::{BlindFacts, BlindRow};
use crate::domain::review::{Review, criteria};
use crate::domain::stage::Stage;
use crate::seal::Cell;
use crate::store::access::AsReviewer;
use crate::store::entity::{review, review_version, window};
use crate::store::rows::ClockView;
use crate::store::{Fault, Store};

/// What a reviewer's page is.
#[derive(Clone, Debug)]
pub enum ReviewerView {
    /// The invitation waits for an answer.
    Invitation(Box<InvitationView>),
    /// It was accepted.
    Desk(Box<DeskView>),
}

/// The invitation: title and abstract, nothing else of the manuscript.
#[derive(Clone, Debug, Serialize)]
pub struct InvitationView {
    /// The blind text.
    pub facts: BlindFacts,
    /// Until when an answer is wanted.
    pub clock: Option<ClockView>,
    /// Days for the review.
    pub review_days: u32,
    /// Days after it until somebody else is asked.
    pub grace_days: u32,
}

/// What can be done with the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// It is being written.
    Write,
    /// It was sent, and can be amended.
    Sent,
    /// Nothing can be written now: the editors decide, or the round is over.
    Closed,
}

/// An earlier version of the review that was amended.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    /// The day on which it was replaced.
    pub until: Date,
    /// What it said.
    pub review: ReviewText,
}

/// The reading desk.
#[derive(Clone, Debug, Serialize)]
pub struct DeskView {
    /// The blind text.
    pub facts: BlindFacts,
    /// One's own letter, Latin.
    pub latin: char,
    /// One's own letter, Chinese.
    pub chinese: char,
    /// The round of review.
    pub round: i32,
    /// The clock, while a review is waited for.
    pub clock: Option<ClockView>,
    /// What can be done.
    pub phase: Phase,
    /// Whether this is late and somebody else may have been asked.
    pub late: bool,
    /// The review of this round as it is: a draft, or as it was sent.
    #[serde(skip)]
    pub draft: Review,
    /// How often it has been kept: what is written beside an older one is not put in its place unseen.
    pub draft_version: i64,
    /// The criteria of the form.
    pub criteria: Vec<String>,
    /// The review of this round as it was sent.
    pub sent: Option<ReviewText>,
    /// The day on which it was sent.
    pub sent_on: Option<Date>,
    /// Earlier versions of it, the newest first.
    pub versions: Vec<VersionView>,
    /// Blind copies, the newest round first.
    pub files: Vec<FileRound>,
    /// Rounds that are over, the newest first.
    pub past: Vec<PastRound>,
    /// Days after the review is due until somebody else is asked.
    pub grace_days: u32,
}

impl Store {
    /// The page of a reviewer's manuscript.
    pub async fn reviewer_view(&self, proof: &AsReviewer) -> Result<ReviewerView, Fault> {
        let manuscript = self.blind_row(proof.manuscript).await?;
        let clock = self.reviewers_clock(proof).await?;
        if proof.invited() {
            return Ok(ReviewerView::Invitation(Box::new(InvitationView {
                facts: manuscript.facts(),
                clock,
                review_days: self.rules().review_days,
                grace_days: self.rules().review_grace_days,
            })));
        }
        let desk = self.desk(proof, &manuscript, clock).await?;
        Ok(ReviewerView::Desk(Box::new(desk)))
    }

    async fn reviewers_clock(&self, proof: &AsReviewer) -> Result<Option<ClockView>, Fault> {
        let row = window::Entity::find()
            .filter(window::Column::AssignmentId.eq(proof.assignment))
            .filter(window::Column::ClosedAt.is_null())
            .order_by_asc(window::Column::DueAt)
            .one(&self.db.read)
            .await?;
        row.map(|row| self.clock_view(&row)).transpose()
    }

    async fn desk(
        &self,
        proof: &AsReviewer,
        manuscript: &BlindRow,
        clock: Option<ClockView>,
    ) -> Result<DeskView, Fault> {
        let rows = self.own_review_rows(proof).await?;
        let decided = self.decided(proof).await?;
        let round = Self::last_round(manuscript, &rows, &decided);
        let reviews = rows
            .iter()
            .map(|row| Ok((row, self.own_review(proof, row)?)))
            .collect::<Result<Vec<_>, Fault>>()?;
        let present = reviews.iter().find(|(row, _)| row.round == round);
        let sent = present.filter(|(row, _)| row.state == "sent");
        let phase = phase(manuscript, round, &decided, sent.is_some());
        let versions = self.versions(proof, sent.map(|(row, _)| *row)).await?;
        let files = by_round(self.blind_files(proof.manuscript, round).await?);
        let past = self.past(proof, round, phase, &reviews, &decided).await?;
        let pages = self.pages();
        Ok(DeskView {
            facts: manuscript.facts(),
            latin: proof.label.latin(),
            chinese: proof.label.chinese(),
            round,
            clock: clock.filter(|_| phase == Phase::Write),
            phase,
            late: proof.state == "released",
            draft: present.map(|(_, review)| review.clone()).unwrap_or_default(),
            draft_version: present.map_or(0, |(row, _)| row.version),
            sent: sent.map(|(_, review)| ReviewText::of(review, &pages)),
            criteria: criteria(&pages, sent.map(|(_, review)| review)),
            sent_on: sent.and_then(|(row, _)| row.sent_at).map(|at| self.day(at)),
            versions,
            files,
            past,
            grace_days: self.rules().review_grace_days,
        })
    }

    async fn versions(
        &self,
        proof: &AsReviewer,
        sent: Option<&review::Model>,
    ) -> Result<Vec<VersionView>, Fault> {
        let rows = review_version::Entity::find()
            .filter(review_version::Column::ReviewId.eq(sent.map_or(0, |row| row.id)))
            .order_by_desc(review_version::Column::At)
            .all(&self.db.read)
            .await?;
        rows.into_iter()
            .map(|row| {
                let cell = Cell::new("review_version", "sealed", row.id);
                let review: Review = self.vault.open_for(proof, cell, &row.sealed)?;
                Ok(VersionView {
                    until: self.day(row.at),
                    review: ReviewText::of(&review, &self.pages()),
                })
            })
            .collect()
    }

    async fn past(
        &self,
        proof: &AsReviewer,
        round: i32,
        phase: Phase,
        reviews: &[(&review::Model, Review)],
        decided: &[Decided],
    ) -> Result<Vec<PastRound>, Fault> {
        let answers = self.answers_sent_before(proof).await?;
        let last = if phase == Phase::Closed { round } else { round - 1 };
        Ok((1..=last)
            .rev()
            .map(|past| {
                let review = reviews
                    .iter()
                    .find(|(row, _)| row.round == past && row.state == "sent")
                    .map(|(row, review)| (*row, review));
                // The answers come with the next round of review, not when the author sends them.
                let answers = answers.iter().find(|(of, _)| *of == past && past < round);
                self.past_round(
                    proof,
                    past,
                    past < round,
                    review,
                    decided,
                    answers.map(|(_, a)| a),
                )
            })
            .collect())
    }
}

fn phase(manuscript: &BlindRow, round: i32, decided: &[Decided], sent: bool) -> Phase {
    let in_review = manuscript.stage == Stage::InReview.key() && manuscript.round == round;
    let pending = decided.iter().any(|d| d.pending);
    match (in_review && !pending, sent) {
        (false, _) => Phase::Closed,
        (true, true) => Phase::Sent,
        (true, false) => Phase::Write,
    }
}
