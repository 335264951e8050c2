//! JPEG: what the decoder needs, the way up, and the colours.

use super::{profile, sane};
use crate::model::Refusal;

/// Cleans a JPEG; the count says how many segments went.
pub(super) fn jpeg(bytes: &[u8]) -> Result<(Vec<u8>, usize), Refusal> {
    let mut out = vec![0xFF, 0xD8];
    let mut gone = 0;
    let mut at = 2;
    let mut way_up = None;
    let colours = colours(bytes);
    let (mut coloured, mut scanned) = (false, false);
    loop {
        let Some((found, marker)) = next_marker(bytes, at) else {
            if !scanned {
                return Err(Refusal::Broken);
            }
            // Cut short: what is there can be shown, so it is given an end.
            gone += usize::from(at < bytes.len());
            out.extend_from_slice(&[0xFF, 0xD9]);
            return Ok((out, gone));
        };
        // Decoders pass over stray bytes before a marker; whatever they say, it is no picture.
        gone += usize::from(bytes[at..found].iter().any(|b| *b != 0xFF));
        at = found;
        if is_bare(marker) {
            at += 2;
            gone += 1;
            continue;
        }
        if marker == 0xD9 {
            out.extend_from_slice(&[0xFF, 0xD9]);
            gone += usize::from(at + 2 < bytes.len());
            return Ok((out, gone));
        }
        let size = bytes
            .get(at + 2..at + 4)
            .map(|s| usize::from(u16::from_be_bytes([s[0], s[1]])))
            .filter(|s| *s >= 2)
            .ok_or(Refusal::Broken)?;
        let body = bytes.get(at + 4..at + 2 + size).ok_or(Refusal::Broken)?;
        let segment = &bytes[at..at + 2 + size];
        at += 2 + size;
        match marker {
            0xE0 if body.starts_with(b"JFIF\0") && body.len() >= 12 => {
                // The header keeps its density and loses its thumbnail.
                gone += usize::from(body.len() > 14);
                out.extend_from_slice(&[0xFF, 0xE0, 0, 16]);
                out.extend_from_slice(&body[..12]);
                out.extend_from_slice(&[0, 0]);
            }
            0xE1 => {
                gone += 1;
                let way = body.strip_prefix(b"Exif\0\0").and_then(orientation);
                if let Some(way) = way.filter(|w| way_up.is_none() && (2..=8).contains(w)) {
                    way_up = Some(way);
                    out.extend_from_slice(&exif_of(way));
                    gone -= usize::from(segment == exif_of(way));
                }
            }
            0xE2 if body.starts_with(PROFILE) => match &colours {
                Some((segments, changed)) if !coloured => {
                    coloured = true;
                    gone += usize::from(*changed);
                    out.extend_from_slice(segments);
                }
                Some(_) => {}
                None => gone += 1,
            },
            // Of Adobe's mark only how the colours are to be read.
            0xEE if body.starts_with(b"Adobe") && body.len() >= 12 => {
                gone += usize::from(body.len() > 12);
                out.extend_from_slice(&[0xFF, 0xEE, 0, 14]);
                out.extend_from_slice(&body[..12]);
            }
            0xE0..=0xEF | 0xFE | 0x01..=0xBF | 0xF0..=0xFD => gone += 1,
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                let size = body.get(..6).ok_or(Refusal::Broken)?;
                let number = |at: usize| u64::from(u16::from_be_bytes([size[at], size[at + 1]]));
                // The height may come later, after the first scan.
                sane(number(3), number(1).max(1), 8 * u64::from(size[5]), bytes.len())?;
                out.extend_from_slice(segment);
            }
            0xDA => {
                out.extend_from_slice(segment);
                let end = scan_end(bytes, at);
                out.extend_from_slice(&bytes[at..end]);
                at = end;
                scanned = true;
            }
            _ => out.extend_from_slice(segment),
        }
    }
}

/// The next marker and its place. Fill bytes before it are passed over, and so is what stands between segments and belongs to none.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(usize, u8)> {
    while let (Some(first), Some(second)) = (bytes.get(at), bytes.get(at + 1)) {
        if *first == 0xFF && !matches!(second, 0 | 0xFF) {
            return Some((at, *second));
        }
        at += 1;
    }
    None
}

/// Whether a marker stands alone, without a length: where no pixels are it says nothing.
fn is_bare(marker: u8) -> bool {
    matches!(marker, 0x01 | 0xD0..=0xD7)
}

/// Whether a segment holds what a camera, a program or a person wrote beside the pixels.
fn is_words(marker: u8, body: &[u8]) -> bool {
    match marker {
        0xE0 => !body.starts_with(b"JFIF\0"),
        0xE2 => !body.starts_with(PROFILE),
        0xEE => !body.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => true,
        _ => false,
    }
}

/// A JPEG that [`jpeg`] refuses, with its words blanked in place: nothing moves, so that whatever showed it shows it as before.
pub(crate) fn blanked(bytes: &[u8]) -> (Vec<u8>, usize) {
    let mut out = bytes.to_vec();
    let mut gone = 0;
    let Some(mut at) = bytes.windows(2).position(|w| w == [0xFF, 0xD8]) else {
        return (out, 0);
    };
    let mut scanned = false;
    while let Some((found, marker)) = next_marker(bytes, at) {
        if marker == 0xD9 && scanned {
            let tail = &mut out[found + 2..];
            gone += usize::from(tail.iter().any(|b| *b != 0));
            tail.fill(0);
            break;
        }
        if is_bare(marker) || matches!(marker, 0xD8 | 0xD9) {
            at = found + 2;
            continue;
        }
        let Some(size) = bytes.get(found + 2..found + 4) else {
            break;
        };
        let size = usize::from(u16::from_be_bytes([size[0], size[1]])).max(2);
        let end = (found + 2 + size).min(bytes.len());
        let body = &mut out[found + 4..end];
        if is_words(marker, body) {
            gone += usize::from(body.iter().any(|b| *b != 0));
            body.fill(0);
        } else if marker == 0xE2 && body.get(13) == Some(&1) {
            // A profile in one piece keeps its length; in several it is not to be put together here.
            let clean = body.get(14..).and_then(profile::blank);
            if let Some((clean, _)) = clean.filter(|(_, changed)| *changed) {
                body[14..].copy_from_slice(&clean);
                gone += 1;
            }
        }
        scanned |= marker == 0xDA;
        at = if marker == 0xDA { scan_end(bytes, end) } else { end };
    }
    (out, gone)
}

/// Where the coded pixels end: at the next marker that is neither padding nor a restart.
fn scan_end(bytes: &[u8], mut at: usize) -> usize {
    while at + 1 < bytes.len() {
        if bytes[at] == 0xFF && !matches!(bytes[at + 1], 0 | 0xD0..=0xD7 | 0xFF) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// Which way up the picture is, from the TIFF that EXIF is.
pub(super) fn orientation(tiff: &[u8]) -> Option<u16> {
    let little = tiff.starts_with(b"II");
    let u16_at = |at: usize| {
        tiff.get(at..at + 2).map(|b| {
            if little {
                u16::from_le_bytes([b[0], b[1]])
            } else {
                u16::from_be_bytes([b[0], b[1]])
            }
        })
    };
    let u32_at = |at: usize| {
        tiff.get(at..at + 4).map(|b| {
            if little {
                u32::from_le_bytes([b[0], b[1], b[2], b[3]])
            } else {
                u32::from_be_bytes([b[0], b[1], b[2], b[3]])
            }
        })
    };
    let first = usize::try_from(u32_at(4)?).ok()?;
    (0..usize::from(u16_at(first)?))
        .map(|n| first + 2 + n * 12)
        .find(|at| u16_at(*at) == Some(0x112))
        .and_then(|at| u16_at(at + 8))
}

/// An EXIF that says which way is up, and nothing else.
pub(super) fn turned(way: u16) -> Vec<u8> {
    let mut out = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    out.extend_from_slice(&way.to_be_bytes());
    out.extend_from_slice(&[0; 6]);
    out
}

pub(super) fn exif_of(way: u16) -> Vec<u8> {
    let mut out = vec![0xFF, 0xE1, 0, 34];
    out.extend_from_slice(b"Exif\0\0");
    out.extend_from_slice(&turned(way));
    out
}

const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// The colour profile, put together from its segments, without words, and cut into segments again; with whether it had any.
fn colours(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut parts: Vec<(u8, &[u8])> = Vec::new();
    let mut at = 2;
    while let Some((found, marker)) = next_marker(bytes, at) {
        at = found;
        if is_bare(marker) {
            at += 2;
            continue;
        }
        if marker == 0xDA || marker == 0xD9 {
            break;
        }
        let size = bytes
            .get(at + 2..at + 4)
            .map(|s| usize::from(u16::from_be_bytes([s[0], s[1]])))?;
        let body = bytes.get(at + 4..at + 2 + size.max(2))?;
        if let (0xE2, Some(part)) = (marker, body.strip_prefix(PROFILE)) {
            parts.push((*part.first()?, part.get(2..)?));
        }
        at += 2 + size;
    }
    if parts.is_empty() {
        return None;
    }
    parts.sort_by_key(|p| p.0);
    let whole: Vec<u8> = parts.iter().flat_map(|p| p.1).copied().collect();
    let (clean, changed) = profile::blank(&whole)?;
    let pieces: Vec<&[u8]> = clean.chunks(65_000).collect();
    let count = u8::try_from(pieces.len()).ok()?;
    let mut out = Vec::new();
    for (number, piece) in (1..=count).zip(pieces) {
        let size = u16::try_from(piece.len() + 16).ok()?;
        out.extend_from_slice(&[0xFF, 0xE2]);
        out.extend_from_slice(&size.to_be_bytes());
        out.extend_from_slice(PROFILE);
        out.extend_from_slice(&[number, count]);
        out.extend_from_slice(piece);
    }
    Some((out, changed))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn jpeg_keeps_pixels_and_the_way_up() {
        let mut dirty = vec![0xFF, 0xD8];
        dirty.extend_from_slice(&exif_of(6));
        let long = [
            &[0xFF, 0xFE, 0, 9][..],
            b"T.Quill",
            &[0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0, 3, 0xFF, 0xD9],
            b"tail",
        ]
        .concat();
        dirty.extend_from_slice(&long);
        let (clean, gone) = jpeg(&dirty).unwrap();
        assert_eq!(gone, 2);
        assert_eq!(
            clean,
            [
                &[0xFF, 0xD8][..],
                &exif_of(6),
                &[0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0, 3, 0xFF, 0xD9]
            ]
            .concat()
        );
        assert_eq!(jpeg(&clean).unwrap(), (clean.clone(), 0));
    }

    const COMMENT: &[u8] = b"\xFF\xFE\0\x09T.Quill";
    const SCAN: &[u8] = &[0xFF, 0xDA, 0, 2, 1, 2, 0xFF, 0, 3];

    #[test]
    fn stray_bytes_between_segments_are_passed_over() {
        let start: &[u8] = &[0xFF, 0xD8];
        let dirty = [
            start,
            COMMENT,
            b"\0\0by T.Quill\xFF\0\xFF",
            SCAN,
            &[0xFF, 0xD0, 0xFF, 0x01],
            b"\xFF\xC4\0\x03xT.Quill",
        ];
        let (clean, gone) = jpeg(&dirty.concat()).unwrap();
        assert_eq!(clean, [start, SCAN, b"\xFF\xD0\xFF\xC4\0\x03x\xFF\xD9"].concat());
        assert_eq!(gone, 4);
        assert_eq!(jpeg(&clean).unwrap(), (clean.clone(), 0));
    }

    #[test]
    fn what_cannot_be_cleaned_is_blanked_in_place() {
        let broken = [b"\n\xFF\xD8".as_slice(), COMMENT, SCAN, b"\xFF\xED\0\x99T.Quill"].concat();
        assert!(jpeg(&broken).is_err());
        let (clean, gone) = blanked(&broken);
        assert_eq!((clean.len(), gone), (broken.len(), 2));
        assert!(!clean.windows(7).any(|w| w == b"T.Quill") && clean.windows(9).any(|w| w == SCAN));
        assert_eq!(blanked(&clean), (clean.clone(), 0));
        assert_eq!(blanked(b"\xFF\xD8\xFF").0, b"\xFF\xD8\xFF");
    }
}
