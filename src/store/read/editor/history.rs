//! The timeline: what happened, who did it by role, when it was due and when it was noticed.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::AsEditor;
use super::super::super::entity::event;
use super::super::super::{Fault, Store};
use super::{LabelView, Moment, Name};
use crate::domain::decision::DecisionKind;
use crate::domain::event::EventBody;
use crate::domain::request::RequestKind;
use crate::domain::window::WindowKind;
use crate::seal::Cell;

/// One entry of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct EventView {
    /// Its place in the chain.
    pub seq: i64,
    /// When it was noticed.
    pub at: Moment,
    /// What happened: a key of translations `event-…`.
    pub kind: String,
    /// `author`, `editor`, `reviewer` or `clock`.
    pub role: String,
    /// The editor's name.
    pub name: Option<Name>,
    /// The reviewer concerned.
    pub label: Option<LabelView>,
    /// What besides, as a key of translations, or empty.
    pub detail: String,
    /// What besides, in somebody's words.
    pub words: String,
    /// Until when more time was given.
    pub until: Option<jiff::civil::Date>,
    /// The fields that the author corrected: keys of translations `details-field-`.
    pub fields: Vec<String>,
    /// When it was due, for what the clock did.
    pub due: Option<Moment>,
}

impl Store {
    /// The history of a manuscript, the latest first.
    pub async fn editor_history(&self, proof: &AsEditor) -> Result<Vec<EventView>, Fault> {
        let rows = event::Entity::find()
            .filter(event::Column::ManuscriptId.eq(proof.manuscript()))
            .order_by_desc(event::Column::Seq)
            .all(&self.db.read)
            .await?;
        let bodies: Vec<EventBody> = rows
            .iter()
            .map(|row| {
                let cell = Cell::new("event", "sealed", row.id);
                self.vault.open_for(proof, cell, &row.sealed)
            })
            .collect::<Result<_, _>>()?;
        // Only the office's people are looked up: an author's or reviewer's account is none of this page's business.
        let editors: Vec<i64> = bodies
            .iter()
            .filter(|b| b.role == "editor")
            .filter_map(|b| b.actor)
            .collect();
        let names = self.names_of(&editors).await?;
        Ok(rows
            .iter()
            .zip(bodies)
            .map(|(row, body)| self.event_view(row, body, &names))
            .collect())
    }

    fn event_view(&self, row: &event::Model, body: EventBody, names: &HashMap<i64, Name>) -> EventView {
        let fields: Vec<String> = match row.kind.as_str() {
            "details-changed" => body.note.split(", ").map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let (detail, words) = match fields.is_empty() {
            true => detail(&row.kind, &body.note),
            false => Default::default(),
        };
        // More time: until when, and the reason if there is one.
        let (until, words) = match (row.kind.as_str(), words.split_once(':')) {
            ("extended", Some((day, reason))) => (day.parse().ok(), reason.trim().to_owned()),
            _ => (None, words),
        };
        EventView {
            until,
            fields,
            seq: row.seq,
            at: self.moment(row.at),
            kind: row.kind.clone(),
            name: body
                .actor
                .filter(|_| body.role == "editor")
                .and_then(|actor| names.get(&actor).cloned()),
            label: body.label.map(LabelView::from),
            detail,
            words,
            due: body.due.map(|at| self.moment(at)),
            role: body.role,
        }
    }
}

/// A note as a key of translations and the rest in words.
fn detail(kind: &str, note: &str) -> (String, String) {
    let (first, rest) = note.split_once([' ', ':']).unwrap_or((note, ""));
    if kind == "entered" {
        // Where it stood, the manuscript's page says.
        return (String::new(), rest.trim().to_owned());
    }
    let key = match kind {
        "decided" | "decision-undone" | "decision-received" | "decision-void" => {
            (first == "proof" || DecisionKind::from_key(first).is_some()).then(|| format!("decision-{first}"))
        }
        "window-closed" | "reminded" | "extended" => {
            WindowKind::from_key(first).map(|w| format!("window-{}", w.key()))
        }
        "request-asked" | "request-granted" | "request-refused" | "request-taken-back" => {
            RequestKind::from_key(first).map(|kind| format!("request-{}", kind.key()))
        }
        "notice-published" => Some(format!("notice-{first}")),
        "trial-exception" => Some(format!("gate-{first}")),
        "reviewer-released" => Some(format!("assignment-{first}")),
        _ => None,
    };
    match key {
        Some(key) => (key, rest.trim().to_owned()),
        None => (String::new(), note.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::detail;

    #[test]
    fn notes_become_words() {
        let of = |kind, note| detail(kind, note);
        assert_eq!(
            of("decided", "decline"),
            ("decision-decline".to_owned(), String::new())
        );
        assert_eq!(
            of("extended", "review 2026-12-01: on leave"),
            ("window-review".to_owned(), "2026-12-01: on leave".to_owned())
        );
        assert_eq!(
            of("withdrawn", "sent by mistake"),
            (String::new(), "sent by mistake".to_owned())
        );
        assert_eq!(
            of("trial-exception", "needs-editors-reason: dates checked"),
            ("gate-needs-editors-reason".to_owned(), "dates checked".to_owned())
        );
    }
}
