//! How a trial's numbers and dates were read, in words, as soon as they are saved.

use serde::Serialize;

use crate::actions::trial;
use crate::domain::manuscript::Submission;
use crate::trials::{Acceptance, NumberProblem, PartialDate, TrialNumber, unread};

/// What was understood of the trial step.
#[derive(Clone, Debug, Serialize)]
pub struct TrialReading {
    /// The numbers.
    pub numbers: Vec<NumberLine>,
    /// What was typed among the numbers and is none.
    pub unread: Vec<UnreadLine>,
    /// What is wrong with the date of the first submission, or empty.
    pub submitted_problem: &'static str,
    /// What is wrong with the date of the first enrolment, or empty.
    pub enrolled_problem: &'static str,
    /// `prospective`, `retrospective` or `undetermined`.
    pub verdict: &'static str,
    /// What stands in the way of acceptance.
    pub hurdles: Vec<&'static str>,
}

/// A number as it was read.
#[derive(Clone, Debug, Serialize)]
pub struct NumberLine {
    /// Its canonical form.
    pub number: String,
    /// The registry.
    pub registry: &'static str,
    /// The registry's name in Chinese.
    pub registry_zh: &'static str,
    /// `yes`, `confirm`, or why it is no registration.
    pub standing: &'static str,
    /// Whether a digit looks mistyped.
    pub odd: bool,
}

/// Something among the numbers that could not be read as one.
#[derive(Clone, Debug, Serialize)]
pub struct UnreadLine {
    /// What was typed, at most 60 characters of it.
    pub text: String,
    /// `malformed` or `unknown`.
    pub why: &'static str,
    /// The registry that seems to be meant, in English and Chinese.
    pub meant: [&'static str; 2],
}

/// How much of it is shown.
const SHOWN: usize = 60;

/// The reading of an interventional trial; None if it is none.
pub fn reading(submission: &Submission) -> Option<TrialReading> {
    let read = trial::read(submission);
    if !read.interventional {
        return None;
    }
    let said = &submission.trial;
    let submitted = PartialDate::parse(&said.submitted).ok();
    Some(TrialReading {
        numbers: read.numbers.iter().map(|n| line(n, submitted)).collect(),
        unread: unread(&said.numbers).into_iter().map(unread_line).collect(),
        submitted_problem: date_problem(&said.submitted),
        enrolled_problem: date_problem(&said.enrolled),
        verdict: read.verdict.as_str(),
        hurdles: read.hurdles.iter().map(|gate| gate.as_str()).collect(),
    })
}

fn unread_line((typed, problem): (String, NumberProblem)) -> UnreadLine {
    let mut text: String = typed.chars().take(SHOWN).collect();
    if text.len() < typed.len() {
        text.push('…');
    }
    UnreadLine {
        text,
        why: problem.as_str(),
        meant: match problem {
            NumberProblem::Malformed(registry) => [registry.name, registry.name_in_chinese()],
            _ => ["", ""],
        },
    }
}

fn line(number: &TrialNumber, submitted: Option<PartialDate>) -> NumberLine {
    NumberLine {
        number: number.canonical().to_owned(),
        registry: number.registry().name,
        registry_zh: number.registry().name_in_chinese(),
        standing: match number.acceptance_on(submitted) {
            Acceptance::Yes => "yes",
            Acceptance::EditorConfirms => "confirm",
            Acceptance::No(why) => why.as_str(),
        },
        odd: number.warning().is_some(),
    }
}

fn date_problem(text: &str) -> &'static str {
    match PartialDate::parse(text) {
        Err(problem) if !text.trim().is_empty() => problem.as_str(),
        _ => "",
    }
}
