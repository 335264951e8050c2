//! What the program is made of: licences, sources and kinds of the packages in the lock file, by `cargo metadata`.
//!
//! This is the part of `cargo deny check licenses bans sources` that we use. The tool itself would have to be compiled on every
//! new machine, for this one check; advisories need its database from the network.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Licences that we take. All are permissive, or weak file by file (MPL-2.0).
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OpenSSL",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Packages that must not come in, and why.
const BANNED: &[(&str, &str)] = &[
    ("openssl", "TLS is rustls"),
    ("openssl-sys", "TLS is rustls"),
    ("native-tls", "TLS is rustls"),
    ("rocket_csrf", "for Rocket 0.4"),
    ("rocket_dyn_templates", "wants a folder at run time"),
    ("sea-orm-rocket", "another pool beside ours"),
    ("failure", "given up"),
    ("chrono-tz", "zones are jiff's"),
    ("atty", "given up"),
    ("serde_yaml", "given up"),
];

fn metadata() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "the packages of the lock file are not all here; get them with: cargo fetch --locked\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whether an SPDX expression can be met with our licences: `OR` is a choice, `AND` wants both.
fn allowed(expression: &str) -> bool {
    let text = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut at = 0;
    let value = either(&words, &mut at);
    value && at == words.len()
}

fn either(words: &[&str], at: &mut usize) -> bool {
    let mut value = both(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        value |= both(words, at);
    }
    value
}

fn both(words: &[&str], at: &mut usize) -> bool {
    let mut value = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        value &= one(words, at);
    }
    value
}

fn one(words: &[&str], at: &mut usize) -> bool {
    if words.get(*at) == Some(&"(") {
        *at += 1;
        let value = either(words, at);
        *at += 1;
        return value;
    }
    let Some(name) = words.get(*at) else { return false };
    *at += 1;
    let mut name = (*name).to_owned();
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
        // An exception gives more than the licence without it.
        let plain = name.split(' ').next().unwrap_or_default();
        return LICENCES.contains(&plain) || LICENCES.contains(&name.as_str());
    }
    LICENCES.contains(&name.as_str())
}

#[test]
fn licences_sources_and_bans() {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 300, "{}", packages.len());
    let mut wrong = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        *counts.entry(licence.to_owned()).or_default() += 1;
        if !allowed(licence) {
            wrong.push(format!("{name}: licence {licence:?}"));
        }
        match package["source"].as_str() {
            None => {
                let path = package["manifest_path"].as_str().unwrap();
                if !path.starts_with(env!("CARGO_MANIFEST_DIR")) {
                    wrong.push(format!("{name}: from outside of this folder"));
                }
            }
            Some("registry+https://github.com/rust-lang/crates.io-index") => {}
            Some(other) => wrong.push(format!("{name}: from {other}")),
        }
        if let Some((_, why)) = BANNED.iter().find(|(banned, _)| *banned == name) {
            wrong.push(format!("{name}: {why}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    println!(
        "{} packages, {} licence expressions",
        packages.len(),
        counts.len()
    );
}

/// Every package of the lock file is there with its checksum, so that nobody can put another in its place.
#[test]
fn the_lock_file_names_a_checksum_for_every_package_from_elsewhere() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    let packages = text.split("[[package]]").skip(1);
    for package in packages.filter(|p| p.contains("\nsource = ")) {
        assert!(package.contains("\nchecksum = \""), "{package}");
    }
}

#[test]
fn no_crate_of_ours_has_unsafe_code() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let workspace = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    let metadata = metadata();
    let ours: BTreeSet<&str> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|p| p["source"].is_null())
        .map(|p| p["manifest_path"].as_str().unwrap())
        .collect();
    assert_eq!(ours.len(), 3);
    for manifest in ours {
        let text = std::fs::read_to_string(manifest).unwrap();
        assert!(text.contains("[lints]\nworkspace = true"), "{manifest}");
    }
}

#[test]
fn an_expression_is_read_as_it_is_meant() {
    for good in [
        "MIT",
        "MIT OR Apache-2.0",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT",
        "Apache-2.0 AND ISC",
    ] {
        assert!(allowed(good), "{good}");
    }
    for bad in [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(GPL-3.0 OR AGPL-3.0) AND MIT",
        "MIT Apache-2.0",
        "SSPL-1.0 OR",
    ] {
        assert!(!allowed(bad), "{bad}");
    }
}
