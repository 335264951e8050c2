//! The review form, 审稿意见书 (`RULES.md` 4).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::journal::{List, Pages};
use super::verdict::Verdict;

/// The criteria that a journal starts with, each scored from 1 to 5.
pub const CRITERIA: [&str; 5] = [
    "originality",
    "significance",
    "method",
    "evidence",
    "presentation",
];

/// A review as it is written and sent. Sealed wherever it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// The basic judgement; unanswered is None.
    pub verdict: Option<Verdict>,
    /// Scores by criterion, 1 to 5; a criterion that is missing is unanswered.
    #[serde(deserialize_with = "scores")]
    pub scores: BTreeMap<String, u8>,
    /// Assessment, for the editors.
    pub assessment: String,
    /// Numbered suggestions for the author.
    pub suggestions: Vec<String>,
    /// Remarks for the editors alone.
    pub confidential: String,
}

/// Reviews of before the criteria could be edited hold the five scores in their order, 0 for an unanswered one.
fn scores<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, u8>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Named(BTreeMap<String, u8>),
        InOrder([u8; 5]),
    }
    Ok(match Kept::deserialize(from)? {
        Kept::Named(scores) => scores,
        Kept::InOrder(scores) => in_order(scores),
    })
}

/// Scores of the first five criteria in their order; 0 is unanswered.
pub fn in_order(scores: [u8; 5]) -> BTreeMap<String, u8> {
    let named = CRITERIA.iter().map(|key| (*key).to_owned()).zip(scores);
    named.filter(|(_, score)| *score > 0).collect()
}

/// The criteria of a review's form: those that are offered now, or of one that was sent those that it had.
pub fn criteria(pages: &Pages, sent: Option<&Review>) -> Vec<String> {
    let all = pages.list(List::Criteria).iter();
    let wanted = |entry: &&super::journal::Entry| match sent {
        Some(review) => review.scores.contains_key(&entry.key),
        None => entry.offered,
    };
    all.filter(wanted).map(|entry| entry.key.clone()).collect()
}

/// What a review still lacks, as keys of translations.
pub fn missing(review: &Review, criteria: &[String]) -> Vec<&'static str> {
    let mut out = Vec::new();
    if review.verdict.is_none() {
        out.push("verdict");
    }
    if review.assessment.trim().is_empty() {
        out.push("assessment");
    }
    let scored = |key: &String| {
        review
            .scores
            .get(key)
            .is_some_and(|score| (1..=5).contains(score))
    };
    if !criteria.iter().all(scored) {
        out.push("scores");
    }
    if review.verdict == Some(Verdict::AfterRevision) && suggestions(review).is_empty() {
        out.push("suggestions");
    }
    out
}

/// The suggestions that hold words, in order.
pub fn suggestions(review: &Review) -> Vec<&str> {
    review
        .suggestions
        .iter()
        .map(|s| s.trim())
        .filter(|s| !s.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_two_needs_suggestions_and_the_others_do_not() {
        let all: Vec<String> = CRITERIA.map(str::to_owned).into();
        let mut review = Review {
            verdict: Some(Verdict::AfterRevision),
            scores: in_order([3; 5]),
            assessment: "sound".into(),
            suggestions: vec!["  ".into()],
            ..Review::default()
        };
        assert_eq!(missing(&review, &all), ["suggestions"]);
        review.suggestions.push("say how many".into());
        assert!(missing(&review, &all).is_empty());
        review = Review {
            verdict: Some(Verdict::Unsuitable),
            suggestions: vec![],
            ..review
        };
        assert!(missing(&review, &all).is_empty());
        assert_eq!(
            missing(&Review::default(), &all),
            ["verdict", "assessment", "scores"]
        );
    }

    #[test]
    fn scores_of_before_are_read_by_their_order() {
        let old: Review = serde_json::from_str(r#"{"scores":[3,0,5,4,2],"assessment":"x"}"#).unwrap();
        assert_eq!(old.scores.get("originality"), Some(&3));
        assert_eq!(old.scores.get("significance"), None);
        assert_eq!(old.scores.len(), 4);
        let again: Review = serde_json::from_str(&serde_json::to_string(&old).unwrap()).unwrap();
        assert_eq!(again, old);
    }
}
