//! `bauta verify`: the chains, the blobs that rows name, and what must hold between rows.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{event, file, manuscript, window};
use super::{Fault, Store};
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;

/// What was looked at and what is broken.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Manuscripts looked at.
    pub manuscripts: usize,
    /// Events whose chain holds.
    pub events: usize,
    /// Files that open.
    pub files: usize,
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
            self.verify_windows(&row, &mut out).await?;
        }
        for row in file::Entity::find().all(&self.db.read).await? {
            for blob in [&row.blob, &row.blind_blob].into_iter().filter(|b| !b.is_empty()) {
                match self.blobs.get(blob) {
                    Ok(_) => out.files += 1,
                    Err(error) => out
                        .broken
                        .push(format!("file {} ({}): {error}", row.id, row.name)),
                }
            }
        }
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
        if head != row.head {
            out.broken.push(format!(
                "{}: the chain does not end where it was last written",
                row.number
            ));
        }
        Ok(())
    }

    /// A stage that lives by a clock has that clock, once.
    async fn verify_windows(&self, row: &manuscript::Model, out: &mut Findings) -> Result<(), Fault> {
        let wanted = match Stage::from_key(&row.stage) {
            Some(Stage::Screening) => WindowKind::Screening,
            Some(Stage::Returned) => WindowKind::Completion,
            Some(Stage::Revising) => WindowKind::Revision,
            Some(_) => return Ok(()),
            None => {
                out.broken
                    .push(format!("{}: unknown stage {}", row.number, row.stage));
                return Ok(());
            }
        };
        let open = window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(row.id))
            .filter(window::Column::ClosedAt.is_null())
            .filter(window::Column::Kind.eq(wanted.key()))
            .all(&self.db.read)
            .await?;
        if open.len() != 1 {
            out.broken.push(format!(
                "{}: {} open {} windows",
                row.number,
                open.len(),
                wanted.key()
            ));
        }
        Ok(())
    }
}
