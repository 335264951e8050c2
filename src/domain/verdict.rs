//! The reviewer's basic judgement in three classes (the journal's notice, step 2).

use serde::{Deserialize, Serialize};

/// A verdict. It advises the editors; it never decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 基本可以采用.
    Acceptable,
    /// 修改后可以采用.
    AfterRevision,
    /// 不宜采用.
    Unsuitable,
}

impl Verdict {
    /// All three, in the order in which they are always shown.
    pub const ALL: [Verdict; 3] = [Verdict::Acceptable, Verdict::AfterRevision, Verdict::Unsuitable];

    /// The name that is stored and that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            Verdict::Acceptable => "acceptable",
            Verdict::AfterRevision => "after-revision",
            Verdict::Unsuitable => "unsuitable",
        }
    }

    /// The verdict of a form's value.
    pub fn from_key(key: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|v| v.key() == key)
    }

    /// The sign that stands beside its words everywhere.
    pub const fn sign(self) -> &'static str {
        match self {
            Verdict::Acceptable => "○",
            Verdict::AfterRevision => "◐",
            Verdict::Unsuitable => "●",
        }
    }
}

/// Whether the verdicts differ so much that a third reviewer is worth asking: never a majority vote.
pub fn split(verdicts: &[Verdict]) -> bool {
    let has = |v| verdicts.contains(&v);
    has(Verdict::Unsuitable) && (has(Verdict::Acceptable) || has(Verdict::AfterRevision))
}

#[cfg(test)]
mod tests {
    use super::{Verdict::*, split};

    #[test]
    fn only_unsuitable_against_the_others_is_a_split() {
        assert!(split(&[Acceptable, Unsuitable]));
        assert!(split(&[Unsuitable, AfterRevision]));
        assert!(!split(&[Acceptable, AfterRevision]));
        assert!(!split(&[Unsuitable, Unsuitable]));
        assert!(!split(&[]));
    }
}
