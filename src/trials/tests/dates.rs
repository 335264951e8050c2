//! Partial dates, the verdict, and the gate.

use super::*;
use Gate::*;
use Registered::*;
use jiff::civil::date;

fn on(text: &str) -> PartialDate {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn actual(text: &str) -> Option<Enrolment> {
    Some(Enrolment {
        date: on(text),
        actual: true,
    })
}

fn estimated(text: &str) -> Option<Enrolment> {
    Some(Enrolment {
        date: on(text),
        actual: false,
    })
}

#[test]
fn dates_are_read_as_people_write_them() {
    for day in [
        "2020-02-17",
        "2020/2/17",
        "2020.2.17",
        "20200217",
        "2020年2月17日",
        "2020 年 02 月 17 号",
        "２０２０－０２－１７",
        " 2020–02–17 ",
    ] {
        assert_eq!(on(day), PartialDate::Day(date(2020, 2, 17)), "{day}");
    }
    for month in ["2020-02", "2020-2", "2020/02", "2020年2月", "2020.2"] {
        assert_eq!(on(month), PartialDate::month(2020, 2).unwrap(), "{month}");
    }
    for (text, problem) in [
        ("", DateProblem::Empty),
        ("2020", DateProblem::Shape),
        ("17/02/2020", DateProblem::Shape),
        ("2020-02/17", DateProblem::Shape),
        ("2020-13", DateProblem::NoSuchDay),
        ("2020-00", DateProblem::NoSuchDay),
        ("2019-02-29", DateProblem::NoSuchDay),
        ("1066-10-14", DateProblem::Year),
        ("9999-01", DateProblem::Year),
    ] {
        assert_eq!(PartialDate::parse(text), Err(problem), "{text}");
    }
}

#[test]
fn a_date_is_a_text_in_storage() {
    let both = [on("2020-02"), on("2020-02-17")];
    assert_eq!(
        serde_json::to_string(&both).unwrap(),
        r#"["2020-02","2020-02-17"]"#
    );
    assert_eq!(
        serde_json::from_str::<[PartialDate; 2]>(r#"["2020-02","2020-02-17"]"#).unwrap(),
        both
    );
    assert_eq!(
        both.map(PartialDate::last_day),
        [date(2020, 2, 29), date(2020, 2, 17)]
    );
    assert_eq!(
        PartialDate::Month {
            year: 2020,
            month: 99
        }
        .last_day(),
        date(2020, 12, 31)
    );
}

#[test]
fn the_verdict_is_given_only_when_the_dates_tell() {
    for (submitted, enrolment, expected) in [
        ("2015-07-29", actual("2015-08"), Prospective),
        ("2020-02-17", actual("2020-02-01"), Retrospective),
        ("2020-02-17", actual("2020-02-17"), Prospective),
        ("2020-02-18", actual("2020-02-17"), Retrospective),
        ("2020-02-01", actual("2020-02"), Prospective),
        ("2020-02-02", actual("2020-02"), Undetermined),
        ("2020-02-29", actual("2020-02"), Undetermined),
        ("2020-03-01", actual("2020-02"), Retrospective),
        ("2020-02", actual("2020-02-29"), Prospective),
        ("2020-02", actual("2020-02-28"), Undetermined),
        ("2020-02", actual("2020-02-01"), Undetermined),
        ("2020-02", actual("2020-01-31"), Retrospective),
        ("2020-02", actual("2020-02"), Undetermined),
        ("2020-02", actual("2020-03"), Prospective),
        ("2020-02", actual("2020-01"), Retrospective),
        ("2020-02-16", estimated("2020-02-17"), Prospective),
        ("2020-02-17", estimated("2020-02-17"), Undetermined),
        ("2020-03-17", estimated("2020-02-17"), Undetermined),
        ("2015-07-29", estimated("2015-08"), Prospective),
        ("2020-02-17", None, Undetermined),
    ] {
        assert_eq!(
            verdict(Some(on(submitted)), enrolment),
            expected,
            "{submitted} {enrolment:?}"
        );
    }
    assert_eq!(verdict(None, actual("2020-02")), Undetermined);
    assert_eq!(verdict(None, None), Undetermined);
}

#[test]
fn the_gate_follows_its_precedence() {
    let own = find_all("CTR20243786; MR-44-24-001234; U1111-1342-6778; ChiMCTR2100005248; HKUCTR-2345");
    let unsure = find_all("ITMCTR2100005248; CTR20243786");
    let sure = find_all("ITMCTR2100005248; ChiCTR2100050545");
    assert_eq!([own.len(), unsure.len(), sure.len()], [5, 2, 2]);
    for (numbers, verdict, expected) in [
        (&[][..], Prospective, NoNumber),
        (&own, Prospective, NoNumber),
        (&own, Retrospective, NoNumber),
        (&unsure, Prospective, NeedsEditorsConfirmation),
        (&unsure, Undetermined, NeedsEditorsConfirmation),
        (&unsure, Retrospective, NeedsChiefException),
        (&sure, Prospective, MayBeAccepted),
        (&sure, Undetermined, NeedsEditorsReason),
        (&sure, Retrospective, NeedsChiefException),
    ] {
        assert_eq!(gate(true, numbers, verdict), expected, "{numbers:?} {verdict:?}");
        assert_eq!(gate(false, numbers, verdict), Free);
        assert_eq!(
            expected.is_open(),
            hurdles(true, numbers, None, verdict).is_empty()
        );
    }
    let both = hurdles(true, &unsure, None, Retrospective);
    assert_eq!(both, [NeedsChiefException, NeedsEditorsConfirmation]);
    let two = hurdles(true, &unsure, None, Undetermined);
    assert_eq!(two, [NeedsEditorsConfirmation, NeedsEditorsReason]);
}

#[test]
fn a_registry_counts_in_its_own_time() {
    let gate = |typed: &str, day: &str| gate_on(true, &find_all(typed), Some(on(day)), Prospective);
    assert_eq!(gate("2023-503698-40-00", "2025-03-31"), NeedsEditorsConfirmation);
    assert_eq!(gate("2023-503698-40-00", "2025-04-01"), MayBeAccepted);
    assert_eq!(gate("2023-503698-40-00", "2025-04"), MayBeAccepted);
    assert_eq!(gate("NL8536", "2020-04-01"), MayBeAccepted);
    assert_eq!(gate("NL8536", "2021-11"), MayBeAccepted);
    assert_eq!(gate("NL8536", "2021-12-01"), NeedsEditorsConfirmation);
    assert_eq!(gate("NL8536; NCT04267848", "2021-12-01"), MayBeAccepted);
}

#[test]
fn names_for_keys_are_the_stored_ones() {
    for verdict in [Prospective, Retrospective, Undetermined] {
        assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.as_str());
    }
    for gate in [
        Free,
        MayBeAccepted,
        NeedsChiefException,
        NeedsEditorsConfirmation,
        NeedsEditorsReason,
        NoNumber,
    ] {
        assert_eq!(serde_json::to_value(gate).unwrap(), gate.as_str());
    }
    for registry in registries() {
        if let Acceptance::No(reason) = registry.acceptance {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }
}
