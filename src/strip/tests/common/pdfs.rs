//! Small PDFs with a name planted in one place each.

use super::Pdf;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// What every page says and must go on saying.
pub const TEXT: &str = "The science stays.";
/// The name as it is planted.
pub const NAME: &str = "Tamsin Quillfeather";

pub fn shown(words: &str, y: u32) -> String {
    format!("BT /F1 10 Tf 50 {y} Td ({words}) Tj ET\n")
}

pub fn words(words: &str) -> Object {
    Object::string_literal(words)
}

pub fn numbers(list: &[i64]) -> Object {
    Object::Array(list.iter().map(|n| Object::Integer(*n)).collect())
}

/// A page with the text that stays, and whatever `more` does to the file.
pub fn with(more: impl FnOnce(&mut Document, &mut Dictionary, ObjectId)) -> Vec<u8> {
    with_content("", more)
}

/// The same with more content on the page.
pub fn with_content(content: &str, more: impl FnOnce(&mut Document, &mut Dictionary, ObjectId)) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let page = pdf.page(&format!("{}{content}", shown(TEXT, 700)));
    pdf.finish(|doc, catalog| more(doc, catalog, page))
}

pub fn set(doc: &mut Document, page: ObjectId, key: &str, value: impl Into<Object>) {
    doc.get_dictionary_mut(page).unwrap().set(key, value);
}

/// Adds to the page's resources.
pub fn resource(doc: &mut Document, page: ObjectId, group: &str, name: &str, value: impl Into<Object>) {
    let resources = doc
        .get_dictionary_mut(page)
        .unwrap()
        .get_mut(b"Resources")
        .unwrap();
    let resources = resources.as_dict_mut().unwrap();
    if !resources.has(group.as_bytes()) {
        resources.set(group, Dictionary::new());
    }
    let group = resources
        .get_mut(group.as_bytes())
        .unwrap()
        .as_dict_mut()
        .unwrap();
    group.set(name, value);
}

pub fn fonts(doc: &Document, page: ObjectId) -> Object {
    let resources = doc.get_dictionary(page).unwrap().get(b"Resources").unwrap();
    resources.as_dict().unwrap().get(b"Font").unwrap().clone()
}

pub fn stream(doc: &mut Document, dict: Dictionary, content: &[u8]) -> Object {
    Object::Reference(doc.add_object(Stream::new(dict, content.to_vec())))
}

/// A form with this content and the page's fonts.
pub fn form(doc: &mut Document, page: ObjectId, content: &str) -> Object {
    let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0, 0, 300, 50]), "Resources" => dictionary! { "Font" => fonts(doc, page) } };
    stream(doc, dict, content.as_bytes())
}

/// An annotation of a kind with an appearance that shows these words.
pub fn annotation(doc: &mut Document, page: ObjectId, kind: &str, says: &str) -> Dictionary {
    let look = form(doc, page, &format!("BT /F1 10 Tf 2 2 Td ({says}) Tj ET"));
    dictionary! { "Type" => "Annot", "Subtype" => kind, "Rect" => numbers(&[50, 500, 350, 550]), "F" => 4, "T" => words(NAME), "Contents" => words(NAME), "NM" => words(NAME), "Subj" => words(NAME), "RC" => words(NAME), "AP" => dictionary! { "N" => look } }
}

/// The bytes of a JPEG of no pixels with a comment.
pub fn jpeg_with_comment(comment: &str) -> Vec<u8> {
    let mut out = vec![0xFF, 0xD8, 0xFF, 0xFE];
    out.extend(u16::try_from(comment.len() + 2).unwrap().to_be_bytes());
    out.extend(comment.as_bytes());
    out.extend([0xFF, 0xC0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    out.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0xD9]);
    out
}
