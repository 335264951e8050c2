//! What somebody who was typed in as an author sees before confirming it: the title and in which capacity.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use crate::domain::manuscript::{AuthorEntry, Submission};
use crate::domain::person::Email;
use crate::domain::request::RequestBody;
use crate::seal::Cell;
use crate::store::access::{AsCoauthor, AsConcerned, Denied};
use crate::store::entity::{manuscript, request};
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
        Ok(CoauthorView {
            title: rows::title(&row).to_owned(),
            title_lang: row.language.clone(),
            corresponding: submission
                .authors
                .iter()
                .any(|a| a.corresponding && own(&a.email)),
            number: row.number,
        })
    }
}
