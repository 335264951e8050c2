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
        try_one(seed).unwrap();
    }
    let mut dice = Dice::new(2026);
    for run in 0..RUNS {
        let bytes = mutate(&seeds, &mut dice);
        if let Err(wrong) = try_one(&bytes) {
            panic!("run {run}: {wrong}");
        }
    }
}
