//! What is known of a registry: one row's type, and the small language its rows are written in.

use super::date::PartialDate;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a number of this registry is a registration in the sense of the ICMJE: a primary register of
/// the WHO's platform (ICTRP), or ClinicalTrials.gov.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Acceptance {
    /// It is.
    Yes,
    /// It may be: the registry's standing at that time is for the editor to confirm.
    EditorConfirms,
    /// It is not, however genuine; the number is kept all the same.
    No(NotRegistration),
}

/// Why a genuine number is no registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotRegistration {
    /// A WHO Universal Trial Number: it ties registrations together and registers nothing.
    UniversalNumber,
    /// China's platform of drug trials for the authority (CDE); not a WHO register.
    DrugPlatform,
    /// China's filing of medical research (国家医学研究登记备案); not a WHO register.
    ResearchFiling,
    /// The predecessor of another register; the trial has a number there too.
    Predecessor,
    /// A register that never was a WHO primary register.
    NotPrimary,
}

impl NotRegistration {
    /// A stable name, for message keys and storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UniversalNumber => "universal-number",
            Self::DrugPlatform => "drug-platform",
            Self::ResearchFiling => "research-filing",
            Self::Predecessor => "predecessor",
            Self::NotPrimary => "not-primary",
        }
    }
}

/// How a number becomes a link. `{id}` stands for the canonical number, `{digits}` for its digits alone,
/// `{lower_dashed}` for it in lower case with dashes for slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UrlRule {
    /// The registry's own page, whose address follows from the number.
    Record(&'static str),
    /// The registry files its pages under an internal id, so the link goes to the WHO's search portal.
    Portal(&'static str),
    /// No page can be named.
    None,
}

/// A registry, and how its numbers look. The rows are the const table behind [`registries`](super::registries()).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Registry {
    /// A short stable key, unique in the table; safe to store.
    pub key: &'static str,
    /// The registry's name in English.
    pub name: &'static str,
    /// Its name in Chinese, where one is in common use.
    pub name_zh: Option<&'static str>,
    /// Whether its numbers count; see [`Registry::acceptance_on`] for the time.
    pub acceptance: Acceptance,
    /// The day from which the WHO counts it, where it is so new that the day matters.
    pub accepted_from: Option<Date>,
    /// The last day on which it took new registrations, if it closed.
    pub accepted_until: Option<Date>,
    /// A regular expression that a canonical number matches, and no other registry's number does.
    pub strict: &'static str,
    /// A regular expression that finds a number in normalised text; its groups make the canonical form.
    pub detect: &'static str,
    /// What a canonical number starts with, and what joins the groups of `detect` after it.
    pub(super) form: (&'static str, &'static str),
    /// How a number becomes a link.
    pub url: UrlRule,
    /// The `Source_Register` text of the WHO's exports.
    pub ictrp: Option<&'static str>,
    /// MEDLINE's databank name, for PubMed's XML.
    pub databank: Option<&'static str>,
    /// The registry's DOI in Crossref's list; without one the number cannot be deposited there.
    pub crossref: Option<&'static str>,
    /// What stands before the digits; used to say “this looks like a number of …, but is not one”.
    pub prefixes: &'static [&'static str],
    /// Well-formed numbers, the first of them fit to be shown as a pattern to copy.
    pub examples: &'static [&'static str],
}

impl Registry {
    /// A row with nothing but its names.
    pub(super) const fn new(key: &'static str, name: &'static str, name_zh: Option<&'static str>) -> Self {
        Self {
            key,
            name,
            name_zh,
            acceptance: Acceptance::Yes,
            accepted_from: None,
            accepted_until: None,
            strict: "",
            detect: "",
            form: ("", ""),
            url: UrlRule::None,
            ictrp: None,
            databank: None,
            crossref: None,
            prefixes: &[],
            examples: &[],
        }
    }

    /// How its numbers look, are found, and are put together.
    pub(super) const fn looks(
        mut self,
        strict: &'static str,
        detect: &'static str,
        form: (&'static str, &'static str),
    ) -> Self {
        self.strict = strict;
        self.detect = detect;
        self.form = form;
        self
    }

    /// What stands before the digits, and some numbers.
    pub(super) const fn like(
        mut self,
        prefixes: &'static [&'static str],
        examples: &'static [&'static str],
    ) -> Self {
        self.prefixes = prefixes;
        self.examples = examples;
        self
    }

    /// How a number becomes a link.
    pub(super) const fn at(mut self, url: UrlRule) -> Self {
        self.url = url;
        self
    }

    /// Its names in the WHO's exports, in MEDLINE and at Crossref.
    pub(super) const fn listed(
        mut self,
        ictrp: Option<&'static str>,
        databank: Option<&'static str>,
        crossref: Option<&'static str>,
    ) -> Self {
        self.ictrp = ictrp;
        self.databank = databank;
        self.crossref = crossref;
        self
    }

    /// Anything but plain acceptance.
    pub(super) const fn counts(mut self, acceptance: Acceptance) -> Self {
        self.acceptance = acceptance;
        self
    }

    /// When it counts.
    pub(super) const fn between(mut self, from: Option<Date>, until: Option<Date>) -> Self {
        self.accepted_from = from;
        self.accepted_until = until;
        self
    }

    /// The name for a reader of Chinese: the Chinese one if there is one, else the English.
    pub fn name_in_chinese(&self) -> &'static str {
        self.name_zh.unwrap_or(self.name)
    }

    /// Whether a registration first submitted then counts. Outside the registry's own time, or when a
    /// month-only date may lie outside it, the editor must confirm; without a date the time is not judged.
    pub fn acceptance_on(&self, submitted: Option<PartialDate>) -> Acceptance {
        let Some(submitted) = submitted else {
            return self.acceptance;
        };
        let early = self
            .accepted_from
            .is_some_and(|from| submitted.first_day() < from);
        let late = self
            .accepted_until
            .is_some_and(|until| submitted.last_day() > until);
        match self.acceptance {
            Acceptance::Yes if early || late => Acceptance::EditorConfirms,
            other => other,
        }
    }
}
