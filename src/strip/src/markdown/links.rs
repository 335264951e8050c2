//! Links and pictures in Markdown.

use super::{Counts, options};
use crate::flow::{self, Edit};
use crate::latex::neutral::Neutral;
use crate::matcher::Matcher;
use crate::model::{Refusal, What};
use crate::{forms, picture, sections};
use data_encoding::BASE64;
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::ops::Range;

pub(super) fn is_web(target: &str) -> bool {
    let lower = target.to_lowercase();
    lower.starts_with("http://")
        || lower.starts_with("https://")
        || lower.starts_with("//")
        || lower.starts_with("ftp:")
}

/// Links to people and private places leave their words; pictures from elsewhere leave theirs; definitions nobody uses go.
pub(super) fn links(
    text: &str,
    matcher: &Matcher,
    neutral: &Neutral<'_>,
    counts: &mut Counts,
) -> Result<String, Refusal> {
    let parser = Parser::new_ext(text, options());
    let definitions: Vec<(String, String, Range<usize>)> = parser
        .reference_definitions()
        .iter()
        .map(|(label, d)| (label.to_lowercase(), d.dest.to_string(), d.span.clone()))
        .collect();
    let events: Vec<(Event<'_>, Range<usize>)> = parser.into_offset_iter().collect();
    let private = |target: &str| {
        let lower = target.to_lowercase();
        let own = lower.contains(':') && !is_web(target) && !lower.starts_with('#')
            || lower.starts_with(['/', '~'])
            || lower.contains('\\');
        own || !matcher.find(target, false).is_empty()
            || !forms::find(target).is_empty()
            || neutral.tells(target)
    };
    let mut edits = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (n, (event, range)) in events.iter().enumerate() {
        let (image, kind, target, title, id) = match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => (false, link_type, dest_url, title, id),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => (true, link_type, dest_url, title, id),
            _ => continue,
        };
        let words = words_of(&events[n + 1..], range, image);
        let inside = &text[words.clone()];
        if image && target.starts_with("data:") {
            picture_inside(target, range, text, matcher, &mut edits, counts)?;
        } else if matches!(kind, LinkType::Autolink | LinkType::Email) {
            // Its words are its target: they are read as text.
        } else if image && is_web(target) || private(target) || title_tells(title, matcher) {
            *counts
                .entry(if image { What::Paths } else { What::Links })
                .or_default() += 1;
            edits.push(Edit::drop(range.start..words.start));
            edits.push(Edit::drop(words.end..range.end));
            if image && inside.is_empty() {
                edits.push(Edit {
                    range: words.clone(),
                    with: "—".into(),
                });
            }
        } else {
            used.insert(id.to_lowercase());
        }
    }
    for (label, _, span) in definitions
        .into_iter()
        .filter(|(label, target, _)| !used.contains(label) || private(target))
    {
        let hidden = if label.starts_with("//") || label.starts_with("comment") {
            What::Comments
        } else {
            What::HiddenParts
        };
        *counts.entry(hidden).or_default() += 1;
        let end = text[span.end..]
            .find('\n')
            .map_or(text.len(), |e| span.end + e + 1);
        let start = text[..span.start].rfind('\n').map_or(0, |s| s + 1);
        edits.push(Edit::drop(start..end));
    }
    Ok(flow::apply(text, edits))
}

/// Where the words over links lead, outside the reference list.
pub(super) fn targets(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut heading: Option<String> = None;
    let mut references = false;
    for event in Parser::new_ext(text, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let words = heading.take().unwrap_or_default();
                references = sections::is_references(words.trim());
            }
            Event::Text(words) => heading.iter_mut().for_each(|h| h.push_str(&words)),
            Event::Start(Tag::Link { dest_url, .. }) if !references => out.push(dest_url.to_string()),
            _ => {}
        }
    }
    out
}

fn title_tells(title: &str, matcher: &Matcher) -> bool {
    !title.is_empty() && !matcher.find(title, false).is_empty()
}

/// The source of a link's words: from the first to the last piece inside it.
fn words_of(rest: &[(Event<'_>, Range<usize>)], whole: &Range<usize>, image: bool) -> Range<usize> {
    let mut found: Option<Range<usize>> = None;
    let mut depth = 0_usize;
    for (event, range) in rest {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        found = Some(found.map_or(range.clone(), |f| f.start.min(range.start)..f.end.max(range.end)));
    }
    let lead = whole.start + if image { 2 } else { 1 };
    found.unwrap_or(lead.min(whole.end)..lead.min(whole.end))
}

/// A picture written into the text.
fn picture_inside(
    target: &str,
    range: &Range<usize>,
    text: &str,
    matcher: &Matcher,
    edits: &mut Vec<Edit>,
    counts: &mut Counts,
) -> Result<(), Refusal> {
    let packed = target
        .split_once("base64,")
        .and_then(|(_, b)| BASE64.decode(b.trim().as_bytes()).ok());
    let clean = packed.and_then(|bytes| picture::alone(&bytes, matcher).ok());
    let Some(at) = text[range.clone()].find(target).map(|n| range.start + n) else {
        return Err(Refusal::Broken);
    };
    let with = match clean {
        Some(clean) => {
            for (what, n) in clean.gone {
                *counts.entry(what).or_default() += n;
            }
            format!(
                "data:{};base64,{}",
                picture::media_type(clean.kind),
                BASE64.encode(&clean.bytes)
            )
        }
        None => {
            *counts.entry(What::HiddenParts).or_default() += 1;
            "none".into()
        }
    };
    edits.push(Edit {
        range: at..at + target.len(),
        with,
    });
    Ok(())
}
