//! Trial registrations: which registry a number belongs to, whether that registry counts, and whether
//! the trial was registered before its first participant.
//!
//! Pure: text and dates in, values out; no clock, no network, no database. A record is never looked up
//! here, so a well-formed number is not yet an existing one.
//!
//! A trial number is as good as a name, since the registry's page names the investigators. It is sealed
//! until publication, and therefore neither [`TrialNumber`]'s `Debug` nor any error here repeats it.

mod date;
mod icmje;
mod number;
mod read;
mod registries;
mod registry;
mod text;

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use date::{DateProblem, PartialDate};
pub use icmje::{Enrolment, Gate, Registered, gate, gate_on, hurdles, verdict};
pub use number::{NumberProblem, NumberWarning, TrialNumber, find_all, unread};
pub use registries::{registries, registry};
pub use registry::{Acceptance, NotRegistration, Registry, UrlRule};
