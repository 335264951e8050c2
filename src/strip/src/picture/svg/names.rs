//! Ids and classes of a drawing, in attributes and in style rules.

use crate::docx::xml::{Element, Node};
use regex::Regex;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

static CSS_NAME: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"([#.])(-?[_\p{L}][\w-]*)"));
static URL_NAME: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"url\(#([^)]*)\)"));

/// Gives ids and classes neutral names, in the order they stand; ids that nothing refers to go.
pub(super) fn rename(root: &mut Element) {
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    let mut classes: BTreeMap<String, String> = BTreeMap::new();
    let mut used: HashSet<String> = HashSet::new();
    root.walk(&mut |e| {
        for a in &e.attrs {
            if matches!(&*a.key, "href" | "xlink:href") {
                used.extend(a.value.strip_prefix('#').map(str::to_owned));
            }
            used.extend(
                URL_NAME
                    .captures_iter(&a.value)
                    .filter_map(|c| Some(c.get(1)?.as_str().to_owned())),
            );
        }
        if &*e.tag == "svg:style" {
            let css = e.text();
            used.extend(
                CSS_NAME
                    .captures_iter(&css)
                    .filter(|c| &c[1] == "#")
                    .map(|c| c[2].to_owned()),
            );
            used.extend(URL_NAME.captures_iter(&css).map(|c| c[1].to_owned()));
        }
    });
    root.walk(&mut |e| {
        if let Some(id) = e.attr("id").filter(|id| used.contains(*id)) {
            let next = format!("i{}", ids.len());
            ids.entry(id.to_owned()).or_insert(next);
        }
        for class in e.attr("class").unwrap_or_default().split_whitespace() {
            let next = format!("c{}", classes.len());
            classes.entry(class.to_owned()).or_insert(next);
        }
    });
    apply_names(root, &ids, &classes);
}

fn apply_names(element: &mut Element, ids: &BTreeMap<String, String>, classes: &BTreeMap<String, String>) {
    element
        .attrs
        .retain(|a| &*a.key != "id" || ids.contains_key(&a.value));
    for attr in &mut element.attrs {
        match &*attr.key {
            "id" => attr.value = ids.get(&attr.value).cloned().unwrap_or_default(),
            "class" => {
                let new: Vec<&str> = attr
                    .value
                    .split_whitespace()
                    .filter_map(|c| classes.get(c))
                    .map(String::as_str)
                    .collect();
                attr.value = new.join(" ");
            }
            "href" | "xlink:href" => {
                if let Some(new) = attr.value.strip_prefix('#').and_then(|id| ids.get(id)) {
                    attr.value = format!("#{new}");
                } else if attr.value.starts_with('#') {
                    attr.value = "#none".into();
                }
            }
            _ => attr.value = point(&attr.value, ids),
        }
    }
    if &*element.tag == "svg:style" {
        for node in &mut element.children {
            if let Node::Text(css) = node {
                *css = rename_css(css, ids, classes);
            }
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            apply_names(child, ids, classes);
        }
    }
}

fn point(value: &str, ids: &BTreeMap<String, String>) -> String {
    URL_NAME
        .replace_all(value, |c: &regex::Captures<'_>| {
            format!("url(#{})", ids.get(&c[1]).map_or("none", String::as_str))
        })
        .into_owned()
}

/// Names in selectors, which stand outside of braces; inside only references are names, the rest may be colours.
fn rename_css(css: &str, ids: &BTreeMap<String, String>, classes: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    for (n, part) in css.split_inclusive(['{', '}']).enumerate() {
        let selector = part.ends_with('{') || n == 0 && !css.contains('{');
        if selector {
            out.push_str(&CSS_NAME.replace_all(part, |c: &regex::Captures<'_>| {
                let names = if &c[1] == "#" { ids } else { classes };
                format!("{}{}", &c[1], names.get(&c[2]).map_or("none", String::as_str))
            }));
        } else {
            out.push_str(&point(part, ids));
        }
    }
    out
}
