//! Whether a trial was registered in time, and what that asks of the editors.
//!
//! Source: ICMJE Recommendations, “Clinical Trials”: registered at or before the enrolment of the first
//! participant, where the date that counts is the one on which the registration was first *submitted*.

use super::date::PartialDate;
use super::number::TrialNumber;
use super::registry::Acceptance;
use serde::{Deserialize, Serialize};

/// When the first participant was enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Enrolment {
    /// The day, or the month.
    pub date: PartialDate,
    /// Whether it has happened. Registries also keep estimates, often without saying so.
    pub actual: bool,
}

/// The ICMJE's question, answered as far as the dates allow. The only thing about a registration that a
/// reviewer is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registered {
    /// Submitted on or before the first enrolment.
    Prospective,
    /// Submitted after it.
    Retrospective,
    /// The dates do not tell; the editor settles it with a reason.
    Undetermined,
}

impl Registered {
    /// A stable name, for message keys and storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prospective => "prospective",
            Self::Retrospective => "retrospective",
            Self::Undetermined => "undetermined",
        }
    }
}

/// Compares the day a registration was first submitted (S) with the first enrolment (E).
///
/// A month stands for each of its days, so the answer is given only when all of them agree: prospective if
/// the last possible S is on or before the first possible E, retrospective if the first possible S is after
/// the last possible E. An estimated E may still move: only S strictly before all of it is prospective, and
/// nothing is retrospective. Without either date nothing is known.
pub fn verdict(submitted: Option<PartialDate>, enrolment: Option<Enrolment>) -> Registered {
    let (Some(submitted), Some(enrolment)) = (submitted, enrolment) else {
        return Registered::Undetermined;
    };
    let first_enrolment = enrolment.date.first_day();
    let in_time = if enrolment.actual {
        submitted.last_day() <= first_enrolment
    } else {
        submitted.last_day() < first_enrolment
    };
    let late = enrolment.actual && submitted.first_day() > enrolment.date.last_day();
    match (in_time, late) {
        (true, _) => Registered::Prospective,
        (false, true) => Registered::Retrospective,
        (false, false) => Registered::Undetermined,
    }
}

/// What stands between a manuscript and acceptance, as far as its trial goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Not interventional: nothing is asked.
    Free,
    /// Registered in time where it counts.
    MayBeAccepted,
    /// Registered late: accepted only by the editor-in-chief's recorded exception, which is printed.
    NeedsChiefException,
    /// The registry's standing is for an editor to confirm.
    NeedsEditorsConfirmation,
    /// The dates do not tell: an editor settles it with a reason.
    NeedsEditorsReason,
    /// No number that is a registration: it may be screened, marked so, and is never accepted.
    NoNumber,
}

impl Gate {
    /// A stable name, for message keys and storage.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::MayBeAccepted => "may-be-accepted",
            Self::NeedsChiefException => "needs-chief-exception",
            Self::NeedsEditorsConfirmation => "needs-editors-confirmation",
            Self::NeedsEditorsReason => "needs-editors-reason",
            Self::NoNumber => "no-number",
        }
    }

    /// Whether acceptance waits for nothing.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Free | Self::MayBeAccepted)
    }
}

/// Everything that stands in the way, the hardest first; empty when nothing does.
///
/// 1. [`Gate::NoNumber`] stands alone: no exception or reason makes up for a missing registration. A
///    number that is no registration (CTR, MR-, a UTN …) counts as none.
/// 2. [`Gate::NeedsChiefException`] when the trial was registered late.
/// 3. [`Gate::NeedsEditorsConfirmation`] when no number's registry is accepted outright. Where one is, the
///    others are a matter of record only.
/// 4. [`Gate::NeedsEditorsReason`] when the dates do not tell.
///
/// Each needs a record of its own: acceptance is open only when all of them have one. `submitted` tells
/// whether the registry counted then; without it the time is not judged.
pub fn hurdles(
    interventional: bool,
    numbers: &[TrialNumber],
    submitted: Option<PartialDate>,
    verdict: Registered,
) -> Vec<Gate> {
    if !interventional {
        return Vec::new();
    }
    let counts = |wanted: fn(Acceptance) -> bool| {
        numbers
            .iter()
            .any(|number| wanted(number.acceptance_on(submitted)))
    };
    let accepted = counts(|a| a == Acceptance::Yes);
    let confirmable = counts(|a| a == Acceptance::EditorConfirms);
    if !accepted && !confirmable {
        return vec![Gate::NoNumber];
    }
    let late = verdict == Registered::Retrospective;
    let open = verdict == Registered::Undetermined;
    [
        (late, Gate::NeedsChiefException),
        (!accepted, Gate::NeedsEditorsConfirmation),
        (open, Gate::NeedsEditorsReason),
    ]
    .into_iter()
    .filter_map(|(stands, gate)| stands.then_some(gate))
    .collect()
}

/// The hardest of the [`hurdles`], with the time of the registries not judged; see [`gate_on`].
pub fn gate(interventional: bool, numbers: &[TrialNumber], verdict: Registered) -> Gate {
    gate_on(interventional, numbers, None, verdict)
}

/// The hardest of the [`hurdles`], or that there is none.
///
/// Precedence: free, no number, chief's exception, editor's confirmation, editor's reason, may be accepted.
/// One answer can hide another that holds too (a late registration at a registry still to be confirmed), so
/// whoever records an exception or a reason asks [`hurdles`] what else stands in the way.
pub fn gate_on(
    interventional: bool,
    numbers: &[TrialNumber],
    submitted: Option<PartialDate>,
    verdict: Registered,
) -> Gate {
    if !interventional {
        return Gate::Free;
    }
    hurdles(interventional, numbers, submitted, verdict)
        .first()
        .copied()
        .unwrap_or(Gate::MayBeAccepted)
}
