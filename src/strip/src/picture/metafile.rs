//! Windows metafiles inside documents (MS-EMF, MS-WMF): drawing orders stay; names in the header, comments and what follows the end go.
//! Their text is drawn letter by letter and is looked for by the check from outside.

use super::Cleaned;
use crate::model::What;

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
}
