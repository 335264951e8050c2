//! The same on 3,494 real registrations from the WHO's platform with the dates and the verdict that others
//! recorded. The file is not part of the repository; without it the made-up numbers of [`super::TYPED`] stand in.

use super::*;
use jiff::civil::Date;
use std::path::PathBuf;

struct Row {
    id: String,
    source: String,
    submitted: Date,
    enrolled: Date,
    retrospective: bool,
    others: Vec<String>,
}

/// The rows, if the file is there: a folder named by BAUTA_SHARED, or one beside the repository.
fn rows() -> Option<Vec<Row>> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("BAUTA_SHARED").map_or_else(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(shared.join("trials/registrations.csv")) else {
        println!(
            "no shared/trials/registrations.csv: tried on {} made-up numbers only",
            TYPED.len()
        );
        return None;
    };
    Some(text.lines().skip(1).map(row).collect())
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.split(',').collect();
    let [id, source, submitted, enrolled, retrospective, others] = cells[..] else {
        panic!("six columns: {line}");
    };
    Row {
        id: id.to_owned(),
        source: source.to_owned(),
        submitted: submitted.parse().unwrap(),
        enrolled: enrolled.parse().unwrap(),
        retrospective: retrospective == "True",
        others: others
            .split("; ")
            .filter(|o| *o != "None")
            .map(str::to_owned)
            .collect(),
    }
}

/// The verdict for an enrolment known to the day, or to its month.
fn judged(row: &Row, enrolled: PartialDate) -> Registered {
    let enrolment = Enrolment {
        date: enrolled,
        actual: true,
    };
    verdict(Some(PartialDate::Day(row.submitted)), Some(enrolment))
}

#[test]
fn every_real_number_is_read() {
    let Some(rows) = rows() else {
        assert!(TYPED.iter().all(|(typed, ..)| TrialNumber::parse(typed).is_ok()));
        return;
    };
    assert_eq!(rows.len(), 3494);
    for row in &rows {
        let number = TrialNumber::parse(&row.id).unwrap_or_else(|e| panic!("{}: {e}", row.id));
        assert!(row.id.contains(number.canonical()), "{}", row.id);
        assert_eq!(number.registry().ictrp, Some(row.source.as_str()), "{}", row.id);
        assert_eq!(
            (number.acceptance(), number.warning()),
            (Acceptance::Yes, None),
            "{}",
            row.id
        );
        assert!(number.url().is_some());
        assert!(
            row.others.iter().all(|other| TrialNumber::parse(other).is_ok()),
            "{:?}",
            row.others
        );
    }
    let prose: String = rows
        .iter()
        .map(|row| format!("本试验已注册（注册号{}），", row.id))
        .collect();
    assert_eq!(find_all(&prose).len(), rows.len());
}

/// Ours is the recorded verdict for each of the 3,377 trials with one registration. Of the 117 that have
/// others, 26 agree and 91 do not: there the record judges the trial by its earliest or latest other
/// registration, whose dates are not in the row.
#[test]
fn the_verdict_is_the_recorded_one() {
    let Some(rows) = rows() else { return };
    let mut counts = [0; 4];
    for row in &rows {
        let ours = judged(row, PartialDate::Day(row.enrolled));
        assert_ne!(ours, Registered::Undetermined, "{}", row.id);
        let agrees = (ours == Registered::Retrospective) == row.retrospective;
        assert!(agrees || !row.others.is_empty(), "{}", row.id);
        counts[usize::from(!agrees) + 2 * usize::from(!row.others.is_empty())] += 1;
    }
    assert_eq!(counts, [3377, 0, 26, 91]);
}

#[test]
fn less_precision_leaves_the_verdict_open_and_never_turns_it() {
    let Some(rows) = rows() else { return };
    let mut open = 0;
    for row in &rows {
        let exact = judged(row, PartialDate::Day(row.enrolled));
        let month = PartialDate::month(row.enrolled.year(), row.enrolled.month()).unwrap();
        let rough = judged(row, month);
        assert!(rough == exact || rough == Registered::Undetermined, "{}", row.id);
        open += usize::from(rough == Registered::Undetermined);
    }
    println!(
        "{open} of {} verdicts stay open if only the month of enrolment is known",
        rows.len()
    );
}
