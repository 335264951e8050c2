//! What must hold between rows: references, ties, windows, letters, articles.

use std::collections::{HashMap, HashSet};

use sea_orm::{EntityTrait, QuerySelect};

use super::super::assignments::AssignmentBody;
use super::super::entity::{
    account, article, assignment, authorship, decision, file, handling, job, letter, manuscript, mark,
    request, review, review_version, revision, window,
};
use super::super::outbox::Stored;
use super::super::vault::Tie;
use super::super::{Fault, Store};
use super::{Findings, VERIFY};
use crate::domain::person::Email;
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;
use crate::seal::Cell;

const LETTER_STATES: [&str; 6] = ["queued", "sending", "sent", "held", "failed", "cancelled"];

impl Store {
    pub(super) async fn verify_rows(&self, out: &mut Findings) -> Result<(), Fault> {
        let manuscripts: HashMap<i64, manuscript::Model> = manuscript::Entity::find()
            .all(&self.db.read)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        self.verify_references(&manuscripts, out).await?;
        self.verify_accounts(out).await?;
        self.verify_ties(out).await?;
        self.verify_windows(&manuscripts, out).await?;
        self.verify_letters(out).await?;
        self.verify_articles(&manuscripts, out).await
    }

    /// Rows name rows that are there. The database holds this for what it knows of; a damaged one may not have.
    async fn verify_references(
        &self,
        manuscripts: &HashMap<i64, manuscript::Model>,
        out: &mut Findings,
    ) -> Result<(), Fault> {
        let conn = &self.db.read;
        let mut dangling = |table: &str, id: i64, of: &str| {
            out.break_at(
                &format!("{table} {id}"),
                format!("it names a {of} that is not there"),
            );
        };
        macro_rules! of_a_manuscript {
            ($($entity:ident),*) => { $(
                let rows: Vec<(i64, i64)> = $entity::Entity::find().select_only()
                    .columns([$entity::Column::Id, $entity::Column::ManuscriptId]).into_tuple().all(conn).await?;
                for (id, manuscript) in rows {
                    if !manuscripts.contains_key(&manuscript) {
                        dangling(stringify!($entity), id, "manuscript");
                    }
                }
            )* };
        }
        of_a_manuscript!(
            authorship, mark, handling, assignment, review, decision, revision, file, window, request
        );
        macro_rules! ids {
            ($entity:ident) => {{
                let ids: Vec<i64> = $entity::Entity::find()
                    .select_only()
                    .column($entity::Column::Id)
                    .into_tuple()
                    .all(conn)
                    .await?;
                ids.into_iter().collect::<HashSet<i64>>()
            }};
        }
        let (assignments, reviews, files, decisions) =
            (ids!(assignment), ids!(review), ids!(file), ids!(decision));
        macro_rules! names {
            ($entity:ident . $column:ident in $known:ident, $of:literal) => {
                let rows: Vec<(i64, Option<i64>)> = $entity::Entity::find()
                    .select_only()
                    .columns([$entity::Column::Id, $entity::Column::$column])
                    .into_tuple()
                    .all(conn)
                    .await?;
                for (id, named) in rows {
                    if named.is_some_and(|named| !$known.contains(&named)) {
                        dangling(stringify!($entity), id, $of);
                    }
                }
            };
        }
        names!(review.AssignmentId in assignments, "assignment");
        names!(file.AssignmentId in assignments, "assignment");
        names!(window.AssignmentId in assignments, "assignment");
        names!(review_version.ReviewId in reviews, "review");
        names!(job.FileId in files, "file");
        names!(letter.DecisionId in decisions, "decision");
        Ok(())
    }

    /// Every account opens, and is found by its address.
    async fn verify_accounts(&self, out: &mut Findings) -> Result<(), Fault> {
        for row in account::Entity::find().all(&self.db.read).await? {
            match self.secret(&row) {
                Ok(secret) if self.vault.address_tag(&secret.email) == row.address_tag => (),
                Ok(_) => out.break_at(&format!("account {}", row.id), "it is not found by its address"),
                Err(error) => out.break_at(
                    &format!("account {}", row.id),
                    format!("it does not open: {error}"),
                ),
            }
        }
        Ok(())
    }

    /// Who is tied to a manuscript is found by that tie: otherwise a door is open, or shut, that should not be.
    async fn verify_ties(&self, out: &mut Findings) -> Result<(), Fault> {
        let wrong = "the tag of its tie is not that of the person it names";
        for row in authorship::Entity::find().all(&self.db.read).await? {
            let cell = Cell::new("authorship", "sealed", row.id);
            let found = self.vault.open_for::<i64>(&VERIFY, cell, &row.sealed);
            let holds = found.is_ok_and(|account| {
                account == 0
                    || row.access_tag == self.vault.access_tag(Tie::Author, account, row.manuscript_id)
            });
            if !holds {
                out.break_at(&format!("authorship {}", row.id), wrong);
            }
        }
        let mut labels = HashSet::new();
        for row in assignment::Entity::find().all(&self.db.read).await? {
            let cell = Cell::new("assignment", "sealed", row.id);
            let found = self.vault.open_for::<AssignmentBody>(&VERIFY, cell, &row.sealed);
            let holds = found.is_ok_and(|body| {
                let tag = |account| self.vault.access_tag(Tie::Reviewer, account, row.manuscript_id);
                body.account == 0 || row.access_tag == tag(body.account)
            });
            if !holds {
                out.break_at(&format!("assignment {}", row.id), wrong);
            }
            if !labels.insert((row.manuscript_id, row.label)) {
                out.break_at(
                    &format!("assignment {}", row.id),
                    "another reviewer has the same label",
                );
            }
        }
        Ok(())
    }

    /// A stage that lives by a clock has that clock; no clock runs twice, backwards, or for a manuscript that has left.
    async fn verify_windows(
        &self,
        manuscripts: &HashMap<i64, manuscript::Model>,
        out: &mut Findings,
    ) -> Result<(), Fault> {
        let mut open: HashMap<(i64, Option<i64>, String), usize> = HashMap::new();
        for row in window::Entity::find().all(&self.db.read).await? {
            out.windows += 1;
            let place = format!("window {}", row.id);
            let Some(kind) = WindowKind::from_key(&row.kind) else {
                out.break_at(&place, format!("unknown kind {}", row.kind));
                continue;
            };
            if row.due_at < row.opens_at || row.closed_at.is_some_and(|at| at < row.opens_at) {
                out.break_at(&place, "it closes before it opens");
            }
            if row.closed_at.is_some() {
                continue;
            }
            let stage = manuscripts
                .get(&row.manuscript_id)
                .and_then(|m| Stage::from_key(&m.stage));
            let wanted = stage.and_then(clock_of);
            let of_a_stage = [
                WindowKind::Screening,
                WindowKind::Completion,
                WindowKind::Revision,
            ]
            .contains(&kind);
            if of_a_stage && wanted != Some(kind) {
                out.break_at(&place, format!("a {} window is open where none can be", row.kind));
            }
            *open
                .entry((row.manuscript_id, row.assignment_id, row.kind))
                .or_default() += 1;
        }
        for ((manuscript, _, kind), count) in &open {
            if *count > 1 {
                let number = manuscripts.get(manuscript).map_or("?", |m| m.number.as_str());
                out.break_at(number, format!("{count} open {kind} windows"));
            }
        }
        for row in manuscripts.values() {
            match Stage::from_key(&row.stage).map(clock_of) {
                None => out.break_at(&row.number, format!("unknown stage {}", row.stage)),
                Some(Some(kind)) if !open.contains_key(&(row.id, None, kind.key().to_owned())) => {
                    out.break_at(&row.number, format!("0 open {} windows", kind.key()));
                }
                Some(_) => (),
            }
        }
        Ok(())
    }

    /// Every letter opens, has a recipient, and holds no link that still leads anywhere.
    async fn verify_letters(&self, out: &mut Findings) -> Result<(), Fault> {
        let site = self.journal().site.clone();
        for row in letter::Entity::find().all(&self.db.read).await? {
            out.letters += 1;
            let place = format!("letter {}", row.id);
            let stored = self
                .vault
                .open_for::<Stored>(&VERIFY, Self::letter_cell(row.id), &row.sealed);
            let stored = match stored {
                Ok(stored) => stored,
                Err(error) => {
                    out.break_at(&place, format!("it does not open or has no recipient: {error}"));
                    continue;
                }
            };
            if Email::parse(stored.to.as_str()).is_none() {
                out.break_at(&place, "it has no recipient");
            }
            if !LETTER_STATES.contains(&row.state.as_str()) {
                out.break_at(&place, format!("unknown state {}", row.state));
            }
            if row.state == "sent" && row.sent_at.is_none() {
                out.break_at(&place, "it was sent at no time");
            }
            if stored.text.contains(&format!("{site}/link/")) {
                out.break_at(&place, "it holds a one-time link");
            }
        }
        Ok(())
    }

    /// What is public has its article, and nothing else has.
    async fn verify_articles(
        &self,
        manuscripts: &HashMap<i64, manuscript::Model>,
        out: &mut Findings,
    ) -> Result<(), Fault> {
        let articles: HashSet<String> = article::Entity::find()
            .all(&self.db.read)
            .await?
            .into_iter()
            .map(|row| row.number)
            .collect();
        let public: HashSet<String> = manuscripts
            .values()
            .filter(|m| Stage::from_key(&m.stage).is_some_and(Stage::is_public))
            .map(|m| m.number.clone())
            .collect();
        for number in articles.difference(&public) {
            out.break_at(number, "there is an article of what is not public");
        }
        for number in public.difference(&articles) {
            out.break_at(number, "there is no article of what is public");
        }
        Ok(())
    }

    pub(super) async fn account_of_assignment(&self, id: i64) -> Result<Option<i64>, Fault> {
        let Some(row) = assignment::Entity::find_by_id(id).one(&self.db.read).await? else {
            return Ok(None);
        };
        let cell = Cell::new("assignment", "sealed", row.id);
        let body: AssignmentBody = self.vault.open_for(&VERIFY, cell, &row.sealed)?;
        Ok(Some(body.account))
    }
}

/// The clock by which a stage lives.
fn clock_of(stage: Stage) -> Option<WindowKind> {
    match stage {
        Stage::Screening => Some(WindowKind::Screening),
        Stage::Returned => Some(WindowKind::Completion),
        Stage::Revising => Some(WindowKind::Revision),
        _ => None,
    }
}
