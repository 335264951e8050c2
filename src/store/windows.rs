//! Windows of a case: opened, extended, met or run out; and the office's lists, which follow from them.

use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::case::Case;
use super::entity::{assignment, review, window};
use super::rows::instant;
use super::{Fault, Store};
use crate::domain::stage::Stage;
use crate::domain::window::{WindowKind, due, reminders};

/// An open window, as the rules need it.
#[derive(Clone, Debug)]
pub struct OpenWindow {
    /// The row.
    pub id: i64,
    /// What it waits for.
    pub kind: WindowKind,
    /// The reviewer's assignment, if it is about one.
    pub assignment: Option<i64>,
    /// When it opened.
    pub opens: Timestamp,
    /// When it closes.
    pub due: Timestamp,
    /// When it reminds next.
    pub reminds: Option<Timestamp>,
    /// Since when it stands still, while the manuscript is on hold.
    pub held: Option<Timestamp>,
}

impl Store {
    /// The manuscripts in which something is due at `now`: a window closes or reminds. In the order of their rows' random
    /// numbers, which tells nothing; the order in which a database finds them may tell what else it holds.
    pub(crate) async fn due_manuscripts(&self, now: Timestamp) -> Result<Vec<i64>, Fault> {
        let now = now.as_microsecond();
        let mut found: Vec<i64> = window::Entity::find()
            .select_only()
            .column(window::Column::ManuscriptId)
            .filter(window::Column::ClosedAt.is_null())
            .filter(window::Column::HeldAt.is_null())
            .filter(window::Column::ManuscriptId.is_not_in(self.aside()))
            .filter(
                window::Column::DueAt
                    .lte(now)
                    .or(window::Column::NextReminder.lte(now)),
            )
            .distinct()
            .into_tuple()
            .all(&self.db.read)
            .await?;
        found.sort_unstable();
        Ok(found)
    }

    /// The next instant at which some window closes or reminds.
    pub(crate) async fn next_due(&self) -> Result<Option<Timestamp>, Fault> {
        let aside = self.aside();
        let open = || {
            window::Entity::find()
                .select_only()
                .filter(window::Column::ClosedAt.is_null())
                .filter(window::Column::HeldAt.is_null())
                .filter(window::Column::ManuscriptId.is_not_in(aside.iter().copied()))
        };
        let due: Option<Option<i64>> = open()
            .column_as(window::Column::DueAt.min(), "at")
            .into_tuple()
            .one(&self.db.read)
            .await?;
        let remind: Option<Option<i64>> = open()
            .column_as(window::Column::NextReminder.min(), "at")
            .into_tuple()
            .one(&self.db.read)
            .await?;
        Ok([due.flatten(), remind.flatten()]
            .into_iter()
            .flatten()
            .min()
            .map(instant))
    }
}

impl Case<'_> {
    /// Opens a window of the journal's length from now; returns when it closes.
    pub async fn open_window(&self, kind: WindowKind, assignment: Option<i64>) -> Result<Timestamp, Fault> {
        let closes = due(self.now, kind.length(self.rules()), self.rules());
        self.open_window_until(kind, assignment, self.now, closes).await?;
        Ok(closes)
    }

    /// Opens a window that closes at `closes`; on hold, one that stands still from the beginning.
    pub async fn open_window_until(
        &self,
        kind: WindowKind,
        assignment: Option<i64>,
        opens: Timestamp,
        closes: Timestamp,
    ) -> Result<(), Fault> {
        let next = if kind.reminds() {
            reminders(opens, closes, self.rules())
                .into_iter()
                .find(|at| *at > self.now)
        } else {
            None
        };
        let row = window::ActiveModel {
            id: Set(self.store.vault.id("window")),
            manuscript_id: Set(self.row.id),
            assignment_id: Set(assignment),
            kind: Set(kind.key().to_owned()),
            opens_at: Set(opens.as_microsecond()),
            due_at: Set(closes.as_microsecond()),
            closed_at: Set(None),
            noticed_at: Set(None),
            outcome: Set(String::new()),
            next_reminder: Set(next.map(Timestamp::as_microsecond)),
            held_at: Set((self.row.held && kind != WindowKind::Screening).then(|| self.now.as_microsecond())),
        };
        window::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(())
    }

    /// The windows that are open, the earliest first.
    pub async fn open_windows(&self) -> Result<Vec<OpenWindow>, Fault> {
        let rows = window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(self.row.id))
            .filter(window::Column::ClosedAt.is_null())
            .order_by_asc(window::Column::DueAt)
            .order_by_asc(window::Column::Id)
            .all(&self.txn)
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(OpenWindow {
                    id: row.id,
                    kind: WindowKind::from_key(&row.kind)
                        .ok_or_else(|| Fault::Value(format!("window {}", row.kind)))?,
                    assignment: row.assignment_id,
                    opens: instant(row.opens_at),
                    due: instant(row.due_at),
                    reminds: row.next_reminder.map(instant),
                    held: row.held_at.map(instant),
                })
            })
            .collect()
    }

    /// The open window of a kind.
    pub async fn window(&self, kind: WindowKind) -> Result<Option<OpenWindow>, Fault> {
        Ok(self.open_windows().await?.into_iter().find(|w| w.kind == kind))
    }

    /// Closes the open windows of a kind (of one assignment, if given) because what they waited for came.
    pub async fn meet(&self, kind: WindowKind, assignment: Option<i64>) -> Result<(), Fault> {
        self.close(Some(kind), assignment, "met").await
    }

    /// Closes the open windows of a kind, which wait for nothing any more.
    pub async fn end(&self, kind: WindowKind) -> Result<(), Fault> {
        self.close(Some(kind), None, "ended").await
    }

    /// Closes the open windows of one assignment: it is over.
    pub async fn end_windows_of(&self, assignment: i64) -> Result<(), Fault> {
        self.close(None, Some(assignment), "ended").await
    }

    /// Closes all open windows: the manuscript has moved on or left.
    pub async fn end_windows(&self) -> Result<(), Fault> {
        self.close(None, None, "ended").await
    }

    async fn close(
        &self,
        kind: Option<WindowKind>,
        assignment: Option<i64>,
        outcome: &str,
    ) -> Result<(), Fault> {
        let mut update = window::Entity::update_many()
            .col_expr(
                window::Column::ClosedAt,
                Expr::value(Some(self.now.as_microsecond())),
            )
            .col_expr(
                window::Column::NoticedAt,
                Expr::value(Some(self.now.as_microsecond())),
            )
            .col_expr(window::Column::Outcome, Expr::value(outcome))
            .filter(window::Column::ManuscriptId.eq(self.row.id))
            .filter(window::Column::ClosedAt.is_null());
        if let Some(kind) = kind {
            update = update.filter(window::Column::Kind.eq(kind.key()));
        }
        if let Some(assignment) = assignment {
            update = update.filter(window::Column::AssignmentId.eq(assignment));
        }
        update.exec(&self.txn).await?;
        Ok(())
    }

    /// Closes a window that ran out, at the instant at which it was due; false if it was closed already.
    pub(crate) async fn run_out(&self, open: &OpenWindow) -> Result<bool, Fault> {
        let result = window::Entity::update_many()
            .col_expr(
                window::Column::ClosedAt,
                Expr::value(Some(open.due.as_microsecond())),
            )
            .col_expr(
                window::Column::NoticedAt,
                Expr::value(Some(self.now.as_microsecond())),
            )
            .col_expr(window::Column::Outcome, Expr::value("ran-out"))
            .filter(window::Column::Id.eq(open.id))
            .filter(window::Column::ClosedAt.is_null())
            .exec(&self.txn)
            .await?;
        Ok(result.rows_affected == 1)
    }

    /// Sets a window's next reminder to the first one after now.
    pub(crate) async fn pass_reminder(&self, open: &OpenWindow) -> Result<(), Fault> {
        let next = reminders(open.opens, open.due, self.rules())
            .into_iter()
            .find(|at| *at > self.now);
        window::Entity::update_many()
            .col_expr(
                window::Column::NextReminder,
                Expr::value(next.map(Timestamp::as_microsecond)),
            )
            .filter(window::Column::Id.eq(open.id))
            .exec(&self.txn)
            .await?;
        Ok(())
    }

    /// Moves the end of an open window to `closes`.
    pub async fn extend(&self, open: &OpenWindow, closes: Timestamp) -> Result<(), Fault> {
        let next = if open.kind.reminds() {
            reminders(open.opens, closes, self.rules())
                .into_iter()
                .find(|at| *at > self.now)
        } else {
            None
        };
        window::Entity::update_many()
            .col_expr(window::Column::DueAt, Expr::value(closes.as_microsecond()))
            .col_expr(
                window::Column::NextReminder,
                Expr::value(next.map(Timestamp::as_microsecond)),
            )
            .filter(window::Column::Id.eq(open.id))
            .exec(&self.txn)
            .await?;
        Ok(())
    }

    pub(super) async fn refresh_due(&mut self) -> Result<(), Fault> {
        let open = self.open_windows().await?;
        self.row.next_due = open
            .iter()
            .filter(|w| w.assignment.is_none() && w.held.is_none())
            .map(|w| w.due.as_microsecond())
            .min();
        let soonest = open
            .iter()
            .filter(|w| w.held.is_none())
            .flat_map(|w| [Some(w.due), w.reminds])
            .flatten()
            .min();
        if let Some(at) = soonest {
            self.store
                .soonest
                .fetch_min(at.as_microsecond(), std::sync::atomic::Ordering::SeqCst);
        }
        Ok(())
    }

    /// Which of the office's five lists the manuscript stands in.
    pub(super) async fn office_list(&self) -> Result<String, Fault> {
        if self.office_must_answer().await? {
            return Ok("decide".to_owned());
        }
        let list = match self.stage() {
            Stage::Screening => "give-notice",
            Stage::InReview if self.window(WindowKind::Decision).await?.is_some() => "decide",
            Stage::InReview if self.window(WindowKind::FindReviewers).await?.is_some() => "find-reviewers",
            Stage::InReview if self.has_run_out(&[WindowKind::Decision]).await? => "overdue",
            // Once enough are asked or have accepted, there is nothing to do but wait for them.
            Stage::InReview if self.has_run_out(&[WindowKind::FindReviewers]).await? => {
                let tally = self.tally().await?;
                match tally.asked + tally.accepted >= self.rules().reviews_wanted {
                    true => "waiting",
                    false => "overdue",
                }
            }
            Stage::ReReview if self.window(WindowKind::ReReview).await?.is_some() => "decide",
            Stage::ReReview => "overdue",
            Stage::InReview | Stage::Returned | Stage::Revising | Stage::Released => "waiting",
            Stage::Accepted if self.window(WindowKind::Proof).await?.is_some() => "waiting",
            Stage::Accepted => "decide",
            _ => "",
        };
        Ok(list.to_owned())
    }

    /// Whether the last window of these kinds in this stage ran out.
    async fn has_run_out(&self, kinds: &[WindowKind]) -> Result<bool, Fault> {
        let last = window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(self.row.id))
            .filter(window::Column::Kind.is_in(kinds.iter().map(|k| k.key())))
            .filter(window::Column::OpensAt.gte(self.row.stage_at))
            .order_by_desc(window::Column::OpensAt)
            .one(&self.txn)
            .await?;
        Ok(last.is_some_and(|w| w.outcome == "ran-out"))
    }

    /// How many reviewers have accepted or are asked, and how many reviews of this round are in.
    pub async fn tally(&self) -> Result<Tally, Fault> {
        let count = async |states: &[&str]| {
            assignment::Entity::find()
                .filter(assignment::Column::ManuscriptId.eq(self.row.id))
                .filter(assignment::Column::State.is_in(states.iter().copied()))
                .count(&self.txn)
                .await
        };
        let reviews = review::Entity::find()
            .filter(review::Column::ManuscriptId.eq(self.row.id))
            .filter(review::Column::Round.eq(self.row.round))
            .filter(review::Column::State.eq("sent"))
            .count(&self.txn)
            .await?;
        Ok(Tally {
            asked: count(&["invited"]).await? as u32,
            accepted: count(&["accepted"]).await? as u32,
            reviews: reviews as u32,
        })
    }
}

/// Numbers of one round of review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// Invitations without an answer.
    pub asked: u32,
    /// Reviewers who accepted and are not released.
    pub accepted: u32,
    /// Reviews of this round that are in.
    pub reviews: u32,
}
