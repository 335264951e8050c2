//! Who may import whom. Reads every `crate::` path of the sources and holds the design to it.

use std::path::Path;

/// A layer and the layers that it may import (itself always).
const MAY: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("chance", &[]),
    ("domain", &[]),
    ("seal", &[]),
    ("trials", &[]),
    ("config", &["domain"]),
    ("words", &["domain"]),
    ("letters", &["domain", "words"]),
    (
        "store",
        &["domain", "seal", "clock", "chance", "letters", "trials", "words"],
    ),
    ("actions", &["store", "domain", "letters", "trials"]),
    ("post", &["config", "domain"]),
    ("worker", &["actions", "store", "letters", "post"]),
    ("demo", &["actions", "store", "domain", "worker"]),
    (
        "web",
        &[
            "app", "actions", "store", "domain", "letters", "trials", "words", "config",
        ],
    ),
    ("app", &["web", "actions", "store", "config"]),
    (
        "commands",
        &[
            "app", "actions", "chance", "clock", "config", "demo", "domain", "post", "seal", "store",
            "worker",
        ],
    ),
];

fn files(folder: &Path, out: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("src/strip") {
                files(&path, out);
            }
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn layer(source: &Path, root: &Path) -> String {
    let rest = source.strip_prefix(root).unwrap();
    let first = rest
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn nobody_imports_upwards() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&root, &mut sources);
    let path = regex::Regex::new(r"\bcrate::(\w+)").unwrap();
    let mut wrong = Vec::new();
    for source in &sources {
        let layer = layer(source, &root);
        if layer == "lib" || layer == "main" {
            continue;
        }
        let may = MAY.iter().find(|(name, _)| *name == layer).map(|(_, may)| *may);
        let may = may.unwrap_or_else(|| panic!("{layer} is not in the table of layers"));
        let text = std::fs::read_to_string(source).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        for found in path.captures_iter(code) {
            let used = &found[1];
            if used != layer && !may.contains(&used) {
                wrong.push(format!(
                    "{}: {layer} names {used}",
                    source.strip_prefix(&root).unwrap().display()
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn each_library_is_named_where_it_belongs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    files(&root, &mut sources);
    let homes: &[(&str, &[&str])] = &[
        ("sea_orm", &["store"]),
        ("rocket", &["web", "app", "lib", "commands"]),
        ("tera::", &["web", "letters", "words"]),
        ("lettre::", &["post"]),
        ("rand::", &["chance"]),
    ];
    for source in &sources {
        let layer = layer(source, &root);
        let text = std::fs::read_to_string(source).unwrap();
        for (library, may) in homes {
            let named = text
                .lines()
                .filter(|l| !l.trim_start().starts_with("//"))
                .any(|l| {
                    l.contains(&format!("use {library}"))
                        || l.contains(&format!("{library}::"))
                        || (library.ends_with("::") && l.contains(&format!(" {library}")))
                });
            assert!(
                !named || may.contains(&layer.as_str()),
                "{} names {library}",
                source.display()
            );
        }
    }
}

#[test]
fn a_reviewers_reads_never_name_the_authors_tables() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/read");
    let mut sources = Vec::new();
    files(&root, &mut sources);
    for source in sources.iter().filter(|p| {
        p.strip_prefix(&root)
            .unwrap()
            .to_string_lossy()
            .contains("reviewer")
    }) {
        let text = std::fs::read_to_string(source).unwrap();
        for word in [
            "authorship",
            "Submission",
            "submission()",
            "manuscript\", \"sealed",
        ] {
            assert!(!text.contains(word), "{} names {word}", source.display());
        }
    }
}
