//! Attributes that are no content: ids, descriptions that are paths, private links.

use super::Cleaner;
use crate::docx::names::{is_drawing, set};
use crate::docx::xml::Element;
use crate::model::What;

impl Cleaner {
    pub(super) fn attributes(&mut self, element: &mut Element) {
        let tag = element.tag.clone();
        let before = element.attrs.len();
        element.attrs.retain(|a| !is_id(&a.key));
        if element.attrs.len() < before {
            self.count(What::RevisionIds);
        }
        element
            .attrs
            .retain(|a| !a.key.starts_with("r:") || self.live.contains(&a.value));
        match &*tag {
            tag if is_drawing(tag) => self.drawing(element),
            "w:lang" | "w:themeFontLang" => element.attrs.retain(|a| &*a.key == "w:eastAsia"),
            "v:shape" | "v:imagedata" | "v:rect" | "v:group" | "v:shapetype" | "v:textbox" | "v:line"
            | "v:oval" | "v:roundrect" | "v:fill" | "v:stroke" | "v:arc" | "v:curve" | "v:polyline"
            | "v:background" => {
                element.attrs.retain(|a| {
                    !matches!(
                        &*a.key,
                        "alt"
                            | "title"
                            | "o:title"
                            | "o:href"
                            | "href"
                            | "o:gfxdata"
                            | "o:althref"
                            | "o:ole"
                            | "src"
                            | "target"
                    )
                });
            }
            "w:hyperlink" => {
                element
                    .attrs
                    .retain(|a| !matches!(&*a.key, "w:tooltip" | "w:docLocation" | "w:tgtFrame"));
            }
            "a:theme" | "a:clrScheme" | "a:fontScheme" | "a:fmtScheme" => {
                set(element, "name", "Office".into())
            }
            _ => {}
        }
    }

    /// A drawing's description in words stays, as text does; a path, a file's name or an address goes.
    fn drawing(&mut self, element: &mut Element) {
        let had = element.attrs.len();
        element
            .attrs
            .retain(|a| !matches!(&*a.key, "descr" | "title") || is_prose(&a.value));
        if element.attrs.len() < had {
            self.count(What::Paths);
        }
    }
}

/// Whether a description is made of words. Any one word of it may be the name of a file.
fn is_prose(text: &str) -> bool {
    let named = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        w.rsplit_once('.').is_some_and(|(stem, end)| {
            !stem.is_empty()
                && (2..5).contains(&end.len())
                && end.chars().all(|c| c.is_ascii_alphanumeric())
                && end.chars().any(|c| c.is_ascii_alphabetic())
        })
    };
    let place =
        text.contains(['\\', '@']) || text.contains("://") || text.contains("www.") || text.starts_with('/');
    !place
        && !text.split_whitespace().any(named)
        && (text.contains(' ') || text.chars().any(|c| u32::from(c) >= 0x2E80))
}

/// Attributes that tie a file to the machine, the person or the sessions it was written in.
fn is_id(key: &str) -> bool {
    let local = key.rsplit(':').next().unwrap_or(key);
    (local.starts_with("rsid") && key.contains(':'))
        || matches!(
            key,
            "w14:paraId"
                | "w14:textId"
                | "w:author"
                | "w:date"
                | "w:initials"
                | "w14:anchorId"
                | "w14:editId"
                | "w16cid:durableId"
                | "w15:docId"
                | "w14:docId"
                | "w:userId"
        )
        || key.starts_with("w16du:")
        || (matches!(local, "paraId" | "textId" | "anchorId" | "editId") && key.contains(':'))
}
