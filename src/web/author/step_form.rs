//! What the steps of a submission post. One type for all of them: a step takes its own fields and leaves the rest.

use rocket::FromForm;

use crate::domain::manuscript::{AuthorEntry, NamedReviewer, Submission, TrialReport};
use crate::domain::person::name_line;

/// Longest text of one field, in characters; an abstract has some thousands.
const LONGEST: usize = 20_000;
/// Most declarations.
const DECLARED: usize = 40;
/// Most authors of one article.
const AUTHORS: usize = 200;

/// The fields of every step.
#[derive(FromForm)]
pub struct StepForm {
    /// What is to be done: `save`, `stay`, `later`, `add`, `remove-2`, `up-2`, `down-2`.
    #[field(default = String::new())]
    pub act: String,
    /// The state that the author looked at, where what is saved is told to the office.
    #[field(default = String::new())]
    pub version: String,
    #[field(default = String::new())]
    article_type: String,
    #[field(default = String::new())]
    section: String,
    #[field(default = String::new())]
    language: String,
    #[field(default = String::new())]
    title_zh: String,
    #[field(default = String::new())]
    title_en: String,
    #[field(default = String::new())]
    abstract_zh: String,
    #[field(default = String::new())]
    abstract_en: String,
    #[field(default = String::new())]
    keywords_zh: String,
    #[field(default = String::new())]
    keywords_en: String,
    #[field(default = Vec::new())]
    authors: Vec<AuthorForm>,
    #[field(default = String::new())]
    funding: String,
    #[field(default = String::new())]
    ethics: String,
    #[field(default = String::new())]
    conflicts: String,
    #[field(default = String::new())]
    data_statement: String,
    #[field(default = String::new())]
    giveaways: String,
    #[field(default = String::new())]
    interventional: String,
    #[field(default = String::new())]
    numbers: String,
    #[field(default = String::new())]
    submitted: String,
    #[field(default = String::new())]
    enrolled: String,
    #[field(default = String::new())]
    enrolled_kind: String,
    #[field(default = Vec::new())]
    suggested: Vec<ReviewerForm>,
    #[field(default = Vec::new())]
    opposed: Vec<ReviewerForm>,
    #[field(default = Vec::new())]
    declared: Vec<String>,
}

/// One author.
#[derive(FromForm)]
pub struct AuthorForm {
    #[field(default = String::new())]
    native_name: String,
    #[field(default = String::new())]
    latin_name: String,
    #[field(default = String::new())]
    affiliations: String,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    orcid: String,
    #[field(default = String::new())]
    corresponding: String,
    #[field(default = String::new())]
    joint_first: String,
}

/// One reviewer who is suggested or opposed.
#[derive(FromForm)]
pub struct ReviewerForm {
    #[field(default = String::new())]
    name: String,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    reason: String,
}

/// Text as it is kept: line ends of one kind, no space around it, of a bearable length.
pub fn tidy(text: &str) -> String {
    let text: String = text.replace("\r\n", "\n").chars().take(LONGEST).collect();
    text.trim().to_owned()
}

impl StepForm {
    /// Takes the fields of `step` over into the submission.
    pub fn apply(&self, step: &str, s: &mut Submission) {
        match step {
            "type" => {
                s.article_type = tidy(&self.article_type);
                s.section = tidy(&self.section);
                s.language = tidy(&self.language);
            }
            "text" => {
                [s.title_zh, s.title_en] =
                    [&self.title_zh, &self.title_en].map(|t| tidy(&t.replace(['\r', '\n'], " ")));
                [s.abstract_zh, s.abstract_en] = [&self.abstract_zh, &self.abstract_en].map(|t| tidy(t));
                [s.keywords_zh, s.keywords_en] = [&self.keywords_zh, &self.keywords_en].map(|t| tidy(t));
            }
            "authors" => {
                s.authors = self.authors.iter().take(AUTHORS).map(author).collect();
                rearrange(&mut s.authors, &self.act);
            }
            "statements" => {
                s.funding = tidy(&self.funding);
                s.ethics = tidy(&self.ethics);
                s.conflicts = tidy(&self.conflicts);
                s.data_statement = tidy(&self.data_statement);
                s.giveaways = tidy(&self.giveaways);
            }
            "trial" => self.apply_trial(&mut s.trial),
            "reviewers" => {
                s.suggested = self.suggested.iter().filter_map(reviewer).collect();
                s.opposed = self.opposed.iter().filter_map(reviewer).collect();
            }
            "declarations" => {
                // Which of them the journal wants is asked when it is sent.
                let key =
                    |d: &&String| d.len() <= 40 && d.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                s.declared = self.declared.iter().filter(key).take(DECLARED).cloned().collect();
            }
            _ => {}
        }
    }

    /// Takes over how names and institutions are written, where the form has all of the authors.
    pub fn spellings(&self, authors: &mut [AuthorEntry]) {
        if self.authors.len() != authors.len() {
            return;
        }
        for (own, said) in authors.iter_mut().zip(self.authors.iter().map(author)) {
            own.native_name = said.native_name;
            own.latin_name = said.latin_name;
            own.affiliations = said.affiliations;
            own.orcid = said.orcid;
        }
    }

    /// The longer texts that somebody wrote.
    pub fn written(&self) -> Vec<&str> {
        [
            &self.title_zh,
            &self.title_en,
            &self.abstract_zh,
            &self.abstract_en,
            &self.keywords_zh,
            &self.keywords_en,
            &self.funding,
            &self.ethics,
            &self.conflicts,
            &self.data_statement,
            &self.giveaways,
            &self.numbers,
        ]
        .map(String::as_str)
        .into()
    }

    /// What the office settled holds for what it was settled about.
    fn apply_trial(&self, trial: &mut TrialReport) {
        let said = TrialReport {
            interventional: match self.interventional.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            numbers: tidy(&self.numbers),
            submitted: tidy(&self.submitted),
            enrolled: tidy(&self.enrolled),
            enrolled_actual: self.enrolled_kind == "actual",
            settled: trial.settled.clone(),
        };
        if *trial != said {
            *trial = TrialReport {
                settled: Vec::new(),
                ..said
            };
        }
    }
}

/// The author of a form's fields.
pub fn author(form: &AuthorForm) -> AuthorEntry {
    AuthorEntry {
        native_name: name_line(&form.native_name),
        latin_name: name_line(&form.latin_name),
        affiliations: tidy(&form.affiliations),
        email: tidy(&form.email),
        orcid: tidy(&form.orcid),
        corresponding: !form.corresponding.is_empty(),
        joint_first: !form.joint_first.is_empty(),
    }
}

fn reviewer(form: &ReviewerForm) -> Option<NamedReviewer> {
    let named = NamedReviewer {
        name: name_line(&form.name),
        email: tidy(&form.email),
        reason: tidy(&form.reason),
    };
    (named != NamedReviewer::default()).then_some(named)
}

/// Adds, removes or moves an author, as a button of the list says.
pub fn rearrange(authors: &mut Vec<AuthorEntry>, act: &str) {
    let (verb, at) = act.split_once('-').unwrap_or((act, ""));
    let at: usize = at.parse().unwrap_or(usize::MAX);
    match verb {
        "add" if authors.len() < AUTHORS => authors.push(AuthorEntry::default()),
        "remove" if at < authors.len() => {
            authors.remove(at);
        }
        "up" if at > 0 && at < authors.len() => authors.swap(at, at - 1),
        "down" if at.saturating_add(1) < authors.len() => authors.swap(at, at + 1),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_buttons_of_the_list_of_authors() {
        let named = |names: &str| -> Vec<AuthorEntry> {
            let of = |c: char| AuthorEntry {
                latin_name: c.to_string(),
                ..AuthorEntry::default()
            };
            names.chars().map(of).collect()
        };
        for (act, expected) in [
            ("up-1", "bac"),
            ("down-1", "acb"),
            ("remove-0", "bc"),
            ("up-0", "abc"),
            ("down-2", "abc"),
            ("remove-9", "abc"),
            ("up-", "abc"),
            ("save", "abc"),
        ] {
            let mut authors = named("abc");
            rearrange(&mut authors, act);
            let names: String = authors.iter().map(|a| a.latin_name.as_str()).collect();
            assert_eq!(names, expected, "{act}");
        }
        let mut authors = named("abc");
        rearrange(&mut authors, "add");
        assert_eq!(authors.len(), 4);
    }

    #[test]
    fn text_is_kept_with_one_kind_of_line_end() {
        assert_eq!(tidy(" a\r\nb \n"), "a\nb");
    }
}
