//! Fonts of which only the letters in use are in the file tell by their lists which letters those were: of a font in which nothing but
//! names was set, the very letters of the names.
//!
//! Such a font becomes a plain one, and a font that is still used says what its codes mean only of codes that are shown. Programs stay
//! as they are, and so do fonts whose use is not wholly known.

use super::cmap::narrow;
use super::font::Fonts;
use super::scrub;
use super::shift::Fate;
use super::walk::Glyph;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use std::collections::{BTreeMap, BTreeSet};

/// The most a map may unpack to.
const LARGEST_MAP: usize = 8 << 20;

/// The codes that a font is still used for.
struct Use {
    codes: BTreeSet<u32>,
    horizontal: bool,
    certain: bool,
}

/// What is left of every font that was chosen anywhere.
pub(crate) struct Uses(BTreeMap<ObjectId, Use>);

impl Uses {
    /// Nothing when text was shown in a font that could not be told.
    pub fn new(fonts: &Fonts<'_>, glyphs: &[Glyph], fates: &[Fate]) -> Option<Self> {
        let mut codes: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (glyph, _) in glyphs.iter().zip(fates).filter(|(_, f)| **f == Fate::Stays) {
            let known = codes.entry(glyph.font).or_default();
            if !known.contains(&glyph.code) {
                known.insert(glyph.code);
            }
        }
        let all = fonts.known()?.map(|(id, number, font)| {
            let codes = u32::try_from(number).ok().and_then(|n| codes.get(&n).cloned());
            let left = Use {
                codes: codes.unwrap_or_default(),
                horizontal: font.horizontal,
                certain: font.is_certain(),
            };
            (id, left)
        });
        Some(Uses(all.collect()))
    }

    /// Takes out of the document's fonts what tells of letters that nothing shows.
    pub fn forget(&self, doc: &mut Document) {
        let fonts: Vec<ObjectId> = doc
            .objects
            .iter()
            .filter(|(id, o)| o.as_dict().is_ok_and(is_font) && self.0.get(id).is_none_or(|u| u.certain))
            .map(|(id, _)| *id)
            .collect();
        let mut shared = Shared::default();
        for object in doc.objects.values() {
            scrub::dictionaries(object, 0, &mut |d| shared.count(d));
        }
        let none = BTreeSet::new();
        for id in fonts {
            let Ok(font) = doc.get_dictionary_mut(id) else {
                continue;
            };
            let left = self.0.get(&id);
            let codes = left.map_or(&none, |u| &u.codes);
            shared.used(font, codes);
            // Numbers between strings move the pen down in a font written from above to below.
            if codes.is_empty() && left.is_none_or(|u| u.horizontal) {
                if !is_plain(font) {
                    *font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
                }
            } else if let Ok(encoding) = font.get_mut(b"Encoding").and_then(Object::as_dict_mut) {
                differences(encoding, codes);
            }
        }
        for (id, codes) in shared.known() {
            match doc.objects.get_mut(&id) {
                Some(Object::Stream(stream)) => map(stream, codes),
                Some(Object::Dictionary(dict)) => differences(dict, codes),
                _ => {}
            }
        }
        let live = scrub::reachable(doc);
        doc.objects.retain(|id, _| live.contains(id));
    }
}

/// Maps and encodings that are objects of their own: how many dictionaries name each, how many of those are fonts whose use is known,
/// and the codes of all of them.
#[derive(Default)]
struct Shared {
    named: BTreeMap<ObjectId, usize>,
    used: BTreeMap<ObjectId, (usize, BTreeSet<u32>)>,
}

impl Shared {
    fn count(&mut self, dict: &Dictionary) {
        for id in parts(dict) {
            *self.named.entry(id).or_default() += 1;
        }
    }

    fn used(&mut self, font: &Dictionary, codes: &BTreeSet<u32>) {
        for id in parts(font) {
            let known = self.used.entry(id).or_default();
            known.0 += 1;
            known.1.extend(codes);
        }
    }

    fn known(&self) -> impl Iterator<Item = (ObjectId, &BTreeSet<u32>)> {
        self.used
            .iter()
            .filter(|(id, (count, _))| self.named.get(id) == Some(count))
            .map(|(id, (_, codes))| (*id, codes))
    }
}

fn parts(dict: &Dictionary) -> impl Iterator<Item = ObjectId> {
    [&b"ToUnicode"[..], b"Encoding"]
        .into_iter()
        .filter_map(|key| dict.get(key).ok()?.as_reference().ok())
}

/// Whether a dictionary is a font that content can choose.
fn is_font(dict: &Dictionary) -> bool {
    const KINDS: &[&[u8]] = &[b"Type0", b"Type1", b"MMType1", b"TrueType", b"Type3"];
    let name = |key: &[u8]| dict.get(key).and_then(Object::as_name).unwrap_or_default();
    name(b"Type") == b"Font" && KINDS.contains(&name(b"Subtype"))
}

/// Whether a font says nothing of single letters.
fn is_plain(font: &Dictionary) -> bool {
    font.iter().all(|(key, value)| {
        matches!(
            key.as_slice(),
            b"Type" | b"Subtype" | b"BaseFont" | b"Name" | b"Encoding"
        ) && matches!(value, Object::Name(_))
    })
}

/// Leaves in a map only what is said of these codes.
fn map(stream: &mut lopdf::Stream, codes: &BTreeSet<u32>) {
    let source = stream.get_plain_content_with_limit(LARGEST_MAP);
    if let Some(new) = source.ok().and_then(|s| narrow(&s, codes)) {
        stream.set_plain_content(new);
        let _ = stream.compress();
    }
}

/// Whether a letter's name is made of its code. Readers look at all such names of a font to tell how they are made.
fn is_number(name: &[u8]) -> bool {
    name.len() <= 5 && name.iter().any(u8::is_ascii_digit)
}

/// Leaves in an encoding only the names of these codes.
fn differences(encoding: &mut Dictionary, codes: &BTreeSet<u32>) {
    let Ok(list) = encoding.get_mut(b"Differences").and_then(Object::as_array_mut) else {
        return;
    };
    let (mut code, mut next, mut fewer) = (0_u32, None, false);
    let mut kept: Vec<Object> = Vec::with_capacity(list.len());
    for item in list.iter() {
        match item {
            Object::Integer(n) => code = u32::try_from(*n).unwrap_or(0),
            Object::Name(name) => {
                if codes.contains(&code) {
                    if next != Some(code) {
                        kept.push(Object::Integer(i64::from(code)));
                    }
                    kept.push(item.clone());
                    next = Some(code.wrapping_add(1));
                } else if is_number(name) {
                    return;
                } else {
                    fewer = true;
                }
                code = code.wrapping_add(1);
            }
            // Not as the standard wants it.
            _ => return,
        }
    }
    // An empty list would be read by some as none, and the codes by another encoding.
    if fewer && !kept.is_empty() {
        *list = kept;
    }
}
