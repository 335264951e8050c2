//! Namespaces, and names under the usual prefix of theirs.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::rc::Rc;

/// The namespaces of Office files and the prefix everybody uses for each; the strict variant of ISO 29500 has addresses of its own.
const NAMESPACES: &[(&str, &str)] = &[
    ("schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    (
        "schemas.openxmlformats.org/officeDocument/2006/relationships",
        "r",
    ),
    ("purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("schemas.openxmlformats.org/drawingml/2006/main", "a"),
    ("purl.oclc.org/ooxml/drawingml/main", "a"),
    (
        "schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wp",
    ),
    ("purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"),
    ("schemas.openxmlformats.org/drawingml/2006/picture", "pic"),
    ("purl.oclc.org/ooxml/drawingml/picture", "pic"),
    ("schemas.openxmlformats.org/drawingml/2006/chart", "c"),
    ("purl.oclc.org/ooxml/drawingml/chart", "c"),
    ("schemas.openxmlformats.org/drawingml/2006/chartDrawing", "cdr"),
    ("purl.oclc.org/ooxml/drawingml/chartDrawing", "cdr"),
    ("schemas.openxmlformats.org/drawingml/2006/diagram", "dgm"),
    ("purl.oclc.org/ooxml/drawingml/diagram", "dgm"),
    (
        "schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
        "xdr",
    ),
    ("purl.oclc.org/ooxml/drawingml/spreadsheetDrawing", "xdr"),
    ("schemas.openxmlformats.org/drawingml/2006/lockedCanvas", "lc"),
    ("schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("schemas.openxmlformats.org/spreadsheetml/2006/main", "x"),
    ("purl.oclc.org/ooxml/spreadsheetml/main", "x"),
    ("schemas.openxmlformats.org/presentationml/2006/main", "p"),
    ("purl.oclc.org/ooxml/presentationml/main", "p"),
    ("schemas.openxmlformats.org/package/2006/relationships", "rel"),
    ("schemas.openxmlformats.org/package/2006/content-types", "ct"),
    ("www.w3.org/2000/svg", "svg"),
    ("www.w3.org/1998/Math/MathML", "math"),
    ("www.w3.org/1999/xlink", "xlink"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("urn:schemas-microsoft-com:office:word", "w10"),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wps",
    ),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingGroup",
        "wpg",
    ),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
        "wpc",
    ),
    ("schemas.microsoft.com/office/word/2010/wordprocessingInk", "wpi"),
    (
        "schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
        "wp14",
    ),
    ("schemas.microsoft.com/office/word/2010/wordml", "w14"),
    ("schemas.microsoft.com/office/word/2012/wordml", "w15"),
    ("schemas.microsoft.com/office/word/2015/wordml/symex", "w16se"),
    ("schemas.microsoft.com/office/word/2016/wordml/cid", "w16cid"),
    ("schemas.microsoft.com/office/word/2018/wordml", "w16"),
    ("schemas.microsoft.com/office/word/2018/wordml/cex", "w16cex"),
    (
        "schemas.microsoft.com/office/word/2020/wordml/sdtdatahash",
        "w16sdtdh",
    ),
    ("schemas.microsoft.com/office/word/2023/wordml/word16du", "w16du"),
    ("schemas.microsoft.com/office/drawing/2008/diagram", "dsp"),
    ("schemas.microsoft.com/office/drawing/2010/main", "a14"),
    ("schemas.microsoft.com/office/drawing/2014/main", "a16"),
    ("schemas.microsoft.com/office/drawing/2014/chartex", "cx"),
    ("schemas.microsoft.com/office/drawing/2016/SVG/main", "asvg"),
];

/// The usual prefix of a namespace.
pub(super) fn usual_prefix(uri: &str) -> Option<&'static str> {
    let bare = uri.strip_prefix("http://").unwrap_or(uri);
    NAMESPACES
        .iter()
        .find(|(known, _)| *known == bare)
        .map(|(_, p)| *p)
}

/// FNV-1a: names are short, and nobody gains by making them collide within one part of at most a few thousand names.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[derive(Default)]
pub(super) struct Names {
    known: HashMap<String, Rc<str>, BuildHasherDefault<Fnv>>,
    /// Prefix and usual prefix, with the depth at which it was bound.
    pub bound: Vec<(String, Option<&'static str>, usize)>,
}

impl Names {
    pub fn keep(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let fresh: Rc<str> = Rc::from(name);
        self.known.insert(name.to_owned(), fresh.clone());
        fresh
    }

    /// The name under the usual prefix of its namespace.
    pub fn usual(&mut self, raw: &str, attribute: bool) -> Rc<str> {
        let (prefix, local) = raw.split_once(':').unwrap_or(("", raw));
        if attribute && prefix.is_empty() {
            return self.keep(raw);
        }
        match self.bound.iter().rev().find(|(p, ..)| p == prefix) {
            Some((_, Some(usual), _)) if *usual != prefix => {
                let name = format!("{usual}:{local}");
                self.keep(&name)
            }
            _ => self.keep(raw),
        }
    }
}
