//! Damages files for as long as asked and keeps what broke the stripper: `fuzz SECONDS OUT [SEED] [FOLDER…]`.
//! Seeds are made here; files of the folders (small ones) are added.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    clippy::disallowed_methods
)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::mutate::{Dice, mutate, seeds, try_one};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let seconds: u64 = args[0].parse().unwrap();
    let out = std::path::Path::new(&args[1]);
    std::fs::create_dir_all(out).unwrap();
    let seed: u64 = args.get(2).map_or(1, |s| s.parse().unwrap());
    let mut files = seeds();
    for folder in args.iter().skip(3) {
        let small = |e: &std::fs::DirEntry| e.metadata().is_ok_and(|m| m.is_file() && m.len() < 60_000);
        files.extend(
            std::fs::read_dir(folder)
                .unwrap()
                .flatten()
                .filter(small)
                .map(|e| std::fs::read(e.path()).unwrap()),
        );
    }
    // What panics inside the guard is an answer; its noise is not wanted here.
    std::panic::set_hook(Box::new(|_| {}));
    let mut dice = Dice::new(seed);
    let begun = Instant::now();
    let (mut runs, mut found) = (0_u64, BTreeMap::<String, u32>::new());
    let mut slowest = Duration::ZERO;
    while begun.elapsed().as_secs() < seconds {
        let bytes = mutate(&files, &mut dice);
        let one = Instant::now();
        let result = try_one(&bytes, true);
        slowest = slowest.max(one.elapsed());
        runs += 1;
        if let Err(wrong) = result {
            let count = found.entry(wrong.clone()).or_default();
            *count += 1;
            if *count <= 3 {
                std::fs::write(out.join(format!("{runs}.bin")), &bytes).unwrap();
                println!("run {runs}: {wrong}");
            }
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find(|l| l.starts_with("VmHWM"))
        .unwrap_or_default();
    println!(
        "{runs} runs from {} files, slowest {slowest:?}, {peak}, found {found:?}",
        files.len()
    );
}
