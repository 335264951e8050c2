//! A small XML tree: enough of a document to take things out of it and write the rest back as it was.
//!
//! Comments, processing instructions and document types are not kept. Known namespaces are told by their address, not their prefix.

use crate::model::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

/// An element or the text between elements.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

/// An element; `tag` is its name with the usual prefix of its namespace, `raw` the name as written.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub raw: Rc<str>,
    pub tag: Rc<str>,
    pub attrs: Vec<Attr>,
    pub children: Vec<Node>,
}

/// An attribute, unescaped.
#[derive(Clone, Debug)]
pub(crate) struct Attr {
    pub raw: Rc<str>,
    pub key: Rc<str>,
    pub value: String,
}

/// Nothing a word processor writes nests deeper.
pub(super) const DEEPEST: usize = 300;

/// The namespaces of Office files and the prefix everybody uses for each; the strict variant of ISO 29500 has addresses of its own.
const NAMESPACES: &[(&str, &str)] = &[
    ("schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    (
        "schemas.openxmlformats.org/officeDocument/2006/relationships",
        "r",
    ),
    ("purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("purl.oclc.org/ooxml/drawingml/main", "a"),
    (
        "schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wp",
    ),
    ("purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("purl.oclc.org/ooxml/drawingml/picture", "pic"),
    ("schemas.openxmlformats.org/drawingml/2006/chart", "c"),
    ("purl.oclc.org/ooxml/drawingml/chart", "c"),
    ("schemas.openxmlformats.org/drawingml/2006/chartDrawing", "cdr"),
    ("purl.oclc.org/ooxml/drawingml/chartDrawing", "cdr"),
    ("schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"),
    ("purl.oclc.org/ooxml/drawingml/diagram", "dgm"),
    (
        "schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "xdr",
    ),
    ("purl.oclc.org/ooxml/drawingml/spreadsheetDrawing", "xdr"),
    ("schemas.openxmlformats.org/drawingml/2006/lockedCanvas", "lc"),
    ("schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("schemas.openxmlformats.org/spreadsheetml/2006/main", "x"),
    ("purl.oclc.org/ooxml/spreadsheetml/main", "x"),
    ("schemas.openxmlformats.org/presentationml/2006/main", "p"),
    ("purl.oclc.org/ooxml/presentationml/main", "p"),
    ("schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("schemas.openxmlformats.org/package/2006/content-types", "ct"),
    ("www.w3.org/2000/svg", "svg"),
    ("www.w3.org/1998/Math/MathML", "math"),
    ("www.w3.org/1999/xlink", "xlink"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("urn:schemas-microsoft-com:office:word", "w10"),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wps",
    ),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wpg",
    ),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "wpc",
    ),
    ("schemas.microsoft.com/office/word/2010/wordprocessingInk", "wpi"),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
        "wp14",
    ),
    ("schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("schemas.microsoft.com/office/word/2015/wordml/symex", "w16se"),
    ("schemas.microsoft.com/office/word/2016/wordml/cid", "w16cid"),
    ("schemas.microsoft.com/office/word/2018/wordml", "w16"),
    ("schemas.microsoft.com/office/word/2018/wordml/cex", "w16cex"),
    (
        "schemas.microsoft.com/office/word/2020/wordml/sdtdatahash",
        "w16sdtdh",
    ),
    ("schemas.microsoft.com/office/word/2023/wordml/word16du", "w16du"),
    ("schemas.microsoft.com/office/drawing/2008/diagram", "dsp"),
    ("schemas.microsoft.com/office/drawing/2010/main", "a14"),
    ("schemas.microsoft.com/office/drawing/2014/main", "a16"),
    ("schemas.microsoft.com/office/drawing/2014/chartex", "cx"),
    ("schemas.microsoft.com/office/drawing/2016/SVG/main", "asvg"),
];

/// The usual prefix of a namespace.
fn usual_prefix(uri: &str) -> Option<&'static str> {
    let bare = uri.strip_prefix("http://").unwrap_or(uri);
    NAMESPACES
        .iter()
        .find(|(known, _)| *known == bare)
        .map(|(_, p)| *p)
}

impl Element {
    /// An attribute's value by its usual name.
    pub fn attr(&self, key: &str) -> Option<&str> {
        self.attrs
            .iter()
            .find(|a| &*a.key == key)
            .map(|a| a.value.as_str())
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children
            .iter()
            .filter_map(|n| if let Node::Element(e) = n { Some(e) } else { None })
    }

    /// The first child element of a name.
    pub fn child(&self, tag: &str) -> Option<&Element> {
        self.elements().find(|e| &*e.tag == tag)
    }

    /// The text directly inside.
    pub fn text(&self) -> String {
        self.children
            .iter()
            .filter_map(|n| {
                if let Node::Text(t) = n {
                    Some(t.as_str())
                } else {
                    None
                }
            })
            .collect()
    }

    /// The name without its prefix.
    pub fn local(&self) -> &str {
        self.tag.rsplit(':').next().unwrap_or(&self.tag)
    }

    /// Every element of this tree, itself first.
    pub fn walk<'e>(&'e self, see: &mut dyn FnMut(&'e Element)) {
        see(self);
        for child in self.elements() {
            child.walk(see);
        }
    }
}

/// FNV-1a: names are short, and nobody gains by making them collide within one part of at most a few thousand names.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[derive(Default)]
struct Names {
    known: HashMap<String, Rc<str>, BuildHasherDefault<Fnv>>,
    /// Prefix and usual prefix, with the depth at which it was bound.
    bound: Vec<(String, Option<&'static str>, usize)>,
}

impl Names {
    fn keep(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let fresh: Rc<str> = Rc::from(name);
        self.known.insert(name.to_owned(), fresh.clone());
        fresh
    }

    /// The name under the usual prefix of its namespace.
    fn usual(&mut self, raw: &str, attribute: bool) -> Rc<str> {
        let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
        if attribute && prefix.is_empty() {
            return self.keep(raw);
        }
        match self.bound.iter().rev().find(|(p, ..)| p == prefix) {
            Some((_, Some(usual), _)) if *usual != prefix => {
                let name = format!("{usual}:{local}");
                self.keep(&name)
            }
            _ => self.keep(raw),
        }
    }
}

/// Parses a part.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element, Refusal> {
    let text = decode(bytes)?;
    let mut reader = Reader::from_str(&text);
    let mut names = Names::default();
    let mut open: Vec<Element> = Vec::new();
    loop {
        let event = reader.read_event().map_err(|_| Refusal::Broken)?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(Refusal::Bomb);
                }
                let element = element(&start, &mut names, open.len())?;
                open.push(element);
            }
            Event::Empty(start) => {
                let done = element(&start, &mut names, open.len())?;
                names.bound.retain(|b| b.2 < open.len());
                let Some(parent) = open.last_mut() else {
                    return Ok(done);
                };
                parent.children.push(Node::Element(done));
            }
            Event::End(_) => {
                let mut done = open.pop().ok_or(Refusal::Broken)?;
                // Most elements have one child, and a growing list makes room for four.
                done.children.shrink_to_fit();
                names.bound.retain(|b| b.2 < open.len());
                let Some(parent) = open.last_mut() else {
                    return Ok(done);
                };
                parent.children.push(Node::Element(done));
            }
            Event::Text(t) => push_text(&mut open, &t.into_inner()),
            Event::CData(t) => push_text(&mut open, &t.into_inner()),
            Event::GeneralRef(r) => push_text(&mut open, &reference(&r.into_inner())?),
            Event::DocType(_) | Event::Eof => return Err(Refusal::Broken),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// Office writes UTF-8, or UTF-16 with a mark in front; other programs leave the mark out.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => Ok(encoding.decode_with_bom_removal(bytes).0),
        None if matches!(bytes, [b'<', 0, ..] | [0, b'<', ..]) => {
            let encoding = if bytes[0] == 0 {
                encoding_rs::UTF_16BE
            } else {
                encoding_rs::UTF_16LE
            };
            let (text, broken) = encoding.decode_without_bom_handling(bytes);
            if broken {
                Err(Refusal::Undecodable)
            } else {
                Ok(text)
            }
        }
        None => str::from_utf8(bytes).map(Cow::Borrowed).or_else(|_| {
            let declared = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).to_lowercase();
            let label = declared
                .split("encoding=")
                .nth(1)
                .and_then(|s| s.get(1..))
                .and_then(|s| s.split(['"', '\'']).next())
                .unwrap_or_default()
                .to_owned();
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).ok_or(Refusal::Undecodable)?;
            let (text, broken) = encoding.decode_without_bom_handling(bytes);
            if broken {
                Err(Refusal::Undecodable)
            } else {
                Ok(text)
            }
        }),
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else {
        return;
    };
    if let Some(Node::Text(last)) = parent.children.last_mut() {
        last.push_str(text);
    } else {
        parent.children.push(Node::Text(text.to_owned()));
    }
}

fn reference(name: &str) -> Result<String, Refusal> {
    let code = match name {
        "lt" => return Ok("<".into()),
        "gt" => return Ok(">".into()),
        "amp" => return Ok("&".into()),
        "quot" => return Ok("\"".into()),
        "apos" => return Ok("'".into()),
        _ => match name.strip_prefix('#') {
            Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
            Some(number) => number.parse().ok(),
            None => None,
        },
    };
    code.and_then(char::from_u32)
        .map(String::from)
        .ok_or(Refusal::Broken)
}

fn element(start: &BytesStart<'_>, names: &mut Names, depth: usize) -> Result<Element, Refusal> {
    let mut found: Vec<(Rc<str>, String)> = Vec::new();
    for attr in start.attributes().with_checks(false) {
        let attr = attr.map_err(|_| Refusal::Broken)?;
        let value = quick_xml::escape::unescape(&attr.value)
            .map_err(|_| Refusal::Broken)?
            .into_owned();
        let key = attr.key.into_inner();
        if key == "xmlns" || key.starts_with("xmlns:") {
            let prefix = key.strip_prefix("xmlns:").unwrap_or_default().to_owned();
            names.bound.push((prefix, usual_prefix(&value), depth));
        }
        found.push((names.keep(key), value));
    }
    let raw = names.keep(start.name().into_inner());
    let tag = names.usual(&raw, false);
    let attrs = found
        .into_iter()
        .map(|(raw, value)| Attr {
            key: names.usual(&raw, true),
            raw,
            value,
        })
        .collect();
    Ok(Element {
        raw,
        tag,
        attrs,
        children: Vec::new(),
    })
}

/// Writes a part.
pub(crate) fn write(root: &Element) -> Vec<u8> {
    let mut out = String::from(DECLARATION);
    write_element(root, &mut out);
    out.into_bytes()
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Begins a part whose root has more in it than is at hand.
pub(super) fn open(root: &Element, out: &mut Vec<u8>) {
    out.extend_from_slice(DECLARATION.as_bytes());
    tag(root, out);
}

/// The start tag of an element that is not empty.
pub(super) fn tag(element: &Element, out: &mut Vec<u8>) {
    let mut text = String::new();
    write_start(element, &mut text);
    text.push('>');
    out.extend_from_slice(text.as_bytes());
}

/// What stands between the tags of an element.
pub(super) fn nodes(children: &[Node], out: &mut Vec<u8>) {
    let mut text = String::new();
    write_nodes(children, &mut text);
    out.extend_from_slice(text.as_bytes());
}

/// The end tag.
pub(super) fn close(element: &Element, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("</{}>", element.raw).as_bytes());
}

fn write_start(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.raw);
    for attr in &element.attrs {
        out.push(' ');
        out.push_str(&attr.raw);
        out.push_str("=\"");
        escape(&attr.value, true, out);
        out.push('"');
    }
}

fn write_nodes(children: &[Node], out: &mut String) {
    for child in children {
        match child {
            Node::Element(e) => write_element(e, out),
            Node::Text(t) => escape(t, false, out),
        }
    }
}

fn write_element(element: &Element, out: &mut String) {
    write_start(element, out);
    // What was emptied and what was always empty must look the same.
    if element
        .children
        .iter()
        .all(|n| matches!(n, Node::Text(t) if t.is_empty()))
    {
        out.push_str("/>");
        return;
    }
    out.push('>');
    write_nodes(&element.children, out);
    out.push_str("</");
    out.push_str(&element.raw);
    out.push('>');
}

fn escape(text: &str, attribute: bool, out: &mut String) {
    if !text
        .bytes()
        .any(|b| matches!(b, b'<' | b'>' | b'&' | b'"' | b'\n' | b'\r' | b'\t'))
    {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' | '\r' | '\t' if attribute => {
                out.push_str("&#");
                out.push_str(&u32::from(c).to_string());
                out.push(';');
            }
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn writes_back_what_it_read() {
        let source = r#"<x:p xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main" x:a="1 &lt; &quot;2&quot;">a &amp; b<x:t/>ü</x:p>"#;
        let tree = parse(source.as_bytes()).unwrap();
        assert_eq!((&*tree.tag, tree.attr("w:a")), ("w:p", Some("1 < \"2\"")));
        assert!(String::from_utf8(write(&tree)).unwrap().ends_with(source));
    }

    #[test]
    fn refuses_doctypes_and_depth() {
        assert!(parse(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>").is_err());
        assert_eq!(parse("<a>".repeat(1000).as_bytes()).unwrap_err(), Refusal::Bomb);
        assert!(parse(b"<a><b></a>").is_err());
    }
}
