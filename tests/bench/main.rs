//! Blind copies measured against the programs that anybody can install today, in one run, on the corpus beside the repository.
//!
//! ```text
//! cargo bench -p bauta-strip                    # everything; mat2 takes minutes
//! cargo bench -p bauta-strip -- --without mat2  # without one rival (also exiftool, pymupdf)
//! cargo bench -p bauta-strip -- --only docx     # one part: docx, pdf, handled, speed, limits, gaps, sections
//! ```
//!
//! The corpus is `../shared/corpus`, or `$BAUTA_SHARED/corpus`. Judges and rivals: `apt-get install poppler-utils mupdf-tools qpdf
//! pandoc libimage-exiftool-perl mat2`; PyMuPDF is put into `target/rivals` by pip. Whatever is missing is named with how to get
//! it, and its figures are printed as not measured, never as passed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    clippy::disallowed_methods
)]

#[path = "../../src/strip/tests/common/mod.rs"]
mod common;
mod docx;
mod gaps;
mod handled;
mod limits;
mod pdf;
mod rivals;
mod sections;
mod tools;

use std::path::{Path, PathBuf};

/// What was asked for and where everything lies.
pub struct Bench {
    pub corpus: Option<PathBuf>,
    /// Where copies are put.
    pub work: PathBuf,
    pub without: Vec<String>,
}

/// A line of the final table: what, the aim, ours, and each rival's.
pub struct Row {
    pub what: String,
    pub aim: &'static str,
    pub ours: String,
    pub rivals: Vec<(String, String)>,
}

/// A part of the bench: the lines it adds to the table.
type Part = fn(&Bench) -> Vec<Row>;

impl Row {
    pub fn new(what: impl Into<String>, aim: &'static str, ours: impl Into<String>) -> Self {
        Row {
            what: what.into(),
            aim,
            ours: ours.into(),
            rivals: Vec::new(),
        }
    }

    pub fn rival(mut self, name: &str, figure: impl Into<String>) -> Self {
        self.rivals.push((name.to_owned(), figure.into()));
        self
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|a| a == "--child") {
        return limits::child(&args[1..]);
    }
    let after = |flag: &str| -> Vec<String> {
        args.windows(2)
            .filter(|w| w[0] == flag)
            .map(|w| w[1].clone())
            .collect()
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let shared = std::env::var_os("BAUTA_SHARED").map_or(root.join("../shared"), PathBuf::from);
    let bench = Bench {
        corpus: Some(shared.join("corpus")).filter(|c| c.is_dir()),
        work: target.join("bench-copies"),
        without: after("--without"),
    };
    if bench.corpus.is_none() {
        println!(
            "no corpus: lay it at ../shared/corpus or name its parent folder in BAUTA_SHARED; figures on real files are not measured"
        );
    }
    std::fs::create_dir_all(&bench.work).unwrap();
    let only = after("--only");
    let parts: [(&str, Part); 7] = [
        ("pdf", pdf::run),
        ("docx", docx::run),
        ("handled", handled::run),
        ("speed", handled::speed),
        ("limits", limits::run),
        ("gaps", gaps::run),
        ("sections", sections::run),
    ];
    let mut rows = Vec::new();
    for (name, part) in parts
        .iter()
        .filter(|(n, _)| only.is_empty() || only.iter().any(|o| o == n))
    {
        println!("\n== {name}");
        rows.extend(part(&bench));
    }
    println!(
        "\n{:<58} | {:<22} | {:<30} | rivals in this run",
        "figure", "aim", "bauta"
    );
    for row in rows {
        let rivals: Vec<String> = row.rivals.iter().map(|(n, f)| format!("{n}: {f}")).collect();
        println!(
            "{:<58} | {:<22} | {:<30} | {}",
            row.what,
            row.aim,
            row.ours,
            rivals.join("; ")
        );
    }
}
