//! A short seeded run of damaged files: an answer each time, in time, without a panic. The long run is `examples/fuzz.rs`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use common::mutate::{Dice, mutate, seeds, try_one};

/// Enough to meet every kind of damage, few enough for every run of the tests.
const RUNS: usize = 400;

#[test]
fn damaged_files_get_an_answer_in_time() {
    let seeds = seeds();
    for seed in &seeds {
        try_one(seed, true).unwrap();
    }
    let mut dice = Dice::new(2026);
    for run in 0..RUNS {
        let bytes = mutate(&seeds, &mut dice);
        if let Err(wrong) = try_one(&bytes, false) {
            panic!("run {run}: {wrong}");
        }
    }
}

/// Found by long runs: several relations of one id; a picture that nothing shows before one that is shown.
#[test]
fn found_by_long_runs() {
    let picture = |n: &str| (format!("word/media/{n}.png"), common::png_with_comment(n));
    let (a, b) = (picture("a"), picture("b"));
    let body = "<w:p><w:r><w:drawing><a:blip r:embed=\"i2\"/></w:drawing></w:r></w:p>";
    let more = [(a.0.as_str(), a.1.clone()), (b.0.as_str(), b.1.clone())];
    let rels = [
        ("i1", "image", "media/a.png", false),
        ("i2", "image", "media/b.png", false),
        ("i2", "image", "media/a.png", false),
        ("i2", "hyperlink", "https://example.org", true),
    ];
    try_one(&common::docx(body, &more, &rels), true).unwrap();
}
