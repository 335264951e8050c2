//! The reviewers of one manuscript as the office sees them: names beside labels, states, clocks.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::{AsEditor, label_of};
use super::super::super::assignments::AssignmentBody;
use super::super::super::entity::{assignment, review, window};
use super::super::super::rows::ClockView;
use super::super::super::{Fault, Store};
use super::{LabelView, Name};
use crate::domain::stage::Stage;
use crate::seal::Cell;

/// Somebody who was asked, or stands on the list of alternates.
#[derive(Clone, Debug, Serialize)]
pub struct AssignmentView {
    /// The row.
    pub id: i64,
    /// The pseudonym.
    pub label: LabelView,
    /// The name.
    pub name: Name,
    /// Where it stands: a key of translations `assignment-…`.
    pub state: String,
    /// The day of the invitation.
    pub invited: Option<jiff::civil::Date>,
    /// The clock that runs.
    pub clock: Option<ClockView>,
    /// The reason that was recorded: of declining, or for asking in spite of a warning.
    pub reason: String,
    /// Whom the reviewer suggests instead.
    pub suggestion: String,
    /// Whether the review of this round is in.
    pub reviewed: bool,
    /// Whether it can be called off.
    pub can_cancel: bool,
    /// Whether a reminder or more time makes sense.
    pub can_remind: bool,
    /// Whether a review that came another way can be entered.
    pub can_enter: bool,
}

/// The page of reviewers.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewersView {
    /// In the order in which they were added.
    pub assignments: Vec<AssignmentView>,
    /// Whether somebody stands on the list of alternates.
    pub alternates: bool,
    /// How many reviews the journal wants.
    pub wanted: u32,
    /// Whether reviewers can be asked where the manuscript stands, by this reader.
    pub can_invite: bool,
}

pub(super) struct Reviewer {
    pub id: i64,
    pub label: LabelView,
    pub name: Name,
}

impl Store {
    pub(super) async fn assignment_bodies(
        &self,
        proof: &AsEditor,
    ) -> Result<Vec<(assignment::Model, AssignmentBody, Name)>, Fault> {
        let rows = assignment::Entity::find()
            .filter(assignment::Column::ManuscriptId.eq(proof.manuscript()))
            .order_by_asc(assignment::Column::Position)
            .all(&self.db.read)
            .await?;
        let bodies: Vec<AssignmentBody> = rows
            .iter()
            .map(|row| {
                let cell = Cell::new("assignment", "sealed", row.id);
                self.vault.open_for(proof, cell, &row.sealed)
            })
            .collect::<Result<_, _>>()?;
        let accounts: Vec<i64> = bodies.iter().map(|b| b.account).collect();
        let names = self.names_of(&accounts).await?;
        let name = |body: &AssignmentBody| names.get(&body.account).cloned().unwrap_or_default();
        Ok(rows
            .into_iter()
            .zip(bodies)
            .map(|(row, body)| {
                let name = name(&body);
                (row, body, name)
            })
            .collect())
    }

    /// Labels and names by assignment.
    pub(super) async fn reviewers_by_row(&self, proof: &AsEditor) -> Result<Vec<Reviewer>, Fault> {
        self.assignment_bodies(proof)
            .await?
            .into_iter()
            .map(|(row, _, name)| {
                Ok(Reviewer {
                    id: row.id,
                    label: label_of(row.label)?.into(),
                    name,
                })
            })
            .collect()
    }

    /// The reviewers of a manuscript.
    pub async fn editor_reviewers(&self, proof: &AsEditor) -> Result<ReviewersView, Fault> {
        let manuscript = self.manuscript_of(proof).await?;
        let windows = window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(manuscript.id))
            .filter(window::Column::ClosedAt.is_null())
            .filter(window::Column::AssignmentId.is_not_null())
            .all(&self.db.read)
            .await?;
        let reviews = review::Entity::find()
            .filter(review::Column::ManuscriptId.eq(manuscript.id))
            .filter(review::Column::Round.eq(manuscript.round))
            .filter(review::Column::State.eq("sent"))
            .all(&self.db.read)
            .await?;
        let in_review = manuscript.stage == Stage::InReview.key();
        let decides = proof.roles().decides();
        let assignments: Vec<AssignmentView> = self
            .assignment_bodies(proof)
            .await?
            .into_iter()
            .map(|(row, body, name)| {
                let open = windows.iter().find(|w| w.assignment_id == Some(row.id));
                let reviewed = reviews.iter().any(|r| r.assignment_id == row.id);
                let waits = matches!(row.state.as_str(), "invited" | "accepted") && !reviewed;
                Ok(AssignmentView {
                    id: row.id,
                    label: label_of(row.label)?.into(),
                    name,
                    invited: row.invited_at.map(|at| self.day(at)),
                    clock: open.map(|w| self.clock_view(w)).transpose()?,
                    reason: body.reason,
                    suggestion: body.suggestion,
                    reviewed,
                    can_cancel: decides && in_review && (waits || row.state == "alternate"),
                    can_remind: waits && open.is_some(),
                    can_enter: decides && in_review && !reviewed && (waits || row.state == "released"),
                    state: row.state,
                })
            })
            .collect::<Result<_, Fault>>()?;
        Ok(ReviewersView {
            alternates: assignments.iter().any(|a| a.state == "alternate"),
            assignments,
            wanted: self.rules().reviews_wanted,
            can_invite: in_review && decides,
        })
    }
}
