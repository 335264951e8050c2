//! Which passwords are not taken: too short, too long, or what everybody, or whoever knows the person, tries first.
//!
//! The list is our own. What stands in it follows the families that the published counts of leaked passwords have in
//! common (words of affection, names, animals, sport, brands, pinyin of common surnames and phrases, runs over the keyboard,
//! years and other digits); `OWASP ASVS` 5.0, 6.2.4 asks for the 3,000 most frequent. Entries are pieces and not whole
//! passwords: a password is refused if such pieces, digits, signs, repeats and runs over the keyboard cover all of it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Shortest password that is taken, in characters.
pub const MIN: usize = 10;
/// Longest password that is taken, in characters; `OWASP ASVS` 5.0, 6.2.9 asks for 64 at least.
pub const MAX: usize = 200;
/// Two pieces of the list together are enough from this length on.
const TWO_WORDS: usize = 15;

static COMMON: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| include_str!("password/common.txt").split_whitespace().collect());

/// Rows and columns of keys, and the alphabet: runs of three along them, in either direction, are no secret.
const RUNS: [&str; 14] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
    "qsdfghjklm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "zaqxswcdevfrbgtnhymju",
    "!@#$%^&*()",
];

/// Why a password is not taken: keys of translations. `own` are words that stand for the person and the journal: address,
/// names, the journal's name, the site's host.
pub fn weak(password: &str, own: &[String]) -> Option<&'static str> {
    let signs = password.chars().count();
    if signs < MIN {
        return Some("password-short");
    }
    if signs > MAX {
        return Some("password-long");
    }
    let folded: Vec<char> = password.nfkc().flat_map(char::to_lowercase).collect();
    let own = pieces(own);
    let words = fewest_words(&folded, &own);
    let easy = words.is_some_and(|n| n < 2 || (n == 2 && signs < TWO_WORDS));
    (easy || few_signs(&folded)).then_some("password-common")
}

/// Words of three letters and more out of what stands for the person.
fn pieces(own: &[String]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for text in own {
        let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
        let parts = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|p| !p.is_empty());
        let joined: String = parts.clone().collect();
        let long = |p: &str| p.chars().count() >= 3 || !p.is_ascii();
        out.extend(parts.filter(|p| long(p)).map(str::to_owned));
        if long(&joined) {
            out.insert(joined);
        }
    }
    out
}

/// A password of four different signs at most is a pattern, however long.
fn few_signs(signs: &[char]) -> bool {
    signs.iter().collect::<BTreeSet<_>>().len() <= 4
}

/// The letters for which a sign is often written.
fn looks_like(sign: char, letter: char) -> bool {
    sign == letter
        || matches!(
            (sign, letter),
            ('@' | '4', 'a')
                | ('8', 'b')
                | ('3', 'e')
                | ('6' | '9', 'g')
                | ('1' | '!' | '|', 'i' | 'l')
                | ('0', 'o')
                | ('$' | '5', 's')
                | ('7' | '+', 't')
                | ('2', 'z')
        )
}

/// How many words of the list cover the whole, with digits, signs, repeats and runs for nothing; None if they cannot.
fn fewest_words(signs: &[char], own: &BTreeSet<String>) -> Option<usize> {
    let mut fewest: Vec<Option<usize>> = vec![None; signs.len() + 1];
    fewest[0] = Some(0);
    for at in 0..signs.len() {
        let Some(words) = fewest[at] else { continue };
        let rest = &signs[at..];
        let mut reach = |length: usize, cost: usize| {
            let there = &mut fewest[at + length];
            *there = Some(there.map_or(words + cost, |n| n.min(words + cost)));
        };
        if rest[0].is_ascii_digit() || (rest[0].is_ascii() && !rest[0].is_ascii_alphanumeric()) {
            reach(1, 0);
        }
        (3..=repeat(rest)).for_each(|n| reach(n, 0));
        (3..=run(rest)).for_each(|n| reach(n, 0));
        for word in COMMON.iter().copied().chain(own.iter().map(String::as_str)) {
            let length = word.chars().count();
            if length <= rest.len()
                && word
                    .chars()
                    .zip(rest)
                    .all(|(letter, sign)| looks_like(*sign, letter))
            {
                reach(length, 1);
            }
        }
    }
    fewest[signs.len()]
}

/// How often the first sign stands in a row.
fn repeat(signs: &[char]) -> usize {
    signs.iter().take_while(|sign| **sign == signs[0]).count()
}

/// How far the signs follow a row or column of keys, in either direction.
fn run(signs: &[char]) -> usize {
    let along =
        |row: &mut dyn Iterator<Item = char>| row.zip(signs).take_while(|(key, sign)| key == *sign).count();
    let each = |row: &&str| {
        let keys: Vec<char> = row.chars().collect();
        let starts = (0..keys.len()).filter(|i| keys[*i] == signs[0]);
        starts
            .map(|i| along(&mut keys[i..].iter().copied()).max(along(&mut keys[..=i].iter().rev().copied())))
            .max()
            .unwrap_or(0)
    };
    RUNS.iter().map(each).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Vec<String> {
        [
            "lihua.chen@cardio.example.org",
            "陈丽华",
            "Chen Lihua",
            "Journal of Clinical Health",
        ]
        .map(str::to_owned)
        .into()
    }

    #[test]
    fn the_list_is_long_and_without_doubles() {
        let entries = include_str!("password/common.txt").split_whitespace().count();
        assert!(entries >= 1000, "{entries}");
        assert_eq!(entries, COMMON.len());
    }

    #[test]
    fn what_everybody_tries_is_refused() {
        for bad in [
            "1234567890",
            "0987654321",
            "1111111111",
            "password12",
            "Password123",
            "P@ssw0rd!!",
            "passwordpassword",
            "qwertyuiop",
            "qwerty12345",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "zaq12wsxcde3",
            "qazwsxedcrfv",
            "asdfghjkl;",
            "zxcvbnm123",
            "iloveyou12",
            "ILoveYou2024",
            "woaini1314",
            "woaini520520",
            "5201314520",
            "aa123456789",
            "a123456789",
            "abc123abc123",
            "abcdefghij",
            "abcd1234abcd",
            "football2023",
            "Liverpool1!",
            "princess123",
            "sunshine99",
            "dragon12345",
            "monkey2020",
            "superman007",
            "michael1985",
            "jennifer!!",
            "charlie2010",
            "welcome2025",
            "Welcome@123",
            "admin123456",
            "administrator",
            "letmein123",
            "changeme123",
            "zhangwei1988",
            "wangfang123",
            "nihao123456",
            "beijing2008",
            "woaizhongguo",
            "trustno1!!",
            "starwars77",
            "harrypotter",
            "pokemon1234",
            "minecraft1",
            "samsung2019",
            "123456789a",
            "987654321z",
            "112233445566",
            "19880808888",
            "13812345678",
            "2026-11-25",
            "aaaaaaaaaa",
            "ababababab",
            "!@#$%^&*()",
            "summer2026!",
            "Ｐａｓｓｗｏｒｄ１２",
            "editor2026",
            "reviewer12345",
            "xuebao2026",
        ] {
            assert_eq!(weak(bad, &own()), Some("password-common"), "{bad}");
        }
    }

    #[test]
    fn what_whoever_knows_one_tries_is_refused() {
        for bad in [
            "lihuachen1990",
            "LihuaChen!!",
            "chenlihua88",
            "cardio12345",
            "陈丽华12345678",
            "lihua.chen@cardio.example.org",
            "clinical2026",
            "Ch3nL1hu@99",
        ] {
            assert_eq!(weak(bad, &own()), Some("password-common"), "{bad}");
        }
        assert_eq!(
            weak("lihua12345", &[]),
            None,
            "only whoever it stands for may not take it"
        );
    }

    #[test]
    fn phrases_and_random_signs_are_taken() {
        for good in [
            "three green lamps",
            "four brown lamps",
            "correct horse battery staple",
            "三盏绿灯照着两条小河流",
            "x7#kQ9!vTz",
            "gnu-folds-a-map",
            "Trzy zielone lampy",
            "wobbly kettle 9",
            "kPz4wQx9Lm",
        ] {
            assert_eq!(weak(good, &own()), None, "{good}");
        }
        assert_eq!(weak("short", &[]), Some("password-short"));
        assert_eq!(weak(&"w0bbly kettle ".repeat(20), &[]), Some("password-long"));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_typed_gets_an_answer(text in "\\PC{0,60}") {
            weak(&text, &own());
        }

        #[test]
        fn a_word_with_digits_round_it_is_never_taken(word in 0usize..1000, before in 0u32..9999, after in 0u32..99_999_999) {
            let word = COMMON.iter().nth(word).unwrap();
            let password = format!("{before:04}{word}{after:08}");
            proptest::prop_assert_eq!(weak(&password, &[]), Some("password-common"));
        }
    }
}
