//! What the journal says about itself and asks of people: its name, the lists that forms offer, its texts. Everything
//! has a default from the start; what the editor-in-chief edits is put over it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::person::Lang;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Both {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Both {
    /// The text in a language.
    pub fn of(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// An entry of a list. It is never deleted, only no longer offered: what was chosen before still shows by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What is stored with a submission or a review; never changes.
    pub key: String,
    /// How it is called.
    pub name: Both,
    /// Whether new submissions and reviews are offered it.
    pub offered: bool,
}

/// The journal's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum List {
    /// Article types.
    Types,
    /// Sections.
    Sections,
    /// Criteria of the review form.
    Criteria,
    /// Declarations that every author makes.
    Declarations,
    /// Office papers that are wanted with a submission.
    Papers,
}

impl List {
    /// All lists in the order of the page.
    pub const ALL: [List; 5] = [
        List::Types,
        List::Sections,
        List::Criteria,
        List::Declarations,
        List::Papers,
    ];

    /// The name in addresses and translations.
    pub const fn key(self) -> &'static str {
        match self {
            List::Types => "types",
            List::Sections => "sections",
            List::Criteria => "criteria",
            List::Declarations => "declarations",
            List::Papers => "papers",
        }
    }

    /// The list of a name.
    pub fn from_key(key: &str) -> Option<List> {
        List::ALL.into_iter().find(|list| list.key() == key)
    }

    /// The fewest and the most entries that are offered.
    pub const fn bounds(self) -> (usize, usize) {
        match self {
            List::Types | List::Sections => (1, 30),
            List::Criteria => (1, 12),
            List::Declarations | List::Papers => (0, 12),
        }
    }
}

/// The journal's texts.
pub const TEXTS: [&str; 5] = ["notice", "authors", "reviewers", "imprint", "privacy"];

/// The longest text, in characters.
pub const TEXT_MAX: usize = 40_000;
/// The longest name of an entry, in characters.
pub const NAME_MAX: usize = 400;

/// The journal as it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// Its name; empty where the program's own setting stands.
    pub name: Both,
    /// ISSN of the printed journal, or empty.
    pub issn: String,
    /// ISSN of the journal on line, or empty.
    pub eissn: String,
}

/// Everything of the journal that can be edited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// Name and ISSN.
    pub about: About,
    lists: BTreeMap<List, Vec<Entry>>,
    texts: BTreeMap<(Lang, String), String>,
}

impl Pages {
    /// A journal as it starts, with the program's own names for the entries.
    pub fn first(name: impl Fn(List, &str) -> Both) -> Pages {
        let entries = |list: List| {
            let entry = |key: &&str| Entry {
                key: (*key).to_owned(),
                name: name(list, key),
                offered: true,
            };
            (list, first_keys(list).iter().map(entry).collect())
        };
        Pages {
            about: About::default(),
            lists: List::ALL.into_iter().map(entries).collect(),
            texts: BTreeMap::new(),
        }
    }

    /// All entries of a list, those that are no longer offered too.
    pub fn list(&self, list: List) -> &[Entry] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// Puts a list.
    pub fn set_list(&mut self, list: List, entries: Vec<Entry>) {
        self.lists.insert(list, entries);
    }

    /// The keys of a list that are offered.
    pub fn offered(&self, list: List) -> Vec<&str> {
        let offered = self.list(list).iter().filter(|e| e.offered);
        offered.map(|e| e.key.as_str()).collect()
    }

    /// The name of an entry; the key itself if there never was one.
    pub fn name(&self, list: List, key: &str, lang: Lang) -> String {
        let found = self.list(list).iter().find(|e| e.key == key);
        found.map_or_else(|| key.to_owned(), |e| e.name.of(lang).to_owned())
    }

    /// The edited text of a page; None while the default stands.
    pub fn text(&self, lang: Lang, page: &str) -> Option<&str> {
        self.texts.get(&(lang, page.to_owned())).map(String::as_str)
    }

    /// Puts a text.
    pub fn set_text(&mut self, lang: Lang, page: &str, text: String) {
        self.texts.insert((lang, page.to_owned()), text);
    }
}

/// What is wrong with what was typed, as keys of translations; and at which field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// The field.
    pub field: String,
    /// The words.
    pub what: &'static str,
}

/// Reads an ISSN with or without its hyphen; the last sign is a check digit (ISO 3297, weights 8 to 2, modulo 11).
pub fn issn(text: &str) -> Option<String> {
    let signs: Vec<char> = text.trim().to_uppercase().chars().filter(|c| *c != '-').collect();
    if signs.len() != 8 || !signs[..7].iter().all(char::is_ascii_digit) {
        return None;
    }
    let sum: u32 = signs[..7]
        .iter()
        .zip((2..=8).rev())
        .map(|(c, weight)| c.to_digit(10).unwrap_or(0) * weight)
        .sum();
    let check = match (11 - sum % 11) % 11 {
        10 => 'X',
        n => char::from_digit(n, 10)?,
    };
    (signs[7] == check).then(|| {
        let (a, b): (String, String) = (signs[..4].iter().collect(), signs[4..].iter().collect());
        format!("{a}-{b}")
    })
}

/// Checks what is said about the journal; ISSNs come back in their usual form.
pub fn check_about(about: About) -> Result<About, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut want = |ok: bool, field: &str, what| {
        if !ok {
            wrong.push(Wrong {
                field: field.to_owned(),
                what,
            });
        }
    };
    for (field, name) in [("name_zh", &about.name.zh), ("name_en", &about.name.en)] {
        want(!name.trim().is_empty(), field, "empty");
        want(
            name.chars().count() <= 120 && !name.chars().any(char::is_control),
            field,
            "long",
        );
    }
    let read = |text: &str| match text.trim() {
        "" => Some(String::new()),
        text => issn(text),
    };
    want(read(&about.issn).is_some(), "issn", "issn");
    want(read(&about.eissn).is_some(), "eissn", "issn");
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(About {
        name: Both {
            zh: about.name.zh.trim().to_owned(),
            en: about.name.en.trim().to_owned(),
        },
        issn: read(&about.issn).unwrap_or_default(),
        eissn: read(&about.eissn).unwrap_or_default(),
    })
}

/// The list that comes of an edited one: entries of `old` keep their keys and none of them is lost; new ones (with an
/// empty key) get one; empty new ones are left out. Fields in what is wrong are `<position>-zh`, `<position>-en` or `list`.
pub fn check_list(list: List, old: &[Entry], typed: Vec<Entry>) -> Result<Vec<Entry>, Vec<Wrong>> {
    let mut wrong = Vec::new();
    let mut out: Vec<Entry> = Vec::new();
    for (i, entry) in typed.into_iter().enumerate() {
        let name = Both {
            zh: entry.name.zh.trim().to_owned(),
            en: entry.name.en.trim().to_owned(),
        };
        let known = old.iter().any(|o| o.key == entry.key) && !out.iter().any(|o| o.key == entry.key);
        if !known && name == Both::default() {
            continue;
        }
        for (lang, text) in [("zh", &name.zh), ("en", &name.en)] {
            if text.is_empty() {
                wrong.push(Wrong {
                    field: format!("{i}-{lang}"),
                    what: "empty",
                });
            } else if text.chars().count() > NAME_MAX || text.chars().any(char::is_control) {
                wrong.push(Wrong {
                    field: format!("{i}-{lang}"),
                    what: "long",
                });
            }
        }
        let key = if known {
            entry.key
        } else {
            new_key(&name.en, old, &out)
        };
        out.push(Entry {
            key,
            name,
            offered: entry.offered,
        });
    }
    // What the form did not bring back is kept, out of sight: submissions may name it.
    for gone in old {
        if !out.iter().any(|e| e.key == gone.key) {
            out.push(Entry {
                offered: false,
                ..gone.clone()
            });
        }
    }
    let (min, max) = list.bounds();
    let offered = out.iter().filter(|e| e.offered).count();
    if offered < min || offered > max {
        let what = if offered < min { "few" } else { "many" };
        wrong.push(Wrong {
            field: "list".to_owned(),
            what,
        });
    }
    if wrong.is_empty() { Ok(out) } else { Err(wrong) }
}

/// A key out of an English name, unlike all others.
fn new_key(name: &str, old: &[Entry], new: &[Entry]) -> String {
    let mut stem: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .take(24)
        .collect();
    while stem.contains("--") {
        stem = stem.replace("--", "-");
    }
    let stem = stem.trim_matches('-');
    let stem = if stem.is_empty() { "entry" } else { stem };
    let taken = |key: &str| old.iter().chain(new).any(|e| e.key == key);
    let numbered = (2..).map(|n| format!("{stem}-{n}"));
    std::iter::once(stem.to_owned())
        .chain(numbered)
        .find(|key| !taken(key))
        .unwrap_or_default()
}

/// The keys that a journal starts with.
pub fn first_keys(list: List) -> &'static [&'static str] {
    match list {
        List::Types => &super::manuscript::ARTICLE_TYPES,
        List::Sections => &super::manuscript::SECTIONS,
        List::Criteria => &super::review::CRITERIA,
        List::Declarations => &super::manuscript::DECLARATIONS,
        List::Papers => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, zh: &str, en: &str, offered: bool) -> Entry {
        Entry {
            key: key.into(),
            name: Both {
                zh: zh.into(),
                en: en.into(),
            },
            offered,
        }
    }

    fn initial(list: List) -> Vec<Entry> {
        let pages = Pages::first(|_, key| Both {
            zh: key.to_owned(),
            en: key.to_owned(),
        });
        pages.list(list).to_vec()
    }

    #[test]
    fn nothing_of_a_list_is_lost_and_keys_never_change() {
        let old = initial(List::Sections);
        // The form renames one, drops one, retires one, adds one and leaves an empty row.
        let typed = vec![
            entry("clinical", "临床", "Clinic", true),
            entry("basic", "基础医学", "Basic medicine", false),
            entry("public-health", "公共卫生", "Public health", true),
            entry("", "护理", "Nursing & care", true),
            entry("", " ", "", true),
        ];
        let list = check_list(List::Sections, &old, typed).unwrap();
        let keys: Vec<&str> = list.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(
            keys,
            ["clinical", "basic", "public-health", "nursing-care", "humanities"]
        );
        let offered: Vec<bool> = list.iter().map(|e| e.offered).collect();
        assert_eq!(offered, [true, false, true, true, false]);
    }

    #[test]
    fn a_list_is_refused_with_the_field_that_is_wrong() {
        let old = initial(List::Criteria);
        let none = old
            .iter()
            .map(|e| Entry {
                offered: false,
                ..e.clone()
            })
            .collect();
        assert_eq!(check_list(List::Criteria, &old, none).unwrap_err()[0].what, "few");
        let wrong = check_list(List::Criteria, &old, vec![entry("", "新", "", true)]).unwrap_err();
        assert_eq!(
            wrong[0],
            Wrong {
                field: "0-en".into(),
                what: "empty"
            }
        );
        let many = (0..13)
            .map(|n| entry("", "项", &format!("Item {n}"), true))
            .collect();
        assert!(
            check_list(List::Criteria, &old, many)
                .unwrap_err()
                .iter()
                .any(|w| w.what == "many")
        );
    }

    #[test]
    fn two_names_that_look_alike_get_two_keys() {
        let typed = vec![
            entry("", "甲", "New one", true),
            entry("", "乙", "New  one!", true),
            entry("", "丙", "…", true),
        ];
        let list = check_list(List::Papers, &[], typed).unwrap();
        let keys: Vec<&str> = list.iter().map(|e| e.key.as_str()).collect();
        assert_eq!(keys, ["new-one", "new-one-2", "entry"]);
    }

    #[test]
    fn issn_check_digits() {
        assert_eq!(issn("0378-5955").as_deref(), Some("0378-5955"));
        assert_eq!(issn("2434561x").as_deref(), Some("2434-561X"));
        for bad in ["0378-5954", "0378595", "ABCD-EFGH", ""] {
            assert_eq!(issn(bad), None, "{bad}");
        }
    }
}
