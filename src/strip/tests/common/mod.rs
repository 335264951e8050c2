//! Builders of small documents with everything in them that can betray an author. All people are invented.

#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::disallowed_methods)]

pub mod mutate;

pub mod formats;

pub mod pdfs;

use bauta_strip::{Identity, Person};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

pub fn identity() -> Identity {
    Identity {
        people: vec![
            Person {
                name: "Tamsin R. Quillfeather".into(),
                email: "t.quillfeather@northmoor.example.org".into(),
                orcid: "https://orcid.org/0000-0002-1825-0097".into(),
                affiliations: vec!["Department of Tides, Northmoor General Hospital, Northmoor".into()],
                ..Person::default()
            },
            Person {
                name: "Yulan Shen".into(),
                native_name: "沈玉兰".into(),
                affiliations: vec!["东陵海洋大学附属医院".into()],
                ..Person::default()
            },
        ],
        terms: vec!["NMX-4471-20".into()],
        keep: Vec::new(),
    }
}

/// None of these may be found in any byte of a blind copy.
pub const SECRETS: &[&str] = &[
    "Quillfeather",
    "quillfeather",
    "QUILLFEATHER",
    "沈玉兰",
    "0000-0002-1825-0097",
    "NMX-4471-20",
    "Northmoor General",
    "东陵海洋大学",
];

pub fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|i| {
            let mut entry = archive.by_index(i).unwrap();
            let name = entry.name().unwrap().into_owned();
            let mut data = Vec::new();
            entry.read_to_end(&mut data).unwrap();
            (name, data)
        })
        .collect()
}

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A part of the given root with the given inner XML.
pub fn part(root: &str, inner: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{root} {W}>{inner}</w:{root}>").into_bytes()
}

pub fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A DOCX with this body, further parts, and further relations of the main part (id, type, target, external).
pub fn docx(body: &str, more: &[(&str, Vec<u8>)], rels: &[(&str, &str, &str, bool)]) -> Vec<u8> {
    let mut types = String::from(
        "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"bin\" ContentType=\"application/octet-stream\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>",
    );
    for (name, _) in more
        .iter()
        .filter(|(n, _)| n.starts_with("word/") && n.ends_with(".xml"))
    {
        let kind: String = name
            .trim_start_matches("word/")
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .collect();
        types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"));
    }
    types.push_str("</Types>");
    let mut relations = String::from(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (id, kind, target, external) in rels {
        let mode = if *external { " TargetMode=\"External\"" } else { "" };
        relations.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{REL}/{kind}\" Target=\"{target}\"{mode}/>"
        ));
    }
    relations.push_str("</Relationships>");
    let root = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{REL}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let mut parts = vec![
        ("[Content_Types].xml", types.into_bytes()),
        ("_rels/.rels", root.into_bytes()),
        (
            "word/document.xml",
            part("document", &format!("<w:body>{body}</w:body>")),
        ),
        ("word/_rels/document.xml.rels", relations.into_bytes()),
    ];
    parts.extend(more.iter().map(|(n, d)| (*n, d.clone())));
    zip(&parts)
}

/// A PNG of one pixel with a comment.
pub fn png_with_comment(comment: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 1, 1);
    encoder.add_text_chunk("Author".into(), comment.into()).unwrap();
    encoder
        .write_header()
        .unwrap()
        .write_image_data(&[0, 0, 0, 255][..1])
        .unwrap();
    out
}

/// A PDF under construction: pages of content in Helvetica.
pub struct Pdf {
    pub doc: Document,
    pub pages: Object,
    kids: Vec<Object>,
    pub fonts: Dictionary,
    pub xobjects: Dictionary,
    tree: lopdf::ObjectId,
}

impl Pdf {
    pub fn new() -> Self {
        let mut doc = Document::with_version("1.5");
        let tree = doc.new_object_id();
        let font = doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" });
        let mut fonts = Dictionary::new();
        fonts.set("F1", Object::Reference(font));
        let mono = doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier", "Encoding" => "WinAnsiEncoding" });
        fonts.set("F3", Object::Reference(mono));
        Pdf {
            doc,
            pages: Object::Reference(tree),
            kids: Vec::new(),
            fonts,
            xobjects: Dictionary::new(),
            tree,
        }
    }

    pub fn page(&mut self, content: &str) -> lopdf::ObjectId {
        let content = self
            .doc
            .add_object(Stream::new(Dictionary::new(), content.as_bytes().to_vec()));
        let resources = dictionary! { "Font" => self.fonts.clone(), "XObject" => self.xobjects.clone() };
        let page = self.doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => self.pages.clone(), "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()]
        });
        self.kids.push(Object::Reference(page));
        page
    }

    /// A form named `name`, shown with `/name Do`.
    pub fn form(&mut self, name: &str, content: &str) {
        let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()], "Resources" => dictionary! { "Font" => self.fonts.clone() } };
        let id = self
            .doc
            .add_object(Stream::new(dict, content.as_bytes().to_vec()));
        self.xobjects.set(name, Object::Reference(id));
    }

    /// A font for Chinese: two-byte codes, known by a ToUnicode map alone.
    pub fn han_font(&mut self, name: &str, letters: &str) {
        let chars: String = letters
            .chars()
            .enumerate()
            .map(|(n, c)| format!("<{:04X}> <{:04X}>\n", n + 1, u32::from(c)))
            .collect();
        let map = format!(
            "begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} beginbfchar\n{chars}endbfchar\nendcmap",
            letters.chars().count()
        );
        let map = self
            .doc
            .add_object(Stream::new(Dictionary::new(), map.into_bytes()));
        let descendant = self.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Song", "DW" => 1000, "CIDSystemInfo" => dictionary! { "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"), "Supplement" => 0 } });
        let font = self.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Song", "Encoding" => "Identity-H", "DescendantFonts" => vec![Object::Reference(descendant)], "ToUnicode" => map });
        self.fonts.set(name, Object::Reference(font));
    }

    pub fn finish(mut self, more: impl FnOnce(&mut Document, &mut Dictionary)) -> Vec<u8> {
        let count = i64::try_from(self.kids.len()).unwrap();
        self.doc.objects.insert(
            self.tree,
            Object::Dictionary(
                dictionary! { "Type" => "Pages", "Kids" => self.kids.clone(), "Count" => count },
            ),
        );
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => self.pages.clone() };
        more(&mut self.doc, &mut catalog);
        let root = self.doc.add_object(catalog);
        self.doc.trailer.set("Root", root);
        let mut out = Vec::new();
        self.doc.save_to(&mut out).unwrap();
        out
    }
}

/// Every byte of a PDF with all its streams unpacked.
pub fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let doc = Document::load_mem(bytes).unwrap();
    let mut out = bytes.to_vec();
    for object in doc.objects.values() {
        if let Ok(stream) = object.as_stream() {
            out.extend(stream.get_plain_content().unwrap_or_default());
        }
    }
    out
}

pub fn holds(bytes: &[u8], words: &str) -> bool {
    let wide: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let hex: String = words.bytes().map(|b| format!("{b:02X}")).collect();
    [words.as_bytes(), wide.as_slice(), hex.as_bytes()]
        .iter()
        .any(|n| bytes.windows(n.len()).any(|w| w == *n))
}
