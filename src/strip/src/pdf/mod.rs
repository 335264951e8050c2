//! PDF: walk the pages, cut the glyphs that are identity, leave everything beside the pages behind, write afresh, look from outside.

mod choose;
mod cmap;
mod cut;
mod font;
mod lexer;
mod lines;
mod objects;
mod pen;
mod read;
mod scrub;
mod sections;
mod walk;
mod write;

pub(crate) use read::{all_text, open, render, text};

use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, Report, What};
use crate::plan;
use choose::Choice;
use font::Fonts;
use hayro_interpret::hayro_syntax::Pdf;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};
use std::collections::{BTreeMap, HashSet};
use walk::{Glyph, LARGEST_STREAM, Unit, Walk};

/// Makes the blind copy.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let pdf = open(bytes)?;
    let mut doc = load(bytes)?;
    let mut report = Report::default();
    report.add(
        What::EarlierRevisions,
        "document",
        doc.revision_count().saturating_sub(1),
    );
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    if pages.is_empty() || pdf.pages().len() != pages.len() {
        return Err(Refusal::Broken);
    }
    scrub::scrub(&mut doc, &pages, &matcher, &mut report);
    let walk = walk_all(&doc, &pdf, &pages)?;
    let Walk {
        units,
        glyphs,
        images,
        ..
    } = walk;
    let muted = glyphs.iter().filter(|g| g.mute).count();
    if muted > 50 && muted * 2 > glyphs.len() {
        return Err(Refusal::Undecodable);
    }
    let gone = Choice::make(&glyphs, pages.len(), &matcher, &images, &mut report);
    apply(&mut doc, &units, &glyphs, &gone);
    plan::sort(&mut report);
    let copy = write::write(&doc)?;
    if read::betrays(&copy, identity)? {
        Err(Refusal::IdentityRemains)
    } else {
        Ok((copy, report))
    }
}

fn load(bytes: &[u8]) -> Result<Document, Refusal> {
    let options = LoadOptions {
        max_decompressed_size: Some(LARGEST_STREAM),
        ..LoadOptions::default()
    };
    let mut doc = Document::load_mem_with_options(bytes, options).map_err(|e| match e {
        lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword => Refusal::Encrypted,
        lopdf::Error::Decompress(_) => Refusal::Bomb,
        _ => Refusal::Broken,
    })?;
    if doc.is_encrypted() {
        doc.decrypt("").map_err(|_| Refusal::Encrypted)?;
    }
    let signed = |o: &Object| {
        o.as_dict()
            .is_ok_and(|d| d.has(b"ByteRange") && d.has(b"Contents"))
    };
    if doc.objects.values().any(signed) {
        Err(Refusal::Signed)
    } else {
        Ok(doc)
    }
}

fn walk_all<'d, 'p>(doc: &'d Document, pdf: &'p Pdf, pages: &[ObjectId]) -> Result<Walk<'d, 'p>, Refusal> {
    let mut walk = Walk::new(doc, Fonts::new(pdf));
    for (number, id) in pages.iter().enumerate() {
        let content = content(doc, pdf, number, *id)?;
        walk.page(number, *id, content, &resources(doc, *id))?;
    }
    let strays: Vec<ObjectId> = doc
        .objects
        .iter()
        .filter(|(id, o)| !walk.knows(**id) && o.as_stream().is_ok_and(|s| is_form(&s.dict)))
        .map(|(id, _)| *id)
        .collect();
    for id in strays {
        walk.stray(id)?;
    }
    Ok(walk)
}

fn is_form(dict: &Dictionary) -> bool {
    dict.get(b"Subtype")
        .and_then(Object::as_name)
        .is_ok_and(|s| s == b"Form")
        || dict
            .get(b"PatternType")
            .and_then(Object::as_i64)
            .is_ok_and(|t| t == 1)
}

/// A page's content; where one decoder fails the other may not.
fn content(doc: &Document, pdf: &Pdf, number: usize, id: ObjectId) -> Result<Vec<u8>, Refusal> {
    let decodes = |id: &ObjectId| {
        doc.get_object(*id)
            .and_then(Object::as_stream)
            .is_ok_and(|s| s.get_plain_content_with_limit(LARGEST_STREAM).is_ok())
    };
    if doc.get_page_contents(id).iter().all(decodes) {
        return doc
            .get_page_content_with_limit(id, LARGEST_STREAM)
            .map_err(|_| Refusal::Bomb);
    }
    pdf.pages()
        .get(number)
        .and_then(|p| p.page_stream())
        .map(<[u8]>::to_vec)
        .ok_or(Refusal::Broken)
}

/// A page's resources, its own or inherited.
fn resources(doc: &Document, page: ObjectId) -> Dictionary {
    let mut at = doc.get_dictionary(page).ok();
    for _ in 0..32 {
        let Some(dict) = at else { break };
        if let Ok(found) = dict.get_deref(b"Resources", doc).and_then(Object::as_dict) {
            return found.clone();
        }
        at = dict.get_deref(b"Parent", doc).and_then(Object::as_dict).ok();
    }
    Dictionary::new()
}

/// Rewrites the streams that drew what goes.
fn apply(doc: &mut Document, units: &[Unit], glyphs: &[Glyph], gone: &[bool]) {
    let touched: HashSet<usize> = glyphs
        .iter()
        .zip(gone)
        .filter(|(_, g)| **g)
        .map(|(g, _)| g.unit)
        .collect();
    let mut maps: BTreeMap<usize, cut::Marks<'_>> = BTreeMap::new();
    for (glyph, gone) in glyphs.iter().zip(gone).filter(|(g, _)| touched.contains(&g.unit)) {
        // A form shown twice draws the same bytes twice: cut once, cut everywhere.
        let entry = maps
            .entry(glyph.unit)
            .or_default()
            .entry((glyph.op, glyph.arg, glyph.from))
            .or_insert((glyph, false));
        entry.1 |= *gone;
    }
    let none = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let Some(bytes) = cut::rewrite(unit, maps.get(&index).unwrap_or(&none), &held(glyphs, index)) else {
            continue;
        };
        if unit.page {
            let mut stream = Stream::new(Dictionary::new(), bytes);
            let _ = stream.compress();
            let id = doc.add_object(stream);
            if let Ok(page) = doc.get_dictionary_mut(unit.id) {
                page.set("Contents", Object::Reference(id));
            }
        } else if let Ok(stream) = doc.get_object_mut(unit.id).and_then(Object::as_stream_mut) {
            stream.dict.remove(b"Filter");
            stream.dict.remove(b"DecodeParms");
            stream.set_content(bytes);
            let _ = stream.compress();
        }
    }
}

/// Operators of a unit after which the same line goes on at a place of its own: there a rounded gap would hide nothing
/// (the place gives the width away) and only tear words apart.
fn held(glyphs: &[Glyph], unit: usize) -> HashSet<usize> {
    glyphs
        .windows(2)
        .filter(|w| {
            w[0].unit == unit && w[1].unit == unit && w[0].op != w[1].op && lines::same_line(&w[0], &w[1])
        })
        .map(|w| w[0].op)
        .collect()
}
