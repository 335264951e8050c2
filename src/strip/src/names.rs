//! Every way an author's name is written: both orders, initials, with a middle initial nobody told us of, hyphens, umlauts, pinyin.

mod native;
mod readings;
mod spellings;

use crate::fold::is_cjk;
use crate::model::Person;
use native::{native, spoken};
use readings::{readings_of, spell_umlauts};
use spellings::add_name;
use std::collections::BTreeMap;

/// How sure a written form is, and what must stand around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Given name and surname in either order.
    Full,
    /// A name in Chinese, Japanese or Korean letters.
    Native,
    /// Initials, then the surname.
    Lead,
    /// The surname, then initials.
    Trail,
    /// A surname nobody else is likely to bear.
    Surname,
    /// A surname that counts in a running head only.
    Head,
    /// An e-mail address, the part before its @ or an ORCID.
    Exact,
    /// Words the author gave us.
    Term,
    /// An institution.
    Affiliation,
}

/// A folded string to look for.
#[derive(Clone, Debug)]
pub(crate) struct Needle {
    /// The folded letters.
    pub folded: String,
    /// Where in `folded` words begin, and whether something must stand before the word.
    pub breaks: Vec<(usize, bool)>,
    pub kind: Kind,
    /// Whose or what it is, for reports.
    pub label: String,
}

/// Collects needles, the first label of equal ones wins.
#[derive(Default)]
pub(crate) struct Needles(BTreeMap<(String, Kind), Needle>);

impl Needles {
    pub(crate) fn push(&mut self, words: &[(&str, bool)], kind: Kind, label: &str) {
        let mut folded = String::new();
        let mut breaks = Vec::new();
        for (word, gap) in words.iter().filter(|(w, _)| !w.is_empty()) {
            breaks.push((folded.len(), *gap && !folded.is_empty()));
            folded.push_str(word);
        }
        if folded.is_empty() {
            return;
        }
        let needle = Needle {
            folded: folded.clone(),
            breaks,
            kind,
            label: label.to_owned(),
        };
        self.0.entry((folded, kind)).or_insert(needle);
    }

    pub(crate) fn into_vec(self) -> Vec<Needle> {
        self.0.into_values().collect()
    }
}

/// Adds every written form of a person's names.
pub(crate) fn add_person(person: &Person, out: &mut Needles) {
    let label = if person.name.trim().is_empty() {
        person.native_name.trim()
    } else {
        person.name.trim()
    };
    let mut names = Vec::new();
    for written in [person.name.as_str(), person.native_name.as_str()] {
        if written.chars().any(is_cjk) {
            native(written, label, out, &mut names);
        } else {
            names.extend(readings_of(written));
            let spelled = spell_umlauts(written);
            if spelled != written {
                names.extend(readings_of(&spelled));
            }
        }
    }
    for name in &names {
        add_name(name, label, out);
    }
}

/// The surnames of a person, folded.
pub(crate) fn surnames(person: &Person) -> Vec<String> {
    let mut found: Vec<String> = readings_of(&person.name).into_iter().map(|n| n.surname).collect();
    found.dedup();
    found
}

/// A person's initials as letters, given name first: `HS`, `LGN`. Names with a hyphen and Chinese ones have a letter for each
/// part as well, Chinese ones also with the surname first: `JPH`, `YLS`, `SYL`.
pub(crate) fn initials(person: &Person) -> Vec<String> {
    let apart = person.name.replace(is_hyphen, " ");
    let mut all: Vec<String> = readings_of(&person.name)
        .iter()
        .chain(&readings_of(&apart))
        .filter(|n| !n.given.is_empty())
        .map(|n| letters(n.given.iter().chain(std::iter::once(&n.surname))))
        .collect();
    for written in [&person.name, &person.native_name] {
        if let Some((surname, given)) = spoken(written) {
            let surname = [surname];
            all.push(letters(given.iter().chain(&surname)));
            all.push(letters(surname.iter().chain(&given)));
        }
    }
    all.sort();
    all.dedup();
    all
}

fn letters<'w>(words: impl Iterator<Item = &'w String>) -> String {
    words
        .filter_map(|w| w.chars().next())
        .collect::<String>()
        .to_uppercase()
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}')
}
