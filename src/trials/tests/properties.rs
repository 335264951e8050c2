//! What holds for any text, any number and any date.

use super::*;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::string::string_regex;

/// Any number that fits some registry's strict pattern.
fn canonical() -> impl Strategy<Value = String> {
    (0..registries().len())
        .prop_flat_map(|i| string_regex(registries()[i].strict.trim_matches(['^', '$'])).unwrap())
}

/// Text made of what numbers are made of.
fn fragments() -> impl Strategy<Value = String> {
    let prefix = (0..registries().len()).prop_map(|i| registries()[i].prefixes[0].to_owned());
    let mark = "[-–/#:. _，（²\u{200B}\n]{0,3}|No\\.|注册号|JPRN-|NL|N|p";
    prop::collection::vec(prop_oneof![prefix, "[0-9０-９]{1,12}", mark, "\\PC{0,3}"], 0..8)
        .prop_map(|parts| parts.concat())
}

fn partial() -> impl Strategy<Value = PartialDate> {
    (1900i16..2200, 1i8..13, 1i8..29, any::<bool>()).prop_map(|(year, month, day, whole)| {
        if whole {
            PartialDate::Day(Date::new(year, month, day).unwrap())
        } else {
            PartialDate::month(year, month).unwrap()
        }
    })
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in prop_oneof![any::<String>(), fragments()]) {
        let read = TrialNumber::parse(&text);
        let all = find_all(&text);
        if let Ok(number) = read {
            prop_assert_eq!(&all, &[number]);
        }
        for number in all {
            let again = TrialNumber::parse(number.canonical());
            prop_assert_eq!(again, Ok(number));
        }
        let _ = PartialDate::parse(&text);
    }

    #[test]
    fn a_canonical_number_is_a_fixed_point(text in canonical()) {
        let number = TrialNumber::parse(&text);
        prop_assert_eq!(number.as_ref().map(TrialNumber::canonical), Ok(text.as_str()));
        prop_assert_eq!(found(&text), [text]);
    }

    #[test]
    fn a_canonical_number_is_found_in_prose(text in canonical(), around in 0usize..6) {
        // Too short to be told from a word, and a type of ChiCTR number that is a word.
        let digits = text.chars().filter(char::is_ascii_digit).count();
        prop_assume!(!(text.starts_with('N') && digits < 3 && !text.contains('-')));
        prop_assume!(!["-NO-", "-NR-", "-ID-", "-CODE-", "-NUMBER-"].iter().any(|w| text.contains(w)));
        let (before, after) = [
            ("注册号", "，已公开"), ("registered (", ")."), ("at https://example.org/", "?x=1"),
            ("as “", "”, see"), ("number: ", ". Then"), ("已注册：\u{200B}", "；另见"),
        ][around];
        prop_assert_eq!(found(&format!("{before}{text}{after}")), [text]);
    }

    #[test]
    fn a_date_is_read_back(date in partial()) {
        prop_assert_eq!(PartialDate::parse(&date.to_string()), Ok(date));
    }

    #[test]
    fn what_is_told_holds_for_every_day_of_a_month(submitted in partial(), enrolled in partial(), actual in any::<bool>()) {
        let told = verdict(Some(submitted), Some(Enrolment { date: enrolled, actual }));
        let ends = |d: PartialDate| [d.first_day(), d.last_day()];
        for (s, e) in ends(submitted).into_iter().flat_map(|s| ends(enrolled).map(|e| (s, e))) {
            match told {
                Registered::Prospective => prop_assert!(s <= e),
                Registered::Retrospective => prop_assert!(s > e && actual),
                Registered::Undetermined => {}
            }
        }
    }
}
