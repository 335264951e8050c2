//! Builders of the other formats, with identity wherever they have a place for it.

#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use super::{SECRETS, holds, identity, unzip, zip};
use bauta_strip::{Blind, What, compare_text, strip};

pub fn counted(blind: &Blind, what: What) -> u32 {
    blind
        .report
        .removed
        .iter()
        .filter(|r| r.what == what)
        .map(|r| r.count)
        .sum()
}

/// Strips, looks for secrets in every byte of every part, and strips again: nothing may change.
pub fn clean(bytes: &[u8]) -> (String, Blind) {
    let blind = strip(bytes, &identity()).unwrap_or_else(|r| panic!("{r}"));
    let parts = if blind.bytes.starts_with(b"PK") {
        unzip(&blind.bytes).into_iter().collect()
    } else {
        vec![("file".to_owned(), blind.bytes.clone())]
    };
    for (name, data) in &parts {
        for secret in SECRETS {
            assert!(
                !holds(data, secret) && !name.contains(secret),
                "{secret} in {name}: {}",
                String::from_utf8_lossy(data)
            );
        }
    }
    let same = strip(bytes, &identity()).unwrap();
    assert_eq!(same, blind, "the same input gives another copy");
    let again = strip(&blind.bytes, &identity()).unwrap_or_else(|r| panic!("again: {r}"));
    if blind.bytes.starts_with(b"PK") {
        for (name, data) in unzip(&again.bytes) {
            let before = unzip(&blind.bytes).get(&name).cloned().unwrap_or_default();
            assert_eq!(
                String::from_utf8_lossy(&data),
                String::from_utf8_lossy(&before),
                "{name} changed"
            );
        }
    } else {
        assert_eq!(
            String::from_utf8_lossy(&again.bytes),
            String::from_utf8_lossy(&blind.bytes)
        );
    }
    assert_eq!(again.bytes, blind.bytes, "a second cleaning changes it");
    (compare_text(&blind.bytes).unwrap(), blind)
}

pub const ODF: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" xmlns:math=\"http://www.w3.org/1998/Math/MathML\" xmlns:form=\"urn:oasis:names:tc:opendocument:xmlns:form:1.0\" xmlns:script=\"urn:oasis:names:tc:opendocument:xmlns:script:1.0\" xmlns:officeooo=\"http://openoffice.org/2009/office\" xmlns:loext=\"urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\" xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" xmlns:ooo=\"http://openoffice.org/2004/office\" xmlns:chart=\"urn:oasis:names:tc:opendocument:xmlns:chart:1.0\" office:version=\"1.2\"";
pub const ODT: &str = "application/vnd.oasis.opendocument.text";

pub fn content(styles: &str, body: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>").into_bytes()
}

/// An ODT with this body and further parts.
pub fn odt(styles: &str, body: &str, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.text\"/></manifest:manifest>";
    let mut parts = vec![
        ("mimetype", ODT.as_bytes().to_vec()),
        ("content.xml", content(styles, body)),
    ];
    parts.extend(more.iter().cloned());
    if !more.iter().any(|m| m.0 == "META-INF/manifest.xml") {
        parts.push(("META-INF/manifest.xml", manifest.as_bytes().to_vec()));
    }
    zip(&parts)
}

pub fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

/// A little-endian TIFF of pages, each of 2 × 2 grey pixels with the given further tags (tag, type, bytes).
pub fn tiff(pages: &[&[(u16, u16, &[u8])]]) -> Vec<u8> {
    tiff_of(&[1, 2, 3, 4], 1, pages)
}

/// The same with the pixels coded another way.
pub fn tiff_of(strip: &[u8], coding: u8, pages: &[&[(u16, u16, &[u8])]]) -> Vec<u8> {
    let mut out = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for tags in pages {
        let pixels = out.len() as u32;
        out.extend_from_slice(strip);
        let long = |n: u32| n.to_le_bytes().to_vec();
        let mut all: Vec<(u16, u16, Vec<u8>)> = vec![
            (256, 4, long(2)),
            (257, 4, long(2)),
            (258, 3, vec![8, 0]),
            (259, 3, vec![coding, 0]),
            (262, 3, vec![1, 0]),
            (273, 4, long(pixels)),
            (277, 3, vec![1, 0]),
            (278, 4, long(2)),
            (279, 4, long(strip.len() as u32)),
        ];
        all.extend(tags.iter().map(|(t, k, v)| (*t, *k, v.to_vec())));
        all.sort_by_key(|t| t.0);
        let mut table = Vec::new();
        for (tag, kind, value) in &all {
            let unit = match kind {
                3 => 2,
                4 => 4,
                _ => 1,
            };
            table.extend_from_slice(&tag.to_le_bytes());
            table.extend_from_slice(&kind.to_le_bytes());
            table.extend_from_slice(&((value.len() / unit) as u32).to_le_bytes());
            if value.len() <= 4 {
                let mut v = value.clone();
                v.resize(4, 0);
                table.extend_from_slice(&v);
            } else {
                table.extend_from_slice(&(out.len() as u32).to_le_bytes());
                out.extend_from_slice(value);
            }
        }
        let at = (out.len() as u32).to_le_bytes();
        out[link..link + 4].copy_from_slice(&at);
        out.extend_from_slice(&(all.len() as u16).to_le_bytes());
        out.extend_from_slice(&table);
        link = out.len();
        out.extend_from_slice(&[0; 4]);
    }
    out
}

/// A GIF of one pixel with a comment and an application's data.
pub fn gif(comment: &str) -> Vec<u8> {
    let mut out = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF".to_vec();
    out.extend_from_slice(b"\x21\xFE");
    out.push(comment.len() as u8);
    out.extend_from_slice(comment.as_bytes());
    out.push(0);
    out.extend_from_slice(b"\x21\xFF\x0BXMP DataXMP");
    out.push(comment.len() as u8);
    out.extend_from_slice(comment.as_bytes());
    out.push(0);
    out.extend_from_slice(b"\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B");
    out.extend_from_slice(comment.as_bytes());
    out
}

/// A WebP with the given pieces around one of pixels.
pub fn webp(pieces: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, data) in pieces {
        body.extend_from_slice(*name);
        body.extend_from_slice(&(data.len() as u32).to_le_bytes());
        body.extend_from_slice(data);
        if data.len() % 2 == 1 {
            body.push(0);
        }
    }
    let mut out = b"RIFF".to_vec();
    out.extend_from_slice(&(body.len() as u32).to_le_bytes());
    out.extend_from_slice(&body);
    out
}

pub fn svg(inner: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" width=\"10\" height=\"10\">{inner}</svg>").into_bytes()
}

/// A JPEG of segments (marker, body) around a scan.
pub fn jpeg(segments: &[(u8, &[u8])], tail: &[u8]) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8];
    for (marker, body) in segments {
        out.extend_from_slice(&[0xFF, *marker]);
        out.extend_from_slice(&((body.len() + 2) as u16).to_be_bytes());
        out.extend_from_slice(body);
    }
    out.extend_from_slice(&[0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]);
    out.extend_from_slice(tail);
    out
}
