//! What of a file nobody has read, a picture or letters without a meaning: how the pages that ask about it name it.

use bauta_strip::{Finding, FindingKind};
use serde::Serialize;

/// Something that only an eye can read. Its words are those of `unread-` and the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unread {
    /// `page`, `letters`, `pictures` (on a page), `picture` (in a file without pages) or `more` (beyond the list).
    pub key: &'static str,
    /// The page; 0 in a file without pages.
    pub page: u32,
    /// How many letters, pictures or places, or which picture.
    pub n: u32,
}

/// What a finding asks to look at; none for one whose words can be read.
pub fn of(finding: &Finding) -> Option<Unread> {
    let numbers = |words: &str| -> Vec<u32> {
        words
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|digits| digits.parse().ok())
            .collect()
    };
    let page = finding
        .place
        .strip_prefix("page:")
        .and_then(|number| number.parse().ok())
        .unwrap_or(0);
    let told = numbers(&finding.matched);
    let (key, n) = match finding.kind {
        FindingKind::ScannedPage => ("page", None),
        FindingKind::UndecodableText => ("letters", told.last()),
        FindingKind::Picture if page > 0 => ("pictures", told.last()),
        FindingKind::Picture => ("picture", told.first()),
        FindingKind::More => ("more", told.first()),
        _ => return None,
    };
    Some(Unread {
        key,
        page,
        n: n.copied().unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: FindingKind, place: &str, matched: &str) -> Option<(&'static str, u32, u32)> {
        let finding = Finding {
            key: String::new(),
            kind,
            place: place.into(),
            excerpt: matched.into(),
            matched: matched.into(),
        };
        of(&finding).map(|u| (u.key, u.page, u.n))
    }

    #[test]
    fn what_to_look_at() {
        use FindingKind::{Initials, More, Picture, ScannedPage, UndecodableText};
        assert_eq!(told(ScannedPage, "page:3", "page 3"), Some(("page", 3, 0)));
        assert_eq!(
            told(UndecodableText, "page:3", "page 3, letters: 34"),
            Some(("letters", 3, 34))
        );
        assert_eq!(
            told(Picture, "page:7", "page 7, pictures: 2"),
            Some(("pictures", 7, 2))
        );
        assert_eq!(
            told(Picture, "pictures", "picture 4 (png)"),
            Some(("picture", 0, 4))
        );
        assert_eq!(told(More, "document", "12 more"), Some(("more", 0, 12)));
        assert_eq!(told(Initials, "page:2", "T.Q."), None);
    }
}
