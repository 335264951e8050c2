//! Joins paragraphs whose ends were deleted under track changes.

use super::xml::{Element, Node};

/// A paragraph whose end was deleted runs on into the next.
pub(crate) fn merge_deleted_ends(nodes: Vec<Node>) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    let mut carried: Vec<Node> = Vec::new();
    for node in nodes {
        let Node::Element(mut e) = node else {
            out.push(node);
            continue;
        };
        if &*e.tag == "w:p" {
            let gone = take_deleted_mark(&mut e);
            if !carried.is_empty() {
                let at = usize::from(
                    e.children
                        .first()
                        .is_some_and(|n| matches!(n, Node::Element(p) if &*p.tag == "w:pPr")),
                );
                e.children.splice(at..at, carried.drain(..));
            }
            if gone {
                carried = e
                    .children
                    .into_iter()
                    .filter(|n| !matches!(n, Node::Element(p) if &*p.tag == "w:pPr"))
                    .collect();
                continue;
            }
        } else if !carried.is_empty() {
            flush(&mut carried, &e, &mut out);
        }
        out.push(Node::Element(e));
    }
    if let (false, Some(Node::Element(last))) = (
        carried.is_empty(),
        out.iter_mut()
            .rev()
            .find(|n| matches!(n, Node::Element(e) if &*e.tag == "w:p")),
    ) {
        last.children.append(&mut carried);
    }
    out
}

/// A table or a section follows: what was carried becomes a paragraph again.
fn flush(carried: &mut Vec<Node>, like: &Element, out: &mut Vec<Node>) {
    let prefix = like
        .raw
        .split_once(':')
        .map(|(p, _)| format!("{p}:"))
        .unwrap_or_default();
    out.push(Node::Element(Element {
        raw: format!("{prefix}p").into(),
        tag: "w:p".into(),
        attrs: Vec::new(),
        children: std::mem::take(carried),
    }));
}

fn take_deleted_mark(paragraph: &mut Element) -> bool {
    let properties = paragraph.children.iter_mut().find_map(|n| match n {
        Node::Element(e) if &*e.tag == "w:pPr" => Some(e),
        _ => None,
    });
    let mark = properties.and_then(|p| {
        p.children.iter_mut().find_map(|n| match n {
            Node::Element(e) if &*e.tag == "w:rPr" => Some(e),
            _ => None,
        })
    });
    let Some(mark) = mark else { return false };
    let before = mark.children.len();
    mark.children
        .retain(|n| !matches!(n, Node::Element(e) if matches!(&*e.tag, "w:del" | "w:moveFrom")));
    mark.children.len() < before
}
