//! Paragraphs of source text (LaTeX, Markdown): what a reader sees, with the way back from each letter to the source it came from.

use crate::plan::Cut;
use crate::token;
use std::borrow::Cow;
use std::ops::Range;

/// A paragraph as a reader sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    /// Its text.
    pub text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the text, up to the next one, and its source.
#[derive(Clone, Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
    /// The text is the source, letter for letter.
    literal: bool,
}

/// A change to a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub range: Range<usize>,
    pub with: String,
}

impl Edit {
    /// Takes a stretch out.
    pub fn drop(range: Range<usize>) -> Self {
        Edit {
            range,
            with: String::new(),
        }
    }
}

impl Flow {
    /// Adds source that is read as it stands; letters that only look Latin are read as what they look like.
    pub fn literal(&mut self, source: &str, range: Range<usize>) {
        if range.is_empty() {
            return;
        }
        let part = &source[range.clone()];
        if part.is_ascii() || !part.chars().any(|c| lookalike(c).is_some()) {
            self.push(part, range, true);
            return;
        }
        let mut at = range.start;
        for word in part.split_inclusive(|c: char| !c.is_alphabetic()) {
            let end = at + word.len();
            // Among its like a letter is what it is.
            if word.chars().any(|c| c.is_ascii_alphabetic()) {
                for (n, c) in word.char_indices() {
                    let place = at + n..at + n + c.len_utf8();
                    match lookalike(c) {
                        Some(plain) => self.push(plain.encode_utf8(&mut [0; 4]), place, false),
                        None => self.push(c.encode_utf8(&mut [0; 4]), place, true),
                    }
                }
            } else {
                self.push(word, at..end, true);
            }
            at = end;
        }
    }

    /// Adds text that a stretch of source stands for.
    pub fn letter(&mut self, text: &str, range: Range<usize>) {
        self.push(text, range, false);
    }

    fn push(&mut self, text: &str, source: Range<usize>, literal: bool) {
        if let Some(last) = self.pieces.last_mut()
            && literal
            && last.literal
            && last.source.end == source.start
        {
            last.source.end = source.end;
        } else {
            self.pieces.push(Piece {
                at: self.text.len(),
                source,
                literal,
            });
        }
        self.text.push_str(text);
    }

    /// Adds a paragraph read from a part of the source that begins at `offset`.
    pub fn append(&mut self, other: Flow, offset: usize) {
        let at = self.text.len();
        self.text.push_str(&other.text);
        self.pieces.extend(other.pieces.into_iter().map(|p| Piece {
            at: at + p.at,
            source: p.source.start + offset..p.source.end + offset,
            literal: p.literal,
        }));
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The source from the first letter to the last.
    pub fn source(&self) -> Option<Range<usize>> {
        let first = self.pieces.first()?;
        let end = self.pieces.iter().map(|p| p.source.end).max()?;
        Some(first.source.start..end)
    }

    /// The changes that take cuts out of the source. `sign` writes a token in the source's own way.
    pub fn edits(&self, cuts: &[Cut], sign: &dyn Fn(&str) -> String, out: &mut Vec<Edit>) {
        for cut in cuts {
            let mut placed = false;
            let first = self
                .pieces
                .partition_point(|p| p.at <= cut.start)
                .saturating_sub(1);
            for (n, piece) in self.pieces.iter().enumerate().skip(first) {
                let end = self.pieces.get(n + 1).map_or(self.text.len(), |p| p.at);
                if piece.at >= cut.end {
                    break;
                }
                if end <= cut.start {
                    continue;
                }
                let range = if piece.literal {
                    let from = cut.start.max(piece.at) - piece.at;
                    let to = cut.end.min(end) - piece.at;
                    piece.source.start + from..piece.source.start + to
                } else {
                    piece.source.clone()
                };
                let with = if placed {
                    String::new()
                } else {
                    sign(token::choose(&self.text[..cut.start], &self.text[cut.end..]))
                };
                placed = true;
                out.push(Edit { range, with });
            }
        }
    }

    /// The changes that take the whole paragraph out.
    pub fn erase(&self, out: &mut Vec<Edit>) {
        out.extend(self.pieces.iter().map(|p| Edit::drop(p.source.clone())));
    }
}

/// Makes changes to a source; of two that overlap the earlier and wider one counts.
pub(crate) fn apply(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by(|a, b| {
        a.range
            .start
            .cmp(&b.range.start)
            .then(b.range.end.cmp(&a.range.end))
    });
    let mut out = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        if edit.range.start < at {
            // What sticks out of an earlier change is taken out as well.
            at = at.max(edit.range.end);
            continue;
        }
        out.push_str(&source[at..edit.range.start]);
        out.push_str(&edit.with);
        at = edit.range.end;
    }
    out.push_str(&source[at..]);
    out
}

/// A text with letters that only look Latin as what they look like; letter for letter the same, not byte for byte.
pub(crate) fn as_read(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| lookalike(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut flow = Flow::default();
    flow.literal(text, 0..text.len());
    Cow::Owned(flow.text)
}

/// A place in a text as it was read, in the text as it is written.
pub(crate) fn written_at(at: usize, read: &str, written: &str) -> usize {
    let letters = read[..at].chars().count();
    written
        .char_indices()
        .nth(letters)
        .map_or(written.len(), |(n, _)| n)
}

/// The Latin letter that a Cyrillic or Greek one cannot be told from.
fn lookalike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ҽ' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'ԛ' => 'q',
        'ѕ' => 's',
        'ԝ' => 'w',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        'ν' => 'v',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        _ => return None,
    })
}

/// Letters that are not seen and can carry a mark of their own: zero-width, direction, filler, variation and tag characters.
/// Joiners stay where scripts need them.
pub(crate) fn visible(text: &str) -> String {
    let needs_joiner = |c: Option<char>| {
        c.is_some_and(|c| matches!(c, '\u{600}'..='\u{DFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}'))
    };
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let hidden = match c {
            '\u{200C}' | '\u{200D}' => !(needs_joiner(last) && needs_joiner(letters.peek().copied())),
            // One selector after a Han letter or a sign chooses its shape.
            '\u{FE00}'..='\u{FE0F}' => !last.is_some_and(|l| {
                crate::fold::is_cjk(l) || needs_joiner(Some(l)) || (l as u32) >= 0x2000 && !l.is_alphabetic()
            }),
            '\u{E0100}'..='\u{E01EF}' => !last.is_some_and(crate::fold::is_cjk),
            c => is_hidden(c),
        };
        if !hidden {
            out.push(c);
            last = Some(c);
        } else if matches!(c, '\u{E0100}'..='\u{E01EF}' | '\u{FE00}'..='\u{FE0F}') {
            last = None;
        }
    }
    out
}

fn is_hidden(c: char) -> bool {
    // Controls are nothing to read either.
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}')
        || matches!(
            c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
                | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
                | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::What;

    #[test]
    fn cuts_find_their_source() {
        let source = r#"by M\"uller and {\o}st"#;
        let mut flow = Flow::default();
        flow.literal(source, 0..4);
        flow.letter("ü", 4..7);
        flow.literal(source, 7..16);
        flow.letter("ø", 17..19);
        flow.literal(source, 20..22);
        assert_eq!(flow.text, "by Müller and øst");
        let cut = |start, end| Cut {
            start,
            end,
            what: What::Name,
        };
        let mut edits = Vec::new();
        flow.edits(&[cut(3, 10), cut(15, 19)], &|t| t.to_owned(), &mut edits);
        assert_eq!(apply(source, edits), "by […] and {[…]}");
    }

    #[test]
    fn unseen_letters_go_and_needed_ones_stay() {
        assert_eq!(visible("Ta\u{200B}m\u{E0041}s\u{200D}in\u{FE01}"), "Tamsin");
        assert_eq!(
            visible("نمی\u{200C}خواهم ❤\u{FE0F} 葛\u{E0100}"),
            "نمی\u{200C}خواهم ❤\u{FE0F} 葛\u{E0100}"
        );
    }

    #[test]
    fn lookalikes_are_read_as_latin_inside_latin_words() {
        let mut flow = Flow::default();
        let source = "T\u{430}msin \u{434}\u{430}";
        flow.literal(source, 0..source.len());
        assert_eq!(flow.text, "Tamsin \u{434}\u{430}");
    }
}
