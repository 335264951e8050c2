//! How a number is found in text: the table's patterns, what around a match rules it out, and how its
//! parts are put together.

use super::number::TrialNumber;
use super::registries::registries;
use super::registry::Registry;
use regex::{Captures, Match, Regex};
use std::sync::LazyLock;

/// A registry with its patterns ready for use.
struct Matcher {
    registry: &'static Registry,
    strict: Regex,
    detect: Regex,
    prefixes: Vec<Regex>,
}

static MATCHERS: LazyLock<Vec<Matcher>> = LazyLock::new(|| registries().iter().map(Matcher::new).collect());

impl Matcher {
    fn new(registry: &'static Registry) -> Self {
        let compile = |source: &str| Regex::new(source).expect("the table's patterns are tested");
        let prefix = |p: &&str| format!("(?i)(?-u:\\b){}(?:[^a-z]|$)", regex::escape(p));
        Self {
            registry,
            strict: compile(registry.strict),
            detect: compile(registry.detect),
            prefixes: registry.prefixes.iter().map(|p| compile(&prefix(p))).collect(),
        }
    }

    /// The canonical number in a match of `detect`; none if its surroundings show it to be something else.
    fn canonical(&self, found: &Captures<'_>, text: &str) -> Option<String> {
        let groups: Vec<Match<'_>> = found.iter().skip(1).flatten().collect();
        let parts: Vec<&str> = groups.iter().map(Match::as_str).collect();
        if !stands_alone(self.registry.key, text, found.get_match(), *groups.first()?) {
            return None;
        }
        let canonical = assemble(self.registry, &parts)?;
        self.strict.is_match(&canonical).then_some(canonical)
    }
}

/// Whether what stands around a match leaves it a trial number. Only shapes without a telling prefix need
/// this. `first` is the first group, before which there may be words.
fn stands_alone(key: &str, text: &str, whole: Match<'_>, first: Match<'_>) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mark = |c: Option<char>| matches!(c, Some('-' | '.'));
    let mut after = text[whole.end()..].chars();
    let mut before = text[..first.start()].chars().rev();
    match key {
        // Longer chains of digits: telephones, accession numbers, a CTIS number with a digit wrong.
        "euctr" | "ctis" | "utn" | "mr" | "repec" => {
            let runs_on = mark(after.next()) && digit(after.next());
            let runs_in = mark(before.next()) && digit(before.next());
            !runs_on && !runs_in
        }
        // Dutch ethics numbers (NL2656.042.09) and postcodes (NL 1105 AZ).
        "ntr" => {
            let next: Vec<char> = after.take(4).collect();
            let ethics = mark(next.first().copied()) && digit(next.get(1).copied());
            let postcode = whole.as_str().contains(' ')
                && matches!(next[..], [' ', a, b, ref end @ ..]
                    if a.is_ascii_uppercase() && b.is_ascii_uppercase()
                        && !end.iter().any(char::is_ascii_alphanumeric));
            !ethics && !postcode
        }
        // The tail of another registry's name, with a date behind it: UMIN-CTR 20200301.
        "cde_ctr" => !text[..whole.start()].ends_with('-'),
        _ => true,
    }
}

/// Puts the groups of a match together. None for words that stand where a part of the number would.
fn assemble(registry: &Registry, parts: &[&str]) -> Option<String> {
    let (prefix, joint) = registry.form;
    let joined = parts.join(joint);
    Some(match (registry.key, parts) {
        ("chictr", [kind, digits]) => {
            let kind = kind.to_ascii_uppercase();
            if ["NO", "NR", "ID", "NUMBER", "CODE"].contains(&kind.as_str()) {
                return None;
            }
            format!("{prefix}-{kind}-{digits}")
        }
        ("umin", [kind, digits]) if kind.eq_ignore_ascii_case("C") => format!("JPRN-C{digits}"),
        ("umin", [_, digits]) => format!("UMIN{digits}"),
        ("rebec" | "jrct", _) => prefix.to_owned() + &joined.to_ascii_lowercase(),
        _ => prefix.to_owned() + &joined.to_ascii_uppercase(),
    })
}

/// A number, and where in the text it stands.
struct Found {
    start: usize,
    end: usize,
    number: TrialNumber,
}

/// The numbers in normalised text, with repetitions. Where two readings overlap the earlier and longer holds.
fn spans(text: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for matcher in MATCHERS.iter() {
        let registry = matcher.registry;
        found.extend(matcher.detect.captures_iter(text).filter_map(|captures| {
            let (start, end) = (captures.get_match().start(), captures.get_match().end());
            let number = TrialNumber::known(registry, matcher.canonical(&captures, text)?);
            Some(Found { start, end, number })
        }));
    }
    found.sort_by_key(|f| (f.start, usize::MAX - f.end));
    let mut covered = 0;
    found.retain(|f| {
        let free = f.start >= covered;
        if free {
            covered = f.end;
        }
        free
    });
    found
}

/// The numbers in normalised prose, with repetitions.
pub(super) fn scan(text: &str) -> Vec<TrialNumber> {
    spans(text).into_iter().map(|f| f.number).collect()
}

/// Normalised text that is one number and nothing else.
pub(super) fn exact(text: &str) -> Option<TrialNumber> {
    short(text).or_else(|| match &spans(text)[..] {
        [only] if only.start == 0 && only.end == text.len() => Some(only.number.clone()),
        _ => None,
    })
}

/// A canonical number but for case and spaces, also one too short to be told from a word in prose.
fn short(text: &str) -> Option<TrialNumber> {
    let compact: String = text.chars().filter(|c| *c != ' ').collect();
    let upper = compact.to_ascii_uppercase();
    let member = upper.strip_prefix("JPRN-").unwrap_or(&upper);
    let candidates = [&compact, member, &format!("JPRN-{member}")];
    MATCHERS.iter().find_map(|matcher| {
        let canonical = candidates.iter().find(|c| matcher.strict.is_match(c))?;
        Some(TrialNumber::known(matcher.registry, (*canonical).to_owned()))
    })
}

/// The registry whose prefix stands earliest in the text; of two at one place, the longer.
pub(super) fn meant(text: &str) -> Option<&'static Registry> {
    let places = MATCHERS.iter().flat_map(|matcher| {
        let first = |prefix: &Regex| prefix.find(text).map(|m| (m.start(), usize::MAX - m.len()));
        matcher
            .prefixes
            .iter()
            .filter_map(first)
            .map(|place| (place, matcher.registry))
    });
    places
        .min_by_key(|(place, _)| *place)
        .map(|(_, registry)| registry)
}
