//! SVG: shapes, text and embedded pictures stay; scripts, metadata, editors' attributes, foreign elements and whatever
//! would be fetched from elsewhere go; its text is redacted as text.

mod elements;
mod names;
mod source;
mod style;
mod words;

pub(super) use source::is_svg;
pub(super) use words::visible_text;

use super::Cleaned;
use crate::docx::xml;
use crate::matcher::Matcher;
use crate::model::Refusal;
use elements::Cleaner;
use names::rename;
use source::{plain_source, unpack};
use words::redact;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// Cleans an SVG.
pub(super) fn clean(bytes: &[u8], matcher: &Matcher) -> Result<Cleaned, Refusal> {
    let mut out = Cleaned::new("svg");
    let unpacked = unpack(bytes)?;
    let source = plain_source(&unpacked, &mut out)?;
    let mut root = xml::parse(source.as_bytes())?;
    if &*root.tag != "svg:svg" {
        return Err(Refusal::Broken);
    }
    let mut cleaner = Cleaner {
        out: &mut out,
        matcher,
        rasters: 0,
    };
    cleaner.element(&mut root)?;
    for (key, value) in [("xmlns:xlink", XLINK), ("xmlns", SVG)] {
        let key: std::rc::Rc<str> = key.into();
        root.attrs.insert(
            0,
            xml::Attr {
                raw: key.clone(),
                key,
                value: value.into(),
            },
        );
    }
    rename(&mut root);
    redact(&mut root, matcher, &mut out);
    out.bytes = xml::write(&root);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_drawings_are_no_bomb_and_entities_are() {
        let bomb = format!(
            "<!DOCTYPE svg [<!ENTITY a \"{}\">]><svg xmlns=\"{SVG}\"><text>{}</text></svg>",
            "x".repeat(400),
            "&a;".repeat(40_000)
        );
        let nobody = Matcher::new(&crate::model::Identity::default());
        assert_eq!(clean(bomb.as_bytes(), &nobody).err(), Some(Refusal::Bomb));
    }
}
