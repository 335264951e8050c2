//! Blind files to read in the page: a PDF as rendered pages with their text beside them, a document or text as a
//! plain reading view, a picture as itself. Shared by authors, reviewers and editors.
//!
//! A handler proves, gets its `BlindFile` from the store and calls `of`; two more routes under the same address answer
//! with `page_of` (`…/pages/<page>`) and `picture_of` (`…/pictures/<index>`). The template says
//! `{{ <reading reading={reading}/> }}`.

use std::time::Duration;

use bauta_strip::{Block, Refusal};
use rocket::Request;
use rocket::http::{ContentType, Header, Status};
use rocket::request::{FromParam, FromRequest, Outcome};
use rocket::response::{Responder, Response};
use serde::Serialize;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::error::WebError;
use crate::actions::render;
use crate::app::Office;
use crate::store::Store;
use crate::store::files::BlindFile;

/// Width of a rendered page in pixels.
const WIDTH: u32 = 900;
/// Pages whose text is given beside their image, so that a long file does not hold up the page.
const TEXT_PAGES: usize = 120;
/// Files read or rendered at the same time; the others wait.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(2);
/// How long one waits for its turn: then it is better to be told, and to ask again.
const PATIENCE: Duration = Duration::from_secs(30);

/// A blind file as the component `reading` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// `pages`, `blocks` or `closed` (it cannot be shown here, only downloaded).
    pub form: &'static str,
    /// The language of its words, for the passage's `lang`.
    pub lang: String,
    /// The address under which `pages/` and `pictures/` stand.
    pub base: String,
    /// The pages of a PDF.
    pub pages: Vec<ReadingPage>,
    /// The blocks of a document, a text or a picture.
    pub blocks: Vec<ReadingBlock>,
}

/// A page of a PDF.
#[derive(Clone, Debug, Serialize)]
pub struct ReadingPage {
    /// Its number, from 1.
    pub number: usize,
    /// Its words, for those who do not see the image.
    pub text: String,
}

/// A piece of text that stands together; `removed` where identity was taken out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether something was removed here.
    pub removed: bool,
}

/// A block of the reading view.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ReadingBlock {
    /// A heading; the page has its own highest one.
    Heading {
        /// 2 to 4.
        level: u8,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        runs: Vec<Run>,
    },
    /// A list.
    List {
        /// Its entries.
        items: Vec<Vec<Run>>,
    },
    /// A table.
    Table {
        /// The first row, if it has a word in every cell.
        head: Vec<Vec<Run>>,
        /// The rows.
        rows: Vec<Vec<Vec<Run>>>,
    },
    /// A picture.
    Picture {
        /// Its place among the pictures, from 1.
        number: usize,
        /// Whether a browser can show it.
        shown: bool,
    },
}

/// The reading view of a blind file.
pub async fn of(store: &Store, file: &BlindFile, lang: &str, base: String) -> Result<Reading, WebError> {
    let (store, blob, lang) = (store.clone(), file.blob.clone(), lang.to_owned());
    let pdf = file.format == "pdf";
    apart(move || {
        let bytes = store.blobs.get(&blob)?;
        Ok(view(&bytes, pdf, lang, base))
    })
    .await
}

/// A page of a blind PDF as an image. It is made by a child with limits: a page made to break its reader takes nothing with it
/// but its own time.
pub async fn page_of(
    office: &Office,
    file: &BlindFile,
    page: PageName,
    known: Known,
) -> Result<Image, WebError> {
    let etag = etag(&file.blob, "page", page.0);
    if known.holds(&etag) || file.format != "pdf" {
        return Image::unchanged(file.format == "pdf", etag);
    }
    let (blobs, blob) = (office.store.blobs.clone(), file.blob.clone());
    let turn = turn().await?;
    let bytes = tokio::task::spawn_blocking(move || blobs.get(&blob)).await;
    let bytes = bytes.map_err(|_| WebError::Broken)??;
    let rendered = render::page(&office.limits, bytes, page.0 - 1, WIDTH).await?;
    drop(turn);
    match rendered {
        render::Rendered::Png(png) => Ok(Image::new(ContentType::PNG, png, etag)),
        render::Rendered::None => Err(WebError::NotFound),
        render::Rendered::TooMuch => Err(WebError::Unavailable),
    }
}

/// A picture of a blind document, or the picture that the file is.
pub async fn picture_of(
    store: &Store,
    file: &BlindFile,
    number: usize,
    known: Known,
) -> Result<Image, WebError> {
    let etag = etag(&file.blob, "picture", number);
    if known.holds(&etag) || file.format == "pdf" {
        return Image::unchanged(file.format != "pdf", etag);
    }
    let (store, blob) = (store.clone(), file.blob.clone());
    let found = apart(move || {
        let bytes = store.blobs.get(&blob)?;
        let blocks = bauta_strip::reading_view(&bytes).unwrap_or_default();
        let pictures = blocks.into_iter().filter_map(|block| match block {
            Block::Picture { media_type, bytes } => Some((media_type, bytes)),
            _ => None,
        });
        Ok(pictures.skip(number.saturating_sub(1)).find(|_| number > 0))
    })
    .await?;
    let (media_type, bytes) = found.ok_or(WebError::NotFound)?;
    let kind = shown(&media_type).ok_or(WebError::NotFound)?;
    Ok(Image::new(kind, bytes, etag))
}

async fn turn() -> Result<SemaphorePermit<'static>, WebError> {
    match tokio::time::timeout(PATIENCE, ONE_AT_A_TIME.acquire()).await {
        Ok(turn) => turn.map_err(|_| WebError::Broken),
        Err(_) => Err(WebError::Unavailable),
    }
}

/// Reading takes time and memory: outside of the threads that answer, two files at a time. The turn ends with the work, also
/// where nobody waits for it any more.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, crate::store::Fault> + Send + 'static,
) -> Result<T, WebError> {
    let turn = turn().await?;
    let work = move || {
        let done = work();
        drop(turn);
        done
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => Ok(result?),
        Err(_) => Err(WebError::Broken),
    }
}

/// The reading view of a blind copy's bytes.
pub fn view(bytes: &[u8], pdf: bool, lang: String, base: String) -> Reading {
    let read = if pdf {
        pages(bytes).map(|pages| ("pages", pages, Vec::new()))
    } else {
        bauta_strip::reading_view(bytes).map(|found| ("blocks", Vec::new(), blocks(found)))
    };
    let (form, pages, blocks) = read.unwrap_or(("closed", Vec::new(), Vec::new()));
    Reading {
        form,
        lang,
        base,
        pages,
        blocks,
    }
}

fn pages(bytes: &[u8]) -> Result<Vec<ReadingPage>, Refusal> {
    let count = bauta_strip::pdf_pages(bytes)?;
    let texts = bauta_strip::pdf_texts(bytes, TEXT_PAGES).unwrap_or_default();
    let texts = texts.into_iter().chain(std::iter::repeat(String::new()));
    Ok((1..=count)
        .zip(texts)
        .map(|(number, text)| ReadingPage { number, text })
        .collect())
}

fn blocks(found: Vec<Block>) -> Vec<ReadingBlock> {
    let mut out: Vec<ReadingBlock> = Vec::new();
    let mut pictures = 0;
    for block in found {
        match block {
            Block::Heading { level, text } => out.push(ReadingBlock::Heading {
                level: level.saturating_add(1).clamp(2, 4),
                runs: runs(&text),
            }),
            Block::Paragraph(text) => out.push(ReadingBlock::Paragraph { runs: runs(&text) }),
            Block::ListItem(text) => match out.last_mut() {
                Some(ReadingBlock::List { items }) => items.push(runs(&text)),
                _ => out.push(ReadingBlock::List {
                    items: vec![runs(&text)],
                }),
            },
            Block::Table(rows) => out.push(table(rows)),
            Block::Picture { media_type, .. } => {
                pictures += 1;
                out.push(ReadingBlock::Picture {
                    number: pictures,
                    shown: shown(&media_type).is_some(),
                });
            }
        }
    }
    out
}

fn table(rows: Vec<Vec<String>>) -> ReadingBlock {
    let mut rows: Vec<Vec<Vec<Run>>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| runs(cell)).collect())
        .collect();
    let headed = rows.len() > 1 && rows[0].iter().all(|cell| !cell.is_empty());
    let head = if headed { rows.remove(0) } else { Vec::new() };
    ReadingBlock::Table { head, rows }
}

/// Splits a text where the stripper put its sign for something removed.
pub fn runs(text: &str) -> Vec<Run> {
    const SIGNS: [&str; 2] = ["[…]", "［略］"];
    let mut out = Vec::new();
    let mut rest = text;
    let next = |text: &str| {
        SIGNS
            .iter()
            .filter_map(|sign| text.find(sign).map(|at| (at, sign.len())))
            .min()
    };
    while let Some((at, len)) = next(rest) {
        push(&mut out, &rest[..at], false);
        push(&mut out, &rest[at..at + len], true);
        rest = &rest[at + len..];
    }
    push(&mut out, rest, false);
    out
}

fn push(out: &mut Vec<Run>, text: &str, removed: bool) {
    if !text.is_empty() {
        out.push(Run {
            text: text.to_owned(),
            removed,
        });
    }
}

/// The types that every browser shows and that run nothing.
fn shown(media_type: &str) -> Option<ContentType> {
    match media_type {
        "image/png" => Some(ContentType::PNG),
        "image/jpeg" => Some(ContentType::JPEG),
        "image/gif" => Some(ContentType::GIF),
        "image/webp" => Some(ContentType::WEBP),
        // Shown as an image no browser runs scripts in it, and the stripper left none.
        "image/svg+xml" => Some(ContentType::SVG),
        _ => None,
    }
}

fn etag(blob: &str, what: &str, index: usize) -> String {
    let hash = blake3::hash(format!("{blob} {what} {index} {WIDTH}").as_bytes());
    format!("\"{}\"", &hash.to_hex()[..20])
}

/// The last part of a page image's address: `3.png` is the third page.
#[derive(Clone, Copy, Debug)]
pub struct PageName(usize);

impl<'a> FromParam<'a> for PageName {
    type Error = ();

    fn from_param(param: &'a str) -> Result<Self, ()> {
        let number = param.strip_suffix(".png").ok_or(())?.parse().map_err(|_| ())?;
        if (1..=10_000).contains(&number) {
            Ok(PageName(number))
        } else {
            Err(())
        }
    }
}

/// The image that the browser has already.
pub struct Known(String);

impl Known {
    fn holds(&self, etag: &str) -> bool {
        self.0 == etag
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Known {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let header = request.headers().get_one("If-None-Match");
        Outcome::Success(Known(header.unwrap_or_default().to_owned()))
    }
}

/// An image in a page.
pub struct Image {
    kind: ContentType,
    bytes: Option<Vec<u8>>,
    etag: String,
}

impl Image {
    fn new(kind: ContentType, bytes: Vec<u8>, etag: String) -> Self {
        Image {
            kind,
            bytes: Some(bytes),
            etag,
        }
    }

    fn unchanged(exists: bool, etag: String) -> Result<Self, WebError> {
        let image = Image {
            kind: ContentType::PNG,
            bytes: None,
            etag,
        };
        if exists {
            Ok(image)
        } else {
            Err(WebError::NotFound)
        }
    }
}

impl<'r> Responder<'r, 'static> for Image {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        let mut response = Response::build();
        response
            .header(Header::new("ETag", self.etag))
            .header(Header::new("Cache-Control", "private, no-cache"))
            .header(Header::new(
                "Content-Security-Policy",
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
            ));
        match self.bytes {
            None => response.status(Status::NotModified).ok(),
            Some(bytes) => response
                .header(self.kind)
                .sized_body(bytes.len(), std::io::Cursor::new(bytes))
                .ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_removed_is_told_apart() {
        let words: Vec<(String, bool)> = runs("由［略］完成，by […].")
            .into_iter()
            .map(|r| (r.text, r.removed))
            .collect();
        let expected = [
            ("由", false),
            ("［略］", true),
            ("完成，by ", false),
            ("[…]", true),
            (".", false),
        ];
        assert_eq!(words, expected.map(|(t, r)| (t.to_owned(), r)));
        assert!(runs("").is_empty());
    }

    #[test]
    fn a_text_becomes_blocks_and_a_broken_file_is_closed() {
        let reading = view(
            "Methods\n\nWe did it.\n\n- one\n- two\n".as_bytes(),
            false,
            "en".into(),
            String::new(),
        );
        assert_eq!(reading.form, "blocks");
        assert!(
            reading
                .blocks
                .iter()
                .any(|b| matches!(b, ReadingBlock::List { items } if items.len() == 2))
        );
        assert_eq!(view(b"%PDF-", true, "en".into(), String::new()).form, "closed");
    }

    #[test]
    fn page_names_count_from_one() {
        assert!(PageName::from_param("3.png").is_ok());
        for wrong in ["0.png", "3", "x.png", "-1.png", "3.png.png"] {
            assert!(PageName::from_param(wrong).is_err(), "{wrong}");
        }
    }
}
