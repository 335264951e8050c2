//! Which parts of a package are content: those reached from the main document by relations on the list below. All else stays behind.

use super::package::Parts;
use super::rels::{Places, Rel, find, places, rels};
use super::xml;
use crate::model::{Refusal, What};
use std::collections::{BTreeMap, VecDeque};

/// A part that is kept.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    /// Its name in the input.
    pub old: String,
    /// Its neutral name in the copy.
    pub new: String,
    /// The kind of relation that leads to it; `document` for the main part.
    pub kind: String,
    /// The media type; of a picture it is told by its bytes, later.
    pub media_type: String,
    pub rels: Vec<Rel>,
}

/// The kept parts and what was left behind.
pub(crate) struct Graph {
    pub kept: Vec<Kept>,
    pub left: BTreeMap<What, usize>,
    /// Foreign texts, by the part that takes them in and the relation's id.
    pub chunks: BTreeMap<(String, String), String>,
    /// The type of the relation that leads to the main part.
    pub main: String,
}

/// Relations whose targets are content, the folder and stem of their neutral names, and their media types: never taken from
/// the input, whose own list may be missing, broken or lying.
const CONTENT: &[(&str, &str, &str)] = &[
    ("styles", "word/styles", "wordprocessingml.styles"),
    ("settings", "word/settings", "wordprocessingml.settings"),
    ("fontTable", "word/fontTable", "wordprocessingml.fontTable"),
    ("numbering", "word/numbering", "wordprocessingml.numbering"),
    ("theme", "word/theme/theme", "theme"),
    ("themeOverride", "word/theme/themeOverride", "themeOverride"),
    ("footnotes", "word/footnotes", "wordprocessingml.footnotes"),
    ("endnotes", "word/endnotes", "wordprocessingml.endnotes"),
    ("header", "word/header", "wordprocessingml.header"),
    ("footer", "word/footer", "wordprocessingml.footer"),
    ("image", "word/media/image", ""),
    ("chart", "word/charts/chart", "drawingml.chart"),
    (
        "chartEx",
        "word/charts/chartEx",
        "application/vnd.ms-office.chartex+xml",
    ),
    (
        "chartStyle",
        "word/charts/style",
        "application/vnd.ms-office.chartstyle+xml",
    ),
    (
        "chartColorStyle",
        "word/charts/colors",
        "application/vnd.ms-office.chartcolorstyle+xml",
    ),
    (
        "chartUserShapes",
        "word/drawings/drawing",
        "drawingml.chartshapes",
    ),
    ("diagramData", "word/diagrams/data", "drawingml.diagramData"),
    ("diagramLayout", "word/diagrams/layout", "drawingml.diagramLayout"),
    (
        "diagramQuickStyle",
        "word/diagrams/quickStyle",
        "drawingml.diagramStyle",
    ),
    ("diagramColors", "word/diagrams/colors", "drawingml.diagramColors"),
    (
        "diagramDrawing",
        "word/diagrams/drawing",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    ),
];

/// The type of the relation that leads to the main part.
const MAIN: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

/// Kinds whose XML we change and write again.
pub(crate) fn is_xml(kind: &str) -> bool {
    kind != "image"
}

/// The media type of a part of a kind.
fn media_type(kind: &str) -> String {
    let short = match kind {
        "document" => "wordprocessingml.document.main",
        kind => CONTENT.iter().find(|c| c.0 == kind).map_or("", |c| c.2),
    };
    if short.is_empty() || short.contains('/') {
        short.to_owned()
    } else {
        format!("application/vnd.openxmlformats-officedocument.{short}+xml")
    }
}

/// Reads the package's structure. Refuses what is signed, carries macros or is no text document.
///
/// The list of media types and the package's own relations only say what the main part says itself, so that a package
/// without them, or with broken ones, is read all the same.
pub(crate) fn read(parts: &Parts) -> Result<Graph, Refusal> {
    let types = content_types(parts);
    if parts
        .keys()
        .any(|n| n.to_lowercase().starts_with("_xmlsignatures/"))
    {
        return Err(Refusal::Signed);
    }
    if parts.keys().any(|n| n.to_lowercase().ends_with("vbaproject.bin"))
        || types
            .values()
            .any(|t| t.contains("macroEnabled") || t.contains("vbaProject"))
    {
        return Err(Refusal::Macros);
    }
    let places = places(parts);
    let root = rels(parts, "").unwrap_or_default();
    let relation = root.iter().find(|r| r.kind == "officeDocument");
    let main = relation
        .and_then(|r| find(&places, "", &r.target))
        .or_else(|| find(&places, "", "word/document.xml"))
        .ok_or(Refusal::Broken)?;
    let main_type = type_of(&types, &main);
    if main_type.contains("spreadsheet") || main_type.contains("presentation") {
        return Err(Refusal::Unsupported);
    }
    let mut graph = Graph {
        kept: Vec::new(),
        left: BTreeMap::new(),
        chunks: BTreeMap::new(),
        main: relation.map_or(MAIN.to_owned(), |r| r.full.clone()),
    };
    follow(parts, &places, main, &mut graph)?;
    graph.left = left_behind(parts, &graph);
    Ok(graph)
}

fn follow(parts: &Parts, places: &Places, main: String, graph: &mut Graph) -> Result<(), Refusal> {
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
            if rel.kind == "aFChunk"
                && let Some(target) = find(places, &old, &rel.target)
            {
                graph.chunks.insert((old.clone(), rel.id.clone()), target);
            }
            let Some((_, stem, _)) = CONTENT.iter().find(|(k, ..)| *k == rel.kind) else {
                continue;
            };
            let Some(target) = find(places, &old, &rel.target) else {
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
        let media_type = media_type(&kind);
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
///
/// Files inside the file (workbooks behind charts, embedded documents and slides) are among them: what the page shows of one is its
/// picture or the chart's own labels, which stay and are cleaned; the rest of it (other sheets, notes, earlier figures) no reader of
/// the page sees, and nobody has looked through it. They are counted as attachments, so that the author can send one that
/// reviewers need as a supplement of its own.
fn left_behind(parts: &Parts, graph: &Graph) -> BTreeMap<What, usize> {
    let mut left = BTreeMap::new();
    for name in parts.keys() {
        if name == "[Content_Types].xml"
            || name.ends_with(".rels")
            || graph.kept.iter().any(|k| k.old == *name)
            || graph.chunks.values().any(|c| c == name)
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

/// The media types as the package lists them; none if the list is missing or broken.
fn content_types(parts: &Parts) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    let Some(root) = parts.get("[Content_Types].xml").and_then(|b| xml::parse(b).ok()) else {
        return types;
    };
    for e in root.elements() {
        let value = e.attr("ContentType").unwrap_or_default().to_owned();
        let key = match e.local() {
            "Default" => format!("*.{}", e.attr("Extension").unwrap_or_default().to_lowercase()),
            "Override" => e
                .attr("PartName")
                .unwrap_or_default()
                .trim_start_matches('/')
                .to_lowercase(),
            _ => continue,
        };
        types.insert(key, value);
    }
    types
}

fn type_of(types: &BTreeMap<String, String>, part: &str) -> String {
    let extension = part.rsplit('.').next().unwrap_or_default().to_lowercase();
    types
        .get(&part.to_lowercase())
        .or_else(|| types.get(&format!("*.{extension}")))
        .cloned()
        .unwrap_or_default()
}
