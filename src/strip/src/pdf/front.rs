//! The first page: its small print, and what keeps its place there.

use super::lines::{self, Line};
use super::sections;
use crate::forms;
use crate::model::What;
use crate::plan::{Cut, Para};
use crate::sections as headings;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A note longer than this is text.
const MOST_LINES: usize = 16;

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    forms::pattern(
        r"(?i)\b(?:is|are|was|were)\s+with\s+the\b|\bsupported\s+by\b|\bfunded\s+by\b|\breceived\b.{0,40}\baccepted\b|\bmanuscript\s+received\b|\bauthor'?s?\b.{0,30}\baddress|\bcurrent(?:ly)?\s+(?:address|affiliation|at)\b|\bcontribut|资助|作者简介|通[信讯]作者",
    )
});
/// After a name: what makes it a citation.
static CITED: LazyLock<Regex> = LazyLock::new(|| {
    forms::pattern(
        r"^,?\s*et\s+al\b|^[^.;。]{0,40}?[(,\[]\s*(?:19|20)\d\d[a-z]?\b|^\s*\[\d|^[^.;。]{0,40}?\s(?:19|20)\d\d[a-z]?\s*[);,]",
    )
});
static CITED_MORE: LazyLock<Regex> =
    LazyLock::new(|| forms::pattern(r"^[^。]{0,60}?et\s+al\.?,?\s*[(\[]?\s*(?:(?:19|20)\d\d|\d)"));
static RIGHTS: LazyLock<Regex> = LazyLock::new(|| forms::pattern(r"(?i)©|copyright|\(c\)\s*(?:19|20)\d\d"));

/// Whether what follows a cut on the first page stays where it is: a citation, whose entry in the reference list says more than
/// its width, or the line of rights that only a published paper has.
pub(crate) fn keeps_place(text: &str, span: &Range<usize>) -> bool {
    let before = before(text, span.start, 80);
    let after = after(text, span.end, 90);
    RIGHTS.is_match(before)
        || after.contains("licensee")
        || CITED.is_match(after)
        || CITED_MORE.is_match(after)
}

fn before(text: &str, at: usize, most: usize) -> &str {
    let from = text[..at]
        .char_indices()
        .rev()
        .take(most)
        .last()
        .map_or(at, |(i, _)| i);
    &text[from..at]
}

fn after(text: &str, at: usize, most: usize) -> &str {
    let to = text[at..]
        .char_indices()
        .nth(most)
        .map_or(text.len(), |(i, _)| at + i);
    &text[at..to]
}

/// Marks notes in small print that name an author and say where the person works or how to reach them: they go as a whole.
pub(crate) fn mark(paras: &[Para], lines: &[Line], cuts: &[Vec<Cut>], drops: &mut [Option<What>]) {
    let (_, body) = sections::body_style(lines);
    let end = lines.partition_point(|l| l.page == 0);
    let mut at = 0;
    while at < end {
        let note = at..at
            + 1
            + (at + 1..end)
                .take_while(|n| follows(&lines[n - 1], &lines[*n]))
                .count();
        at = note.end;
        let (_, size) = sections::style(&lines[note.start]);
        // An abstract is often set small as well.
        let above = note.start.saturating_sub(1)..note.start + 1;
        let is_abstract = above
            .clone()
            .any(|n| headings::is_abstract(&lines::plain(&paras[n].text)));
        if size * 20 >= body * 19 || note.len() > MOST_LINES || is_abstract {
            continue;
        }
        let named = note.clone().any(|n| {
            cuts[n].iter().any(|c| {
                matches!(
                    c.what,
                    What::Name | What::RunningHead | What::Email | What::Orcid | What::Affiliation
                )
            })
        });
        let text: Vec<String> = note.clone().map(|n| lines::plain(&paras[n].text)).collect();
        let text = text.join(" ");
        let says = headings::is_contact(&text) || forms::names_institution(&text) || NOTE.is_match(&text);
        if named && says && !RIGHTS.is_match(&text) {
            note.for_each(|n| drops[n] = drops[n].or(Some(What::AuthorBlock)));
        }
    }
}

/// Whether a line goes on with the note of the line before.
fn follows(before: &Line, line: &Line) -> bool {
    let size = before.size.max(0.1);
    let down = before.y - line.y;
    (before.size - line.size).abs() < 0.12 * size && down > -0.4 * size && down < 1.6 * size
}
