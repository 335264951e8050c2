//! Decides, for a document given as paragraphs, what goes: the words that are identity, the author block, whole sections.

mod authors;
mod declarations;

pub(crate) use authors::author_block;

use crate::findings::Collector;
use crate::matcher::{Hit, Matcher};
use crate::model::{FindingKind, Report, What};
use crate::sections;
use crate::token;
use declarations::identity_sections;
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
    let hits: Vec<Vec<Hit>> = paras
        .iter()
        .map(|p| matcher.find_as_read(&p.text, p.head))
        .collect();
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
