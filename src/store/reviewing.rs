//! Reviewing inside a case: assignments, reviews, decisions, revisions.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::access::{AsOffice, AsReviewer, Purpose, label_of};
use super::case::Case;
use super::entity::{assignment, decision, review, review_version, revision};
use super::people::Person;
use super::vault::{Tie, free_slot};
use crate::domain::conflict::{Conflict, same_institution, same_mail_domain};
use crate::domain::decision::{DecisionKind, DecisionText};
use crate::domain::label::Label;
use crate::domain::manuscript::Submission;
use crate::domain::person::{Email, Lang, Profile};
use crate::domain::review::Review;
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);
const CONFLICTS: AsOffice = AsOffice(Purpose::Conflicts);

/// What an assignment's sealed value holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AssignmentBody {
    pub account: i64,
    /// Why the invitation was declined, cancelled or the warning overridden.
    pub reason: String,
    /// Whom the reviewer suggested instead.
    pub suggestion: String,
}

/// An assignment as the rules need it: no name.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The row.
    pub id: i64,
    /// The pseudonym.
    pub label: Label,
    /// `alternate`, `invited`, `accepted`, `declined`, `expired`, `cancelled` or `released`.
    pub state: String,
}

/// A pending or past decision, as the rules need it.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The row.
    pub id: i64,
    /// What was decided.
    pub kind: DecisionKind,
    /// The round it closes.
    pub round: i32,
    /// When the letter goes, if it is not taken back before.
    pub send_at: i64,
    /// What it says.
    pub text: DecisionText,
}

#[derive(Serialize, Deserialize)]
pub(super) struct DecisionBody {
    pub actor: i64,
    pub text: DecisionText,
}

/// The author's answers while they are written and as they were sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// One answer a point, in the order of the decision's points.
    pub answers: Vec<String>,
    /// The rebuttal's covering words (答辩书).
    pub rebuttal: String,
}

impl Case<'_> {
    fn assignment_of(row: &assignment::Model) -> Result<Assignment, Fault> {
        Ok(Assignment {
            id: row.id,
            label: label_of(row.label)?,
            state: row.state.clone(),
        })
    }

    async fn assignment_rows(&self) -> Result<Vec<assignment::Model>, Fault> {
        Ok(assignment::Entity::find()
            .filter(assignment::Column::ManuscriptId.eq(self.row.id))
            .order_by_asc(assignment::Column::Position)
            .all(&self.txn)
            .await?)
    }

    /// All assignments of the manuscript, alternates in their order.
    pub async fn assignments(&self) -> Result<Vec<Assignment>, Fault> {
        self.assignment_rows()
            .await?
            .iter()
            .map(Self::assignment_of)
            .collect()
    }

    /// One assignment of this manuscript.
    pub async fn assignment(&self, id: i64) -> Result<Option<Assignment>, Fault> {
        Ok(self.assignments().await?.into_iter().find(|a| a.id == id))
    }

    fn assignment_cell(id: i64) -> Cell {
        Cell::new("assignment", "sealed", id)
    }

    pub(super) fn assignment_body(&self, row: &assignment::Model) -> Result<AssignmentBody, Fault> {
        self.store
            .vault
            .open_for(&CLOCK, Self::assignment_cell(row.id), &row.sealed)
    }

    pub(super) async fn reviewer_account(&self, id: i64) -> Result<Option<i64>, Fault> {
        let row = assignment::Entity::find_by_id(id)
            .filter(assignment::Column::ManuscriptId.eq(self.row.id))
            .one(&self.txn)
            .await?;
        row.map(|row| Ok(self.assignment_body(&row)?.account)).transpose()
    }

    /// The account of somebody who is to be asked for a review, made if the address has none.
    pub async fn reviewer_for(&self, email: &Email, name: &str, lang: Lang) -> Result<i64, Fault> {
        let native = !name.is_ascii();
        let profile = Profile {
            native_name: if native { name.to_owned() } else { String::new() },
            latin_name: if native { String::new() } else { name.to_owned() },
            ..Profile::default()
        };
        Ok(self
            .store
            .ensure_account_in(&self.txn, email, profile, lang, false)
            .await?
            .0)
    }

    /// What stands between an account and reviewing this manuscript, worst first.
    pub async fn conflicts(&self, account: i64) -> Result<Vec<Conflict>, Fault> {
        let Some(who) = self.store.who_of(self.conn(), account).await? else {
            return Ok(vec![Conflict::Refused]);
        };
        let tag = |tie| self.store.vault.access_tag(tie, account, self.row.id);
        let mut refused = self.handler().await? == Some(account);
        for tag in [
            self.store.vault.typed_tag(&who.email, self.row.id),
            tag(Tie::Declared),
            tag(Tie::Opened),
        ] {
            refused |= self.has_mark(&tag).await?;
        }
        let author = super::entity::authorship::Entity::find()
            .filter(super::entity::authorship::Column::AccessTag.eq(tag(Tie::Author)))
            .one(&self.txn)
            .await?;
        if refused || author.is_some() {
            return Ok(vec![Conflict::Refused]);
        }
        let submission: Submission = self.store.vault.open_for(
            &CONFLICTS,
            Cell::new("manuscript", "sealed", self.row.id),
            &self.row.sealed,
        )?;
        let mut out = warnings(&submission, &who.email, &who.profile);
        if self
            .store
            .recent_coauthors(&self.txn, &submission)
            .await?
            .has(&who.profile)
        {
            out.push(Conflict::RecentCoauthor);
        }
        Ok(out)
    }

    /// Adds a reviewer as `invited` or `alternate`. None if the person has an assignment here already or all labels are given.
    pub async fn assign(&self, account: i64, state: &str, reason: &str) -> Result<Option<Assignment>, Fault> {
        let rows = self.assignment_rows().await?;
        let access_tag = self.store.vault.access_tag(Tie::Reviewer, account, self.row.id);
        if rows.iter().any(|row| row.access_tag == access_tag) {
            return Ok(None);
        }
        let taken: Vec<Label> = rows
            .iter()
            .map(|row| label_of(row.label))
            .collect::<Result<_, _>>()?;
        let Some(label) = Label::draw(&taken, |n| self.store.chance.below("label", n)) else {
            return Ok(None);
        };
        let id = self.store.vault.id("assignment");
        let (vault, column) = (&self.store.vault, assignment::Column::SlotTag);
        let slot = free_slot::<assignment::Entity>(vault, &self.txn, Tie::Reviewer, account, column).await?;
        let body = AssignmentBody {
            account,
            reason: reason.to_owned(),
            suggestion: String::new(),
        };
        let row = assignment::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            label: Set(i16::from(label.index())),
            state: Set(state.to_owned()),
            position: Set(rows.len() as i32),
            access_tag: Set(access_tag),
            slot_tag: Set(self.store.vault.slot_tag(Tie::Reviewer, account, slot)),
            sealed: Set(self.store.vault.seal(Self::assignment_cell(id), &body)?),
            invited_at: Set((state == "invited").then_some(self.now.as_microsecond())),
            answered_at: Set(None),
            ended_at: Set(None),
        };
        assignment::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(Some(Assignment {
            id,
            label,
            state: state.to_owned(),
        }))
    }

    /// Changes an assignment's state if it is one of `from`; false if it is not.
    pub async fn set_assignment(&self, id: i64, from: &[&str], to: &str) -> Result<bool, Fault> {
        let now = Some(self.now.as_microsecond());
        let mut update = assignment::Entity::update_many()
            .col_expr(assignment::Column::State, Expr::value(to))
            .filter(assignment::Column::Id.eq(id))
            .filter(assignment::Column::ManuscriptId.eq(self.row.id))
            .filter(assignment::Column::State.is_in(from.iter().copied()));
        update = match to {
            "invited" => update.col_expr(assignment::Column::InvitedAt, Expr::value(now)),
            "accepted" => update.col_expr(assignment::Column::AnsweredAt, Expr::value(now)),
            _ => update.col_expr(assignment::Column::EndedAt, Expr::value(now)),
        };
        Ok(update.exec(&self.txn).await?.rows_affected == 1)
    }

    /// Keeps why an assignment ended and whom the reviewer suggested.
    pub async fn note_assignment(&self, id: i64, reason: &str, suggestion: &str) -> Result<(), Fault> {
        let row = assignment::Entity::find_by_id(id)
            .one(&self.txn)
            .await?
            .ok_or_else(|| Fault::Value("assignment is gone".into()))?;
        let mut body = self.assignment_body(&row)?;
        body.reason = reason.to_owned();
        body.suggestion = suggestion.to_owned();
        let mut row = row.into_active_model();
        row.sealed = Set(self.store.vault.seal(Self::assignment_cell(id), &body)?);
        row.update(&self.txn).await?;
        Ok(())
    }

    /// Marks that the reviewer of an assignment declared a conflict.
    pub async fn declare_conflict(&self, assignment: i64) -> Result<(), Fault> {
        match self.reviewer_account(assignment).await? {
            Some(account) => self.mark_declared(account).await,
            None => Ok(()),
        }
    }

    fn review_cell(id: i64) -> Cell {
        Cell::new("review", "sealed", id)
    }

    async fn review_row(&self, assignment: i64) -> Result<Option<review::Model>, Fault> {
        Ok(review::Entity::find()
            .filter(review::Column::AssignmentId.eq(assignment))
            .filter(review::Column::Round.eq(self.row.round))
            .one(&self.txn)
            .await?)
    }

    /// Keeps a review of this round: a draft, or sent. A sent one that is replaced stays as a version.
    /// Returns whether one had been sent before.
    pub async fn keep_review(&self, assignment: i64, content: &Review, send: bool) -> Result<bool, Fault> {
        let now = self.now.as_microsecond();
        let Some(row) = self.review_row(assignment).await? else {
            let id = self.store.vault.id("review");
            let row = review::ActiveModel {
                id: Set(id),
                manuscript_id: Set(self.row.id),
                assignment_id: Set(assignment),
                round: Set(self.row.round),
                state: Set(if send { "sent" } else { "draft" }.to_owned()),
                sealed: Set(self.store.vault.seal(Self::review_cell(id), content)?),
                sent_at: Set(send.then_some(now)),
                version: Set(1),
            };
            review::Entity::insert(row)
                .exec_without_returning(&self.txn)
                .await?;
            return Ok(false);
        };
        let was_sent = row.state == "sent";
        if was_sent {
            let old: Review = self
                .store
                .vault
                .open_for(&CLOCK, Self::review_cell(row.id), &row.sealed)?;
            let id = self.store.vault.id("review_version");
            let version = review_version::ActiveModel {
                id: Set(id),
                review_id: Set(row.id),
                sealed: Set(self
                    .store
                    .vault
                    .seal(Cell::new("review_version", "sealed", id), &old)?),
                at: Set(now),
            };
            review_version::Entity::insert(version)
                .exec_without_returning(&self.txn)
                .await?;
        }
        let (id, version, sent_at) = (row.id, row.version, row.sent_at);
        let mut row = row.into_active_model();
        row.sealed = Set(self.store.vault.seal(Self::review_cell(id), content)?);
        row.version = Set(version + 1);
        if send {
            row.state = Set("sent".to_owned());
            row.sent_at = Set(Some(sent_at.unwrap_or(now)));
        }
        row.update(&self.txn).await?;
        Ok(was_sent)
    }

    /// The review of this round as the reviewer sent it.
    pub async fn own_sent_review(&self, proof: &AsReviewer) -> Result<Option<Review>, Fault> {
        let row = self
            .review_row(proof.assignment)
            .await?
            .filter(|row| row.state == "sent");
        row.map(|row| {
            self.store
                .vault
                .open_for(proof, Self::review_cell(row.id), &row.sealed)
        })
        .transpose()
    }

    /// Whether the reviewer has sent the review of this round.
    pub async fn review_sent(&self, assignment: i64) -> Result<bool, Fault> {
        Ok(self
            .review_row(assignment)
            .await?
            .is_some_and(|row| row.state == "sent"))
    }

    /// Whether the reviewer of an assignment sent a review in an earlier round.
    pub async fn reviewed_before(&self, assignment: i64) -> Result<bool, Fault> {
        let found = review::Entity::find()
            .filter(review::Column::AssignmentId.eq(assignment))
            .filter(review::Column::State.eq("sent"))
            .filter(review::Column::Round.lt(self.row.round))
            .one(&self.txn)
            .await?;
        Ok(found.is_some())
    }

    fn decision_cell(id: i64) -> Cell {
        Cell::new("decision", "sealed", id)
    }

    fn decision_of(&self, row: &decision::Model) -> Result<Decision, Fault> {
        let body: DecisionBody =
            self.store
                .vault
                .open_for(&CLOCK, Self::decision_cell(row.id), &row.sealed)?;
        let kind = DecisionKind::from_key(&row.kind)
            .ok_or_else(|| Fault::Value(format!("decision {}", row.kind)))?;
        Ok(Decision {
            id: row.id,
            kind,
            round: row.round,
            send_at: row.send_at,
            text: body.text,
        })
    }

    /// Stores a pending decision; its letter goes at `send_at`.
    pub async fn keep_decision(
        &self,
        kind: DecisionKind,
        text: &DecisionText,
        send_at: jiff::Timestamp,
    ) -> Result<i64, Fault> {
        let id = self.store.vault.id("decision");
        let body = DecisionBody {
            actor: self.actor.unwrap_or_default(),
            text: text.clone(),
        };
        let row = decision::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            round: Set(self.row.round),
            kind: Set(kind.key().to_owned()),
            state: Set("pending".to_owned()),
            sealed: Set(self.store.vault.seal(Self::decision_cell(id), &body)?),
            decided_at: Set(self.now.as_microsecond()),
            send_at: Set(send_at.as_microsecond()),
            received_at: Set(None),
        };
        decision::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(id)
    }

    /// The pending decision, if there is one.
    pub async fn pending(&self) -> Result<Option<Decision>, Fault> {
        self.decision_in("pending").await
    }

    /// The last decision that was received.
    pub async fn last_received(&self) -> Result<Option<Decision>, Fault> {
        self.decision_in("received").await
    }

    /// The account that made the last decision that was received.
    pub async fn last_decider(&self) -> Result<Option<i64>, Fault> {
        let row = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(self.row.id))
            .filter(decision::Column::State.eq("received"))
            .order_by_desc(decision::Column::DecidedAt)
            .one(&self.txn)
            .await?;
        row.map(|row| {
            let cell = Self::decision_cell(row.id);
            let body: DecisionBody = self.store.vault.open_for(&CLOCK, cell, &row.sealed)?;
            Ok(body.actor)
        })
        .transpose()
    }

    async fn decision_in(&self, state: &str) -> Result<Option<Decision>, Fault> {
        let row = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(self.row.id))
            .filter(decision::Column::State.eq(state))
            .order_by_desc(decision::Column::DecidedAt)
            .one(&self.txn)
            .await?;
        row.map(|row| self.decision_of(&row)).transpose()
    }

    /// Closes the pending decision as `received`, `undone` or `void`; false if it is pending no more.
    pub async fn close_decision(&self, id: i64, state: &str) -> Result<bool, Fault> {
        let received = (state == "received").then_some(self.now.as_microsecond());
        let result = decision::Entity::update_many()
            .col_expr(decision::Column::State, Expr::value(state))
            .col_expr(decision::Column::ReceivedAt, Expr::value(received))
            .filter(decision::Column::Id.eq(id))
            .filter(decision::Column::State.eq("pending"))
            .exec(&self.txn)
            .await?;
        Ok(result.rows_affected == 1)
    }

    async fn revision_row(&self) -> Result<Option<revision::Model>, Fault> {
        Ok(revision::Entity::find()
            .filter(revision::Column::ManuscriptId.eq(self.row.id))
            .filter(revision::Column::Round.eq(self.row.round))
            .one(&self.txn)
            .await?)
    }

    /// The author's answers of this round.
    pub async fn answers(&self) -> Result<Answers, Fault> {
        match self.revision_row().await? {
            Some(row) => {
                self.store
                    .vault
                    .open_for(&CLOCK, Cell::new("revision", "sealed", row.id), &row.sealed)
            }
            None => Ok(Answers::default()),
        }
    }

    /// Keeps the answers of this round, as a draft or as sent.
    pub async fn keep_answers(&self, answers: &Answers, send: bool) -> Result<(), Fault> {
        let sent_at = send.then_some(self.now.as_microsecond());
        let state = if send { "sent" } else { "draft" }.to_owned();
        if let Some(row) = self.revision_row().await? {
            let id = row.id;
            let mut row = row.into_active_model();
            row.sealed = Set(self
                .store
                .vault
                .seal(Cell::new("revision", "sealed", id), answers)?);
            row.state = Set(state);
            row.sent_at = Set(sent_at);
            row.update(&self.txn).await?;
            return Ok(());
        }
        let id = self.store.vault.id("revision");
        let row = revision::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            round: Set(self.row.round),
            state: Set(state),
            sealed: Set(self
                .store
                .vault
                .seal(Cell::new("revision", "sealed", id), answers)?),
            sent_at: Set(sent_at),
        };
        revision::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(())
    }
}

/// What an editor must know before asking this person, never saying which author is meant.
pub(super) fn warnings(submission: &Submission, email: &Email, profile: &Profile) -> Vec<Conflict> {
    let mut out = Vec::new();
    let opposed = |o: &crate::domain::manuscript::NamedReviewer| {
        Email::parse(&o.email).is_some_and(|e| e == *email)
            || (!o.name.trim().is_empty()
                && [profile.native_name.as_str(), profile.latin_name.as_str()]
                    .iter()
                    .any(|n| n.trim().eq_ignore_ascii_case(o.name.trim())))
    };
    if submission.opposed.iter().any(opposed) {
        out.push(Conflict::Opposed);
    }
    if submission
        .authors
        .iter()
        .any(|a| same_institution(&a.affiliations, &profile.affiliation))
    {
        out.push(Conflict::SameInstitution);
    }
    if submission
        .authors
        .iter()
        .filter_map(|a| Email::parse(&a.email))
        .any(|e| same_mail_domain(&e, email))
    {
        out.push(Conflict::SameMailDomain);
    }
    out
}

/// The person of an account as a recipient: address, profile, language.
pub(super) fn recipient(person: &Person) -> (Email, String, Lang) {
    (
        person.email.clone(),
        person.profile.name(person.lang).to_owned(),
        person.lang,
    )
}

impl super::Store {
    /// What must go out of a reviewer's attachment: the reviewer's own identity.
    pub(crate) async fn reviewer_terms(
        &self,
        manuscript: i64,
        assignment: Option<i64>,
    ) -> Result<bauta_strip::Identity, Fault> {
        let row = assignment::Entity::find_by_id(assignment.unwrap_or_default())
            .filter(assignment::Column::ManuscriptId.eq(manuscript))
            .one(&self.db.read)
            .await?
            .ok_or_else(|| Fault::Value("assignment is gone".into()))?;
        let terms = AsOffice(Purpose::Terms);
        let body: AssignmentBody =
            self.vault
                .open_for(&terms, Cell::new("assignment", "sealed", row.id), &row.sealed)?;
        let mut identity = bauta_strip::Identity::default();
        if let Some(who) = self.who_of(&self.db.read, body.account).await? {
            identity.people.push(bauta_strip::Person {
                name: who.profile.latin_name,
                native_name: who.profile.native_name,
                email: who.email.to_string(),
                orcid: who.profile.orcid,
                affiliations: vec![who.profile.affiliation],
            });
        }
        for file in self.file_rows(&self.db.read, manuscript).await? {
            if file.assignment_id == Some(row.id) {
                let report = self.file_report(&file)?;
                identity.terms.extend(report.removed);
                identity.keep.extend(report.kept);
            }
        }
        Ok(identity)
    }
}
