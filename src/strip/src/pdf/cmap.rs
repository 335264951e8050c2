//! A tolerant reader of ToUnicode maps. Real ones break the rules; what can be read is taken.

mod narrow;

pub(crate) use narrow::narrow;

use std::collections::HashMap;
use std::ops::Range;

/// What codes mean.
#[derive(Debug, Default)]
pub(crate) struct CMap {
    single: HashMap<u32, String>,
    /// First code, last code, the text of the first.
    ranges: Vec<(u32, u32, Vec<u16>)>,
}

enum Token {
    Hex(Vec<u8>),
    Open,
    Close,
    Word(Vec<u8>),
}

impl CMap {
    /// The text of a code.
    pub fn get(&self, code: u32) -> Option<String> {
        if let Some(text) = self.single.get(&code) {
            return Some(text.clone());
        }
        let (first, _, text) = self.ranges.iter().find(|(a, b, _)| (*a..=*b).contains(&code))?;
        let mut units = text.clone();
        let last = units.last_mut()?;
        *last = last.wrapping_add(u16::try_from(code - first).ok()?);
        Some(String::from_utf16_lossy(&units))
    }

    /// Reads a map.
    pub fn parse(bytes: &[u8]) -> CMap {
        let tokens: Vec<Token> = placed(bytes).into_iter().map(|(t, _)| t).collect();
        let mut map = CMap::default();
        let mut at = 0;
        while at < tokens.len() {
            if let Token::Word(word) = &tokens[at] {
                match word.as_slice() {
                    b"beginbfchar" => at = map.chars(&tokens, at + 1),
                    b"beginbfrange" => at = map.spans(&tokens, at + 1),
                    _ => {}
                }
            }
            at += 1;
        }
        map
    }

    fn chars(&mut self, tokens: &[Token], mut at: usize) -> usize {
        while let (Some(Token::Hex(code)), Some(Token::Hex(text))) = (tokens.get(at), tokens.get(at + 1)) {
            self.single.insert(number(code), utf16(text));
            at += 2;
        }
        at.saturating_sub(1)
    }

    fn spans(&mut self, tokens: &[Token], mut at: usize) -> usize {
        while let (Some(Token::Hex(first)), Some(Token::Hex(last))) = (tokens.get(at), tokens.get(at + 1)) {
            let (first, last) = (number(first), number(last));
            at += 2;
            match tokens.get(at) {
                Some(Token::Hex(text)) => {
                    if last >= first && last - first <= 0xFFFF {
                        self.ranges.push((first, last, units(text)));
                    }
                    at += 1;
                }
                Some(Token::Open) => {
                    at += 1;
                    let mut code = first;
                    while let Some(Token::Hex(text)) = tokens.get(at) {
                        self.single.insert(code, utf16(text));
                        code = code.wrapping_add(1);
                        at += 1;
                    }
                    at += usize::from(matches!(tokens.get(at), Some(Token::Close)));
                }
                _ => break,
            }
        }
        at.saturating_sub(1)
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |n, b| n << 8 | u32::from(*b))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    if let [one] = bytes {
        return vec![u16::from(*one)];
    }
    bytes
        .chunks_exact(2)
        .map(|p| u16::from_be_bytes([p[0], p[1]]))
        .collect()
}

fn utf16(bytes: &[u8]) -> String {
    String::from_utf16_lossy(&units(bytes)).replace('\0', "")
}

/// The tokens that matter to a map, with their places.
fn placed(bytes: &[u8]) -> Vec<(Token, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'<' if bytes.get(at + 1) != Some(&b'<') => {
                let end = bytes[at..]
                    .iter()
                    .position(|b| *b == b'>')
                    .map_or(bytes.len(), |e| at + e);
                let digits: Vec<u8> = bytes[at + 1..end]
                    .iter()
                    .filter_map(|b| char::from(*b).to_digit(16))
                    .filter_map(|d| u8::try_from(d).ok())
                    .collect();
                let odd = digits.len() % 2;
                // An odd count lacks its leading zero.
                let digits = if odd == 1 {
                    [&[0], digits.as_slice()].concat()
                } else {
                    digits
                };
                let hex = Token::Hex(digits.chunks(2).map(|p| p[0] << 4 | p[1]).collect());
                out.push((hex, at..(end + 1).min(bytes.len())));
                at = end;
            }
            b'[' => out.push((Token::Open, at..at + 1)),
            b']' => out.push((Token::Close, at..at + 1)),
            b'%' => {
                at += bytes[at..]
                    .iter()
                    .position(|b| matches!(b, 10 | 13))
                    .unwrap_or(bytes.len() - at)
            }
            b if b.is_ascii_alphabetic() => {
                let end = bytes[at..]
                    .iter()
                    .position(|b| !b.is_ascii_alphanumeric())
                    .map_or(bytes.len(), |e| at + e);
                out.push((Token::Word(bytes[at..end].to_vec()), at..end));
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_chars_ranges_and_arrays() {
        let map = CMap::parse(b"2 beginbfchar <01> <0041> <02> <00660066> endbfchar 2 beginbfrange <10><12><0061> <20> <21> [<0078> <0079>] endbfrange");
        let all: Vec<_> = [1, 2, 0x11, 0x21].iter().map(|c| map.get(*c).unwrap()).collect();
        assert_eq!(all, ["A", "ff", "b", "y"]);
        assert!(map.get(3).is_none() && CMap::parse(b"beginbfchar <0").get(0).is_none());
    }
}
