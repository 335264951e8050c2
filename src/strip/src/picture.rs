//! Pictures without what cameras, programs and people wrote beside the pixels. The pixels stay as they are.

use crate::model::Refusal;
use crate::raster::{emf, gif, tiff};

/// Cleans a PNG or JPEG that stands alone; `None` in the count means nothing was there to take out.
pub(crate) fn clean(bytes: &[u8]) -> Result<(Vec<u8>, usize), Refusal> {
    if bytes.starts_with(PNG) {
        png(bytes)
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        jpeg(bytes)
    } else {
        Err(Refusal::Unsupported)
    }
}

pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Pieces of a PNG that its pixels need.
const PNG_KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
    b"cICP", b"acTL", b"fcTL", b"fdAT",
];

fn png(bytes: &[u8]) -> Result<(Vec<u8>, usize), Refusal> {
    let mut out = PNG.to_vec();
    let mut gone = 0;
    let mut at = PNG.len();
    loop {
        let head = bytes.get(at..at + 8).ok_or(Refusal::Broken)?;
        let size = usize::try_from(u32::from_be_bytes([head[0], head[1], head[2], head[3]]))
            .map_err(|_| Refusal::Broken)?;
        let end = at
            .checked_add(size)
            .and_then(|e| e.checked_add(12))
            .ok_or(Refusal::Broken)?;
        let chunk = bytes.get(at..end).ok_or(Refusal::Broken)?;
        let kind = &head[4..8];
        if PNG_KEPT.iter().any(|k| *k == kind) {
            out.extend_from_slice(chunk);
        } else if kind == b"iCCP" {
            // The colour profile belongs to the picture; the name someone gave it does not.
            let body = &chunk[8..8 + size];
            let name = body.iter().position(|b| *b == 0).ok_or(Refusal::Broken)?;
            gone += usize::from(&body[..name] != b"icc");
            png_chunk(b"iCCP", &[b"icc", &body[name..]].concat(), &mut out);
        } else {
            gone += 1;
        }
        at = end;
        if kind == b"IEND" {
            gone += usize::from(at < bytes.len());
            return Ok((out, gone));
        }
    }
}

fn png_chunk(kind: &[u8; 4], body: &[u8], out: &mut Vec<u8>) {
    let size = u32::try_from(body.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&size.to_be_bytes());
    let from = out.len();
    out.extend_from_slice(kind);
    out.extend_from_slice(body);
    let sum = crc(&out[from..]);
    out.extend_from_slice(&sum.to_be_bytes());
}

/// The check sum of PNG (CRC-32), bit by bit: only small pieces are summed.
fn crc(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

fn jpeg(bytes: &[u8]) -> Result<(Vec<u8>, usize), Refusal> {
    let mut out = vec![0xFF, 0xD8];
    let mut gone = 0;
    let mut at = 2;
    let mut turned = None;
    loop {
        while bytes.get(at) == Some(&0xFF) && bytes.get(at + 1) == Some(&0xFF) {
            at += 1;
        }
        let (Some(0xFF), Some(marker)) = (bytes.get(at), bytes.get(at + 1).copied()) else {
            return Err(Refusal::Broken);
        };
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
                if let Some(way) = orientation(body).filter(|w| turned.is_none() && (2..=8).contains(w)) {
                    turned = Some(way);
                    out.extend_from_slice(&exif_of(way));
                    gone -= usize::from(segment == exif_of(way));
                }
            }
            0xE2 if body.starts_with(b"ICC_PROFILE\0") => out.extend_from_slice(segment),
            0xEE if body.starts_with(b"Adobe") => out.extend_from_slice(segment),
            0xE0..=0xEF | 0xFE => gone += 1,
            0xDA => {
                out.extend_from_slice(segment);
                let end = scan_end(bytes, at);
                out.extend_from_slice(&bytes[at..end]);
                at = end;
                if at >= bytes.len() {
                    // Cut short: what is there can be shown, so it is given an end.
                    out.extend_from_slice(&[0xFF, 0xD9]);
                    return Ok((out, gone));
                }
            }
            _ => out.extend_from_slice(segment),
        }
    }
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

/// Which way up the picture is, from its EXIF.
fn orientation(body: &[u8]) -> Option<u16> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
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

fn exif_of(way: u16) -> Vec<u8> {
    let mut out = vec![0xFF, 0xE1, 0, 34];
    out.extend_from_slice(b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01");
    out.extend_from_slice(&way.to_be_bytes());
    out.extend_from_slice(&[0; 6]);
    out
}

/// Cleans a picture inside a document. Kinds that can carry no words of their own, or only a few, are cleaned in place;
/// `None`: we know no way to clean it.
pub(crate) fn clean_inside(bytes: &[u8]) -> Option<(Vec<u8>, usize, &'static str)> {
    let (done, kind) = match kind(bytes)? {
        "png" => (png(bytes).ok()?, "png"),
        "jpeg" => (jpeg(bytes).ok()?, "jpeg"),
        "gif" => (gif(bytes)?, "gif"),
        "bmp" => ((bytes.to_vec(), 0), "bmp"),
        "tiff" => (tiff(bytes)?, "tiff"),
        "emf" => (emf(bytes)?, "emf"),
        "wmf" => ((bytes.to_vec(), 0), "wmf"),
        _ => return None,
    };
    Some((done.0, done.1, kind))
}

/// The kind of a picture, by its first bytes.
pub(crate) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let at = |from: usize, want: &[u8]| bytes.get(from..from + want.len()) == Some(want);
    Some(match bytes {
        _ if at(0, PNG) => "png",
        _ if at(0, &[0xFF, 0xD8, 0xFF]) => "jpeg",
        _ if at(0, b"GIF8") => "gif",
        _ if at(0, b"BM") => "bmp",
        _ if at(0, b"II*\0") || at(0, b"MM\0*") => "tiff",
        _ if at(0, &[1, 0, 0, 0]) && at(40, b" EMF") => "emf",
        _ if at(0, &[0xD7, 0xCD, 0xC6, 0x9A]) || at(0, &[1, 0, 9, 0]) || at(0, &[2, 0, 9, 0]) => "wmf",
        _ => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn tiny_png(extra: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut out = PNG.to_vec();
        png_chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0], &mut out);
        for (kind, body) in extra {
            png_chunk(kind, body, &mut out);
        }
        png_chunk(b"IDAT", &[0x78, 0x9C, 0x63, 0, 0, 0, 2, 0, 1], &mut out);
        png_chunk(b"IEND", &[], &mut out);
        out
    }

    #[test]
    fn png_keeps_pixels_only() {
        let mut dirty = tiny_png(&[
            (b"tEXt", b"Author\0T. Quill"),
            (b"eXIf", b"x"),
            (b"iCCP", b"Quill's screen\0\0z"),
        ]);
        dirty.extend_from_slice(b"tail");
        let (clean, gone) = png(&dirty).unwrap();
        assert_eq!((clean, gone), (tiny_png(&[(b"iCCP", b"icc\0\0z")]), 4));
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }

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

    #[test]
    fn broken_pictures_are_refused() {
        assert_eq!(clean(PNG).unwrap_err(), Refusal::Broken);
        assert_eq!(clean(b"\xFF\xD8\xFF\xE1\0\x01").unwrap_err(), Refusal::Broken);
        assert!(gif(b"GIF89a").is_none() && tiff(b"II*\0").is_none() && emf(b"").is_none());
    }
}
