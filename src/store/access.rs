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

mod standing;

use super::entity::{assignment, authorship, handling, manuscript, mark};
use super::links::{Link, LinkPurpose};
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
