//! Submissions that look like one another, which the office is warned of (`RULES.md` 7).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// How two submissions are akin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kin {
    /// Its author sent it anew after the other was over.
    Anew,
    /// One of its files is, byte for byte, a file of the other.
    SameFile,
    /// The titles are nearly the same.
    SameTitle,
}

impl Kin {
    /// The name that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            Kin::Anew => "anew",
            Kin::SameFile => "same-file",
            Kin::SameTitle => "same-title",
        }
    }
}

/// Whether two titles are nearly the same: four fifths of their neighbouring letters (pairs of characters, case and
/// punctuation aside) are common to both. Titles of fewer than six letters say too little.
pub fn alike(a: &str, b: &str) -> bool {
    let letters = |title: &str| -> Vec<char> {
        title
            .chars()
            .flat_map(char::to_lowercase)
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let (a, b) = (letters(a), letters(b));
    // The lengths alone rule most pairs out.
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short < 6 || short * 3 < long * 2 {
        return false;
    }
    let pairs =
        |letters: &[char]| -> HashSet<(char, char)> { letters.windows(2).map(|w| (w[0], w[1])).collect() };
    let (a, b) = (pairs(&a), pairs(&b));
    let common = a.intersection(&b).count();
    common * 5 >= (a.len() + b.len() - common) * 4
}

#[cfg(test)]
mod tests {
    use super::alike;

    #[test]
    fn titles_that_are_nearly_the_same() {
        for (a, b) in [
            (
                "Early mobilisation after stroke: a trial",
                "Early Mobilisation after Stroke – A Trial",
            ),
            (
                "早期活动对脑卒中患者预后的影响",
                "早期活动对脑卒中患者预后的影响。",
            ),
            (
                "早期活动对脑卒中患者预后影响的随机对照研究",
                "早期活动对脑卒中患者预后影响的随机对照试验研究",
            ),
        ] {
            assert!(alike(a, b), "{a} / {b}");
        }
        for (a, b) in [
            ("", ""),
            ("Stroke", ""),
            ("早期活动对脑卒中患者预后的影响", "早期营养对重症患者预后的影响"),
            ("A trial of A", "A trial of B in children with asthma"),
        ] {
            assert!(!alike(a, b), "{a} / {b}");
        }
    }

    proptest::proptest! {
        #[test]
        fn it_is_symmetric(a in "[a-f ]{0,40}", b in "[a-f ]{0,40}") {
            proptest::prop_assert_eq!(alike(&a, &b), alike(&b, &a));
        }
    }
}
