//! Marks: whatever gives somebody away, in every shape in which it could hide.

use std::io::Read;

use bauta::demo::cast::{self, Member};
use bauta::domain::person::Role;
use regex::bytes::Regex;

/// How deep a thing inside a thing is looked into.
const DEEPEST: usize = 4;

/// The marks of a person: names in both scripts, address, affiliation.
pub fn of(member: &Member) -> Vec<String> {
    let p = &member.profile;
    [
        p.native_name.clone(),
        p.latin_name.clone(),
        member.email.to_string(),
        p.affiliation.clone(),
    ]
    .into_iter()
    .filter(|mark| !mark.is_empty())
    .collect()
}

pub fn authors() -> Vec<Member> {
    cast::people()
        .into_iter()
        .filter(|m| m.key.starts_with("author"))
        .collect()
}

pub fn reviewers() -> Vec<Member> {
    cast::people()
        .into_iter()
        .filter(|m| m.roles.contains(&Role::Reviewer))
        .collect()
}

/// What gives authors away besides themselves: co-authors, funding, ethics and trial numbers.
pub const PAPERS: &[&str] = &[
    "闻人慕白",
    "Wenren Mubai",
    "Zdenka Ravnikar",
    "2025BL04417",
    "WRC-2025-0417",
    "BLEC-2025-0312",
    "FEB 2025-0312",
    "ChiCTR25000",
];

/// A sieve for marks.
pub struct Sieve {
    shapes: Regex,
    marks: Vec<(String, Regex)>,
}

impl Sieve {
    pub fn new(marks: impl IntoIterator<Item = String>) -> Sieve {
        let marks: Vec<String> = marks.into_iter().collect();
        assert!(!marks.is_empty(), "a sieve for nothing finds nothing");
        let one = |mark: &String| {
            let shapes: Vec<String> = shapes(mark).iter().map(|s| pattern(s)).collect();
            format!("(?-u:{})", shapes.join("|"))
        };
        let all: Vec<String> = marks.iter().map(one).collect();
        let build = |p: &str| {
            regex::bytes::RegexBuilder::new(p)
                .size_limit(1 << 28)
                .unicode(false)
                .build()
                .unwrap()
        };
        Sieve {
            shapes: build(&all.join("|")),
            marks: marks
                .iter()
                .zip(&all)
                .map(|(mark, p)| (mark.clone(), build(p)))
                .collect(),
        }
    }

    /// The marks that are in some bytes, also in what is packed in them.
    pub fn in_bytes(&self, bytes: &[u8]) -> Vec<String> {
        let mut out = Vec::new();
        self.look(bytes, 0, &mut out);
        out.sort();
        out.dedup();
        out
    }

    fn look(&self, bytes: &[u8], depth: usize, out: &mut Vec<String>) {
        if self.shapes.is_match(bytes) {
            out.extend(
                self.marks
                    .iter()
                    .filter(|(_, p)| p.is_match(bytes))
                    .map(|(m, _)| m.clone()),
            );
        }
        if depth == DEEPEST {
            return;
        }
        for inner in packed(bytes) {
            self.look(&inner, depth + 1, out);
        }
    }
}

/// What is packed in some bytes: a zip's names and parts, what gzip packed, a PDF's text and streams.
fn packed(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        if flate2::read::MultiGzDecoder::new(bytes)
            .read_to_end(&mut plain)
            .is_ok()
        {
            out.push(plain);
        }
    }
    if bytes.starts_with(b"PK")
        && let Ok(mut zip) = zip::ZipArchive::new(std::io::Cursor::new(bytes))
    {
        for i in 0..zip.len() {
            let mut part = zip.by_index(i).unwrap();
            out.push(part.name().unwrap_or_default().as_bytes().to_vec());
            let mut inner = Vec::new();
            part.read_to_end(&mut inner).unwrap();
            out.push(inner);
        }
    }
    if bytes.starts_with(b"%PDF") {
        out.extend(streams(bytes));
    }
    if (bytes.starts_with(b"PK") || bytes.starts_with(b"%PDF"))
        && let Ok(text) = bauta_strip::compare_text(bytes)
    {
        out.push(text.into_bytes());
    }
    out
}

/// The streams of a PDF that Flate packed.
fn streams(pdf: &[u8]) -> Vec<Vec<u8>> {
    let begin = Regex::new("(?-u)stream\r?\n").unwrap();
    let unpack = |at: usize| {
        let mut plain = Vec::new();
        let mut reader = flate2::read::ZlibDecoder::new(&pdf[at..]).take(16 << 20);
        // A stream that is not packed, or ends badly, gives what it gives.
        reader.read_to_end(&mut plain).ok();
        (!plain.is_empty()).then_some(plain)
    };
    begin.find_iter(pdf).filter_map(|m| unpack(m.end())).collect()
}

/// The shapes of a mark: as it is, in UTF-16, hexadecimal, base 64 at each of its three alignments, percent signs,
/// HTML's and JSON's escapes.
pub fn shapes(mark: &str) -> Vec<Vec<u8>> {
    let bytes = mark.as_bytes();
    let utf16 = |to: fn(u16) -> [u8; 2]| mark.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let mut out = vec![
        bytes.to_vec(),
        utf16(u16::to_le_bytes),
        utf16(u16::to_be_bytes),
        data_encoding::HEXLOWER.encode(bytes).into_bytes(),
        data_encoding::HEXUPPER.encode(bytes).into_bytes(),
        percent(bytes, false).into_bytes(),
        percent(bytes, true).into_bytes(),
        mark.replace('&', "&amp;").replace('\'', "&#x27;").into_bytes(),
    ];
    if !mark.is_ascii() {
        out.push(
            mark.chars()
                .map(|c| format!("&#x{:x};", u32::from(c)))
                .collect::<String>()
                .into_bytes(),
        );
        out.push(
            mark.chars()
                .map(|c| format!("&#{};", u32::from(c)))
                .collect::<String>()
                .into_bytes(),
        );
        out.push(
            mark.encode_utf16()
                .map(|u| format!("\\u{u:04x}"))
                .collect::<String>()
                .into_bytes(),
        );
    }
    for alignment in 0..3 {
        let mut padded = vec![0; alignment];
        padded.extend(bytes);
        let whole = padded.len() / 3 * 3;
        for encoding in [&data_encoding::BASE64, &data_encoding::BASE64URL] {
            // The signs that hold bits of what stands before or after are left out.
            let text = encoding.encode(&padded[..whole]);
            let skip = [0, 2, 3][alignment];
            out.push(text.as_bytes()[skip.min(text.len())..].to_vec());
        }
    }
    out.retain(|shape| shape.len() >= 6);
    out.sort();
    out.dedup();
    out
}

fn percent(bytes: &[u8], all: bool) -> String {
    bytes
        .iter()
        .map(|b| match b {
            b if b.is_ascii_alphanumeric() && !all => char::from(*b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

fn pattern(shape: &[u8]) -> String {
    shape.iter().map(|b| format!("\\x{b:02x}")).collect()
}
