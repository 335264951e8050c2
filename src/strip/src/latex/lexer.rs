//! LaTeX source cut into tokens: control sequences, braces, comments, math, verbatim text, paragraph breaks. Category codes are
//! taken as they are by default; nothing is expanded.

use super::arguments::braced;
use std::collections::HashSet;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `\name` or `\` and one sign.
    Command,
    Open,
    Close,
    /// From `%` to before the line's end.
    Comment,
    /// An environment that prints nothing.
    Hidden,
    /// A formula with its delimiters.
    Math,
    /// Text that is printed as written, without what opens and closes it.
    Verbatim,
    /// An empty line.
    Break,
    Tilde,
    /// `&`
    Cell,
    Text,
}

/// A piece of source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub range: Range<usize>,
}

const MATH: &[&str] = &[
    "equation",
    "align",
    "gather",
    "multline",
    "eqnarray",
    "displaymath",
    "math",
    "flalign",
    "alignat",
    "dmath",
    "IEEEeqnarray",
];

const VERBATIM: &[&str] = &[
    "verbatim",
    "Verbatim",
    "lstlisting",
    "minted",
    "filecontents",
    "BVerbatim",
    "LVerbatim",
];

/// Cuts a source into tokens that cover it without gaps.
pub(super) fn lex(source: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        source,
        bytes: source.as_bytes(),
        at: 0,
        out: Vec::new(),
        open: HashSet::new(),
    };
    while lexer.at < source.len() {
        lexer.next();
    }
    lexer.out
}

struct Lexer<'s> {
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
    out: Vec<Token>,
    /// Environments whose end does not come any more.
    open: HashSet<String>,
}

/// A formula is not longer: what seems so was not closed, and is not looked for again and again.
const LONGEST_FORMULA: usize = 20_000;

impl Lexer<'_> {
    fn push(&mut self, kind: Kind, end: usize) {
        let range = self.at..end;
        self.at = end;
        if kind == Kind::Text
            && let Some(last) = self.out.last_mut()
            && last.kind == Kind::Text
        {
            last.range.end = end;
            return;
        }
        self.out.push(Token { kind, range });
    }

    fn next(&mut self) {
        let at = self.at;
        match self.bytes[at] {
            b'\\' => self.command(),
            b'{' => self.push(Kind::Open, at + 1),
            b'}' => self.push(Kind::Close, at + 1),
            b'~' => self.push(Kind::Tilde, at + 1),
            b'&' => self.push(Kind::Cell, at + 1),
            b'%' => {
                let end = self.find(at, "\n").unwrap_or(self.source.len());
                self.push(Kind::Comment, end);
            }
            b'$' => {
                let mark = if self.bytes.get(at + 1) == Some(&b'$') {
                    "$$"
                } else {
                    "$"
                };
                let end = self.closing(at + mark.len(), mark);
                self.push(
                    if end.is_some() { Kind::Math } else { Kind::Text },
                    end.unwrap_or(at + 1),
                );
            }
            b'\n' => {
                let blank = self.bytes[at + 1..]
                    .iter()
                    .take_while(|b| matches!(b, b' ' | b'\t' | b'\r'))
                    .count();
                if self.bytes.get(at + 1 + blank) == Some(&b'\n') {
                    let all = self.bytes[at..]
                        .iter()
                        .take_while(|b| b.is_ascii_whitespace())
                        .count();
                    self.push(Kind::Break, at + all);
                } else {
                    self.push(Kind::Text, at + 1);
                }
            }
            _ => {
                let end = self.bytes[at..]
                    .iter()
                    .position(|b| matches!(b, b'\\' | b'{' | b'}' | b'~' | b'&' | b'%' | b'$' | b'\n'))
                    .map_or(self.source.len(), |n| at + n);
                self.push(Kind::Text, end);
            }
        }
    }

    fn find(&self, from: usize, what: &str) -> Option<usize> {
        self.source.get(from..)?.find(what).map(|n| from + n)
    }

    /// Where a formula ends, at a delimiter that no backslash makes a sign. A formula knows no empty line.
    fn closing(&self, mut from: usize, mark: &str) -> Option<usize> {
        let most = self.source.floor_char_boundary(self.at + LONGEST_FORMULA);
        loop {
            let end = self.source.get(from..most)?.find(mark).map(|n| from + n)?;
            if self.source[self.at..end].contains("\n\n") {
                return None;
            }
            let slashes = self.bytes[..end]
                .iter()
                .rev()
                .take_while(|b| **b == b'\\')
                .count();
            if slashes.is_multiple_of(2) || mark.starts_with('\\') {
                return Some(end + mark.len());
            }
            from = end + 1;
        }
    }

    fn command(&mut self) {
        let at = self.at;
        let letters = self.bytes[at + 1..]
            .iter()
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        if letters == 0 {
            let Some(sign) = self.source[at + 1..].chars().next() else {
                return self.push(Kind::Text, at + 1);
            };
            let end = at + 1 + sign.len_utf8();
            let closing = match sign {
                '(' => self.closing(end, "\\)"),
                '[' => self.closing(end, "\\]"),
                _ => None,
            };
            return match closing {
                Some(end) => self.push(Kind::Math, end),
                None => self.push(Kind::Command, end),
            };
        }
        let end = at + 1 + letters;
        match &self.source[at + 1..end] {
            "verb" | "lstinline" => self.verb(end),
            "begin" => self.begin(end),
            _ => self.push(Kind::Command, end),
        }
    }

    fn verb(&mut self, end: usize) {
        let mut from = end;
        if self.bytes.get(from) == Some(&b'*') {
            from += 1;
        }
        if self.bytes.get(from) == Some(&b'[') {
            from = self.find(from, "]").map_or(from, |e| e + 1);
        }
        self.push(Kind::Command, from);
        let Some(mark) = self.source[from..]
            .chars()
            .next()
            .filter(|c| !c.is_alphanumeric() && !c.is_whitespace())
        else {
            return;
        };
        let close = if mark == '{' { '}' } else { mark };
        let inner = from + mark.len_utf8();
        let Some(stop) = self.source[inner..].find([close, '\n']).map(|n| inner + n) else {
            return;
        };
        self.push(Kind::Command, inner);
        self.push(Kind::Verbatim, stop);
        self.push(
            Kind::Command,
            stop + close.len_utf8().min(self.source.len() - stop),
        );
    }

    fn begin(&mut self, end: usize) {
        let Some((name, after)) = braced(self.source, end) else {
            return self.push(Kind::Command, end);
        };
        let name = self.source[name].to_owned();
        let bare = name.trim_end_matches('*');
        if bare != "comment" && !MATH.contains(&bare) && !VERBATIM.contains(&bare)
            || self.open.contains(&name)
        {
            return self.push(Kind::Command, end);
        }
        let close = format!("\\end{{{name}}}");
        let Some(stop) = self.find(after, &close) else {
            self.open.insert(name);
            return self.push(Kind::Command, end);
        };
        if bare == "comment" {
            self.push(Kind::Hidden, stop + close.len());
        } else if MATH.contains(&bare) {
            self.push(Kind::Math, stop + close.len());
        } else {
            self.push(Kind::Command, end);
            // The name is read as an argument; what stands inside is not.
            let start = after.min(stop);
            self.push(Kind::Open, end + 1);
            self.push(Kind::Text, start - 1);
            self.push(Kind::Close, start);
            self.push(Kind::Verbatim, stop);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(source: &str) -> Vec<(Kind, &str)> {
        lex(source)
            .into_iter()
            .map(|t| (t.kind, &source[t.range]))
            .collect()
    }

    #[test]
    fn tokens() {
        use Kind::*;
        assert_eq!(
            kinds("a\\b{c}% d\n\n$x\\$y$~\\%\\verb|%|."),
            vec![
                (Text, "a"),
                (Command, "\\b"),
                (Open, "{"),
                (Text, "c"),
                (Close, "}"),
                (Comment, "% d"),
                (Break, "\n\n"),
                (Math, "$x\\$y$"),
                (Tilde, "~"),
                (Command, "\\%"),
                (Command, "\\verb"),
                (Command, "|"),
                (Verbatim, "%"),
                (Command, "|"),
                (Text, "."),
            ]
        );
        assert_eq!(
            kinds("\\begin{comment}x\\end{comment}"),
            vec![(Hidden, "\\begin{comment}x\\end{comment}")]
        );
        assert_eq!(kinds("\\begin{verbatim}%\\end{verbatim}")[4], (Verbatim, "%"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn covers_every_source(source in "[\\\\a-c{}%$~&\n *|é\\[\\]]{0,60}|(\\\\begin\\{(comment|verbatim|align)\\}|\\\\end\\{align\\}|[a{}$%\n]){0,12}") {
            let mut at = 0;
            for token in lex(&source) {
                prop_assert_eq!(token.range.start, at);
                prop_assert!(source.is_char_boundary(token.range.end));
                at = token.range.end;
            }
            prop_assert_eq!(at, source.len());
        }
    }
}
