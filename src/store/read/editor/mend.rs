//! Letters that did not go, all over the office and one by one; and a template seen on a real case.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;

use super::super::super::access::{AsChief, AsEditor, AsStaff};
use super::super::super::entity::{file, job, letter, manuscript, searchable};
use super::super::super::mend::why;
use super::super::super::outbox::Stored;
use super::super::super::rows::title;
use super::super::super::{Fault, Store};
use super::{Moment, language_of};
use crate::domain::person::Lang;
use crate::letters::{Letter, Mail, Rendered, Side, sample};

/// Letters a page.
const PAGE: u64 = 50;

/// A letter that did not go.
#[derive(Clone, Debug, Serialize)]
pub struct Undelivered {
    /// The row.
    pub id: i64,
    /// The manuscript's number; empty for a letter about an account.
    pub number: String,
    /// The blind title.
    pub title: String,
    /// The title's language.
    pub title_lang: &'static str,
    /// The letter's kind.
    pub kind: String,
    /// `author`, `reviewer`, `office` or `account`.
    pub side: String,
    /// To whom, for a letter about an account.
    pub to: String,
    /// `held`, `failed`, or `queued` if it is tried again by itself.
    pub state: String,
    /// When it was to go, or goes next.
    pub at: Moment,
    /// Why, as a key of translations.
    pub why: &'static str,
    /// The mail server's code.
    pub code: String,
    /// How often it was tried.
    pub attempts: i32,
}

/// A page of them, the latest first.
#[derive(Clone, Debug, Serialize)]
pub struct UndeliveredPage {
    /// The letters.
    pub letters: Vec<Undelivered>,
    /// Where the next page begins, if there is one.
    pub after: String,
}

/// A letter that is held, as whoever corrects it may read it.
#[derive(Clone, Debug, Serialize)]
pub struct HeldLetter {
    /// The subject, with the recipient's name as a placeholder and without the names it must not hold.
    pub subject: String,
    /// The body likewise.
    pub text: String,
    /// What was found to be wrong with it: kinds of words, not the words.
    pub found: usize,
}

/// An edited template on a real case.
#[derive(Clone, Debug)]
pub struct SeenLetter {
    /// The letter, with a placeholder for the recipient.
    pub letter: Rendered,
    /// The manuscript's number; empty if there is none yet.
    pub number: String,
}

/// From when on a letter that should have gone and was not even tried is stuck.
const LATE: SignedDuration = SignedDuration::from_mins(15);
/// From when on a file that waits for its blind copy is stuck.
const WAITING: SignedDuration = SignedDuration::from_mins(10);

fn undelivered(now: Timestamp) -> Condition {
    let late = Condition::all()
        .add(letter::Column::State.is_in(["queued", "sending"]))
        .add(letter::Column::SendAt.lt((now - LATE).as_microsecond()));
    let tried = Condition::all()
        .add(letter::Column::State.eq("queued"))
        .add(letter::Column::Error.ne(""));
    Condition::any()
        .add(letter::Column::State.is_in(["held", "failed"]))
        .add(tried)
        .add(late)
}

impl Store {
    fn undelivered_line(&self, row: &letter::Model, of: Option<&manuscript::Model>) -> Undelivered {
        let (why, code) = match why(&row.state, &row.error) {
            ("", code) => ("late", code),
            known => known,
        };
        Undelivered {
            id: row.id,
            number: of.map(|m| m.number.clone()).unwrap_or_default(),
            title: of.map(|m| title(m).to_owned()).unwrap_or_default(),
            title_lang: of.map_or("en", |m| language_of(title(m))),
            kind: row.kind.clone(),
            side: row.side.clone(),
            to: String::new(),
            state: row.state.clone(),
            at: self.moment(row.send_at),
            why,
            code,
            attempts: row.attempts,
        }
    }

    /// The letters of the office that are held or have failed, on the reader's own view.
    pub async fn undelivered(
        &self,
        proof: &AsStaff,
        after: Option<(i64, i64)>,
    ) -> Result<UndeliveredPage, Fault> {
        let sight = self.sight(proof).await?;
        let mut find = letter::Entity::find()
            .filter(undelivered(self.clock.now()))
            .filter(letter::Column::ManuscriptId.is_not_null())
            .filter(letter::Column::ManuscriptId.is_not_in(sight.hidden.iter().copied()));
        if let Some((at, id)) = after {
            let key = Expr::tuple([Expr::col(letter::Column::SendAt), Expr::col(letter::Column::Id)]);
            find = find.filter(key.lt(Expr::tuple([Expr::value(at), Expr::value(id)])));
        }
        let mut rows = find
            .order_by_desc(letter::Column::SendAt)
            .order_by_desc(letter::Column::Id)
            .limit(PAGE + 1)
            .all(&self.db.read)
            .await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(PAGE as usize);
        let of = manuscript::Entity::find()
            .filter(manuscript::Column::Id.is_in(rows.iter().filter_map(|r| r.manuscript_id)))
            .all(&self.db.read)
            .await?;
        let line = |row: &letter::Model| {
            let found = of.iter().find(|m| Some(m.id) == row.manuscript_id);
            self.undelivered_line(row, found)
        };
        let last = rows.last().filter(|_| more);
        Ok(UndeliveredPage {
            letters: rows.iter().map(line).collect(),
            after: last
                .map(|row| format!("{}.{}", row.send_at, row.id))
                .unwrap_or_default(),
        })
    }

    /// How many files have waited too long for their blind copies, on the reader's own view.
    pub async fn stuck_copies(&self, proof: &AsStaff) -> Result<u64, Fault> {
        let sight = self.sight(proof).await?;
        let since = (self.clock.now() - WAITING).as_microsecond();
        let waiting = Query::select()
            .column(job::Column::FileId)
            .from(job::Entity)
            .and_where(job::Column::RunAt.lt(since))
            .to_owned();
        Ok(file::Entity::find()
            .filter(file::Column::ManuscriptId.is_not_in(sight.hidden))
            .filter(file::Column::Id.in_subquery(waiting))
            .count(&self.db.read)
            .await?)
    }

    /// Letters about accounts that have failed, with their addresses: for the editor-in-chief, who looks after people.
    pub async fn undelivered_accounts(&self, proof: &AsChief) -> Result<Vec<Undelivered>, Fault> {
        let rows = letter::Entity::find()
            .filter(undelivered(self.clock.now()))
            .filter(letter::Column::ManuscriptId.is_null())
            .order_by_desc(letter::Column::SendAt)
            .limit(PAGE)
            .all(&self.db.read)
            .await?;
        rows.iter()
            .map(|row| {
                let stored: Stored = self
                    .vault
                    .open_for(proof, Self::letter_cell(row.id), &row.sealed)?;
                let line = self.undelivered_line(row, None);
                Ok(Undelivered {
                    to: stored.to.to_string(),
                    ..line
                })
            })
            .collect()
    }

    /// A letter that is held, ready to be corrected: what its recipient must not learn is taken out already.
    pub async fn held_letter(&self, proof: &AsEditor, id: i64) -> Result<Option<HeldLetter>, Fault> {
        let row = letter::Entity::find_by_id(id)
            .filter(letter::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(letter::Column::State.eq("held"))
            .one(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let stored: Stored = self
            .vault
            .open_for(proof, Self::letter_cell(row.id), &row.sealed)?;
        let names = self
            .recipient_names(proof.manuscript(), &row.side, &stored.to)
            .await?;
        let forbidden = self
            .forbidden_for(row.manuscript_id, &row.side, &stored.to)
            .await?;
        let words = format!("{}\n{}", stored.subject, stored.text);
        let clean = |text: &str| bauta_strip::strip_text(&names.hide(text), &forbidden).0;
        let (subject, text) = (clean(&stored.subject), clean(&stored.text));
        let (subject, text) = match row.side.as_str() {
            "reviewer" => (subject, text),
            _ => self.without_authors(proof, &subject, &text).await?,
        };
        Ok(Some(HeldLetter {
            subject,
            text,
            found: bauta_strip::mentions(&words, &forbidden).len(),
        }))
    }

    /// A template on a real case of the reader's own view: the one that last had such a letter, else the newest.
    pub async fn letter_on_a_case(
        &self,
        proof: &AsChief,
        kind: &str,
        lang: Lang,
        text: &str,
    ) -> Result<Option<SeenLetter>, Fault> {
        let today: Date = self.clock.now().to_zoned(self.rules().zone()).date();
        let due = today.checked_add(jiff::Span::new().days(14)).unwrap_or(today);
        let Some(mut letter) = sample(kind, lang, due) else {
            return Ok(None);
        };
        let row = match letter.side() {
            Side::Account => None,
            _ => self.case_for(proof, kind).await?,
        };
        let mut common = self.common(lang);
        common.name = match lang {
            Lang::Zh => "〔收件人〕".to_owned(),
            Lang::En => "[recipient]".to_owned(),
        };
        common.link = format!("{}/…", common.site);
        common.number = "7KQ4-M2XR".to_owned();
        common.title = match lang {
            Lang::Zh => "（题目）".to_owned(),
            Lang::En => "(title)".to_owned(),
        };
        if let Some(row) = &row {
            common.number.clone_from(&row.number);
            title(row).clone_into(&mut common.title);
            if let Letter::Invitation { summary, .. } = &mut letter {
                let own = if row.language == "en" {
                    &row.abstract_en
                } else {
                    &row.abstract_zh
                };
                summary.clone_from(own);
            }
        }
        let mail = Mail::with([((lang, kind.to_owned()), text.to_owned())]);
        let (letter, _) = mail.render(&letter, lang, &common).map_err(Fault::Letter)?;
        Ok(Some(SeenLetter {
            letter,
            number: row.map(|row| row.number).unwrap_or_default(),
        }))
    }

    async fn case_for(&self, proof: &AsChief, kind: &str) -> Result<Option<manuscript::Model>, Fault> {
        let Ok(staff) = self.staff(proof.who()) else {
            return Ok(None);
        };
        let hidden = self.sight(&staff).await?.hidden;
        let had: Option<Option<i64>> = letter::Entity::find()
            .select_only()
            .column(letter::Column::ManuscriptId)
            .filter(letter::Column::Kind.eq(kind))
            .filter(letter::Column::ManuscriptId.is_not_null())
            .filter(letter::Column::ManuscriptId.is_not_in(hidden.iter().copied()))
            .order_by_desc(letter::Column::SendAt)
            .into_tuple()
            .one(&self.db.read)
            .await?;
        let newest = || {
            searchable::Entity::find()
                .select_only()
                .column(searchable::Column::ManuscriptId)
                .filter(searchable::Column::ManuscriptId.is_not_in(hidden.iter().copied()))
                .order_by_desc(searchable::Column::Seq)
                .into_tuple::<i64>()
        };
        let id = match had.flatten() {
            Some(id) => Some(id),
            None => newest().one(&self.db.read).await?,
        };
        match id {
            Some(id) => Ok(manuscript::Entity::find_by_id(id).one(&self.db.read).await?),
            None => Ok(None),
        }
    }
}
