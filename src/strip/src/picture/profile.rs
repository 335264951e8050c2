//! Colour profiles (ICC.1): the colours stay, the words in them go. A monitor's own profile carries its owner's or its machine's name.

/// Tags whose values are words or belong to whoever made the profile.
const WORDS: &[&[u8; 4]] = &[
    b"desc", b"cprt", b"dmnd", b"dmdd", b"vued", b"targ", b"calt", b"meta", b"pseq", b"psid", b"scrn",
    b"devs", b"ncol", b"view", b"rig0", b"rig2", b"ps2i", b"crdi", b"bfd ", b"tech", b"mmod", b"ASCM",
    b"dscm", b"ndin",
];

/// Blanks a profile's words in place, keeping its length; `None` if it is no profile. The flag tells whether anything was there.
pub(crate) fn blank(profile: &[u8]) -> Option<(Vec<u8>, bool)> {
    if profile.get(36..40)? != b"acsp" {
        return None;
    }
    let mut out = profile.to_vec();
    // Date, maker, model, creator and the check sum over all of it.
    for range in [24..36, 48..56, 80..84, 84..100] {
        out.get_mut(range)?.fill(0);
    }
    // Year 2000, 1 January: a date of zeros is none.
    out.get_mut(24..30)?.copy_from_slice(&[0x07, 0xD0, 0, 1, 0, 1]);
    let count = usize::try_from(number(profile, 128)?).ok()?;
    let mut colours: Vec<(usize, usize)> = Vec::new();
    let mut words: Vec<(usize, usize)> = Vec::new();
    for n in 0..count.min(200) {
        let at = 132 + n * 12;
        let sign = profile.get(at..at + 4)?;
        let from = usize::try_from(number(profile, at + 4)?).ok()?;
        let size = usize::try_from(number(profile, at + 8)?).ok()?;
        let range = (from, from.checked_add(size)?);
        profile.get(range.0..range.1)?;
        if WORDS.iter().any(|w| *w == sign) {
            words.push(range)
        } else {
            colours.push(range)
        }
    }
    for (from, to) in words {
        // Tags may share their bytes: colours win.
        if !colours.iter().any(|c| c.0 < to && from < c.1) {
            blank_value(&mut out[from..to]);
        }
    }
    blank_gaps(&mut out, profile, 132 + count.min(200) * 12)?;
    let changed = out != profile;
    Some((out, changed))
}

/// What no tag reaches is not colour.
fn blank_gaps(out: &mut [u8], profile: &[u8], table_end: usize) -> Option<()> {
    let mut used: Vec<(usize, usize)> = Vec::new();
    let count = usize::try_from(number(profile, 128)?).ok()?.min(200);
    for n in 0..count {
        let from = usize::try_from(number(profile, 132 + n * 12 + 4)?).ok()?;
        let size = usize::try_from(number(profile, 132 + n * 12 + 8)?).ok()?;
        used.push((from, from + size));
    }
    used.sort_unstable();
    let mut at = table_end;
    for (from, to) in used {
        if from > at {
            out.get_mut(at..from)?.fill(0);
        }
        at = at.max(to);
    }
    if at < out.len() {
        out[at..].fill(0);
    }
    Some(())
}

/// Empties a value of a text type so that it is still one; others become zeros behind their type.
fn blank_value(value: &mut [u8]) {
    match value.get(..4) {
        // Unicode text: records of language, length and place; the letters behind them become spaces.
        Some(b"mluc") => {
            let records = number(value, 8).unwrap_or(0).min(200) as usize;
            let from = (16 + records * 12).min(value.len());
            for pair in value[from..].chunks_mut(2) {
                pair.copy_from_slice(&[0, b' '][..pair.len()]);
            }
        }
        // An ASCII part with its length in front, which counts its final zero.
        Some(b"desc") if value.len() > 13 => {
            value[8..].fill(0);
            value[11] = 1;
        }
        Some(_) if value.len() > 8 => value[8..].fill(0),
        _ => {}
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 4)
        .map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A profile with a description of words and a curve.
    fn profile() -> Vec<u8> {
        let mut p = vec![0; 128];
        p[36..40].copy_from_slice(b"acsp");
        p[80..84].copy_from_slice(b"quil");
        p.extend_from_slice(&2_u32.to_be_bytes());
        for (sign, from, size) in [(b"desc", 156_u32, 40_u32), (b"rTRC", 196, 12)] {
            p.extend_from_slice(sign);
            p.extend_from_slice(&from.to_be_bytes());
            p.extend_from_slice(&size.to_be_bytes());
        }
        p.extend_from_slice(b"desc\0\0\0\0\0\0\0\x10Tamsin's screen\0............");
        p.extend_from_slice(b"curv\0\0\0\0\0\0\0\0");
        p.extend_from_slice(b"Tamsin again");
        p
    }

    #[test]
    fn words_go_and_colours_stay() {
        let (clean, changed) = blank(&profile()).unwrap();
        assert!(changed && clean.len() == profile().len());
        assert!(!clean.windows(6).any(|w| w == b"Tamsin") && !clean.windows(4).any(|w| w == b"quil"));
        assert_eq!(&clean[196..208], b"curv\0\0\0\0\0\0\0\0");
        assert_eq!(blank(&clean).unwrap(), (clean.clone(), false));
        assert!(blank(b"no profile").is_none());
    }
}
