//! Looks at finished copies from outside: every entry of an archive, as bytes, as words between tags, as values of attributes, as
//! LaTeX with its macros thrown away. Nothing here uses the trees, tokens or paragraphs that the copies were made with.

use crate::model::{Identity, Refusal, Report};
use crate::verify;
use std::io::{Cursor, Read};

/// Archives in archives, as deep as a copy can hold them.
const DEEPEST: usize = 4;

/// How often a copy in which something was still seen is made again, with what was seen added to what must go.
const ATTEMPTS: usize = 3;

/// Makes a copy until nothing is seen in it from outside; otherwise there is none.
pub(crate) fn until_unseen(
    identity: &Identity,
    make: impl Fn(&Identity) -> Result<(Vec<u8>, Report), Refusal>,
    look: impl Fn(&[u8], &Identity) -> Option<String>,
) -> Result<(Vec<u8>, Report), Refusal> {
    let mut more = identity.clone();
    for _ in 0..ATTEMPTS {
        let (copy, report) = make(&more)?;
        match look(&copy, identity) {
            None => return Ok((copy, report)),
            Some(words) => more.terms.push(words),
        }
    }
    Err(Refusal::IdentityRemains)
}

/// What of the identity an archive still shows; one that cannot be read shows who knows what.
pub(crate) fn archive(copy: &[u8], identity: &Identity) -> Option<String> {
    in_archive(copy, identity, 0).unwrap_or_else(|| Some(String::new()))
}

/// None: it cannot be read.
fn in_archive(copy: &[u8], identity: &Identity, depth: usize) -> Option<Option<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(copy)).ok()?;
    if depth > DEEPEST || !archive.comment().is_empty() {
        return None;
    }
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).ok()?;
        let seen = verify::betrayal(&name, identity).or_else(|| verify::bytes_betrayal(&bytes, identity));
        let seen = match seen {
            None if bytes.starts_with(b"PK\x03\x04") => in_archive(&bytes, identity, depth + 1)?,
            None => file(&bytes, identity),
            seen => seen,
        };
        if seen.is_some() {
            return Some(seen);
        }
    }
    Some(None)
}

fn file(bytes: &[u8], identity: &Identity) -> Option<String> {
    if bytes.starts_with(b"%PDF") || bytes.iter().take(4000).any(|b| *b == 0) {
        // Pictures and PDFs are looked at by their own checks when they are made.
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim_start().starts_with('<') => xml(bytes, identity),
        Ok(_) => source(bytes, identity),
        Err(_) => None,
    }
}

/// What an XML file still shows.
pub(crate) fn xml(bytes: &[u8], identity: &Identity) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some(String::new());
    };
    let (words, values) = between_tags(text);
    verify::bytes_betrayal(bytes, identity)
        .or_else(|| verify::betrayal(&words, identity))
        .or_else(|| verify::betrayal(&values, identity))
}

/// What a text, LaTeX or Markdown source still shows: as written, and without its macros and marks.
pub(crate) fn source(bytes: &[u8], identity: &Identity) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some(String::new());
    };
    let marked = text.contains(['\\', '*', '_', '&', '{']);
    verify::bytes_betrayal(bytes, identity)
        .or_else(|| verify::betrayal(text, identity))
        .or_else(|| {
            marked
                .then(|| verify::betrayal(&without_macros(text), identity))
                .flatten()
        })
}

/// The words between tags, a break where a block begins or ends, and the values of attributes, a line each.
fn between_tags(xml: &str) -> (String, String) {
    let (mut words, mut values) = (String::new(), String::new());
    let mut rest = xml;
    while let Some(open) = rest.find('<') {
        words.push_str(&unescaped(&rest[..open]));
        let Some(length) = tag_length(&rest[open..]) else {
            break;
        };
        let tag = &rest[open + 1..open + length - 1];
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/', '\n', '\t'])
            .next()
            .unwrap_or_default();
        words.push_str(match name.rsplit(':').next().unwrap_or(name) {
            "s" | "tab" => " ",
            "line-break" => "\n",
            "p" | "h" | "note" | "note-body" | "table-cell" | "text" | "text-box" | "frame" | "list-item"
            | "annotation" | "mtext" | "binary-data" | "title" => "\n;\n",
            _ => "",
        });
        let mut parts = tag;
        while let Some(at) = parts.find(['"', '\'']) {
            let quote = parts.as_bytes()[at] as char;
            let inner = &parts[at + 1..];
            let end = inner.find(quote).unwrap_or(inner.len());
            if !parts[..at].contains("xmlns") {
                values.push_str(&unescaped(&inner[..end]).replace("_20_", " "));
                values.push_str("\n;\n");
            }
            parts = inner.get(end + 1..).unwrap_or_default();
        }
        rest = &rest[open + length..];
    }
    (words, values)
}

/// A tag may hold `>` in its values.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            (None, '>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(';').filter(|e| *e < 12);
        let name = end.map_or("", |e| &rest[..e]);
        let letter = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some(' '),
            _ => name.strip_prefix('#').and_then(|n| {
                match n.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => n.parse().ok(),
                }
                .and_then(char::from_u32)
            }),
        };
        match (letter, end) {
            (Some(letter), Some(end)) => {
                out.push(letter);
                rest = &rest[end + 1..];
            }
            _ => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// A source without control sequences, braces and marks of emphasis; accents written as macros leave their letters.
fn without_macros(text: &str) -> String {
    let text = unescaped(text);
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        match letters[at] {
            '\\' => {
                at += 1;
                let start = at;
                while at < letters.len() && letters[at].is_ascii_alphabetic() {
                    at += 1;
                }
                let name: String = letters[start..at].iter().collect();
                match name.as_str() {
                    "" => {
                        // An accent, or a sign that is written with a backslash.
                        let sign = letters.get(at).copied().unwrap_or(' ');
                        if matches!(sign, '&' | '_' | '%' | '#' | '$' | ' ' | ',' | ';' | '\\') {
                            out.push(if matches!(sign, '\\') {
                                '\n'
                            } else if matches!(sign, ',' | ';') {
                                ' '
                            } else {
                                sign
                            });
                        }
                        at += 1;
                        continue;
                    }
                    "o" | "l" | "i" | "j" | "ss" | "ae" | "oe" | "aa" | "O" | "L" | "AE" | "OE" | "AA" => {
                        out.push_str(&name)
                    }
                    "c" | "v" | "H" | "u" | "r" | "k" | "b" | "d" | "t" => {}
                    // Any other macro may set what follows apart.
                    _ => {}
                }
                // The space that ends a macro's name is not printed.
                while at < letters.len() && letters[at] == ' ' {
                    at += 1;
                }
            }
            '{' | '}' | '*' | '`' => at += 1,
            '_' if !letters.get(at + 1).is_some_and(|c| c.is_alphanumeric())
                || !at
                    .checked_sub(1)
                    .and_then(|b| letters.get(b))
                    .is_some_and(|c| c.is_alphanumeric()) =>
            {
                at += 1
            }
            '~' => {
                out.push(' ');
                at += 1;
            }
            c => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Person;

    fn nobody() -> Identity {
        Identity {
            people: vec![Person {
                name: "Tamsin Müllerlein".into(),
                ..Person::default()
            }],
            ..Identity::default()
        }
    }

    #[test]
    fn sees_through_marks() {
        for text in [
            r#"by Tamsin M\"ullerlein"#,
            r#"by {\bf Tamsin} M\"{u}ller\-lein"#,
            "**Tamsin** _Müllerlein_",
            "Tamsin M&uuml;llerlein Tamsin M&#252;llerlein",
        ] {
            assert!(source(text.as_bytes(), &nobody()).is_some(), "{text}");
        }
        assert!(source(r"\emph{[…]} wrote".as_bytes(), &nobody()).is_none());
    }

    #[test]
    fn sees_words_and_values_of_xml() {
        for text in [
            "<a><text:p>Tam<b>sin</b><text:s/>M&#xFC;llerlein</text:p></a>",
            "<a t='x > Tamsin Müllerlein'/>",
            "<a style:name=\"Tamsin_20_Müllerlein\"/>",
        ] {
            assert!(xml(text.as_bytes(), &nobody()).is_some(), "{text}");
        }
        assert!(xml(b"<a><p>Tamsin</p><p>x</p></a>", &nobody()).is_none());
    }
}
