//! Kinds of pictures that come inside documents: GIF, TIFF, EMF, each rid of its words in place.

pub(crate) fn gif(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let table = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    let mut gone = 0;
    loop {
        let start = at;
        match *bytes.get(at)? {
            0x3B => {
                out.push(0x3B);
                return Some((out, gone + usize::from(at + 1 < bytes.len())));
            }
            0x21 => {
                let label = *bytes.get(at + 1)?;
                at = blocks_end(bytes, at + 2)?;
                let loops = label == 0xFF && bytes.get(start + 3..start + 14) == Some(b"NETSCAPE2.0");
                if label == 0xF9 || loops {
                    out.extend_from_slice(&bytes[start..at])
                } else {
                    gone += 1
                }
            }
            0x2C => {
                at = blocks_end(bytes, at + 11 + table(*bytes.get(at + 9)?))?;
                out.extend_from_slice(&bytes[start..at]);
            }
            _ => return None,
        }
    }
}

fn blocks_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let size = usize::from(*bytes.get(at)?);
        at += 1 + size;
        if size == 0 {
            return Some(at);
        }
    }
}

/// Tags a TIFF needs to be shown; the values of all others are blanked where they lie.
const TIFF_KEPT: &[u16] = &[
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
    286, 287, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336,
    338, 339, 340, 341, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34675,
];

pub(crate) fn tiff(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let little = bytes.starts_with(b"II");
    let u16_at = |at: usize| {
        bytes.get(at..at + 2).map(|b| {
            if little {
                u16::from_le_bytes([b[0], b[1]])
            } else {
                u16::from_be_bytes([b[0], b[1]])
            }
        })
    };
    let u32_at = |at: usize| {
        bytes.get(at..at + 4).map(|b| {
            if little {
                u32::from_le_bytes([b[0], b[1], b[2], b[3]])
            } else {
                u32::from_be_bytes([b[0], b[1], b[2], b[3]])
            }
        })
    };
    let mut out = bytes.to_vec();
    let mut gone = 0;
    let mut next = usize::try_from(u32_at(4)?).ok()?;
    for _ in 0..256 {
        if next == 0 {
            return Some((out, gone));
        }
        let count = usize::from(u16_at(next)?);
        let mut kept: Vec<u8> = Vec::new();
        for n in 0..count {
            let at = next + 2 + n * 12;
            let entry = bytes.get(at..at + 12)?;
            if TIFF_KEPT.contains(&u16_at(at)?) {
                kept.extend_from_slice(entry);
                continue;
            }
            gone += 1;
            let unit = match u16_at(at + 2)? {
                1 | 2 | 6 | 7 => 1,
                3 | 8 => 2,
                4 | 9 | 11 | 13 => 4,
                _ => 8,
            };
            let size = usize::try_from(u32_at(at + 4)?).ok()?.checked_mul(unit)?;
            if size > 4 {
                let from = usize::try_from(u32_at(at + 8)?).ok()?;
                out.get_mut(from..from.checked_add(size)?)?.fill(0);
            }
        }
        let after = bytes.get(next + 2 + count * 12..next + 6 + count * 12)?.to_vec();
        let entries = u16::try_from(kept.len() / 12).ok()?;
        out[next..next + 2].copy_from_slice(&if little {
            entries.to_le_bytes()
        } else {
            entries.to_be_bytes()
        });
        kept.extend_from_slice(&after);
        kept.resize(count * 12 + 4, 0);
        out[next + 2..next + 6 + count * 12].copy_from_slice(&kept);
        next = usize::try_from(u32_at(next + 2 + count * 12)?).ok()?;
    }
    None
}

/// The header of an EMF can name the program and the picture.
pub(crate) fn emf(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut out = bytes.to_vec();
    let u32_at = |at: usize| {
        bytes
            .get(at..at + 4)
            .and_then(|b| usize::try_from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])).ok())
    };
    let (letters, from) = (u32_at(60)?, u32_at(64)?);
    if letters == 0 || from == 0 {
        return Some((out, 0));
    }
    let words = out.get_mut(from..from.checked_add(letters.checked_mul(2)?)?)?;
    let there = words.iter().any(|b| *b != 0);
    words.fill(0);
    Some((out, usize::from(there)))
}
