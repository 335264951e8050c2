//! Damages files on purpose: bits, cuts, splices, and changes that keep the shape of XML, of a PDF's objects or of a zip.

use super::{Pdf, docx, identity, p, part, png_with_comment, unzip, zip};
use bauta_strip::strip;
use std::time::{Duration, Instant};

/// Numbers that look random and are the same for the same seed (xorshift).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap()
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// One of each kind, with much in it.
pub fn seeds() -> Vec<Vec<u8>> {
    let author = "w:author=\"Tamsin Quillfeather\" w:id=\"1\"";
    let body = format!(
        "{}<w:p><w:ins {author}><w:r><w:t>a</w:t></w:r></w:ins><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>b</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r><w:hyperlink r:id=\"l\"><w:r><w:t>c</w:t></w:r></w:hyperlink><w:r><w:drawing><wp:docPr id=\"1\" name=\"x\" descr=\"a gull\"/><a:blip r:embed=\"i\"/></w:drawing></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p><w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl><w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt><w:altChunk r:id=\"h\"/>",
        p("Tamsin Quillfeather, 沈玉兰"),
        p("Funding: none."),
        p("t.quillfeather@northmoor.example.org")
    );
    let more = [
        ("word/media/i.png", png_with_comment("x")),
        (
            "word/footnotes.xml",
            part(
                "footnotes",
                &format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("note")),
            ),
        ),
        ("word/settings.xml", part("settings", "<w:rsids/>")),
        (
            "word/styles.xml",
            part(
                "styles",
                "<w:style w:styleId=\"H\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"H\"/></w:style>",
            ),
        ),
        (
            "word/h.html",
            b"<html><body><p>x &amp; y</p></body></html>".to_vec(),
        ),
    ];
    let rels = [
        ("i", "image", "media/i.png", false),
        ("n", "footnotes", "footnotes.xml", false),
        ("s", "settings", "settings.xml", false),
        ("y", "styles", "styles.xml", false),
        ("h", "aFChunk", "h.html", false),
        ("l", "hyperlink", "https://example.org/x", true),
    ];
    let mut pdf = Pdf::new();
    pdf.form("X1", "BT /F1 9 Tf 50 500 Td (Quillfeather) Tj ET");
    pdf.han_font("F2", "沈玉兰等");
    pdf.page("q BT /F1 10 Tf 14 TL 50 700 Td [(Tamsin ) -20 (Quillfeather)] TJ T* (Funding: none) ' ET /X1 Do Q BT /F2 10 Tf 50 300 Td <000100020003> Tj ET");
    pdf.page("BT /F3 10 Tf 1 0 0 1 50 700 Tm (Acknowledgements) Tj 0 -14 Td (We thank all.) Tj ET");
    vec![
        docx(&body, &more, &rels),
        pdf.finish(|_, _| {}),
        png_with_comment("Tamsin Quillfeather"),
        "\\documentclass{article}\\author{Tamsin Quillfeather}\\begin{document}x % y\n\\end{document}\n".into(),
        "---\nauthor: Tamsin Quillfeather\n---\n# Gulls\n\nBy 沈玉兰 <t.quillfeather@northmoor.example.org>\n\n## Funding\n\nNone.\n".into(),
        b"\xFF\xD8\xFF\xFE\0\x09T.Quill\xFF\xDA\0\x02\x01\x02\xFF\0\x03\xFF\xD9".to_vec(),
        b"GIF89a\x01\0\x01\0\0\0\0!\xFE\x05Quill\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec(),
    ]
}

/// A damaged copy of one of the files.
pub fn mutate(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = dice.pick(seeds).clone();
    // What is packed is damaged inside, too: else only the unpacker is tried.
    if bytes.starts_with(b"PK") && dice.below(4) > 0 {
        let mut parts: Vec<(String, Vec<u8>)> = match std::panic::catch_unwind(|| unzip(&bytes)) {
            Ok(parts) => parts.into_iter().collect(),
            Err(_) => return bytes,
        };
        for _ in 0..=dice.below(3) {
            let at = dice.below(parts.len());
            if dice.below(12) == 0 {
                parts.remove(at);
            } else if let Some((_, data)) = parts.get_mut(at) {
                *data = damage(std::mem::take(data), dice);
            }
            if parts.is_empty() {
                break;
            }
        }
        return zip(&parts
            .iter()
            .map(|(n, d)| (n.as_str(), d.clone()))
            .collect::<Vec<_>>());
    }
    for _ in 0..=dice.below(3) {
        bytes = damage(bytes, dice);
    }
    bytes
}

/// Words of the formats, to be put where they do not belong.
const WORDS: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:tbl/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:ins>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]>",
    "&b;",
    "&#x110000;",
    "&#0;",
    "<![CDATA[x]]>",
    "<mc:AlternateContent>",
    "xmlns:w=\"x\"",
    "r:id=\"i\"",
    "w:id=\"-9999999999999\"",
    "1 0 obj",
    "endobj",
    "stream\n",
    "endstream",
    "<<",
    ">>",
    "/Length 99999999",
    "/Parent 1 0 R",
    "/Kids [1 0 R]",
    "/Filter /FlateDecode",
    "/Contents 3 0 R",
    "/XObject << /X1 1 0 R >>",
    "BT",
    "ET",
    "q q q q",
    "999999999999999999999",
    "-0",
    "1e99",
    "[ [ [ [",
    "(((",
    "Td",
    "Tf",
    "TJ",
    "Do",
    "BI ID EI",
    "/F1 0 Tf",
    "\u{0}",
    "\u{FFFF}",
    "\u{202E}",
    "\\author{",
    "\\begin{verbatim}",
    "---\n",
    "{{{{",
];

fn damage(mut bytes: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    if bytes.is_empty() {
        return bytes;
    }
    let at = dice.below(bytes.len());
    match dice.below(10) {
        0 => bytes[at] ^= 1 << dice.below(8),
        1 => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..(at + dice.below(200)).min(bytes.len()))),
        4 => {
            // A piece again, somewhere else.
            let to = (at + dice.below(400)).min(bytes.len());
            let piece = bytes[at..to].to_vec();
            let into = dice.below(bytes.len());
            bytes.splice(into..into, piece);
        }
        5 | 6 => {
            let word = dice.pick(WORDS).as_bytes().to_vec();
            bytes.splice(at..at, word);
        }
        7 => {
            // A number becomes another.
            if let Some(from) = (at..bytes.len()).find(|i| bytes[*i].is_ascii_digit()) {
                let to = (from..bytes.len())
                    .find(|i| !bytes[*i].is_ascii_digit())
                    .unwrap_or(bytes.len());
                let number =
                    *dice.pick(&["0", "-1", "1", "65536", "4294967296", "99999999999999999999", "3"]);
                bytes.splice(from..to, number.bytes());
            }
        }
        8 => {
            // An element, a dictionary or a group is taken out or doubled.
            let (open, close) = *dice.pick(&[(b'<', b'>'), (b'(', b')'), (b'{', b'}'), (b'[', b']')]);
            if let Some(from) = (at..bytes.len()).find(|i| bytes[*i] == open)
                && let Some(to) = (from..bytes.len()).find(|i| bytes[*i] == close)
            {
                let piece: Vec<u8> = bytes[from..=to].to_vec();
                if dice.below(2) == 0 {
                    bytes.drain(from..=to);
                } else {
                    let times = 1 + dice.below(50);
                    bytes.splice(from..from, piece.repeat(times));
                }
            }
        }
        _ => {
            let (a, b) = (dice.below(bytes.len()), dice.below(bytes.len()));
            bytes.swap(a, b);
        }
    }
    bytes
}

/// More than any damaged copy of these small files may take, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Strips a damaged file; an error if it panicked, took too long, or if its copy is not cleaned to itself (`strict`: of PDFs too).
pub fn try_one(bytes: &[u8], strict: bool) -> Result<(), String> {
    let begun = Instant::now();
    let caught = std::panic::catch_unwind(|| strip(bytes, &identity()));
    let spent = begun.elapsed();
    if spent > PATIENCE {
        return Err(format!("took {spent:?}"));
    }
    match caught {
        Err(_) => Err("panicked outside its guard".into()),
        // A damaged PDF is mended by each reader in its own way; that its copy is read again is asked of whole ones only.
        Ok(Ok(blind)) if blind.format == bauta_strip::Format::Pdf && !strict => Ok(()),
        // What was nothing but identity leaves nothing to clean.
        Ok(Ok(blind)) if blind.bytes.trim_ascii().is_empty() => Ok(()),
        Ok(Ok(blind)) => match std::panic::catch_unwind(|| strip(&blind.bytes, &identity())) {
            Ok(Ok(again)) if again.bytes == blind.bytes => Ok(()),
            Ok(Ok(_)) => Err("a second cleaning changes it".into()),
            Ok(Err(refusal)) => Err(format!("its own copy is refused: {refusal}")),
            Err(_) => Err("panicked on its own copy".into()),
        },
        Ok(Err(_)) => Ok(()),
    }
}
