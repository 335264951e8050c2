//! The steps of a submission: what each still lacks, and how far it is.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::journal::{List, Pages};
use crate::domain::manuscript::{STEPS, Submission};
use crate::domain::rules::Rules;
use crate::store::files::FileRole;
use crate::store::read::author::{AuthorDraft, AuthorFile};

/// Something that must be mended before the submission can be sent.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// The step it belongs to.
    pub step: &'static str,
    /// The id of the field.
    pub id: String,
    /// The words: `author-missing-<key>`.
    pub key: String,
    /// Which one of several, from 1; 0 if there is only one.
    pub n: usize,
    /// What it is called: a file's name.
    pub name: String,
}

/// A line of the list of steps.
#[derive(Clone, Debug, Serialize)]
pub struct StepLine {
    /// The step's key.
    pub key: &'static str,
    /// `empty`, `begun`, `ready`, `needs-you` or `optional`.
    pub state: &'static str,
    /// How many authors or files there are.
    pub count: usize,
}

/// Everything that is still missing, in the order of the steps.
pub fn problems(draft: &AuthorDraft, rules: &Rules, pages: &Pages) -> Vec<Problem> {
    let mut out: Vec<Problem> = Vec::new();
    let missing = draft.submission.missing(rules, pages);
    for step in STEPS {
        match step {
            "authors" => {
                authors(&draft.submission, rules, pages, &mut out);
                let chosen = draft.submission.authors.iter().any(|a| a.corresponding);
                if chosen && !draft.reached {
                    out.push(problem(
                        step,
                        "authors".to_owned(),
                        "corresponding",
                        "unconfirmed",
                        0,
                    ));
                }
            }
            "files" => {
                out.extend(files(&draft.files));
                out.extend(papers(&draft.files, pages));
            }
            step => out.extend(missing.iter().filter(|m| m.step == step).map(|m| match step {
                // The words name the declaration, whatever the office has made of it.
                "declarations" => Problem {
                    name: m.field.clone(),
                    ..problem(step, m.field.clone(), "declaration", m.what, 0)
                },
                _ => problem(step, m.field.clone(), &m.field, m.what, 0),
            })),
        }
    }
    out
}

/// A problem of a field.
pub fn problem(step: &'static str, id: String, field: &str, what: &str, n: usize) -> Problem {
    Problem {
        step,
        id,
        key: format!("{field}-{what}"),
        n,
        name: String::new(),
    }
}

/// What is asked of the list and not of one author.
const OF_THE_LIST: [&str; 2] = ["corresponding", "joint_first"];

/// Each author is looked at alone, so that the page can say which one; then what concerns all of them.
pub fn authors(submission: &Submission, rules: &Rules, pages: &Pages, out: &mut Vec<Problem>) {
    let step = "authors";
    for (i, author) in submission.authors.iter().enumerate() {
        let alone = Submission {
            authors: vec![author.clone()],
            ..Submission::default()
        };
        out.extend(
            alone
                .missing(rules, pages)
                .iter()
                .filter(|m| m.step == step && !OF_THE_LIST.contains(&m.field.as_str()))
                .map(|m| problem(step, format!("author-{i}-{}", m.field), &m.field, m.what, i + 1)),
        );
    }
    out.extend(
        submission
            .missing(rules, pages)
            .iter()
            .filter(|m| {
                m.step == step
                    && matches!(
                        (m.field.as_str(), m.what),
                        ("authors" | "corresponding" | "joint_first", _) | (_, "twice")
                    )
            })
            .map(|m| problem(step, "authors".to_owned(), &m.field, m.what, 0)),
    );
}

/// What the files of a round still want of the author.
pub fn files(files: &[AuthorFile]) -> Vec<Problem> {
    let of = |file: Option<&AuthorFile>, key: &str| Problem {
        step: "files",
        id: file.map_or("upload".to_owned(), |f| format!("file-{}", f.facts.id)),
        key: format!("file-{key}"),
        n: 0,
        name: file.map(|f| f.original.clone()).unwrap_or_default(),
    };
    let manuscript = |f: &AuthorFile| f.facts.role == FileRole::Manuscript.key();
    let mut out = Vec::new();
    if !files.iter().any(manuscript) {
        out.push(of(None, "none"));
    }
    for file in files {
        match file.facts.state.as_str() {
            "waiting" => out.push(of(Some(file), "waiting")),
            "refused" => out.push(of(Some(file), "refused")),
            _ if file.facts.open_findings > 0 => out.push(of(Some(file), "findings")),
            _ => {}
        }
    }
    out
}

/// The papers that the journal wants and that are not there.
fn papers(files: &[AuthorFile], pages: &Pages) -> Vec<Problem> {
    let there = |key: &str| files.iter().any(|f| f.facts.paper == key);
    let wanted = pages.offered(List::Papers).into_iter().filter(|key| !there(key));
    let of = |key: &str| Problem {
        name: format!("papers-{key}"),
        ..problem("files", "upload".to_owned(), "file", "paper", 0)
    };
    wanted.map(of).collect()
}

/// The list at the side of every step; `check` is its last line.
pub fn lines(draft: &AuthorDraft, problems: &[Problem]) -> Vec<StepLine> {
    let line = |key| StepLine {
        key,
        state: state(key, draft, problems),
        count: match key {
            "authors" => draft.submission.authors.len(),
            "files" => draft.files.len(),
            _ => 0,
        },
    };
    let mut out: Vec<StepLine> = STEPS.into_iter().map(line).collect();
    out.push(StepLine {
        key: "check",
        state: if problems.is_empty() { "ready" } else { "empty" },
        count: 0,
    });
    out
}

fn state(step: &'static str, draft: &AuthorDraft, problems: &[Problem]) -> &'static str {
    let begun = draft.submission.visited.iter().any(|v| v == step) || filled(step, draft);
    let mut mine = problems.iter().filter(|p| p.step == step).peekable();
    let none = mine.peek().is_none();
    let unfilled = |p: &Problem| {
        ["empty", "choose", "tick", "none", "waiting"]
            .iter()
            .any(|w| p.key.ends_with(w))
    };
    match step {
        _ if !mine.all(unfilled) => "needs-you",
        "reviewers" if !begun => "optional",
        _ if none => "ready",
        _ if begun => "begun",
        _ => "empty",
    }
}

fn filled(step: &str, draft: &AuthorDraft) -> bool {
    let s = &draft.submission;
    match step {
        "authors" => !s.authors.is_empty(),
        "files" => !draft.files.is_empty(),
        "reviewers" => !s.suggested.is_empty() || !s.opposed.is_empty(),
        _ => false,
    }
}

/// The first step that is not ready, else the sheet.
pub fn first_open(problems: &[Problem]) -> &'static str {
    problems.first().map_or("check", |p| p.step)
}

/// The words of a step's problems by the id of their field.
pub fn by_field(problems: &[Problem]) -> BTreeMap<String, String> {
    problems.iter().map(|p| (p.id.clone(), p.key.clone())).collect()
}
