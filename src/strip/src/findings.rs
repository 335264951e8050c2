//! What might betray an author and is the author's to settle: looked for in what is left, never removed in silence.

use crate::fold::{fold, stable_hash};
use crate::forms::{ascii_boundaries, pattern};
use crate::matcher::Matcher;
use crate::model::{Finding, FindingKind, Report};
use crate::statements::{self, Statement};
use crate::token;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:our|my)\s+(?:own\s+)?(?:previous(?:ly)?|earlier|prior|recent(?:ly)?|past|former|published|preliminary|pilot)\s+(?:\w+\s+)?(?:work|stud(?:y|ies)|papers?|reports?|articles?|publications?|results?|findings?|approach|data|research|experiments?|trial|analys[ie]s|system)|\bwe\s+(?:have\s+|had\s+)?(?:previously|earlier|already|recently)\s+(?:shown|reported|described|demonstrated|published|proposed|presented|found|observed|developed|introduced|showed|studied)|\bas\s+we\s+(?:have\s+)?(?:previously\s+)?(?:shown|reported|described|demonstrated|showed|did)\b|\bin\s+our\s+(?:laborator(?:y|ies)|lab|hospital|cent(?:er|re)|clinic|department|institution|university|cohort|group|unit)\b|\bour\s+(?:research\s+)?(?:group|team|laborator(?:y|ies)|lab|hospital|institution|department|clinic|cent(?:er|re))\b|\bpresented\s+(?:in\s+part\s+|orally\s+|as\s+an?\s+(?:abstract|poster)\s+)?at\s+the\s+[^.;]{0,100}?\b(?-i:Congress|Conference|Meeting|Symposium|Workshop)\b|\bpreprint\s+of\s+this\s+(?:article|manuscript|work|paper|study)\b|\bextends?\s+our\s+(?:\w+\s+){0,2}(?:work|paper|stud(?:y|ies)|conference|framework|models?|methods?|approach|algorithm|analys[ie]s|system|results|findings)\b|本文(?:曾|已|的?部分内容)[^。；]{0,6}在[^。；]{2,40}(?:会议|大会|年会|论坛|研讨会)[^。；]{0,12}(?:报告|交流|宣读|展示)|本课题组|本研究团队|本团队|课题组(?:前期|既往|先前)|笔者|我院|我科|我校|我们(?:前期|既往|先前|此前)的?(?:研究|工作)|本院|本中心",
    )
});
static IN_PRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:in press|accepted for publication|manuscript in preparation|manuscript submitted|submitted for publication|under review|unpublished (?:data|results|observations|manuscript|work)|personal communication)\b|待发表|已录用|未发表",
    )
});
static INSTITUTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:(?:[A-Z][\w’'.-]+|of|and|the|for|&|de|der|des|di)\s+){0,6}?(?:[A-Z][\w’'.-]+\s+)(?:University|Universität|Université|Universidad|Hospital|Klinikum|Institute|College|Academy|Infirmary|Medical Cent(?:er|re)|Foundation|Review Board|Ethics Committee)(?:\s+(?:of|for|at|in)\s+(?:the\s+)?[A-Z][\w-]+(?:\s+(?:and\s+)?[A-Z][\w-]+){0,3})?|\b(?:University|Institute|Hospital|College|Academy|School|Faculty)\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w-]+(?:\s+(?:and\s+|of\s+)?[A-Z][\w-]+){0,4}|\p{Han}{2,14}(?:大学|医院|研究所|研究院|医学院|卫生院|实验室|疾控中心|伦理委员会)",
    )
});
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:https?://|www\.|ftp://)[^\s<>（）()，。；\u{2063}]{3,120}|\b(?:github|gitlab|bitbucket|gitee|osf|huggingface|figshare|zenodo|dryad|kaggle|codeocean)\.(?:com|org|io|co)/[^\s<>（）()，。；\u{2063}]{2,100}|\bhub\.docker\.com/r/[^\s<>（）()，。；\u{2063}]{2,100}|\b[\w-]{1,60}\.(?:github|gitlab)\.io\b(?:/[^\s<>（）()，。；\u{2063}]{1,100})?|\b10\.(?:5281|6084|17605|5061|6078|24433|1101|21203|48550|12074|31234|2139|7910)/[^\s<>,;）)]{3,60}|\barXiv\s?:\s?\d{4}\.\d{4,5}\b|\bChinaXiv\s?:\s?\d{4,6}(?:\.\d{3,6})?\b|\b(?:NCT\d{8}|ChiCTR[-\dA-Z]{8,16}|ISRCTN\d{8}|UMIN\d{9}|jRCTs?\d{9,10}|ACTRN\d{14}|DRKS\d{8}|CRD42\d{6,11}|20\d\d-\d{6}-\d{2}|CTRI/\d{4}/\d{2,3}/\d{4,6}|IRCT\d{8,18}N\d{1,3}|KCT\d{7}|PACTR\d{12,18}|TCTR\d{8,14}|RBR-[0-9a-z]{5,9}|NTR\s?\d{3,5}|NL\d{4,5}|PER-\d{3}-\d{2}|SLCTR/\d{4}/\d{2,4})\b",
    )
});
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:Drs?|Prof(?:essor)?|Mr|Mrs|Ms)\.?\s+(?:[A-Z]\.\s*){0,3}\p{Lu}[\p{Ll}’'-]+(?:\s+\p{Lu}[\p{Ll}’'-]+){0,2}|\p{Han}{2,3}(?:教授|主任医师|副教授|研究员)",
    )
});

/// Collects findings, once each, none of those the author has settled.
pub(crate) struct Collector<'m> {
    matcher: &'m Matcher,
    initials: Vec<Regex>,
    seen: BTreeSet<String>,
    found: Vec<Finding>,
    /// Those that are not listed.
    more: usize,
}

/// At most so many findings of a kind are listed, the others counted: beyond that a list helps nobody.
const MOST_PER_KIND: usize = 40;

impl<'m> Collector<'m> {
    pub fn new(matcher: &'m Matcher) -> Self {
        let initials = matcher
            .initials
            .iter()
            .filter(|i| i.chars().count() > 1)
            .filter_map(|i| initials_pattern(i))
            .collect();
        Collector {
            matcher,
            initials,
            seen: BTreeSet::new(),
            found: Vec::new(),
            more: 0,
        }
    }

    /// Looks through a text of which the known identity is already gone.
    pub fn look(&mut self, text: &str, place: &str, references: bool) {
        if references {
            self.scan(&IN_PRESS, FindingKind::InPress, text, place);
            return;
        }
        for (pattern, kind) in [
            (&SELF, FindingKind::SelfCitation),
            (&IN_PRESS, FindingKind::InPress),
            (&INSTITUTION, FindingKind::Institution),
            (&ADDRESS, FindingKind::Address),
            (&TITLED, FindingKind::PossibleName),
        ] {
            self.scan(pattern, kind, text, place);
        }
        for (statement, range) in statements::find(text) {
            self.add(statement.finding(), place, text, range.start, range.end);
        }
        if let Some(pattern) = &self.matcher.cited {
            self.scan(pattern, FindingKind::PossibleName, text, place);
        }
        for pattern in std::mem::take(&mut self.initials) {
            self.scan(&pattern, FindingKind::Initials, text, place);
            self.initials.push(pattern);
        }
    }

    fn scan(&mut self, pattern: &Regex, kind: FindingKind, text: &str, place: &str) {
        for m in pattern.find_iter(text) {
            self.add(kind, place, text, m.start(), m.end());
        }
    }

    /// A paragraph under a heading of ethics or consent, of which no sentence has said so itself.
    pub fn ethics(&mut self, text: &str, place: &str) {
        let told = statements::find(text).iter().any(|s| s.0 == Statement::Ethics);
        if !told {
            self.add(FindingKind::Ethics, place, text, 0, text.len());
        }
    }

    /// An entry of the reference list from which an author's name was taken.
    pub fn own_reference(&mut self, left: &str, place: &str) {
        let longest = left
            .split(token::ALL)
            .max_by_key(|p| p.chars().count())
            .unwrap_or_default()
            .trim();
        if longest.chars().count() > 8
            && let Some(at) = left.find(longest)
        {
            self.add(FindingKind::OwnReference, place, left, at, at + longest.len());
        }
    }

    /// A finding about `text[start..end]`.
    pub fn add(&mut self, kind: FindingKind, place: &str, text: &str, start: usize, end: usize) {
        let matched = text[start..end].trim().trim_end_matches(['.', ',', ';']);
        if matched.is_empty() {
            return;
        }
        let key = format!(
            "{:016x}",
            stable_hash(&[
                &format!("{kind:?}"),
                &fold(matched),
                if matched.is_ascii() { "" } else { matched }
            ])
        );
        if self.matcher.keep.contains(&key) || !self.seen.insert(key.clone()) {
            return;
        }
        if self.found.iter().filter(|f| f.kind == kind).count() >= MOST_PER_KIND {
            self.more += 1;
            return;
        }
        let excerpt = excerpt(text, start, end);
        self.found.push(Finding {
            key,
            kind,
            place: place.to_owned(),
            excerpt,
            matched: shorten(matched, 400),
        });
    }

    /// Adds to a report what was found and is not there already.
    pub fn add_to(self, report: &mut Report) {
        let known: BTreeSet<String> = report.findings.iter().map(|f| f.key.clone()).collect();
        let new = self.finish().into_iter().filter(|f| !known.contains(&f.key));
        report.findings.extend(new);
    }

    pub fn finish(mut self) -> Vec<Finding> {
        let more = format!("{} more", self.more);
        let key = format!("{:016x}", stable_hash(&["More", &more]));
        if self.more > 0 && !self.matcher.keep.contains(&key) {
            self.found.push(Finding {
                key,
                kind: FindingKind::More,
                place: "document".to_owned(),
                excerpt: more.clone(),
                matched: more,
            });
        }
        self.found
    }
}

/// Where the works lie that manuscripts cite: links to them say nothing of who cites.
const CITED: &[&str] = &[
    "doi.org",
    "pubmed",
    "ncbi.nlm.nih.gov",
    "crossref.org",
    "w3.org",
    "wikipedia.org",
    "jstor.org",
    "sciencedirect.com",
    "springer",
    "wiley.com",
    "who.int",
    "worldcat.org",
];

/// Looks at the addresses that links lead to, other than the works that manuscripts cite, since the words over a link need not
/// show them.
pub(crate) fn links(targets: &[String], matcher: &Matcher, report: &mut Report) {
    let mut collector = Collector::new(matcher);
    for target in targets {
        let lower = target.to_lowercase();
        if !CITED.iter().any(|c| lower.contains(c)) {
            collector.look(target, "links", false);
        }
    }
    collector.add_to(report);
}

fn initials_pattern(letters: &str) -> Option<Regex> {
    let spaced: Vec<String> = letters.chars().map(|c| regex::escape(&c.to_string())).collect();
    // A hyphen stands behind the full stop or, among three letters, in its place: J.-P. H., J-P.H.
    let between = if letters.chars().count() > 2 {
        r"(?:\.[\s-]{0,2}|-)"
    } else {
        r"\.[\s-]{0,2}"
    };
    let (dotted, plain) = (spaced.join(between), spaced.join(""));
    // Two bare letters are too often a unit or an abbreviation: they count only in lists such as "TQ and HS".
    let plain = if letters.chars().count() > 2 {
        format!(r"|\b{plain}\b")
    } else {
        format!(r"|\b{plain}(?:,| and| &)\s+[A-Z]{{2,3}}\b|\b[A-Z]{{2,3}}(?:,| and| &)\s+{plain}\b")
    };
    Regex::new(&ascii_boundaries(&format!(r"\b{dotted}\.{plain}"))).ok()
}

fn shorten(s: &str, most: usize) -> String {
    s.chars().take(most).collect()
}

/// The match with what stands around it, on one line, at most 160 characters.
fn excerpt(text: &str, start: usize, end: usize) -> String {
    let room = 160_usize.saturating_sub(text[start..end].chars().count()) / 2;
    let from = text[..start]
        .char_indices()
        .rev()
        .take(room)
        .last()
        .map_or(start, |(at, _)| at);
    let to = text[end..]
        .char_indices()
        .nth(room)
        .map_or(text.len(), |(at, _)| end + at);
    let line: Vec<&str> = text[from..to]
        .split(|c: char| c.is_whitespace() || c == crate::fold::SEAM)
        .filter(|w| !w.is_empty())
        .collect();
    shorten(&line.join(" "), 160)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Identity, Person};

    fn kinds(text: &str, identity: &Identity) -> Vec<FindingKind> {
        let matcher = Matcher::new(identity);
        let mut c = Collector::new(&matcher);
        c.look(text, "body", false);
        c.finish().into_iter().map(|f| f.kind).collect()
    }

    #[test]
    fn what_is_beyond_the_list_is_counted_and_asked_about() {
        let text: String = (0..60)
            .map(|n| format!("See https://example.org/data/{n} there. "))
            .collect();
        let told = |keep: Vec<String>| {
            let matcher = Matcher::new(&Identity {
                keep,
                ..Identity::default()
            });
            let mut c = Collector::new(&matcher);
            c.look(&text, "body", false);
            c.finish()
        };
        let first = told(Vec::new());
        assert_eq!(first.len(), MOST_PER_KIND + 1);
        let more = first.last().unwrap();
        assert_eq!((more.kind, more.matched.as_str()), (FindingKind::More, "20 more"));
        assert!(!more.kind.can_go());
        let kept: Vec<String> = first.iter().map(|f| f.key.clone()).collect();
        let then = told(kept);
        assert_eq!(then.len(), 20, "what was kept makes room");
    }

    #[test]
    fn finds_what_to_settle() {
        use FindingKind::*;
        let id = Identity {
            people: vec![Person {
                name: "Tamsin Quill".into(),
                ..Person::default()
            }],
            ..Identity::default()
        };
        assert_eq!(
            kinds("In our previous work [3] we did this.", &id),
            vec![SelfCitation]
        );
        assert_eq!(
            kinds("Patients of the Northmoor General Hospital came.", &id),
            vec![Institution]
        );
        assert_eq!(kinds("Code: https://github.com/example/x.", &id), vec![Address]);
        assert_eq!(kinds("T.Q. screened all.", &id), vec![Initials]);
        assert_eq!(kinds("我院收治", &id), vec![SelfCitation]);
        assert!(kinds("A plain sentence about teams.", &id).is_empty());
    }

    #[test]
    fn settled_findings_stay_away() {
        let m = Matcher::new(&Identity::default());
        let mut c = Collector::new(&m);
        c.look("as we have shown", "body", false);
        let key = c.finish().remove(0).key;
        assert!(
            kinds(
                "as we have shown",
                &Identity {
                    keep: vec![key],
                    ..Identity::default()
                }
            )
            .is_empty()
        );
    }
}
