//! How many names fit the gap that a redaction leaves: each name is set into the same sentence, and what cannot be told apart
//! afterwards counts as one class.

use crate::{Bench, Row, common};
use bauta_strip::{Identity, Person, strip};
use std::collections::BTreeMap;

const GIVEN: &[&str] = &[
    "Ada",
    "Bo",
    "Cleo",
    "Dorothea",
    "Ed",
    "Franziska",
    "Gil",
    "Hildegard",
    "Ike",
    "Josephine",
    "Kay",
    "Leopoldina",
    "Mo",
];
const FAMILY: &[&str] = &[
    "Oakes",
    "Marsh",
    "Winterbottom",
    "Lee",
    "Featherstonehaugh",
    "Iliffe",
    "Wimmers",
    "Stone",
    "Mallory",
    "Fitzwilliam",
    "Tull",
    "Quill",
];

/// 149 invented names, short and long.
fn names() -> Vec<String> {
    GIVEN
        .iter()
        .flat_map(|g| FAMILY.iter().map(move |f| format!("{g} {f}")))
        .take(149)
        .collect()
}

fn identity(name: &str) -> Identity {
    Identity {
        people: vec![Person {
            name: name.into(),
            ..Person::default()
        }],
        ..Identity::default()
    }
}

/// The mean number of names in the class of a name.
fn mean(copies: &[Vec<u8>]) -> f64 {
    let mut classes: BTreeMap<&[u8], u32> = BTreeMap::new();
    copies.iter().for_each(|c| *classes.entry(c).or_default() += 1);
    let sum: u32 = classes.values().map(|n| n * n).sum();
    f64::from(sum) / f64::from(u32::try_from(copies.len().max(1)).unwrap())
}

pub fn run(_: &Bench) -> Vec<Row> {
    let pdf = |name: &str| {
        let mut pdf = common::Pdf::new();
        pdf.page(&format!("BT /F1 11 Tf 60 700 Td (The gulls of the harbour were counted by {name} and then released.) Tj ET"));
        pdf.finish(|_, _| {})
    };
    let docx = |name: &str| {
        common::docx(
            &common::p(&format!("The gulls were counted by {name} and then released.")),
            &[],
            &[],
        )
    };
    let copies = |make: &dyn Fn(&str) -> Vec<u8>| -> Vec<Vec<u8>> {
        names()
            .iter()
            .filter_map(|n| strip(&make(n), &identity(n)).ok())
            .map(|b| b.bytes)
            .collect()
    };
    let (p, d) = (copies(&pdf), copies(&docx));
    vec![
        Row::new(
            "candidates of 149 names that fit a gap, PDF",
            ">= 20",
            format!("{:.1} ({} copies)", mean(&p), p.len()),
        ),
        Row::new(
            "candidates of 149 names that fit a gap, DOCX",
            ">= 20",
            format!("{:.1} ({} copies)", mean(&d), d.len()),
        ),
    ]
}
