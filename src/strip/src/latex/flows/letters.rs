//! Signs and letters that are written as macros.

use super::{Reader, Shape};
use crate::latex::arguments::bracketed;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

impl Reader<'_> {
    /// Signs and letters that are written as macros; returns where they end.
    pub(super) fn letter(&mut self, text: &str, range: &Range<usize>, name: &str) -> Option<usize> {
        if let Some(mark) = accent(name) {
            let (base, end) = accented(text, range.end)?;
            let letter: String = format!("{base}{mark}").nfc().collect();
            self.now.letter(&letter, range.start..end);
            return Some(end);
        }
        let sign = match name {
            "\\" | "newline" | "linebreak" | "cr" | "tabularnewline" => {
                let end = bracketed(text, range.end).map_or(range.end, |(_, end)| end);
                if self.tables > 0 {
                    self.state.shape = Some(Shape::Cell);
                    self.flush_cell();
                    self.made("", Shape::Row);
                } else {
                    self.now.letter("\n", range.start..end);
                    // Set one below the other: a title, its authors, their addresses.
                    if self.centred > 0 && !self.state.note {
                        self.flush();
                    }
                }
                return Some(end);
            }
            "&" | "%" | "#" | "$" | "_" | "{" | "}" => name,
            " " | "," | ";" | ":" | "\n" | "quad" | "qquad" | "enspace" | "thinspace" | "hfill" | "and"
            | "AND" | "And" => " ",
            "-" => "\u{AD}",
            "/" | "@" | "!" | "textsuperscript@" => "",
            "o" => "ø",
            "O" => "Ø",
            "l" => "ł",
            "L" => "Ł",
            "ss" => "ß",
            "ae" => "æ",
            "AE" => "Æ",
            "oe" => "œ",
            "OE" => "Œ",
            "aa" => "å",
            "AA" => "Å",
            "i" => "i",
            "j" => "j",
            "dh" => "ð",
            "dj" => "đ",
            "DJ" => "Đ",
            "th" => "þ",
            "ldots" | "dots" | "textellipsis" => "…",
            "textendash" => "–",
            "textemdash" => "—",
            "textbackslash" => "\\",
            "textunderscore" => "_",
            "textasciitilde" => "~",
            "copyright" => "©",
            "TeX" | "LaTeX" => name,
            "textsuperscript" | "textsubscript" | "up" => "\u{2063}",
            _ => return None,
        };
        let mut end = range.end;
        if name.chars().all(|c| c.is_ascii_alphabetic()) {
            // `\o{}` and the space that ends a name.
            if text[end..].starts_with("{}") {
                end += 2;
            } else if !matches!(name, "textsuperscript" | "textsubscript") {
                end += text[end..].bytes().take_while(|b| *b == b' ').count();
            }
        }
        let covered = if sign == "\u{2063}" {
            range.start..range.start
        } else {
            range.start..end
        };
        self.now.letter(sign, covered);
        Some(end)
    }
}

/// The combining mark an accent macro means.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "\"" => '\u{308}',
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "c" => '\u{327}',
        "v" => '\u{30C}',
        "u" => '\u{306}',
        "H" => '\u{30B}',
        "r" => '\u{30A}',
        "k" => '\u{328}',
        "d" => '\u{323}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// The letter under an accent and where it ends: `\"u`, `\"{u}`, `\v s`, `\'{\i}`.
fn accented(text: &str, mut at: usize) -> Option<(String, usize)> {
    at += text[at..].bytes().take_while(|b| *b == b' ').count();
    let rest = &text[at..];
    if let Some(inner) = rest.strip_prefix('{') {
        let end = inner.find('}')?;
        let word = inner[..end].trim().trim_start_matches('\\').trim();
        return (word.chars().count() <= 2).then(|| (word.to_owned(), at + end + 2));
    }
    if let Some(inner) = rest.strip_prefix('\\') {
        let c = inner.chars().next().filter(|c| matches!(c, 'i' | 'j'))?;
        let mut end = at + 2;
        end += text[end..].bytes().take_while(|b| *b == b' ').count();
        return Some((c.to_string(), end));
    }
    let c = rest.chars().next().filter(|c| c.is_alphabetic())?;
    Some((c.to_string(), at + c.len_utf8()))
}
