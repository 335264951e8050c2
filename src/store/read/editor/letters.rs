//! The letters of one manuscript: recipients by role, never by address; authors' names are taken out of the text.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::AsEditor;
use super::super::super::entity::{account, letter};
use super::super::super::mend::why;
use super::super::super::outbox::{IN_FOLDER, Stored};
use super::super::super::{Fault, Store};
use super::{LabelView, Moment};
use crate::domain::manuscript::Submission;
use crate::domain::person::{Email, Lang};
use crate::letters::LINK;
use crate::seal::Cell;

/// A line of the log.
#[derive(Clone, Debug, Serialize)]
pub struct LetterLine {
    /// The row.
    pub id: i64,
    /// What it is: a key of translations `letter-…`.
    pub kind: String,
    /// `author`, `reviewer` or `office`.
    pub side: String,
    /// The reviewer it went to.
    pub label: Option<LabelView>,
    /// `queued`, `sending`, `sent`, `filed` (sent into the folder), `held`, `failed` or `cancelled`.
    pub state: String,
    /// When it went, or goes.
    pub at: Moment,
    /// Whether it failed and is not held.
    pub failed: bool,
    /// Why it does not go, as a key of translations; empty if all is well.
    pub why: &'static str,
    /// The mail server's code, if it gave one.
    pub code: String,
    /// How often it was tried.
    pub attempts: i32,
}

/// A letter to read.
#[derive(Clone, Debug, Serialize)]
pub struct LetterText {
    /// Its line.
    pub line: LetterLine,
    /// Its language.
    pub lang: Lang,
    /// The subject.
    pub subject: String,
    /// The text, without anybody's name on the authors' side and without the one-time link.
    pub text: String,
}

impl Store {
    fn stored_letter(&self, proof: &AsEditor, row: &letter::Model) -> Result<Stored, Fault> {
        self.vault
            .open_for(proof, Cell::new("letter", "sealed", row.id), &row.sealed)
    }

    /// The addresses of the manuscript's reviewers with their labels.
    async fn reviewer_addresses(&self, proof: &AsEditor) -> Result<Vec<(Email, LabelView)>, Fault> {
        let bodies = self.assignment_bodies(proof).await?;
        let rows = account::Entity::find()
            .filter(account::Column::Id.is_in(bodies.iter().map(|(_, body, _)| body.account)))
            .all(&self.db.read)
            .await?;
        let mut out = Vec::new();
        for (assignment, body, _) in &bodies {
            if let Some(row) = rows.iter().find(|r| r.id == body.account) {
                let label = super::super::super::access::label_of(assignment.label)?;
                out.push((self.secret(row)?.email, label.into()));
            }
        }
        Ok(out)
    }

    fn letter_line(&self, row: &letter::Model, stored: &Stored, labels: &[(Email, LabelView)]) -> LetterLine {
        let label = labels
            .iter()
            .find(|(email, _)| row.side == "reviewer" && *email == stored.to);
        let (why, code) = match row.state.as_str() {
            "sent" | "cancelled" => ("", String::new()),
            _ => why(&row.state, &row.error),
        };
        LetterLine {
            why,
            code,
            id: row.id,
            kind: row.kind.clone(),
            side: row.side.clone(),
            label: label.map(|(_, label)| label.clone()),
            state: match row.error.as_str() {
                IN_FOLDER => "filed".to_owned(),
                _ => row.state.clone(),
            },
            at: self.moment(row.sent_at.unwrap_or(row.send_at)),
            failed: !row.error.is_empty() && row.state != "held",
            attempts: row.attempts,
        }
    }

    /// The log of letters, the latest first.
    pub async fn editor_letters(&self, proof: &AsEditor) -> Result<Vec<LetterLine>, Fault> {
        let rows = letter::Entity::find()
            .filter(letter::Column::ManuscriptId.eq(proof.manuscript()))
            .order_by_desc(letter::Column::SendAt)
            .order_by_desc(letter::Column::Id)
            .all(&self.db.read)
            .await?;
        let labels = self.reviewer_addresses(proof).await?;
        rows.iter()
            .map(|row| Ok(self.letter_line(row, &self.stored_letter(proof, row)?, &labels)))
            .collect()
    }

    /// One letter to read.
    pub async fn editor_letter(&self, proof: &AsEditor, id: i64) -> Result<Option<LetterText>, Fault> {
        let row = letter::Entity::find_by_id(id)
            .filter(letter::Column::ManuscriptId.eq(proof.manuscript()))
            .one(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let stored = self.stored_letter(proof, &row)?;
        let labels = self.reviewer_addresses(proof).await?;
        let line = self.letter_line(&row, &stored, &labels);
        let (mut subject, mut text) = (stored.subject, stored.text.replace(LINK, "…"));
        if row.side != "reviewer" {
            (subject, text) = self.without_authors(proof, &subject, &text).await?;
        }
        Ok(Some(LetterText {
            line,
            lang: stored.lang,
            subject,
            text,
        }))
    }

    /// A text without the authors' names: reading a letter is not opening the names.
    pub(super) async fn without_authors(
        &self,
        proof: &AsEditor,
        subject: &str,
        text: &str,
    ) -> Result<(String, String), Fault> {
        let row = self.manuscript_of(proof).await?;
        let cell = Cell::new("manuscript", "sealed", row.id);
        let submission: Submission = self.vault.open_for(proof, cell, &row.sealed)?;
        let identity = super::super::super::terms::identity_of(&submission);
        let mut names: Vec<&str> = submission
            .authors
            .iter()
            .flat_map(|a| [a.native_name.trim(), a.latin_name.trim(), a.email.trim()])
            .filter(|name| name.chars().count() > 1)
            .collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        let clean = |text: &str| {
            let text = names
                .iter()
                .fold(text.to_owned(), |text, name| text.replace(name, "[…]"));
            if bauta_strip::mentions(&text, &identity).is_empty() {
                text
            } else {
                bauta_strip::strip_text(&text, &identity).0
            }
        };
        Ok((clean(subject), clean(text)))
    }
}
