//! Which fields and parameters each route takes: from the route's address, and from the form's type beside its handler.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;
use rocket::http::Method;

/// A route with everything that can be sent to it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub method: Method,
    /// The address with its `<parameters>`, without the question mark.
    pub path: String,
    /// Names behind the question mark.
    pub query: Vec<String>,
    /// Names in the form.
    pub fields: Vec<String>,
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The fields of every form type of a file, by the type's name.
fn forms(text: &str) -> BTreeMap<String, Vec<String>> {
    let form = Regex::new(
        r"(?s)#\[derive\([^\]]*FromForm[^\]]*\)\]\s*(?:pub(?:\([^)]*\))? )?struct (\w+)[^{;]*\{(.*?)\n\}",
    )
    .unwrap();
    let field = Regex::new(r#"(?s)(?:#\[field\(([^\]]*)\)\]\s*)?(?:pub(?:\([^)]*\))? )?(\w+): "#).unwrap();
    let renamed = Regex::new(r#"name = "([^"]+)""#).unwrap();
    let of = |body: &str| {
        let each = field.captures_iter(body).map(|found| {
            let own = found
                .get(1)
                .and_then(|a| renamed.captures(a.as_str()).map(|n| n[1].to_owned()));
            own.unwrap_or_else(|| found[2].to_owned())
        });
        each.collect::<Vec<_>>()
    };
    form.captures_iter(text)
        .map(|found| (found[1].to_owned(), of(&found[2])))
        .collect()
}

/// What each posting handler's form is called, by the route's address.
fn posted(text: &str) -> Vec<(String, String)> {
    let handler = Regex::new(
        r#"(?s)#\[post\("([^"]+)"[^\]]*\)\]\s*(?:pub(?:\([^)]*\))? )?async fn \w+\((.*?)\n?\) ->"#,
    )
    .unwrap();
    let form = Regex::new(r"(?:Posted|SurePosted)<([\w:]+)").unwrap();
    let each = handler.captures_iter(text).filter_map(|found| {
        let name = form.captures(&found[2])?[1].rsplit("::").next()?.to_owned();
        Some((found[1].to_owned(), name))
    });
    each.collect()
}

/// Every route of the program.
pub fn entries() -> Vec<Entry> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut files);
    let (mut known, mut by_path) = (BTreeMap::new(), BTreeMap::new());
    let texts: Vec<String> = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    for text in &texts {
        for (name, fields) in forms(text) {
            known.entry(name).or_insert_with(Vec::new).extend(fields);
        }
    }
    for text in &texts {
        let own = forms(text);
        for (path, form) in posted(text) {
            let fields = own.get(&form).or_else(|| known.get(&form)).cloned();
            by_path.insert(
                path.clone(),
                fields.unwrap_or_else(|| panic!("{path} takes {form}, which is not found")),
            );
        }
    }
    let query = Regex::new(r"<(\w+)(?:\.\.)?>").unwrap();
    let routes = bauta::app::routes();
    let each = routes.iter().map(|route| {
        let uri = route.uri.to_string();
        let (path, asked) = uri.split_once('?').unwrap_or((&uri, ""));
        Entry {
            method: route.method,
            path: path.to_owned(),
            query: query.captures_iter(asked).map(|q| q[1].to_owned()).collect(),
            fields: by_path
                .get(path)
                .cloned()
                .filter(|_| route.method == Method::Post)
                .unwrap_or_default(),
        }
    });
    each.collect()
}

#[test]
fn the_forms_of_the_program_are_found() {
    let entries = entries();
    let fields = |path: &str| {
        let found = entries
            .iter()
            .find(|e| e.path == path && e.method == Method::Post);
        found.unwrap_or_else(|| panic!("{path}")).fields.clone()
    };
    assert_eq!(fields("/sign-in"), ["email", "password", "next"]);
    assert_eq!(fields("/sign-in/code"), ["token", "code"]);
    assert!(fields("/admin/people/<id>/roles").contains(&"role".to_owned()));
    let with: Vec<&Entry> = entries.iter().filter(|e| !e.fields.is_empty()).collect();
    let all: usize = with.iter().map(|e| e.fields.len()).sum();
    println!("{} routes, {} forms, {all} fields", entries.len(), with.len());
    assert!(with.len() >= 40 && all >= 150, "{} {all}", with.len());
}
