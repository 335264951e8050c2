//! Letters that did not go, or did not arrive: sent again, corrected or discarded, each in the manuscript's history.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::access::{AsChief, AsOffice, Purpose};
use super::case::Case;
use super::entity::{decision, letter};
use super::outbox::Stored;
use super::{Fault, Store};
use crate::domain::event::EventKind;
use crate::domain::person::{Email, Lang};
use crate::letters::LINK;

/// Stands for the recipient's name where a letter is corrected: whoever corrects it need not learn it.
pub const NAME: &str = "⟦name⟧";

const LETTERS: AsOffice = AsOffice(Purpose::Letters);

/// Why a letter does not go, from what was noted when it failed: a key of translations, and the mail server's code.
pub fn why(state: &str, error: &str) -> (&'static str, String) {
    let code = error.strip_prefix("server said ").unwrap_or_default();
    let key = match () {
        () if state == "held" => "held",
        () if error.is_empty() => "",
        () if code.starts_with('5') => "refused",
        () if !code.is_empty() => "later",
        () if error.contains("in time") => "silent",
        () if error.contains("TLS") => "tls",
        () if error.contains("cannot be read") => "garbled",
        () if error.contains("cannot be reached") => "unreachable",
        () if error.contains("address") => "address",
        () => "other",
    };
    (key, code.to_owned())
}

/// What became of a wish to see to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mended {
    /// It was done.
    Done,
    /// There is no such letter, or it needs nothing.
    Nothing,
    /// Its decision came to nothing: the letter must not go any more.
    Void,
    /// It has no subject, no words or not the link that it had.
    Lacks,
    /// It names somebody whom its recipient must not learn.
    Names,
}

/// The names of a letter's recipient in both languages; empty where they are not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    native: String,
    latin: String,
}

impl Names {
    pub(super) fn hide(&self, text: &str) -> String {
        [&self.native, &self.latin]
            .into_iter()
            .filter(|name| name.chars().count() > 1)
            .fold(text.to_owned(), |text, name| text.replace(name.as_str(), NAME))
    }

    fn restore(&self, text: &str, lang: Lang) -> String {
        let name = match lang {
            Lang::Zh if !self.native.is_empty() => &self.native,
            _ if self.latin.is_empty() => &self.native,
            _ => &self.latin,
        };
        text.replace(NAME, name)
    }
}

impl Store {
    /// The recipient's own names, for hiding them from whoever corrects the letter.
    pub(super) async fn recipient_names(
        &self,
        manuscript: i64,
        side: &str,
        to: &Email,
    ) -> Result<Names, Fault> {
        if side == "author" {
            let terms = self.terms(manuscript).await?;
            let own = terms.people.into_iter().find(|p| p.email == to.as_str());
            return Ok(own.map_or_else(Names::default, |p| Names {
                native: p.native_name,
                latin: p.name,
            }));
        }
        let row = self.account_row(&self.db.read, to).await?;
        let secret = row.map(|row| self.secret(&row)).transpose()?;
        Ok(secret.map_or_else(Names::default, |s| Names {
            native: s.profile.native_name,
            latin: s.profile.latin_name,
        }))
    }

    /// Sends letters about accounts again that had failed; returns how many.
    pub async fn send_account_letters_again(&self, _proof: &AsChief) -> Result<u64, Fault> {
        let result = letter::Entity::update_many()
            .col_expr(letter::Column::State, Expr::value("queued"))
            .col_expr(letter::Column::Error, Expr::value(""))
            .col_expr(letter::Column::Attempts, Expr::value(0))
            .col_expr(
                letter::Column::SendAt,
                Expr::value(self.clock.now().as_microsecond()),
            )
            .filter(letter::Column::ManuscriptId.is_null())
            .filter(letter::Column::Error.ne(""))
            .filter(letter::Column::State.is_in(["failed", "queued"]))
            .exec(&self.db.write)
            .await?;
        self.bell.notify_one();
        Ok(result.rows_affected)
    }
}

impl Case<'_> {
    async fn letter_row(&self, id: i64) -> Result<Option<letter::Model>, Fault> {
        Ok(letter::Entity::find_by_id(id)
            .filter(letter::Column::ManuscriptId.eq(self.row.id))
            .one(&self.txn)
            .await?)
    }

    /// Whether the letter's decision was taken back or came to nothing.
    async fn is_void(&self, row: &letter::Model) -> Result<bool, Fault> {
        let Some(id) = row.decision_id else {
            return Ok(false);
        };
        let decision = decision::Entity::find_by_id(id).one(&self.txn).await?;
        Ok(decision.is_none_or(|d| !matches!(d.state.as_str(), "pending" | "received")))
    }

    async fn requeue(&mut self, row: &letter::Model, sealed: Vec<u8>, note: &str) -> Result<(), Fault> {
        letter::Entity::update_many()
            .col_expr(letter::Column::State, Expr::value("queued"))
            .col_expr(letter::Column::Error, Expr::value(""))
            .col_expr(letter::Column::Attempts, Expr::value(0))
            .col_expr(letter::Column::LeaseUntil, Expr::value(0i64))
            .col_expr(letter::Column::SendAt, Expr::value(self.now.as_microsecond()))
            .col_expr(letter::Column::Sealed, Expr::value(sealed))
            .filter(letter::Column::Id.eq(row.id))
            .exec(&self.txn)
            .await?;
        self.record(EventKind::LetterMended, note).await
    }

    /// Puts a letter that has failed, or fails again and again, to be sent now; one that has gone goes a second time.
    pub async fn send_again(&mut self, id: i64) -> Result<Mended, Fault> {
        let Some(row) = self.letter_row(id).await? else {
            return Ok(Mended::Nothing);
        };
        let failed = row.state == "failed" || (row.state == "queued" && !row.error.is_empty());
        if !failed && row.state != "sent" {
            return Ok(Mended::Nothing);
        }
        if self.is_void(&row).await? {
            return Ok(Mended::Void);
        }
        if row.state == "sent" {
            return self.copy_letter(row).await;
        }
        let sealed = row.sealed.clone();
        self.requeue(&row, sealed, "sent-again").await?;
        Ok(Mended::Done)
    }

    /// A letter that went, once more under a number of its own, since mail programs drop a second one of the same number.
    /// It carries no decision: that has taken effect. Asked for twice, it goes once.
    async fn copy_letter(&mut self, row: letter::Model) -> Result<Mended, Fault> {
        let stored: Stored = self
            .store
            .vault
            .open_for(&LETTERS, Store::letter_cell(row.id), &row.sealed)?;
        let waiting = letter::Entity::find()
            .filter(letter::Column::ManuscriptId.eq(self.row.id))
            .filter(letter::Column::Kind.eq(&row.kind))
            .filter(letter::Column::State.is_in(["queued", "sending"]))
            .all(&self.txn)
            .await?;
        for other in &waiting {
            let cell = Store::letter_cell(other.id);
            let twin: Stored = self.store.vault.open_for(&LETTERS, cell, &other.sealed)?;
            if twin.to == stored.to && twin.text == stored.text {
                return Ok(Mended::Done);
            }
        }
        self.store
            .insert_letter(
                &self.txn,
                (&row.kind, row.side),
                &stored,
                row.manuscript_id,
                None,
                self.now,
            )
            .await?;
        self.record(EventKind::LetterMended, "sent-again").await?;
        Ok(Mended::Done)
    }

    /// Puts other words into a letter that is held, and lets it go if they name nobody.
    pub async fn correct_letter(&mut self, id: i64, subject: &str, text: &str) -> Result<Mended, Fault> {
        let Some(row) = self.letter_row(id).await?.filter(|row| row.state == "held") else {
            return Ok(Mended::Nothing);
        };
        if self.is_void(&row).await? {
            return Ok(Mended::Void);
        }
        let cell = Store::letter_cell(row.id);
        let stored: Stored = self.store.vault.open_for(&LETTERS, cell, &row.sealed)?;
        let names = self
            .store
            .recipient_names(self.row.id, &row.side, &stored.to)
            .await?;
        let subject = names
            .restore(subject, stored.lang)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let text = format!(
            "{}\n",
            names.restore(&text.replace("\r\n", "\n"), stored.lang).trim()
        );
        let link = !stored.text.contains(LINK) || text.contains(LINK);
        if subject.is_empty() || text.trim().is_empty() || !link {
            return Ok(Mended::Lacks);
        }
        let forbidden = self
            .store
            .forbidden_for(Some(self.row.id), &row.side, &stored.to)
            .await?;
        if !bauta_strip::mentions(&format!("{subject}\n{text}"), &forbidden).is_empty() {
            return Ok(Mended::Names);
        }
        let sealed = self.store.vault.seal(
            cell,
            &Stored {
                subject,
                text,
                ..stored
            },
        )?;
        self.requeue(&row, sealed, "corrected").await?;
        Ok(Mended::Done)
    }

    /// Discards a letter that is held or has failed.
    pub async fn discard_letter(&mut self, id: i64) -> Result<Mended, Fault> {
        let row = self.letter_row(id).await?;
        let Some(row) = row.filter(|row| matches!(row.state.as_str(), "held" | "failed")) else {
            return Ok(Mended::Nothing);
        };
        letter::Entity::update_many()
            .col_expr(letter::Column::State, Expr::value("cancelled"))
            .filter(letter::Column::Id.eq(row.id))
            .exec(&self.txn)
            .await?;
        self.record(EventKind::LetterMended, "discarded").await?;
        Ok(Mended::Done)
    }
}

#[cfg(test)]
mod tests {
    use super::why;

    #[test]
    fn every_failure_has_its_words() {
        for (error, key) in [
            ("server said 550", "refused"),
            ("server said 451", "later"),
            ("the server does not answer in time", "silent"),
            ("TLS failed", "tls"),
            ("the server's answer cannot be read", "garbled"),
            ("the server cannot be reached", "unreachable"),
            ("an address cannot be written", "address"),
            ("No space left on device (os error 28)", "other"),
        ] {
            assert_eq!(why("queued", error).0, key, "{error}");
        }
        assert_eq!(why("failed", "server said 550").1, "550");
        assert_eq!(why("held", "identity").0, "held");
        assert_eq!(why("sent", "").0, "");
    }
}
