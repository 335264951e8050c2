//! What is refused, and by which name; and what a text's own ways to name its author are.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{Format, Identity, Person, Refusal, What, recognise, strip};
use common::formats::{clean, counted};
use common::{docx, identity, p, zip};

/// An old compound file with a stream of this name.
fn compound(stream: &str) -> Vec<u8> {
    let mut out = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    out.extend([0; 600]);
    out.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
    out
}

#[test]
fn each_by_its_name() {
    let office = |folder: &str| {
        zip(&[
            ("[Content_Types].xml", b"<Types/>".to_vec()),
            (folder, b"<x/>".to_vec()),
        ])
    };
    let cases: Vec<(Vec<u8>, Refusal)> = vec![
        (Vec::new(), Refusal::Empty),
        (b" \r\n\t ".to_vec(), Refusal::Empty),
        (compound("WordDocument"), Refusal::Legacy),
        (compound("EncryptedPackage"), Refusal::Encrypted),
        (compound("_VBA_PROJECT"), Refusal::Macros),
        (b"{\\rtf1\\ansi x}".to_vec(), Refusal::Legacy),
        (b"\xEF\xBB\xBF {\\rtf1 x}".to_vec(), Refusal::Legacy),
        (office("xl/workbook.xml"), Refusal::OfficeFormat),
        (office("ppt/presentation.xml"), Refusal::OfficeFormat),
        (
            zip(&[("Index/Document.iwa", b"x".to_vec())]),
            Refusal::OfficeFormat,
        ),
        (
            zip(&[("paper.docx", docx(&p("x"), &[], &[]))]),
            Refusal::ArchiveFormat,
        ),
        (b"Rar!\x1A\x07\0".to_vec(), Refusal::ArchiveFormat),
        (b"7z\xBC\xAF\x27\x1C".to_vec(), Refusal::ArchiveFormat),
        (b"\x1F\x8B\x08\0\0\0\0\0".to_vec(), Refusal::ArchiveFormat),
        (b"<html><body>Tamsin</body></html>".to_vec(), Refusal::Unsupported),
        (
            b"<?xml version=\"1.0\"?><article/>".to_vec(),
            Refusal::Unsupported,
        ),
        (b"RIFF\x10\0\0\0WAVEfmt ".to_vec(), Refusal::Unsupported),
        (b"\x7FELF\x02\x01\x01\0\0\0\0\0\0".to_vec(), Refusal::Undecodable),
        (b"PK\x03\x04 and nothing".to_vec(), Refusal::Broken),
    ];
    for (bytes, why) in cases {
        assert_eq!(
            strip(&bytes, &identity()).unwrap_err(),
            why,
            "{}",
            String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
        );
    }
}

#[test]
fn macros_in_a_package() {
    let docm = docx(&p("x"), &[("word/vbaProject.bin", b"x".to_vec())], &[]);
    assert_eq!(strip(&docm, &identity()).unwrap_err(), Refusal::Macros);
}

#[test]
fn bombs() {
    let zeros = vec![0; 60 << 20];
    assert_eq!(
        strip(&zip(&[("word/document.xml", zeros.clone())]), &identity()).unwrap_err(),
        Refusal::Bomb
    );
    assert_eq!(recognise(&zip(&[("main.tex", zeros)])), Err(Refusal::Bomb));
    let many: Vec<(String, Vec<u8>)> = (0..5001).map(|n| (format!("f{n}.tex"), Vec::new())).collect();
    let many: Vec<(&str, Vec<u8>)> = many.iter().map(|(n, d)| (n.as_str(), d.clone())).collect();
    assert_eq!(recognise(&zip(&many)), Err(Refusal::Bomb));
    let deep = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\">{}{}</svg>",
        "<g>".repeat(1000),
        "</g>".repeat(1000)
    );
    assert_eq!(strip(deep.as_bytes(), &identity()).unwrap_err(), Refusal::Bomb);
    let out = zip(&[("../main.tex", b"\\documentclass{a}".to_vec())]);
    assert_eq!(recognise(&out), Err(Refusal::Broken));
}

#[test]
fn a_text_loses_its_signature() {
    let (text, blind) = clean(b"Answer to the reviewers\n\nWe counted gulls again.\n\nYours sincerely,\nT. Q.\nHead of the gull house\n");
    assert_eq!(
        (text.as_str(), blind.format),
        (
            "Answer to the reviewers\n\nWe counted gulls again.\n\n",
            Format::Text
        )
    );
    assert_eq!(counted(&blind, What::AuthorBlock), 1);
    let (text, _) = clean("我们补充了统计分析。\n\n此致\n敬礼\n某某课题组\n".as_bytes());
    assert_eq!(text, "我们补充了统计分析。\n\n");
    let (text, _) = clean(b"We counted.\n-- \nT. Q.\nNorthmoor\n");
    assert_eq!(text, "We counted.\n");
    // A greeting in the middle is none.
    let long = format!("Regards\n{}", "A long line of the text that goes on about gulls and tides, far longer than any signature could be.\n".repeat(3));
    assert_eq!(clean(long.as_bytes()).0, long);
}

#[test]
fn texts_in_east_asian_encodings() {
    let person = |name: &str| Identity {
        people: vec![Person {
            native_name: name.into(),
            ..Person::default()
        }],
        ..Identity::default()
    };
    let japanese = "潮汐の記憶に関する研究\n著者は山田太郎である。\n本研究では、カモメが潮の満ち引きをどのように記憶しているかを調べた。方法としては、沿岸の港で観察を行い、統計的に分析した。\n";
    let korean = "조류의 기억에 관한 연구\n저자는 홍길동입니다.\n본 연구에서는 갈매기가 조수의 변화를 어떻게 기억하는지 조사하였다. 해안에서 관찰하고 통계적으로 분석하였다.\n";
    for (encoding, text, name) in [
        (encoding_rs::SHIFT_JIS, japanese, "山田太郎"),
        (encoding_rs::EUC_JP, japanese, "山田太郎"),
        (encoding_rs::EUC_KR, korean, "홍길동"),
        (encoding_rs::UTF_8, japanese, "山田太郎"),
    ] {
        let bytes = encoding.encode(text).0.into_owned();
        let blind = strip(&bytes, &person(name)).unwrap();
        let clean = String::from_utf8(blind.bytes).unwrap();
        assert_eq!(clean, text.replace(name, "［略］"), "{}", encoding.name());
    }
}
