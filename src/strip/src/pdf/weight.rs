//! Pictures are weighed before anything draws them: one whose data unpack to far more than its pixels is refused.

use crate::model::Refusal;
use crate::picture::{LARGE, MOST_RATIO, sane};
use flate2::read::{DeflateDecoder, ZlibDecoder};
use lopdf::{Dictionary, Document, Object, Stream};
use std::io::Read;

/// How much more than its pixels a picture's data may unpack to: some writers add lines, and not every kind of colour is told
/// by the picture itself.
const SLACK: u64 = 1 << 20;
const PARTS: u64 = 4;
/// No deflated data unpack to more than so many times their size.
const DEFLATE: u64 = 1032;
/// What all pictures together may unpack to from little.
const LARGE_ALL: u64 = 1 << 30;
/// More filters over one another than any writer puts.
const MOST_FILTERS: usize = 8;
/// The most that all pictures inside one content may unpack to.
const LARGEST_INSIDE: u64 = 64 << 20;
/// More packed pictures inside one content than any page has.
const MOST_INSIDE: usize = 20_000;
/// How long the words before an inline picture's data may be.
const LONGEST_HEAD: usize = 2000;

/// How large a picture says it is.
struct Size {
    width: u64,
    height: u64,
    /// Bits of a pixel.
    bits: u64,
}

impl Size {
    /// The most that its data may unpack to.
    fn limit(&self) -> u64 {
        self.bytes().saturating_mul(PARTS).saturating_add(SLACK)
    }

    /// What the pixels take, and a byte a row for the way it was packed.
    fn bytes(&self) -> u64 {
        let row = self.width.saturating_mul(self.bits).div_ceil(8).saturating_add(1);
        row.saturating_mul(self.height)
    }

    /// Refuses what would fill a reader's memory; what has no size is not drawn.
    fn sane(&self, weight: usize) -> Result<(), Refusal> {
        match (self.width, self.height) {
            (0, _) | (_, 0) => Ok(()),
            (width, height) => sane(width, height, self.bits, weight),
        }
    }
}

/// Weighs all pictures that are objects of their own.
pub(crate) fn pictures(doc: &Document) -> Result<(), Refusal> {
    let (mut all, mut weights) = (0u64, 0u64);
    for stream in doc.objects.values().filter_map(|o| o.as_stream().ok()) {
        let dict = &stream.dict;
        let named = name(doc, dict, b"Subtype") == Some(b"Image");
        if !(named || dict.has(b"Width") && dict.has(b"Height")) {
            continue;
        }
        let size = Size {
            width: number(doc, dict, b"Width"),
            height: number(doc, dict, b"Height"),
            bits: bits(doc, dict),
        };
        size.sane(stream.content.len())?;
        all = all.saturating_add(size.bytes());
        weights = weights.saturating_add(stream.content.len() as u64);
        unpacks(&stream.content, &filters(doc, dict)?, size.limit())?;
    }
    if all > LARGE_ALL && all / weights.max(1) > MOST_RATIO {
        return Err(Refusal::Bomb);
    }
    Ok(())
}

/// Weighs the pictures that stand inside a content.
pub(crate) fn inline(content: &[u8]) -> Result<(), Refusal> {
    let (mut at, mut left, mut packed) = (0, LARGEST_INSIDE, 0);
    while let Some(found) = content[at..].windows(2).position(|w| w == b"BI") {
        let from = at + found;
        at = from + 2;
        let stands = |at: usize| content.get(at).is_none_or(|b| !b.is_ascii_alphanumeric());
        if from > 0 && !stands(from - 1) || !stands(at) {
            continue;
        }
        let head = &content[at..content.len().min(at + LONGEST_HEAD)];
        let Some(length) = head.windows(2).position(|w| w == b"ID") else {
            continue;
        };
        let (size, filters) = told(&head[..length]);
        let data = content.get(at + length + 3..).unwrap_or_default();
        size.sane(data.len())?;
        let limit = size.limit().min(left);
        packed += usize::from(!filters.is_empty());
        if packed > MOST_INSIDE {
            return Err(Refusal::Bomb);
        }
        match filters.as_slice() {
            [] => {}
            [b"FlateDecode"] => left -= inflated(data, limit)?,
            chain => {
                let chain = chained(data, chain, limit)?;
                left = left.saturating_sub(chain);
            }
        }
    }
    Ok(())
}

/// What the words before an inline picture's data say of it.
fn told(head: &[u8]) -> (Size, Vec<&'static [u8]>) {
    let words: Vec<&[u8]> = head
        .split(|b| b.is_ascii_whitespace() || *b == 0 || b"/[]<>".contains(b))
        .filter(|word| !word.is_empty())
        .collect();
    let after = |keys: [&[u8]; 2]| {
        let at = words.iter().position(|word| keys.contains(word))?;
        std::str::from_utf8(words.get(at + 1)?).ok()?.parse::<u64>().ok()
    };
    let has = |keys: &[&[u8]]| words.iter().any(|word| keys.contains(word));
    let parts = match () {
        () if has(&[b"CMYK", b"DeviceCMYK"]) => 4,
        () if has(&[b"RGB", b"DeviceRGB"]) => 3,
        () => 1,
    };
    let size = Size {
        width: after([b"W", b"Width"]).unwrap_or(0),
        height: after([b"H", b"Height"]).unwrap_or(0),
        bits: after([b"BPC", b"BitsPerComponent"]).unwrap_or(8).clamp(1, 16) * parts,
    };
    (size, words.iter().filter_map(|word| packing(word)).collect())
}

/// The full name of a filter that unpacks; the codecs of pictures know their own size.
fn packing(name: &[u8]) -> Option<&'static [u8]> {
    Some(match name {
        b"FlateDecode" | b"Fl" => b"FlateDecode",
        b"LZWDecode" | b"LZW" => b"LZWDecode",
        b"RunLengthDecode" | b"RL" => b"RunLengthDecode",
        b"ASCII85Decode" | b"A85" => b"ASCII85Decode",
        b"ASCIIHexDecode" | b"AHx" => b"ASCIIHexDecode",
        b"BrotliDecode" => b"BrotliDecode",
        _ => return None,
    })
}

/// The filters of a picture up to its codec.
fn filters(doc: &Document, dict: &Dictionary) -> Result<Vec<&'static [u8]>, Refusal> {
    let found = dict.get_deref(b"Filter", doc);
    let names: Vec<&[u8]> = match found {
        Ok(Object::Name(name)) => vec![name.as_slice()],
        Ok(Object::Array(names)) => names
            .iter()
            .filter_map(|o| doc.dereference(o).ok()?.1.as_name().ok())
            .collect(),
        _ => Vec::new(),
    };
    if names.len() > MOST_FILTERS {
        return Err(Refusal::Bomb);
    }
    Ok(names.into_iter().map_while(packing).collect())
}

/// Refuses data that unpack to more than the limit.
fn unpacks(data: &[u8], filters: &[&'static [u8]], limit: u64) -> Result<(), Refusal> {
    match filters {
        [] => Ok(()),
        [b"FlateDecode"] if (data.len() as u64).saturating_mul(DEFLATE) <= limit => Ok(()),
        [b"FlateDecode"] => inflated(data, limit).map(|_| ()),
        chain => chained(data, chain, limit.min(LARGE)).map(|_| ()),
    }
}

/// How much deflated data unpack to; nothing of it is kept. Readers forgive a head that is wrong, so it is also left out.
fn inflated(data: &[u8], limit: u64) -> Result<u64, Refusal> {
    let (whole, right) = poured(ZlibDecoder::new(data), limit)?;
    if right {
        return Ok(whole);
    }
    let (bare, _) = poured(DeflateDecoder::new(data), limit)?;
    let (behind, _) = poured(DeflateDecoder::new(data.get(2..).unwrap_or_default()), limit)?;
    Ok(whole.max(bare).max(behind))
}

/// How much comes out, and whether it came to an end.
fn poured(mut from: impl Read, limit: u64) -> Result<(u64, bool), Refusal> {
    let (mut bytes, mut out) = ([0; 16 << 10], 0u64);
    loop {
        match from.read(&mut bytes) {
            Ok(0) => return Ok((out, true)),
            Ok(read) => out += read as u64,
            Err(_) => return Ok((out, false)),
        }
        if out > limit {
            return Err(Refusal::Bomb);
        }
    }
}

/// How much data under several filters unpack to, each of them within the limit.
fn chained(data: &[u8], filters: &[&'static [u8]], limit: u64) -> Result<u64, Refusal> {
    let mut stream = Stream::new(Dictionary::new(), data.to_vec());
    let names = filters.iter().map(|name| Object::Name(name.to_vec()));
    stream.dict.set("Filter", names.collect::<Vec<_>>());
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    match stream.get_plain_content_with_limit(limit) {
        Ok(out) => Ok(out.len() as u64),
        Err(lopdf::Error::Decompress(_)) => Err(Refusal::Bomb),
        Err(_) => Ok(0),
    }
}

fn name<'d>(doc: &'d Document, dict: &'d Dictionary, key: &[u8]) -> Option<&'d [u8]> {
    dict.get_deref(key, doc).ok()?.as_name().ok()
}

fn number(doc: &Document, dict: &Dictionary, key: &[u8]) -> u64 {
    let found = dict.get_deref(key, doc).and_then(Object::as_float).unwrap_or(0.0);
    // A size is never negative, and none is so large that it would lose more than a part.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = f64::from(found).clamp(0.0, 1e12) as u64;
    whole
}

/// Bits of a pixel, as the dictionary tells; three parts of a byte each, where it does not.
fn bits(doc: &Document, dict: &Dictionary) -> u64 {
    let mask = dict
        .get_deref(b"ImageMask", doc)
        .and_then(Object::as_bool)
        .unwrap_or(false);
    if mask {
        return 1;
    }
    let each = match number(doc, dict, b"BitsPerComponent") {
        0 => 8,
        given => given.min(16),
    };
    each * parts(doc, dict)
}

/// Parts of a pixel's colour.
fn parts(doc: &Document, dict: &Dictionary) -> u64 {
    match dict.get_deref(b"ColorSpace", doc) {
        Ok(Object::Name(name)) => match name.as_slice() {
            b"DeviceGray" | b"G" => 1,
            b"DeviceCMYK" | b"CMYK" => 4,
            _ => 3,
        },
        Ok(Object::Array(items)) => {
            let kind = items
                .first()
                .and_then(|o| doc.dereference(o).ok()?.1.as_name().ok());
            let second = items.get(1).and_then(|o| Some(doc.dereference(o).ok()?.1));
            match (kind, second) {
                (Some(b"Indexed" | b"I" | b"Separation" | b"CalGray"), _) => 1,
                (Some(b"DeviceN"), Some(Object::Array(names))) => (names.len() as u64).clamp(1, 32),
                (Some(b"ICCBased"), Some(Object::Stream(profile))) => {
                    number(doc, &profile.dict, b"N").clamp(1, 4)
                }
                _ => 3,
            }
        }
        // Without colours: a codec that knows its own, or one bit of black.
        _ if number(doc, dict, b"BitsPerComponent") == 1 => 1,
        _ => 3,
    }
}
