//! Neutral names for files, folders and keys whose own names tell somebody's.

use super::files::{Role, role};
use crate::fold::fold;
use crate::matcher::Matcher;
use crate::model::Identity;
use crate::{common, names};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Neutral names for what names somebody: files, folders, keys.
pub(crate) struct Neutral<'m> {
    matcher: &'m Matcher,
    surnames: Vec<String>,
    /// Names that nobody takes for a word, as in `elin_flow.png`.
    given: Vec<String>,
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
        let names = identity.people.iter().flat_map(|p| p.name.split_whitespace());
        let given = names
            .map(fold)
            .filter(|n| n.chars().count() >= 4 && !common::is_word(n) && !common::is_common(n));
        let neutral = Neutral {
            matcher,
            given: given.collect(),
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
        let given = |word: &str| self.given.contains(&fold(word));
        name.split(|c: char| !c.is_alphabetic()).any(given)
            || !self.matcher.find(name, false).is_empty()
            || !self.matcher.find(&words, false).is_empty()
            || self.surnames.iter().any(in_it)
    }

    /// Whether an identifier, in which words are run together, holds a name that is nothing else.
    pub fn holds_name(&self, identifier: &str) -> bool {
        self.matcher.in_identifier(identifier)
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
