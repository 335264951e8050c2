//! EPS among the figures of a LaTeX paper: the drawing stays; structuring comments that name people, programs, files and dates, previews
//! and XMP packets go. Words that the drawing prints are looked for by the check from outside.

use super::Cleaned;
use crate::model::What;
use std::ops::Range;

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

/// Where a packet of XMP stands; it is blanked, so that lengths told before it stay right.
fn packet(drawing: &[u8], from: usize) -> Option<Range<usize>> {
    let start = from + find(&drawing[from..], b"<?xpacket begin")?;
    let last = start + find(&drawing[start..], b"<?xpacket end")?;
    let end = last + find(&drawing[last..], b"?>")? + 2;
    Some(start..end)
}

/// Where a pdfmark stands that would become a PDF's properties: from its bracket on.
fn properties(drawing: &[u8], from: usize) -> Option<Range<usize>> {
    let name = from + find(&drawing[from..], b"/DOCINFO")?;
    let behind = &drawing[name + 8..];
    let gap = behind.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let end = name + 8 + gap + 7;
    let near = name.saturating_sub(LONGEST_MARK);
    let start = (near..name)
        .rev()
        .filter(|at| drawing[*at] == b'[')
        .find(|at| is_open(&drawing[*at + 1..name]))?;
    behind[gap..].starts_with(b"pdfmark").then_some(start..end)
}

/// No such mark is longer.
const LONGEST_MARK: usize = 16 << 10;

/// Whether all strings and arrays that begin here end here, and none that began before.
fn is_open(part: &[u8]) -> bool {
    let (mut strings, mut arrays, mut at) = (0_usize, 0_usize, 0);
    while at < part.len() {
        match part[at] {
            b'\\' => at += 1,
            b'(' => strings += 1,
            b')' if strings == 0 => return false,
            b')' => strings -= 1,
            b'[' if strings == 0 => arrays += 1,
            b']' if strings == 0 && arrays == 0 => return false,
            b']' if strings == 0 => arrays -= 1,
            _ => {}
        }
        at += 1;
    }
    strings == 0 && arrays == 0
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

/// Blanks what `next` finds, all that is there; returns how often.
fn blank(drawing: &mut [u8], next: fn(&[u8], usize) -> Option<Range<usize>>) -> usize {
    let (mut at, mut count) = (0, 0);
    while let Some(range) = next(drawing, at) {
        at = range.end;
        count += 1;
        drawing[range]
            .iter_mut()
            .filter(|b| !matches!(**b, b'\n' | b'\r'))
            .for_each(|b| *b = b' ');
    }
    count
}

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
    let mut drawing = drawing.to_vec();
    let marks = blank(&mut drawing, packet) + blank(&mut drawing, properties);
    out.count(What::PictureMetadata, marks);
    let mut copy = Vec::with_capacity(drawing.len());
    let mut binary = false;
    for (number, line) in drawing.split_inclusive(|b| *b == b'\n').enumerate() {
        binary |= line.starts_with(b"%%BeginBinary") || line.starts_with(b"%%BeginData");
        binary &= !(line.starts_with(b"%%EndBinary") || line.starts_with(b"%%EndData"));
        let comment = !binary && line.first() == Some(&b'%');
        // What ends a stream of data is looked for by the program that reads it.
        let kept = KEPT.iter().any(|k| line.starts_with(k.as_bytes()))
            || find(line, b"&&end XMP packet marker&&").is_some();
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    #[test]
    fn packets_and_properties_are_blanked() {
        let eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n[ /Title (A [gull\\)])\n/Author (Tamsin Quill)\n/Keys [1 2]\n/DOCINFO pdfmark\n[ {s} /PUT pdfmark\n<?xpacket begin='x' id='y'?><x>Tamsin\nQuill</x><?xpacket end=\"w\"?>\n%  &&end XMP packet marker&&\n[4 2] 0 setdash\n%%EOF\n";
        let clean = super::clean(eps).unwrap();
        let words = String::from_utf8(clean.bytes.clone()).unwrap();
        for gone in ["Tamsin", "Quill", "gull", "DOCINFO", "xpacket"] {
            assert!(!words.contains(gone), "{gone}: {words}");
        }
        for kept in [
            "[ {s} /PUT pdfmark",
            "%  &&end XMP packet marker&&",
            "[4 2] 0 setdash",
        ] {
            assert!(words.contains(kept), "{kept}: {words}");
        }
        assert_eq!(super::clean(&clean.bytes).unwrap().bytes, clean.bytes);
    }
}
