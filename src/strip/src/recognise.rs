//! Tells a file's format from its bytes.

use crate::model::{Format, Refusal};
use crate::{docx, picture, plain};

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
        let name: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        return Err(if bytes.windows(name.len()).any(|w| w == name) {
            Refusal::Encrypted
        } else {
            Refusal::Legacy
        });
    }
    if bytes.starts_with(b"{\\rtf") {
        return Err(Refusal::Legacy);
    }
    if bytes.starts_with(picture::PNG) {
        return Ok(Format::Png);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return Ok(Format::Jpeg);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return docx::probe(bytes).map(|()| Format::Docx);
    }
    // Readers accept a header within the first kilobyte.
    if bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        return Ok(Format::Pdf);
    }
    if bytes.starts_with(b"%!PS")
        || bytes.starts_with(b"GIF8")
        || bytes.starts_with(b"II*\0")
        || bytes.starts_with(b"MM\0*")
        || bytes.starts_with(b"\x1F\x8B")
        || bytes.starts_with(b"7z\xBC\xAF")
        || bytes.starts_with(b"Rar!")
        || bytes.starts_with(b"RIFF")
        || bytes.starts_with(b"BM")
    {
        return Err(Refusal::Unsupported);
    }
    match plain::decode(bytes) {
        Ok(text) if text.trim().is_empty() => Err(Refusal::Empty),
        Ok(text) if is_markup(&text) => Err(Refusal::Unsupported),
        Ok(_) => Ok(Format::Text),
        Err(refusal) => Err(refusal),
    }
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
            recognise(b"<?xml version='1.0'?><svg/>"),
            Err(Refusal::Unsupported)
        );
    }
}
