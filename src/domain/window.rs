//! Windows: spans of time in which something must happen, and the instants at which they close.

use jiff::civil::{Date, Weekday};
use jiff::{Span, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::rules::Rules;

/// What a window waits for (`RULES.md` 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WindowKind {
    /// 初审: the author's notice.
    Screening,
    /// The author's completion.
    Completion,
    /// Enough reviewers.
    FindReviewers,
    /// A reviewer's answer.
    Invitation,
    /// A review.
    Review,
    /// The days after a review was due.
    ReviewGrace,
    /// The editors' decision.
    Decision,
    /// 修改: the author's revision.
    Revision,
    /// 修后复审: the editors' decision on the revision.
    ReReview,
    /// The author's appeal.
    Appeal,
    /// The author's word after a release.
    Reaffirmation,
    /// The author's word on the proof.
    Proof,
}

impl WindowKind {
    /// All kinds.
    pub const ALL: [WindowKind; 12] = [
        WindowKind::Screening,
        WindowKind::Completion,
        WindowKind::FindReviewers,
        WindowKind::Invitation,
        WindowKind::Review,
        WindowKind::ReviewGrace,
        WindowKind::Decision,
        WindowKind::Revision,
        WindowKind::ReReview,
        WindowKind::Appeal,
        WindowKind::Reaffirmation,
        WindowKind::Proof,
    ];

    /// The name that is stored and that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            WindowKind::Screening => "screening",
            WindowKind::Completion => "completion",
            WindowKind::FindReviewers => "find-reviewers",
            WindowKind::Invitation => "invitation",
            WindowKind::Review => "review",
            WindowKind::ReviewGrace => "review-grace",
            WindowKind::Decision => "decision",
            WindowKind::Revision => "revision",
            WindowKind::ReReview => "re-review",
            WindowKind::Appeal => "appeal",
            WindowKind::Reaffirmation => "reaffirmation",
            WindowKind::Proof => "proof",
        }
    }

    /// The kind of a stored name.
    pub fn from_key(key: &str) -> Option<WindowKind> {
        WindowKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// How long it lasts by the journal's rules.
    pub fn length(self, rules: &Rules) -> Length {
        use Length::{Days, Months};
        match self {
            WindowKind::Screening => Months(rules.screening_months),
            WindowKind::Completion => Days(rules.completion_days),
            WindowKind::FindReviewers => Days(rules.find_reviewers_days),
            WindowKind::Invitation => Days(rules.invitation_days),
            WindowKind::Review => Days(rules.review_days),
            WindowKind::ReviewGrace => Days(rules.review_grace_days),
            WindowKind::Decision => Days(rules.decision_days),
            WindowKind::Revision => Months(rules.revision_months),
            WindowKind::ReReview => Months(rules.re_review_months),
            WindowKind::Appeal => Days(rules.appeal_days),
            WindowKind::Reaffirmation => Months(rules.released_months),
            WindowKind::Proof => Days(rules.proof_days),
        }
    }

    /// Whether it sends reminders before it closes. Nobody who was declined is told again and again that the time to appeal
    /// ends; the days of grace are a reminder themselves.
    pub const fn reminds(self) -> bool {
        !matches!(self, WindowKind::Appeal | WindowKind::ReviewGrace)
    }
}

/// A window's length: calendar months keep the day, days end on a working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Calendar months; never shifted.
    Months(u32),
    /// Days; one that ends on a non-working day ends on the next working day.
    Days(u32),
}

/// The instant at which a window that opens at `opens` closes: 24:00, in the journal's zone, of its last day.
///
/// A month keeps the day of the month or takes the last day of a shorter one (31 January → 28 or 29 February).
pub fn due(opens: Timestamp, length: Length, rules: &Rules) -> Timestamp {
    let zone = rules.zone();
    let first = opens.to_zoned(zone.clone()).date();
    let last = match length {
        Length::Months(n) => add(first, i64::from(n).months()),
        Length::Days(n) => working_day_from(add(first, i64::from(n).days()), rules),
    };
    end_of(last, rules)
}

/// The end, 24:00 in the journal's zone, of a day.
pub fn end_of(day: Date, rules: &Rules) -> Timestamp {
    add(day, 1.day())
        .to_zoned(rules.zone())
        .map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// The last day of a window that is due at `due`: the day whose end it is.
pub fn last_day(due: Timestamp, rules: &Rules) -> Date {
    let just_before = due.checked_sub(1.microsecond()).unwrap_or(due);
    just_before.to_zoned(rules.zone()).date()
}

/// Whole days left: 0 on the last day, negative after it.
pub fn days_left(now: Timestamp, due: Timestamp, rules: &Rules) -> i64 {
    let today = now.to_zoned(rules.zone()).date();
    i64::from(
        today
            .until(last_day(due, rules))
            .map_or(0, |span| span.get_days()),
    )
}

fn add(day: Date, span: Span) -> Date {
    day.checked_add(span).unwrap_or(Date::MAX)
}

fn working_day_from(day: Date, rules: &Rules) -> Date {
    let weekend = |d: Date| matches!(d.weekday(), Weekday::Saturday | Weekday::Sunday);
    let works = |d: Date| !rules.holidays.contains(&d) && (!weekend(d) || rules.worked.contains(&d));
    let mut day = day;
    // Two months of holidays in a row are a mistake in the calendar, not a reason to wait for ever.
    for _ in 0..60 {
        if works(day) {
            return day;
        }
        day = add(day, 1.day());
    }
    day
}

/// The instants at which a window's reminders go: by default a third, a week and a day before it closes, each only
/// if it lies after the opening; earliest first.
pub fn reminders(opens: Timestamp, due: Timestamp, rules: &Rules) -> Vec<Timestamp> {
    let whole = due.duration_since(opens);
    // Cut as instants are stored: one that lay a fraction of a microsecond later would be due again at once.
    let stored = |at: Timestamp| Timestamp::from_microsecond(at.as_microsecond()).ok();
    let before = |span: jiff::SignedDuration| due.checked_sub(span).ok().and_then(stored);
    let days = |n: u32| {
        (n > 0)
            .then(|| before(jiff::SignedDuration::from_hours(24 * i64::from(n))))
            .flatten()
    };
    let mut out: Vec<Timestamp> = [
        rules.remind_at_third.then(|| before(whole / 3)).flatten(),
        days(rules.remind_first_days),
        days(rules.remind_last_days),
    ]
    .into_iter()
    .flatten()
    .filter(|at| *at > opens)
    .collect();
    out.sort();
    out.dedup();
    out
}

/// When a window closes that stood still from `held` to `now`: moved by the whole days of the hold, a day that had
/// begun counting whole; one that is counted in days still ends on a working day.
pub fn resumed(
    closes: Timestamp,
    held: Timestamp,
    now: Timestamp,
    length: Length,
    rules: &Rules,
) -> Timestamp {
    let day = 24 * 3600;
    let seconds = now.duration_since(held).as_secs().max(0);
    let days = (seconds + day - 1) / day;
    let last = add(last_day(closes, rules), days.days());
    let last = match length {
        Length::Months(_) => last,
        Length::Days(_) => working_day_from(last, rules),
    };
    end_of(last, rules)
}

/// How pressing a clock is, for its colour and its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// More than a third and more than a week is left.
    Fine,
    /// A third or a week is left.
    Soon,
    /// It is over.
    Over,
}

/// How pressing a window is at `now`.
pub fn urgency(now: Timestamp, opens: Timestamp, due: Timestamp) -> Urgency {
    let left = due.duration_since(now);
    if left <= jiff::SignedDuration::ZERO {
        Urgency::Over
    } else if left <= due.duration_since(opens) / 3 || left <= jiff::SignedDuration::from_hours(7 * 24) {
        Urgency::Soon
    } else {
        Urgency::Fine
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn months_of_every_length_in_beijing() {
        let rules = Rules::default();
        let mut table = String::new();
        for opens in [
            "2026-01-28T02:00:00Z",
            "2026-01-31T02:00:00Z",
            "2028-01-31T02:00:00Z",
            "2026-02-28T02:00:00Z",
            "2026-03-31T02:00:00Z",
            "2026-04-30T02:00:00Z",
            "2026-07-31T15:59:59.999999Z",
            "2026-07-31T16:00:00Z",
            "2026-12-31T02:00:00Z",
        ] {
            let one = due(at(opens), Length::Months(1), &rules);
            let two = due(at(opens), Length::Months(2), &rules);
            let day = |d| last_day(d, &rules);
            table += &format!("{opens} +1m {one} ({}) +2m {two} ({})\n", day(one), day(two));
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn days_end_on_working_days_and_months_do_not_shift() {
        let mut rules = Rules::default();
        // 2026-11-21 is a Saturday in Beijing.
        let opens = at("2026-11-14T02:00:00Z");
        let day = |length, rules: &Rules| last_day(due(opens, length, rules), rules).to_string();
        assert_eq!(day(Length::Days(7), &rules), "2026-11-23");
        rules.worked.push("2026-11-21".parse().unwrap());
        assert_eq!(day(Length::Days(7), &rules), "2026-11-21");
        rules.holidays.push("2026-12-14".parse().unwrap());
        assert_eq!(day(Length::Months(1), &rules), "2026-12-14");
        assert_eq!(day(Length::Days(30), &rules), "2026-12-15");
    }

    #[test]
    fn a_hold_gives_back_whole_days() {
        let rules = Rules::default();
        let closes = due(at("2026-11-02T02:00:00Z"), Length::Months(2), &rules);
        let back = |from, to, length| {
            last_day(resumed(closes, at(from), at(to), length, &rules), &rules).to_string()
        };
        assert_eq!(last_day(closes, &rules).to_string(), "2027-01-02");
        let month = Length::Months(2);
        assert_eq!(
            back("2026-11-10T02:00:00Z", "2026-11-10T02:00:00Z", month),
            "2027-01-02"
        );
        assert_eq!(
            back("2026-11-10T02:00:00Z", "2026-11-10T02:00:01Z", month),
            "2027-01-03"
        );
        assert_eq!(
            back("2026-11-10T02:00:00Z", "2026-11-20T02:00:00Z", month),
            "2027-01-12"
        );
        // 2027-01-03 is a Sunday: a window of days waits for Monday.
        assert_eq!(
            back("2026-11-10T02:00:00Z", "2026-11-11T02:00:00Z", Length::Days(60)),
            "2027-01-04"
        );
    }

    #[test]
    fn a_day_of_23_hours_still_ends_at_midnight() {
        let rules = Rules {
            time_zone: "Europe/Berlin".into(),
            ..Rules::default()
        };
        // Summer time begins on 29 March 2026.
        let closes = due(at("2026-02-28T12:00:00Z"), Length::Months(1), &rules);
        assert_eq!(closes, at("2026-03-28T23:00:00Z"));
        assert_eq!(
            due(at("2026-03-01T12:00:00Z"), Length::Months(1), &rules),
            at("2026-04-01T22:00:00Z")
        );
    }

    #[test]
    fn both_edges_of_the_last_day() {
        let rules = Rules::default();
        let closes = due(at("2026-11-01T02:00:00Z"), Length::Months(1), &rules);
        assert_eq!(closes, at("2026-12-01T16:00:00Z"));
        assert_eq!(days_left(at("2026-12-01T15:59:59Z"), closes, &rules), 0);
        assert_eq!(days_left(at("2026-12-01T16:00:00Z"), closes, &rules), -1);
        assert_eq!(days_left(at("2026-11-30T15:59:59Z"), closes, &rules), 1);
    }

    #[test]
    fn a_reminder_is_an_instant_that_can_be_stored() {
        let opens = at("2026-05-01T11:53:05.140497Z");
        for reminder in reminders(opens, at("2026-05-15T16:00:00Z"), &Rules::default()) {
            assert_eq!(reminder.as_nanosecond() % 1000, 0, "{reminder}");
        }
    }

    #[test]
    fn reminders_lie_inside_the_window_in_order() {
        let opens = at("2026-11-01T00:00:00Z");
        let week = reminders(opens, at("2026-11-08T00:00:00Z"), &Rules::default());
        assert_eq!(week.len(), 2, "a week before is the opening itself: {week:?}");
        let month = reminders(opens, at("2026-12-01T00:00:00Z"), &Rules::default());
        assert_eq!(month.len(), 3);
        assert!(month.is_sorted());
    }

    proptest::proptest! {
        #[test]
        fn a_longer_window_never_closes_earlier(secs in 1_700_000_000i64..2_000_000_000, a in 0u32..400, b in 0u32..400) {
            let rules = Rules::default();
            let opens = Timestamp::from_second(secs).unwrap();
            let (a, b) = (a.min(b), a.max(b));
            proptest::prop_assert!(due(opens, Length::Days(a), &rules) <= due(opens, Length::Days(b), &rules));
            proptest::prop_assert!(due(opens, Length::Months(a), &rules) <= due(opens, Length::Months(b), &rules));
            proptest::prop_assert!(due(opens, Length::Months(a), &rules) > opens);
        }
    }
}
