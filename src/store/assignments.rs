//! Who reviews a manuscript: assignments and their states, and what stands between a person and a review.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::access::{AsOffice, Purpose, label_of};
use super::case::Case;
use super::entity::assignment;
use super::vault::{Tie, free_slot};
use crate::domain::conflict::{Conflict, same_institution, same_mail_domain};
use crate::domain::label::Label;
use crate::domain::manuscript::Submission;
use crate::domain::person::{Email, Lang, Profile};
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
        self.store.ensure_asked_in(&self.txn, email, profile, lang).await
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

    /// Whether the person of an assignment cannot review it any more.
    pub async fn barred(&self, assignment: i64) -> Result<bool, Fault> {
        match self.reviewer_account(assignment).await? {
            Some(account) => Ok(self.conflicts(account).await?.contains(&Conflict::Refused)),
            None => Ok(true),
        }
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
