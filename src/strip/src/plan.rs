//! Decides, for a document given as paragraphs, what goes: the words that are identity, the author block, whole sections.

use crate::common;
use crate::findings::Collector;
use crate::fold::fold;
use crate::forms;
use crate::matcher::{Hit, Matcher};
use crate::model::{FindingKind, Report, What};
use crate::names::Kind;
use crate::sections;
use crate::statements::{self, Statement};
use crate::token;
use std::borrow::Cow;

/// A paragraph, or a line where the format knows no paragraphs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Para {
    pub text: String,
    /// A neutral key, as in reports.
    pub place: Cow<'static, str>,
    /// The writer marked it as a heading.
    pub heading: bool,
    /// It repeats on every page.
    pub head: bool,
    /// It belongs to the main text, in reading order.
    pub body: bool,
}

/// A stretch of a paragraph to take out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub start: usize,
    pub end: usize,
    pub what: What,
}

/// What to do with each paragraph.
pub(crate) struct Plan {
    pub cuts: Vec<Vec<Cut>>,
    /// Paragraphs that go as a whole.
    pub drops: Vec<Option<What>>,
}

/// Plans a document whose paragraphs are matched one by one.
pub(crate) fn plan(paras: &[Para], matcher: &Matcher) -> Plan {
    let hits: Vec<Vec<Hit>> = paras.iter().map(|p| matcher.find(&p.text, p.head)).collect();
    plan_with(paras, hits)
}

/// Plans a document whose hits are already known.
pub(crate) fn plan_with(paras: &[Para], hits: Vec<Vec<Hit>>) -> Plan {
    let mut drops = vec![None; paras.len()];
    author_block(paras, &hits, &mut drops);
    identity_sections(paras, &mut drops);
    let cuts = hits.into_iter().zip(paras).map(|(h, p)| cuts(h, p)).collect();
    Plan { cuts, drops }
}

pub(crate) fn cuts(hits: Vec<Hit>, para: &Para) -> Vec<Cut> {
    let mut out: Vec<Cut> = Vec::new();
    for hit in hits {
        let what = if para.head && hit.what == What::Name {
            What::RunningHead
        } else {
            hit.what
        };
        match out.last_mut() {
            Some(last) if last.end <= hit.start && token::only_joins(&para.text[last.end..hit.start]) => {
                last.end = hit.end
            }
            _ => out.push(Cut {
                start: hit.start,
                end: hit.end,
                what,
            }),
        }
    }
    out
}

/// How far down the main text the author block can reach.
const DEEPEST_BLOCK: usize = 80;

pub(crate) fn author_block(paras: &[Para], hits: &[Vec<Hit>], drops: &mut [Option<What>]) {
    let body: Vec<usize> = (0..paras.len())
        .filter(|i| paras[*i].body && !paras[*i].text.trim().is_empty())
        .take(DEEPEST_BLOCK)
        .collect();
    let Some(end) = body.iter().position(|i| sections::is_abstract(&paras[*i].text)) else {
        return loose_block(paras, hits, drops, &body);
    };
    let first_name = body[..end].iter().position(|i| hits[*i].iter().any(is_person));
    for (at, index) in body[..end].iter().enumerate() {
        let (text, hits) = (paras[*index].text.as_str(), &hits[*index]);
        let title = at == 0 && share(text, hits) < 0.4;
        let named = hits
            .iter()
            .any(|h| is_person(h) || matches!(h.what, What::Email | What::Orcid | What::Affiliation));
        let after = first_name.is_some_and(|n| at > n);
        let known = named && (share(text, hits) > 0.3 || text.chars().count() < 600);
        let short = text.chars().count() < 400;
        let looks = after
            && (is_address_list(text)
                || short && (is_affiliation(text) || sections::is_contact(text) || is_mark(text)));
        if !title && (known || looks) {
            drops[*index] = Some(What::AuthorBlock);
        }
    }
    // What is wedged between lines of the block belongs to it.
    // Not the title, though, that stands between a running head on the first page and the authors.
    let gone: Vec<usize> = (0..end)
        .filter(|at| drops[body[*at]].is_some() && !(*at == 0 && is_running_head(&paras[body[0]].text)))
        .collect();
    if let (Some(first), Some(last)) = (gone.first(), gone.last()) {
        for at in *first..*last {
            let text = &paras[body[at]].text;
            let keyword = sections::is_other_heading(text) || text.chars().count() > 100;
            let near = gone.iter().any(|g| *g + 1 == at) && gone.iter().any(|g| *g > at && *g <= at + 2);
            if !keyword && near && at > 0 {
                drops[body[at]] = Some(What::AuthorBlock);
            }
        }
    }
}

/// A first line that names the authors as running heads do.
fn is_running_head(text: &str) -> bool {
    let text = text.trim();
    text.ends_with("et al.") || text.ends_with("et al") || text.ends_with('等')
}

/// Without an abstract to end it, only lines near the top that are mostly names or addresses belong to the block.
fn loose_block(paras: &[Para], hits: &[Vec<Hit>], drops: &mut [Option<What>], body: &[usize]) {
    for index in body.iter().take(12) {
        let text = paras[*index].text.as_str();
        if text.chars().count() > 400 {
            break;
        }
        if !hits[*index].is_empty() && nothing_else(text, &hits[*index]) {
            drops[*index] = Some(What::AuthorBlock);
        }
    }
}

/// Whether hits leave only marks, degrees and the words that join names.
fn nothing_else(text: &str, hits: &[Hit]) -> bool {
    let mut at = 0;
    let mut left = String::new();
    for hit in hits {
        left.push_str(&text[at..hit.start.max(at)]);
        left.push(' ');
        at = hit.end.max(at);
    }
    left.push_str(&text[at..]);
    left.split(|c: char| !c.is_alphabetic()).all(|w| {
        let folded = fold(w);
        folded.chars().count() < 2
            || common::TITLES.contains(&folded.as_str())
            || matches!(folded.as_str(), "and" | "und" | "et" | "by")
    })
}

fn is_person(hit: &Hit) -> bool {
    hit.what == What::Name && hit.kind != Kind::Head
}

/// How much of a text's letters the hits cover.
fn share(text: &str, hits: &[Hit]) -> f64 {
    let count = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
    let all = count(text).max(1);
    let covered: usize = hits.iter().map(|h| count(&text[h.start..h.end])).sum();
    #[allow(clippy::cast_precision_loss)]
    let share = covered as f64 / all as f64;
    share
}

fn is_affiliation(text: &str) -> bool {
    forms::names_institution(text)
        && (text.contains([',', '，', '；', ';', '、']) || text.chars().count() < 80)
}

/// All the authors' institutions run together in one paragraph.
fn is_address_list(text: &str) -> bool {
    let marked = text
        .trim_start()
        .chars()
        .next()
        .is_some_and(|c| !c.is_alphabetic() || c.is_lowercase());
    let count = forms::institutions(text);
    count >= 3
        && text.matches([',', '，', ';', '；']).count() >= 3
        && (marked || count * 120 > text.chars().count())
}

/// A line of nothing but footnote marks.
fn is_mark(text: &str) -> bool {
    text.chars().count() < 12 && !text.chars().any(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// A section longer than this is more than a statement, and its end was probably missed.
const LONGEST_SECTION: usize = 15;

fn identity_sections(paras: &[Para], drops: &mut [Option<What>]) {
    let mut open: Option<(What, usize)> = None;
    let mut references = false;
    let styled = paras.iter().any(|p| p.heading);
    for (index, para) in paras.iter().enumerate() {
        let text = para.text.trim();
        if text.is_empty() || !(para.body || para.place == "footnotes" || para.place == "endnotes") {
            continue;
        }
        if sections::is_references(text) {
            references = true;
        } else if references && (sections::is_other_heading(text) || para.heading) {
            references = false;
        }
        let alone = sections::heading_kind(text).filter(|_| stands_as_heading(para, styled));
        let odd = sections::is_biography(text) || sections::is_stamp(text);
        let at_once = sections::run_in_kind(text).or(odd.then_some(What::Section));
        if let Some(what) = alone {
            open = Some((what, LONGEST_SECTION));
            drops[index].get_or_insert(what);
        } else if let Some(what) = at_once.filter(|_| !references) {
            open = None;
            drops[index].get_or_insert(what);
        } else if let Some((what, left)) = open {
            let other = sections::is_other_heading(text)
                || sections::is_ethics(text) && text.chars().count() < 90
                || sections::is_references(text);
            if para.heading || other || (!styled && looks_like_heading(text)) || !para.body || left == 0 {
                open = None;
            } else {
                open = Some((what, left - 1));
                // Under one heading for everything each sentence says what it is.
                let told = statements::whole(text).and_then(Statement::what);
                let what = if what == What::Acknowledgements || what == What::Section {
                    told.unwrap_or(what)
                } else {
                    what
                };
                drops[index].get_or_insert(what);
            }
        }
        if drops[index].is_none()
            && open.is_none()
            && !references
            && let Some(what) = statements::whole(text).and_then(Statement::what)
        {
            drops[index] = Some(what);
        }
    }
}

/// "Support" and "Contributions" are headings of much else: the short ones count only where they are set as headings or end the text.
fn stands_as_heading(para: &Para, styled: bool) -> bool {
    let plain = para
        .text
        .trim()
        .trim_end_matches([':', '：', '.', ' '])
        .to_lowercase();
    let vague = matches!(
        plain.as_str(),
        "support"
            | "contributions"
            | "contribution"
            | "grants"
            | "grant"
            | "sponsors"
            | "sponsor"
            | "financing"
            | "基金"
            | "资助"
            | "基 金"
    );
    !vague || para.heading || para.text.trim().ends_with([':', '：']) || !styled
}

fn looks_like_heading(text: &str) -> bool {
    let words = text.split_whitespace().count();
    text.chars().count() < 70
        && words < 10
        && text
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && !text.ends_with(['.', ',', ';', '。', '，', '；'])
        && !text.contains([',', '，'])
}

/// A paragraph's text with its cuts made.
pub(crate) fn apply(text: &str, cuts: &[Cut]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts {
        out.push_str(&text[at..cut.start]);
        out.push_str(token::choose(&text[..cut.start], &text[cut.end..]));
        at = cut.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Counts what a plan takes out and looks through the rest for findings.
pub(crate) fn report(paras: &[Para], plan: &Plan, matcher: &Matcher) -> Report {
    let mut report = Report::default();
    let mut collector = Collector::new(matcher);
    let mut references = false;
    let mut ethics = false;
    for ((para, cuts), drop) in paras.iter().zip(&plan.cuts).zip(&plan.drops) {
        if let Some(what) = drop {
            report.add(*what, &para.place, 1);
            continue;
        }
        for cut in cuts {
            report.add(cut.what, &para.place, 1);
        }
        if para.body && (para.heading || para.text.chars().count() < 40) {
            if sections::is_references(para.text.trim()) {
                references = true;
            } else if references && sections::is_other_heading(para.text.trim()) {
                references = false;
            }
        }
        if para.text.trim().is_empty() {
            continue;
        }
        let left = apply(&para.text, cuts);
        collector.look(&left, &para.place, references);
        let text = para.text.trim();
        if sections::is_ethics(text) {
            ethics = text.chars().count() < 60;
            if !ethics {
                collector.ethics(&left, &para.place);
            }
        } else if std::mem::take(&mut ethics) && !(para.heading || sections::is_other_heading(text)) {
            collector.ethics(&left, &para.place);
        }
        if references && cuts.iter().any(|c| c.what == What::Name) {
            collector.own_reference(&left, &para.place);
        }
    }
    report.findings = collector.finish();
    sort(&mut report);
    report
}

/// Puts a report into an order that does not depend on how it was made.
pub(crate) fn sort(report: &mut Report) {
    report.removed.sort_by(|a, b| {
        natural(&a.place)
            .cmp(&natural(&b.place))
            .then(a.what.cmp(&b.what))
    });
}

fn natural(place: &str) -> (String, u32) {
    match place.split_once(':') {
        Some((head, number)) => (head.to_owned(), number.parse().unwrap_or(0)),
        None => (place.to_owned(), 0),
    }
}

/// A finding about the document that no words show.
pub(crate) fn plain_finding(collector: &mut Collector<'_>, kind: FindingKind, place: &str, words: &str) {
    collector.add(kind, place, words, 0, words.len());
}
