//! Looks at a packed copy from outside: every entry of the zip as raw text, tags thrown away, attributes listed, bytes searched.
//! Nothing here uses the tree that the copy was made from.

use crate::model::Identity;
use crate::verify;
use std::io::{Cursor, Read};

/// What of the identity can still be found; a copy that cannot be read shows who knows what.
pub(crate) fn betrayal(copy: &[u8], identity: &Identity) -> Option<String> {
    look(copy, identity).unwrap_or_else(|| Some(String::new()))
}

/// None: it cannot be read.
fn look(copy: &[u8], identity: &Identity) -> Option<Option<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(copy)).ok()?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).ok()?;
        let mut seen = verify::betrayal(&name, identity);
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let text = str::from_utf8(&bytes).ok()?;
            seen = seen.or_else(|| {
                boil(text, &mut |words, values| {
                    verify::betrayal(words, identity).or_else(|| verify::betrayal(values, identity))
                })
            });
        }
        seen = seen.or_else(|| verify::bytes_betrayal(&bytes, identity));
        if seen.is_some() {
            return Some(seen);
        }
    }
    Some(None)
}

/// So much text is looked at together, and so much of it again with the next: no name is longer.
const STRETCH: usize = 4 << 20;
const AGAIN: usize = 2 << 10;

/// Shows the words between tags, a line per paragraph, and the values of attributes, a line each, until something is seen.
fn boil(xml: &str, see: &mut dyn FnMut(&str, &str) -> Option<String>) -> Option<String> {
    let (mut words, mut values) = (String::new(), String::new());
    let mut rest = xml;
    while let Some(open) = rest.find('<') {
        words.push_str(&plain(&rest[..open]));
        let tag_end = rest[open..].find('>').map_or(rest.len(), |e| open + e);
        let tag = &rest[open..tag_end];
        let name = tag
            .trim_start_matches(['<', '/'])
            .split([' ', '/', '>'])
            .next()
            .unwrap_or_default();
        let local = name.rsplit(':').next().unwrap_or(name);
        if matches!(
            local,
            "p" | "tab" | "br" | "cr" | "v" | "tc" | "txbxContent" | "drawing" | "pict" | "footnoteReference"
        ) {
            words.push_str("\n;\n");
        }
        for value in tag
            .split('"')
            .skip(1)
            .step_by(2)
            .filter(|v| !v.starts_with("http://schemas."))
        {
            values.push_str(&plain(value));
            values.push_str("\n;\n");
        }
        if words.len() + values.len() > STRETCH {
            if let Some(seen) = see(&words, &values) {
                return Some(seen);
            }
            for text in [&mut words, &mut values] {
                text.drain(..text.floor_char_boundary(text.len().saturating_sub(AGAIN)));
            }
        }
        rest = rest.get(tag_end + 1..).unwrap_or_default();
    }
    see(&words, &values)
}

fn plain(escaped: &str) -> std::borrow::Cow<'_, str> {
    if !escaped.contains('&') {
        return escaped.into();
    }
    let mut out = String::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&apos;", '\''),
            ("&amp;", '&'),
        ];
        match known.iter().find(|(code, _)| rest.starts_with(code)) {
            Some((code, letter)) => {
                out.push(*letter);
                rest = &rest[code.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_part_is_seen_to_its_end() {
        for size in [10, STRETCH - 9, STRETCH + 40, 2 * STRETCH] {
            let xml = format!(
                "<p><t a=\"b\">{}</t></p><p><t>Tamsin </t><t>Quill</t></p>",
                "gulls</t><t>".repeat(size / 5)
            );
            let found = boil(&xml, &mut |words, _| {
                words.contains("Tamsin Quill").then(|| "seen".to_owned())
            });
            assert_eq!(found.as_deref(), Some("seen"), "{size}");
        }
    }
}
