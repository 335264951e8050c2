//! The review form, 审稿意见书 (`RULES.md` 4).

use serde::{Deserialize, Serialize};

use super::verdict::Verdict;

/// The criteria that are scored from 1 to 5.
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
    /// Scores by criterion, 1 to 5; 0 is unanswered.
    pub scores: [u8; 5],
    /// Assessment, for the editors.
    pub assessment: String,
    /// Numbered suggestions for the author.
    pub suggestions: Vec<String>,
    /// Remarks for the editors alone.
    pub confidential: String,
}

/// What a review still lacks, as keys of translations.
pub fn missing(review: &Review) -> Vec<&'static str> {
    let mut out = Vec::new();
    if review.verdict.is_none() {
        out.push("verdict");
    }
    if review.assessment.trim().is_empty() {
        out.push("assessment");
    }
    if review.scores.iter().any(|score| !(1..=5).contains(score)) {
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
        let mut review = Review {
            verdict: Some(Verdict::AfterRevision),
            scores: [3; 5],
            assessment: "sound".into(),
            suggestions: vec!["  ".into()],
            ..Review::default()
        };
        assert_eq!(missing(&review), ["suggestions"]);
        review.suggestions.push("say how many".into());
        assert!(missing(&review).is_empty());
        review = Review {
            verdict: Some(Verdict::Unsuitable),
            suggestions: vec![],
            ..review
        };
        assert!(missing(&review).is_empty());
        assert_eq!(missing(&Review::default()), ["verdict", "assessment", "scores"]);
    }
}
