//! Names planted anywhere, written anyhow: nothing planted is left, everything else is.

#![allow(clippy::unwrap_used)]

mod common;

use bauta_strip::{compare_text, strip, strip_text};
use common::{Pdf, SECRETS, docx, holds, identity, unpacked, unzip};
use proptest::prelude::*;

const PLANTED: &[&str] = &[
    "Tamsin Quillfeather",
    "Quillfeather, Tamsin R.",
    "T. R. Quillfeather",
    "QUILLFEATHER",
    "Tamsin R Quillfeather",
    "Quillfeather T",
    "t.quillfeather@northmoor.example.org",
    "0000-0002-1825-0097",
    "NMX-4471-20",
    "Northmoor General Hospital",
];
const FILLER: &[&str] = &[
    "gulls", "remember", "the", "tide", "with", "care", "nine", "harbours", "slowly", "below", "may",
    "light", "observed",
];

/// Words, some of them planted, each planted one between fillers.
fn words() -> impl Strategy<Value = Vec<(String, bool)>> {
    let filler = proptest::sample::select(FILLER).prop_map(|w| (w.to_owned(), false));
    let planted = proptest::sample::select(PLANTED).prop_map(|w| (w.to_owned(), true));
    proptest::collection::vec((filler, proptest::option::weighted(0.3, planted)), 3..25).prop_map(|pairs| {
        let mut out: Vec<(String, bool)> = pairs
            .into_iter()
            .flat_map(|(f, p)| std::iter::once(f).chain(p))
            .collect();
        out.push(("end".to_owned(), false));
        out
    })
}

fn fillers(words: &[(String, bool)]) -> Vec<&str> {
    words.iter().filter(|w| !w.1).map(|w| w.0.as_str()).collect()
}

fn left(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .filter(|w| !w.contains('…') && !w.contains('略'))
        .collect()
}

fn escape(c: char) -> String {
    match c {
        '&' => "&amp;".into(),
        '<' => "&lt;".into(),
        c => c.into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_text(words in words()) {
        let text = words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ");
        let (clean, _) = strip_text(&text, &identity());
        prop_assert_eq!(left(&clean), fillers(&words));
        prop_assert_eq!(&strip_text(&clean, &identity()).0, &clean);
    }

    #[test]
    fn in_docx_split_anywhere(words in words(), cuts in proptest::collection::vec(any::<bool>(), 400)) {
        let text = words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ");
        let mut body = String::from("<w:p><w:r><w:t xml:space=\"preserve\">");
        for (c, cut) in text.chars().zip(cuts.iter().cycle()) {
            if *cut {
                body.push_str("</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">");
            }
            body.push_str(&escape(c));
        }
        body.push_str("</w:t></w:r></w:p>");
        let blind = strip(&docx(&body, &[], &[]), &identity()).unwrap();
        let text = compare_text(&blind.bytes).unwrap();
        prop_assert_eq!(left(&text), fillers(&words));
        for data in unzip(&blind.bytes).values() {
            for secret in SECRETS {
                prop_assert!(!holds(data, secret));
            }
        }
    }

    #[test]
    fn in_pdf_split_anywhere(words in words(), cuts in proptest::collection::vec(-40_i32..40, 400)) {
        let mut content = String::from("BT /F1 10 Tf 14 TL 40 780 Td ");
        let mut kerns = cuts.iter().cycle();
        // Seven words a line, some glyphs kerned apart or together.
        for line in words.chunks(7) {
            content.push('[');
            for c in line.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ").chars() {
                let kern = kerns.next().copied().unwrap_or(0);
                content.push_str(&format!("({c})"));
                if !(-20..=20).contains(&kern) {
                    content.push_str(&format!(" {kern} "));
                }
            }
            content.push_str("] TJ T* ");
        }
        content.push_str("ET");
        let mut pdf = Pdf::new();
        pdf.page(&content);
        let blind = strip(&pdf.finish(|_, _| {}), &identity()).unwrap();
        let text = compare_text(&blind.bytes).unwrap();
        prop_assert_eq!(left(&text), fillers(&words));
        let all = unpacked(&blind.bytes);
        for secret in SECRETS {
            prop_assert!(!holds(&all, secret));
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), head in 0_usize..5) {
        let heads: [&[u8]; 5] = [b"", b"%PDF-1.4\n1 0 obj<</Type/Catalog", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF"];
        let _ = strip(&[heads[head], &bytes].concat(), &identity());
    }
}

/// Good files with single bytes changed: an answer, never a panic.
#[test]
fn damaged_files_get_an_answer() {
    let mut pdf = Pdf::new();
    pdf.page("BT /F1 10 Tf 50 700 Td (Tamsin Quillfeather) Tj ET");
    for mut file in [
        pdf.finish(|_, _| {}),
        docx(&common::p("Tamsin Quillfeather"), &[], &[]),
        common::png_with_comment("x"),
    ] {
        let size = file.len();
        for step in 0..150 {
            let at = step * 7919 % size;
            let old = file[at];
            file[at] = old.wrapping_add(u8::try_from(step % 255).unwrap() + 1);
            if let Ok(blind) = strip(&file, &identity()) {
                assert!(!holds(&blind.bytes, "Tamsin Quillfeather"));
            }
            file[at] = old;
        }
    }
}
