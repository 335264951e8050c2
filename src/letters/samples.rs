//! A sample of every letter, with what people write in its language.

use jiff::civil::Date;

use super::{Letter, PointLine};
use crate::domain::person::Lang;

/// One of every letter, in the order of `ALL_KINDS`: for the preview of templates, their checks and the tests.
#[expect(clippy::too_many_lines, reason = "one line or two for each letter there is")]
pub fn samples(lang: Lang, due: Date) -> Vec<Letter> {
    let (latin, chinese) = ("D".to_owned(), "丁".to_owned());
    let say = |zh: &str, en: &str| match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    };
    let message = say("感谢来稿。", "Thank you for sending us your work.");
    let reason = say("参加学术会议", "Away at a conference.");
    let point = |number, label: bool| PointLine {
        number,
        latin: if label { latin.clone() } else { String::new() },
        chinese: if label { chinese.clone() } else { String::new() },
        text: match number {
            1 => say(
                "请说明样本量是怎样确定的。",
                "Say how the sample size was chosen.",
            ),
            _ => say("表 2 缺少单位。", "Table 2 lacks units."),
        },
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
            items: vec![
                say(
                    "缺少伦理审查文件",
                    "The approval of the ethics committee is missing",
                ),
                say("摘要缺英文", "The abstract in Chinese is missing"),
            ],
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
            message: say("三月即截稿。", "The issue closes in March."),
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
            message: say("正在核实。", "An inquiry."),
        },
        Letter::Resumed {
            message: String::new(),
        },
        Letter::AskReaffirmation { due },
        Letter::NoticePublished {
            notice: "correct",
            message: say("更换了表 2。", "Table 2 is replaced."),
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
            summary: say("（摘要）", "(abstract)"),
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
pub fn sample(kind: &str, lang: Lang, due: Date) -> Option<Letter> {
    samples(lang, due)
        .into_iter()
        .find(|letter| letter.kind() == kind)
}
