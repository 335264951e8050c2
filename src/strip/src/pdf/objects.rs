//! Cleans single objects: keys that are never content, strings that betray, pictures' metadata.

use super::scrub::DEEPEST;
use crate::matcher::Matcher;
use crate::model::Refusal;
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
    b"CIDSet",
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
    b"OC",
    b"URI",
    b"Threads",
    b"Popup",
    b"Nonshared",
];

/// Keys whose strings say how to draw: all other strings stay behind.
const DRAWING: &[&[u8]] = &[b"Registry", b"Ordering", b"Panose", b"Lookup"];

/// What was taken out of objects.
#[derive(Default)]
pub(crate) struct Counts {
    pub metadata: usize,
    pub paths: usize,
    pub pictures: usize,
    pub strings: usize,
    /// Other words that draw nothing.
    pub words: usize,
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
        for key in [&b"Name"[..], b"Usage", b"Intent"] {
            dict.remove(key);
        }
    }
    if dict.has(b"ActualText") || dict.has(b"MCID") {
        for key in [&b"ActualText"[..], b"Alt", b"E", b"T", b"Contents", b"Title"] {
            dict.remove(key);
        }
    }
    let words: Vec<Vec<u8>> = dict
        .iter()
        .filter(|(k, o)| matches!(o, Object::String(..)) && !DRAWING.contains(&k.as_slice()))
        .map(|(k, _)| k.clone())
        .collect();
    for key in words {
        let told = dict
            .remove(&key)
            .is_some_and(|o| o.as_str().is_ok_and(|s| betrays(s, matcher)));
        counts.strings += usize::from(told);
        counts.words += 1;
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
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        text.to_owned()
    } else {
        // Eight-bit text in the standard's own encoding, or in that of Chinese systems.
        let latin: String = bytes.iter().map(|b| char::from(*b)).collect();
        format!(
            "{latin}\n{}",
            encoding_rs::GB18030.decode_without_bom_handling(bytes).0
        )
    };
    !matcher.find(&text, false).is_empty()
}

/// JPEG streams carry whole files with all their metadata; JPEG 2000 boxes do too. Other filters may lie over them.
fn image(stream: &mut lopdf::Stream, counts: &mut Counts) {
    let Ok(filters) = stream.filters() else {
        return;
    };
    let Some((last @ (b"DCTDecode" | b"DCT" | b"JPXDecode"), over)) =
        filters.split_last().map(|(l, o)| (*l, o))
    else {
        return;
    };
    let jpeg = last != b"JPXDecode";
    let data = if over.is_empty() {
        stream.content.clone()
    } else {
        let mut outer = lopdf::Stream::new(Dictionary::new(), stream.content.clone());
        let names: Vec<Object> = over.iter().map(|f| Object::Name(f.to_vec())).collect();
        outer.dict.set("Filter", Object::Array(names));
        let Ok(data) = outer.get_plain_content_with_limit(super::walk::LARGEST_STREAM) else {
            return;
        };
        data
    };
    let clean = if jpeg {
        // What no decoder understands may still be shown by one, and read by many.
        Some(picture::clean(&data).unwrap_or_else(|_| picture::blanked(&data)))
    } else {
        jpx(&data)
    };
    if let Some((bytes, gone)) = clean.filter(|(_, gone)| *gone > 0) {
        if !over.is_empty() {
            let parms = match stream.dict.remove(b"DecodeParms") {
                Some(Object::Array(mut items)) => items.pop(),
                _ => None,
            };
            if let Some(parms @ Object::Dictionary(_)) = parms {
                stream.dict.set("DecodeParms", parms);
            }
            let name: &[u8] = if jpeg { b"DCTDecode" } else { b"JPXDecode" };
            stream.dict.set("Filter", Object::Name(name.to_vec()));
        }
        stream.set_content(bytes);
        counts.pictures += gone;
    }
}

/// A colour profile, as PDF keeps it, without its words.
pub(crate) fn profile(stream: &mut lopdf::Stream, counts: &mut Counts, most: usize) -> Result<(), Refusal> {
    let data = match stream.get_plain_content_with_limit(most) {
        Ok(data) => data,
        Err(lopdf::Error::Decompress(_)) => return Err(Refusal::Bomb),
        Err(_) => return Ok(()),
    };
    if let Some((clean, true)) = picture::blank(&data) {
        stream.set_plain_content(clean);
        let _ = stream.compress();
        counts.pictures += 1;
    }
    Ok(())
}

/// Font programs and colour profiles carry names of people and files: written over, letter by letter, so that nothing moves.
pub(crate) fn write_over(
    stream: &mut lopdf::Stream,
    exact: &super::outside::Exact,
    most: usize,
) -> Result<usize, Refusal> {
    let kind = stream
        .dict
        .get(b"Subtype")
        .and_then(Object::as_name)
        .unwrap_or_default();
    let drawn = matches!(kind, b"Image" | b"Form") || stream.dict.has(b"PatternType");
    if drawn {
        return Ok(0);
    }
    let mut data = match stream.get_plain_content_with_limit(most) {
        Ok(data) => data,
        Err(lopdf::Error::Decompress(_)) => return Err(Refusal::Bomb),
        Err(_) => return Ok(0),
    };
    let places = exact.places(&data);
    for byte in places.iter().flat_map(|p| p.clone()) {
        if let Some(b) = data.get_mut(byte).filter(|b| **b != 0) {
            *b = b'x';
        }
    }
    if !places.is_empty() {
        stream.dict.remove(b"Filter");
        stream.dict.remove(b"DecodeParms");
        stream.set_content(data);
        let _ = stream.compress();
    }
    Ok(places.len())
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
