//! Windows bitmaps inside documents: header, colours, pixels; a linked profile is a path, and what lies behind the pixels is no picture.

use super::{Cleaned, sane};
use crate::model::What;

/// Whether the two letters are followed by a bitmap's header: text can begin with them too.
pub(super) fn is_bitmap(bytes: &[u8]) -> bool {
    matches!(long(bytes, 14), Some(12 | 40 | 52 | 56 | 64 | 108 | 124))
        && long(bytes, 10).is_some_and(|at| at < bytes.len())
}

pub(super) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut out = Cleaned::new("bmp");
    let (head, pixels) = (long(bytes, 14)?, long(bytes, 10)?);
    let (width, height, bits) = if head == 12 {
        (
            u64::from(short(bytes, 18)?),
            u64::from(short(bytes, 20)?),
            u64::from(short(bytes, 24)?),
        )
    } else {
        let height = i32::from_le_bytes(bytes.get(22..26)?.try_into().ok()?);
        (
            u64::try_from(long(bytes, 18)?).ok()?,
            u64::from(height.unsigned_abs()),
            u64::from(short(bytes, 28)?),
        )
    };
    sane(width, height, bits, bytes.len()).ok()?;
    let packed = head != 12 && matches!(long(bytes, 30), Some(1 | 2));
    let size = if packed {
        long(bytes, 34)?
    } else {
        usize::try_from((width * bits).div_ceil(32) * 4 * height).ok()?
    };
    let end = pixels.checked_add(size)?.min(bytes.len());
    let mut copy = bytes.get(..end)?.to_vec();
    out.count(What::PictureMetadata, usize::from(end < bytes.len()));
    copy[6..10].fill(0);
    if head == 124 {
        // Profile: "sRGB" instead of a linked or embedded one.
        let own = bytes.get(70..74)? != b"BGRs";
        out.count(What::PictureMetadata, usize::from(own));
        copy.get_mut(70..74)?.copy_from_slice(b"BGRs");
        copy.get_mut(126..138)?.fill(0);
    }
    let weight = u32::try_from(copy.len()).ok()?;
    copy[2..6].copy_from_slice(&weight.to_le_bytes());
    out.bytes = copy;
    Some(out)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    bytes
        .get(at..at + 4)
        .and_then(|b| usize::try_from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])).ok())
}
