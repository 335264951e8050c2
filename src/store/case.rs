//! A case: one manuscript inside one transaction, with its row locked. Actions work on nothing else.

mod marks;
mod record;

use std::sync::Arc;

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::access::{
    AsAuthor, AsCoauthor, AsConcerned, AsEditor, AsOffice, AsReviewer, Denied, NamesOpened, Purpose, Who,
};
use super::coauthors::typed_profile;
use super::entity::{authorship, event, manuscript, mark};
use super::vault::{Tie, free_slot, slots};
use super::{Fault, Store};
use crate::domain::event::{EventBody, EventKind};
use crate::domain::label::Label;
use crate::domain::manuscript::Submission;
use crate::domain::person::{Email, Lang};
use crate::domain::relation::Relation;
use crate::domain::rules::Rules;
use crate::domain::stage::{Stage, Step, next};
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

/// One manuscript, locked, with everything that happens to it in this transaction. Dropped without
/// `commit`, nothing of it has happened.
pub struct Case<'s> {
    pub(super) store: &'s Store,
    pub(super) txn: DatabaseTransaction,
    pub(super) row: manuscript::Model,
    pub(super) now: Timestamp,
    pub(super) actor: Option<i64>,
    /// The figures that hold for this transaction, also if they are changed meanwhile.
    rules: Arc<Rules>,
    /// Whether what it is found by has changed.
    findable: bool,
    role: &'static str,
    stage: Stage,
}

/// What of a submission everybody concerned may read, after it went through the stripper.
#[derive(Clone, Debug, Default)]
pub struct BlindText {
    /// Titles in Chinese and English.
    pub title: [String; 2],
    /// Abstracts in Chinese and English.
    pub summary: [String; 2],
    /// Keywords in Chinese and English.
    pub keywords: [String; 2],
}

impl Store {
    /// Begins a new draft of which `who` is the author; returns its number.
    pub async fn new_draft(&self, who: &Who) -> Result<String, Fault> {
        let txn = self.db.begin().await?;
        let mut submission = Submission::default();
        submission.authors.push(own_entry(who));
        let row = self.new_row(&txn, &submission).await?;
        self.add_author(&txn, who.account, row.id).await?;
        txn.commit().await?;
        Ok(row.number)
    }

    /// The row of a new manuscript, in draft, without anybody's part in it.
    pub(super) async fn new_row(
        &self,
        txn: &DatabaseTransaction,
        submission: &Submission,
    ) -> Result<manuscript::Model, Fault> {
        let id = self.vault.id("manuscript");
        let row = manuscript::Model {
            id,
            number: self.chance.number(),
            stage: Stage::Draft.key().to_owned(),
            version: 1,
            round: 1,
            language: String::new(),
            article_type: String::new(),
            section: String::new(),
            title_zh: String::new(),
            title_en: String::new(),
            abstract_zh: String::new(),
            abstract_en: String::new(),
            keywords_zh: String::new(),
            keywords_en: String::new(),
            trial: "none".to_owned(),
            submitted_at: None,
            stage_at: self.clock.now().as_microsecond(),
            next_due: None,
            office_list: String::new(),
            sealed: self
                .vault
                .seal(Cell::new("manuscript", "sealed", id), submission)?,
            events: 0,
            head: Vec::new(),
            held: false,
        };
        manuscript::Entity::insert(row.clone().into_active_model().reset_all())
            .exec_without_returning(txn)
            .await?;
        Ok(row)
    }

    pub(super) async fn add_author(
        &self,
        txn: &DatabaseTransaction,
        account: i64,
        manuscript: i64,
    ) -> Result<(), Fault> {
        let id = self.vault.id("authorship");
        let column = authorship::Column::SlotTag;
        let slot = free_slot::<authorship::Entity>(&self.vault, txn, Tie::Author, account, column).await?;
        let row = authorship::ActiveModel {
            id: Set(id),
            manuscript_id: Set(manuscript),
            access_tag: Set(self.vault.access_tag(Tie::Author, account, manuscript)),
            slot_tag: Set(self.vault.slot_tag(Tie::Author, account, slot)),
            sealed: Set(self.vault.seal(Cell::new("authorship", "sealed", id), &account)?),
        };
        authorship::Entity::insert(row)
            .exec_without_returning(txn)
            .await?;
        Ok(())
    }

    /// Opens a case for an author whose proof is asked for again inside the transaction.
    pub async fn case_as_author(&self, proof: &AsAuthor) -> Result<Case<'_>, Denied> {
        self.case(
            proof.manuscript,
            Some((proof.account, &[Relation::Author], "author")),
        )
        .await
    }

    /// Opens a case for an editor.
    pub async fn case_as_editor(&self, proof: &AsEditor) -> Result<Case<'_>, Denied> {
        self.case(
            proof.manuscript,
            Some((
                proof.account,
                &[Relation::HandlingEditor, Relation::Editor],
                "editor",
            )),
        )
        .await
    }

    /// Opens a case for a reviewer.
    pub async fn case_as_reviewer(&self, proof: &AsReviewer) -> Result<Case<'_>, Denied> {
        self.case(
            proof.manuscript,
            Some((proof.account, &[Relation::Reviewer], "reviewer")),
        )
        .await
    }

    /// Opens a case for somebody who was typed in as an author; who acts is known once that is confirmed.
    pub async fn case_as_coauthor(&self, proof: &AsCoauthor) -> Result<Case<'_>, Denied> {
        let case = self.case(proof.manuscript, None).await?;
        self.still_typed(&case.txn, proof).await?;
        Ok(Case {
            role: "author",
            ..case
        })
    }

    /// Opens a case for somebody who is asked to agree to a change of authors.
    pub async fn case_as_concerned(&self, proof: &AsConcerned) -> Result<Case<'_>, Denied> {
        let case = self.case(proof.manuscript, None).await?;
        case.still_concerned(proof).await?;
        Ok(Case {
            role: "author",
            ..case
        })
    }

    /// Opens a case for the clock and the program's own work.
    pub(crate) async fn case_as_clock(&self, manuscript: i64) -> Result<Case<'_>, Denied> {
        self.case(manuscript, None).await
    }

    async fn case(
        &self,
        manuscript: i64,
        person: Option<(i64, &[Relation], &'static str)>,
    ) -> Result<Case<'_>, Denied> {
        let txn = self.db.begin().await?;
        let row = manuscript::Entity::find_by_id(manuscript)
            .lock_exclusive()
            .one(&txn)
            .await?
            .ok_or(Denied::NotFound)?;
        if let Some((account, relations, _)) = person {
            self.still(&txn, account, manuscript, relations).await?;
        }
        let (actor, role) = person.map_or((None, "clock"), |(account, _, role)| (Some(account), role));
        Ok(self.case_over(txn, row, actor, role)?)
    }

    /// A case over a row that this transaction holds.
    pub(super) fn case_over(
        &self,
        txn: DatabaseTransaction,
        row: manuscript::Model,
        actor: Option<i64>,
        role: &'static str,
    ) -> Result<Case<'_>, Fault> {
        let stage = stage_of(&row.stage)?;
        Ok(Case {
            store: self,
            txn,
            row,
            now: self.clock.now(),
            actor,
            rules: self.rules(),
            findable: false,
            role,
            stage,
        })
    }
}

fn own_entry(who: &Who) -> crate::domain::manuscript::AuthorEntry {
    crate::domain::manuscript::AuthorEntry {
        native_name: who.profile.native_name.clone(),
        latin_name: who.profile.latin_name.clone(),
        affiliations: who.profile.affiliation.clone(),
        email: who.email.to_string(),
        orcid: who.profile.orcid.clone(),
        corresponding: true,
        joint_first: false,
    }
}

pub(super) fn stage_of(key: &str) -> Result<Stage, Fault> {
    Stage::from_key(key).ok_or_else(|| Fault::Value(format!("stage {key}")))
}

impl Case<'_> {
    /// The manuscript's row.
    pub fn id(&self) -> i64 {
        self.row.id
    }

    /// The public number.
    pub fn number(&self) -> &str {
        &self.row.number
    }

    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The round of review, from 1.
    pub fn round(&self) -> i32 {
        self.row.round
    }

    /// The row's version when the case was opened; forms carry it.
    pub fn version(&self) -> i64 {
        self.row.version
    }

    /// The instant of this transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The journal's figures.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The store that it is a case of.
    pub fn store(&self) -> &Store {
        self.store
    }

    /// The earliest instant at which a window closes or reminds.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.row
            .next_due
            .and_then(|t| Timestamp::from_microsecond(t).ok())
    }

    /// What reviewers see of the trial: a verdict's key.
    pub fn trial(&self) -> &str {
        &self.row.trial
    }

    /// Sets what reviewers see of the trial.
    pub fn set_trial(&mut self, verdict: &str) {
        verdict.clone_into(&mut self.row.trial);
    }

    /// The blind title in the manuscript's language, for letters.
    pub fn title(&self) -> &str {
        super::rows::title(&self.row)
    }

    /// The manuscript's language.
    pub fn lang(&self) -> crate::domain::person::Lang {
        crate::domain::person::Lang::from_tag(&self.row.language).unwrap_or_default()
    }

    /// The blind abstract in the manuscript's language, for invitations.
    pub fn summary(&self) -> &str {
        if self.row.language == "en" || self.row.abstract_zh.is_empty() {
            &self.row.abstract_en
        } else {
            &self.row.abstract_zh
        }
    }

    /// Takes a step; false if it does not exist at this stage.
    #[must_use]
    pub fn step(&mut self, step: Step) -> bool {
        let Some(to) = next(self.stage, step) else {
            return false;
        };
        self.stage = to;
        to.key().clone_into(&mut self.row.stage);
        self.row.stage_at = self.now.as_microsecond();
        true
    }

    /// Puts a manuscript that began elsewhere where it stands, with the instants at which it came and moved there.
    pub(super) fn stand_at(&mut self, stage: Stage, received: Timestamp, since: Timestamp, round: i32) {
        self.stage = stage;
        stage.key().clone_into(&mut self.row.stage);
        self.row.stage_at = since.as_microsecond();
        self.row.submitted_at = Some(received.as_microsecond());
        self.row.round = round;
    }

    /// Whether it is on hold: all windows but screening stand still.
    pub fn held(&self) -> bool {
        self.row.held
    }

    /// Begins the next round of review.
    pub fn next_round(&mut self) {
        self.row.round += 1;
    }

    /// What the author submitted.
    pub fn submission(&self) -> Result<Submission, Fault> {
        self.store.vault.open_for(
            &CLOCK,
            Cell::new("manuscript", "sealed", self.row.id),
            &self.row.sealed,
        )
    }

    /// Keeps what the author wrote.
    pub fn keep_submission(&mut self, submission: &Submission) -> Result<(), Fault> {
        self.row.sealed = self
            .store
            .vault
            .seal(Cell::new("manuscript", "sealed", self.row.id), submission)?;
        self.row.language.clone_from(&submission.language);
        self.row.article_type.clone_from(&submission.article_type);
        self.row.section.clone_from(&submission.section);
        Ok(())
    }

    /// Makes it found by its authors as they are now, when this case is committed.
    pub fn authors_changed(&mut self) {
        self.findable = true;
    }

    /// Sets the instant of receipt.
    pub fn received_now(&mut self) {
        self.row.submitted_at = Some(self.now.as_microsecond());
    }

    /// Sets the text that everybody concerned may read.
    pub fn set_text(&mut self, text: BlindText) {
        [self.row.title_zh, self.row.title_en] = text.title;
        [self.row.abstract_zh, self.row.abstract_en] = text.summary;
        [self.row.keywords_zh, self.row.keywords_en] = text.keywords;
        self.findable = true;
    }

    /// Takes a draft out of the world with everything that hangs on it; returns the names of its blobs, to be removed
    /// afterwards.
    pub async fn discard(self) -> Result<Vec<String>, Fault> {
        let id = self.row.id;
        let authors = authorship::Entity::find()
            .filter(authorship::Column::ManuscriptId.eq(id))
            .all(&self.txn)
            .await?;
        for row in authors {
            let cell = Cell::new("authorship", "sealed", row.id);
            let account: i64 = self.store.vault.open_for(&CLOCK, cell, &row.sealed)?;
            self.end_authorship(row, account).await?;
        }
        let mut blobs = Vec::new();
        for file in self.files().await? {
            let gone = self.remove_file(file.id, file.round, None).await?;
            blobs.extend(gone.into_iter().flatten());
        }
        manuscript::Entity::delete_by_id(id).exec(&self.txn).await?;
        self.txn.commit().await?;
        Ok(blobs)
    }

    pub(super) fn conn(&self) -> &impl ConnectionTrait {
        &self.txn
    }
}

/// The stored name of a value that serialises to a string.
pub(super) fn key_of(value: &impl serde::Serialize) -> Result<String, Fault> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(key) => Ok(key),
        other => Err(Fault::Value(format!("{other} is no name"))),
    }
}
