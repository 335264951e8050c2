//! The plan over all paragraphs of a document, and the cuts in its trees.

use super::Work;
use super::names::Namer;
use super::styles::Styles;
use crate::docx::xml::{Element, Node};
use crate::findings;
use crate::matcher::Matcher;
use crate::model::{Report, What};
use crate::plan::{self, Para, Plan};
use crate::sections;
use crate::tree::{self, Grammar};
use std::collections::BTreeMap;

/// Plans over all paragraphs together, cuts, and names what is left.
pub(super) fn redact(
    works: &mut [Work],
    matcher: &Matcher,
    report: Report,
    counts: &BTreeMap<What, usize>,
) -> Report {
    let mut paras = Vec::new();
    for work in works.iter() {
        collect(&work.tree, work, work.place, &mut paras);
    }
    let plan = plan::plan(&paras, matcher);
    let mut next = 0;
    for work in works.iter_mut() {
        apply(&mut work.tree, &work.styles, &plan, &mut next);
    }
    let mut namer = Namer::default();
    works.iter().for_each(|w| namer.learn(&w.tree, matcher));
    works.iter_mut().for_each(|w| namer.name(&mut w.tree));
    let mut whole = plan::report(&paras, &plan, matcher);
    for entry in report.removed {
        whole.add(entry.what, &entry.place, entry.count as usize);
    }
    for (what, count) in counts {
        let place = if *what == What::Properties {
            "properties"
        } else {
            "document"
        };
        whole.add(*what, place, *count);
    }
    whole.findings.extend(report.findings);
    let mut targets = Vec::new();
    for work in works.iter() {
        links(&work.tree, &work.styles, &mut false, &mut targets);
    }
    findings::links(&targets, matcher, &mut whole);
    plan::sort(&mut whole);
    whole
}

/// Where the links outside the reference list lead.
fn links(element: &Element, styles: &Styles, references: &mut bool, out: &mut Vec<String>) {
    if styles.is_para(element) {
        let words = tree::text(element, styles);
        if sections::is_references(words.trim()) {
            *references = true;
        } else if sections::is_other_heading(words.trim()) {
            *references = false;
        }
    }
    if &*element.tag == "text:a" && !*references {
        out.extend(element.attr("xlink:href").map(str::to_owned));
    }
    for child in element.elements() {
        links(child, styles, references, out);
    }
}

/// The paragraphs of a tree, in its order.
fn collect(element: &Element, work: &Work, place: &'static str, out: &mut Vec<Para>) {
    let place = match &*element.tag {
        "style:header" | "style:header-left" | "style:header-first" => "header",
        "style:footer" | "style:footer-left" | "style:footer-first" => "footer",
        "text:note" if element.attr("text:note-class") == Some("endnote") => "endnotes",
        "text:note" => "footnotes",
        "chart:chart" => "figures",
        _ => place,
    };
    if work.styles.is_para(element) {
        let words = tree::text(element, &work.styles);
        let heading = work.styles.level(element).is_some() || work.styles.is_bold(element, &words);
        out.push(Para {
            heading: heading && !words.trim().is_empty(),
            text: words,
            place: place.into(),
            head: matches!(place, "header" | "footer"),
            body: place == "body",
        });
    }
    for child in element.elements() {
        collect(child, work, place, out);
    }
}

/// Makes the cuts, in the order of [`collect`].
fn apply(element: &mut Element, styles: &Styles, plan: &Plan, next: &mut usize) {
    let own = styles.is_para(element).then_some(*next);
    *next += usize::from(own.is_some());
    let mut gone = Vec::new();
    for (at, node) in element.children.iter_mut().enumerate() {
        if let Node::Element(child) = node {
            let whole = styles.is_para(child) && plan.drops.get(*next).copied().flatten().is_some();
            apply(child, styles, plan, next);
            if whole && child.children.is_empty() {
                gone.push(at);
            }
        }
    }
    if matches!(&*element.tag, "office:text" | "text:section" | "text:list-item") {
        for at in gone.into_iter().rev() {
            element.children.remove(at);
        }
    }
    element.children.retain(|n| {
        !matches!(n, Node::Element(e) if matches!(&*e.tag, "text:list-item" | "text:list") && e.children.is_empty())
    });
    let Some(index) = own else { return };
    if plan.drops.get(index).copied().flatten().is_some() {
        // A note goes with the words it belongs to.
        element
            .children
            .retain(|n| !matches!(n, Node::Element(e) if &*e.tag == "text:note"));
        tree::prune(element, &mut |e| &*e.tag != "text:note");
        tree::erase(element, styles);
    } else if let Some(cuts) = plan.cuts.get(index) {
        tree::cut(element, styles, cuts);
    }
}
