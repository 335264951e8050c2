//! Pictures inside content streams: their JPEG files carry metadata like any other.

use crate::picture;
use std::ops::Range;

/// An inline picture (from BI to EI, with where its data begin) without its metadata, when it is a plain JPEG that has some.
pub(crate) fn clean(bytes: &[u8], (span, data): &(Range<usize>, usize)) -> Option<(Range<usize>, Vec<u8>)> {
    let head = bytes.get(span.start..*data)?;
    let body = bytes.get(*data..span.end.checked_sub(2)?)?.trim_ascii_end();
    if !body.starts_with(&[0xFF, 0xD8, 0xFF]) || !head.windows(3).any(|w| w == b"DCT") {
        return None;
    }
    let (clean, gone) = picture::clean(body).unwrap_or_else(|_| picture::blanked(body));
    (gone > 0).then(|| (*data..span.end, [&clean[..], b"\nEI"].concat()))
}
