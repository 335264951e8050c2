//! Words that the author wants out and that were shown with cuts in them: they are found around what is cut, since the document itself
//! has there what nobody wrote down.

use super::Hit;
use crate::fold::{Folded, fold};
use crate::model::What;
use crate::names::Kind;
use crate::token;
use std::ops::Range;

/// The words between the cuts of such a passage, folded.
#[derive(Debug)]
pub(super) struct Sequence {
    pieces: Vec<String>,
    /// It begins, or ends, with a cut.
    opens: bool,
    closes: bool,
}

impl Sequence {
    /// A term that has cuts in it.
    pub fn of(term: &str) -> Option<Sequence> {
        let parts: Vec<&str> = term
            .split(token::HAN)
            .flat_map(|p| p.split(token::LATIN))
            .collect();
        if parts.len() < 2 {
            return None;
        }
        let folded: Vec<String> = parts.iter().map(|part| fold(part)).collect();
        let empty = |piece: Option<&String>| piece.is_some_and(String::is_empty);
        let (opens, closes) = (empty(folded.first()), empty(folded.last()));
        let pieces: Vec<String> = folded.into_iter().filter(|piece| !piece.is_empty()).collect();
        (!pieces.is_empty()).then_some(Sequence {
            pieces,
            opens,
            closes,
        })
    }

    /// Where it stands in a text in which `hits` are cut.
    pub fn find(&self, text: &str, folded: &Folded, hits: &[Hit]) -> Vec<Hit> {
        let mut out = Vec::new();
        let mut from = 0;
        while let Some(at) = folded.text[from..].find(&self.pieces[0]).map(|n| from + n) {
            from = at + folded.text[at..].chars().next().map_or(1, char::len_utf8);
            out.extend(self.from(at, text, folded, hits).map(|range| Hit {
                start: range.start,
                end: range.end,
                what: What::Term,
                kind: Kind::Term,
                needle: usize::MAX,
            }));
        }
        out
    }

    /// The passage, if its first piece stands at this place of the folded text.
    fn from(&self, at: usize, text: &str, folded: &Folded, hits: &[Hit]) -> Option<Range<usize>> {
        let start = folded.start(at);
        if self.opens
            && !hits
                .iter()
                .any(|h| h.end <= start && only_signs(&text[h.end..start]))
        {
            return None;
        }
        let mut end = folded.end(at + self.pieces[0].len() - 1);
        let mut next = at + self.pieces[0].len();
        for piece in &self.pieces[1..] {
            let place = next + folded.text[next..].find(piece.as_str())?;
            if !covers(text, end..folded.start(place), hits) {
                return None;
            }
            end = folded.end(place + piece.len() - 1);
            next = place + piece.len();
        }
        if self.closes
            && !hits
                .iter()
                .any(|h| h.start >= end && only_signs(&text[end..h.start]))
        {
            return None;
        }
        Some(start..end)
    }
}

/// Whether a stretch is cut but for what joins the cuts.
fn covers(text: &str, gap: Range<usize>, hits: &[Hit]) -> bool {
    let mut at = gap.start;
    let mut any = false;
    for hit in hits.iter().filter(|h| h.start >= gap.start && h.end <= gap.end) {
        if !joins(&text[at.min(hit.start)..hit.start]) {
            return false;
        }
        at = hit.end;
        any = true;
    }
    any && joins(&text[at..gap.end])
}

fn joins(between: &str) -> bool {
    only_signs(between) || token::only_joins(between)
}

fn only_signs(between: &str) -> bool {
    between.chars().count() <= 6 && !between.contains(char::is_alphanumeric)
}
