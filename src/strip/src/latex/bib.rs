//! Bibliographies (.bib): entries stay, fields that only their owner's programs need go, and what stands between entries.

use super::arguments::{braced, bracketed, skip};
use super::lexer::{Kind, lex};
use super::structure::{Counts, items};
use crate::flow::{Edit, Flow, apply};
use crate::model::What;
use std::ops::Range;

/// Fields of reference managers: paths, owners, dates of work, notes to oneself.
fn is_private(field: &str) -> bool {
    let field = field.to_lowercase();
    matches!(
        field.as_str(),
        "file"
            | "owner"
            | "timestamp"
            | "annote"
            | "annotation"
            | "review"
            | "comment"
            | "comments"
            | "groups"
            | "username"
            | "localfile"
            | "local-url"
            | "pdf"
            | "added-at"
            | "interhash"
            | "intrahash"
            | "biburl"
            | "bibsource"
            | "creationdate"
            | "modificationdate"
            | "priority"
            | "ranking"
            | "readstatus"
            | "read"
            | "internal-note"
            | "entrydate"
            | "lastchecked"
            | "citeulike-article-id"
            | "posted-at"
            | "hash"
            | "gsid"
            | "opt_annote"
            | "keyword"
            | "library"
            | "collection"
            | "shorttitle-note"
            | "rating"
            | "relevance"
    ) || [
        "bdsk-",
        "mendeley-",
        "date-",
        "__",
        "jabref",
        "zotero-",
        "citeulike",
        "papers-",
        "readcube",
    ]
    .iter()
    .any(|p| field.starts_with(p))
}

/// An entry: its source, kind, key and fields.
pub(super) struct Entry {
    pub key: Range<usize>,
    /// The values, as they are written, with the fields' names.
    pub fields: Vec<(String, Range<usize>)>,
    /// Everything from the `@` to the closing brace.
    range: Range<usize>,
    kind: String,
    /// Each field with its name and up to the next comma.
    spans: Vec<Range<usize>>,
}

/// Reads the entries.
pub(super) fn entries(source: &str) -> Vec<Entry> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = source[at..].find('@').map(|n| at + n) {
        let kind: String = source[start + 1..]
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        let Some((inner, end)) = braced(source, start + 1 + kind.len()).filter(|_| !kind.is_empty()) else {
            at = start + 1;
            continue;
        };
        at = end;
        let kind = kind.to_lowercase();
        let mut list = items(source, inner.clone()).into_iter();
        let key = if matches!(kind.as_str(), "string" | "preamble" | "comment") {
            inner.start..inner.start
        } else {
            trimmed(source, list.next().unwrap_or(inner.start..inner.start))
        };
        let (mut fields, mut spans) = (Vec::new(), Vec::new());
        for span in list {
            if let Some(equals) = source[span.clone()].find('=') {
                let name = source[span.start..span.start + equals].trim().to_owned();
                fields.push((name, trimmed(source, span.start + equals + 1..span.end)));
                spans.push(span);
            }
        }
        out.push(Entry {
            key,
            fields,
            range: start..end,
            kind,
            spans,
        });
    }
    out
}

fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let part = &source[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..start.max(range.start + part.trim_end().len())
}

/// Takes out private fields, comments, and what stands between entries.
pub(super) fn clean(source: &str, counts: &mut Counts) -> String {
    let mut edits = Vec::new();
    let mut at = 0;
    let mut add = |what: What, n: usize| {
        if n > 0 {
            *counts.entry(what).or_default() += n;
        }
    };
    for entry in entries(source) {
        let between = &source[at..entry.range.start];
        if !between.trim().is_empty() {
            add(What::Comments, 1);
            edits.push(Edit {
                range: at..entry.range.start,
                with: "\n".into(),
            });
        }
        at = entry.range.end;
        if entry.kind == "comment" {
            add(What::Comments, 1);
            edits.push(Edit::drop(entry.range.clone()));
            continue;
        }
        for ((name, _), span) in entry.fields.iter().zip(&entry.spans) {
            if is_private(name) {
                add(What::Properties, 1);
                // With the comma in front of it.
                edits.push(Edit::drop(span.start - 1..span.end));
            }
        }
    }
    if !source[at..].trim().is_empty() {
        add(What::Comments, 1);
        edits.push(Edit {
            range: at..source.len(),
            with: "\n".into(),
        });
    }
    apply(source, edits)
}

/// The same for bibliographies that a source holds and writes out when it is read.
pub(super) fn clean_inside(source: &str, counts: &mut Counts) -> String {
    let mut edits = Vec::new();
    for tokens in lex(source).windows(3) {
        let [name, _, file] = tokens else { continue };
        let holds = file.kind == Kind::Verbatim && source[name.range.clone()].starts_with("filecontents");
        if !holds {
            continue;
        }
        let start = skip(source, file.range.start);
        let start = bracketed(source, start).map_or(start, |(_, end)| end);
        if let Some((path, from)) = braced(source, start)
            && source[path.clone()].trim().ends_with(".bib")
            && from <= file.range.end
        {
            let inner = from..file.range.end;
            let with = clean(&source[inner.clone()], counts);
            if with != source[inner.clone()] {
                edits.push(Edit { range: inner, with });
            }
        }
    }
    apply(source, edits)
}

/// An entry as a paragraph: its values, one after the other.
pub(super) fn flow(source: &str, entry: &Entry) -> Flow {
    let mut flow = Flow::default();
    for (n, (_, range)) in entry.fields.iter().enumerate() {
        if n > 0 {
            flow.letter("; ", range.start..range.start);
        }
        super::letters(source, range.clone(), &mut flow);
    }
    flow
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_fields_and_comments_go() {
        let source = "% by me\n@article{k1,\n  author = {A and B},\n  file = {:/home/me/x.pdf:PDF},\n  year = 2020,\n  owner={me}\n}\n@comment{jabref-meta: x}\n@string{j = \"J\"}\ntail";
        let mut counts = Counts::new();
        let clean = clean(source, &mut counts);
        assert_eq!(
            clean,
            "\n@article{k1,\n  author = {A and B},\n  year = 2020}\n\n@string{j = \"J\"}\n"
        );
        assert_eq!(super::clean(&clean, &mut Counts::new()), clean);
    }
}
