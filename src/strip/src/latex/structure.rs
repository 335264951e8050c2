//! What goes from LaTeX source before anybody reads it as text: what prints nothing, and the macros that can only say who wrote it.

mod hidden;
mod links;
mod macros;
mod options;

pub(super) use hidden::{without_comments, without_hidden};
pub(super) use links::{files, targets};
pub(super) use macros::is_thanks;
pub(super) use options::items;

use super::arguments::{braced, bracketed, skip};
use super::lexer::{Kind, Token, lex};
use crate::flow::{Edit, apply};
use crate::matcher::Matcher;
use crate::model::What;
use links::{link, paths};
use macros::{Fate, fate, is_identity_environment};
use options::{options, properties};
use std::collections::BTreeMap;

/// What was taken out, by kind.
pub(super) type Counts = BTreeMap<What, usize>;

/// Takes a stretch out; one that fills its lines goes with them, since an empty line would begin a paragraph.
fn gone(source: &str, range: std::ops::Range<usize>) -> Edit {
    let start = source[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let end = source[range.end..]
        .find('\n')
        .map_or(source.len(), |n| range.end + n);
    let alone = source[start..range.start].trim().is_empty() && source[range.end..end].trim().is_empty();
    if alone && end < source.len() {
        Edit::drop(start..end + 1)
    } else {
        Edit::drop(range)
    }
}

fn count(counts: &mut Counts, what: What) {
    *counts.entry(what).or_default() += 1;
}

/// How paths and keys are written in the copy.
pub(super) struct Rewrite<'r> {
    pub matcher: &'r Matcher,
    /// The neutral path of a file, seen from the project's root.
    pub path: &'r dyn Fn(&str) -> String,
}

/// Takes out what can only be identity: author macros, properties, private links; makes paths neutral.
pub(super) fn without_authors(source: &str, rewrite: &Rewrite<'_>, counts: &mut Counts) -> String {
    let mut edits = Vec::new();
    let mut done = 0;
    let mut authors = 0;
    let tokens = lex(source);
    for (n, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Command || token.range.start < done {
            continue;
        }
        let name = &source[token.range.start + 1..token.range.end];
        // A definition names a macro without using it.
        if n > 0 && is_defined(source, &tokens[..n]) {
            continue;
        }
        let found = match name {
            "begin" => environment(source, token, counts),
            "hypersetup" => {
                braced(source, token.range.end).and_then(|(inner, _)| properties(source, inner, counts))
            }
            "usepackage" | "documentclass" | "RequirePackage" | "LoadClass" | "PassOptionsToPackage" => {
                options(source, token, counts)
            }
            "url" | "nolinkurl" | "path" | "href" => link(source, token, name, rewrite.matcher, counts),
            name if is_thanks(name) => braced(source, token.range.end)
                .filter(|_| source[token.range.end..].starts_with('{'))
                .map(|(_, end)| {
                    count(counts, What::Section);
                    vec![Edit::drop(token.range.start..end)]
                }),
            name => match fate(name) {
                Some(fate) => macro_edits(
                    source,
                    token,
                    fate,
                    counts,
                    name == "author" && {
                        authors += 1;
                        authors > 1
                    },
                ),
                None => paths(source, token, name, rewrite, counts),
            },
        };
        for edit in found.into_iter().flatten() {
            done = done.max(edit.range.end);
            edits.push(edit);
        }
    }
    apply(source, edits)
}

fn is_defined(source: &str, before: &[Token]) -> bool {
    let mut back = before
        .iter()
        .rev()
        .filter(|t| !(t.kind == Kind::Text && source[t.range.clone()].trim().is_empty()));
    let names = |t: &Token| {
        t.kind == Kind::Command
            && matches!(
                &source[t.range.start + 1..t.range.end],
                "newcommand"
                    | "renewcommand"
                    | "providecommand"
                    | "def"
                    | "gdef"
                    | "edef"
                    | "let"
                    | "DeclareRobustCommand"
                    | "newif"
            )
    };
    match back.next() {
        Some(t) if t.kind == Kind::Open => back.next().is_some_and(names),
        Some(t) if t.kind == Kind::Text && source[t.range.clone()].trim() == "*" => {
            back.next().is_some_and(names)
        }
        Some(t) => names(t),
        None => false,
    }
}

/// A star and optional arguments behind a macro's name.
fn after_options(source: &str, mut at: usize) -> usize {
    if source[at..].starts_with('*') {
        at += 1;
    }
    while let Some((_, end)) = bracketed(source, skip(source, at)) {
        at = end;
    }
    at
}

fn macro_edits(
    source: &str,
    token: &Token,
    fate: Fate,
    counts: &mut Counts,
    again: bool,
) -> Option<Vec<Edit>> {
    let (args, what) = match fate {
        Fate::Drop(args, what) | Fate::Empty(args, what) | Fate::Only(args, _, what) => (args, what),
    };
    let mut at = after_options(source, token.range.end);
    let mut inner = Vec::new();
    for _ in 0..args {
        let (range, end) = braced(source, at)?;
        inner.push(range);
        at = end;
    }
    let whole = token.range.start..at;
    let with = match fate {
        Fate::Drop(..) => String::new(),
        Fate::Empty(..) if again => String::new(),
        Fate::Empty(args, _) => format!("{}{}", &source[token.range.clone()], "{}".repeat(args)),
        Fate::Only(_, which, _) => source[inner.get(which)?.clone()].to_owned(),
    };
    if source[whole.clone()] == with {
        return None;
    }
    count(counts, what);
    Some(vec![if with.is_empty() {
        gone(source, whole)
    } else {
        Edit { range: whole, with }
    }])
}

fn environment(source: &str, token: &Token, counts: &mut Counts) -> Option<Vec<Edit>> {
    let (name, after) = braced(source, token.range.end)?;
    let name = &source[name];
    if let Some(what) = is_identity_environment(name) {
        let close = format!("\\end{{{name}}}");
        let end = source[after..].find(&close).map(|n| after + n + close.len())?;
        count(counts, what);
        return Some(vec![gone(source, token.range.start..end)]);
    }
    // The copy is UTF-8; the old way to write Chinese names its encoding.
    if matches!(name, "CJK" | "CJK*")
        && let Some((encoding, _)) = braced(source, after)
        && source[encoding.clone()] != *"UTF8"
    {
        return Some(vec![Edit {
            range: encoding,
            with: "UTF8".into(),
        }]);
    }
    None
}
