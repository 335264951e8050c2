//! Which parts of a package are content: those reached from the main document by relations on the list below. All else stays behind.

use super::package::Parts;
use super::xml::{self, Element};
use crate::model::{Refusal, What};
use std::collections::{BTreeMap, VecDeque};

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

/// A part that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Its name in the input.
    pub old: String,
    /// Its neutral name in the copy.
    pub new: String,
    /// The kind of relation that leads to it; `document` for the main part.
    pub kind: String,
    /// The media type, as the input gives it.
    pub media_type: String,
    pub rels: Vec<Rel>,
}

/// The kept parts and what was left behind.
pub(crate) struct Graph {
    pub kept: Vec<Kept>,
    pub left: BTreeMap<What, usize>,
}

/// Relations whose targets are content, and the folder and stem of their neutral names.
const CONTENT: &[(&str, &str)] = &[
    ("styles", "word/styles"),
    ("settings", "word/settings"),
    ("fontTable", "word/fontTable"),
    ("numbering", "word/numbering"),
    ("theme", "word/theme/theme"),
    ("footnotes", "word/footnotes"),
    ("endnotes", "word/endnotes"),
    ("header", "word/header"),
    ("footer", "word/footer"),
    ("image", "word/media/image"),
    ("chart", "word/charts/chart"),
    ("chartStyle", "word/charts/style"),
    ("chartColorStyle", "word/charts/colors"),
    ("diagramData", "word/diagrams/data"),
    ("diagramLayout", "word/diagrams/layout"),
    ("diagramQuickStyle", "word/diagrams/quickStyle"),
    ("diagramColors", "word/diagrams/colors"),
    ("diagramDrawing", "word/diagrams/drawing"),
];

/// Kinds whose XML we change and write again.
pub(crate) fn is_xml(kind: &str) -> bool {
    kind != "image"
}

/// Reads the package's structure. Refuses what is signed, carries macros or is no text document.
pub(crate) fn read(parts: &Parts) -> Result<Graph, Refusal> {
    let types = content_types(parts)?;
    if parts.keys().any(|n| n.starts_with("_xmlsignatures/")) {
        return Err(Refusal::Signed);
    }
    if parts.keys().any(|n| n.ends_with("vbaProject.bin"))
        || types
            .values()
            .any(|t| t.contains("macroEnabled") || t.contains("vbaProject"))
    {
        return Err(Refusal::Macros);
    }
    let root = rels(parts, "")?;
    let main = root
        .iter()
        .find(|r| r.kind == "officeDocument")
        .map_or("word/document.xml".to_owned(), |r| resolve("", &r.target));
    if !parts.contains_key(&main) {
        return Err(Refusal::Broken);
    }
    let main_type = type_of(&types, &main);
    if !main_type.contains("wordprocessingml") {
        return Err(
            if main_type.contains("spreadsheet") || main_type.contains("presentation") {
                Refusal::Unsupported
            } else {
                Refusal::Broken
            },
        );
    }
    let mut graph = Graph {
        kept: Vec::new(),
        left: BTreeMap::new(),
    };
    follow(parts, &types, main, &mut graph)?;
    graph.left = left_behind(parts, &graph);
    Ok(graph)
}

fn follow(
    parts: &Parts,
    types: &BTreeMap<String, String>,
    main: String,
    graph: &mut Graph,
) -> Result<(), Refusal> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut todo = VecDeque::from([(main.clone(), "document".to_owned())]);
    names.insert(main, "word/document.xml".to_owned());
    while let Some((old, kind)) = todo.pop_front() {
        let mut kept = Vec::new();
        for mut rel in if is_xml(&kind) {
            rels(parts, &old)?
        } else {
            Vec::new()
        } {
            if rel.external {
                kept.push(rel);
                continue;
            }
            let target = resolve(&old, &rel.target);
            let Some((_, stem)) = CONTENT
                .iter()
                .find(|(k, _)| *k == rel.kind)
                .filter(|_| parts.contains_key(&target))
            else {
                continue;
            };
            let new = names.entry(target.clone()).or_insert_with(|| {
                let count = counts.entry(stem).or_default();
                *count += 1;
                todo.push_back((target.clone(), rel.kind.clone()));
                let numbered = matches!(
                    rel.kind.as_str(),
                    "styles" | "settings" | "fontTable" | "numbering" | "footnotes" | "endnotes"
                ) && *count == 1;
                let number = if numbered {
                    String::new()
                } else {
                    count.to_string()
                };
                format!(
                    "{stem}{number}.{}",
                    if rel.kind == "image" { "bin" } else { "xml" }
                )
            });
            rel.target = new.clone();
            kept.push(rel);
        }
        let media_type = type_of(types, &old);
        graph.kept.push(Kept {
            new: names[&old].clone(),
            old,
            kind,
            media_type,
            rels: kept,
        });
    }
    Ok(())
}

/// What kinds of parts did not make it.
fn left_behind(parts: &Parts, graph: &Graph) -> BTreeMap<What, usize> {
    let mut left = BTreeMap::new();
    for name in parts.keys() {
        if name == "[Content_Types].xml"
            || name.ends_with(".rels")
            || graph.kept.iter().any(|k| k.old == *name)
        {
            continue;
        }
        let lower = name.to_lowercase();
        let what = if lower.starts_with("docprops/") || lower.starts_with("docmetadata/") {
            What::Properties
        } else if lower.contains("comments") || lower.contains("people") {
            What::Comments
        } else if lower.contains("/embeddings/") || lower.contains("activex") {
            What::Attachments
        } else {
            What::HiddenParts
        };
        *left.entry(what).or_default() += 1;
    }
    left
}

fn content_types(parts: &Parts) -> Result<BTreeMap<String, String>, Refusal> {
    let root = xml::parse(parts.get("[Content_Types].xml").ok_or(Refusal::Broken)?)?;
    let mut types = BTreeMap::new();
    for e in root.elements() {
        let value = e.attr("ContentType").unwrap_or_default().to_owned();
        match e.local() {
            "Default" => types.insert(
                format!("*.{}", e.attr("Extension").unwrap_or_default().to_lowercase()),
                value,
            ),
            "Override" => types.insert(
                e.attr("PartName")
                    .unwrap_or_default()
                    .trim_start_matches('/')
                    .to_owned(),
                value,
            ),
            _ => None,
        };
    }
    if types.is_empty() {
        Err(Refusal::Broken)
    } else {
        Ok(types)
    }
}

fn type_of(types: &BTreeMap<String, String>, part: &str) -> String {
    let extension = part.rsplit('.').next().unwrap_or_default().to_lowercase();
    types
        .get(part)
        .or_else(|| types.get(&format!("*.{extension}")))
        .cloned()
        .unwrap_or_default()
}

/// The relations of a part; of the package itself for an empty name.
fn rels(parts: &Parts, of: &str) -> Result<Vec<Rel>, Refusal> {
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
    Ok(root
        .elements()
        .filter(|e| e.local() == "Relationship")
        .map(one)
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
