//! What comes next: for a clock that is moved from one due instant to the next.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity::{letter, window};
use super::{Fault, Store};

impl Store {
    /// The first instant after `now` at which a window closes or reminds, or a letter goes.
    pub(crate) async fn next_event(&self, now: Timestamp) -> Result<Option<Timestamp>, Fault> {
        let now = now.as_microsecond();
        let open = || {
            window::Entity::find()
                .select_only()
                .filter(window::Column::ClosedAt.is_null())
        };
        let due: Option<Option<i64>> = open()
            .filter(window::Column::DueAt.gt(now))
            .column_as(window::Column::DueAt.min(), "at")
            .into_tuple()
            .one(&self.db.read)
            .await?;
        let reminds: Option<Option<i64>> = open()
            .filter(window::Column::NextReminder.gt(now))
            .column_as(window::Column::NextReminder.min(), "at")
            .into_tuple()
            .one(&self.db.read)
            .await?;
        let goes: Option<Option<i64>> = letter::Entity::find()
            .select_only()
            .filter(letter::Column::State.eq("queued"))
            .filter(letter::Column::SendAt.gt(now))
            .column_as(letter::Column::SendAt.min(), "at")
            .into_tuple()
            .one(&self.db.read)
            .await?;
        let soonest = [due, reminds, goes].into_iter().flatten().flatten().min();
        Ok(soonest.and_then(|at| Timestamp::from_microsecond(at).ok()))
    }
}
