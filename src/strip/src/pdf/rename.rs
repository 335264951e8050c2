//! Names of the file's own making (of resources, fonts, glyphs, marks) that betray somebody get a number instead.

use super::lexer::Op;
use super::standard::is_standard;
use crate::matcher::Matcher;
use lopdf::{Dictionary, Document, Object};
use std::collections::{BTreeMap, BTreeSet};

/// New names by old ones.
pub(crate) type Names = BTreeMap<Vec<u8>, Vec<u8>>;

/// Shorter names are the standard's own, or say nothing.
const SHORTEST: usize = 5;
/// More different tags than this no content has.
const MOST: usize = 10_000;

/// Notes the names in an operator of marked content, which no dictionary lists.
pub(crate) fn note_tags(operator: &Op, out: &mut BTreeSet<Vec<u8>>) {
    for at in 0..2 {
        if let Some(name) = operator.name_arg(at).filter(|n| n.len() >= SHORTEST)
            && out.len() < MOST
            && !out.contains(name)
        {
            out.insert(name.to_vec());
        }
    }
}

/// The names that betray somebody.
pub(crate) fn find(doc: &Document, mut all: BTreeSet<Vec<u8>>, matcher: &Matcher) -> Names {
    for object in doc.objects.values() {
        gather(object, &mut all, 0);
    }
    let mut out = Names::new();
    for name in &all {
        let standard = str::from_utf8(name).is_ok_and(is_standard);
        if standard || matcher.known(&apart(name), false).is_empty() {
            continue;
        }
        let fresh = (out.len()..)
            .map(|n| format!("Nm{n}").into_bytes())
            .find(|n| !all.contains(n));
        out.extend(fresh.map(|f| (name.clone(), f)));
    }
    out
}

/// The words of a name such as `QuillSpot_2`.
fn apart(name: &[u8]) -> String {
    let mut out = String::new();
    for c in String::from_utf8_lossy(name).chars() {
        let last = out.chars().next_back().unwrap_or(' ');
        if last.is_lowercase() && (c.is_uppercase() || c.is_ascii_digit()) {
            out.push(' ');
        }
        out.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    out
}

fn gather(object: &Object, all: &mut BTreeSet<Vec<u8>>, depth: usize) {
    if depth > super::scrub::DEEPEST {
        return;
    }
    let mut note = |name: &[u8]| {
        if name.len() >= SHORTEST && !all.contains(name) {
            all.insert(name.to_vec());
        }
    };
    let dict = match object {
        Object::Name(name) => return note(name),
        Object::Array(items) => return items.iter().for_each(|o| gather(o, all, depth + 1)),
        Object::Dictionary(dict) => dict,
        Object::Stream(stream) => &stream.dict,
        _ => return,
    };
    dict.iter().for_each(|(k, _)| note(k));
    dict.iter().for_each(|(_, o)| gather(o, all, depth + 1));
}

/// Gives the new names to all objects.
pub(crate) fn objects(doc: &mut Document, names: &Names) {
    doc.objects.values_mut().for_each(|o| object(o, names, 0));
}

fn object(o: &mut Object, names: &Names, depth: usize) {
    if depth > super::scrub::DEEPEST {
        return;
    }
    match o {
        Object::Name(name) => {
            if let Some(new) = names.get(name) {
                name.clone_from(new);
            }
        }
        Object::Array(items) => items.iter_mut().for_each(|o| object(o, names, depth + 1)),
        Object::Dictionary(dict) => dictionary(dict, names, depth),
        Object::Stream(stream) => dictionary(&mut stream.dict, names, depth),
        _ => {}
    }
}

fn dictionary(dict: &mut Dictionary, names: &Names, depth: usize) {
    let old: Vec<Vec<u8>> = dict
        .iter()
        .map(|(k, _)| k.clone())
        .filter(|k| names.contains_key(k))
        .collect();
    for key in old {
        if let (Some(value), Some(new)) = (dict.remove(&key), names.get(&key)) {
            dict.set(new.clone(), value);
        }
    }
    dict.iter_mut().for_each(|(_, o)| object(o, names, depth + 1));
}

/// A content stream with the new names, or nothing when it uses none of the old.
pub(crate) fn content(bytes: &[u8], names: &Names) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let (mut at, mut changed) = (0, false);
    while at < bytes.len() {
        let hit = (bytes[at] == b'/')
            .then(|| names.iter().find(|(old, _)| is_name(bytes, at + 1, old)))
            .flatten();
        match hit {
            Some((old, new)) => {
                out.push(b'/');
                out.extend_from_slice(new);
                at += 1 + old.len();
                changed = true;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    changed.then_some(out)
}

fn is_name(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|b| b.starts_with(name))
        && !bytes
            .get(at + name.len())
            .is_some_and(|b| !b.is_ascii_whitespace() && *b != 0 && !b"()<>[]{}/%".contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_change() {
        let names = Names::from([(b"Quill".to_vec(), b"Nm0".to_vec())]);
        assert_eq!(
            content(b"/Quill Do /Quills Do /Quill<<>> BDC", &names).as_deref(),
            Some(&b"/Nm0 Do /Quills Do /Nm0<<>> BDC"[..])
        );
        assert!(content(b"/Other Do", &names).is_none());
    }
}
