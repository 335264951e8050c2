//! Keys of entries, citations and labels, and the names of macros that the paper defines.

use super::arguments::{braced, bracketed, skip};
use super::neutral::Neutral;
use super::project::Project;
use super::structure::Counts;
use super::{bib, lexer};
use crate::flow::{self, Edit};
use crate::model::What;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static KEY: LazyLock<Regex> = LazyLock::new(|| crate::forms::pattern(r"[\p{L}\d][\p{L}\d:._/+'-]{2,80}"));

/// Keys of entries and labels that tell a name get a neutral one, wherever they stand as a whole.
pub(super) fn rename_keys(project: &mut Project, neutral: &Neutral<'_>, counts: &mut Counts) {
    let mut keys: Vec<String> = Vec::new();
    for source in &project.bibliographies {
        keys.extend(
            bib::entries(&source.text)
                .into_iter()
                .map(|e| source.text[e.key].to_owned()),
        );
    }
    for source in &project.texts {
        for token in lexer::lex(&source.text)
            .iter()
            .filter(|t| t.kind == lexer::Kind::Command)
        {
            let name = &source.text[token.range.start + 1..token.range.end];
            let mut at = token.range.end;
            if matches!(name, "bibitem" | "label") || name.to_lowercase().contains("cite") {
                while let Some((_, end)) = bracketed(&source.text, skip(&source.text, at)) {
                    at = end;
                }
                if let Some((inner, _)) = braced(&source.text, at) {
                    keys.extend(source.text[inner].split(',').map(|k| k.trim().to_owned()));
                }
            }
        }
    }
    let mut map: BTreeMap<String, String> = BTreeMap::new();
    let taken: BTreeSet<String> = keys.iter().cloned().collect();
    let mut next = 0;
    for key in keys {
        if map.contains_key(&key)
            || KEY.find(&key).is_none_or(|m| m.len() != key.len())
            || !neutral.tells(&key)
        {
            continue;
        }
        let new = loop {
            next += 1;
            let name = format!("ref{next}");
            if !taken.contains(&name) {
                break name;
            }
        };
        *counts.entry(What::Name).or_default() += 1;
        map.insert(key, new);
    }
    if map.is_empty() {
        return;
    }
    for source in project.texts.iter_mut().chain(&mut project.bibliographies) {
        source.text = with_keys(&source.text, &map);
    }
}

/// Macros that the paper defines and that tell a name get a neutral one, wherever they stand.
pub(super) fn rename_macros(project: &mut Project, neutral: &Neutral<'_>, counts: &mut Counts) {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut telling: BTreeSet<String> = BTreeSet::new();
    for source in project.texts.iter().chain(&project.support) {
        let mut defines = None;
        for token in lexer::lex(&source.text) {
            let part = &source.text[token.range.clone()];
            if token.kind == lexer::Kind::Command && !part.is_empty() {
                let name = &part[1..];
                let tells = match defines {
                    Some(New::Surely) => neutral.tells(name),
                    Some(New::Perhaps) => neutral.holds_name(name),
                    None => false,
                };
                if tells && name.len() > 3 {
                    telling.insert(name.to_owned());
                }
                defines = definition(name);
                used.insert(name.to_owned());
            } else {
                // `\newcommand{\name}`, `\newcommand*\name`.
                let goes_on = token.kind == lexer::Kind::Open || matches!(part.trim(), "" | "*");
                defines = defines.filter(|_| goes_on);
            }
        }
    }
    let mut letters = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("macro{a}{b}")));
    let mut map: BTreeMap<String, String> = BTreeMap::new();
    for name in telling {
        if let Some(new) = letters.find(|n| !used.contains(n)) {
            *counts.entry(What::Name).or_default() += 1;
            map.insert(name, new);
        }
    }
    if map.is_empty() {
        return;
    }
    for source in project.texts.iter_mut().chain(&mut project.support) {
        let edits = lexer::lex(&source.text)
            .into_iter()
            .filter(|t| t.kind == lexer::Kind::Command)
            .filter_map(|t| {
                let with = map.get(source.text.get(t.range.start + 1..t.range.end)?)?.clone();
                Some(Edit {
                    range: t.range.start + 1..t.range.end,
                    with,
                })
            })
            .collect();
        source.text = flow::apply(&source.text, edits);
    }
}

/// Whether a macro that is defined is new. One that may be a package's keeps its name unless that can be nothing but a person's.
#[derive(Clone, Copy)]
enum New {
    Surely,
    Perhaps,
}

fn definition(name: &str) -> Option<New> {
    Some(match name {
        "newcommand" | "NewDocumentCommand" | "newlength" | "newsavebox" => New::Surely,
        "renewcommand"
        | "providecommand"
        | "DeclareRobustCommand"
        | "DeclareMathOperator"
        | "def"
        | "gdef"
        | "edef"
        | "xdef"
        | "let" => New::Perhaps,
        _ => return None,
    })
}

fn with_keys(text: &str, map: &BTreeMap<String, String>) -> String {
    let mut edits = Vec::new();
    for found in KEY.find_iter(text) {
        let before = text[..found.start()].trim_end().chars().next_back();
        let after = text[found.end()..].trim_start().chars().next();
        let alone = matches!(before, Some('{' | ',' | '"')) && matches!(after, Some('}' | ',' | '"'));
        if let Some(new) = map.get(found.as_str()).filter(|_| alone) {
            edits.push(Edit {
                range: found.range(),
                with: new.clone(),
            });
        }
    }
    flow::apply(text, edits)
}
