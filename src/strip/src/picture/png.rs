//! PNG, with its animated form.

use super::{PNG, profile, sane};
use crate::model::Refusal;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::io::{Read, Write};

/// Pieces of a PNG that its pixels need.
const PNG_KEPT: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
    b"cICP", b"acTL", b"fcTL", b"fdAT",
];

/// Cleans a PNG; the count says how many pieces went.
pub(super) fn png(bytes: &[u8]) -> Result<(Vec<u8>, usize), Refusal> {
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
        if kind == b"IHDR" {
            dimensions(chunk, bytes.len())?;
        }
        if PNG_KEPT.iter().any(|k| *k == kind) {
            out.extend_from_slice(chunk);
        } else if kind == b"iCCP" {
            // The colour profile belongs to the picture; the name someone gave it does not.
            match colours(&chunk[8..8 + size]) {
                Some(body) => {
                    gone += usize::from(body != chunk[8..8 + size]);
                    png_chunk(b"iCCP", &body, &mut out);
                }
                None => gone += 1,
            }
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

/// A profile may unpack to this.
const LARGEST_PROFILE: u64 = 16 << 20;

/// The body of an iCCP piece under a neutral name and without words; `None` if it is no profile.
fn colours(body: &[u8]) -> Option<Vec<u8>> {
    let name = body.iter().position(|b| *b == 0)?;
    let packed = body.get(name + 2..)?;
    let mut profile = Vec::new();
    ZlibDecoder::new(packed)
        .take(LARGEST_PROFILE)
        .read_to_end(&mut profile)
        .ok()?;
    let (clean, _) = profile::blank(&profile)?;
    let mut out = ZlibEncoder::new(b"icc\0\0".to_vec(), flate2::Compression::default());
    out.write_all(&clean).ok()?;
    out.finish().ok()
}

fn dimensions(chunk: &[u8], weight: usize) -> Result<(), Refusal> {
    let body = chunk.get(8..18).ok_or(Refusal::Broken)?;
    let number = |at: usize| {
        u64::from(u32::from_be_bytes([
            body[at],
            body[at + 1],
            body[at + 2],
            body[at + 3],
        ]))
    };
    let samples = match body[9] {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    sane(number(0), number(4), u64::from(body[8]) * samples, weight)
}

pub(super) fn png_chunk(kind: &[u8; 4], body: &[u8], out: &mut Vec<u8>) {
    let size = u32::try_from(body.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&size.to_be_bytes());
    let from = out.len();
    out.extend_from_slice(kind);
    out.extend_from_slice(body);
    let sum = crc(&out[from..]);
    out.extend_from_slice(&sum.to_be_bytes());
}

/// The check sum of PNG (CRC-32), bit by bit: only small pieces are summed.
pub(super) fn crc(bytes: &[u8]) -> u32 {
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
        assert_eq!((clean, gone), (tiny_png(&[]), 4));
        assert_eq!(crc(b"IEND"), 0xAE42_6082);
    }
}
