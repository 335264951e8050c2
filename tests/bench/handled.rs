//! How many files get a copy, and how fast.

use crate::docx::{identity, truth};
use crate::{Bench, Row, tools};
use bauta_strip::{Identity, strip};
use std::path::{Path, PathBuf};

/// The files of a folder, without those that describe it.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map(|d| d.flatten().map(|e| e.path()).collect())
        .unwrap_or_default();
    files.retain(|f| f.is_file() && f.extension().is_none_or(|e| e != "tsv" && e != "md"));
    files.sort();
    files
}

/// Whether another program reads the file: then it is well formed.
fn well_formed(file: &Path) -> bool {
    let extension = file
        .extension()
        .map(|e| e.to_string_lossy().to_lowercase())
        .unwrap_or_default();
    match extension.as_str() {
        "docx" | "odt" => tools::pandoc(file).is_some_and(|t| !t.is_empty()),
        "pdf" => tools::output("qpdf", &["--check", &file.to_string_lossy()]).is_some_and(|o| {
            !String::from_utf8_lossy(&o).contains("encrypted")
                || String::from_utf8_lossy(&o).contains("not encrypted")
        }),
        _ => true,
    }
}

pub fn run(bench: &Bench) -> Vec<Row> {
    let Some(corpus) = &bench.corpus else {
        return vec![Row::new("inputs handled", ">= 99 %", "not measured: no corpus")];
    };
    let mut rows = Vec::new();
    let (mut all_done, mut all_good) = (0, 0);
    for kind in ["docx", "pdf", "pdf-features", "pdf-metadata", "odt", "image"] {
        let (mut done, mut good, mut refused) = (0, 0, Vec::new());
        for file in files(&corpus.join(kind)) {
            let result = strip(&std::fs::read(&file).unwrap(), &Identity::default());
            let good_file = well_formed(&file);
            good += usize::from(good_file);
            done += usize::from(good_file && result.is_ok());
            if let Err(refusal) = result {
                let name = file.file_name().unwrap().to_string_lossy().into_owned();
                refused.push(format!(
                    "{name}: {refusal}{}",
                    if good_file {
                        ""
                    } else {
                        " (no other program reads it either)"
                    }
                ));
            }
        }
        refused.iter().for_each(|r| println!("{kind}/{r}"));
        println!("{kind}: {done} of {good} well-formed files handled");
        all_done += done;
        all_good += good;
    }
    rows.push(Row::new(
        "inputs handled of the well-formed, all kinds",
        ">= 99 %",
        format!(
            "{all_done} of {all_good} ({:.1} %)",
            100.0 * f64::from(all_done as u32) / f64::from(all_good.max(1) as u32)
        ),
    ));
    rows
}

/// Seconds that this thread has spent on a processor: other programs on the machine do not count.
fn on_cpu() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace()
        .next()
        .and_then(|n| n.parse::<f64>().ok())
        .unwrap_or_default()
        / 1e9
}

/// Input bytes by seconds on the processor, one core, the best of three rounds, regular expressions and tables warm.
pub fn speed(bench: &Bench) -> Vec<Row> {
    let Some(corpus) = &bench.corpus else {
        return vec![Row::new("speed", ">= 5 / >= 20 MB/s", "not measured: no corpus")];
    };
    let mut rows = Vec::new();
    for (kind, aim) in [("pdf", ">= 5 MB/s"), ("docx", ">= 20 MB/s"), ("odt", "")] {
        let truth = truth(&corpus.join(kind));
        let inputs: Vec<(Vec<u8>, Identity)> = files(&corpus.join(kind))
            .iter()
            .map(|f| {
                let name = f.file_name().unwrap().to_string_lossy().into_owned();
                (
                    std::fs::read(f).unwrap(),
                    identity(truth.get(&name).map_or(&[], Vec::as_slice)),
                )
            })
            .collect();
        let bytes: usize = inputs.iter().map(|i| i.0.len()).sum();
        let round = || {
            let begun = on_cpu();
            for (input, identity) in &inputs {
                let _ = strip(input, identity);
            }
            on_cpu() - begun
        };
        let best = (0..3).map(|_| round()).fold(f64::MAX, f64::min);
        #[allow(clippy::cast_precision_loss)]
        let speed = bytes as f64 / 1e6 / best;
        rows.push(Row::new(
            format!("speed {kind}, one core"),
            aim,
            format!("{speed:.1} MB/s ({best:.2} s)"),
        ));
    }
    rows
}
