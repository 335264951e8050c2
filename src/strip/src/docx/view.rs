//! The plain reading view of a DOCX, and its visible text.

use super::chunk;
use super::clean::{Cleaner, Unseen};
use super::graph::{self, Graph};
use super::package::{self, Parts};
use super::xml::{self, Element, Node};
use super::{fields, story};
use crate::fold::SEAM;
use crate::model::{Block, Refusal};
use crate::picture;
use std::collections::BTreeMap;

/// The document as blocks: headings, paragraphs, lists, tables, pictures; notes at the end.
pub(crate) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let parts = package::read(bytes)?;
    let graph = graph::read(&parts)?;
    let styles = graph
        .kept
        .iter()
        .find(|k| k.kind == "styles")
        .and_then(|k| parts.get(&k.old))
        .and_then(|b| xml::parse(b).ok());
    let mut view = View {
        parts: &parts,
        pictures: pictures(&graph),
        levels: levels(styles.as_ref()),
        out: Vec::new(),
    };
    let main = tree(&parts, &graph, "document")?.ok_or(Refusal::Broken)?;
    for body in main.elements() {
        view.flow(body);
    }
    for kind in ["footnotes", "endnotes"] {
        for note in tree(&parts, &graph, kind)?
            .iter()
            .flat_map(Element::elements)
            .filter(|n| n.attr("w:type").is_none())
        {
            view.flow(note);
        }
    }
    Ok(view.out)
}

/// The visible text, a line per paragraph.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let parts = package::read(bytes)?;
    let graph = graph::read(&parts)?;
    let mut out = String::new();
    for kind in ["document", "footnotes", "endnotes"] {
        if let Some(root) = tree(&parts, &graph, kind)? {
            root.walk(&mut |e| {
                if story::is_para(e) {
                    let words = words(e);
                    if !words.is_empty() {
                        out.push_str(&words);
                        out.push('\n');
                    }
                }
            });
        }
    }
    Ok(out)
}

/// A part's tree with its revisions resolved and its fields flattened; links stay, they are not shown.
fn tree(parts: &Parts, graph: &Graph, kind: &str) -> Result<Option<Element>, Refusal> {
    let Some(kept) = graph.kept.iter().find(|k| k.kind == kind) else {
        return Ok(None);
    };
    let mut root = xml::parse(parts.get(&kept.old).ok_or(Refusal::Broken)?)?;
    chunk::expand(&mut root, &kept.old, graph, parts)?;
    let live = kept.rels.iter().map(|r| r.id.clone()).collect();
    let styles = graph
        .kept
        .iter()
        .find(|k| k.kind == "styles")
        .and_then(|k| parts.get(&k.old))
        .and_then(|b| xml::parse(b).ok());
    let mut unseen = Unseen::new(styles.as_ref());
    unseen.coloured_page = root.child("w:background").is_some();
    let mut cleaner = Cleaner::new(live, unseen);
    cleaner.clean(&mut root);
    fields::flatten(&mut root);
    Ok(Some(root))
}

fn words(paragraph: &Element) -> String {
    story::text(paragraph).replace(SEAM, "").trim().to_owned()
}

/// Relation ids of the main part's pictures, and the parts they mean.
fn pictures(graph: &Graph) -> BTreeMap<String, String> {
    let Some(main) = graph.kept.first() else {
        return BTreeMap::new();
    };
    let old = |new: &str| graph.kept.iter().find(|k| k.new == new).map(|k| k.old.clone());
    main.rels
        .iter()
        .filter(|r| r.kind == "image")
        .filter_map(|r| Some((r.id.clone(), old(&r.target)?)))
        .collect()
}

/// Heading styles and their levels.
fn levels(styles: Option<&Element>) -> BTreeMap<String, u8> {
    let headings = story::heading_styles(styles);
    let mut found = BTreeMap::new();
    for style in styles
        .into_iter()
        .flat_map(Element::elements)
        .filter(|e| &*e.tag == "w:style")
    {
        let Some(id) = style.attr("w:styleId") else {
            continue;
        };
        let name = style
            .child("w:name")
            .and_then(|n| n.attr("w:val"))
            .unwrap_or_default()
            .to_lowercase();
        if name == "title" {
            found.insert(id.to_owned(), 1);
        } else if headings.contains(id) {
            let level = style
                .child("w:pPr")
                .and_then(|p| p.child("w:outlineLvl"))
                .and_then(|l| l.attr("w:val"))
                .and_then(|v| v.parse::<u8>().ok());
            let named = name
                .chars()
                .find_map(|c| c.to_digit(10))
                .and_then(|d| u8::try_from(d).ok());
            found.insert(
                id.to_owned(),
                level.map(|l| l + 1).or(named).unwrap_or(1).clamp(1, 6),
            );
        }
    }
    found
}

struct View<'p> {
    parts: &'p Parts,
    pictures: BTreeMap<String, String>,
    levels: BTreeMap<String, u8>,
    out: Vec<Block>,
}

impl View<'_> {
    fn flow(&mut self, container: &Element) {
        for child in container.elements() {
            match &*child.tag {
                "w:p" => self.paragraph(child),
                "w:tbl" => self.table(child),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let words = words(paragraph);
        let properties = paragraph.child("w:pPr");
        let style = properties
            .and_then(|p| p.child("w:pStyle"))
            .and_then(|s| s.attr("w:val"))
            .unwrap_or_default();
        let own = properties
            .and_then(|p| p.child("w:outlineLvl"))
            .and_then(|l| l.attr("w:val"))
            .and_then(|v| v.parse::<u8>().ok())
            .filter(|l| *l < 9);
        if !words.is_empty() {
            let block = if let Some(level) = self.levels.get(style).copied().or(own.map(|l| l + 1)) {
                Block::Heading {
                    level: level.clamp(1, 6),
                    text: words,
                }
            } else if properties.is_some_and(|p| p.child("w:numPr").is_some())
                || style.to_lowercase().starts_with("list")
            {
                Block::ListItem(words)
            } else {
                Block::Paragraph(words)
            };
            self.out.push(block);
        }
        self.inside(paragraph);
    }

    /// Pictures and text boxes of a paragraph. Of an alternative's two branches only the first is shown.
    fn inside(&mut self, element: &Element) {
        for child in element.elements() {
            match &*child.tag {
                "a:blip" | "v:imagedata" => self.picture(child),
                "w:txbxContent" => self.flow(child),
                "mc:AlternateContent" => {
                    if let Some(first) = child.elements().next() {
                        self.inside(first);
                    }
                }
                _ => self.inside(child),
            }
        }
    }

    fn picture(&mut self, blip: &Element) {
        let id = ["r:embed", "r:id", "r:link"].iter().find_map(|k| blip.attr(k));
        let Some(bytes) = id
            .and_then(|id| self.pictures.get(id))
            .and_then(|old| self.parts.get(old))
        else {
            return;
        };
        // Only kinds that browsers show.
        if let Some(kind) = picture::kind(bytes).filter(|k| picture::is_shown(k)) {
            self.out.push(Block::Picture {
                media_type: picture::media_type(kind),
                bytes: bytes.clone(),
            });
        }
    }

    fn table(&mut self, table: &Element) {
        let cell = |c: &Element| {
            let mut lines = Vec::new();
            c.walk(&mut |e| {
                if &*e.tag == "w:p" {
                    let words = words(e);
                    if !words.is_empty() {
                        lines.push(words);
                    }
                }
            });
            lines.join("\n")
        };
        let rows = table
            .elements()
            .filter(|r| &*r.tag == "w:tr")
            .map(|r| r.elements().filter(|c| &*c.tag == "w:tc").map(cell).collect())
            .collect();
        self.out.push(Block::Table(rows));
        let pictures: Vec<&Node> = table.children.iter().collect();
        for node in pictures {
            if let Node::Element(row) = node {
                let mut blips = Vec::new();
                row.walk(&mut |e| {
                    if &*e.tag == "a:blip" {
                        blips.push(e);
                    }
                });
                blips.into_iter().for_each(|b| self.picture(b));
            }
        }
    }
}
