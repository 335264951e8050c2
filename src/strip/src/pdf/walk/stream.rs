//! Content streams unpacked, within limits.

use crate::model::Refusal;

/// The most one content stream may unpack to.
pub(crate) const LARGEST_STREAM: usize = 64 << 20;

/// A form's operators.
pub(crate) fn form_content(stream: &lopdf::Stream) -> Result<Vec<u8>, Refusal> {
    match stream.get_plain_content_with_limit(LARGEST_STREAM) {
        Ok(bytes) if is_bomb(stream, &bytes) => Err(Refusal::Bomb),
        Ok(bytes) => Ok(bytes),
        Err(lopdf::Error::Decompress(_)) => Err(Refusal::Bomb),
        Err(_) => Err(Refusal::Broken),
    }
}

/// Whether a large stream says the same over and over.
pub(crate) fn is_bomb(stream: &lopdf::Stream, unpacked: &[u8]) -> bool {
    unpacked.len() > 8 << 20 && unpacked.len() / 100 > stream.content.len()
}
