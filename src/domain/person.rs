//! People: addresses, ORCID, roles, language, profile.

use serde::{Deserialize, Serialize};

/// An e-mail address in the form it is kept and compared in: trimmed, lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// Reads an address: something, one `@`, a domain with a dot; no spaces or controls; 254 bytes at most.
    pub fn parse(text: &str) -> Option<Email> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.split_once('@')?;
        let fits = !local.is_empty()
            && text.len() <= 254
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !domain.contains("..")
            && !domain.contains('@')
            && !text
                .chars()
                .any(|c| c.is_whitespace() || c.is_control() || "<>()[],;:\"\\".contains(c));
        fits.then_some(Email(text))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`.
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An ORCID iD `0000-0000-0000-000X` with a right check digit (ISO 7064 MOD 11-2).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Orcid(String);

impl Orcid {
    /// Reads an iD with or without dashes or the `https://orcid.org/` in front.
    pub fn parse(text: &str) -> Option<Orcid> {
        let text = text.trim().trim_end_matches('/');
        let text = text.rsplit('/').next().unwrap_or(text);
        let signs: Vec<char> = text.to_uppercase().chars().filter(|c| *c != '-').collect();
        if signs.len() != 16 || !signs[..15].iter().all(char::is_ascii_digit) {
            return None;
        }
        let sum = signs[..15]
            .iter()
            .fold(0, |sum, c| (sum + c.to_digit(10).unwrap_or(0)) * 2);
        let check = match (12 - sum % 11) % 11 {
            10 => 'X',
            n => char::from_digit(n, 10)?,
        };
        if signs[15] != check {
            return None;
        }
        let quarters: Vec<String> = signs.chunks(4).map(|q| q.iter().collect()).collect();
        Some(Orcid(quarters.join("-")))
    }

    /// The iD as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A language of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    #[serde(rename = "zh-CN")]
    Zh,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// Both, in the order of the switch.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The language of a tag: by its first letters.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let tag = tag.trim().to_ascii_lowercase();
        match () {
            () if tag.starts_with("zh") => Some(Lang::Zh),
            () if tag.starts_with("en") => Some(Lang::En),
            () => None,
        }
    }

    /// The best language for an `Accept-Language` header.
    pub fn from_header(header: &str) -> Option<Lang> {
        let weight = |part: &str| {
            let q = part.split(';').find_map(|p| p.trim().strip_prefix("q="));
            q.map_or(1000, |q| (q.trim().parse::<f32>().unwrap_or(0.0) * 1000.0) as i32)
        };
        let mut best: Option<(i32, Lang)> = None;
        for part in header.split(',') {
            if let Some(lang) = Lang::from_tag(part)
                && best.is_none_or(|(w, _)| weight(part) > w)
            {
                best = Some((weight(part), lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// What somebody may do in the office; everybody with an account is an author besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 审稿专家: in the pool of reviewers.
    Reviewer,
    /// 编务.
    Assistant,
    /// 责任编辑.
    Editor,
    /// 主编.
    EditorInChief,
    /// 系统管理员: people, settings, mail, keys; no manuscript.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 5] = [
        Role::Reviewer,
        Role::Assistant,
        Role::Editor,
        Role::EditorInChief,
        Role::Administrator,
    ];

    /// The name that is stored, typed on the command line and that translations are looked up by.
    pub const fn key(self) -> &'static str {
        match self {
            Role::Reviewer => "reviewer",
            Role::Assistant => "assistant",
            Role::Editor => "editor",
            Role::EditorInChief => "editor-in-chief",
            Role::Administrator => "administrator",
        }
    }

    /// The role of a name.
    pub fn from_key(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// What the roles together allow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Roles(pub Vec<Role>);

impl Roles {
    /// Whether `role` is among them.
    pub fn has(&self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// Adds a role once.
    pub fn add(&mut self, role: Role) {
        if !self.has(role) {
            self.0.push(role);
            self.0.sort();
        }
    }

    /// Whether the person sees manuscripts of the office.
    pub fn office(&self) -> bool {
        self.has(Role::Assistant) || self.decides()
    }

    /// Whether the person may decide on manuscripts.
    pub fn decides(&self) -> bool {
        self.has(Role::Editor) || self.chief()
    }

    /// Whether the person is the editor-in-chief.
    pub fn chief(&self) -> bool {
        self.has(Role::EditorInChief)
    }
}

/// Who somebody is. Sealed wherever it is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// The name in its own script, such as 李明远.
    pub native_name: String,
    /// The name in Latin letters, such as Li Mingyuan.
    pub latin_name: String,
    /// Institution and department.
    pub affiliation: String,
    /// ORCID iD, or empty.
    pub orcid: String,
    /// Words for the reviewers' pool: fields and methods.
    pub expertise: String,
}

/// The longest name, and the longest of what else a profile says, in characters.
pub const LONGEST_NAME: usize = 200;
const LONGEST_WORDS: usize = 1000;

/// A name as it is kept and stands in letters: one line of no more than a name's length.
pub fn name_line(name: &str) -> String {
    let words = name
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty());
    let line: String = words.collect::<Vec<_>>().join(" ");
    cut(&line, LONGEST_NAME)
}

fn cut(text: &str, most: usize) -> String {
    let text: String = text.trim().chars().take(most).collect();
    text.trim_end().to_owned()
}

impl Profile {
    /// The same with names of one line, and nothing longer than people need.
    pub fn kept(self) -> Profile {
        Profile {
            native_name: name_line(&self.native_name),
            latin_name: name_line(&self.latin_name),
            affiliation: cut(&self.affiliation, LONGEST_WORDS),
            expertise: cut(&self.expertise, LONGEST_WORDS),
            orcid: self.orcid,
        }
    }

    /// The name to show in `lang`; never empty if either name is set.
    pub fn name(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Zh => (&self.native_name, &self.latin_name),
            Lang::En => (&self.latin_name, &self.native_name),
        };
        if first.is_empty() { second } else { first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["a@b.cn", " Li.Ming@Example.ORG ", "x+y@sub.example.org"] {
            assert!(Email::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.cn",
            "a@.cn",
            "a b@c.cn",
            "a@b..cn",
            "a@b.cn\r\nBcc: x@y.cn",
            "a@b@c.cn",
            "<a@b.cn>",
        ] {
            assert!(Email::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(Email::parse(" A@B.cn ").unwrap().as_str(), "a@b.cn");
    }

    #[test]
    fn names_are_one_line_of_a_names_length() {
        assert_eq!(
            name_line(" Ann\r\n\r\nhttps://x.example\u{2028}B\0\t C "),
            "Ann https://x.example B C"
        );
        assert_eq!(name_line(&"岑".repeat(300)).chars().count(), LONGEST_NAME);
        let profile = Profile {
            native_name: "\n岑伯良".into(),
            affiliation: "a\nb".into(),
            expertise: "x".repeat(5000),
            ..Profile::default()
        };
        let kept = profile.kept();
        assert_eq!(
            (kept.native_name.as_str(), kept.affiliation.as_str()),
            ("岑伯良", "a\nb")
        );
        assert_eq!(kept.expertise.len(), LONGEST_WORDS);
    }

    #[test]
    fn orcid_check_digits() {
        for good in [
            "0000-0002-1825-0097",
            "https://orcid.org/0000-0001-5109-3700",
            "000000021694233X",
        ] {
            assert!(Orcid::parse(good).is_some(), "{good}");
        }
        for bad in ["0000-0002-1825-0098", "0000-0002-1825-009", "x", ""] {
            assert!(Orcid::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_header_gives_the_heaviest_language() {
        assert_eq!(Lang::from_header("fr,en;q=0.8,zh-CN;q=0.9"), Some(Lang::Zh));
        assert_eq!(Lang::from_header("en-GB,en"), Some(Lang::En));
        assert_eq!(Lang::from_header("fr"), None);
    }
}
