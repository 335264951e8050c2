//! The ways to read a name: which of its words are the surname.

use crate::common::{self, PARTICLES, TITLES};
use crate::fold::fold;

/// A name taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub given: Vec<String>,
    pub surname: String,
    /// Where words of the surname begin, if it has several: it may be written with a hyphen, a space or nothing between them.
    pub seams: Vec<usize>,
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
pub(super) fn readings_of(written: &str) -> Vec<Name> {
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

pub(super) fn spell_umlauts(written: &str) -> String {
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
}
