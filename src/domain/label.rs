//! Reviewers' pseudonyms: “Reviewer D”, “审稿人丁”. A label, never a key that something is looked up by.

use serde::{Deserialize, Serialize};

/// One of eight letters, drawn at random for each manuscript. Gaps and order mean nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(u8);

impl Label {
    /// How many labels a manuscript has to give.
    pub const COUNT: u8 = 8;

    /// The label of a stored index (0 to 7).
    pub const fn from_index(index: u8) -> Option<Label> {
        if index < Self::COUNT {
            Some(Label(index))
        } else {
            None
        }
    }

    /// The stored index.
    pub const fn index(self) -> u8 {
        self.0
    }

    /// `A` to `H`.
    pub const fn latin(self) -> char {
        (b'A' + self.0) as char
    }

    /// 甲 to 辛.
    pub const fn chinese(self) -> char {
        ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'][self.0 as usize]
    }

    /// Draws a label that `taken` does not hold; `draw(n)` gives a number below `n`. None if all are taken.
    pub fn draw(taken: &[Label], draw: impl FnOnce(usize) -> usize) -> Option<Label> {
        let free: Vec<Label> = (0..Self::COUNT)
            .map(Label)
            .filter(|l| !taken.contains(l))
            .collect();
        if free.is_empty() {
            None
        } else {
            free.get(draw(free.len())).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_are_drawn_each_once_and_then_no_more() {
        let mut taken = Vec::new();
        for i in 0..8 {
            taken.push(Label::draw(&taken, |n| (i * 5) % n).unwrap());
        }
        let mut sorted = taken.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), 8);
        assert_eq!(Label::draw(&taken, |_| 0), None);
        assert_eq!((Label(3).latin(), Label(3).chinese()), ('D', '丁'));
    }
}
