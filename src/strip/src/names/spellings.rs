//! The written forms of a name: both orders, initials, middle names left out or put in.

use super::readings::Name;
use super::{Kind, Needles};
use crate::common::{self, PARTICLES};

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

pub(super) fn add_name(name: &Name, label: &str, out: &mut Needles) {
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
