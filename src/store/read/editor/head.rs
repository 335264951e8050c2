//! The head of every page about one manuscript: stage, clocks, who handles it, the pending decision, the next act.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::Serialize;

use super::super::super::access::{AsEditor, OPEN_ASSIGNMENTS};
use super::super::super::entity::{assignment, authorship, decision, letter, manuscript, mark};
use super::super::super::outbox::letter_gone;
use super::super::super::roles::Capacity;
use super::super::super::rows::{ClockView, title, title_other};
use super::super::super::vault::Tie;
use super::super::super::{Fault, Store};
use super::rows::Around;
use super::{LabelView, Moment, Name, language_of};
use crate::domain::decision::DecisionKind;
use crate::domain::window::WindowKind;

/// A clock with what the office may do about it.
#[derive(Clone, Debug, Serialize)]
pub struct OpenClock {
    /// The clock.
    pub clock: ClockView,
    /// Whether it can be extended here.
    pub extendable: bool,
}

/// A decision whose letter waits or is on its way.
#[derive(Clone, Debug, Serialize)]
pub struct PendingView {
    /// What was decided.
    pub kind: String,
    /// When.
    pub decided: Moment,
    /// When its letter goes.
    pub goes: Moment,
    /// Minutes until then; 0 when it has gone.
    pub minutes: i64,
    /// Whether its letter has gone or is going.
    pub gone: bool,
    /// Whether the reader can still take it back.
    pub can_undo: bool,
}

/// The head of a manuscript's pages.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// The public number.
    pub number: String,
    /// The blind title.
    pub title: String,
    /// Its language.
    pub title_lang: &'static str,
    /// The manuscript's language.
    pub language: String,
    /// The blind title in the other language, if there is one.
    pub title_other: String,
    /// Its language.
    pub title_other_lang: &'static str,
    /// The blind abstract in the manuscript's language.
    pub summary: String,
    /// The blind keywords in the manuscript's language.
    pub keywords: String,
    /// Where it stands.
    pub stage: String,
    /// The round of review.
    pub round: i32,
    /// The row's version, for forms.
    pub version: i64,
    /// Article type.
    pub article_type: String,
    /// Section.
    pub section: String,
    /// What is known of the trial's registration, without its number.
    pub trial: String,
    /// Day of receipt.
    pub submitted: Option<jiff::civil::Date>,
    /// Who handles it.
    pub handler: Option<Name>,
    /// Whether the reader handles it.
    pub mine: bool,
    /// The clocks that run.
    pub clocks: Vec<OpenClock>,
    /// The decision that waits.
    pub pending: Option<PendingView>,
    /// Who waits on whom: a key of translations.
    pub waits: &'static str,
    /// The reviewers who are waited for.
    pub labels: Vec<LabelView>,
    /// Reviewers who are still wanted.
    pub needed: u32,
    /// The next act: a key of translations.
    pub next: &'static str,
    /// Its page, below the manuscript's.
    pub page: &'static str,
    /// Whether the reader may take the handling.
    pub can_take: bool,
    /// Whether the reader may give it to somebody.
    pub can_give: bool,
    /// Whether the reader decides on manuscripts.
    pub decides: bool,
    /// Assignments so far.
    pub assignments: usize,
    /// Reviews so far.
    pub reviews: usize,
    /// Reviews of this round.
    pub reviews_now: u32,
    /// Letters so far.
    pub letters: u64,
    /// Whether it is on hold.
    pub held: bool,
    /// Requests of the author that wait for the office.
    pub matters: usize,
}

/// Somebody to whom the handling can be given.
#[derive(Clone, Debug, Serialize)]
pub struct EditorChoice {
    /// The account's row.
    pub id: i64,
    /// The name.
    pub name: Name,
    /// Whether it is the reader.
    pub me: bool,
}

impl Store {
    pub(super) async fn manuscript_of(&self, proof: &AsEditor) -> Result<manuscript::Model, Fault> {
        manuscript::Entity::find_by_id(proof.manuscript())
            .one(&self.db.read)
            .await?
            .ok_or_else(|| Fault::Value("manuscript is gone".into()))
    }

    /// The head of a manuscript's pages.
    pub async fn editor_head(&self, proof: &AsEditor) -> Result<Head, Fault> {
        let row = self.manuscript_of(proof).await?;
        let around = self.around(proof, &[row.id]).await?;
        let letters = letter::Entity::find()
            .filter(letter::Column::ManuscriptId.eq(row.id))
            .count(&self.db.read)
            .await?;
        let pending = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(row.id))
            .filter(decision::Column::State.eq("pending"))
            .one(&self.db.read)
            .await?;
        let mut head = self.head(proof, &row, &around, letters, pending.as_ref())?;
        if let (Some(view), Some(pending)) = (&mut head.pending, &pending) {
            let own = pending.kind == DecisionKind::ReturnForCompletion.key();
            let may = proof.roles().decides() || own;
            view.gone = letter_gone(&self.db.read, pending.id).await?;
            view.can_undo = may && !view.gone;
        }
        Ok(head)
    }

    fn head(
        &self,
        proof: &AsEditor,
        row: &manuscript::Model,
        around: &Around,
        letters: u64,
        pending: Option<&decision::Model>,
    ) -> Result<Head, Fault> {
        let situation = around.situation(row, self.rules().reviews_wanted)?;
        let (next, page) = situation.next();
        let handler = around.handlers.get(&row.id);
        let mine = handler == Some(&proof.account());
        let roles = proof.roles();
        let english = row.language == "en";
        let pick = |zh: &String, en: &String| if english || zh.is_empty() { en } else { zh }.clone();
        Ok(Head {
            number: row.number.clone(),
            title: title(row).to_owned(),
            title_lang: language_of(title(row)),
            language: row.language.clone(),
            title_other: title_other(row).to_owned(),
            title_other_lang: language_of(title_other(row)),
            summary: pick(&row.abstract_zh, &row.abstract_en),
            keywords: pick(&row.keywords_zh, &row.keywords_en),
            stage: row.stage.clone(),
            round: row.round,
            version: row.version,
            article_type: row.article_type.clone(),
            section: row.section.clone(),
            trial: row.trial.clone(),
            submitted: row.submitted_at.map(|at| self.day(at)),
            handler: handler.and_then(|id| around.names.get(id)).cloned(),
            mine,
            clocks: self.clocks(row, around, roles.decides())?,
            pending: pending.map(|p| self.pending_view(p)),
            waits: situation.waits(),
            labels: around.waited_labels(row)?,
            needed: situation
                .wanted
                .saturating_sub(situation.asked + situation.accepted),
            next,
            page,
            can_take: roles.decides() && !mine && (roles.chief() || handler.is_none()),
            can_give: roles.decides() && (roles.chief() || mine || handler.is_none()),
            decides: roles.decides(),
            assignments: around.assignments.get(&row.id).map_or(0, Vec::len),
            reviews: around.reviews.get(&row.id).map_or(0, Vec::len),
            reviews_now: situation.reviews,
            letters,
            held: row.held,
            matters: around.matters.get(&row.id).copied().unwrap_or(0),
        })
    }

    fn clocks(
        &self,
        row: &manuscript::Model,
        around: &Around,
        decides: bool,
    ) -> Result<Vec<OpenClock>, Fault> {
        let windows = around.windows.get(&row.id).map_or(&[][..], Vec::as_slice);
        let own = windows
            .iter()
            .filter(|w| w.closed_at.is_none() && w.assignment_id.is_none());
        let mut out: Vec<OpenClock> = own
            .map(|w| {
                let clock = self.clock_view(w)?;
                Ok(OpenClock {
                    extendable: decides && clock.kind != WindowKind::Screening,
                    clock,
                })
            })
            .collect::<Result<_, Fault>>()?;
        if out.is_empty()
            && let Some(late) = around.clock(row)
        {
            out.push(OpenClock {
                clock: self.clock_view(late)?,
                extendable: false,
            });
        }
        out.sort_by_key(|c| c.clock.until);
        Ok(out)
    }

    fn pending_view(&self, row: &decision::Model) -> PendingView {
        let left = row.send_at - self.clock.now().as_microsecond();
        PendingView {
            kind: row.kind.clone(),
            decided: self.moment(row.decided_at),
            goes: self.moment(row.send_at),
            // Up to the next whole minute: one that has begun is still one.
            minutes: if left > 0 { left / 60_000_000 + 1 } else { 0 },
            gone: false,
            can_undo: false,
        }
    }

    /// The editors to whom the handling can be given: they decide, and have no tie to the manuscript.
    pub async fn editor_choices(&self, proof: &AsEditor) -> Result<Vec<EditorChoice>, Fault> {
        let id = proof.manuscript();
        let marks: Vec<Vec<u8>> = mark::Entity::find()
            .filter(mark::Column::ManuscriptId.eq(id))
            .all(&self.db.read)
            .await?
            .into_iter()
            .map(|m| m.tag)
            .collect();
        let authors: Vec<Vec<u8>> = authorship::Entity::find()
            .filter(authorship::Column::ManuscriptId.eq(id))
            .all(&self.db.read)
            .await?
            .into_iter()
            .map(|a| a.access_tag)
            .collect();
        let reviewers: Vec<Vec<u8>> = assignment::Entity::find()
            .filter(assignment::Column::ManuscriptId.eq(id))
            .filter(assignment::Column::State.is_in(OPEN_ASSIGNMENTS))
            .all(&self.db.read)
            .await?
            .into_iter()
            .map(|a| a.access_tag)
            .collect();
        let tag = |tie, account| self.vault.access_tag(tie, account, id);
        let mut out: Vec<EditorChoice> = self
            .people_in(&self.db.read, Capacity::Office)
            .await?
            .into_iter()
            .filter(|p| {
                p.roles.decides()
                    && !authors.contains(&tag(Tie::Author, p.id))
                    && !reviewers.contains(&tag(Tie::Reviewer, p.id))
                    && !marks.contains(&tag(Tie::Declared, p.id))
                    && !marks.contains(&self.vault.typed_tag(&p.email, id))
            })
            .map(|p| EditorChoice {
                id: p.id,
                name: Name::of(&p.profile, &p.email),
                me: p.id == proof.account(),
            })
            .collect();
        out.sort_by(|a, b| b.me.cmp(&a.me).then_with(|| a.name.en.cmp(&b.name.en)));
        Ok(out)
    }
}
