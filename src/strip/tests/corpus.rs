//! Real papers, when the folder beside the repository is there; otherwise documents made here, and it says so.
//! Four files by default, all of them with `BAUTA_CORPUS=all`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use bauta_strip::{Identity, Person, Refusal, compare_text, strip};
use std::path::PathBuf;

fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("BAUTA_SHARED").map(PathBuf::from);
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    named
        .into_iter()
        .chain([beside])
        .map(|p| p.join("corpus"))
        .find(|p| p.is_dir())
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Strips a paper and gives what is wrong with the copy.
fn judge(name: &str, bytes: &[u8], authors: &[&str]) -> Vec<String> {
    let person = |n: &&str| match n.chars().next() {
        Some(c) if u32::from(c) >= 0x2E80 => Person {
            native_name: (*n).into(),
            ..Person::default()
        },
        _ => Person {
            name: (*n).into(),
            ..Person::default()
        },
    };
    let identity = Identity {
        people: authors.iter().map(person).collect(),
        ..Identity::default()
    };
    let blind = match strip(bytes, &identity) {
        Ok(blind) => blind,
        Err(refusal) => return vec![format!("{name}: refused, {refusal:?}")],
    };
    let (before, after) = (compare_text(bytes).unwrap(), compare_text(&blind.bytes).unwrap());
    let mut wrong: Vec<String> = authors
        .iter()
        .filter(|a| letters(&after).contains(&letters(a)))
        .map(|_| format!("{name}: a name is left"))
        .collect();
    if !authors.iter().any(|a| letters(&before).contains(&letters(a))) {
        wrong.push(format!("{name}: no name was there to begin with"));
    }
    let (many, few) = (
        before.split_whitespace().count(),
        after.split_whitespace().count(),
    );
    if few * 100 < many * 93 {
        wrong.push(format!("{name}: {} of {many} words are gone", many - few));
    }
    if strip(&blind.bytes, &identity).map(|b| b.bytes) != Ok(blind.bytes) {
        wrong.push(format!("{name}: a second cleaning changes it"));
    }
    wrong
}

fn made_here() -> Vec<String> {
    println!("no shared corpus: documents made by the test stand in for it");
    let mut wrong = Vec::new();
    for authors in [
        ["Tamsin Quillfeather", "Gidleigh Ostrowidzka"],
        ["Ottoline van der Brugge", "Wren Ashgrove-Péteri"],
    ] {
        let body: String = (0..60)
            .map(|n| {
                common::p(&format!(
                    "Sentence {n} about gulls and tides, of which there are many more to come."
                ))
            })
            .collect();
        let text = [
            common::p("Gulls"),
            common::p(&authors.join(", ")),
            common::p("Abstract"),
            body,
        ]
        .concat();
        wrong.extend(judge("made.docx", &common::docx(&text, &[], &[]), &authors));
    }
    wrong
}

#[test]
fn papers() {
    let all = std::env::var("BAUTA_CORPUS").is_ok_and(|v| v == "all");
    let few = [
        "medical-response.docx",
        "mooney05.pdf",
        "zh-word2013.pdf",
        "cermine_test3.pdf",
    ];
    let mut wrong = Vec::new();
    match shared() {
        None => wrong = made_here(),
        Some(folder) => {
            for kind in ["docx", "pdf"] {
                let truth = std::fs::read_to_string(folder.join(kind).join("truth.tsv")).unwrap();
                for (name, authors) in truth
                    .lines()
                    .filter_map(|l| l.split_once('\t'))
                    .filter(|(n, _)| all || few.contains(n))
                {
                    let bytes = std::fs::read(folder.join(kind).join(name)).unwrap();
                    wrong.extend(judge(name, &bytes, &authors.split('|').collect::<Vec<_>>()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every small file is cleaned, or refused for a reason of its own.
#[test]
fn odd_files() {
    let all = std::env::var("BAUTA_CORPUS").is_ok_and(|v| v == "all");
    let Some(folder) = shared().filter(|_| all) else {
        println!("only with BAUTA_CORPUS=all and the shared corpus");
        assert_eq!(strip(b"", &Identity::default()).unwrap_err(), Refusal::Empty);
        return;
    };
    for kind in ["docx", "pdf-features", "pdf-metadata", "image", "odt"] {
        for file in std::fs::read_dir(folder.join(kind)).unwrap().flatten() {
            match strip(&std::fs::read(file.path()).unwrap(), &Identity::default()) {
                Ok(_) => {}
                Err(refusal) => println!("{}: {refusal}", file.file_name().to_string_lossy()),
            }
        }
    }
}
