//! Options of packages and classes, and other lists with commas: a PDF's properties go, styles that can hide the authors hide them.

use super::{Counts, count};
use crate::flow::Edit;
use crate::latex::arguments::{braced, bracketed, skip};
use crate::latex::lexer::Token;
use crate::model::What;

/// Takes a PDF's properties out of a list of keys and values.
pub(super) fn properties(
    source: &str,
    inner: std::ops::Range<usize>,
    counts: &mut Counts,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for item in items(source, inner.clone()) {
        let key = source[item.clone()]
            .trim()
            .split('=')
            .next()
            .unwrap_or_default()
            .trim()
            .to_lowercase();
        let own = [
            "pdfauthor",
            "pdftitle",
            "pdfsubject",
            "pdfkeywords",
            "pdfcreator",
            "pdfproducer",
            "pdfcontact",
            "pdfcopyright",
            "pdflicense",
            "pdfinfo",
            "pdfusetitle",
            "pdfcreationdate",
            "pdfmoddate",
            "pdfcaption",
            "pdfmeta",
            "baseurl",
            "pdfuri",
        ]
        .iter()
        .any(|k| key.starts_with(k));
        if own {
            count(counts, What::Properties);
            // With the comma behind it.
            let end = if source[item.end..].starts_with(',') && item.end < inner.end {
                item.end + 1
            } else {
                item.end
            };
            edits.push(Edit::drop(item.start..end));
        }
    }
    Some(edits).filter(|e| !e.is_empty())
}

/// The entries of a list with commas, not looking into braces.
pub(crate) fn items(source: &str, inner: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let (mut out, mut depth, mut from) = (Vec::new(), 0_usize, inner.start);
    for (n, b) in source.as_bytes()[inner.clone()].iter().enumerate() {
        match b {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                out.push(from..inner.start + n);
                from = inner.start + n + 1;
            }
            _ => {}
        }
    }
    out.push(from..inner.end);
    out
}

/// Styles of conferences hide the authors unless told that the paper is final.
const STYLES: &[&str] = &[
    "neurips", "nips", "iclr", "icml", "cvpr", "iccv", "eccv", "wacv", "acl", "emnlp", "naacl", "aaai",
    "colm", "aistats",
];

pub(super) fn options(source: &str, token: &Token, counts: &mut Counts) -> Option<Vec<Edit>> {
    let at = skip(source, token.range.end);
    let list = bracketed(source, at);
    let (name, _) = braced(source, list.as_ref().map_or(at, |l| l.1))?;
    let name = source[name.clone()].trim().to_lowercase();
    let list = list.map(|l| l.0);
    if name == "acmart" {
        let had = list.clone().is_some_and(|l| {
            items(source, l)
                .iter()
                .any(|i| source[i.clone()].trim() == "anonymous")
        });
        return (!had).then(|| {
            count(counts, What::AuthorBlock);
            let edit = match list {
                Some(list) if list.is_empty() => Edit {
                    range: list,
                    with: "anonymous".into(),
                },
                Some(list) => Edit {
                    range: list.start..list.start,
                    with: "anonymous,".into(),
                },
                None => Edit {
                    range: at..at,
                    with: "[anonymous]".into(),
                },
            };
            vec![edit]
        });
    }
    let list = list?;
    if name == "inputenc" {
        // The copy is UTF-8.
        return (source[list.clone()] != *"utf8").then(|| {
            vec![Edit {
                range: list,
                with: "utf8".into(),
            }]
        });
    }
    if STYLES.iter().any(|s| name.contains(s)) {
        let final_word = |i: &std::ops::Range<usize>| {
            matches!(
                source[i.clone()].trim(),
                "final" | "accepted" | "preprint" | "camera-ready" | "cameraready"
            )
        };
        let all = items(source, list.clone());
        if all.iter().any(final_word) {
            count(counts, What::AuthorBlock);
            let kept: Vec<&str> = all
                .iter()
                .filter(|i| !final_word(i))
                .map(|i| &source[i.clone()])
                .collect();
            return Some(vec![Edit {
                range: list,
                with: kept.join(","),
            }]);
        }
    }
    if name.contains("hyperref") {
        return properties(source, list, counts);
    }
    None
}
