//! What a PDF carries beside its pages: kept by list, everything else stays behind.

use super::annots;
use super::objects::{Counts, object_clean, profile, write_over};
use super::outside::Exact;
use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, Report, What};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

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
const CATALOG_KEYS: &[&[u8]] = &[b"Type", b"Pages", b"Version"];
/// Cleans the whole graph, pages' annotations first.
pub(crate) fn scrub(
    doc: &mut Document,
    pages: &[ObjectId],
    matcher: &Matcher,
    identity: &Identity,
    report: &mut Report,
) -> Result<(), Refusal> {
    count_catalog(doc, report);
    if doc.trailer.has(b"Info") {
        report.add(What::Properties, "properties", 1);
    }
    for number in 0..pages.len() {
        annots::settle(doc, pages, number, report);
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
    let exact = Exact::new(identity);
    for object in doc.objects.values_mut() {
        object_clean(object, matcher, &mut counts, 0);
    }
    for id in profiles(doc) {
        if let Ok(stream) = doc.get_object_mut(id).and_then(Object::as_stream_mut) {
            profile(stream, &mut counts, LARGEST_PROGRAM)?;
        }
    }
    for (id, most) in programs(doc) {
        if let Ok(stream) = doc.get_object_mut(id).and_then(Object::as_stream_mut) {
            counts.strings += write_over(stream, &exact, most)?;
        }
    }
    report.add(What::Properties, "properties", counts.metadata);
    report.add(What::Paths, "document", counts.paths);
    report.add(What::PictureMetadata, "pictures", counts.pictures);
    report.add(What::Name, "document", counts.strings);
    Ok(())
}

/// The most a font's program, a colour profile or a function may unpack to, and the most a map of letters may.
const LARGEST_PROGRAM: usize = 48 << 20;
const LARGEST_MAP: usize = 4 << 20;

/// Streams that are neither content nor pictures (fonts, colour profiles, maps, functions), and what each may unpack to.
fn programs(doc: &Document) -> BTreeMap<ObjectId, usize> {
    const KEYS: [(&[u8], usize); 6] = [
        (b"FontFile", LARGEST_PROGRAM),
        (b"FontFile2", LARGEST_PROGRAM),
        (b"FontFile3", LARGEST_PROGRAM),
        (b"ToUnicode", LARGEST_MAP),
        (b"Encoding", LARGEST_MAP),
        (b"CIDToGIDMap", LARGEST_MAP),
    ];
    let mut found = BTreeMap::new();
    for object in doc.objects.values() {
        dictionaries(object, 0, &mut |d| {
            for (key, most) in KEYS {
                if let Some(id) = d.get(key).ok().and_then(|o| o.as_reference().ok()) {
                    found.insert(id, most);
                }
            }
        });
    }
    for (id, object) in &doc.objects {
        let profile = |d: &Dictionary| d.has(b"N") && !d.has(b"First") && !d.has(b"Type");
        if object
            .as_stream()
            .is_ok_and(|s| profile(&s.dict) || s.dict.has(b"FunctionType") || s.dict.has(b"ShadingType"))
        {
            found.insert(*id, LARGEST_PROGRAM);
        }
    }
    found
}

/// The streams that colour spaces name as their profiles.
fn profiles(doc: &Document) -> BTreeSet<ObjectId> {
    let mut found = BTreeSet::new();
    doc.objects.values().for_each(|o| spaces(o, &mut found, 0));
    found
}

fn spaces(object: &Object, out: &mut BTreeSet<ObjectId>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let dict = match object {
        Object::Array(items) => {
            if let [Object::Name(kind), Object::Reference(id), ..] = items.as_slice()
                && kind == b"ICCBased"
            {
                out.insert(*id);
            }
            return items.iter().for_each(|o| spaces(o, out, depth + 1));
        }
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return,
    };
    dict.iter().for_each(|(_, o)| spaces(o, out, depth + 1));
}

/// Visits an object's dictionaries, those within others too.
pub(crate) fn dictionaries<'o>(object: &'o Object, depth: usize, visit: &mut impl FnMut(&'o Dictionary)) {
    if depth > DEEPEST {
        return;
    }
    let dict = match object {
        Object::Array(items) => return items.iter().for_each(|o| dictionaries(o, depth + 1, visit)),
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return,
    };
    visit(dict);
    dict.iter().for_each(|(_, o)| dictionaries(o, depth + 1, visit));
}

/// Leaves only the given keys.
pub(crate) fn keep(dict: &mut Dictionary, keys: &[&[u8]]) {
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
pub(crate) const DEEPEST: usize = 200;

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
