//! Markdown source as paragraphs that a reader would see.

use super::{front, html, options};
use crate::flow::Flow;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Paragraph,
    Heading(u8),
    Item,
    Cell,
    Row,
    TableEnd,
    Code,
    Note,
    Property,
    Picture(String),
}

pub(super) struct Para {
    pub flow: Flow,
    pub shape: Shape,
    /// The block it fills alone.
    pub whole: Option<Range<usize>>,
}

/// The paragraphs of a text, its properties first.
pub(super) fn paras(text: &str) -> Vec<Para> {
    let mut reader = Reader {
        text,
        out: Vec::new(),
        now: Flow::default(),
        shape: vec![Shape::Paragraph],
        whole: None,
    };
    let body = front::end(text);
    let tail = front::tail(text).max(body);
    for line in front::lines(text) {
        reader.now.literal(text, line);
        reader.finish(Shape::Property, None);
    }
    for (event, range) in Parser::new_ext(&text[body..tail], options()).into_offset_iter() {
        reader.event(event, range.start + body..range.end + body);
    }
    reader.flush();
    reader.out
}

struct Reader<'t> {
    text: &'t str,
    out: Vec<Para>,
    now: Flow,
    shape: Vec<Shape>,
    whole: Option<Range<usize>>,
}

impl Reader<'_> {
    fn finish(&mut self, shape: Shape, whole: Option<Range<usize>>) {
        let flow = std::mem::take(&mut self.now);
        if !flow.is_empty() || shape == Shape::Cell {
            self.out.push(Para { flow, shape, whole });
        }
    }

    fn flush(&mut self) {
        let shape = self.shape.last().cloned().unwrap_or(Shape::Paragraph);
        let whole = self.whole.take();
        if shape != Shape::Cell {
            self.finish(shape, whole);
        }
    }

    fn sign(&mut self, shape: Shape) {
        self.out.push(Para {
            flow: Flow::default(),
            shape,
            whole: None,
        });
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(words)
            | Event::InlineMath(words)
            | Event::DisplayMath(words)
            | Event::Code(words) => {
                if self.shape.last() == Some(&Shape::Code) {
                    self.lines(range);
                } else {
                    self.words(&words, range);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.now.letter("\n", range),
            Event::Html(_) => self.html(range),
            // Tags that do not break a word.
            Event::InlineHtml(tag) if tag.starts_with("<br") => {
                self.now.letter("\n", range.start..range.start)
            }
            Event::InlineHtml(_) => self.now.letter("\u{2063}", range.start..range.start),
            Event::FootnoteReference(_) => self.now.letter("\u{2063}", range.start..range.start),
            Event::Rule => self.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    /// Text that stands in the source as it is read, or for which the source is written otherwise (entities).
    fn words(&mut self, words: &str, range: Range<usize>) {
        match self.text[range.clone()].find(words) {
            Some(at) => self
                .now
                .literal(self.text, range.start + at..range.start + at + words.len()),
            None => self.now.letter(words, range),
        }
    }

    fn lines(&mut self, range: Range<usize>) {
        let mut at = range.start;
        for line in self.text[range].split_inclusive('\n') {
            let bare = line.trim_end_matches('\n').len();
            self.now.literal(self.text, at..at + bare);
            self.finish(Shape::Code, None);
            at += line.len();
        }
    }

    /// The words between the tags of a block of HTML.
    fn html(&mut self, range: Range<usize>) {
        self.flush();
        let mut at = range.start;
        let part = &self.text[range.clone()];
        let mut rest = part;
        while let Some(open) = rest.find('<') {
            self.now.literal(self.text, at..at + open);
            let close = rest[open..].find('>').map_or(rest.len(), |c| open + c + 1);
            if !html::is_inline(&rest[open..close]) {
                self.finish(Shape::Paragraph, None);
            }
            at += close;
            rest = &rest[close..];
        }
        self.now.literal(self.text, at..range.end);
        self.finish(Shape::Paragraph, None);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let shape = match tag {
            Tag::Paragraph => {
                self.flush();
                self.whole = Some(range);
                return;
            }
            Tag::Heading { level, .. } => Shape::Heading(level as u8),
            Tag::Item => Shape::Item,
            Tag::TableCell => {
                self.now = Flow::default();
                Shape::Cell
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                if let CodeBlockKind::Fenced(words) = kind {
                    // What stands behind the fence can say a file's name.
                    if let Some(at) = self.text[range.clone()]
                        .find(&*words)
                        .filter(|_| !words.is_empty())
                    {
                        self.now
                            .literal(self.text, range.start + at..range.start + at + words.len());
                        self.finish(Shape::Property, None);
                    }
                }
                Shape::Code
            }
            Tag::FootnoteDefinition(_) => Shape::Note,
            Tag::Image { dest_url, .. } if dest_url.starts_with("data:") => {
                self.sign(Shape::Picture(dest_url.to_string()));
                return;
            }
            Tag::Link {
                link_type: LinkType::Email,
                ..
            } => return,
            Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::HtmlBlock
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {
                self.flush();
                return;
            }
            _ => return,
        };
        if shape != Shape::Cell {
            self.flush();
        }
        if matches!(shape, Shape::Heading(_)) {
            self.whole = Some(range);
        }
        self.shape.push(shape);
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::TableCell => {
                self.finish(Shape::Cell, None);
                self.shape.pop();
            }
            TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock | TagEnd::FootnoteDefinition => {
                self.flush();
                self.shape.pop();
            }
            TagEnd::TableRow | TagEnd::TableHead => self.sign(Shape::Row),
            TagEnd::Table => self.sign(Shape::TableEnd),
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::BlockQuote(_) => self.flush(),
            _ => {}
        }
    }
}
