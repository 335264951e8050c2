//! The archive a paper comes in: a zip, or a tar packed with gzip.

use crate::docx::package::{self, Parts};
use crate::model::Refusal;
use flate2::read::GzDecoder;
use std::io::Read;

/// More files than any paper has, and the most that they may unpack to.
pub(super) const MOST_FILES: usize = 5000;
const MOST_TOTAL: u64 = 500 << 20;
const MOST_RATIO: u64 = 150;

/// Whether bytes are a tar packed with gzip.
pub(crate) fn is_tarball(bytes: &[u8]) -> bool {
    let mut head = [0; 512];
    bytes.starts_with(&[0x1F, 0x8B])
        && GzDecoder::new(bytes).read_exact(&mut head).is_ok()
        && &head[257..262] == b"ustar"
}

/// The files of a tarball. Links, devices and names that lead out of it are refused.
pub(crate) fn untar(bytes: &[u8]) -> Result<Parts, Refusal> {
    let limited = GzDecoder::new(bytes).take(MOST_TOTAL + 1);
    let mut archive = tar::Archive::new(limited);
    let mut parts = Parts::new();
    let mut total = 0_u64;
    for entry in archive.entries().map_err(|_| Refusal::Broken)? {
        let mut entry = entry.map_err(|_| Refusal::Broken)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).replace('\\', "/");
        if name.starts_with('/') || name.split('/').any(|p| p == "..") {
            return Err(Refusal::Broken);
        }
        total += entry.size();
        if total > MOST_TOTAL
            || parts.len() >= MOST_FILES
            || total > (64 << 20) && total / (bytes.len() as u64).max(1) > MOST_RATIO
        {
            return Err(Refusal::Bomb);
        }
        let mut data = Vec::new();
        entry.read_to_end(&mut data).map_err(|_| Refusal::Broken)?;
        let name = name.trim_start_matches("./").to_owned();
        if parts.insert(name, data).is_some() {
            return Err(Refusal::Broken);
        }
    }
    Ok(parts)
}

/// The files of a zip or a tarball.
pub(super) fn unpack(bytes: &[u8]) -> Result<Parts, Refusal> {
    if bytes.starts_with(b"PK") {
        package::read(bytes)
    } else {
        untar(bytes)
    }
}
