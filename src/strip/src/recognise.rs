//! Tells a file's format from its bytes.

use crate::model::{Format, Refusal};
use crate::{docx, latex, markdown, odt, picture, plain};

/// Nothing a journal takes is larger.
const LARGEST: usize = 300 << 20;

/// The first bytes of the old compound file, in which .doc and encrypted .docx come.
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

pub(crate) fn recognise(bytes: &[u8]) -> Result<Format, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(Refusal::TooLarge);
    }
    if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes));
    }
    // Word writes an RTF with spaces or a mark in front as well.
    let lead = bytes
        .iter()
        .take(16)
        .position(|b| !b.is_ascii_whitespace() && ![0xEF, 0xBB, 0xBF].contains(b));
    if lead.is_some_and(|at| bytes[at..].starts_with(b"{\\rt")) {
        return Err(Refusal::Legacy);
    }
    match picture::kind(bytes) {
        Some("png") => return Ok(Format::Png),
        Some("jpeg") => return Ok(Format::Jpeg),
        Some("gif") => return Ok(Format::Gif),
        Some("tiff") => return Ok(Format::Tiff),
        Some("webp") => return Ok(Format::Webp),
        Some("svg") => return Ok(Format::Svg),
        Some(_) => return Err(Refusal::PictureFormat),
        None => {}
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes);
    }
    if latex::archive::is_tarball(bytes) {
        let parts = latex::archive::untar(bytes)?;
        return if latex::project::is_paper(&parts) {
            Ok(Format::TexArchive)
        } else {
            Err(Refusal::ArchiveFormat)
        };
    }
    // Readers accept a header within the first kilobyte.
    if bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    const ARCHIVES: &[&[u8]] = &[
        b"\x1F\x8B",
        b"7z\xBC\xAF",
        b"Rar!",
        b"BZh",
        b"\xFD7zXZ",
        b"\x28\xB5\x2F\xFD",
        b"!<arch>",
    ];
    if ARCHIVES.iter().any(|a| bytes.starts_with(a)) || bytes.get(257..262) == Some(b"ustar") {
        return Err(Refusal::ArchiveFormat);
    }
    if bytes.starts_with(b"RIFF") {
        return Err(Refusal::Unsupported);
    }
    text(bytes)
}

/// What a zip is: by the names of its entries, and where these do not tell, by what is in them.
fn package(bytes: &[u8]) -> Result<Format, Refusal> {
    let names = docx::package::names(bytes)?;
    let any = |start: &str| {
        names
            .iter()
            .any(|n| n.trim_start_matches('/').to_lowercase().starts_with(start))
    };
    if any("word/") && !names.iter().any(|n| n == "mimetype") {
        return docx::probe(bytes).map(|()| Format::Docx);
    }
    if any("xl/") || any("ppt/") || any("visio/") {
        return Err(Refusal::OfficeFormat);
    }
    let parts = docx::package::read(bytes)?;
    if odt::probe(&parts)? {
        return Ok(Format::Odt);
    }
    if any("[content_types].xml") {
        return docx::probe(bytes).map(|()| Format::Docx);
    }
    if latex::project::is_paper(&parts) {
        return Ok(Format::TexArchive);
    }
    // Apple's Pages and the like come as a zip of their own.
    if any("index/") || any("index.zip") {
        return Err(Refusal::OfficeFormat);
    }
    let tex = names.iter().any(|n| n.to_lowercase().ends_with(".tex"));
    Err(if tex {
        Refusal::NoMainFile
    } else {
        Refusal::ArchiveFormat
    })
}

/// Why a file in the old compound form is refused: it is locked, carries macros, or is of the past.
fn compound(bytes: &[u8]) -> Refusal {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|w| w == wide)
    };
    if holds("EncryptedPackage") || holds("EncryptionInfo") {
        Refusal::Encrypted
    } else if holds("_VBA_PROJECT") {
        Refusal::Macros
    } else {
        Refusal::Legacy
    }
}

/// What a text is, by how it is written.
fn text(bytes: &[u8]) -> Result<Format, Refusal> {
    let text = plain::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if is_markup(&text) {
        return match text[..text.floor_char_boundary(4000)].contains("<office:document") {
            true => odt::check_flat(&docx::xml::parse(bytes)?).map(|()| Format::Fodt),
            false => Err(Refusal::Unsupported),
        };
    }
    Ok(
        if latex::is_latex(&text) || latex::is_part(&text) && !markdown::has_properties(&text) {
            Format::Tex
        } else if markdown::is_markdown(&text) {
            Format::Markdown
        } else {
            Format::Text
        },
    )
}

/// Text that only programs read: its tags would hide what we do not look at.
fn is_markup(text: &str) -> bool {
    let head: String = text
        .trim_start()
        .chars()
        .take(200)
        .collect::<String>()
        .to_lowercase();
    head.starts_with("<?xml")
        || head.starts_with("<!doctype")
        || head.starts_with("<html")
        || head.starts_with("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_formats_and_reasons() {
        assert_eq!(recognise(b""), Err(Refusal::Empty));
        assert_eq!(recognise(b"{\\rtf1 x}"), Err(Refusal::Legacy));
        assert_eq!(recognise(&[COMPOUND, b"x"].concat()), Err(Refusal::Legacy));
        assert_eq!(recognise(b"%PDF-1.4"), Ok(Format::Pdf));
        assert_eq!(recognise("标题".as_bytes()), Ok(Format::Text));
        assert_eq!(
            recognise(&[0xB1, 0xEA, 0xCC, 0xE2, 0xD6, 0xD0, 0xB9, 0xFA]),
            Ok(Format::Text)
        );
        assert_eq!(recognise(&[0, 1, 2, 3, 0xFF, 0, 0, 9]), Err(Refusal::Undecodable));
        assert_eq!(
            recognise(b"<?xml version='1.0'?><html/>"),
            Err(Refusal::Unsupported)
        );
    }
}
