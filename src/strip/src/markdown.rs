//! Markdown, R Markdown, Quarto: read by a CommonMark parser that tells where each piece stands, and changed in the source, so that
//! everything else stays as its author wrote it.

mod front;
mod html;

use crate::flow::{self, Edit, Flow};
use crate::latex::project::Neutral;
use crate::matcher::Matcher;
use crate::model::{Block, Identity, Refusal, Report, What};
use crate::plan;
use crate::{forms, outside, picture, plain};
use data_encoding::BASE64;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) type Counts = BTreeMap<What, usize>;

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT
}

static MARKS: LazyLock<[Regex; 6]> = LazyLock::new(|| {
    [
        r"(?m)^#{1,6} \S",
        r"(?m)^(?:```|~~~)",
        r"!?\[[^\]\n]{1,200}\]\([^)\s]{1,300}(?: [^)\n]*)?\)",
        r"<!--",
        r"(?m)^\|.*\|\s*$\n^\|[ :|-]+\|\s*$",
        r"(?m)^\[[^\]\n]{1,80}\]:\s+\S|\*\*[^*\n]{1,200}\*\*|(?:\[|; ?)-?@[\w:.-]{3,}",
    ]
    .map(forms::pattern)
});

/// Whether a text is Markdown: it begins with properties, or has two kinds of its marks or two headings.
pub(crate) fn is_markdown(text: &str) -> bool {
    let head = &text[..text.floor_char_boundary(400_000)];
    front::begins(text)
        || MARKS.iter().filter(|m| m.is_match(head)).count() >= 2
        || MARKS[0].find_iter(head).count() >= 2
}

/// Whether a text begins with properties in YAML, as no LaTeX does.
pub(crate) fn has_properties(text: &str) -> bool {
    front::end(text) > 0 && text.starts_with("---")
}

/// Makes the blind copy, in UTF-8.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    outside::until_unseen(identity, |identity| make(bytes, identity), outside::source)
}

fn make(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    let neutral = Neutral::new(&matcher, identity, std::iter::empty());
    let text = flow::visible(&plain::decode(bytes)?).replace("\r\n", "\n");
    let mut counts = Counts::new();
    let text = front::clean(&text, &neutral, &mut counts);
    let text = one_side(&text, &mut counts);
    let text = html::clean(&text, &code(&text), &matcher, &mut counts);
    let text = links(&text, &matcher, &neutral, &mut counts)?;
    let text = keys(&text, &neutral, &mut counts);
    let (text, mut report) = cut(&text, &matcher);
    for (what, count) in counts {
        let place = match what {
            What::Properties => "properties",
            What::PictureMetadata => "pictures",
            _ => "document",
        };
        report.add(what, place, count);
    }
    plan::sort(&mut report);
    Ok((text.into_bytes(), report))
}

/// What a merge left: of two sides the first stays.
fn one_side(text: &str, counts: &mut Counts) -> String {
    let mark = |line: &str, sign: char| {
        line.starts_with(&sign.to_string().repeat(7)) && !line.starts_with(&sign.to_string().repeat(8))
    };
    let closed = text.lines().any(|l| mark(l, '<'))
        && text.lines().any(|l| mark(l, '>'))
        && text.lines().any(|l| mark(l, '='));
    if !closed {
        return text.to_owned();
    }
    let mut out = String::new();
    let (mut inside, mut other) = (false, false);
    for line in text.split_inclusive('\n') {
        if mark(line, '<') {
            (inside, other) = (true, false);
            *counts.entry(What::TrackedChanges).or_default() += 1;
        } else if inside && (mark(line, '=') || mark(line, '|')) {
            other = true;
        } else if inside && mark(line, '>') {
            (inside, other) = (false, false);
        } else if !other {
            out.push_str(line);
        }
    }
    out
}

/// Where code stands, which is shown as it is written.
fn code(text: &str) -> Vec<Range<usize>> {
    Parser::new_ext(text, options())
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

fn is_web(target: &str) -> bool {
    let lower = target.to_lowercase();
    lower.starts_with("http://")
        || lower.starts_with("https://")
        || lower.starts_with("//")
        || lower.starts_with("ftp:")
}

/// Links to people and private places leave their words; pictures from elsewhere leave theirs; definitions nobody uses go.
fn links(
    text: &str,
    matcher: &Matcher,
    neutral: &Neutral<'_>,
    counts: &mut Counts,
) -> Result<String, Refusal> {
    let parser = Parser::new_ext(text, options());
    let definitions: Vec<(String, String, Range<usize>)> = parser
        .reference_definitions()
        .iter()
        .map(|(label, d)| (label.to_lowercase(), d.dest.to_string(), d.span.clone()))
        .collect();
    let events: Vec<(Event<'_>, Range<usize>)> = parser.into_offset_iter().collect();
    let private = |target: &str| {
        let lower = target.to_lowercase();
        let own = lower.contains(':') && !is_web(target) && !lower.starts_with('#')
            || lower.starts_with(['/', '~'])
            || lower.contains('\\');
        own || !matcher.find(target, false).is_empty()
            || !forms::find(target).is_empty()
            || neutral.tells(target)
    };
    let mut edits = Vec::new();
    let mut used: BTreeSet<String> = BTreeSet::new();
    for (n, (event, range)) in events.iter().enumerate() {
        let (image, kind, target, title, id) = match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => (false, link_type, dest_url, title, id),
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => (true, link_type, dest_url, title, id),
            _ => continue,
        };
        let words = words_of(&events[n + 1..], range, image);
        let inside = &text[words.clone()];
        if image && target.starts_with("data:") {
            picture_inside(target, range, text, matcher, &mut edits, counts)?;
        } else if matches!(kind, LinkType::Autolink | LinkType::Email) {
            // Its words are its target: they are read as text.
        } else if image && is_web(target) || private(target) || title_tells(title, matcher) {
            *counts
                .entry(if image { What::Paths } else { What::Links })
                .or_default() += 1;
            edits.push(Edit::drop(range.start..words.start));
            edits.push(Edit::drop(words.end..range.end));
            if image && inside.is_empty() {
                edits.push(Edit {
                    range: words.clone(),
                    with: "—".into(),
                });
            }
        } else {
            used.insert(id.to_lowercase());
        }
    }
    for (label, _, span) in definitions
        .into_iter()
        .filter(|(label, target, _)| !used.contains(label) || private(target))
    {
        let hidden = if label.starts_with("//") || label.starts_with("comment") {
            What::Comments
        } else {
            What::HiddenParts
        };
        *counts.entry(hidden).or_default() += 1;
        let end = text[span.end..]
            .find('\n')
            .map_or(text.len(), |e| span.end + e + 1);
        let start = text[..span.start].rfind('\n').map_or(0, |s| s + 1);
        edits.push(Edit::drop(start..end));
    }
    Ok(flow::apply(text, edits))
}

fn title_tells(title: &str, matcher: &Matcher) -> bool {
    !title.is_empty() && !matcher.find(title, false).is_empty()
}

/// The source of a link's words: from the first to the last piece inside it.
fn words_of(rest: &[(Event<'_>, Range<usize>)], whole: &Range<usize>, image: bool) -> Range<usize> {
    let mut found: Option<Range<usize>> = None;
    let mut depth = 0_usize;
    for (event, range) in rest {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        found = Some(found.map_or(range.clone(), |f| f.start.min(range.start)..f.end.max(range.end)));
    }
    let lead = whole.start + if image { 2 } else { 1 };
    found.unwrap_or(lead.min(whole.end)..lead.min(whole.end))
}

/// A picture written into the text.
fn picture_inside(
    target: &str,
    range: &Range<usize>,
    text: &str,
    matcher: &Matcher,
    edits: &mut Vec<Edit>,
    counts: &mut Counts,
) -> Result<(), Refusal> {
    let packed = target
        .split_once("base64,")
        .and_then(|(_, b)| BASE64.decode(b.trim().as_bytes()).ok());
    let clean = packed.and_then(|bytes| picture::alone(&bytes, matcher).ok());
    let Some(at) = text[range.clone()].find(target).map(|n| range.start + n) else {
        return Err(Refusal::Broken);
    };
    let with = match clean {
        Some(clean) => {
            for (what, n) in clean.gone {
                *counts.entry(what).or_default() += n;
            }
            format!(
                "data:{};base64,{}",
                picture::media_type(clean.kind),
                BASE64.encode(&clean.bytes)
            )
        }
        None => {
            *counts.entry(What::HiddenParts).or_default() += 1;
            "none".into()
        }
    };
    edits.push(Edit {
        range: at..at + target.len(),
        with,
    });
    Ok(())
}

static CITATION: LazyLock<Regex> =
    LazyLock::new(|| forms::pattern(r"(^|[\s\[;(-])@\{?([\p{L}\d_][\p{L}\d_:.#$%&+?<>~/-]*)"));

/// Keys of citations that tell a name.
fn keys(text: &str, neutral: &Neutral<'_>, counts: &mut Counts) -> String {
    let mut map: BTreeMap<String, String> = BTreeMap::new();
    let mut edits = Vec::new();
    for found in CITATION.captures_iter(text) {
        let Some(key) = found.get(2) else { continue };
        let bare = key.as_str().trim_end_matches(['.', ':', ',', ';']);
        if neutral.tells(bare) {
            let next = format!("ref{}", map.len() + 1);
            let new = map.entry(bare.to_owned()).or_insert(next).clone();
            *counts.entry(What::Name).or_default() += 1;
            edits.push(Edit {
                range: key.start()..key.start() + bare.len(),
                with: new,
            });
        }
    }
    flow::apply(text, edits)
}

/// What a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
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

struct Para {
    flow: Flow,
    shape: Shape,
    /// The block it fills alone.
    whole: Option<Range<usize>>,
}

/// The paragraphs of a text, its properties first.
fn paras(text: &str) -> Vec<Para> {
    let mut reader = Reader {
        text,
        out: Vec::new(),
        now: Flow::default(),
        shape: vec![Shape::Paragraph],
        whole: None,
    };
    let body = front::end(text);
    for line in front::lines(text) {
        reader.now.literal(text, line);
        reader.finish(Shape::Property, None);
    }
    for (event, range) in Parser::new_ext(&text[body..], options()).into_offset_iter() {
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

/// Plans over all paragraphs and cuts the source.
fn cut(text: &str, matcher: &Matcher) -> (String, Report) {
    let paras = paras(text);
    let planned: Vec<plan::Para> = paras
        .iter()
        .map(|p| plan::Para {
            text: p.flow.text.clone(),
            place: match p.shape {
                Shape::Property => "properties",
                Shape::Note => "footnotes",
                _ => "body",
            }
            .into(),
            heading: matches!(p.shape, Shape::Heading(_)),
            head: false,
            body: !matches!(p.shape, Shape::Property | Shape::Note | Shape::Code),
        })
        .collect();
    let plan = plan::plan(&planned, matcher);
    let mut edits = Vec::new();
    let plain = |t: &str| t.to_owned();
    for (n, para) in paras.iter().enumerate() {
        if plan.drops[n].is_none() {
            para.flow.edits(&plan.cuts[n], &plain, &mut edits);
        } else if let Some(whole) = para.whole.clone() {
            edits.push(Edit::drop(whole));
        } else {
            para.flow.erase(&mut edits);
        }
    }
    unwrap_empty(text, &mut edits);
    let report = plan::report(&planned, &plan, matcher);
    let mut out = flow::apply(text, edits);
    // A sign before a bracket would be read as a link.
    for (tight, apart) in [
        ("[…](", "[…] ("),
        ("[…][", "[…] ["),
        ("［略］(", "［略］ ("),
        ("\n[…]:", "\n[…] :"),
    ] {
        out = out.replace(tight, apart);
    }
    (front::quoted(&out), report)
}

/// Marks of emphasis around nothing would be read as other marks: they go with their words.
fn unwrap_empty(text: &str, edits: &mut Vec<Edit>) {
    let wraps: Vec<Range<usize>> = Parser::new_ext(text, options())
        .into_offset_iter()
        .filter(|(event, _)| {
            matches!(
                event,
                Event::Start(
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript
                ) | Event::Code(_)
            )
        })
        .map(|(_, range)| range)
        .collect();
    edits.sort_by_key(|e| e.range.start);
    let mut emptied = Vec::new();
    for wrap in wraps {
        let first = edits.partition_point(|e| e.range.start < wrap.start);
        let inner: Vec<Edit> = edits[first..]
            .iter()
            .take_while(|e| e.range.start < wrap.end)
            .filter(|e| e.range.end <= wrap.end)
            .map(|e| Edit {
                range: e.range.start - wrap.start..e.range.end - wrap.start,
                with: e.with.clone(),
            })
            .collect();
        let left = if inner.is_empty() {
            String::new()
        } else {
            flow::apply(&text[wrap.clone()], inner.clone())
        };
        if !inner.is_empty()
            && left
                .chars()
                .all(|c| matches!(c, '*' | '_' | '~' | '^' | '`') || c.is_whitespace())
        {
            emptied.push(Edit::drop(wrap));
        }
    }
    edits.extend(emptied);
}

fn words(para: &Para) -> String {
    let text = para.flow.text.replace(crate::fold::SEAM, "");
    text.split('\n')
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}

/// The visible text, a line per paragraph.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    let text = plain::decode(bytes)?.replace("\r\n", "\n");
    let mut out = String::new();
    for para in paras(&text).iter().filter(|p| p.shape != Shape::Property) {
        let words = words(para);
        if !words.is_empty() {
            out.push_str(&words);
            out.push('\n');
        }
    }
    Ok(out)
}

/// The reading view; notes at the end.
pub(crate) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    let text = plain::decode(bytes)?.replace("\r\n", "\n");
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let mut rows: Vec<Vec<String>> = vec![Vec::new()];
    if let Some(title) = front::title(&text) {
        out.push(Block::Heading {
            level: 1,
            text: title,
        });
    }
    for para in paras(&text) {
        let words = words(&para);
        match &para.shape {
            Shape::Property => {}
            Shape::Cell => rows.last_mut().into_iter().for_each(|r| r.push(words.clone())),
            Shape::Row => rows.push(Vec::new()),
            Shape::TableEnd => {
                let mut all = std::mem::replace(&mut rows, vec![Vec::new()]);
                all.retain(|r| !r.is_empty());
                out.push(Block::Table(all));
            }
            Shape::Picture(target) => {
                let bytes = target
                    .split_once("base64,")
                    .and_then(|(_, b)| BASE64.decode(b.trim().as_bytes()).ok());
                if let Some((kind, bytes)) =
                    bytes.and_then(|b| Some((picture::kind(&b).filter(|k| picture::is_shown(k))?, b)))
                {
                    out.push(Block::Picture {
                        media_type: picture::media_type(kind),
                        bytes,
                    });
                }
            }
            _ if words.is_empty() => {}
            Shape::Heading(level) => out.push(Block::Heading {
                level: *level,
                text: words,
            }),
            Shape::Item => out.push(Block::ListItem(words)),
            Shape::Note => notes.push(Block::Paragraph(words)),
            Shape::Paragraph | Shape::Code => out.push(Block::Paragraph(words)),
        }
    }
    out.extend(notes);
    Ok(out)
}
