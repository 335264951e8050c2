//! Actions: what people and the clock do. Each is one transaction over one manuscript: proof, settle, rule,
//! rows, event, letters, commit. It happens whole or not at all.

pub mod account;
pub mod answer_invitation;
pub mod authors;
mod child;
pub mod coauthor;
pub mod decide;
pub mod details;
pub mod draft;
pub mod enter;
pub mod files;
pub mod handle;
pub mod hold;
pub mod invite;
pub mod mend;
pub mod notice;
pub mod publish;
pub mod receive;
pub mod render;
pub mod request;
pub mod review;
pub mod revise;
pub mod search;
pub mod settle;
pub mod sign_in;
pub mod strip;
pub mod submit;
pub mod trial;
pub mod withdraw;

use crate::domain::conflict::Conflict;
use crate::domain::decision::DecisionRefusal;
use crate::domain::entering::Lack;
use crate::domain::manuscript::Missing;
use crate::store::Fault;
use crate::store::access::Denied;
use crate::store::case::Case;

/// Why an action was not done. The person is told, in words, and what was typed is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There are as many files as there can be.
    ManyFiles,
    /// One's own second step is not reset from the list of people.
    OwnSecondStep,
    /// It cannot be done where the manuscript stands now.
    NotHere,
    /// The manuscript moved on while the page was open.
    Stale,
    /// A decision is waiting for its letter already.
    Pending,
    /// The letter has gone: too late to take it back.
    Gone,
    /// A rule of decisions.
    Decision(DecisionRefusal),
    /// The submission lacks something.
    Missing(Vec<Missing>),
    /// The review lacks something.
    Review(Vec<&'static str>),
    /// These points have no answer yet.
    Answers(Vec<u32>),
    /// No manuscript file.
    NoManuscriptFile,
    /// A blind copy is still being made.
    Waiting,
    /// A file has no blind copy.
    NotBlind,
    /// Findings wait for the author.
    Findings,
    /// A conflict of interest; the warnings can be overridden with a reason.
    Conflicts(Vec<Conflict>),
    /// The person has been asked for this manuscript already, or all eight labels are given.
    AlreadyAsked,
    /// A reason is wanted.
    Reason,
    /// Not an e-mail address.
    Address,
    /// The person may not handle this manuscript.
    CannotHandle,
    /// The author has neither confirmed the proof nor been silent for long enough.
    Proof,
    /// The trial rules are not met.
    Trial,
    /// Only the editor-in-chief may.
    ChiefOnly,
    /// Not possible any more.
    TooLate,
    /// The file is larger than the limit, in MB.
    TooLarge(u64),
    /// There was no file.
    NoFile,
    /// The upload broke off before the file's end.
    BrokenOff,
    /// The file has nothing in it.
    EmptyFile,
    /// The text names somebody whom its reader must not learn, by these words, if they may be shown to whoever wrote it.
    NamesSomebody(String),
    /// The role or the part somebody had in the matter does not allow it.
    NotYours,
    /// The number of days is none that can be asked for or given.
    Days,
    /// The new list of authors is the old one.
    NoChange,
    /// Each author needs a name and an address, and one of them corresponds.
    Authors,
    /// Somebody who has confirmed the authorship is missing from the list.
    ConfirmedAuthor,
    /// Not all whom a change of authors concerns have agreed.
    AuthorsWait,
    /// The editor-in-chief is an author: somebody must be appointed in that place first.
    NeedsGuest,
    /// There are as many as can be.
    Enough,
    /// It was done often enough for a day.
    Often,
    /// An attachment is not ready: it is being made blind, could not be, or something in it waits to be settled.
    Attachment,
    /// It can be done once, and was.
    Once,
    /// There would be no editor-in-chief any more.
    LastChief,
    /// A letter without subject, words or the link that it had.
    LetterLacks,
    /// Something is wrong with number, stage or dates of a manuscript that is entered.
    Entry(Vec<Lack>),
    /// Nobody could read it yet: a file is missing, being made blind, refused, or has open findings.
    FilesNotReady,
    /// The journal wants a copyright form before publication, and there is none.
    CopyrightForm,
    /// Nobody has looked up the registrations again before publication.
    RegistrationUnseen,
    /// Whoever enters it is one of its authors.
    OwnManuscript,
}

/// An action was refused, or could not be done for a fault of the program.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// For this person it does not exist.
    #[error("not found")]
    NotFound,
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The program is at fault.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotFound => Failure::NotFound,
            Denied::Fault(fault) => Failure::Fault(fault),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(refusal)
    }
}

/// What an action returns.
pub type Done<T = ()> = Result<T, Failure>;

/// Refuses a text for the authors that names one of their reviewers.
pub(crate) async fn names_nobody(case: &Case<'_>, text: &str) -> Done {
    match case.names_a_reviewer(text).await? {
        Some(words) => Err(Refusal::NamesSomebody(words).into()),
        None => Ok(()),
    }
}

/// Refuses unless `ok`.
pub(crate) fn need(ok: bool, refusal: Refusal) -> Done {
    if ok {
        Ok(())
    } else {
        Err(Failure::Refused(refusal))
    }
}

/// Settles a case that was just opened, and checks that it is still of the version that the form shows.
pub(crate) async fn begin(case: Case<'_>, version: Option<i64>) -> Done<Case<'_>> {
    let case = settle::settle(case).await?;
    if let Some(version) = version {
        need(case.version() == version, Refusal::Stale)?;
    }
    Ok(case)
}
