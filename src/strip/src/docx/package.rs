//! The zip around the parts: read with limits, written afresh without a trace of when, where and by what it was packed.

use crate::model::Refusal;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// More entries than any manuscript has.
const MOST_ENTRIES: usize = 5000;
/// The most that one entry, and that all of them, may unpack to.
const MOST_ENTRY: u64 = 200 << 20;
const MOST_TOTAL: u64 = 500 << 20;
/// Text packs twenty- to fortyfold; what unpacks to more than this and is large is a bomb.
const MOST_RATIO: u64 = 150;
const SMALL: u64 = 20 << 20;

/// The parts of a package by name.
pub(crate) type Parts = BTreeMap<String, Vec<u8>>;

/// The names of the entries, without unpacking any.
pub(crate) fn names(bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Refusal::Bomb);
    }
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| Refusal::Broken)?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        names.push(entry.name().map_err(|_| Refusal::Broken)?.replace('\\', "/"));
    }
    Ok(names)
}

/// Unpacks.
pub(crate) fn read(bytes: &[u8]) -> Result<Parts, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Broken)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Refusal::Bomb);
    }
    let mut parts = Parts::new();
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| {
            use zip::result::ZipError;
            match e {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Encrypted,
                ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
                    Refusal::Unsupported
                }
                _ => Refusal::Broken,
            }
        })?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        if entry.is_dir() {
            continue;
        }
        let name = entry.name().map_err(|_| Refusal::Broken)?.replace('\\', "/");
        let name = name.trim_start_matches('/').to_owned();
        if name.split('/').any(|p| p == "..") {
            return Err(Refusal::Broken);
        }
        let packed = entry.compressed_size().max(1);
        let declared = usize::try_from(entry.size().min(MOST_ENTRY)).unwrap_or_default();
        // A lie about the size costs a little room, not the file.
        let mut data = Vec::with_capacity(declared.min(8 << 20));
        entry
            .take(MOST_ENTRY + 1)
            .read_to_end(&mut data)
            .map_err(|_| Refusal::Broken)?;
        let size = data.len() as u64;
        total += size;
        if size > MOST_ENTRY || total > MOST_TOTAL || (size > SMALL && size / packed > MOST_RATIO) {
            return Err(Refusal::Bomb);
        }
        if parts.insert(name, data).is_some() {
            return Err(Refusal::Broken);
        }
    }
    Ok(parts)
}

/// Packs parts in the given order, the same bytes for the same parts.
pub(crate) fn write(parts: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Refusal> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        // Pictures are packed already.
        // An ODF package begins with its type in the clear.
        let packed = name == "mimetype"
            || [".png", ".jpeg", ".jpg", ".gif", ".webp"]
                .iter()
                .any(|e| name.ends_with(e));
        let method = if packed {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((!packed).then_some(4))
            .last_modified_time(DateTime::default());
        zip.start_file(name.as_str(), options)
            .map_err(|_| Refusal::Broken)?;
        zip.write_all(&data).map_err(|_| Refusal::Broken)?;
    }
    zip.finish().map(Cursor::into_inner).map_err(|_| Refusal::Broken)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn packs_the_same_bytes_and_reads_them() {
        let parts = vec![
            ("a/b.xml".to_owned(), b"<x/>".to_vec()),
            ("p.png".to_owned(), vec![1, 2, 3]),
        ];
        let one = write(parts.clone()).unwrap();
        assert_eq!(one, write(parts).unwrap());
        assert_eq!(read(&one).unwrap()["p.png"], vec![1, 2, 3]);
    }

    #[test]
    fn refuses_bombs() {
        let bomb = write(vec![("word/document.xml".to_owned(), vec![b' '; 60 << 20])]).unwrap();
        assert_eq!(read(&bomb).unwrap_err(), Refusal::Bomb);
    }
}
