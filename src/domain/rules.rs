//! The journal's settings: every figure of `RULES.md` that stands in italics there, with its default.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// The figures that a journal may set. A change never moves a window that is already running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Rules {
    /// The journal's time zone; windows end at 24:00 there.
    pub time_zone: String,
    /// Months for screening (the journal's notice, step 1).
    pub screening_months: u32,
    /// Days to complete a returned submission.
    pub completion_days: u32,
    /// Days to find reviewers.
    pub find_reviewers_days: u32,
    /// Days to answer an invitation.
    pub invitation_days: u32,
    /// Days to review.
    pub review_days: u32,
    /// Days after the review's due date until the reviewer is released.
    pub review_grace_days: u32,
    /// Days to decide when the reviews are in.
    pub decision_days: u32,
    /// Months for a revision (the journal's notice, step 3).
    pub revision_months: u32,
    /// Months for the re-review.
    pub re_review_months: u32,
    /// Days to appeal.
    pub appeal_days: u32,
    /// Months of silence after a release until the manuscript is closed.
    pub released_months: u32,
    /// Days in which a proof counts as confirmed by silence.
    pub proof_days: u32,
    /// Minutes in which a decision can be taken back.
    pub undo_minutes: u32,
    /// Whether a reminder goes when a third of a window is left.
    pub remind_at_third: bool,
    /// Days before the end at which the next reminder goes; 0 for none.
    pub remind_first_days: u32,
    /// Days before the end at which the last reminder goes; 0 for none.
    pub remind_last_days: u32,
    /// Reviews wanted before a decision.
    pub reviews_wanted: u32,
    /// Years for which a common article in this journal is a reason for a warning.
    pub coauthor_years: u32,
    /// Reviewers an author may oppose.
    pub opposed_max: u32,
    /// Reviewers an author may suggest.
    pub suggested_max: u32,
    /// Whether acceptance is signed by the editor-in-chief (终审).
    pub chief_accepts: bool,
    /// Whether acceptance waits until every co-author has confirmed.
    pub coauthors_confirm: bool,
    /// Whether reviewers are told the outcome.
    pub tell_outcome: bool,
    /// Whether reviewers see others' suggestions after the decision.
    pub show_others_suggestions: bool,
    /// Whether opening the authors' names needs a reason.
    pub names_need_reason: bool,
    /// Whether a copyright form is wanted before publication.
    pub copyright_form: bool,
    /// Hours without use after which a session ends.
    pub session_idle_hours: u32,
    /// The same for the office and administrators.
    pub office_idle_hours: u32,
    /// Days after which every session ends, however much it is used.
    pub session_days: u32,
    /// Minutes for which a proof of who one is counts for what matters most: roles, names in bulk, passwords.
    pub confirm_minutes: u32,
    /// Whether office and administrators must set up the second step of signing in.
    pub office_second_step: bool,
    /// Dates that are no working days beside Saturdays and Sundays.
    pub holidays: Vec<jiff::civil::Date>,
    /// Saturdays and Sundays that are worked (调休).
    pub worked: Vec<jiff::civil::Date>,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            time_zone: "Asia/Shanghai".to_owned(),
            screening_months: 1,
            completion_days: 14,
            find_reviewers_days: 14,
            invitation_days: 7,
            review_days: 21,
            review_grace_days: 14,
            decision_days: 14,
            revision_months: 2,
            re_review_months: 1,
            appeal_days: 30,
            released_months: 2,
            proof_days: 7,
            undo_minutes: 10,
            remind_at_third: true,
            remind_first_days: 7,
            remind_last_days: 1,
            reviews_wanted: 2,
            coauthor_years: 3,
            opposed_max: 3,
            suggested_max: 5,
            chief_accepts: true,
            coauthors_confirm: true,
            tell_outcome: true,
            show_others_suggestions: false,
            names_need_reason: false,
            copyright_form: false,
            session_idle_hours: 72,
            office_idle_hours: 12,
            session_days: 14,
            confirm_minutes: 30,
            office_second_step: false,
            holidays: Vec::new(),
            worked: Vec::new(),
        }
    }
}

impl Rules {
    /// The journal's time zone; UTC if the stored name is unknown, which the start refuses.
    pub fn zone(&self) -> TimeZone {
        // Looked up once a run: rules of zones that change or go away under the program move no day of it.
        static ZONES: Mutex<BTreeMap<String, TimeZone>> = Mutex::new(BTreeMap::new());
        let mut zones = ZONES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(zone) = zones.get(&self.time_zone) {
            return zone.clone();
        }
        // A setting that names no zone does not get this far.
        let zone = TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC);
        zones.insert(self.time_zone.clone(), zone.clone());
        zone
    }
}
