//! The plan over all paragraphs of a text, and the cuts in its source.

use super::paras::{Shape, paras};
use super::{front, options};
use crate::flow::{self, Edit};
use crate::matcher::Matcher;
use crate::model::Report;
use crate::plan;
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;

/// Plans over all paragraphs and cuts the source.
pub(super) fn cut(text: &str, matcher: &Matcher) -> (String, Report) {
    let paras = paras(text);
    let planned: Vec<plan::Para> = paras
        .iter()
        .map(|p| plan::Para {
            text: p.flow.text.clone(),
            place: match p.shape {
                Shape::Property => "properties",
                Shape::Note => "footnotes",
                _ => "body",
            }
            .into(),
            heading: matches!(p.shape, Shape::Heading(_)),
            head: false,
            body: !matches!(p.shape, Shape::Property | Shape::Note | Shape::Code),
        })
        .collect();
    let plan = plan::plan(&planned, matcher);
    let mut edits = Vec::new();
    let plain = |t: &str| t.to_owned();
    for (n, para) in paras.iter().enumerate() {
        if plan.drops[n].is_none() {
            para.flow.edits(&plan.cuts[n], &plain, &mut edits);
        } else if let Some(whole) = para.whole.clone() {
            edits.push(Edit::drop(whole));
        } else {
            para.flow.erase(&mut edits);
        }
    }
    unwrap_empty(text, &mut edits);
    let report = plan::report(&planned, &plan, matcher);
    let mut out = flow::apply(text, edits);
    // A sign before a bracket would be read as a link.
    for (tight, apart) in [
        ("[…](", "[…] ("),
        ("[…][", "[…] ["),
        ("［略］(", "［略］ ("),
        ("\n[…]:", "\n[…] :"),
    ] {
        out = out.replace(tight, apart);
    }
    (front::quoted(&out), report)
}

/// Marks of emphasis around nothing would be read as other marks: they go with their words.
fn unwrap_empty(text: &str, edits: &mut Vec<Edit>) {
    let wraps: Vec<Range<usize>> = Parser::new_ext(text, options())
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript
                ) | Event::Code(_)
            )
        })
        .map(|(_, range)| range)
        .collect();
    edits.sort_by_key(|e| e.range.start);
    let mut emptied = Vec::new();
    for wrap in wraps {
        let first = edits.partition_point(|e| e.range.start < wrap.start);
        let inner: Vec<Edit> = edits[first..]
            .iter()
            .take_while(|e| e.range.start < wrap.end)
            .filter(|e| e.range.end <= wrap.end)
            .map(|e| Edit {
                range: e.range.start - wrap.start..e.range.end - wrap.start,
                with: e.with.clone(),
            })
            .collect();
        let left = if inner.is_empty() {
            String::new()
        } else {
            flow::apply(&text[wrap.clone()], inner.clone())
        };
        if !inner.is_empty()
            && left
                .chars()
                .all(|c| matches!(c, '*' | '_' | '~' | '^' | '`') || c.is_whitespace())
        {
            emptied.push(Edit::drop(wrap));
        }
    }
    edits.extend(emptied);
}
