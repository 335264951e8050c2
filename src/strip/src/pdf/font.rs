//! What the codes of a font mean, and how wide they are.
//!
//! First our own reading of the font's ToUnicode map; where it is silent, hayro's (encodings, glyph names, predefined maps);
//! where that is silent too, the names old printers' drivers gave their bitmap letters.

use super::cmap::CMap;
use hayro_font::{FontCache, FontGlyph};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, ObjectIdentifier};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// A code, read from a string.
pub(crate) struct Code {
    pub code: u32,
    pub text: Rc<str>,
    /// No letter is known for it.
    pub mute: bool,
    /// Thousandths of the font size, along and across the line.
    pub advance: (f64, f64),
    /// How many bytes it took.
    pub size: usize,
    /// The one-byte space, which word spacing widens.
    pub blank: bool,
}

/// A code's text, whether it says nothing, and its advance.
type Known = (Rc<str>, bool, (f64, f64));

/// A font.
pub(crate) struct Font<'p> {
    map: CMap,
    names: HashMap<u32, String>,
    inner: Option<hayro_font::Font<'p>>,
    composite: bool,
    pub horizontal: bool,
    known: HashMap<u32, Known>,
}

/// All fonts of a document, each read once.
pub(crate) struct Fonts<'p> {
    pdf: &'p Pdf,
    cache: FontCache<'p>,
    settings: InterpreterSettings,
    fonts: Vec<Font<'p>>,
    by_id: HashMap<ObjectId, usize>,
    fallback: Option<usize>,
}

/// Fonts' maps are small; more is a bomb.
const LARGEST_MAP: usize = 8 << 20;

/// A ligature has a few letters; a code that means more is a bomb.
const LONGEST_TEXT: usize = 32;

impl<'p> Fonts<'p> {
    pub fn new(pdf: &'p Pdf) -> Self {
        Fonts {
            pdf,
            cache: FontCache::new(),
            settings: InterpreterSettings::default(),
            fonts: Vec::new(),
            by_id: HashMap::new(),
            fallback: None,
        }
    }

    /// The font of a resource, loaded on first use.
    pub fn load(&mut self, doc: &Document, resource: &Object) -> Option<usize> {
        let id = resource.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.by_id.get(&id)) {
            return Some(*known);
        }
        let (_, object) = doc.dereference(resource).ok()?;
        let dict = object.as_dict().ok()?;
        let inner = id.and_then(|(number, generation)| {
            let dict: Dict<'p> = self
                .pdf
                .xref()
                .get(ObjectIdentifier::new(number, i32::from(generation)))?;
            self.cache
                .font(&dict, &self.settings.font_resolver, &self.settings.cmap_resolver)
        });
        let font = Font::new(doc, dict, inner);
        let index = self.fonts.len();
        self.fonts.push(font);
        if let Some(id) = id {
            self.by_id.insert(id, index);
        }
        Some(index)
    }

    /// For text shown without a font that could be loaded: taken for Latin letters, so that it is not passed over.
    pub fn unknown(&mut self) -> usize {
        if let Some(known) = self.fallback {
            return known;
        }
        let font = Font {
            map: CMap::default(),
            names: HashMap::new(),
            inner: None,
            composite: false,
            horizontal: true,
            known: HashMap::new(),
        };
        self.fonts.push(font);
        self.fallback = Some(self.fonts.len() - 1);
        self.fonts.len() - 1
    }

    /// The fonts that are objects of their own, by number. Nothing when text was shown in a font that could not be told.
    pub fn known(&self) -> Option<impl Iterator<Item = (ObjectId, usize, &Font<'p>)>> {
        let all = self.by_id.iter().map(|(id, n)| (*id, *n, &self.fonts[*n]));
        self.fallback.is_none().then_some(all)
    }

    pub fn get(&mut self, index: usize) -> &mut Font<'p> {
        &mut self.fonts[index]
    }
}

impl<'p> Font<'p> {
    fn new(doc: &Document, dict: &Dictionary, inner: Option<hayro_font::Font<'p>>) -> Self {
        let map = dict
            .get_deref(b"ToUnicode", doc)
            .ok()
            .and_then(|o| o.as_stream().ok())
            .and_then(|s| s.get_plain_content_with_limit(LARGEST_MAP).ok())
            .map(|b| CMap::parse(&b))
            .unwrap_or_default();
        let subtype = dict.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
        let names = if subtype == b"Type3" {
            differences(doc, dict)
        } else {
            HashMap::new()
        };
        let horizontal = inner.as_ref().is_none_or(hayro_font::Font::is_horizontal);
        Font {
            map,
            names,
            inner,
            composite: subtype == b"Type0",
            horizontal,
            known: HashMap::new(),
        }
    }

    /// Whether its codes are read as every reader reads them.
    pub fn is_certain(&self) -> bool {
        self.inner.is_some() || !self.composite
    }

    /// Reads the code at `at`.
    pub fn read(&mut self, bytes: &[u8], at: usize) -> Code {
        let (code, size) = match &self.inner {
            Some(inner) => inner.read_code(bytes, at),
            None if self.composite && at + 1 < bytes.len() => {
                (u32::from(bytes[at]) << 8 | u32::from(bytes[at + 1]), 2)
            }
            None => (u32::from(bytes[at]), 1),
        };
        let size = size.clamp(1, bytes.len() - at);
        let (text, mute, advance) = match self.known.get(&code) {
            Some(known) => known.clone(),
            None => {
                let text = self.text(code);
                let mute = text.is_none();
                let fresh = (
                    text.map_or_else(|| Rc::from("\u{FFFD}"), Rc::from),
                    mute,
                    self.advance(code),
                );
                self.known.insert(code, fresh.clone());
                fresh
            }
        };
        Code {
            code,
            text,
            mute,
            advance,
            size,
            blank: size == 1 && code == 32,
        }
    }

    fn advance(&self, code: u32) -> (f64, f64) {
        self.inner.as_ref().map_or((500.0, 0.0), |inner| {
            let v = inner.code_advance(code);
            (v.x, v.y)
        })
    }

    fn text(&self, code: u32) -> Option<String> {
        let mut text = self.meaning(code)?;
        if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
            text.truncate(end);
        }
        Some(text)
    }

    fn meaning(&self, code: u32) -> Option<String> {
        let own = self.map.get(code).filter(|t| is_text(t));
        own.or_else(|| self.hayro_text(code).filter(|t| is_text(t)))
            .or_else(|| self.named(code))
    }

    fn hayro_text(&self, code: u32) -> Option<String> {
        let inner = self.inner.as_ref()?;
        let unicode = match inner.glyph(inner.map_code(code), code) {
            FontGlyph::Outline(g) => g.as_unicode(),
            FontGlyph::Type3(g) => g.as_unicode(),
        };
        unicode.map(|u| match u {
            BfString::Char(c) => c.to_string(),
            BfString::String(s) => s,
        })
    }

    /// Bitmap letters named `a65`, `c65` or `g65` after their code.
    fn named(&self, code: u32) -> Option<String> {
        if self.inner.is_none() && !self.composite {
            return char::from_u32(code)
                .filter(|c| (' '..='~').contains(c))
                .map(String::from);
        }
        let name = self.names.get(&code)?;
        let number = name.strip_prefix(['a', 'c', 'g', 'G', 'C', 'A'])?;
        let value: u32 = number.parse().ok()?;
        if let Some(letters) = self.tex_letters(value) {
            return Some(letters.to_owned());
        }
        char::from_u32(value)
            .filter(|c| (' '..='\u{FF}').contains(c))
            .map(String::from)
    }

    /// What TeX's own encodings have at codes that are other signs, or none, elsewhere: ligatures, sharp s, letters of Central Europe.
    fn tex_letters(&self, code: u32) -> Option<&'static str> {
        // The older encoding has its ligatures where the newer has quotation marks.
        let older = (0x0B..=0x0F).any(|code| self.names.contains_key(&code));
        let table: &[(u32, &[&str])] = if older { OT1 } else { T1 };
        table.iter().find_map(|(from, letters)| {
            let at = usize::try_from(code.checked_sub(*from)?).ok()?;
            letters.get(at).copied()
        })
    }
}

/// TeX's encodings OT1 and T1, by first code, where they have letters that are not at their code in Latin-1.
const OT1: &[(u32, &[&str])] = &[
    (0x0B, &["ff", "fi", "fl", "ffi", "ffl", "ı", "ȷ"]),
    (0x19, &["ß", "æ", "œ", "ø", "Æ", "Œ", "Ø"]),
];
const T1: &[(u32, &[&str])] = &[
    (0x15, &["–", "—"]),
    (0x19, &["ı", "ȷ", "ff", "fi", "fl", "ffi", "ffl"]),
    (
        0x80,
        &[
            "Ă", "Ą", "Ć", "Č", "Ď", "Ě", "Ę", "Ğ", "Ĺ", "Ľ", "Ł", "Ń", "Ň", "Ŋ", "Ő", "Ŕ", "Ř", "Ś", "Š",
            "Ş", "Ť", "Ţ", "Ű", "Ů", "Ÿ", "Ź", "Ž", "Ż", "Ĳ", "İ", "đ", "§", "ă", "ą", "ć", "č", "ď", "ě",
            "ę", "ğ", "ĺ", "ľ", "ł", "ń", "ň", "ŋ", "ő", "ŕ", "ř", "ś", "š", "ş", "ť", "ţ", "ű", "ů", "ÿ",
            "ź", "ž", "ż", "ĳ", "¡", "¿", "£",
        ],
    ),
    (0xD7, &["Œ"]),
    (0xDF, &["SS"]),
    (0xF7, &["œ"]),
    (0xFF, &["ß"]),
];

/// A map to nothing, to the private area or to the replacement character says nothing.
fn is_text(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| {
            c != '\u{FFFD}'
                && !('\u{E000}'..='\u{F8FF}').contains(&c)
                && (c == '\t' || c == '\n' || !c.is_control())
        })
}

fn differences(doc: &Document, dict: &Dictionary) -> HashMap<u32, String> {
    let mut out = HashMap::new();
    let list = dict
        .get_deref(b"Encoding", doc)
        .ok()
        .and_then(|e| e.as_dict().ok())
        .and_then(|e| e.get_deref(b"Differences", doc).ok())
        .and_then(|d| d.as_array().ok());
    let mut code = 0;
    for item in list.into_iter().flatten() {
        if let Ok(number) = item.as_i64() {
            code = u32::try_from(number).unwrap_or(0);
        } else if let Ok(name) = item.as_name() {
            out.insert(code, String::from_utf8_lossy(name).into_owned());
            code = code.wrapping_add(1);
        }
    }
    out
}
