//! How fast, and with how much memory, the files of a folder are stripped, on one core: `speed FOLDER [ROUNDS]`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    clippy::disallowed_methods,
    clippy::cast_precision_loss
)]

use bauta_strip::{Identity, Person, strip};
use std::path::{Path, PathBuf};
use std::time::Instant;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rounds: u32 = args.get(1).map_or(1, |r| r.parse().unwrap());
    let identity = Identity {
        people: vec![Person {
            name: "Tamsin Quillfeather".into(),
            native_name: "沈玉兰".into(),
            email: "t.quillfeather@example.org".into(),
            affiliations: vec!["Department of Tides, Northmoor General Hospital".into()],
            ..Person::default()
        }],
        ..Identity::default()
    };
    let (mut bytes, mut seconds) = (0.0, 0.0);
    for file in files(Path::new(&args[0])) {
        let data = std::fs::read(&file).unwrap();
        let begun = Instant::now();
        let mut result = None;
        for _ in 0..rounds {
            result = Some(strip(&data, &identity));
        }
        let spent = begun.elapsed().as_secs_f64() / f64::from(rounds);
        let size = data.len() as f64 / 1e6;
        let refused = result
            .unwrap()
            .err()
            .map(|r| format!("refused: {r}"))
            .unwrap_or_default();
        println!(
            "{:>8.2} MB {spent:>8.3} s {:>7.1} MB/s {:>5} MiB peak  {} {refused}",
            size,
            size / spent,
            peak(),
            file.display()
        );
        bytes += size;
        seconds += spent;
    }
    println!("{bytes:>8.2} MB {seconds:>8.3} s {:>7.1} MB/s", bytes / seconds);
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut all: Vec<PathBuf> = std::fs::read_dir(path)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .collect();
    all.retain(|p| p.is_file() && p.extension().is_some_and(|e| e != "tsv" && e != "md"));
    all.sort();
    all
}

/// The most memory this process has held, in MiB, where the system says.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|l| l.starts_with("VmHWM:"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|n| n.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
