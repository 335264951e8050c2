//! Every way an author's name is written: both orders, initials, with a middle initial nobody told us of, hyphens, umlauts, pinyin.

use crate::common::{self, DOUBLE_SURNAMES, PARTICLES, TITLES};
use crate::fold::{fold, is_cjk};
use crate::model::Person;
use pinyin::ToPinyin;
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

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    given: Vec<String>,
    surname: String,
    /// Where words of the surname begin, if it has several: it may be written with a hyphen, a space or nothing between them.
    seams: Vec<usize>,
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

/// A person's initials as letters, in the order given name then surname: `HS`, `LGN`.
pub(crate) fn initials(person: &Person) -> Vec<String> {
    readings_of(&person.name)
        .into_iter()
        .filter(|n| !n.given.is_empty())
        .map(|n| {
            n.given
                .iter()
                .chain(std::iter::once(&n.surname))
                .filter_map(|w| w.chars().next())
                .collect::<String>()
                .to_uppercase()
        })
        .collect()
}

fn native(written: &str, label: &str, out: &mut Needles, names: &mut Vec<Name>) {
    let folded = fold(written);
    if folded.chars().count() < 2 {
        return;
    }
    out.push(&[(&folded, false)], Kind::Native, label);
    let split = DOUBLE_SURNAMES
        .iter()
        .find(|d| folded.starts_with(**d))
        .map_or_else(|| folded.chars().next().map_or(0, char::len_utf8), |d| d.len());
    let (surname, given) = folded.split_at(split);
    let (Some(sounds), Some(given)) = (romanise(surname), romanise(given)) else {
        return;
    };
    let mut surnames = vec![sounds];
    let others = common::SURNAME_SOUNDS.iter().filter(|(han, _)| *han == surname);
    surnames.extend(others.flat_map(|(_, sounds)| sounds.split(' ').map(|s| vec![s.to_owned()])));
    for surname in &surnames {
        for umlaut in ["u", "v", "yu"] {
            let spell =
                |s: &[String]| -> Vec<String> { s.iter().map(|x| fold(&x.replace('ü', umlaut))).collect() };
            let (s, g) = (spell(surname), spell(&given));
            let mut add = |given: Vec<String>| {
                names.push(Name {
                    given,
                    surname: s.concat(),
                    seams: Vec::new(),
                });
            };
            if g.len() > 1 {
                add(vec![g.concat()]);
            }
            add(g);
        }
    }
}

/// Where the words begin when they are run together, the first left out.
fn seams(words: &[String]) -> Vec<usize> {
    let ends = words.iter().scan(0, |at, w| {
        *at += w.len();
        Some(*at)
    });
    let all: Vec<usize> = ends.collect();
    all[..all.len().saturating_sub(1)].to_vec()
}

/// A surname and the seams between its words.
fn surname(written: &str) -> (String, Vec<usize>) {
    let words: Vec<String> = written
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\'' | '’'))
        .map(fold)
        .filter(|w| !w.is_empty())
        .collect();
    (words.concat(), seams(&words))
}

/// The ways to read a Latin name; a name in use in brackets or quotation marks, as in “Ann (Nan) Berg”, stands beside the
/// first or in its place.
fn readings_of(written: &str) -> Vec<Name> {
    let pairs = [('(', ')'), ('（', '）'), ('"', '"'), ('“', '”'), ('‘', '’')];
    for (open, close) in pairs {
        let Some((before, rest)) = written.split_once(open) else {
            continue;
        };
        let Some((nick, after)) = rest.split_once(close) else {
            continue;
        };
        if nick.trim().is_empty()
            || nick.contains(char::is_whitespace)
            || before.trim().is_empty()
            || after.trim().is_empty()
        {
            continue;
        }
        let mut all = readings(&format!("{before} {after}"));
        all.extend(readings(&format!("{nick} {after}")));
        all.extend(readings(&format!("{before} {nick} {after}")));
        return all;
    }
    readings(written)
}

fn romanise(han: &str) -> Option<Vec<String>> {
    let sounds: Option<Vec<String>> = han
        .chars()
        .map(|c| c.to_pinyin().map(|p| p.plain().to_owned()))
        .collect();
    sounds.filter(|s| !s.is_empty())
}

fn spell_umlauts(written: &str) -> String {
    let mut out = String::new();
    for c in written.chars() {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'å' => out.push_str("aa"),
            'Ä' | 'Æ' => out.push_str("Ae"),
            'Ö' | 'Ø' => out.push_str("Oe"),
            'Ü' => out.push_str("Ue"),
            'Å' => out.push_str("Aa"),
            other => out.push(other),
        }
    }
    out
}

/// Takes a Latin name apart; more than one way when the order cannot be told.
fn readings(written: &str) -> Vec<Name> {
    if let Some((surname, given)) = written.split_once(',')
        && words(given).iter().any(|w| !TITLES.contains(&fold(w).as_str()))
    {
        return vec![named(given_words(given), surname)];
    }
    let words = words(written);
    let Some(last) = words.last() else {
        return Vec::new();
    };
    if words.len() == 1 {
        return vec![named(Vec::new(), last)];
    }
    let shouted = |w: &str| w.chars().count() > 1 && w.chars().all(|c| !c.is_lowercase());
    if shouted(&words[0]) && !words[1..].iter().any(|w| shouted(w)) {
        return vec![named(given_words(&words[1..].join(" ")), &words[0])];
    }
    let mut at = words.len() - 1;
    while at > 1 && PARTICLES.contains(&words[at - 1].to_lowercase().as_str()) {
        at -= 1;
    }
    let given = given_words(&words[..at].join(" "));
    let mut all = vec![named(given.clone(), &words[at..].join(" "))];
    if at + 1 < words.len() {
        all.push(named(given, last));
    }
    if common::is_pinyin(&fold(&words[0])) {
        all.push(named(given_words(&words[1..].join(" ")), &words[0]));
    }
    all
}

fn named(given: Vec<String>, written: &str) -> Name {
    let (surname, seams) = surname(written);
    Name {
        given,
        surname,
        seams,
    }
}

fn words(written: &str) -> Vec<String> {
    written
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | '(' | ')'))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty() && !fold(w).is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
        .enumerate()
        .filter(|(at, w)| {
            !(TITLES.contains(&fold(w).as_str()) && (*at > 1 || w.chars().count() > 2)
                || *at == 0 && matches!(fold(w).as_str(), "dr" | "mr" | "ms"))
        })
        .map(|(_, w)| w)
        .collect()
}

fn given_words(written: &str) -> Vec<String> {
    words(written).iter().map(|w| fold(w)).collect()
}

/// A surname as words for a needle.
#[derive(Clone, Copy)]
struct Family<'n> {
    whole: &'n str,
    seams: &'n [usize],
}

impl<'n> Family<'n> {
    /// Its words; `gap`: something must stand before the first.
    fn words(self, gap: bool) -> Vec<(&'n str, bool)> {
        let starts = std::iter::once(0).chain(self.seams.iter().copied());
        let ends = self
            .seams
            .iter()
            .copied()
            .chain(std::iter::once(self.whole.len()));
        starts
            .zip(ends)
            .map(|(from, to)| (&self.whole[from..to], gap && from == 0))
            .collect()
    }
}

fn add_name(name: &Name, label: &str, out: &mut Needles) {
    let s = Family {
        whole: &name.surname,
        seams: &name.seams,
    };
    if s.whole.is_empty() {
        return;
    }
    let kind = if common::is_common(s.whole) {
        Kind::Head
    } else {
        Kind::Surname
    };
    out.push(&s.words(false), kind, label);
    let Some(first) = name.given.first() else {
        return;
    };
    let rest = &name.given[1..];
    if first.chars().count() > 1 {
        add_full(first, rest, s, label, out);
    } else if let Some(second) = rest.first().filter(|g| g.chars().count() > 1) {
        add_full(second, &rest[1..], s, label, out);
        both(&[(first, false), (second, true)], s, Kind::Full, label, out);
    }
    add_initials(&name.given, s, label, out);
}

fn add_full(first: &str, rest: &[String], s: Family<'_>, label: &str, out: &mut Needles) {
    both(&[(first, false)], s, Kind::Full, label, out);
    let whole: Vec<(&str, bool)> = std::iter::once((first, false))
        .chain(rest.iter().map(|r| (r.as_str(), false)))
        .collect();
    both(&whole, s, Kind::Full, label, out);
    let short: Vec<String> = rest
        .iter()
        .filter_map(|r| r.chars().next())
        .map(String::from)
        .collect();
    let mixed: Vec<(&str, bool)> = std::iter::once((first, false))
        .chain(short.iter().enumerate().map(|(n, r)| (r.as_str(), n == 0)))
        .collect();
    both(&mixed, s, Kind::Full, label, out);
    for letter in alphabet() {
        both(&[(first, false), (&letter, true)], s, Kind::Full, label, out);
    }
    // Two family names: the first of them may be the one in use.
    for other in rest
        .iter()
        .filter(|r| r.chars().count() > 2 && !PARTICLES.contains(&r.as_str()))
    {
        out.push(&[(first, false), (other, false)], Kind::Full, label);
        let mut two = vec![(other.as_str(), false)];
        two.extend(s.words(false));
        out.push(&two, Kind::Full, label);
    }
}

/// Both orders. A lone letter must be set apart from what follows it.
fn both(given: &[(&str, bool)], s: Family<'_>, kind: Kind, label: &str, out: &mut Needles) {
    let lone = given.last().is_some_and(|(g, _)| g.chars().count() == 1);
    let mut lead = given.to_vec();
    lead.extend(s.words(lone));
    out.push(&lead, kind, label);
    let mut trail = s.words(false);
    trail.extend(given.iter().map(|(g, gap)| (*g, *gap)));
    out.push(&trail, kind, label);
}

fn add_initials(given: &[String], s: Family<'_>, label: &str, out: &mut Needles) {
    let letters: Vec<String> = given
        .iter()
        .filter_map(|g| g.chars().next())
        .map(String::from)
        .collect();
    let Some(first) = letters.first() else { return };
    let mut sets: Vec<Vec<String>> = vec![vec![first.clone()], letters.clone()];
    sets.extend(alphabet().map(|x| vec![first.clone(), x]));
    for set in sets {
        let initials: Vec<(&str, bool)> = set.iter().map(|l| (l.as_str(), false)).collect();
        let mut lead = initials.clone();
        lead.extend(s.words(true));
        out.push(&lead, Kind::Lead, label);
        let mut trail = s.words(false);
        trail.extend(initials.iter().enumerate().map(|(n, (l, _))| (*l, n == 0)));
        out.push(&trail, Kind::Trail, label);
    }
}

fn alphabet() -> impl Iterator<Item = String> {
    ('a'..='z').map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> (Vec<String>, String) {
        let name = readings(written).remove(0);
        (name.given, name.surname)
    }

    #[test]
    fn takes_names_apart() {
        assert_eq!(read("Ottoline van der Brugge").1, "vanderbrugge");
        assert_eq!(
            read("Tamsin R.J. Quillfeather, PhD"),
            (
                vec!["tamsin".into(), "r".into(), "j".into()],
                "quillfeather".into()
            )
        );
        assert_eq!(
            read("Quillfeather, Tamsin"),
            (vec!["tamsin".into()], "quillfeather".into())
        );
        assert_eq!(read("SHEN Yulan"), (vec!["yulan".into()], "shen".into()));
    }

    #[test]
    fn pinyin_of_a_native_name() {
        let mut out = Needles::default();
        add_person(
            &Person {
                native_name: "沈 玉兰".into(),
                ..Person::default()
            },
            &mut out,
        );
        let all: Vec<String> = out.into_vec().into_iter().map(|n| n.folded).collect();
        for want in ["沈玉兰", "shenyulan", "yulanshen", "ylshen", "shenyl"] {
            assert!(all.iter().any(|n| n == want), "{want} of {all:?}");
        }
    }
}
