//! Small readings of rows that several audiences share and that name nobody.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, Condition};
use serde::Serialize;

use super::entity::{manuscript, window};
use super::{Fault, Store};
use crate::domain::window::{Urgency, WindowKind, days_left, last_day, urgency};

/// The blind title in the manuscript's own language, else the other.
pub(super) fn title(row: &manuscript::Model) -> &str {
    let (own, other) = if row.language == "en" {
        (&row.title_en, &row.title_zh)
    } else {
        (&row.title_zh, &row.title_en)
    };
    if own.is_empty() { other } else { own }
}

/// The blind title in the other language than `title`, if there is one.
pub(super) fn title_other(row: &manuscript::Model) -> &str {
    let other = if row.language == "en" {
        &row.title_zh
    } else {
        &row.title_en
    };
    if other == title(row) { "" } else { other }
}

/// A clock as every page shows it: in days, never instants.
#[derive(Clone, Debug, Serialize)]
pub struct ClockView {
    /// What it waits for.
    pub kind: WindowKind,
    /// The last day.
    pub until: Date,
    /// Days left: 0 on the last day.
    pub days: i64,
    /// How pressing it is.
    pub urgency: Urgency,
    /// Whether it stands still, the manuscript being on hold.
    pub held: bool,
}

impl Store {
    pub(super) fn clock_view(&self, row: &window::Model) -> Result<ClockView, Fault> {
        let kind =
            WindowKind::from_key(&row.kind).ok_or_else(|| Fault::Value(format!("window {}", row.kind)))?;
        let (opens, due, now) = (instant(row.opens_at), instant(row.due_at), self.clock.now());
        Ok(ClockView {
            kind,
            until: last_day(due, &self.rules()),
            days: days_left(now, due, &self.rules()),
            urgency: urgency(now, opens, due),
            held: row.held_at.is_some(),
        })
    }

    /// Today, in the journal's zone.
    pub fn today(&self) -> Date {
        self.day(self.clock.now().as_microsecond())
    }

    pub(super) fn day(&self, micros: i64) -> Date {
        instant(micros).to_zoned(self.rules().zone()).date()
    }
}

/// Whether an instant has come that is never set more than `longest` ahead: one that lies further off was set while
/// the clock ran ahead, and waiting for it would be waiting for a mistake.
pub(super) fn due(column: impl ColumnTrait, now: Timestamp, longest: SignedDuration) -> Condition {
    let far = (now + longest + SignedDuration::from_secs(1)).as_microsecond();
    Condition::any()
        .add(column.lte(now.as_microsecond()))
        .add(column.gt(far))
}

pub(super) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or_default()
}
