//! Files on disk: sealed in chunks under random names, complete and synced before a row names them.

use std::io::{Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt};

use super::Fault;
use super::vault::Vault;
use crate::chance::Chance;
use crate::seal::chunks::{CHUNK, Chunks, SEALED_CHUNK, open_all, seal_all};

/// The folder of sealed files.
#[derive(Clone)]
pub struct Blobs {
    folder: PathBuf,
    vault: Arc<Vault>,
    chance: Chance,
}

/// A file that was taken in: its name in the folder, its size and the digest of its plain bytes.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The random name.
    pub name: String,
    /// Plain bytes.
    pub size: u64,
    /// BLAKE3 of the plain bytes; keyed before it is stored.
    pub digest: [u8; 32],
    /// The first bytes, for recognising the format.
    pub head: Vec<u8>,
}

/// Why an upload was not taken.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// More than the largest size.
    #[error("the file is larger than the limit")]
    TooLarge,
    /// The connection ended before the file did.
    #[error("the upload broke off")]
    BrokenOff(std::io::Error),
    /// The disk.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Blobs {
    pub(super) fn new(folder: PathBuf, vault: Arc<Vault>, chance: Chance) -> Self {
        Blobs {
            folder,
            vault,
            chance,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        // An erased file has no name: the folder itself is none that opens.
        self.folder.join(name.get(..2).unwrap_or_default()).join(name)
    }

    fn create(&self) -> Result<(String, std::fs::File), Fault> {
        let name = self.chance.token("blob");
        let path = self.path(&name);
        std::fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        Ok((name, std::fs::File::create_new(path)?))
    }

    /// Streams an upload into the sealer: no plain byte touches the disk. Leaves nothing behind on failure.
    pub async fn take(&self, mut from: impl AsyncRead + Unpin, limit: u64) -> Result<Taken, TakeError> {
        let (name, mut file) = self.create()?;
        let result = self.pour(&name, &mut file, &mut from, limit).await;
        if result.is_err() {
            self.remove(&name);
        }
        result
    }

    async fn pour(
        &self,
        name: &str,
        file: &mut std::fs::File,
        from: &mut (impl AsyncRead + Unpin),
        limit: u64,
    ) -> Result<Taken, TakeError> {
        let chunks = Chunks::new(self.vault.blob_key(name));
        let mut hasher = blake3::Hasher::new();
        let (mut size, mut number, mut head) = (0u64, 0u32, Vec::new());
        let mut ahead = fill(from).await.map_err(TakeError::BrokenOff)?;
        loop {
            let chunk = ahead;
            ahead = if chunk.len() == CHUNK {
                fill(from).await.map_err(TakeError::BrokenOff)?
            } else {
                Vec::new()
            };
            size += chunk.len() as u64;
            if size > limit {
                return Err(TakeError::TooLarge);
            }
            hasher.update(&chunk);
            if number == 0 {
                head = chunk[..chunk.len().min(4096)].to_vec();
            }
            file.write_all(&chunks.seal(number, ahead.is_empty(), &chunk))
                .map_err(Fault::from)?;
            number += 1;
            if ahead.is_empty() {
                break;
            }
        }
        file.sync_all().map_err(Fault::from)?;
        Ok(Taken {
            name: name.to_owned(),
            size,
            digest: *hasher.finalize().as_bytes(),
            head,
        })
    }

    /// Seals bytes that are at hand, and returns the file's name.
    pub fn put(&self, plain: &[u8]) -> Result<String, Fault> {
        let (name, mut file) = self.create()?;
        let sealed = seal_all(self.vault.blob_key(&name), plain);
        let written = file.write_all(&sealed).and_then(|()| file.sync_all());
        if let Err(error) = written {
            self.remove(&name);
            return Err(error.into());
        }
        Ok(name)
    }

    /// Opens a whole file.
    pub fn get(&self, name: &str) -> Result<Vec<u8>, Fault> {
        Ok(open_all(
            self.vault.blob_key(name),
            &std::fs::read(self.path(name))?,
        )?)
    }

    /// Opens the plain bytes `from..to` (cut to the file's end).
    pub fn range(&self, name: &str, from: u64, to: u64) -> Result<Vec<u8>, Fault> {
        let mut file = std::fs::File::open(self.path(name))?;
        let count = file.metadata()?.len().div_ceil(SEALED_CHUNK as u64).max(1);
        let chunks = Chunks::new(self.vault.blob_key(name));
        let first = from / CHUNK as u64;
        let mut out = Vec::new();
        file.seek(SeekFrom::Start(first * SEALED_CHUNK as u64))?;
        for number in first..count.min(to.div_ceil(CHUNK as u64)) {
            let mut sealed = Vec::with_capacity(SEALED_CHUNK);
            (&mut file).take(SEALED_CHUNK as u64).read_to_end(&mut sealed)?;
            out.extend(chunks.open(number as u32, number + 1 == count, &sealed)?);
        }
        let skip = (from - first * CHUNK as u64) as usize;
        let end = out.len().min(skip + (to.saturating_sub(from)) as usize);
        Ok(out.get(skip..end).unwrap_or_default().to_vec())
    }

    /// Takes a file away; a file that is not there is no error.
    pub fn remove(&self, name: &str) {
        if !name.is_empty() {
            std::fs::remove_file(self.path(name)).ok();
        }
    }
}

async fn fill(from: &mut (impl AsyncRead + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut chunk = Vec::with_capacity(CHUNK);
    from.take(CHUNK as u64).read_to_end(&mut chunk).await?;
    Ok(chunk)
}
