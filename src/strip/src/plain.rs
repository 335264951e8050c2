//! Plain text: decoding, stripping, reading.

use crate::flow;
use crate::matcher::{Hit, Matcher};
use crate::model::{Block, Identity, Refusal, Report, What};
use crate::plan::{self, Cut, Para};
use crate::sections;
use crate::verify;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// Decodes bytes whose encoding nobody told.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if broken {
            Err(Refusal::Undecodable)
        } else {
            readable(text.into_owned())
        };
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return readable(text.to_owned());
    }
    if let Some(wide) = utf16_without_mark(bytes) {
        return readable(wide);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    // What is written in GBK is all valid GB18030, which knows more letters.
    let encoding = if encoding == encoding_rs::GBK {
        encoding_rs::GB18030
    } else {
        encoding
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken || encoding == UTF_8 {
        Err(Refusal::Undecodable)
    } else {
        readable(text.into_owned())
    }
}

fn utf16_without_mark(bytes: &[u8]) -> Option<String> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|b| **b == 0).count() * 4 > bytes.len();
    let encoding = if zeros(1) {
        UTF_16LE
    } else if zeros(0) {
        UTF_16BE
    } else {
        return None;
    };
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    (!broken).then(|| text.into_owned())
}

/// Bytes that decode to control characters are no text.
fn readable(text: String) -> Result<String, Refusal> {
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}'))
        .count();
    if text.contains('\0') || odd * 50 > text.len() + 100 {
        Err(Refusal::Undecodable)
    } else {
        Ok(text)
    }
}

/// Cleans a text file; the copy is UTF-8.
pub(crate) fn strip(bytes: &[u8], identity: &Identity) -> Result<(Vec<u8>, Report), Refusal> {
    let matcher = Matcher::new(identity);
    // The text as it came is not held on to: a long one takes its room several times already.
    let text = flow::visible(&decode(bytes)?);
    let (clean, report) = strip_visible(text, &matcher, true);
    if verify::text_betrays(&clean, identity) {
        return Err(Refusal::IdentityRemains);
    }
    Ok((clean.into_bytes(), report))
}

/// Cleans text. `document`: it is a whole manuscript, with an author block, sections and perhaps a signature.
pub(crate) fn strip_with(text: &str, matcher: &Matcher, document: bool) -> (String, Report) {
    strip_visible(flow::visible(text), matcher, document)
}

fn strip_visible(mut text: String, matcher: &Matcher, document: bool) -> (String, Report) {
    let mut signed = 0;
    if document && let Some(at) = signature(&text) {
        text.truncate(at);
        signed = 1;
    }
    // Letters that only look Latin are matched as what they look like.
    let read = flow::as_read(&text);
    let hits = matcher.find(&read, false);
    let mut paras = Vec::new();
    let mut spread: Vec<Vec<Hit>> = Vec::new();
    let mut at = 0;
    for line in read.split_inclusive('\n') {
        let end = at + line.len();
        let bare = line.trim_end_matches(['\n', '\r']).len();
        paras.push(Para {
            text: line[..bare].to_owned(),
            place: "body".into(),
            body: true,
            ..Para::default()
        });
        // A name split over a line end is cut on both lines.
        let first = hits.partition_point(|h| h.end <= at);
        let own = hits[first..].iter().take_while(|h| h.start < at + bare);
        spread.push(
            own.map(|h| Hit {
                start: h.start.max(at) - at,
                end: h.end.min(at + bare) - at,
                ..h.clone()
            })
            .collect(),
        );
        at = end;
    }
    drop((read, hits));
    let mut plan = plan::plan_with(&paras, spread);
    if !document {
        plan.drops.fill(None);
    }
    let mut clean = String::with_capacity(text.len());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if plan.drops[index].is_none() {
            let bare = line.trim_end_matches(['\n', '\r']).len();
            let cuts: Vec<Cut> = plan.cuts[index]
                .iter()
                .map(|c| in_source(c, &paras[index].text, line))
                .collect();
            clean.push_str(&plan::apply(&line[..bare], &cuts));
            clean.push_str(&line[bare..]);
        }
    }
    let mut report = plan::report(&paras, &plan, matcher);
    if !document {
        report
            .removed
            .iter_mut()
            .for_each(|r| "body".clone_into(&mut r.place));
    }
    report.add(What::AuthorBlock, "body", signed);
    (clean, report)
}

/// A cut in a line as it was read, in the line as it is written: letter for letter the same, not byte for byte.
fn in_source(cut: &Cut, read: &str, written: &str) -> Cut {
    Cut {
        start: flow::written_at(cut.start, read, written),
        end: flow::written_at(cut.end, read, written),
        what: cut.what,
    }
}

/// A signature has this many lines at most.
const LONGEST_SIGNATURE: usize = 15;

/// Where a signature begins: mail's sign for it, or a greeting with a few short lines behind it at the end.
fn signature(text: &str) -> Option<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        starts.push((at, line));
        at += line.len();
    }
    let last = starts.iter().rposition(|(_, l)| !l.trim().is_empty())?;
    let first = last.saturating_sub(LONGEST_SIGNATURE);
    for (n, (at, line)) in starts.iter().enumerate().take(last).skip(first) {
        let bare = line.trim_end_matches(['\n', '\r']);
        let behind = &starts[n + 1..=last];
        let short = behind.iter().all(|(_, l)| l.trim().chars().count() <= 80)
            && behind.iter().any(|(_, l)| !l.trim().is_empty());
        if bare == "-- " || bare == "--" && short || short && behind.len() <= 8 && is_greeting(bare) {
            return Some(*at);
        }
    }
    None
}

fn is_greeting(line: &str) -> bool {
    let bare = line
        .trim()
        .trim_end_matches([',', '，', '!', '！', '.', '。', ':', '：'])
        .to_lowercase();
    matches!(
        bare.as_str(),
        "sincerely"
            | "yours sincerely"
            | "sincerely yours"
            | "best regards"
            | "kind regards"
            | "with kind regards"
            | "best wishes"
            | "regards"
            | "yours faithfully"
            | "yours truly"
            | "respectfully"
            | "此致"
            | "敬礼"
            | "此致敬礼"
            | "此致 敬礼"
            | "顺颂文祺"
            | "敬上"
            | "祝好"
    )
}

/// The reading view of a text: blocks between blank lines, with numbered or known headings told apart.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().chain(std::iter::once("")) {
        let bare = line.trim();
        let heading =
            sections::is_other_heading(bare) || sections::is_references(bare) || bare.starts_with('#');
        let item = bare.starts_with("- ") || bare.starts_with("* ") || bare.starts_with("• ");
        if bare.is_empty() || heading || item {
            if !lines.is_empty() {
                out.push(Block::Paragraph(lines.join("\n")));
                lines.clear();
            }
            if heading {
                let level = bare.chars().take_while(|c| *c == '#').count().clamp(1, 6);
                out.push(Block::Heading {
                    level: u8::try_from(level).unwrap_or(1),
                    text: bare.trim_start_matches('#').trim().to_owned(),
                });
            } else if item {
                out.push(Block::ListItem(
                    bare[bare.find(' ').unwrap_or(0)..].trim().to_owned(),
                ));
            }
        } else {
            lines.push(bare);
        }
    }
    out
}
