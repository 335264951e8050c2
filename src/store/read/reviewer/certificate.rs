//! How many reviews somebody wrote in which year, and nothing more (`RULES.md` 4).

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::store::access::Who;
use crate::store::entity::{assignment, review};
use crate::store::vault::{Tie, by_slots};
use crate::store::{Fault, Store};

impl Store {
    /// The reviews that a person sent, by year in the journal's zone, the latest year first.
    pub async fn reviews_by_year(&self, who: &Who) -> Result<Vec<(i16, usize)>, Fault> {
        let column = assignment::Column::SlotTag;
        let own =
            by_slots::<assignment::Entity>(&self.vault, &self.db.read, Tie::Reviewer, who.account, column)
                .await?;
        let sent: Vec<Option<i64>> = review::Entity::find()
            .select_only()
            .column(review::Column::SentAt)
            .filter(review::Column::AssignmentId.is_in(own.into_iter().map(|row| row.id)))
            .filter(review::Column::State.eq("sent"))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        Ok(self.by_year(sent.into_iter().flatten()))
    }

    /// Instants counted by year in the journal's zone, the latest year first.
    pub(super) fn by_year(&self, sent: impl Iterator<Item = i64>) -> Vec<(i16, usize)> {
        let mut years: BTreeMap<i16, usize> = BTreeMap::new();
        for at in sent {
            *years.entry(self.day(at).year()).or_default() += 1;
        }
        years.into_iter().rev().collect()
    }
}
