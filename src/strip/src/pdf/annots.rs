//! Annotations: what they print becomes part of the page, links keep their look and lead nowhere outside, the rest are comments.

use super::cut::number;
use super::pen::{self, IDENTITY, Matrix, times};
use super::resources;
use crate::model::{Report, What};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// What a link needs to look as it did, and to lead to a place in the document.
const LINK_KEYS: &[&[u8]] = &[
    b"Type",
    b"Subtype",
    b"Rect",
    b"Border",
    b"C",
    b"H",
    b"BS",
    b"F",
    b"Dest",
    b"QuadPoints",
];
/// Kinds whose appearance is part of what the page says: filled-in fields, typed text, drawings.
const PRINTED: &[&[u8]] = &[
    b"Widget",
    b"FreeText",
    b"Line",
    b"Square",
    b"Circle",
    b"Polygon",
    b"PolyLine",
    b"Ink",
    b"Watermark",
];
/// Bits of `F`: hidden, not shown.
const UNSEEN: i64 = 2 | 32;

/// Settles the annotations of a page.
pub(crate) fn settle(doc: &mut Document, pages: &[ObjectId], number: usize, report: &mut Report) {
    let page = pages[number];
    let Ok(list) = doc
        .get_dictionary(page)
        .and_then(|d| d.get_deref(b"Annots", doc))
        .and_then(Object::as_array)
        .cloned()
    else {
        return;
    };
    let place = format!("page:{}", number + 1);
    let (mut kept, mut printed) = (Vec::new(), Vec::new());
    for item in list {
        let Ok(dict) = doc.dereference(&item).and_then(|(_, o)| o.as_dict()) else {
            continue;
        };
        let kind = dict
            .get_deref(b"Subtype", doc)
            .and_then(Object::as_name)
            .unwrap_or_default();
        let flags = dict.get_deref(b"F", doc).and_then(Object::as_i64).unwrap_or(0);
        if kind == b"Link" {
            let (clean, led) = link(doc, dict, pages);
            report.add(What::Links, &place, usize::from(led));
            kept.push(Object::Dictionary(clean));
        } else if PRINTED.contains(&kind) {
            if let Some(stamp) = appearance(doc, dict).filter(|_| flags & UNSEEN == 0) {
                printed.push(stamp);
            } else {
                report.add(What::HiddenParts, &place, 1);
            }
        } else {
            report.add(What::Comments, &place, 1);
        }
    }
    if let Ok(dict) = doc.get_dictionary_mut(page) {
        if kept.is_empty() {
            dict.remove(b"Annots");
        } else {
            dict.set("Annots", Object::Array(kept));
        }
    }
    if !printed.is_empty() {
        print(doc, page, &printed);
    }
}

/// A link that leads to a page of the document or nowhere, and whether it led anywhere else.
fn link(doc: &Document, dict: &Dictionary, pages: &[ObjectId]) -> (Dictionary, bool) {
    let mut clean = dict.clone();
    super::scrub::keep(&mut clean, LINK_KEYS);
    let target = |o: &Object| match doc.dereference(o) {
        // A page, and how to show it; a name would say whom the link is to: often a cited author.
        Ok((_, Object::Array(to)))
            if to
                .first()
                .is_some_and(|p| p.as_reference().is_ok_and(|p| pages.contains(&p))) =>
        {
            Some(Object::Array(to.clone()))
        }
        _ => None,
    };
    let action = dict.get_deref(b"A", doc).and_then(Object::as_dict).ok();
    let kind = action.and_then(|a| a.get_deref(b"S", doc).and_then(Object::as_name).ok());
    let inner = kind == Some(b"GoTo");
    let dest = dict
        .get(b"Dest")
        .ok()
        .or_else(|| action.filter(|_| inner).and_then(|a| a.get(b"D").ok()))
        .and_then(target);
    match dest {
        Some(to) => clean.set("Dest", to),
        None => {
            clean.remove(b"Dest");
        }
    }
    (clean, action.is_some() && !inner)
}

/// A form and the matrix that brings it to its place on the page.
struct Stamp {
    form: ObjectId,
    at: Matrix,
}

/// The normal appearance of an annotation (ISO 32000-1, 12.5.5).
fn appearance(doc: &Document, dict: &Dictionary) -> Option<Stamp> {
    let normal = dict.get_deref(b"AP", doc).ok()?.as_dict().ok()?.get(b"N").ok()?;
    let form = match doc.dereference(normal).ok()? {
        (Some(id), Object::Stream(_)) => id,
        (_, Object::Dictionary(states)) => {
            let state = dict.get(b"AS").ok()?.as_name().ok()?;
            states.get(state).ok()?.as_reference().ok()?
        }
        _ => return None,
    };
    let stream = doc.get_object(form).ok()?.as_stream().ok()?;
    let rect = corners(doc, dict, b"Rect")?;
    let bbox = corners(doc, &stream.dict, b"BBox")?;
    let own = stream.dict.get_deref(b"Matrix", doc).ok();
    let own = own
        .and_then(|m| m.as_array().ok())
        .and_then(|m| pen::matrix(m))
        .unwrap_or(IDENTITY);
    let spots = [(0, 1), (2, 1), (0, 3), (2, 3)].map(|(x, y)| {
        let spot = times(&[1.0, 0.0, 0.0, 1.0, bbox[x], bbox[y]], &own);
        (spot[4], spot[5])
    });
    let least = |f: fn(&(f64, f64)) -> f64| spots.iter().map(f).fold(f64::INFINITY, f64::min);
    let most = |f: fn(&(f64, f64)) -> f64| spots.iter().map(f).fold(f64::NEG_INFINITY, f64::max);
    let (left, right) = (least(|s| s.0), most(|s| s.0));
    let (low, high) = (least(|s| s.1), most(|s| s.1));
    let scale = |to: f64, from: f64| if from.abs() < 1e-9 { 1.0 } else { to / from };
    let sx = scale(rect[2] - rect[0], right - left);
    let sy = scale(rect[3] - rect[1], high - low);
    Some(Stamp {
        form,
        at: [sx, 0.0, 0.0, sy, rect[0] - left * sx, rect[1] - low * sy],
    })
}

/// A rectangle with its lower left corner first.
pub(crate) fn corners(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
    let array = dict.get_deref(key, doc).ok()?.as_array().ok()?;
    let n: Vec<f64> = array
        .iter()
        .filter_map(|o| doc.dereference(o).ok())
        .filter_map(|(_, o)| o.as_float().ok())
        .map(f64::from)
        .collect();
    let [a, b, c, d] = n.try_into().ok()?;
    Some([f64::min(a, c), f64::min(b, d), f64::max(a, c), f64::max(b, d)])
}

/// Draws appearances at the end of a page's content.
fn print(doc: &mut Document, page: ObjectId, stamps: &[Stamp]) {
    let mut resources = resources(doc, page);
    let mut objects = resources
        .get_deref(b"XObject", doc)
        .and_then(Object::as_dict)
        .cloned()
        .unwrap_or_default();
    let mut content = String::from("\nQ");
    for (index, stamp) in stamps.iter().enumerate() {
        let name = (index..)
            .map(|n| format!("Shown{n}"))
            .find(|n| !objects.has(n.as_bytes()));
        let Some(name) = name else { continue };
        objects.set(name.as_bytes(), Object::Reference(stamp.form));
        let place = stamp.at.map(number).join(" ");
        content.push_str(&format!("\nq {place} cm /{name} Do Q"));
        if let Ok(form) = doc.get_object_mut(stamp.form).and_then(Object::as_stream_mut) {
            // Optional in appearances, not in forms.
            form.dict.set("Type", Object::Name(b"XObject".to_vec()));
            form.dict.set("Subtype", Object::Name(b"Form".to_vec()));
        }
    }
    resources.set("XObject", Object::Dictionary(objects));
    let mut parts = vec![Object::Reference(
        doc.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec())),
    )];
    parts.extend(doc.get_page_contents(page).into_iter().map(Object::Reference));
    parts.push(Object::Reference(
        doc.add_object(Stream::new(Dictionary::new(), content.into_bytes())),
    ));
    if let Ok(dict) = doc.get_dictionary_mut(page) {
        dict.set("Resources", Object::Dictionary(resources));
        dict.set("Contents", Object::Array(parts));
    }
}
