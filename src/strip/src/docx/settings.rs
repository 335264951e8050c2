//! The settings part, of which only what changes the look of the page stays.

use super::xml::{Element, Node};

const KEPT: &[&str] = &[
    "mirrorMargins",
    "gutterAtTop",
    "bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter",
    "autoHyphenation",
    "consecutiveHyphenLimit",
    "hyphenationZone",
    "doNotHyphenateCaps",
    "defaultTabStop",
    "evenAndOddHeaders",
    "bookFoldPrinting",
    "drawingGridHorizontalSpacing",
    "drawingGridVerticalSpacing",
    "characterSpacingControl",
    "noLineBreaksAfter",
    "noLineBreaksBefore",
    "footnotePr",
    "endnotePr",
    "compat",
    "mathPr",
    "themeFontLang",
    "clrSchemeMapping",
    "decimalSymbol",
    "listSeparator",
    "displayBackgroundShape",
];

/// Keeps the listed settings and asks the word processor to save no names.
pub(crate) fn clean(root: &mut Element) -> usize {
    let before = root.children.len();
    root.children
        .retain(|n| matches!(n, Node::Element(e) if KEPT.contains(&e.local())));
    let gone = before - root.children.len();
    let prefix = root
        .raw
        .split_once(':')
        .map(|(p, _)| format!("{p}:"))
        .unwrap_or_default();
    let flags = ["removePersonalInformation", "removeDateAndTime"];
    for flag in flags.into_iter().rev() {
        let element = Element {
            raw: format!("{prefix}{flag}").into(),
            tag: format!("w:{flag}").into(),
            attrs: Vec::new(),
            children: Vec::new(),
        };
        root.children.insert(0, Node::Element(element));
    }
    gone.saturating_sub(flags.len())
}
