//! Cuts in the runs of paragraphs, and paragraphs that go as a whole.

use super::{height, is_bare, is_para, is_seam, is_silent, is_words, text};
use crate::docx::xml::{Attr, Element, Node};
use crate::fold::SEAM;
use crate::model::What;
use crate::plan::Cut;
use crate::token;

/// Makes the cuts. `next` counts paragraphs in the same order as [`collect`](super::collect).
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
            let emptied = &*e.tag == "w:r" && e.children.is_empty();
            !picture && !mark && !emptied || &*element.tag == "w:tabs"
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
