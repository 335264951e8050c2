//! Twins: two lives of one journal by the same script, clock and chance, which differ only in who the people are. What
//! somebody of one side can reach is the same in both, byte by byte: pages, files, headers, redirects, errors, letters.
//!
//! Rows of the table of leaks that this excludes: *dashboard of the other role*, *later round, same reviewer*, *aggregate
//! counts*, *search predicate as an oracle*, *file names, file metadata*, *revision history page*, *posting times*,
//! *avatar*, *new mode bolted on later* (whatever is served, now or later, is compared).

mod cast;

use std::collections::BTreeSet;

use bauta::demo::plots;
use bauta::demo::script::{Act, Casting, Plot};
use bauta::domain::decision::DecisionKind as K;
use bauta::domain::person::Lang;
use bauta::domain::verdict::Verdict as V;
use rocket::http::Method;

use crate::crawl::{Answer, Answers, Viewer, routes};
use crate::support::{Script, Town};

/// The plots that are played: all stages, and one whose author is an editor.
fn scenes() -> Vec<Plot> {
    const SCENES: &[&str] = &[
        "lapsed",
        "published",
        "declined-after-review",
        "in-review-again",
        "revising",
        "re-review",
        "accepted",
        "reviews-in",
        "overdue",
        "reading",
        "asked",
        "returned",
        "withdrawn",
        "screening",
        "draft",
    ];
    let mut plots: Vec<Plot> = plots::all();
    plots.retain(|p| SCENES.contains(&p.name));
    assert_eq!(plots.len(), SCENES.len());
    const PAIR: &[&str] = &["reviewer5", "reviewer4"];
    plots.push(Plot {
        name: "of-an-editor",
        author: "editor2",
        acts: vec![
            (50, Act::Draft),
            (50, Act::Submit),
            (47, Act::Handle),
            (44, Act::Decide(K::SendToReview)),
            (42, Act::Invite(PAIR)),
            (41, Act::Accept("reviewer5")),
            (40, Act::Accept("reviewer4")),
            (30, Act::Review("reviewer5", V::AfterRevision)),
            (25, Act::Review("reviewer4", V::AfterRevision)),
            (20, Act::Decide(K::AskRevision)),
            (9, Act::Revise),
            (7, Act::ReviewAgain),
        ],
    });
    plots
}

fn script(name: &'static str, casting: Casting, plots: Vec<Plot>) -> Script {
    Script {
        name,
        casting,
        plots,
        seed: Some(5),
    }
}

pub fn usual() -> Script {
    script("twin-usual", Casting::usual(), scenes())
}

/// The same reviewers' parts in other accounts' hands, so that no account's reviews are together as before.
fn reviewers_mixed(plot: &str, key: &'static str) -> &'static str {
    match (plot.len() % 2, key) {
        (0, "reviewer") => "reviewer9",
        (0, "reviewer3") => "reviewer",
        (0, "reviewer2") => "reviewer8",
        (1, "reviewer8") => "reviewer2",
        (_, key) => key,
    }
}

/// On the editor's own manuscript alone others review.
fn editors_reviewers(plot: &str, key: &'static str) -> &'static str {
    match (plot, key) {
        ("of-an-editor", "reviewer5") => "reviewer9",
        ("of-an-editor", "reviewer4") => "reviewer6",
        (_, key) => key,
    }
}

/// What differs between two sets of answers, one line each.
fn differences(a: &Answers, b: &Answers) -> Vec<String> {
    let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let mut out = Vec::new();
    for key in keys {
        match (a.get(key), b.get(key)) {
            (Some(x), Some(y)) if x == y => (),
            (Some(x), Some(y)) => out.push(format!(
                "{key}: {} {} {}",
                if x.status == y.status { "" } else { "status" },
                headers_apart(x, y),
                first_difference(&x.body, &y.body),
            )),
            (x, _) => out.push(format!(
                "{key}: only in the {}",
                if x.is_some() { "first" } else { "second" }
            )),
        }
    }
    out
}

fn headers_apart(a: &Answer, b: &Answer) -> String {
    let apart = |x: &Answer, y: &Answer| -> Vec<String> {
        let other: BTreeSet<&String> = y.headers.iter().collect();
        x.headers.iter().filter(|h| !other.contains(h)).cloned().collect()
    };
    match (apart(a, b), apart(b, a)) {
        (x, y) if x.is_empty() && y.is_empty() && a.headers.len() == b.headers.len() => String::new(),
        (x, y) => format!("{x:?} {y:?}"),
    }
}

fn first_difference(a: &[u8], b: &[u8]) -> String {
    let Some(at) = (0..a.len().max(b.len())).find(|i| a.get(*i) != b.get(*i)) else {
        return String::new();
    };
    let around = |bytes: &[u8]| {
        let part = &bytes[at.saturating_sub(60).min(bytes.len())..(at + 60).min(bytes.len())];
        String::from_utf8_lossy(part).into_owned()
    };
    format!("byte {at}: …{}… / …{}…", around(a), around(b))
}

/// Everything that somebody reaches: by links and the route table, then by posting at every route, then by links again.
async fn reached(town: &Town, key: Option<&str>, lang: Lang, questions: &[String]) -> Answers {
    let browser = town.browser().await;
    let token = match key {
        Some(key) => Some(town.token(key).await),
        None => None,
    };
    let viewer = Viewer {
        browser: &browser,
        token,
        lang,
    };
    let mut start = routes(town, Method::Get);
    start.extend(questions.iter().cloned());
    let mut all = viewer.crawl(start).await;
    for path in routes(town, Method::Post) {
        let answer = viewer.post(&path, "x=1&version=1").await;
        all.insert(format!("POST {path}"), answer);
    }
    all
}

/// The letters to one address, as they lay in the outbox, in the order of their names.
fn letters_to(town: &Town, address: &str) -> Vec<String> {
    let mut found: Vec<(std::path::PathBuf, String)> = std::fs::read_dir(town.config.outbox())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .filter(|(_, text)| text.contains(&format!("To: {address}")))
        .collect();
    found.sort();
    found
        .into_iter()
        .map(|(_, text)| without_boundary(&text))
        .collect()
}

/// The line between a letter's parts is drawn by the mail library for each letter anew; it is the same for nobody.
fn without_boundary(letter: &str) -> String {
    let found = regex::Regex::new(r#"boundary="([^"]+)""#).unwrap();
    match found.captures(letter) {
        Some(c) => letter.replace(&c[1], "-"),
        None => letter.to_owned(),
    }
}

/// Compares all that these people reach in two lives; asks each search for every name of the others.
async fn alike(first: &Town, second: &Town, viewers: &[Option<&str>], questions: &[String]) -> usize {
    let mut seen = 0;
    for (i, viewer) in viewers.iter().enumerate() {
        let lang = Lang::ALL[i % 2];
        let a = reached(first, *viewer, lang, questions).await;
        let b = reached(second, *viewer, lang, questions).await;
        let found = differences(&a, &b);
        let name = viewer.unwrap_or("stranger");
        println!("{name} {}: {} answers compared", lang.tag(), a.len());
        assert!(
            found.is_empty(),
            "{name}: {} differ\n{}",
            found.len(),
            found[..found.len().min(12)].join("\n")
        );
        assert!(a.len() > 300, "{}", a.len());
        seen += a.len();
        if let Some(key) = viewer {
            let address = first.address_of(key);
            let (a, b) = (letters_to(first, &address), letters_to(second, &address));
            assert_eq!(a, b, "letters to {key}");
            assert!(!a.is_empty(), "{key}");
            println!("{key}: {} letters compared", a.len());
            seen += a.len();
        }
    }
    seen
}

fn questions(marks: &[String]) -> Vec<String> {
    let encode = |text: &str| -> String { text.bytes().map(|b| format!("%{b:02X}")).collect() };
    marks
        .iter()
        .flat_map(|mark| {
            let q = encode(mark);
            [
                format!("/office/search?q={q}"),
                format!("/articles?q={q}"),
                format!("/reviews?q={q}"),
            ]
        })
        .collect()
}

async fn reviewers_look(viewers: &[Option<&str>]) {
    let casting = cast::other_authors();
    let marks = cast::marks(&casting.people);
    let first = Town::played(&usual()).await;
    let second = Town::played(&script("twin-authors", casting, scenes())).await;
    let seen = alike(&first, &second, viewers, &questions(&marks[..6])).await;
    assert!(seen > 1000, "{seen}");
}

#[rocket::async_test]
async fn a_reviewer_cannot_tell_the_authors_nor_the_other_reviewers() {
    reviewers_look(&[Some("reviewer"), Some("reviewer3")]).await;
}

#[rocket::async_test]
async fn a_reviewer_of_english_papers_cannot_tell_either() {
    assert_eq!(cast::LOOKERS, ["reviewer", "reviewer3", "reviewer10"]);
    reviewers_look(&[Some("reviewer10")]).await;
}

async fn authors_look(viewers: &[Option<&str>]) {
    let casting = cast::other_reviewers();
    let marks = cast::marks(&casting.people);
    let plots = cast::parts_swapped(scenes(), reviewers_mixed);
    let first = Town::played(&usual()).await;
    let second = Town::played(&script("twin-reviewers", casting, plots)).await;
    let seen = alike(&first, &second, viewers, &questions(&marks[..4])).await;
    assert!(seen > 1000, "{seen}");
}

#[rocket::async_test]
async fn an_author_cannot_tell_the_reviewers() {
    authors_look(&["author", "author2"].map(Some)).await;
}

#[rocket::async_test]
async fn an_author_of_other_stages_cannot_tell_the_reviewers() {
    authors_look(&["author3", "author4"].map(Some)).await;
}

#[rocket::async_test]
async fn an_author_in_the_second_round_and_a_stranger_cannot_tell_the_reviewers() {
    authors_look(&[Some("author5"), None]).await;
}

#[rocket::async_test]
async fn an_editor_who_is_an_author_cannot_tell_their_own_reviewers() {
    let plots = cast::parts_swapped(scenes(), editors_reviewers);
    let first = Town::played(&usual()).await;
    let second = Town::played(&script("twin-editor", Casting::usual(), plots)).await;
    let questions = questions(&["reviewer5", "reviewer9", "of-an-editor"].map(str::to_owned));
    let seen = alike(&first, &second, &[Some("editor2")], &questions).await;
    assert!(seen > 1000, "{seen}");
}

/// The tests of the test: one planted difference of each kind is seen.
#[test]
fn planted_differences_are_seen() {
    let answer = |status, headers: &[&str], body: &str| Answer {
        status,
        headers: headers.iter().map(|h| (*h).to_owned()).collect(),
        body: body.as_bytes().to_vec(),
    };
    let page = answer(200, &["Content-Type: text/html", "ETag: a"], "<p>one two</p>");
    let first = Answers::from([("GET /".to_owned(), page.clone())]);
    assert_eq!(differences(&first, &first), Vec::<String>::new());
    let planted = [
        (
            "a byte",
            answer(200, &["Content-Type: text/html", "ETag: a"], "<p>one twO</p>"),
        ),
        (
            "a size",
            answer(200, &["Content-Type: text/html", "ETag: a"], "<p>one two</p> "),
        ),
        (
            "an order",
            answer(200, &["Content-Type: text/html", "ETag: a"], "<p>two one</p>"),
        ),
        (
            "a status",
            answer(404, &["Content-Type: text/html", "ETag: a"], "<p>one two</p>"),
        ),
        (
            "an ETag",
            answer(200, &["Content-Type: text/html", "ETag: b"], "<p>one two</p>"),
        ),
        (
            "a cookie",
            answer(
                200,
                &["Content-Type: text/html", "ETag: a", "Set-Cookie: x=1"],
                "<p>one two</p>",
            ),
        ),
        (
            "a header less",
            answer(200, &["Content-Type: text/html"], "<p>one two</p>"),
        ),
    ];
    for (what, other) in planted {
        let second = Answers::from([("GET /".to_owned(), other)]);
        assert_eq!(differences(&first, &second).len(), 1, "{what}");
    }
    let more = Answers::from([("GET /".to_owned(), page.clone()), ("GET /x".to_owned(), page)]);
    assert_eq!(differences(&first, &more).len(), 1, "a page more");
}
