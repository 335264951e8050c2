//! Windows metafiles inside documents (MS-EMF, MS-WMF): drawing orders stay; names in the header, comments and what follows the end go.
//! Their text is drawn letter by letter and is looked for by the check from outside.

use super::Cleaned;
use crate::model::What;
use std::ops::Range;

const COMMENT: u32 = 70;
const END: u32 = 14;
/// WMF: META_ESCAPE, which carries comments and printers' own data.
const ESCAPE: u16 = 0x0626;

pub(super) fn emf(bytes: &[u8]) -> Option<Cleaned> {
    let mut out = Cleaned::new("emf");
    let mut copy = bytes.to_vec();
    let (letters, from) = (long(bytes, 60)? as usize, long(bytes, 64)? as usize);
    if letters > 0 && from > 0 {
        let words = copy.get_mut(from..from.checked_add(letters.checked_mul(2)?)?)?;
        out.count(What::PictureMetadata, usize::from(words.iter().any(|b| *b != 0)));
        words.fill(0);
    }
    let mut objects = Objects::default();
    let mut at = 0;
    loop {
        let (kind, size) = (long(bytes, at)?, long(bytes, at + 4)? as usize);
        if size < 8 || at + size > bytes.len() {
            return None;
        }
        // EMF+ orders draw; any other comment is a program's own.
        let body = &mut copy[at + 8..at + size];
        if kind == COMMENT && body.get(4..8) != Some(b"EMF+") && body.len() > 4 {
            out.count(
                What::PictureMetadata,
                usize::from(body[4..].iter().any(|b| *b != 0)),
            );
            body[4..].fill(0);
        } else if kind == COMMENT && body.len() > 8 {
            let used = long(body, 0)? as usize;
            let end = (at + 12).checked_add(used)?.min(at + size);
            let gone = objects.clean(&mut copy, at + 16, end)?;
            out.count(What::PictureMetadata, gone);
        }
        at += size;
        if kind == END {
            out.count(What::PictureMetadata, usize::from(at < copy.len()));
            copy.truncate(at);
            out.bytes = copy;
            return Some(out);
        }
    }
}

/// EMF+ (MS-EMFPLUS): a comment of a program, and an object, which can be a picture in a file's form.
const PLUS_COMMENT: u16 = 0x4003;
const PLUS_OBJECT: u16 = 0x4008;
/// The object goes on in the next record.
const GOES_ON: u16 = 0x8000;
/// Where the file begins in an object that is a picture.
const FILE: usize = 28;

/// The object at hand, which may stand in several records: where its bytes lie.
#[derive(Default)]
struct Objects {
    parts: Vec<Range<usize>>,
}

impl Objects {
    /// Cleans the EMF+ records between two places, each in its own room; returns what was taken out. None: a picture in them
    /// cannot be cleaned.
    fn clean(&mut self, copy: &mut [u8], mut at: usize, end: usize) -> Option<usize> {
        let mut gone = 0;
        while at + 12 <= end {
            let (kind, flags) = (short(copy, at)?, short(copy, at + 2)?);
            let (size, data) = (long(copy, at + 4)? as usize, long(copy, at + 8)? as usize);
            let body = at + 12..(at + 12).checked_add(data)?;
            if size < 12 || body.end > end {
                break;
            }
            if kind == PLUS_COMMENT {
                gone += usize::from(copy[body.clone()].iter().any(|b| *b != 0));
                copy[body].fill(0);
            } else if kind == PLUS_OBJECT {
                if flags & GOES_ON != 0 {
                    self.parts.push((body.start + 4).min(body.end)..body.end);
                } else {
                    self.parts.push(body);
                    gone += self.picture(copy)?;
                }
            }
            at = at.checked_add(size)?;
        }
        Some(gone)
    }

    /// Cleans the object that has ended, if it is a picture.
    fn picture(&mut self, copy: &mut [u8]) -> Option<usize> {
        let parts = std::mem::take(&mut self.parts);
        let mut object: Vec<u8> = parts.iter().flat_map(|p| copy[p.clone()].to_vec()).collect();
        let file = long(&object, 4) == Some(1) && long(&object, 24) == Some(1);
        let kind = object.get(FILE..).and_then(super::kind);
        if !file || !matches!(kind, Some("png" | "jpeg")) {
            return Some(0);
        }
        let (clean, gone) = super::clean(&object[FILE..]).ok()?;
        let room = object.get_mut(FILE..)?;
        room.get_mut(..clean.len())?.copy_from_slice(&clean);
        room[clean.len()..].fill(0);
        let mut left = object.as_slice();
        for part in parts {
            let (own, rest) = left.split_at_checked(part.len())?;
            copy[part].copy_from_slice(own);
            left = rest;
        }
        Some(gone)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

pub(super) fn wmf(bytes: &[u8]) -> Option<Cleaned> {
    let mut out = Cleaned::new("wmf");
    let placeable = bytes.starts_with(&[0xD7, 0xCD, 0xC6, 0x9A]);
    let start = if placeable { 22 } else { 0 };
    let mut copy = bytes.to_vec();
    let mut at = start + 18;
    loop {
        let size = (long(bytes, at)? as usize).checked_mul(2)?;
        let kind = bytes
            .get(at + 4..at + 6)
            .map(|b| u16::from_le_bytes([b[0], b[1]]))?;
        if size < 6 || at + size > bytes.len() {
            return None;
        }
        if kind == ESCAPE {
            let body = &mut copy[at + 6..at + size];
            out.count(
                What::PictureMetadata,
                usize::from(body.iter().skip(4).any(|b| *b != 0)),
            );
            body.iter_mut().skip(4).for_each(|b| *b = 0);
        }
        at += size;
        if kind == 0 {
            out.count(What::PictureMetadata, usize::from(at < copy.len()));
            copy.truncate(at);
            out.bytes = copy;
            return Some(out);
        }
    }
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 4)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {

    fn holds(bytes: &[u8], words: &[u8]) -> bool {
        bytes.windows(words.len()).any(|w| w == words)
    }

    #[test]
    fn metafiles_lose_comments_and_what_follows_the_end() {
        let mut emf = vec![0; 108];
        emf[..8].copy_from_slice(&[1, 0, 0, 0, 108, 0, 0, 0]);
        emf[40..44].copy_from_slice(b" EMF");
        emf.extend_from_slice(&[70, 0, 0, 0, 24, 0, 0, 0, 12, 0, 0, 0]);
        emf.extend_from_slice(b"Quillfeather");
        emf.extend_from_slice(&[14, 0, 0, 0, 8, 0, 0, 0]);
        emf.extend_from_slice(b"Quillfeather");
        let clean = super::emf(&emf).unwrap();
        assert!(!holds(&clean.bytes, b"Quillfeather") && clean.bytes.len() == 140);
        assert_eq!(super::emf(&clean.bytes).unwrap().bytes, clean.bytes);

        let mut wmf = vec![1, 0, 9, 0, 0, 3];
        wmf.resize(18, 0);
        wmf.extend_from_slice(&[11, 0, 0, 0, 0x26, 6, 15, 0, 12, 0]);
        wmf.extend_from_slice(b"Quillfeather");
        wmf.extend_from_slice(&[3, 0, 0, 0, 0, 0]);
        let clean = super::wmf(&wmf).unwrap();
        assert!(!holds(&clean.bytes, b"Quillfeather") && clean.bytes.len() == wmf.len());
        assert!(super::wmf(&wmf[..30]).is_none() && super::emf(&emf[..120]).is_none());
    }

    /// An EMF of comments of EMF+ records.
    fn plus(comments: &[Vec<u8>]) -> Vec<u8> {
        let mut emf = vec![0; 108];
        emf[..8].copy_from_slice(&[1, 0, 0, 0, 108, 0, 0, 0]);
        emf[40..44].copy_from_slice(b" EMF");
        for records in comments {
            let data = u32::try_from(records.len() + 4).unwrap();
            emf.extend_from_slice(&70_u32.to_le_bytes());
            emf.extend_from_slice(&(data + 12).to_le_bytes());
            emf.extend_from_slice(&data.to_le_bytes());
            emf.extend_from_slice(b"EMF+");
            emf.extend_from_slice(records);
        }
        emf.extend_from_slice(&[14, 0, 0, 0, 8, 0, 0, 0]);
        emf
    }

    fn record(kind: u16, flags: u16, data: &[u8]) -> Vec<u8> {
        let size = u32::try_from(data.len()).unwrap();
        let mut out = [kind.to_le_bytes(), flags.to_le_bytes()].concat();
        out.extend_from_slice(&(size + 12).to_le_bytes());
        out.extend_from_slice(&size.to_le_bytes());
        out.extend_from_slice(data);
        out
    }

    #[test]
    fn pictures_and_comments_in_emf_plus_are_cleaned_in_their_own_room() {
        let mut object = vec![0; 28];
        (object[4], object[24]) = (1, 1);
        object.extend_from_slice(&[0xFF, 0xD8, 0xFF, 0xFE, 0, 14]);
        object.extend_from_slice(b"Quillfeather");
        object.extend_from_slice(&[0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9, 0, 0]);
        let total = u32::try_from(object.len()).unwrap().to_le_bytes();
        let (one, two) = object.split_at(40);
        let emf = plus(&[
            [
                record(0x4003, 0, b"Quillfeather"),
                record(0x4008, 0x0500, &object),
            ]
            .concat(),
            record(0x4008, 0x8500, &[&total, one].concat()),
            record(0x4008, 0x0500, two),
        ]);
        let clean = super::emf(&emf).unwrap();
        assert!(!holds(&clean.bytes, b"uill") && clean.bytes.len() == emf.len());
        assert!(!holds(&clean.bytes, b"Quill") && !holds(&clean.bytes, b"feather"));
        assert!(holds(&clean.bytes, &[0xFF, 0xD8, 0xFF, 0xDA]));
        assert_eq!(super::emf(&clean.bytes).unwrap().bytes, clean.bytes);
    }
}
