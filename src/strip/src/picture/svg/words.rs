//! The text in a drawing.

use super::elements::is_hidden;
use super::source::{plain_source, unpack};
use crate::docx::xml::{self, Element, Node};
use crate::findings::Collector;
use crate::matcher::Matcher;
use crate::model::Refusal;
use crate::picture::Cleaned;
use crate::plan::{self, Para};
use crate::tree::{self, Grammar, Step};

struct Words;

impl Grammar for Words {
    fn is_para(&self, element: &Element) -> bool {
        &*element.tag == "svg:text"
    }

    fn step(&self, element: &Element) -> Step {
        let moved = ["x", "y", "dy"].iter().any(|k| element.attr(k).is_some());
        match &*element.tag {
            // A line of its own, or a raised mark.
            "svg:tspan" if moved => Step::Apart,
            "svg:tspan" | "svg:textPath" => Step::Enter,
            _ => Step::Skip,
        }
    }
}

/// Takes the identity out of the drawing's text, as from a document's.
pub(super) fn redact(root: &mut Element, matcher: &Matcher, out: &mut Cleaned) {
    let mut paras = Vec::new();
    root.walk(&mut |e| {
        if Words.is_para(e) {
            paras.push(Para {
                text: tree::text(e, &Words),
                place: "pictures".into(),
                ..Para::default()
            });
        }
    });
    let hits: Vec<_> = paras
        .iter()
        .map(|p| matcher.find_as_read(&p.text, false))
        .collect();
    let cuts: Vec<_> = hits
        .into_iter()
        .zip(&paras)
        .map(|(h, p)| plan::cuts(h, p))
        .collect();
    let mut collector = Collector::new(matcher);
    for (para, cuts) in paras.iter().zip(&cuts) {
        for cut in cuts {
            out.count(cut.what, 1);
        }
        collector.look(&plan::apply(&para.text, cuts), "pictures", false);
    }
    out.findings = collector.finish();
    let mut next = 0;
    apply(root, &cuts, &mut next);
}

fn apply(element: &mut Element, cuts: &[Vec<plan::Cut>], next: &mut usize) {
    if Words.is_para(element) {
        tree::cut(element, &Words, &cuts[*next]);
        *next += 1;
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            apply(child, cuts, next);
        }
    }
}

/// The drawing's text, a line per piece.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let unpacked = unpack(bytes)?;
    let source = plain_source(&unpacked, &mut Cleaned::new("svg"))?;
    let mut out = String::new();
    let mut root = xml::parse(source.as_bytes())?;
    tree::prune(&mut root, &mut |e| !is_hidden(e));
    root.walk(&mut |e| {
        if Words.is_para(e) {
            out.push_str(tree::text(e, &Words).replace(crate::fold::SEAM, " ").trim());
            out.push('\n');
        }
    });
    Ok(out)
}
