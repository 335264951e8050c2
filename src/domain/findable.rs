//! How texts and names are cut so that they can be found: words of Latin letters by their beginning, Chinese by any
//! part of two signs or more, authors by their exact name in any order and writing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without accents, full-width signs as plain ones.
fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .nfkc()
        .flat_map(char::to_lowercase)
        .collect()
}

fn han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Runs of Chinese signs, and runs of other letters and digits.
fn runs(text: &str) -> Vec<Vec<char>> {
    let mut out: Vec<Vec<char>> = Vec::new();
    let mut last = None;
    for c in fold(text).chars() {
        let kind = (c.is_alphanumeric()).then(|| han(c));
        match (kind, out.last_mut()) {
            (Some(_), Some(run)) if kind == last => run.push(c),
            (Some(_), _) => out.push(vec![c]),
            (None, _) => {}
        }
        last = kind;
    }
    out
}

/// The longest word that is kept, in characters: longer ones are cut.
const WORD: usize = 64;

/// The words under which texts are found, in order: of Chinese every pair of neighbours and the last sign, of others
/// each word.
pub fn words(texts: &[&str]) -> Vec<String> {
    let mut out = Vec::new();
    for run in texts.iter().flat_map(|text| runs(text)) {
        if han(run[0]) {
            out.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
            out.extend(run.last().map(char::to_string));
        } else {
            out.push(run.into_iter().take(WORD).collect());
        }
    }
    out
}

/// The words under which a number is found by any part of it: it without its dash from each sign on.
pub fn number_words(number: &str) -> Vec<String> {
    let signs: Vec<char> = fold(number).chars().filter(|c| c.is_alphanumeric()).collect();
    (0..signs.len().saturating_sub(1))
        .map(|from| signs[from..].iter().collect())
        .collect()
}

/// Something that must be there: words next to each other, the last perhaps only by its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The words.
    pub words: Vec<String>,
    /// Whether the last word may go on.
    pub prefix: bool,
}

/// The most terms that are looked for at once.
const TERMS: usize = 12;

/// What somebody typed into the search field: all of it must be there.
pub fn query(text: &str) -> Vec<Term> {
    let term = |run: Vec<char>| match (han(run[0]), run.len()) {
        (true, 1) | (false, _) => Term {
            words: vec![run.into_iter().take(WORD).collect()],
            prefix: true,
        },
        (true, _) => Term {
            words: run.windows(2).map(|pair| pair.iter().collect()).collect(),
            prefix: false,
        },
    };
    runs(text).into_iter().take(TERMS).map(term).collect()
}

/// A person's name as it is compared: in any order of its parts, with or without accents, hyphens and dots. Empty if
/// there is no letter in it.
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    let bare = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if folded.chars().any(han) {
        return bare(&folded);
    }
    let mut parts: Vec<String> = folded
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(bare)
        .filter(|part| !part.is_empty())
        .collect();
    parts.sort();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, query_: &str) -> bool {
        let words = words(&[text]);
        let here = |term: &Term, at: usize| {
            term.words.iter().enumerate().all(|(i, wanted)| {
                let last = i + 1 == term.words.len();
                words
                    .get(at + i)
                    .is_some_and(|w| w == wanted || (last && term.prefix && w.starts_with(wanted)))
            })
        };
        query(query_)
            .iter()
            .all(|term| (0..words.len()).any(|at| here(term, at)))
    }

    #[test]
    fn parts_of_chinese_and_beginnings_of_words_are_found() {
        let text = "2型糖尿病患者的血糖管理 Glycaemic control in type-2 diabetes: a naïve meta-analysis";
        for query in [
            "糖尿病",
            "尿病患",
            "糖",
            "管理",
            "理",
            "diab",
            "DIABETES control",
            "meta-analysis",
            "naive",
            "糖尿病 control",
            "２型",
        ] {
            assert!(found(text, query), "{query}");
        }
        for query in ["糖病", "患糖", "iabetes", "血压", "diabetes 血压"] {
            assert!(!found(text, query), "{query}");
        }
    }

    #[test]
    fn a_number_is_found_by_any_part() {
        let words = number_words("7KQ4-M2XR");
        let found = |text: &str| {
            query(text)
                .iter()
                .all(|term| words.iter().any(|w| w.starts_with(&term.words[0])))
        };
        for query in ["7KQ4-M2XR", "7kq4m2xr", "q4m2", "kq4-m2", "XR"] {
            assert!(found(query), "{query}");
        }
        assert!(!found("7KQ5"));
    }

    #[test]
    fn one_name_in_all_its_writings() {
        for same in ["Li Mingyuan", "Mingyuan LI", "LI, Ming-yuan", "  li   mingyuan "] {
            assert_eq!(name_key(same), "li mingyuan", "{same}");
        }
        assert_eq!(name_key("李 明远"), name_key("李明远"));
        assert_eq!(name_key("José O’Neil"), name_key("ONeil Jose"));
        assert_ne!(name_key("Li Ming Yuan"), name_key("Li Mingyue"));
        assert_eq!(name_key(" - "), "");
    }

    proptest::proptest! {
        #[test]
        fn every_part_of_a_chinese_text_is_found(text in "[一二三四五六七八九十]{2,20}", from in 0usize..19, len in 1usize..10) {
            let signs: Vec<char> = text.chars().collect();
            let from = from.min(signs.len() - 1);
            let part: String = signs[from..signs.len().min(from + len)].iter().collect();
            proptest::prop_assert!(found(&text, &part));
        }

        #[test]
        fn words_hold_nothing_that_an_index_could_misread(text in "\\PC{0,80}") {
            let all = words(&[&text]).into_iter().chain(query(&text).into_iter().flat_map(|t| t.words));
            for word in all {
                proptest::prop_assert!(!word.is_empty() && word.chars().all(char::is_alphanumeric), "{word:?}");
            }
        }
    }
}
