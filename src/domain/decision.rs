//! Editors' decisions: what each needs and where it leads.

use serde::{Deserialize, Serialize};

use super::label::Label;
use super::person::Roles;
use super::rules::Rules;
use super::stage::{Stage, Step};

/// A decision that the author is told of; it takes effect when it is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionKind {
    /// 退回补正.
    ReturnForCompletion,
    /// 送外审.
    SendToReview,
    /// 退修.
    AskRevision,
    /// 录用.
    Accept,
    /// 退稿.
    Decline,
    /// 录用后撤销.
    Rescind,
}

impl DecisionKind {
    /// All kinds.
    pub const ALL: [DecisionKind; 6] = [
        DecisionKind::ReturnForCompletion,
        DecisionKind::SendToReview,
        DecisionKind::AskRevision,
        DecisionKind::Accept,
        DecisionKind::Decline,
        DecisionKind::Rescind,
    ];

    /// The name that is stored and that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            DecisionKind::ReturnForCompletion => "return-for-completion",
            DecisionKind::SendToReview => "send-to-review",
            DecisionKind::AskRevision => "ask-revision",
            DecisionKind::Accept => "accept",
            DecisionKind::Decline => "decline",
            DecisionKind::Rescind => "rescind",
        }
    }

    /// The kind of a stored or posted name.
    pub fn from_key(key: &str) -> Option<DecisionKind> {
        DecisionKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The step it takes when it is received.
    pub const fn step(self) -> Step {
        match self {
            DecisionKind::ReturnForCompletion => Step::ReturnForCompletion,
            DecisionKind::SendToReview => Step::SendToReview,
            DecisionKind::AskRevision => Step::AskRevision,
            DecisionKind::Accept => Step::Accept,
            DecisionKind::Decline => Step::Decline,
            DecisionKind::Rescind => Step::Rescind,
        }
    }
}

/// One point that the author must answer in the rebuttal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Its number in the decision, from 1.
    pub number: u32,
    /// The reviewer's label, or None for the editors' own (编辑部).
    pub label: Option<Label>,
    /// The text as the author sees it.
    pub text: String,
}

/// A decision's content. Sealed wherever it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionText {
    /// Words to the author: the reason, or a covering note.
    pub message: String,
    /// What is missing, for a return for completion; one item each.
    pub items: Vec<String>,
    /// The chosen and edited suggestions.
    pub points: Vec<Point>,
    /// For the record: why fewer reviews were enough, or why an exception was made.
    pub internal_reason: String,
}

/// What is known when a decision is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Where the manuscript stands.
    pub stage: Stage,
    /// Whether somebody handles it.
    pub handled: bool,
    /// Reviews of the present round that are in.
    pub reviews: u32,
    /// Whether the trial rules allow acceptance.
    pub trial_allows: bool,
    /// Whether every co-author has confirmed, or was excused on the record.
    pub authors_agree: bool,
    /// Whether the manuscript is on hold.
    pub held: bool,
}

/// Why a decision cannot be made, as keys of translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionRefusal {
    /// It does not exist at this stage.
    NotHere,
    /// Another role must sign it.
    NotYours,
    /// A reason for the author is wanted.
    NeedsMessage,
    /// The items that are missing are wanted.
    NeedsItems,
    /// At least one numbered suggestion is wanted.
    NeedsPoints,
    /// There are too few reviews and no recorded reason.
    NeedsReviews,
    /// Nobody handles the manuscript yet.
    NeedsHandlingEditor,
    /// The trial rules forbid acceptance.
    TrialForbids,
    /// A co-author has not confirmed the authorship (`RULES.md` 7).
    AuthorsMissing,
    /// The manuscript is on hold.
    Held,
}

/// Whether `roles` may make this decision now (`RULES.md` 2).
pub fn check(
    kind: DecisionKind,
    roles: &Roles,
    now: Circumstances,
    text: &DecisionText,
    rules: &Rules,
) -> Result<(), DecisionRefusal> {
    use DecisionKind as K;
    use DecisionRefusal as R;
    let need = |ok: bool, refusal| if ok { Ok(()) } else { Err(refusal) };
    need(super::stage::next(now.stage, kind.step()).is_some(), R::NotHere)?;
    let chief_only = match kind {
        K::Accept => now.stage == Stage::Screening || rules.chief_accepts,
        K::Rescind => true,
        _ => false,
    };
    let assistant_may = kind == K::ReturnForCompletion && roles.office();
    need(
        assistant_may
            || if chief_only {
                roles.chief()
            } else {
                roles.decides()
            },
        R::NotYours,
    )?;
    let has_message = !text.message.trim().is_empty();
    match kind {
        K::ReturnForCompletion => need(text.items.iter().any(|i| !i.trim().is_empty()), R::NeedsItems)?,
        K::SendToReview => need(now.handled, R::NeedsHandlingEditor)?,
        K::Decline | K::Rescind => need(has_message, R::NeedsMessage)?,
        K::AskRevision => need(!text.points.is_empty(), R::NeedsPoints)?,
        K::Accept => {
            need(!now.held, R::Held)?;
            need(now.trial_allows, R::TrialForbids)?;
            need(now.authors_agree, R::AuthorsMissing)?;
            need(now.stage != Stage::Screening || has_message, R::NeedsMessage)?;
        }
    }
    let reviewed = now.stage != Stage::InReview
        || now.reviews >= rules.reviews_wanted
        || !text.internal_reason.trim().is_empty();
    need(reviewed, R::NeedsReviews)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Role;

    #[test]
    fn the_table_of_who_may_decide_what_and_where() {
        let rules = Rules::default();
        let mut full = DecisionText {
            message: "m".into(),
            items: vec!["i".into()],
            ..Default::default()
        };
        full.points.push(Point {
            number: 1,
            label: None,
            text: "p".into(),
        });
        let mut table = String::new();
        for stage in Stage::ALL {
            for kind in DecisionKind::ALL {
                let now = Circumstances {
                    stage,
                    handled: true,
                    reviews: 2,
                    trial_allows: true,
                    authors_agree: true,
                    held: false,
                };
                let may: Vec<&str> = [
                    Role::Assistant,
                    Role::Editor,
                    Role::EditorInChief,
                    Role::Administrator,
                ]
                .into_iter()
                .filter(|role| check(kind, &Roles(vec![*role]), now, &full, &rules).is_ok())
                .map(Role::key)
                .collect();
                if !may.is_empty() {
                    table += &format!("{stage:?} {kind:?}: {}\n", may.join(", "));
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn fewer_reviews_need_a_recorded_reason() {
        let rules = Rules::default();
        let roles = Roles(vec![Role::EditorInChief]);
        let now = Circumstances {
            stage: Stage::InReview,
            handled: true,
            reviews: 1,
            trial_allows: true,
            authors_agree: true,
            held: false,
        };
        let mut text = DecisionText {
            message: "m".into(),
            ..Default::default()
        };
        assert_eq!(
            check(DecisionKind::Decline, &roles, now, &text, &rules),
            Err(DecisionRefusal::NeedsReviews)
        );
        text.internal_reason = "nobody else could be found".into();
        assert_eq!(check(DecisionKind::Decline, &roles, now, &text, &rules), Ok(()));
        let forbidden = Circumstances {
            trial_allows: false,
            ..now
        };
        assert_eq!(
            check(DecisionKind::Accept, &roles, forbidden, &text, &rules),
            Err(DecisionRefusal::TrialForbids)
        );
        let unconfirmed = Circumstances {
            authors_agree: false,
            ..now
        };
        assert_eq!(
            check(DecisionKind::Accept, &roles, unconfirmed, &text, &rules),
            Err(DecisionRefusal::AuthorsMissing)
        );
        assert_eq!(
            check(DecisionKind::Decline, &roles, unconfirmed, &text, &rules),
            Ok(())
        );
        let held = Circumstances { held: true, ..now };
        assert_eq!(
            check(DecisionKind::Accept, &roles, held, &text, &rules),
            Err(DecisionRefusal::Held)
        );
        assert_eq!(check(DecisionKind::Decline, &roles, held, &text, &rules), Ok(()));
    }
}
