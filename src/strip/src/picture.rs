//! Pictures without what cameras, programs and people wrote beside the pixels. The pixels stay as they are.

mod bitmap;
mod gif;
mod jpeg;
mod metafile;
mod png;
mod postscript;
mod profile;
mod svg;
mod tiff;
mod webp;

use crate::fold::content_key;
use crate::matcher::Matcher;
use crate::model::{Finding, FindingKind, Refusal, Report, What};
use jpeg::{jpeg, orientation, turned};

pub(crate) use jpeg::blanked;
pub(crate) use profile::blank;

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A picture without its words, and what was taken out.
pub(crate) struct Cleaned {
    pub bytes: Vec<u8>,
    /// Its kind, as [`kind`] tells it.
    pub kind: &'static str,
    pub gone: Vec<(What, usize)>,
    /// Findings in its own text, of an SVG.
    pub findings: Vec<Finding>,
    /// How many pictures the file holds.
    pub pages: usize,
}

impl Cleaned {
    fn new(kind: &'static str) -> Self {
        Cleaned {
            bytes: Vec::new(),
            kind,
            gone: Vec::new(),
            findings: Vec::new(),
            pages: 1,
        }
    }

    fn count(&mut self, what: What, count: usize) {
        if count > 0 {
            self.gone.push((what, count));
        }
    }

    /// Adds what was taken out of this picture to a report, and that nobody has read its pixels.
    pub fn tell(&self, number: usize, matcher: &Matcher, report: &mut Report) {
        for (what, count) in &self.gone {
            report.add(*what, "pictures", *count);
        }
        let key = content_key(&self.bytes);
        if report.findings.len() < MOST_FINDINGS && !matcher.keep.contains(&key) {
            let pages = if self.pages > 1 {
                format!(", {} pages", self.pages)
            } else {
                String::new()
            };
            let matched = format!("picture {number} ({}{pages})", self.kind);
            report.findings.push(Finding {
                key,
                kind: FindingKind::Picture,
                place: "pictures".into(),
                excerpt: matched.clone(),
                matched,
            });
        }
        for finding in &self.findings {
            if !report.findings.iter().any(|f| f.key == finding.key) {
                report.findings.push(finding.clone());
            }
        }
    }
}

/// A list that is longer helps nobody.
const MOST_FINDINGS: usize = 120;

/// Cleans a PNG or JPEG, where nobody asks for more than the bytes and a count.
pub(crate) fn clean(bytes: &[u8]) -> Result<(Vec<u8>, usize), Refusal> {
    match kind(bytes) {
        Some("png") => png::png(bytes),
        Some("jpeg") => jpeg(bytes),
        _ => Err(Refusal::Unsupported),
    }
}

/// Cleans a picture of any kind that can stand alone as a file.
pub(crate) fn alone(bytes: &[u8], matcher: &Matcher) -> Result<Cleaned, Refusal> {
    let simple = |kind, done: (Vec<u8>, usize)| {
        let mut out = Cleaned::new(kind);
        out.bytes = done.0;
        out.count(What::PictureMetadata, done.1);
        out
    };
    match kind(bytes) {
        Some("png") => png::png(bytes).map(|d| simple("png", d)),
        Some("jpeg") => jpeg(bytes).map(|d| simple("jpeg", d)),
        Some("gif") => gif::clean(bytes),
        Some("tiff") => tiff::clean(bytes),
        Some("webp") => webp::clean(bytes),
        Some("svg") => svg::clean(bytes, matcher),
        _ => Err(Refusal::PictureFormat),
    }
}

/// Cleans a picture inside a document, where kinds stand that nobody sends alone: bitmaps, metafiles, PostScript.
/// `None`: we know no way to clean it, and it must stay out.
pub(crate) fn inside(bytes: &[u8], matcher: &Matcher) -> Option<Cleaned> {
    match kind(bytes)? {
        "bmp" => bitmap::clean(bytes),
        "emf" => metafile::emf(bytes),
        "wmf" => metafile::wmf(bytes),
        "eps" => postscript::clean(bytes),
        _ => alone(bytes, matcher).ok(),
    }
}

/// The kind of a picture, by its first bytes.
pub(crate) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let at = |from: usize, want: &[u8]| bytes.get(from..from + want.len()) == Some(want);
    Some(match bytes {
        _ if at(0, PNG) => "png",
        _ if at(0, &[0xFF, 0xD8, 0xFF]) => "jpeg",
        _ if at(0, b"GIF8") => "gif",
        _ if at(0, b"II*\0") || at(0, b"MM\0*") => "tiff",
        _ if at(0, b"RIFF") && at(8, b"WEBP") => "webp",
        _ if at(0, b"BM") && bitmap::is_bitmap(bytes) => "bmp",
        _ if at(0, &[1, 0, 0, 0]) && at(40, b" EMF") => "emf",
        _ if at(0, &[0xD7, 0xCD, 0xC6, 0x9A]) || at(0, &[1, 0, 9, 0]) || at(0, &[2, 0, 9, 0]) => "wmf",
        _ if at(0, b"%!PS") || at(0, &[0xC5, 0xD0, 0xD3, 0xC6]) => "eps",
        _ if at(4, b"ftyp") && is_still_box(bytes) => "heic",
        _ if at(0, b"\xFF\x0A") || at(4, b"JXL \r\n\x87\n") => "jxl",
        _ if at(4, b"jP  \r\n\x87\n") || at(0, b"\xFF\x4F\xFF\x51") => "jpeg2000",
        _ if at(0, b"8BPS") => "psd",
        _ if at(0, b"II+\0") || at(0, b"MM\0+") => "bigtiff",
        _ if at(128, b"DICM") => "dicom",
        _ if svg::is_svg(bytes) => "svg",
        _ => return None,
    })
}

/// HEIC and AVIF are files of the same boxes as films; their brand tells them.
fn is_still_box(bytes: &[u8]) -> bool {
    const BRANDS: &[&[u8]] = &[
        b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis", b"heim", b"heis",
    ];
    bytes.get(8..12).is_some_and(|b| BRANDS.contains(&b))
}

/// The media type of a kind.
pub(crate) fn media_type(kind: &str) -> String {
    match kind {
        "emf" | "wmf" => format!("image/x-{kind}"),
        "svg" => "image/svg+xml".into(),
        "eps" => "application/postscript".into(),
        kind => format!("image/{kind}"),
    }
}

/// Whether every browser shows pictures of a kind, and none of them runs anything from it.
pub(crate) fn is_shown(kind: &str) -> bool {
    matches!(kind, "png" | "jpeg" | "gif" | "webp" | "svg" | "bmp")
}

/// The text that a picture's file holds as text.
pub(crate) fn visible_text(bytes: &[u8]) -> Result<String, Refusal> {
    match kind(bytes) {
        Some("svg") => svg::visible_text(bytes),
        _ => Ok(String::new()),
    }
}

/// The ending of a file of a kind.
pub(crate) fn extension(kind: &str) -> &str {
    match kind {
        "jpeg" => "jpg",
        "tiff" => "tif",
        kind => kind,
    }
}

/// The most pixels a picture may have, and how large it may unpack from little.
const MOST_PIXELS: u64 = 1_000_000_000;
pub(crate) const LARGE: u64 = 256 << 20;
pub(crate) const MOST_RATIO: u64 = 1000;

/// Refuses a picture whose pixels would fill a reader's memory: in all, or for what the file weighs.
pub(crate) fn sane(width: u64, height: u64, bits: u64, weight: usize) -> Result<(), Refusal> {
    if width == 0 || height == 0 {
        return Err(Refusal::Broken);
    }
    let pixels = width.saturating_mul(height);
    let bytes = pixels.saturating_mul(bits.max(1)) / 8;
    if pixels > MOST_PIXELS || bytes > LARGE && bytes / (weight as u64).max(1) > MOST_RATIO {
        Err(Refusal::Bomb)
    } else {
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn broken_pictures_are_refused() {
        assert_eq!(clean(PNG).unwrap_err(), Refusal::Broken);
        assert_eq!(clean(b"\xFF\xD8\xFF\xE1\0\x01").unwrap_err(), Refusal::Broken);
        let nobody = Matcher::new(&crate::model::Identity::default());
        for cut in [
            &b"GIF89a"[..],
            b"II*\0",
            b"RIFF\0\0\0\0WEBP",
            b"<svg xmlns='http://www.w3.org/2000/svg'>",
        ] {
            assert_eq!(alone(cut, &nobody).err(), Some(Refusal::Broken), "{cut:?}");
        }
        assert!(sane(1 << 20, 1 << 20, 8, 1 << 20).is_err() && sane(60_000, 60_000, 1, 90_000).is_err());
    }
}
