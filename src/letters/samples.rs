//! A sample of every letter.

use jiff::civil::Date;

use super::{Letter, PointLine};

/// One of every letter, in the order of `ALL_KINDS`: for the preview of templates, their checks and the tests.
#[expect(clippy::too_many_lines, reason = "one line or two for each letter there is")]
pub fn samples(due: Date) -> Vec<Letter> {
    let (latin, chinese) = ("D".to_owned(), "丁".to_owned());
    let message = "谢谢您的来稿。Thank you.".to_owned();
    let reason = "参会".to_owned();
    let point = |number, label: bool| PointLine {
        number,
        latin: if label { latin.clone() } else { String::new() },
        chinese: if label { chinese.clone() } else { String::new() },
        text: format!("Point {number}"),
    };
    let points = vec![point(1, true), point(2, false)];
    vec![
        Letter::ConfirmAddress {},
        Letter::AlreadyRegistered {},
        Letter::SignInLink {},
        Letter::NewPassword {},
        Letter::RoleInvitation {
            roles: vec!["editor", "reviewer"],
        },
        Letter::MailTest {},
        Letter::AccountChanged { what: "password" },
        Letter::Receipt { due, wait: true },
        Letter::ConfirmAuthorship { wait: true },
        Letter::Returned {
            items: vec!["A".into(), "B".into()],
            message: message.clone(),
            due,
        },
        Letter::CompletionReceipt { due },
        Letter::ScreeningPassed {
            message: message.clone(),
        },
        Letter::Declined {
            message: message.clone(),
            points: points.clone(),
            appeal_until: due,
        },
        Letter::RevisionAsked {
            message: message.clone(),
            points,
            due,
        },
        Letter::Accepted {
            message: message.clone(),
        },
        Letter::Rescinded { message },
        Letter::Released { due },
        Letter::ReaffirmationReceipt { due },
        Letter::Forgotten {},
        Letter::CompletionClosed {},
        Letter::RevisionReceipt { due },
        Letter::Lapsed {},
        Letter::RevisionReminder { due, days: 7 },
        Letter::CompletionReminder { due, days: 1 },
        Letter::ReaffirmationReminder { due, days: 7 },
        Letter::ProofReminder { due, days: 1 },
        Letter::Extended {
            due,
            reason: reason.clone(),
        },
        Letter::ReviewedAgain {},
        Letter::ProofReady { due },
        Letter::Published {},
        Letter::BlindCopyFailed {
            file: "manuscript.pdf".into(),
            settle: false,
        },
        Letter::WithdrawalReceipt {},
        Letter::RequestRefused {
            request: "extension",
            message: "The issue closes in March.".into(),
        },
        Letter::AppealGranted {
            message: String::new(),
        },
        Letter::WithdrawalGranted {
            message: String::new(),
        },
        Letter::ConfirmAuthorsChange {},
        Letter::AuthorsChanged {},
        Letter::Held {
            message: "An inquiry.".into(),
        },
        Letter::Resumed {
            message: String::new(),
        },
        Letter::AskReaffirmation { due },
        Letter::NoticePublished {
            notice: "correct",
            message: "Table 2 is replaced.".into(),
        },
        Letter::Entered {
            former: "2026-0113".into(),
        },
        Letter::NewSubmission { due },
        Letter::ScreeningReminder { due, days: 7 },
        Letter::ReleasedOffice {},
        Letter::ReviewIn {
            latin: latin.clone(),
            chinese: chinese.clone(),
        },
        Letter::AllReviewsIn { due },
        Letter::ReviewerAnswered {
            latin,
            chinese,
            accepted: true,
        },
        Letter::RevisionIn { due },
        Letter::LapsedOffice {},
        Letter::WithdrawnOffice {
            reason: reason.clone(),
        },
        Letter::FindReviewersReminder { due, days: 3 },
        Letter::DecisionReminder { due, days: 3 },
        Letter::DetailsChanged { trial: false },
        Letter::Overdue { due },
        Letter::HandlingGiven {},
        Letter::RequestIn { request: "appeal" },
        Letter::CoauthorDenied {},
        Letter::AuthorsDisagree {},
        Letter::HandlingLost {},
        Letter::KinFound {},
        Letter::Invitation {
            due,
            review_days: 21,
            summary: "An abstract.".into(),
        },
        Letter::InvitationReminder { due, days: 1 },
        Letter::InvitationExpired {},
        Letter::InvitationCancelled {},
        Letter::Welcome { due, grace_days: 14 },
        Letter::ReviewReminder { due, days: 0 },
        Letter::ReviewOverdue { due, grace_days: 14 },
        Letter::ReviewerReleased {},
        Letter::ReviewThanks {},
        Letter::ReviewAgain { due },
        Letter::NoLongerNeeded {},
        Letter::Outcome { outcome: "accepted" },
        Letter::ReviewExtended { due, reason },
        Letter::ReviewHeld {},
        Letter::ReviewResumed {},
        Letter::ReviewEntered {},
    ]
}

/// The sample of a kind.
pub fn sample(kind: &str, due: Date) -> Option<Letter> {
    samples(due).into_iter().find(|letter| letter.kind() == kind)
}
