//! “My reviews”: one's own assignments, found by slots, so that nothing links two rows of one person.

use std::collections::HashMap;

use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use super::BlindRow;
use crate::domain::stage::Stage;
use crate::store::access::{OPEN_ASSIGNMENTS, Who, label_of};
use crate::store::entity::{assignment, decision, review, window};
use crate::store::rows::ClockView;
use crate::store::vault::{Tie, by_slots};
use crate::store::{Fault, Store};

/// One of one's own reviews.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRow {
    /// The manuscript's number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The title's language.
    pub lang: String,
    /// One's own letter, Latin.
    pub latin: char,
    /// One's own letter, Chinese.
    pub chinese: char,
    /// The round of review.
    pub round: i32,
    /// What is asked: `answer`, `review`, `done`; of a past one what came of it: `reviewed`, `closed`, `declined`,
    /// `expired`, `cancelled`.
    pub asked: &'static str,
    /// Whether its page can be opened.
    pub open: bool,
    /// The clock.
    pub clock: Option<ClockView>,
}

/// One's own reviews.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReviewList {
    /// What waits for somebody, the most pressing first.
    pub present: Vec<ReviewRow>,
    /// What is over.
    pub past: Vec<ReviewRow>,
}

struct Found {
    manuscripts: HashMap<i64, BlindRow>,
    windows: HashMap<i64, window::Model>,
    /// Assignment and round of the reviews that were sent.
    sent: Vec<(i64, i32)>,
    /// The rounds, by manuscript, that a decision ended today.
    ended_today: HashMap<i64, i32>,
}

impl Found {
    /// The round that is in review as far as a reviewer is told. It is over from the day after the decision was received: the
    /// instant at which the author opened it shows nowhere.
    fn in_review(&self, manuscript: &BlindRow) -> Option<i32> {
        match manuscript.stage == Stage::InReview.key() {
            true => Some(manuscript.round),
            false => self.ended_today.get(&manuscript.id).copied(),
        }
    }
}

impl Store {
    /// The person's own reviews.
    pub async fn own_reviews(&self, who: &Who) -> Result<ReviewList, Fault> {
        let mut rows = self.own_assignments(who).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.manuscript_id).collect();
        let free = self.nothing_stronger(who, &ids).await?;
        rows.retain(|row| free.contains(&row.manuscript_id));
        let found = self.around_own(&rows).await?;
        let mut list = ReviewList::default();
        rows.sort_by_key(|row| std::cmp::Reverse(row.invited_at));
        for row in &rows {
            let Some(view) = self.review_row_of(row, &found)? else {
                continue;
            };
            if matches!(view.asked, "answer" | "review" | "done") {
                list.present.push(view);
            } else {
                list.past.push(view);
            }
        }
        let pressing = |row: &ReviewRow| (row.asked == "done", row.clock.as_ref().map(|c| c.until));
        list.present.sort_by_key(pressing);
        Ok(list)
    }

    /// Whoever was only put on the list of alternates was never asked and learns nothing of it.
    async fn own_assignments(&self, who: &Who) -> Result<Vec<assignment::Model>, Fault> {
        let column = assignment::Column::SlotTag;
        let (vault, conn) = (&self.vault, &self.db.read);
        let mut rows =
            by_slots::<assignment::Entity>(vault, conn, Tie::Reviewer, who.account, column).await?;
        rows.retain(|row| row.invited_at.is_some() && row.state != "alternate");
        Ok(rows)
    }

    async fn around_own(&self, rows: &[assignment::Model]) -> Result<Found, Fault> {
        let ids: Vec<i64> = rows.iter().map(|row| row.manuscript_id).collect();
        let own: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let manuscripts = self.blind_rows(&ids).await?;
        let today = self.today();
        let decisions: Vec<(i64, i32, Option<i64>)> = decision::Entity::find()
            .select_only()
            .columns([
                decision::Column::ManuscriptId,
                decision::Column::Round,
                decision::Column::ReceivedAt,
            ])
            .filter(decision::Column::ManuscriptId.is_in(ids.iter().copied()))
            .filter(decision::Column::State.eq("received"))
            .order_by_asc(decision::Column::DecidedAt)
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let ended_today: HashMap<i64, i32> = decisions
            .into_iter()
            .filter(|(_, _, at)| at.is_some_and(|at| self.day(at) == today))
            .map(|(id, round, _)| (id, round))
            .collect();
        let mut windows = window::Entity::find()
            .filter(window::Column::AssignmentId.is_in(own.iter().copied()))
            .filter(
                window::Column::ClosedAt
                    .is_null()
                    .or(window::Column::ManuscriptId.is_in(ended_today.keys().copied())),
            )
            .all(&self.db.read)
            .await?;
        // Of each assignment the open one counts, else the one that the decision closed.
        windows.sort_by_key(|w| (w.closed_at.is_none(), w.closed_at, w.due_at));
        let sent = review::Entity::find()
            .select_only()
            .columns([review::Column::AssignmentId, review::Column::Round])
            .filter(review::Column::AssignmentId.is_in(own))
            .filter(review::Column::State.eq("sent"))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        Ok(Found {
            manuscripts: manuscripts.into_iter().map(|m| (m.id, m)).collect(),
            windows: windows
                .into_iter()
                .filter_map(|w| w.assignment_id.map(|id| (id, w)))
                .collect(),
            sent,
            ended_today,
        })
    }

    fn review_row_of(&self, row: &assignment::Model, found: &Found) -> Result<Option<ReviewRow>, Fault> {
        let Some(manuscript) = found.manuscripts.get(&row.manuscript_id) else {
            return Ok(None);
        };
        let facts = manuscript.facts();
        let label = label_of(row.label)?;
        let in_review = found.in_review(manuscript);
        let asked = asked(row, in_review, &found.sent);
        let waits = matches!(asked, "answer" | "review");
        let window = found.windows.get(&row.id).filter(|_| waits);
        Ok(Some(ReviewRow {
            number: facts.number,
            title: facts.title,
            lang: facts.lang,
            latin: label.latin(),
            chinese: label.chinese(),
            round: in_review.unwrap_or(manuscript.round),
            asked,
            open: OPEN_ASSIGNMENTS.contains(&row.state.as_str()) && asked != "closed",
            clock: window.map(|w| self.clock_view(w)).transpose()?,
        }))
    }
}

fn asked(row: &assignment::Model, in_review: Option<i32>, sent: &[(i64, i32)]) -> &'static str {
    let reviewed = sent.iter().any(|(id, _)| *id == row.id);
    let now = in_review.is_some_and(|round| sent.contains(&(row.id, round)));
    match row.state.as_str() {
        "invited" if in_review.is_some() => "answer",
        "accepted" | "released" if now => "done",
        "accepted" | "released" if in_review.is_some() => "review",
        "accepted" | "released" if reviewed => "reviewed",
        "declined" => "declined",
        "expired" => "expired",
        "cancelled" => "cancelled",
        _ => "closed",
    }
}
