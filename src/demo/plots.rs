//! The plots of the invented journal: some two dozen manuscripts, in all the stages.

use super::script::{Act, Plot};
use crate::domain::decision::DecisionKind as K;
use crate::domain::verdict::Verdict as V;

const PAIR: &[&str] = &["reviewer", "reviewer2"];
const OTHERS: &[&str] = &["reviewer3", "reviewer4"];
const THREE: &[&str] = &["reviewer5", "reviewer6", "reviewer7"];
const LAST: &[&str] = &["reviewer8", "reviewer10"];

pub(super) fn plot(name: &'static str, author: &'static str, acts: Vec<(i64, Act)>) -> Plot {
    Plot { name, author, acts }
}

/// Submitted `ago` days ago and through screening a week later.
pub(super) fn screened(ago: i64) -> Vec<(i64, Act)> {
    vec![
        (ago, Act::Draft),
        (ago, Act::Submit),
        (ago - 3, Act::Handle),
        (ago - 6, Act::Decide(K::SendToReview)),
    ]
}

/// Screened, and read by two reviewers whose reviews are in 26 days after the submission.
pub(super) fn reviewed(ago: i64, pair: &'static [&'static str], verdicts: [V; 2]) -> Vec<(i64, Act)> {
    let mut acts = screened(ago);
    acts.extend([
        (ago - 8, Act::Invite(pair)),
        (ago - 9, Act::Accept(pair[0])),
        (ago - 10, Act::Accept(pair[1])),
        (ago - 20, Act::Review(pair[0], verdicts[0])),
        (ago - 26, Act::Review(pair[1], verdicts[1])),
    ]);
    acts
}

pub(super) fn and(mut acts: Vec<(i64, Act)>, more: impl IntoIterator<Item = (i64, Act)>) -> Vec<(i64, Act)> {
    acts.extend(more);
    acts
}

/// All plots; each is named for where it ends.
pub fn all() -> Vec<Plot> {
    let sent = |ago| vec![(ago, Act::Draft), (ago, Act::Submit)];
    let revise = [V::AfterRevision, V::AfterRevision];
    let good = [V::Acceptable, V::AfterRevision];
    vec![
        plot(
            "lapsed",
            "author3",
            and(reviewed(104, PAIR, revise), [(74, Act::Decide(K::AskRevision))]),
        ),
        plot(
            "published",
            "author",
            and(
                reviewed(92, OTHERS, good),
                [
                    (60, Act::Decide(K::Accept)),
                    (55, Act::Proof),
                    (52, Act::ConfirmProof),
                    (50, Act::Publish),
                ],
            ),
        ),
        plot(
            "published-english",
            "author2",
            and(
                reviewed(88, LAST, good),
                [(58, Act::Decide(K::Accept)), (54, Act::Proof), (40, Act::Publish)],
            ),
        ),
        plot(
            "declined-after-review",
            "author4",
            and(
                reviewed(76, PAIR, [V::Unsuitable, V::AfterRevision]),
                [(45, Act::Decide(K::Decline))],
            ),
        ),
        plot(
            "in-review-again",
            "author5",
            and(
                reviewed(74, OTHERS, revise),
                [
                    (44, Act::Decide(K::AskRevision)),
                    (15, Act::Revise),
                    (11, Act::ReviewAgain),
                ],
            ),
        ),
        plot(
            "re-review",
            "author",
            and(
                reviewed(72, LAST, revise),
                [(42, Act::Decide(K::AskRevision)), (6, Act::Revise)],
            ),
        ),
        plot(
            "revising-soon",
            "author2",
            and(reviewed(86, PAIR, revise), [(56, Act::Decide(K::AskRevision))]),
        ),
        plot(
            "revising",
            "author3",
            and(reviewed(48, OTHERS, revise), [(18, Act::Decide(K::AskRevision))]),
        ),
        plot(
            "accepted",
            "author4",
            and(reviewed(36, LAST, good), [(4, Act::Decide(K::Accept))]),
        ),
        plot(
            "proof",
            "author5",
            and(
                reviewed(46, PAIR, good),
                [(12, Act::Decide(K::Accept)), (4, Act::Proof)],
            ),
        ),
        plot(
            "pending",
            "author",
            and(
                reviewed(33, OTHERS, revise),
                [(0, Act::DecideAndWait(K::AskRevision))],
            ),
        ),
        plot(
            "reviews-in",
            "author2",
            reviewed(32, LAST, [V::Acceptable, V::Unsuitable]),
        ),
        plot("overdue", "author3", reviewed(50, PAIR, revise)),
        plot(
            "reading",
            "author4",
            and(
                screened(22),
                [
                    (14, Act::Invite(THREE)),
                    (13, Act::Accept("reviewer5")),
                    (12, Act::Refuse("reviewer6")),
                    (11, Act::Accept("reviewer7")),
                ],
            ),
        ),
        plot("asked", "author5", and(screened(12), [(3, Act::Invite(PAIR))])),
        plot("finding-reviewers", "author", screened(10)),
        plot(
            "returned",
            "author2",
            and(
                sent(9),
                [(7, Act::Handle), (5, Act::Decide(K::ReturnForCompletion))],
            ),
        ),
        plot(
            "declined",
            "author3",
            and(sent(16), [(13, Act::Handle), (10, Act::Decide(K::Decline))]),
        ),
        plot("released", "author4", sent(41)),
        plot(
            "withdrawn",
            "author5",
            and(
                screened(30),
                [
                    (20, Act::Invite(OTHERS)),
                    (19, Act::Accept("reviewer3")),
                    (14, Act::Withdraw),
                ],
            ),
        ),
        plot("screening-soon", "author", sent(27)),
        plot("screening", "author2", sent(6)),
        plot("screening-new", "author3", sent(1)),
        plot("draft", "author", vec![(2, Act::Draft)]),
    ]
}
