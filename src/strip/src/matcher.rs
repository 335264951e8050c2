//! Finds an identity's words in a text, however they are spaced, split and accented.

mod affiliations;
mod sequences;
mod terms;

use crate::common;
use crate::flow;
use crate::fold::{Folded, fold};
use crate::forms;
use crate::judge::{Line, accept};
use crate::model::{Identity, Person, What};
use crate::names::{self, Kind, Needle, Needles};
use affiliations::add_affiliation;
use aho_corasick::AhoCorasick;
use regex::Regex;
use sequences::Sequence;
use std::borrow::Cow;
use terms::{add_addresses, add_term};

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
    sequences: Vec<Sequence>,
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
        let mut sequences = Vec::new();
        for term in &identity.terms {
            match Sequence::of(term) {
                Some(sequence) => sequences.push(sequence),
                None => add_term(term, &mut all),
            }
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
            sequences,
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
        let mut hits = merge(hits);
        if !self.sequences.is_empty() {
            let folded = Folded::new(text);
            let found = self.sequences.iter().flat_map(|s| s.find(text, &folded, &hits));
            let found: Vec<Hit> = found.collect();
            hits.extend(found);
            hits = merge(hits);
        }
        hits
    }

    /// The same, where letters that only look Latin are read as what they look like.
    pub fn find_as_read(&self, text: &str, head: bool) -> Vec<Hit> {
        let read = match flow::as_read(text) {
            Cow::Borrowed(text) => return self.find(text, head),
            Cow::Owned(read) => read,
        };
        let place = |at| flow::written_at(at, &read, text);
        let hits = self.find(&read, head).into_iter();
        hits.map(|h| Hit {
            start: place(h.start),
            end: place(h.end),
            ..h
        })
        .collect()
    }

    /// Hits of what the identity lists, not merged. A long text is searched stretch by stretch, since folded it takes many times
    /// its room.
    pub fn known(&self, text: &str, head: bool) -> Vec<Hit> {
        if self.search.is_none() {
            return Vec::new();
        }
        let line = if !head || text.chars().count() >= 160 {
            Line::Text
        } else if ["等", "et al", "ET AL", " and ", " & "]
            .iter()
            .any(|w| text.contains(w))
            || self.lists_names(text)
        {
            Line::Names
        } else {
            Line::Head
        };
        let mut hits = Vec::new();
        let mut from = 0;
        while from < text.len() {
            let to = text.ceil_char_boundary(from.saturating_add(STRETCH));
            let left = text.floor_char_boundary(from.saturating_sub(AROUND));
            let right = text.ceil_char_boundary(to.saturating_add(AROUND));
            let own = self
                .in_stretch(&text[left..right], line)
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

    /// Whether a line lists two of the authors or more by their surnames.
    fn lists_names(&self, line: &str) -> bool {
        let named = |piece: &&str| {
            let folded = fold(piece.trim_matches(|c: char| !c.is_alphabetic()));
            let own = |n: &Needle| matches!(n.kind, Kind::Head | Kind::Surname) && n.folded == folded;
            !folded.is_empty() && self.needles.iter().any(own)
        };
        line.split([',', '，', '/', ';', '\t']).filter(named).count() > 1
    }

    fn in_stretch(&self, text: &str, line: Line) -> Vec<Hit> {
        let Some(search) = &self.search else {
            return Vec::new();
        };
        let folded = Folded::new(text);
        let mut hits = Vec::new();
        for found in search.find_overlapping_iter(&folded.text) {
            let index = found.pattern().as_usize();
            let needle = &self.needles[index];
            if let Some((start, end)) = accept(needle, text, &folded, found.start(), found.end(), line) {
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

    /// An author was shown “approved by the […] board” and wants it out.
    #[test]
    fn words_that_were_shown_with_cuts_are_found_around_them() {
        let person = Person {
            name: "Tamsin Quillfeather".into(),
            native_name: "沈玉兰".into(),
            affiliations: vec!["东陵海洋大学附属医院".into()],
            ..Person::default()
        };
        let gone = |text: &str, term: &str| {
            let identity = Identity {
                people: vec![person.clone()],
                terms: vec![term.into()],
                ..Identity::default()
            };
            let hits = Matcher::new(&identity).find(text, false);
            let mut left = text.to_owned();
            hits.iter()
                .rev()
                .for_each(|h| left.replace_range(h.start..h.end, "_"));
            left
        };
        let text = "本研究经东陵海洋大学附属医院伦理委员会批准（2020-01）。本研究经批准。";
        assert_eq!(
            gone(text, "本研究经［略］伦理委员会批准（2020-01）"),
            "_）。本研究经批准。"
        );
        let text = "As Quillfeather and Tamsin Quillfeather showed, gulls fly. Others showed more.";
        assert_eq!(gone(text, "As […] showed"), "_, gulls fly. Others showed more.");
        assert_eq!(
            gone(text, "[…] showed"),
            "As _ and _ _, gulls fly. Others showed more."
        );
        let text = "Tides, by Tamsin Quillfeather. Tides of others.";
        assert_eq!(gone(text, "Tides, by […]"), "_ _. Tides of others.");
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
