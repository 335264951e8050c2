//! Lays the kept parts out as a package of its own.

use super::{TEXT, Work};
use crate::docx::xml::{self, Element};
use crate::picture;

/// Lays the parts out under their neutral names, with a fresh manifest.
pub(super) fn pack(
    works: Vec<Work>,
    pictures: Vec<(String, Vec<u8>)>,
    settings: Option<Vec<u8>>,
) -> Vec<(String, Vec<u8>)> {
    let mut used = Vec::new();
    for work in &works {
        work.tree.walk(&mut |e| {
            used.extend(
                e.attr("xlink:href")
                    .map(|h| h.trim_start_matches("../").to_owned()),
            )
        });
    }
    let mut out = vec![("mimetype".to_owned(), TEXT.as_bytes().to_vec())];
    out.extend(works.iter().map(|w| (w.name.clone(), xml::write(&w.tree))));
    out.extend(settings.map(|s| ("settings.xml".to_owned(), s)));
    out.extend(pictures.into_iter().filter(|(name, _)| used.contains(name)));
    let mut manifest = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">",
    );
    let mut entry = |path: &str, kind: &str| {
        manifest.push_str(&format!(
            "<manifest:file-entry manifest:full-path=\"{path}\" manifest:media-type=\"{kind}\"/>"
        ));
    };
    entry("/", TEXT);
    for work in &works {
        if let Some(folder) = work.name.strip_suffix("content.xml").filter(|f| !f.is_empty()) {
            entry(folder, object_type(&work.tree));
        }
    }
    for (name, bytes) in out.iter().skip(1) {
        let kind = match picture::kind(bytes) {
            Some(kind) if name.starts_with("Pictures/") => picture::media_type(kind),
            _ => "text/xml".to_owned(),
        };
        entry(name, &kind);
    }
    manifest.push_str("</manifest:manifest>");
    out.push(("META-INF/manifest.xml".to_owned(), manifest.into_bytes()));
    out
}

fn object_type(tree: &Element) -> &'static str {
    let body = tree.child("office:body").and_then(|b| b.elements().next());
    match (&*tree.tag, body.map(|b| &*b.tag)) {
        (tag, _) if tag.starts_with("math:") || tag == "math" => "application/vnd.oasis.opendocument.formula",
        (_, Some("office:chart")) => "application/vnd.oasis.opendocument.chart",
        (_, Some("office:spreadsheet")) => "application/vnd.oasis.opendocument.spreadsheet",
        (_, Some("office:drawing")) => "application/vnd.oasis.opendocument.graphics",
        _ => TEXT,
    }
}
