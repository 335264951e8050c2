//! Submissions that look like one another, which the office is warned of (`RULES.md` 7).

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
    Title::of(a).alike(b)
}

/// A title that is compared with many.
pub struct Title {
    letters: usize,
    pairs: Vec<(char, char)>,
}

impl Title {
    /// Takes a title apart.
    pub fn of(title: &str) -> Title {
        let letters: Vec<char> = letters(title).collect();
        let mut pairs: Vec<(char, char)> = letters.windows(2).map(|w| (w[0], w[1])).collect();
        pairs.sort_unstable();
        pairs.dedup();
        Title {
            letters: letters.len(),
            pairs,
        }
    }

    /// Whether another is nearly the same.
    pub fn alike(&self, other: &str) -> bool {
        // The lengths alone rule most out; no title has more letters than bytes.
        if self.letters < 6 || other.len() * 3 < self.letters * 2 {
            return false;
        }
        let count = letters(other).count();
        let (short, long) = (self.letters.min(count), self.letters.max(count));
        if short < 6 || short * 3 < long * 2 {
            return false;
        }
        let other = Title::of(other);
        let common = other
            .pairs
            .iter()
            .filter(|pair| self.pairs.binary_search(pair).is_ok())
            .count();
        common * 5 >= (self.pairs.len() + other.pairs.len() - common) * 4
    }
}

fn letters(title: &str) -> impl Iterator<Item = char> {
    title
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
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
