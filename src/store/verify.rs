//! `bauta verify`: the chains, the blobs that rows name, and what must hold between rows.

mod files;
mod rows;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::access::{AsOffice, Purpose};
use super::entity::{event, manuscript};
use super::{Fault, Store};
use crate::domain::event::EventBody;
use crate::domain::replay::after;
use crate::domain::stage::Stage;
use crate::seal::Cell;

const VERIFY: AsOffice = AsOffice(Purpose::Verify);

/// What was looked at and what is broken.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Manuscripts looked at.
    pub manuscripts: usize,
    /// Events whose chain holds.
    pub events: usize,
    /// Files that open and are what was uploaded.
    pub files: usize,
    /// Blind copies in which nothing is seen.
    pub copies: usize,
    /// Letters looked at.
    pub letters: usize,
    /// Windows looked at.
    pub windows: usize,
    /// What is broken, one line each.
    pub broken: Vec<String>,
}

/// One event of the history, for whoever checks it: what, when, when it was due.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// The kind's name.
    pub kind: String,
    /// When it happened.
    pub at: jiff::Timestamp,
    /// When the clock's act was due.
    pub due: Option<jiff::Timestamp>,
}

impl Store {
    /// The history of a manuscript without its people.
    pub async fn history_of(&self, number: &str) -> Result<Vec<HistoryLine>, Fault> {
        let row = manuscript::Entity::find()
            .filter(manuscript::Column::Number.eq(number))
            .one(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok(Vec::new()) };
        let events = event::Entity::find()
            .filter(event::Column::ManuscriptId.eq(row.id))
            .order_by_asc(event::Column::Seq)
            .all(&self.db.read)
            .await?;
        let proof = super::access::AsOffice(super::access::Purpose::Verify);
        events
            .into_iter()
            .map(|event| {
                let cell = crate::seal::Cell::new("event", "sealed", event.id);
                let body: crate::domain::event::EventBody =
                    self.vault.open_for(&proof, cell, &event.sealed)?;
                let due = body.due.map(super::rows::instant);
                Ok(HistoryLine {
                    kind: event.kind,
                    at: super::rows::instant(event.at),
                    due,
                })
            })
            .collect()
    }

    /// Checks everything that is kept.
    pub async fn verify(&self) -> Result<Findings, Fault> {
        let mut out = Findings::default();
        for row in manuscript::Entity::find()
            .order_by_asc(manuscript::Column::Number)
            .all(&self.db.read)
            .await?
        {
            out.manuscripts += 1;
            self.verify_chain(&row, &mut out).await?;
        }
        self.verify_rows(&mut out).await?;
        self.verify_files(&mut out).await?;
        Ok(out)
    }

    async fn verify_chain(&self, row: &manuscript::Model, out: &mut Findings) -> Result<(), Fault> {
        let events = event::Entity::find()
            .filter(event::Column::ManuscriptId.eq(row.id))
            .order_by_asc(event::Column::Seq)
            .all(&self.db.read)
            .await?;
        if events.len() as i64 != row.events {
            out.broken.push(format!(
                "{}: {} events where {} were written",
                row.number,
                events.len(),
                row.events
            ));
        }
        let mut head = Vec::new();
        for (i, event) in events.iter().enumerate() {
            let link = self
                .vault
                .chain_link(&head, row.id, event.seq, event.at, &event.sealed);
            if event.seq != i as i64 + 1 || link != event.mac {
                out.broken
                    .push(format!("{}: the chain breaks at event {}", row.number, i + 1));
                return Ok(());
            }
            head = link;
            out.events += 1;
        }
        self.verify_stage(row, &events, out)?;
        if head != row.head {
            out.broken.push(format!(
                "{}: the chain does not end where it was last written",
                row.number
            ));
        }
        Ok(())
    }

    /// Where the history leads is where the manuscript stands.
    fn verify_stage(
        &self,
        row: &manuscript::Model,
        events: &[event::Model],
        out: &mut Findings,
    ) -> Result<(), Fault> {
        let mut stage = Stage::Draft;
        for event in events {
            let cell = Cell::new("event", "sealed", event.id);
            let body: EventBody = match self.vault.open_for(&VERIFY, cell, &event.sealed) {
                Ok(body) => body,
                Err(error) => {
                    out.break_at(&row.number, format!("event {} does not open: {error}", event.seq));
                    return Ok(());
                }
            };
            match after(stage, &event.kind, &body.note) {
                Some(next) => stage = next,
                None => {
                    let what = format!(
                        "event {} ({}) cannot follow on {}",
                        event.seq,
                        event.kind,
                        stage.key()
                    );
                    out.break_at(&row.number, what);
                    return Ok(());
                }
            }
        }
        if stage.key() != row.stage {
            let what = format!("it stands at {}, its history leads to {}", row.stage, stage.key());
            out.break_at(&row.number, what);
        }
        Ok(())
    }
}

impl Findings {
    fn break_at(&mut self, place: &str, what: impl std::fmt::Display) {
        self.broken.push(format!("{place}: {what}"));
    }
}
