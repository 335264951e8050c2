//! “My reviews”: one's own assignments, found by slots, so that nothing links two rows of one person.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use crate::domain::stage::Stage;
use crate::store::access::{OPEN_ASSIGNMENTS, Who, label_of};
use crate::store::entity::{assignment, decision, manuscript, review, window};
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
    pub lang: &'static str,
    /// The title in the other language, if there is one.
    pub other: String,
    /// Its language.
    pub other_lang: &'static str,
    /// One's own letter, Latin.
    pub latin: char,
    /// One's own letter, Chinese.
    pub chinese: char,
    /// The round of review.
    pub round: i32,
    /// What is asked: `answer`, `review`, `late` (released: it is gladly read all the same), `done`; of a past one what came
    /// of it: `reviewed`, `closed`, `declined`, `expired`, `cancelled`.
    pub asked: &'static str,
    /// Whether its page can be opened.
    pub open: bool,
    /// The clock.
    pub clock: Option<ClockView>,
}

/// What is over, a page.
const PAGE: usize = 25;

/// One's own reviews.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReviewList {
    /// What waits for somebody, the most pressing first.
    pub present: Vec<ReviewRow>,
    /// A page of what is over, the latest first.
    pub past: Vec<ReviewRow>,
    /// The page, from 1, of `pages`.
    pub page: usize,
    /// How many pages of it there are.
    pub pages: usize,
    /// The years in which reviews were sent, the latest first, with their number.
    pub years: Vec<(i16, usize)>,
}

/// The columns of a manuscript that a line of the list shows.
#[derive(FromQueryResult)]
struct Listed {
    id: i64,
    number: String,
    stage: String,
    round: i32,
    language: String,
    title_zh: String,
    title_en: String,
}

impl Listed {
    /// The title in the manuscript's own language, or in the other if it has none.
    fn title(&self) -> (&str, &'static str) {
        let (zh, en) = ((self.title_zh.as_str(), "zh-CN"), (self.title_en.as_str(), "en"));
        let (own, other) = if self.language == "en" { (en, zh) } else { (zh, en) };
        if own.0.is_empty() { other } else { own }
    }

    /// The title in the other language, or nothing.
    fn other(&self) -> (&str, &'static str) {
        match self.title().1 {
            "en" => (self.title_zh.as_str(), "zh-CN"),
            _ => (self.title_en.as_str(), "en"),
        }
    }
}

struct Found {
    manuscripts: HashMap<i64, Listed>,
    windows: HashMap<i64, window::Model>,
    /// Assignment, round and instant of the reviews that were sent.
    sent: Vec<(i64, i32, Option<i64>)>,
    /// The rounds, by manuscript, that a decision ended today.
    ended_today: HashMap<i64, i32>,
}

impl Found {
    /// The round that is in review as far as a reviewer is told. It is over from the day after the decision was received: the
    /// instant at which the author opened it shows nowhere.
    fn in_review(&self, manuscript: &Listed) -> Option<i32> {
        match manuscript.stage == Stage::InReview.key() {
            true => Some(manuscript.round),
            false => self.ended_today.get(&manuscript.id).copied(),
        }
    }
}

impl Store {
    /// The person's own reviews, with one page of those that are over.
    pub async fn own_reviews(&self, who: &Who, page: usize) -> Result<ReviewList, Fault> {
        let mut rows = self.own_assignments(who).await?;
        let found = self.around_own(&rows).await?;
        let years = self.by_year(found.sent.iter().filter_map(|(_, _, at)| *at));
        let ids: Vec<i64> = rows.iter().map(|row| row.manuscript_id).collect();
        let free = self.nothing_stronger(who, &ids).await?;
        rows.retain(|row| free.contains(&row.manuscript_id));
        rows.sort_by_key(|row| std::cmp::Reverse(row.invited_at));
        let (mut present, mut past) = (Vec::new(), Vec::new());
        for row in &rows {
            let Some(view) = self.review_row_of(row, &found)? else {
                continue;
            };
            if matches!(view.asked, "answer" | "review" | "late" | "done") {
                present.push(view);
            } else {
                past.push(view);
            }
        }
        let pressing = |row: &ReviewRow| {
            (
                matches!(row.asked, "late" | "done"),
                row.clock.as_ref().map(|c| c.until),
            )
        };
        present.sort_by_key(pressing);
        let pages = past.len().div_ceil(PAGE);
        let page = page.clamp(1, pages.max(1));
        Ok(ReviewList {
            present,
            past: past.into_iter().skip((page - 1) * PAGE).take(PAGE).collect(),
            page,
            pages,
            years,
        })
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
        use manuscript::Column as C;
        let manuscripts: Vec<Listed> = manuscript::Entity::find()
            .select_only()
            .columns([
                C::Id,
                C::Number,
                C::Stage,
                C::Round,
                C::Language,
                C::TitleZh,
                C::TitleEn,
            ])
            .filter(C::Id.is_in(ids.iter().copied()))
            .into_model()
            .all(&self.db.read)
            .await?;
        let today = self.today();
        // A day has at most 25 hours, anywhere.
        let lately = self.clock.now() - SignedDuration::from_hours(26);
        let decisions: Vec<(i64, i32, Option<i64>)> = decision::Entity::find()
            .select_only()
            .columns([
                decision::Column::ManuscriptId,
                decision::Column::Round,
                decision::Column::ReceivedAt,
            ])
            .filter(decision::Column::ManuscriptId.is_in(ids.iter().copied()))
            .filter(decision::Column::State.eq("received"))
            .filter(decision::Column::ReceivedAt.gte(lately.as_microsecond()))
            .order_by_asc(decision::Column::DecidedAt)
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let ended_today: HashMap<i64, i32> = decisions
            .into_iter()
            .filter(|(_, _, at)| at.is_some_and(|at| self.day(at) == today))
            .map(|(id, round, _)| (id, round))
            .collect();
        // Only what is in review, or was this morning, has a clock.
        let in_review = Stage::InReview.key();
        let running: HashSet<i64> = manuscripts
            .iter()
            .filter(|m| m.stage == in_review || ended_today.contains_key(&m.id))
            .map(|m| m.id)
            .collect();
        let timed = rows.iter().filter(|row| running.contains(&row.manuscript_id));
        let mut windows = window::Entity::find()
            .filter(window::Column::AssignmentId.is_in(timed.map(|row| row.id)))
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
            .columns([
                review::Column::AssignmentId,
                review::Column::Round,
                review::Column::SentAt,
            ])
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
        let (title, lang) = manuscript.title();
        let (other, other_lang) = manuscript.other();
        let label = label_of(row.label)?;
        let in_review = found.in_review(manuscript);
        let asked = asked(row, in_review, &found.sent);
        let waits = matches!(asked, "answer" | "review");
        let window = found.windows.get(&row.id).filter(|_| waits);
        Ok(Some(ReviewRow {
            number: manuscript.number.clone(),
            title: title.to_owned(),
            lang,
            other: other.to_owned(),
            other_lang,
            latin: label.latin(),
            chinese: label.chinese(),
            round: in_review.unwrap_or(manuscript.round),
            asked,
            open: OPEN_ASSIGNMENTS.contains(&row.state.as_str()) && asked != "closed",
            clock: window.map(|w| self.clock_view(w)).transpose()?,
        }))
    }
}

fn asked(row: &assignment::Model, in_review: Option<i32>, sent: &[(i64, i32, Option<i64>)]) -> &'static str {
    let own = || sent.iter().filter(|(id, _, _)| *id == row.id);
    let reviewed = own().next().is_some();
    let now = own().any(|(_, round, _)| Some(*round) == in_review);
    match row.state.as_str() {
        "invited" if in_review.is_some() => "answer",
        "accepted" | "released" if now => "done",
        "accepted" if in_review.is_some() => "review",
        "released" if in_review.is_some() => "late",
        "accepted" | "released" if reviewed => "reviewed",
        "declined" => "declined",
        "expired" => "expired",
        "cancelled" => "cancelled",
        _ => "closed",
    }
}
