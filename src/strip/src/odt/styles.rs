//! What a document's styles say about its text: what is hidden, raised, bold, a heading; and how ODF writes paragraphs.

use crate::docx::xml::Element;
use crate::tree::{Grammar, Step};
use std::collections::{HashMap, HashSet};

/// The styles that matter for reading.
#[derive(Default)]
pub(super) struct Styles {
    hidden: HashSet<String>,
    raised: HashSet<String>,
    bold: HashSet<String>,
    /// Paragraph styles that are headings, with their level; 0: the title.
    headings: HashMap<String, u8>,
}

impl Styles {
    /// Reads the style definitions of trees, later ones over earlier ones.
    pub fn of(trees: &[&Element]) -> Self {
        let mut own: HashMap<String, (Option<String>, Own)> = HashMap::new();
        for tree in trees {
            tree.walk(&mut |e| {
                if let ("style:style", Some(name)) = (&*e.tag, e.attr("style:name")) {
                    let parent = e.attr("style:parent-style-name").map(str::to_owned);
                    own.insert(name.to_owned(), (parent, Own::of(e, name)));
                }
            });
        }
        let mut styles = Styles::default();
        for name in own.keys() {
            styles.resolve(name, &own);
        }
        styles
    }

    fn resolve(&mut self, name: &str, own: &HashMap<String, (Option<String>, Own)>) {
        let mut found = Own::default();
        let mut next = Some(name.to_owned());
        // Parents may be written as a ring.
        for _ in 0..20 {
            let Some((parent, one)) = next.as_ref().and_then(|n| own.get(n)) else {
                break;
            };
            found.hidden = found.hidden.or(one.hidden);
            found.raised = found.raised.or(one.raised);
            found.bold = found.bold.or(one.bold);
            found.level = found.level.or(one.level);
            next.clone_from(parent);
        }
        let note = |set: &mut HashSet<String>, on: Option<bool>| {
            if on == Some(true) {
                set.insert(name.to_owned());
            }
        };
        note(&mut self.hidden, found.hidden);
        note(&mut self.raised, found.raised);
        note(&mut self.bold, found.bold);
        if let Some(level) = found.level {
            self.headings.insert(name.to_owned(), level);
        }
    }

    /// Whether an element's style hides it.
    pub fn hides(&self, element: &Element) -> bool {
        matches!(
            &*element.tag,
            "text:p" | "text:h" | "text:span" | "text:list" | "text:section"
        ) && element
            .attr("text:style-name")
            .is_some_and(|s| self.hidden.contains(s))
    }

    /// The level of a heading; `None` for other paragraphs.
    pub fn level(&self, paragraph: &Element) -> Option<u8> {
        let styled = paragraph
            .attr("text:style-name")
            .and_then(|s| self.headings.get(s).copied().or_else(|| heading_by_name(s)));
        if &*paragraph.tag == "text:h" {
            let level = paragraph.attr("text:outline-level").and_then(|l| l.parse().ok());
            return level.or(styled).or(Some(1));
        }
        styled
    }

    /// Whether a short paragraph is all in bold, as headings without a style are.
    pub fn is_bold(&self, paragraph: &Element, words: &str) -> bool {
        if words.trim().is_empty() || words.chars().count() >= 80 {
            return false;
        }
        let bold = |e: &Element| e.attr("text:style-name").is_some_and(|s| self.bold.contains(s));
        let own_text = !paragraph.text().trim().is_empty();
        bold(paragraph)
            || !own_text
                && paragraph
                    .elements()
                    .filter(|e| &*e.tag == "text:span" && !e.text().trim().is_empty())
                    .all(bold)
                && paragraph.elements().any(bold)
    }
}

/// What one style says itself.
#[derive(Default)]
struct Own {
    hidden: Option<bool>,
    raised: Option<bool>,
    bold: Option<bool>,
    level: Option<u8>,
}

impl Own {
    fn of(style: &Element, name: &str) -> Self {
        let text = style.child("style:text-properties");
        let attr = |key: &str| text.and_then(|t| t.attr(key));
        let outline = style
            .attr("style:default-outline-level")
            .and_then(|l| l.parse::<u8>().ok());
        Own {
            hidden: attr("text:display").map(|d| d == "none"),
            raised: attr("style:text-position").map(|p| !p.starts_with("0%")),
            bold: attr("fo:font-weight").map(|w| w == "bold" || w.parse::<u16>().is_ok_and(|n| n >= 600)),
            level: outline
                .or_else(|| heading_by_name(name))
                .or_else(|| style.attr("style:display-name").and_then(heading_by_name)),
        }
    }
}

/// `Heading 2`, `Heading_20_2`, `标题 2`, `Title`.
fn heading_by_name(name: &str) -> Option<u8> {
    let lower = name.to_lowercase();
    if lower == "title" {
        return Some(0);
    }
    let rest = lower
        .strip_prefix("heading")
        .or_else(|| lower.strip_prefix("标题"))?;
    // A space is written as _20_.
    let rest = rest.strip_prefix("_20_").unwrap_or(rest);
    Some(
        rest.chars()
            .find_map(|c| c.to_digit(10))
            .and_then(|d| u8::try_from(d).ok())
            .unwrap_or(1),
    )
}

impl Grammar for Styles {
    fn is_para(&self, element: &Element) -> bool {
        matches!(
            &*element.tag,
            "text:p" | "text:h" | "text:index-title-template" | "math:annotation" | "math:mtext"
        )
    }

    fn step(&self, element: &Element) -> Step {
        match &*element.tag {
            "text:s" => Step::Mark(' '),
            "text:tab" => Step::Mark('\t'),
            // A line end in the file itself is only layout.
            "text:line-break" => Step::Mark('\u{2028}'),
            "text:note" | "text:number" => Step::Skip,
            "text:ruby-text" => Step::Apart,
            "text:span"
                if element
                    .attr("text:style-name")
                    .is_some_and(|s| self.raised.contains(s)) =>
            {
                Step::Apart
            }
            tag if tag.starts_with("draw:") || tag.starts_with("math:") => Step::Skip,
            _ => Step::Enter,
        }
    }
}
