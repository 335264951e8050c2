//! A paper as an archive: which files belong to it, and which is the main one.

use super::archive::MOST_FILES;
use super::files::{Role, ending, file_name, find, is_junk, is_mentioned, is_named_by_path, role, stem};
use super::flows::Source;
use super::structure;
use crate::docx::package::Parts;
use crate::model::{Refusal, What};
use crate::plain;
use std::collections::{BTreeMap, BTreeSet};

/// Whether files are a LaTeX paper.
pub(crate) fn is_paper(parts: &Parts) -> bool {
    parts
        .iter()
        .any(|(name, bytes)| ending(name) == "tex" && !is_junk(name) && starts_document(bytes))
}

fn starts_document(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(400_000)];
    [&b"\\documentclass"[..], b"\\documentstyle"]
        .iter()
        .any(|w| head.windows(w.len()).any(|h| h == *w))
}

/// A paper read from its archive.
pub(super) struct Project {
    /// LaTeX files, the main one first.
    pub texts: Vec<Source>,
    pub bibliographies: Vec<Source>,
    pub support: Vec<Source>,
    pub figures: BTreeMap<String, Vec<u8>>,
    /// Further documents of their own, such as a supplement, by their place in `texts`.
    pub roots: Vec<usize>,
    pub left: BTreeMap<What, usize>,
}

/// Reads the files of a paper, without what does not belong to it.
pub(super) fn read(mut parts: Parts) -> Result<Project, Refusal> {
    let mut left: BTreeMap<What, usize> = BTreeMap::new();
    let before = parts.len();
    parts.retain(|name, bytes| !is_junk(name) && !bytes.is_empty() && role(name) != Role::Other);
    left.insert(What::HiddenParts, before - parts.len());
    let parts = without_folder(parts);
    let main = main(&parts).ok_or(Refusal::NoMainFile)?;
    let mut texts = BTreeMap::new();
    for (name, bytes) in parts.iter().filter(|(n, _)| role(n) == Role::Text) {
        match plain::decode(bytes) {
            Ok(text) => drop(texts.insert(name.clone(), text)),
            Err(refusal) if *name == main => return Err(refusal),
            Err(_) => *left.entry(What::HiddenParts).or_default() += 1,
        }
    }
    let mut roots = vec![main.clone()];
    roots.extend(
        texts
            .iter()
            .filter(|(n, t)| **n != main && is_supplement(n) && starts_document(t.as_bytes()))
            .map(|(n, _)| n.clone()),
    );
    let mut kept = Vec::new();
    for root in &roots {
        reach(root, &texts, &mut kept);
    }
    // A bibliography that was made already belongs to the document of its name.
    kept.extend(
        texts
            .keys()
            .filter(|n| ending(n) == "bbl" && roots.iter().any(|r| stem(r) == stem(n)))
            .cloned(),
    );
    let mut seen = BTreeSet::new();
    kept.retain(|k| seen.insert(k.clone()));
    *left.entry(What::HiddenParts).or_default() += texts.len() - kept.len().min(texts.len());
    let sources: Vec<Source> = kept
        .iter()
        .filter_map(|n| {
            Some(Source {
                path: n.clone(),
                text: texts.get(n)?.clone(),
            })
        })
        .collect();
    let mut project = Project {
        roots: sources
            .iter()
            .enumerate()
            .filter(|(_, s)| roots.contains(&s.path))
            .map(|(n, _)| n)
            .collect(),
        texts: sources,
        bibliographies: Vec::new(),
        support: Vec::new(),
        figures: BTreeMap::new(),
        left,
    };
    take_used(parts, &mut project);
    Ok(project)
}

/// Keeps the files that the text mentions.
fn take_used(parts: Parts, project: &mut Project) {
    // Comments mention files that were used once.
    let words: String = project
        .texts
        .iter()
        .map(|s| structure::without_hidden(&s.text, &mut BTreeMap::new()))
        .collect();
    let mut mentioned = words;
    let compiled: Vec<String> = project.texts.iter().map(|s| stem(&s.path).to_owned()).collect();
    let mut rest: Vec<(String, Vec<u8>)> = parts.into_iter().filter(|(n, _)| role(n) != Role::Text).collect();
    // Styles mention styles.
    for _ in 0..3 {
        for (name, bytes) in rest.iter().filter(|(n, _)| matches!(role(n), Role::Support)) {
            if mentioned.contains(stem(name)) {
                let text = String::from_utf8_lossy(bytes);
                if mentioned.len() < (64 << 20) && !mentioned.contains(&*text) {
                    mentioned.push_str(&text);
                }
            }
        }
    }
    rest.retain(|(name, _)| {
        let own = role(name) == Role::Figure
            && compiled.iter().any(|c| c == stem(name))
            && !mentioned.contains(&format!("{{{}", file_name(name)));
        let named = if is_named_by_path(name) {
            is_mentioned(&mentioned, name)
        } else {
            mentioned.contains(stem(name))
        };
        let used = named && !own;
        if !used {
            *project.left.entry(What::HiddenParts).or_default() += 1;
        }
        used
    });
    for (name, bytes) in rest {
        match (role(&name), plain::decode(&bytes)) {
            (Role::Figure, _) => drop(project.figures.insert(name, bytes)),
            (Role::Bibliography, Ok(text)) => project.bibliographies.push(Source { path: name, text }),
            (_, Ok(text)) => project.support.push(Source { path: name, text }),
            _ => *project.left.entry(What::HiddenParts).or_default() += 1,
        }
    }
}

/// A folder around everything is named by whoever packed it.
fn without_folder(parts: Parts) -> Parts {
    let first = parts
        .keys()
        .next()
        .and_then(|n| n.split_once('/'))
        .map(|(f, _)| format!("{f}/"));
    match first {
        Some(folder) if parts.keys().all(|n| n.starts_with(&folder)) => without_folder(
            parts
                .into_iter()
                .map(|(n, b)| (n[folder.len()..].to_owned(), b))
                .collect(),
        ),
        _ => parts,
    }
}

/// The main file: of those that begin a document the best named, shallowest, longest.
fn main(parts: &Parts) -> Option<String> {
    let score = |name: &str, bytes: &[u8]| {
        let stem = stem(name).to_lowercase();
        let good = ["main", "manuscript", "paper", "ms", "article"].contains(&stem.as_str());
        let bad = [
            "response", "rebuttal", "reply", "cover", "letter", "diff", "old", "backup", "copy", "bio",
            "test",
        ]
        .iter()
        .any(|w| stem.contains(w))
            || is_supplement(name);
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(400_000)]).into_owned();
        let other = [
            "{letter}",
            "{scrlttr2}",
            "{standalone}",
            "{subfiles}",
            "{beamer}",
            "{minimal}",
        ]
        .iter()
        .any(|c| {
            text.lines()
                .any(|l| l.trim_start().starts_with("\\documentclass") && l.contains(c))
        });
        let depth = name.matches('/').count();
        (
            text.contains("\\begin{document}"),
            !other,
            !bad,
            good,
            std::cmp::Reverse(depth),
            bytes.len(),
        )
    };
    parts
        .iter()
        .filter(|(n, b)| ending(n) == "tex" && starts_document(b))
        .max_by_key(|(n, b)| score(n, b))
        .map(|(n, _)| n.clone())
}

fn is_supplement(name: &str) -> bool {
    let stem = stem(name).to_lowercase();
    ["supp", "appendix", "additional"]
        .iter()
        .any(|w| stem.contains(w))
        || stem == "si"
}

/// Files reached from one by `\input` and its like, in order.
fn reach(from: &str, texts: &BTreeMap<String, String>, out: &mut Vec<String>) {
    if out.iter().any(|o| o == from) || out.len() > MOST_FILES {
        return;
    }
    let Some(text) = texts.get(from) else { return };
    out.push(from.to_owned());
    let folder = from.rsplit_once('/').map_or("", |(f, _)| f);
    for (name, target) in structure::files(&structure::without_hidden(text, &mut BTreeMap::new())) {
        if name == "includegraphics" || name == "bibliography" {
            continue;
        }
        if let Some(found) = find(texts.keys().map(String::as_str), &target, folder) {
            reach(&found, texts, out);
        }
    }
}
