//! Links and paths: those to people and private places go, those to files become neutral.

use super::options::items;
use super::{Counts, Rewrite, after_options, count};
use crate::flow::Edit;
use crate::forms;
use crate::latex::arguments::braced;
use crate::latex::lexer::{Kind, Token, lex};
use crate::latex::sign;
use crate::matcher::Matcher;
use crate::model::What;
use crate::token::LATIN;

/// Links to people and private places: of `\href` the words stay, of `\url` a sign.
pub(super) fn link(
    source: &str,
    token: &Token,
    name: &str,
    matcher: &Matcher,
    counts: &mut Counts,
) -> Option<Vec<Edit>> {
    let (target, end) = braced(source, after_options(source, token.range.end))?;
    let address = source[target.clone()]
        .trim()
        .replace("\\_", "_")
        .replace("\\%", "%")
        .replace("\\~", "~")
        .replace("\\#", "#");
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

/// Macros that name files, and which of their arguments does.
fn file_argument(name: &str) -> Option<usize> {
    Some(match name {
        "includegraphics" | "input" | "include" | "subfile" | "subfileinclude" | "bibliography"
        | "addbibresource" | "lstinputlisting" | "verbatiminput" | "includepdf" | "includesvg"
        | "includestandalone" | "VerbatimInput" | "InputIfFileExists" | "epsfig" | "epsfbox" | "psfig"
        | "includeonly" | "externaldocument" | "pgfimage" | "includemedia" | "addplot" | "loadglsentries"
        | "bibliographystyle" => 0,
        "inputminted" => 1,
        _ => return None,
    })
}

pub(super) fn paths(
    source: &str,
    token: &Token,
    name: &str,
    rewrite: &Rewrite<'_>,
    counts: &mut Counts,
) -> Option<Vec<Edit>> {
    if name == "graphicspath" {
        let (inner, _) = braced(source, token.range.end)?;
        let mut edits = Vec::new();
        let mut at = inner.start;
        while let Some((folder, end)) = braced(source, at).filter(|(_, end)| *end <= inner.end) {
            let old = &source[folder.clone()];
            let new = (rewrite.path)(old);
            if *old != *new {
                count(counts, What::Paths);
                edits.push(Edit {
                    range: folder,
                    with: new,
                });
            }
            at = end;
        }
        return Some(edits).filter(|e| !e.is_empty());
    }
    let which = file_argument(name)?;
    let mut at = after_options(source, token.range.end);
    let mut inner = None;
    for _ in 0..=which {
        let (range, end) = braced(source, at)?;
        inner = Some(range);
        at = end;
    }
    let mut edits = Vec::new();
    for item in items(source, inner?) {
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
    }
    Some(edits).filter(|e| !e.is_empty())
}

/// Files that a source names, by macro.
pub(crate) fn files(source: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for token in lex(source).iter().filter(|t| t.kind == Kind::Command) {
        let name = &source[token.range.start + 1..token.range.end];
        let Some(which) = file_argument(name) else {
            continue;
        };
        let mut at = after_options(source, token.range.end);
        let mut inner = None;
        for _ in 0..=which {
            let Some((range, end)) = braced(source, at) else {
                break;
            };
            inner = Some(range);
            at = end;
        }
        if let Some(inner) = inner {
            out.extend(
                items(source, inner)
                    .into_iter()
                    .map(|i| (name.to_owned(), source[i].trim().to_owned())),
            );
        }
    }
    out
}
