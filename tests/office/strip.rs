//! `bauta strip` as it is called: what it writes, says and answers with.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir()
        .join("bauta-tests")
        .join(format!("strip-{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    Folder(folder)
}

fn bauta(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bauta"))
        .current_dir(folder)
        .arg("strip")
        .args(args)
        .output()
        .unwrap()
}

fn report(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(folder.join("report.json")).unwrap()).unwrap()
}

const TEXT: &str =
    "Gulls\n\nBy Tamsin Quillfeather\n\nAbstract\n\nGulls sleep, as we have shown. 沈玉兰 agrees.\n";

#[test]
fn a_text_and_its_report() {
    let here = folder("text");
    std::fs::write(here.join("paper.txt"), TEXT).unwrap();
    std::fs::write(
        here.join("who.json"),
        r#"{"people":[{"name":"Tamsin Quillfeather"}],"terms":["Gulls sleep"]}"#,
    )
    .unwrap();
    let args = [
        "paper.txt",
        "--out",
        "out",
        "--identity",
        "who.json",
        "--name",
        "沈玉兰",
        "--report",
        "report.json",
    ];
    let done = bauta(&here, &args);
    assert_eq!(
        done.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(done.stderr.is_empty(), "no progress where there is no terminal");
    let copy = std::fs::read_to_string(here.join("out/paper.blind.txt")).unwrap();
    assert!(
        !copy.contains("Quillfeather") && !copy.contains("沈玉兰") && !copy.contains("Gulls sleep"),
        "{copy}"
    );
    let report = report(&here);
    let file = &report["files"][0];
    let keys: Vec<&str> = file.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "findings", "format", "input", "output", "removed", "seconds", "status"
        ]
    );
    assert_eq!(
        (&file["status"], &file["format"]),
        (&"findings".into(), &"text".into())
    );
    assert!(file["output"].as_str().unwrap().ends_with("paper.blind.txt"));
    assert!(file["seconds"].as_f64().unwrap() >= 0.0);
    for removed in file["removed"].as_array().unwrap() {
        assert!(
            removed["what"].is_string()
                && removed["where"].is_string()
                && removed["count"].as_u64() > Some(0)
        );
    }
    let finding = &file["findings"][0];
    assert!(
        finding["kind"] == "self-citation" && finding["where"].is_string() && finding["excerpt"].is_string()
    );
    // The same again is the same, and the copy of a copy is the copy.
    assert_eq!(bauta(&here, &args).status.code(), Some(0));
    assert_eq!(
        std::fs::read_to_string(here.join("out/paper.blind.txt")).unwrap(),
        copy
    );
    let again = [
        "out/paper.blind.txt",
        "--out",
        "again",
        "--identity",
        "who.json",
        "--name",
        "沈玉兰",
    ];
    assert_eq!(bauta(&here, &again).status.code(), Some(0));
    assert_eq!(
        std::fs::read_to_string(here.join("again/paper.blind.blind.txt")).unwrap(),
        copy
    );
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let here = folder("bad");
    std::fs::create_dir_all(here.join("a")).unwrap();
    std::fs::create_dir_all(here.join("b")).unwrap();
    for (name, text) in [
        ("a/paper.txt", "By Tamsin Quillfeather"),
        ("b/paper.txt", "Another text"),
        ("old.doc", "{\\rtf1 x}"),
    ] {
        std::fs::write(here.join(name), text).unwrap();
    }
    let done = bauta(
        &here,
        &[
            "a/paper.txt",
            "missing.docx",
            "b/paper.txt",
            "old.doc",
            "--out",
            "out",
            "--name",
            "Tamsin Quillfeather",
            "--report",
            "report.json",
        ],
    );
    assert_eq!(done.status.code(), Some(3));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(
        said.contains("missing.docx: refused (unreadable:") && said.contains("old.doc: refused (legacy)"),
        "{said}"
    );
    let report = report(&here);
    let outputs: Vec<Option<&str>> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["output"].as_str())
        .collect();
    assert!(
        outputs[1].is_none() && outputs[3].is_none() && outputs[0] != outputs[2],
        "{outputs:?}"
    );
    let read = |at: usize| std::fs::read_to_string(here.join(outputs[at].unwrap())).unwrap();
    assert!(!read(0).contains("Quillfeather") && read(2) == "Another text");
    assert_eq!(report["files"][3]["reason"], "legacy");
}

#[test]
fn checking_writes_nothing() {
    let here = folder("check");
    std::fs::write(here.join("paper.txt"), TEXT).unwrap();
    let done = bauta(
        &here,
        &[
            "paper.txt",
            "--check",
            "--out",
            "out",
            "--name",
            "Tamsin Quillfeather",
        ],
    );
    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&done.stdout).contains("paper.txt: findings ("));
    let left: Vec<_> = std::fs::read_dir(&*here)
        .unwrap()
        .flatten()
        .map(|e| e.file_name())
        .collect();
    assert_eq!(left, ["paper.txt"]);
}

#[test]
fn wrong_use_is_said_in_a_line() {
    let here = folder("wrong");
    std::fs::write(here.join("paper.txt"), "text").unwrap();
    std::fs::write(here.join("who.json"), "{\"people\":[{\"name\":7}]}").unwrap();
    for (args, named) in [
        (vec!["--out", "out"], "INPUTS"),
        (vec!["paper.txt"], "--out"),
        (
            vec!["paper.txt", "--out", "out", "--identity", "who.json"],
            "who.json",
        ),
        (
            vec!["paper.txt", "--out", "out", "--identity", "none.json"],
            "none.json",
        ),
        (vec!["paper.txt", "--out", "paper.txt"], "paper.txt"),
        (
            vec!["paper.txt", "--out", "out", "--report", "paper.txt"],
            "report",
        ),
        (vec!["paper.txt", "--out", "out", "--colour"], "--colour"),
    ] {
        let done = bauta(&here, &args);
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(named), "{args:?}: {said}");
    }
    assert_eq!(std::fs::read_to_string(here.join("paper.txt")).unwrap(), "text");
}
