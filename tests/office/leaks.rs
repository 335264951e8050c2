//! Leaks on record in other systems: each is excluded by a test, whose module names it.

/// The classes, as the modules' own words name them.
const CLASSES: &[&str] = &[
    "profile/search endpoint ignores authorisation",
    "search predicate as an oracle",
    "timing of searches",
    "role gained through a link",
    "any document by any author",
    "uploaded HTML runs as site",
    "expression language",
    "aggregate counts",
    "override view forgets a widget",
    "notification sender / Cc",
    "decision letter to reviewers",
    "“add reviews to mail”",
    "dashboard of the other role",
    "later round, same reviewer",
    "new mode bolted on later",
    "avatar",
    "file names, file metadata",
    "reviewer's annotated file",
    "revision history page",
    "signature helper field",
    "reviewer names themselves in text",
    "unchecked server rules",
    "posting times",
    "web beacons",
];

#[test]
fn every_class_of_leak_is_named_where_it_is_excluded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/office");
    let mut said = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let own = path.file_name().is_some_and(|name| name == "leaks.rs");
        if path.extension().is_some_and(|e| e == "rs") && !own {
            let text = std::fs::read_to_string(path).unwrap();
            // A name may go on in the next line of a comment.
            let lines = text.lines().filter_map(|line| line.strip_prefix("//! "));
            said += &lines.collect::<Vec<&str>>().join(" ");
            said.push('\n');
        }
    }
    let missing: Vec<&&str> = CLASSES
        .iter()
        .filter(|class| !said.contains(&format!("*{class}*")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
