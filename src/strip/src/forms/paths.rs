//! Folders that are somebody's own: their names are log-in names, and those are people's.

use super::pattern;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Where home directories lie; the next step of the path is a person's.
static HOME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:/(?:export|nfs|mnt/[a-z]|cygdrive/[a-z]|data[0-9]?|scratch[0-9]?|gpfs|lustre|storage))?/(?:home[0-9]?|Users)/|[A-Za-z]:[\\/]{1,2}(?:Users|Documents and Settings)[\\/]{1,2}",
    )
});

/// A share of a server with people's own folders in it; the next step of the path is a person's.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\\\\[A-Za-z0-9][^\\/ \t\r\n]{1,62}(?:\\[^\\/\t\r\n]{1,40}){0,3}?\\(?i:users?|homes?|homedirs?|profiles?|staff|personal)\$?\\",
    )
});

/// What RCS, CVS and Subversion write into a file: its path, and who changed it last.
static KEYWORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\$(?:Id|Author|Header|HeadURL|LastChangedBy|RCSfile|Source):[ \t][^$\\\n]{1,200}[ \t]\$")
});

/// Names that machines and manuals give: nobody's.
const NOBODYS: &[&str] = &[
    "user",
    "users",
    "username",
    "yourname",
    "your_name",
    "name",
    "public",
    "shared",
    "default",
    "guest",
    "root",
    "admin",
    "ubuntu",
    "docker",
    "jovyan",
    "runner",
    "rstudio",
    "vagrant",
    "anon",
];

/// Paths up to the name of the person whose folder it is, and keywords as a whole.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    if text.contains(['/', '\\']) {
        for found in HOME.find_iter(text).filter(|f| is_start(&text[..f.start()])) {
            out.extend(owner(text, found.end()).map(|end| found.start()..end));
        }
    }
    if text.contains(r"\\") {
        for found in SHARE.find_iter(text) {
            out.extend(owner(text, found.end()).map(|end| found.start()..end));
        }
    }
    if text.contains('$') {
        out.extend(KEYWORD.find_iter(text).map(|m| m.range()));
    }
    out
}

/// Whether a path can begin behind these words: inside an address or another path it is a step like any other.
fn is_start(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '~' | '-'))
}

/// Where the name of a folder's owner ends. None if it is nobody's.
fn owner(text: &str, start: usize) -> Option<usize> {
    let step: &str = text[start..]
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '_' | '@' | '+' | '-'))
        .next()?;
    let name = step.trim_end_matches(['.', '-']);
    let named = name.chars().next().is_some_and(char::is_alphanumeric)
        && name.chars().count() <= 64
        && !NOBODYS.contains(&name.to_lowercase().as_str());
    named.then_some(start + name.len())
}

#[cfg(test)]
mod tests {
    fn cut(text: &str) -> Vec<&str> {
        super::find(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn folders_of_people() {
        for (text, gone) in [
            ("setwd(\"/home/tquill/gulls\")", "/home/tquill"),
            ("in /Users/t.quill/Desktop/a.csv.", "/Users/t.quill"),
            (r"C:\Users\Tamsin Q\x", r"C:\Users\Tamsin"),
            (r"read('D:\\Users\\tq1\\x.m')", r"D:\\Users\\tq1"),
            ("C:/Users/tq/x", "C:/Users/tq"),
            ("file:///home/tq/x", "/home/tq"),
            ("/mnt/c/Users/tq/x", "/mnt/c/Users/tq"),
            (
                r"\\tides01\data$\users\tquill\plots",
                r"\\tides01\data$\users\tquill",
            ),
            ("$Author: tquill $", "$Author: tquill $"),
            (
                "% $Id: paper.tex 42 2020-01-01 tquill $ x",
                "$Id: paper.tex 42 2020-01-01 tquill $",
            ),
        ] {
            assert_eq!(cut(text), vec![gone], "{text}");
        }
    }

    #[test]
    fn what_only_looks_so() {
        for text in [
            "https://example.org/home/page and example.org/Users/x",
            "at home/work and ../home/x or the nursing home/hospital",
            "/home/user/data and C:\\Users\\Public\\x",
            "$Id: A \\to A$ and $Author$",
            r"a\\hline\toprule b\\x\users",
            "[…]/gulls",
        ] {
            assert!(cut(text).is_empty(), "{text}: {:?}", cut(text));
        }
    }
}
