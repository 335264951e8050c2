//! LaTeX: one file, or an archive of a paper with its figures and bibliography. What prints nothing goes, what can only say who
//! wrote it goes, the rest is read as the paragraphs a reader sees and cut in the source, so that it still compiles.
//! The copy is UTF-8 whatever the input was; a copy of an archive is a zip.

pub(crate) mod archive;
mod arguments;
mod bib;
mod cut;
mod files;
mod flows;
mod keys;
mod lexer;
pub(crate) mod neutral;
pub(crate) mod project;
mod structure;
mod support;
mod view;

pub(crate) use view::{blocks, visible_text};

use crate::docx::package;
use crate::findings;
use crate::flow::{self, Edit, Flow};
use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, Report, What};
use crate::{outside, picture, plain, plan};
use cut::cut;
use flows::Source;
use keys::{rename_keys, rename_macros};
use neutral::Neutral;
use project::Project;
use std::collections::BTreeMap;
use std::ops::Range;
use structure::{Counts, Rewrite};

/// Whether a text is LaTeX.
pub(crate) fn is_latex(text: &str) -> bool {
    // Another format can speak of LaTeX: the command must begin a line.
    begins(text, &["\\documentclass", "\\documentstyle", "\\begin{document}"])
}

/// Whether a text is a part of a LaTeX paper, without its beginning.
pub(crate) fn is_part(text: &str) -> bool {
    begins(
        text,
        &[
            "\\section{",
            "\\section*{",
            "\\chapter{",
            "\\subsection{",
            "\\input{",
            "\\begin{abstract}",
        ],
    )
}

fn begins(text: &str, words: &[&str]) -> bool {
    text.lines()
        .any(|l| words.iter().any(|w| l.trim_start().starts_with(w)))
}

/// A token in source: in braces, since a bracket behind `\\` or `\item` would be an argument.
fn sign(token: &str) -> String {
    format!("{{{token}}}")
}

/// Makes the blind copy of one file.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    outside::until_unseen(identity, |identity| make(bytes, identity), outside::source)
}

/// Makes the blind copy of an archive, as a zip.
pub(crate) fn strip_archive(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    outside::until_unseen(
        identity,
        |identity| make_archive(bytes, identity),
        outside::archive,
    )
}

fn make(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let text = plain::decode(bytes)?;
    let mut project = Project {
        texts: vec![Source {
            path: "main.tex".into(),
            text,
        }],
        bibliographies: Vec::new(),
        support: Vec::new(),
        figures: BTreeMap::new(),
        roots: vec![0],
        left: BTreeMap::new(),
    };
    let neutral = Neutral::new(&matcher, identity, std::iter::empty());
    let report = redact(&mut project, &matcher, &neutral, Report::default());
    let copy = project.texts.remove(0).text;
    Ok((copy.into_bytes(), report))
}

fn make_archive(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let mut project = project::read(archive::unpack(bytes)?)?;
    let paths: Vec<String> = project
        .texts
        .iter()
        .chain(&project.bibliographies)
        .chain(&project.support)
        .map(|s| s.path.clone())
        .chain(project.figures.keys().cloned())
        .collect();
    let neutral = Neutral::new(&matcher, identity, paths.iter().map(String::as_str));
    let mut report = Report::default();
    for (what, count) in &project.left {
        report.add(*what, "document", *count);
    }
    let figures = clean_figures(&mut project, &matcher, identity, &mut report)?;
    let report = redact(&mut project, &matcher, &neutral, report);
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for source in project
        .texts
        .into_iter()
        .chain(project.bibliographies)
        .chain(project.support)
    {
        // A file of which nothing is left is still asked for.
        let text = if source.text.is_empty() {
            "\n".to_owned()
        } else {
            source.text
        };
        files.insert(neutral.path(&source.path), text.into_bytes());
    }
    files.extend(
        figures
            .into_iter()
            .map(|(name, bytes)| (neutral.path(&name), bytes)),
    );
    let files: Vec<(String, Vec<u8>)> = files.into_iter().collect();
    let copy = package::write(files)?;
    Ok((copy, report))
}

/// Cleans the figures, each as the file it is. One that cannot be cleaned refuses the paper: without it nothing would compile.
fn clean_figures(
    project: &mut Project,
    matcher: &Matcher,
    identity: &Identity,
    report: &mut Report,
) -> Result<Vec<(String, Vec<u8>)>, Refusal> {
    let mut out = Vec::new();
    for (number, (name, bytes)) in std::mem::take(&mut project.figures).into_iter().enumerate() {
        if bytes.starts_with(b"%PDF") {
            let (clean, found) = crate::pdf::strip(&bytes, identity)?;
            for removed in found.removed {
                report.add(removed.what, "pictures", removed.count as usize);
            }
            for mut finding in found.findings {
                finding.place = "pictures".into();
                if !report.findings.iter().any(|f| f.key == finding.key) {
                    report.findings.push(finding);
                }
            }
            out.push((name, clean));
        } else {
            let clean = picture::inside(&bytes, matcher).ok_or(Refusal::PictureFormat)?;
            clean.tell(number + 1, matcher, report);
            out.push((name, clean.bytes));
        }
    }
    Ok(out)
}

/// Takes the identity out of all sources together.
fn redact(project: &mut Project, matcher: &Matcher, neutral: &Neutral<'_>, mut base: Report) -> Report {
    let mut counts = Counts::new();
    let rewrite = Rewrite {
        matcher,
        path: &|path| neutral.path(path),
    };
    for source in &mut project.texts {
        let visible = flow::visible(&source.text);
        let bare = structure::without_hidden(&visible, &mut counts);
        let bare = bib::clean_inside(&bare, &mut counts);
        source.text = structure::without_authors(&bare, &rewrite, &mut counts);
    }
    for source in &mut project.bibliographies {
        source.text = bib::clean(&flow::visible(&source.text), &mut counts);
    }
    for source in &mut project.support {
        source.text = flow::visible(&source.text);
        support::clean(source, matcher, &mut counts);
    }
    rename_keys(project, neutral, &mut counts);
    rename_macros(project, neutral, &mut counts);
    let mut report = cut(project, matcher);
    // A comment's sign that had only a name before it stands alone now.
    for source in &mut project.texts {
        source.text = structure::without_hidden(&source.text, &mut Counts::new());
    }
    for source in project
        .texts
        .iter_mut()
        .chain(&mut project.bibliographies)
        .chain(&mut project.support)
    {
        sweep(&mut source.text, matcher, &mut report);
    }
    for (what, count) in counts {
        let place = if what == What::Properties {
            "properties"
        } else {
            "document"
        };
        report.add(what, place, count);
    }
    for removed in std::mem::take(&mut base.removed) {
        report.add(removed.what, &removed.place, removed.count as usize);
    }
    report.findings.extend(base.findings);
    let targets: Vec<String> = project
        .texts
        .iter()
        .filter(|s| files::ending(&s.path) != "bbl")
        .flat_map(|s| structure::targets(&s.text))
        .collect();
    findings::links(&targets, matcher, &mut report);
    support::look(&project.support, matcher, &mut report);
    plan::sort(&mut report);
    report
}

/// The last look at the source as it is written: arguments, keys and data that no paragraph shows.
fn sweep(text: &mut String, matcher: &Matcher, report: &mut Report) {
    let hits = matcher.find(text, false);
    if hits.is_empty() {
        return;
    }
    let mut edits = Vec::new();
    for hit in hits {
        // A hit that runs over braces is none: what stands in two arguments is no name.
        let part = &text[hit.start..hit.end];
        let machine = hit.what == What::Paths && !part.contains(['{', '}', '\n']);
        if !machine
            && (part.matches('{').count() != part.matches('}').count() || part.contains(['\\', '[', ']']))
        {
            continue;
        }
        report.add(hit.what, "document", 1);
        edits.push(Edit {
            range: hit.start..hit.end,
            with: "anon".into(),
        });
    }
    *text = flow::apply(text, edits);
}

/// Reads a piece of source as text.
fn letters(source: &str, range: Range<usize>, flow: &mut Flow) {
    let part = Source {
        path: String::new(),
        text: source[range.clone()].to_owned(),
    };
    for para in flows::read(&[part], 0) {
        flow.append(para.flow, range.start);
    }
}
