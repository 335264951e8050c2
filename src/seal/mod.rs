//! Sealing: keys, the format of a ciphertext, and keyed tags. Pure; it opens nothing by itself.
//!
//! A ciphertext is `version (1) | data key (4, little end first) | nonce (24) | XChaCha20-Poly1305`. Table,
//! column and row are the associated data, so that a value cannot be moved to another place. What must
//! be found again without being opened has a keyed tag, one derived key for each use.

pub mod chunks;
mod keys;
mod own;
pub mod totp;

pub use keys::{KeyFileError, RootKey};
pub use own::OwnSecret;

use std::collections::BTreeMap;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

const VERSION: u8 = 1;
const HEAD: usize = 1 + 4 + 24;

/// Where a sealed value stands.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// The table's name.
    pub table: &'static str,
    /// The column's name.
    pub column: &'static str,
    /// The row's identifier.
    pub row: i64,
}

impl Cell {
    /// The cell `column` of `row` in `table`.
    pub const fn new(table: &'static str, column: &'static str, row: i64) -> Self {
        Cell { table, column, row }
    }

    fn associated(self) -> Vec<u8> {
        let mut out = format!("{}\0{}\0", self.table, self.column).into_bytes();
        out.extend(self.row.to_le_bytes());
        out
    }
}

/// A sealed value could not be opened.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SealError {
    /// It is not of a format that this program writes.
    #[error("sealed value has an unknown format")]
    Format,
    /// The data key that it names is not at hand.
    #[error("sealed value names data key {0}, which is not at hand")]
    Key(u32),
    /// It was altered, moved to another place, or sealed under another key.
    #[error("sealed value does not open: altered, moved or of another key")]
    Broken,
}

/// What a keyed tag is for. Tags of different uses never compare equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagUse {
    /// An e-mail address, for signing in.
    Address,
    /// A (person, manuscript, role) pair, for access.
    Access,
    /// A (person, role, slot number) triple, for lists of one's own.
    Slot,
    /// A one-time link's or session's token.
    Token,
    /// Attempts of one kind by one address or account.
    Rate,
    /// The same file again.
    Content,
    /// An author's name or address with a number, for the office's search.
    Author,
    /// A browser in which somebody has signed in before.
    Browser,
    /// A recovery code of the second step.
    Recovery,
    /// A person in one manuscript's history.
    Deed,
}

impl TagUse {
    const fn context(self) -> &'static str {
        match self {
            TagUse::Address => "bauta 2026-11 tag address",
            TagUse::Access => "bauta 2026-11 tag access",
            TagUse::Slot => "bauta 2026-11 tag slot",
            TagUse::Token => "bauta 2026-11 tag token",
            TagUse::Rate => "bauta 2026-11 tag rate",
            TagUse::Content => "bauta 2026-11 tag content",
            TagUse::Author => "bauta 2026-11 tag author",
            TagUse::Browser => "bauta 2026-11 tag browser",
            TagUse::Recovery => "bauta 2026-11 tag recovery",
            TagUse::Deed => "bauta 2026-11 tag deed",
        }
    }
}

/// Seals and opens values with the data keys that a root key unwrapped.
#[derive(Clone)]
pub struct Sealer {
    data_keys: BTreeMap<u32, [u8; 32]>,
    tag_root: [u8; 32],
}

impl Sealer {
    /// A sealer over unwrapped data keys; the one with the highest number seals. `tag_root` is secret as well.
    ///
    /// # Panics
    /// If there is no data key.
    pub fn new(data_keys: BTreeMap<u32, [u8; 32]>, tag_root: [u8; 32]) -> Self {
        assert!(!data_keys.is_empty(), "a sealer needs a data key");
        Sealer { data_keys, tag_root }
    }

    /// Seals `plain` for `cell`. `nonce` must never repeat: 24 bytes of chance.
    pub fn seal(&self, cell: Cell, nonce: [u8; 24], plain: &[u8]) -> Vec<u8> {
        let (id, key) = self.data_keys.last_key_value().expect("there is a data key");
        let mut out = Vec::with_capacity(HEAD + plain.len() + 16);
        out.push(VERSION);
        out.extend(id.to_le_bytes());
        out.extend(nonce);
        let aad = cell.associated();
        let sealed = XChaCha20Poly1305::new(key.into())
            .encrypt(
                XNonce::from_slice(&nonce),
                Payload {
                    msg: plain,
                    aad: &aad,
                },
            )
            .expect("a message fits the cipher");
        out.extend(sealed);
        out
    }

    /// Opens what `seal` made for the same cell.
    pub fn open(&self, cell: Cell, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        if sealed.len() < HEAD || sealed[0] != VERSION {
            return Err(SealError::Format);
        }
        let id = u32::from_le_bytes([sealed[1], sealed[2], sealed[3], sealed[4]]);
        let key = self.data_keys.get(&id).ok_or(SealError::Key(id))?;
        let aad = cell.associated();
        XChaCha20Poly1305::new(key.into())
            .decrypt(
                XNonce::from_slice(&sealed[5..HEAD]),
                Payload {
                    msg: &sealed[HEAD..],
                    aad: &aad,
                },
            )
            .map_err(|_| SealError::Broken)
    }

    /// The keyed tag of `parts` for one use: 32 bytes that tell nothing without the key. Parts keep their bounds.
    pub fn tag(&self, tag_use: TagUse, parts: &[&[u8]]) -> Vec<u8> {
        let mut hasher = self.hasher(tag_use.context());
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        hasher.finalize().as_bytes().to_vec()
    }

    /// One link of a manuscript's chain: keyed over the link before, the event's number, time, and ciphertext.
    pub fn link(&self, before: &[u8], manuscript: i64, seq: i64, at: i64, body: &[u8]) -> Vec<u8> {
        let mut hasher = self.hasher("bauta 2026-11 chain");
        hasher.update(&(before.len() as u64).to_le_bytes());
        hasher.update(before);
        for n in [manuscript, seq, at] {
            hasher.update(&n.to_le_bytes());
        }
        hasher.update(body);
        hasher.finalize().as_bytes().to_vec()
    }

    /// The key of one blob's chunks.
    pub fn blob_key(&self, name: &str) -> [u8; 32] {
        let mut hasher = self.hasher("bauta 2026-11 blob");
        hasher.update(name.as_bytes());
        *hasher.finalize().as_bytes()
    }

    fn hasher(&self, context: &str) -> blake3::Hasher {
        blake3::Hasher::new_keyed(&blake3::derive_key(context, &self.tag_root))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(id: u32) -> Sealer {
        Sealer::new(BTreeMap::from([(id, [id as u8; 32])]), [9; 32])
    }

    #[test]
    fn opens_only_in_its_own_place() {
        let sealer = sealer(1);
        let cell = Cell::new("account", "profile", 7);
        let sealed = sealer.seal(cell, [3; 24], b"who");
        assert_eq!(sealer.open(cell, &sealed).unwrap(), b"who");
        for other in [
            Cell::new("account", "profile", 8),
            Cell::new("account", "secret", 7),
            Cell::new("letter", "profile", 7),
        ] {
            assert_eq!(sealer.open(other, &sealed), Err(SealError::Broken));
        }
    }

    #[test]
    fn every_altered_byte_is_noticed() {
        let sealer = sealer(1);
        let cell = Cell::new("t", "c", 1);
        let sealed = sealer.seal(cell, [3; 24], b"some text");
        for i in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[i] ^= 1;
            assert!(sealer.open(cell, &bad).is_err(), "byte {i}");
        }
        assert_eq!(sealer.open(cell, &sealed[..20]), Err(SealError::Format));
    }

    #[test]
    fn an_old_data_key_still_opens_and_the_newest_seals() {
        let cell = Cell::new("t", "c", 1);
        let old = sealer(1).seal(cell, [1; 24], b"old");
        let both = Sealer::new(BTreeMap::from([(1, [1; 32]), (2, [2; 32])]), [9; 32]);
        assert_eq!(both.open(cell, &old).unwrap(), b"old");
        let new = both.seal(cell, [1; 24], b"new");
        assert_eq!(sealer(1).open(cell, &new), Err(SealError::Key(2)));
    }

    #[test]
    fn tags_keep_the_bounds_of_their_parts_and_their_use() {
        let sealer = sealer(1);
        let tag = |tag_use, parts: &[&[u8]]| sealer.tag(tag_use, parts);
        assert_eq!(
            tag(TagUse::Access, &[b"ab", b"c"]),
            tag(TagUse::Access, &[b"ab", b"c"])
        );
        assert_ne!(
            tag(TagUse::Access, &[b"ab", b"c"]),
            tag(TagUse::Access, &[b"a", b"bc"])
        );
        assert_ne!(tag(TagUse::Access, &[b"ab"]), tag(TagUse::Slot, &[b"ab"]));
    }
}
