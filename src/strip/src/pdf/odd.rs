//! Pages that nobody has read, or not wholly: scans, outlines, letters without a meaning, pictures. Each is the author's to settle.

use super::choose::place;
use super::walk::{Drawn, Glyph};
use crate::findings::Collector;
use crate::model::FindingKind;
use crate::plan;
use std::collections::HashMap;

/// Fewer letters than this are a page number, not text.
const FEW: usize = 15;
/// More lines and areas than this, without letters, may be letters drawn as outlines.
const MANY_MARKS: usize = 40;
/// So many letters in a row without a meaning may be a name.
const WORD: usize = 4;

/// What the letters of a page are like.
#[derive(Clone, Copy, Default)]
struct Letters {
    all: usize,
    mute: usize,
    /// The most letters without a meaning in a row.
    row: usize,
    run: usize,
    alphanumeric: usize,
    /// Words of an alphabet, and those of them with a vowel.
    words: usize,
    voiced: usize,
    length: usize,
    vowel: bool,
}

impl Letters {
    fn note(&mut self, glyph: &Glyph) {
        if glyph.text.trim().is_empty() {
            self.end_word();
            return;
        }
        self.all += 1;
        self.mute += usize::from(glyph.mute);
        self.run = if glyph.mute { self.run + 1 } else { 0 };
        self.row = self.row.max(self.run);
        for c in glyph.text.chars() {
            self.alphanumeric += usize::from(c.is_alphanumeric());
            if c.is_ascii_alphabetic() {
                self.length += 1;
                self.vowel |= "aeiouyAEIOUY".contains(c);
            } else if c.is_alphabetic() {
                // Other alphabets and accents: as good as a vowel.
                self.vowel = true;
            } else {
                self.end_word();
            }
        }
    }

    fn end_word(&mut self) {
        if self.length >= 4 {
            self.words += 1;
            self.voiced += usize::from(self.vowel);
        }
        self.length = 0;
        self.vowel = false;
    }

    /// Letters without a meaning, or with a meaning that makes no words.
    fn unreadable(&self) -> Option<usize> {
        if self.row >= WORD || self.mute > FEW && self.mute * 30 > self.all {
            return Some(self.mute);
        }
        let noise = self.all >= 200 && self.alphanumeric * 5 < self.all * 2;
        let dumb = self.words >= 40 && self.voiced * 2 < self.words;
        (noise || dumb).then_some(self.all)
    }
}

/// Reports the pages of a document.
pub(crate) fn pages(
    glyphs: &[Glyph],
    count: usize,
    drawn: &HashMap<u32, Drawn>,
    collector: &mut Collector<'_>,
) {
    let mut seen = vec![Letters::default(); count];
    for glyph in glyphs {
        if let Some(letters) = seen.get_mut(glyph.page as usize) {
            letters.note(glyph);
        }
    }
    for (page, mut letters) in (0_u32..).zip(seen) {
        letters.end_word();
        let shown = drawn.get(&page).copied().unwrap_or_default();
        let mut add = |kind, words: String| plan::plain_finding(collector, kind, &place(page), &words);
        let outlines = shown.pictures == 0 && shown.marks >= MANY_MARKS;
        let behind = shown.whole && shown.hidden * 2 > letters.all;
        if behind || letters.all < FEW && (shown.pictures > 0 || outlines) {
            add(FindingKind::ScannedPage, format!("page {}", page + 1));
        } else if shown.pictures > 0 {
            add(
                FindingKind::Picture,
                format!("page {}, pictures: {}", page + 1, shown.pictures),
            );
        }
        if let Some(letters) = letters.unreadable() {
            add(
                FindingKind::UndecodableText,
                format!("page {}, letters: {letters}", page + 1),
            );
        }
    }
}
