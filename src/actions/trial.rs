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

/// A hurdle with what was said about it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Standing {
    /// The gate: a key of translations.
    pub gate: &'static str,
    /// The reason for which it was settled, if it was.
    pub settled: Option<String>,
    /// Whether this reader may settle it.
    pub may_settle: bool,
}

/// What stands in the way of acceptance, and what of it is settled; the trial's numbers stay behind.
pub async fn standing(store: &Store, proof: &AsEditor) -> Done<Vec<Standing>> {
    let submission = Submission {
        trial: store.editor_trial(proof).await?,
        ..Submission::default()
    };
    let reason = |gate: &Gate| {
        let settled = &submission.trial.settled;
        let found = settled.iter().find(|(key, _)| key == gate.as_str());
        found.map(|(_, reason)| reason.clone())
    };
    Ok(read(&submission)
        .hurdles
        .iter()
        .filter(|gate| !gate.is_open())
        .map(|gate| Standing {
            gate: gate.as_str(),
            settled: reason(gate),
            may_settle: reason(gate).is_none() && may_settle(*gate, proof),
        })
        .collect())
}

/// The registrations with the links to their records, for somebody who looks them up before publication.
pub async fn registrations(store: &Store, proof: &AsEditor) -> Done<Vec<(String, Option<String>)>> {
    let trial = store.editor_trial(proof).await?;
    let numbers = trials::find_all(&trial.numbers);
    Ok(numbers
        .iter()
        .map(|n| (n.canonical().to_owned(), n.url()))
        .collect())
}

fn may_settle(gate: Gate, proof: &AsEditor) -> bool {
    match gate {
        Gate::NeedsChiefException => proof.roles().chief(),
        Gate::NeedsEditorsConfirmation | Gate::NeedsEditorsReason => proof.roles().decides(),
        Gate::Free | Gate::MayBeAccepted | Gate::NoNumber => false,
    }
}

/// Settles a hurdle with a recorded reason: the editor-in-chief's exception for a retrospective registration, an
/// editor's word for the others. A missing number cannot be settled away.
pub async fn settle_hurdle(store: &Store, proof: &AsEditor, version: i64, gate: &str, reason: &str) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(!reason.trim().is_empty(), Refusal::Reason)?;
    let mut submission = case.submission()?;
    let hurdle = unsettled(&submission).into_iter().find(|g| g.as_str() == gate);
    let may = hurdle.is_some_and(|gate| may_settle(gate, proof));
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
