//! Files of a paper by their names: what each is for, and which one a path in a source means.

use super::flows::Source;
use std::collections::BTreeMap;

pub(super) fn ending(name: &str) -> String {
    name.rsplit('/')
        .next()
        .and_then(|f| f.rsplit_once('.'))
        .map_or(String::new(), |(_, e)| e.to_lowercase())
}

pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

pub(super) fn stem(path: &str) -> &str {
    let file = file_name(path);
    file.rsplit_once('.').map_or(file, |(s, _)| s)
}

/// What tools, systems and editors leave beside a paper.
pub(super) fn is_junk(name: &str) -> bool {
    name.split('/').any(|p| {
        p.starts_with('.')
            || p.starts_with("__MACOSX")
            || p.starts_with("_minted")
            || p.starts_with("~$")
            || p == "CVS"
    })
}

/// What becomes of a file by its ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// LaTeX text.
    Text,
    Bibliography,
    /// Classes, styles and data that LaTeX reads.
    Support,
    Figure,
    Other,
}

pub(super) fn role(name: &str) -> Role {
    match ending(name).as_str() {
        "tex" | "ltx" | "bbl" | "tikz" | "pgf" | "pdf_tex" | "pstex_t" => Role::Text,
        "bib" => Role::Bibliography,
        "sty" | "cls" | "bst" | "clo" | "bbx" | "cbx" | "def" | "cfg" | "fd" | "ldf" | "ist" | "lbx"
        | "csv" | "dat" | "tsv" | "txt" | "r" | "py" | "m" | "c" | "cpp" | "java" | "jl" | "sh" | "lua" => {
            Role::Support
        }
        "png" | "jpg" | "jpeg" | "gif" | "tif" | "tiff" | "svg" | "pdf" | "eps" | "ps" | "webp" | "bmp" => {
            Role::Figure
        }
        _ => Role::Other,
    }
}

/// Whether a file is data, a script or a figure, which only a path names; classes and styles are named by their stem alone.
pub(super) fn is_named_by_path(name: &str) -> bool {
    role(name) == Role::Figure
        || matches!(
            ending(name).as_str(),
            "csv" | "dat" | "tsv" | "txt" | "r" | "py" | "m" | "c" | "cpp" | "java" | "jl" | "sh" | "lua"
        )
}

/// Whether a text names a file as a path does: with its ending, behind a slash, or as an argument.
pub(super) fn is_mentioned(text: &str, name: &str) -> bool {
    let stem = stem(name);
    let own = format!(".{}", ending(name));
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
    !stem.is_empty()
        && text.match_indices(stem).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + stem.len()..]);
            let with_ending = after
                .get(..own.len())
                .is_some_and(|e| e.eq_ignore_ascii_case(&own))
                && edge(before.chars().next_back());
            let begins = before.trim_end_matches([' ', '\n', '\t', '\r']);
            let begins =
                begins.ends_with(['{', ',', '"']) && in_braces(begins) || before.ends_with(['/', '=']);
            let ends = after.trim_start().starts_with(['}', ',', '.', '"']);
            with_ending || begins && ends
        })
}

/// Whether an opened brace stands on the line, or a few lines, before.
fn in_braces(before: &str) -> bool {
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(400))..];
    near.rfind('{') > near.rfind('}')
}

/// The file a path in a source means: from the root, from the source's folder, or by its last steps.
pub(super) fn find<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
    target: &str,
    folder: &str,
) -> Option<String> {
    let target = target.trim_matches('"').replace('\\', "/");
    let bare = target.trim_start_matches("./");
    let fits = |name: &str, want: &str| {
        name == want || name.strip_suffix(&format!(".{}", ending(name))) == Some(want)
    };
    let near = if folder.is_empty() {
        bare.to_owned()
    } else {
        format!("{folder}/{bare}")
    };
    names
        .clone()
        .find(|n| fits(n, bare) || fits(n, &near))
        .or_else(|| {
            let last = file_name(bare);
            names
                .clone()
                .find(|n| !last.is_empty() && fits(file_name(n), last))
        })
        .map(str::to_owned)
}

/// The place among sources that a path means.
pub(super) fn source_at(sources: &[Source], target: &str) -> Option<usize> {
    let found = find(sources.iter().map(|s| s.path.as_str()), target.trim(), "")?;
    sources.iter().position(|s| s.path == found)
}

/// The picture that a path means.
pub(super) fn picture_at<'f>(figures: &'f BTreeMap<String, Vec<u8>>, target: &str) -> Option<&'f Vec<u8>> {
    find(figures.keys().map(String::as_str), target.trim(), "").and_then(|n| figures.get(&n))
}
