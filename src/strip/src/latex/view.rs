//! The plain reading view of a paper, and its visible text.

use super::files::picture_at;
use super::flows::{self, Para, Shape, Source};
use super::project::{self, Project};
use super::structure::{self, Counts};
use super::{archive, bib};
use crate::fold::SEAM;
use crate::model::{Block, Refusal};
use crate::{picture, plain};
use std::collections::BTreeMap;

/// A paper as it is read: its paragraphs in order and its figures.
fn paper(bytes: &[u8]) -> Result<(Vec<Para>, Project), Refusal> {
    let mut project = if bytes.starts_with(b"PK") || bytes.starts_with(&[0x1F, 0x8B]) {
        project::read(archive::unpack(bytes)?)?
    } else {
        Project {
            texts: vec![Source {
                path: "main.tex".into(),
                text: plain::decode(bytes)?,
            }],
            bibliographies: Vec::new(),
            support: Vec::new(),
            figures: BTreeMap::new(),
            roots: vec![0],
            left: BTreeMap::new(),
        }
    };
    for source in &mut project.texts {
        source.text = structure::without_hidden(&source.text, &mut Counts::new());
    }
    let paras = flows::read(&project.texts, project.roots.first().copied().unwrap_or(0));
    Ok((paras, project))
}

fn words(para: &Para) -> String {
    let text = para.flow.text.replace([SEAM, '\u{AD}'], "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The visible text, a line per paragraph; formulas as source.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let (paras, project) = paper(bytes)?;
    let mut out = String::new();
    for para in paras.iter().filter(|p| p.body || p.note) {
        let words = if para.made.is_empty() {
            words(para)
        } else {
            para.made.to_owned()
        };
        if !words.is_empty() {
            out.push_str(&words);
            out.push('\n');
        }
    }
    for source in &project.bibliographies {
        for entry in bib::entries(&source.text) {
            out.push_str(&bib::flow(&source.text, &entry).text);
            out.push('\n');
        }
    }
    Ok(out)
}

/// Width of a figure in pixels, where a PDF must be drawn to be shown.
const WIDTH: u32 = 900;

/// The reading view: headings, paragraphs, lists, tables, pictures; formulas as source; notes and bibliography at the end.
pub(crate) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let (paras, project) = paper(bytes)?;
    let mut out = Vec::new();
    let mut notes = Vec::new();
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    for para in &paras {
        let words = if para.made.is_empty() {
            words(para)
        } else {
            para.made.to_owned()
        };
        match &para.shape {
            Shape::Picture(path) => out.extend(picture_block(&project, path)),
            Shape::Cell => {
                if let Some(row) = rows.last_mut() {
                    row.push(words);
                }
            }
            Shape::Row => rows.push(Vec::new()),
            Shape::TableEnd => {
                let full: Vec<Vec<String>> = std::mem::replace(&mut rows, vec![Vec::new()])
                    .into_iter()
                    .filter(|r| r.iter().any(|c| !c.is_empty()))
                    .collect();
                if !full.is_empty() {
                    out.push(Block::Table(full));
                }
            }
            _ if words.is_empty() || !(para.body || para.note) => {}
            _ if para.note => notes.push(Block::Paragraph(words)),
            Shape::Heading(level) => out.push(Block::Heading {
                level: *level,
                text: words,
            }),
            Shape::Item => out.push(Block::ListItem(words)),
            Shape::Code | Shape::Paragraph => out.push(Block::Paragraph(words)),
        }
    }
    out.extend(notes);
    for source in &project.bibliographies {
        let entries = bib::entries(&source.text);
        if !entries.is_empty() {
            out.push(Block::Heading {
                level: 2,
                text: "References".into(),
            });
        }
        for entry in entries.iter().filter(|e| !e.fields.is_empty()) {
            let flow = bib::flow(&source.text, entry);
            out.push(Block::ListItem(
                flow.text.split_whitespace().collect::<Vec<_>>().join(" "),
            ));
        }
    }
    Ok(out)
}

fn picture_block(project: &Project, path: &str) -> Option<Block> {
    let bytes = picture_at(&project.figures, path)?;
    if bytes.starts_with(b"%PDF") {
        let page = crate::pdf::render(bytes, 0, WIDTH).ok()?;
        return Some(Block::Picture {
            media_type: "image/png".into(),
            bytes: page.png,
        });
    }
    let kind = picture::kind(bytes).filter(|k| picture::is_shown(k))?;
    Some(Block::Picture {
        media_type: picture::media_type(kind),
        bytes: bytes.clone(),
    })
}
