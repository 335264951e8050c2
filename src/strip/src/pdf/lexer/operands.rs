//! Operands: numbers, names, strings, arrays, dictionaries.

use super::Lexer;
use std::ops::Range;

/// An operand.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Arg {
    Num(f64),
    Name(Vec<u8>),
    Str(Vec<u8>),
    Arr(Vec<Arg>),
    /// A dictionary, by its place.
    Dict(Range<usize>),
    Other,
}

impl Lexer<'_> {
    pub(super) fn arg(&mut self, c: u8, depth: usize) -> Option<Arg> {
        match c {
            b'(' => Some(Arg::Str(self.literal())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => Some(self.dictionary(depth)),
            b'<' => Some(Arg::Str(self.hex())),
            b'/' => {
                self.at += 1;
                Some(Arg::Name(unescape(self.word())))
            }
            b'[' if depth < 8 => Some(self.array(depth)),
            b'0'..=b'9' | b'+' | b'-' | b'.' => Some(self.number()),
            _ => None,
        }
    }

    fn number(&mut self) -> Arg {
        let word = self.word();
        let text = std::str::from_utf8(word).unwrap_or("0");
        // Some writers emit "--5" or "1.2-3"; viewers take what they can.
        let clean = text.trim_start_matches('+');
        let clean = clean
            .strip_prefix("--")
            .map_or(clean.to_owned(), |r| format!("-{r}"));
        let end = clean
            .char_indices()
            .find(|(at, c)| !(c.is_ascii_digit() || *c == '.' || *at == 0 && *c == '-'))
            .map_or(clean.len(), |(at, _)| at);
        Arg::Num(clean[..end].parse().unwrap_or(0.0))
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut out = Vec::new();
        let mut depth = 1;
        while let Some(b) = self.peek() {
            self.at += 1;
            match b {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return out;
                    }
                }
                b'\\' => {
                    self.escaped(&mut out);
                    continue;
                }
                _ => {}
            }
            out.push(b);
        }
        self.lost = true;
        out
    }

    fn escaped(&mut self, out: &mut Vec<u8>) {
        let Some(b) = self.peek() else { return };
        self.at += 1;
        match b {
            b'n' => out.push(10),
            b'r' => out.push(13),
            b't' => out.push(9),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\r' => self.at += usize::from(self.peek() == Some(b'\n')),
            b'\n' => {}
            b'0'..=b'7' => {
                let mut value = u32::from(b - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(d @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(d - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                out.push(u8::try_from(value & 0xFF).unwrap_or(0));
            }
            other => out.push(other),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(b) = self.peek() {
            self.at += 1;
            if b == b'>' {
                break;
            }
            if let Some(d) = char::from(b).to_digit(16) {
                digits.push(u8::try_from(d).unwrap_or(0));
            }
        }
        digits
            .chunks(2)
            .map(|p| p[0] << 4 | p.get(1).copied().unwrap_or(0))
            .collect()
    }

    fn array(&mut self, depth: usize) -> Arg {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None => return Arg::Arr(items),
                Some(b']') => {
                    self.at += 1;
                    return Arg::Arr(items);
                }
                Some(c) => match self.arg(c, depth + 1) {
                    Some(arg) => items.push(arg),
                    None => {
                        if self.word().is_empty() {
                            self.at += 1;
                        }
                    }
                },
            }
        }
    }

    fn dictionary(&mut self, depth: usize) -> Arg {
        let from = self.at;
        self.at += 2;
        loop {
            self.skip();
            match self.peek() {
                None => return Arg::Dict(from..self.at),
                Some(b'>') => {
                    self.at += if self.bytes.get(self.at + 1) == Some(&b'>') {
                        2
                    } else {
                        1
                    };
                    return Arg::Dict(from..self.at);
                }
                Some(c) if depth < 8 => {
                    if self.arg(c, depth + 1).is_none() && self.word().is_empty() {
                        self.at += 1;
                    }
                }
                Some(_) => self.at += 1,
            }
        }
    }
}

/// Undoes `#41` in names.
pub(super) fn unescape(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let pair = raw
            .get(at + 1..at + 3)
            .and_then(|p| std::str::from_utf8(p).ok())
            .and_then(|p| u8::from_str_radix(p, 16).ok());
        match (raw[at], pair) {
            (b'#', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}
