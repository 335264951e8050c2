//! The trial rules at a manuscript (`RULES.md` 6): what reviewers see, what stands in the way of acceptance.

use super::{Done, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::manuscript::Submission;
use crate::store::Store;
use crate::store::access::AsEditor;
use crate::trials::{self, Enrolment, Gate, PartialDate, Registered, TrialNumber};

/// What the author's words on the trial amount to.
pub struct Reading {
    /// Whether it is an interventional trial.
    pub interventional: bool,
    /// The registrations that were recognised.
    pub numbers: Vec<TrialNumber>,
    /// ICMJE's verdict.
    pub verdict: Registered,
    /// What stands in the way of acceptance, hardest first.
    pub hurdles: Vec<Gate>,
}

/// Reads what the author said about the trial.
pub fn read(submission: &Submission) -> Reading {
    let trial = &submission.trial;
    let interventional = trial.interventional == Some(true);
    let numbers = trials::find_all(&trial.numbers);
    let submitted = PartialDate::parse(&trial.submitted).ok();
    let enrolment = PartialDate::parse(&trial.enrolled).ok().map(|date| Enrolment {
        date,
        actual: trial.enrolled_actual,
    });
    let verdict = trials::verdict(submitted, enrolment);
    let hurdles = trials::hurdles(interventional, &numbers, submitted, verdict);
    Reading {
        interventional,
        numbers,
        verdict,
        hurdles,
    }
}

/// What reviewers see: `none`, `prospective`, `retrospective` or `undetermined`; never a number.
pub fn shown(submission: &Submission) -> String {
    let reading = read(submission);
    match reading.interventional {
        true => reading.verdict.as_str().to_owned(),
        false => "none".to_owned(),
    }
}

/// The hurdles that nobody has settled on the record.
pub fn unsettled(submission: &Submission) -> Vec<Gate> {
    let settled = |gate: &Gate| {
        submission
            .trial
            .settled
            .iter()
            .any(|(key, _)| key == gate.as_str())
    };
    read(submission)
        .hurdles
        .into_iter()
        .filter(|gate| !gate.is_open() && !settled(gate))
        .collect()
}

/// Settles a hurdle with a recorded reason: the editor-in-chief's exception for a retrospective registration, an
/// editor's word for the others. A missing number cannot be settled away.
pub async fn settle_hurdle(store: &Store, proof: &AsEditor, version: i64, gate: &str, reason: &str) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(!reason.trim().is_empty(), Refusal::Reason)?;
    let mut submission = case.submission()?;
    let hurdle = unsettled(&submission).into_iter().find(|g| g.as_str() == gate);
    let may = match hurdle {
        Some(Gate::NeedsChiefException) => proof.roles().chief(),
        Some(Gate::NeedsEditorsConfirmation | Gate::NeedsEditorsReason) => proof.roles().decides(),
        _ => false,
    };
    need(may, Refusal::ChiefOnly)?;
    submission
        .trial
        .settled
        .push((gate.to_owned(), reason.trim().to_owned()));
    case.keep_submission(&submission)?;
    case.record(EventKind::TrialException, &format!("{gate}: {}", reason.trim()))
        .await?;
    Ok(case.commit().await?)
}
