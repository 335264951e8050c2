//! The blind copy as a reviewer will see it, with what was removed and what the author must decide.

use std::collections::BTreeMap;

use bauta_strip::Finding;
use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use crate::actions::files;
use crate::store::access::AsAuthor;
use crate::store::files::FileReport;
use crate::store::read::author::{AuthorBlind, AuthorFile};
use crate::store::unread::{self, Unread};
use crate::web::error::{WebError, then};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::reading::{self, Image, Known, PageName, Reading};
use crate::web::serve_file::Served;
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct BlindPage {
    number: String,
    file: AuthorFile,
    reading: Option<Reading>,
    removed: Vec<RemovedKind>,
    removed_count: u32,
    open: Vec<FindingLine>,
    kept: Vec<FindingLine>,
    /// Whether the author may change the file now.
    changeable: bool,
    base: String,
}

impl View for BlindPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/blind.html";
}

/// Everything of one kind that was removed.
#[derive(Serialize)]
struct RemovedKind {
    what: String,
    count: u32,
    places: Vec<PlaceLine>,
}

#[derive(Serialize)]
struct PlaceLine {
    place: Place,
    count: u32,
}

/// Where something stands: `page` with its number, or the key of a part of the file.
#[derive(Serialize)]
struct Place {
    key: String,
    page: u32,
}

#[derive(Serialize)]
struct FindingLine {
    key: String,
    kind: String,
    place: Place,
    before: String,
    matched: String,
    after: String,
    /// What is to be looked at, where no words can be read and none taken out.
    unread: Option<Unread>,
}

fn place(key: &str) -> Place {
    let (word, number) = key.split_once(':').unwrap_or((key, ""));
    const KNOWN: [&str; 13] = [
        "page",
        "document",
        "body",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "properties",
        "pictures",
        "links",
        "figures",
        "table",
        "references",
    ];
    Place {
        key: KNOWN
            .iter()
            .find(|k| **k == word)
            .unwrap_or(&"document")
            .to_string(),
        page: number.parse().unwrap_or(0),
    }
}

/// The stored name of an enum's variant.
fn key_of(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(key)) => key,
        _ => String::new(),
    }
}

fn finding_line(finding: &Finding) -> FindingLine {
    let at = finding
        .excerpt
        .find(&finding.matched)
        .filter(|_| !finding.matched.is_empty());
    let (before, after) = match at {
        Some(at) => (
            &finding.excerpt[..at],
            &finding.excerpt[at + finding.matched.len()..],
        ),
        None => (finding.excerpt.as_str(), ""),
    };
    FindingLine {
        key: finding.key.clone(),
        kind: key_of(&finding.kind),
        place: place(&finding.place),
        before: before.to_owned(),
        matched: if at.is_some() {
            finding.matched.clone()
        } else {
            String::new()
        },
        after: after.to_owned(),
        unread: unread::of(finding),
    }
}

fn removed(report: &FileReport) -> Vec<RemovedKind> {
    let mut kinds: BTreeMap<bauta_strip::What, RemovedKind> = BTreeMap::new();
    for entry in &report.report.removed {
        let kind = kinds.entry(entry.what).or_insert_with(|| RemovedKind {
            what: key_of(&entry.what),
            count: 0,
            places: Vec::new(),
        });
        kind.count += entry.count;
        kind.places.push(PlaceLine {
            place: place(&entry.place),
            count: entry.count,
        });
    }
    kinds.into_values().collect()
}

impl BlindPage {
    fn of(proof: &AsAuthor, blind: AuthorBlind, reading: Option<Reading>, base: String) -> Self {
        let report = &blind.report;
        let settled = |f: &&Finding| report.kept.contains(&f.key) || report.removed.contains(&f.matched);
        let removed = removed(report);
        BlindPage {
            number: proof.number().to_owned(),
            reading,
            removed_count: removed.iter().map(|r| r.count).sum(),
            removed,
            open: report
                .report
                .findings
                .iter()
                .filter(|f| !settled(f))
                .map(finding_line)
                .collect(),
            kept: report
                .report
                .findings
                .iter()
                .filter(settled)
                .map(finding_line)
                .collect(),
            changeable: blind.open,
            file: blind.file,
            base,
        }
    }
}

fn base(number: &str, id: i64) -> String {
    format!("{}/blind/{id}", super::page(number))
}

#[get("/author/manuscripts/<number>/blind/<id>")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let found = store.author_blind(&proof, id).await?;
    let base = base(number, id);
    let reading = match &found.blind {
        Some(file) => Some(reading::of(store, file, &found.lang, base.clone()).await?),
        None => None,
    };
    desk.show(&proof, &BlindPage::of(&proof, found, reading, base))
}

/// What the author says about one finding.
#[derive(FromForm)]
pub struct Choice {
    #[field(default = String::new())]
    key: String,
    #[field(default = String::new())]
    choice: String,
}

/// What the author says about the findings.
#[derive(FromForm)]
pub struct Choices {
    #[field(default = Vec::new())]
    findings: Vec<Choice>,
}

#[post("/author/manuscripts/<number>/blind/<id>/findings", data = "<form>")]
pub async fn settle(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Choices>,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let settled: Vec<(String, bool)> = form
        .0
        .findings
        .iter()
        .filter(|f| matches!(f.choice.as_str(), "keep" | "remove"))
        .map(|f| (f.key.clone(), f.choice == "keep"))
        .collect();
    if settled.is_empty() && form.0.findings.iter().any(|f| f.choice == "other") {
        return Ok(Redirect::to(format!("{}/files", super::page(number))));
    }
    let result = files::settle_findings(&desk.office.store, &proof, id, &settled).await;
    then(&base(number, id), "findings-settled", result)
}

#[get("/author/manuscripts/<number>/blind/<id>/download")]
pub async fn download(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Served, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let file = store.author_blind_file(&proof, id).await?;
    Ok(Served::download(
        store,
        &file.blob,
        &file.name,
        &file.format,
        file.size,
    ))
}

#[get("/author/manuscripts/<number>/blind/<id>/pages/<page>")]
pub async fn page(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    page: PageName,
    known: Known,
) -> Result<Image, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let file = store.author_blind_file(&proof, id).await?;
    reading::page_of(desk.office, &file, page, known).await
}

#[get("/author/manuscripts/<number>/blind/<id>/pictures/<picture>")]
pub async fn picture(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    picture: usize,
    known: Known,
) -> Result<Image, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let file = store.author_blind_file(&proof, id).await?;
    reading::picture_of(store, &file, picture, known).await
}
