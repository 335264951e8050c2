//! What a PDF carries beside its pages: kept by list, everything else stays behind.

use crate::matcher::Matcher;
use crate::model::{Report, What};
use crate::picture;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeSet;

/// What a page needs to be shown.
const PAGE_KEYS: &[&[u8]] = &[
    b"Type",
    b"Parent",
    b"MediaBox",
    b"CropBox",
    b"BleedBox",
    b"TrimBox",
    b"ArtBox",
    b"Rotate",
    b"Resources",
    b"Contents",
    b"Group",
    b"UserUnit",
    b"Annots",
    b"Kids",
    b"Count",
];
/// What the catalog needs.
const CATALOG_KEYS: &[&[u8]] = &[b"Type", b"Pages", b"OCProperties", b"Version"];
/// What a link needs to look as it did.
const LINK_KEYS: &[&[u8]] = &[
    b"Type",
    b"Subtype",
    b"Rect",
    b"Border",
    b"C",
    b"H",
    b"BS",
    b"F",
    b"A",
    b"Dest",
    b"QuadPoints",
];
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

/// Cleans the whole graph, pages' annotations first.
pub(crate) fn scrub(doc: &mut Document, pages: &[ObjectId], matcher: &Matcher, report: &mut Report) {
    count_catalog(doc, report);
    if doc.trailer.has(b"Info") {
        report.add(What::Properties, "properties", 1);
    }
    for page in pages {
        annotations(doc, *page, matcher, report);
    }
    if let Ok(catalog) = doc.catalog_mut() {
        keep(catalog, CATALOG_KEYS);
    }
    for page in pages {
        if let Ok(dict) = doc.get_dictionary_mut(*page) {
            keep(dict, PAGE_KEYS);
        }
    }
    let trailer = std::mem::take(&mut doc.trailer);
    doc.trailer
        .set("Root", trailer.get(b"Root").cloned().unwrap_or(Object::Null));
    let live = reachable(doc);
    doc.objects.retain(|id, _| live.contains(id));
    let mut counts = Counts::default();
    for object in doc.objects.values_mut() {
        object_clean(object, matcher, &mut counts, 0);
    }
    report.add(What::Properties, "properties", counts.metadata);
    report.add(What::Paths, "document", counts.paths);
    report.add(What::PictureMetadata, "pictures", counts.pictures);
    report.add(What::Name, "document", counts.strings);
}

fn keep(dict: &mut Dictionary, keys: &[&[u8]]) {
    let gone: Vec<Vec<u8>> = dict
        .iter()
        .map(|(k, _)| k.clone())
        .filter(|k| !keys.contains(&k.as_slice()))
        .collect();
    for key in gone {
        dict.remove(&key);
    }
}

fn count_catalog(doc: &Document, report: &mut Report) {
    let Ok(catalog) = doc.catalog() else { return };
    let has = |key: &[u8]| catalog.has(key);
    let names = catalog.get_deref(b"Names", doc).and_then(Object::as_dict).ok();
    let named = |key: &[u8]| names.is_some_and(|n| n.has(key));
    report.add(
        What::Properties,
        "properties",
        usize::from(has(b"Metadata")) + usize::from(has(b"PieceInfo")),
    );
    report.add(
        What::Attachments,
        "document",
        usize::from(named(b"EmbeddedFiles") || has(b"AF") || has(b"Collection")),
    );
    report.add(
        What::Scripts,
        "document",
        usize::from(named(b"JavaScript")) + usize::from(has(b"OpenAction")) + usize::from(has(b"AA")),
    );
    report.add(
        What::HiddenParts,
        "document",
        usize::from(has(b"Outlines")) + usize::from(has(b"StructTreeRoot")) + usize::from(has(b"AcroForm")),
    );
}

/// Of annotations only links stay, and of those only what leads within the document or to a public page.
fn annotations(doc: &mut Document, page: ObjectId, matcher: &Matcher, report: &mut Report) {
    let Ok(list) = doc
        .get_dictionary(page)
        .and_then(|d| d.get_deref(b"Annots", doc))
        .and_then(Object::as_array)
        .cloned()
    else {
        return;
    };
    let mut kept = Vec::new();
    for item in list {
        let Ok((_, object)) = doc.dereference(&item) else {
            continue;
        };
        let Ok(dict) = object.as_dict() else { continue };
        if dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|s| s == b"Link")
        {
            match link(doc, dict, matcher) {
                Some(clean) => kept.push(Object::Dictionary(clean)),
                None => report.add(What::Links, "document", 1),
            }
        } else {
            report.add(What::Comments, "document", 1);
        }
    }
    if let Ok(dict) = doc.get_dictionary_mut(page) {
        if kept.is_empty() {
            dict.remove(b"Annots");
        } else {
            dict.set("Annots", Object::Array(kept));
        }
    }
}

fn link(doc: &Document, dict: &Dictionary, matcher: &Matcher) -> Option<Dictionary> {
    let mut clean = dict.clone();
    keep(&mut clean, LINK_KEYS);
    // A destination by name would keep the name: often that of a cited author.
    if !dict.get_deref(b"Dest", doc).is_ok_and(|d| d.as_array().is_ok()) {
        clean.remove(b"Dest");
    }
    if let Ok(action) = dict.get_deref(b"A", doc).and_then(Object::as_dict) {
        let kind = action.get(b"S").and_then(Object::as_name).unwrap_or_default();
        match kind {
            b"URI" => {
                let uri = action
                    .get_deref(b"URI", doc)
                    .and_then(Object::as_str)
                    .map(|u| String::from_utf8_lossy(u).into_owned())
                    .unwrap_or_default();
                let lower = uri.to_lowercase();
                if !(lower.starts_with("http://") || lower.starts_with("https://"))
                    || !matcher.find(&uri, false).is_empty()
                {
                    return None;
                }
                let mut bare = Dictionary::new();
                bare.set("S", Object::Name(b"URI".to_vec()));
                bare.set("URI", Object::string_literal(uri));
                clean.set("A", Object::Dictionary(bare));
            }
            b"GoTo" => {
                clean.remove(b"A");
                if let Ok(to) = action.get_deref(b"D", doc).and_then(Object::as_array) {
                    clean.set("Dest", Object::Array(to.clone()));
                }
            }
            _ => {
                clean.remove(b"A");
            }
        }
    }
    Some(clean)
}

/// Everything that can be reached from the trailer.
pub(crate) fn reachable(doc: &Document) -> BTreeSet<ObjectId> {
    let mut seen = BTreeSet::new();
    let mut todo: Vec<ObjectId> = Vec::new();
    doc.trailer.iter().for_each(|(_, o)| references(o, &mut todo, 0));
    while let Some(id) = todo.pop() {
        if seen.insert(id)
            && let Ok(object) = doc.get_object(id)
        {
            references(object, &mut todo, 0);
        }
    }
    seen
}

/// Nothing nests deeper.
const DEEPEST: usize = 200;

pub(crate) fn references(object: &Object, out: &mut Vec<ObjectId>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match object {
        Object::Reference(id) => out.push(*id),
        Object::Array(items) => items.iter().for_each(|o| references(o, out, depth + 1)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, o)| references(o, out, depth + 1)),
        Object::Stream(stream) => stream
            .dict
            .iter()
            .for_each(|(_, o)| references(o, out, depth + 1)),
        _ => {}
    }
}

#[derive(Default)]
struct Counts {
    metadata: usize,
    paths: usize,
    pictures: usize,
    strings: usize,
}

fn object_clean(object: &mut Object, matcher: &Matcher, counts: &mut Counts, depth: usize) {
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
