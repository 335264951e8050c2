//! Slips: what a text that is about to go to the other side says of its own sender.
//!
//! The sender is warned and decides; nothing is taken out. What a citation in the first person gives away is whose work
//! the cited one is.

use std::ops::Range;
use std::sync::LazyLock;

use bauta_strip::Identity;
use regex::Regex;

/// In what way a place gives its sender away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SlipKind {
    /// A name in any spelling, an address, an affiliation, something else that is known of the sender.
    Identity,
    /// One's own work cited in the first person.
    Citation,
    /// A closing formula with something after it.
    Signature,
}

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// In what way.
    pub kind: SlipKind,
    /// The bytes of the text.
    pub at: Range<usize>,
}

/// The slips of a text, in order; where two lie over one another, the first that was found stays.
pub fn slips(text: &str, sender: &Identity) -> Vec<Slip> {
    let known = bauta_strip::places(text, sender);
    let mut out: Vec<Slip> = known
        .into_iter()
        .map(|at| Slip {
            kind: SlipKind::Identity,
            at,
        })
        .collect();
    for (patterns, kind) in [
        (&*CITATIONS, SlipKind::Citation),
        (&*SIGNATURES, SlipKind::Signature),
    ] {
        for found in patterns.iter().flat_map(|p| p.find_iter(text)) {
            let at = found.range();
            if !out.iter().any(|s| s.at.start < at.end && at.start < s.at.end) {
                out.push(Slip { kind, at });
            }
        }
    }
    out.sort_by_key(|s| s.at.start);
    out
}

fn compiled(patterns: &[&str]) -> Vec<Regex> {
    patterns
        .iter()
        .map(|p| Regex::new(p).expect("the pattern is one"))
        .collect()
}

static CITATIONS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compiled(&[
        // as we showed in [12]; I have reported (2019)
        r"(?i)\b(?:we|i)\b(?:\s+\w+){0,3}?\s+(?:show|shown|showed|report|reported|describe|described|publish|published|demonstrate|demonstrated|find|found|propose|proposed|develop|developed|study|studied|argue|argued)\b[^.;\n]{0,60}?(?:\[\s*\d[\d\s,;–-]*\]|\([^()\n]{0,40}\b(?:19|20)\d\d[a-z]?\))",
        // our earlier work, my own paper
        r"(?i)\b(?:our|my)\s+(?:own\s+)?(?:previous|prior|earlier|recent|past|own|former|published)\s+(?:\w+\s+)?(?:work|works|study|studies|paper|papers|article|articles|publication|publications|report|reports|trial|trials|book)\b",
        // 我们在[12]中, 笔者既往的研究
        r"(?:我们|我|本人|笔者|本课题组|我课题组|本研究组|我院|我科|本院|本科室|我校)[^。；！？\n]{0,20}?(?:\[\s*\d[\d\s,，、–~-]*\]|［\d+］|〔\d+〕|（(?:19|20)\d\d）|文献\s*\d+)",
        r"(?:我们|我|本人|笔者|本课题组|我课题组|本研究组|我院|我科|本院|本科室|我校)(?:的)?(?:既往|先前|前期|此前|之前|早前|以往|曾经?)[^。；！？\n]{0,12}?(?:研究|工作|论文|文章|报道|发表|证实|著作)",
    ])
});

static SIGNATURES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    compiled(&[
        // Best regards, and a line after it
        r"(?im)^[ \t]*(?:(?:best|kind|warm)(?:est)?[ \t]+)?(?:regards|wishes|sincerely|cheers)(?:[ \t]+yours)?[,.]?[ \t]*\n+[ \t]*\S[^\n]{0,60}",
        r"(?im)^[ \t]*yours[ \t]+(?:sincerely|faithfully|truly)[,.]?[ \t]*\n+[ \t]*\S[^\n]{0,60}",
        r"(?im)^[ \t]*(?:signed|reviewer|reviewed by|author|editor)[ \t]*:[ \t]*\p{Lu}[^\n]{1,60}$",
        r"(?m)^[ \t　]*(?:审稿人|审稿专家|作者|通信作者|责任编辑|编辑|签名|署名)[ \t　]*[：:][ \t　]*[^\s丁甲乙丙戊己庚辛][^\n]{0,20}$",
        r"(?m)^[ \t　]*(?:此致[，,]?[ \t　]*\n*[ \t　]*)?(?:敬礼|顺颂[^\n]{1,4}|祝好)[！!，,。]?[ \t　]*\n+[ \t　]*\S{2,12}[ \t　]*$",
    ])
});

#[cfg(test)]
mod tests {
    use super::*;
    use bauta_strip::Person;
    use proptest::prelude::*;

    fn sender() -> Identity {
        Identity {
            people: vec![Person {
                name: "Cen Boliang".into(),
                native_name: "岑伯良".into(),
                email: "cen.boliang@reviewer.example".into(),
                affiliations: vec!["雁湖大学医学院".into(), "Norrbacka Institute of Medicine".into()],
                ..Person::default()
            }],
            ..Identity::default()
        }
    }

    fn found(text: &str) -> Vec<(SlipKind, String)> {
        slips(text, &sender())
            .into_iter()
            .map(|s| (s.kind, text[s.at].to_owned()))
            .collect()
    }

    #[test]
    fn what_gives_its_sender_away_is_found() {
        use SlipKind::{Citation, Identity, Signature};
        for (kind, text) in [
            (Identity, "Please cite Boliang Cen."),
            (Identity, "Please cite Cen Boliang (2019)."),
            (Identity, "Cen B, et al. reported this."),
            (Identity, "请参考岑伯良的文章。"),
            (Identity, "write to cen.boliang@reviewer.example"),
            (Identity, "在雁湖大学医学院做过"),
            (
                Identity,
                "at the Norrbacka Institute of Medicine we do it otherwise",
            ),
            (Citation, "As we showed in [12], the dose matters."),
            (Citation, "I have reported the same earlier (2019)."),
            (Citation, "This ignores our previous work on the matter."),
            (Citation, "see my own paper"),
            (Citation, "我们在[12]中已经说明。"),
            (Citation, "笔者既往的研究表明相反。"),
            (Citation, "本课题组曾发表过类似结果。"),
            (Signature, "Good work.\n\nBest regards,\nB. C."),
            (Signature, "Yours sincerely\n\nProf. C."),
            (Signature, "此致\n敬礼！\n老岑头"),
            (Signature, "审稿人：老岑"),
        ] {
            let all = found(text);
            assert!(
                all.iter().any(|(k, _)| *k == kind),
                "{kind:?} in {text:?}: {all:?}"
            );
        }
    }

    #[test]
    fn what_says_nothing_of_its_sender_is_left_alone() {
        for text in [
            "We have revised the methods as suggested [see page 4].",
            "The authors showed in [12] that the dose matters.",
            "Please say how the sample size was chosen.",
            "请说明样本量如何估算，并参考文献[12]。",
            "我们已按意见修改，见方法部分。",
            "感谢审稿人丁的意见。",
            "Thank you for the kind words.",
            "审稿人丁：请补充敏感性分析。",
        ] {
            assert_eq!(found(text), Vec::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_lie_in_the_text_and_not_over_one_another(text in "(?s).{0,200}", planted in prop::bool::ANY) {
            let text = if planted { format!("{text} 岑伯良 As we showed in [1]") } else { text };
            let all = slips(&text, &sender());
            for pair in all.windows(2) {
                prop_assert!(pair[0].at.end <= pair[1].at.start);
            }
            for slip in &all {
                prop_assert!(text.get(slip.at.clone()).is_some());
            }
        }
    }
}
