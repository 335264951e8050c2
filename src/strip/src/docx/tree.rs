//! The tree of a part: in one piece, or, where the part is so large that its tree would take many times its room, in pieces that
//! are taken out and put back one after the other. A piece is the part with some of the body's children.

use super::xml::{self, Element, Node};
use crate::model::Refusal;
use quick_xml::Reader;
use quick_xml::events::Event;

/// A part of more bytes than this is held in pieces.
const LARGE: usize = 8 << 20;
/// How many bytes of source a piece has, more or less.
const PIECE: usize = 1 << 20;

pub(super) enum Tree {
    Whole(Element),
    /// Each written as a part of its own.
    Pieces(Vec<Vec<u8>>),
}

impl Tree {
    /// Reads a part.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Refusal> {
        Tree::read_by(bytes, LARGE, PIECE)
    }

    fn read_by(bytes: Vec<u8>, large: usize, piece: usize) -> Result<Self, Refusal> {
        if bytes.len() > large
            && let Some(pieces) = split(&xml::decode(&bytes)?, piece)?
        {
            return Ok(Tree::Pieces(pieces));
        }
        xml::parse(&bytes).map(Tree::Whole)
    }

    /// The tree, unless it is in pieces.
    pub fn whole(&self) -> Option<&Element> {
        match self {
            Tree::Whole(tree) => Some(tree),
            Tree::Pieces(_) => None,
        }
    }

    /// Shows the tree, piece by piece.
    pub fn each(&self, see: &mut dyn FnMut(&Element)) -> Result<(), Refusal> {
        match self {
            Tree::Whole(tree) => see(tree),
            Tree::Pieces(pieces) => {
                for piece in pieces {
                    see(&xml::parse(piece)?);
                }
            }
        }
        Ok(())
    }

    /// Shows the first piece, which has all that stands before the body.
    pub fn first(&self, see: &mut dyn FnMut(&Element)) -> Result<(), Refusal> {
        match self {
            Tree::Whole(tree) => see(tree),
            Tree::Pieces(pieces) => see(&xml::parse(pieces.first().ok_or(Refusal::Broken)?)?),
        }
        Ok(())
    }

    /// Changes the tree, piece by piece.
    pub fn change(
        &mut self,
        change: &mut dyn FnMut(&mut Element) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        match self {
            Tree::Whole(tree) => change(tree),
            Tree::Pieces(pieces) => {
                for piece in pieces {
                    let mut tree = xml::parse(piece)?;
                    change(&mut tree)?;
                    *piece = xml::write(&tree);
                    piece.shrink_to_fit();
                }
                Ok(())
            }
        }
    }

    /// Writes the part.
    pub fn write(self) -> Result<Vec<u8>, Refusal> {
        match self {
            Tree::Whole(tree) => Ok(xml::write(&tree)),
            Tree::Pieces(pieces) => joined(pieces),
        }
    }
}

/// Splits a part at children of its body. None if it has no body. No piece ends within a field, nor behind a paragraph whose end
/// was deleted, which runs on into the next.
fn split(text: &str, size: usize) -> Result<Option<Vec<Vec<u8>>>, Refusal> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<String> = Vec::new();
    // The start tags of the root and of the body.
    let (mut root, mut body) = (0..0, None);
    let (mut fields, mut deleted) = (0_usize, false);
    let mut ends: Vec<usize> = Vec::new();
    let mut closed = text.len();
    loop {
        let at = place(&reader);
        let event = reader.read_event().map_err(|_| Refusal::Broken)?;
        let mut child_ended = false;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().into_inner().to_owned();
                let local = name.rsplit(':').next().unwrap_or(&name);
                match local {
                    "fldChar" => {
                        let attributes: &str = tag;
                        fields = match attributes {
                            a if a.contains("\"begin\"") || a.contains("'begin'") => fields + 1,
                            a if a.contains("\"end\"") || a.contains("'end'") => fields.saturating_sub(1),
                            _ => fields,
                        };
                    }
                    "del" | "moveFrom" => deleted = true,
                    _ => {}
                }
                let started = at..place(&reader);
                if matches!(event, Event::Empty(_)) {
                    child_ended = open.len() == 2 && body.is_some();
                } else {
                    match open.len() {
                        0 => root = started,
                        1 if local == "body" && body.is_none() => body = Some((started, name.clone())),
                        _ => {}
                    }
                    open.push(name);
                    if open.len() > xml::DEEPEST {
                        return Err(Refusal::Bomb);
                    }
                }
            }
            Event::End(_) => {
                open.pop().ok_or(Refusal::Broken)?;
                child_ended = open.len() == 2 && body.is_some();
                if open.len() == 1 && body.is_some() && closed == text.len() {
                    closed = at;
                }
            }
            Event::DocType(_) => return Err(Refusal::Broken),
            Event::Eof => break,
            _ => {}
        }
        if child_ended && closed == text.len() {
            let from = ends
                .last()
                .copied()
                .or(body.as_ref().map(|(b, _)| b.end))
                .unwrap_or_default();
            if place(&reader) - from >= size && fields == 0 && !deleted {
                ends.push(place(&reader));
            }
            deleted = false;
        }
    }
    let (Some((body, body_name)), true) = (body, open.is_empty() && closed < text.len()) else {
        return Ok(None);
    };
    let root_name = text[root.start + 1..root.end]
        .split([' ', '\t', '\r', '\n', '>'])
        .next()
        .unwrap_or_default();
    let mut pieces = Vec::with_capacity(ends.len() + 1);
    let mut from = body.end;
    for end in ends {
        let before = if pieces.is_empty() {
            &text[root.end..body.start]
        } else {
            ""
        };
        let parts = [&text[root.clone()], before, &text[body.clone()], &text[from..end]];
        pieces.push(format!("{}</{body_name}></{root_name}>", parts.concat()).into_bytes());
        from = end;
    }
    let before = if pieces.is_empty() {
        &text[root.end..body.start]
    } else {
        ""
    };
    pieces.push(
        [&text[root.clone()], before, &text[body], &text[from..]]
            .concat()
            .into_bytes(),
    );
    Ok(Some(pieces))
}

fn place(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The part that was split, with what its pieces have become.
fn joined(pieces: Vec<Vec<u8>>) -> Result<Vec<u8>, Refusal> {
    let is_body = |n: &Node| matches!(n, Node::Element(e) if e.local() == "body");
    let mut out = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
    let mut end = Vec::new();
    for (n, piece) in pieces.into_iter().enumerate() {
        let mut root = xml::parse(&piece)?;
        drop(piece);
        let at = root.children.iter().position(is_body).ok_or(Refusal::Broken)?;
        let behind = root.children.split_off(at + 1);
        let Some(Node::Element(body)) = root.children.pop() else {
            return Err(Refusal::Broken);
        };
        if n == 0 {
            xml::open(&root, &mut out);
            xml::nodes(&root.children, &mut out);
            xml::tag(&body, &mut out);
        }
        xml::nodes(&body.children, &mut out);
        end.clear();
        xml::close(&body, &mut end);
        xml::nodes(&behind, &mut end);
        xml::close(&root, &mut end);
    }
    out.append(&mut end);
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

    fn part(inner: &str) -> Vec<u8> {
        format!("<?xml version=\"1.0\"?>\n<w:document {W}><w:background w:color=\"0\"/><w:body>{inner}<w:sectPr/></w:body><w:x/></w:document>").into_bytes()
    }

    fn texts(tree: &Tree) -> Vec<String> {
        let mut out = Vec::new();
        tree.each(&mut |t| {
            t.walk(&mut |e| {
                if &*e.tag == "w:t" {
                    out.push(e.text());
                }
            });
        })
        .unwrap();
        out
    }

    #[test]
    fn pieces_make_the_same_part() {
        let inner: String = (0..20)
            .map(|n| format!("<w:p a=\"{n}\"><w:r><w:t>gulls &amp; {n}</w:t></w:r></w:p><w:p/>"))
            .collect();
        let whole = Tree::read(part(&inner)).unwrap();
        let parts = Tree::read_by(part(&inner), 10, 100).unwrap();
        assert!(matches!(&parts, Tree::Pieces(p) if p.len() > 5));
        assert_eq!(texts(&whole), texts(&parts));
        assert_eq!(
            String::from_utf8(parts.write().unwrap()).unwrap(),
            String::from_utf8(whole.write().unwrap()).unwrap()
        );
    }

    #[test]
    fn what_belongs_together_stays_in_one_piece() {
        let field = "<w:p><w:fldChar w:fldCharType=\"begin\"/></w:p><w:p><w:t>x</w:t></w:p><w:p><w:fldChar w:fldCharType=\"end\"/></w:p>";
        let deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p><w:p><w:t>y</w:t></w:p>";
        let tree = Tree::read_by(part(&format!("{field}{deleted}")), 1, 1).unwrap();
        let Tree::Pieces(pieces) = tree else {
            panic!("whole")
        };
        let count = |p: &Vec<u8>| String::from_utf8_lossy(p).matches("<w:p>").count();
        assert_eq!(pieces.iter().map(count).collect::<Vec<_>>(), [3, 2, 0, 0]);
    }

    #[test]
    fn what_is_no_document_is_one_piece_or_refused() {
        assert!(matches!(
            Tree::read_by(b"<a><b/></a>".to_vec(), 1, 1),
            Ok(Tree::Whole(_))
        ));
        for broken in [
            "<a><body></a>",
            "<a><body><p/></body>",
            "<!DOCTYPE a><a><body/></a>",
        ] {
            assert!(
                Tree::read_by(broken.as_bytes().to_vec(), 1, 1).is_err(),
                "{broken}"
            );
        }
    }
}
