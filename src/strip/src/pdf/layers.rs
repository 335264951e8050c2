//! Layers that are switched off are still in the file: what they hold goes, and the others become plain parts of their pages.

use super::lexer::{Lexer, Op, op};
use super::walk::{BDC, BMC, DO, QUOTE, QUOTES, TJ_MANY, TJ_ONE};
use super::{content, is_form, resources, walk};
use crate::model::{Refusal, Report, What};
use hayro_interpret::hayro_syntax::Pdf;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use std::collections::HashSet;

/// Deeper conditions are nobody's.
const DEEPEST: usize = 8;

/// Takes out what hidden layers hold.
pub(crate) fn flatten(
    doc: &mut Document,
    pdf: &Pdf,
    pages: &[ObjectId],
    report: &mut Report,
) -> Result<(), Refusal> {
    let off = switched_off(doc);
    if off.is_empty() {
        return Ok(());
    }
    for (number, id) in pages.iter().enumerate() {
        let bytes = content(doc, pdf, number, *id)?;
        let hidden = Hidden::of(doc, &resources(doc, *id), &off);
        if let Some((clean, count)) = hidden.take_out(&bytes) {
            report.add(What::HiddenParts, &format!("page:{}", number + 1), count);
            let mut stream = Stream::new(Dictionary::new(), clean);
            let _ = stream.compress();
            let fresh = doc.add_object(stream);
            if let Ok(page) = doc.get_dictionary_mut(*id) {
                page.set("Contents", Object::Reference(fresh));
            }
        }
        annotations(doc, *id, &off, report);
    }
    let forms: Vec<ObjectId> = doc
        .objects
        .iter()
        .filter(|(_, o)| o.as_stream().is_ok_and(|s| is_form(&s.dict)))
        .map(|(id, _)| *id)
        .collect();
    for id in forms {
        form(doc, id, &off, report)?;
    }
    Ok(())
}

fn form(
    doc: &mut Document,
    id: ObjectId,
    off: &HashSet<ObjectId>,
    report: &mut Report,
) -> Result<(), Refusal> {
    let Ok(stream) = doc.get_object(id).and_then(Object::as_stream) else {
        return Ok(());
    };
    let own = stream.dict.get_deref(b"Resources", doc).and_then(Object::as_dict);
    let hidden = Hidden::of(doc, &own.cloned().unwrap_or_default(), off);
    if hidden.names.is_empty() {
        return Ok(());
    }
    let Some((clean, count)) = hidden.take_out(&walk::form_content(stream)?) else {
        return Ok(());
    };
    report.add(What::HiddenParts, "document", count);
    if let Ok(stream) = doc.get_object_mut(id).and_then(Object::as_stream_mut) {
        stream.dict.remove(b"Filter");
        stream.dict.remove(b"DecodeParms");
        stream.set_content(clean);
        let _ = stream.compress();
    }
    Ok(())
}

fn annotations(doc: &mut Document, page: ObjectId, off: &HashSet<ObjectId>, report: &mut Report) {
    let list = doc
        .get_dictionary(page)
        .and_then(|d| d.get_deref(b"Annots", doc))
        .and_then(Object::as_array)
        .cloned()
        .unwrap_or_default();
    let shown: Vec<Object> = list
        .iter()
        .filter(|a| {
            let dict = doc.dereference(a).ok().and_then(|(_, o)| o.as_dict().ok());
            !dict
                .and_then(|d| d.get(b"OC").ok())
                .is_some_and(|oc| is_hidden(doc, oc, off, 0))
        })
        .cloned()
        .collect();
    if shown.len() < list.len() {
        report.add(What::HiddenParts, "document", list.len() - shown.len());
        if let Ok(dict) = doc.get_dictionary_mut(page) {
            dict.set("Annots", Object::Array(shown));
        }
    }
}

fn switched_off(doc: &Document) -> HashSet<ObjectId> {
    let mut off = HashSet::new();
    let Ok(all) = doc
        .catalog()
        .and_then(|c| c.get_deref(b"OCProperties", doc))
        .and_then(Object::as_dict)
    else {
        return off;
    };
    let list = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
        let items = dict.get_deref(key, doc).and_then(Object::as_array);
        items
            .into_iter()
            .flatten()
            .filter_map(|o| o.as_reference().ok())
            .collect()
    };
    let Ok(state) = all.get_deref(b"D", doc).and_then(Object::as_dict) else {
        return off;
    };
    if state
        .get(b"BaseState")
        .and_then(Object::as_name)
        .is_ok_and(|n| n == b"OFF")
    {
        off.extend(list(all, b"OCGs"));
        for on in list(state, b"ON") {
            off.remove(&on);
        }
    }
    off.extend(list(state, b"OFF"));
    off
}

/// Whether a group, or a condition on groups, is off.
fn is_hidden(doc: &Document, object: &Object, off: &HashSet<ObjectId>, depth: usize) -> bool {
    if let Ok(id) = object.as_reference()
        && off.contains(&id)
    {
        return true;
    }
    let Ok(dict) = doc.dereference(object).and_then(|(_, o)| o.as_dict()) else {
        return false;
    };
    if depth > DEEPEST
        || !dict
            .get(b"Type")
            .and_then(Object::as_name)
            .is_ok_and(|t| t == b"OCMD")
    {
        return false;
    }
    if let Ok(words) = dict.get_deref(b"VE", doc).and_then(Object::as_array) {
        return !holds(doc, words, off, depth + 1);
    }
    let groups: Vec<Object> = match dict.get(b"OCGs") {
        Ok(one @ Object::Reference(_)) => match doc.dereference(one) {
            Ok((_, Object::Array(items))) => items.clone(),
            _ => vec![one.clone()],
        },
        Ok(Object::Array(items)) => items.clone(),
        _ => Vec::new(),
    };
    if groups.is_empty() {
        return false;
    }
    let off = |o: &Object| is_hidden(doc, o, off, depth + 1);
    match dict.get(b"P").and_then(Object::as_name) {
        Ok(b"AllOn") => groups.iter().any(off),
        Ok(b"AnyOff") => !groups.iter().any(off),
        Ok(b"AllOff") => !groups.iter().all(off),
        _ => groups.iter().all(off),
    }
}

/// Whether a visibility expression is true.
fn holds(doc: &Document, words: &[Object], off: &HashSet<ObjectId>, depth: usize) -> bool {
    let [operator, rest @ ..] = words else { return true };
    let term = |o: &Object| match doc.dereference(o) {
        Ok((_, Object::Array(inner))) if depth < DEEPEST => holds(doc, inner, off, depth + 1),
        _ => !is_hidden(doc, o, off, depth + 1),
    };
    match operator.as_name() {
        Ok(b"Not") => rest.first().is_none_or(|o| !term(o)),
        Ok(b"Or") => rest.iter().any(term),
        _ => rest.iter().all(term),
    }
}

/// The names under which a stream calls what is hidden.
struct Hidden {
    names: HashSet<(bool, Vec<u8>)>,
}

const EMC: [u8; 3] = op(b"EMC");

impl Hidden {
    fn of(doc: &Document, resources: &Dictionary, off: &HashSet<ObjectId>) -> Self {
        let mut names = HashSet::new();
        let group = |key: &[u8]| resources.get_deref(key, doc).and_then(Object::as_dict).ok();
        for (name, object) in group(b"Properties").into_iter().flat_map(Dictionary::iter) {
            if is_hidden(doc, object, off, 0) {
                names.insert((false, name.clone()));
            }
        }
        for (name, object) in group(b"XObject").into_iter().flat_map(Dictionary::iter) {
            let dict = doc
                .dereference(object)
                .ok()
                .and_then(|(_, o)| o.as_stream().ok())
                .map(|s| &s.dict);
            if dict
                .and_then(|d| d.get(b"OC").ok())
                .is_some_and(|oc| is_hidden(doc, oc, off, 0))
            {
                names.insert((true, name.clone()));
            }
        }
        Hidden { names }
    }

    /// The stream without what is hidden, and how many parts that was.
    fn take_out(&self, bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
        if self.names.is_empty() {
            return None;
        }
        let mut open: Vec<bool> = Vec::new();
        let (mut out, mut at, mut count) = (Vec::with_capacity(bytes.len()), 0, 0);
        for op in Lexer::every(bytes) {
            let named = |number: usize, object: bool| {
                op.name_arg(number)
                    .is_some_and(|n| self.names.contains(&(object, n.to_vec())))
            };
            let covered = open.contains(&true);
            match op.name {
                BMC => open.push(false),
                BDC => {
                    let hidden = op.name_arg(0) == Some(b"OC") && named(1, false);
                    count += usize::from(hidden);
                    open.push(hidden);
                }
                EMC => {
                    open.pop();
                }
                _ => {}
            }
            let object = op.name == DO && named(0, true);
            count += usize::from(object && !covered);
            if let Some(instead) = (covered || object).then(|| unseen(&op)).flatten() {
                out.extend_from_slice(&bytes[at..op.span.start]);
                out.extend_from_slice(instead);
                at = op.span.end;
            }
        }
        out.extend_from_slice(&bytes[at..]);
        (count > 0).then_some((out, count))
    }
}

/// What stands for an operator that draws, where nothing is to be drawn.
fn unseen(op: &Op) -> Option<&'static [u8]> {
    let name: &[u8] = &op.name;
    match name {
        b"S\0\0" | b"s\0\0" | b"f\0\0" | b"F\0\0" | b"f*\0" | b"B\0\0" | b"B*\0" | b"b\0\0" | b"b*\0" => {
            Some(b"n")
        }
        b"sh\0" | b"BI\0" => Some(b""),
        _ => match op.name {
            DO | TJ_ONE | TJ_MANY => Some(b""),
            QUOTE | QUOTES => Some(b"T*"),
            _ => None,
        },
    }
}
