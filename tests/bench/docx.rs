//! DOCX: what is left that ties a file to somebody, and what was lost that is nobody's.

use crate::rivals::{Rival, rivals};
use crate::{Bench, Row, tools};
use bauta_strip::{Identity, Person, strip};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Traces in any part of a package; each must be gone from every file.
const TRACES: &[(&str, &[&str])] = &[
    ("w:author", &["w:author=", "w15:author="]),
    ("rsid", &["w:rsid", "<w:rsids", "rsidR="]),
    ("docId", &["w15:docId", "w14:docId"]),
    ("paraId", &["w14:paraId", "w14:textId"]),
    ("people", &["w15:person ", "presenceInfo"]),
    (
        "reference managers",
        &[
            "ZOTERO",
            "zotero.org",
            "CSL_CITATION",
            "mendeley.com",
            "MENDELEY_",
            "EN.CITE",
            "EndNote",
        ],
    ),
    ("docVars", &["w:docVar"]),
    ("mailto", &["mailto:"]),
    ("custom XML", &["customXml/", "docProps/custom.xml"]),
];

/// Names of all parts and their text, so that a trace in a name counts too.
fn everything(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut all = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let mut data = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut data).ok()?;
        all.push_str(&entry.name().ok()?);
        all.push('\n');
        all.push_str(&String::from_utf8_lossy(&data));
    }
    Some(all)
}

fn traces(bytes: &[u8]) -> Vec<&'static str> {
    let Some(all) = everything(bytes) else {
        return vec!["cannot be read"];
    };
    let seen = |t: &&(&'static str, &[&str])| t.1.iter().any(|s| all.contains(s));
    TRACES.iter().filter(seen).map(|t| t.0).collect()
}

/// Files with each trace.
#[derive(Default)]
struct Residue {
    files: BTreeMap<&'static str, usize>,
    handled: usize,
    total: usize,
}

impl Residue {
    fn take(&mut self, copy: Option<Vec<u8>>) {
        self.total += 1;
        let Some(copy) = copy else { return };
        self.handled += 1;
        for trace in traces(&copy) {
            *self.files.entry(trace).or_default() += 1;
        }
    }

    fn show(&self) -> String {
        let list: Vec<String> = self.files.iter().map(|(t, n)| format!("{t} {n}")).collect();
        let left = if list.is_empty() {
            "0".to_owned()
        } else {
            list.join(", ")
        };
        format!("{left} ({} of {} files)", self.handled, self.total)
    }
}

pub fn truth(folder: &Path) -> BTreeMap<String, Vec<String>> {
    std::fs::read_to_string(folder.join("truth.tsv"))
        .unwrap_or_default()
        .lines()
        .filter_map(|l| l.split_once('\t'))
        .map(|(f, names)| (f.to_owned(), names.split('|').map(str::to_owned).collect()))
        .collect()
}

pub fn identity(names: &[String]) -> Identity {
    let person = |n: &String| {
        let native = n.chars().next().is_some_and(|c| u32::from(c) >= 0x2E80);
        let (name, native_name) = if native {
            (String::new(), n.clone())
        } else {
            (n.clone(), String::new())
        };
        Person {
            name,
            native_name,
            ..Person::default()
        }
    };
    Identity {
        people: names.iter().map(person).collect(),
        ..Identity::default()
    }
}

/// Words that are identity in a text, told by simpler means than the program's own: those of lines with an author's name, an
/// address or an institution, of everything between the first author and the abstract, and of sections that declare something
/// about the authors. `wrapped`: lines are those of a page, not paragraphs.
pub fn identity_words(text: &str, names: &[String], wrapped: bool) -> BTreeSet<String> {
    const HEADINGS: &[&str] = &[
        "acknowl",
        "funding",
        "financial",
        "author",
        "contribut",
        "conflict",
        "competing",
        "disclosure",
        "declaration",
        "correspond",
        "biograph",
        "致谢",
        "基金",
        "作者",
        "利益",
        "收稿",
        "通讯",
        "通信",
    ];
    const SAID: &[&str] = &[
        "supported by",
        "supported in part",
        "we thank",
        "like to thank",
        "grateful",
        "funded by",
        "funders had",
        "funder ",
        "contributed equally",
        "grant",
        "arxiv:",
        "downloaded from",
        "correspondence",
        "tel.",
        "fax",
    ];
    const PLACES: &[&str] = &[
        "university",
        "universit",
        "hospital",
        "department",
        "dept",
        "institut",
        "school of",
        "division",
        "center",
        "centre",
        "laborator",
        "college",
        "faculty",
        "dipartimento",
        "大学",
        "医院",
        "学院",
        "inc.",
        " inc",
        "llc",
    ];
    let parts: Vec<String> = names
        .iter()
        .flat_map(|n| n.split([' ', '-']).map(str::to_lowercase).collect::<Vec<_>>())
        .filter(|p| p.chars().count() > 2 || !p.is_ascii())
        .chain(names.iter().filter(|n| !n.is_ascii()).map(|n| n.to_lowercase()))
        .collect();
    let lines: Vec<String> = text.lines().map(str::to_lowercase).collect();
    let named = |l: &String| parts.iter().any(|p| l.contains(p.as_str()));
    let top = lines.iter().position(named).unwrap_or(usize::MAX);
    let abstract_at = lines.iter().take(160).position(|l| {
        let l = l.trim_start_matches(|c: char| !c.is_alphabetic());
        l.starts_with("abstract") || l.starts_with("摘") || l.starts_with("introduction")
    });
    let mut words = BTreeSet::new();
    // How many more lines the section at hand may have.
    let mut left = 0_usize;
    for (at, lower) in lines.iter().enumerate() {
        let bare = lower.trim();
        let start = bare.trim_start_matches(|c: char| !c.is_alphabetic());
        let declares =
            HEADINGS.iter().any(|h| start.starts_with(h)) || SAID.iter().any(|s| lower.contains(s));
        let other = [
            "references",
            "introduction",
            "appendix",
            "参考文献",
            "bibliography",
        ]
        .iter()
        .any(|h| start.starts_with(h));
        let heading = !wrapped && !bare.is_empty() && bare.chars().count() < 60;
        if declares {
            left = if wrapped { 25 } else { 8 };
        } else if lower.contains("manuscript received") {
            // When it came in, and which editors took it.
            left = left.max(3);
        } else if other || heading {
            left = 0;
        }
        let block = at >= top && abstract_at.is_some_and(|a| at < a);
        let place = lower.contains('@') || PLACES.iter().any(|w| lower.contains(w));
        if block || left > 0 || place || named(lower) {
            words.extend(
                text.lines()
                    .nth(at)
                    .unwrap_or_default()
                    .split_whitespace()
                    .map(str::to_owned),
            );
        }
        left = left.saturating_sub(1);
    }
    words
}

pub fn run(bench: &Bench) -> Vec<Row> {
    let Some(folder) = bench.corpus.as_ref().map(|c| c.join("docx")) else {
        return vec![Row::new("DOCX residue", "0", "not measured: no corpus")];
    };
    let truth = truth(&folder);
    let mut ours = Residue::default();
    let (mut kept, mut judged, mut lines) = (0, 0, Vec::new());
    let mut left = 0;
    let pandoc = tools::have("pandoc", "pandoc");
    let files = crate::handled::files(&folder);
    for file in &files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let names = truth.get(&name).cloned().unwrap_or_default();
        let before = std::fs::read(file).unwrap();
        let copy = strip(&before, &identity(&names)).ok().map(|b| b.bytes);
        if let Some(copy) = &copy {
            let path = bench.work.join(&name);
            std::fs::write(&path, copy).unwrap();
            left += everything(copy).map_or(0, |all| tools::names_in(&all, &names));
            if pandoc && let (Some(b), Some(a)) = (tools::pandoc(file), tools::pandoc(&path)) {
                let known = identity_words(&b, &names, false);
                let lost: Vec<String> = tools::lost(&b, &a)
                    .into_iter()
                    .filter(|w| !known.contains(w))
                    .collect();
                judged += 1;
                kept += usize::from(lost.is_empty());
                if !lost.is_empty() {
                    lines.push(format!(
                        "{name}: lost {}: {}",
                        lost.len(),
                        lost.iter().take(12).cloned().collect::<Vec<_>>().join(" ")
                    ));
                }
            }
        }
        ours.take(copy);
    }
    lines.iter().for_each(|l| println!("{l}"));
    let mut row = Row::new("DOCX residue, files with each trace", "0", ours.show());
    for rival in rivals(bench) {
        if matches!(rival, Rival::Mat2 | Rival::Exiftool) {
            let mut theirs = Residue::default();
            for file in &files {
                theirs.take(rival.clean(file, &[], bench));
            }
            row = row.rival(rival.name(), theirs.show());
        }
    }
    let tokens = if judged == 0 {
        "not measured".into()
    } else {
        format!("{kept} of {judged} files")
    };
    vec![
        row,
        Row::new("DOCX names left in any part", "0", left.to_string()),
        Row::new(
            "DOCX files with no token lost that is no identity (pandoc)",
            ">= 95 %",
            tokens,
        ),
    ]
}
