//! Surnames that are also words, methods, diseases, or borne by millions: alone they say nothing and are left alone.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a folded surname, standing alone, is no identity.
pub(crate) fn is_common(folded: &str) -> bool {
    folded.chars().count() < 4
        || is_pinyin(folded)
        || WORDS.contains(folded)
        || SURNAMES.contains(folded)
        || EPONYMS.contains(folded)
}

/// Whether so many people bear a folded surname that it tells nothing even where an author is cited.
pub(crate) fn is_widespread(folded: &str) -> bool {
    folded.chars().count() < 3 || is_pinyin(folded) || SURNAMES.contains(folded)
}

/// Whether a folded surname is also an ordinary word, so that even an initial beside it proves little.
pub(crate) fn is_word(folded: &str) -> bool {
    folded.len() < 3 || WORDS.contains(folded)
}

/// Whether a folded string is one syllable of Mandarin in pinyin.
pub(crate) fn is_pinyin(folded: &str) -> bool {
    const FINALS: &[&str] = &[
        "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "i", "ia", "iao", "ie", "iu",
        "ian", "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "v", "ve",
        "ue", "er", "yu",
    ];
    if !folded.is_ascii() || folded.is_empty() || folded.len() > 6 {
        return false;
    }
    let onset = match folded.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [
            b'b' | b'p' | b'm' | b'f' | b'd' | b't' | b'n' | b'l' | b'g' | b'k' | b'h' | b'j' | b'q' | b'x'
            | b'r' | b'z' | b'c' | b's' | b'y' | b'w',
            ..,
        ] => 1,
        _ => 0,
    };
    FINALS.contains(&&folded[onset..])
}

/// Surnames of two characters, which must not be taken for a surname of one.
pub(crate) const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "司马", "诸葛", "上官", "司徒", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文",
    "长孙", "轩辕", "端木", "南宫", "西门", "独孤", "呼延", "歐陽", "司馬", "諸葛", "東方", "尉遲", "公孫",
    "長孫",
];

/// Surnames that sound otherwise than the same character elsewhere, or have more than one official spelling.
pub(crate) const SURNAME_SOUNDS: &[(&str, &str)] = &[
    ("单", "shan"),
    ("解", "xie"),
    ("仇", "qiu"),
    ("曾", "zeng"),
    ("查", "zha"),
    ("区", "ou"),
    ("朴", "piao pu park"),
    ("缪", "miao"),
    ("乐", "yue"),
    ("覃", "qin tan"),
    ("冼", "xian"),
    ("翟", "zhai di"),
    ("盖", "ge gai"),
    ("员", "yun"),
    ("尉迟", "yuchi"),
    ("万俟", "moqi"),
    ("繁", "po"),
    ("召", "shao"),
    ("种", "chong"),
    ("折", "she"),
    ("祭", "zhai"),
    ("黑", "he"),
    ("逄", "pang"),
    ("薄", "bo"),
    ("洗", "xian"),
    ("尹", "yin"),
    ("长孙", "zhangsun"),
    ("宿", "su"),
    ("适", "kuo"),
    ("句", "gou"),
    ("阚", "kan"),
    ("令狐", "linghu"),
    ("纪", "ji"),
    ("哈", "ha"),
    ("那", "na"),
];

/// Whether a Chinese name of two characters is also an ordinary word.
pub(crate) fn is_han_word(folded: &str) -> bool {
    HAN_WORDS.contains(folded)
}

/// Words before a surname that belong to it.
pub(crate) const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten",
    "el", "al", "bin", "ibn", "zu", "zur", "af", "av", "mac", "st",
];

/// Titles and degrees that stand beside a name and are none of it.
pub(crate) const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "phd",
    "md",
    "msc",
    "bsc",
    "mph",
    "mba",
    "rn",
    "jr",
    "sr",
    "ii",
    "iii",
    "iv",
    "dds",
    "mbbs",
    "frcp",
    "facs",
    "drmed",
];

static HAN_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("lists/han_words.txt").split_whitespace().collect());

static WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("lists/words.txt").split_whitespace().collect());

static SURNAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("lists/surnames.txt").split_whitespace().collect());

static EPONYMS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("lists/eponyms.txt").split_whitespace().collect());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_common_from_rare() {
        for name in ["may", "park", "li", "wang", "zhuang", "smith", "cox"] {
            assert!(is_common(name), "{name}");
        }
        assert!(!is_common("ostrowidzka"));
        assert!(is_pinyin("shuang") && !is_pinyin("brandt"));
    }
}
