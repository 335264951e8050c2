//! Letters that nobody sees: hidden, white on white, or as small as a dot.

use super::Cleaner;
use crate::docx::xml::Element;
use std::collections::{HashMap, HashSet};

/// What a document hides by its styles.
#[derive(Clone, Default)]
pub(crate) struct Unseen {
    /// Styles whose letters are hidden.
    pub(super) styles: HashSet<String>,
    /// The page has a colour, so that white letters can be seen.
    pub coloured_page: bool,
}

impl Unseen {
    /// Reads the styles part.
    pub fn new(styles: Option<&Element>) -> Self {
        let mut hidden: HashMap<&str, bool> = HashMap::new();
        let mut parents: HashMap<&str, &str> = HashMap::new();
        for style in styles
            .into_iter()
            .flat_map(Element::elements)
            .filter(|e| &*e.tag == "w:style")
        {
            let Some(id) = style.attr("w:styleId") else {
                continue;
            };
            let vanish = style.child("w:rPr").and_then(|p| p.child("w:vanish"));
            if let Some(vanish) = vanish {
                hidden.insert(id, is_on(vanish));
            }
            if let Some(parent) = style.child("w:basedOn").and_then(|b| b.attr("w:val")) {
                parents.insert(id, parent);
            }
        }
        let mut found = HashSet::new();
        for id in parents.keys().chain(hidden.keys()) {
            let line = std::iter::successors(Some(*id), |at| parents.get(at).copied());
            if line.take(30).find_map(|s| hidden.get(s)) == Some(&true) {
                found.insert((*id).to_owned());
            }
        }
        Unseen {
            styles: found,
            coloured_page: false,
        }
    }
}

impl Cleaner {
    /// Whether nobody sees a run: it is hidden, in white on white, or as small as a dot.
    pub(super) fn is_unseen(&self, run: &Element) -> bool {
        if run
            .elements()
            .any(|e| matches!(&*e.tag, "w:fldChar" | "w:instrText"))
        {
            return false;
        }
        let Some(look) = run.child("w:rPr") else {
            return self.hidden;
        };
        let styled = look
            .child("w:rStyle")
            .and_then(|s| s.attr("w:val"))
            .is_some_and(|s| self.unseen.styles.contains(s));
        let hidden = look.child("w:vanish").map_or(styled || self.hidden, is_on);
        let white = self.depth == 0
            && !self.unseen.coloured_page
            && look
                .child("w:color")
                .and_then(|c| c.attr("w:val"))
                .is_some_and(|c| c.eq_ignore_ascii_case("FFFFFF"))
            && look
                .child("w:color")
                .is_some_and(|c| c.attr("w:themeColor").is_none_or(|t| t == "background1"))
            && look.child("w:highlight").is_none()
            && !look.child("w:shd").is_some_and(is_shade);
        let tiny = look
            .child("w:sz")
            .and_then(|s| s.attr("w:val"))
            .and_then(|s| s.parse::<u32>().ok())
            .is_some_and(|half_points| half_points <= 3);
        hidden || white || tiny
    }
}

fn is_on(toggle: &Element) -> bool {
    !matches!(toggle.attr("w:val"), Some("0" | "false" | "off"))
}

/// Whether a shading puts a colour behind letters.
pub(super) fn is_shade(shading: &Element) -> bool {
    let clear = |v: Option<&str>| v.is_none_or(|c| c == "auto" || c.eq_ignore_ascii_case("FFFFFF"));
    !clear(shading.attr("w:fill"))
        || shading.attr("w:themeFill").is_some()
        || shading
            .attr("w:val")
            .is_some_and(|v| !matches!(v, "clear" | "nil"))
}
