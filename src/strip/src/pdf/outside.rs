//! The check from outside: reads the copy with other code than removed anything, and looks for the identity on every page in two
//! orders, in every string and name, in every stream's bytes and in the file's own.

use super::read::{Reader, words};
use super::standard::is_standard;
use crate::model::{Identity, Refusal};
use crate::verify;
use aho_corasick::AhoCorasick;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{MaybeRef, Name, Object};
use std::sync::Arc;

/// Whether a cleaned copy still shows the identity.
pub(crate) fn betrays(bytes: Arc<Vec<u8>>, identity: &Identity) -> Result<bool, Refusal> {
    let pdf = Pdf::new(Arc::clone(&bytes)).map_err(|_| Refusal::Broken)?;
    let reader = Reader::new(&pdf);
    for index in 0..pdf.pages().len() {
        let mut seen = reader.listen(index).unwrap_or_default();
        if verify::text_betrays(&words(seen.iter()), identity) {
            return Ok(true);
        }
        seen.sort_by(|a, b| {
            (a.at.y / 3.0)
                .round()
                .total_cmp(&(b.at.y / 3.0).round())
                .then(a.at.x.total_cmp(&b.at.x))
        });
        if verify::text_betrays(&words(seen.iter()), identity) {
            return Ok(true);
        }
    }
    let exact = Exact::new(identity);
    let mut strings = String::new();
    for object in pdf.objects() {
        gather(&object, &mut strings, 0);
        if let Object::Stream(stream) = &object
            && !is_picture(&object)
            && stream.decoded().is_ok_and(|b| exact.is_in(&b))
        {
            return Ok(true);
        }
    }
    Ok(verify::text_betrays(&strings, identity)
        || exact.is_in(&bytes)
        || verify::bytes_betray(&bytes, identity))
}

/// Pixels are not searched; what else a picture carries has gone, or is in the file's own bytes.
fn is_picture(object: &Object<'_>) -> bool {
    match object {
        Object::Stream(s) => s
            .dict()
            .get::<Name<'_>>("Subtype")
            .is_some_and(|n| n.as_str() == "Image"),
        _ => false,
    }
}

fn gather(object: &Object<'_>, out: &mut String, depth: usize) {
    if depth > 50 {
        return;
    }
    match object {
        Object::String(s) => {
            let bytes = s.as_bytes();
            if bytes.starts_with(&[0xFE, 0xFF]) {
                out.push_str(&encoding_rs::UTF_16BE.decode_with_bom_removal(bytes).0);
            } else {
                out.push_str(&String::from_utf8_lossy(bytes));
            }
            out.push_str("\n;\n");
        }
        Object::Name(name) => note(name, out),
        Object::Array(a) => a.raw_iter().for_each(|o| direct(&o, out, depth)),
        Object::Dict(d) => d.entries().for_each(|(k, o)| entry(&k, &o, out, depth)),
        Object::Stream(s) => s.dict().entries().for_each(|(k, o)| entry(&k, &o, out, depth)),
        _ => {}
    }
}

fn note(name: &Name<'_>, out: &mut String) {
    // Short names are the standard's own, too.
    if name.as_str().len() > 4 && !is_standard(name.as_str()) {
        out.push_str(name.as_str());
        out.push_str("\n;\n");
    }
}

fn entry(key: &Name<'_>, object: &MaybeRef<Object<'_>>, out: &mut String, depth: usize) {
    note(key, out);
    direct(object, out, depth);
}

/// What stands in an object itself; what it refers to is an object of its own.
fn direct(object: &MaybeRef<Object<'_>>, out: &mut String, depth: usize) {
    if let MaybeRef::NotRef(object) = object {
        gather(object, out, depth + 1);
    }
}

/// Whole names, addresses and terms as bytes, in the encodings that files use.
pub(crate) struct Exact(Option<AhoCorasick>);

impl Exact {
    pub fn new(identity: &Identity) -> Self {
        let mut all: Vec<String> = identity.terms.iter().map(|t| t.trim().to_owned()).collect();
        for person in &identity.people {
            let name = person.name.trim();
            all.extend([name, person.email.trim(), person.native_name.trim()].map(str::to_owned));
            if let [first, .., last] = name.split_whitespace().collect::<Vec<_>>().as_slice() {
                all.extend([
                    format!("{first} {last}"),
                    format!("{last}, {first}"),
                    format!("{first}{last}"),
                ]);
            }
        }
        all.extend(all.clone().iter().map(|w| w.to_uppercase()));
        all.retain(|w| w.chars().count() >= 8 || w.chars().count() >= 3 && !w.is_ascii());
        all.sort();
        all.dedup();
        let mut bytes: Vec<Vec<u8>> = Vec::new();
        for words in &all {
            bytes.push(words.as_bytes().to_vec());
            bytes.push(words.encode_utf16().flat_map(u16::to_be_bytes).collect());
            bytes.push(words.encode_utf16().flat_map(u16::to_le_bytes).collect());
            if !words.is_ascii() {
                bytes.push(encoding_rs::GB18030.encode(words).0.into_owned());
                bytes.push(encoding_rs::WINDOWS_1252.encode(words).0.into_owned());
            }
        }
        Exact(if bytes.is_empty() {
            None
        } else {
            AhoCorasick::new(&bytes).ok()
        })
    }

    /// Where they stand, as words of their own.
    pub fn places(&self, bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
        let Some(search) = &self.0 else { return Vec::new() };
        let letter = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_alphabetic)
        };
        search
            .find_overlapping_iter(bytes)
            .filter(|m| !letter(m.start().checked_sub(1)) && !letter(Some(m.end())))
            .map(|m| m.start()..m.end())
            .collect()
    }

    fn is_in(&self, bytes: &[u8]) -> bool {
        !self.places(bytes).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Person;

    #[test]
    fn exact_words_in_any_encoding() {
        let identity = Identity {
            people: vec![Person {
                name: "Tamsin Quillfeather".into(),
                native_name: "沈玉兰".into(),
                ..Person::default()
            }],
            ..Identity::default()
        };
        let exact = Exact::new(&identity);
        let wide: Vec<u8> = "Quillfeather, Tamsin"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let chinese = encoding_rs::GB18030.encode("由沈玉兰等").0.into_owned();
        for bytes in [b"(TAMSIN QUILLFEATHER)".as_slice(), &wide, &chinese] {
            assert!(exact.is_in(bytes));
        }
        assert!(!exact.is_in(b"Tamsin Quillfeathers") && !exact.is_in(b"nobody"));
    }
}
