//! What prints nothing: comments, text after the end, branches that are never taken.

use super::{Counts, count, gone};
use crate::flow::{Edit, apply};
use crate::latex::arguments::braced;
use crate::latex::lexer::{Kind, Token, lex};
use crate::model::What;
use std::ops::Range;

/// Takes out comments, text after the end, and branches that are never taken.
pub(crate) fn without_hidden(source: &str, counts: &mut Counts) -> String {
    let mut edits = Vec::new();
    let tokens = lex(source);
    for (n, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => comment(source, &token.range, counts, &mut edits),
            Kind::Math => {
                for range in comments(source, &token.range) {
                    comment(source, &range, counts, &mut edits);
                }
            }
            Kind::Hidden => {
                count(counts, What::HiddenParts);
                edits.push(gone(source, token.range.clone()));
            }
            Kind::Command => {
                if let Some(edit) = never(source, &tokens, n) {
                    count(counts, What::HiddenParts);
                    edits.extend(edit);
                }
                if let Some(end) = document_end(source, token)
                    && !source[end..].trim().is_empty()
                {
                    count(counts, What::HiddenParts);
                    edits.push(Edit {
                        range: end..source.len(),
                        with: "\n".into(),
                    });
                    break;
                }
            }
            _ => {}
        }
    }
    apply(source, edits)
}

/// The comments inside a formula.
fn comments(source: &str, formula: &Range<usize>) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let (mut out, mut at) = (Vec::new(), formula.start);
    while at < formula.end {
        match bytes[at] {
            b'\\' => at += 1,
            b'%' => {
                let end = source[at..formula.end].find('\n').map(|n| at + n);
                // Without a line's end it would take the formula's own end with it.
                let Some(end) = end else { break };
                out.push(at..end);
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    out
}

/// Takes the comments out of a class or style, of which each branch may be taken. Where the sign is made a letter, and in
/// programs of other kinds, only lines of nothing else go.
pub(crate) fn without_comments(source: &str, lines_only: bool, counts: &mut Counts) -> String {
    let lines_only = lines_only
        || [
            "catcode`\\%",
            "catcode`%",
            "catcode 37",
            "catcode37",
            "makeother\\%",
            "makeother{\\%",
        ]
        .iter()
        .any(|w| source.contains(w));
    let mut edits = Vec::new();
    if lines_only {
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            if line.trim_start().starts_with('%') {
                count(counts, What::Comments);
                edits.push(Edit::drop(at..at + line.len()));
            }
            at += line.len();
        }
    } else {
        for token in lex(source) {
            match token.kind {
                Kind::Comment => comment(source, &token.range, counts, &mut edits),
                Kind::Math => {
                    for range in comments(source, &token.range) {
                        comment(source, &range, counts, &mut edits);
                    }
                }
                _ => {}
            }
        }
    }
    apply(source, edits)
}

/// Where `\end{document}` ends.
fn document_end(source: &str, token: &Token) -> Option<usize> {
    if &source[token.range.clone()] != "\\end" {
        return None;
    }
    braced(source, token.range.end)
        .filter(|(name, _)| &source[name.clone()] == "document")
        .map(|(_, end)| end)
}

/// A comment on its own line goes with the line; behind text its sign stays, which keeps the line's end from being a space.
fn comment(source: &str, range: &Range<usize>, counts: &mut Counts, edits: &mut Vec<Edit>) {
    let line = source[..range.start].rfind('\n').map_or(0, |n| n + 1);
    let alone = source[line..range.start].trim().is_empty();
    if alone {
        count(counts, What::Comments);
        edits.push(Edit::drop(line..(range.end + 1).min(source.len())));
    } else if range.len() > 1 {
        count(counts, What::Comments);
        edits.push(Edit::drop(range.start + 1..range.end));
    }
}

/// `\iffalse … \fi` and `\if0 … \fi`: the branch that is never taken goes, `\else` stays.
fn never(source: &str, tokens: &[Token], at: usize) -> Option<Vec<Edit>> {
    let name = |t: &Token| (t.kind == Kind::Command).then(|| &source[t.range.start + 1..t.range.end]);
    let start = &tokens[at];
    let zero = name(start) == Some("if") && {
        let rest = &source[start.range.end..];
        rest.starts_with('0') && rest[1..].starts_with([' ', '\n', '\\', '%'])
    };
    if name(start) != Some("iffalse") && !zero {
        return None;
    }
    let mut depth = 0_usize;
    let mut other = None;
    for token in &tokens[at + 1..] {
        match name(token) {
            Some("fi") if depth == 0 => {
                let whole = start.range.start..token.range.end;
                return Some(match other {
                    None => vec![gone(source, whole)],
                    Some(from) => vec![Edit::drop(whole.start..from), Edit::drop(token.range.clone())],
                });
            }
            Some("fi") => depth -= 1,
            Some("else") if depth == 0 => other = Some(token.range.end),
            Some(name) if is_condition(name) => depth += 1,
            _ => {}
        }
    }
    None
}

/// TeX's own conditionals, and those made with `\newif`; LaTeX's `\ifthenelse` and the like have no `\fi`.
fn is_condition(name: &str) -> bool {
    name.starts_with("if")
        && !matches!(
            name,
            "iff"
                | "ifthenelse"
                | "ifdefempty"
                | "ifstrempty"
                | "ifstrequal"
                | "ifblank"
                | "ifbool"
                | "iftoggle"
                | "ifdefstring"
                | "ifnumcomp"
                | "ifboolexpr"
                | "ifdefined@"
        )
}
