//! What somebody who was typed in as an author sees before confirming it: what was submitted under that name, and by whom.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use crate::domain::event::{EventBody, EventKind};
use crate::domain::manuscript::{AuthorEntry, Submission};
use crate::domain::person::Email;
use crate::domain::request::RequestBody;
use crate::seal::Cell;
use crate::store::access::{AsCoauthor, AsConcerned, Denied};
use crate::store::case::key_of;
use crate::store::entity::{event, manuscript, request};
use crate::store::requests::request_cell;
use crate::store::{Fault, Store, rows};

/// The question of the letter's link.
#[derive(Debug, Serialize)]
pub struct CoauthorView {
    /// The manuscript's number.
    pub number: String,
    /// Its title as everybody concerned may read it.
    pub title: String,
    /// The title's language.
    pub title_lang: String,
    /// Whether the person was typed as a corresponding author.
    pub corresponding: bool,
    /// The abstract as it was submitted, in the manuscript's language.
    pub summary: String,
    /// The authors as they were typed, in their order.
    pub authors: Vec<AuthorEntry>,
    /// Who submitted it, if that is one of its authors.
    pub submitted_by: Option<Submitter>,
}

/// Who submitted a manuscript.
#[derive(Debug, Serialize)]
pub struct Submitter {
    /// The name in its own script.
    pub native_name: String,
    /// The name in Latin letters.
    pub latin_name: String,
}

/// The question of a letter about a change of authors: the list as it is and as it is to be.
#[derive(Debug, Serialize)]
pub struct ConcernedView {
    /// The manuscript's number.
    pub number: String,
    /// Its title as everybody concerned may read it.
    pub title: String,
    /// The title's language.
    pub title_lang: String,
    /// The authors as they are.
    pub before: Vec<AuthorEntry>,
    /// The authors as they are to be.
    pub after: Vec<AuthorEntry>,
}

impl Store {
    /// The question that somebody answers whom a change of authors concerns.
    pub async fn concerned_question(&self, proof: &AsConcerned) -> Result<ConcernedView, Denied> {
        let row = manuscript::Entity::find_by_id(proof.manuscript)
            .one(&self.db.read)
            .await?
            .ok_or(Denied::NotFound)?;
        let asked = request::Entity::find_by_id(proof.request)
            .filter(request::Column::ManuscriptId.eq(proof.manuscript))
            .filter(request::Column::State.eq("open"))
            .one(&self.db.read)
            .await?
            .ok_or(Denied::NotFound)?;
        let submission: Submission =
            self.vault
                .open_for(proof, Cell::new("manuscript", "sealed", row.id), &row.sealed)?;
        let body: RequestBody = self
            .vault
            .open_for(proof, request_cell(asked.id), &asked.sealed)?;
        if !body
            .waiting(&submission.authors)
            .contains(&proof.email.to_string())
        {
            return Err(Denied::NotFound);
        }
        Ok(ConcernedView {
            title: rows::title(&row).to_owned(),
            title_lang: row.language.clone(),
            before: submission.authors,
            after: body.authors,
            number: row.number,
        })
    }

    /// The question that a typed co-author answers.
    pub async fn coauthor_question(&self, proof: &AsCoauthor) -> Result<CoauthorView, Fault> {
        let row = manuscript::Entity::find_by_id(proof.manuscript)
            .one(&self.db.read)
            .await?
            .ok_or_else(|| Fault::Value("manuscript is gone".into()))?;
        let submission: Submission =
            self.vault
                .open_for(proof, Cell::new("manuscript", "sealed", row.id), &row.sealed)?;
        let own = |email: &str| Email::parse(email).as_ref() == Some(&proof.email);
        let zh = submission.language != "en" && !submission.abstract_zh.is_empty();
        Ok(CoauthorView {
            submitted_by: self.submitter(proof, &submission).await?,
            summary: if zh {
                &submission.abstract_zh
            } else {
                &submission.abstract_en
            }
            .clone(),
            title: rows::title(&row).to_owned(),
            title_lang: row.language.clone(),
            corresponding: submission
                .authors
                .iter()
                .any(|a| a.corresponding && own(&a.email)),
            authors: submission.authors,
            number: row.number,
        })
    }

    /// Whoever submitted a manuscript, as the list of authors names that person. What the office entered for its authors was
    /// submitted by none of them, and nobody of the office is named.
    async fn submitter(
        &self,
        proof: &AsCoauthor,
        submission: &Submission,
    ) -> Result<Option<Submitter>, Fault> {
        let sent = event::Entity::find()
            .filter(event::Column::ManuscriptId.eq(proof.manuscript))
            .filter(event::Column::Kind.eq(key_of(&EventKind::Submitted)?))
            .order_by_asc(event::Column::Seq)
            .one(&self.db.read)
            .await?;
        let Some(sent) = sent else { return Ok(None) };
        let body: EventBody =
            self.vault
                .open_for(proof, Cell::new("event", "sealed", sent.id), &sent.sealed)?;
        for author in submission.authors.iter().filter(|_| !body.by.is_empty()) {
            let Some(email) = Email::parse(&author.email) else {
                continue;
            };
            if let Some(account) = self.account_row(&self.db.read, &email).await?
                && self.deed(&self.db.read, account.id, proof.manuscript).await? == body.by
            {
                return Ok(Some(Submitter {
                    native_name: author.native_name.clone(),
                    latin_name: author.latin_name.clone(),
                }));
            }
        }
        Ok(None)
    }
}
