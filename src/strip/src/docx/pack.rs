//! Lays the kept parts out as a package of its own.

use super::Work;
use super::graph;
use super::rels::{self, Rel};
use crate::model::Refusal;
use std::collections::HashSet;

/// Lays the parts out under their neutral names, with fresh types and relations. `relation`: the type of the relation that leads to
/// the main part, which is another one in the strict variant.
pub(super) fn pack(works: Vec<Work>, relation: &str) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut types = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    );
    let mut seen = HashSet::new();
    for kept in works.iter().map(|w| &w.kept).filter(|k| !graph::is_xml(&k.kind)) {
        let extension = kept.new.rsplit('.').next().unwrap_or_default().to_owned();
        if seen.insert(extension.clone()) {
            types.push_str(&format!(
                "<Default Extension=\"{extension}\" ContentType=\"{}\"/>",
                kept.media_type
            ));
        }
    }
    for kept in works.iter().map(|w| &w.kept).filter(|k| graph::is_xml(&k.kind)) {
        types.push_str(&format!(
            "<Override PartName=\"/{}\" ContentType=\"{}\"/>",
            kept.new,
            quick_xml::escape::escape(kept.media_type.as_str())
        ));
    }
    types.push_str("</Types>");
    let main = Rel {
        id: "rId1".into(),
        kind: String::new(),
        full: relation.to_owned(),
        target: "word/document.xml".into(),
        external: false,
    };
    let mut out = vec![
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), rels::write_rels("", &[main])),
    ];
    for work in works {
        if !work.kept.rels.is_empty() {
            let (folder, file) = work.kept.new.rsplit_once('/').unwrap_or(("", &work.kept.new));
            out.push((
                format!("{folder}/_rels/{file}.rels"),
                rels::write_rels(&work.kept.new, &work.kept.rels),
            ));
        }
        let bytes = match work.tree {
            Some(tree) => tree.write()?,
            None => work.bytes,
        };
        out.push((work.kept.new, bytes));
    }
    Ok(out)
}
