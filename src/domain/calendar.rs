//! The working-day calendar: dates that are no working days, and weekend days that are worked (调休).

use jiff::civil::{Date, Weekday};

/// A line of a pasted list that is no date.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BadLine {
    /// Which line, from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
}

/// The most dates that a list may hold: more than ten years of holidays.
pub const MOST: usize = 1000;

/// Reads a pasted list: dates apart by line ends, commas or spaces, each `2026-10-01`, `2026/10/1`, `2026.10.1` or
/// `2026年10月1日`, or two of them joined by `~`, `–`, `—`, `至`, `到` or ` - ` for a span of at most 31 days. The
/// result is sorted and has each date once.
pub fn read(text: &str) -> Result<Vec<Date>, Vec<BadLine>> {
    let mut days = Vec::new();
    let mut bad = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.split(['#', '（', '(']).next().unwrap_or_default();
        let line = line
            .replace(" - ", "~")
            .replace(['–', '—', '至', '到', '～'], "~");
        for part in line
            .split([',', '，', '、', ';', '；', ' ', '\t'])
            .filter(|p| !p.is_empty())
        {
            match span(part) {
                Some(found) => days.extend(found),
                None => bad.push(BadLine {
                    line: n + 1,
                    text: part.chars().take(40).collect(),
                }),
            }
        }
    }
    days.sort();
    days.dedup();
    if days.len() > MOST {
        bad.push(BadLine {
            line: MOST,
            text: "…".to_owned(),
        });
    }
    if bad.is_empty() { Ok(days) } else { Err(bad) }
}

fn span(part: &str) -> Option<Vec<Date>> {
    let Some((first, last)) = part.split_once('~') else {
        return Some(vec![one(part)?]);
    };
    let (first, last) = (one(first)?, one(last)?);
    let days: Vec<Date> = first
        .series(jiff::Span::new().days(1))
        .take_while(|d| *d <= last)
        .take(32)
        .collect();
    (!days.is_empty() && days.len() <= 31).then_some(days)
}

/// One date, in any of these forms.
pub fn one(text: &str) -> Option<Date> {
    let text = text
        .trim()
        .trim_end_matches('日')
        .replace(['年', '月', '/', '.'], "-");
    let mut numbers = text.split('-').map(|n| n.parse::<i16>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let fits = numbers.next().is_none() && (2000..=2100).contains(&year);
    fits.then(|| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok())?
}

/// Whether a date is a Saturday or a Sunday.
pub fn weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The list as text, one date a line, for a form.
pub fn text(days: &[Date]) -> String {
    days.iter().map(|d| d.to_string()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_as_people_paste_them() {
        let days =
            read("2026-10-01~2026-10-03（国庆节）\n2026年1月1日，2026/2/17 2026.2.18\n2026-10-02 # again\n")
                .unwrap();
        assert_eq!(
            text(&days),
            "2026-01-01\n2026-02-17\n2026-02-18\n2026-10-01\n2026-10-02\n2026-10-03"
        );
        assert_eq!(read("2026-05-01 - 2026-05-03").unwrap().len(), 3);
        assert_eq!(read("").unwrap(), Vec::<Date>::new());
    }

    #[test]
    fn what_is_no_date_is_named_by_its_line() {
        let bad = read("2026-01-01\n2026-02-30\nsoon").unwrap_err();
        assert_eq!(
            bad.iter().map(|b| (b.line, b.text.as_str())).collect::<Vec<_>>(),
            [(2, "2026-02-30"), (3, "soon")]
        );
        for bad in [
            "26-1-1",
            "2026-13-1",
            "2026-01",
            "2026-10-03~2026-10-01",
            "2026-01-01~2026-12-31",
            "1999-01-01",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn reading_never_fails_hard_and_text_reads_back(text_ in "[0-9年月日/.~, \n-]{0,60}") {
            if let Ok(days) = read(&text_) {
                proptest::prop_assert_eq!(read(&text(&days)).unwrap(), days);
            }
        }
    }
}
