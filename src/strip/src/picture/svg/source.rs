//! The source of a drawing: told from other markup, unpacked, without its document type.

use crate::model::{Refusal, What};
use crate::picture::Cleaned;
use flate2::read::GzDecoder;
use regex::Regex;
use std::collections::HashMap;
use std::io::Read;
use std::sync::LazyLock;

/// Whether bytes begin as an SVG does, also packed (.svgz).
pub(crate) fn is_svg(bytes: &[u8]) -> bool {
    let head = if bytes.starts_with(&[0x1F, 0x8B]) {
        let mut out = Vec::new();
        if GzDecoder::new(bytes).take(4096).read_to_end(&mut out).is_err() && out.is_empty() {
            return false;
        }
        out
    } else {
        bytes[..bytes.len().min(4096)].to_vec()
    };
    let text = match head.as_slice() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => xml_text(&head).unwrap_or_default(),
        _ => String::from_utf8_lossy(&head).into_owned(),
    };
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    // Declaration, comments and document type may stand in front.
    while let Some(inner) = rest.strip_prefix("<?").or_else(|| rest.strip_prefix("<!")) {
        let end = if inner.starts_with("--") {
            inner.find("-->").map(|e| e + 3)
        } else if inner.contains('[') && inner.find('[') < inner.find('>') {
            inner
                .find("]")
                .and_then(|b| inner[b..].find('>').map(|e| b + e + 1))
        } else {
            inner.find('>').map(|e| e + 1)
        };
        match end {
            Some(end) => rest = inner[end..].trim_start(),
            // A long comment hides the root; the tag itself is looked for.
            None => return text.contains("<svg"),
        }
    }
    let name = rest.strip_prefix('<').unwrap_or_default();
    let name: String = name
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == ':')
        .collect();
    name == "svg" || name.ends_with(":svg")
}

fn xml_text(bytes: &[u8]) -> Option<String> {
    encoding_rs::Encoding::for_bom(bytes).map(|(e, _)| e.decode_with_bom_removal(bytes).0.into_owned())
}

/// A drawing may unpack to this.
const LARGEST: u64 = 100 << 20;

pub(super) fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::new();
    GzDecoder::new(bytes)
        .take(LARGEST + 1)
        .read_to_end(&mut out)
        .map_err(|_| Refusal::Broken)?;
    if out.len() as u64 > LARGEST {
        Err(Refusal::Bomb)
    } else {
        Ok(out)
    }
}

static ENTITY: LazyLock<Regex> =
    LazyLock::new(|| crate::forms::pattern(r#"<!ENTITY\s+([\w.-]+)\s+(?:"([^"<&]*)"|'([^'<&]*)')\s*>"#));

/// The source without its document type; the plain entities it declares (Illustrator's way to write namespaces) are put in.
pub(super) fn plain_source(bytes: &[u8], out: &mut Cleaned) -> Result<String, Refusal> {
    let text = match xml_text(bytes) {
        Some(text) => text,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(bytes)
                .0
                .into_owned(),
        },
    };
    out.count(What::HiddenParts, text.matches("<!--").count());
    let Some(start) = text.find("<!DOCTYPE") else {
        return Ok(text);
    };
    let head = &text[start..];
    let inner = head.find('[').filter(|b| head.find('>').is_some_and(|e| *b < e));
    let end = match inner {
        Some(open) => head[open..]
            .find("]")
            .and_then(|c| head[open + c..].find('>').map(|e| open + c + e + 1)),
        None => head.find('>').map(|e| e + 1),
    }
    .ok_or(Refusal::Broken)?;
    let entities: HashMap<&str, &str> = ENTITY
        .captures_iter(&head[..end])
        .filter_map(|c| Some((c.get(1)?.as_str(), c.get(2).or(c.get(3))?.as_str())))
        .filter(|(_, value)| value.len() < 500)
        .collect();
    let mut source = [&text[..start], &head[end..]].concat();
    let most = source.len() * 4 + 65_536;
    for (name, value) in entities {
        source = source.replace(&format!("&{name};"), value);
        if source.len() > most {
            return Err(Refusal::Bomb);
        }
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_from_other_markup() {
        for yes in [
            "<svg xmlns='x'/>",
            "<?xml version=\"1.0\"?>\n<!-- made -->\n<!DOCTYPE svg PUBLIC \"a\" \"b\" [ <!ENTITY x \"y\"> ]>\n<svg:svg/>",
        ] {
            assert!(is_svg(yes.as_bytes()), "{yes}");
        }
        for no in [
            "<html><svg/></html>",
            "<?xml version='1.0'?><office:document/>",
            "plain <svg",
        ] {
            assert!(!is_svg(no.as_bytes()), "{no}");
        }
    }
}
