//! The names that the journal's lists start with.

use super::t;
use crate::domain::journal::{Both, List, Pages};
use crate::domain::person::Lang;

/// The journal as it starts: every entry under the program's own name for it, in both languages.
pub fn first_pages() -> Pages {
    Pages::first(|list, key| {
        let family = match list {
            List::Types => "type",
            List::Sections => "section",
            List::Criteria => "own-criterion",
            List::Declarations => "author-declare",
            List::Papers => "file",
        };
        let key = format!("{family}-{key}");
        Both {
            zh: t(Lang::Zh, &key),
            en: t(Lang::En, &key),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_first_entry_has_a_name_in_both_languages() {
        let pages = first_pages();
        for list in List::ALL {
            for entry in pages.list(list) {
                for name in [&entry.name.zh, &entry.name.en] {
                    assert!(!name.is_empty() && !name.starts_with('['), "{} {name}", entry.key);
                }
            }
        }
    }
}
