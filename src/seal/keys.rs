//! The key file and the data keys that it wraps.

use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::{Cell, SealError, Sealer};
use std::collections::BTreeMap;

/// The key of all keys: 32 bytes, kept in a file of its own, best on another disk than the data.
#[derive(Clone)]
pub struct RootKey([u8; 32]);

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// It cannot be read or written.
    #[error("key file {0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// It is not 64 hexadecimal digits.
    #[error("key file {0} is not a Bauta key: 64 hexadecimal digits are expected")]
    Format(PathBuf),
    /// Others than its owner may read it.
    #[error("key file {0} may be read by others: run chmod 600 on it")]
    Open(PathBuf),
}

impl RootKey {
    /// A root key from its 32 bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        RootKey(bytes)
    }

    /// Reads the key file.
    pub fn read(path: &Path) -> Result<Self, KeyFileError> {
        let io = |e| KeyFileError::Io(path.to_owned(), e);
        let mode = std::fs::metadata(path).map_err(io)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(KeyFileError::Open(path.to_owned()));
        }
        Self::read_handed(path)
    }

    /// Reads a key that the service manager handed over as a file; who may read that file is the manager's affair.
    pub fn read_handed(path: &Path) -> Result<Self, KeyFileError> {
        let text = std::fs::read_to_string(path).map_err(|e| KeyFileError::Io(path.to_owned(), e))?;
        Self::parse(&text).ok_or_else(|| KeyFileError::Format(path.to_owned()))
    }

    /// A key from its 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(text.trim().as_bytes())
            .ok()?;
        bytes.try_into().ok().map(RootKey)
    }

    /// Writes a new key file with mode 0600. Fails if there is one already: a key is never overwritten.
    pub fn create(path: &Path, bytes: [u8; 32]) -> Result<Self, KeyFileError> {
        let io = |e| KeyFileError::Io(path.to_owned(), e);
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(io)?;
        writeln!(file, "{}", data_encoding::HEXLOWER.encode(&bytes)).map_err(io)?;
        file.sync_all().map_err(io)?;
        Ok(RootKey(bytes))
    }

    /// Wraps a data key for storing it in row `id`.
    pub fn wrap(&self, id: u32, nonce: [u8; 24], data_key: &[u8; 32]) -> Vec<u8> {
        self.wrapper().seal(Self::cell(id), nonce, data_key)
    }

    /// Unwraps a stored data key; fails if this is not the key that wrapped it.
    pub fn unwrap(&self, id: u32, wrapped: &[u8]) -> Result<[u8; 32], SealError> {
        let bytes = self.wrapper().open(Self::cell(id), wrapped)?;
        bytes.try_into().map_err(|_| SealError::Format)
    }

    fn cell(id: u32) -> Cell {
        Cell::new("data_key", "wrapped", i64::from(id))
    }

    fn wrapper(&self) -> Sealer {
        let key = blake3::derive_key("bauta 2026-11 wrap", &self.0);
        Sealer::new(BTreeMap::from([(0, key)]), [0; 32])
    }
}

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootKey(…)")
    }
}
