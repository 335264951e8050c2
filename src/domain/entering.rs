//! A manuscript under way that the office enters for its author (`RULES.md` 7): it began elsewhere, and its windows
//! keep their true dates.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::journal::Pages;
use super::manuscript::{Missing, Submission};
use super::rules::Rules;
use super::stage::Stage;
use super::window::{WindowKind, due, end_of, last_day};

/// The stages in which a manuscript can be entered: those in which it waits for somebody.
pub const STAGES: [Stage; 4] = [
    Stage::Screening,
    Stage::InReview,
    Stage::Revising,
    Stage::ReReview,
];

/// What the office knows of a manuscript that began elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The number that it had.
    pub former: String,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// When it was received.
    pub received: Option<Date>,
    /// When its running window began; the day of receipt, if nothing else is said.
    pub since: Option<Date>,
    /// The last day of that window, if the journal had given more time.
    pub until: Option<Date>,
    /// What the author was asked to revise, point by point.
    pub points: Vec<String>,
    /// The words that stood above the points.
    pub message: String,
    /// Title, abstract, authors and what else is known.
    pub submission: Submission,
}

/// A window that began elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// What it waits for.
    pub kind: WindowKind,
    /// When it began.
    pub opens: Timestamp,
    /// When it closes.
    pub closes: Timestamp,
}

/// Something that keeps a manuscript from being entered: the field, what is wrong (keys of translations), and a day that
/// the words name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub what: &'static str,
    /// The day that it is about.
    pub day: Option<Date>,
}

fn lack(field: &'static str, what: &'static str) -> Lack {
    Lack {
        field,
        what,
        day: None,
    }
}

impl Entry {
    /// The longest former number, in characters.
    pub const LONGEST_NUMBER: usize = 60;

    /// The window that runs where it stands, by its true dates.
    pub fn running(&self, rules: &Rules) -> Option<Running> {
        let kind = match self.stage? {
            Stage::Screening => WindowKind::Screening,
            Stage::InReview => WindowKind::FindReviewers,
            Stage::Revising => WindowKind::Revision,
            Stage::ReReview => WindowKind::ReReview,
            _ => return None,
        };
        let opens = self
            .since
            .or(self.received)?
            .to_zoned(rules.zone())
            .ok()?
            .timestamp();
        let by_the_rules = due(opens, kind.length(rules), rules);
        let closes = match self.until {
            Some(day) if kind != WindowKind::Screening => end_of(day, rules),
            _ => by_the_rules,
        };
        Some(Running { kind, opens, closes })
    }

    /// What is wrong with number, stage, dates and points.
    pub fn lacks(&self, rules: &Rules, now: Timestamp) -> Vec<Lack> {
        let today = now.to_zoned(rules.zone()).date();
        let since = self.since.or(self.received);
        let mut out = Vec::new();
        let mut want = |ok: bool, field, what| {
            if !ok {
                out.push(lack(field, what));
            }
        };
        let length = self.former.chars().count();
        want(length > 0, "former", "empty");
        want(length <= Entry::LONGEST_NUMBER, "former", "long");
        want(self.stage.is_some_and(|s| STAGES.contains(&s)), "stage", "choose");
        want(self.received.is_some(), "received", "date");
        want(self.received.is_none_or(|day| day <= today), "received", "future");
        want(since.is_none_or(|day| day <= today), "since", "future");
        let ordered = self
            .received
            .is_none_or(|day| since.is_none_or(|since| day <= since));
        want(ordered, "since", "before-receipt");
        let extendable = self.until.is_none() || self.stage != Some(Stage::Screening);
        want(extendable, "until", "screening");
        let after = self.until.is_none_or(|day| since.is_none_or(|since| day > since));
        want(after, "until", "before-since");
        let points = self.points.iter().any(|p| !p.trim().is_empty());
        want(self.stage != Some(Stage::Revising) || points, "points", "empty");
        if out.is_empty() {
            out.extend(self.run_out(rules, now));
        }
        out
    }

    /// A window of the author's that is over by its true dates is no window any more: by the journal's notice the author
    /// is free, or the manuscript has lapsed. The office's own windows may be over; they stand in the list “overdue”.
    fn run_out(&self, rules: &Rules, now: Timestamp) -> Option<Lack> {
        let running = self.running(rules)?;
        let field = match running.kind {
            WindowKind::Screening => "since",
            WindowKind::Revision => "until",
            _ => return None,
        };
        (running.closes <= now).then(|| Lack {
            day: Some(last_day(running.closes, rules)),
            ..lack(field, "over")
        })
    }

    /// What is missing of the submission: as much as letters, lists and the blind copy need. What the author declared
    /// elsewhere is not asked for again.
    pub fn missing(&self, rules: &Rules, pages: &Pages) -> Vec<Missing> {
        let english = self.submission.language == "en";
        let own = |m: &Missing| {
            let of = if english { "_en" } else { "_zh" };
            m.field.ends_with(of) && !m.field.starts_with("keywords")
        };
        let mut missing = self.submission.missing(rules, pages);
        missing.retain(|m| match m.step {
            "type" | "authors" | "trial" => true,
            "text" => own(m),
            _ => false,
        });
        missing
    }
}

/// The points of a text: one a paragraph, numbers at their beginning taken off.
pub fn points(text: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    for line in text.replace("\r\n", "\n").lines() {
        match line.trim() {
            "" => out.push(String::new()),
            line => {
                let last = out.last_mut().expect("there is always one");
                if !last.is_empty() {
                    last.push('\n');
                }
                last.push_str(line);
            }
        }
    }
    let bare = |point: &String| {
        let digits = point.chars().take_while(char::is_ascii_digit).count();
        let rest = &point[digits..];
        let mark = rest.strip_prefix(['.', ')', '、', '．', '）', ':', '：']);
        match mark {
            Some(rest) if (1..=3).contains(&digits) => rest.trim_start().to_owned(),
            _ => point.clone(),
        }
    };
    out.iter().map(bare).filter(|p| !p.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    fn now() -> Timestamp {
        "2026-11-25T02:00:00Z".parse().unwrap()
    }

    fn entry(stage: Stage, received: &str, since: Option<&str>) -> Entry {
        Entry {
            former: "2026-0113".into(),
            stage: Some(stage),
            received: day(received),
            since: since.and_then(day),
            points: vec!["Say how many dropped out.".into()],
            ..Entry::default()
        }
    }

    fn first(entry: &Entry) -> Option<(&'static str, &'static str)> {
        let lacks = entry.lacks(&Rules::default(), now());
        lacks.first().map(|l| (l.field, l.what))
    }

    #[test]
    fn windows_keep_their_true_dates() {
        let rules = Rules::default();
        for (stage, since, last) in [
            (Stage::Screening, "2026-11-02", "2026-12-02"),
            (Stage::InReview, "2026-11-20", "2026-12-04"),
            (Stage::Revising, "2026-10-31", "2026-12-31"),
            (Stage::ReReview, "2026-11-10", "2026-12-10"),
        ] {
            let entry = entry(stage, "2026-06-01", Some(since));
            let running = entry.running(&rules).unwrap();
            assert_eq!(last_day(running.closes, &rules).to_string(), last, "{stage:?}");
            assert_eq!(running.opens.to_zoned(rules.zone()).date(), day(since).unwrap());
            assert_eq!(first(&entry), None, "{stage:?}");
        }
    }

    #[test]
    fn an_authors_window_that_is_over_is_none_and_the_offices_may_be() {
        let over = |stage| entry(stage, "2026-06-01", Some("2026-06-02"));
        assert_eq!(first(&over(Stage::Screening)), Some(("since", "over")));
        assert_eq!(first(&over(Stage::Revising)), Some(("until", "over")));
        assert_eq!(first(&over(Stage::InReview)), None);
        assert_eq!(first(&over(Stage::ReReview)), None);
        let lacks = over(Stage::Screening).lacks(&Rules::default(), now());
        assert_eq!(lacks[0].day, day("2026-07-02"));
        let longer = Entry {
            until: day("2026-12-24"),
            ..over(Stage::Revising)
        };
        assert_eq!(first(&longer), None);
    }

    #[test]
    fn dates_are_in_order_and_screening_cannot_be_made_longer() {
        let good = entry(Stage::Screening, "2026-11-02", None);
        assert_eq!(first(&good), None);
        let wrong = [
            Entry {
                received: day("2026-11-26"),
                ..good.clone()
            },
            Entry {
                since: day("2026-11-26"),
                ..good.clone()
            },
            Entry {
                since: day("2026-11-01"),
                ..good.clone()
            },
            Entry {
                until: day("2026-12-20"),
                ..good.clone()
            },
            Entry {
                until: day("2026-11-02"),
                stage: Some(Stage::Revising),
                ..good.clone()
            },
            Entry {
                points: vec![" ".into()],
                stage: Some(Stage::Revising),
                ..good.clone()
            },
            Entry {
                stage: Some(Stage::Published),
                ..good.clone()
            },
            Entry {
                former: String::new(),
                ..good.clone()
            },
            Entry {
                received: None,
                ..good.clone()
            },
        ];
        let said: Vec<_> = wrong.iter().filter_map(first).collect();
        assert_eq!(
            said,
            [
                ("received", "future"),
                ("since", "future"),
                ("since", "before-receipt"),
                ("until", "screening"),
                ("until", "before-since"),
                ("points", "empty"),
                ("stage", "choose"),
                ("former", "empty"),
                ("received", "date"),
            ]
        );
    }

    #[test]
    fn points_are_paragraphs_without_their_numbers() {
        let text = "1. Say how many\r\ndropped out.\r\n\r\n\r\n2、补充随访时间。\n\n20 patients are few.\n";
        assert_eq!(
            points(text),
            [
                "Say how many\ndropped out.",
                "补充随访时间。",
                "20 patients are few."
            ]
        );
        assert!(points(" \n\n").is_empty());
    }
}
