//! Arguments of macros: groups in braces, optional ones in brackets.

use std::ops::Range;

/// An argument is not longer: what seems so was not closed, and is not looked for again and again.
const LONGEST_ARGUMENT: usize = 100_000;

/// Skips white space and comments, but no empty line.
pub(super) fn skip(source: &str, mut at: usize) -> usize {
    let bytes = source.as_bytes();
    let mut lines = 0;
    while let Some(b) = bytes.get(at) {
        match b {
            b' ' | b'\t' | b'\r' => at += 1,
            b'\n' if lines == 0 => {
                lines += 1;
                at += 1;
            }
            b'%' => {
                at = source[at..].find('\n').map_or(source.len(), |n| at + n + 1);
                lines = 0;
            }
            _ => break,
        }
    }
    at
}

/// The inside of a group in braces that begins at or after a place, and where the group ends.
pub(super) fn braced(source: &str, at: usize) -> Option<(Range<usize>, usize)> {
    delimited(source, skip(source, at), b'{', b'}')
}

/// The inside of an optional argument that begins at a place.
pub(super) fn bracketed(source: &str, at: usize) -> Option<(Range<usize>, usize)> {
    delimited(source, at, b'[', b']')
}

fn delimited(source: &str, at: usize, open: u8, close: u8) -> Option<(Range<usize>, usize)> {
    let bytes = source.as_bytes();
    if bytes.get(at) != Some(&open) {
        return None;
    }
    let mut depth = 0_usize;
    let mut n = at + 1;
    while let Some(b) = bytes.get(n).filter(|_| n < at + LONGEST_ARGUMENT) {
        match b {
            b'\\' => n += 1,
            b'%' => n = source[n..].find('\n').map(|e| n + e)?,
            b'{' => depth += 1,
            b if *b == close && depth == 0 => return Some((at + 1..n, n + 1)),
            b'}' => depth = depth.checked_sub(1)?,
            // An optional argument does not run over an empty line.
            b'\n' if close == b']' && bytes.get(n + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        n += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        let s = "\\f [a{]}] {b{c}\\}}";
        assert_eq!(bracketed(s, 3).map(|(r, _)| &s[r]), Some("a{]}"));
        assert_eq!(braced(s, 10).map(|(r, _)| &s[r]), Some("b{c}\\}"));
        assert_eq!(braced("{a", 0), None);
    }
}
