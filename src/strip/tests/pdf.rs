//! Every way a PDF betrays an author, one by one.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod common;

use bauta_strip::{
    Blind, FindingKind, Format, Refusal, What, compare_text, pdf_page, pdf_pages, pdf_text, strip,
};
use common::{Pdf, SECRETS, holds, identity, unpacked};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

fn clean(bytes: &[u8]) -> (String, Blind) {
    let blind = strip(bytes, &identity()).unwrap();
    let all = unpacked(&blind.bytes);
    for secret in SECRETS {
        assert!(
            !holds(&all, secret),
            "{secret} is left in {}",
            String::from_utf8_lossy(&all)
        );
    }
    assert_eq!(
        strip(&blind.bytes, &identity()).unwrap().bytes,
        blind.bytes,
        "a second cleaning changed something"
    );
    (compare_text(&blind.bytes).unwrap(), blind)
}

fn counted(blind: &Blind, what: What) -> u32 {
    blind
        .report
        .removed
        .iter()
        .filter(|r| r.what == what)
        .map(|r| r.count)
        .sum()
}

fn one_page(content: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.page(content);
    pdf.finish(|_, _| {})
}

#[test]
fn glyphs_are_cut_from_every_showing_operator() {
    let content = "BT /F1 10 Tf 12 TL 50 700 Td (Seen by Tamsin Quillfeather today) Tj T* [(Ta) 30 (ms) -20 (in ) -300 (Quill) 5 (feather) -400 (and T. Quillfeather again)] TJ (Next Quillfeather line) ' 1 0.5 (Last T. R. Quillfeather line) \" ET";
    let (text, blind) = clean(&one_page(content));
    let words: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(words.join(" "), "Seen by today again Next line Last line");
    assert_eq!((blind.format, counted(&blind, What::Name)), (Format::Pdf, 4));
    assert!(
        !holds(&unpacked(&blind.bytes), " re"),
        "no box is drawn over anything"
    );
}

#[test]
fn gaps_are_whole_ems_and_say_nothing() {
    let gaps = |name: &str| -> Vec<String> {
        let id = bauta_strip::Identity {
            people: vec![bauta_strip::Person {
                name: name.into(),
                ..Default::default()
            }],
            ..Default::default()
        };
        let blind = strip(
            &one_page(&format!("BT /F1 10 Tf 50 700 Td (Seen by {name} today) Tj ET")),
            &id,
        )
        .unwrap();
        let all = String::from_utf8_lossy(&unpacked(&blind.bytes)).into_owned();
        let start = all.rfind('[').unwrap();
        all[start..]
            .split('>')
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .split_whitespace()
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(gaps("Tamsin Quillfeather"), gaps("Gidleigh Ostrowidzka"));
}

#[test]
fn glyph_by_glyph_and_out_of_order() {
    let mut content = String::from("BT /F3 10 Tf ");
    let mut letters: Vec<(usize, char)> = "Quillfeather".chars().enumerate().collect();
    letters.reverse();
    for (at, c) in letters {
        content.push_str(&format!("1 0 0 1 {} 700 Tm ({c}) Tj ", 50 + at * 6));
    }
    content.push_str("1 0 0 1 50 600 Tm (The science stays.) Tj ET");
    let (text, _) = clean(&one_page(&content));
    assert_eq!(text.trim(), "The science stays.");
}

#[test]
fn forms_accents_lines_and_ligatures() {
    let mut pdf = Pdf::new();
    pdf.form("Head", "BT /F1 8 Tf 50 800 Td (QUILLFEATHER ET AL.) Tj ET");
    pdf.page("/Head Do BT /F1 10 Tf 50 700 Td (We follow Tamsin Quill-) Tj 0 -12 Td (feather in all.) Tj ET");
    pdf.page("/Head Do BT /F1 10 Tf 50 700 Td (Page two.) Tj ET");
    let (text, blind) = clean(&pdf.finish(|_, _| {}));
    assert!(
        text.contains("We follow")
            && text.contains("in all.")
            && text.contains("Page two.")
            && text.contains("ET AL.")
    );
    assert_eq!(pdf_pages(&blind.bytes), Ok(2));
    assert!(pdf_text(&blind.bytes, 1).unwrap().contains("Page two."));
}

#[test]
fn chinese_in_two_byte_codes() {
    let mut pdf = Pdf::new();
    pdf.han_font("F2", "由沈玉兰等完成东陵海洋大学附属医院潮汐");
    // 由 沈 玉 (wide space) 兰 等 完 成 / 潮 汐
    pdf.page("BT /F2 10 Tf 50 700 Td [<000100020003> -900 <0004000500060007>] TJ 0 -20 Td <00080009000A000B000C000D000E000F00100011> Tj 0 -20 Td <00120013> Tj ET");
    let (text, blind) = clean(&pdf.finish(|_, _| {}));
    let letters: String = text.split_whitespace().collect();
    assert_eq!(letters, "由等完成潮汐");
    assert_eq!(
        counted(&blind, What::Affiliation) + counted(&blind, What::AuthorBlock),
        1
    );
}

#[test]
fn everything_beside_the_pages_stays_behind() {
    let mut pdf = Pdf::new();
    let page = pdf.page("/Span <</MCID 0 /ActualText (Tamsin Quillfeather)>> BDC BT /F1 10 Tf 50 700 Td (The science stays.) Tj ET EMC % by Quillfeather\n");
    let file = pdf.finish(|doc, catalog| {
        let xmp = || Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, b"<dc:creator>Tamsin Quillfeather</dc:creator>".to_vec());
        let info = doc.add_object(dictionary! { "Author" => Object::string_literal("Tamsin Quillfeather"), "Title" => Object::String([0xFE, 0xFF].into_iter().chain("沈玉兰".encode_utf16().flat_map(u16::to_be_bytes)).collect(), lopdf::StringFormat::Hexadecimal) });
        doc.trailer.set("Info", info);
        doc.trailer.set("ID", vec![Object::string_literal("Quillfeather"), Object::string_literal("Quillfeather")]);
        let attachment = doc.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"Quillfeather".to_vec()));
        let spec = doc.add_object(dictionary! { "Type" => "Filespec", "F" => Object::string_literal("quillfeather.doc"), "EF" => dictionary! { "F" => attachment } });
        let script = dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.alert('Quillfeather')") };
        catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => vec![Object::string_literal("quillfeather"), spec.into()] }, "JavaScript" => dictionary! { "Names" => vec![Object::string_literal("x"), script.clone().into()] } });
        catalog.set("OpenAction", script);
        let metadata = doc.add_object(xmp());
        catalog.set("Metadata", metadata);
        let tree = doc.add_object(dictionary! { "Type" => "StructTreeRoot", "K" => dictionary! { "S" => "P", "Alt" => Object::string_literal("Quillfeather") } });
        catalog.set("StructTreeRoot", tree);
        let item = doc.add_object(dictionary! { "Title" => Object::string_literal("Quillfeather") });
        let outlines = doc.add_object(dictionary! { "Type" => "Outlines", "First" => item, "Last" => item });
        catalog.set("Outlines", outlines);
        let link = |uri: &str| Object::Dictionary(dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()], "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(uri) } });
        let note = dictionary! { "Type" => "Annot", "Subtype" => "Text", "T" => Object::string_literal("Quillfeather"), "Contents" => Object::string_literal("by Quillfeather"), "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()] };
        let piece = dictionary! { "Word" => dictionary! { "Private" => Object::string_literal("Quillfeather") } };
        let own = doc.add_object(xmp());
        let dict = doc.get_dictionary_mut(page).unwrap();
        dict.set("Annots", vec![link("mailto:t.quillfeather@northmoor.example.org"), link("https://doi.org/10.1000/1"), note.into()]);
        dict.set("PieceInfo", piece);
        dict.set("Metadata", own);
        dict.set("PTEX.FileName", Object::string_literal("/home/quillfeather/fig.pdf"));
        doc.add_object(dictionary! { "Nobody" => Object::string_literal("refers to Quillfeather") });
    });
    let (text, blind) = clean(&file);
    assert_eq!(text.trim(), "The science stays.");
    let all = unpacked(&blind.bytes);
    for residue in [
        "/Info",
        "/ID",
        "XMP",
        "EmbeddedFile",
        "JavaScript",
        "Outlines",
        "StructTreeRoot",
        "PieceInfo",
        "PTEX",
        "ActualText",
        "mailto",
        "%%EOF\n%%EOF",
    ] {
        assert!(!holds(&all, residue), "{residue}");
    }
    assert!(!holds(&all, "10.1000/1"), "no link leads out of the document");
    assert!(holds(&all, "/Link"), "what a link looks like stays");
    for what in [
        What::Properties,
        What::Attachments,
        What::Scripts,
        What::HiddenParts,
        What::Links,
        What::Comments,
    ] {
        assert!(counted(&blind, what) > 0, "{what:?}");
    }
}

#[test]
fn earlier_revisions_are_gone() {
    let mut pdf = Pdf::new();
    let page = pdf.page("BT /F1 10 Tf 50 700 Td (Hidden: Tamsin Quillfeather) Tj ET");
    let first = pdf.finish(|_, _| {});
    let mut update =
        lopdf::IncrementalDocument::create_from(first.clone(), Document::load_mem(&first).unwrap());
    update.opt_clone_object_to_new_document(page).unwrap();
    let content = update.new_document.add_object(Stream::new(
        Dictionary::new(),
        b"BT /F1 10 Tf 50 700 Td (Second state.) Tj ET".to_vec(),
    ));
    update
        .new_document
        .get_dictionary_mut(page)
        .unwrap()
        .set("Contents", content);
    let mut file = Vec::new();
    update.save_to(&mut file).unwrap();
    assert!(holds(&file, "Quillfeather"));
    let (text, blind) = clean(&file);
    assert_eq!(text.trim(), "Second state.");
    assert_eq!(counted(&blind, What::EarlierRevisions), 1);
}

#[test]
fn patterns_and_masks_that_no_page_draws_by_do() {
    let mut pdf = Pdf::new();
    let fonts = pdf.fonts.clone();
    let pattern = pdf.doc.add_object(Stream::new(
        dictionary! { "Type" => "Pattern", "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => vec![0.into(), 0.into(), 99.into(), 99.into()], "XStep" => 99, "YStep" => 99, "Resources" => dictionary! { "Font" => fonts } },
        b"BT /F1 9 Tf 5 5 Td (Quillfeather) Tj ET".to_vec(),
    ));
    let page = pdf.page("BT /F1 10 Tf 50 700 Td (The science stays.) Tj ET");
    let file = pdf.finish(|doc, _| {
        let resources = doc
            .get_dictionary_mut(page)
            .unwrap()
            .get_mut(b"Resources")
            .unwrap()
            .as_dict_mut()
            .unwrap();
        resources.set("Pattern", dictionary! { "P1" => pattern });
    });
    assert_eq!(clean(&file).0.trim(), "The science stays.");
}

#[test]
fn an_author_block_and_sections_go_as_a_whole() {
    let mut content = String::from("BT /F1 18 Tf 50 780 Td (Tides and the memory of gulls) Tj ");
    let mut line = |size: u32, text: &str, down: i32| {
        content.push_str(&format!("/F1 {size} Tf 0 {} Td ({text}) Tj ", -down))
    };
    line(11, "Tamsin Quillfeather and Yulan Shen", 30);
    line(10, "Department of Tides, Northmoor General Hospital", 14);
    line(10, "15 Harbour Road, Northmoor", 14);
    line(10, "t.quillfeather@northmoor.example.org", 14);
    line(12, "Abstract", 24);
    line(
        10,
        "Gulls remember tides, and this is a long line of text about them.",
        16,
    );
    line(12, "Acknowledgements", 24);
    line(
        10,
        "We thank the harbour master for his patience with us and the gulls,",
        16,
    );
    line(10, "and the keeper of the light.", 12);
    line(12, "References", 24);
    line(
        10,
        "[1] T. Quillfeather and B. Oakes. Gulls at dusk. J Tides, 2020.",
        16,
    );
    line(10, "[2] P. Marsh. Ebb and flow. J Tides, 2019.", 12);
    content.push_str("ET");
    let (text, blind) = clean(&one_page(&content));
    let words: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "Tides and the memory of gulls Abstract Gulls remember tides, and this is a long line of text about them. References [1] and B. Oakes. Gulls at dusk. J Tides, 2020. [2] P. Marsh. Ebb and flow. J Tides, 2019."
    );
    assert_eq!(
        (
            counted(&blind, What::AuthorBlock),
            counted(&blind, What::Acknowledgements)
        ),
        (4, 3)
    );
    assert!(
        blind
            .report
            .findings
            .iter()
            .any(|f| f.kind == FindingKind::OwnReference && f.place == "page:1")
    );
}

#[test]
fn refusals_and_findings() {
    let refused = |bytes: &[u8]| strip(bytes, &identity()).unwrap_err();
    assert_eq!(refused(b"%PDF-1.4 and nothing else"), Refusal::Broken);
    let mut pdf = Pdf::new();
    pdf.page("");
    let signed = pdf.finish(|doc, catalog| {
        let value = doc.add_object(dictionary! { "Type" => "Sig", "ByteRange" => vec![0.into(), 1.into()], "Contents" => Object::string_literal("x") });
        catalog.set("AcroForm", dictionary! { "Fields" => vec![Object::Dictionary(dictionary! { "FT" => "Sig", "V" => value })] });
    });
    assert_eq!(refused(&signed), Refusal::Signed);
    let mut scan = Pdf::new();
    let image = scan.doc.add_object(Stream::new(dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 }, vec![0]));
    scan.xobjects.set("I", Object::Reference(image));
    scan.page("q 500 0 0 700 0 0 cm /I Do Q");
    let blind = clean(&scan.finish(|_, _| {})).1;
    assert_eq!(blind.report.findings[0].kind, FindingKind::ScannedPage);
}

#[test]
fn forms_within_forms_do_not_run_for_ever() {
    let mut pdf = Pdf::new();
    pdf.form("A", "BT /F1 10 Tf (x) Tj ET");
    let mut last = pdf.xobjects.get(b"A").unwrap().clone();
    for _ in 0..12 {
        let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()], "Resources" => dictionary! { "XObject" => dictionary! { "N" => last.clone() } } };
        last = Object::Reference(pdf.doc.add_object(Stream::new(dict, b"/N Do ".repeat(30))));
    }
    pdf.xobjects.set("B", last);
    pdf.page("/B Do");
    let started = std::time::Instant::now();
    assert_eq!(
        strip(&pdf.finish(|_, _| {}), &identity()).unwrap_err(),
        Refusal::Bomb
    );
    assert!(started.elapsed().as_secs() < 10);
}

#[test]
fn pages_can_be_seen() {
    let file = one_page("0 0 595 842 re 1 0 0 rg f");
    let page = pdf_page(&file, 0, 119).unwrap();
    assert_eq!((page.width, page.height), (119, 168));
    let mut reader = png::Decoder::new(std::io::Cursor::new(page.png))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert_eq!(&pixels[..3], [255, 0, 0]);
    assert!(pdf_page(&file, 1, 100).is_err());
}

#[test]
fn a_title_below_a_running_head_stays() {
    let line = |size: u32, y: u32, text: &str| format!("BT /F1 {size} Tf 1 0 0 1 50 {y} Tm ({text}) Tj ET\n");
    let content = [
        line(8, 780, "Tamsin Quillfeather et al."),
        line(15, 758, "Gulls remember the tides of their youth"),
        line(10, 744, "Tamsin Quillfeather"),
        line(12, 718, "Abstract"),
        line(10, 704, "Twelve gulls were asked about the tides."),
    ]
    .concat();
    let (text, _) = clean(&one_page(&content));
    let words: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(
        words.join(" "),
        "Gulls remember the tides of their youth Abstract Twelve gulls were asked about the tides."
    );
}
