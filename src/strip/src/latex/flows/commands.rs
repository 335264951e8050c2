//! Macros and environments as they are read: what begins and ends paragraphs, and which arguments are text.

use super::kinds::{apart, heading, is_cite, is_table, running, silent, silent_begin};
use super::{End, Reader, Shape, State};
use crate::latex::arguments::{braced, bracketed, skip};
use crate::latex::files::source_at;
use crate::latex::structure::is_thanks;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn command(&mut self, text: &str, range: &Range<usize>) -> usize {
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
                    self.follow(&text[inner]);
                    return end;
                }
            }
            "import" | "subimport" | "inputfrom" | "subinputfrom" | "includefrom" | "subincludefrom" => {
                if let Some((_, folder)) = braced(text, at)
                    && let Some((inner, end)) = braced(text, folder)
                {
                    self.follow(&text[inner]);
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

    /// Reads the file that a path means, in the midst of this one.
    fn follow(&mut self, target: &str) {
        self.flush();
        if let Some(next) = source_at(self.sources, target) {
            let state = self.state.clone();
            self.file(next);
            self.state = state;
        }
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
            name if is_centred(name) => self.centred += 1,
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
        if is_table(&text[name.clone()]) && self.tables > 0 {
            self.state.shape = Some(Shape::Cell);
            self.flush();
            self.tables -= 1;
            self.made("", Shape::TableEnd);
        } else {
            self.flush();
            if is_centred(&text[name]) {
                self.centred = self.centred.saturating_sub(1);
            }
        }
        self.state.shape = None;
        at
    }
}

/// Environments in which each line is a thing of its own.
fn is_centred(name: &str) -> bool {
    matches!(name, "center" | "flushleft" | "flushright" | "titlepage")
}
