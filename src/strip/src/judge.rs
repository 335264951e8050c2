//! Judges a raw match of folded letters by what stands around it and between its letters.

use crate::common;
use crate::fold::{Folded, SEAM, is_cjk, is_modifier, is_word};
use crate::names::{Kind, Needle};
use unicode_normalization::char::is_combining_mark;

/// What a text is for a surname that may be anyone's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    Text,
    /// A running head: there a surname counts that stands alone, or beside a page's number or a title.
    Head,
    /// A running head that joins names, or says that there are more.
    Names,
}

/// Judges one raw match: what stands around it and between its letters. Returns the source range to cut.
pub(crate) fn accept(
    needle: &Needle,
    text: &str,
    folded: &Folded,
    from: usize,
    to: usize,
    line: Line,
) -> Option<(usize, usize)> {
    let start = folded.start(from);
    let mut end = folded.end(to - 1);
    while let Some(c) = text[end..]
        .chars()
        .next()
        .filter(|c| is_modifier(*c) && *c != SEAM)
    {
        end += c.len_utf8();
    }
    // A place where a word may be parted, or an accent printed apart, does not end the word before.
    let before = text[..start]
        .chars()
        .rev()
        .find(|c| *c != '\u{AD}' && !is_combining_mark(*c));
    let after = text[end..].chars().next();
    let hit = &text[start..end];
    let first = hit.chars().next()?;
    let last = hit.chars().next_back()?;
    let strict = matches!(needle.kind, Kind::Exact | Kind::Term);
    let joins = |c: char| is_word(c) || (strict && c.is_numeric());
    if !is_cjk(first) && before.is_some_and(joins) || !is_cjk(last) && after.is_some_and(joins) {
        return None;
    }
    gaps_fit(needle, text, folded, from)?;
    if !matches!(
        needle.kind,
        Kind::Exact | Kind::Term | Kind::Affiliation | Kind::Native
    ) && !written_as_name(needle, text, folded, from)
    {
        return None;
    }
    match needle.kind {
        Kind::Native if common::is_han_word(&needle.folded) && !stands_apart(before, after) => None,
        Kind::Term
            if needle.folded.len() <= 4
                && needle.folded.is_ascii()
                && fold_case(hit) != fold_case(&needle.label) =>
        {
            None
        }
        Kind::Head
            if !(line == Line::Names && hit.chars().count() > 1
                || line == Line::Head && set_apart(needle, &text[..start], &text[end..])
                || cited(needle, &text[end..])
                || titled(&text[..start])) =>
        {
            None
        }
        Kind::Trail if begins_title(hit, &text[end..]) => None,
        Kind::Lead | Kind::Trail if !initials_fit(needle, hit, &text[end..]) => None,
        Kind::Term if before == Some('+') && first.is_ascii_digit() => Some((start - 1, end)),
        Kind::Trail if after == Some('.') && (hit.contains('.') || in_list(&text[end + 1..])) => {
            Some((start, end + 1))
        }
        Kind::Full if after == Some('.') && ends_in_initial(needle) => Some((start, end + 1)),
        _ => Some((start, end)),
    }
}

/// Whether what stands around a Chinese name that is also a word sets it apart as a name.
fn stands_apart(before: Option<char>, after: Option<char>) -> bool {
    let before = before.is_none_or(|c| !is_cjk(c) || "由与和及者师授长生对自".contains(c));
    let after = after.is_none_or(|c| !is_cjk(c) || "等与和及教医主博硕研副负".contains(c));
    before && after
}

/// Whether a name ends with a lone letter, as in "Quill, Tamsin R."
fn ends_in_initial(needle: &Needle) -> bool {
    needle
        .breaks
        .last()
        .is_some_and(|(at, _)| *at > 0 && needle.folded[*at..].chars().count() == 1)
}

/// Whether the last initial is the first word of the title that follows, as in “Quill T. A study of …”.
fn begins_title(hit: &str, rest: &str) -> bool {
    let apart = [". A", ". I", "．A", "．I"].iter().any(|end| hit.ends_with(end));
    let next = rest
        .strip_prefix([' ', '\n'])
        .and_then(|rest| rest.chars().next());
    apart && next.is_some_and(char::is_lowercase)
}

/// After a title a surname is a person's.
fn titled(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\n', '\u{A0}']);
    [
        "Dr.",
        "Drs.",
        "Prof.",
        "Professor",
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr",
        "Prof",
    ]
    .iter()
    .any(|t| {
        before
            .strip_suffix(t)
            .is_some_and(|rest| !rest.chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

/// A surname that is also a word, with "et al." after it, is the author's; one that millions bear may be anyone's.
fn cited(needle: &Needle, rest: &str) -> bool {
    let rest = rest.trim_start_matches([',', ' ', '\n', '\u{A0}']);
    let others = rest.starts_with("et al") || rest.starts_with("and colleagues");
    others && !common::is_widespread(&needle.folded)
}

/// Whether a surname in a running head has nothing beside it but the line's end, a page's number, or a sign that sets it apart
/// from a title or another name. One that is an ordinary word may begin the title.
fn set_apart(needle: &Needle, before: &str, after: &str) -> bool {
    let blank = |c: &char| matches!(c, ' ' | '\u{A0}' | '\u{2002}'..='\u{200A}');
    let before = before.chars().rev().find(|c| !blank(c));
    let after = after.chars().find(|c| !blank(c));
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let edge = |c: Option<char>| {
        c.is_none_or(|c| c.is_ascii_digit() || matches!(c, '\n' | '\t' | ',' | '，' | ':' | '：' | '/' | '|'))
    };
    let short = needle.folded.chars().count() < 3;
    let word = common::is_word(&needle.folded) && !short;
    // A day or a volume beside the name of a month, a metal beside its mass.
    let figure = (number(before) || number(after))
        && (short
            || matches!(
                needle.folded.as_str(),
                "march" | "april" | "may" | "june" | "july" | "august"
            ));
    edge(before) && edge(after) && !word && !figure
}

/// Whether a list goes on, so that the full stop belonged to the initial and ends no sentence.
fn in_list(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.starts_with([',', ';', ':', '&', ')', '(', '-', '，', '；', '、']) || rest.starts_with("and ")
}

fn fold_case(s: &str) -> String {
    s.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What may stand between two letters of a match.
fn gaps_fit(needle: &Needle, text: &str, folded: &Folded, from: usize) -> Option<()> {
    let loose = matches!(needle.kind, Kind::Exact | Kind::Term | Kind::Affiliation);
    let tight = matches!(needle.kind, Kind::Surname | Kind::Head | Kind::Lead | Kind::Trail);
    for (offset, _) in needle.folded.char_indices().skip(1) {
        let (a, b) = (folded.end(from + offset - 1), folded.start(from + offset));
        let gap = if b > a { &text[a..b] } else { "" };
        let word = needle.breaks.iter().find(|(at, _)| *at == offset);
        let fits = if loose {
            gap.chars().count() <= 4 && !(needle.kind == Kind::Exact && gap.contains([',', ';']))
        } else if let Some((_, set_apart)) = word {
            let bracketed = needle.kind == Kind::Full && needle.breaks.len() > 2;
            let bare = if bracketed {
                gap.replace(BRACKETS, "")
            } else {
                String::new()
            };
            let gap = if bracketed { bare.as_str() } else { gap };
            !(*set_apart && gap.is_empty()) && between_words(needle.kind == Kind::Trail && *set_apart, gap)
        } else {
            within_word(gap, tight)
        };
        if !fits {
            return None;
        }
    }
    Some(())
}

/// What stands around a name in use between two others.
const BRACKETS: &[char] = &['(', ')', '（', '）', '"', '“', '”', '‘'];

/// What may stand between two words of a name; a hyphen not where a surname meets an initial, as in Li-S.
fn between_words(trailing: bool, gap: &str) -> bool {
    gap.chars().count() <= 5
        && gap.chars().all(|c| {
            c.is_whitespace()
                || is_modifier(c)
                || matches!(c, '.' | ',' | '·' | '•' | '~' | '\u{2019}' | '\'' | '_')
                || (!trailing && is_hyphen(c))
        })
        && gap.matches(',').count() <= 1
}

fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{FE63}' | '\u{FF0D}' | '\u{2212}'
    )
}

/// Inside a word: accents printed apart, a hyphen, a line end; spaces only where the name is long enough to be sure.
fn within_word(gap: &str, tight: bool) -> bool {
    if gap.is_empty() {
        return true;
    }
    let mut hyphen = false;
    let mut space = false;
    for c in gap.chars() {
        if is_hyphen(c) {
            hyphen = true;
        } else if c.is_whitespace() {
            space = true;
        } else if !is_modifier(c) && !matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '·' | '.') {
            return false;
        }
    }
    gap.chars().count() <= 5 && (!tight || !space || hyphen)
}

/// A name starts its words with capitals, unless it is long and distinct enough to be one anyway (in an address).
fn written_as_name(needle: &Needle, text: &str, folded: &Folded, from: usize) -> bool {
    let ends = needle
        .breaks
        .iter()
        .skip(1)
        .map(|b| b.0)
        .chain(std::iter::once(needle.folded.len()));
    let capital = needle.breaks.iter().zip(ends).all(|((at, _), end)| {
        let particle = common::PARTICLES.contains(&&needle.folded[*at..end]);
        particle && needle.breaks.len() > 1
            || text[folded.start(from + at)..]
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
    });
    let end = folded.end(from + needle.folded.len() - 1);
    let spaced = text[folded.start(from)..end].contains(char::is_whitespace);
    capital || (needle.kind == Kind::Full && needle.folded.len() >= if spaced { 11 } else { 8 })
}

/// Initials beside a surname: in capitals, and beside a surname that is also a word only with a full stop or a comma.
fn initials_fit(needle: &Needle, hit: &str, rest: &str) -> bool {
    let surname = needle
        .breaks
        .windows(2)
        .map(|w| w[1].0 - w[0].0)
        .chain(std::iter::once(
            needle.folded.len() - needle.breaks.last().map_or(0, |b| b.0),
        ))
        .max()
        .unwrap_or(0);
    let at = if needle.kind == Kind::Lead {
        needle.folded.len() - surname
    } else {
        0
    };
    let word = common::is_word(&needle.folded[at..at + surname]);
    if !word {
        return true;
    }
    match needle.kind {
        Kind::Lead => hit.contains('.') || needle.breaks.len() > 2,
        _ => {
            rest.starts_with(['.', ',', ';', ')', '，', '；', '、'])
                && (needle.breaks.len() > 2 || !rest.starts_with(',') || !hit.contains(','))
        }
    }
}
