//! The outbox: letters rendered and sealed in the transaction that causes them, sent at least once, claimed by lease.

use jiff::{SignedDuration, Timestamp, ToSpan};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use serde::{Deserialize, Serialize};

use super::access::{AsOffice, Purpose};
use super::addressing::Addressee;
pub use super::addressing::To;
use super::case::Case;
use super::entity::letter;
use super::links::{LinkBody, LinkPurpose};
use super::{Fault, Store};
use crate::domain::person::{Email, Lang, name_line};
use crate::letters::{Common, LINK, Letter, Rendered, Side};
use crate::seal::Cell;

const LETTERS: AsOffice = AsOffice(Purpose::Letters);

/// A letter as it is kept: without its one-time link, which is minted when it is sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub to: Email,
    pub lang: Lang,
    pub subject: String,
    pub text: String,
    pub link: Option<(LinkPurpose, LinkBody)>,
}

/// A letter that was claimed for sending.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The row; the Message-ID comes from it.
    pub id: i64,
    /// The manuscript, if it is about one.
    pub manuscript: Option<i64>,
    /// The decision that takes effect when it is received.
    pub decision: Option<i64>,
    /// Attempts so far, this one included.
    pub attempts: i32,
    pub(crate) side: String,
    pub(crate) stored: Stored,
}

/// When a letter goes.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// At once.
    Now,
    /// At an instant.
    At(Timestamp),
    /// With the next day's batch, 08:00 in the journal's zone: its instant says nothing of what caused it.
    NextBatch,
}

const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// No letter is put off for longer than this: one that seems to be was written while the clock ran ahead, and goes now.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(72);

/// Noted of a letter that became a file, since no mail server was set.
pub(super) const IN_FOLDER: &str = "folder";

impl Store {
    pub(super) fn letter_cell(id: i64) -> Cell {
        Cell::new("letter", "sealed", id)
    }

    /// The journal's names and the site's address, for letters.
    pub(super) fn common(&self, lang: Lang) -> Common {
        Common {
            journal: self.journal_name(lang),
            site: self.journal().site.clone(),
            ..Common::default()
        }
    }

    /// Renders a letter by the template in use. An edited one that fails is stood in for and remembered.
    pub(super) fn rendered(&self, letter: &Letter, lang: Lang, common: &Common) -> Result<Rendered, Fault> {
        let (rendered, stood_in) = self.mail().render(letter, lang, common).map_err(Fault::Letter)?;
        if let Some(found) = stood_in {
            self.stood_in(found);
        }
        Ok(rendered)
    }

    /// Puts a letter about somebody's own account into the outbox.
    pub async fn post_account(
        &self,
        letter: &Letter,
        to: &Email,
        name: &str,
        lang: Lang,
        link: Option<(LinkPurpose, LinkBody)>,
    ) -> Result<(), Fault> {
        let mut common = self.common(lang);
        common.name = name_line(name);
        common.link = if link.is_some() {
            LINK.to_owned()
        } else {
            format!("{}/sign-in", common.site)
        };
        let rendered = self.rendered(letter, lang, &common)?;
        let stored = Stored {
            to: to.clone(),
            lang,
            subject: rendered.subject,
            text: rendered.text,
            link,
        };
        let marks = (letter.kind(), super::case::key_of(&letter.side())?);
        self.insert_letter(&self.db.write, marks, &stored, None, None, self.clock.now())
            .await?;
        self.bell.notify_one();
        Ok(())
    }

    /// Puts a letter of a kind and a side into the outbox.
    pub(super) async fn insert_letter(
        &self,
        conn: &impl ConnectionTrait,
        (kind, side): (&str, String),
        stored: &Stored,
        manuscript: Option<i64>,
        decision: Option<i64>,
        send_at: Timestamp,
    ) -> Result<(), Fault> {
        let id = self.vault.id("letter");
        let row = letter::ActiveModel {
            id: Set(id),
            manuscript_id: Set(manuscript),
            decision_id: Set(decision),
            kind: Set(kind.to_owned()),
            side: Set(side),
            state: Set("queued".to_owned()),
            send_at: Set(send_at.as_microsecond()),
            lease_until: Set(0),
            attempts: Set(0),
            sent_at: Set(None),
            error: Set(String::new()),
            sealed: Set(self.vault.seal(Self::letter_cell(id), stored)?),
        };
        letter::Entity::insert(row).exec_without_returning(conn).await?;
        Ok(())
    }

    /// Claims the next letter that is to go at `now`: nobody else gets it until the lease ends.
    pub(crate) async fn claim_letter(&self, now: Timestamp) -> Result<Option<Claimed>, Fault> {
        let free = || {
            letter::Entity::find()
                .filter(letter::Column::State.is_in(["queued", "sending"]))
                .filter(super::rows::due(letter::Column::SendAt, now, LONGEST_WAIT))
                .filter(super::rows::due(letter::Column::LeaseUntil, now, LEASE))
        };
        let Some(row) = free()
            .order_by_asc(letter::Column::SendAt)
            .order_by_asc(letter::Column::Id)
            .one(&self.db.read)
            .await?
        else {
            return Ok(None);
        };
        let claimed = letter::Entity::update_many()
            .col_expr(letter::Column::State, Expr::value("sending"))
            .col_expr(
                letter::Column::LeaseUntil,
                Expr::value((now + LEASE).as_microsecond()),
            )
            .col_expr(letter::Column::Attempts, Expr::value(row.attempts + 1))
            .filter(letter::Column::Id.eq(row.id))
            .filter(letter::Column::LeaseUntil.eq(row.lease_until))
            .filter(letter::Column::State.eq(row.state.clone()))
            .exec(&self.db.write)
            .await?;
        if claimed.rows_affected == 0 {
            return Ok(None);
        }
        let stored = self
            .vault
            .open_for(&LETTERS, Self::letter_cell(row.id), &row.sealed)?;
        Ok(Some(Claimed {
            id: row.id,
            manuscript: row.manuscript_id,
            decision: row.decision_id,
            attempts: row.attempts + 1,
            side: row.side,
            stored,
        }))
    }

    /// Marks a letter as sent: to a mail server if one `delivers`, else into the folder.
    pub(crate) async fn letter_sent(&self, id: i64, now: Timestamp, delivers: bool) -> Result<(), Fault> {
        let note = if delivers { "" } else { IN_FOLDER };
        self.letter_state(id, "sent", note, None, Some(now.as_microsecond()))
            .await
    }

    /// Marks a letter as held by the guard.
    pub(crate) async fn letter_held(&self, id: i64) -> Result<(), Fault> {
        self.letter_state(id, "held", "identity", None, None).await
    }

    /// Puts a letter off after a failure: tried again at `again`, or given up.
    pub(crate) async fn letter_failed(
        &self,
        id: i64,
        why: &str,
        again: Option<Timestamp>,
    ) -> Result<(), Fault> {
        let state = if again.is_some() { "queued" } else { "failed" };
        self.letter_state(id, state, why, again.map(Timestamp::as_microsecond), None)
            .await
    }

    async fn letter_state(
        &self,
        id: i64,
        state: &str,
        error: &str,
        send_at: Option<i64>,
        sent_at: Option<i64>,
    ) -> Result<(), Fault> {
        let mut update = letter::Entity::update_many()
            .col_expr(letter::Column::State, Expr::value(state))
            .col_expr(letter::Column::Error, Expr::value(error))
            .col_expr(letter::Column::LeaseUntil, Expr::value(0i64))
            .col_expr(letter::Column::SentAt, Expr::value(sent_at))
            .filter(letter::Column::Id.eq(id));
        if let Some(send_at) = send_at {
            update = update.col_expr(letter::Column::SendAt, Expr::value(send_at));
        }
        update.exec(&self.db.write).await?;
        Ok(())
    }
}

impl Case<'_> {
    /// Puts a letter into the outbox, one for each recipient.
    pub async fn post(&self, letter: &Letter, to: To<'_>, when: When) -> Result<(), Fault> {
        self.post_with(letter, to, when, None).await
    }

    /// Puts a decision's letter into the outbox: the decision takes effect when it is received.
    pub async fn post_decision(&self, letter: &Letter, decision: i64, at: Timestamp) -> Result<(), Fault> {
        self.post_with(letter, To::Authors, When::At(at), Some(decision))
            .await
    }

    async fn post_with(
        &self,
        letter: &Letter,
        to: To<'_>,
        when: When,
        decision: Option<i64>,
    ) -> Result<(), Fault> {
        let send_at = match when {
            When::Now => self.now,
            When::At(at) => at,
            When::NextBatch => self.next_batch(),
        };
        for Addressee {
            email,
            name,
            lang,
            link,
        } in self.recipients(letter, to).await?
        {
            let mut common = self.store.common(lang);
            common.name = name_line(&name);
            common.number = self.number().to_owned();
            common.title = self.title().to_owned();
            common.link = if link.is_some() {
                LINK.to_owned()
            } else {
                format!("{}{}", common.site, self.page(letter.side()))
            };
            let rendered = self.store.rendered(letter, lang, &common)?;
            let stored = Stored {
                to: email,
                lang,
                subject: rendered.subject,
                text: rendered.text,
                link,
            };
            let marks = (letter.kind(), super::case::key_of(&letter.side())?);
            self.store
                .insert_letter(&self.txn, marks, &stored, Some(self.row.id), decision, send_at)
                .await?;
        }
        Ok(())
    }

    /// A letter as an author would read it, with `name` standing for the recipient.
    pub fn preview(&self, letter: &Letter, lang: Lang, name: &str) -> Result<Rendered, Fault> {
        let mut common = self.store.common(lang);
        common.name = name.to_owned();
        common.number = self.number().to_owned();
        common.title = self.title().to_owned();
        common.link = format!("{}{}", common.site, self.page(letter.side()));
        self.store.rendered(letter, lang, &common)
    }

    /// The languages in which the corresponding authors get a letter, one entry each.
    pub async fn languages_of_authors(&self, letter: &Letter) -> Result<Vec<Lang>, Fault> {
        let recipients = self.recipients(letter, To::Authors).await?;
        Ok(recipients.into_iter().map(|to| to.lang).collect())
    }

    /// Where a letter's ordinary link leads.
    fn page(&self, side: Side) -> String {
        let number = self.number();
        match side {
            Side::Account => "/account".to_owned(),
            Side::Author if self.stage().is_public() => format!("/articles/{number}"),
            Side::Author => format!("/author/manuscripts/{number}"),
            Side::Reviewer => format!("/reviews/{number}"),
            Side::Office => format!("/office/manuscripts/{number}"),
        }
    }

    fn next_batch(&self) -> Timestamp {
        let today = self.now.to_zoned(self.rules().zone());
        let next = today
            .date()
            .checked_add(1.day())
            .unwrap_or(today.date())
            .at(8, 0, 0, 0);
        next.to_zoned(self.rules().zone())
            .map_or(self.now, |z| z.timestamp())
    }

    /// Takes the letters of a decision back, if none has gone or is going; false if one has. One that could not be sent,
    /// or is held, has not gone.
    pub async fn take_back_letters(&self, decision: i64) -> Result<bool, Fault> {
        if letter_gone(&self.txn, decision).await? {
            return Ok(false);
        }
        self.cancel_letters(decision).await?;
        Ok(true)
    }

    /// Cancels a decision's letters that have not gone.
    pub async fn cancel_letters(&self, decision: i64) -> Result<(), Fault> {
        letter::Entity::update_many()
            .col_expr(letter::Column::State, Expr::value("cancelled"))
            .filter(letter::Column::DecisionId.eq(decision))
            .filter(letter::Column::State.is_in(["queued", "failed", "held"]))
            .exec(&self.txn)
            .await?;
        Ok(())
    }
}

/// Whether a letter of a decision has gone, or is going.
pub(super) async fn letter_gone(conn: &impl ConnectionTrait, decision: i64) -> Result<bool, Fault> {
    let gone = letter::Entity::find()
        .filter(letter::Column::DecisionId.eq(decision))
        .filter(letter::Column::State.is_in(["sent", "sending"]))
        .one(conn)
        .await?;
    Ok(gone.is_some())
}
