//! Finds an identity's words in a text, however they are spaced, split and accented.

use crate::common;
use crate::fold::{Folded, fold, is_cjk};
use crate::forms;
use crate::judge::accept;
use crate::model::{Identity, Person, What};
use crate::names::{self, Kind, Needle, Needles};
use aho_corasick::AhoCorasick;
use regex::Regex;

/// A stretch of a text that is identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub start: usize,
    pub end: usize,
    pub what: What,
    pub kind: Kind,
    /// Which needle it was; `usize::MAX` when the form alone told.
    pub needle: usize,
}

/// Everything known about an identity, ready to be looked for.
pub(crate) struct Matcher {
    needles: Vec<Needle>,
    search: Option<AhoCorasick>,
    /// The author's initials, such as `TQ`.
    pub initials: Vec<String>,
    /// An author's widespread surname with "et al.": perhaps the author, perhaps another.
    pub cited: Option<Regex>,
    /// The keys of findings that are settled.
    pub keep: Vec<String>,
}

impl Matcher {
    pub fn new(identity: &Identity) -> Self {
        let mut all = Needles::default();
        let mut initials = Vec::new();
        for person in &identity.people {
            names::add_person(person, &mut all);
            add_addresses(person, &mut all);
            for line in &person.affiliations {
                add_affiliation(line, &mut all);
            }
            initials.extend(names::initials(person));
        }
        for term in &identity.terms {
            add_term(term, &mut all);
        }
        initials.sort();
        initials.dedup();
        let needles = all.into_vec();
        let cited = cited_pattern(&identity.people);
        let search = if needles.is_empty() {
            None
        } else {
            AhoCorasick::new(needles.iter().map(|n| n.folded.as_str())).ok()
        };
        Matcher {
            needles,
            search,
            initials,
            cited,
            keep: identity.keep.clone(),
        }
    }

    /// The needle's own words, for a report.
    pub fn label(&self, hit: &Hit) -> Option<&str> {
        self.needles.get(hit.needle).map(|n| n.label.as_str())
    }

    /// Whether an identifier, in which words are run together, holds a surname that is nothing else.
    pub fn in_identifier(&self, identifier: &str) -> bool {
        let folded = fold(identifier);
        let rare = |n: &&Needle| n.kind == Kind::Surname && n.folded.len() > 5 || n.kind == Kind::Native;
        self.needles
            .iter()
            .filter(rare)
            .any(|n| folded.contains(&n.folded))
    }

    /// All hits, in order, overlapping ones merged. `head`: the text is a running head, where a common surname is identity too.
    pub fn find(&self, text: &str, head: bool) -> Vec<Hit> {
        let mut hits = self.known(text, head);
        hits.extend(forms::find(text));
        merge(hits)
    }

    /// Hits of what the identity lists, not merged. A long text is searched stretch by stretch, since folded it takes many times
    /// its room.
    pub fn known(&self, text: &str, head: bool) -> Vec<Hit> {
        if self.search.is_none() {
            return Vec::new();
        }
        let head = head
            && (text.chars().count() < 160
                && (text.contains('等')
                    || text.contains("et al")
                    || text.contains("ET AL")
                    || text.contains(" and ")
                    || text.contains(" & ")));
        let mut hits = Vec::new();
        let mut from = 0;
        while from < text.len() {
            let to = text.ceil_char_boundary(from.saturating_add(STRETCH));
            let left = text.floor_char_boundary(from.saturating_sub(AROUND));
            let right = text.ceil_char_boundary(to.saturating_add(AROUND));
            let own = self
                .in_stretch(&text[left..right], head)
                .into_iter()
                .map(|h| Hit {
                    start: h.start + left,
                    end: h.end + left,
                    ..h
                });
            hits.extend(own.filter(|h| (from..to).contains(&h.start)));
            from = to;
        }
        hits
    }

    fn in_stretch(&self, text: &str, head: bool) -> Vec<Hit> {
        let Some(search) = &self.search else {
            return Vec::new();
        };
        let folded = Folded::new(text);
        let mut hits = Vec::new();
        for found in search.find_overlapping_iter(&folded.text) {
            let index = found.pattern().as_usize();
            let needle = &self.needles[index];
            if let Some((start, end)) = accept(needle, text, &folded, found.start(), found.end(), head) {
                hits.push(Hit {
                    start,
                    end,
                    what: what(needle),
                    kind: needle.kind,
                    needle: index,
                });
            }
        }
        hits
    }
}

/// So many bytes are searched together, with so many around them that a hit may reach into and that tell what it is.
const STRETCH: usize = 1 << 20;
const AROUND: usize = 8 << 10;

fn cited_pattern(people: &[Person]) -> Option<Regex> {
    let mut all: Vec<String> = people
        .iter()
        .filter_map(|p| p.name.split_whitespace().next_back())
        .filter(|s| s.chars().all(char::is_alphabetic) && common::is_widespread(&fold(s)))
        .map(regex::escape)
        .collect();
    all.sort();
    all.dedup();
    if all.is_empty() {
        None
    } else {
        let cited = format!(r"\b(?:{})\s+et\s+al\b\.?", all.join("|"));
        Regex::new(&forms::ascii_boundaries(&cited)).ok()
    }
}

fn what(needle: &Needle) -> What {
    match needle.kind {
        Kind::Exact
            if needle.folded.len() == 16
                && needle.folded.bytes().all(|b| b.is_ascii_digit() || b == b'x') =>
        {
            What::Orcid
        }
        Kind::Exact => What::Email,
        Kind::Term if needle.folded.chars().filter(char::is_ascii_digit).count() >= 4 => What::Number,
        Kind::Term => What::Term,
        Kind::Affiliation => What::Affiliation,
        _ => What::Name,
    }
}

/// Sorts hits and joins those that overlap; the longest names the kind.
pub(crate) fn merge(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|h| (h.start, std::cmp::Reverse(h.end)));
    let mut out: Vec<Hit> = Vec::new();
    for hit in hits {
        match out.last_mut() {
            Some(last) if hit.start < last.end => {
                if hit.end - hit.start > last.end - last.start {
                    last.what = hit.what;
                    last.kind = hit.kind;
                    last.needle = hit.needle;
                }
                last.end = last.end.max(hit.end);
            }
            _ => out.push(hit),
        }
    }
    out
}

fn add_addresses(person: &Person, out: &mut Needles) {
    let email = person.email.trim();
    if let Some((local, _)) = email.split_once('@') {
        out.push(&[(&fold(email), false)], Kind::Exact, email);
        let bare = fold(local);
        let surnames = names::surnames(person);
        let own = surnames
            .iter()
            .chain(std::iter::once(&fold(&person.name)))
            .any(|n| n.chars().count() > 2 && shares(&bare, n));
        if bare.len() >= 6 && !common::is_common(&bare) && (own || bare.bytes().any(|b| b.is_ascii_digit())) {
            out.push(&[(&bare, false)], Kind::Exact, email);
        }
    }
    let digits: String = person
        .orcid
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X'))
        .collect();
    let digits = fold(&digits);
    if digits.len() >= 16 {
        out.push(
            &[(&digits[digits.len() - 16..], false)],
            Kind::Exact,
            person.orcid.trim(),
        );
    }
}

fn shares(local: &str, name: &str) -> bool {
    name.as_bytes()
        .windows(3)
        .any(|w| local.as_bytes().windows(3).any(|l| l == w))
}

fn add_term(term: &str, out: &mut Needles) {
    let folded = fold(term);
    let size = folded.chars().count();
    if size >= 3 || (size == 2 && folded.chars().any(is_cjk)) {
        out.push(&[(&folded, false)], Kind::Term, term.trim());
    }
    // A telephone number with its country's code or with the nought of calls within the country, or with both.
    let dialled =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '/' | '.' | '\u{A0}');
    let abroad = term.trim().starts_with(['+', '(']) || folded.starts_with("00");
    if term.trim().chars().all(dialled) && abroad && folded.len() >= 10 {
        for code in 1..=3 {
            let within = folded.trim_start_matches("00");
            let (code, rest) = within.split_at(code);
            let rest = rest.trim_start_matches('0');
            if rest.len() >= 7 {
                out.push(&[(&format!("0{rest}"), false)], Kind::Term, term.trim());
                out.push(&[(&format!("{code}0{rest}"), false)], Kind::Term, term.trim());
                out.push(&[(&format!("{code}{rest}"), false)], Kind::Term, term.trim());
            }
        }
    }
}

fn add_affiliation(line: &str, out: &mut Needles) {
    let mut parts = vec![line.to_owned()];
    parts.extend(
        line.split([',', ';', '，', '；', '、', '|'])
            .filter(|p| forms::names_institution(p))
            .map(str::to_owned),
    );
    for part in parts {
        let label = part.trim();
        let words: Vec<&str> = part
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        if words.iter().all(|w| w.chars().all(|c| !is_cjk(c))) && words.len() < 2 {
            continue;
        }
        let mut forms = vec![part.to_lowercase()];
        forms.extend(turned(&forms[0]));
        for (long, shorts) in SHORTENINGS {
            for form in forms.clone().iter().filter(|f| f.contains(long)) {
                forms.extend(shorts.iter().map(|s| form.replace(long, s)));
            }
        }
        for form in forms {
            let folded = fold(&form);
            if folded.chars().count() > 3 {
                out.push(&[(&folded, false)], Kind::Affiliation, label);
            }
        }
        // 某某大学附属医院: the university alone says as much.
        for suffix in ["大学", "学院", "医院", "研究院", "研究所", "大學", "學院", "醫院"] {
            if let Some(at) = part.find(suffix) {
                let head = &part[..at + suffix.len()];
                if fold(head).chars().count() > suffix.chars().count() + 1 {
                    out.push(&[(&fold(head), false)], Kind::Affiliation, label);
                    for (long, shorts) in SHORTENINGS.iter().filter(|(long, _)| head.contains(long)) {
                        for short in *shorts {
                            out.push(
                                &[(&fold(&head.replace(long, short)), false)],
                                Kind::Affiliation,
                                label,
                            );
                        }
                    }
                }
            }
        }
    }
}

/// What institutions' names are usually shortened to.
const SHORTENINGS: &[(&str, &[&str])] = &[
    ("university", &["univ", "uni"]),
    ("hospital", &["hosp"]),
    ("department", &["dept", "dep"]),
    ("institute", &["inst"]),
    ("laboratory", &["lab"]),
    ("附属第一医院", &["附一院", "附属一院", "第一附属医院"]),
    ("附属第二医院", &["附二院", "附属二院", "第二附属医院"]),
    ("附属第三医院", &["附三院", "第三附属医院"]),
    ("第一附属医院", &["附一院", "一附院", "附属第一医院"]),
    ("第二附属医院", &["附二院", "二附院", "附属第二医院"]),
    ("第一人民医院", &["一院", "第一医院"]),
    ("人民医院", &["医院"]),
];

/// “University of X” is also written “X University”, “Univ X”, and the other way round.
fn turned(lower: &str) -> Vec<String> {
    let bare = lower.trim().trim_start_matches("the ");
    let mut out = Vec::new();
    for kind in ["university", "college", "institute", "hospital"] {
        if let Some(place) = bare.strip_prefix(&format!("{kind} of ")) {
            let place = place.trim_start_matches("the ");
            if !place.contains(" and ") && place.split_whitespace().count() < 4 {
                out.push(format!("{place} {kind}"));
                out.push(format!("{kind} {place}"));
            }
        } else if let Some(place) = bare.strip_suffix(&format!(" {kind}"))
            && place.split_whitespace().count() < 3
        {
            out.push(format!("{kind} of {place}"));
        }
    }
    // “Institute of technology” turned round names nobody.
    out.retain(|f| f.split_whitespace().count() > 1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, person: Person) -> Vec<String> {
        let m = Matcher::new(&Identity {
            people: vec![person],
            ..Identity::default()
        });
        m.find(text, false)
            .iter()
            .map(|h| text[h.start..h.end].to_owned())
            .collect()
    }

    fn named(name: &str) -> Person {
        Person {
            name: name.into(),
            ..Person::default()
        }
    }

    #[test]
    fn variants_of_a_rare_name() {
        for text in [
            "Tamsin Quillfeather",
            "QUILLFEATHER Tamsin",
            "Quillfeather, Tamsin",
            "T. Quillfeather",
            "T. R. Quillfeather",
            "Quillfeather TR",
            "Quillfeather",
            "Tamsin R. Quillfeather",
            "Tam-\nsin Quill-\nfeather",
            "T\u{301}amsin  Quillf\u{AD}eather",
            "Ｔａｍｓｉｎ Ｑｕｉｌｌｆｅａｔｈｅｒ",
            "TamsinQuillfeather",
        ] {
            assert_eq!(
                found(&format!("by {text} in"), named("Tamsin Quillfeather")),
                vec![text],
                "{text}"
            );
        }
    }

    #[test]
    fn common_words_stay() {
        for text in [
            "in May 2020 the park",
            "May I ask",
            "Park et al. found",
            "Li-S cells and Li, Na",
            "the mean of May, A study",
            "can the man",
        ] {
            for name in ["Theresa May", "Jin Park", "Shan Li", "An May"] {
                assert!(
                    found(text, named(name)).is_empty(),
                    "{text} / {name}: {:?}",
                    found(text, named(name))
                );
            }
        }
    }

    #[test]
    fn chinese_names() {
        let p = Person {
            native_name: "沈玉兰".into(),
            ..Person::default()
        };
        assert_eq!(
            found("由沈　玉 兰等完成，Yulan Shen和SHEN Yu-lan，Y. L. Shen", p).len(),
            4
        );
    }

    #[test]
    fn a_hit_over_the_end_of_a_stretch_is_found_once() {
        for before in [STRETCH - 22, STRETCH - 9, STRETCH, 2 * STRETCH - 5] {
            let text = format!(
                "{}Tamsin Quillfeather {}",
                "ä ".repeat(before / 3),
                "x ".repeat(STRETCH)
            );
            assert_eq!(
                found(&text, named("Tamsin Quillfeather")),
                ["Tamsin Quillfeather"],
                "{before}"
            );
        }
    }

    #[test]
    fn no_hit_inside_words() {
        assert!(found("Madam Quillfeatherstone", named("Adam Quillfeather")).is_empty());
        assert_eq!(
            found("the ligh\u{AD}t Quillfeather", named("Tamsin Quillfeather")),
            ["Quillfeather"]
        );
        assert_eq!(
            found("Quillfeather¹ and Quillfeather's", named("Adam Quillfeather")).len(),
            2
        );
    }
}
