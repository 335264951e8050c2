//! What a gap says about the name that stood there: of 149 common names, how many leave the same bytes behind.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use bauta_strip::{Identity, Person, strip};
use common::{Pdf, unpacked};
use lopdf::{Object, dictionary};
use std::collections::BTreeMap;

const GIVEN: &[&str] = &[
    "Ann",
    "Benjamin",
    "Carla",
    "Daniel",
    "Elizabeth",
    "Franz",
    "Giulia",
    "Hao",
    "Ines",
    "Jonathan",
    "Katarzyna",
    "Li",
    "Margaret",
    "Nikolaos",
    "Olga",
    "Pierre",
    "Ruth",
];
const SURNAMES: &[&str] = &[
    "Abbott",
    "Bergström",
    "Castellanos",
    "Dietrich",
    "Ek",
    "Fitzgerald",
    "Guo",
    "Hashimoto",
    "Ivanova",
    "Jørgensen",
    "Kowalczyk",
    "Lindqvist",
    "Moreau",
    "Nakagawa",
    "Oyelaran",
    "Papadopoulos",
    "Quist",
    "Rasmussen",
    "Szabó",
];

fn names() -> Vec<String> {
    (0..149)
        .map(|n| format!("{} {}", GIVEN[n % GIVEN.len()], SURNAMES[n % SURNAMES.len()]))
        .collect()
}

/// How wide a name is in Times, in thousandths, by the standard's own table of widths.
fn width(name: &str) -> u32 {
    let wide = |c: char| match c {
        'f' | 'i' | 'j' | 'l' | 't' => 278,
        ' ' => 250,
        'r' => 333,
        's' | 'J' => 389,
        'a' | 'c' | 'e' | 'z' | 'ó' | 'ö' => 444,
        'm' => 778,
        'w' | 'A' | 'D' | 'G' | 'H' | 'K' | 'N' | 'O' | 'Q' => 722,
        'M' => 889,
        'B' | 'C' | 'R' => 667,
        'E' | 'L' => 611,
        'F' | 'P' | 'S' => 556,
        'I' => 333,
        _ => 500,
    };
    name.chars().map(wide).sum()
}

/// A page that names somebody, with the rest of the line placed by itself or not.
fn page(name: &str, apart: bool) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let times = pdf.doc.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman", "Encoding" => "WinAnsiEncoding" });
    pdf.fonts.set("T", Object::Reference(times));
    let octal: String = name
        .chars()
        .map(|c| {
            if c.is_ascii() {
                c.to_string()
            } else {
                format!("\\{:o}", u32::from(c))
            }
        })
        .collect();
    let end = f64::from(width(name)) / 100.0 + 2.5;
    let content = if apart {
        format!(
            "BT /T 10 Tf 1 0 0 1 50 700 Tm (This was seen by) Tj 72 0 Td ({octal}) Tj {end} 0 Td (on that day.) Tj -{} -12 Td (Then all went home.) Tj ET",
            72.0 + end
        )
    } else {
        format!(
            "BT /T 10 Tf 50 700 Td (This was seen by {octal} on that day.) Tj 0 -12 Td (Then all went home.) Tj ET"
        )
    };
    pdf.page(&content);
    pdf.finish(|_, _| {})
}

/// For each name, how many of all leave the same behind: on average, and at the least for nine names of ten.
fn candidates(apart: bool) -> (usize, usize) {
    let mut groups: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for name in names() {
        let identity = Identity {
            people: vec![Person {
                name: name.clone(),
                ..Person::default()
            }],
            ..Identity::default()
        };
        let blind = strip(&page(&name, apart), &identity).unwrap_or_else(|r| panic!("{name}: {r}"));
        *groups.entry(unpacked(&blind.bytes)).or_default() += 1;
    }
    let mut sizes: Vec<usize> = groups
        .values()
        .flat_map(|n| std::iter::repeat_n(*n, *n))
        .collect();
    sizes.sort_unstable();
    (sizes.iter().sum::<usize>() / sizes.len(), sizes[sizes.len() / 10])
}

#[test]
fn a_gap_fits_many_names() {
    let exact: BTreeMap<u32, usize> = names().iter().fold(BTreeMap::new(), |mut m, n| {
        *m.entry(width(n)).or_default() += 1;
        m
    });
    let plain = exact.values().map(|n| n * n).sum::<usize>() / 149;
    for apart in [false, true] {
        let (mean, low) = candidates(apart);
        println!(
            "placed apart: {apart}; candidates of 149: {mean} on average, {low} or more for nine of ten; with exact gaps {plain}"
        );
        assert!(mean >= 20, "{mean}");
    }
}
