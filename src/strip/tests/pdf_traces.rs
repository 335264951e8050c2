//! What tells of a name after its letters have gone: links that lay over it, layers that were off, lists of a font's letters, words of
//! pictures and colours.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Blind, Identity, Person, What, compare_text, strip};
use common::pdfs::{
    NAME, TEXT, form, jpeg_with_comment, numbers, resource, set, shown, stream, with_content,
};
use common::{Pdf, SECRETS, holds, identity, unpacked};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// Strips, and holds what every blind copy must hold; with all bytes of the copy, unpacked.
fn clean(file: &[u8]) -> (String, Blind, Vec<u8>) {
    let blind = strip(file, &identity()).unwrap();
    let all = unpacked(&blind.bytes);
    for secret in SECRETS {
        assert!(!holds(&all, secret), "{secret} is left");
    }
    assert_eq!(
        strip(&blind.bytes, &identity()).unwrap().bytes,
        blind.bytes,
        "a second cleaning changed something"
    );
    let text = compare_text(&blind.bytes).unwrap();
    (text.split_whitespace().collect::<Vec<_>>().join(" "), blind, all)
}

fn counted(blind: &Blind, what: What) -> u32 {
    let all = blind.report.removed.iter().filter(|r| r.what == what);
    all.map(|r| r.count).sum()
}

fn link(area: [i64; 4]) -> Object {
    let quads = [
        area[0], area[3], area[2], area[3], area[0], area[1], area[2], area[1],
    ];
    dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => numbers(&area), "QuadPoints" => numbers(&quads), "Border" => numbers(&[0, 0, 1]) }
        .into()
}

/// The left edges of a page's links, in hundredths.
fn edges(copy: &[u8], key: &[u8]) -> Vec<i64> {
    let doc = Document::load_mem(copy).unwrap();
    let page = doc.page_iter().next().unwrap();
    let dict = doc.get_dictionary(page).unwrap();
    let links = dict.get(b"Annots").map_or(&[][..], |a| a.as_array().unwrap());
    let left = |o: &Object| o.as_dict().unwrap().get(key).unwrap().as_array().unwrap()[0].as_float();
    #[allow(clippy::cast_possible_truncation)]
    links
        .iter()
        .map(|l| (left(l).unwrap() * 100.0).round() as i64)
        .collect()
}

/// Letters of six points: "by ", the name, a link's words behind it, a line below.
fn linked(name: &str, torn: bool) -> Vec<u8> {
    let end = 68 + 6 * i64::try_from(name.len()).unwrap();
    let mut pdf = Pdf::new();
    let page = pdf.page(&format!(
        "BT /F3 10 Tf 50 700 Td (by {name} one day \\(3\\) and \\(4\\)) Tj 0 -40 Td (as before, and so on until the line ends) Tj ET"
    ));
    pdf.finish(|doc, _| {
        let mut links = vec![
            link([67, 697, end + 1, 709]),
            link([end + 53, 697, end + 73, 709]),
            link([49, 657, 63, 669]),
        ];
        if torn {
            // Over a part that moves and a part that does not.
            links.push(link([end + 53, 657, end + 73, 709]));
        }
        set(doc, page, "Annots", links);
    })
}

#[test]
fn links_over_a_name_go_and_those_behind_it_move() {
    let file = linked("Tamsin Quillfeather", true);
    let (text, blind, _) = clean(&file);
    assert_eq!(
        text,
        "by one day (3) and (4) as before, and so on until the line ends"
    );
    assert_eq!(counted(&blind, What::Links), 2);
    // 19 letters were 114 points; eight steps of an em and a half are 120.
    assert_eq!(edges(&blind.bytes, b"Rect"), [24_100, 4_900]);
    assert_eq!(edges(&blind.bytes, b"QuadPoints"), [24_100, 4_900]);
}

#[test]
fn links_do_not_tell_how_wide_a_name_was() {
    let cut = |name: &str| {
        let person = Person {
            name: name.into(),
            ..Person::default()
        };
        let identity = Identity {
            people: vec![person],
            ..Identity::default()
        };
        strip(&linked(name, false), &identity).unwrap().bytes
    };
    // 15 and 16 letters leave the same gap.
    assert_eq!(edges(&cut("Gidl Ostrowidzk"), b"Rect"), [21_100, 4_900]);
    assert_eq!(edges(&cut("Gidle Ostrowidzk"), b"Rect"), [21_100, 4_900]);
}

#[test]
fn links_over_a_section_that_goes_go_with_it() {
    let mut pdf = Pdf::new();
    let page = pdf.page(
        "BT /F1 10 Tf 14 TL 50 700 Td (The science stays.) Tj T* T* (Acknowledgements) Tj T* (We thank the keeper of the light at home.) Tj ET",
    );
    let file = pdf.finish(|doc, _| {
        set(
            doc,
            page,
            "Annots",
            vec![link([100, 655, 150, 668]), link([49, 697, 90, 709])],
        );
    });
    let (text, blind, all) = clean(&file);
    assert_eq!((text.as_str(), counted(&blind, What::Links)), (TEXT, 1));
    assert_eq!(String::from_utf8_lossy(&all).matches("/Link").count(), 1);
}

fn layer(doc: &mut Document, catalog: &mut Dictionary) -> Object {
    let group = Object::Reference(doc.add_object(dictionary! { "Type" => "OCG" }));
    let off = dictionary! { "OFF" => vec![group.clone()] };
    catalog.set(
        "OCProperties",
        dictionary! { "OCGs" => vec![group.clone()], "D" => off },
    );
    group
}

fn dict(doc: &mut Document, object: &Object) -> ObjectId {
    let id = object.as_reference().unwrap();
    assert!(doc.get_object(id).unwrap().as_stream().is_ok());
    id
}

fn set_in(doc: &mut Document, object: &Object, key: &str, value: impl Into<Object>) {
    let id = dict(doc, object);
    let stream = doc.get_object_mut(id).unwrap().as_stream_mut().unwrap();
    stream.dict.set(key, value);
}

fn picture(doc: &mut Document, pixels: &[u8]) -> Object {
    let size = i64::try_from(pixels.len()).unwrap();
    let dict = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => size, "Height" => 1, "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
    stream(doc, dict, pixels)
}

#[test]
fn what_a_hidden_layer_drew_is_not_in_the_file() {
    let content = "/Form Do q 9 0 0 9 0 0 cm /Pic Do Q /Shown Do /OC /MC0 BDC /Inner Do EMC";
    let file = with_content(content, |doc, catalog, page| {
        let group = layer(doc, catalog);
        let hidden = form(doc, page, &shown("Drawn by the hidden form", 20));
        set_in(doc, &hidden, "OC", group.clone());
        let pixels = picture(doc, b"hidden pixels");
        set_in(doc, &pixels, "OC", group.clone());
        let inner = form(doc, page, &shown("Within a hidden part", 20));
        let seen = form(doc, page, &shown("Seen by all.", 20));
        for (name, object) in [
            ("Form", hidden),
            ("Pic", pixels),
            ("Inner", inner),
            ("Shown", seen),
        ] {
            resource(doc, page, "XObject", name, object);
        }
        resource(doc, page, "Properties", "MC0", group);
    });
    let (text, blind, all) = clean(&file);
    assert_eq!(text, format!("{TEXT} Seen by all."));
    assert_eq!(counted(&blind, What::HiddenParts), 3);
    for gone in ["hidden form", "hidden pixels", "Within a", "/Inner"] {
        assert!(!holds(&all, gone), "{gone} is left");
    }
}

#[test]
fn resources_that_many_share_keep_what_any_of_them_invokes() {
    let content = "/A Do /Pattern cs /P1 scn 0 0 9 9 re f BT /T3 10 Tf 50 600 Td (a) Tj ET /G gs /Hid Do /Bare Do BI /W 1 /H 1 /CS /G /BPC 8 ID x\nEI /Kept";
    let file = with_content(content, |doc, catalog, page| {
        let group = layer(doc, catalog);
        let shared = doc.new_object_id();
        let fonts = common::pdfs::fonts(doc, page);
        let resources =
            doc.add_object(dictionary! { "XObject" => Object::Reference(shared), "Font" => fonts });
        let mut all = Dictionary::new();
        let mut add = |doc: &mut Document, name: &str, content: &str| {
            let form = form(doc, page, content);
            set_in(doc, &form, "Resources", resources);
            all.set(name, form.clone());
            form
        };
        add(doc, "A", "/B Do");
        for (name, words) in [
            ("B", "in a form"),
            ("C", "in a tile"),
            ("D", "in a letter"),
            ("E", "in a mask"),
        ] {
            add(doc, name, &shown(&format!("Invoked {words}."), 9));
        }
        add(doc, "F", &shown("Invoked by one without resources.", 9));
        add(doc, "Kept", &shown("Perhaps invoked behind pixels.", 9));
        let hidden = add(
            doc,
            "Hid",
            &format!("/Pix Do /Hid Do {}", shown("Drawn by the hidden form", 9)),
        );
        set_in(doc, &hidden, "OC", group);
        add(doc, "J", &shown("Invoked by nobody", 9));
        let bare = add(doc, "Bare", "/F Do");
        let mask = add(doc, "Mask", "/E Do");
        let id = dict(doc, &bare);
        let bare = doc.get_object_mut(id).unwrap().as_stream_mut().unwrap();
        bare.dict.remove(b"Resources");
        let pixels = picture(doc, b"hidden pixels");
        all.set("Pix", pixels);
        doc.objects.insert(shared, Object::Dictionary(all));
        let tile = dictionary! { "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0, 0, 9, 9]), "XStep" => 9, "YStep" => 9, "Resources" => resources };
        let tile = stream(doc, tile, b"/C Do");
        let letter = stream(doc, Dictionary::new(), b"500 0 d0 /D Do");
        let font = doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0, 0, 9, 9]), "FontMatrix" => numbers(&[1, 0, 0, 1, 0, 0]), "FirstChar" => 97, "LastChar" => 97, "Widths" => numbers(&[1]), "CharProcs" => dictionary! { "a" => letter }, "Encoding" => dictionary! { "Differences" => vec![97.into(), "a".into()] }, "Resources" => resources });
        let state = dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => mask } };
        resource(doc, page, "Pattern", "P1", tile);
        resource(doc, page, "Font", "T3", font);
        resource(doc, page, "ExtGState", "G", state);
        let own = doc
            .get_dictionary_mut(page)
            .unwrap()
            .get_mut(b"Resources")
            .unwrap();
        own.as_dict_mut()
            .unwrap()
            .set("XObject", Object::Reference(shared));
    });
    let (_, _, all) = clean(&file);
    for kept in [
        "a form.",
        "a tile.",
        "a letter.",
        "a mask.",
        "without resources.",
        "behind pixels.",
    ] {
        assert!(holds(&all, kept), "{kept} is lost");
    }
    for gone in ["hidden form", "hidden pixels", "by nobody"] {
        assert!(!holds(&all, gone), "{gone} is left");
    }
}

/// A page in a font of few letters, which are the given ones by their numbers.
fn in_han(letters: &str, content: &str, more: impl FnOnce(&mut Document, ObjectId)) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.han_font("F2", letters);
    let page = pdf.page(&format!("{}{content}", shown(TEXT, 700)));
    pdf.finish(|doc, _| more(doc, page))
}

#[test]
fn a_font_in_which_only_a_name_was_set_is_forgotten() {
    let file = in_han("沈玉兰", "BT /F2 10 Tf 50 600 Td <000100020003> Tj ET", |_, _| {});
    let (text, _, all) = clean(&file);
    assert_eq!(text, TEXT);
    for gone in ["beginbfchar", "Song", "6C88", "CIDFont"] {
        assert!(!holds(&all, gone), "{gone} is left");
    }
    // Whose letters are not known keeps its lists: text without a font may be in any.
    let file = in_han(
        "沈玉兰",
        "BT /None 10 Tf 50 600 Td (x) Tj /F2 10 Tf 50 600 Td <000100020003> Tj ET",
        |_, _| {},
    );
    assert!(holds(&clean(&file).2, "beginbfchar"));
}

#[test]
fn a_font_says_only_what_its_letters_in_use_mean() {
    let content =
        "BT /F2 10 Tf 50 600 Td <0001000200030004000500060007> Tj ET /Pattern cs /P1 scn 0 0 9 9 re f";
    let file = in_han("由沈玉兰等完成潮汐", content, |doc, page| {
        let resources = doc
            .get_dictionary(page)
            .unwrap()
            .get(b"Resources")
            .unwrap()
            .clone();
        let tile = dictionary! { "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0, 0, 9, 9]), "XStep" => 9, "YStep" => 9, "Resources" => resources };
        let tile = stream(doc, tile, b"BT /F2 1 Tf <0008> Tj ET");
        resource(doc, page, "Pattern", "P1", tile);
    });
    let (text, _, all) = clean(&file);
    assert_eq!(text, format!("{TEXT} 由 等完成"));
    // 潮 stands in the tile alone, and 汐 was never shown.
    assert!(holds(
        &all,
        "5 beginbfchar\n<0001> <7531>\n<0005> <7B49>\n<0006> <5B8C>\n<0007> <6210>\n<0008> <6F6E>\nendbfchar"
    ));
    for gone in ["6C88", "7389", "5170", "6C50"] {
        assert!(!holds(&all, gone), "{gone} is left");
    }
}

#[test]
fn an_encoding_names_only_letters_in_use() {
    let list = [
        &[Object::Integer(1)][..],
        &["Q", "u", "i", "l", "f", "e", "a", "t", "h", "r"].map(Object::from),
        &[Object::Integer(20)],
        &["S", "c", "n"].map(Object::from),
    ]
    .concat();
    let content = "BT /F9 10 Tf 50 600 Td <010203040405060708090 60A> Tj 0 -20 Td <14150306161506> Tj ET";
    for apart in [false, true] {
        let file = with_content(content, |doc, _, page| {
            let encoding = dictionary! { "Type" => "Encoding", "Differences" => list.clone() };
            let encoding = if apart {
                Object::Reference(doc.add_object(encoding))
            } else {
                encoding.into()
            };
            let font = doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => encoding });
            resource(doc, page, "Font", "F9", font);
        });
        let (text, _, all) = clean(&file);
        assert_eq!(text, format!("{TEXT} Science"));
        assert!(
            holds(&all, "[3/i 6/e 20/S/c/n]"),
            "{}",
            String::from_utf8_lossy(&all)
        );
    }
}

#[test]
fn colours_lose_their_words() {
    let mut profile = vec![0; 128];
    profile[36..40].copy_from_slice(b"acsp");
    profile.extend_from_slice(&1_u32.to_be_bytes());
    profile.extend_from_slice(b"desc\0\0\0\x90\0\0\0\x28");
    profile.extend_from_slice(b"desc\0\0\0\0\0\0\0\x10Marigold's desk\0............");
    for deflated in [false, true] {
        let file = with_content(&shown(NAME, 500), |doc, _, page| {
            let mut data = Stream::new(
                dictionary! { "N" => 1, "Alternate" => "DeviceGray" },
                profile.clone(),
            );
            if deflated {
                data.compress().unwrap();
            }
            let profile = doc.add_object(data);
            let space = vec![Object::from("ICCBased"), Object::Reference(profile)];
            resource(doc, page, "ColorSpace", "C1", space);
        });
        assert!(holds(&unpacked(&file), "Marigold"));
        let (_, blind, all) = clean(&file);
        assert!(!holds(&all, "Marigold") && holds(&all, "acsp"));
        assert_eq!(counted(&blind, What::PictureMetadata), 1);
    }
}

#[test]
fn pictures_that_are_not_as_the_standard_wants_them_lose_their_words_too() {
    const WORDS: &str = "Marigold's camera";
    let whole = jpeg_with_comment(WORDS);
    let scan = whole.windows(2).position(|w| w == [0xFF, 0xC0]).unwrap();
    // Padding between segments; and no end to the last segment.
    let padded = [&whole[..scan], b"\0\0 by Marigold \0", &whole[scan..]].concat();
    let end = whole.len() - 2;
    let broken = [&whole[..end], b"\xFF\xE1\x7F\xFFExif\0\0 by Marigold"].concat();
    for data in [padded, broken] {
        let file = with_content("q 9 0 0 9 0 0 cm /I Do Q ", |doc, _, page| {
            let image = picture(doc, &data);
            set_in(doc, &image, "Filter", "DCTDecode");
            resource(doc, page, "XObject", "I", image);
        });
        let (_, blind, all) = clean(&file);
        assert!(!holds(&all, "Marigold"));
        assert!(
            all.windows(4).any(|w| w == [0, 0x12, 0x34, 0xFF]),
            "the pixels stay"
        );
        assert_eq!(counted(&blind, What::PictureMetadata), 2);
    }
}
