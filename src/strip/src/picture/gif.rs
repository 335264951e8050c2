//! GIF (87a and 89a): frames, their timing and the loop stay; comments, text overlays, application data and what follows the end go.

use super::{Cleaned, sane};
use crate::model::{Refusal, What};

/// All frames together may be this many pixels: more is made to fill a reader's memory.
const MOST_PIXELS: u64 = 4_000_000_000;

/// Cleans a GIF.
pub(crate) fn clean(bytes: &[u8]) -> Result<Cleaned, Refusal> {
    let mut out = Cleaned::new("gif");
    let screen = (short(bytes, 6)?, short(bytes, 8)?);
    sane(screen.0, screen.1, 8, bytes.len())?;
    let mut at = 13 + table(*bytes.get(10).ok_or(Refusal::Broken)?);
    let mut copy = bytes.get(..at).ok_or(Refusal::Broken)?.to_vec();
    let mut pixels = 0_u64;
    let mut frames = 0;
    loop {
        let start = at;
        match bytes.get(at) {
            // An end, or a file cut short between blocks: what is there can be shown.
            Some(0x3B) | None => {
                copy.push(0x3B);
                out.count(What::PictureMetadata, usize::from(at + 1 < bytes.len()));
                if frames == 0 {
                    return Err(Refusal::Broken);
                }
                out.bytes = copy;
                return Ok(out);
            }
            Some(0x21) => {
                let label = *bytes.get(at + 1).ok_or(Refusal::Broken)?;
                at = blocks_end(bytes, at + 2)?;
                let block = &bytes[start..at];
                let loops = label == 0xFF && block.get(3..14) == Some(b"NETSCAPE2.0") && block.len() == 19;
                if (label == 0xF9 && block.len() == 8) || loops {
                    copy.extend_from_slice(block);
                } else {
                    out.count(What::PictureMetadata, 1);
                }
            }
            Some(0x2C) => {
                pixels += short(bytes, at + 5)? * short(bytes, at + 7)?;
                if pixels > MOST_PIXELS {
                    return Err(Refusal::Bomb);
                }
                frames += 1;
                at = blocks_end(bytes, at + 11 + table(*bytes.get(at + 9).ok_or(Refusal::Broken)?))?;
                copy.extend_from_slice(&bytes[start..at]);
            }
            // Padding that some writers leave between blocks.
            Some(0) => at += 1,
            Some(_) => return Err(Refusal::Broken),
        }
    }
}

/// How many bytes a colour table takes.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

fn short(bytes: &[u8], at: usize) -> Result<u64, Refusal> {
    bytes
        .get(at..at + 2)
        .map(|b| u64::from(u16::from_le_bytes([b[0], b[1]])))
        .ok_or(Refusal::Broken)
}

fn blocks_end(bytes: &[u8], mut at: usize) -> Result<usize, Refusal> {
    loop {
        let size = usize::from(*bytes.get(at).ok_or(Refusal::Broken)?);
        at += 1 + size;
        if size == 0 {
            return Ok(at);
        }
    }
}
