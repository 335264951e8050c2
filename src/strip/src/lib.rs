//! Takes the authors' identity out of manuscript files, and shows what is left.
//!
//! Bytes in, bytes and a report out. Nothing here knows of the web or of a database. Whatever cannot be read cannot be vouched for,
//! and is refused with a reason; whatever is removed is looked for again from outside, by other code, before a copy leaves.

mod common;
mod docx;
mod findings;
mod flow;
mod fold;
mod forms;
mod judge;
mod latex;
mod markdown;
mod matcher;
mod model;
mod names;
mod odt;
mod outside;
mod pdf;
mod picture;
mod plain;
mod plan;
mod recognise;
mod sections;
mod statements;
mod token;
mod tree;
mod verify;

pub use model::{
    Blind, Block, Finding, FindingKind, Format, Identity, Page, Person, Refusal, Removed, Report, What,
};

use matcher::Matcher;
use names::Kind;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Tells a file's format from its bytes, never from its name.
pub fn recognise(bytes: &[u8]) -> Result<Format, Refusal> {
    guarded(|| recognise::recognise(bytes))
}

/// Makes the blind copy of a file. The same input and identity give the same bytes.
pub fn strip(bytes: &[u8], identity: &Identity) -> Result<Blind, Refusal> {
    guarded(|| {
        let format = recognise::recognise(bytes)?;
        let (bytes, report) = match format {
            Format::Docx => docx::strip(bytes, identity)?,
            Format::Text => plain::strip(bytes, identity)?,
            Format::Odt => odt::strip(bytes, identity)?,
            Format::Fodt => odt::strip_flat(bytes, identity)?,
            Format::Tex => latex::strip(bytes, identity)?,
            Format::TexArchive => latex::strip_archive(bytes, identity)?,
            Format::Markdown => markdown::strip(bytes, identity)?,
            Format::Png | Format::Jpeg | Format::Gif | Format::Tiff | Format::Webp | Format::Svg => {
                strip_picture(bytes, identity)?
            }
            Format::Pdf => pdf::strip(bytes, identity)?,
        };
        Ok(Blind {
            format,
            bytes,
            report,
        })
    })
}

/// Takes identity out of a piece of text: a title, an abstract, a rebuttal, a suggestion.
pub fn strip_text(text: &str, identity: &Identity) -> (String, Report) {
    plain::strip_with(text, &Matcher::new(identity), false)
}

/// The identity's full names, e-mails, ORCIDs and terms that occur in a text. A common word alone never counts, nor does a surname.
pub fn mentions(text: &str, identity: &Identity) -> Vec<String> {
    let matcher = Matcher::new(identity);
    let mut found: Vec<String> = named(&matcher, text)
        .iter()
        .filter_map(|h| matcher.label(h).map(str::to_owned))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The first words of a text that [`mentions`] somebody, as they stand there.
pub fn first_mention<'t>(text: &'t str, identity: &Identity) -> Option<&'t str> {
    let found = merged(named(&Matcher::new(identity), text));
    found.first().and_then(|place| text.get(place.clone()))
}

fn named(matcher: &Matcher, text: &str) -> Vec<matcher::Hit> {
    let mut found = matcher.known(text, false);
    found.retain(|h| {
        matches!(h.kind, Kind::Full | Kind::Native | Kind::Exact | Kind::Term) && matcher.label(h).is_some()
    });
    found
}

/// Where a text says something of an identity: names in every spelling and order, also with initials, addresses, terms,
/// affiliations. A common word alone never counts.
pub fn places(text: &str, identity: &Identity) -> Vec<std::ops::Range<usize>> {
    merged(Matcher::new(identity).known(text, false))
}

/// Hits that touch or overlap are one place.
fn merged(hits: Vec<matcher::Hit>) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for hit in hits {
        match out.last_mut() {
            Some(last) if hit.start <= last.end => last.end = last.end.max(hit.end),
            _ => out.push(hit.start..hit.end),
        }
    }
    out
}

/// The visible text of any supported file; of a picture, none.
pub fn compare_text(bytes: &[u8]) -> Result<String, Refusal> {
    guarded(|| match recognise::recognise(bytes)? {
        Format::Docx => docx::visible_text(bytes),
        Format::Text => plain::decode(bytes),
        Format::Odt | Format::Fodt => odt::visible_text(bytes),
        Format::Tex | Format::TexArchive => latex::visible_text(bytes),
        Format::Markdown => markdown::visible_text(bytes),
        Format::Png | Format::Jpeg | Format::Gif | Format::Tiff | Format::Webp | Format::Svg => {
            picture::visible_text(bytes)
        }
        Format::Pdf => pdf::all_text(bytes),
    })
}

/// What of an identity a finished copy still shows, looked at from outside by other code than copies are made with;
/// `None` of a clean one. The words are those that were seen, or empty where only their place is known.
pub fn still_seen(copy: &[u8], identity: &Identity) -> Result<Option<String>, Refusal> {
    guarded(|| {
        Ok(match recognise::recognise(copy)? {
            Format::Docx => docx::seen(copy, identity),
            Format::Odt | Format::TexArchive => outside::archive(copy, identity),
            Format::Fodt | Format::Svg => outside::xml(copy, identity),
            Format::Tex | Format::Markdown => outside::source(copy, identity),
            Format::Text => verify::betrayal(&plain::decode(copy)?, identity),
            Format::Png | Format::Jpeg | Format::Gif | Format::Tiff | Format::Webp => {
                verify::bytes_betrayal(copy, identity)
            }
            Format::Pdf => pdf::seen(copy, identity)?.then(String::new),
        })
    })
}

/// How many pages a PDF has.
pub fn pdf_pages(bytes: &[u8]) -> Result<usize, Refusal> {
    guarded(|| pdf::open(bytes).map(|p| p.pages().len()))
}

/// Renders a page of a PDF, `width_px` wide; `index` counts from 0.
pub fn pdf_page(bytes: &[u8], index: usize, width_px: u32) -> Result<Page, Refusal> {
    guarded(|| pdf::render(bytes, index, width_px))
}

/// The text of a page of a PDF, a line per line of the page; `index` counts from 0.
pub fn pdf_text(bytes: &[u8], index: usize) -> Result<String, Refusal> {
    guarded(|| pdf::text(bytes, index))
}

/// The texts of the first `most` pages of a PDF, as [`pdf_text`] gives them one by one.
pub fn pdf_texts(bytes: &[u8], most: usize) -> Result<Vec<String>, Refusal> {
    guarded(|| pdf::texts(bytes, most))
}

/// The plain reading view of a document, a text or a picture; a PDF has pages instead.
pub fn reading_view(bytes: &[u8]) -> Result<Vec<Block>, Refusal> {
    guarded(|| match recognise::recognise(bytes)? {
        Format::Docx => docx::blocks(bytes),
        Format::Text => Ok(plain::blocks(&plain::decode(bytes)?)),
        Format::Odt | Format::Fodt => odt::blocks(bytes),
        Format::Tex | Format::TexArchive => latex::blocks(bytes),
        Format::Markdown => markdown::blocks(bytes),
        format @ (Format::Png | Format::Jpeg | Format::Gif | Format::Tiff | Format::Webp | Format::Svg) => {
            Ok(vec![Block::Picture {
                media_type: format.media_type().into(),
                bytes: bytes.to_vec(),
            }])
        }
        Format::Pdf => Err(Refusal::Unsupported),
    })
}

fn strip_picture(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let make = |identity: &Identity| {
        let matcher = Matcher::new(identity);
        let clean = picture::alone(bytes, &matcher)?;
        let mut report = Report::default();
        clean.tell(1, &matcher, &mut report);
        plan::sort(&mut report);
        Ok((clean.bytes, report))
    };
    outside::until_unseen(identity, make, |copy, identity| match picture::kind(copy) {
        Some("svg") => outside::xml(copy, identity),
        _ => verify::bytes_betrayal(copy, identity),
    })
}

/// Libraries we call may panic on a file made to break them; that is the file's fault, not the office's.
fn guarded<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Refusal::Broken))
}
