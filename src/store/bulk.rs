//! Many manuscripts at once, as copies of one that was played through the actions: for benches, and for tests of faults
//! under load. Each copy has its own rows, people, seals, tags, words and chain, so that `bauta verify` accepts it and no
//! page can tell it from one that came in the ordinary way.

use std::collections::HashMap;

use jiff::SignedDuration;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use serde_json::Value;

use super::access::{AsOffice, Purpose};
use super::entity::{
    article, assignment, authorship, decision, event, file, handling, letter, manuscript, mark, review,
    revision, window,
};
use super::vault::{Tie, by_slots};
use super::{Fault, Store};
use crate::domain::manuscript::Submission;
use crate::domain::person::Email;
use crate::seal::Cell;

const COPIES: AsOffice = AsOffice(Purpose::Verify);
/// Copies that are written together.
const BATCH: usize = 100;
/// Letters of each copy; the others would fill a disk and no page.
const LETTERS: usize = 2;

/// Whose the copies are: accounts, taken in turn.
#[derive(Clone, Copy, Debug)]
pub struct Cast<'a> {
    /// Authors.
    pub authors: &'a [i64],
    /// Reviewers, who take the places of the original's; at least as many as it has.
    pub reviewers: &'a [i64],
    /// Handling editors.
    pub editors: &'a [i64],
}

/// A copy that was made.
#[derive(Clone, Debug)]
pub struct Copied {
    /// Its public number.
    pub number: String,
    /// Its author's account.
    pub author: i64,
    /// Its reviewers' accounts, in the order of the original's.
    pub reviewers: Vec<i64>,
}

/// A row with what is sealed in it.
type Opened<M> = Vec<(M, Value)>;

/// The original, opened.
struct Template {
    manuscript: manuscript::Model,
    submission: Submission,
    handling: Option<handling::Model>,
    assignments: Opened<assignment::Model>,
    reviews: Opened<review::Model>,
    decisions: Opened<decision::Model>,
    revisions: Opened<revision::Model>,
    windows: Vec<window::Model>,
    letters: Opened<letter::Model>,
    events: Opened<event::Model>,
    files: Vec<(file::Model, Value, Option<Value>)>,
    article: Option<article::Model>,
}

/// Rows that wait to be written.
#[derive(Default)]
struct Rows {
    manuscripts: Vec<manuscript::Model>,
    submissions: Vec<Submission>,
    authorships: Vec<authorship::Model>,
    handlings: Vec<handling::Model>,
    assignments: Vec<assignment::Model>,
    reviews: Vec<review::Model>,
    decisions: Vec<decision::Model>,
    revisions: Vec<revision::Model>,
    windows: Vec<window::Model>,
    letters: Vec<letter::Model>,
    events: Vec<event::Model>,
    files: Vec<file::Model>,
    marks: Vec<mark::Model>,
    articles: Vec<article::Model>,
}

macro_rules! opened {
    ($store:ident, $id:ident, $entity:ident, $table:literal, $order:ident) => {{
        let found = $entity::Entity::find()
            .filter($entity::Column::ManuscriptId.eq($id))
            .order_by_asc($entity::Column::$order)
            .all(&$store.db.read)
            .await?;
        let mut out = Vec::new();
        for row in found {
            let value = $store
                .vault
                .open_for(&COPIES, Cell::new($table, "sealed", row.id), &row.sealed)?;
            out.push((row, value));
        }
        out
    }};
}

impl Store {
    /// Copies a manuscript once for each span of `shifts`, by which all its instants are moved.
    pub async fn multiply(
        &self,
        number: &str,
        cast: &Cast<'_>,
        shifts: &[SignedDuration],
    ) -> Result<Vec<Copied>, Fault> {
        let template = self.template(number).await?;
        let mut copier = Copier {
            store: self,
            cast,
            slots: HashMap::new(),
            rows: Rows::default(),
        };
        let mut out = Vec::new();
        let txn = self.db.begin().await?;
        for (n, shift) in shifts.iter().enumerate() {
            let shift = i64::try_from(shift.as_micros()).unwrap_or(0);
            out.push(copier.copy(&txn, &template, n, shift).await?);
            if n % BATCH == BATCH - 1 {
                copier.write(&txn).await?;
            }
        }
        copier.write(&txn).await?;
        txn.commit().await?;
        Ok(out)
    }

    async fn template(&self, number: &str) -> Result<Template, Fault> {
        let store = self;
        let found = manuscript::Entity::find().filter(manuscript::Column::Number.eq(number));
        let manuscript = found.one(&self.db.read).await?;
        let manuscript = manuscript.ok_or_else(|| Fault::Value("no such manuscript to copy".into()))?;
        let id = manuscript.id;
        let cell = Cell::new("manuscript", "sealed", id);
        let submission = self.vault.open_for(&COPIES, cell, &manuscript.sealed)?;
        let mut files = Vec::new();
        let opened: Opened<file::Model> = opened!(store, id, file, "file", Position);
        for (row, value) in opened {
            let cell = Cell::new("file", "report", row.id);
            let report = (!row.report.is_empty()).then(|| self.vault.open_for(&COPIES, cell, &row.report));
            files.push((row, value, report.transpose()?));
        }
        let handling = handling::Entity::find().filter(handling::Column::ManuscriptId.eq(id));
        let windows = window::Entity::find().filter(window::Column::ManuscriptId.eq(id));
        let mut letters = opened!(store, id, letter, "letter", SendAt);
        letters.truncate(LETTERS);
        Ok(Template {
            submission,
            handling: handling.one(&self.db.read).await?,
            assignments: opened!(store, id, assignment, "assignment", Position),
            reviews: opened!(store, id, review, "review", Id),
            decisions: opened!(store, id, decision, "decision", DecidedAt),
            revisions: opened!(store, id, revision, "revision", Round),
            windows: windows.all(&self.db.read).await?,
            letters,
            events: opened!(store, id, event, "event", Seq),
            files,
            article: article::Entity::find_by_id(number.to_owned())
                .one(&self.db.read)
                .await?,
            manuscript,
        })
    }
}

struct Copier<'a> {
    store: &'a Store,
    cast: &'a Cast<'a>,
    /// The next free slot of a person in a capacity.
    slots: HashMap<(&'static str, i64), u32>,
    rows: Rows,
}

impl Copier<'_> {
    async fn slot<E: EntityTrait>(
        &mut self,
        txn: &DatabaseTransaction,
        (name, tie): (&'static str, Tie),
        account: i64,
        column: E::Column,
    ) -> Result<Vec<u8>, Fault> {
        let vault = &self.store.vault;
        let next = match self.slots.get(&(name, account)) {
            Some(next) => *next,
            None => by_slots::<E>(vault, txn, tie, account, column).await?.len() as u32,
        };
        self.slots.insert((name, account), next + 1);
        Ok(vault.slot_tag(tie, account, next))
    }

    async fn copy(
        &mut self,
        txn: &DatabaseTransaction,
        of: &Template,
        n: usize,
        shift: i64,
    ) -> Result<Copied, Fault> {
        let store = self.store;
        let id = store.vault.id("manuscript");
        let number = store.chance.number();
        let author = self.cast.authors[n % self.cast.authors.len()];
        // A draft can be sent: letters reach its author.
        let own = match of.manuscript.submitted_at {
            None => store.person_of(txn, author).await?.map(|person| person.email),
            Some(_) => None,
        };
        self.head(of, id, &number, shift, own.as_ref())?;
        self.tie_author(txn, id, author).await?;
        if let Some(row) = &of.handling {
            let account = self.cast.editors[n % self.cast.editors.len()];
            self.tie_editor(txn, row, id, account).await?;
        }
        let reviewers = self.assign(txn, of, (n, id), shift).await?;
        let assignment = |old: i64| {
            reviewers
                .iter()
                .find(|(from, ..)| *from == old)
                .map_or(0, |(_, to, _)| *to)
        };
        self.around(of, id, shift, &assignment)?;
        self.papers(of, id, &assignment)?;
        if let Some(row) = &of.article {
            let number = number.clone();
            self.rows.articles.push(article::Model {
                number,
                ..row.clone()
            });
        }
        Ok(Copied {
            number,
            author,
            reviewers: reviewers.into_iter().map(|(.., account)| account).collect(),
        })
    }

    /// The manuscript's row with its people, words and chain.
    fn head(
        &mut self,
        of: &Template,
        id: i64,
        number: &str,
        shift: i64,
        own: Option<&Email>,
    ) -> Result<(), Fault> {
        let vault = &self.store.vault;
        let nth = id.unsigned_abs() % 1_000_000_000;
        let mut submission = of.submission.clone();
        for (i, author) in submission.authors.iter_mut().enumerate() {
            author.native_name = format!("{}{}", author.native_name, in_han(nth + i as u64));
            author.latin_name = format!("{} {}", author.latin_name, nth + i as u64);
            if let Some(own) = own.filter(|_| i == 0) {
                author.email = own.to_string();
                continue;
            }
            author.email = format!("{}.{i}@many.example", id.unsigned_abs());
            if let Some(email) = Email::parse(&author.email) {
                self.rows.marks.push(mark::Model {
                    id: vault.id("mark"),
                    manuscript_id: id,
                    tag: vault.typed_tag(&email, id),
                    slot_tag: Some(vault.typed_slot(&email, 0)),
                });
            }
        }
        let mut row = of.manuscript.clone();
        if !submission.title_zh.is_empty() {
            submission.title_zh = title(nth, ZH, "与");
        }
        if !submission.title_en.is_empty() {
            submission.title_en = title(nth, EN, " and ");
        }
        // Blind titles of drafts are made when they are sent.
        if row.submitted_at.is_some() {
            row.title_zh.clone_from(&submission.title_zh);
            row.title_en.clone_from(&submission.title_en);
        }
        row.id = id;
        number.clone_into(&mut row.number);
        row.submitted_at = row.submitted_at.map(|at| at + shift);
        row.next_due = row.next_due.map(|at| at + shift);
        row.stage_at += shift;
        row.sealed = vault.seal(Cell::new("manuscript", "sealed", id), &submission)?;
        row.head = Vec::new();
        for (old, body) in &of.events {
            let event = vault.id("event");
            let (at, sealed) = (
                old.at + shift,
                vault.seal(Cell::new("event", "sealed", event), body)?,
            );
            row.head = vault.chain_link(&row.head, id, old.seq, at, &sealed);
            self.rows.events.push(event::Model {
                id: event,
                manuscript_id: id,
                at,
                sealed,
                mac: row.head.clone(),
                ..old.clone()
            });
        }
        self.rows.manuscripts.push(row);
        self.rows.submissions.push(submission);
        Ok(())
    }

    async fn tie_author(
        &mut self,
        txn: &DatabaseTransaction,
        manuscript: i64,
        account: i64,
    ) -> Result<(), Fault> {
        let column = authorship::Column::SlotTag;
        let tie = ("author", Tie::Author);
        let slot_tag = self.slot::<authorship::Entity>(txn, tie, account, column).await?;
        let vault = &self.store.vault;
        let id = vault.id("authorship");
        self.rows.authorships.push(authorship::Model {
            id,
            manuscript_id: manuscript,
            access_tag: vault.access_tag(Tie::Author, account, manuscript),
            slot_tag,
            sealed: vault.seal(Cell::new("authorship", "sealed", id), &account)?,
        });
        Ok(())
    }

    async fn tie_editor(
        &mut self,
        txn: &DatabaseTransaction,
        row: &handling::Model,
        manuscript: i64,
        account: i64,
    ) -> Result<(), Fault> {
        let column = handling::Column::SlotTag;
        let tie = ("handling", Tie::Handling);
        let slot_tag = self.slot::<handling::Entity>(txn, tie, account, column).await?;
        let vault = &self.store.vault;
        let id = vault.id("handling");
        self.rows.handlings.push(handling::Model {
            id,
            manuscript_id: manuscript,
            access_tag: vault.access_tag(Tie::Handling, account, manuscript),
            slot_tag,
            sealed: vault.seal(Cell::new("handling", "sealed", id), &account)?,
            guest: row.guest,
        });
        Ok(())
    }

    /// Gives the assignments to others; returns the old row, the new one and the account of each.
    async fn assign(
        &mut self,
        txn: &DatabaseTransaction,
        of: &Template,
        (n, manuscript): (usize, i64),
        shift: i64,
    ) -> Result<Vec<(i64, i64, i64)>, Fault> {
        let mut out = Vec::new();
        for (i, (row, body)) in of.assignments.iter().enumerate() {
            let account = self.cast.reviewers[(n * of.assignments.len() + i) % self.cast.reviewers.len()];
            let column = assignment::Column::SlotTag;
            let tie = ("reviewer", Tie::Reviewer);
            let slot_tag = self.slot::<assignment::Entity>(txn, tie, account, column).await?;
            let vault = &self.store.vault;
            let id = vault.id("assignment");
            let mut body = body.clone();
            body["account"] = account.into();
            self.rows.assignments.push(assignment::Model {
                id,
                manuscript_id: manuscript,
                access_tag: vault.access_tag(Tie::Reviewer, account, manuscript),
                slot_tag,
                sealed: vault.seal(Cell::new("assignment", "sealed", id), &body)?,
                invited_at: row.invited_at.map(|at| at + shift),
                answered_at: row.answered_at.map(|at| at + shift),
                ended_at: row.ended_at.map(|at| at + shift),
                ..row.clone()
            });
            out.push((row.id, id, account));
        }
        Ok(out)
    }

    /// Windows, reviews, decisions, revisions and letters.
    fn around(
        &mut self,
        of: &Template,
        manuscript_id: i64,
        shift: i64,
        assignment: &impl Fn(i64) -> i64,
    ) -> Result<(), Fault> {
        let vault = &self.store.vault;
        let later = |at: Option<i64>| at.map(|at| at + shift);
        self.rows
            .windows
            .extend(of.windows.iter().map(|row| window::Model {
                id: vault.id("window"),
                manuscript_id,
                assignment_id: row.assignment_id.map(assignment),
                opens_at: row.opens_at + shift,
                due_at: row.due_at + shift,
                closed_at: later(row.closed_at),
                noticed_at: later(row.noticed_at),
                next_reminder: later(row.next_reminder),
                held_at: later(row.held_at),
                ..row.clone()
            }));
        for (row, body) in &of.reviews {
            let id = vault.id("review");
            self.rows.reviews.push(review::Model {
                id,
                manuscript_id,
                assignment_id: assignment(row.assignment_id),
                sealed: vault.seal(Cell::new("review", "sealed", id), body)?,
                sent_at: later(row.sent_at),
                ..row.clone()
            });
        }
        for (row, body) in &of.revisions {
            let id = vault.id("revision");
            self.rows.revisions.push(revision::Model {
                id,
                manuscript_id,
                sealed: vault.seal(Cell::new("revision", "sealed", id), body)?,
                sent_at: later(row.sent_at),
                ..row.clone()
            });
        }
        let mut decisions = HashMap::new();
        for (row, body) in &of.decisions {
            let id = vault.id("decision");
            decisions.insert(row.id, id);
            self.rows.decisions.push(decision::Model {
                id,
                manuscript_id,
                sealed: vault.seal(Cell::new("decision", "sealed", id), body)?,
                decided_at: row.decided_at + shift,
                send_at: row.send_at + shift,
                received_at: later(row.received_at),
                ..row.clone()
            });
        }
        for (row, body) in &of.letters {
            let id = vault.id("letter");
            self.rows.letters.push(letter::Model {
                id,
                manuscript_id: Some(manuscript_id),
                decision_id: row.decision_id.and_then(|old| decisions.get(&old).copied()),
                sealed: vault.seal(Cell::new("letter", "sealed", id), body)?,
                send_at: row.send_at + shift,
                sent_at: later(row.sent_at),
                ..row.clone()
            });
        }
        Ok(())
    }

    /// The files' rows; the sealed files themselves are shared.
    fn papers(
        &mut self,
        of: &Template,
        manuscript_id: i64,
        assignment: &impl Fn(i64) -> i64,
    ) -> Result<(), Fault> {
        let vault = &self.store.vault;
        for (row, body, report) in &of.files {
            let id = vault.id("file");
            let report = report
                .as_ref()
                .map(|report| vault.seal(Cell::new("file", "report", id), report));
            self.rows.files.push(file::Model {
                id,
                manuscript_id,
                assignment_id: row.assignment_id.map(assignment),
                sealed: vault.seal(Cell::new("file", "sealed", id), body)?,
                report: report.transpose()?.unwrap_or_default(),
                ..row.clone()
            });
        }
        Ok(())
    }

    async fn write(&mut self, txn: &DatabaseTransaction) -> Result<(), Fault> {
        let rows = std::mem::take(&mut self.rows);
        let made = rows.manuscripts.clone();
        insert::<manuscript::Entity>(txn, rows.manuscripts).await?;
        insert::<authorship::Entity>(txn, rows.authorships).await?;
        insert::<handling::Entity>(txn, rows.handlings).await?;
        insert::<assignment::Entity>(txn, rows.assignments).await?;
        insert::<review::Entity>(txn, rows.reviews).await?;
        insert::<decision::Entity>(txn, rows.decisions).await?;
        insert::<revision::Entity>(txn, rows.revisions).await?;
        insert::<window::Entity>(txn, rows.windows).await?;
        insert::<letter::Entity>(txn, rows.letters).await?;
        insert::<event::Entity>(txn, rows.events).await?;
        insert::<file::Entity>(txn, rows.files).await?;
        insert::<mark::Entity>(txn, rows.marks).await?;
        insert::<article::Entity>(txn, rows.articles).await?;
        for (row, submission) in made.iter().zip(&rows.submissions) {
            if row.submitted_at.is_some() {
                self.store.index_words(txn, row).await?;
                self.store.tag_authors(txn, row.id, submission).await?;
            }
        }
        Ok(())
    }
}

async fn insert<E: EntityTrait>(conn: &impl ConnectionTrait, rows: Vec<E::Model>) -> Result<(), Fault>
where
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: sea_orm::ActiveModelTrait<Entity = E>,
{
    let mut rows = rows
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .peekable();
    while rows.peek().is_some() {
        let some: Vec<E::ActiveModel> = rows.by_ref().take(500).collect();
        E::insert_many(some).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// What titles are made of.
const ZH: &str = "高血压 糖尿病 卒中 骨质疏松 肺结核 肾病 哮喘 抑郁 睡眠 营养 运动 针灸 护理 疫苗 早产 随访 筛查 康复 用药 麻醉 感染 影像 疼痛 肿瘤";
const EN: &str = "hypertension diabetes stroke osteoporosis tuberculosis nephropathy asthma depression sleep nutrition \
    exercise acupuncture nursing vaccines prematurity follow-up screening rehabilitation prescribing anaesthesia \
    infection imaging pain cancer";

/// A title of five words that the number chooses, and the number.
fn title(nth: u64, words: &str, and: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let count = words.len() as u64;
    let chosen = (0..5).map(|place| words[(nth / count.pow(place) % count) as usize]);
    format!("{} {nth}", chosen.collect::<Vec<_>>().join(and))
}

/// A number in signs that may stand in a Chinese name.
fn in_han(number: u64) -> String {
    const SIGNS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
    let digits = number.to_string();
    digits
        .bytes()
        .map(|digit| SIGNS[usize::from(digit - b'0')])
        .collect()
}
