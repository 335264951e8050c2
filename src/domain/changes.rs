//! What changed between two rounds of a text (`RULES.md` 4): sentence by sentence, and in a sentence word by word, so that
//! another line break or page is no change.

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};

/// How long the comparison of two texts may take; beyond it, it gets coarser.
const TIME: Duration = Duration::from_secs(2);

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// They stand in both.
    Same,
    /// They are gone.
    Gone,
    /// They are new.
    New,
}

/// Words with one fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What became of them.
    pub fate: Fate,
}

/// A place that changed, with the sentence before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The sentence before, which is the same in both; empty at the beginning.
    pub after: String,
    /// The words, old and new.
    pub pieces: Vec<Piece>,
}

/// The sentences of passages: each passage ends one.
pub fn sentences(passages: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for passage in passages {
        let mut begun = String::new();
        let mut letters = passage.chars().peekable();
        while let Some(letter) = letters.next() {
            begun.push(if letter.is_whitespace() { ' ' } else { letter });
            let ends = match letter {
                '。' | '！' | '？' | '；' => true,
                '.' | '!' | '?' => letters.peek().is_some_and(|next| next.is_whitespace()),
                _ => false,
            };
            if ends {
                close(&mut begun, &mut out);
            }
        }
        close(&mut begun, &mut out);
    }
    out
}

fn close(begun: &mut String, out: &mut Vec<String>) {
    let words: Vec<&str> = begun.split_whitespace().collect();
    if !words.is_empty() {
        out.push(words.join(" "));
    }
    begun.clear();
}

/// The running text of pages: without what stands on half of them, such as a running head, and without page numbers.
pub fn running_text(pages: &[String]) -> String {
    let known = |line: &str| -> String { line.chars().filter(|c| !c.is_numeric()).collect() };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut own: Vec<String> = page.lines().map(|line| known(line.trim())).collect();
        own.sort();
        own.dedup();
        for line in own {
            *seen.entry(line).or_default() += 1;
        }
    }
    let most = (pages.len() / 2).max(2);
    let mut out = String::new();
    for line in pages.iter().flat_map(|page| page.lines()).map(str::trim) {
        let key = known(line);
        if line.is_empty() || key.trim().is_empty() || seen.get(&key).is_some_and(|n| *n > most) {
            continue;
        }
        let han = |c: Option<char>| {
            c.is_some_and(|c| ('\u{2e80}'..='\u{9fff}').contains(&c) || c == '。' || c == '，')
        };
        if out.ends_with('-') && line.starts_with(char::is_lowercase) {
            out.pop();
        } else if !(out.is_empty() || han(out.chars().last()) && han(line.chars().next())) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// The places that changed, in the order of the new text.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a comparison takes is no instant of the journal"
)]
pub fn changes(old: &[String], new: &[String]) -> Vec<Change> {
    let until = Instant::now() + TIME;
    let ops = capture_diff_slices_deadline(Algorithm::Patience, old, new, Some(until));
    ops.iter()
        .filter(|op| op.tag() != DiffTag::Equal)
        .map(|op| {
            let before = op.new_range().start.checked_sub(1);
            let text = |all: &[String], range: Range<usize>| all[range].join(" ");
            Change {
                after: before.map(|at| new[at].clone()).unwrap_or_default(),
                pieces: pieces(&text(old, op.old_range()), &text(new, op.new_range()), until),
            }
        })
        .collect()
}

/// Words, single Chinese characters, and what stands between them.
fn tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut word = false;
    for (at, letter) in text.char_indices() {
        let own = letter.is_alphanumeric() && !('\u{2e80}'..='\u{9fff}').contains(&letter);
        if at > from && !(own && word) {
            out.push(&text[from..at]);
            from = at;
        }
        word = own;
    }
    if from < text.len() {
        out.push(&text[from..]);
    }
    out
}

fn pieces(old: &str, new: &str, until: Instant) -> Vec<Piece> {
    let (a, b) = (tokens(old), tokens(new));
    let mut out: Vec<Piece> = Vec::new();
    let mut push = |text: String, fate: Fate| {
        if text.is_empty() {
            return;
        }
        match out.last_mut() {
            Some(last) if last.fate == fate => last.text.push_str(&text),
            _ => out.push(Piece { text, fate }),
        }
    };
    for op in capture_diff_slices_deadline(Algorithm::Myers, &a, &b, Some(until)) {
        let (gone, come) = (a[op.old_range()].concat(), b[op.new_range()].concat());
        match op.tag() {
            DiffTag::Equal => push(come, Fate::Same),
            _ => {
                push(gone, Fate::Gone);
                push(come, Fate::New);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn only_what_changed_is_told_word_by_word() {
        let old = sentences(&texts(&["Gulls eat. They eat 12 fish a day. The end."]));
        let new = sentences(&texts(&["Gulls eat.", "They eat 14 fish a day.", "The end."]));
        let found = changes(&old, &new);
        assert_eq!(found.len(), 1, "a paragraph that was split is no change");
        assert_eq!(found[0].after, "Gulls eat.");
        let said: Vec<(&str, Fate)> = found[0]
            .pieces
            .iter()
            .map(|p| (p.text.as_str(), p.fate))
            .collect();
        let expected = [
            ("They eat ", Fate::Same),
            ("12", Fate::Gone),
            ("14", Fate::New),
            (" fish a day.", Fate::Same),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn chinese_is_compared_by_characters() {
        let old = sentences(&texts(&["共纳入120例。随访十二周。"]));
        let new = sentences(&texts(&["共纳入164例。随访十二周。"]));
        let found = changes(&old, &new);
        assert_eq!(found.len(), 1);
        assert!(found[0].pieces.contains(&Piece {
            text: "164".into(),
            fate: Fate::New
        }));
    }

    #[test]
    fn pages_are_read_as_running_text() {
        let pages = texts(&[
            "Tides 1\nWe mea-\nsured gulls at",
            "Tides 2\nthree harbours.\n2",
            "Tides 3\nThe end.",
        ]);
        assert_eq!(
            running_text(&pages),
            "We measured gulls at three harbours. The end."
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_invented(
            old in proptest::collection::vec("[a-c甲乙 ]{0,6}", 0..12),
            new in proptest::collection::vec("[a-c甲乙 ]{0,6}", 0..12),
        ) {
            let (old, new) = (sentences(&old), sentences(&new));
            let of = |fate: Fate| -> String {
                changes(&old, &new)
                    .iter()
                    .flat_map(|c| c.pieces.clone())
                    .filter(|p| p.fate == fate || p.fate == Fate::Same)
                    .map(|p| p.text)
                    .collect()
            };
            let squeezed = |text: String| text.replace(' ', "");
            // Every changed place holds all of its old and all of its new words.
            let ops = capture_diff_slices_deadline(Algorithm::Patience, &old, &new, None);
            let whole = |new_side: bool| -> String {
                ops.iter()
                    .filter(|op| op.tag() != DiffTag::Equal)
                    .map(|op| match new_side {
                        true => new[op.new_range()].concat(),
                        false => old[op.old_range()].concat(),
                    })
                    .collect()
            };
            proptest::prop_assert_eq!(squeezed(of(Fate::Gone)), squeezed(whole(false)));
            proptest::prop_assert_eq!(squeezed(of(Fate::New)), squeezed(whole(true)));
        }
    }
}
