//! A part's paragraphs as text, and the way back from cuts in that text to the runs.

use super::xml::{Attr, Element, Node};
use crate::fold::SEAM;
use crate::model::What;
use crate::plan::{Cut, Para};
use crate::token;
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
fn is_words(tag: &str) -> bool {
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

/// Makes the cuts. `next` counts paragraphs in the same order as [`collect`].
pub(crate) fn apply(element: &mut Element, cuts: &[Vec<Cut>], drops: &[Option<What>], next: &mut usize) {
    if is_para(element) {
        let index = *next;
        match drops.get(index).copied().flatten() {
            Some(_) => erase(element),
            None => {
                if let Some(cuts) = cuts.get(index).filter(|c| !c.is_empty()) {
                    let words = text(element);
                    let mut cutter = Cutter {
                        cuts,
                        words: &words,
                        at: 0,
                        placed: vec![false; cuts.len()],
                    };
                    cutter.cut(element, &mut String::new());
                }
            }
        }
        *next += 1;
    }
    let mut gone = Vec::new();
    for (at, node) in element.children.iter_mut().enumerate() {
        if let Node::Element(child) = node {
            let index = *next;
            let dropped = |at: usize| drops.get(at).copied().flatten().is_some();
            apply(child, cuts, drops, next);
            let whole = match &*child.tag {
                "w:p" => dropped(index),
                "w:tbl" => (index..*next).any(dropped) && says_nothing(child),
                _ => false,
            };
            if whole && !carries_section(child) && text(child).is_empty() && !has_drawing(child) {
                gone.push(at);
            }
        }
    }
    // A cell must end with a paragraph, and Word wants one in every text box and note.
    if &*element.tag == "w:body" {
        for at in gone.into_iter().rev() {
            element.children.remove(at);
        }
    }
}

/// Whether no paragraph of a table is left with words.
fn says_nothing(table: &Element) -> bool {
    let mut words = false;
    table.walk(&mut |e| words |= is_para(e) && !text(e).trim().is_empty());
    !words
}

fn carries_section(paragraph: &Element) -> bool {
    paragraph
        .child("w:pPr")
        .is_some_and(|p| p.child("w:sectPr").is_some())
}

fn has_drawing(paragraph: &Element) -> bool {
    let mut found = false;
    paragraph.walk(&mut |e| found |= matches!(&*e.tag, "w:drawing" | "w:pict" | "w:object"));
    found
}

/// Whether a drawing holds paragraphs of its own: a text box, a diagram.
fn has_words(drawing: &Element) -> bool {
    let mut found = false;
    drawing.walk(&mut |e| found |= is_para(e) || matches!(&*e.tag, "c:chart" | "cx:chart" | "dgm:relIds"));
    found
}

/// Empties the text of a paragraph, and of text boxes nothing. Pictures in it are of those it names.
fn erase(element: &mut Element) {
    for node in &mut element.children {
        match node {
            Node::Element(e) if is_words(&e.tag) => e.children.clear(),
            Node::Element(e) if !is_para(e) => erase(e),
            _ => {}
        }
    }
    element.children.retain(|n| match n {
        Node::Element(e) => {
            let picture = matches!(&*e.tag, "w:drawing" | "w:pict" | "w:object") && !has_words(e);
            let mark = matches!(
                &*e.tag,
                "w:tab" | "w:br" | "w:cr" | "w:footnoteReference" | "w:endnoteReference" | "w:sym"
            );
            !picture && !mark || &*element.tag == "w:tabs"
        }
        Node::Text(_) => true,
    });
}

struct Cutter<'c> {
    cuts: &'c [Cut],
    words: &'c str,
    at: usize,
    placed: Vec<bool>,
}

impl Cutter<'_> {
    fn cut(&mut self, element: &mut Element, raised: &mut String) {
        if is_bare(element) {
            self.cut_text(element);
            return;
        }
        let run = &*element.tag == "w:r";
        for node in &mut element.children {
            let Node::Element(child) = node else { continue };
            match &*child.tag {
                tag if is_words(tag) => self.cut_text(child),
                "w:ruby" => self.cut_ruby(child, raised),
                "w:tab" | "w:ptab" if run => self.at += 1,
                "w:br" | "w:cr" | "a:br" => self.at += 1,
                "w:noBreakHyphen" => self.at += '\u{2011}'.len_utf8(),
                "w:softHyphen" => self.at += '\u{AD}'.len_utf8(),
                _ if is_seam(child) => {
                    self.at += SEAM.len_utf8();
                    self.cut(child, raised);
                }
                tag if is_silent(tag) => {}
                _ if is_para(child) => {}
                "w:r" | "a:r" => {
                    let now = height(child);
                    if now != *raised {
                        self.at += SEAM.len_utf8();
                        *raised = now;
                    }
                    self.cut(child, raised);
                }
                _ => self.cut(child, raised),
            }
        }
    }

    /// What tells how a name sounds goes with the name.
    fn cut_ruby(&mut self, ruby: &mut Element, raised: &mut String) {
        let from = self.at;
        self.cut(ruby, raised);
        let to = self.at;
        if self.cuts.iter().any(|c| c.start < to && c.end > from) {
            for node in &mut ruby.children {
                if let Node::Element(sound) = node
                    && &*sound.tag == "w:rt"
                {
                    erase(sound);
                }
            }
        }
    }

    fn cut_text(&mut self, element: &mut Element) {
        let mut changed = false;
        for node in &mut element.children {
            let Node::Text(t) = node else { continue };
            let (from, to) = (self.at, self.at + t.len());
            self.at = to;
            let mut out = String::new();
            let mut kept = from;
            for (n, cut) in self
                .cuts
                .iter()
                .enumerate()
                .filter(|(_, c)| c.start < to && c.end > from)
            {
                out.push_str(&t[kept - from..cut.start.max(from) - from]);
                if !self.placed[n] {
                    out.push_str(token::choose(&self.words[..cut.start], &self.words[cut.end..]));
                    self.placed[n] = true;
                }
                kept = cut.end.min(to);
                changed = true;
            }
            out.push_str(&t[kept - from..]);
            *t = out;
        }
        if changed && &*element.tag == "w:t" && element.attr("xml:space").is_none() {
            element.attrs.push(Attr {
                raw: "xml:space".into(),
                key: "xml:space".into(),
                value: "preserve".into(),
            });
        }
    }
}
