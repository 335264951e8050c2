//! Cleans single objects: keys that are never content, strings that betray, pictures' metadata.

use super::scrub::DEEPEST;
use crate::matcher::Matcher;
use crate::picture;
use lopdf::{Dictionary, Object};

/// Keys that are never content, wherever they stand.
const NEVER: &[&[u8]] = &[
    b"Metadata",
    b"PieceInfo",
    b"LastModified",
    b"Thumb",
    b"AF",
    b"OPI",
    b"CharSet",
    b"Alternates",
    b"ID",
    b"Measure",
    b"SpiderInfo",
    b"StructParent",
    b"StructParents",
    b"ModDate",
    b"CreationDate",
    b"FontFamily",
    b"AA",
    b"OpenAction",
    b"Perms",
    b"Legal",
    b"OutputIntents",
    b"JS",
    b"JavaScript",
];

/// What was taken out of objects.
#[derive(Default)]
pub(crate) struct Counts {
    pub metadata: usize,
    pub paths: usize,
    pub pictures: usize,
    pub strings: usize,
}

/// Cleans an object and all in it.
pub(crate) fn object_clean(object: &mut Object, matcher: &Matcher, counts: &mut Counts, depth: usize) {
    if depth > DEEPEST {
        *object = Object::Null;
        return;
    }
    match object {
        Object::Dictionary(dict) => dict_clean(dict, matcher, counts, depth),
        Object::Stream(stream) => {
            dict_clean(&mut stream.dict, matcher, counts, depth);
            image(stream, counts);
        }
        Object::Array(items) => items
            .iter_mut()
            .for_each(|o| object_clean(o, matcher, counts, depth + 1)),
        Object::String(bytes, _) => {
            let hit = betrays(bytes, matcher);
            if hit {
                bytes.clear();
            }
            counts.strings += usize::from(hit);
        }
        _ => {}
    }
}

fn dict_clean(dict: &mut Dictionary, matcher: &Matcher, counts: &mut Counts, depth: usize) {
    let gone: Vec<Vec<u8>> = dict
        .iter()
        .map(|(k, _)| k.clone())
        .filter(|k| NEVER.contains(&k.as_slice()) || k.starts_with(b"PTEX.") || k.starts_with(b"AAPL"))
        .collect();
    for key in gone {
        dict.remove(&key);
        match key.as_slice() {
            b"Metadata" | b"PieceInfo" => counts.metadata += 1,
            key if key.starts_with(b"PTEX.") => counts.paths += 1,
            _ => {}
        }
    }
    // Layers' names, and words beside property lists of marked content.
    let layer = dict
        .get(b"Type")
        .and_then(Object::as_name)
        .is_ok_and(|t| t == b"OCG");
    if layer {
        dict.set("Name", Object::string_literal("Layer"));
        dict.remove(b"Usage");
    }
    if dict.has(b"ActualText") || dict.has(b"MCID") {
        for key in [&b"ActualText"[..], b"Alt", b"E", b"T", b"Contents", b"Title"] {
            dict.remove(key);
        }
    }
    dict.iter_mut()
        .for_each(|(_, o)| object_clean(o, matcher, counts, depth + 1));
}

/// Whether a string object holds identity, whatever its encoding.
fn betrays(bytes: &[u8], matcher: &Matcher) -> bool {
    if bytes.len() < 4 || bytes.len() > 100_000 {
        return false;
    }
    let text = if bytes.starts_with(&[0xFE, 0xFF]) {
        encoding_rs::UTF_16BE
            .decode_with_bom_removal(bytes)
            .0
            .into_owned()
    } else {
        String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|b| char::from(*b)).collect())
    };
    !matcher.find(&text, false).is_empty()
}

/// JPEG streams carry whole files with all their metadata; JPEG 2000 boxes do too.
fn image(stream: &mut lopdf::Stream, counts: &mut Counts) {
    let Ok(filters) = stream.filters() else {
        return;
    };
    let clean = match filters.as_slice() {
        [b"DCTDecode"] => picture::clean(&stream.content).ok(),
        [b"JPXDecode"] => jpx(&stream.content),
        _ => None,
    };
    if let Some((bytes, gone)) = clean.filter(|(_, gone)| *gone > 0) {
        stream.set_content(bytes);
        counts.pictures += gone;
    }
}

/// Takes the boxes for words out of a JPEG 2000 file.
fn jpx(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    if !bytes.starts_with(&[0, 0, 0, 12, b'j', b'P']) {
        return None;
    }
    let (mut out, mut at, mut gone) = (Vec::with_capacity(bytes.len()), 0, 0);
    while at + 8 <= bytes.len() {
        let size = usize::try_from(u32::from_be_bytes([
            bytes[at],
            bytes[at + 1],
            bytes[at + 2],
            bytes[at + 3],
        ]))
        .ok()?;
        let end = match size {
            0 => bytes.len(),
            1 => usize::try_from(u64::from_be_bytes(bytes.get(at + 8..at + 16)?.try_into().ok()?))
                .ok()?
                .checked_add(at)?,
            n => at.checked_add(n)?,
        };
        let body = bytes.get(at..end).filter(|b| b.len() >= 8)?;
        if matches!(&body[4..8], b"xml " | b"uuid" | b"uinf" | b"jumb") {
            gone += 1;
        } else {
            out.extend_from_slice(body);
        }
        at = end;
    }
    Some((out, gone))
}
