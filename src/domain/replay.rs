//! A manuscript's stage, told again from its history alone.

use super::decision::DecisionKind;
use super::stage::{Stage, Step, next};
use super::window::WindowKind;

/// Where a manuscript stands after an event, of which the kind and the note are given; `None` if there is no such way.
pub fn after(stage: Stage, kind: &str, note: &str) -> Option<Stage> {
    let first = note.split([' ', ':']).next().unwrap_or_default();
    let step = match kind {
        // It began elsewhere, and stands where it stood there.
        "entered" => {
            let there = Stage::from_key(first).filter(|s| super::entering::STAGES.contains(s));
            return there.filter(|_| stage == Stage::Draft);
        }
        "submitted" => Step::Submit,
        "completed" => Step::Complete,
        "reaffirmed" => Step::Reaffirm,
        "decision-received" => DecisionKind::from_key(first)?.step(),
        "window-closed" => match WindowKind::from_key(first)? {
            WindowKind::Screening => Step::Release,
            WindowKind::Completion => Step::Close,
            WindowKind::Revision => Step::Lapse,
            WindowKind::Reaffirmation => Step::Forget,
            _ => return Some(stage),
        },
        "withdrawn" if next(stage, Step::Withdraw).is_none() => Step::GrantWithdrawal,
        "withdrawn" => Step::Withdraw,
        "revision-returned" => Step::ReturnRevision,
        // One event for each reviewer; the first of them is the step.
        "reviewed-again" if stage == Stage::InReview => return Some(stage),
        "reviewed-again" => Step::ReviewAgain,
        "published" => Step::Publish,
        "notice-published" => match first {
            "correct" => Step::Correct,
            "concern" => Step::ExpressConcern,
            "retract" => Step::Retract,
            _ => return None,
        },
        "request-granted" if first == "appeal" => Step::GrantAppeal,
        _ => return Some(stage),
    };
    next(stage, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_leads_where_it_led() {
        let history = [
            ("submitted", ""),
            ("handling-given", ""),
            ("decision-received", "send-to-review"),
            ("decision-received", "ask-revision"),
            ("revision-returned", ""),
            ("reviewed-again", ""),
            ("reviewed-again", ""),
            ("decision-received", "accept"),
            ("published", ""),
            ("notice-published", "retract"),
        ];
        let mut stage = Stage::Draft;
        for (kind, note) in history {
            stage = after(stage, kind, note).unwrap_or_else(|| panic!("{kind} {note}"));
        }
        assert_eq!(stage, Stage::Retracted);
        assert_eq!(after(Stage::Draft, "published", ""), None);
        assert_eq!(
            after(Stage::Draft, "entered", "revising X-1"),
            Some(Stage::Revising)
        );
        assert_eq!(after(Stage::Draft, "entered", "published X-1"), None);
        assert_eq!(after(Stage::Screening, "entered", "revising X-1"), None);
        assert_eq!(
            after(Stage::Revising, "window-closed", "revision"),
            Some(Stage::Lapsed)
        );
    }
}
