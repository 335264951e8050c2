//! Neutral names of bookmarks, ids, drawings, tables and sections.

use super::clean::join_texts;
use crate::docx::xml::{Element, Node};
use crate::matcher::Matcher;
use std::collections::{BTreeMap, HashMap};

/// Gives what people name neutral names, in the order of what is left.
#[derive(Default)]
pub(super) struct Namer {
    marks: HashMap<String, String>,
    ids: HashMap<String, String>,
    /// Pictures that fill areas are named after the files they came from.
    fills: HashMap<String, String>,
    drawings: usize,
    tables: usize,
    sections: usize,
    /// Words in other attributes that are identity, and what stands for them everywhere.
    others: BTreeMap<String, String>,
}

const SHAPES: &[&str] = &[
    "draw:frame",
    "draw:rect",
    "draw:line",
    "draw:custom-shape",
    "draw:g",
    "draw:path",
    "draw:polyline",
    "draw:polygon",
    "draw:ellipse",
    "draw:circle",
    "draw:connector",
    "draw:caption",
    "draw:measure",
    "draw:page",
    "draw:regular-polygon",
    "draw:page-thumbnail",
];

impl Namer {
    /// Learns which bookmarks and ids something refers to, and which attribute values are identity.
    pub fn learn(&mut self, root: &Element, matcher: &Matcher) {
        root.walk(&mut |e| {
            for a in &e.attrs {
                match &*a.key {
                    "xlink:href" if &*e.tag == "text:a" => {
                        if let Some(name) = a.value.strip_prefix('#') {
                            let next = format!("b{}", self.marks.len());
                            self.marks.entry(name.to_owned()).or_insert(next);
                        }
                    }
                    "text:continue-list" | "draw:start-shape" | "draw:end-shape" | "loext:next-id" => {
                        let next = format!("id{}", self.ids.len());
                        self.ids.entry(a.value.clone()).or_insert(next);
                    }
                    "draw:name" if &*e.tag == "draw:fill-image" => {
                        let next = format!("Image{}", self.fills.len() + 1);
                        self.fills.entry(a.value.clone()).or_insert(next);
                    }
                    key if is_named(&e.tag, key) || key.starts_with("xmlns") => {}
                    _ if a.value.chars().count() > 3 && names_somebody(&a.value, matcher) => {
                        let next = format!("n{}", self.others.len());
                        self.others.entry(a.value.clone()).or_insert(next);
                    }
                    _ => {}
                }
            }
        });
    }

    /// Names everything in a tree.
    pub fn name(&mut self, element: &mut Element) {
        let tag = element.tag.clone();
        match &*tag {
            tag if SHAPES.contains(&tag) => {
                if let Some(attr) = element.attrs.iter_mut().find(|a| &*a.key == "draw:name") {
                    self.drawings += 1;
                    attr.value = format!("Drawing{}", self.drawings);
                }
            }
            "table:table" => {
                if let Some(attr) = element
                    .attrs
                    .iter_mut()
                    .find(|a| &*a.key == "table:name" && a.value != "local-table")
                {
                    self.tables += 1;
                    attr.value = format!("Table{}", self.tables);
                }
            }
            "text:section"
            | "text:table-of-content"
            | "text:bibliography"
            | "text:illustration-index"
            | "text:table-index"
            | "text:object-index"
            | "text:user-index"
            | "text:alphabetical-index"
            | "text:index-title" => {
                if let Some(attr) = element.attrs.iter_mut().find(|a| &*a.key == "text:name") {
                    self.sections += 1;
                    attr.value = format!("Section{}", self.sections);
                }
            }
            _ => {}
        }
        let mark = matches!(
            &*tag,
            "text:bookmark" | "text:bookmark-start" | "text:bookmark-end"
        );
        element.attrs.retain_mut(|a| match &*a.key {
            "xml:id" | "text:id" | "draw:id" => match self.ids.get(&a.value) {
                Some(new) => {
                    a.value.clone_from(new);
                    true
                }
                None => false,
            },
            "text:continue-list" | "draw:start-shape" | "draw:end-shape" => {
                a.value = self.ids.get(&a.value).cloned().unwrap_or_default();
                true
            }
            "draw:display-name" if &*tag == "draw:fill-image" => false,
            key if key == "draw:fill-image-name" || key == "draw:name" && &*tag == "draw:fill-image" => {
                if let Some(new) = self.fills.get(&a.value).or_else(|| self.others.get(&a.value)) {
                    a.value.clone_from(new);
                }
                true
            }
            "text:name" if mark => {
                a.value = self.marks.get(&a.value).cloned().unwrap_or_default();
                true
            }
            "xlink:href" if &*tag == "text:a" && a.value.starts_with('#') => {
                a.value = self
                    .marks
                    .get(&a.value[1..])
                    .map(|m| format!("#{m}"))
                    .unwrap_or_default();
                true
            }
            key if is_named(&tag, key) => true,
            _ => {
                if let Some(new) = self.others.get(&a.value) {
                    a.value.clone_from(new);
                }
                true
            }
        });
        element.children.retain_mut(|node| match node {
            Node::Text(_) => true,
            Node::Element(child) => {
                self.name(child);
                // A mark that nothing refers to says nothing but its name.
                !(matches!(
                    &*child.tag,
                    "text:bookmark" | "text:bookmark-start" | "text:bookmark-end"
                ) && child.attr("text:name").is_none_or(str::is_empty))
            }
        });
        join_texts(element);
    }
}

fn is_named(tag: &str, key: &str) -> bool {
    matches!(key, "draw:name") && SHAPES.contains(&tag)
        || matches!(
            (tag, key),
            ("table:table", "table:name") | ("text:section", "text:name")
        )
        || key == "xlink:href"
}

fn names_somebody(value: &str, matcher: &Matcher) -> bool {
    // In styles' names a space is written as _20_.
    let plain = value.replace("_20_", " ").replace('_', " ");
    !matcher.find(value, false).is_empty()
        || !matcher.find(&plain, false).is_empty()
        || matcher.in_identifier(value)
}
