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

/// Properties that say who wrote the paper, by which lines at its end are told from lines of text between two rules.
const WRITERS: &[&str] = &[
    "author",
    "authors",
    "date",
    "affiliation",
    "institute",
    "email",
    "thanks",
];

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    plain.then_some(key)
}

/// Properties in YAML: where their lines are, and where they stand with their fences.
struct Yaml {
    inner: Range<usize>,
    whole: Range<usize>,
}

/// Properties that begin at a place, with their first fence.
fn yaml_at(text: &str, start: usize) -> Option<Yaml> {
    let first = start + text[start..].find('\n')? + 1;
    if text[start..first].trim_end() != "---" {
        return None;
    }
    let mut at = first;
    let mut keys = 0;
    for line in text[at..].split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == "---" || bare == "..." {
            return (keys > 0).then_some(Yaml {
                inner: first..at,
                whole: start..at + line.len(),
            });
        }
        keys += usize::from(key(line).is_some());
        at += line.len();
    }
    None
}

/// The properties a text begins with; blank lines may stand before them.
fn yaml(text: &str) -> Option<Yaml> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim_start_matches('\u{FEFF}').trim().is_empty() {
            break;
        }
        start += line.len();
    }
    yaml_at(text, start)
}

/// Properties that a text ends with, behind a blank line.
fn last_yaml(text: &str) -> Option<Yaml> {
    let mut found = None;
    let mut at = 0;
    let mut blank = false;
    for line in text.split_inclusive('\n') {
        if blank && line.trim_end() == "---" {
            found = yaml_at(text, at)
                .filter(|y| text[y.whole.end..].trim().is_empty())
                // Between two rules stand lines of text: here each one is a property or belongs to one.
                .filter(|y| text[y.inner.clone()].lines().all(is_property))
                .filter(|y| text[y.inner.clone()].lines().filter_map(key).any(is_known))
                // A list of works is read as text.
                .filter(|y| {
                    !text[y.inner.clone()]
                        .lines()
                        .filter_map(key)
                        .any(|k| k == "references")
                })
                .or(found);
        }
        blank = line.trim().is_empty();
        at += line.len();
    }
    found.filter(|y| yaml(text).is_none_or(|first| first.whole.end <= y.whole.start))
}

fn is_known(key: &str) -> bool {
    KEPT.contains(&key) || WRITERS.contains(&key)
}

fn is_property(line: &str) -> bool {
    key(line).is_some() || line.trim().is_empty() || line.starts_with([' ', '\t', '-', '#'])
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
        .map(|y| y.whole.end)
        .or_else(|| title_block(text))
        .unwrap_or(0)
}

/// Where the text itself ends.
pub(super) fn tail(text: &str) -> usize {
    last_yaml(text).map_or(text.len(), |y| y.whole.start)
}

/// The words of the properties, line by line, without the keys.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let (inner, block) = match yaml(text) {
        Some(y) => (y.inner, false),
        None => (0..title_block(text).unwrap_or(0), true),
    };
    let mut out = Vec::new();
    lines_of(text, inner, block, &mut out);
    if let Some(last) = last_yaml(text) {
        lines_of(text, last.inner, false, &mut out);
    }
    out
}

fn lines_of(text: &str, inner: Range<usize>, block: bool, out: &mut Vec<Range<usize>>) {
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
}

/// The title.
pub(super) fn title(text: &str) -> Option<String> {
    let line = match yaml(text) {
        Some(y) => text[y.inner].lines().find_map(|l| l.strip_prefix("title:"))?,
        None => text[..title_block(text)?].lines().next()?.strip_prefix('%')?,
    };
    let bare = line.trim().trim_matches(['"', '\'']).trim();
    (!bare.is_empty() && !matches!(bare, "|" | ">" | "|-" | ">-")).then(|| bare.to_owned())
}

/// Takes out what only says who, when and where.
pub(super) fn clean(text: &str, neutral: &Neutral<'_>, counts: &mut Counts) -> String {
    let mut text = text.to_owned();
    // Behind properties that went as a whole there may be others.
    for which in [last_yaml, yaml] {
        while let Some(yaml) = which(&text) {
            let next = without(&text, &yaml, neutral, counts);
            let whole = next.len() + yaml.whole.len() == text.len();
            text = next;
            if !whole {
                break;
            }
        }
    }
    match yaml(&text) {
        Some(_) => text,
        None => clean_block(&text, counts),
    }
}

/// A text with what may stay of its properties.
fn without(text: &str, yaml: &Yaml, neutral: &Neutral<'_>, counts: &mut Counts) -> String {
    let mut kept = String::new();
    let mut keep: Option<String> = None;
    for line in text[yaml.inner.clone()].split_inclusive('\n') {
        let comment = line.trim_start().starts_with('#');
        if let Some(name) = key(line).map(str::to_lowercase) {
            keep = KEPT.contains(&name.as_str()).then_some(name);
            *counts.entry(What::Properties).or_default() += usize::from(keep.is_none());
        }
        if comment {
            *counts.entry(What::Comments).or_default() += 1;
        } else if let Some(name) = &keep {
            kept.push_str(&path(line, name, neutral, counts));
        }
    }
    let (before, behind) = (&text[..yaml.whole.start], &text[yaml.whole.end..]);
    if kept.trim().is_empty() {
        return format!("{before}{behind}");
    }
    let fences = (
        &text[yaml.whole.start..yaml.inner.start],
        &text[yaml.inner.end..yaml.whole.end],
    );
    format!("{before}{}{kept}{}{behind}", fences.0, fences.1)
}

/// Properties that are words.
const PROSE: &[&str] = &[
    "title",
    "subtitle",
    "abstract",
    "keywords",
    "highlights",
    "abstract-title",
];

/// A line with its path made neutral: behind a key or a dash, at any depth, also of a list in brackets. `of`: the property it
/// belongs to.
fn path(line: &str, of: &str, neutral: &Neutral<'_>, counts: &mut Counts) -> String {
    if PROSE.contains(&of) {
        return line.to_owned();
    }
    let bare = line.trim_start();
    let indent = line.len() - bare.len();
    let lead = key(bare).map_or_else(
        || bare.len() - bare.trim_start_matches(['-', ' ']).len(),
        |k| k.len() + 1,
    );
    let at = indent + lead;
    let value = line[at..].trim();
    let list = value.strip_prefix('[').and_then(|v| v.strip_suffix(']'));
    let items: Vec<&str> = list.map_or_else(|| vec![value], |l| l.split(',').collect());
    let mut changed = false;
    let new: Vec<String> = items
        .iter()
        .map(|item| {
            let bare = item.trim().trim_matches(['"', '\'']);
            let away = bare.starts_with(['/', '~']) && bare.len() > 1
                || bare.starts_with(r"\\")
                || bare.get(1..3).is_some_and(|s| s == ":/" || s == ":\\");
            let named = matches!(of, "bibliography" | "csl");
            if bare.is_empty() || !(away || named) {
                return item.trim().to_owned();
            }
            let new = neutral.path(bare);
            changed |= new != bare;
            if new == bare { item.trim().to_owned() } else { new }
        })
        .collect();
    if !changed {
        return line.to_owned();
    }
    *counts.entry(What::Paths).or_default() += 1;
    let gap = if line[..at].ends_with(' ') { "" } else { " " };
    match list {
        Some(_) => format!("{}{gap}[{}]\n", &line[..at], new.join(", ")),
        None => format!("{}{gap}{}\n", &line[..at], new.concat()),
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
    let last = match last_yaml(text) {
        Some(last) => quoted_in(text, &last.inner),
        None => text.to_owned(),
    };
    match yaml(&last) {
        Some(first) => quoted_in(&last, &first.inner),
        None => last,
    }
}

fn quoted_in(text: &str, inner: &Range<usize>) -> String {
    let mut out = text[..inner.start].to_owned();
    // How far the key stands in behind which lines of text follow, in which nothing is quoted.
    let mut words: Option<usize> = None;
    for line in text[inner.clone()].split_inclusive('\n') {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        words = words.filter(|w| indent > *w || bare.is_empty());
        let lead = key(bare).map_or(0, |k| k.len() + 1);
        let value = bare[lead..].trim_start_matches([' ', '-']);
        let entry = bare.starts_with("- ");
        if words.is_none() && value.starts_with("[…]") && (lead > 0 || entry) {
            let at = line.len() - value.len();
            let plain = value.trim_end().replace('\\', "\\\\").replace('"', "\\\"");
            out.push_str(&format!("{}\"{plain}\"\n", &line[..at]));
        } else {
            out.push_str(line);
        }
        if lead > 0 && words.is_none() && matches!(value.trim_end(), "|" | ">" | "|-" | ">-" | "|+" | ">+") {
            words = Some(indent);
        }
    }
    out.push_str(&text[inner.end..]);
    out
}
