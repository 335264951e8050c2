//! Reads a content stream into the operators that matter to text, each with its place, so that everything else can be left byte for byte.

mod operands;
mod operator;

pub(crate) use operands::Arg;
pub(crate) use operator::{Op, OpName, op};

use std::ops::Range;

/// Operators that draw, but not text, are counted and passed over.
const KEPT: &[&[u8]] = &[
    b"q", b"Q", b"cm", b"BT", b"ET", b"Tc", b"Tw", b"Tz", b"TL", b"Tf", b"Tr", b"Ts", b"Td", b"TD", b"Tm",
    b"T*", b"Tj", b"TJ", b"'", b"\"", b"Do", b"gs", b"BDC", b"BMC", b"EMC", b"DP", b"MP",
];
/// Operators that leave a mark on the page.
const MARKS: &[&[u8]] = &[b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"sh"];

/// No operator takes more operands than this; more is junk before an operator.
const MOST_ARGS: usize = 64;

/// Reads a stream operator by operator. Never fails: junk is passed over, as viewers do.
pub(crate) struct Lexer<'b> {
    bytes: &'b [u8],
    at: usize,
    /// The places of comments, which nothing shows.
    pub comments: Vec<Range<usize>>,
    /// How many inline pictures there are.
    pub pictures: usize,
    /// The places of those that are JPEG files, from BI to EI, with where their data begin.
    pub images: Vec<(Range<usize>, usize)>,
    /// How many lines, areas and shadings were drawn.
    pub marks: usize,
    /// A string or an inline picture had no end: what came after it was not read.
    pub lost: bool,
    /// Whether those are given as operators too, and clippings.
    every: bool,
}

fn is_space(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(b: u8) -> bool {
    matches!(
        b,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

impl Iterator for Lexer<'_> {
    type Item = Op;

    fn next(&mut self) -> Option<Op> {
        let mut args: Vec<Arg> = Vec::new();
        let mut start = None;
        loop {
            self.skip();
            let from = self.at;
            let c = self.peek()?;
            if let Some(arg) = self.arg(c, 0) {
                start.get_or_insert(from);
                if args.len() < MOST_ARGS {
                    args.push(arg);
                }
                continue;
            }
            let word = self.word();
            if word.is_empty() {
                self.at += 1;
                continue;
            }
            if matches!(word, b"true" | b"false" | b"null") {
                start.get_or_insert(from);
                if args.len() < MOST_ARGS {
                    args.push(Arg::Other);
                }
                continue;
            }
            let image = word == b"BI";
            if image {
                self.inline_image(from);
            }
            self.marks += usize::from(MARKS.contains(&word));
            if KEPT.contains(&word) || self.every && (image || word.len() <= 3) {
                return Some(Op {
                    name: op(word),
                    args,
                    span: start.unwrap_or(from)..self.at,
                });
            }
            args.clear();
            start = None;
        }
    }
}

impl<'b> Lexer<'b> {
    /// Gives the operators that matter to text and to what is shown at all.
    pub fn new(bytes: &'b [u8]) -> Self {
        Lexer {
            bytes,
            at: 0,
            comments: Vec::new(),
            pictures: 0,
            images: Vec::new(),
            marks: 0,
            lost: false,
            every: false,
        }
    }

    /// Gives all operators.
    pub fn every(bytes: &'b [u8]) -> Self {
        Lexer {
            every: true,
            ..Lexer::new(bytes)
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self) {
        while let Some(b) = self.peek() {
            if b == b'%' {
                let from = self.at;
                while self.peek().is_some_and(|b| !matches!(b, 10 | 13)) {
                    self.at += 1;
                }
                self.comments.push(from..self.at);
            } else if is_space(b) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> &'b [u8] {
        let from = self.at;
        while self.peek().is_some_and(|b| !is_space(b) && !is_delimiter(b)) {
            self.at += 1;
        }
        &self.bytes[from..self.at]
    }

    /// Passes over an inline image: to an EI that stands alone and is followed by something like operators.
    fn inline_image(&mut self, from: usize) {
        let Some(data) = self.bytes[self.at..].windows(2).position(|w| w == b"ID") else {
            self.at = self.bytes.len();
            self.lost = true;
            return;
        };
        let mut at = self.at + data + 2;
        while at + 2 <= self.bytes.len() {
            let stands = &self.bytes[at..at + 2] == b"EI"
                && is_space(self.bytes[at - 1])
                && self
                    .bytes
                    .get(at + 2)
                    .is_none_or(|b| is_space(*b) || is_delimiter(*b));
            if stands
                && self.bytes[at + 2..]
                    .iter()
                    .take(12)
                    .all(|b| is_space(*b) && *b != 0 || (32..127).contains(b))
            {
                self.pictures += 1;
                let start = self.at + data + 3;
                if self.bytes.get(start..start + 2) == Some(&[0xFF, 0xD8]) {
                    self.images.push((from..at + 2, start));
                }
                self.at = at + 2;
                return;
            }
            at += 1;
        }
        self.at = self.bytes.len();
        self.lost = true;
    }
}

/// All names in a stream, wherever they stand.
pub(crate) fn all_names(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let start = rest.iter().position(|b| *b == b'/')? + 1;
        let name = &rest[start..];
        let end = name.iter().position(|b| is_space(*b) || is_delimiter(*b));
        let (name, after) = name.split_at(end.unwrap_or(name.len()));
        rest = after;
        Some(operands::unescape(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(ops: &[Op]) -> Vec<String> {
        ops.iter()
            .map(|o| String::from_utf8_lossy(&o.name).trim_end_matches('\0').to_owned())
            .collect()
    }

    #[test]
    fn reads_text_operators_and_places() {
        let source =
            b"q 1 0 0 1 5 5 cm BT /F#31 12 Tf [(a\\(b\\051) -20.5 <4142>] TJ (x) ' ET Q % note\n0 0 m";
        let mut lexer = Lexer::new(source);
        let ops: Vec<Op> = lexer.by_ref().collect();
        assert_eq!(names(&ops), ["q", "cm", "BT", "Tf", "TJ", "'", "ET", "Q"]);
        assert_eq!(ops[3].name_arg(0), Some(&b"F1"[..]));
        assert_eq!(
            ops[4].args[0],
            Arg::Arr(vec![
                Arg::Str(b"a(b)".to_vec()),
                Arg::Num(-20.5),
                Arg::Str(b"AB".to_vec())
            ])
        );
        assert_eq!(&source[ops[5].span.clone()], b"(x) '");
        assert_eq!(lexer.comments.len(), 1);
    }

    #[test]
    fn passes_over_inline_images_and_junk() {
        let source = b"BI /W 1 /H 1 ID \x01EI\x02 (Tj) EI Q BT (a) Tj >> ] ) (unclosed";
        let mut lexer = Lexer::new(source);
        assert_eq!(lexer.by_ref().count(), 3);
        assert_eq!((lexer.pictures, lexer.images.len()), (1, 0));
        let marked: Vec<Op> = Lexer::new(b"/Span <</MCID 0 /ActualText (x)>> BDC").collect();
        assert_eq!(marked[0].args[1], Arg::Dict(6..33));
        assert_eq!(
            names(&Lexer::every(b"0 0 m 1 1 l S").collect::<Vec<_>>()),
            ["m", "l", "S"]
        );
    }
}
