//! What is identity by its form alone: any e-mail, ORCID, personal page, folder of a person or number that a label tells; and the
//! words institutions are named with.

mod labelled;
mod paths;

use crate::matcher::Hit;
use crate::model::What;
use crate::names::Kind;
use regex::Regex;
use std::sync::LazyLock;

/// Compiles a pattern of ours; a broken one is a mistake that every test would show.
///
/// `\b` means a boundary of ASCII words: with that of Unicode the engine falls back to its slowest way on any text that
/// is not all ASCII, and takes Chinese letters beside a Latin word for part of it.
pub(crate) fn pattern(source: &str) -> Regex {
    #[allow(clippy::expect_used)]
    Regex::new(&ascii_boundaries(source)).expect("our own pattern")
}

/// A pattern with its word boundaries as in [`pattern`].
pub(crate) fn ascii_boundaries(source: &str) -> String {
    source.replace(r"\b", r"(?-u:\b)")
}

static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:[\{\(\[｛（][a-z0-9._%+\-,;|/\s]{1,300}[\}\)\]｝）]|[a-z0-9._%+\-]{1,80}(?:\s?[,;|]\s?[a-z0-9._%+\-]{1,40}){0,12}?)[\s\u{2063}]{0,2}(?:@|＠|\[at\]|\(at\))[\s\u{2063}]{0,2}(?:[a-z0-9](?:[a-z0-9\-]{0,62}[a-z0-9])?(?:\s?\.|\s?\[dot\]\s?|\s?\(dot\)\s?)){1,6}[a-z]{2,24}",
    )
});

static ORCID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid(?:\s?id)?\s?[:：]?\s?(?:iD)?\s?)?\b(\d{4})[-‐‑–]\s?(\d{4})[-‐‑–]\s?(\d{4})[-‐‑–]\s?(\d{3}[\dX])\b",
    )
});

static PROFILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:https?://)?(?:www\.)?(?:orcid\.org|(?:[a-z]{2,3}\.)?linkedin\.com/in|researchgate\.net/profile|scholar\.google\.[a-z.]{2,6}/citations|loop\.frontiersin\.org/people|publons\.com/(?:researcher|a)|webofscience\.com/wos/author|researcherid\.com/rid|scopus\.com/authid|twitter\.com|x\.com|[a-vx-z0-9\-][a-z0-9\-]+\.academia\.edu|[a-z0-9.\-]+/~[a-z0-9_\-]+)(?:/?[^\s,;<>）)\]]*)",
    )
});

static INSTITUTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:univ(?:ersity|ersität|ersidad|ersidade|ersita|ersitat|ersiteit)?|hospitals?|h[oô]pital|ospedale|klinik(?:um)?|clinic|dipartimento|departamento|département|istituto|instituto|institut(?:e|o|ion)?|college|academy|laborator(?:y|ies)|labs?|center|centre|school|facult(?:y|é)|foundation|polytechnic|politecnico|hochschule|infirmary|corporation|company|inc|ltd|gmbh|research group|department|dept|division)\b|\b(?:universit|facult|facolt)[àé]|大学|学院|医院|研究所|研究院|实验室|研究中心|医学中心|疾控中心|有限公司|卫生院|大學|學院|醫院|研究室",
    )
});

/// Whether words name an institution.
pub(crate) fn names_institution(words: &str) -> bool {
    INSTITUTION.is_match(words)
}

/// How many institutions a text seems to name.
pub(crate) fn institutions(words: &str) -> usize {
    INSTITUTION.find_iter(words).count()
}

/// Identity told by its form.
pub(crate) fn find(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut push = |start: usize, end: usize, what: What| {
        hits.push(Hit {
            start,
            end,
            what,
            kind: Kind::Exact,
            needle: usize::MAX,
        })
    };
    // The regexes only run where their one indispensable letter is present: most paragraphs have none.
    if text.contains(['@', '＠']) || text.contains("at]") || text.contains("at)") || text.contains("AT") {
        EMAIL
            .find_iter(text)
            .for_each(|m| push(m.start() + lead_in(m.as_str()), m.end(), What::Email));
    }
    for found in ORCID.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let digits: String = (1..=4).filter_map(|n| found.get(n)).map(|m| m.as_str()).collect();
        if checked(&digits) {
            push(whole.start(), whole.end(), What::Orcid);
        }
    }
    if text.contains(['~', '/']) {
        PROFILE
            .find_iter(text)
            .for_each(|m| push(m.start(), m.end() - trailing_stop(m.as_str()), What::Links));
    }
    for range in paths::find(text) {
        push(range.start, range.end, What::Paths);
    }
    for (range, what) in labelled::find(text) {
        push(range.start, range.end, what);
    }
    hits
}

/// A list such as "mail to x, a.b@x.edu" must not swallow the words before the address: only parts that look like addressees stay.
fn lead_in(found: &str) -> usize {
    if found.starts_with(['{', '(', '[', '｛', '（']) {
        return 0;
    }
    let Some(at) = found.find(['@', '＠']) else {
        return 0;
    };
    let head = &found[..at];
    match head.rfind([',', ';', '|']) {
        Some(_) if found[at..].len() > 3 && !head.contains([' ', '\n']) => 0,
        Some(last) => last + 1 + head[last + 1..].len() - head[last + 1..].trim_start().len(),
        None => 0,
    }
}

fn trailing_stop(found: &str) -> usize {
    found.len() - found.trim_end_matches(['.', ':', '。']).len()
}

/// The check digit of an ORCID (ISO 7064, mod 11-2).
fn checked(digits: &str) -> bool {
    let mut total = 0_u32;
    let mut letters = digits.chars();
    let Some(last) = letters.next_back() else {
        return false;
    };
    for c in letters {
        let Some(d) = c.to_digit(10) else {
            return false;
        };
        total = (total + d) * 2 % 11;
    }
    let want = (12 - total) % 11;
    last.to_ascii_uppercase()
        == if want == 10 {
            'X'
        } else {
            char::from_digit(want, 10).unwrap_or('0')
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        crate::matcher::merge(find(text))
            .iter()
            .map(|h| &text[h.start..h.end])
            .collect()
    }

    #[test]
    fn addresses_in_every_form() {
        for mail in [
            "t.quill@x-lab.example.org",
            "{t.quill, b_no}@cs.example.edu",
            "tq [at] example.org",
            "tq@example.co.uk",
            "(a|b)@example.it",
        ] {
            assert_eq!(cut(&format!("write to {mail}. Then")), vec![mail]);
        }
        assert!(cut("at 5 @ 3 degrees; p@0.05").is_empty());
    }

    #[test]
    fn orcids_need_their_check_digit() {
        assert_eq!(
            cut("see https://orcid.org/0000-0002-1825-0097 now"),
            vec!["https://orcid.org/0000-0002-1825-0097"]
        );
        assert!(cut("0000-0002-1825-0098").is_empty());
    }

    #[test]
    fn institutions_of_other_languages() {
        for name in [
            "Università degli Studi",
            "Université de Lille",
            "Faculté des sciences",
            "Ospedale Maggiore",
            "Hôpital Nord",
            "Dipartimento di Informatica",
        ] {
            assert!(names_institution(name), "{name}");
        }
        assert!(!names_institution("universal facts of a departure"));
    }

    #[test]
    fn personal_pages() {
        assert_eq!(
            cut("at http://example.edu/~tquill/data.html."),
            vec!["http://example.edu/~tquill/data.html"]
        );
        assert!(cut("a ~ b and 3/4").is_empty());
    }
}
