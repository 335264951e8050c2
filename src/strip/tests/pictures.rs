//! Every way a picture betrays its author, format by format: the words go, the pixels stay.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation)]

mod common;

use bauta_strip::{Block, FindingKind, Format, Identity, Refusal, What, reading_view, recognise, strip};
use common::formats::{clean, counted, gif, jpeg, svg, tiff, tiff_of, webp};
use common::{holds, identity, png_with_comment};

const NAME: &[u8] = b"Tamsin Quillfeather";

#[test]
fn tiff_keeps_pages_and_pixels() {
    let pages: &[(u16, u16, &[u8])] = &[
        (270, 2, b"OME-XML /home/Tamsin Quillfeather/x\0"),
        (274, 3, &[6, 0]),
        (315, 2, b"Tamsin Quillfeather\0"),
        (700, 1, b"<x:xmpmeta>Tamsin Quillfeather</x:xmpmeta>"),
        (33432, 2, b"Tamsin Quillfeather\0"),
        (330, 4, &[8, 0, 0, 0]),
        (34377, 1, b"8BIM Tamsin Quillfeather"),
        (50838, 4, &[1, 0, 0, 0]),
    ];
    let thumbnail: &[(u16, u16, &[u8])] = &[(254, 4, &[1, 0, 0, 0])];
    let dirty = tiff(&[pages, thumbnail, &[]]);
    let (_, blind) = clean(&dirty);
    assert_eq!(blind.format, Format::Tiff);
    assert_eq!(
        (
            counted(&blind, What::PictureMetadata),
            counted(&blind, What::HiddenParts)
        ),
        (7, 1)
    );
    // Two pages with their pixels and the way up are left.
    assert_eq!(blind.bytes.windows(4).filter(|w| *w == [1, 2, 3, 4]).count(), 2);
    assert!(
        blind
            .bytes
            .windows(12)
            .any(|w| w == [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0])
    );
    assert!(blind.report.findings[0].matched.contains("2 pages"));
    let mut long = dirty.clone();
    long.extend_from_slice(NAME);
    assert_eq!(strip(&long, &identity()).unwrap().bytes, blind.bytes);
}

#[test]
fn tiff_of_jpeg_keeps_no_words() {
    let exif = [&b"Exif\0\0"[..], NAME].concat();
    let mut strip = jpeg(&[(0xE1, &exif)], b"");
    // The last segment has no end, so that no cleaning by the rules is possible.
    strip.truncate(strip.len() - 2);
    strip.extend_from_slice(b"\xFF\xED\x7F\xFF");
    strip.extend_from_slice(NAME);
    let mut tables = jpeg(&[(0xFE, NAME), (0xDB, b"\0table")], b"");
    tables.truncate(tables.len() - 9);
    tables.extend_from_slice(&[0xFF, 0xD9]);
    let (_, blind) = clean(&tiff_of(&strip, 7, &[&[(347, 7, &tables)]]));
    assert_eq!(counted(&blind, What::PictureMetadata), 3);
    assert!(holds(&blind.bytes, "table"));
    assert!(blind.bytes.windows(7).any(|w| w == [0xFF, 0xDA, 0, 2, 1, 2, 3]));
}

#[test]
fn tiff_in_either_byte_order() {
    let mut big = b"MM\0*\0\0\0\x08\0\x0A".to_vec();
    for (tag, kind, value) in [
        (256_u16, 3_u16, 2_u16),
        (257, 3, 1),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
    ] {
        big.extend([tag, kind, 0, 1, value, 0].iter().flat_map(|n| n.to_be_bytes()));
    }
    let end = 8 + 2 + 10 * 12 + 4;
    big.extend(
        [273_u16, 4, 0, 1, 0, end as u16]
            .iter()
            .flat_map(|n| n.to_be_bytes()),
    );
    big.extend([277_u16, 3, 0, 1, 1, 0].iter().flat_map(|n| n.to_be_bytes()));
    big.extend([278_u16, 3, 0, 1, 1, 0].iter().flat_map(|n| n.to_be_bytes()));
    big.extend([279_u16, 4, 0, 1, 0, 2].iter().flat_map(|n| n.to_be_bytes()));
    big.extend(
        [305_u16, 2, 0, 20, 0, end as u16 + 2]
            .iter()
            .flat_map(|n| n.to_be_bytes()),
    );
    big.extend_from_slice(&[0, 0, 0, 0, 9, 8]);
    big.extend_from_slice(b"Tamsin Quillfeather\0");
    let (_, blind) = clean(&big);
    assert!(blind.bytes.starts_with(b"MM") && blind.bytes.windows(2).any(|w| w == [9, 8]));
}

#[test]
fn gif_keeps_its_frames() {
    let (_, blind) = clean(&gif("by Tamsin Quillfeather"));
    assert_eq!(
        (blind.format, counted(&blind, What::PictureMetadata)),
        (Format::Gif, 3)
    );
    assert!(
        blind
            .bytes
            .ends_with(b"\x21\xF9\x04\0\0\0\0\0\x2C\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3B")
    );
}

#[test]
fn webp_keeps_pixels_and_the_way_up() {
    let exif = [
        &b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x3B\x01\x02\0\x14\0\0\0\x26\0\0\0\0\0\0\0"
            [..],
        NAME,
        b"\0",
    ]
    .concat();
    let dirty = webp(&[
        (b"VP8X", &[0x2C, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        (b"ICCP", b"Tamsin Quillfeather's screen"),
        (b"VP8L", b"\x2F\0\0\0\0"),
        (b"EXIF", &exif),
        (b"XMP ", b"<x>Tamsin Quillfeather</x>"),
        (b"junk", NAME),
    ]);
    let (_, blind) = clean(&dirty);
    assert_eq!(
        (blind.format, counted(&blind, What::PictureMetadata)),
        (Format::Webp, 4)
    );
    assert_eq!(blind.bytes[20], 0x08, "only the way up is left beside the pixels");
    assert!(blind.bytes.windows(9).any(|w| w == b"VP8L\x05\0\0\0\x2F") && holds(&blind.bytes, "MM\0*"));
    assert_eq!(
        strip(&webp(&[(b"EXIF", NAME)]), &identity()).unwrap_err(),
        Refusal::Broken
    );
}

#[test]
fn jpeg_loses_every_application_segment() {
    let profile = {
        let mut p = vec![0; 128];
        p[36..40].copy_from_slice(b"acsp");
        p.extend_from_slice(&1_u32.to_be_bytes());
        p.extend_from_slice(b"cprt\0\0\0\x90\0\0\0\x20");
        p.extend_from_slice(b"text\0\0\0\0Tamsin Quillfeather\0....");
        p
    };
    let icc = [b"ICC_PROFILE\0\x01\x01", profile.as_slice()].concat();
    let c2pa = [&b"JP\0\0\0\0\0\x01jumb c2pa "[..], NAME].concat();
    let dirty = jpeg(
        &[
            (0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
            (0xE1, &[&b"Exif\0\0"[..], NAME].concat()),
            (0xE1, &[&b"http://ns.adobe.com/xap/1.0/\0"[..], NAME].concat()),
            (
                0xE1,
                &[&b"http://ns.adobe.com/xmp/extension/\0"[..], NAME].concat(),
            ),
            (0xE2, &icc),
            (0xE2, &[&b"MPF\0"[..], NAME].concat()),
            (0xEB, &c2pa),
            (0xED, &[&b"Photoshop 3.0\x008BIM"[..], NAME].concat()),
            (0xEE, &[&b"Adobe\0\x64\0\0\0\0\x01"[..], NAME].concat()),
            (0xFE, NAME),
            (0xDB, b"\0table"),
        ],
        NAME,
    );
    let (_, blind) = clean(&dirty);
    assert_eq!(counted(&blind, What::PictureMetadata), 10);
    assert!(holds(&blind.bytes, "acsp") && holds(&blind.bytes, "table") && !holds(&blind.bytes, "jumb"));
}

#[test]
fn png_loses_its_words() {
    let mut dirty = png_with_comment("Tamsin Quillfeather");
    dirty.extend_from_slice(NAME);
    let (_, blind) = clean(&dirty);
    assert_eq!(
        (blind.format, counted(&blind, What::PictureMetadata)),
        (Format::Png, 2)
    );
}

#[test]
fn svg_is_a_drawing_and_nothing_else() {
    let raster = data_encoding::BASE64.encode(&png_with_comment("Tamsin Quillfeather"));
    let dirty = svg(&format!(
        "<!-- Tamsin Quillfeather --><title>Tamsin Quillfeather</title><desc>x</desc><metadata><rdf>Tamsin Quillfeather</rdf></metadata>\
         <style>/* Tamsin Quillfeather */ .quillfeather{{fill:red}} #QuillfeatherLab{{stroke:url(#g1)}} @import url(http://northmoor.example/t.css);</style>\
         <script>alert('Tamsin Quillfeather')</script><defs><linearGradient id=\"g1\"/></defs>\
         <g inkscape:label=\"Tamsin Quillfeather\" id=\"QuillfeatherLab\" class=\"quillfeather\" onclick=\"x()\" data-owner=\"Quillfeather\">\
         <text x=\"1\" y=\"2\">Drawn by <tspan>Tamsin</tspan> Quill<tspan>feather</tspan>, 2020</text></g>\
         <g display=\"none\"><text>Quillfeather</text></g>\
         <a xlink:href=\"mailto:t.quillfeather@northmoor.example.org\"><rect width=\"1\" height=\"1\" fill=\"url(#g1)\"/></a>\
         <image xlink:href=\"data:image/png;base64,{raster}\" width=\"1\" height=\"1\"/><image href=\"http://x.example/t.png\"/>\
         <use xlink:href=\"#g1\"/><use xlink:href=\"http://x.example/a.svg#b\"/><foreignObject><p>Tamsin Quillfeather</p></foreignObject>"
    ));
    let (text, blind) = clean(&dirty);
    assert_eq!(text, "Drawn by […], 2020\n");
    let copy = String::from_utf8(blind.bytes.clone()).unwrap();
    for gone in [
        "script",
        "onclick",
        "http://x",
        "inkscape",
        "mailto",
        "import",
        "foreignObject",
        "<!--",
        "title",
        "data-owner",
    ] {
        assert!(!copy.contains(gone), "{gone}: {copy}");
    }
    for kept in [
        "class=\"c0\"",
        ".c0{fill:red}",
        "#i1{stroke:url(#i0)}",
        "fill=\"url(#i0)\"",
        "xlink:href=\"#i0\"",
        "data:image/png;base64,",
    ] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
    assert_eq!(
        (counted(&blind, What::Scripts), counted(&blind, What::Name)),
        (1, 1)
    );
    let kinds: Vec<FindingKind> = blind.report.findings.iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [FindingKind::Picture]);
    assert!(
        matches!(&reading_view(&blind.bytes).unwrap()[..], [Block::Picture { media_type, .. }] if media_type == "image/svg+xml")
    );
}

#[test]
fn svg_with_entities_prefixes_and_packed() {
    let source = "<?xml version=\"1.0\"?><!DOCTYPE svg:svg PUBLIC \"a\" \"b\" [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">]><svg:svg xmlns:svg=\"&ns_svg;\" xmlns:q=\"http://quillfeather.example/\" q:by=\"Tamsin Quillfeather\"><svg:rect width=\"1\"/></svg:svg>";
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut gz, source.as_bytes()).unwrap();
    for bytes in [source.as_bytes().to_vec(), gz.finish().unwrap()] {
        let (_, blind) = clean(&bytes);
        assert_eq!(blind.format, Format::Svg);
        assert!(
            String::from_utf8(blind.bytes)
                .unwrap()
                .contains("<rect width=\"1\"/>")
        );
    }
}

#[test]
fn settled_pictures_are_no_finding() {
    let blind = strip(&gif("x"), &identity()).unwrap();
    let id = Identity {
        keep: vec![blind.report.findings[0].key.clone()],
        ..identity()
    };
    assert!(strip(&gif("x"), &id).unwrap().report.findings.is_empty());
}

#[test]
fn other_pictures_and_bombs_are_refused_by_name() {
    let bmp = [&b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..], &[0; 60]].concat();
    let emf = [&[1, 0, 0, 0][..], &[0; 36], b" EMF", &[0; 60]].concat();
    for odd in [
        bmp.as_slice(),
        &emf,
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x18ftypavif\0\0\0\0",
        b"\xFF\x0Ajxl",
        b"8BPS\0\x01",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%For: x\n",
        b"\xD7\xCD\xC6\x9A\0\0",
        b"\0\0\0\x0CjP  \r\n\x87\n",
        b"II+\0\x08\0\0\0",
        &[&[0; 128][..], b"DICM"].concat(),
    ] {
        assert_eq!(recognise(odd), Err(Refusal::PictureFormat), "{odd:?}");
    }
    let mut wide = png_with_comment("x");
    wide[16..24].copy_from_slice(&[0, 1, 0x80, 0, 0, 1, 0x80, 0]);
    assert_eq!(strip(&wide, &identity()).unwrap_err(), Refusal::Bomb);
    let mut many = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0".to_vec();
    assert_eq!(strip(&many, &identity()).unwrap_err(), Refusal::Bomb);
    many[6..10].copy_from_slice(&[0xFF, 0x1F, 0xFF, 0x1F]);
    for _ in 0..100 {
        many.extend_from_slice(b"\x2C\0\0\0\0\xFF\x1F\xFF\x1F\0\x02\0");
    }
    many.push(0x3B);
    assert_eq!(strip(&many, &identity()).unwrap_err(), Refusal::Bomb);
    let huge = tiff(&[&[(256, 4, &[0, 0, 1, 0]), (257, 4, &[0, 0, 1, 0])]]);
    assert!(
        matches!(strip(&huge, &identity()), Err(Refusal::Bomb | Refusal::Broken))
            || strip(&huge, &identity()).is_ok()
    );
}
