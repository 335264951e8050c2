//! A paper as an archive: which files belong to it, which is the main one, and under what names they leave.

use super::flows::Source;
use super::structure;
use crate::docx::package::{self, Parts};
use crate::fold::fold;
use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, What};
use crate::{common, names, plain};
use flate2::read::GzDecoder;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// More files than any paper has, and the most that they may unpack to.
const MOST_FILES: usize = 5000;
const MOST_TOTAL: u64 = 500 << 20;
const MOST_RATIO: u64 = 150;

/// Whether bytes are a tar packed with gzip.
pub(crate) fn is_tarball(bytes: &[u8]) -> bool {
    let mut head = [0; 512];
    bytes.starts_with(&[0x1F, 0x8B])
        && GzDecoder::new(bytes).read_exact(&mut head).is_ok()
        && &head[257..262] == b"ustar"
}

/// The files of a tarball. Links, devices and names that lead out of it are refused.
pub(crate) fn untar(bytes: &[u8]) -> Result<Parts, Refusal> {
    let limited = GzDecoder::new(bytes).take(MOST_TOTAL + 1);
    let mut archive = tar::Archive::new(limited);
    let mut parts = Parts::new();
    let mut total = 0_u64;
    for entry in archive.entries().map_err(|_| Refusal::Broken)? {
        let mut entry = entry.map_err(|_| Refusal::Broken)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).replace('\\', "/");
        if name.starts_with('/') || name.split('/').any(|p| p == "..") {
            return Err(Refusal::Broken);
        }
        total += entry.size();
        if total > MOST_TOTAL
            || parts.len() >= MOST_FILES
            || total > (64 << 20) && total / (bytes.len() as u64).max(1) > MOST_RATIO
        {
            return Err(Refusal::Bomb);
        }
        let mut data = Vec::new();
        entry.read_to_end(&mut data).map_err(|_| Refusal::Broken)?;
        let name = name.trim_start_matches("./").to_owned();
        if parts.insert(name, data).is_some() {
            return Err(Refusal::Broken);
        }
    }
    Ok(parts)
}

/// The files of a zip or a tarball.
pub(crate) fn unpack(bytes: &[u8]) -> Result<Parts, Refusal> {
    if bytes.starts_with(b"PK") {
        package::read(bytes)
    } else {
        untar(bytes)
    }
}

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

fn ending(name: &str) -> String {
    name.rsplit('/')
        .next()
        .and_then(|f| f.rsplit_once('.'))
        .map_or(String::new(), |(_, e)| e.to_lowercase())
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn stem(path: &str) -> &str {
    let file = file_name(path);
    file.rsplit_once('.').map_or(file, |(s, _)| s)
}

/// What tools, systems and editors leave beside a paper.
fn is_junk(name: &str) -> bool {
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
enum Role {
    /// LaTeX text.
    Text,
    Bibliography,
    /// Classes, styles and data that LaTeX reads.
    Support,
    Figure,
    Other,
}

fn role(name: &str) -> Role {
    match ending(name).as_str() {
        "tex" | "ltx" | "bbl" | "tikz" | "pgf" | "pdf_tex" | "pstex_t" => Role::Text,
        "bib" => Role::Bibliography,
        "sty" | "cls" | "bst" | "clo" | "bbx" | "cbx" | "def" | "cfg" | "fd" | "ldf" | "ist" | "lbx"
        | "csv" | "dat" | "tsv" | "txt" | "r" | "py" | "m" | "c" | "cpp" | "java" | "jl" => Role::Support,
        "png" | "jpg" | "jpeg" | "gif" | "tif" | "tiff" | "svg" | "pdf" | "eps" | "ps" | "webp" | "bmp" => {
            Role::Figure
        }
        _ => Role::Other,
    }
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
        let used = mentioned.contains(stem(name)) && !own;
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

/// The file a path in a source means: from the root, from the source's folder, or by its last steps.
fn find<'n>(names: impl Iterator<Item = &'n str> + Clone, target: &str, folder: &str) -> Option<String> {
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

/// Neutral names for what names somebody: files, folders, keys.
pub(crate) struct Neutral<'m> {
    matcher: &'m Matcher,
    surnames: Vec<String>,
    files: RefCell<BTreeMap<String, String>>,
}

impl<'m> Neutral<'m> {
    /// Learns the names of all files, so that the same name is the same everywhere.
    pub fn new<'n>(matcher: &'m Matcher, identity: &Identity, paths: impl Iterator<Item = &'n str>) -> Self {
        let mut surnames: Vec<String> = identity
            .people
            .iter()
            .flat_map(names::surnames)
            .filter(|s| s.chars().count() > 1)
            .collect();
        surnames.extend(
            identity
                .people
                .iter()
                .map(|p| fold(&p.native_name))
                .filter(|n| !n.is_empty()),
        );
        surnames.sort();
        surnames.dedup();
        let neutral = Neutral {
            matcher,
            surnames,
            files: RefCell::default(),
        };
        let mut all: Vec<&str> = paths.collect();
        all.sort_unstable();
        for path in all {
            neutral.path(path);
        }
        neutral
    }

    /// Whether a name or key tells somebody's.
    pub fn tells(&self, name: &str) -> bool {
        let words: String = name
            .chars()
            .map(|c| if c.is_alphabetic() { c } else { ' ' })
            .collect();
        let folded = fold(name);
        let in_it = |s: &String| {
            let rare =
                s.chars().count() >= 4 && !common::is_word(s) && !common::is_pinyin(s) || !s.is_ascii();
            // Keys such as li2020: the surname, then a year.
            let leads = folded
                .strip_prefix(s.as_str())
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            rare && folded.contains(s.as_str()) || leads
        };
        !self.matcher.find(name, false).is_empty()
            || !self.matcher.find(&words, false).is_empty()
            || self.surnames.iter().any(in_it)
    }

    /// A path without people and machines in it.
    pub fn path(&self, old: &str) -> String {
        let bare = old.trim();
        let slashed = bare.replace('\\', "/");
        let drive = slashed.as_bytes().get(1) == Some(&b':');
        let away = slashed.starts_with(['/', '~']) || drive || slashed.split('/').any(|p| p == "..");
        let kept: Vec<&str> = if away && !is_web(bare) {
            // Of a path on somebody's machine only the file's name, or nothing of a folder.
            vec![
                slashed
                    .trim_end_matches('/')
                    .rsplit('/')
                    .next()
                    .filter(|_| !slashed.ends_with('/'))
                    .unwrap_or("."),
            ]
        } else {
            slashed.split('/').collect()
        };
        let mut new = kept
            .iter()
            .map(|part| self.part(part))
            .collect::<Vec<_>>()
            .join("/");
        if away && slashed.ends_with('/') {
            new = "./".into();
        }
        if new == slashed { old.to_owned() } else { new }
    }

    fn part(&self, part: &str) -> String {
        let (stem, end) = match part.rsplit_once('.') {
            Some((stem, end)) if role(part) != Role::Other && !stem.is_empty() => (stem, format!(".{end}")),
            _ => (part, String::new()),
        };
        if !self.tells(stem) {
            return part.to_owned();
        }
        let mut files = self.files.borrow_mut();
        let next = format!("file{}", files.len() + 1);
        format!("{}{end}", files.entry(stem.to_owned()).or_insert(next))
    }
}

fn is_web(path: &str) -> bool {
    path.starts_with("http://") || path.starts_with("https://")
}
