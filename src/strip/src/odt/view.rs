//! The plain reading view of an OpenDocument text, and its visible text.

use super::check_flat;
use super::clean::Cleaner;
use super::load::resolve;
use super::styles::Styles;
use crate::docx::package::{self, Parts};
use crate::docx::xml::{self, Element};
use crate::fold::SEAM;
use crate::matcher::Matcher;
use crate::model::{Block, Identity, Refusal};
use crate::picture;
use crate::tree;
use data_encoding::BASE64;
use std::collections::BTreeMap;

/// A document read for showing: its changes resolved, its annotations and hidden parts away.
struct Read {
    tree: Element,
    styles: Styles,
    parts: Parts,
}

fn read(bytes: &[u8]) -> Result<Read, Refusal> {
    let (mut tree, styles, parts) = if bytes.starts_with(b"PK") {
        let parts = package::read(bytes)?;
        let content = xml::parse(parts.get("content.xml").ok_or(Refusal::Broken)?)?;
        let outer = parts.get("styles.xml").and_then(|b| xml::parse(b).ok());
        let all: Vec<&Element> = outer.iter().chain([&content]).collect();
        let styles = Styles::of(&all);
        (content, styles, parts)
    } else {
        let tree = xml::parse(bytes)?;
        check_flat(&tree)?;
        let styles = Styles::of(&[&tree]);
        (tree, styles, Parts::new())
    };
    let mut addresses = BTreeMap::new();
    tree.walk(&mut |e| addresses.extend(e.attr("xlink:href").map(|h| (h.to_owned(), h.to_owned()))));
    Cleaner {
        styles: &styles,
        matcher: &Matcher::new(&Identity::default()),
        parts: &addresses,
        counts: BTreeMap::new(),
    }
    .clean(&mut tree);
    Ok(Read { tree, styles, parts })
}

fn body(tree: &Element) -> Option<&Element> {
    tree.child("office:body")?.child("office:text")
}

/// The document as blocks: headings, paragraphs, lists, tables, pictures; notes at the end.
pub(crate) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let read = read(bytes)?;
    let mut view = View {
        read: &read,
        out: Vec::new(),
        notes: Vec::new(),
    };
    view.flow(body(&read.tree).ok_or(Refusal::Broken)?, false);
    let notes = std::mem::take(&mut view.notes);
    view.out.extend(notes.into_iter().map(Block::Paragraph));
    Ok(view.out)
}

/// The visible text, a line per paragraph.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let read = read(bytes)?;
    let mut out = String::new();
    let Some(body) = body(&read.tree) else {
        return Err(Refusal::Broken);
    };
    body.walk(&mut |e| {
        if matches!(&*e.tag, "text:p" | "text:h") {
            let words = words(e, &read.styles);
            if !words.is_empty() {
                out.push_str(&words);
                out.push('\n');
            }
        }
    });
    Ok(out)
}

fn words(paragraph: &Element, styles: &Styles) -> String {
    let text = tree::text(paragraph, styles).replace(SEAM, "");
    // White space in the file is layout of the XML; line breaks have elements of their own.
    text.split('\u{2028}')
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

struct View<'r> {
    read: &'r Read,
    out: Vec<Block>,
    notes: Vec<String>,
}

impl View<'_> {
    fn flow(&mut self, container: &Element, item: bool) {
        for child in container.elements() {
            match &*child.tag {
                "text:p" | "text:h" => self.paragraph(child, item),
                "text:list" => self.flow(child, true),
                "text:list-item" | "text:list-header" => self.flow(child, item),
                "table:table" => self.table(child),
                tag if tag.starts_with("draw:") => self.inside(child),
                tag if tag.ends_with("-source") => {}
                _ => self.flow(child, item),
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element, item: bool) {
        let words = words(paragraph, &self.read.styles);
        if !words.is_empty() {
            self.out.push(match self.read.styles.level(paragraph) {
                Some(level) => Block::Heading {
                    level: level.clamp(1, 6),
                    text: words,
                },
                None if item => Block::ListItem(words),
                None => Block::Paragraph(words),
            });
        }
        self.inside(paragraph);
    }

    /// Pictures, text boxes and notes of a paragraph.
    fn inside(&mut self, element: &Element) {
        for child in element.elements() {
            match &*child.tag {
                "draw:image" => self.picture(child),
                "draw:text-box" => self.flow(child, false),
                "table:table" => self.table(child),
                "text:note" => {
                    let mut lines = Vec::new();
                    child.walk(&mut |e| {
                        if matches!(&*e.tag, "text:p") {
                            lines.push(words(e, &self.read.styles));
                        }
                    });
                    let mark = child
                        .child("text:note-citation")
                        .map(Element::text)
                        .unwrap_or_default();
                    self.notes
                        .push(format!("{mark} {}", lines.join("\n")).trim().to_owned());
                }
                "text:p" | "text:h" => self.paragraph(child, false),
                _ => self.inside(child),
            }
        }
    }

    fn picture(&mut self, image: &Element) {
        let bytes = match image.attr("xlink:href") {
            Some(href) => self.read.parts.get(&resolve("", href)).cloned(),
            None => image.child("office:binary-data").and_then(|data| {
                let bare: String = data.text().chars().filter(|c| !c.is_whitespace()).collect();
                BASE64.decode(bare.as_bytes()).ok()
            }),
        };
        let Some(bytes) = bytes else { return };
        if let Some(kind) = picture::kind(&bytes).filter(|k| picture::is_shown(k)) {
            self.out.push(Block::Picture {
                media_type: picture::media_type(kind),
                bytes,
            });
        }
    }

    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        let cell = |c: &Element| {
            let mut lines = Vec::new();
            c.walk(&mut |e| {
                if matches!(&*e.tag, "text:p" | "text:h") {
                    let words = words(e, &self.read.styles);
                    if !words.is_empty() {
                        lines.push(words);
                    }
                }
            });
            lines.join("\n")
        };
        let cells = rows
            .iter()
            .map(|r| {
                r.elements()
                    .filter(|c| &*c.tag == "table:table-cell")
                    .map(cell)
                    .collect()
            })
            .collect();
        self.out.push(Block::Table(cells));
        let mut images = Vec::new();
        table.walk(&mut |e| {
            if &*e.tag == "draw:image" {
                images.push(e);
            }
        });
        images.into_iter().for_each(|i| self.picture(i));
    }
}

/// Rows stand in groups of headers and bodies, or alone.
fn rows_of<'e>(element: &'e Element, out: &mut Vec<&'e Element>) {
    for child in element.elements() {
        match &*child.tag {
            "table:table-row" => out.push(child),
            "table:table-header-rows" | "table:table-rows" | "table:table-row-group" => rows_of(child, out),
            _ => {}
        }
    }
}
