//! Where a manuscript stands and what moves it: one total function, whose table is a snapshot in the tests.

use serde::{Deserialize, Serialize};

/// A manuscript's place on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Being written by its author; the office does not see it.
    Draft,
    /// 初审: received, waiting for the notice of the first month.
    Screening,
    /// 退回补正: back with the author, something is missing.
    Returned,
    /// 外审: with the reviewers.
    InReview,
    /// 退修: with the author for revision.
    Revising,
    /// 修后复审: the revision is with the editors.
    ReReview,
    /// 录用: accepted, being made ready.
    Accepted,
    /// Published.
    Published,
    /// Published with a correction.
    Corrected,
    /// Published with an expression of concern.
    Concern,
    /// Published and retracted; the page stays.
    Retracted,
    /// 退稿.
    Declined,
    /// 逾期未通知: no notice within the month, free to go elsewhere.
    Released,
    /// 视为自动放弃: the revision did not come in two months.
    Lapsed,
    /// 撤回投稿.
    Withdrawn,
}

impl Stage {
    /// All stages, in the order of the way.
    pub const ALL: [Stage; 15] = [
        Stage::Draft,
        Stage::Screening,
        Stage::Returned,
        Stage::InReview,
        Stage::Revising,
        Stage::ReReview,
        Stage::Accepted,
        Stage::Published,
        Stage::Corrected,
        Stage::Concern,
        Stage::Retracted,
        Stage::Declined,
        Stage::Released,
        Stage::Lapsed,
        Stage::Withdrawn,
    ];

    /// The name that is stored and that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Screening => "screening",
            Stage::Returned => "returned",
            Stage::InReview => "in-review",
            Stage::Revising => "revising",
            Stage::ReReview => "re-review",
            Stage::Accepted => "accepted",
            Stage::Published => "published",
            Stage::Corrected => "corrected",
            Stage::Concern => "concern",
            Stage::Retracted => "retracted",
            Stage::Declined => "declined",
            Stage::Released => "released",
            Stage::Lapsed => "lapsed",
            Stage::Withdrawn => "withdrawn",
        }
    }

    /// The stage of a stored name.
    pub fn from_key(key: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.key() == key)
    }

    /// Whether the article's page is public.
    pub const fn is_public(self) -> bool {
        matches!(
            self,
            Stage::Published | Stage::Corrected | Stage::Concern | Stage::Retracted
        )
    }

    /// Whether the manuscript has left and nothing more is expected of anybody.
    pub const fn is_over(self) -> bool {
        matches!(self, Stage::Declined | Stage::Lapsed | Stage::Withdrawn) || self.is_public()
    }

    /// Whether the office works on it: it was submitted and has not left.
    pub const fn is_with_office(self) -> bool {
        matches!(
            self,
            Stage::Screening
                | Stage::Returned
                | Stage::InReview
                | Stage::Revising
                | Stage::ReReview
                | Stage::Accepted
        )
    }
}

/// Something that moves a manuscript. `RULES.md` 2 has who may and what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The author sends the draft.
    Submit,
    /// The office sends it back for completion.
    ReturnForCompletion,
    /// The author completes it.
    Complete,
    /// Screening passed.
    SendToReview,
    /// Declined by the editor.
    Decline,
    /// Accepted; from screening by the editor-in-chief alone.
    Accept,
    /// The screening month ran out.
    Release,
    /// The author says it is still offered here.
    Reaffirm,
    /// The author was silent after the release.
    Forget,
    /// The completion did not come.
    Close,
    /// The author is asked to revise.
    AskRevision,
    /// The revision came, originals and rebuttal together.
    ReturnRevision,
    /// The two months of revision ran out.
    Lapse,
    /// The revision goes to the reviewers again.
    ReviewAgain,
    /// The article is published.
    Publish,
    /// An acceptance is taken back.
    Rescind,
    /// An appeal is granted.
    GrantAppeal,
    /// The author withdraws.
    Withdraw,
    /// The editor-in-chief grants a withdrawal after acceptance.
    GrantWithdrawal,
    /// A correction is published.
    Correct,
    /// An expression of concern is published.
    ExpressConcern,
    /// The article is retracted.
    Retract,
}

impl Step {
    /// All steps.
    pub const ALL: [Step; 22] = [
        Step::Submit,
        Step::ReturnForCompletion,
        Step::Complete,
        Step::SendToReview,
        Step::Decline,
        Step::Accept,
        Step::Release,
        Step::Reaffirm,
        Step::Forget,
        Step::Close,
        Step::AskRevision,
        Step::ReturnRevision,
        Step::Lapse,
        Step::ReviewAgain,
        Step::Publish,
        Step::Rescind,
        Step::GrantAppeal,
        Step::Withdraw,
        Step::GrantWithdrawal,
        Step::Correct,
        Step::ExpressConcern,
        Step::Retract,
    ];
}

/// Where `step` leads from `stage`, or nothing if it does not exist there.
pub const fn next(stage: Stage, step: Step) -> Option<Stage> {
    use Stage as S;
    Some(match (stage, step) {
        (S::Draft, Step::Submit) => S::Screening,
        (S::Screening, Step::ReturnForCompletion) => S::Returned,
        (S::Returned, Step::Complete) => S::Screening,
        (S::Returned, Step::Close) => S::Withdrawn,
        (S::Screening, Step::SendToReview) => S::InReview,
        (S::Screening, Step::Release) => S::Released,
        (S::Released, Step::Reaffirm) => S::Screening,
        (S::Released, Step::Forget) => S::Withdrawn,
        (S::Screening | S::InReview | S::ReReview, Step::Decline) => S::Declined,
        (S::Screening | S::InReview | S::ReReview, Step::Accept) => S::Accepted,
        (S::InReview | S::ReReview, Step::AskRevision) => S::Revising,
        (S::Revising, Step::ReturnRevision) => S::ReReview,
        (S::Revising, Step::Lapse) => S::Lapsed,
        (S::ReReview, Step::ReviewAgain) => S::InReview,
        (S::Accepted, Step::Publish) => S::Published,
        (S::Accepted, Step::Rescind) => S::Declined,
        (S::Accepted, Step::GrantWithdrawal) => S::Withdrawn,
        (S::Declined, Step::GrantAppeal) => S::InReview,
        (
            S::Screening | S::Returned | S::InReview | S::Revising | S::ReReview | S::Released,
            Step::Withdraw,
        ) => S::Withdrawn,
        (S::Published | S::Corrected | S::Concern, Step::Correct) => S::Corrected,
        (S::Published | S::Corrected, Step::ExpressConcern) => S::Concern,
        (S::Published | S::Corrected | S::Concern, Step::Retract) => S::Retracted,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_all_arrows() {
        let mut table = String::new();
        for stage in Stage::ALL {
            for step in Step::ALL {
                if let Some(to) = next(stage, step) {
                    table += &format!("{stage:?} --{step:?}--> {to:?}\n");
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn every_stage_but_draft_can_be_reached_and_ends_stay_ends() {
        for stage in Stage::ALL {
            let reached = Stage::ALL
                .iter()
                .any(|from| Step::ALL.iter().any(|step| next(*from, *step) == Some(stage)));
            assert_eq!(reached, stage != Stage::Draft, "{stage:?}");
            assert_eq!(Stage::from_key(stage.key()), Some(stage));
        }
        for end in [Stage::Lapsed, Stage::Withdrawn, Stage::Retracted] {
            assert!(Step::ALL.iter().all(|step| next(end, *step).is_none()), "{end:?}");
        }
    }
}
