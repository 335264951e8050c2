//! What somebody who was typed in as an author sees before confirming it: the title and in which capacity.

use sea_orm::EntityTrait;
use serde::Serialize;

use crate::domain::manuscript::Submission;
use crate::domain::person::Email;
use crate::seal::Cell;
use crate::store::access::AsCoauthor;
use crate::store::entity::manuscript;
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

impl Store {
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
