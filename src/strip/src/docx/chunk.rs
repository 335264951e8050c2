//! Foreign text inside a document (`w:altChunk`), which the word processor would take in on opening: taken in here, as plain paragraphs.

use super::graph::Graph;
use super::package::Parts;
use super::xml::{Attr, Element, Node};
use crate::model::Refusal;
use crate::plain;

/// Replaces every chunk of a part by paragraphs with its words; returns how many there were.
/// A chunk whose words cannot be read (RTF, MHT) refuses the file.
pub(super) fn expand(tree: &mut Element, of: &str, graph: &Graph, parts: &Parts) -> Result<usize, Refusal> {
    let mut any = false;
    tree.walk(&mut |e| any |= &*e.tag == "w:altChunk");
    if any {
        replace(tree, of, graph, parts)
    } else {
        Ok(0)
    }
}

fn replace(tree: &mut Element, of: &str, graph: &Graph, parts: &Parts) -> Result<usize, Refusal> {
    let mut count = 0;
    let before = std::mem::take(&mut tree.children);
    for node in before {
        match node {
            Node::Element(e) if &*e.tag == "w:altChunk" => {
                count += 1;
                let id = e.attr("r:id").unwrap_or_default();
                let words = match graph.chunks.get(&(of.to_owned(), id.to_owned())) {
                    Some(part) => read(parts.get(part).ok_or(Refusal::Broken)?)?,
                    None => String::new(),
                };
                let prefix = e
                    .raw
                    .split_once(':')
                    .map_or(String::new(), |(p, _)| format!("{p}:"));
                tree.children.extend(
                    words
                        .lines()
                        .filter(|l| !l.trim().is_empty())
                        .map(|l| paragraph(&prefix, l)),
                );
            }
            Node::Element(mut e) => {
                count += replace(&mut e, of, graph, parts)?;
                tree.children.push(Node::Element(e));
            }
            text => tree.children.push(text),
        }
    }
    Ok(count)
}

fn paragraph(prefix: &str, words: &str) -> Node {
    let element = |name: &str, attrs: Vec<Attr>, inside: Node| {
        Node::Element(Element {
            raw: format!("{prefix}{name}").into(),
            tag: format!("w:{name}").into(),
            attrs,
            children: vec![inside],
        })
    };
    let space = Attr {
        raw: "xml:space".into(),
        key: "xml:space".into(),
        value: "preserve".into(),
    };
    let text = element("t", vec![space], Node::Text(words.trim().to_owned()));
    element("p", Vec::new(), element("r", Vec::new(), text))
}

/// The words of a chunk, a line per paragraph.
fn read(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.starts_with(b"PK\x03\x04") {
        return super::visible_text(bytes);
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Refusal::Legacy);
    }
    let text = plain::decode(bytes).map_err(|_| Refusal::Unsupported)?;
    let head: String = text.chars().take(400).collect::<String>().to_lowercase();
    if head.contains("mime-version:") {
        return Err(Refusal::Unsupported);
    }
    if head.contains("<html") || head.contains("<!doctype") || head.contains("<body") || head.contains("<p") {
        Ok(html(&text))
    } else {
        Ok(text)
    }
}

/// What a page shows: no tags, no scripts, no comments; a line per block.
fn html(source: &str) -> String {
    let mut out = String::new();
    let mut rest = source;
    while let Some(open) = rest.find('<') {
        out.push_str(&entities(&rest[..open].replace(['\n', '\r'], " ")));
        rest = &rest[open..];
        let lower: String = rest.chars().take(12).collect::<String>().to_lowercase();
        let silent = ["script", "style", "head", "title"].iter().find(|t| {
            lower
                .strip_prefix('<')
                .and_then(|l| l.strip_prefix(**t))
                .is_some_and(|l| l.starts_with([' ', '>']))
        });
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if let Some(tag) = silent {
            // Lower-casing ASCII keeps every byte in its place.
            rest.to_ascii_lowercase()
                .find(&format!("</{tag}>"))
                .map(|at| at + tag.len() + 3)
        } else {
            rest.find('>').map(|at| at + 1)
        };
        let block = [
            "<p", "</p", "<br", "<div", "</div", "<h", "</h", "<li", "<tr", "<td", "</t",
        ];
        if block.iter().any(|b| lower.starts_with(b)) {
            out.push('\n');
        }
        rest = end.map_or("", |at| &rest[at..]);
    }
    out.push_str(&entities(&rest.replace(['\n', '\r'], " ")));
    out
}

fn entities(text: &str) -> String {
    let plain = text.replace("&nbsp;", "\u{A0}");
    quick_xml::escape::unescape(&plain).map_or(plain.clone(), |t| t.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_a_page_shows() {
        let page = "<html><head><title>T</title></head><body><!-- x --><p>A &amp; <b>b</b></p><SCRIPT>z</SCRIPT><p>c</p></body>";
        let shown: Vec<String> = html(page)
            .lines()
            .map(|l| l.trim().to_owned())
            .filter(|l| !l.is_empty())
            .collect();
        assert_eq!(shown, ["A & b", "c"]);
    }
}
