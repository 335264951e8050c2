//! Looks for the identity from outside, with none of the code that removed it: a plain search for names, addresses and terms
//! in a text boiled down to its letters. One hit, and there is no blind copy.

use crate::model::{Identity, Person};
use unicode_normalization::UnicodeNormalization;

/// A letter of the boiled-down text and where it stood.
struct Letters {
    text: Vec<char>,
    /// The index of each letter's character in the source.
    place: Vec<usize>,
    source: Vec<char>,
}

fn boil(text: &str) -> Letters {
    let source: Vec<char> = text.chars().collect();
    let mut letters = Letters {
        text: Vec::with_capacity(source.len()),
        place: Vec::with_capacity(source.len()),
        source: Vec::new(),
    };
    for (at, c) in source.iter().enumerate() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() {
                letters.text.push(c.to_ascii_lowercase());
                letters.place.push(at);
            }
            continue;
        }
        for d in c.nfkd().flat_map(char::to_lowercase) {
            if let Some(plain) = plain_letter(d) {
                letters.text.push(plain);
                letters.place.push(at);
            }
        }
    }
    letters.source = source;
    letters
}

fn plain_letter(c: char) -> Option<char> {
    match c {
        '\u{300}'..='\u{36F}' | '\u{2B0}'..='\u{2FF}' => None,
        'ł' => Some('l'),
        'ø' => Some('o'),
        'đ' => Some('d'),
        'ı' => Some('i'),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    }
}

fn boiled(words: &str) -> Vec<char> {
    boil(words).text
}

/// One thing that must not be there.
struct Wanted {
    letters: Vec<char>,
    /// A person's name, which starts with a capital and has no sentence between its words.
    name: bool,
    /// Two Chinese characters that are also a word: a name only where no other Chinese stands on either side.
    word: bool,
}

fn wanted(identity: &Identity) -> Vec<Wanted> {
    let mut all = Vec::new();
    for person in &identity.people {
        for letters in full_names(person) {
            all.push(Wanted {
                letters,
                name: true,
                word: false,
            });
        }
        let orcid: String = person.orcid.rsplit('/').next().unwrap_or_default().to_owned();
        for exact in [person.email.trim(), orcid.as_str(), person.native_name.trim()] {
            let letters = boiled(exact);
            if letters.len() >= 2 && (exact.contains('@') || !exact.is_ascii() || letters.len() == 16) {
                let word =
                    letters.len() == 2 && crate::common::is_han_word(&letters.iter().collect::<String>());
                all.push(Wanted {
                    letters,
                    name: !exact.is_ascii(),
                    word,
                });
            }
        }
    }
    for term in &identity.terms {
        let letters = boiled(term);
        if letters.len() >= 5 {
            all.push(Wanted {
                letters,
                name: false,
                word: false,
            });
        }
    }
    all.sort_by(|a, b| a.letters.cmp(&b.letters));
    all.dedup_by(|a, b| a.letters == b.letters);
    all
}

/// The whole name in both orders, and the first and last word in both orders.
fn full_names(person: &Person) -> Vec<Vec<char>> {
    let words: Vec<Vec<char>> = person
        .name
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.'))
        .map(boiled)
        .filter(|w| !w.is_empty())
        .collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    if words.len() == 1 {
        return if last.len() > 4 || !person.name.is_ascii() {
            vec![last.clone()]
        } else {
            Vec::new()
        };
    }
    let rest = words[..words.len() - 1].concat();
    let mut all = vec![words.concat(), [last.clone(), rest].concat()];
    if first.len() > 1 && last.len() > 1 {
        all.push([first.clone(), last.clone()].concat());
        all.push([last.clone(), first.clone()].concat());
    }
    all.retain(|n| n.len() > 4 || n.iter().any(|c| !c.is_ascii()));
    all
}

/// Whether a text still shows the identity.
pub(crate) fn text_betrays(text: &str, identity: &Identity) -> bool {
    betrayal(text, identity).is_some()
}

/// So many bytes are looked at together, and so many of them again with the next: no name is longer.
const STRETCH: usize = 1 << 20;
const AGAIN: usize = 2 << 10;

/// The words that still show it. A long text is looked at stretch by stretch: boiled down as a whole it would take many
/// times its room.
pub(crate) fn betrayal(text: &str, identity: &Identity) -> Option<String> {
    let wanted = wanted(identity);
    if wanted.is_empty() {
        return None;
    }
    let mut from = 0;
    loop {
        let to = text.ceil_char_boundary((from + STRETCH).min(text.len()));
        let letters = boil(&text[from..to]);
        if let Some(words) = wanted.iter().find_map(|w| seen(&letters, w)) {
            return Some(words);
        }
        if to == text.len() {
            return None;
        }
        from = text.floor_char_boundary(to - AGAIN);
    }
}

fn seen(letters: &Letters, wanted: &Wanted) -> Option<String> {
    let first = *wanted.letters.first()?;
    let size = wanted.letters.len();
    (0..letters.text.len().saturating_sub(size - 1))
        .filter(|at| letters.text[*at] == first && letters.text[*at..*at + size] == wanted.letters[..])
        .find_map(|at| {
            let (from, to) = (letters.place[at], letters.place[at + size - 1]);
            let latin = |c: Option<&char>| {
                c.is_some_and(|c| {
                    c.is_alphabetic() && (*c as u32) < 0x2E80 || (!wanted.name && c.is_ascii_digit())
                })
            };
            let edge = !latin(from.checked_sub(1).and_then(|b| letters.source.get(b)))
                && !latin(letters.source.get(to + 1));
            let words = &letters.source[from..=to];
            let han = |c: Option<&char>| c.is_some_and(|c| *c as u32 >= 0x2E80 && c.is_alphabetic());
            let inside = han(from.checked_sub(1).and_then(|b| letters.source.get(b)))
                || han(letters.source.get(to + 1));
            if wanted.word && inside {
                return None;
            }
            let edge = edge || words.iter().all(|c| *c as u32 >= 0x2E80);
            let apart = words.len() > size * 3 + 2;
            let sentence = wanted.name
                && words
                    .iter()
                    .any(|c| matches!(c, ';' | ':' | '(' | ')' | '?' | '!' | '/' | '=' | '[' | ']'));
            let commas = words.iter().filter(|c| **c == ',').count();
            let written = !wanted.name || words[0].is_uppercase() || words[0] as u32 >= 0x2E80;
            let starts = words
                .windows(2)
                .filter(|w| w[0] == ' ' && w[1].is_lowercase() && (w[1] as u32) < 0x2E80)
                .count();
            (edge && !apart && !sentence && commas < 2 && written && (!wanted.name || starts == 0))
                .then(|| words.iter().collect())
        })
}

/// Whether raw bytes hold an e-mail, ORCID, term or whole name.
pub(crate) fn bytes_betray(bytes: &[u8], identity: &Identity) -> bool {
    bytes_betrayal(bytes, identity).is_some()
}

/// The e-mail, ORCID, term or whole name that raw bytes hold, in UTF-8 or UTF-16 of either order.
pub(crate) fn bytes_betrayal(bytes: &[u8], identity: &Identity) -> Option<String> {
    let mut exact: Vec<String> = Vec::new();
    for p in &identity.people {
        exact.extend([p.name.trim(), p.email.trim(), p.native_name.trim()].map(str::to_owned));
        let words: Vec<&str> = p.name.split_whitespace().collect();
        if let [first, .., last] = words.as_slice() {
            exact.extend([
                format!("{first} {last}"),
                format!("{last} {first}"),
                format!("{last}, {first}"),
            ]);
        }
    }
    exact.extend(identity.terms.iter().map(|t| t.trim().to_owned()));
    exact.retain(|e| e.chars().count() >= 6 || e.chars().count() >= 3 && !e.is_ascii());
    if exact.is_empty() {
        return None;
    }
    let needles: Vec<Vec<u8>> = exact
        .iter()
        .flat_map(|words| {
            let wide: Vec<u16> = words.encode_utf16().collect();
            let le = wide.iter().flat_map(|u| u.to_le_bytes()).collect();
            let be = wide.iter().flat_map(|u| u.to_be_bytes()).collect();
            [words.as_bytes().to_vec(), le, be]
        })
        .collect();
    let found = aho_corasick::AhoCorasick::new(needles).ok()?.find(bytes)?;
    exact.get(found.pattern().as_usize() / 3).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> Identity {
        Identity {
            people: vec![Person {
                name: name.into(),
                email: "tq@example.org".into(),
                ..Person::default()
            }],
            ..Identity::default()
        }
    }

    #[test]
    fn sees_what_is_left() {
        for text in [
            "by Tamsin Quillfeather in",
            "QUILLFEATHER, TAMSIN",
            "Tam-\nsin Quill\u{FB01}eather".replace('\u{FB01}', "f").as_str(),
            "tq@example.org",
            "Tamsin  Quillfeather2",
        ] {
            assert!(text_betrays(text, &id("Tamsin Quillfeather")), "{text}");
        }
        for text in ["by […] in", "Tamsin said. She quillfeathered", "Quillfeathers"] {
            assert!(!text_betrays(text, &id("Tamsin Quillfeather")), "{text}");
        }
    }

    #[test]
    fn sees_what_lies_over_the_end_of_a_stretch() {
        for before in [STRETCH - 9, STRETCH - 1, STRETCH, 2 * STRETCH - 3000] {
            let text = format!(
                "{} Tamsin Quillfeather {}",
                "gulls ".repeat(before / 6),
                "x ".repeat(STRETCH)
            );
            assert!(text_betrays(&text, &id("Tamsin Quillfeather")), "{before}");
        }
    }

    #[test]
    fn sees_wide_bytes() {
        let wide: Vec<u8> = "xTamsin Quillfeather"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert!(bytes_betray(&wide, &id("Tamsin Quillfeather")));
        assert!(!bytes_betray(b"nobody", &id("Tamsin Quillfeather")));
    }
}
