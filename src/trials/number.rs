//! Trial numbers as people type and paste them, each brought to its one canonical form.

use super::date::PartialDate;
use super::read::{exact, meant, scan};
use super::registry::{Acceptance, Registry, UrlRule};
use super::text::{LIST_MARKS, bare, items, normalise};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

/// A trial number in canonical form, with the registry it belongs to. It matches that registry's strict
/// pattern and no other's, so equal texts mean equal numbers. Whether the record exists is not known.
///
/// `Display` and serde give the number; `Debug` only its registry, so that a log line cannot name a trial.
#[derive(Clone)]
pub struct TrialNumber {
    registry: &'static Registry,
    canonical: String,
}

/// Why a typed-in text is not one trial number. Never repeats the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberProblem {
    /// Nothing was typed.
    Empty,
    /// More than one number was typed where one belongs; this many.
    Several(usize),
    /// It begins like a number of this registry, but is not one: digits are missing or too many.
    Malformed(&'static Registry),
    /// No registry known here has such numbers.
    Unknown,
}

/// What is odd about a number that is accepted all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberWarning {
    /// A ClinicalTrials.gov number that does not start with 0, as every one so far does.
    UnusualNct,
}

/// All trial numbers in a pasted text, each once, in the order of their first mention.
///
/// A text that is a list of numbers and nothing else is read item by item. In anything else a number must be
/// recognisable: a Dutch `NL63` or `NTR1` is a virus and a receptor there, so the old register's numbers
/// count from three digits (`NTR` from two).
pub fn find_all(text: &str) -> Vec<TrialNumber> {
    let flat = normalise(text);
    let list = || -> Option<Vec<_>> { items(text).iter().map(|item| exact(item)).collect() };
    let found = exact(bare(&flat))
        .map(|only| vec![only])
        .or_else(list)
        .unwrap_or_else(|| scan(&flat));
    let mut seen = HashSet::new();
    found
        .into_iter()
        .filter(|number| seen.insert(number.canonical.clone()))
        .collect()
}

/// The items of a typed list that are no trial number, as they were typed, each with why. Beside a number that was read,
/// words without one are taken for words.
pub fn unread(text: &str) -> Vec<(String, NumberProblem)> {
    if exact(bare(&normalise(text))).is_some() {
        return Vec::new();
    }
    let read = !find_all(text).is_empty();
    let typed = text.split(LIST_MARKS).map(str::trim);
    typed
        .filter_map(|item| match TrialNumber::parse(item) {
            Err(problem @ NumberProblem::Malformed(_)) => Some((item.to_owned(), problem)),
            Err(NumberProblem::Unknown) if !read || digits(item) >= FEWEST_DIGITS => {
                Some((item.to_owned(), NumberProblem::Unknown))
            }
            _ => None,
        })
        .collect()
}

/// With fewer digits than a registry's number has, what stands beside one is no attempt at another.
const FEWEST_DIGITS: usize = 6;

fn digits(text: &str) -> usize {
    text.chars().filter(|c| c.is_numeric()).count()
}

impl TrialNumber {
    /// A number that is canonical already.
    pub(super) fn known(registry: &'static Registry, canonical: String) -> Self {
        Self { registry, canonical }
    }

    /// Reads one typed-in number, also with words and marks around it or as part of a link. The
    /// canonical form reads back as itself.
    pub fn parse(text: &str) -> Result<Self, NumberProblem> {
        let mut found = find_all(text);
        match found.len() {
            0 => {
                let text = normalise(text);
                Err(match meant(&text) {
                    Some(registry) => NumberProblem::Malformed(registry),
                    None if bare(&text).is_empty() => NumberProblem::Empty,
                    None => NumberProblem::Unknown,
                })
            }
            1 => Ok(found.remove(0)),
            several => Err(NumberProblem::Several(several)),
        }
    }

    /// The registry that gave the number.
    pub fn registry(&self) -> &'static Registry {
        self.registry
    }

    /// The number in the registry's own spelling. An EudraCT number is without `EUCTR` and country, as one
    /// trial has a row for every member state; a Japanese one without the network's `JPRN-`, but for
    /// UMIN's `C` numbers, which nothing else would tell from a word.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// A link to the record where its address follows from the number, else to the WHO's portal if that
    /// knows the registry.
    pub fn url(&self) -> Option<String> {
        let template = match self.registry.url {
            UrlRule::Record(template) | UrlRule::Portal(template) => template,
            UrlRule::None => return None,
        };
        let id = self.canonical.strip_prefix("JPRN-").unwrap_or(&self.canonical);
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        let dashed = id.to_ascii_lowercase().replace('/', "-");
        Some(
            template
                .replace("{id}", id)
                .replace("{digits}", &digits)
                .replace("{lower_dashed}", &dashed),
        )
    }

    /// Whether the number is a registration, whenever it was made.
    pub fn acceptance(&self) -> Acceptance {
        self.registry.acceptance
    }

    /// Whether the number is a registration if it was first submitted then; see [`Registry::acceptance_on`].
    pub fn acceptance_on(&self, submitted: Option<PartialDate>) -> Acceptance {
        self.registry.acceptance_on(submitted)
    }

    /// What is odd about it, though it is accepted.
    pub fn warning(&self) -> Option<NumberWarning> {
        let unusual = self.registry.key == "nct" && !self.canonical.starts_with("NCT0");
        unusual.then_some(NumberWarning::UnusualNct)
    }
}

impl NumberProblem {
    /// A stable name, for message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Several(_) => "several",
            Self::Malformed(_) => "malformed",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for NumberProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no number was given"),
            Self::Several(count) => write!(f, "{count} numbers where one belongs"),
            Self::Malformed(registry) => write!(f, "not a complete number of {}", registry.name),
            Self::Unknown => f.write_str("no known registry has such numbers"),
        }
    }
}

impl std::error::Error for NumberProblem {}

impl fmt::Debug for TrialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrialNumber({})", self.registry.key)
    }
}

impl fmt::Display for TrialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical)
    }
}

impl PartialEq for TrialNumber {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for TrialNumber {}

impl Hash for TrialNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

impl PartialOrd for TrialNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TrialNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical.cmp(&other.canonical)
    }
}

impl FromStr for TrialNumber {
    type Err = NumberProblem;

    fn from_str(text: &str) -> Result<Self, NumberProblem> {
        Self::parse(text)
    }
}

impl Serialize for TrialNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.canonical)
    }
}

impl<'de> Deserialize<'de> for TrialNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
