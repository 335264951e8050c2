//! What is written into a manuscript's history.

use serde::{Deserialize, Serialize};

/// What happened, as a key of translations for the timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// The draft was sent.
    Submitted,
    /// An editor decided; the letter waits.
    Decided,
    /// A decision was taken back in time.
    DecisionUndone,
    /// A decision reached the author and took effect.
    DecisionReceived,
    /// A decision came to nothing: the window closed first.
    DecisionVoid,
    /// A window closed by itself.
    WindowClosed,
    /// A reminder was sent.
    Reminded,
    /// The author completed a returned submission.
    Completed,
    /// The author says it is still offered here.
    Reaffirmed,
    /// The author withdrew.
    Withdrawn,
    /// The handling was given to an editor.
    HandlingGiven,
    /// A reviewer was invited.
    Invited,
    /// A reviewer was put on the list of alternates.
    AlternateAdded,
    /// A reviewer accepted.
    InvitationAccepted,
    /// A reviewer declined.
    InvitationDeclined,
    /// An invitation was cancelled.
    InvitationCancelled,
    /// A reviewer was released with thanks.
    ReviewerReleased,
    /// A window was extended.
    Extended,
    /// A review was sent.
    ReviewSent,
    /// A review was amended before the decision.
    ReviewAmended,
    /// The revision came.
    RevisionReturned,
    /// The reviewers were asked again.
    ReviewedAgain,
    /// The authors' names were shown to somebody of the office.
    NamesShown,
    /// Somebody of the office found it by an author's name or address.
    AuthorSearched,
    /// A letter that was held or had failed was corrected, discarded or sent again.
    LetterMended,
    /// A co-author confirmed.
    CoauthorConfirmed,
    /// Somebody who was typed in says not to be an author.
    CoauthorDenied,
    /// An exception to the trial rules was made.
    TrialException,
    /// The registrations were looked up again at their registries before publication.
    RegistrationSeen,
    /// The author confirmed the proof.
    ProofConfirmed,
    /// The article was published.
    Published,
    /// A blind copy could not be made.
    BlindCopyFailed,
    /// All windows but screening stand still.
    Held,
    /// They run again.
    Resumed,
    /// The author asked something of the office; the note is its kind.
    RequestAsked,
    /// It was granted.
    RequestGranted,
    /// It was refused.
    RequestRefused,
    /// The author took it back before it was answered.
    RequestTakenBack,
    /// Those who have not agreed to a change of authors yet were asked again.
    ConcernedAsked,
    /// The author corrected what was written at submission; the note says which fields.
    DetailsChanged,
    /// Somebody concerned agreed to the change of authors.
    AuthorsAgreed,
    /// The list of authors was changed.
    AuthorsChanged,
    /// Acceptance need not wait for a co-author's word; the note says whose and why.
    CoauthorExcused,
    /// The co-authors who have not answered were asked again.
    CoauthorsAsked,
    /// The author was asked whether a released manuscript is still offered here.
    ReaffirmationAsked,
    /// A review that came another way was entered for the reviewer.
    ReviewEntered,
    /// The handling editor has left or has a part in the manuscript.
    HandlingLost,
    /// A guest editor was appointed, since the editor-in-chief is an author.
    GuestAppointed,
    /// A submission like another one: the same file, nearly the same title, or anew after a decline.
    KinFound,
    /// A manuscript under way was entered by the office.
    Entered,
    /// A dated notice was published: correction, concern or retraction.
    NoticePublished,
}

/// An event's sealed content: who, and what besides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventBody {
    /// The account of the editor who acted; None for the clock and the program.
    pub actor: Option<i64>,
    /// The author or reviewer who acted: a tag under that person's own secret, another one in every manuscript.
    pub by: String,
    /// In which capacity: `author`, `editor`, `reviewer`, `clock`.
    pub role: String,
    /// What besides: a reason, a kind of decision, a window's name.
    pub note: String,
    /// The reviewer's label, where one is concerned.
    pub label: Option<super::label::Label>,
    /// When it was due, for what the clock did (microseconds).
    pub due: Option<i64>,
}
