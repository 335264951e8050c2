//! What is looked for of a person besides names, and the author's own words: addresses, ORCIDs, terms, telephone numbers.

use crate::common;
use crate::fold::{fold, is_cjk};
use crate::model::Person;
use crate::names::{self, Kind, Needles};

pub(super) fn add_addresses(person: &Person, out: &mut Needles) {
    let email = person.email.trim();
    if let Some((local, _)) = email.split_once('@') {
        out.push(&[(&fold(email), false)], Kind::Exact, email);
        let bare = fold(local);
        let surnames = names::surnames(person);
        let own = surnames
            .iter()
            .chain(std::iter::once(&fold(&person.name)))
            .any(|n| n.chars().count() > 2 && shares(&bare, n));
        if bare.len() >= 6 && !common::is_common(&bare) && (own || bare.bytes().any(|b| b.is_ascii_digit())) {
            out.push(&[(&bare, false)], Kind::Exact, email);
        }
    }
    let digits: String = person
        .orcid
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X'))
        .collect();
    let digits = fold(&digits);
    if digits.len() >= 16 {
        out.push(
            &[(&digits[digits.len() - 16..], false)],
            Kind::Exact,
            person.orcid.trim(),
        );
    }
}

fn shares(local: &str, name: &str) -> bool {
    name.as_bytes()
        .windows(3)
        .any(|w| local.as_bytes().windows(3).any(|l| l == w))
}

pub(super) fn add_term(term: &str, out: &mut Needles) {
    let folded = fold(term);
    let size = folded.chars().count();
    if size >= 3 || (size == 2 && folded.chars().any(is_cjk)) {
        out.push(&[(&folded, false)], Kind::Term, term.trim());
    }
    // A telephone number with its country's code or with the nought of calls within the country, or with both.
    let dialled =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '/' | '.' | '\u{A0}');
    let abroad = term.trim().starts_with(['+', '(']) || folded.starts_with("00");
    if term.trim().chars().all(dialled) && abroad && folded.len() >= 10 {
        for code in 1..=3 {
            let within = folded.trim_start_matches("00");
            let (code, rest) = within.split_at(code);
            let rest = rest.trim_start_matches('0');
            if rest.len() >= 7 {
                out.push(&[(&format!("0{rest}"), false)], Kind::Term, term.trim());
                out.push(&[(&format!("{code}0{rest}"), false)], Kind::Term, term.trim());
                out.push(&[(&format!("{code}{rest}"), false)], Kind::Term, term.trim());
            }
        }
    }
}
