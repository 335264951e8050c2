//! Paragraphs in XML trees whose text stands between tags (ODF, SVG): read as plain text, and cut at places in that text.
//! What is a paragraph and what an element adds to it is the format's [`Grammar`]; the walk there and back is one.

use crate::docx::xml::{Element, Node};
use crate::plan::Cut;
use crate::token;

/// What an element inside a paragraph means for its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Its text is the paragraph's.
    Enter,
    /// The same, set apart from what stands before and behind, as raised letters are.
    Apart,
    /// It stands for a letter.
    Mark(char),
    /// None of its text belongs to the paragraph.
    Skip,
}

/// How a format writes paragraphs.
pub(crate) trait Grammar {
    /// Whether names do not run into this element nor out of it.
    fn is_para(&self, element: &Element) -> bool;
    /// What an element inside a paragraph, which is none itself, means.
    fn step(&self, element: &Element) -> Step;
}

/// The text of one paragraph.
pub(crate) fn text(paragraph: &Element, grammar: &dyn Grammar) -> String {
    let mut out = String::new();
    read(paragraph, grammar, &mut out);
    out
}

fn read(element: &Element, grammar: &dyn Grammar, out: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(t) => out.push_str(t),
            Node::Element(child) if grammar.is_para(child) => out.push(SEAM),
            Node::Element(child) => match grammar.step(child) {
                Step::Enter => read(child, grammar, out),
                Step::Apart => {
                    out.push(SEAM);
                    read(child, grammar, out);
                    out.push(SEAM);
                }
                Step::Mark(c) => out.push(c),
                Step::Skip => out.push(SEAM),
            },
        }
    }
}

use crate::fold::SEAM;

/// Takes stretches of a paragraph's text out of its text nodes; the first node of each gets the token.
pub(crate) fn cut(paragraph: &mut Element, grammar: &dyn Grammar, cuts: &[Cut]) {
    if cuts.is_empty() {
        return;
    }
    let words = text(paragraph, grammar);
    let mut cutter = Cutter {
        cuts,
        words: &words,
        at: 0,
        placed: vec![false; cuts.len()],
    };
    cutter.walk(paragraph, grammar);
}

struct Cutter<'c> {
    cuts: &'c [Cut],
    words: &'c str,
    at: usize,
    placed: Vec<bool>,
}

impl Cutter<'_> {
    fn walk(&mut self, element: &mut Element, grammar: &dyn Grammar) {
        let mut gone = Vec::new();
        for (n, node) in element.children.iter_mut().enumerate() {
            match node {
                Node::Text(t) => self.text(t),
                Node::Element(child) if grammar.is_para(child) => self.at += SEAM.len_utf8(),
                Node::Element(child) => match grammar.step(child) {
                    Step::Enter => self.walk(child, grammar),
                    Step::Apart => {
                        self.at += SEAM.len_utf8();
                        self.walk(child, grammar);
                        self.at += SEAM.len_utf8();
                    }
                    Step::Mark(c) => {
                        // A space or line end inside a name would tell how it was written.
                        let (from, to) = (self.at, self.at + c.len_utf8());
                        if self.cuts.iter().any(|cut| cut.start <= from && cut.end >= to) {
                            gone.push(n);
                        }
                        self.at = to;
                    }
                    Step::Skip => self.at += SEAM.len_utf8(),
                },
            }
        }
        for n in gone.into_iter().rev() {
            element.children.remove(n);
        }
    }

    fn text(&mut self, t: &mut String) {
        let (from, to) = (self.at, self.at + t.len());
        self.at = to;
        let mut out = String::new();
        let mut kept = from;
        let first = self.cuts.partition_point(|c| c.end <= from);
        for (n, cut) in self
            .cuts
            .iter()
            .enumerate()
            .skip(first)
            .take_while(|(_, c)| c.start < to)
        {
            out.push_str(&t[kept - from..cut.start.max(from) - from]);
            if !self.placed[n] {
                out.push_str(token::choose(&self.words[..cut.start], &self.words[cut.end..]));
                self.placed[n] = true;
            }
            kept = cut.end.min(to);
        }
        out.push_str(&t[kept - from..]);
        *t = out;
    }
}

/// Empties a paragraph's own text, with everything in it that only serves the text; paragraphs inside it stay.
pub(crate) fn erase(element: &mut Element, grammar: &dyn Grammar) {
    element.children.retain_mut(|node| match node {
        Node::Text(_) => false,
        Node::Element(child) if grammar.is_para(child) => true,
        Node::Element(child) => match grammar.step(child) {
            Step::Enter | Step::Apart => {
                erase(child, grammar);
                !child.children.is_empty()
            }
            Step::Mark(_) => false,
            Step::Skip => true,
        },
    });
}

/// Removes child elements all through a tree.
pub(crate) fn prune(element: &mut Element, keep: &mut dyn FnMut(&Element) -> bool) {
    element.children.retain_mut(|node| match node {
        Node::Text(_) => true,
        Node::Element(child) => {
            let kept = keep(child);
            if kept {
                prune(child, keep);
            }
            kept
        }
    });
}
