//! Writing a tree, or a piece of one.

use super::{Element, Node};

/// Writes a part.
pub(crate) fn write(root: &Element) -> Vec<u8> {
    let mut out = String::from(DECLARATION);
    write_element(root, &mut out);
    out.into_bytes()
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Begins a part whose root has more in it than is at hand.
pub(crate) fn open(root: &Element, out: &mut Vec<u8>) {
    out.extend_from_slice(DECLARATION.as_bytes());
    tag(root, out);
}

/// The start tag of an element that is not empty.
pub(crate) fn tag(element: &Element, out: &mut Vec<u8>) {
    let mut text = String::new();
    write_start(element, &mut text);
    text.push('>');
    out.extend_from_slice(text.as_bytes());
}

/// What stands between the tags of an element.
pub(crate) fn nodes(children: &[Node], out: &mut Vec<u8>) {
    let mut text = String::new();
    write_nodes(children, &mut text);
    out.extend_from_slice(text.as_bytes());
}

/// The end tag.
pub(crate) fn close(element: &Element, out: &mut Vec<u8>) {
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
