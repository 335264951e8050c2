//! EPS among the figures of a LaTeX paper: the drawing stays; structuring comments that name people, programs, files and dates, previews
//! and XMP packets go. Words that the drawing prints are looked for by the check from outside.

use super::Cleaned;
use crate::model::What;

/// Comments that say how to draw; all other `%%` and `%` lines go.
const KEPT: &[&str] = &[
    "%%BoundingBox",
    "%%HiResBoundingBox",
    "%%EndComments",
    "%%BeginProlog",
    "%%EndProlog",
    "%%BeginSetup",
    "%%EndSetup",
    "%%Page:",
    "%%Pages",
    "%%EOF",
    "%%Trailer",
    "%%BeginData",
    "%%EndData",
    "%%BeginBinary",
    "%%EndBinary",
    "%%LanguageLevel",
    "%%Orientation",
];

pub(super) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut out = Cleaned::new("eps");
    let drawing = if bytes.starts_with(&[0xC5, 0xD0, 0xD3, 0xC6]) {
        // The DOS form: the drawing and a preview, each with place and length.
        let number = |at: usize| {
            bytes
                .get(at..at + 4)
                .and_then(|b| usize::try_from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])).ok())
        };
        out.count(What::PictureMetadata, 1);
        bytes.get(number(4)?..number(4)?.checked_add(number(8)?)?)?
    } else {
        bytes
    };
    let mut copy = Vec::with_capacity(drawing.len());
    let mut binary = false;
    for (number, line) in drawing.split_inclusive(|b| *b == b'\n').enumerate() {
        binary |= line.starts_with(b"%%BeginBinary") || line.starts_with(b"%%BeginData");
        binary &= !(line.starts_with(b"%%EndBinary") || line.starts_with(b"%%EndData"));
        let comment = !binary && line.first() == Some(&b'%');
        let kept = KEPT.iter().any(|k| line.starts_with(k.as_bytes()));
        if number == 0 {
            let end: &[u8] = if line.ends_with(b"\r\n") { b"\r\n" } else { b"\n" };
            copy.extend_from_slice(b"%!PS-Adobe-3.0 EPSF-3.0");
            copy.extend_from_slice(end);
        } else if comment && !kept {
            out.count(What::PictureMetadata, 1);
        } else if !comment
            && line
                .windows(9)
                .any(|w| w == b"/Creator " || w == b"/Author (" || w == b"/Title (P")
        {
            // pdfmark: what Distiller would put into the PDF's properties.
            out.count(What::PictureMetadata, 1);
        } else {
            copy.extend_from_slice(line);
        }
    }
    // Old Macintosh line ends: one line, which we cannot take apart.
    if copy.len() < 30 && drawing.len() > 100 {
        return None;
    }
    out.bytes = copy;
    Some(out)
}
