//! The table of the figures that a journal may set: name, group, sensible range. The settings page, its checks and
//! its log are made from it; a test holds that no figure of `Rules` is missing here.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::rules::Rules;

/// What may be put for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Range {
    /// A whole number from the first to the last, both included.
    Number {
        /// The least.
        min: u32,
        /// The greatest.
        max: u32,
    },
    /// Yes or no.
    Choice,
}

/// One figure.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Figure {
    /// The field of `Rules`, in kebab-case; also the key of translations.
    pub key: &'static str,
    /// Under which heading it stands.
    pub group: &'static str,
    /// What may be put.
    pub range: Range,
    /// `months`, `days`, `hours`, `minutes`, `people`, `reviews` or empty.
    pub unit: &'static str,
}

/// The headings in their order.
pub const GROUPS: [&str; 7] = [
    "author",
    "review",
    "decision",
    "reminder",
    "reviewers",
    "openness",
    "sign-in",
];

const fn number(key: &'static str, group: &'static str, min: u32, max: u32, unit: &'static str) -> Figure {
    Figure {
        key,
        group,
        range: Range::Number { min, max },
        unit,
    }
}

const fn choice(key: &'static str, group: &'static str) -> Figure {
    Figure {
        key,
        group,
        range: Range::Choice,
        unit: "",
    }
}

/// Every figure in the order of the page.
pub const FIGURES: &[Figure] = &[
    number("screening-months", "author", 1, 6, "months"),
    number("completion-days", "author", 1, 180, "days"),
    number("revision-months", "author", 1, 12, "months"),
    number("released-months", "author", 1, 24, "months"),
    number("appeal-days", "author", 1, 180, "days"),
    number("proof-days", "author", 1, 60, "days"),
    number("find-reviewers-days", "review", 1, 90, "days"),
    number("invitation-days", "review", 1, 60, "days"),
    number("review-days", "review", 1, 180, "days"),
    number("review-grace-days", "review", 1, 90, "days"),
    number("reviews-wanted", "review", 1, 5, "reviews"),
    number("decision-days", "decision", 1, 90, "days"),
    number("re-review-months", "decision", 1, 6, "months"),
    number("undo-minutes", "decision", 0, 1440, "minutes"),
    choice("chief-accepts", "decision"),
    choice("coauthors-confirm", "decision"),
    choice("copyright-form", "decision"),
    choice("remind-at-third", "reminder"),
    number("remind-first-days", "reminder", 0, 30, "days"),
    number("remind-last-days", "reminder", 0, 14, "days"),
    number("suggested-max", "reviewers", 0, 20, "people"),
    number("opposed-max", "reviewers", 0, 20, "people"),
    number("coauthor-years", "reviewers", 0, 20, "years"),
    choice("tell-outcome", "openness"),
    choice("show-others-suggestions", "openness"),
    choice("names-need-reason", "openness"),
    number("session-idle-hours", "sign-in", 1, 720, "hours"),
    number("office-idle-hours", "sign-in", 1, 168, "hours"),
    number("session-days", "sign-in", 1, 90, "days"),
    number("confirm-minutes", "sign-in", 5, 240, "minutes"),
    choice("office-second-step", "sign-in"),
];

/// What is wrong with a figure as typed, as keys of translations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The figure.
    pub key: &'static str,
    /// `range`, or `zone` for the time zone.
    pub what: &'static str,
}

/// A figure of some rules as a form shows it: a number, `yes` or `no`.
pub fn shown(rules: &Rules, key: &str) -> String {
    let value = serde_json::to_value(rules).unwrap_or_default();
    match value.get(key) {
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Bool(false)) => "no".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The rules with the figures as typed, or everything that is wrong with them. What is not in the form stays as it is.
pub fn read(rules: &Rules, typed: &BTreeMap<String, String>) -> Result<Rules, Vec<Wrong>> {
    let mut value = serde_json::to_value(rules).unwrap_or_default();
    let mut wrong = Vec::new();
    for figure in FIGURES {
        let Some(text) = typed.get(figure.key).map(|t| t.trim()) else {
            continue;
        };
        let read = match figure.range {
            Range::Number { min, max } => text
                .parse::<u32>()
                .ok()
                .filter(|n| (min..=max).contains(n))
                .map(Value::from),
            Range::Choice => match text {
                "yes" => Some(Value::Bool(true)),
                "no" => Some(Value::Bool(false)),
                _ => None,
            },
        };
        match read {
            Some(read) => value[figure.key] = read,
            None => wrong.push(Wrong {
                key: figure.key,
                what: "range",
            }),
        }
    }
    if let Some(zone) = typed.get("time-zone").map(|t| t.trim()) {
        if jiff::tz::TimeZone::get(zone).is_ok() {
            value["time-zone"] = Value::from(zone);
        } else {
            wrong.push(Wrong {
                key: "time-zone",
                what: "zone",
            });
        }
    }
    if wrong.is_empty() {
        serde_json::from_value(value).map_err(|_| Vec::new())
    } else {
        Err(wrong)
    }
}

/// What of `rules` differs from `initial`: this alone is stored, so that what nobody has touched follows the program.
pub fn difference(initial: &Rules, rules: &Rules) -> Value {
    let (old, new) = (
        serde_json::to_value(initial).unwrap_or_default(),
        serde_json::to_value(rules).unwrap_or_default(),
    );
    let fields = new.as_object().cloned().unwrap_or_default();
    Value::Object(
        fields
            .into_iter()
            .filter(|(key, v)| old.get(key) != Some(v))
            .collect(),
    )
}

/// `initial` with what was stored put over it; `initial` itself if that cannot be read.
pub fn over(initial: &Rules, stored: &str) -> Rules {
    let mut value = serde_json::to_value(initial).unwrap_or_default();
    if let Ok(Value::Object(fields)) = serde_json::from_str(stored) {
        for (key, field) in fields {
            value[key] = field;
        }
    }
    serde_json::from_value(value).unwrap_or_else(|_| initial.clone())
}

/// A line of the log: what was put in whose place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The figure, or `holidays`, `worked`.
    pub key: String,
    /// Before; of dates, those that went.
    pub before: String,
    /// After; of dates, those that came.
    pub after: String,
}

/// What a change of the rules changed, figure by figure.
pub fn changes(before: &Rules, after: &Rules) -> Vec<Change> {
    let keys = FIGURES.iter().map(|f| f.key).chain(["time-zone"]);
    let mut out: Vec<Change> = keys
        .map(|key| Change {
            key: key.to_owned(),
            before: shown(before, key),
            after: shown(after, key),
        })
        .filter(|c| c.before != c.after)
        .collect();
    for (key, old, new) in [
        ("holidays", &before.holidays, &after.holidays),
        ("worked", &before.worked, &after.worked),
    ] {
        let without = |from: &[jiff::civil::Date], of: &[jiff::civil::Date]| -> String {
            let days: Vec<String> = from
                .iter()
                .filter(|d| !of.contains(d))
                .map(|d| d.to_string())
                .collect();
            days.join(" ")
        };
        let change = Change {
            key: key.to_owned(),
            before: without(old, new),
            after: without(new, old),
        };
        if change.before != change.after {
            out.push(change);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect()
    }

    #[test]
    fn no_figure_is_missing_and_every_default_lies_in_its_range() {
        let value = serde_json::to_value(Rules::default()).unwrap();
        let mut fields: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        fields.retain(|f| !["time-zone", "holidays", "worked"].contains(f));
        fields.sort_unstable();
        let mut table: Vec<&str> = FIGURES.iter().map(|f| f.key).collect();
        table.sort_unstable();
        assert_eq!(fields, table);
        let all: BTreeMap<String, String> = FIGURES
            .iter()
            .map(|f| (f.key.to_owned(), shown(&Rules::default(), f.key)))
            .collect();
        assert_eq!(read(&Rules::default(), &all), Ok(Rules::default()));
        assert!(FIGURES.iter().all(|f| GROUPS.contains(&f.group)));
    }

    #[test]
    fn what_is_out_of_range_is_named_and_nothing_is_taken() {
        for figure in FIGURES {
            let bad: &[&str] = match figure.range {
                Range::Number { .. } => &["-1", "100000", "", "two", "1.5", "4294967297"],
                Range::Choice => &["", "maybe", "1"],
            };
            for bad in bad {
                let wrong = read(&Rules::default(), &typed(&[(figure.key, bad)])).unwrap_err();
                assert_eq!(
                    wrong,
                    [Wrong {
                        key: figure.key,
                        what: "range"
                    }],
                    "{bad:?}"
                );
            }
        }
        let wrong = read(&Rules::default(), &typed(&[("time-zone", "Mars/Base")])).unwrap_err();
        assert_eq!(wrong[0].what, "zone");
    }

    #[test]
    fn only_the_difference_is_stored_and_lies_over_the_initial_values() {
        let initial = Rules {
            time_zone: "Europe/Berlin".into(),
            ..Rules::default()
        };
        let changed = read(&initial, &typed(&[("review-days", "28"), ("tell-outcome", "no")])).unwrap();
        let stored = difference(&initial, &changed).to_string();
        assert_eq!(stored, r#"{"review-days":28,"tell-outcome":false}"#);
        assert_eq!(over(&initial, &stored), changed);
        assert_eq!(over(&initial, "broken"), initial);
        let log = changes(&initial, &changed);
        assert_eq!(log.len(), 2);
        assert_eq!((log[0].before.as_str(), log[0].after.as_str()), ("21", "28"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_stays_in_its_range(key in 0usize..FIGURES.len(), n in proptest::prelude::any::<u32>()) {
            let figure = FIGURES[key];
            if let (Range::Number { min, max }, Ok(rules)) =
                (figure.range, read(&Rules::default(), &typed(&[(figure.key, &n.to_string())])))
            {
                let now: u32 = shown(&rules, figure.key).parse().unwrap();
                proptest::prop_assert!((min..=max).contains(&now) && now == n);
            }
        }
    }
}
