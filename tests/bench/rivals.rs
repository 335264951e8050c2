//! The programs that people use today, each run as its own manual says.

use crate::{Bench, tools};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rival {
    Mat2,
    Exiftool,
    Pymupdf,
}

/// Searches each page for each name and applies the redactions, as its documentation shows.
const PYMUPDF: &str = "import sys, fitz
doc = fitz.open(sys.argv[1])
for page in doc:
    for name in sys.argv[3:]:
        for box in page.search_for(name):
            page.add_redact_annot(box)
    page.apply_redactions()
doc.set_metadata({})
doc.save(sys.argv[2], garbage=4, deflate=True)
";

/// The rivals that are there and were not left out.
pub fn rivals(bench: &Bench) -> Vec<Rival> {
    let wanted = |r: &Rival| !bench.without.iter().any(|w| w == r.name());
    [Rival::Mat2, Rival::Exiftool, Rival::Pymupdf]
        .into_iter()
        .filter(wanted)
        .filter(|r| r.there())
        .collect()
}

fn python() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or(root, PathBuf::from);
    target.join("rivals/bin/python")
}

impl Rival {
    pub fn name(self) -> &'static str {
        match self {
            Rival::Mat2 => "mat2",
            Rival::Exiftool => "exiftool",
            Rival::Pymupdf => "pymupdf",
        }
    }

    fn there(self) -> bool {
        match self {
            Rival::Mat2 => tools::have("mat2", "mat2"),
            Rival::Exiftool => tools::have("exiftool", "libimage-exiftool-perl"),
            Rival::Pymupdf => pymupdf(),
        }
    }

    /// A cleaned copy of a file, or None if the rival gives none.
    pub fn clean(self, file: &Path, names: &[String], bench: &Bench) -> Option<Vec<u8>> {
        let folder = bench.work.join(self.name());
        std::fs::create_dir_all(&folder).ok()?;
        let extension = file.extension()?.to_string_lossy().into_owned();
        let input = folder.join(format!("in.{extension}"));
        let output = folder.join(format!("in.cleaned.{extension}"));
        std::fs::copy(file, &input).ok()?;
        std::fs::remove_file(&output).ok();
        let mut command = match self {
            Rival::Mat2 => {
                let mut c = Command::new("mat2");
                c.arg("--no-sandbox").arg(&input);
                c
            }
            Rival::Exiftool => {
                let mut c = Command::new("exiftool");
                c.args(["-q", "-q", "-all=", "-o"]).arg(&output).arg(&input);
                c
            }
            Rival::Pymupdf => {
                let mut c = Command::new(python());
                c.args(["-c", PYMUPDF]).arg(&input).arg(&output).args(names);
                c
            }
        };
        let quiet = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .stdin(Stdio::null());
        quiet.status().ok()?;
        std::fs::read(&output).ok()
    }
}

fn pymupdf() -> bool {
    let works = || {
        let test = Command::new(python())
            .args(["-c", "import fitz"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        test.is_ok_and(|s| s.success())
    };
    if works() {
        return true;
    }
    let folder = python()
        .parent()
        .and_then(Path::parent)
        .map(Path::to_path_buf)
        .unwrap();
    let made = Command::new("python3").args(["-m", "venv"]).arg(&folder).status();
    if made.is_ok_and(|s| s.success()) {
        let _ = Command::new(python())
            .args(["-m", "pip", "install", "--quiet", "pymupdf"])
            .status();
    }
    if !works() {
        println!(
            "PyMuPDF is missing, not measured; get it with: python3 -m venv target/rivals && target/rivals/bin/pip install pymupdf"
        );
    }
    works()
}
