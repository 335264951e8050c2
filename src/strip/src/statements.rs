//! Sentences that declare something about the authors, however the section is headed or if it is not headed at all:
//! who paid, who did what, whose interests conflict, which committee allowed it.

mod patterns;

use crate::model::{FindingKind, What};
use patterns::{CONFLICT, CONTRIBUTION, ETHICS, FUNDING, GENERAL, STEMS};
use regex::Regex;
use std::collections::BTreeSet;

/// What a sentence declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Statement {
    Funding,
    Contribution,
    Conflict,
    Ethics,
}

impl Statement {
    /// The kind under which a paragraph of nothing else is removed; statements of ethics are never removed as a whole.
    pub fn what(self) -> Option<What> {
        match self {
            Statement::Funding => Some(What::Funding),
            Statement::Contribution => Some(What::Contributions),
            Statement::Conflict => Some(What::Conflicts),
            Statement::Ethics => None,
        }
    }

    pub fn finding(self) -> FindingKind {
        match self {
            Statement::Funding => FindingKind::Funding,
            Statement::Contribution => FindingKind::Contributions,
            Statement::Conflict => FindingKind::Conflicts,
            Statement::Ethics => FindingKind::Ethics,
        }
    }
}

fn kinds() -> [(Statement, &'static [Regex]); 4] {
    [
        (Statement::Funding, &FUNDING),
        (Statement::Contribution, &CONTRIBUTION),
        (Statement::Conflict, &CONFLICT),
        (Statement::Ethics, &ETHICS),
    ]
}

/// A range of a text.
type Range = std::ops::Range<usize>;

/// The sentences of a paragraph that declare something, in order.
pub(crate) fn find(text: &str) -> Vec<(Statement, Range)> {
    if STEMS.as_ref().is_some_and(|s| !s.is_match(text)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        for (kind, patterns) in kinds() {
            if patterns.iter().any(|p| p.is_match(words)) && !GENERAL.is_match(words) {
                found.push((kind, sentence.clone()));
            }
        }
    }
    found
}

/// The statement that a paragraph is about, if it is short and (nearly) all of its sentences are statements.
pub(crate) fn whole(text: &str) -> Option<Statement> {
    if text.chars().count() > 1200 {
        return None;
    }
    let found = find(text);
    let (first, range) = found.first()?;
    let total = sentences(text).len();
    let told: BTreeSet<usize> = found.iter().map(|(_, r)| r.start).collect();
    let removable = found.iter().all(|f| f.0 == *first) && first.what().is_some();
    (range.start == 0 && told.len() * 2 > total && removable).then_some(*first)
}

/// Cuts a paragraph into sentences, not at initials, abbreviations and numbers.
fn sentences(text: &str) -> Vec<Range> {
    const SHORT: &[&str] = &[
        "no", "nos", "dr", "prof", "st", "mr", "ms", "mrs", "inc", "ltd", "co", "al", "vs", "nr", "fig",
        "ref", "e.g", "i.e",
    ];
    let mut out = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        let end = at + c.len_utf8();
        let next = letters.peek().map(|n| n.1);
        let stops = match c {
            '。' | '！' | '？' | '\n' => true,
            '!' | '?' => next.is_none_or(char::is_whitespace),
            '.' => {
                let word = text[start..at]
                    .rsplit(|c: char| c.is_whitespace() || c == '(')
                    .next()
                    .unwrap_or_default();
                let short = SHORT.contains(&word.to_lowercase().as_str())
                    || word.chars().count() == 1
                    || word.contains('.');
                let after = text[end..].trim_start().chars().next();
                next.is_none_or(char::is_whitespace)
                    && (!short || next.is_none())
                    && after.is_none_or(|a| !a.is_lowercase())
            }
            _ => false,
        };
        if stops {
            if !text[start..end].trim().is_empty() {
                out.push(start..end);
            }
            start = end + text[end..].len() - text[end..].trim_start().len();
            while letters.peek().is_some_and(|n| n.0 < start) {
                letters.next();
            }
        }
    }
    if !text[start..].trim().is_empty() {
        out.push(start..text.len());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_of(text: &str) -> Vec<Statement> {
        let mut kinds: Vec<Statement> = find(text).into_iter().map(|f| f.0).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    #[test]
    fn sentences_end_where_they_end() {
        let text = "By Dr. A. B. Oakes et al. in 2020. It cost 3.5 euro. 目的。方法";
        let cut: Vec<&str> = sentences(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(
            cut,
            [
                "By Dr. A. B. Oakes et al. in 2020.",
                "It cost 3.5 euro.",
                "目的。",
                "方法"
            ]
        );
    }

    #[test]
    fn statements_are_told() {
        use Statement::*;
        for (text, kind) in [
            (
                "This study was supported in part by the Harbour Research Council (grant no. 4471).",
                Funding,
            ),
            ("本研究受东陵市科技计划项目资助。", Funding),
            ("T.Q. and Y.S. designed the study.", Contribution),
            ("全体作者均阅读并同意最终稿。", Contribution),
            ("The authors have no conflicts of interest to declare.", Conflict),
            ("所有作者声明不存在利益冲突", Conflict),
            (
                "The protocol was approved by the ethics committee of the hospital.",
                Ethics,
            ),
            ("患者均签署知情同意书。", Ethics),
        ] {
            assert!(kinds_of(text).contains(&kind), "{text}: {:?}", kinds_of(text));
        }
    }

    #[test]
    fn one_paragraph_may_declare_everything() {
        let all = "The study was sponsored by the City of Saltmarsh health department. The authors have no competing interests. The first author designed the survey and all authors approved the final version. Ethical clearance was obtained from the municipal board.";
        assert_eq!(kinds_of(all).len(), 4, "{:?}", kinds_of(all));
        assert_eq!(whole(all), None);
    }

    #[test]
    fn talk_of_such_things_is_no_statement() {
        for text in [
            "Funding agencies differ in what they ask of applicants.",
            "Conflicts of interest are common among editors.",
            "We asked whether journals disclose competing interests.",
            "Ethics is a branch of philosophy.",
            "The roof was supported by eight columns of granite.",
            "作者身份在学术界十分重要。",
            "Most trials were funded by industry grants.",
        ] {
            assert!(kinds_of(text).is_empty(), "{text}: {:?}", kinds_of(text));
        }
    }
}
