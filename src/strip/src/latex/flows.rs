//! LaTeX source as paragraphs that a reader would see, in the order of the document, through all its files.

mod commands;
mod kinds;
mod letters;

use super::lexer::{Kind, Token, lex};
use crate::flow::Flow;
use std::collections::BTreeMap;
use std::ops::Range;

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
        centred: 0,
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
    centred: usize,
    keys: BTreeMap<String, usize>,
    depth: usize,
}

/// Files include each other this deep at most.
const DEEPEST: usize = 16;

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
}
