//! A small XML tree: enough of a document to take things out of it and write the rest back as it was.
//!
//! Comments, processing instructions and document types are not kept. Known namespaces are told by their address, not their prefix.

mod namespaces;
mod read;
mod write;

pub(super) use read::decode;
pub(crate) use read::parse;
pub(crate) use write::write;
pub(super) use write::{close, nodes, open, tag};

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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::Refusal;

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
