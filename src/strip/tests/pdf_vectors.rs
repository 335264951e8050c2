//! A name planted in every place a PDF has, one place a test: nothing planted is left, and the page goes on saying what it said.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Blind, Refusal, What, compare_text, strip};
use common::pdfs::{
    NAME, TEXT, annotation, fonts, form, jpeg_with_comment, numbers, resource, set, shown, stream, with,
    with_content, words,
};
use common::{Pdf, SECRETS, holds, identity, unpacked};
use lopdf::{Dictionary, Document, Object, dictionary};

/// Strips, and holds what every blind copy must hold.
fn clean(file: &[u8]) -> (String, Blind) {
    assert!(holds(&unpacked(file), "uillfeather"), "nothing was planted");
    let blind = strip(file, &identity()).unwrap();
    let all = unpacked(&blind.bytes);
    for secret in SECRETS {
        assert!(
            !holds(&all, secret),
            "{secret} is left in {}",
            String::from_utf8_lossy(&all)
        );
    }
    assert_eq!(strip(&blind.bytes, &identity()).unwrap().bytes, blind.bytes);
    let text = compare_text(&blind.bytes).unwrap();
    let text: Vec<&str> = text.split_whitespace().collect();
    (text.join(" "), blind)
}

fn stays(file: &[u8]) {
    assert_eq!(clean(file).0, TEXT);
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

#[test]
fn links_keep_their_look_and_lead_nowhere() {
    let file = with(|doc, _, page| {
        let to = |action: Dictionary| dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => numbers(&[10, 10, 90, 30]), "Border" => numbers(&[0, 0, 1]), "A" => action };
        let uri = |uri: &str| to(dictionary! { "S" => "URI", "URI" => words(uri) }).into();
        let links: Vec<Object> = vec![
            uri("https://example.org/~quillfeather"),
            uri("https://example.org/pixel.png?reader=1"),
            to(dictionary! { "S" => "Launch", "F" => words("/home/quillfeather/x") }).into(),
            to(dictionary! { "S" => "GoToR", "F" => words("quillfeather.pdf"), "D" => numbers(&[0]) }).into(),
            to(dictionary! { "S" => "GoTo", "D" => vec![Object::Reference(page), "Fit".into()] }).into(),
            dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => numbers(&[1, 1, 9, 9]), "Dest" => words("cite.Quillfeather2020") }.into(),
        ];
        set(doc, page, "Annots", links);
    });
    let (text, blind) = clean(&file);
    let all = unpacked(&blind.bytes);
    assert_eq!(text, TEXT);
    assert_eq!(String::from_utf8_lossy(&all).matches("/Link").count(), 6);
    assert!(!holds(&all, "/URI") && !holds(&all, "http") && !holds(&all, "/A<<"));
    assert!(
        holds(&all, "/Fit"),
        "a link within the document still leads there"
    );
    assert_eq!(counted(&blind, What::Links), 4);
}

#[test]
fn a_link_to_a_page_that_was_taken_out_does_not_keep_it() {
    stays(&with(|doc, _, page| {
        let content = stream(doc, Dictionary::new(), shown(NAME, 500).as_bytes());
        let lost = doc.add_object(
            dictionary! { "Type" => "Page", "MediaBox" => numbers(&[0, 0, 9, 9]), "Contents" => content },
        );
        let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => numbers(&[1, 1, 9, 9]), "Dest" => vec![Object::Reference(lost), "Fit".into()] };
        set(doc, page, "Annots", vec![Object::Dictionary(link)]);
    }));
}

#[test]
fn comments_go_with_their_appearance() {
    for kind in [
        "Text",
        "Popup",
        "Highlight",
        "Stamp",
        "FileAttachment",
        "Caret",
        "Redact",
        "RichMedia",
        "Screen",
        "Movie",
    ] {
        let file = with(|doc, _, page| {
            let note = annotation(doc, page, kind, NAME);
            set(doc, page, "Annots", vec![Object::Dictionary(note)]);
        });
        let (text, blind) = clean(&file);
        assert_eq!(
            (text.as_str(), counted(&blind, What::Comments)),
            (TEXT, 1),
            "{kind}"
        );
        assert!(!holds(&unpacked(&blind.bytes), "/Annot"));
    }
}

#[test]
fn what_annotations_print_stays_on_the_page_without_the_name() {
    for kind in ["FreeText", "Widget", "Square", "Ink", "Watermark"] {
        let file = with(|doc, catalog, page| {
            let note = doc_annotation(doc, page, kind);
            let id = doc.add_object(note);
            set(doc, page, "Annots", vec![Object::Reference(id)]);
            catalog.set("AcroForm", dictionary! { "Fields" => vec![Object::Reference(id)], "XFA" => words(NAME), "DA" => words("/F1 0 Tf") });
        });
        let (text, blind) = clean(&file);
        assert_eq!(text, format!("{TEXT} Typed by in ink"), "{kind}");
        assert!(!holds(&unpacked(&blind.bytes), "/Annot") && !holds(&unpacked(&blind.bytes), "AcroForm"));
    }
}

fn doc_annotation(doc: &mut Document, page: lopdf::ObjectId, kind: &str) -> Dictionary {
    let mut note = annotation(doc, page, kind, &format!("Typed by {NAME} in ink"));
    note.set("V", words(NAME));
    note.set("DV", words(NAME));
    note.set("TU", words(NAME));
    note.set("MK", dictionary! { "CA" => words(NAME) });
    note.set("A", dictionary! { "S" => "JavaScript", "JS" => words(NAME) });
    note
}

#[test]
fn check_boxes_show_the_state_they_are_in() {
    let file = with_content(&shown(NAME, 400), |doc, _, page| {
        let (on, off) = (
            form(doc, page, "BT /F1 10 Tf (yes) Tj ET"),
            form(doc, page, "BT /F1 10 Tf (no) Tj ET"),
        );
        let states = dictionary! { "On" => on, "Off" => off };
        let field = dictionary! { "Type" => "Annot", "Subtype" => "Widget", "Rect" => numbers(&[50, 300, 90, 320]), "AS" => "On", "AP" => dictionary! { "N" => states } };
        set(doc, page, "Annots", vec![Object::Dictionary(field)]);
    });
    assert_eq!(clean(&file).0, format!("{TEXT} yes"));
}

#[test]
fn letters_that_are_drawings_and_their_names() {
    stays(&with(|doc, _, page| {
        let fonts = fonts(doc, page);
        let drawing = stream(
            doc,
            Dictionary::new(),
            format!("500 0 d0 BT /F1 1 Tf ({NAME}) Tj ET % {NAME}\n").as_bytes(),
        );
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type3", "Name" => "Quillfeather", "FontBBox" => numbers(&[0, 0, 9, 9]), "FontMatrix" => numbers(&[1, 0, 0, 1, 0, 0]), "FirstChar" => 97, "LastChar" => 97, "Widths" => numbers(&[1]), "CharProcs" => dictionary! { "Quillfeather" => drawing }, "Encoding" => dictionary! { "Differences" => vec![97.into(), "Quillfeather".into()] }, "Resources" => dictionary! { "Font" => fonts } };
        resource(doc, page, "Font", "T3", font);
    }));
}

#[test]
fn soft_masks_and_patterns_in_forms() {
    stays(&with(|doc, _, page| {
        let mask = form(doc, page, &shown(NAME, 10));
        resource(
            doc,
            page,
            "ExtGState",
            "G1",
            dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => mask } },
        );
        let fonts = fonts(doc, page);
        let tile = stream(
            doc,
            dictionary! { "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0, 0, 9, 9]), "XStep" => 9, "YStep" => 9, "Resources" => dictionary! { "Font" => fonts } },
            shown(NAME, 1).as_bytes(),
        );
        resource(doc, page, "Pattern", "P1", tile);
    }));
}

#[test]
fn pictures_lose_their_words_under_any_filter() {
    let jpeg = jpeg_with_comment(NAME);
    let hex: Vec<u8> = jpeg
        .iter()
        .flat_map(|b| format!("{b:02X}").into_bytes())
        .chain(*b">")
        .collect();
    let jp2 = [
        &[0, 0, 0, 12][..],
        b"jP  \r\n\x87\n",
        &[0, 0, 0, 27],
        b"xml Tamsin Quillfeather",
        &[0, 0, 0, 8],
        b"jp2c",
    ]
    .concat();
    for (filter, data) in [
        (Object::from("DCTDecode"), jpeg.clone()),
        (
            vec![Object::from("ASCIIHexDecode"), "DCTDecode".into()].into(),
            hex,
        ),
        ("JPXDecode".into(), jp2),
    ] {
        let file = with_content("q 9 0 0 9 0 0 cm /I Do Q ", |doc, _, page| {
            let thumb = stream(doc, dictionary! { "Width" => 1 }, NAME.as_bytes());
            let image = stream(
                doc,
                dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => filter.clone(), "Metadata" => words(NAME), "Alternates" => words(NAME), "OPI" => words(NAME) },
                &data,
            );
            resource(doc, page, "XObject", "I", image);
            set(doc, page, "Thumb", thumb);
        });
        let blind = clean(&file).1;
        assert_eq!(counted(&blind, What::PictureMetadata), 1, "{filter:?}");
    }
}

#[test]
fn inline_pictures_lose_their_words() {
    let mut content =
        b"BT /F1 10 Tf 50 700 Td (The science stays.) Tj ET BI /W 1 /H 1 /CS /G /BPC 8 /F /DCT ID ".to_vec();
    content.extend(jpeg_with_comment(NAME));
    content.extend(b"\nEI Q\n");
    stays(&with(|doc, _, page| {
        let all = stream(doc, Dictionary::new(), &content);
        set(doc, page, "Contents", all);
    }));
}

#[test]
fn hidden_text_is_text() {
    for hidden in [
        format!("BT 3 Tr /F1 10 Tf 50 650 Td ({NAME}) Tj ET"),
        format!("1 g BT /F1 10 Tf 50 650 Td ({NAME}) Tj ET 0 g"),
        format!("BT /F1 10 Tf 5000 -900 Td ({NAME}) Tj ET"),
        format!("BT /F1 0.01 Tf 50 650 Td ({NAME}) Tj ET"),
        format!("q 0 0 1 1 re W n BT /F1 10 Tf 50 650 Td ({NAME}) Tj ET Q"),
        format!("BT 7 Tr /F1 10 Tf 50 650 Td ({NAME}) Tj ET"),
    ] {
        stays(&with_content(&hidden, |_, _, _| {}));
    }
}

fn layers(
    content: &str,
    state: Dictionary,
    more: impl FnOnce(&mut Document, lopdf::ObjectId, Object),
) -> Vec<u8> {
    with_content(content, |doc, catalog, page| {
        let group = Object::Reference(doc.add_object(dictionary! { "Type" => "OCG", "Name" => words(NAME), "Usage" => dictionary! { "CreatorInfo" => dictionary! { "Creator" => words(NAME) } } }));
        let mut state = state;
        for key in ["OFF", "ON"] {
            if state.has(key.as_bytes()) {
                state.set(key, vec![group.clone()]);
            }
        }
        catalog.set(
            "OCProperties",
            dictionary! { "OCGs" => vec![group.clone()], "D" => state },
        );
        resource(doc, page, "Properties", "MC0", group.clone());
        more(doc, page, group);
    })
}

#[test]
fn layers_that_are_off_go_and_the_others_stay() {
    let content = "/OC /MC0 BDC BT /F1 10 Tf 50 600 Td (A second version) Tj ET 0 0 9 9 re f /Span BMC 1 1 m 2 2 l S EMC EMC 5 5 5 5 re f";
    let (text, blind) = clean(&layers(content, dictionary! { "OFF" => 1 }, |_, _, _| {}));
    let all = unpacked(&blind.bytes);
    assert_eq!((text.as_str(), counted(&blind, What::HiddenParts)), (TEXT, 1));
    assert!(holds(&all, "0 0 9 9 re n") && holds(&all, "2 2 l n") && holds(&all, "5 5 5 5 re f"));
    let (text, blind) = clean(&layers(content, dictionary! { "ON" => 1 }, |_, _, _| {}));
    assert_eq!(text, format!("{TEXT} A second version"));
    assert!(!holds(&unpacked(&blind.bytes), "OCProperties"));
    let (text, _) = clean(&layers(
        "/X Do",
        dictionary! { "BaseState" => "OFF" },
        |doc, page, group| {
            let member = doc.add_object(dictionary! { "Type" => "OCMD", "OCGs" => vec![group] });
            let form = form(doc, page, "BT /F1 9 Tf (Drawn on a hidden layer) Tj ET");
            doc.get_object_mut(form.as_reference().unwrap())
                .unwrap()
                .as_stream_mut()
                .unwrap()
                .dict
                .set("OC", member);
            resource(doc, page, "XObject", "X", form);
        },
    ));
    assert_eq!(text, TEXT);
}

#[test]
fn names_of_the_files_own_making() {
    let content = "/Quillfeather BMC /Quillfeather_fig Do EMC /Quillfeather gs /QuillfeatherCS cs";
    let (text, blind) = clean(&with_content(content, |doc, _, page| {
        let fig = form(doc, page, &shown("A figure by hand.", 10));
        resource(doc, page, "XObject", "Quillfeather_fig", fig);
        resource(doc, page, "ExtGState", "Quillfeather", dictionary! { "CA" => 1 });
        resource(
            doc,
            page,
            "ColorSpace",
            "QuillfeatherCS",
            vec![
                Object::from("Separation"),
                "Tamsin Quillfeather Red".into(),
                "DeviceGray".into(),
            ],
        );
    }));
    assert_eq!(text, format!("{TEXT} A figure by hand."));
    assert!(counted(&blind, What::Name) >= 1);
}

#[test]
fn words_in_the_structure_and_beside_the_content() {
    let content = format!(
        "/Span <</ActualText ({NAME})>> BDC {} EMC /Figure <</Alt (by {NAME})/MCID 1>> BDC EMC /P /MC1 BDC EMC /X <</Who <</N ({NAME})>>>> DP",
        shown("More.", 650)
    );
    let (text, blind) = clean(&with_content(&content, |doc, catalog, page| {
        resource(
            doc,
            page,
            "Properties",
            "MC1",
            dictionary! { "MCID" => 2, "E" => words(NAME), "Anything" => words(NAME) },
        );
        let leaf = dictionary! { "S" => "P", "T" => words(NAME), "Alt" => words(NAME), "E" => words(NAME), "ActualText" => words(NAME), "ID" => words(NAME), "A" => dictionary! { "O" => "UserProperties", "P" => vec![Object::Dictionary(dictionary! { "N" => words("Author"), "V" => words(NAME) })] } };
        let tree = doc.add_object(dictionary! { "Type" => "StructTreeRoot", "K" => leaf, "RoleMap" => dictionary! { "Quillfeather" => "P" } });
        catalog.set("StructTreeRoot", tree);
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("Lang", words("Quillfeather"));
    }));
    assert_eq!(text, format!("{TEXT} More."));
    assert!(holds(&unpacked(&blind.bytes), "<</MCID 1>>"));
}

#[test]
fn what_the_catalog_and_the_pages_carry() {
    for key in [
        "Outlines",
        "PageLabels",
        "Dests",
        "Names",
        "Threads",
        "Collection",
        "AF",
        "OpenAction",
        "AA",
        "URI",
        "SpiderInfo",
        "Legal",
        "PieceInfo",
        "Perms",
        "DSS",
        "OutputIntents",
        "Extensions",
        "ViewerPreferences",
        "Metadata",
        "Requirements",
        "Private",
    ] {
        stays(&with(|doc, catalog, page| {
            let deep = dictionary! { "P" => words(NAME), "Title" => words(NAME), "Names" => vec![words(NAME), words("x")] };
            catalog.set(key, deep.clone());
            let id = doc.add_object(deep);
            set(doc, page, key, Object::Reference(id));
        }));
    }
}

#[test]
fn what_fonts_carry() {
    stays(&with(|doc, _, page| {
        let program = stream(
            doc,
            dictionary! { "Length1" => 60, "Length2" => 0, "Length3" => 0 },
            b"%!PS-AdobeFont-1.0\n/Notice (Tamsin Quillfeather) def\n/FontName /X",
        );
        let descriptor = doc.add_object(dictionary! { "Type" => "FontDescriptor", "FontName" => "QUILLF+Quillfeather", "FontFamily" => words(NAME), "CharSet" => words("/Q/u/i/l/l/Quillfeather"), "Flags" => 4, "FontFile" => program });
        resource(
            doc,
            page,
            "Font",
            "F9",
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "QUILLF+Quillfeather", "FontDescriptor" => descriptor, "PTEX.FileName" => words("/home/quillfeather/f.pfb") },
        );
        let profile = stream(
            doc,
            dictionary! { "N" => 1, "Alternate" => "DeviceGray" },
            b"acsp desc Tamsin Quillfeather's screen",
        );
        resource(
            doc,
            page,
            "ColorSpace",
            "C1",
            vec![Object::from("ICCBased"), profile],
        );
    }));
}

#[test]
fn remarks_and_leftovers_in_the_file() {
    let mut file = with(|doc, _, _| {
        doc.add_object(Object::string_literal(NAME));
        doc.trailer.set("Quillfeather", words(NAME));
        doc.trailer.set("DocChecksum", words(NAME));
    });
    let at = file.windows(9).position(|w| w == b"startxref").unwrap();
    file.splice(at..at, b"% written by Tamsin Quillfeather\n".iter().copied());
    file.extend(b"\n% Tamsin Quillfeather was here\n");
    stays(&file);
}

#[test]
fn vertical_writing_and_a_predefined_map() {
    for map in ["Identity-V", "UniGB-UCS2-V", "UniGB-UCS2-H"] {
        let mut pdf = Pdf::new();
        pdf.han_font("F2", "由沈玉兰等完成潮汐");
        let font = pdf.fonts.get(b"F2").unwrap().as_reference().unwrap();
        let codes = if map.starts_with("Uni") {
            "由沈玉兰等完成"
                .chars()
                .map(|c| format!("{:04X}", u32::from(c)))
                .collect::<String>()
        } else {
            (1..8).map(|n| format!("{n:04X}")).collect()
        };
        pdf.page(&format!(
            "BT /F2 10 Tf 500 700 Td <{codes}> Tj ET {}",
            shown(NAME, 300)
        ));
        let file = pdf.finish(|doc, _| {
            let dict = doc.get_dictionary_mut(font).unwrap();
            dict.set("Encoding", map);
            if map.starts_with("Uni") {
                dict.remove(b"ToUnicode");
            }
        });
        let (text, _) = clean(&file);
        let letters: String = text.split_whitespace().collect();
        assert_eq!(letters, "由等完成", "{map}");
    }
}

#[test]
fn a_name_in_pieces_however_it_is_set() {
    let mut pdf = Pdf::new();
    // Words placed one by one, an accent printed apart, a hyphen at a line's end, a name over two columns, spaced letters.
    pdf.page(
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm (by) Tj 1 0 0 1 64 700 Tm (Tamsin) Tj 1 0 0 1 100 700 Tm (Quill) Tj 1 0 0 1 119 700 Tm (feather) Tj 1 0 0 1 153 700 Tm (alone) Tj \
         1 0 0 1 50 650 Tm [(Tams\\264) 333 (in Quillfeather)] TJ 1 0 0 1 150 650 Tm (there) Tj \
         1 0 0 1 50 600 Tm (we thank Tamsin) Tj 1 0 0 1 50 588 Tm (Quillfeather for all) Tj \
         1 0 0 1 50 550 Tm (T a m s i n  Q u i l l f e a t h e r now) Tj ET",
    );
    let (text, _) = clean(&pdf.finish(|_, _| {}));
    assert_eq!(text, "by alone there we thank for all now");
}

#[test]
fn what_follows_a_name_moves_with_it_and_its_place_is_written_anew() {
    let page = |name: &str, at: u32| {
        let mut pdf = Pdf::new();
        pdf.page(&format!("BT /F3 10 Tf 50 700 Td (by ) Tj 18 0 Td ({name}) Tj {at} 0 Td ( one day) Tj -{} -12 Td (and so on.) Tj ET", 18 + at));
        pdf.finish(|_, _| {})
    };
    let cut = |name: &str, at: u32| {
        let identity = bauta_strip::Identity {
            people: vec![bauta_strip::Person {
                name: name.into(),
                ..Default::default()
            }],
            ..Default::default()
        };
        let blind = strip(&page(name, at), &identity).unwrap();
        let doc = Document::load_mem(&blind.bytes).unwrap();
        let page = doc.page_iter().next().unwrap();
        String::from_utf8(doc.get_page_content(page)).unwrap()
    };
    // 15 and 16 letters of 6 points: both six steps of an em and a half.
    assert_eq!(cut("Gidl Ostrowidzk", 90), cut("Gidle Ostrowidzk", 96));
    assert!(
        cut("Gidle Ostrowidzk", 96).contains("-108 -12 Td"),
        "the next line starts where it did"
    );
}

#[test]
fn a_citation_on_the_first_page_keeps_the_line_in_place() {
    let mut pdf = Pdf::new();
    pdf.page("BT /F3 10 Tf 50 700 Td [(As shown \\() (Quillfeather) ( et al., 2005\\) once.)] TJ ET");
    let (_, blind) = clean(&pdf.finish(|_, _| {}));
    assert!(holds(&unpacked(&blind.bytes), "-7200 "), "twelve letters of 600");
}

#[test]
fn locked_files() {
    let mut pdf = Pdf::new();
    pdf.page(&shown("Seen by Tamsin Quillfeather alone.", 700));
    let open = |owner: &str, user: &str| {
        let mut doc = Document::load_mem(&{
            let mut pdf = Pdf::new();
            pdf.page(&shown("Seen by Tamsin Quillfeather alone.", 700));
            pdf.finish(|doc, _| {
                doc.trailer
                    .set("ID", vec![words("0123456789abcdef"), words("0123456789abcdef")]);
            })
        })
        .unwrap();
        let version = lopdf::EncryptionVersion::V2 {
            document: &doc,
            owner_password: owner,
            user_password: user,
            key_length: 128,
            permissions: lopdf::Permissions::PRINTABLE,
        };
        let state = lopdf::EncryptionState::try_from(version).unwrap();
        doc.encrypt(&state).unwrap();
        let mut out = Vec::new();
        doc.save_to(&mut out).unwrap();
        out
    };
    let blind = strip(&open("keep", ""), &identity()).unwrap();
    assert_eq!(
        compare_text(&blind.bytes)
            .unwrap()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        "Seen by alone."
    );
    assert!(!holds(&unpacked(&blind.bytes), "Encrypt"));
    assert_eq!(
        strip(&open("keep", "secret"), &identity()).unwrap_err(),
        Refusal::Encrypted
    );
}
