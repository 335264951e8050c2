//! Makes pasted text comparable: one kind of letter, digit, dash, slash and space.

use unicode_normalization::UnicodeNormalization;

/// What separates two items of a list that somebody typed.
pub(super) const LIST_MARKS: [char; 10] = ['\n', '\r', '\t', ',', '，', ';', '；', '、', '|', '｜'];

/// Compatibility normalisation (NFKC), invisible characters removed, every dash a hyphen, every slash a
/// `/`, every run of white space or underscores one space. Raised digits become spaces first: they are footnote
/// marks, and would otherwise lengthen the number that they stand behind.
pub(super) fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let plain = text.chars().map(|c| if raised(c) { ' ' } else { c });
    for c in plain.nfkc().filter(|c| !invisible(*c)) {
        let c = match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{02D7}' | '\u{30FC}' => '-',
            '\u{2044}' | '\u{2215}' | '\u{29F8}' => '/',
            '_' => ' ',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        };
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// The items of a typed list, normalised, without the empty ones and without marks at either end.
pub(super) fn items(text: &str) -> Vec<String> {
    text.split(LIST_MARKS)
        .map(|item| bare(&normalise(item)).to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// A text without the punctuation around it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Superscript, subscript and circled digits.
fn raised(c: char) -> bool {
    matches!(
        c,
        '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}'..='\u{2089}' | '\u{2460}'..='\u{249B}'
    )
}

/// Characters that take no room: zero-width, bidirectional and soft-hyphen controls, variation selectors.
fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{34F}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}
