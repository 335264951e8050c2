//! Letters: a typed letter is rendered for one recipient, in that person's language, when it is made.
//!
//! The words stand in `templates/mail/<language>/<kind>.txt`: the first line is the subject, the body follows
//! after an empty line. Adding a letter: a variant here, its line in `side`, two templates; the tests
//! render every variant in every language and hold the result as a snapshot.

mod check;
mod mail;
mod render;
mod samples;
mod table;

pub use check::{Trouble, check, variables};
pub use mail::{Mail, StoodIn};
pub use render::{Common, LINK, Rendered, render, template};
pub use samples::{sample, samples};
pub use table::ALL_KINDS;

use jiff::civil::Date;
use serde::Serialize;

use crate::domain::decision::Point;

/// For whom a letter is, which decides what it may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// About one's own account.
    Account,
    /// An author: must not learn a reviewer.
    Author,
    /// A reviewer: must not learn an author.
    Reviewer,
    /// The office.
    Office,
}

/// One suggestion in a decision's letter.
#[derive(Clone, Debug, Serialize)]
pub struct PointLine {
    /// Its number.
    pub number: u32,
    /// `A` to `H`; empty for the editors' own.
    pub latin: String,
    /// 甲 to 辛; empty for the editors' own.
    pub chinese: String,
    /// The text.
    pub text: String,
}

impl From<&Point> for PointLine {
    fn from(point: &Point) -> Self {
        PointLine {
            number: point.number,
            latin: point.label.map(|l| l.latin().to_string()).unwrap_or_default(),
            chinese: point.label.map(|l| l.chinese().to_string()).unwrap_or_default(),
            text: point.text.clone(),
        }
    }
}

/// A letter with what it says. The fields are the template's variables beside the common ones.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[expect(
    missing_docs,
    reason = "the variants are described by their letters; fields are template variables"
)]
pub enum Letter {
    // Account
    ConfirmAddress {},
    AlreadyRegistered {},
    SignInLink {},
    NewPassword {},
    RoleInvitation {
        roles: Vec<&'static str>,
    },
    MailTest {},
    AccountChanged {
        what: &'static str,
    },
    // Author
    Receipt {
        due: Date,
        /// Whether acceptance waits for every co-author.
        wait: bool,
    },
    ConfirmAuthorship {
        /// Whether acceptance waits for every co-author.
        wait: bool,
    },
    Returned {
        items: Vec<String>,
        message: String,
        due: Date,
    },
    CompletionReceipt {
        due: Date,
    },
    ScreeningPassed {
        message: String,
    },
    Declined {
        message: String,
        points: Vec<PointLine>,
        appeal_until: Date,
    },
    RevisionAsked {
        message: String,
        points: Vec<PointLine>,
        due: Date,
    },
    Accepted {
        message: String,
    },
    Rescinded {
        message: String,
    },
    Released {
        due: Date,
    },
    ReaffirmationReceipt {
        due: Date,
    },
    Forgotten {},
    CompletionClosed {},
    RevisionReceipt {
        due: Date,
    },
    Lapsed {},
    RevisionReminder {
        due: Date,
        days: i64,
    },
    CompletionReminder {
        due: Date,
        days: i64,
    },
    ReaffirmationReminder {
        due: Date,
        days: i64,
    },
    ProofReminder {
        due: Date,
        days: i64,
    },
    Extended {
        due: Date,
        reason: String,
    },
    ReviewedAgain {},
    ProofReady {
        due: Date,
    },
    Published {},
    BlindCopyFailed {
        file: String,
        /// Whether there is a copy, in which places wait for the author's word.
        settle: bool,
    },
    WithdrawalReceipt {},
    RequestRefused {
        request: &'static str,
        message: String,
    },
    AppealGranted {
        message: String,
    },
    WithdrawalGranted {
        message: String,
    },
    ConfirmAuthorsChange {},
    AuthorsChanged {},
    Held {
        message: String,
    },
    Resumed {
        message: String,
    },
    AskReaffirmation {
        due: Date,
    },
    NoticePublished {
        notice: &'static str,
        message: String,
    },
    Entered {
        former: String,
    },
    // Office
    NewSubmission {
        due: Date,
    },
    ScreeningReminder {
        due: Date,
        days: i64,
    },
    ReleasedOffice {},
    ReviewIn {
        latin: String,
        chinese: String,
    },
    AllReviewsIn {
        due: Date,
    },
    ReviewerAnswered {
        latin: String,
        chinese: String,
        accepted: bool,
    },
    RevisionIn {
        due: Date,
    },
    LapsedOffice {},
    WithdrawnOffice {
        reason: String,
    },
    FindReviewersReminder {
        due: Date,
        days: i64,
    },
    DecisionReminder {
        due: Date,
        days: i64,
    },
    DetailsChanged {
        /// Whether it is the trial's registration alone.
        trial: bool,
    },
    Overdue {
        due: Date,
    },
    HandlingGiven {},
    RequestIn {
        request: &'static str,
    },
    CoauthorDenied {},
    AuthorsDisagree {},
    HandlingLost {},
    KinFound {},
    // Reviewer
    Invitation {
        due: Date,
        review_days: u32,
        summary: String,
    },
    InvitationReminder {
        due: Date,
        days: i64,
    },
    InvitationExpired {},
    InvitationCancelled {},
    Welcome {
        due: Date,
        grace_days: u32,
    },
    ReviewReminder {
        due: Date,
        days: i64,
    },
    ReviewOverdue {
        due: Date,
        grace_days: u32,
    },
    ReviewerReleased {},
    ReviewThanks {},
    ReviewAgain {
        due: Date,
    },
    NoLongerNeeded {},
    Outcome {
        outcome: &'static str,
    },
    ReviewExtended {
        due: Date,
        reason: String,
    },
    ReviewHeld {},
    ReviewResumed {},
    ReviewEntered {},
}
