//! Neutral names of bookmarks and drawings.

use super::xml::{Attr, Element, Node};
use std::collections::HashMap;

/// Gives bookmarks and drawings neutral names, in the order of what is left, so that cleaning a clean copy changes nothing.
#[derive(Default)]
pub(crate) struct Namer {
    bookmarks: HashMap<String, String>,
    drawings: usize,
}

impl Namer {
    /// Names everything in a part.
    pub fn name(&mut self, element: &mut Element) {
        let tag = element.tag.clone();
        match &*tag {
            "w:bookmarkStart" => self.bookmark(element, "w:name"),
            "w:hyperlink" if element.attr("w:anchor").is_some() => self.bookmark(element, "w:anchor"),
            tag if is_drawing(tag) => {
                self.drawings += 1;
                set(element, "name", format!("Picture {}", self.drawings));
            }
            _ => {}
        }
        for node in &mut element.children {
            if let Node::Element(child) = node {
                self.name(child);
            }
        }
    }

    fn bookmark(&mut self, element: &mut Element, key: &str) {
        let old = element.attr(key).unwrap_or_default().to_owned();
        let next = self.bookmarks.len();
        let new = self
            .bookmarks
            .entry(old)
            .or_insert_with(|| format!("b{next}"))
            .clone();
        set(element, key, new);
    }
}

pub(super) fn is_drawing(tag: &str) -> bool {
    matches!(
        tag,
        "wp:docPr"
            | "pic:cNvPr"
            | "wps:cNvPr"
            | "a:cNvPr"
            | "wpg:cNvPr"
            | "dsp:cNvPr"
            | "xdr:cNvPr"
            | "c:cNvPr"
            | "cdr:cNvPr"
            | "dgm:cNvPr"
    )
}

pub(super) fn set(element: &mut Element, key: &str, value: String) {
    if let Some(attr) = element.attrs.iter_mut().find(|a| &*a.key == key) {
        attr.value = value;
    } else if !key.contains(':') {
        let key = std::rc::Rc::from(key);
        element.attrs.push(Attr {
            raw: std::rc::Rc::clone(&key),
            key,
            value,
        });
    }
}
