//! TIFF 6.0, written afresh: each page's tags that its pixels need, and the coded pixels as they are. Words, private tags, thumbnails,
//! sub-directories and whatever lies between do not come along.

use super::jpeg::blanked;
use super::{Cleaned, profile, sane};
use crate::model::{Refusal, What};

/// Tags a page needs to be shown. Tile and strip positions are rewritten.
const KEPT: &[u16] = &[
    256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 286, 287,
    290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336, 338, 339,
    340, 341, 347, 529, 530, 531, 532, 34675,
];
const STRIP_OFFSETS: u16 = 273;
const STRIP_SIZES: u16 = 279;
const TILE_OFFSETS: u16 = 324;
const TILE_SIZES: u16 = 325;
const JPEG_TABLES: u16 = 347;
const PROFILE: u16 = 34675;
const SUB_FILE: u16 = 254;
const OLD_SUB_FILE: u16 = 255;
/// Old-style JPEG in TIFF keeps its tables outside of the strips.
const OLD_JPEG: u64 = 6;
const NEW_JPEG: u64 = 7;
const MOST_PAGES: usize = 256;

/// A directory entry with its values as bytes in the file's order.
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: Vec<u8>,
}

struct Page {
    entries: Vec<Entry>,
    /// The coded strips or tiles.
    blocks: Vec<Vec<u8>>,
}

struct File<'b> {
    bytes: &'b [u8],
    little: bool,
}

impl File<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let b = self.bytes.get(at..at.checked_add(2)?)?;
        Some(if self.little {
            u16::from_le_bytes([b[0], b[1]])
        } else {
            u16::from_be_bytes([b[0], b[1]])
        })
    }

    fn long(&self, at: usize) -> Option<usize> {
        let b = self.bytes.get(at..at.checked_add(4)?)?;
        let n = if self.little {
            u32::from_le_bytes([b[0], b[1], b[2], b[3]])
        } else {
            u32::from_be_bytes([b[0], b[1], b[2], b[3]])
        };
        usize::try_from(n).ok()
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let (tag, kind, count) = (self.short(at)?, self.short(at + 2)?, self.long(at + 4)?);
        let size = count.checked_mul(unit(kind)?)?;
        let from = if size <= 4 { at + 8 } else { self.long(at + 8)? };
        Some(Entry {
            tag,
            kind,
            count: u32::try_from(count).ok()?,
            value: self.bytes.get(from..from.checked_add(size)?)?.to_vec(),
        })
    }

    fn numbers(&self, entry: &Entry) -> Vec<u64> {
        let wide = unit(entry.kind).unwrap_or(1);
        entry
            .value
            .chunks_exact(wide)
            .map(|c| {
                let fold = |sum: u64, b: &u8| sum << 8 | u64::from(*b);
                if self.little {
                    c.iter().rev().fold(0, fold)
                } else {
                    c.iter().fold(0, fold)
                }
            })
            .collect()
    }

    fn put_short(&self, n: u16) -> [u8; 2] {
        if self.little {
            n.to_le_bytes()
        } else {
            n.to_be_bytes()
        }
    }

    fn put_long(&self, n: usize) -> Result<[u8; 4], Refusal> {
        let n = u32::try_from(n).map_err(|_| Refusal::TooLarge)?;
        Ok(if self.little {
            n.to_le_bytes()
        } else {
            n.to_be_bytes()
        })
    }
}

/// Bytes a value of a type takes.
fn unit(kind: u16) -> Option<usize> {
    Some(match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => return None,
    })
}

/// Cleans a TIFF.
pub(crate) fn clean(bytes: &[u8]) -> Result<Cleaned, Refusal> {
    let file = File {
        bytes,
        little: bytes.starts_with(b"II"),
    };
    let mut out = Cleaned::new("tiff");
    let mut pages = Vec::new();
    let mut next = file.long(4).ok_or(Refusal::Broken)?;
    let mut seen = Vec::new();
    while next != 0 {
        if seen.contains(&next) || seen.len() >= MOST_PAGES {
            return Err(Refusal::Broken);
        }
        seen.push(next);
        let (page, after) = page(&file, next, &mut out)?;
        pages.extend(page);
        next = after;
    }
    if pages.is_empty() {
        return Err(Refusal::Broken);
    }
    out.pages = pages.len();
    out.bytes = write(&file, &pages)?;
    // What the tags did not account for lay between them.
    if out.gone.is_empty() && out.bytes != bytes && out.bytes.len() < bytes.len() {
        out.count(What::PictureMetadata, 1);
    }
    Ok(out)
}

/// A page, unless it is a thumbnail of another, and where the next one lies.
fn page(file: &File<'_>, at: usize, out: &mut Cleaned) -> Result<(Option<Page>, usize), Refusal> {
    let count = usize::from(file.short(at).ok_or(Refusal::Broken)?);
    let after = file.long(at + 2 + count * 12).unwrap_or(0);
    let mut entries = Vec::new();
    let mut reduced = false;
    for n in 0..count {
        let place = at + 2 + n * 12;
        let tag = file.short(place).ok_or(Refusal::Broken)?;
        if !KEPT.contains(&tag) {
            let flag = |mask: u64| {
                file.entry(place)
                    .is_some_and(|e| file.numbers(&e).first().is_some_and(|n| n & mask != 0))
            };
            reduced |= tag == SUB_FILE && flag(1);
            reduced |= tag == OLD_SUB_FILE && file.entry(place).is_some_and(|e| file.numbers(&e) == [2]);
            out.count(
                What::PictureMetadata,
                usize::from(tag != SUB_FILE && tag != OLD_SUB_FILE),
            );
            continue;
        }
        // A field that a writer broke is left out, unless the pixels hang on it.
        match file.entry(place) {
            Some(entry) => entries.push(entry),
            None if matches!(tag, 282 | 283 | 296 | 297 | 301 | PROFILE) => {
                out.count(What::PictureMetadata, 1)
            }
            None => return Err(Refusal::Broken),
        }
    }
    if reduced {
        out.count(What::HiddenParts, 1);
        return Ok((None, after));
    }
    entries.sort_by_key(|e| e.tag);
    entries.dedup_by_key(|e| e.tag);
    let first = |tag: u16| {
        entries
            .iter()
            .find(|e| e.tag == tag)
            .and_then(|e| file.numbers(e).first().copied())
    };
    let (width, height) = (
        first(256).ok_or(Refusal::Broken)?,
        first(257).ok_or(Refusal::Broken)?,
    );
    let bits = first(258).unwrap_or(1) * first(277).unwrap_or(1);
    sane(width, height, bits, file.bytes.len())?;
    let coding = first(259).unwrap_or(1);
    if coding == OLD_JPEG {
        return Err(Refusal::PictureFormat);
    }
    let blocks = blocks(file, &entries, coding, out)?;
    for entry in entries.iter_mut().filter(|e| e.tag == PROFILE) {
        match profile::blank(&entry.value) {
            Some((value, changed)) => {
                entry.value = value;
                out.count(What::PictureMetadata, usize::from(changed));
            }
            None => entry.count = 0,
        }
    }
    for entry in entries.iter_mut().filter(|e| e.tag == JPEG_TABLES) {
        let (value, gone) = blanked(&entry.value);
        entry.value = value;
        out.count(What::PictureMetadata, gone);
    }
    entries.retain(|e| e.count > 0);
    Ok((Some(Page { entries, blocks }), after))
}

fn blocks(
    file: &File<'_>,
    entries: &[Entry],
    coding: u64,
    out: &mut Cleaned,
) -> Result<Vec<Vec<u8>>, Refusal> {
    let of = |tag: u16| entries.iter().find(|e| e.tag == tag).map(|e| file.numbers(e));
    let offsets = of(STRIP_OFFSETS)
        .or_else(|| of(TILE_OFFSETS))
        .ok_or(Refusal::Broken)?;
    let sizes = of(STRIP_SIZES)
        .or_else(|| of(TILE_SIZES))
        .ok_or(Refusal::Broken)?;
    if offsets.len() != sizes.len() {
        return Err(Refusal::Broken);
    }
    let mut total = 0_u64;
    let mut all = Vec::with_capacity(offsets.len());
    for (offset, size) in offsets.into_iter().zip(sizes) {
        // Strips that lie over each other would unpack to more than the file is.
        total += size;
        if total > file.bytes.len() as u64 {
            return Err(Refusal::Broken);
        }
        let (from, size) = (
            usize::try_from(offset).unwrap_or(usize::MAX),
            usize::try_from(size).unwrap_or(usize::MAX),
        );
        let block = from
            .checked_add(size)
            .and_then(|to| file.bytes.get(from..to))
            .ok_or(Refusal::Broken)?;
        // A strip in JPEG can carry what a JPEG can.
        if coding == NEW_JPEG && block.starts_with(&[0xFF, 0xD8]) {
            let (clean, gone) = super::jpeg(block).unwrap_or_else(|_| blanked(block));
            out.count(What::PictureMetadata, gone);
            all.push(clean);
        } else {
            all.push(block.to_vec());
        }
    }
    Ok(all)
}

fn write(file: &File<'_>, pages: &[Page]) -> Result<Vec<u8>, Refusal> {
    let mut out = file.bytes.get(..4).ok_or(Refusal::Broken)?.to_vec();
    out.extend_from_slice(&[0; 4]);
    let mut link = 4;
    for page in pages {
        let mut offsets = Vec::new();
        for block in &page.blocks {
            even(&mut out);
            offsets.extend_from_slice(&file.put_long(out.len())?);
            out.extend_from_slice(block);
        }
        let mut sizes = Vec::new();
        for block in &page.blocks {
            sizes.extend_from_slice(&file.put_long(block.len())?);
        }
        let mut table = Vec::new();
        for entry in &page.entries {
            let (kind, value) = match entry.tag {
                STRIP_OFFSETS | TILE_OFFSETS => (4, &offsets),
                STRIP_SIZES | TILE_SIZES => (4, &sizes),
                _ => (entry.kind, &entry.value),
            };
            table.extend_from_slice(&file.put_short(entry.tag));
            table.extend_from_slice(&file.put_short(kind));
            table.extend_from_slice(&file.put_long(entry.count as usize)?);
            if value.len() <= 4 {
                let mut short = value.clone();
                short.resize(4, 0);
                table.extend_from_slice(&short);
            } else {
                even(&mut out);
                table.extend_from_slice(&file.put_long(out.len())?);
                out.extend_from_slice(value);
            }
        }
        even(&mut out);
        let at = file.put_long(out.len())?;
        out[link..link + 4].copy_from_slice(&at);
        let count = u16::try_from(page.entries.len()).map_err(|_| Refusal::Broken)?;
        out.extend_from_slice(&file.put_short(count));
        out.extend_from_slice(&table);
        link = out.len();
        out.extend_from_slice(&[0; 4]);
    }
    Ok(out)
}

/// Values lie on even bytes.
fn even(out: &mut Vec<u8>) {
    if !out.len().is_multiple_of(2) {
        out.push(0);
    }
}
