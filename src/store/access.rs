//! Proofs: no proof, no data.
//!
//! A proof says in which capacity somebody stands before one manuscript. Its fields are private and only the
//! database makes one, so that a function which takes `&AsAuthor` cannot be called for anybody else:
//!
//! ```
//! fn reads(proof: &bauta::store::access::AsAuthor) -> i64 { proof.manuscript() }
//! ```
//!
//! It cannot be made by hand:
//!
//! ```compile_fail
//! let proof = bauta::store::access::AsAuthor { account: 1, manuscript: 1, number: String::new() };
//! ```
//!
//! Nor does one capacity stand for another; with the right one the same call compiles:
//!
//! ```
//! fn wants(_: &bauta::store::access::AsReviewer) {}
//! fn has(proof: &bauta::store::access::AsReviewer) { wants(proof) }
//! ```
//!
//! ```compile_fail
//! fn wants(_: &bauta::store::access::AsReviewer) {}
//! fn has(proof: &bauta::store::access::AsEditor) { wants(proof) }
//! ```

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity::{assignment, authorship, handling, manuscript, mark};
use super::people::{Link, LinkPurpose};
use super::vault::Tie;
use super::{Fault, Store};
use crate::domain::label::Label;
use crate::domain::person::{Email, Lang, Profile, Role, Roles};
use crate::domain::relation::{Relation, Ties};

mod seal {
    pub trait Sealed {}
}

/// Something that lets its holder open sealed values. Only this module makes them.
pub trait Proof: seal::Sealed {}

/// Why the program itself opens something, without a person: the whole list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Signing in, links, sessions.
    SignIn,
    /// Windows, rules, letters of the clock.
    Clock,
    /// The recipients of letters, and the guard over what they may learn.
    Letters,
    /// Conflicts of interest of a proposed reviewer.
    Conflicts,
    /// The terms that the stripper takes out.
    Terms,
    /// Checking the data.
    Verify,
    /// Making public what becomes public.
    Publication,
    /// Making manuscripts findable by their authors.
    Search,
    /// Erasing a person.
    Erasure,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Purpose; 9] = [
        Purpose::SignIn,
        Purpose::Clock,
        Purpose::Letters,
        Purpose::Conflicts,
        Purpose::Terms,
        Purpose::Verify,
        Purpose::Publication,
        Purpose::Search,
        Purpose::Erasure,
    ];
}

/// The program itself, for one purpose.
#[derive(Clone, Copy, Debug)]
pub struct AsOffice(pub(crate) Purpose);

impl AsOffice {
    /// Why the program opens something by itself.
    pub fn purpose(self) -> Purpose {
        self.0
    }
}

/// A person who has signed in.
#[derive(Clone, Debug)]
pub struct Who {
    pub(super) account: i64,
    pub(super) session: i64,
    pub(super) email: Email,
    pub(super) profile: Profile,
    pub(super) roles: Roles,
    pub(super) lang: Lang,
    pub(super) guide_closed: bool,
    /// Whether signing in takes a second step.
    pub(super) second_step: bool,
    /// When the person last proved who it is in this session (microseconds).
    pub(super) confirmed: i64,
    pub(super) leaving: bool,
}

impl Who {
    /// The account's row.
    pub(crate) fn account(&self) -> i64 {
        self.account
    }

    /// The session's row.
    pub(crate) fn session(&self) -> i64 {
        self.session
    }

    /// The person's own address.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// The person's own profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What the person may do in the office.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The person's language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether signing in takes a second step.
    pub fn second_step(&self) -> bool {
        self.second_step
    }

    /// Whether the person asked to be erased.
    pub fn leaving(&self) -> bool {
        self.leaving
    }

    /// Whether the person has put the first-run guide away.
    pub fn guide_closed(&self) -> bool {
        self.guide_closed
    }
}

macro_rules! proof {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name { pub(super) account: i64, pub(super) manuscript: i64, pub(super) number: String, $(pub(super) $field: $type),* }
        impl $name {
            /// The manuscript's row.
            pub fn manuscript(&self) -> i64 { self.manuscript }
            /// The manuscript's public number.
            pub fn number(&self) -> &str { &self.number }
            /// The account's row.
            pub fn account(&self) -> i64 { self.account }
        }
        impl seal::Sealed for $name {}
        impl Proof for $name {}
    };
}

proof!(
    /// An author of the manuscript.
    AsAuthor {}
);
proof!(
    /// An invited or reviewing reviewer of the manuscript.
    AsReviewer { assignment: i64, label: Label, state: String }
);
proof!(
    /// Somebody of the office who has no part in the manuscript as author or reviewer.
    AsEditor { roles: Roles, handling: bool }
);

impl AsReviewer {
    /// The assignment's row.
    pub(crate) fn assignment(&self) -> i64 {
        self.assignment
    }

    /// The reviewer's pseudonym on this manuscript.
    pub fn label(&self) -> Label {
        self.label
    }

    /// Whether the invitation waits for an answer.
    pub fn invited(&self) -> bool {
        self.state == "invited"
    }

    /// Whether the invitation was accepted.
    pub fn accepted(&self) -> bool {
        matches!(self.state.as_str(), "accepted" | "released")
    }
}

impl AsEditor {
    /// What the person may do in the office.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// Whether the person handles this manuscript.
    pub fn handling(&self) -> bool {
        self.handling
    }
}

/// Somebody who was typed in as an author and holds the letter's link: may say whether that is right, and nothing else.
#[derive(Clone, Debug)]
pub struct AsCoauthor {
    pub(super) manuscript: i64,
    pub(super) email: Email,
}

impl AsCoauthor {
    /// The address that was typed.
    pub(crate) fn email(&self) -> &Email {
        &self.email
    }
}

/// Somebody who must agree to a change of authors, old or new author, and holds the letter's link.
#[derive(Clone, Debug)]
pub struct AsConcerned {
    pub(super) manuscript: i64,
    pub(super) request: i64,
    pub(super) email: Email,
}

impl AsConcerned {
    /// The address that was typed.
    pub(crate) fn email(&self) -> &Email {
        &self.email
    }

    /// The request's row.
    pub(crate) fn request(&self) -> i64 {
        self.request
    }
}

/// That the opening of the authors' names was recorded: what shows them asks for it.
#[derive(Debug)]
pub struct NamesOpened {
    pub(super) manuscript: i64,
}

impl NamesOpened {
    /// The manuscript whose authors may be shown.
    pub fn manuscript(&self) -> i64 {
        self.manuscript
    }
}

/// A person of the office, before any one manuscript: for lists.
#[derive(Clone, Debug)]
pub struct AsStaff {
    pub(super) who: Who,
}

impl AsStaff {
    /// Who it is.
    pub fn who(&self) -> &Who {
        &self.who
    }
}

/// Somebody who decides on manuscripts, before any one manuscript: for entering one that began elsewhere.
#[derive(Clone, Debug)]
pub struct AsDecider {
    pub(super) who: Who,
}

impl AsDecider {
    /// Who it is.
    pub fn who(&self) -> &Who {
        &self.who
    }
}

/// The editor-in-chief: what the journal sets and says, before any one manuscript.
#[derive(Clone, Debug)]
pub struct AsChief {
    who: Who,
}

impl AsChief {
    /// The proof, if the person is the editor-in-chief.
    pub(super) fn of(who: &Who) -> Result<AsChief, Denied> {
        if who.roles.chief() {
            Ok(AsChief { who: who.clone() })
        } else {
            Err(Denied::NotFound)
        }
    }

    /// Who it is.
    pub fn who(&self) -> &Who {
        &self.who
    }
}

/// An administrator: people and settings, no manuscript.
#[derive(Clone, Debug)]
pub struct AsAdministrator {
    account: i64,
}

impl AsAdministrator {
    /// The account's row.
    pub(crate) fn account(&self) -> i64 {
        self.account
    }
}

macro_rules! plain_proofs { ($($name:ty),*) => { $(impl seal::Sealed for $name {} impl Proof for $name {})* } }
plain_proofs!(
    AsOffice,
    Who,
    AsCoauthor,
    AsConcerned,
    AsStaff,
    AsDecider,
    AsChief,
    AsAdministrator
);

/// No proof could be made.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// For this person it does not exist.
    #[error("not found")]
    NotFound,
    /// It could not be looked up.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<sea_orm::DbErr> for Denied {
    fn from(error: sea_orm::DbErr) -> Self {
        Denied::Fault(error.into())
    }
}

/// Assignments in these states let the reviewer in.
pub(super) const OPEN_ASSIGNMENTS: [&str; 3] = ["invited", "accepted", "released"];

pub(super) struct Standing {
    pub relation: Relation,
    pub manuscript: i64,
    pub assignment: Option<assignment::Model>,
    /// Whether the person handles it in the place of an editor-in-chief who is an author.
    pub guest: bool,
}

impl Store {
    /// What a person is to the manuscript of a number. The same look-ups are made whether it exists or not.
    async fn standing(
        &self,
        conn: &impl ConnectionTrait,
        who: &Who,
        manuscript: Option<i64>,
    ) -> Result<Standing, Fault> {
        let id = manuscript.unwrap_or(0);
        let tag = |tie| self.vault.access_tag(tie, who.account, id);
        let author = authorship::Entity::find()
            .select_only()
            .column(authorship::Column::Id)
            .filter(authorship::Column::AccessTag.eq(tag(Tie::Author)))
            .into_tuple::<i64>()
            .one(conn)
            .await?;
        let conflict = mark::Entity::find()
            .filter(mark::Column::Tag.is_in([self.vault.typed_tag(&who.email, id), tag(Tie::Declared)]))
            .one(conn)
            .await?;
        let handles = handling::Entity::find()
            .filter(handling::Column::AccessTag.eq(tag(Tie::Handling)))
            .one(conn)
            .await?;
        let assignment = assignment::Entity::find()
            .filter(assignment::Column::AccessTag.eq(tag(Tie::Reviewer)))
            .filter(assignment::Column::State.is_in(OPEN_ASSIGNMENTS))
            .one(conn)
            .await?;
        let guest = handles.as_ref().is_some_and(|row| row.guest);
        let ties = Ties {
            author: author.is_some(),
            conflicted: conflict.is_some(),
            handling: handles.is_some(),
            reviewer: assignment.is_some(),
            office: who.roles.office(),
        };
        let relation = if manuscript.is_some() {
            Relation::of(ties)
        } else {
            Relation::Stranger
        };
        Ok(Standing {
            relation,
            manuscript: id,
            assignment,
            guest,
        })
    }

    async fn find(&self, conn: &impl ConnectionTrait, number: &str) -> Result<Option<(i64, String)>, Fault> {
        Ok(manuscript::Entity::find()
            .select_only()
            .columns([manuscript::Column::Id, manuscript::Column::Stage])
            .filter(manuscript::Column::Number.eq(number))
            .into_tuple()
            .one(conn)
            .await?)
    }

    /// The proof of an author of manuscript `number`.
    pub async fn author(&self, who: &Who, number: &str) -> Result<AsAuthor, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let standing = self.standing(&self.db.read, who, found.map(|(id, _)| id)).await?;
        match standing.relation {
            Relation::Author => Ok(AsAuthor {
                account: who.account,
                manuscript: standing.manuscript,
                number: number.to_owned(),
            }),
            _ => Err(Denied::NotFound),
        }
    }

    /// The proof of a reviewer of manuscript `number`.
    pub async fn reviewer(&self, who: &Who, number: &str) -> Result<AsReviewer, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let standing = self.standing(&self.db.read, who, found.map(|(id, _)| id)).await?;
        match (standing.relation, standing.assignment) {
            (Relation::Reviewer, Some(row)) => Ok(AsReviewer {
                account: who.account,
                manuscript: standing.manuscript,
                number: number.to_owned(),
                assignment: row.id,
                label: label_of(row.label)?,
                state: row.state,
            }),
            _ => Err(Denied::NotFound),
        }
    }

    /// The proof of a reviewer who holds the link of an invitation that is unspent: as good as signing in for this
    /// one assignment, as long as the person's relation to the manuscript is that of a reviewer.
    pub async fn reviewer_by_link(&self, link: &Link) -> Result<AsReviewer, Denied> {
        let (LinkPurpose::Invitation, Some(account), Some(id)) =
            (link.purpose, link.body.account, link.body.manuscript)
        else {
            return Err(Denied::NotFound);
        };
        let who = self
            .who_of(&self.db.read, account)
            .await?
            .ok_or(Denied::NotFound)?;
        let number: String = manuscript::Entity::find_by_id(id)
            .select_only()
            .column(manuscript::Column::Number)
            .into_tuple()
            .one(&self.db.read)
            .await?
            .ok_or(Denied::NotFound)?;
        let proof = self.reviewer(&who, &number).await?;
        if Some(proof.assignment) == link.body.assignment {
            Ok(proof)
        } else {
            Err(Denied::NotFound)
        }
    }

    /// The proof of somebody who was typed in as an author, has not confirmed it, and holds the letter's link.
    pub async fn coauthor_by_link(&self, link: &Link) -> Result<AsCoauthor, Denied> {
        let (LinkPurpose::Authorship, Some(manuscript), Some(email)) =
            (link.purpose, link.body.manuscript, link.body.email.clone())
        else {
            return Err(Denied::NotFound);
        };
        let proof = AsCoauthor { manuscript, email };
        self.still_typed(&self.db.read, &proof).await?;
        Ok(proof)
    }

    /// The proof of somebody who was typed in as an author, has not confirmed it, and has signed in.
    pub async fn coauthor(&self, who: &Who, number: &str) -> Result<AsCoauthor, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let draft = found.as_ref().is_none_or(|(_, stage)| stage == "draft");
        let proof = AsCoauthor {
            manuscript: found.map_or(0, |(id, _)| id),
            email: who.email.clone(),
        };
        self.still_typed(&self.db.read, &proof).await?;
        if draft { Err(Denied::NotFound) } else { Ok(proof) }
    }

    /// The proof of somebody who holds the link of a letter about a change of authors.
    pub async fn concerned_by_link(&self, link: &Link) -> Result<AsConcerned, Denied> {
        let body = &link.body;
        let (LinkPurpose::AuthorsChange, Some(manuscript), Some(request), Some(email)) =
            (link.purpose, body.manuscript, body.request, body.email.clone())
        else {
            return Err(Denied::NotFound);
        };
        Ok(AsConcerned {
            manuscript,
            request,
            email,
        })
    }

    /// Whether the address is still among the typed ones, and its holder no author yet.
    pub(super) async fn still_typed(
        &self,
        conn: &impl ConnectionTrait,
        proof: &AsCoauthor,
    ) -> Result<(), Denied> {
        let typed = mark::Entity::find()
            .filter(mark::Column::Tag.eq(self.vault.typed_tag(&proof.email, proof.manuscript)))
            .one(conn)
            .await?;
        let account = self
            .account_row(conn, &proof.email)
            .await?
            .map_or(0, |row| row.id);
        let author = authorship::Entity::find()
            .select_only()
            .column(authorship::Column::Id)
            .filter(authorship::Column::AccessTag.eq(self.vault.access_tag(
                Tie::Author,
                account,
                proof.manuscript,
            )))
            .into_tuple::<i64>()
            .one(conn)
            .await?;
        match (typed, author) {
            (Some(_), None) => Ok(()),
            _ => Err(Denied::NotFound),
        }
    }

    /// Those of the manuscripts in which the person has no tie that is stronger than a reviewer's: for lists.
    pub(super) async fn nothing_stronger(&self, who: &Who, manuscripts: &[i64]) -> Result<Vec<i64>, Fault> {
        let tags = |tie: Tie| -> Vec<Vec<u8>> {
            let of = |id: &i64| self.vault.access_tag(tie, who.account, *id);
            manuscripts.iter().map(of).collect()
        };
        let mut gone: Vec<i64> = authorship::Entity::find()
            .select_only()
            .column(authorship::Column::ManuscriptId)
            .filter(authorship::Column::AccessTag.is_in(tags(Tie::Author)))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let typed = manuscripts.iter().map(|id| self.vault.typed_tag(&who.email, *id));
        let marks = tags(Tie::Declared).into_iter().chain(typed);
        gone.extend(
            mark::Entity::find()
                .select_only()
                .column(mark::Column::ManuscriptId)
                .filter(mark::Column::Tag.is_in(marks))
                .into_tuple::<i64>()
                .all(&self.db.read)
                .await?,
        );
        let handled: Vec<i64> = handling::Entity::find()
            .select_only()
            .column(handling::Column::ManuscriptId)
            .filter(handling::Column::AccessTag.is_in(tags(Tie::Handling)))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        if who.roles.office() {
            gone.extend(handled);
        }
        Ok(manuscripts
            .iter()
            .copied()
            .filter(|id| !gone.contains(id))
            .collect())
    }

    /// The proof of somebody of the office for manuscript `number`. A draft does not exist for the office.
    pub async fn editor(&self, who: &Who, number: &str) -> Result<AsEditor, Denied> {
        let found = self.find(&self.db.read, number).await?;
        let draft = found.as_ref().is_none_or(|(_, stage)| stage == "draft");
        let standing = self.standing(&self.db.read, who, found.map(|(id, _)| id)).await?;
        let handling = standing.relation == Relation::HandlingEditor;
        if draft || !(handling || standing.relation == Relation::Editor) {
            return Err(Denied::NotFound);
        }
        let mut roles = who.roles.clone();
        if handling && standing.guest {
            roles.add(Role::EditorInChief);
        }
        Ok(AsEditor {
            account: who.account,
            manuscript: standing.manuscript,
            number: number.to_owned(),
            roles,
            handling,
        })
    }

    /// The proof of somebody of the office.
    pub fn staff(&self, who: &Who) -> Result<AsStaff, Denied> {
        if who.roles.office() {
            Ok(AsStaff { who: who.clone() })
        } else {
            Err(Denied::NotFound)
        }
    }

    /// The proof of somebody who decides on manuscripts.
    pub fn decider(&self, who: &Who) -> Result<AsDecider, Denied> {
        if who.roles.decides() {
            Ok(AsDecider { who: who.clone() })
        } else {
            Err(Denied::NotFound)
        }
    }

    /// The proof of an administrator; the editor-in-chief looks after people as well.
    pub fn administrator(&self, who: &Who) -> Result<AsAdministrator, Denied> {
        let may = who.roles.has(Role::Administrator) || who.roles.chief();
        if may {
            Ok(AsAdministrator { account: who.account })
        } else {
            Err(Denied::NotFound)
        }
    }

    /// Whether what was proved still holds, asked again inside a transaction.
    pub(super) async fn still(
        &self,
        conn: &impl ConnectionTrait,
        account: i64,
        manuscript: i64,
        wanted: &[Relation],
    ) -> Result<Who, Denied> {
        let who = self.who_of(conn, account).await?.ok_or(Denied::NotFound)?;
        let standing = self.standing(conn, &who, Some(manuscript)).await?;
        if wanted.contains(&standing.relation) {
            Ok(who)
        } else {
            Err(Denied::NotFound)
        }
    }
}

pub(super) fn label_of(index: i16) -> Result<Label, Fault> {
    u8::try_from(index)
        .ok()
        .and_then(Label::from_index)
        .ok_or_else(|| Fault::Value(format!("label {index}")))
}

#[cfg(test)]
mod tests {
    use super::Purpose;

    #[test]
    fn the_whole_list_of_purposes() {
        insta::assert_debug_snapshot!(Purpose::ALL);
    }
}
