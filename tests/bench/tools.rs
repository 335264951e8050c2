//! Other programs: judges that read a copy from outside.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a program; its standard output, or None if it is missing or fails without output.
pub fn output(program: &str, args: &[&str]) -> Option<Vec<u8>> {
    let done = Command::new(program)
        .args(args)
        .stderr(Stdio::null())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    (done.status.success() || !done.stdout.is_empty()).then_some(done.stdout)
}

/// Whether a program is there; if not, says once how to get it.
pub fn have(program: &str, package: &str) -> bool {
    let found = Command::new("sh")
        .args(["-c", &format!("command -v {program}")])
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|s| s.success());
    if !found {
        println!(
            "{program} is missing, what it judges is not measured; get it with: apt-get install {package}"
        );
    }
    found
}

pub fn text(bytes: Option<Vec<u8>>) -> Option<String> {
    bytes.map(|b| String::from_utf8_lossy(&b).into_owned())
}

pub fn pdftotext(file: &Path) -> Option<String> {
    text(output("pdftotext", &["-q", &file.to_string_lossy(), "-"]))
}

pub fn mutool(file: &Path) -> Option<String> {
    text(output(
        "mutool",
        &["draw", "-q", "-F", "txt", "-o", "-", &file.to_string_lossy()],
    ))
}

/// Every object with its streams unpacked.
pub fn raw_pdf(file: &Path) -> Option<Vec<u8>> {
    let whole = std::fs::read(file).ok()?;
    let shown = output(
        "qpdf",
        &[
            "--qdf",
            "--object-streams=disable",
            "--stream-data=uncompress",
            &file.to_string_lossy(),
            "-",
        ],
    )?;
    Some([whole, shown].concat())
}

/// The words as pandoc reads them.
pub fn pandoc(file: &Path) -> Option<String> {
    text(output(
        "pandoc",
        &["-t", "plain", "--wrap=none", &file.to_string_lossy()],
    ))
}

/// Bare lower-case letters without accents where Unicode has a plain one at hand: enough to find a printed name.
pub fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many of the names are still in a text.
pub fn names_in(text: &str, names: &[String]) -> usize {
    let text = letters(text);
    names.iter().filter(|n| text.contains(&letters(n))).count()
}

/// How many of the names are in raw bytes, in UTF-8 or UTF-16.
pub fn names_in_bytes(bytes: &[u8], names: &[String]) -> usize {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
    names
        .iter()
        .filter(|n| {
            let wide: Vec<u16> = n.encode_utf16().collect();
            let be: Vec<u8> = wide.iter().flat_map(|u| u.to_be_bytes()).collect();
            let le: Vec<u8> = wide.iter().flat_map(|u| u.to_le_bytes()).collect();
            holds(n.as_bytes()) || holds(&be) || holds(&le)
        })
        .count()
}

/// The words that were there and are no longer, each as often as it is missing; marks of footnotes are no words.
pub fn lost(before: &str, after: &str) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for word in after.split_whitespace() {
        *left.entry(word).or_default() += 1;
    }
    before
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .filter(|w| match left.get_mut(w) {
            Some(n) if *n > 0 => {
                *n -= 1;
                false
            }
            _ => true,
        })
        .map(str::to_owned)
        .collect()
}
