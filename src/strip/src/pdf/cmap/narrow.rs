//! Takes codes out of a ToUnicode map and leaves the rest of it as it was written.

use super::{Token, number, placed};
use std::collections::BTreeSet;
use std::ops::Range;

/// The standard allows no more entries in a section.
const LONGEST_SECTION: usize = 100;
/// More codes than this no map of letters names, counted each time a range covers them.
const MOST_STEPS: usize = 2_000_000;

/// A map without the codes that are not kept; nothing when all are, or when it is not written as the standard wants it.
pub(crate) fn narrow(bytes: &[u8], kept: &BTreeSet<u32>) -> Option<Vec<u8>> {
    let tokens = placed(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    let (mut copied, mut at, mut steps, mut changed) = (0, 0, 0, false);
    while at < tokens.len() {
        let (verb, end): (&str, &[u8]) = match &tokens[at].0 {
            Token::Word(w) if w == b"beginbfchar" => ("bfchar", b"endbfchar"),
            Token::Word(w) if w == b"beginbfrange" => ("bfrange", b"endbfrange"),
            _ => {
                at += 1;
                continue;
            }
        };
        let mut section = Section {
            bytes,
            kept,
            lines: Vec::new(),
            fewer: false,
            steps: &mut steps,
        };
        let start = count_before(bytes, tokens[at].1.start);
        at += 1;
        while let Some(size) = section.entry(&tokens[at..], verb == "bfchar")? {
            at += size;
        }
        let (Token::Word(word), place) = tokens.get(at)? else {
            return None;
        };
        if word != end {
            return None;
        }
        if section.fewer {
            changed = true;
            out.extend_from_slice(&bytes[copied..start]);
            for lines in section.lines.chunks(LONGEST_SECTION) {
                out.extend_from_slice(format!("{} begin{verb}\n", lines.len()).as_bytes());
                for line in lines {
                    out.extend_from_slice(line);
                    out.push(b'\n');
                }
                out.extend_from_slice(format!("end{verb}\n").as_bytes());
            }
            copied = place.end;
        }
        at += 1;
    }
    out.extend_from_slice(&bytes[copied..]);
    changed.then_some(out)
}

/// Where the number of a section's entries starts, which stands before its first word.
fn count_before(bytes: &[u8], word: usize) -> usize {
    let head = bytes[..word].trim_ascii_end();
    let digits = head.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 { word } else { head.len() - digits }
}

struct Section<'b, 's> {
    bytes: &'b [u8],
    kept: &'b BTreeSet<u32>,
    /// What stays, entry by entry.
    lines: Vec<Vec<u8>>,
    /// Something was left out.
    fewer: bool,
    steps: &'s mut usize,
}

type Placed = (Token, Range<usize>);

impl Section<'_, '_> {
    /// Takes an entry, and tells how many tokens it has: none at the section's end. Nothing when it has too much.
    fn entry(&mut self, tokens: &[Placed], single: bool) -> Option<Option<usize>> {
        let hex = |at: usize| match tokens.get(at) {
            Some((Token::Hex(bytes), place)) => Some((bytes.as_slice(), place.clone())),
            _ => None,
        };
        let (Some((code, from)), Some((second, to))) = (hex(0), hex(1)) else {
            return Some(None);
        };
        if single {
            if self.kept.contains(&number(code)) {
                self.lines.push(self.bytes[from.start..to.end].to_vec());
            } else {
                self.fewer = true;
            }
            return Some(Some(2));
        }
        let (first, last) = (number(code), number(second));
        if let Some((text, place)) = hex(2) {
            self.range(code, (first, last), text, from.start..place.end)?;
            return Some(Some(3));
        }
        if !matches!(tokens.get(2), Some((Token::Open, _))) {
            return Some(None);
        }
        let items: Vec<Range<usize>> = (3..).map_while(hex).map(|(_, place)| place).collect();
        let (Token::Close, close) = tokens.get(3 + items.len())? else {
            return None;
        };
        let codes = || (0..).map(|n| first.wrapping_add(n)).zip(&items);
        if codes().all(|(c, _)| self.kept.contains(&c)) {
            self.lines.push(self.bytes[from.start..close.end].to_vec());
        } else {
            self.fewer = true;
            for (one, place) in codes().filter(|(c, _)| self.kept.contains(c)) {
                let one = written(one, code.len());
                let line = [&b"<"[..], &one, b"><", &one, b">", &self.bytes[place.clone()]].concat();
                self.lines.push(line);
            }
        }
        Some(Some(4 + items.len()))
    }

    /// A range of codes whose texts follow each other.
    fn range(
        &mut self,
        code: &[u8],
        (first, last): (u32, u32),
        text: &[u8],
        whole: Range<usize>,
    ) -> Option<()> {
        // What no reader understands tells nothing.
        let odd = last < first || text.is_empty() || text.len() > 1 && text.len() % 2 == 1;
        if odd || last - first > 0xFFFF {
            self.lines.push(self.bytes[whole].to_vec());
            return Some(());
        }
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for one in self.kept.range(first..=last) {
            *self.steps += 1;
            match runs.last_mut() {
                Some(run) if run.1 + 1 == *one => run.1 = *one,
                _ => runs.push((*one, *one)),
            }
        }
        *self.steps += 1;
        if *self.steps > MOST_STEPS {
            return None;
        }
        if runs == [(first, last)] {
            self.lines.push(self.bytes[whole].to_vec());
            return Some(());
        }
        self.fewer = true;
        for (from, to) in runs {
            let mut text = text.to_vec();
            add(&mut text, from - first);
            let [from, to] = [from, to].map(|c| written(c, code.len()));
            let text: Vec<u8> = text.iter().flat_map(|b| hex(*b)).collect();
            self.lines
                .push([&b"<"[..], &from, b"><", &to, b"><", &text, b">"].concat());
        }
        Some(())
    }
}

/// Adds to the last letter of a text.
fn add(text: &mut [u8], more: u32) {
    let from = text.len().saturating_sub(2);
    let mut carry = more;
    for byte in text[from..].iter_mut().rev() {
        let sum = u32::from(*byte) + carry;
        *byte = u8::try_from(sum & 0xFF).unwrap_or_default();
        carry = sum >> 8;
    }
}

/// A code in as many bytes as the map writes codes in.
fn written(code: u32, size: usize) -> Vec<u8> {
    let bytes = code.to_be_bytes();
    let from = bytes.len() - size.clamp(1, bytes.len());
    bytes[from..].iter().flat_map(|b| hex(*b)).collect()
}

fn hex(byte: u8) -> [u8; 2] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::pdf::cmap::CMap;

    const MAP: &[u8] = b"/CIDInit begincmap 1 begincodespacerange <00><FF> endcodespacerange\n2 beginbfchar <01> <0041> <02> <00660066> endbfchar\n3 beginbfrange <10><19><00F8> <20> <21> [<0078> <0079>] <30><30><005A> endbfrange endcmap";

    #[test]
    fn only_kept_codes_are_left() {
        let kept = BTreeSet::from([0x02, 0x12, 0x13, 0x18, 0x21, 0x30]);
        let new = narrow(MAP, &kept).unwrap();
        let text = String::from_utf8(new.clone()).unwrap();
        assert!(
            text.contains("1 beginbfchar\n<02> <00660066>\nendbfchar\n"),
            "{text}"
        );
        assert!(
            text.contains(
                "4 beginbfrange\n<12><13><00FA>\n<18><18><0100>\n<21><21><0079>\n<30><30><005A>\nendbfrange\n"
            ),
            "{text}"
        );
        let (old, map) = (CMap::parse(MAP), CMap::parse(&new));
        for code in 0..=0xFF {
            let want = old.get(code).filter(|_| kept.contains(&code));
            assert_eq!(map.get(code), want, "{code}");
        }
        assert!(narrow(&new, &kept).is_none(), "a second time changes nothing");
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        let nothing = BTreeSet::new();
        for odd in [
            &b"1 beginbfchar <01> /space endbfchar"[..],
            b"1 beginbfchar <01> <0041>",
            b"1 beginbfrange <01> <02> [<0041> endbfrange",
            b"no map",
        ] {
            assert!(narrow(odd, &nothing).is_none());
        }
        let empty = narrow(b"x 1 beginbfchar <01> <0041> endbfchar y", &nothing).unwrap();
        assert_eq!(empty, b"x  y");
    }

    #[test]
    fn ranges_over_ranges_end() {
        let all: BTreeSet<u32> = (0..0x8000).map(|n| n * 2).collect();
        let many = [
            &b"1 beginbfrange "[..],
            &b"<0000><FFFF><0000>".repeat(1000),
            b" endbfrange",
        ]
        .concat();
        assert!(narrow(&many, &all).is_none());
    }
}
