//! Numbers and names that only their label tells from others: telephones, accounts, an address that is spelt out.

use super::{checked, pattern};
use crate::model::What;
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Without one of these nothing below is found.
static LABELS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let labels = [
        "tel",
        "phone",
        "fax",
        "mobile",
        "whatsapp",
        "researcher",
        "science",
        "publons",
        "scopus",
        "orcid",
        "wechat",
        "qq",
        " dot ",
        "电",
        "手",
        "传",
        "微信",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(labels)
        .ok()
});

static PHONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:(?:tele|mobile\s|cell\s?)?phone|tel|fax|mobile|whatsapp)(?:\s*(?:no|nr|number))?|电\s*话(?:号码)?|手\s*机号?(?:码)?|传\s*真)(?:\s*[/&,]\s*(?:fax|tel|传真|电话))?\s*(\.?\s*[:：]|\.)?\s*(\+?\(?\+?\d[\d \u{A0}\-‐‑–/().]{5,28}\d)",
    )
});

static RESEARCHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:researcher\s?id|web\s+of\s+science(?:\s+id)?|publons(?:\s+id)?)[^\n\w]{0,4}(?i:number|no)?[^\n\w]{0,4}([A-Z]{1,3}-\d{4}-(?:19|20)\d\d)\b",
    )
});

static SCOPUS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bscopus\s+(?:author\s+)?id(?:entifier)?\s*[:：]?\s*(\d{10,11})\b"));

static ORCID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\borcid(?:\.org/|(?:\s?id)?\s?[:：]?\s?(?:iD\s?[:：]?\s?)?)(\d{4})\s?(\d{4})\s?(\d{4})\s?(\d{3}[\dX])\b",
    )
});

static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:微信号?|微\s?信)\s*[:：]\s*([a-z][\w\-]{5,19}|1\d{10})|\bwechat(?:\s*id)?\s*[:：]\s*([a-z\d_\-]{0,18}[\d_][\w\-]{2,18})|\bqq号?\s*[:：]\s*(\d{5,12})\b",
    )
});

/// An address as people write it so that programs do not read it.
static SPELT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b([a-z\d][a-z\d._%+\-]{0,40}(?:\s+dot\s+[a-z\d_\-]{1,30}){0,3}\s+at\s+([a-z\d][a-z\d\-]{1,40})(?:(?:\s+dot\s+|\.)[a-z\d\-]{2,40}){0,3}\s+dot\s+(?:com|org|net|edu|gov|info|eu|uk|de|fr|cn|ch|nl|se|dk|fi|es|pt|pl|cz|jp|kr|au|nz|ca|br|mx|ru|tr|gr|hu|ro|ie|il|za|sg|tw|hk))\b",
    )
});

/// What is found, and what it is.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, What)> {
    if !LABELS.as_ref().is_some_and(|l| l.is_match(text)) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for found in PHONE.captures_iter(text) {
        let told = found.get(1).is_some_and(|m| m.as_str().contains([':', '：']));
        if let Some(number) = found.get(2)
            && let Some(length) = telephone(number.as_str(), told)
        {
            out.push((number.start()..number.start() + length, What::Number));
        }
    }
    for found in ORCID.captures_iter(text) {
        let digits: String = (1..=4).filter_map(|n| found.get(n)).map(|m| m.as_str()).collect();
        if let Some(whole) = found.get(0).filter(|_| checked(&digits)) {
            out.push((whole.range(), What::Orcid));
        }
    }
    for (pattern, what) in [
        (&RESEARCHER, What::Orcid),
        (&SCOPUS, What::Orcid),
        (&ACCOUNT, What::Number),
    ] {
        for found in pattern.captures_iter(text) {
            let first = (1..=3).find_map(|n| found.get(n));
            out.extend(first.map(|m| (m.range(), what)));
        }
    }
    for found in SPELT.captures_iter(text) {
        let place = found.get(2).map_or(String::new(), |m| m.as_str().to_lowercase());
        // “Look at the dot com bubble” is no address.
        let word = matches!(
            place.as_str(),
            "the" | "an" | "each" | "every" | "this" | "that" | "one" | "its"
        );
        if let Some(whole) = found.get(1).filter(|_| !word) {
            out.push((whole.range(), What::Email));
        }
    }
    out
}

/// How much of these digits is a telephone number: behind it a postcode can stand.
fn telephone(digits: &str, told: bool) -> Option<usize> {
    let ends = digits.match_indices(' ').map(|(at, _)| at);
    let mut ends: Vec<usize> = ends.chain([digits.len()]).collect();
    while let Some(end) = ends.pop() {
        if is_telephone(digits[..end].trim_end(), told) {
            return Some(end);
        }
    }
    None
}

/// Whether digits are a telephone number and no figures of a table: without a colon only one that is written as dialled.
fn is_telephone(number: &str, told: bool) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    // A Chinese mobile number has no nought in front.
    let mobile =
        digits == 11 && number.starts_with('1') && number.as_bytes().get(1).is_some_and(|b| *b > b'2');
    let dialled =
        number.starts_with(['+', '(', '0']) || number.contains('-') && !number.contains(' ') || mobile;
    let brackets = number.matches('(').count();
    // 12 (45.2), 2015-2019: shares, decimals and years.
    let decimal = number.split(['(', ')', ' ']).any(|p| {
        p.split_once('.').is_some_and(|(a, b)| {
            b.len() < 3 && (1..4).contains(&a.len()) && !b.is_empty() && !b.contains('.')
        })
    });
    let years = number
        .split(['-', '–', '/', ' '])
        .filter(|p| !p.is_empty())
        .all(|p| p.len() == 4 && (p.starts_with("19") || p.starts_with("20")));
    (7..=15).contains(&digits) && (told || dialled) && brackets < 2 && !decimal && !years
}

#[cfg(test)]
mod tests {
    fn cut(text: &str) -> Vec<&str> {
        super::find(text).into_iter().map(|(r, _)| &text[r]).collect()
    }

    #[test]
    fn what_a_label_tells() {
        for (text, gone) in [
            ("Tel.: +49 30 1234567, room 3", "+49 30 1234567"),
            ("Phone (020) 7946 0123", "(020) 7946 0123"),
            ("Fax: 555-0199-22.", "555-0199-22"),
            ("电话：010-62345678", "010-62345678"),
            ("手机：13800001111", "13800001111"),
            ("ResearcherID: AAB-1234-2019", "AAB-1234-2019"),
            ("Scopus Author ID 57190000000", "57190000000"),
            ("ORCID: 0000 0002 1825 0097", "ORCID: 0000 0002 1825 0097"),
            ("ORCID 0000000218250097", "ORCID 0000000218250097"),
            ("微信：quill_tides", "quill_tides"),
            ("WeChat: tq2020", "tq2020"),
            ("QQ：123456789", "123456789"),
            (
                "write to t.quill at tides-lab dot example dot org",
                "t.quill at tides-lab dot example dot org",
            ),
        ] {
            assert_eq!(cut(text), vec![gone], "{text}");
        }
    }

    #[test]
    fn figures_and_talk_stay() {
        for text in [
            "Mobile phone 120 (45.2) 143 (54.8)",
            "Mobile: 120 (45.2) 143 (54.8)",
            "telephone interviews 2015-2019",
            "Fax: 2015-2019",
            "by phone 3 times in 12 months",
            "look at the dot com bubble",
            "We met at noon. Each dot is a gull.",
            "WeChat: questionnaires were sent",
            "ORCID 0000000218250098",
            "web of science 2010",
            "HPV-1234-2019",
        ] {
            assert!(cut(text).is_empty(), "{text}: {:?}", cut(text));
        }
    }
}
