//! Words: the Fluent locales, dates as people write them, and what of both templates use.

pub mod journal;
pub mod tera;

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader};
use jiff::civil::Date;

use crate::domain::person::Lang;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./src/words/locales",
        fallback_language: "en",
        // Isolation marks would land in letters and file names.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ZH: std::sync::LazyLock<LanguageIdentifier> =
    std::sync::LazyLock::new(|| "zh-CN".parse().expect("a language tag"));
static EN: std::sync::LazyLock<LanguageIdentifier> =
    std::sync::LazyLock::new(|| "en".parse().expect("a language tag"));

fn id(lang: Lang) -> &'static LanguageIdentifier {
    match lang {
        Lang::Zh => &ZH,
        Lang::En => &EN,
    }
}

/// The words of `key`; None if there are none.
pub fn lookup(lang: Lang, key: &str, args: &HashMap<Cow<'static, str>, FluentValue<'_>>) -> Option<String> {
    let args = if args.is_empty() { None } else { Some(args) };
    LOCALES.try_lookup_complete(id(lang), key, args)
}

/// The words of `key` without arguments; the key itself in brackets where there are none.
pub fn t(lang: Lang, key: &str) -> String {
    lookup(lang, key, &HashMap::new()).unwrap_or_else(|| format!("[{key}]"))
}

/// A day as people write it: 2026年12月21日, 21 December 2026.
pub fn day(lang: Lang, date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = MONTHS[(date.month() as usize).saturating_sub(1).min(11)];
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => format!("{} {} {}", date.day(), month, date.year()),
    }
}

/// A day without its year, where the year stands nearby: 12月21日, 21 Dec.
pub fn short_day(lang: Lang, date: Date) -> String {
    let full = day(lang, date);
    match lang {
        Lang::Zh => full
            .split_once('年')
            .map_or(full.clone(), |(_, rest)| rest.to_owned()),
        Lang::En => {
            let mut words = full.split(' ');
            let (day, month) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            format!("{day} {}", &month[..month.len().min(3)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        let date: Date = "2026-12-01".parse().unwrap();
        assert_eq!(day(Lang::Zh, date), "2026年12月1日");
        assert_eq!(day(Lang::En, date), "1 December 2026");
        assert_eq!(short_day(Lang::Zh, date), "12月1日");
        assert_eq!(short_day(Lang::En, date), "1 Dec");
    }

    #[test]
    fn no_key_stands_in_two_files() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/words/locales/en");
        let mut seen = std::collections::BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            for line in text
                .lines()
                .filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()))
            {
                let key = line.split_once('=').map_or("", |(key, _)| key.trim()).to_owned();
                assert!(seen.insert(key.clone()), "{key}");
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let keys = |lang: &str| -> std::collections::BTreeSet<String> {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src/words/locales")
                .join(lang);
            std::fs::read_dir(folder)
                .unwrap()
                .flat_map(|file| {
                    let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
                    text.lines()
                        .filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()))
                        .filter_map(|l| l.split_once('=').map(|(k, _)| k.trim().to_owned()))
                        .collect::<Vec<_>>()
                })
                .collect()
        };
        let (zh, en) = (keys("zh-CN"), keys("en"));
        assert_eq!(
            zh.symmetric_difference(&en).collect::<Vec<_>>(),
            Vec::<&String>::new()
        );
    }
}
