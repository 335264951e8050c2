//! What stands where identity stood: the same for every length, so that it says nothing.

use crate::fold::is_cjk;

/// In text of an alphabet.
pub(crate) const LATIN: &str = "[…]";
/// Among Chinese, Japanese or Korean letters.
pub(crate) const HAN: &str = "［略］";
/// The letters tokens are made of, for splitting.
pub(crate) const ALL: &[char] = &['[', '…', ']', '［', '略', '］'];

/// Chooses the token by the letters around the gap.
pub(crate) fn choose(before: &str, after: &str) -> &'static str {
    let left = before.chars().rev().take(4).find(|c| c.is_alphanumeric());
    let right = after.chars().take(4).find(|c| c.is_alphanumeric());
    if left.is_some_and(is_cjk) || right.is_some_and(is_cjk) {
        HAN
    } else {
        LATIN
    }
}

/// Whether a text between two gaps only joins items of one list, whose length should not show.
pub(crate) fn only_joins(between: &str) -> bool {
    between.chars().count() <= 12
        && between
            .split(|c: char| !c.is_alphabetic())
            .filter(|w| !w.is_empty())
            .all(|w| matches!(w, "and" | "und" | "et" | "y" | "e" | "和" | "与" | "及" | "、"))
        && !between.contains(['\n', '.', '。', '(', ')', '（', '）', ':', '：', '?', '!'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chooses_by_script() {
        assert_eq!(choose("由 ", "等"), HAN);
        assert_eq!(choose("by ", " in"), LATIN);
        assert_eq!(choose("", ""), LATIN);
    }

    #[test]
    fn joins() {
        assert!(only_joins("1, ") && only_joins(" and ") && only_joins("、"));
        assert!(!only_joins(" wrote ") && !only_joins(". "));
    }
}
