//! Sections and sentences that declare something, on labelled pages of our own (`pages.txt`), each as a DOCX and as plain text.
//! Pages whose number divides by three are scored apart: they were not looked at while the patterns were made.

use crate::{Bench, Row, common};
use bauta_strip::{FindingKind, Identity, Report, What, strip};
use std::collections::BTreeSet;

const KINDS: [&str; 4] = ["funding", "contribution", "conflict", "ethics"];

struct Page {
    labels: BTreeSet<String>,
    lines: Vec<String>,
}

fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = Vec::new();
    for line in include_str!("pages.txt").lines() {
        if let Some(labels) = line.strip_prefix("=== ") {
            let labels = labels
                .split_whitespace()
                .filter(|l| *l != "-")
                .map(str::to_owned)
                .collect();
            pages.push(Page {
                labels,
                lines: Vec::new(),
            });
        } else if let Some(page) = pages.last_mut() {
            page.lines.push(line.to_owned());
        }
    }
    pages
}

/// A page between other text, as a manuscript has it.
fn docx(page: &Page) -> Vec<u8> {
    let heading =
        |t: &str| format!("<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>{t}</w:t></w:r></w:p>");
    let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;");
    let line = |l: &String| {
        l.strip_prefix("# ")
            .map_or_else(|| common::p(&escape(l)), |h| heading(&escape(h)))
    };
    let body: String = page.lines.iter().map(line).collect();
    common::docx(&format!("{}{body}", common::p("Of tides and gulls")), &[], &[])
}

fn text(page: &Page) -> Vec<u8> {
    let lines: Vec<&str> = page.lines.iter().map(|l| l.trim_start_matches("# ")).collect();
    format!("Of tides and gulls\n\n{}\n", lines.join("\n\n")).into_bytes()
}

/// What the report says a page declares, removed or to be settled.
fn told(report: &Report) -> BTreeSet<String> {
    let removed = report.removed.iter().filter_map(|r| match r.what {
        What::Funding => Some("funding"),
        What::Contributions => Some("contribution"),
        What::Conflicts => Some("conflict"),
        _ => None,
    });
    let findings = report.findings.iter().filter_map(|f| match f.kind {
        FindingKind::Funding => Some("funding"),
        FindingKind::Contributions => Some("contribution"),
        FindingKind::Conflicts => Some("conflict"),
        FindingKind::Ethics => Some("ethics"),
        _ => None,
    });
    removed.chain(findings).map(str::to_owned).collect()
}

#[derive(Default, Clone, Copy)]
struct Score {
    hit: u32,
    extra: u32,
    missed: u32,
}

impl Score {
    fn show(self) -> String {
        let part = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
        let (p, r) = (
            part(self.hit, self.hit + self.extra),
            part(self.hit, self.hit + self.missed),
        );
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        format!("F1 {f1:.2} (P {p:.2} R {r:.2})")
    }
}

pub fn run(_: &Bench) -> Vec<Row> {
    let mut scores = [[Score::default(); 2]; 4];
    for (number, page) in pages().iter().enumerate() {
        let apart = usize::from((number + 1) % 3 == 0);
        for (format, bytes) in [("docx", docx(page)), ("text", text(page))] {
            let report = strip(&bytes, &Identity::default())
                .map(|b| b.report)
                .unwrap_or_default();
            let told = told(&report);
            for (index, kind) in KINDS.iter().enumerate() {
                let score = &mut scores[index][apart];
                match (page.labels.contains(*kind), told.contains(*kind)) {
                    (true, true) => score.hit += 1,
                    (true, false) => score.missed += 1,
                    (false, true) => score.extra += 1,
                    (false, false) => {}
                }
                if page.labels.contains(*kind) != told.contains(*kind)
                    && (apart == 0 || std::env::var_os("BAUTA_SHOW").is_some())
                {
                    println!(
                        "page {} as {format}: {kind} {}",
                        number + 1,
                        if told.contains(*kind) {
                            "told, and is not there"
                        } else {
                            "missed"
                        }
                    );
                }
            }
        }
    }
    let rows = KINDS.iter().enumerate().map(|(index, kind)| {
        let [seen, apart] = scores[index];
        Row::new(
            format!("section findings, {kind}, pages kept apart"),
            ">= 0.8",
            format!("{}; tuned on: {}", apart.show(), seen.show()),
        )
    });
    rows.collect()
}
