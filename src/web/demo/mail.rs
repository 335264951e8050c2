//! The demo's letters, read from the folder that they were written to, as a mail program would.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use mailparse::MailHeaderMap;
use serde::Serialize;

/// A letter that went.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its file's name, without the ending.
    pub id: String,
    /// The recipient's address.
    pub to: String,
    /// When it went, by the demo's clock.
    pub at: Timestamp,
    /// The language that it is written in.
    pub lang: &'static str,
    /// Subject.
    pub subject: String,
    /// Body, plain text.
    pub text: String,
}

impl Sent {
    fn read(path: &Path) -> Option<Sent> {
        let bytes = std::fs::read(path).ok()?;
        let mail = mailparse::parse_mail(&bytes).ok()?;
        let header = |name| mail.headers.get_first_value(name);
        let part = |kind: &str| {
            let part = mail.subparts.iter().find(|p| p.ctype.mimetype == kind);
            part?.get_body().ok()
        };
        let zh = part("text/html")?.contains("<html lang=\"zh-CN\"");
        Some(Sent {
            id: path.file_stem()?.to_str()?.to_owned(),
            to: header("To")?.trim_matches(['<', '>']).to_owned(),
            at: Timestamp::from_second(mailparse::dateparse(&header("Date")?).ok()?).ok()?,
            lang: if zh { "zh-CN" } else { "en" },
            subject: header("Subject")?,
            text: part("text/plain")?.replace("\r\n", "\n"),
        })
    }
}

/// The folder of letters; each file is read once, for it never changes.
pub struct Outbox {
    folder: PathBuf,
    read: Mutex<HashMap<String, Arc<Sent>>>,
}

impl Outbox {
    /// The letters of a folder.
    pub fn new(folder: PathBuf) -> Self {
        Outbox {
            folder,
            read: Mutex::default(),
        }
    }

    fn files(&self) -> impl Iterator<Item = PathBuf> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        entries
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "eml"))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.files().count()
    }

    /// All of them, the newest first.
    pub fn letters(&self) -> Vec<Arc<Sent>> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        for path in self.files() {
            let Some(id) = path.file_stem().and_then(|s| s.to_str()) else {
                continue;
            };
            if !read.contains_key(id)
                && let Some(letter) = Sent::read(&path)
            {
                read.insert(id.to_owned(), Arc::new(letter));
            }
        }
        let mut letters: Vec<_> = read.values().cloned().collect();
        letters.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
        letters
    }
}

/// A piece of a letter: words, or an address that can be followed.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    words: String,
    /// Where it leads, without our own site in front; empty for words.
    link: String,
}

/// Cuts a text into words and the addresses in it. Addresses of `site` become ways within it.
pub fn pieces(text: &str, site: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut rest = text;
    let words = |words: &str| Piece {
        words: words.to_owned(),
        link: String::new(),
    };
    while let Some(at) = [rest.find("http://"), rest.find("https://")]
        .into_iter()
        .flatten()
        .min()
    {
        let (before, from) = rest.split_at(at);
        let end = from
            .find(|c: char| c.is_whitespace() || !c.is_ascii())
            .unwrap_or(from.len());
        let link = from[..end].trim_end_matches(['.', ',', ';', ')', '>']);
        if !before.is_empty() {
            out.push(words(before));
        }
        let own = link
            .strip_prefix(site)
            .filter(|way| way.is_empty() || way.starts_with('/'));
        let way = match own {
            Some("") => "/",
            Some(way) => way,
            None => link,
        };
        out.push(Piece {
            words: link.to_owned(),
            link: way.to_owned(),
        });
        rest = &from[link.len()..];
    }
    if !rest.is_empty() {
        out.push(words(rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_a_letter_can_be_followed() {
        let text = "请打开 http://a.example/link/abc。\nOr https://b.example/x. The end http://a.example";
        let links: Vec<_> = pieces(text, "http://a.example")
            .into_iter()
            .map(|p| p.link)
            .collect();
        assert_eq!(links, ["", "/link/abc", "", "https://b.example/x", "", "/"]);
        let words: String = pieces(text, "http://a.example")
            .into_iter()
            .map(|p| p.words)
            .collect();
        assert_eq!(words, text);
        // An address that only begins like ours leads elsewhere.
        assert_eq!(
            pieces("http://a.example.evil/x", "http://a.example")[0].link,
            "http://a.example.evil/x"
        );
    }
}
