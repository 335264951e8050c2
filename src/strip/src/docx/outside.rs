//! Looks at a packed copy from outside: every entry of the zip as raw text, tags thrown away, attributes listed, bytes searched.
//! Nothing here uses the tree that the copy was made from.

use crate::model::Identity;
use crate::verify;
use std::io::{Cursor, Read};

/// Whether the identity can still be found.
pub(crate) fn betrays(copy: &[u8], identity: &Identity) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(copy)) else {
        return true;
    };
    for index in 0..archive.len() {
        let Ok(mut entry) = archive.by_index(index) else {
            return true;
        };
        let Ok(name) = entry.name().map(|n| n.into_owned()) else {
            return true;
        };
        let mut bytes = Vec::new();
        if entry.read_to_end(&mut bytes).is_err()
            || verify::text_betrays(&name, identity)
            || verify::bytes_betray(&bytes, identity)
        {
            return true;
        }
        if name.ends_with(".xml") || name.ends_with(".rels") {
            let Ok(text) = String::from_utf8(bytes) else {
                return true;
            };
            let (words, values) = boil(&text);
            if verify::text_betrays(&words, identity) || verify::text_betrays(&values, identity) {
                return true;
            }
        }
    }
    false
}

/// The words between tags, a line per paragraph, and the values of attributes, a line each.
fn boil(xml: &str) -> (String, String) {
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
        rest = rest.get(tag_end + 1..).unwrap_or_default();
    }
    (words, values)
}

fn plain(escaped: &str) -> String {
    escaped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}
