//! Strips every file of a folder and prints a table: `corpus FOLDER OUT [truth.tsv]`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    clippy::disallowed_methods
)]

use bauta_strip::{Identity, Person, compare_text, strip};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::time::Instant;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(&args[0]);
    let out = Path::new(&args[1]);
    std::fs::create_dir_all(out).unwrap();
    let truth: HashMap<String, Vec<String>> = std::fs::read_to_string(folder.join("truth.tsv"))
        .unwrap_or_default()
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(f, names)| (f.to_owned(), names.split('|').map(str::to_owned).collect()))
        .collect();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .collect();
    files.sort();
    println!(
        "{:<40} {:>6} {:>6} {:>7} {:>7} {:>8}  status",
        "file", "before", "left", "lost", "MB", "seconds"
    );
    for file in files
        .iter()
        .filter(|f| f.is_file() && f.extension().is_some_and(|e| e != "tsv" && e != "md"))
    {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if args.get(2).is_some_and(|only| !name.contains(only.as_str())) {
            continue;
        }
        let bytes = std::fs::read(file).unwrap();
        let names = truth.get(&name).cloned().unwrap_or_default();
        let identity = Identity {
            people: names.iter().map(|n| person(n)).collect(),
            ..Identity::default()
        };
        let started = Instant::now();
        let result = strip(&bytes, &identity);
        let seconds = started.elapsed().as_secs_f64();
        let before = compare_text(&bytes).unwrap_or_default();
        #[allow(clippy::cast_precision_loss)]
        let size = bytes.len() as f64 / 1e6;
        match result {
            Ok(blind) => {
                std::fs::write(out.join(&name), &blind.bytes).unwrap();
                let after = compare_text(&blind.bytes).unwrap_or_default();
                let lost = lost(&before, &after);
                let removed: Vec<String> = blind
                    .report
                    .removed
                    .iter()
                    .map(|r| format!("{:?}@{}:{}", r.what, r.place, r.count))
                    .collect();
                println!(
                    "{name:<40} {:>6} {:>6} {lost:>7} {size:>7.2} {seconds:>8.3}  {} findings; {}",
                    count(&before, &names),
                    count(&after, &names),
                    blind.report.findings.len(),
                    removed.join(" ")
                );
                if args.get(3).is_some() {
                    for f in &blind.report.findings {
                        println!("    {:?} {} | {}", f.kind, f.place, f.excerpt);
                    }
                }
                let again = strip(&blind.bytes, &identity);
                if let Ok(b) = &again {
                    std::fs::write(out.join(format!("again-{name}")), &b.bytes).unwrap();
                }
                if again.as_ref().map(|b| &b.bytes) != Ok(&blind.bytes) {
                    println!("    NOT STABLE: {:?}", again.map(|b| b.report.removed));
                }
            }
            Err(refusal) => println!(
                "{name:<40} {:>6} {:>6} {:>7} {size:>7.2} {seconds:>8.3}  REFUSED {refusal:?}",
                count(&before, &names),
                "-",
                "-"
            ),
        }
    }
}

fn person(name: &str) -> Person {
    if name.is_ascii() || name.chars().any(|c| c.is_alphabetic() && (c as u32) < 0x2000) {
        Person {
            name: name.into(),
            ..Person::default()
        }
    } else {
        Person {
            native_name: name.into(),
            ..Person::default()
        }
    }
}

fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn count(text: &str, names: &[String]) -> usize {
    let text = squeeze(text);
    names.iter().map(|n| text.matches(&squeeze(n)).count()).sum()
}

/// Words that were there and are no longer.
fn lost(before: &str, after: &str) -> usize {
    let tally = |t: &str| {
        let mut m: BTreeMap<String, i64> = BTreeMap::new();
        for w in t.split_whitespace() {
            *m.entry(w.to_owned()).or_default() += 1;
        }
        m
    };
    let after = tally(after);
    tally(before)
        .into_iter()
        .map(|(w, n)| usize::try_from((n - after.get(&w).copied().unwrap_or(0)).max(0)).unwrap_or(0))
        .sum()
}
