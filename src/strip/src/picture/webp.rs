//! WebP (RIFF): coded pixels, transparency, animation and the colour profile stay; EXIF, XMP and unknown pieces go.

use super::{Cleaned, orientation, profile, sane, turned};
use crate::model::{Refusal, What};

const ICC: u8 = 0x20;
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;

/// Cleans a WebP.
pub(crate) fn clean(bytes: &[u8]) -> Result<Cleaned, Refusal> {
    let mut out = Cleaned::new("webp");
    let said = long(bytes, 4).ok_or(Refusal::Broken)?;
    let end = said.checked_add(8).ok_or(Refusal::Broken)?.min(bytes.len());
    out.count(What::PictureMetadata, usize::from(end + (end & 1) < bytes.len()));
    let mut copy = b"RIFF\0\0\0\0WEBP".to_vec();
    let mut head = None;
    let mut flags = 0;
    let mut pixels = false;
    let mut at = 12;
    while at + 8 <= end {
        let name = &bytes[at..at + 4];
        let size = long(bytes, at + 4).ok_or(Refusal::Broken)?;
        let body = bytes
            .get(at + 8..(at + 8).checked_add(size).ok_or(Refusal::Broken)?)
            .ok_or(Refusal::Broken)?;
        at += 8 + size + (size & 1);
        match name {
            b"VP8X" if body.len() >= 10 => {
                sane(wide(body, 4) + 1, wide(body, 7) + 1, 32, bytes.len())?;
                head = Some(copy.len());
                flags |= body[0] & !(EXIF | XMP | ICC);
                push(&mut copy, name, &body[..10])?;
            }
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" => {
                pixels |= name.starts_with(b"VP8");
                push(&mut copy, name, body)?;
            }
            b"ANMF" => {
                pixels = true;
                let frame = frame(body, &mut out)?;
                push(&mut copy, name, &frame)?;
            }
            b"ICCP" => match profile::blank(body) {
                Some((clean, changed)) => {
                    flags |= ICC;
                    out.count(What::PictureMetadata, usize::from(changed));
                    push(&mut copy, name, &clean)?;
                }
                None => out.count(What::PictureMetadata, 1),
            },
            b"EXIF" => {
                let tiff = body.strip_prefix(b"Exif\0\0").unwrap_or(body);
                let way = orientation(tiff).filter(|w| (2..=8).contains(w));
                let kept = way.map(turned);
                out.count(What::PictureMetadata, usize::from(kept.as_deref() != Some(body)));
                if let (Some(kept), 0) = (kept, flags & EXIF) {
                    flags |= EXIF;
                    push(&mut copy, name, &kept)?;
                }
            }
            _ => out.count(What::PictureMetadata, 1),
        }
    }
    if !pixels {
        return Err(Refusal::Broken);
    }
    if let Some(head) = head {
        copy[head + 8] = flags;
        copy[head + 9..head + 12].fill(0);
    }
    let size = u32::try_from(copy.len() - 8).map_err(|_| Refusal::TooLarge)?;
    copy[4..8].copy_from_slice(&size.to_le_bytes());
    out.bytes = copy;
    Ok(out)
}

/// A frame of an animation: its place and timing, and the pieces that are pixels.
fn frame(body: &[u8], out: &mut Cleaned) -> Result<Vec<u8>, Refusal> {
    let mut copy = body.get(..16).ok_or(Refusal::Broken)?.to_vec();
    let mut at = 16;
    while at + 8 <= body.len() {
        let size = long(body, at + 4).ok_or(Refusal::Broken)?;
        let to = (at + 8).checked_add(size).ok_or(Refusal::Broken)?;
        let piece = body.get(at + 8..to).ok_or(Refusal::Broken)?;
        match &body[at..at + 4] {
            name @ (b"VP8 " | b"VP8L" | b"ALPH") => push(&mut copy, name, piece)?,
            _ => out.count(What::PictureMetadata, 1),
        }
        at = to + (size & 1);
    }
    Ok(copy)
}

fn push(out: &mut Vec<u8>, name: &[u8], body: &[u8]) -> Result<(), Refusal> {
    out.extend_from_slice(name);
    let size = u32::try_from(body.len()).map_err(|_| Refusal::TooLarge)?;
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(body);
    if body.len() & 1 == 1 {
        out.push(0);
    }
    Ok(())
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let b = bytes.get(at..at + 4)?;
    usize::try_from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])).ok()
}

/// A number of three bytes.
fn wide(body: &[u8], at: usize) -> u64 {
    u64::from(body[at]) | u64::from(body[at + 1]) << 8 | u64::from(body[at + 2]) << 16
}
