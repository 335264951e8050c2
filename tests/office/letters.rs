//! Every letter in every language, as a snapshot; and what letters must never do.

use bauta::domain::person::Lang;
use bauta::letters::{ALL_KINDS, Common, LINK, Letter, render, samples};

fn day() -> jiff::civil::Date {
    "2026-12-21".parse().unwrap()
}

#[test]
fn the_samples_are_all_letters() {
    let kinds: Vec<&str> = samples(Lang::En, day()).iter().map(Letter::kind).collect();
    let table: Vec<&str> = ALL_KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, table);
}

#[test]
fn every_letter_in_both_languages() {
    for lang in Lang::ALL {
        let mut all = String::new();
        for letter in samples(lang, day()) {
            let common = Common {
                journal: "Journal".into(),
                name: "Recipient".into(),
                number: "7KQ4-M2XR".into(),
                title: "Title".into(),
                link: LINK.into(),
                site: "https://journal.example".into(),
            };
            let rendered = render(&letter, lang, &common).unwrap();
            assert_eq!(
                rendered.text.matches(LINK).count(),
                1,
                "{}: one link",
                letter.kind()
            );
            all += &format!(
                "=== {} ({:?})\n{}\n\n{}\n",
                letter.kind(),
                letter.side(),
                rendered.subject,
                rendered.text
            );
        }
        insta::assert_snapshot!(format!("letters-{}", lang.tag()), all);
    }
}

#[test]
fn a_title_cannot_add_a_header() {
    let common = Common {
        title: "A\r\nBcc: x@y.example".into(),
        number: "N".into(),
        ..Common::default()
    };
    for lang in Lang::ALL {
        for letter in samples(lang, day()) {
            let subject = render(&letter, lang, &common).unwrap().subject;
            assert!(!subject.contains(['\r', '\n']), "{}", letter.kind());
        }
    }
}
