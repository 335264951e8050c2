//! Erasing a person: their own secret is destroyed, and what tied them to manuscripts and reviews with it. The record
//! of what was decided stays whole.
//!
//! What is public stays public. Backups that are older hold what they held: nothing here reaches them.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::access::{AsAdministrator, AsOffice, Purpose, Who};
use super::assignments::AssignmentBody;
use super::case::stage_of;
use super::entity::{
    account, assignment, authorship, file, handling, job, letter, link, manuscript, mark, request,
};
use super::links::{LinkBody, LinkPurpose};
use super::outbox::Stored;
use super::people::Person;
use super::roles::Capacity;
use super::settings::OfficeEventBody;
use super::vault::{Tie, by_slots, slots};
use super::{Fault, Store};
use crate::domain::manuscript::{AuthorEntry, Submission};
use crate::domain::person::Email;
use crate::domain::request::RequestBody;
use crate::seal::Cell;

const ERASE: AsOffice = AsOffice(Purpose::Erasure);

/// What stands against erasing somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// A role in the office or the pool: it is taken first.
    Role,
    /// A manuscript of theirs is under way: it is withdrawn or discarded first, or comes to its end.
    Author,
    /// A review is open.
    Reviewer,
    /// They handle a manuscript that is under way.
    Handling,
}

/// Somebody who asked to be erased.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// The account's row.
    pub id: i64,
    /// Name or address.
    pub name: String,
    /// What stands against it.
    pub against: Vec<Against>,
}

/// Everything of one person that is tied to manuscripts.
struct Ties {
    person: Person,
    authorships: Vec<authorship::Model>,
    typed: Vec<mark::Model>,
    marks: Vec<mark::Model>,
    assignments: Vec<assignment::Model>,
    handled: Vec<handling::Model>,
    manuscripts: Vec<manuscript::Model>,
}

impl Ties {
    fn stage_over(&self, id: i64) -> Result<bool, Fault> {
        match self.manuscripts.iter().find(|m| m.id == id) {
            Some(row) => Ok(stage_of(&row.stage)?.is_over()),
            None => Ok(true),
        }
    }

    fn against(&self) -> Result<Vec<Against>, Fault> {
        let mut out = Vec::new();
        if !self.person.roles.0.is_empty() {
            out.push(Against::Role);
        }
        let own = self.authorships.iter().map(|row| row.manuscript_id);
        let typed = self.typed.iter().map(|row| row.manuscript_id);
        for id in own.chain(typed) {
            if !self.stage_over(id)? && !out.contains(&Against::Author) {
                out.push(Against::Author);
            }
        }
        for row in &self.assignments {
            let open = ["invited", "accepted", "alternate"].contains(&row.state.as_str());
            if open && !self.stage_over(row.manuscript_id)? && !out.contains(&Against::Reviewer) {
                out.push(Against::Reviewer);
            }
        }
        for row in &self.handled {
            if !self.stage_over(row.manuscript_id)? && !out.contains(&Against::Handling) {
                out.push(Against::Handling);
            }
        }
        Ok(out)
    }
}

impl Store {
    async fn ties(&self, conn: &impl ConnectionTrait, account: i64) -> Result<Option<Ties>, Fault> {
        let Some(person) = self.person_of(conn, account).await? else {
            return Ok(None);
        };
        let vault = &self.vault;
        let authorships =
            by_slots::<authorship::Entity>(vault, conn, Tie::Author, account, authorship::Column::SlotTag)
                .await?;
        let assignments =
            by_slots::<assignment::Entity>(vault, conn, Tie::Reviewer, account, assignment::Column::SlotTag)
                .await?;
        let handled =
            by_slots::<handling::Entity>(vault, conn, Tie::Handling, account, handling::Column::SlotTag)
                .await?;
        let slot = |n| vault.typed_slot(&person.email, n);
        let typed = slots::<mark::Entity>(conn, mark::Column::SlotTag, &slot).await?;
        let mut marks = typed.clone();
        for tie in [Tie::Declared, Tie::Opened] {
            marks.extend(by_slots::<mark::Entity>(vault, conn, tie, account, mark::Column::SlotTag).await?);
        }
        let ids = authorships
            .iter()
            .map(|row| row.manuscript_id)
            .chain(typed.iter().map(|row| row.manuscript_id))
            .chain(assignments.iter().map(|row| row.manuscript_id))
            .chain(handled.iter().map(|row| row.manuscript_id));
        let manuscripts = manuscript::Entity::find()
            .filter(manuscript::Column::Id.is_in(ids))
            .all(conn)
            .await?;
        Ok(Some(Ties {
            person,
            authorships,
            typed,
            marks,
            assignments,
            handled,
            manuscripts,
        }))
    }

    /// What stands against erasing the person who asks.
    pub async fn against_erasing(&self, who: &Who) -> Result<Vec<Against>, Fault> {
        match self.ties(&self.db.read, who.account()).await? {
            Some(ties) => ties.against(),
            None => Ok(Vec::new()),
        }
    }

    /// Everybody who asked to be erased.
    pub async fn asked_to_be_erased(&self, _proof: &AsAdministrator) -> Result<Vec<Asked>, Fault> {
        let mut out = Vec::new();
        for person in self.people_in(&self.db.read, Capacity::Leaving).await? {
            let against = match self.ties(&self.db.read, person.id).await? {
                Some(ties) => ties.against()?,
                None => Vec::new(),
            };
            let name = person.profile.name(person.lang);
            out.push(Asked {
                id: person.id,
                name: if name.is_empty() {
                    person.email.to_string()
                } else {
                    name.to_owned()
                },
                against,
            });
        }
        out.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(out)
    }

    /// Erases a person who asked for it, if nothing stands against it; says what does otherwise.
    pub async fn erase(
        &self,
        _proof: &AsAdministrator,
        by: &Who,
        account: i64,
    ) -> Result<Vec<Against>, Fault> {
        let txn = self.db.begin().await?;
        let Some(ties) = self.ties(&txn, account).await? else {
            return Ok(Vec::new());
        };
        let against = ties.against()?;
        if !against.is_empty() {
            return Ok(against);
        }
        self.end_sessions_in(&txn, account, None).await?;
        self.end_links(&txn, account, &ties.person.email).await?;
        let mut blobs = self.erase_authorships(&txn, &ties).await?;
        blobs.extend(self.erase_assignments(&txn, &ties).await?);
        self.erase_letters(&txn, &ties).await?;
        let marks = ties.marks.iter().map(|row| row.id);
        mark::Entity::delete_many()
            .filter(mark::Column::Id.is_in(marks))
            .exec(&txn)
            .await?;
        let handled = ties.handled.iter().map(|row| row.id);
        handling::Entity::delete_many()
            .filter(handling::Column::Id.is_in(handled))
            .exec(&txn)
            .await?;
        // With this row the person's own secret is gone, and with it whatever was tagged or sealed under it.
        account::Entity::delete_by_id(account).exec(&txn).await?;
        let event = OfficeEventBody {
            actor: Some(by.account()),
            ..OfficeEventBody::default()
        };
        self.note(&txn, "erased", "", &event).await?;
        txn.commit().await?;
        self.forget_opened(account);
        blobs.iter().for_each(|blob| self.blobs.remove(blob));
        Ok(self.db.forget().await.map(|()| Vec::new())?)
    }

    async fn end_links(&self, conn: &impl ConnectionTrait, account: i64, email: &Email) -> Result<(), Fault> {
        for row in link::Entity::find().all(conn).await? {
            let cell = Cell::new("link", "sealed", row.id);
            let (_, body): (LinkPurpose, LinkBody) = self.vault.open_for(&ERASE, cell, &row.sealed)?;
            if body.account == Some(account) || body.email.as_ref() == Some(email) {
                link::Entity::delete_by_id(row.id).exec(conn).await?;
            }
        }
        Ok(())
    }

    /// Takes the person out of the lists of authors of what never was published; what is public stays. Returns the
    /// files that go: originals name their authors.
    async fn erase_authorships(
        &self,
        conn: &impl ConnectionTrait,
        ties: &Ties,
    ) -> Result<Vec<String>, Fault> {
        let mut blobs = Vec::new();
        for row in &ties.manuscripts {
            let id = row.id;
            let cell = Cell::new("manuscript", "sealed", id);
            let mut submission: Submission = self.vault.open_for(&ERASE, cell, &row.sealed)?;
            let before = submission.clone();
            if !stage_of(&row.stage)?.is_public() {
                forget_in(&mut submission, &ties.person);
            }
            if submission == before {
                continue;
            }
            self.reseal(conn, id, &submission).await?;
            self.untag_authors(conn, id, &before, &submission).await?;
            self.tag_authors(conn, id, &submission).await?;
            for request in request::Entity::find()
                .filter(request::Column::ManuscriptId.eq(id))
                .all(conn)
                .await?
            {
                self.erase_request(conn, &request, &ties.person).await?;
            }
            // Files of a manuscript that has other authors are theirs as well.
            let others = authorship::Entity::find()
                .filter(authorship::Column::ManuscriptId.eq(id))
                .filter(authorship::Column::Id.is_not_in(ties.authorships.iter().map(|row| row.id)))
                .count(conn)
                .await?;
            if others == 0 {
                blobs.extend(self.erase_originals(conn, id).await?);
            }
        }
        let own = ties.authorships.iter().map(|row| row.id);
        authorship::Entity::delete_many()
            .filter(authorship::Column::Id.is_in(own))
            .exec(conn)
            .await?;
        Ok(blobs)
    }

    async fn reseal(
        &self,
        conn: &impl ConnectionTrait,
        manuscript: i64,
        submission: &Submission,
    ) -> Result<(), Fault> {
        let cell = Cell::new("manuscript", "sealed", manuscript);
        manuscript::Entity::update_many()
            .col_expr(
                manuscript::Column::Sealed,
                Expr::value(self.vault.seal(cell, submission)?),
            )
            .filter(manuscript::Column::Id.eq(manuscript))
            .exec(conn)
            .await?;
        Ok(())
    }

    async fn erase_request(
        &self,
        conn: &impl ConnectionTrait,
        row: &request::Model,
        person: &Person,
    ) -> Result<(), Fault> {
        let cell = Cell::new("request", "sealed", row.id);
        let mut body: RequestBody = self.vault.open_for(&ERASE, cell, &row.sealed)?;
        if body.actor == person.id {
            body.actor = 0;
        }
        body.authors
            .iter_mut()
            .for_each(|author| forget_entry(author, person));
        body.agreed.retain(|email| email != person.email.as_str());
        if body.disagreed == person.email.as_str() {
            body.disagreed.clear();
        }
        request::Entity::update_many()
            .col_expr(
                request::Column::Sealed,
                Expr::value(self.vault.seal(cell, &body)?),
            )
            .filter(request::Column::Id.eq(row.id))
            .exec(conn)
            .await?;
        Ok(())
    }

    /// The originals and office papers of a manuscript that nobody is an author of any more; blind copies stay.
    async fn erase_originals(
        &self,
        conn: &impl ConnectionTrait,
        manuscript: i64,
    ) -> Result<Vec<String>, Fault> {
        let rows = file::Entity::find()
            .filter(file::Column::ManuscriptId.eq(manuscript))
            .filter(file::Column::AssignmentId.is_null())
            .all(conn)
            .await?;
        self.erase_files(conn, rows).await
    }

    /// Empties files that name somebody, with their own names and with what was found in them; blind copies stay. One that
    /// waits to be made blind has nothing more to be made of.
    async fn erase_files(
        &self,
        conn: &impl ConnectionTrait,
        rows: Vec<file::Model>,
    ) -> Result<Vec<String>, Fault> {
        job::Entity::delete_many()
            .filter(job::Column::FileId.is_in(rows.iter().map(|row| row.id)))
            .exec(conn)
            .await?;
        let mut blobs = Vec::new();
        for row in rows {
            file::Entity::update_many()
                .col_expr(file::Column::Blob, Expr::value(""))
                .col_expr(
                    file::Column::Sealed,
                    Expr::value(
                        self.vault
                            .seal(Cell::new("file", "sealed", row.id), &String::new())?,
                    ),
                )
                .col_expr(file::Column::Report, Expr::value(Vec::<u8>::new()))
                .filter(file::Column::Id.eq(row.id))
                .exec(conn)
                .await?;
            blobs.push(row.blob);
        }
        Ok(blobs)
    }

    /// The reviews stay with their label; whose they were is not kept, nor are the attachments as they came. Returns the
    /// files that go.
    async fn erase_assignments(
        &self,
        conn: &impl ConnectionTrait,
        ties: &Ties,
    ) -> Result<Vec<String>, Fault> {
        for row in &ties.assignments {
            let cell = Cell::new("assignment", "sealed", row.id);
            let body = self.vault.seal(cell, &AssignmentBody::default())?;
            assignment::Entity::update_many()
                .col_expr(assignment::Column::Sealed, Expr::value(body))
                .col_expr(assignment::Column::AccessTag, Expr::value(self.vault.no_tag()))
                .col_expr(assignment::Column::SlotTag, Expr::value(self.vault.no_tag()))
                .filter(assignment::Column::Id.eq(row.id))
                .exec(conn)
                .await?;
        }
        let own = ties.assignments.iter().map(|row| row.id);
        let attached = file::Entity::find()
            .filter(file::Column::AssignmentId.is_in(own))
            .all(conn)
            .await?;
        self.erase_files(conn, attached).await
    }

    /// Letters to the person are emptied; in others about the same manuscripts the person is not named any more.
    async fn erase_letters(&self, conn: &impl ConnectionTrait, ties: &Ties) -> Result<(), Fault> {
        let identity = bauta_strip::Identity {
            people: vec![identity(&ties.person)],
            ..bauta_strip::Identity::default()
        };
        for row in letter::Entity::find().all(conn).await? {
            let cell = Self::letter_cell(row.id);
            let mut stored: Stored = self.vault.open_for(&ERASE, cell, &row.sealed)?;
            let own = stored.to == ties.person.email;
            let words = format!("{}\n{}", stored.subject, stored.text);
            if own {
                stored.to = erased_address();
                stored.subject.clear();
                stored.text.clear();
                stored.link = None;
            } else if !bauta_strip::mentions(&words, &identity).is_empty() {
                stored.subject = bauta_strip::strip_text(&stored.subject, &identity).0;
                stored.text = bauta_strip::strip_text(&stored.text, &identity).0;
            } else {
                continue;
            }
            let unsent = own && ["queued", "sending", "held", "failed"].contains(&row.state.as_str());
            let state = if unsent { "cancelled".to_owned() } else { row.state };
            letter::Entity::update_many()
                .col_expr(
                    letter::Column::Sealed,
                    Expr::value(self.vault.seal(cell, &stored)?),
                )
                .col_expr(letter::Column::State, Expr::value(state))
                .filter(letter::Column::Id.eq(row.id))
                .exec(conn)
                .await?;
        }
        Ok(())
    }
}

fn erased_address() -> Email {
    Email::parse("erased@erased.invalid").expect("a fixed address is one")
}

fn identity(person: &Person) -> bauta_strip::Person {
    bauta_strip::Person {
        name: person.profile.latin_name.clone(),
        native_name: person.profile.native_name.clone(),
        email: person.email.to_string(),
        orcid: person.profile.orcid.clone(),
        affiliations: Vec::new(),
    }
}

fn forget_entry(author: &mut AuthorEntry, person: &Person) {
    if Email::parse(&author.email).as_ref() == Some(&person.email) {
        *author = AuthorEntry {
            corresponding: author.corresponding,
            joint_first: author.joint_first,
            ..AuthorEntry::default()
        };
    }
}

fn forget_in(submission: &mut Submission, person: &Person) {
    submission
        .authors
        .iter_mut()
        .for_each(|author| forget_entry(author, person));
    for named in [&mut submission.suggested, &mut submission.opposed] {
        named.retain(|n| Email::parse(&n.email).as_ref() != Some(&person.email));
    }
}
