//! HTML inside Markdown: comments, metadata, scripts and whatever is fetched from elsewhere go; tags keep only attributes of layout.

use super::Counts;
use super::links::is_web;
use crate::flow::{Edit, apply};
use crate::forms::{self, pattern};
use crate::matcher::Matcher;
use crate::model::What;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static COMMENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)<!--.*?-->\n?|<!--.*\z|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<![A-Z][^>]*>"));
static BLOCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?is)<(?:script|style|iframe|object|title|head|form|noscript|template|svg|math|video|audio)\b[^>]*>.*?</(?:script|style|iframe|object|title|head|form|noscript|template|svg|math|video|audio)\s*>",
    )
});
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?s)</?([A-Za-z][A-Za-z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*/?>"#,
    )
});
static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?s)([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?"#));

/// Tags that say nothing a reader sees.
const DROPPED: &[&str] = &[
    "meta", "link", "base", "script", "style", "iframe", "object", "embed", "form", "input", "button",
    "source", "track", "param", "applet", "html", "body", "head", "address",
];
/// Attributes of layout.
const KEPT: &[&str] = &[
    "colspan", "rowspan", "align", "valign", "width", "height", "start", "type", "scope", "alt",
];

/// Whether a tag stands inside a word or sentence.
pub(super) fn is_inline(tag: &str) -> bool {
    let name: String = tag
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    matches!(
        name.to_lowercase().as_str(),
        "b" | "i"
            | "em"
            | "strong"
            | "span"
            | "sub"
            | "sup"
            | "u"
            | "s"
            | "small"
            | "a"
            | "mark"
            | "code"
            | "font"
    )
}

/// Cleans the HTML outside of code.
pub(super) fn clean(text: &str, code: &[Range<usize>], matcher: &Matcher, counts: &mut Counts) -> String {
    let outside = |at: usize| !code.iter().any(|c| c.contains(&at));
    let mut edits = Vec::new();
    for found in COMMENT.find_iter(text).filter(|f| outside(f.start())) {
        *counts.entry(What::Comments).or_default() += 1;
        edits.push(Edit::drop(found.range()));
    }
    for found in BLOCK.find_iter(text).filter(|f| outside(f.start())) {
        *counts.entry(What::Scripts).or_default() += 1;
        edits.push(Edit::drop(found.range()));
    }
    let covered = edits.clone();
    for found in TAG.captures_iter(text) {
        let (Some(whole), Some(name)) = (found.get(0), found.get(1)) else {
            continue;
        };
        if !outside(whole.start()) || covered.iter().any(|e| e.range.contains(&whole.start())) {
            continue;
        }
        let name = name.as_str().to_lowercase();
        let new = tag(
            whole.as_str(),
            &name,
            found.get(2).map_or("", |a| a.as_str()),
            matcher,
        );
        if new != whole.as_str() {
            *counts
                .entry(if name == "meta" {
                    What::Properties
                } else {
                    What::Links
                })
                .or_default() += 1;
            edits.push(Edit {
                range: whole.range(),
                with: new,
            });
        }
    }
    apply(text, edits)
}

/// A tag with what it may keep. `<https://…>` is no tag and is not met here: a colon ends the name.
fn tag(whole: &str, name: &str, attributes: &str, matcher: &Matcher) -> String {
    if DROPPED.contains(&name) {
        return String::new();
    }
    if whole.starts_with("</") || attributes.trim().is_empty() {
        return whole.to_owned();
    }
    let mut kept = Vec::new();
    let mut lost = false;
    for found in ATTRIBUTE.captures_iter(attributes) {
        let key = found.get(1).map_or("", |k| k.as_str());
        let value = found.get(2).map_or("", |v| v.as_str()).trim_matches(['"', '\'']);
        let lower = key.to_lowercase();
        let told = !matcher.find(value, false).is_empty() || !forms::find(value).is_empty();
        let fine = match lower.as_str() {
            "href" => is_web(value) && !value.starts_with("//") || value.starts_with('#'),
            "src" => !value.contains(':') && !value.starts_with(['/', '~', '\\']),
            key => KEPT.contains(&key),
        };
        if fine && !told {
            kept.push(found.get(0).map_or("", |a| a.as_str()).to_owned());
        } else {
            lost = true;
        }
    }
    if !lost {
        return whole.to_owned();
    }
    // A picture whose source went is none.
    if name == "img" && !kept.iter().any(|k| k.to_lowercase().starts_with("src")) {
        return String::new();
    }
    let closed = if whole.ends_with("/>") { " /" } else { "" };
    let gap = if kept.is_empty() { "" } else { " " };
    let written = &whole[1..=name.len()];
    format!("<{written}{gap}{}{closed}>", kept.join(" "))
}
