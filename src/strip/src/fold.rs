//! Folds text to bare lower-case letters and digits, remembering where each came from.
//!
//! Names are written with accents, full-width letters, ligatures, superscripts, hyphens and line ends between their letters. Folded, they
//! are all one string; the map back tells what to cut and lets the matcher judge what stood between the letters.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A mark that extractors put where the writing changes (superscript, a jump on the page) without a space: it ends a word and folds to nothing.
pub(crate) const SEAM: char = '\u{2063}';

/// Folded text with, for every byte of it, the source byte range of the character it came from.
pub(crate) struct Folded {
    pub text: String,
    from: Vec<u32>,
    to: Vec<u32>,
}

impl Folded {
    /// Folds a text of less than 4 GiB.
    pub fn new(source: &str) -> Self {
        let mut folded = Folded {
            text: String::with_capacity(source.len()),
            from: Vec::with_capacity(source.len()),
            to: Vec::with_capacity(source.len()),
        };
        for (at, c) in source.char_indices() {
            let before = folded.text.len();
            fold_char(c, &mut folded.text);
            let end = at + c.len_utf8();
            for _ in before..folded.text.len() {
                folded.from.push(u32::try_from(at).unwrap_or(u32::MAX));
                folded.to.push(u32::try_from(end).unwrap_or(u32::MAX));
            }
        }
        folded
    }

    /// Where in the source the character behind this folded byte starts.
    pub fn start(&self, byte: usize) -> usize {
        self.from[byte] as usize
    }

    /// Where in the source the character behind this folded byte ends.
    pub fn end(&self, byte: usize) -> usize {
        self.to[byte] as usize
    }
}

/// Folds a whole string without the map.
pub(crate) fn fold(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for c in source.chars() {
        fold_char(c, &mut out);
    }
    out
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        }
        return;
    }
    if is_cjk(c) && !('\u{F900}'..='\u{FAFF}').contains(&c) {
        out.push(simplified(c));
        return;
    }
    for d in std::iter::once(c).nfkd() {
        if is_combining_mark(d) {
            continue;
        }
        match d {
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'þ' | 'Þ' => out.push_str("th"),
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ı' => out.push('i'),
            'ȷ' => out.push('j'),
            'ħ' | 'Ħ' => out.push('h'),
            _ if d.is_alphanumeric() && !is_modifier(d) => {
                out.extend(d.to_lowercase().filter(|l| !is_combining_mark(*l)))
            }
            _ => {}
        }
    }
}

/// The simplified form of a traditional character that is common in names and institutions; any other as it is.
fn simplified(c: char) -> char {
    static PAIRS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let pair = |p: &str| Some((p.chars().next()?, p.chars().nth(1)?));
        include_str!("lists/traditional.txt")
            .split_whitespace()
            .filter_map(pair)
            .collect()
    });
    PAIRS.get(&c).copied().unwrap_or(c)
}

/// Spacing accents and modifier letters, which PDFs print beside the letter they belong to.
pub(crate) fn is_modifier(c: char) -> bool {
    matches!(c, '\u{02B0}'..='\u{02FF}' | '´' | '`' | '¨' | '¯' | '¸' | '^' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
        || is_combining_mark(c)
}

/// Whether a character belongs to a script written without spaces between words.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a character continues a word of an alphabet.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphabetic() && !is_cjk(c) && !is_modifier(c)
}

/// A stable 64-bit hash (FNV-1a), for keys that must be the same on every run.
pub(crate) fn stable_hash(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain(std::iter::once(0)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

/// The same for bytes, as the sixteen letters of a key.
pub(crate) fn content_key(bytes: &[u8]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_accents_width_and_ligatures() {
        assert_eq!(fold("Jędrzej Łoś-Müller"), "jedrzejlosmuller");
        assert_eq!(fold("Ａｎｎａ ﬁeld"), "annafield");
        assert_eq!(fold("殷　昊"), "殷昊");
    }

    #[test]
    fn maps_back() {
        let f = Folded::new("a É-b");
        assert_eq!(f.text, "aeb");
        assert_eq!((f.start(1), f.end(1)), (2, 4));
    }
}
