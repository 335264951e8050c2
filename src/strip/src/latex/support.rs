//! What a paper brings besides its text: classes and styles, whose comments go; scripts and data, of which only the lines go that
//! say who made them.

use super::files::ending;
use super::flows::Source;
use super::structure::{Counts, without_comments};
use crate::findings::Collector;
use crate::forms::pattern;
use crate::matcher::Matcher;
use crate::model::{Report, What};
use regex::Regex;
use std::sync::LazyLock;

/// Files that TeX reads, in which `%` begins a comment.
fn is_tex(ending: &str) -> bool {
    matches!(
        ending,
        "sty" | "cls" | "clo" | "def" | "cfg" | "fd" | "ldf" | "lbx" | "bbx" | "cbx"
    )
}

/// Programs of other kinds in which it does so only at the beginning of a line for sure: it can stand in their strings.
fn is_percent(ending: &str) -> bool {
    matches!(ending, "bst" | "ist")
}

/// What begins a line of comment in a program.
fn signs(ending: &str) -> &'static [&'static str] {
    match ending {
        "r" | "py" | "jl" | "sh" => &["#", "__"],
        "m" => &["%"],
        "lua" => &["--"],
        "c" | "cpp" | "java" => &["//", "/*", "*"],
        _ => &[],
    }
}

static MAKER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bcopyright\b|©|\(c\)\s*(?:19|20)\d\d|\bauthors?\b|\b(?:created|written|programmed|developed|coded|modified|maintained)\s+by\b|\bmaintainers?\b|\be-?mail\b|__(?:authors?|credits|email|maintainer|copyright|contact)__|作者|编写",
    )
});

/// Takes the comments out of a file that TeX reads, and out of a script those that say who made it.
pub(super) fn clean(source: &mut Source, matcher: &Matcher, counts: &mut Counts) {
    let ending = ending(&source.path);
    if is_tex(&ending) || is_percent(&ending) {
        source.text = without_comments(&source.text, is_percent(&ending), counts);
        return;
    }
    let signs = signs(&ending);
    if signs.is_empty() {
        return;
    }
    let tells = |line: &&str| {
        let bare = line.trim();
        let comment = signs.iter().any(|s| bare.starts_with(s)) && !bare.starts_with("#!");
        // A line that opens or closes a comment of many lines holds the others together.
        let part = bare.starts_with("/*") != bare.ends_with("*/");
        comment && !part && (MAKER.is_match(bare) || !matcher.find(bare, false).is_empty())
    };
    let lines: Vec<&str> = source.text.split_inclusive('\n').collect();
    let kept: String = lines.iter().filter(|l| !tells(l)).copied().collect();
    let gone = lines.iter().filter(|l| tells(l)).count();
    if gone > 0 {
        *counts.entry(What::Comments).or_default() += gone;
        source.text = kept;
    }
}

/// Looks through what is left of these files, line by line.
pub(super) fn look(sources: &[Source], matcher: &Matcher, report: &mut Report) {
    let mut collector = Collector::new(matcher);
    for line in sources.iter().flat_map(|s| s.text.lines()) {
        if line.chars().any(char::is_alphabetic) {
            collector.look(line, "document", false);
        }
    }
    collector.add_to(report);
}
