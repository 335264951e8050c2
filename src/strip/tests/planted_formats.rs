//! Names planted anywhere in generated documents of each format: nothing planted is left, everything else is; the same input gives
//! the same copy, and a copy is not changed again.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use bauta_strip::{Identity, compare_text, strip};
use common::formats::{gif, odt, svg, tiff};
use common::{SECRETS, holds, identity, png_with_comment, unzip, zip};
use proptest::prelude::*;
use std::path::PathBuf;

const PLANTED: &[&str] = &[
    "Tamsin Quillfeather",
    "Quillfeather, Tamsin R.",
    "T. R. Quillfeather",
    "QUILLFEATHER",
    "Tamsin R Quillfeather",
    "t.quillfeather@northmoor.example.org",
    "0000-0002-1825-0097",
    "NMX-4471-20",
    "Northmoor General Hospital",
];
const FILLER: &[&str] = &[
    "gulls", "remember", "the", "tide", "with", "care", "nine", "harbours", "slowly", "below", "light",
    "observed",
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

fn joined(words: &[(String, bool)]) -> String {
    words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ")
}

fn fillers(words: &[(String, bool)]) -> Vec<&str> {
    words.iter().filter(|w| !w.1).map(|w| w.0.as_str()).collect()
}

fn left(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .filter(|w| !w.contains('…') && !w.contains('略'))
        .collect()
}

/// Everything that holds of every copy.
fn check(bytes: &[u8], kept: &[&str]) -> Result<(), TestCaseError> {
    let blind = strip(bytes, &identity())
        .map_err(|r| TestCaseError::fail(format!("{r}: {}", String::from_utf8_lossy(bytes))))?;
    let text = compare_text(&blind.bytes).unwrap();
    prop_assert_eq!(
        left(&text),
        kept,
        "{} from {}",
        String::from_utf8_lossy(&blind.bytes),
        String::from_utf8_lossy(bytes)
    );
    let parts: Vec<Vec<u8>> = if blind.bytes.starts_with(b"PK") {
        unzip(&blind.bytes).into_values().collect()
    } else {
        vec![blind.bytes.clone()]
    };
    for data in &parts {
        for secret in SECRETS {
            prop_assert!(
                !holds(data, secret),
                "{} in {}",
                secret,
                String::from_utf8_lossy(data)
            );
        }
    }
    prop_assert_eq!(&strip(bytes, &identity()).unwrap().bytes, &blind.bytes);
    let again = strip(&blind.bytes, &identity()).unwrap();
    prop_assert_eq!(
        String::from_utf8_lossy(&again.bytes),
        String::from_utf8_lossy(&blind.bytes)
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_odt_split_anywhere(words in words(), cuts in proptest::collection::vec(any::<bool>(), 400), hidden in 0_usize..6) {
        let mut body = String::from("<text:p>Start ");
        for (c, cut) in joined(&words).chars().zip(cuts.iter().cycle()) {
            let c = if c == ' ' && *cut { "<text:s/>".to_owned() } else { c.to_string() };
            body.push_str(&if *cut { format!("<text:span text:style-name=\"Quillfeather\">{c}</text:span>") } else { c });
        }
        body.push_str("</text:p>");
        let trap = ["", "<office:annotation><dc:creator>Tamsin Quillfeather</dc:creator></office:annotation>", "<text:author-name>Tamsin Quillfeather</text:author-name>", "<text:bookmark text:name=\"QuillfeatherLab\"/>", "<text:toc-mark text:string-value=\"QUILLFEATHER\"/>", "<draw:frame draw:name=\"Quillfeather\"><svg:desc>Quillfeather</svg:desc></draw:frame>"][hidden];
        let body = body.replace("Start ", &format!("Start {trap}"));
        let kept = [vec!["Start"], fillers(&words)].concat();
        check(&odt("", &body, &[("meta.xml", b"Tamsin Quillfeather".to_vec())]), &kept)?;
    }

    #[test]
    fn in_latex_split_anywhere(words in words(), cuts in proptest::collection::vec(0_u8..12, 400)) {
        let mut body = String::new();
        let text = joined(&words);
        let next = text.chars().skip(1).chain(std::iter::once(' '));
        for ((c, next), cut) in text.chars().zip(next).zip(cuts.iter().cycle()) {
            match (c, cut) {
                (' ', 0) => body.push('~'),
                (' ', 1) => body.push_str("\n  "),
                (' ', 2) => body.push_str("\\ % Tamsin Quillfeather\n"),
                // A space before a comment is read, the line's end and the next line's indent are not.
                (' ', 7) => body.push_str(" % Tamsin Quillfeather\n  "),
                (c, 3) if c.is_alphabetic() => body.push_str(&format!("\\emph{{{c}}}")),
                (c, 4) if c.is_alphabetic() => body.push_str(&format!("{{{c}}}")),
                // A comment swallows the spaces behind it.
                (c, 5) if c.is_alphabetic() && next.is_alphabetic() => body.push_str(&format!("{c}%\n")),
                (c, 8) if c.is_alphabetic() && next.is_alphabetic() => body.push_str(&format!("{c}% Tamsin Quillfeather\n\t")),
                (c, 6) if c.is_alphabetic() => body.push_str(&format!("{c}\\-")),
                (c, _) => body.push(c),
            }
        }
        let tex = format!("\\documentclass{{article}}\n\\author{{Tamsin Quillfeather}}\n\\begin{{document}}\nStart {body}\n\\end{{document}}\nQuillfeather");
        let kept = [vec!["Start"], fillers(&words)].concat();
        check(tex.as_bytes(), &kept)?;
        check(&zip(&[("Quillfeather/ms.tex", tex.into_bytes()), ("Quillfeather/ms.log", b"Quillfeather".to_vec())]), &kept)?;
    }

    #[test]
    fn in_markdown_split_anywhere(words in words(), cuts in proptest::collection::vec(0_u8..10, 400)) {
        let mut body = String::new();
        for (word, cut) in words.iter().zip(cuts.iter().cycle()) {
            let text = &word.0;
            let wrapped = match cut {
                0 if word.1 => format!("<!-- Quillfeather -->{text}"),
                1 => format!("**{text}**"),
                2 => format!("*{text}*"),
                3 if !text.contains('@') => format!("[{text}](https://gulls.example/x)"),
                4 => text.replace(' ', "\n"),
                5 => text.replace(' ', "&nbsp;"),
                6 => text.chars().map(|c| format!("{c}\u{200B}")).collect(),
                _ => text.clone(),
            };
            body.push_str(&wrapped);
            body.push(' ');
        }
        let text = format!("---\ntitle: x\nauthor: Tamsin Quillfeather\n---\n\n# Abstract\n\nStart {body}\n");
        let kept = [vec!["Abstract", "Start"], fillers(&words)].concat();
        check(text.as_bytes(), &kept)?;
    }

    #[test]
    fn in_svg_split_anywhere(words in words(), cuts in proptest::collection::vec(any::<bool>(), 400)) {
        let text: String = joined(&words).chars().zip(cuts.iter().cycle()).map(|(c, cut)| if *cut { format!("<tspan>{c}</tspan>") } else { c.to_string() }).collect();
        check(&svg(&format!("<!-- Tamsin Quillfeather --><text id=\"Quillfeather\">{text}</text>")), &fillers(&words))?;
    }

    #[test]
    fn in_pictures(comment in "[a-z]{0,20}Tamsin Quillfeather[a-z ]{0,20}") {
        check(&gif(&comment), &[])?;
        check(&tiff(&[&[(315, 2, comment.as_bytes())], &[(270, 2, comment.as_bytes())]]), &[])?;
        check(&png_with_comment(&comment), &[])?;
    }

    /// No file, however odd, does worse than being refused.
    #[test]
    fn odd_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300), head in 0_usize..14, at in 0_usize..400) {
        let heads: [&[u8]; 7] = [b"", b"GIF89a\x05\0\x05\0\0\0\0", b"II*\0\x08\0\0\0", b"RIFF\x20\0\0\0WEBP", b"<svg xmlns='http://www.w3.org/2000/svg'>", b"\\documentclass{a}\\begin{document}", b"---\na: b\n---\n"];
        let input = if head < 7 {
            [heads[head], &bytes].concat()
        } else {
            // A good file with bytes changed.
            let mut good = [gif("x"), tiff(&[&[(315, 2, b"Tamsin")]]), svg("<text>a</text>"), odt("", "<text:p>a</text:p>", &[]), png_with_comment("x"), zip(&[("m.tex", b"\\documentclass{a}".to_vec())]), b"# A\n\n[x](y)\n".to_vec()][head - 7].clone();
            for (n, b) in bytes.iter().take(6).enumerate() {
                let len = good.len();
                good[(at + n * 37) % len] = *b;
            }
            good
        };
        if let Ok(blind) = strip(&input, &identity()) {
            for secret in SECRETS {
                prop_assert!(!holds(&blind.bytes, secret));
            }
            // What was all unseen letters leaves nothing.
            if !blind.bytes.trim_ascii().is_empty() {
                let again = strip(&blind.bytes, &identity());
                prop_assert_eq!(again.map(|b| b.bytes), Ok(blind.bytes));
            }
        }
    }
}

fn corpus() -> Option<PathBuf> {
    let named = std::env::var_os("BAUTA_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    named
        .into_iter()
        .chain([beside])
        .map(|p| p.join("corpus"))
        .find(|p| p.is_dir())
}

/// The real OpenDocument texts and pictures: cleaned to the same bytes each time and for good; the words stay.
#[test]
fn the_corpus() {
    let Some(folder) = corpus() else {
        println!("no shared corpus: the generated documents stand in for it");
        check(
            &odt("", "<text:p>Start gulls end</text:p>", &[]),
            &["Start", "gulls", "end"],
        )
        .unwrap();
        return;
    };
    let all = std::env::var("BAUTA_CORPUS").is_ok_and(|v| v == "all");
    let few = [
        "mat2_dirty.odt",
        "pandoc_formula.odt",
        "mat2_revision.odt",
        "mat2_dirty.webp",
        "mat2_dirty.svg",
        "mat2_dirty.gif",
    ];
    let mut seen = 0;
    for kind in ["odt", "image"] {
        for file in std::fs::read_dir(folder.join(kind)).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if !all && !few.contains(&name.as_str()) {
                continue;
            }
            let bytes = std::fs::read(file.path()).unwrap();
            match strip(&bytes, &Identity::default()) {
                Ok(blind) => {
                    seen += 1;
                    assert_eq!(strip(&bytes, &Identity::default()).unwrap(), blind, "{name}");
                    assert_eq!(
                        strip(&blind.bytes, &Identity::default()).unwrap().bytes,
                        blind.bytes,
                        "{name} is changed again"
                    );
                    assert_eq!(
                        compare_text(&blind.bytes).unwrap(),
                        compare_text(&bytes).unwrap(),
                        "{name}"
                    );
                }
                Err(refusal) => assert!(
                    name.contains("corrupted") || name.contains("weird"),
                    "{name}: {refusal}"
                ),
            }
        }
    }
    assert!(seen >= 4);
}
