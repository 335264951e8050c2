//! PDF: walk the pages, cut the glyphs that are identity, leave everything beside the pages behind, write afresh, look from outside.

mod annots;
mod choose;
mod cmap;
mod cut;
mod fallback;
mod font;
mod front;
mod inline;
mod invoked;
mod layers;
mod lexer;
mod lines;
mod links;
mod objects;
mod odd;
mod outside;
mod pen;
mod read;
mod rename;
mod scrub;
mod sections;
mod shift;
mod standard;
mod subsets;
mod walk;
mod weight;
mod write;

pub(crate) use read::{all_text, open, render, text, texts};

use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, Report, What};
use crate::plan;
use choose::Choice;
use font::Fonts;
use hayro_interpret::hayro_syntax::Pdf;
use invoked::Invoked;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};
use shift::Fate;
use std::collections::{BTreeSet, HashSet};
use std::sync::{Arc, LazyLock};
use subsets::Uses;
use walk::{Glyph, LARGEST_STREAM, Unit, Walk};

/// Makes the blind copy.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    // The one that knows limits reads first.
    let mut doc = load(bytes)?;
    weight::pictures(&doc)?;
    let pdf = open(bytes)?;
    let mut report = Report::default();
    report.add(
        What::EarlierRevisions,
        "document",
        doc.revision_count().saturating_sub(1),
    );
    let pages: Vec<ObjectId> = doc.page_iter().collect();
    // A page that is listed and not there would be lost.
    let there = pages.iter().all(|id| doc.get_dictionary(*id).is_ok());
    if pages.is_empty() || pdf.pages().len() != pages.len() || !there {
        return Err(Refusal::Broken);
    }
    layers::flatten(&mut doc, &pdf, &pages, &mut report)?;
    scrub::scrub(&mut doc, &pages, &matcher, identity, &mut report)?;
    let Walk {
        units,
        glyphs,
        drawn,
        tags,
        fonts,
        unsure,
        ..
    } = walk_all(&doc, &pdf, &pages)?;
    let invoked = (!unsure).then(|| Invoked::new(&doc, &pages, &units));
    let mut fates = Choice::make(&glyphs, pages.len(), &matcher, &drawn, &mut report);
    let shifts = apply(&mut doc, &pdf, &units, &glyphs, &mut fates)?;
    links::settle(&mut doc, &pages, (&glyphs, &fates, &shifts), &mut report);
    if let Some(invoked) = invoked {
        invoked.drop_rest(&mut doc);
        if let Some(uses) = Uses::new(&fonts, &glyphs, &fates) {
            uses.forget(&mut doc);
        }
    }
    drop(fonts);
    let names = rename::find(&doc, tags, &matcher);
    rename_all(&mut doc, &pdf, &units, &names, &mut report)?;
    drop((pdf, units, glyphs, fates, shifts));
    plan::sort(&mut report);
    let copy = write::write(&doc)?;
    let copy = Arc::new(copy);
    if outside::betrays(Arc::clone(&copy), identity)? {
        Err(Refusal::IdentityRemains)
    } else {
        Ok((Arc::unwrap_or_clone(copy), report))
    }
}

/// Whether a finished copy still shows the identity.
pub(crate) fn seen(copy: &[u8], identity: &Identity) -> Result<bool, Refusal> {
    outside::betrays(Arc::new(copy.to_vec()), identity)
}

/// The most one stream of objects may unpack to, and how many objects all of them may hold.
const LARGEST_OBJECTS: usize = 16 << 20;
const MOST_OBJECTS: usize = 500_000;

/// How many objects the file says its streams of objects hold.
fn packed_objects(bytes: &[u8]) -> usize {
    static STREAMS: LazyLock<Option<regex::bytes::Regex>> = LazyLock::new(|| {
        regex::bytes::Regex::new(r"(?-u)/ObjStm[^>]{0,200}/N\s+(\d{1,9})|/N\s+(\d{1,9})[^>]{0,200}/ObjStm")
            .ok()
    });
    let counts = STREAMS
        .iter()
        .flat_map(|r| r.captures_iter(bytes))
        .filter_map(|c| {
            let digits = c.get(1).or_else(|| c.get(2))?;
            std::str::from_utf8(digits.as_bytes()).ok()?.parse::<usize>().ok()
        });
    counts.fold(0, usize::saturating_add)
}

fn load(bytes: &[u8]) -> Result<Document, Refusal> {
    if packed_objects(bytes) > MOST_OBJECTS {
        return Err(Refusal::Bomb);
    }
    let options = LoadOptions {
        max_decompressed_size: Some(LARGEST_OBJECTS),
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
        let bytes = content(doc, pdf, number, *id)?;
        let area = pdf.pages().get(number).map_or(1.0, |p| {
            let (w, h) = p.base_dimensions();
            f64::from(w) * f64::from(h)
        });
        walk.page(number, *id, &bytes, &resources(doc, *id), area)?;
    }
    // What no page invokes is not written; patterns, masks and letters may invoke more.
    for _ in 0..MOST_ROUNDS {
        let before = walk.size();
        let live = Invoked::new(doc, pages, &walk.units).reachable(doc);
        strays(doc, &live, &mut walk)?;
        if walk.unsure {
            break;
        }
        if walk.size() == before {
            return Ok(walk);
        }
    }
    walk.unsure = true;
    strays(doc, &doc.objects.keys().copied().collect(), &mut walk)?;
    Ok(walk)
}

/// Patterns within patterns are not deeper.
const MOST_ROUNDS: usize = 32;

/// Walks those of the given objects that hold content that no page showed.
fn strays(doc: &Document, live: &BTreeSet<ObjectId>, walk: &mut Walk<'_, '_>) -> Result<(), Refusal> {
    let objects = || live.iter().filter_map(|id| Some((*id, doc.objects.get(id)?)));
    for (id, object) in objects() {
        if object.as_stream().is_ok_and(|s| is_form(&s.dict)) && !walk.knows(id) {
            walk.stray(id, &Dictionary::new())?;
        }
    }
    let mut drawn: Vec<&Dictionary> = Vec::new();
    for (_, object) in objects() {
        scrub::dictionaries(object, 0, &mut |d| {
            if d.has(b"CharProcs") {
                drawn.push(d);
            }
        });
    }
    for font in drawn {
        letters(doc, font, walk)?;
    }
    Ok(())
}

/// The drawings that are a font's letters: they can hold whole words.
fn letters(doc: &Document, font: &Dictionary, walk: &mut Walk<'_, '_>) -> Result<(), Refusal> {
    let Ok(drawings) = font.get_deref(b"CharProcs", doc).and_then(Object::as_dict) else {
        return Ok(());
    };
    let resources = font
        .get_deref(b"Resources", doc)
        .and_then(Object::as_dict)
        .cloned();
    let resources = resources.unwrap_or_default();
    for id in drawings.iter().filter_map(|(_, o)| o.as_reference().ok()) {
        if !walk.knows(id) {
            walk.stray(id, &resources)?;
        }
    }
    Ok(())
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
    let mut out = Vec::new();
    for part in doc.get_page_contents(id) {
        let Ok(stream) = doc.get_object(part).and_then(Object::as_stream) else {
            continue;
        };
        match stream.get_plain_content_with_limit(LARGEST_STREAM.saturating_sub(out.len())) {
            Ok(bytes) if walk::is_bomb(stream, &bytes) => return Err(Refusal::Bomb),
            Ok(bytes) => out.extend_from_slice(&bytes),
            Err(lopdf::Error::Decompress(_)) => return Err(Refusal::Bomb),
            Err(_) => {
                let whole = pdf.pages().get(number).and_then(|p| p.page_stream());
                return whole.map(<[u8]>::to_vec).ok_or(Refusal::Broken);
            }
        }
        out.push(b'\n');
    }
    Ok(out)
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

/// Rewrites the streams that drew what goes, and tells how far every glyph moved.
fn apply(
    doc: &mut Document,
    pdf: &Pdf,
    units: &[Unit],
    glyphs: &[Glyph],
    fates: &mut [Fate],
) -> Result<Vec<f32>, Refusal> {
    let repeated: Vec<bool> = units.iter().map(|u| u.shown > 1).collect();
    shift::spread(glyphs, fates, &repeated);
    let shifts = shift::shifts(glyphs, fates);
    let mut own: Vec<Vec<u32>> = vec![Vec::new(); units.len()];
    let mut touched: Vec<bool> = units.iter().map(|_| false).collect();
    for (glyph, fate) in glyphs.iter().zip(fates.iter()) {
        touched[glyph.unit as usize] |= *fate != Fate::Stays;
    }
    for (at, glyph) in (0_u32..).zip(glyphs) {
        if touched[glyph.unit as usize] {
            own[glyph.unit as usize].push(at);
        }
    }
    let mut written = HashSet::new();
    for (index, unit) in units.iter().enumerate().filter(|(n, u)| touched[*n] || u.impure) {
        let mut marks = cut::Marks::new();
        for at in own[index].iter().map(|at| *at as usize) {
            let glyph = &glyphs[at];
            marks
                .entry((glyph.op, glyph.arg, glyph.from))
                .or_insert(cut::Mark {
                    glyph,
                    fate: fates[at],
                    shift: shifts[at],
                });
        }
        // A page may stand in the tree twice.
        if !written.insert(unit.id) {
            continue;
        }
        let bytes = unit_content(doc, pdf, unit)?;
        if let Some(new) = cut::rewrite(&bytes, &marks, unit.ctm) {
            put(doc, unit, new);
        }
    }
    Ok(shifts)
}

/// Gives new names to what has a name that betrays somebody.
fn rename_all(
    doc: &mut Document,
    pdf: &Pdf,
    units: &[Unit],
    names: &rename::Names,
    report: &mut Report,
) -> Result<(), Refusal> {
    if names.is_empty() {
        return Ok(());
    }
    report.add(What::Name, "document", names.len());
    rename::objects(doc, names);
    for unit in units {
        if let Some(new) = rename::content(&unit_content(doc, pdf, unit)?, names) {
            put(doc, unit, new);
        }
    }
    Ok(())
}

fn unit_content(doc: &Document, pdf: &Pdf, unit: &Unit) -> Result<Vec<u8>, Refusal> {
    match unit.page {
        Some(number) => content(doc, pdf, number, unit.id),
        None => walk::form_content(
            doc.get_object(unit.id)
                .and_then(Object::as_stream)
                .map_err(|_| Refusal::Broken)?,
        ),
    }
}

fn put(doc: &mut Document, unit: &Unit, bytes: Vec<u8>) {
    if unit.page.is_some() {
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
