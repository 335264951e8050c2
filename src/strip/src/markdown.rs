//! Markdown, R Markdown, Quarto: read by a CommonMark parser that tells where each piece stands, and changed in the source, so that
//! everything else stays as its author wrote it.

mod cut;
mod front;
mod html;
mod links;
mod paras;
mod view;

pub(crate) use view::{blocks, visible_text};

use crate::flow::{self, Edit};
use crate::latex::neutral::Neutral;
use crate::matcher::Matcher;
use crate::model::{Identity, Refusal, Report, What};
use crate::{findings, forms, outside, plain, plan};
use cut::cut;
use links::{links, targets};
use pulldown_cmark::{Event, Options, Parser, Tag};
use regex::Regex;
use std::collections::BTreeMap;
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
    front::end(text) > 0 && text.trim_start().starts_with("---")
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
    findings::links(&targets(&text), &matcher, &mut report);
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
