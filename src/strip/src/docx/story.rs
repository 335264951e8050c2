//! A part's paragraphs as text, and the way back from cuts in that text to the runs.

mod cut;

pub(crate) use cut::apply;

use super::xml::{Element, Node};
use crate::fold::SEAM;
use crate::plan::Para;
use std::collections::HashSet;

/// Elements with text of their own, in the sense that names do not run from one into the next.
pub(crate) fn is_para(element: &Element) -> bool {
    matches!(&*element.tag, "w:p" | "a:p" | "c:v" | "cx:v" | "cx:pt")
}

/// Paragraphs whose words stand directly inside: the cached labels of charts.
fn is_bare(element: &Element) -> bool {
    matches!(&*element.tag, "c:v" | "cx:v" | "cx:pt")
}

/// Empty elements and objects that end a word.
fn is_seam(element: &Element) -> bool {
    matches!(
        &*element.tag,
        "w:sym" | "w:footnoteReference" | "w:endnoteReference" | "w:drawing" | "w:pict" | "w:object"
    )
}

/// A step through a paragraph.
enum Piece<'e> {
    /// A letter that an empty element stands for.
    Mark(char),
    Text(&'e str),
}

/// Walks the pieces of a paragraph in order, not entering paragraphs inside it (text boxes).
fn pieces<'e>(element: &'e Element, raised: &mut String, see: &mut dyn FnMut(Piece<'e>)) {
    if is_bare(element) {
        for node in &element.children {
            if let Node::Text(t) = node {
                see(Piece::Text(t));
            }
        }
        return;
    }
    for child in element.elements() {
        match &*child.tag {
            tag if is_words(tag) => child.children.iter().for_each(|n| {
                if let Node::Text(t) = n {
                    see(Piece::Text(t));
                }
            }),
            "w:tab" | "w:ptab" if &*element.tag == "w:r" => see(Piece::Mark('\t')),
            "w:br" | "w:cr" | "a:br" => see(Piece::Mark('\n')),
            "w:noBreakHyphen" => see(Piece::Mark('\u{2011}')),
            "w:softHyphen" => see(Piece::Mark('\u{AD}')),
            _ if is_seam(child) => {
                see(Piece::Mark(SEAM));
                pieces(child, raised, see);
            }
            tag if is_silent(tag) => {}
            _ if is_para(child) => {}
            "w:r" | "a:r" => {
                let now = height(child);
                if now != *raised {
                    see(Piece::Mark(SEAM));
                    *raised = now;
                }
                pieces(child, raised, see);
            }
            _ => pieces(child, raised, see),
        }
    }
}

/// Elements that hold words.
pub(super) fn is_words(tag: &str) -> bool {
    matches!(tag, "w:t" | "m:t" | "a:t")
}

/// Elements without words in the line: properties, and the small letters above others that tell how they sound.
fn is_silent(tag: &str) -> bool {
    matches!(tag, "w:pPr" | "w:rPr" | "a:rPr" | "a:pPr" | "w:rt")
}

/// Whether a run is raised or lowered: footnote marks are no part of a name.
fn height(run: &Element) -> String {
    let word = run
        .child("w:rPr")
        .and_then(|p| p.child("w:vertAlign"))
        .and_then(|v| v.attr("w:val"));
    let drawing = run.child("a:rPr").and_then(|p| p.attr("baseline"));
    word.or(drawing)
        .filter(|v| *v != "baseline" && *v != "0")
        .unwrap_or_default()
        .to_owned()
}

/// The text of one paragraph.
pub(crate) fn text(paragraph: &Element) -> String {
    let mut out = String::new();
    pieces(paragraph, &mut String::new(), &mut |p| match p {
        Piece::Mark(c) => out.push(c),
        Piece::Text(t) => out.push_str(t),
    });
    out
}

/// Collects a part's paragraphs, in the order of the tree.
pub(crate) fn collect(root: &Element, place: &'static str, headings: &HashSet<String>, out: &mut Vec<Para>) {
    root.walk(&mut |e| {
        if is_para(e) {
            let words = text(e);
            out.push(Para {
                heading: is_heading(e, &words, headings),
                text: words,
                place: place.into(),
                head: matches!(place, "header" | "footer"),
                body: place == "body",
            });
        }
    });
}

/// A heading by its style, or a short line all in bold.
fn is_heading(paragraph: &Element, words: &str, headings: &HashSet<String>) -> bool {
    let properties = paragraph.child("w:pPr");
    let style = properties
        .and_then(|p| p.child("w:pStyle"))
        .and_then(|s| s.attr("w:val"));
    if style.is_some_and(|s| headings.contains(s))
        || properties.is_some_and(|p| {
            p.child("w:outlineLvl")
                .is_some_and(|l| l.attr("w:val") != Some("9"))
        })
    {
        return true;
    }
    let short = !words.trim().is_empty() && words.chars().count() < 80;
    let bold = |r: &Element| {
        r.child("w:rPr")
            .and_then(|p| p.child("w:b"))
            .is_some_and(|b| !matches!(b.attr("w:val"), Some("0" | "false")))
    };
    let speaks = |r: &&Element| {
        r.elements()
            .any(|e| &*e.tag == "w:t" && !e.text().trim().is_empty())
    };
    let mut runs = paragraph
        .elements()
        .filter(|e| &*e.tag == "w:r")
        .filter(speaks)
        .peekable();
    short && runs.peek().is_some() && runs.all(bold)
}

/// The ids of styles that are headings.
pub(crate) fn heading_styles(styles: Option<&Element>) -> HashSet<String> {
    let mut found = HashSet::new();
    for style in styles
        .into_iter()
        .flat_map(Element::elements)
        .filter(|e| &*e.tag == "w:style")
    {
        let name = style
            .child("w:name")
            .and_then(|n| n.attr("w:val"))
            .unwrap_or_default()
            .to_lowercase();
        let level = style
            .child("w:pPr")
            .and_then(|p| p.child("w:outlineLvl"))
            .is_some();
        if (name.starts_with("heading") || name.starts_with("标题") || level) && !name.starts_with("toc") {
            found.extend(style.attr("w:styleId").map(str::to_owned));
        }
    }
    found
}
