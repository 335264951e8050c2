//! PDF: names left to three readers, first pages compared pixel by pixel, words lost.

use crate::docx::{identity, identity_words, truth};
use crate::rivals::rivals;
use crate::{Bench, Row, tools};
use bauta_strip::strip;
use std::path::{Path, PathBuf};

/// What was seen of a set of copies.
#[derive(Default)]
struct Score {
    files: usize,
    made: usize,
    names: usize,
    left: usize,
    raw_files: usize,
    same: usize,
    compared: usize,
    kept: usize,
    judged: usize,
    seconds: f64,
}

impl Score {
    fn left(&self) -> String {
        format!("{} of {} names in {} files", self.left, self.names, self.made)
    }

    fn pixels(&self) -> String {
        share(self.same, self.compared)
    }

    fn tokens(&self) -> String {
        share(self.kept, self.judged)
    }
}

fn share(part: usize, whole: usize) -> String {
    (part * 100)
        .checked_div(whole)
        .map_or("not measured".into(), |percent| {
            format!("{part} of {whole} ({percent} %)")
        })
}

pub fn run(bench: &Bench) -> Vec<Row> {
    let Some(folder) = bench.corpus.as_ref().map(|c| c.join("pdf")) else {
        return vec![Row::new(
            "known author names left, PDF",
            "0",
            "not measured: no corpus",
        )];
    };
    for (program, package) in [
        ("pdftotext", "poppler-utils"),
        ("mutool", "mupdf-tools"),
        ("qpdf", "qpdf"),
    ] {
        if !tools::have(program, package) {
            return vec![Row::new("PDF", "0", "not measured: a judge is missing")];
        }
    }
    let truth = truth(&folder);
    let mut ours = Score::default();
    for (name, names) in &truth {
        let file = folder.join(name);
        let begun = std::time::Instant::now();
        let copy = std::fs::read(&file)
            .ok()
            .and_then(|b| strip(&b, &identity(names)).ok())
            .map(|b| b.bytes);
        ours.seconds += begun.elapsed().as_secs_f64();
        judge("bauta", bench, &file, names, copy, &mut ours);
    }
    let mut rows = [
        Row::new(
            "names left: pdftotext, mutool, raw objects; all pages",
            "0",
            ours.left(),
        ),
        Row::new(
            "files with a name in the raw objects",
            "0",
            format!("{} of {}", ours.raw_files, ours.made),
        ),
        Row::new(
            "first pages identical outside what was taken out, 72 dpi",
            ">= 97 %",
            ours.pixels(),
        ),
        Row::new(
            "PDF files with no token lost that is no identity",
            ">= 95 %",
            ours.tokens(),
        ),
        Row::new(
            "PDF seconds for the whole set",
            "",
            format!("{:.1}", ours.seconds),
        ),
    ];
    for rival in rivals(bench) {
        let mut theirs = Score::default();
        for (name, names) in &truth {
            let file = folder.join(name);
            let begun = std::time::Instant::now();
            let copy = rival.clean(&file, names, bench);
            theirs.seconds += begun.elapsed().as_secs_f64();
            judge(rival.name(), bench, &file, names, copy, &mut theirs);
        }
        let figures = [
            theirs.left(),
            format!("{} of {}", theirs.raw_files, theirs.made),
            theirs.pixels(),
            theirs.tokens(),
            format!("{:.1}", theirs.seconds),
        ];
        rows = rows
            .into_iter()
            .zip(figures)
            .map(|(row, figure)| row.rival(rival.name(), figure))
            .collect::<Vec<_>>()
            .try_into()
            .unwrap_or_else(|_| unreachable!());
    }
    rows.into()
}

fn judge(who: &str, bench: &Bench, file: &Path, names: &[String], copy: Option<Vec<u8>>, score: &mut Score) {
    score.files += 1;
    score.names += names.len();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let Some(copy) = copy else {
        println!("{who} gives no copy of {name}");
        return;
    };
    score.made += 1;
    let path: PathBuf = bench.work.join(format!("{who}-{name}"));
    std::fs::write(&path, &copy).unwrap();
    let shown = [tools::pdftotext(&path), tools::mutool(&path)];
    let raw = tools::raw_pdf(&path).unwrap_or(copy);
    let seen = |n: &String| {
        let one = std::slice::from_ref(n);
        shown.iter().flatten().any(|t| tools::names_in(t, one) > 0) || tools::names_in_bytes(&raw, one) > 0
    };
    let left: Vec<&String> = names.iter().filter(|n| seen(n)).collect();
    score.left += left.len();
    score.raw_files += usize::from(tools::names_in_bytes(&raw, names) > 0);
    if !left.is_empty() && who == "bauta" {
        println!("{name}: {left:?} left");
    }
    if let Some(same) = same_outside(file, &path) {
        score.compared += 1;
        score.same += usize::from(same == 0);
        if same > 0 && who == "bauta" {
            println!("{name}: {same} pixels differ on the first page");
        }
    }
    if let (Some(before), Some(after)) = (tools::pdftotext(file), &shown[0]) {
        let known = identity_words(&before, names, true);
        let lost: Vec<String> = tools::lost(&before, after)
            .into_iter()
            .filter(|w| !known.contains(w))
            .collect();
        score.judged += 1;
        score.kept += usize::from(lost.is_empty());
        if !lost.is_empty() && who == "bauta" {
            println!(
                "{name}: lost {}: {}",
                lost.len(),
                lost.iter().take(12).cloned().collect::<Vec<_>>().join(" ")
            );
        }
    }
}

/// A word of a page and where it stands, in points from the top left.
struct Word {
    text: String,
    area: [f64; 4],
}

fn words(file: &Path) -> Option<Vec<Word>> {
    let html = tools::text(tools::output(
        "pdftotext",
        &["-q", "-bbox", "-f", "1", "-l", "1", &file.to_string_lossy(), "-"],
    ))?;
    let number = |line: &str, key: &str| -> Option<f64> {
        line.split(&format!("{key}=\""))
            .nth(1)?
            .split('"')
            .next()?
            .parse()
            .ok()
    };
    Some(
        html.lines()
            .filter(|l| l.trim_start().starts_with("<word"))
            .filter_map(|l| {
                let area = [
                    number(l, "xMin")?,
                    number(l, "yMin")?,
                    number(l, "xMax")?,
                    number(l, "yMax")?,
                ];
                let text = l.split('>').nth(1)?.split('<').next()?.to_owned();
                Some(Word { text, area })
            })
            .collect(),
    )
}

/// Where the links of the first page are, in points from the top left.
fn links(file: &Path) -> Option<Vec<[f64; 4]>> {
    let doc = lopdf::Document::load(file).ok()?;
    let page = doc.get_dictionary(doc.page_iter().next()?).ok()?;
    let area = |dict: &lopdf::Dictionary, key: &[u8]| -> Option<[f64; 4]> {
        let sides = dict.get_deref(key, &doc).ok()?.as_array().ok()?;
        let sides: Vec<f64> = sides
            .iter()
            .filter_map(|o| o.as_float().ok())
            .map(f64::from)
            .collect();
        sides.try_into().ok()
    };
    let height = area(page, b"MediaBox").map_or(792.0, |b| b[3]);
    let all = page.get_deref(b"Annots", &doc).and_then(lopdf::Object::as_array);
    let rect = |o: &lopdf::Object| {
        // Any two corners that face each other.
        let [x, y, to_x, to_y] = area(doc.dereference(o).ok()?.1.as_dict().ok()?, b"Rect")?;
        Some([
            x.min(to_x),
            height - y.max(to_y),
            x.max(to_x),
            height - y.min(to_y),
        ])
    };
    Some(
        all.map(|a| a.iter().filter_map(rect).collect())
            .unwrap_or_default(),
    )
}

/// How many pixels of the first page differ outside the words that are only in one of the files, and outside the links that are: the
/// frame around a link over a name goes with the name, whose width it tells.
fn same_outside(before: &Path, after: &Path) -> Option<usize> {
    let (old, new) = (words(before)?, words(after)?);
    let same =
        |a: &Word, b: &Word| a.text == b.text && a.area.iter().zip(b.area).all(|(x, y)| (x - y).abs() < 0.6);
    let only = |from: &[Word], other: &[Word]| -> Vec<[f64; 4]> {
        from.iter()
            .filter(|w| !other.iter().any(|o| same(w, o)))
            .map(|w| w.area)
            .collect()
    };
    let mut areas = only(&old, &new);
    areas.extend(only(&new, &old));
    let (linked, left) = (links(before)?, links(after)?);
    areas.extend(linked.into_iter().filter(|l| !left.contains(l)));
    let (a, b) = (pixels(before)?, pixels(after)?);
    if (a.0, a.1) != (b.0, b.1) {
        return Some(usize::MAX);
    }
    let width = a.0;
    Some(
        (0..a.2.len())
            .filter(|i| a.2[*i].abs_diff(b.2[*i]) > 8)
            .filter(|i| {
                #[allow(clippy::cast_precision_loss)]
                let (x, y) = ((i % width) as f64, (i / width) as f64);
                !areas
                    .iter()
                    .any(|r| x >= r[0] - 3.0 && x <= r[2] + 3.0 && y >= r[1] - 3.0 && y <= r[3] + 3.0)
            })
            .count(),
    )
}

/// The first page in grey at 72 dpi: width, height, pixels.
fn pixels(file: &Path) -> Option<(usize, usize, Vec<u8>)> {
    let pgm = tools::output(
        "pdftoppm",
        &[
            "-q",
            "-gray",
            "-r",
            "72",
            "-f",
            "1",
            "-l",
            "1",
            &file.to_string_lossy(),
        ],
    )?;
    let head: Vec<usize> = pgm
        .get(..40.min(pgm.len()))?
        .split(u8::is_ascii_whitespace)
        .skip(1)
        .take(3)
        .filter_map(|n| str::from_utf8(n).ok()?.parse().ok())
        .collect();
    let [width, height, _] = head[..] else { return None };
    let data = pgm.get(pgm.len().checked_sub(width * height)?..)?.to_vec();
    Some((width, height, data))
}
