//! The plain reading view of a Markdown text, and its visible text.

use super::front;
use super::paras::{Para, Shape, paras};
use crate::model::{Block, Refusal};
use crate::{picture, plain};
use data_encoding::BASE64;

fn words(para: &Para) -> String {
    let text = para.flow.text.replace(crate::fold::SEAM, "");
    text.split('\n')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

/// The visible text, a line per paragraph.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let text = plain::decode(bytes)?.replace("\r\n", "\n");
    let mut out = String::new();
    for para in paras(&text).iter().filter(|p| p.shape != Shape::Property) {
        let words = words(para);
        if !words.is_empty() {
            out.push_str(&words);
            out.push('\n');
        }
    }
    Ok(out)
}

/// The reading view; notes at the end.
pub(crate) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let text = plain::decode(bytes)?.replace("\r\n", "\n");
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    if let Some(title) = front::title(&text) {
        out.push(Block::Heading {
            level: 1,
            text: title,
        });
    }
    for para in paras(&text) {
        let words = words(&para);
        match &para.shape {
            Shape::Property => {}
            Shape::Cell => rows.last_mut().into_iter().for_each(|r| r.push(words.clone())),
            Shape::Row => rows.push(Vec::new()),
            Shape::TableEnd => {
                let mut all = std::mem::replace(&mut rows, vec![Vec::new()]);
                all.retain(|r| !r.is_empty());
                out.push(Block::Table(all));
            }
            Shape::Picture(target) => {
                let bytes = target
                    .split_once("base64,")
                    .and_then(|(_, b)| BASE64.decode(b.trim().as_bytes()).ok());
                if let Some((kind, bytes)) =
                    bytes.and_then(|b| Some((picture::kind(&b).filter(|k| picture::is_shown(k))?, b)))
                {
                    out.push(Block::Picture {
                        media_type: picture::media_type(kind),
                        bytes,
                    });
                }
            }
            _ if words.is_empty() => {}
            Shape::Heading(level) => out.push(Block::Heading {
                level: *level,
                text: words,
            }),
            Shape::Item => out.push(Block::ListItem(words)),
            Shape::Note => notes.push(Block::Paragraph(words)),
            Shape::Paragraph | Shape::Code => out.push(Block::Paragraph(words)),
        }
    }
    out.extend(notes);
    Ok(out)
}
