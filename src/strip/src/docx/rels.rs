//! Relations: what a part refers to, and which part of the package that is.

use super::package::Parts;
use super::xml::{self, Element};
use crate::model::Refusal;
use std::collections::{BTreeMap, HashSet};

/// A relation as a part has it.
#[derive(Clone, Debug)]
pub(crate) struct Rel {
    pub id: String,
    /// The last word of its type, such as `image`.
    pub kind: String,
    /// The whole type.
    pub full: String,
    pub target: String,
    pub external: bool,
}

/// Parts by their lower-case names: names that differ in case only are the same part.
pub(super) type Places = BTreeMap<String, String>;

pub(super) fn places(parts: &Parts) -> Places {
    parts.keys().map(|n| (n.to_lowercase(), n.clone())).collect()
}

/// The part a target means; targets may write letters as `%20`.
pub(super) fn find(places: &Places, from: &str, target: &str) -> Option<String> {
    let plain = resolve(from, target);
    places
        .get(&plain.to_lowercase())
        .or_else(|| places.get(&unpercent(&plain).to_lowercase()))
        .cloned()
}

fn unpercent(target: &str) -> String {
    let mut out = Vec::with_capacity(target.len());
    let mut rest = target.as_bytes();
    while let [first, tail @ ..] = rest {
        let coded = (*first == b'%')
            .then(|| tail.get(..2).and_then(|h| str::from_utf8(h).ok()))
            .flatten()
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        out.push(coded.unwrap_or(*first));
        rest = if coded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The relations of a part; of the package itself for an empty name.
pub(super) fn rels(parts: &Parts, of: &str) -> Result<Vec<Rel>, Refusal> {
    let (folder, file) = of.rsplit_once('/').map_or(("", of), |(a, b)| (a, b));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let Some(bytes) = parts.get(&name) else {
        return Ok(Vec::new());
    };
    let root = xml::parse(bytes)?;
    let one = |e: &Element| {
        let full = e.attr("Type").unwrap_or_default().to_owned();
        Rel {
            id: e.attr("Id").unwrap_or_default().to_owned(),
            kind: full.rsplit('/').next().unwrap_or_default().to_owned(),
            target: e.attr("Target").unwrap_or_default().to_owned(),
            external: e
                .attr("TargetMode")
                .is_some_and(|m| m.eq_ignore_ascii_case("external")),
            full,
        }
    };
    // Of several with one id, which only damage makes, the first counts.
    let mut seen = HashSet::new();
    Ok(root
        .elements()
        .filter(|e| e.local() == "Relationship")
        .map(one)
        .filter(|r| seen.insert(r.id.clone()))
        .collect())
}

/// The part a relation's target means, seen from the part that has it.
fn resolve(from: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Writes a part's relations, targets seen from its folder.
pub(crate) fn write_rels(from: &str, rels: &[Rel]) -> Vec<u8> {
    let folder = from.rsplit_once('/').map_or("", |(f, _)| f);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for rel in rels {
        let inside = rel
            .target
            .strip_prefix(&format!("{folder}/"))
            .filter(|_| !folder.is_empty())
            .map(str::to_owned);
        let target = if rel.external {
            rel.target.clone()
        } else {
            inside.unwrap_or_else(|| format!("/{}", rel.target))
        };
        let mode = if rel.external {
            " TargetMode=\"External\""
        } else {
            ""
        };
        let e = |s: &str| quick_xml::escape::escape(s).into_owned();
        out.push_str(&format!(
            "<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>",
            e(&rel.id),
            e(&rel.full),
            e(&target)
        ));
    }
    out.push_str("</Relationships>");
    out.into_bytes()
}
