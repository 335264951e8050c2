//! “My manuscripts”.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::Who;
use super::super::super::case::stage_of;
use super::super::super::entity::{authorship, manuscript, window};
use super::super::super::rows::ClockView;
use super::super::super::vault::{Tie, by_slots};
use super::super::super::{Fault, Store};
use super::{clock_keys, own_title};
use crate::domain::manuscript::Submission;
use crate::domain::stage::Stage;
use crate::seal::Cell;

/// A line of the list.
#[derive(Clone, Debug, Serialize)]
pub struct MyManuscript {
    /// The public number.
    pub number: String,
    /// The title as its author wrote it; empty in a new draft.
    pub title: String,
    /// The title's language.
    pub title_lang: String,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Date,
    /// The clock that runs, if there is one.
    pub clock: Option<ClockView>,
    /// What the author can do next, as a key of translations; `wait` if it is the office's turn.
    pub act: &'static str,
    /// Where that is done.
    pub to: String,
}

impl Store {
    /// The manuscripts of which `who` is an author, the latest movement first.
    pub async fn my_manuscripts(&self, who: &Who) -> Result<Vec<MyManuscript>, Fault> {
        let column = authorship::Column::SlotTag;
        let (vault, conn) = (&self.vault, &self.db.read);
        let own = by_slots::<authorship::Entity>(vault, conn, Tie::Author, who.account(), column).await?;
        let ids: Vec<i64> = own.iter().map(|row| row.manuscript_id).collect();
        let rows = manuscript::Entity::find()
            .filter(manuscript::Column::Id.is_in(ids.clone()))
            .order_by_desc(manuscript::Column::StageAt)
            .order_by_asc(manuscript::Column::Number)
            .all(&self.db.read)
            .await?;
        let mut windows = window::Entity::find()
            .filter(window::Column::ManuscriptId.is_in(ids.clone()))
            .filter(window::Column::ClosedAt.is_null())
            .filter(window::Column::Kind.is_in(clock_keys()))
            .all(&self.db.read)
            .await?;
        // The soonest stands last and stays. Asked for in this order, SQLite would read all windows that are open.
        windows.sort_by_key(|row| std::cmp::Reverse(row.due_at));
        let windows: HashMap<i64, window::Model> =
            windows.into_iter().map(|row| (row.manuscript_id, row)).collect();
        let waiting: HashSet<i64> = self.decision_waits(ids).await?.into_iter().collect();
        rows.iter()
            .map(|row| self.my_manuscript(who, row, windows.get(&row.id), waiting.contains(&row.id)))
            .collect()
    }

    fn my_manuscript(
        &self,
        who: &Who,
        row: &manuscript::Model,
        window: Option<&window::Model>,
        waiting: bool,
    ) -> Result<MyManuscript, Fault> {
        let cell = Cell::new("manuscript", "sealed", row.id);
        let submission: Submission = self.vault.open_for(who, cell, &row.sealed)?;
        let (title, title_lang) = own_title(&submission);
        let stage = stage_of(&row.stage)?;
        let clock = window.map(|row| self.clock_view(row)).transpose()?;
        let proof = clock.as_ref().is_some_and(|c| c.kind.key() == "proof");
        let (act, path) = match stage {
            _ if waiting => ("open-decision", ""),
            Stage::Draft => ("continue", "/submission/resume"),
            Stage::Returned => ("complete", ""),
            Stage::Revising => ("revise", "/revision"),
            Stage::Released => ("reaffirm", ""),
            Stage::Accepted if proof => ("check-proof", "/proof"),
            stage if stage.is_public() => ("read", ""),
            stage if stage.is_over() => ("look", ""),
            _ => ("wait", ""),
        };
        Ok(MyManuscript {
            title,
            title_lang,
            stage,
            since: self.day(row.stage_at),
            clock,
            act,
            to: format!("/author/manuscripts/{}{path}", row.number),
            number: row.number.clone(),
        })
    }
}
