//! Links and paths: those to people and private places go, those to files become neutral.

use super::options::items;
use super::{Counts, Rewrite, after_options, count};
use crate::flow::Edit;
use crate::forms;
use crate::latex::arguments::{braced, skip};
use crate::latex::lexer::{Kind, Token, lex};
use crate::latex::sign;
use crate::matcher::Matcher;
use crate::model::What;
use crate::token::LATIN;
use std::ops::Range;

/// Links to people and private places: of `\href` the words stay, of `\url` a sign.
pub(super) fn link(
    source: &str,
    token: &Token,
    name: &str,
    matcher: &Matcher,
    counts: &mut Counts,
) -> Option<Vec<Edit>> {
    let (target, end) = braced(source, after_options(source, token.range.end))?;
    let address = plain(&source[target.clone()]);
    let lower = address.to_lowercase();
    let private = lower.starts_with("mailto:")
        || lower.starts_with("file:")
        || lower.starts_with("run:")
        || !matcher.find(&address, false).is_empty()
        || !forms::find(&address).is_empty();
    if !private {
        return None;
    }
    count(counts, What::Links);
    let edit = if name == "href" {
        let (words, last) = braced(source, end)?;
        // The words are read as text later.
        vec![
            Edit::drop(token.range.start..words.start),
            Edit::drop(words.end..last),
        ]
    } else {
        vec![Edit {
            range: token.range.start..end,
            with: sign(LATIN),
        }]
    };
    Some(edit)
}

/// An address without the backslashes that its signs are written with.
fn plain(written: &str) -> String {
    written
        .trim()
        .replace("\\_", "_")
        .replace("\\%", "%")
        .replace("\\~", "~")
        .replace("\\#", "#")
}

/// Where the words over links lead, as far as the reference list.
pub(crate) fn targets(source: &str) -> Vec<String> {
    let end = source.find("\\begin{thebibliography}").unwrap_or(source.len());
    lex(source)
        .iter()
        .filter(|t| t.kind == Kind::Command && t.range.end <= end && &source[t.range.clone()] == "\\href")
        .filter_map(|t| braced(source, after_options(source, t.range.end)))
        .map(|(target, _)| plain(&source[target]))
        .collect()
}

/// Macros that name files, and which of their arguments does.
fn file_argument(name: &str) -> Option<usize> {
    Some(match name {
        "includegraphics"
        | "input"
        | "include"
        | "subfile"
        | "subfileinclude"
        | "bibliography"
        | "addbibresource"
        | "lstinputlisting"
        | "verbatiminput"
        | "includepdf"
        | "includesvg"
        | "includestandalone"
        | "VerbatimInput"
        | "InputIfFileExists"
        | "epsfig"
        | "epsfbox"
        | "psfig"
        | "includeonly"
        | "externaldocument"
        | "pgfimage"
        | "includemedia"
        | "addplot"
        | "loadglsentries"
        | "bibliographystyle"
        | "pgfplotstableread"
        | "pgfplotstabletypeset"
        | "csvreader"
        | "csvautotabular" => 0,
        "inputminted" | "DTLloaddb" => 1,
        _ => return None,
    })
}

/// Macros that name a folder and a file in it.
fn is_import(name: &str) -> bool {
    matches!(
        name,
        "import" | "subimport" | "inputfrom" | "subinputfrom" | "includefrom" | "subincludefrom"
    )
}

/// The argument that names a file, of a macro that ends at a place.
fn file_named(source: &str, name: &str, end: usize) -> Option<Range<usize>> {
    let which = file_argument(name)?;
    let mut at = end;
    if name == "addplot" {
        // `\addplot+[red] table[x=a] {data.csv}`.
        at += usize::from(source[at..].starts_with('+'));
        at = skip(source, after_options(source, at));
        if let Some(word) = ["table", "file", "graphics"]
            .iter()
            .find(|w| source[at..].starts_with(**w))
        {
            at += word.len();
        }
    }
    at = after_options(source, at);
    let mut inner = None;
    for _ in 0..=which {
        let (range, end) = braced(source, at)?;
        inner = Some(range);
        at = end;
    }
    // Data may stand in the place of the file that holds it.
    inner.filter(|i| !source[i.clone()].contains('\n') || name.starts_with("bib") || name == "includeonly")
}

pub(super) fn paths(
    source: &str,
    token: &Token,
    name: &str,
    rewrite: &Rewrite<'_>,
    counts: &mut Counts,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut neutral = |item: Range<usize>| {
        let old = source[item.clone()].trim();
        let new = (rewrite.path)(old);
        // A macro in it is none of a machine's.
        let machine = old.get(1..2) == Some(":") || old.starts_with("\\\\");
        if *old != *new && !old.is_empty() && !old.contains('#') && (machine || !old.contains('\\')) {
            count(counts, What::Paths);
            edits.push(Edit {
                range: item,
                with: new,
            });
        }
    };
    if name == "graphicspath" {
        let (inner, _) = braced(source, token.range.end)?;
        let mut at = inner.start;
        while let Some((folder, end)) = braced(source, at).filter(|(_, end)| *end <= inner.end) {
            neutral(folder);
            at = end;
        }
    } else if is_import(name) {
        let (folder, at) = braced(source, after_options(source, token.range.end))?;
        neutral(folder);
        neutral(braced(source, at)?.0);
    } else {
        let inner = file_named(source, name, token.range.end)?;
        items(source, inner).into_iter().for_each(&mut neutral);
    }
    Some(edits).filter(|e| !e.is_empty())
}

/// Files that a source names, by macro.
pub(crate) fn files(source: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for token in lex(source).iter().filter(|t| t.kind == Kind::Command) {
        let name = &source[token.range.start + 1..token.range.end];
        if is_import(name) {
            let folder = braced(source, after_options(source, token.range.end));
            if let Some((folder, at)) = folder
                && let Some((file, _)) = braced(source, at)
            {
                let (folder, file) = (source[folder].trim(), source[file].trim());
                let path = format!("{}/{file}", folder.trim_end_matches('/'));
                out.push((name.to_owned(), path.trim_start_matches('/').to_owned()));
            }
        } else if let Some(inner) = file_named(source, name, token.range.end) {
            out.extend(
                items(source, inner)
                    .into_iter()
                    .map(|i| (name.to_owned(), source[i].trim().to_owned())),
            );
        }
    }
    out
}
