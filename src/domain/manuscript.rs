//! What an author submits, and what is still missing from it.

use serde::{Deserialize, Serialize};

use super::journal::{List, Pages};
use super::person::{Email, Orcid};
use super::rules::Rules;

/// One author as typed, in the order of the article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AuthorEntry {
    /// The name in its own script.
    pub native_name: String,
    /// The name in Latin letters.
    pub latin_name: String,
    /// Affiliations, one a line.
    pub affiliations: String,
    /// E-mail address.
    pub email: String,
    /// ORCID iD, or empty.
    pub orcid: String,
    /// Whether letters about the article go to this author.
    pub corresponding: bool,
    /// Whether this author and the others so marked, at the head of the list, contributed equally (joint first authors).
    pub joint_first: bool,
}

/// How many keywords there can be in a language.
const KEYWORDS: std::ops::RangeInclusive<usize> = 3..=8;

/// The keywords of a text: between semicolons, or where there are none, between commas.
fn keywords(text: &str) -> Vec<&str> {
    let semicolons = [';', '；', '\n'];
    let commas = [',', '，', '、'];
    let by = |signs: &[char]| -> Vec<&str> {
        let parts = text.split(signs).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect()
    };
    match text.trim().contains(semicolons) {
        true => by(&semicolons),
        false => by(&commas),
    }
}

/// Whether those marked as joint first authors are the head of the list, and at least two; nobody need be.
pub fn joint_first_in_order(authors: &[AuthorEntry]) -> bool {
    let marked = authors.iter().filter(|a| a.joint_first).count();
    marked == 0 || marked >= 2 && authors.iter().take(marked).all(|a| a.joint_first)
}

impl AuthorEntry {
    /// Affiliations as a list.
    pub fn affiliation_list(&self) -> Vec<String> {
        self.affiliations
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

/// A reviewer whom an author suggests or opposes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NamedReviewer {
    /// Name.
    pub name: String,
    /// E-mail address, or empty.
    pub email: String,
    /// Why.
    pub reason: String,
}

/// What the author says about a trial.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrialReport {
    /// Whether the manuscript reports an interventional trial; unanswered is None.
    pub interventional: Option<bool>,
    /// Registration numbers as typed.
    pub numbers: String,
    /// The date the registration was first submitted, `2025-03-17` or `2025-03`.
    pub submitted: String,
    /// The date of the first enrolment.
    pub enrolled: String,
    /// Whether that date is the actual one (else an estimate).
    pub enrolled_actual: bool,
    /// Hurdles that the office settled, with the recorded reason.
    pub settled: Vec<(String, String)>,
}

/// A submission as the author writes it, step by step. Sealed wherever it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Submission {
    /// Article type: the key of one of the journal's.
    pub article_type: String,
    /// Section of the journal.
    pub section: String,
    /// Language of the manuscript: `zh-CN` or `en`.
    pub language: String,
    /// Title in Chinese.
    pub title_zh: String,
    /// Title in English.
    pub title_en: String,
    /// Abstract in Chinese.
    pub abstract_zh: String,
    /// Abstract in English.
    pub abstract_en: String,
    /// Keywords in Chinese.
    pub keywords_zh: String,
    /// Keywords in English.
    pub keywords_en: String,
    /// The authors in order.
    pub authors: Vec<AuthorEntry>,
    /// Suggested reviewers.
    pub suggested: Vec<NamedReviewer>,
    /// Opposed reviewers.
    pub opposed: Vec<NamedReviewer>,
    /// Funding with grant numbers, one a line.
    pub funding: String,
    /// Ethics approval with its number.
    pub ethics: String,
    /// Conflicts of interest.
    pub conflicts: String,
    /// Data statement.
    pub data_statement: String,
    /// Repository accounts and other words that would give the authors away, one a line.
    pub giveaways: String,
    /// The trial, if any.
    pub trial: TrialReport,
    /// Declarations that were ticked.
    pub declared: Vec<String>,
    /// Steps that the author has been to.
    pub visited: Vec<String>,
    /// The number of the manuscript that this one is sent anew for, or empty.
    pub previous: String,
    /// Co-authors on whose word acceptance need not wait: the address, and the editor-in-chief's recorded reason.
    pub excused: Vec<(String, String)>,
    /// The addresses of those who were typed in as authors and say that they are none.
    pub denied: Vec<String>,
    /// The account that the editor-in-chief, being an author, appointed to act in the place of one.
    pub guest: Option<i64>,
}

/// The steps of a submission, in order.
pub const STEPS: [&str; 8] = [
    "type",
    "text",
    "authors",
    "statements",
    "trial",
    "files",
    "reviewers",
    "declarations",
];

/// The declarations that a journal starts with.
pub const DECLARATIONS: [&str; 4] = ["original", "not-elsewhere", "all-agree", "anonymous"];

/// The article types that a journal starts with.
pub const ARTICLE_TYPES: [&str; 4] = ["original", "review", "case-report", "brief"];

/// The sections that a journal starts with.
pub const SECTIONS: [&str; 4] = ["clinical", "basic", "public-health", "humanities"];

/// Something that must be mended before a submission can be sent: the step, the field, and what is wrong,
/// as keys of translations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// The step it belongs to.
    pub step: &'static str,
    /// The field's name; for a declaration its key.
    pub field: String,
    /// What is wrong.
    pub what: &'static str,
}

impl Submission {
    /// The title in the manuscript's own language, else the other one.
    pub fn title(&self) -> &str {
        let own = if self.language == "en" {
            &self.title_en
        } else {
            &self.title_zh
        };
        let other = if self.language == "en" {
            &self.title_zh
        } else {
            &self.title_en
        };
        if own.trim().is_empty() { other } else { own }
    }

    /// How many of those who stand in the list of authors say that they are none.
    pub fn denying(&self) -> usize {
        let denies = |a: &&AuthorEntry| {
            Email::parse(&a.email).is_some_and(|email| self.denied.iter().any(|d| d == email.as_str()))
        };
        self.authors.iter().filter(denies).count()
    }

    /// Everything that is still missing or wrong, in the order of the steps; files are counted elsewhere.
    pub fn missing(&self, rules: &Rules, pages: &Pages) -> Vec<Missing> {
        let mut out = Vec::new();
        // What was chosen while it was offered stays a choice.
        let known = |list, key: &str| pages.list(list).iter().any(|entry| entry.key == key);
        let mut want = |ok: bool, step, field: &str, what| {
            if !ok {
                let field = field.to_owned();
                out.push(Missing { step, field, what });
            }
        };
        want(
            known(List::Types, &self.article_type),
            "type",
            "article_type",
            "choose",
        );
        want(known(List::Sections, &self.section), "type", "section", "choose");
        want(
            matches!(self.language.as_str(), "zh-CN" | "en"),
            "type",
            "language",
            "choose",
        );
        let zh = self.language != "en";
        want(
            !zh || !self.title_zh.trim().is_empty(),
            "text",
            "title_zh",
            "empty",
        );
        want(!self.title_en.trim().is_empty(), "text", "title_en", "empty");
        want(
            !zh || !self.abstract_zh.trim().is_empty(),
            "text",
            "abstract_zh",
            "empty",
        );
        want(
            !self.abstract_en.trim().is_empty(),
            "text",
            "abstract_en",
            "empty",
        );
        want(
            !zh || !self.keywords_zh.trim().is_empty(),
            "text",
            "keywords_zh",
            "empty",
        );
        want(
            !self.keywords_en.trim().is_empty(),
            "text",
            "keywords_en",
            "empty",
        );
        for (field, text) in [
            ("keywords_zh", &self.keywords_zh),
            ("keywords_en", &self.keywords_en),
        ] {
            let count = keywords(text).len();
            want(count == 0 || KEYWORDS.contains(&count), "text", field, "count");
        }
        self.missing_authors(&mut want);
        for (field, value) in [
            ("funding", &self.funding),
            ("ethics", &self.ethics),
            ("conflicts", &self.conflicts),
            ("data_statement", &self.data_statement),
        ] {
            want(!value.trim().is_empty(), "statements", field, "empty");
        }
        want(
            self.trial.interventional.is_some(),
            "trial",
            "interventional",
            "choose",
        );
        want(
            self.suggested.len() <= rules.suggested_max as usize,
            "reviewers",
            "suggested",
            "too-many",
        );
        want(
            self.opposed.len() <= rules.opposed_max as usize,
            "reviewers",
            "opposed",
            "too-many",
        );
        for declaration in pages.offered(List::Declarations) {
            want(
                self.declared.iter().any(|d| d == declaration),
                "declarations",
                declaration,
                "tick",
            );
        }
        out
    }

    fn missing_authors(&self, want: &mut impl FnMut(bool, &'static str, &str, &'static str)) {
        want(!self.authors.is_empty(), "authors", "authors", "empty");
        want(
            self.authors.iter().any(|a| a.corresponding),
            "authors",
            "corresponding",
            "choose",
        );
        want(
            joint_first_in_order(&self.authors),
            "authors",
            "joint_first",
            "order",
        );
        for author in &self.authors {
            want(
                !author.latin_name.trim().is_empty(),
                "authors",
                "latin_name",
                "empty",
            );
            want(
                Email::parse(&author.email).is_some(),
                "authors",
                "email",
                "address",
            );
            want(
                !author.affiliation_list().is_empty(),
                "authors",
                "affiliations",
                "empty",
            );
            want(
                author.orcid.trim().is_empty() || Orcid::parse(&author.orcid).is_some(),
                "authors",
                "orcid",
                "orcid",
            );
        }
        let mut emails: Vec<_> = self
            .authors
            .iter()
            .filter_map(|a| Email::parse(&a.email))
            .collect();
        let count = emails.len();
        emails.sort();
        emails.dedup();
        want(emails.len() == count, "authors", "email", "twice");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Pages {
        Pages::first(|_, key| crate::domain::journal::Both {
            zh: key.to_owned(),
            en: key.to_owned(),
        })
    }

    #[test]
    fn joint_first_authors_are_the_head_of_the_list() {
        let list = |marks: &[bool]| -> Vec<AuthorEntry> {
            let entry = |joint_first: &bool| AuthorEntry {
                joint_first: *joint_first,
                ..AuthorEntry::default()
            };
            marks.iter().map(entry).collect()
        };
        for fine in [&[false, false][..], &[true, true], &[true, true, false], &[]] {
            assert!(joint_first_in_order(&list(fine)), "{fine:?}");
        }
        for wrong in [
            &[true][..],
            &[true, false],
            &[false, true, true],
            &[true, false, true],
        ] {
            assert!(!joint_first_in_order(&list(wrong)), "{wrong:?}");
        }
        let submission = Submission {
            authors: list(&[false, true]),
            ..Submission::default()
        };
        let missing = submission.missing(&Rules::default(), &pages());
        assert!(
            missing
                .iter()
                .any(|m| m.field == "joint_first" && m.what == "order")
        );
    }

    #[test]
    fn keywords_are_three_to_eight() {
        let wrong = |zh: &str, en: &str| {
            let submission = Submission {
                keywords_zh: zh.into(),
                keywords_en: en.into(),
                ..Submission::default()
            };
            let missing = submission.missing(&Rules::default(), &pages());
            let counted = missing.into_iter().filter(|m| m.what == "count");
            counted.map(|m| m.field).collect::<Vec<_>>()
        };
        assert_eq!(wrong("高血压；盐", "salt"), ["keywords_zh", "keywords_en"]);
        assert_eq!(wrong("", "a; b; c; d; e; f; g; h; i"), ["keywords_en"]);
        for fine in [
            "a; b; c",
            "a, b, c",
            "a、b，c",
            "1,25-dihydroxyvitamin D; b; c;",
            "",
            "a\nb\nc",
        ] {
            assert!(wrong(fine, fine).is_empty(), "{fine}");
        }
    }

    #[test]
    fn an_empty_submission_misses_something_in_every_step_it_must() {
        let missing = Submission::default().missing(&Rules::default(), &pages());
        for step in ["type", "text", "authors", "statements", "trial", "declarations"] {
            assert!(missing.iter().any(|m| m.step == step), "{step}");
        }
    }

    #[test]
    fn what_was_chosen_stays_good_and_new_declarations_are_asked_for() {
        use crate::domain::journal::{Both, Entry};
        let mut pages = pages();
        let mut types = pages.list(List::Types).to_vec();
        types[0].offered = false;
        pages.set_list(List::Types, types);
        let mut declarations = pages.list(List::Declarations).to_vec();
        declarations[0].offered = false;
        declarations.push(Entry {
            key: "data".into(),
            name: Both::default(),
            offered: true,
        });
        pages.set_list(List::Declarations, declarations);
        let submission = Submission {
            article_type: "original".into(),
            declared: DECLARATIONS[1..].iter().map(|d| (*d).to_owned()).collect(),
            ..Submission::default()
        };
        let missing = submission.missing(&Rules::default(), &pages);
        let fields: Vec<&str> = missing.iter().map(|m| m.field.as_str()).collect();
        assert!(!fields.contains(&"article_type") && !fields.contains(&"original"));
        assert!(fields.contains(&"data"));
    }

    #[test]
    fn an_english_manuscript_needs_no_chinese() {
        let missing = Submission {
            language: "en".into(),
            ..Submission::default()
        }
        .missing(&Rules::default(), &pages());
        assert!(missing.iter().all(|m| !m.field.ends_with("_zh")));
    }
}
