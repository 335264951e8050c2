//! A file sealed in chunks of 64 KiB, so that any range can be opened without the rest.
//!
//! Each chunk is XChaCha20-Poly1305 of the STREAM construction: its number and whether it is the last
//! are part of its nonce, so that chunks can be neither swapped nor cut off.

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::stream::{NewStream, StreamBE32, StreamPrimitive};
use chacha20poly1305::aead::{KeyInit, Payload};

use super::SealError;

/// Plain bytes in one chunk.
pub const CHUNK: usize = 64 * 1024;
/// Bytes of one sealed chunk.
pub const SEALED_CHUNK: usize = CHUNK + 16;

/// Seals and opens one blob's chunks. The key is one blob's own, so that the fixed nonce never repeats.
pub struct Chunks(StreamBE32<XChaCha20Poly1305>);

impl Chunks {
    /// The chunks of the blob whose key this is.
    pub fn new(key: [u8; 32]) -> Self {
        let aead = XChaCha20Poly1305::new(&key.into());
        Chunks(StreamBE32::from_aead(aead, &[0u8; 19].into()))
    }

    /// Seals chunk `number` (from 0). All chunks but the last hold exactly `CHUNK` bytes.
    pub fn seal(&self, number: u32, last: bool, plain: &[u8]) -> Vec<u8> {
        self.0
            .encrypt(number, last, Payload::from(plain))
            .expect("a chunk fits the cipher")
    }

    /// Opens chunk `number`.
    pub fn open(&self, number: u32, last: bool, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        self.0
            .decrypt(number, last, Payload::from(sealed))
            .map_err(|_| SealError::Broken)
    }
}

/// Seals a whole file.
pub fn seal_all(key: [u8; 32], plain: &[u8]) -> Vec<u8> {
    let chunks = Chunks::new(key);
    let mut out = Vec::with_capacity(plain.len() + 16 * (plain.len() / CHUNK + 1));
    let count = plain.len().div_ceil(CHUNK).max(1);
    for i in 0..count {
        let part = &plain[i * CHUNK..plain.len().min((i + 1) * CHUNK)];
        out.extend(chunks.seal(i as u32, i + 1 == count, part));
    }
    out
}

/// Opens a whole file.
pub fn open_all(key: [u8; 32], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let chunks = Chunks::new(key);
    let count = sealed.len().div_ceil(SEALED_CHUNK).max(1);
    let mut out = Vec::with_capacity(sealed.len());
    for i in 0..count {
        let part = &sealed[i * SEALED_CHUNK..sealed.len().min((i + 1) * SEALED_CHUNK)];
        out.extend(chunks.open(i as u32, i + 1 == count, part)?);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_length_comes_back(len in prop_oneof![0usize..200, CHUNK - 2..CHUNK + 2, 2 * CHUNK - 1..2 * CHUNK + 2]) {
            let plain: Vec<u8> = (0..len).map(|i| (i % 251) as u8).collect();
            let sealed = seal_all([7; 32], &plain);
            prop_assert_eq!(open_all([7; 32], &sealed).unwrap(), plain);
        }
    }

    #[test]
    fn a_file_cut_at_a_chunks_end_does_not_open() {
        let sealed = seal_all([7; 32], &vec![1; 3 * CHUNK]);
        assert!(open_all([7; 32], &sealed[..2 * SEALED_CHUNK]).is_err());
        assert!(open_all([8; 32], &sealed).is_err());
    }
}
