//! Files: each opens and is what was uploaded, and no blind copy shows whom it hides.

use std::collections::HashMap;

use sea_orm::EntityTrait;

use super::super::entity::file;
use super::super::people::Person;
use super::super::{Fault, Store};
use super::Findings;

impl Store {
    pub(super) async fn verify_files(&self, out: &mut Findings) -> Result<(), Fault> {
        let mut hidden: HashMap<i64, bauta_strip::Identity> = HashMap::new();
        for row in file::Entity::find().all(&self.db.read).await? {
            self.verify_original(&row, out);
            if row.blind_blob.is_empty() {
                continue;
            }
            let copy = match self.blobs.get(&row.blind_blob) {
                Ok(copy) => copy,
                Err(error) => {
                    out.break_at(&place(&row), format!("the blind copy does not open: {error}"));
                    continue;
                }
            };
            out.files += 1;
            if copy.len() as i64 != row.blind_size {
                out.break_at(
                    &place(&row),
                    "the blind copy has another size than was written down",
                );
            }
            let identity = match row.assignment_id {
                Some(assignment) => self.reviewer_identity(assignment).await?,
                None => match hidden.get(&row.manuscript_id) {
                    Some(known) => known.clone(),
                    None => {
                        let known = self.terms(row.manuscript_id).await?;
                        hidden.insert(row.manuscript_id, known.clone());
                        known
                    }
                },
            };
            match bauta_strip::still_seen(&copy, &identity) {
                Ok(None) => out.copies += 1,
                // What was seen is not said: who reads this line need not be who may know.
                Ok(Some(_)) => out.break_at(&place(&row), "the blind copy shows whom it hides"),
                Err(refusal) => out.break_at(
                    &place(&row),
                    format!("the blind copy cannot be read: {refusal:?}"),
                ),
            }
        }
        Ok(())
    }

    fn verify_original(&self, row: &file::Model, out: &mut Findings) {
        if row.blob.is_empty() {
            return;
        }
        match self.blobs.get(&row.blob) {
            Ok(bytes) => {
                let tag = self.vault.content_tag(blake3::hash(&bytes).as_bytes());
                if tag != row.content_tag || bytes.len() as i64 != row.size {
                    out.break_at(&place(row), "the file is not what was uploaded");
                } else {
                    out.files += 1;
                }
            }
            Err(error) => out.break_at(&place(row), format!("the file does not open: {error}")),
        }
    }

    async fn reviewer_identity(&self, assignment: i64) -> Result<bauta_strip::Identity, Fault> {
        let Some(account) = self.account_of_assignment(assignment).await? else {
            return Ok(bauta_strip::Identity::default());
        };
        let person = self.person_of(&self.db.read, account).await?;
        Ok(bauta_strip::Identity {
            people: person.iter().map(stripped).collect(),
            ..bauta_strip::Identity::default()
        })
    }
}

fn stripped(person: &Person) -> bauta_strip::Person {
    bauta_strip::Person {
        name: person.profile.latin_name.clone(),
        native_name: person.profile.native_name.clone(),
        email: person.email.to_string(),
        orcid: person.profile.orcid.clone(),
        affiliations: Vec::new(),
    }
}

fn place(row: &file::Model) -> String {
    format!("file {} ({})", row.id, row.name)
}
