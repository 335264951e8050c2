//! Plans over all paragraphs of a paper, and the cuts in its sources.

use super::flows::{self, Para, Shape};
use super::project::Project;
use super::{bib, lexer, sign};
use crate::flow::{self, Edit, Flow};
use crate::matcher::Matcher;
use crate::model::Report;
use crate::plan::{self, Plan};
use std::collections::BTreeSet;

/// Where a paragraph came from.
enum Origin {
    Text(usize),
    Bibliography(usize, Flow),
}

/// Plans over all paragraphs and cuts the sources.
pub(super) fn cut(project: &mut Project, matcher: &Matcher) -> Report {
    let mut paras: Vec<Para> = Vec::new();
    for root in &project.roots {
        let found = flows::read(&project.texts, *root);
        // A further document reads the rest again: what is there already stays out.
        let known: BTreeSet<usize> = paras.iter().map(|p| p.file).collect();
        let shift = paras.len();
        let mut index: Vec<usize> = Vec::new();
        let fresh: Vec<(usize, Para)> = found
            .into_iter()
            .enumerate()
            .filter(|(_, p)| !known.contains(&p.file))
            .collect();
        index.extend(fresh.iter().map(|(n, _)| *n));
        for (_, mut para) in fresh {
            para.parent = para
                .parent
                .and_then(|p| index.iter().position(|i| *i == p))
                .map(|p| p + shift);
            paras.push(para);
        }
        if project.roots.len() == 1 {
            break;
        }
    }
    let mut planned: Vec<plan::Para> = paras.iter().map(planned).collect();
    let mut origins: Vec<Origin> = (0..paras.len()).map(Origin::Text).collect();
    for (n, source) in project.bibliographies.iter().enumerate() {
        planned.push(plan::Para {
            text: "References".into(),
            place: "body".into(),
            heading: true,
            head: false,
            body: true,
        });
        origins.push(Origin::Bibliography(n, Flow::default()));
        for entry in bib::entries(&source.text) {
            let flow = bib::flow(&source.text, &entry);
            planned.push(plan::Para {
                text: flow.text.clone(),
                place: "body".into(),
                heading: false,
                head: false,
                body: true,
            });
            origins.push(Origin::Bibliography(n, flow));
        }
    }
    let mut plan = plan::plan(&planned, matcher);
    settle(&paras, &origins, &mut plan);
    let mut edits: Vec<Vec<Edit>> = project.texts.iter().map(|_| Vec::new()).collect();
    let mut bib_edits: Vec<Vec<Edit>> = project.bibliographies.iter().map(|_| Vec::new()).collect();
    for (n, origin) in origins.iter().enumerate() {
        match origin {
            Origin::Text(at) => {
                let para = &paras[*at];
                let source = &project.texts[para.file].text;
                text_edits(
                    para,
                    source,
                    plan.drops[n].is_some(),
                    &plan.cuts[n],
                    &mut edits[para.file],
                );
            }
            Origin::Bibliography(file, flow) => flow.edits(&plan.cuts[n], &sign, &mut bib_edits[*file]),
        }
    }
    let report = plan::report(&planned, &plan, matcher);
    for (source, edits) in project
        .texts
        .iter_mut()
        .zip(edits)
        .chain(project.bibliographies.iter_mut().zip(bib_edits))
    {
        source.text = flow::apply(&source.text, edits);
    }
    report
}

fn planned(para: &Para) -> plan::Para {
    let place = match para {
        p if p.head => "header",
        p if p.note => "footnotes",
        p if p.body => "body",
        _ => "document",
    };
    plan::Para {
        text: if para.made.is_empty() {
            para.flow.text.clone()
        } else {
            para.made.into()
        },
        place: place.into(),
        heading: matches!(para.shape, Shape::Heading(_)),
        head: para.head,
        body: para.body,
    }
}

/// Entries of a bibliography are cut, never dropped; a note goes with its paragraph.
fn settle(paras: &[Para], origins: &[Origin], plan: &mut Plan) {
    for (n, origin) in origins.iter().enumerate() {
        match origin {
            Origin::Bibliography(..) => plan.drops[n] = None,
            Origin::Text(at) => {
                let gone = paras[*at]
                    .parent
                    .and_then(|p| plan.drops.get(p).copied().flatten());
                plan.drops[n] = plan.drops[n].or(gone);
            }
        }
    }
}

fn text_edits(para: &Para, source: &str, drop: bool, cuts: &[plan::Cut], out: &mut Vec<Edit>) {
    if !drop {
        let raw = |t: &str| t.to_owned();
        let sign: &dyn Fn(&str) -> String = if para.shape == Shape::Code { &raw } else { &sign };
        let mut own = Vec::new();
        para.flow.edits(cuts, sign, &mut own);
        // The comment sign that joined two lines of a name goes too: the space behind the name would stand at a line's beginning
        // after it, where TeX reads none.
        for n in 1..own.len() {
            let between = own[n - 1].range.end..own[n].range.start;
            let gap = source.get(between.clone()).unwrap_or_default();
            if own[n].with.is_empty() && gap.starts_with('%') && gap[1..].trim().is_empty() {
                own.push(Edit::drop(between));
            }
        }
        out.append(&mut own);
        return;
    }
    let span = para.whole.clone().or_else(|| para.flow.source());
    match span.filter(|s| is_whole(&source[s.clone()])) {
        Some(span) => out.push(Edit::drop(span)),
        None => para.flow.erase(out),
    }
}

/// Whether a stretch of source can go without leaving braces or environments open.
fn is_whole(part: &str) -> bool {
    let mut depth = 0_i32;
    for token in lexer::lex(part) {
        match token.kind {
            lexer::Kind::Open => depth += 1,
            lexer::Kind::Close => depth -= 1,
            lexer::Kind::Command if matches!(&part[token.range], "\\begin" | "\\end") => return false,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
