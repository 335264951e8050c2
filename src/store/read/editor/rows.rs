//! A row of the office's lists: who waits on whom, the clock, the next act. Eight queries for any number of rows.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait};
use serde::Serialize;

use super::super::super::access::{AsStaff, label_of};
use super::super::super::case::stage_of;
use super::super::super::entity::{assignment, decision, handling, manuscript, request, review, window};
use super::super::super::rows::{ClockView, title, title_other};
use super::super::super::{Fault, Store};
use super::{LabelView, Name, language_of};
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;
use crate::seal::Cell;

/// One manuscript in a list of the office.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The public number.
    pub number: String,
    /// The blind title.
    pub title: String,
    /// The title's language.
    pub title_lang: &'static str,
    /// The blind title in the other language, if there is one.
    pub title_other: String,
    /// Its language.
    pub title_other_lang: &'static str,
    /// The round of review.
    pub round: i32,
    /// Where it stands.
    pub stage: &'static str,
    /// The clock that matters, if one runs or has run out.
    pub clock: Option<ClockView>,
    /// Who waits on whom: a key of translations.
    pub waits: &'static str,
    /// The reviewers who are waited for.
    pub labels: Vec<LabelView>,
    /// Reviewers who are still wanted.
    pub needed: u32,
    /// Who handles it.
    pub handler: Option<Name>,
    /// Whether the reader handles it.
    pub mine: bool,
    /// The next act: a key of translations.
    pub next: &'static str,
    /// The page of the next act, below the manuscript's.
    pub page: &'static str,
    /// Whether it is on hold.
    pub held: bool,
}

/// What decides who waits on whom.
#[derive(Clone, Debug)]
pub(super) struct Situation {
    pub stage: Stage,
    pub handled: bool,
    pub pending: bool,
    pub proof: Proof,
    pub asked: u32,
    pub accepted: u32,
    pub waited: u32,
    pub reviews: u32,
    pub wanted: u32,
    /// Whether a request of the author waits for the office.
    pub asked_of_us: bool,
}

/// Where the proof page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    None,
    /// The author corrected it: a new one is to be sent.
    Corrected,
    Open,
    Settled,
}

impl Situation {
    /// Who waits on whom, as a key of translations `waits-…`.
    pub(super) fn waits(&self) -> &'static str {
        match self.stage {
            _ if self.pending => "letter",
            _ if self.asked_of_us => "request",
            Stage::Screening if !self.handled => "unhandled",
            Stage::Screening => "notice",
            Stage::Returned => "completion",
            Stage::InReview if self.reviews >= self.wanted => "decision",
            Stage::InReview if self.asked + self.accepted < self.wanted => "reviewers-needed",
            Stage::InReview if self.asked > 0 => "answers",
            Stage::InReview if self.waited > 0 => "reviews",
            Stage::InReview => "decision",
            Stage::Revising => "revision",
            Stage::ReReview => "re-review",
            Stage::Accepted if self.proof == Proof::None => "proof-to-send",
            Stage::Accepted if self.proof == Proof::Corrected => "proof-corrected",
            Stage::Accepted if self.proof == Proof::Open => "proof",
            Stage::Accepted => "publication",
            Stage::Released => "reaffirmation",
            _ => "nobody",
        }
    }

    /// The next act, as a key of translations `next-…`, and its page.
    pub(super) fn next(&self) -> (&'static str, &'static str) {
        match self.waits() {
            "letter" => ("letter", "/decision"),
            "request" => ("answer", "/matters"),
            "unhandled" => ("take", ""),
            "notice" => ("screen", "/decision"),
            "decision" => ("decide", "/decision"),
            "reviewers-needed" => ("find", "/reviewers"),
            "answers" | "reviews" => ("remind", "/reviewers"),
            "re-review" => ("read-revision", "/reviews"),
            "proof-to-send" => ("send-proof", "/decision"),
            "proof-corrected" => ("send-corrected", "/decision"),
            "publication" => ("publish", "/decision"),
            _ => ("look", ""),
        }
    }
}

/// The rows that belong to some manuscripts, by manuscript.
pub(super) struct Around {
    pub windows: HashMap<i64, Vec<window::Model>>,
    pub assignments: HashMap<i64, Vec<assignment::Model>>,
    pub reviews: HashMap<i64, Vec<review::Model>>,
    pub pending: Vec<i64>,
    pub handlers: HashMap<i64, i64>,
    pub names: HashMap<i64, Name>,
    /// Requests that are open.
    pub matters: HashMap<i64, usize>,
}

fn grouped<M>(rows: Vec<M>, key: impl Fn(&M) -> i64) -> HashMap<i64, Vec<M>> {
    let mut out: HashMap<i64, Vec<M>> = HashMap::new();
    for row in rows {
        out.entry(key(&row)).or_default().push(row);
    }
    out
}

impl Around {
    pub(super) fn situation(&self, row: &manuscript::Model, wanted: u32) -> Result<Situation, Fault> {
        let windows = self.windows.get(&row.id).map_or(&[][..], Vec::as_slice);
        let assignments = self.assignments.get(&row.id).map_or(&[][..], Vec::as_slice);
        let count = |state: &str| assignments.iter().filter(|a| a.state == state).count() as u32;
        let proof = windows.iter().rfind(|w| w.kind == WindowKind::Proof.key());
        let waited = windows
            .iter()
            .filter(|w| w.closed_at.is_none() && matches!(w.kind.as_str(), "review" | "review-grace"));
        Ok(Situation {
            stage: stage_of(&row.stage)?,
            handled: self.handlers.contains_key(&row.id),
            pending: self.pending.contains(&row.id),
            proof: match proof {
                None => Proof::None,
                Some(w) if w.closed_at.is_none() => Proof::Open,
                Some(w) if w.outcome == "ended" => Proof::Corrected,
                Some(_) => Proof::Settled,
            },
            asked: count("invited"),
            accepted: count("accepted"),
            waited: waited.count() as u32,
            reviews: self.reviews.get(&row.id).map_or(0, |rows| {
                rows.iter().filter(|r| r.round == row.round).count() as u32
            }),
            wanted,
            asked_of_us: row.office_list == "decide" && self.matters.contains_key(&row.id),
        })
    }

    /// The clock that matters: the manuscript's own if one runs, else the one that ran out, else the reviewers' earliest.
    pub(super) fn clock(&self, row: &manuscript::Model) -> Option<&window::Model> {
        let windows = self.windows.get(&row.id)?;
        let open = |w: &&window::Model| w.closed_at.is_none();
        let own = windows.iter().filter(open).filter(|w| w.assignment_id.is_none());
        let ran_out = windows
            .iter()
            .filter(|w| row.office_list == "overdue" && w.outcome == "ran-out" && w.assignment_id.is_none());
        let theirs = windows.iter().filter(open).filter(|w| w.assignment_id.is_some());
        own.min_by_key(|w| w.due_at)
            .or_else(|| ran_out.max_by_key(|w| w.due_at))
            .or_else(|| theirs.min_by_key(|w| w.due_at))
    }

    /// The labels of the reviewers who are waited for.
    pub(super) fn waited_labels(&self, row: &manuscript::Model) -> Result<Vec<LabelView>, Fault> {
        let windows = self.windows.get(&row.id).map_or(&[][..], Vec::as_slice);
        let waited = |a: &&assignment::Model| {
            windows
                .iter()
                .any(|w| w.closed_at.is_none() && w.assignment_id == Some(a.id))
        };
        let assignments = self.assignments.get(&row.id).map_or(&[][..], Vec::as_slice);
        let mut labels: Vec<_> = assignments
            .iter()
            .filter(waited)
            .map(|a| label_of(a.label))
            .collect::<Result<_, _>>()?;
        labels.sort();
        Ok(labels.into_iter().map(LabelView::from).collect())
    }
}

impl Store {
    /// Everything around some manuscripts that their rows need.
    pub(super) async fn around(
        &self,
        proof: &impl super::super::super::access::Proof,
        ids: &[i64],
    ) -> Result<Around, Fault> {
        let ids = || ids.iter().copied();
        let windows = window::Entity::find()
            .filter(window::Column::ManuscriptId.is_in(ids()))
            .filter(
                window::Column::ClosedAt
                    .is_null()
                    .or(window::Column::Outcome.eq("ran-out"))
                    .or(window::Column::Kind.eq(WindowKind::Proof.key())),
            )
            .order_by_asc(window::Column::OpensAt)
            .all(&self.db.read)
            .await?;
        let assignments = assignment::Entity::find()
            .filter(assignment::Column::ManuscriptId.is_in(ids()))
            .order_by_asc(assignment::Column::Position)
            .all(&self.db.read)
            .await?;
        let reviews = review::Entity::find()
            .filter(review::Column::ManuscriptId.is_in(ids()))
            .filter(review::Column::State.eq("sent"))
            .all(&self.db.read)
            .await?;
        let pending = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.is_in(ids()))
            .filter(decision::Column::State.eq("pending"))
            .all(&self.db.read)
            .await?;
        let mut handlers = HashMap::new();
        let rows = handling::Entity::find()
            .filter(handling::Column::ManuscriptId.is_in(ids()))
            .all(&self.db.read)
            .await?;
        for row in rows {
            let cell = Cell::new("handling", "sealed", row.id);
            let account: i64 = self.vault.open_for(proof, cell, &row.sealed)?;
            handlers.insert(row.manuscript_id, account);
        }
        let mut matters: HashMap<i64, usize> = HashMap::new();
        let open: Vec<i64> = request::Entity::find()
            .select_only()
            .column(request::Column::ManuscriptId)
            .filter(request::Column::ManuscriptId.is_in(ids()))
            .filter(request::Column::State.eq("open"))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        for id in open {
            *matters.entry(id).or_default() += 1;
        }
        let accounts: Vec<i64> = handlers.values().copied().collect();
        Ok(Around {
            windows: grouped(windows, |w| w.manuscript_id),
            assignments: grouped(assignments, |a| a.manuscript_id),
            reviews: grouped(reviews, |r| r.manuscript_id),
            pending: pending.into_iter().map(|d| d.manuscript_id).collect(),
            names: self.names_of(&accounts).await?,
            handlers,
            matters,
        })
    }

    pub(super) fn office_row(
        &self,
        proof: &AsStaff,
        row: &manuscript::Model,
        around: &Around,
    ) -> Result<Row, Fault> {
        let situation = around.situation(row, self.rules().reviews_wanted)?;
        let (next, page) = situation.next();
        let handler = around.handlers.get(&row.id);
        Ok(Row {
            number: row.number.clone(),
            title: title(row).to_owned(),
            title_lang: language_of(title(row)),
            title_other: title_other(row).to_owned(),
            title_other_lang: language_of(title_other(row)),
            round: row.round,
            stage: situation.stage.key(),
            clock: around.clock(row).map(|w| self.clock_view(w)).transpose()?,
            waits: situation.waits(),
            labels: around.waited_labels(row)?,
            needed: situation
                .wanted
                .saturating_sub(situation.asked + situation.accepted),
            handler: handler.and_then(|id| around.names.get(id)).cloned(),
            mine: handler == Some(&proof.who().account()),
            next,
            page,
            held: row.held,
        })
    }
}
