//! What prints nothing: comments, text after the end, branches that are never taken.

use super::{Counts, count, gone};
use crate::flow::{Edit, apply};
use crate::latex::arguments::braced;
use crate::latex::lexer::{Kind, Token, lex};
use crate::model::What;

/// Takes out comments, text after the end, and branches that are never taken.
pub(crate) fn without_hidden(source: &str, counts: &mut Counts) -> String {
    let mut edits = Vec::new();
    let tokens = lex(source);
    for (n, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Comment => comment(source, token, counts, &mut edits),
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
fn comment(source: &str, token: &Token, counts: &mut Counts, edits: &mut Vec<Edit>) {
    let range = &token.range;
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
