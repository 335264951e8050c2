//! What a PDF carries beside its pages: kept by list, everything else stays behind.

use super::objects::{Counts, object_clean};
use crate::matcher::Matcher;
use crate::model::{Report, What};
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
