//! Dates as registries keep them: a day, or only a month.

use super::text::normalise;
use jiff::civil::Date;
use regex::Regex;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// A date known to the day or to the month. Written `2020-02-17` or `2020-02`, also in serde.
///
/// It has no order of its own, as a month and a day in it cannot be compared; see [`first_day`](Self::first_day)
/// and [`last_day`](Self::last_day).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A day.
    Day(Date),
    /// A month. What [`PartialDate::parse`] and [`PartialDate::month`] make has a month from 1 to 12.
    Month {
        /// The year, of four digits.
        year: i16,
        /// The month, from 1.
        month: i8,
    },
}

/// Why a text is not such a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateProblem {
    /// Nothing was typed.
    Empty,
    /// Not year, month and perhaps day, in this order.
    Shape,
    /// No such month, or no such day in that month.
    NoSuchDay,
    /// A year outside 1900 to 2199.
    Year,
}

/// Year, month and perhaps day, with the same mark between them; or the Chinese words.
static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?",
        r"|([0-9]{4})/([0-9]{1,2})(?:/([0-9]{1,2}))?",
        r"|([0-9]{4})\.([0-9]{1,2})(?:\.([0-9]{1,2}))?",
        r"|([0-9]{4}) ?年 ?([0-9]{1,2}) ?月(?: ?([0-9]{1,2}) ?[日号])?",
        r"|([0-9]{4})([0-9]{2})([0-9]{2}))$",
    ))
    .expect("a constant pattern")
});

impl PartialDate {
    /// Reads `2020-02-17`, `2020/2/17`, `2020.2.17`, `20200217`, `2020年2月17日` and the same without a day.
    /// The order is always year, month, day, so nothing is guessed.
    pub fn parse(text: &str) -> Result<Self, DateProblem> {
        let text = normalise(text);
        if text.is_empty() {
            return Err(DateProblem::Empty);
        }
        let found = SHAPE.captures(&text).ok_or(DateProblem::Shape)?;
        let mut parts = found
            .iter()
            .skip(1)
            .flatten()
            .filter_map(|part| part.as_str().parse::<i16>().ok());
        let (Some(year), Some(month)) = (parts.next(), parts.next()) else {
            return Err(DateProblem::Shape);
        };
        if !(1900..2200).contains(&year) {
            return Err(DateProblem::Year);
        }
        let small = |n: i16| i8::try_from(n).map_err(|_| DateProblem::NoSuchDay);
        let month = small(month)?;
        match parts.next() {
            Some(day) => Date::new(year, month, small(day)?)
                .map(Self::Day)
                .map_err(|_| DateProblem::NoSuchDay),
            None => Self::month(year, month).ok_or(DateProblem::NoSuchDay),
        }
    }

    /// A month, if there is such a one.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let real = Date::new(year, month, 1).is_ok();
        real.then_some(Self::Month { year, month })
    }

    /// The earliest day it can mean.
    pub fn first_day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month { year, month } => Date::new(year, month.clamp(1, 12), 1).unwrap_or(Date::MIN),
        }
    }

    /// The latest day it can mean.
    pub fn last_day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month { .. } => self.first_day().last_of_month(),
        }
    }
}

impl DateProblem {
    /// A stable name, for message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Shape => "shape",
            Self::NoSuchDay => "no-such-day",
            Self::Year => "year",
        }
    }
}

impl fmt::Display for DateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "no date was given",
            Self::Shape => "not a year, a month and perhaps a day",
            Self::NoSuchDay => "no such month or day",
            Self::Year => "not a year from 1900 to 2199",
        })
    }
}

impl std::error::Error for DateProblem {}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateProblem;

    fn from_str(text: &str) -> Result<Self, DateProblem> {
        Self::parse(text)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}
