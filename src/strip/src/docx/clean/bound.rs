//! Content controls that show a property of the document.

use crate::docx::xml::{Element, Node};
use crate::token;

/// Properties of a document that name who wrote it and where; a content control bound to one shows its value.
const BOUND: &[&str] = &[
    "creator",
    "lastModifiedBy",
    "Company",
    "Manager",
    "CompanyAddress",
    "CompanyPhone",
    "CompanyFax",
    "CompanyEmail",
];

pub(super) fn bound_to_identity(control: &Element) -> bool {
    if &*control.tag != "w:sdt" {
        return false;
    }
    let Some(properties) = control.child("w:sdtPr") else {
        return false;
    };
    properties
        .elements()
        .filter(|e| e.local() == "dataBinding")
        .any(|b| {
            let path = b.attr("w:xpath").unwrap_or_default();
            let last = path.rsplit('/').next().unwrap_or_default();
            let name = last.rsplit(':').next().unwrap_or_default();
            let name = name.split('[').next().unwrap_or_default();
            BOUND.contains(&name) || name == "Author"
        })
}

/// Replaces the words of a tree by one neutral token.
pub(super) fn blank(element: &mut Element, placed: &mut bool) {
    for node in &mut element.children {
        let Node::Element(child) = node else { continue };
        if &*child.tag == "w:t" {
            let words = if *placed || child.text().trim().is_empty() {
                ""
            } else {
                token::LATIN
            };
            *placed |= !words.is_empty();
            child.children = vec![Node::Text(words.to_owned())];
        } else {
            blank(child, placed);
        }
    }
}
