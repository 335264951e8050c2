//! What stands before a Markdown text: properties in YAML, or pandoc's title block. What the paper is stays, who wrote it goes.

use super::Counts;
use crate::latex::neutral::Neutral;
use crate::model::What;
use std::ops::Range;

/// Properties that say what the paper is or how it is to be made; all others go.
const KEPT: &[&str] = &[
    "title",
    "subtitle",
    "abstract",
    "keywords",
    "lang",
    "language",
    "format",
    "output",
    "bibliography",
    "csl",
    "link-citations",
    "documentclass",
    "classoption",
    "geometry",
    "fontsize",
    "mainfont",
    "sansfont",
    "monofont",
    "cjkmainfont",
    "numbersections",
    "number-sections",
    "toc",
    "toc-depth",
    "linestretch",
    "execute",
    "engine",
    "knitr",
    "papersize",
    "colorlinks",
    "crossref",
    "reference-section-title",
    "suppress-bibliography",
    "nocite",
    "figprefix",
    "tblprefix",
    "indent",
    "type",
    "status",
    "abstract-title",
    "highlights",
    "fig-cap-location",
    "tbl-cap-location",
    "linenumbers",
    "line-numbers",
];

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    plain.then_some(key)
}

/// Where the properties' lines are and where they end, with their fences.
fn yaml(text: &str) -> Option<(Range<usize>, usize)> {
    let first = text.find('\n')?;
    if text[..first].trim_end() != "---" {
        return None;
    }
    let mut at = first + 1;
    let mut keys = 0;
    for line in text[at..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == "---" || bare == "..." {
            return (keys > 0).then_some((first + 1..at, at + line.len()));
        }
        keys += usize::from(key(line).is_some());
        at += line.len();
    }
    None
}

/// The lines of pandoc's title block: title, authors, date.
fn title_block(text: &str) -> Option<usize> {
    if !text.starts_with("% ") && !text.starts_with("%\n") {
        return None;
    }
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let goes_on = n > 0 && line.starts_with(' ') && !line.trim().is_empty();
        if !line.starts_with('%') && !goes_on {
            break;
        }
        at += line.len();
    }
    Some(at)
}

/// Whether a text begins so.
pub(super) fn begins(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}');
    yaml(text).is_some()
        || title_block(text)
            .is_some_and(|end| text[..end].matches('%').count() >= 2 && !text.contains("\\begin{"))
}

/// Where the text itself begins.
pub(super) fn end(text: &str) -> usize {
    yaml(text)
        .map(|(_, end)| end)
        .or_else(|| title_block(text))
        .unwrap_or(0)
}

/// The words of the properties, line by line, without the keys.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let (inner, block) = match yaml(text) {
        Some((inner, _)) => (inner, false),
        None => (0..title_block(text).unwrap_or(0), true),
    };
    let mut out = Vec::new();
    let mut at = inner.start;
    for line in text[inner].split_inclusive('\n') {
        let lead = if block {
            1
        } else {
            key(line).map_or(0, |k| k.len() + 1)
        };
        let bare = line.trim_end().len();
        if lead < bare {
            out.push(at + lead..at + bare);
        }
        at += line.len();
    }
    out
}

/// The title.
pub(super) fn title(text: &str) -> Option<String> {
    let line = match yaml(text) {
        Some((inner, _)) => text[inner].lines().find_map(|l| l.strip_prefix("title:"))?,
        None => text[..title_block(text)?].lines().next()?.strip_prefix('%')?,
    };
    let bare = line.trim().trim_matches(['"', '\'']).trim();
    (!bare.is_empty() && !matches!(bare, "|" | ">" | "|-" | ">-")).then(|| bare.to_owned())
}

/// Takes out what only says who, when and where.
pub(super) fn clean(text: &str, neutral: &Neutral<'_>, counts: &mut Counts) -> String {
    let Some((inner, end)) = yaml(text) else {
        return clean_block(text, counts);
    };
    let mut kept = String::new();
    let mut keep = false;
    for line in text[inner.clone()].split_inclusive('\n') {
        let comment = line.trim_start().starts_with('#');
        let name = key(line).map(str::to_lowercase);
        if let Some(name) = &name {
            keep = KEPT.contains(&name.as_str());
            *counts.entry(What::Properties).or_default() += usize::from(!keep);
        }
        if comment {
            *counts.entry(What::Comments).or_default() += 1;
        } else if keep {
            match name.as_deref() {
                Some("bibliography" | "csl") => kept.push_str(&path(line, neutral)),
                _ => kept.push_str(line),
            }
        }
    }
    if kept.trim().is_empty() {
        return text[end..].to_owned();
    }
    format!("{}{kept}{}", &text[..inner.start], &text[inner.end..])
}

fn path(line: &str, neutral: &Neutral<'_>) -> String {
    let Some((key, value)) = line.split_once(':') else {
        return line.to_owned();
    };
    let bare = value.trim().trim_matches(['"', '\'']);
    if bare.is_empty() || bare.starts_with('[') {
        return line.to_owned();
    }
    let new = neutral.path(bare);
    if new == bare {
        line.to_owned()
    } else {
        format!("{key}: {new}\n")
    }
}

/// Of a title block only the title stays.
fn clean_block(text: &str, counts: &mut Counts) -> String {
    let Some(end) = title_block(text) else {
        return text.to_owned();
    };
    let mut title = String::new();
    let mut field = 0;
    for line in text[..end].split_inclusive('\n') {
        field += usize::from(line.starts_with('%'));
        if field <= 1 {
            title.push_str(line);
        } else if line.trim_end() != "%" {
            *counts.entry(What::Properties).or_default() += 1;
        }
    }
    title + &text[end..]
}

/// A value that begins with the sign for something removed would be read as a list: it is put into quotes.
pub(super) fn quoted(text: &str) -> String {
    let Some((inner, _)) = yaml(text) else {
        return text.to_owned();
    };
    let mut out = text[..inner.start].to_owned();
    for line in text[inner.clone()].split_inclusive('\n') {
        let lead = key(line).map_or(0, |k| k.len() + 1);
        let value = line[lead..].trim_start_matches([' ', '-']);
        let entry = line.trim_start().starts_with("- ");
        if value.starts_with("[…]") && (lead > 0 || entry) {
            let at = line.len() - value.len();
            let bare = value.trim_end().replace('\\', "\\\\").replace('"', "\\\"");
            out.push_str(&format!("{}\"{bare}\"\n", &line[..at]));
        } else {
            out.push_str(line);
        }
    }
    out.push_str(&text[inner.end..]);
    out
}
