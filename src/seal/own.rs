//! A person's own secret.

use std::collections::BTreeMap;

use super::{Cell, SealError, Sealer, TagUse};

/// A person's own secret: what is sealed or tagged under it is lost with it, whatever other keys there are.
pub struct OwnSecret([u8; 32]);

impl OwnSecret {
    /// The secret of 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        OwnSecret(bytes)
    }

    /// Seals `plain` for `cell`. `nonce` must never repeat.
    pub fn seal(&self, cell: Cell, nonce: [u8; 24], plain: &[u8]) -> Vec<u8> {
        self.sealer().seal(cell, nonce, plain)
    }

    /// Opens what `seal` made for the same cell.
    pub fn open(&self, cell: Cell, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        self.sealer().open(cell, sealed)
    }

    /// What stands for the person in one manuscript's history: another one in every manuscript.
    pub fn deed(&self, manuscript: i64) -> Vec<u8> {
        self.sealer().tag(TagUse::Deed, &[&manuscript.to_le_bytes()])
    }

    fn sealer(&self) -> Sealer {
        let key = blake3::derive_key("bauta 2026-11 own seal", &self.0);
        let tags = blake3::derive_key("bauta 2026-11 own tag", &self.0);
        Sealer::new(BTreeMap::from([(0, key)]), tags)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_secret_opens_nothing_and_deeds_of_two_manuscripts_are_not_alike() {
        let (one, two) = (OwnSecret::from_bytes([1; 32]), OwnSecret::from_bytes([2; 32]));
        let cell = Cell::new("account", "sealed", 7);
        let sealed = one.seal(cell, [3; 24], b"who");
        assert_eq!(one.open(cell, &sealed).unwrap(), b"who");
        assert_eq!(two.open(cell, &sealed), Err(SealError::Broken));
        assert_ne!(one.deed(1), one.deed(2));
        assert_ne!(one.deed(1), two.deed(1));
    }
}
