//! Further plots, for the demo alone: with those of `plots` about sixty manuscripts, some of whose windows are about to close.

use super::plots::{and, plot, reviewed, screened};
use super::script::{Act, Plot};
use crate::domain::decision::DecisionKind as K;
use crate::domain::verdict::Verdict as V;

const A: &[&str] = &["reviewer11", "reviewer12"];
const B: &[&str] = &["reviewer13", "reviewer14"];
const C: &[&str] = &["reviewer", "reviewer6"];
const D: &[&str] = &["reviewer2", "reviewer7"];
const E: &[&str] = &["reviewer9", "reviewer5"];

const GOOD: [V; 2] = [V::Acceptable, V::AfterRevision];
const FAIR: [V; 2] = [V::AfterRevision, V::AfterRevision];
const SPLIT: [V; 2] = [V::Acceptable, V::Unsuitable];

/// Reviewed, revised once, accepted and published `out` days ago.
fn published(
    name: &'static str,
    author: &'static str,
    pair: &'static [&'static str],
    ago: i64,
    out: i64,
) -> Plot {
    plot(
        name,
        author,
        and(
            reviewed(ago, pair, FAIR),
            [
                (ago - 30, Act::Decide(K::AskRevision)),
                (ago - 55, Act::Revise),
                (ago - 62, Act::Decide(K::Accept)),
                (ago - 66, Act::Proof),
                (ago - 69, Act::ConfirmProof),
                (out, Act::Publish),
            ],
        ),
    )
}

/// All of them.
pub fn all() -> Vec<Plot> {
    let mut plots = finished();
    plots.extend(under_way());
    plots.extend(begun());
    plots
}

fn finished() -> Vec<Plot> {
    vec![
        published("p-breathing", "author8", A, 225, 150),
        plot(
            "p-green",
            "author7",
            and(
                published("p-green", "author7", B, 215, 141).acts,
                [(98, Act::Correct)],
            ),
        ),
        published("p-pressure", "author10", C, 204, 128),
        published("p-news", "author6", D, 196, 120),
        published("p-salt", "author8", E, 188, 104),
        plot(
            "p-ear",
            "author9",
            and(
                reviewed(170, A, GOOD),
                [
                    (140, Act::Decide(K::Accept)),
                    (136, Act::Proof),
                    (133, Act::ConfirmProof),
                    (92, Act::Publish),
                ],
            ),
        ),
        published("p-rare", "author10", B, 160, 77),
        published("p-triage", "author7", C, 150, 63),
        published("p-vitamin", "author6", D, 140, 34),
        // Forty authors and a title of many lines.
        published("p-forty", "author10", E, 130, 21),
        plot(
            "d-flu",
            "author9",
            and(
                reviewed(90, A, [V::Unsuitable, V::Unsuitable]),
                [(60, Act::Decide(K::Decline))],
            ),
        ),
        plot(
            "d-death",
            "author7",
            and(
                vec![(44, Act::Draft), (44, Act::Submit)],
                [(40, Act::Handle), (33, Act::Decide(K::Decline))],
            ),
        ),
        plot(
            "l-parents",
            "author8",
            and(reviewed(112, B, FAIR), [(80, Act::Decide(K::AskRevision))]),
        ),
        plot("w-fluids", "author6", and(screened(35), [(20, Act::Withdraw)])),
        plot("r-riders", "author9", vec![(33, Act::Draft), (33, Act::Submit)]),
    ]
}

fn under_way() -> Vec<Plot> {
    vec![
        plot(
            "a-gut",
            "author10",
            and(
                reviewed(75, C, FAIR),
                [
                    (44, Act::Decide(K::AskRevision)),
                    (16, Act::Revise),
                    (9, Act::Decide(K::Accept)),
                    (6, Act::Proof),
                ],
            ),
        ),
        plot(
            "a-sodium",
            "author7",
            and(
                reviewed(60, D, GOOD),
                [
                    (26, Act::Decide(K::Accept)),
                    (20, Act::Proof),
                    (17, Act::ConfirmProof),
                ],
            ),
        ),
        // Their two months end tomorrow, in a few days, in a few weeks.
        plot(
            "v-consent",
            "author6",
            and(reviewed(94, E, FAIR), [(60, Act::Decide(K::AskRevision))]),
        ),
        plot(
            "v-altitude",
            "author8",
            and(reviewed(90, A, FAIR), [(57, Act::Decide(K::AskRevision))]),
        ),
        plot(
            "v-music",
            "author9",
            and(reviewed(62, B, FAIR), [(31, Act::Decide(K::AskRevision))]),
        ),
        plot(
            "v-night",
            "author10",
            and(reviewed(36, C, FAIR), [(3, Act::Decide(K::AskRevision))]),
        ),
        plot(
            "b-stroke",
            "author7",
            and(
                reviewed(80, D, FAIR),
                [(50, Act::Decide(K::AskRevision)), (27, Act::Revise)],
            ),
        ),
        plot(
            "b-pancreas",
            "author6",
            and(
                reviewed(70, E, FAIR),
                [(40, Act::Decide(K::AskRevision)), (2, Act::Revise)],
            ),
        ),
        plot("i-smoking", "author8", reviewed(40, A, SPLIT)),
        plot("i-insulin", "author9", reviewed(31, B, FAIR)),
        plot(
            "i-care-homes",
            "author10",
            and(
                screened(33),
                [
                    (24, Act::Invite(C)),
                    (23, Act::Accept(C[0])),
                    (22, Act::Accept(C[1])),
                    (9, Act::Review(C[0], V::AfterRevision)),
                ],
            ),
        ),
        plot(
            "i-cortisol",
            "author7",
            and(
                screened(28),
                [
                    (20, Act::Invite(D)),
                    (18, Act::Accept(D[0])),
                    (17, Act::Refuse(D[1])),
                ],
            ),
        ),
    ]
}

fn begun() -> Vec<Plot> {
    let sent = |ago| vec![(ago, Act::Draft), (ago, Act::Submit)];
    vec![
        plot("i-preterm", "author6", and(screened(16), [(6, Act::Invite(E))])),
        plot("i-notes", "author8", screened(15)),
        // Their month ends today, tomorrow, in some days.
        plot("s-heat", "author9", sent(30)),
        plot("s-mouth", "author10", and(sent(29), [(20, Act::Handle)])),
        plot("s-neck", "author7", sent(24)),
        plot("s-fluoride", "author6", and(sent(12), [(8, Act::Handle)])),
        plot("s-dialysis", "author8", sent(3)),
        plot(
            "c-sight",
            "author9",
            and(
                sent(20),
                [(17, Act::Handle), (13, Act::Decide(K::ReturnForCompletion))],
            ),
        ),
        plot("t-reconcile", "author10", vec![(1, Act::Draft)]),
        plot("e-asthma", "author8", vec![(2, Act::Enter)]),
    ]
}
