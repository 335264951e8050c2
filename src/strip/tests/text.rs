//! Plain text, in every encoding and in pieces; and what an outgoing letter mentions.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{
    Block, Format, Identity, Person, Refusal, What, mentions, pdf_pages, reading_view, strip, strip_text,
};
use common::{SECRETS, holds, identity};

#[test]
fn encodings_are_told_and_the_copy_is_utf8() {
    let text = "潮汐与海鸥记忆的研究\n沈　玉兰\n东陵海洋大学附属医院\n摘要：目的 探讨海鸥对潮汐的记忆。方法 选取我国沿海地区的海鸥作为研究对象，进行观察和统计分析。\n";
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let gb = encoding_rs::GB18030.encode(text).0.into_owned();
    let big5 = encoding_rs::BIG5.encode("潮汐與海鷗記憶的研究\n沈玉蘭\n摘要：目的 探討海鷗對潮汐的記憶。方法 選取沿海地區的海鷗作為研究對象，進行觀察和統計分析。\n").0.into_owned();
    let traditional = Identity {
        people: vec![Person {
            native_name: "沈玉蘭".into(),
            ..Person::default()
        }],
        ..Identity::default()
    };
    for (bytes, id) in [
        (text.as_bytes().to_vec(), identity()),
        (wide, identity()),
        (gb, identity()),
        (big5, traditional),
    ] {
        let blind = strip(&bytes, &id).unwrap();
        let clean = String::from_utf8(blind.bytes.clone()).unwrap();
        assert_eq!(blind.format, Format::Text);
        assert!(!clean.contains("沈") && clean.contains("摘要："), "{clean}");
        assert_eq!(strip(&blind.bytes, &id).unwrap().bytes, blind.bytes);
    }
    assert_eq!(
        strip(&[0xFF, 0xFE, 0, 0xD8, 0x41], &identity()).unwrap_err(),
        Refusal::Undecodable
    );
    assert_eq!(strip(b" \n", &identity()).unwrap_err(), Refusal::Empty);
}

#[test]
fn a_rebuttal_keeps_its_argument() {
    let (clean, report) = strip_text(
        "We, Tamsin Quillfeather and 沈玉兰（Yu-Lan SHEN），thank the reviewers. As Quillfeather (2020) showed [4], the tide turns; trial NMX 4471 20. Write to {t.quillfeather, y.shen}@northmoor.example.org or see http://orcid.org/0000-0002-1825-0097.",
        &identity(),
    );
    assert_eq!(
        clean,
        "We, […]（［略］），thank the reviewers. As […] (2020) showed [4], the tide turns; trial […]. Write to […] or see […]."
    );
    for secret in SECRETS {
        assert!(!holds(clean.as_bytes(), secret));
    }
    let count = |what| {
        report
            .removed
            .iter()
            .filter(|r| r.what == what)
            .map(|r| r.count)
            .sum::<u32>()
    };
    assert_eq!(
        (count(What::Email), count(What::Orcid), count(What::Number)),
        (1, 1, 1)
    );
    assert_eq!(strip_text(&clean, &identity()).0, clean);
}

#[test]
fn hidden_letters_cannot_hide_a_name() {
    let (clean, _) = strip_text(
        "Ta\u{200B}msin Quill\u{AD}fea\u{2060}ther, ＴＡＭＳＩＮ ＱＵＩＬＬＦＥＡＴＨＥＲ, Quill-\nfeather",
        &identity(),
    );
    assert_eq!(clean, "[…]\n[…]");
}

#[test]
fn common_words_stay() {
    let people = ["Theresa May", "Jin Park", "Bo Li", "Will Long"].map(|n| Person {
        name: n.into(),
        ..Person::default()
    });
    let id = Identity {
        people: people
            .into_iter()
            .chain([Person {
                native_name: "高明".into(),
                ..Person::default()
            }])
            .collect(),
        ..Identity::default()
    };
    let text = "In May we may walk in the park for long; Li-ion cells, a park will do, 高血压 和 明显 升高。";
    assert_eq!(strip_text(text, &id).0, text);
    assert!(mentions(text, &id).is_empty());
    assert_eq!(
        mentions("Dear Dr May, Jin Park and 高明 agree", &id),
        ["Jin Park", "高明"]
    );
}

#[test]
fn mentions_are_precise() {
    let id = identity();
    assert_eq!(
        mentions("SHEN Yulan wrote from t.quillfeather@northmoor.example.org", &id),
        ["Yulan Shen", "t.quillfeather@northmoor.example.org"]
    );
    assert_eq!(
        mentions("see 0000 0002 1825 0097 and NMX-4471-20", &id),
        ["NMX-4471-20", "https://orcid.org/0000-0002-1825-0097"]
    );
    assert!(mentions("Quillfeather, Shen and Northmoor", &id).is_empty());
    assert!(mentions("Tamsin said that Shen left", &id).is_empty());
}

#[test]
fn reading_a_text() {
    let blocks = reading_view(b"Methods\nWe counted\ngulls.\n\n- one\n- two\n").unwrap();
    assert_eq!(
        blocks,
        [
            Block::Heading {
                level: 1,
                text: "Methods".into()
            },
            Block::Paragraph("We counted\ngulls.".into()),
            Block::ListItem("one".into()),
            Block::ListItem("two".into())
        ]
    );
    assert!(pdf_pages(b"Methods").is_err());
}

#[test]
fn pictures_lose_their_words() {
    let dirty = common::png_with_comment("Tamsin Quillfeather");
    let blind = strip(&dirty, &identity()).unwrap();
    assert!(!holds(&blind.bytes, "Quillfeather") && blind.format == Format::Png);
    assert_eq!(strip(&blind.bytes, &identity()).unwrap().bytes, blind.bytes);
    assert_eq!(strip(&dirty[..40], &identity()).unwrap_err(), Refusal::Broken);
}

#[test]
fn reports_travel_as_json() {
    let blind = strip(b"By Tamsin Quillfeather, as we have shown.", &identity()).unwrap();
    let json = serde_json::to_string(&blind.report).unwrap();
    assert!(
        json.contains("\"what\":\"name\"") && json.contains("\"kind\":\"self-citation\""),
        "{json}"
    );
    assert_eq!(
        serde_json::from_str::<bauta_strip::Report>(&json).unwrap(),
        blind.report
    );
    assert_eq!(
        serde_json::to_string(&Refusal::IdentityRemains).unwrap(),
        "\"identity-remains\""
    );
    assert_eq!(
        serde_json::from_str::<Identity>("{\"people\":[{\"name\":\"X Y\"}]}")
            .unwrap()
            .people[0]
            .name,
        "X Y"
    );
}
