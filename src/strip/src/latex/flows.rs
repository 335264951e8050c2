//! LaTeX source as paragraphs that a reader would see, in the order of the document, through all its files.

use super::lexer::{Kind, Token, braced, bracketed, lex, skip};
use super::structure::is_thanks;
use crate::flow::Flow;
use std::collections::BTreeMap;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Paragraph,
    /// 1 is the highest; the title has 1 too.
    Heading(u8),
    Item,
    Cell,
    /// A line of a listing.
    Code,
    /// No words: the end of a row of a table.
    Row,
    /// No words: the end of a table.
    TableEnd,
    /// No words: a picture, by the path the source gives.
    Picture(String),
}

/// A paragraph and what is known about it.
#[derive(Clone, Debug)]
pub(super) struct Para {
    pub flow: Flow,
    pub shape: Shape,
    /// Which file it stands in.
    pub file: usize,
    /// It is part of the main text.
    pub body: bool,
    /// It stands at every page's head.
    pub head: bool,
    pub note: bool,
    /// What goes with it when it goes: the macro around it.
    pub whole: Option<Range<usize>>,
    /// The paragraph whose note it is.
    pub parent: Option<usize>,
    /// Words that are not in the source, such as the heading an environment prints.
    pub made: &'static str,
}

/// A file of the project, read as text.
pub(super) struct Source {
    /// Its path seen from the root.
    pub path: String,
    pub text: String,
}

/// Reads paragraphs from the main file on, following `\input`.
pub(super) fn read(sources: &[Source], main: usize) -> Vec<Para> {
    let mut reader = Reader {
        sources,
        file: main,
        seen: vec![false; sources.len()],
        out: Vec::new(),
        now: Flow::default(),
        state: State::default(),
        saved: Vec::new(),
        ends: Vec::new(),
        tables: 0,
        keys: BTreeMap::new(),
        depth: 0,
    };
    // A part of a paper, without a beginning, is text from its first line.
    reader.state.body = !sources[main].text.contains("\\begin{document}");
    reader.file(main);
    // What `\input` does not reach (a style of the authors' own) is read as well, as no part of the text.
    for n in 0..sources.len() {
        if !reader.seen[n] {
            reader.state = State::default();
            reader.file(n);
        }
    }
    reader.out
}

#[derive(Clone, Default)]
struct State {
    shape: Option<Shape>,
    body: bool,
    head: bool,
    note: bool,
    whole: Option<Range<usize>>,
    item: Option<usize>,
    /// Its notes, which were read before it ended.
    notes: Vec<usize>,
}

/// What to do where an argument closes.
enum End {
    /// A paragraph of its own ends.
    Flush(State),
    /// A note ends, and the paragraph around it goes on.
    Back,
}

struct Reader<'s> {
    sources: &'s [Source],
    file: usize,
    seen: Vec<bool>,
    out: Vec<Para>,
    now: Flow,
    state: State,
    saved: Vec<(Flow, State)>,
    ends: Vec<(usize, End)>,
    tables: usize,
    keys: BTreeMap<String, usize>,
    depth: usize,
}

/// Files include each other this deep at most.
const DEEPEST: usize = 16;

/// Macros whose arguments are no text: how many.
fn silent(name: &str) -> Option<usize> {
    Some(match name {
        "label" | "ref" | "eqref" | "cref" | "Cref" | "autoref" | "pageref" | "nameref" | "vref"
        | "usepackage" | "documentclass" | "RequirePackage" | "bibliographystyle" | "vspace" | "hspace"
        | "pagestyle" | "thispagestyle" | "pagenumbering" | "input" | "include" | "includegraphics"
        | "bibliography" | "addbibresource" | "graphicspath" | "usetikzlibrary" | "hypersetup" | "lstset"
        | "captionsetup" | "geometry" | "linespread" | "selectlanguage" | "textcolor" | "color"
        | "colorbox" | "newcounter" | "stepcounter" | "refstepcounter" | "pgfplotsset" | "tikzset"
        | "sisetup" | "theoremstyle" | "setmainfont" | "setCJKmainfont" | "setsansfont" | "setmonofont"
        | "newif" | "href" | "includepdf" | "includesvg" | "ccsdesc" | "definecolor@" | "hyphenation"
        | "lstinputlisting" | "verbatiminput" | "subfile" | "cline" | "cmidrule" | "nocite"
        | "counterwithin" | "urlstyle" | "setcitestyle" | "bibpunct" | "hangindent" | "resizebox@"
        | "externaldocument" | "acmConference@" | "acmDOI" | "acmISBN" | "documentstyle" => 1,
        "setlength" | "addtolength" | "setcounter" | "addtocounter" | "newlength@" | "rule" | "resizebox"
        | "fontsize" | "multirow" | "multicolumn" | "scalebox@" | "pagecolor@" | "numberwithin"
        | "rowcolors@" | "raisebox@" | "addcontentsline@" => 2,
        "definecolor" => 3,
        "scalebox" | "raisebox" | "rotatebox" | "parbox" | "cellcolor" | "rowcolor" | "pagecolor"
        | "hspace*" => 1,
        name if is_cite(name) => 1,
        _ => return None,
    })
}

fn is_cite(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with("cite")
        || lower.ends_with("cite")
        || lower.ends_with("cites")
        || lower.starts_with("citep")
        || lower.starts_with("citet")
}

/// Environments whose first arguments are no text.
fn silent_begin(name: &str) -> usize {
    match name.trim_end_matches('*') {
        "tabular" | "array" | "minipage" | "thebibliography" | "multicols" | "longtable" | "adjustbox"
        | "spacing" | "subfigure" | "subtable" | "supertabular" | "minted" | "tabbing" => 1,
        "tabularx" | "tabulary" | "CJK" | "wrapfigure" | "list" => 2,
        _ => 0,
    }
}

fn is_table(name: &str) -> bool {
    matches!(
        name.trim_end_matches('*'),
        "tabular"
            | "tabularx"
            | "tabulary"
            | "longtable"
            | "supertabular"
            | "tblr"
            | "xltabular"
            | "longtblr"
    )
}

fn heading(name: &str) -> Option<u8> {
    Some(match name {
        "part" | "chapter" | "title" | "Title" => 1,
        "section" | "bmhead" | "section*" => 2,
        "subsection" => 3,
        "subsubsection" => 4,
        "paragraph" => 5,
        "subparagraph" => 6,
        _ => return None,
    })
}

/// Macros whose argument is a paragraph of its own.
fn apart(name: &str) -> bool {
    matches!(
        name,
        "caption"
            | "abstract"
            | "keywords"
            | "keyword"
            | "subtitle"
            | "Abstract"
            | "captionof"
            | "subcaption"
            | "newcommand"
            | "renewcommand"
            | "providecommand"
            | "def"
            | "gdef"
            | "DeclareMathOperator"
            | "newtheorem"
            | "highlights"
            | "dataavailability"
            | "institutionalreview"
            | "informedconsent"
            | "titlerunning"
            | "shorttitle"
            | "runningtitle"
            | "markright"
    )
}

fn running(name: &str) -> bool {
    matches!(
        name,
        "lhead"
            | "rhead"
            | "chead"
            | "lfoot"
            | "cfoot"
            | "rfoot"
            | "fancyhead"
            | "fancyfoot"
            | "ihead"
            | "ohead"
            | "ifoot"
            | "ofoot"
            | "markright"
    )
}

impl Reader<'_> {
    fn file(&mut self, file: usize) {
        if self.seen[file] || self.depth >= DEEPEST {
            return;
        }
        self.seen[file] = true;
        self.depth += 1;
        let outer = std::mem::replace(&mut self.file, file);
        let ends = std::mem::take(&mut self.ends);
        let text: &str = &self.sources[file].text;
        let tokens = lex(text);
        let mut at = 0;
        for token in &tokens {
            while let Some((_, end)) = self.ends.pop_if(|(place, _)| *place <= token.range.start) {
                self.end(end);
            }
            let mut rest = token.clone();
            if rest.kind == Kind::Text {
                // A macro may have used up its beginning.
                rest.range.start = rest.range.start.max(at.min(rest.range.end));
            }
            if rest.range.start >= at {
                at = self.token(text, &rest).max(rest.range.end);
            }
        }
        while let Some((_, end)) = self.ends.pop() {
            self.end(end);
        }
        self.flush();
        self.ends = ends;
        self.file = outer;
        self.depth -= 1;
    }

    fn end(&mut self, end: End) {
        self.flush();
        match end {
            End::Flush(state) => self.state = state,
            End::Back => {
                let note = self.out.len().checked_sub(1);
                if let Some((flow, state)) = self.saved.pop() {
                    (self.now, self.state) = (flow, state);
                    self.state.notes.extend(note.filter(|n| self.out[*n].note));
                }
            }
        }
    }

    fn flush(&mut self) {
        let flow = std::mem::take(&mut self.now);
        let shape = self.state.shape.clone().unwrap_or(Shape::Paragraph);
        let item = self.state.item.take();
        if self.state.shape == Some(Shape::Item) {
            self.state.shape = None;
        }
        let notes = std::mem::take(&mut self.state.notes);
        if flow.is_empty() {
            return;
        }
        for note in notes {
            self.out[note].parent = Some(self.out.len());
        }
        let whole = self
            .state
            .whole
            .take()
            .or_else(|| Some(item?..flow.source()?.end));
        self.out.push(Para {
            flow,
            shape,
            file: self.file,
            body: self.state.body && !self.state.note && !self.state.head,
            head: self.state.head,
            note: self.state.note,
            whole,
            parent: None,
            made: "",
        });
    }

    fn made(&mut self, words: &'static str, shape: Shape) {
        self.out.push(Para {
            flow: Flow::default(),
            shape,
            file: self.file,
            body: self.state.body,
            head: false,
            note: false,
            whole: None,
            parent: None,
            made: words,
        });
    }

    /// Reads a token; returns how far the source is used up.
    fn token(&mut self, text: &str, token: &Token) -> usize {
        let range = token.range.clone();
        match token.kind {
            Kind::Command => return self.command(text, &range),
            Kind::Break => self.flush(),
            Kind::Tilde => self.now.letter(" ", range),
            Kind::Cell if self.tables > 0 => {
                self.state.shape = Some(Shape::Cell);
                self.flush_cell();
            }
            Kind::Text | Kind::Math | Kind::Cell => self.now.literal(text, range),
            Kind::Verbatim => self.verbatim(text, range),
            Kind::Comment => {
                // It takes the line's end and the next line's indent with it, unless that line is empty.
                let line = text[range.end..].strip_prefix('\n').unwrap_or_default();
                let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
                if !line.is_empty() && !line[indent..].starts_with(['\n', '\r']) {
                    return range.end + 1 + indent;
                }
            }
            Kind::Open | Kind::Close | Kind::Hidden => {}
        }
        token.range.end
    }

    /// An empty cell counts too.
    fn flush_cell(&mut self) {
        if self.now.is_empty() {
            self.now = Flow::default();
            self.made("", Shape::Cell);
        } else {
            self.flush();
        }
    }

    fn verbatim(&mut self, text: &str, range: Range<usize>) {
        if !text[range.clone()].contains('\n') {
            self.now.literal(text, range);
            return;
        }
        self.flush();
        let mut at = range.start;
        for line in text[range].split_inclusive('\n') {
            let bare = line.trim_end_matches(['\n', '\r']).len();
            self.now.literal(text, at..at + bare);
            self.state.shape = Some(Shape::Code);
            self.flush();
            at += line.len();
        }
        self.state.shape = None;
    }

    fn command(&mut self, text: &str, range: &Range<usize>) -> usize {
        let name = text[range.start + 1..range.end].trim_end_matches('*');
        if let Some(end) = self.letter(text, range, name) {
            return end;
        }
        let mut at = range.end;
        if text[at..].starts_with('*') {
            at += 1;
        }
        match name {
            "begin" => return self.begin(text, range),
            "end" => return self.finish(text, range),
            "par" | "maketitle" | "newpage" | "clearpage" | "hline" | "toprule" | "midrule"
            | "bottomrule" | "appendix" | "tableofcontents" => {
                self.flush();
            }
            "item" => {
                self.flush();
                self.state.shape = Some(Shape::Item);
                self.state.item = Some(range.start);
            }
            "bibitem" => {
                self.flush();
                self.state.shape = Some(Shape::Item);
                self.state.item = Some(range.start);
                at = bracketed(text, skip(text, at)).map_or(at, |(_, end)| end);
                return braced(text, at).map_or(at, |(_, end)| end);
            }
            "input" | "include" | "subfile" | "subfileinclude" => {
                if let Some((inner, end)) = braced(text, at) {
                    self.flush();
                    if let Some(next) = super::project::source_at(self.sources, &text[inner]) {
                        let state = self.state.clone();
                        self.file(next);
                        self.state = state;
                    }
                    return end;
                }
            }
            "footnote" | "footnotetext" | "endnote" | "thanks" => {
                at = bracketed(text, skip(text, at)).map_or(at, |(_, end)| end);
                if let Some((inner, end)) = braced(text, at) {
                    self.now.letter("\u{2063}", range.start..range.start);
                    let note = State {
                        note: true,
                        whole: Some(range.start..end),
                        ..State::default()
                    };
                    self.saved.push((
                        std::mem::take(&mut self.now),
                        std::mem::replace(&mut self.state, note),
                    ));
                    self.ends.push((inner.end, End::Back));
                    return inner.start;
                }
            }
            name if is_thanks(name) => {
                self.flush();
                self.now.letter("Acknowledgements", range.clone());
                self.state.shape = Some(Shape::Heading(2));
                self.flush();
                self.state.shape = None;
            }
            name if heading(name).is_some() || apart(name) || running(name) => {
                return self.apart(text, range, at, name);
            }
            name => return self.silence(text, range, at, name),
        }
        at
    }

    /// A macro whose argument stands alone: a heading, a caption, a definition, a running head.
    fn apart(&mut self, text: &str, range: &Range<usize>, mut at: usize, name: &str) -> usize {
        let definition = matches!(
            name,
            "newcommand" | "renewcommand" | "providecommand" | "DeclareMathOperator" | "newtheorem"
        );
        if definition && text[skip(text, at)..].starts_with('\\') {
            // `\newcommand\name{…}`, without braces around the name.
            at = text[at..].find(['{', '[']).map_or(at, |n| at + n);
        } else if definition || name == "captionof" {
            at = braced(text, at).map_or(at, |(_, end)| end);
        } else if matches!(name, "def" | "gdef") {
            // The name and its parameters, up to the brace.
            at = text[at..].find('{').map_or(at, |n| at + n);
        }
        while let Some((_, end)) = bracketed(text, skip(text, at)) {
            at = end;
        }
        let Some((inner, end)) = braced(text, at) else {
            return at;
        };
        self.flush();
        let level = heading(name);
        if matches!(name, "abstract" | "Abstract") {
            self.made("Abstract", Shape::Heading(2));
        }
        let before = self.state.clone();
        self.state = State {
            shape: level.map(Shape::Heading),
            body: before.body || matches!(name, "title" | "Title" | "subtitle"),
            head: running(name),
            whole: level.filter(|_| name != "title").map(|_| range.start..end),
            ..State::default()
        };
        self.ends.push((inner.end, End::Flush(before)));
        inner.start
    }

    /// Macros whose arguments are names, numbers and keys. All others are transparent: their arguments are text.
    fn silence(&mut self, text: &str, range: &Range<usize>, mut at: usize, name: &str) -> usize {
        let Some(args) = silent(name) else { return at };
        while let Some((_, end)) = bracketed(text, skip(text, at)) {
            at = end;
        }
        let mut last = String::new();
        for _ in 0..args {
            let Some((inner, end)) = braced(text, at) else {
                break;
            };
            last = text[inner].to_owned();
            at = end;
        }
        if is_cite(name) && name != "nocite" {
            let numbers: Vec<String> = last
                .split(',')
                .map(|key| {
                    let next = self.keys.len() + 1;
                    self.keys.entry(key.trim().to_owned()).or_insert(next).to_string()
                })
                .collect();
            self.now
                .letter(&format!("[{}]", numbers.join(", ")), range.start..at);
        } else if matches!(
            name,
            "ref" | "eqref" | "cref" | "Cref" | "autoref" | "pageref" | "vref" | "nameref"
        ) {
            self.now.letter("#", range.start..at);
        } else if matches!(name, "includegraphics" | "includesvg" | "includepdf") {
            self.flush();
            self.made("", Shape::Picture(last));
        }
        at
    }

    fn begin(&mut self, text: &str, range: &Range<usize>) -> usize {
        let Some((name, mut at)) = braced(text, range.end) else {
            return range.end;
        };
        let name = &text[name];
        self.flush();
        self.state.shape = None;
        match name {
            "document" => self.state.body = true,
            "abstract" => self.made("Abstract", Shape::Heading(2)),
            "thebibliography" => self.made("References", Shape::Heading(2)),
            "keywords" | "keyword" => self.made("Keywords", Shape::Heading(3)),
            name if is_table(name) => {
                self.tables += 1;
                self.state.shape = Some(Shape::Cell);
            }
            _ => {}
        }
        while let Some((_, end)) = bracketed(text, at) {
            at = end;
        }
        for _ in 0..silent_begin(name) {
            at = braced(text, at).map_or(at, |(_, end)| end);
        }
        at
    }

    fn finish(&mut self, text: &str, range: &Range<usize>) -> usize {
        let Some((name, at)) = braced(text, range.end) else {
            return range.end;
        };
        if is_table(&text[name]) && self.tables > 0 {
            self.state.shape = Some(Shape::Cell);
            self.flush();
            self.tables -= 1;
            self.made("", Shape::TableEnd);
        } else {
            self.flush();
        }
        self.state.shape = None;
        at
    }

    /// Signs and letters that are written as macros; returns where they end.
    fn letter(&mut self, text: &str, range: &Range<usize>, name: &str) -> Option<usize> {
        if let Some(mark) = accent(name) {
            let (base, end) = accented(text, range.end)?;
            let letter: String = format!("{base}{mark}").nfc().collect();
            self.now.letter(&letter, range.start..end);
            return Some(end);
        }
        let sign = match name {
            "\\" | "newline" | "linebreak" | "cr" | "tabularnewline" => {
                let end = bracketed(text, range.end).map_or(range.end, |(_, end)| end);
                if self.tables > 0 {
                    self.state.shape = Some(Shape::Cell);
                    self.flush_cell();
                    self.made("", Shape::Row);
                } else {
                    self.now.letter("\n", range.start..end);
                }
                return Some(end);
            }
            "&" | "%" | "#" | "$" | "_" | "{" | "}" => name,
            " " | "," | ";" | ":" | "\n" | "quad" | "qquad" | "enspace" | "thinspace" | "hfill" | "and"
            | "AND" | "And" => " ",
            "-" => "\u{AD}",
            "/" | "@" | "!" | "textsuperscript@" => "",
            "o" => "ø",
            "O" => "Ø",
            "l" => "ł",
            "L" => "Ł",
            "ss" => "ß",
            "ae" => "æ",
            "AE" => "Æ",
            "oe" => "œ",
            "OE" => "Œ",
            "aa" => "å",
            "AA" => "Å",
            "i" => "i",
            "j" => "j",
            "dh" => "ð",
            "dj" => "đ",
            "DJ" => "Đ",
            "th" => "þ",
            "ldots" | "dots" | "textellipsis" => "…",
            "textendash" => "–",
            "textemdash" => "—",
            "textbackslash" => "\\",
            "textunderscore" => "_",
            "textasciitilde" => "~",
            "copyright" => "©",
            "TeX" | "LaTeX" => name,
            "textsuperscript" | "textsubscript" | "up" => "\u{2063}",
            _ => return None,
        };
        let mut end = range.end;
        if name.chars().all(|c| c.is_ascii_alphabetic()) {
            // `\o{}` and the space that ends a name.
            if text[end..].starts_with("{}") {
                end += 2;
            } else if !matches!(name, "textsuperscript" | "textsubscript") {
                end += text[end..].bytes().take_while(|b| *b == b' ').count();
            }
        }
        let covered = if sign == "\u{2063}" {
            range.start..range.start
        } else {
            range.start..end
        };
        self.now.letter(sign, covered);
        Some(end)
    }
}

/// The combining mark an accent macro means.
fn accent(name: &str) -> Option<char> {
    Some(match name {
        "\"" => '\u{308}',
        "'" => '\u{301}',
        "`" => '\u{300}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "." => '\u{307}',
        "c" => '\u{327}',
        "v" => '\u{30C}',
        "u" => '\u{306}',
        "H" => '\u{30B}',
        "r" => '\u{30A}',
        "k" => '\u{328}',
        "d" => '\u{323}',
        "b" => '\u{331}',
        _ => return None,
    })
}

/// The letter under an accent and where it ends: `\"u`, `\"{u}`, `\v s`, `\'{\i}`.
fn accented(text: &str, mut at: usize) -> Option<(String, usize)> {
    at += text[at..].bytes().take_while(|b| *b == b' ').count();
    let rest = &text[at..];
    if let Some(inner) = rest.strip_prefix('{') {
        let end = inner.find('}')?;
        let word = inner[..end].trim().trim_start_matches('\\').trim();
        return (word.chars().count() <= 2).then(|| (word.to_owned(), at + end + 2));
    }
    if let Some(inner) = rest.strip_prefix('\\') {
        let c = inner.chars().next().filter(|c| matches!(c, 'i' | 'j'))?;
        let mut end = at + 2;
        end += text[end..].bytes().take_while(|b| *b == b' ').count();
        return Some((c.to_string(), end));
    }
    let c = rest.chars().next().filter(|c| c.is_alphabetic())?;
    Some((c.to_string(), at + c.len_utf8()))
}
