//! Sections and paragraphs that only declare something about the authors.

use super::Para;
use crate::model::What;
use crate::sections;
use crate::statements::{self, Statement};

/// A section longer than this is more than a statement, and its end was probably missed.
const LONGEST_SECTION: usize = 15;

pub(super) fn identity_sections(paras: &[Para], drops: &mut [Option<What>]) {
    let mut open: Option<(What, usize)> = None;
    let mut references = false;
    let styled = paras.iter().any(|p| p.heading);
    for (index, para) in paras.iter().enumerate() {
        let text = para.text.trim();
        if text.is_empty() || !(para.body || para.place == "footnotes" || para.place == "endnotes") {
            continue;
        }
        if sections::is_references(text) {
            references = true;
        } else if references && (sections::is_other_heading(text) || para.heading) {
            references = false;
        }
        let alone = sections::heading_kind(text).filter(|_| stands_as_heading(para, styled));
        let odd = sections::is_biography(text) || sections::is_stamp(text);
        let at_once = sections::run_in_kind(text).or(odd.then_some(What::Section));
        if let Some(what) = alone {
            open = Some((what, LONGEST_SECTION));
            drops[index].get_or_insert(what);
        } else if let Some(what) = at_once.filter(|_| !references) {
            open = None;
            drops[index].get_or_insert(what);
        } else if let Some((what, left)) = open {
            let other = sections::is_other_heading(text)
                || sections::is_ethics(text) && text.chars().count() < 90
                || sections::is_references(text);
            if para.heading || other || (!styled && looks_like_heading(text)) || !para.body || left == 0 {
                open = None;
            } else {
                open = Some((what, left - 1));
                // Under one heading for everything each sentence says what it is.
                let told = statements::whole(text).and_then(Statement::what);
                let what = if what == What::Acknowledgements || what == What::Section {
                    told.unwrap_or(what)
                } else {
                    what
                };
                drops[index].get_or_insert(what);
            }
        }
        if drops[index].is_none()
            && open.is_none()
            && !references
            && let Some(what) = statements::whole(text).and_then(Statement::what)
        {
            drops[index] = Some(what);
        }
    }
}

/// "Support" and "Contributions" are headings of much else: the short ones count only where they are set as headings or end the text.
fn stands_as_heading(para: &Para, styled: bool) -> bool {
    let plain = para
        .text
        .trim()
        .trim_end_matches([':', '：', '.', ' '])
        .to_lowercase();
    let vague = matches!(
        plain.as_str(),
        "support"
            | "contributions"
            | "contribution"
            | "grants"
            | "grant"
            | "sponsors"
            | "sponsor"
            | "financing"
            | "基金"
            | "资助"
            | "基 金"
    );
    !vague || para.heading || para.text.trim().ends_with([':', '：']) || !styled
}

fn looks_like_heading(text: &str) -> bool {
    let words = text.split_whitespace().count();
    text.chars().count() < 70
        && words < 10
        && text
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
        && !text.ends_with(['.', ',', ';', '。', '，', '；'])
        && !text.contains([',', '，'])
}
