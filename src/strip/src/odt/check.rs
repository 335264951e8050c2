//! Whether a file is an OpenDocument text that may be cleaned.

use super::TEXT;
use crate::docx::package::Parts;
use crate::docx::xml::Element;
use crate::model::Refusal;

/// Whether a package is an OpenDocument text; refuses other documents of the family.
pub(crate) fn probe(parts: &Parts) -> Result<bool, Refusal> {
    let kind = parts
        .get("mimetype")
        .map(|b| String::from_utf8_lossy(b).trim().to_owned());
    let content = parts.contains_key("content.xml") && parts.contains_key("META-INF/manifest.xml");
    match kind.as_deref() {
        Some(
            TEXT
            | "application/vnd.oasis.opendocument.text-template"
            | "application/vnd.oasis.opendocument.text-master",
        ) => {}
        Some(other) if other.starts_with("application/vnd.oasis.opendocument") => {
            return Err(Refusal::OfficeFormat);
        }
        Some(_) => return Err(Refusal::Unsupported),
        None if content => {}
        None => return Ok(false),
    }
    if parts.contains_key("encrypted-package") || manifest_says(parts, "encryption-data") {
        return Err(Refusal::Encrypted);
    }
    let signed = |n: &String| n.starts_with("META-INF/") && n.to_lowercase().contains("signature");
    if parts.keys().any(signed) {
        return Err(Refusal::Signed);
    }
    if parts.keys().any(|n| is_macro(n)) {
        return Err(Refusal::Macros);
    }
    if !parts.contains_key("content.xml") {
        return Err(Refusal::Broken);
    }
    Ok(true)
}

fn manifest_says(parts: &Parts, words: &str) -> bool {
    parts
        .get("META-INF/manifest.xml")
        .is_some_and(|b| String::from_utf8_lossy(b).contains(words))
}

/// Every file has an empty library; a module in it is a macro.
fn is_macro(name: &str) -> bool {
    (name.starts_with("Basic/") || name.starts_with("Dialogs/"))
        && name.ends_with(".xml")
        && !name.ends_with("script-lc.xml")
        && !name.ends_with("script-lb.xml")
        && !name.ends_with("dialog-lc.xml")
        && !name.ends_with("dialog-lb.xml")
        || name.starts_with("Scripts/") && !name.ends_with('/')
}

/// Whether a tree is a flat text document that may be cleaned.
pub(crate) fn check_flat(tree: &Element) -> Result<(), Refusal> {
    if &*tree.tag != "office:document" {
        return Err(Refusal::Unsupported);
    }
    if tree.attr("office:mimetype").is_some_and(|m| !m.starts_with(TEXT)) {
        return Err(Refusal::OfficeFormat);
    }
    let body = tree.child("office:body").ok_or(Refusal::Broken)?;
    if body.child("office:text").is_none() {
        return Err(Refusal::OfficeFormat);
    }
    let mut macros = false;
    tree.walk(&mut |e| macros |= matches!(&*e.tag, "ooo:module" | "script:module"));
    if macros { Err(Refusal::Macros) } else { Ok(()) }
}
