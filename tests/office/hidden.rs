//! Hidden is missing: for what a person may not see the answer is that for what does not exist, by its bytes, its
//! headers and the look-ups made. And what is read never calls home.
//!
//! Rows of the table of leaks that this excludes: *search predicate as an oracle*, *timing of searches*, *role gained
//! through a link*, *any document
//! by any author*, *unchecked server rules*, *uploaded HTML runs as site*, *web beacons*, *expression language* (there
//! is none: a search is words).

use bauta::demo::cast;
use bauta::domain::person::Lang;
use rocket::http::Method;

use crate::crawl::{Answer, Viewer};
use crate::routes::fill;
use crate::support::Town;

/// An answer without the number that was asked for, and how many statements it took.
async fn asked(town: &Town, viewer: &Viewer<'_>, method: Method, uri: &str, number: &str) -> (Answer, u64) {
    let path = fill(uri, number);
    let before = town.store.statements();
    let mut answer = match method {
        Method::Get => viewer.get(&path).await,
        _ => viewer.post(&path, "x=1").await,
    };
    let statements = town.store.statements() - before;
    answer.body = answer.text().replace(number, "N").into_bytes();
    answer
        .headers
        .iter_mut()
        .for_each(|h| *h = h.replace(number, "N"));
    (answer, statements)
}

const ABSENT: &str = "ZZZZ-ZZZZ";

/// Who asks for which manuscript in whose place: all of them are hidden from that person there.
const HIDDEN: &[(&str, &str, &[&str])] = &[
    ("author", "reading", &["author", "reviews", "office", "admin"]),
    ("author", "screening-soon", &["reviews", "office", "admin"]),
    ("reviewer9", "reading", &["author", "reviews", "office", "admin"]),
    ("reviewer5", "reading", &["author", "office", "admin"]),
    ("reviewer6", "reading", &["author", "reviews", "office", "admin"]),
    ("admin", "reading", &["author", "reviews", "office"]),
    ("admin", "published", &["author", "reviews", "office"]),
    ("editor", "reading", &["author", "reviews"]),
    ("editor", "draft", &["author", "reviews", "office"]),
    ("chief", "draft", &["author", "reviews", "office"]),
];

#[rocket::async_test]
async fn the_hidden_is_answered_as_the_absent_is() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let mut seen = 0;
    for (key, plot, places) in HIDDEN {
        let viewer = Viewer {
            browser: &browser,
            token: Some(town.token(key).await),
            lang: Lang::En,
        };
        let number = town.number(plot);
        for route in bauta::app::routes() {
            let uri = route.uri.to_string();
            let first = uri.split('/').nth(1).unwrap_or_default();
            let about = uri.contains("<number>") || uri.contains("<n>");
            if !about || !places.contains(&first) {
                continue;
            }
            // Whoever was asked once may be counted; the first request of each pair must not be.
            asked(&town, &viewer, route.method, &uri, ABSENT).await;
            let hidden = asked(&town, &viewer, route.method, &uri, &number).await;
            let absent = asked(&town, &viewer, route.method, &uri, ABSENT).await;
            assert_eq!(hidden, absent, "{key} {} {uri} of {plot}", route.method);
            assert_eq!(hidden.0.status, 404, "{key} {} {uri} of {plot}", route.method);
            seen += 1;
        }
    }
    println!("{seen} pairs of hidden and absent compared");
    assert!(seen > 500, "{seen}");
}

/// Rows inside of a manuscript that one may see: those of others are as absent as none.
#[rocket::async_test]
async fn rows_of_others_are_absent_inside_of_ones_own_manuscript() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let ids = |town: &Town, plot: &str| {
        format!(
            "SELECT id FROM file WHERE manuscript_id = (SELECT id FROM manuscript WHERE number = '{}')",
            town.number(plot)
        )
    };
    let foreign = town.ids(&ids(&town, "reading")).await;
    assert!(!foreign.is_empty());
    let mut seen = 0;
    for (key, plot, place) in [
        ("author", "re-review", "/author/manuscripts/<number>/blind/"),
        ("author", "re-review", "/author/manuscripts/<number>/files/"),
        ("reviewer8", "accepted", "/reviews/<number>/files/"),
        ("reviewer8", "accepted", "/reviews/<number>/attachments/"),
        ("reviewer", "overdue", "/reviews/<number>/files/"),
    ] {
        let viewer = Viewer {
            browser: &browser,
            token: Some(town.token(key).await),
            lang: Lang::Zh,
        };
        for route in bauta::app::routes() {
            let uri = route.uri.to_string();
            if !uri.starts_with(place) {
                continue;
            }
            let ask = |id: i64| {
                uri.replacen("<id>", &id.to_string(), 1)
                    .replacen("<file>", &id.to_string(), 1)
            };
            let absent = asked(&town, &viewer, route.method, &ask(4711), &town.number(plot))
                .await
                .0;
            for id in &foreign {
                let mut hidden = asked(&town, &viewer, route.method, &ask(*id), &town.number(plot))
                    .await
                    .0;
                hidden.body = hidden.text().replace(&id.to_string(), "4711").into_bytes();
                hidden
                    .headers
                    .iter_mut()
                    .for_each(|h| *h = h.replace(&id.to_string(), "4711"));
                assert_eq!(hidden, absent, "{key} {} {uri}", route.method);
                seen += 1;
            }
        }
    }
    println!("{seen} rows of others asked for");
    assert!(seen > 10, "{seen}");
}

/// The editor who is an author finds nothing of the own manuscript in any place of the office, and reads its letters as
/// any author does.
#[rocket::async_test]
async fn an_editor_who_is_an_author_is_an_author_only() {
    let town = Town::played(&crate::twins::usual()).await;
    let browser = town.browser().await;
    let number = town.number("of-an-editor");
    let viewer = Viewer {
        browser: &browser,
        token: Some(town.token("editor2").await),
        lang: Lang::En,
    };
    let mut start: Vec<String> = bauta::app::routes()
        .iter()
        .filter(|r| r.method == Method::Get)
        .map(|r| fill(&r.uri.to_string(), ABSENT))
        .collect();
    start.push(format!("/office/search?q={number}"));
    for list in ["give-notice", "find-reviewers", "decide", "overdue", "waiting"] {
        start.push(format!("/office/lists/{list}"));
    }
    let answers = viewer.crawl(start).await;
    let title = town.own_title("editor2", &number).await;
    let mut office = 0;
    for (path, answer) in &answers {
        let path = path.trim_start_matches("GET ");
        if path.starts_with("/office") && !path.contains(&number) {
            office += 1;
            assert!(!answer.text().contains(&number), "{path}");
            assert!(!answer.text().contains(&title), "{path}");
        }
        if path.starts_with("/office") && path.contains(&format!("manuscripts/{number}")) {
            assert_eq!(answer.status, 404, "{path}");
        }
    }
    assert!(office > 50, "{office}");
    let mut letters = 0;
    for letter in town.letters() {
        if letter.to.contains(&town.address_of("editor2")) && letter.text.contains(&number) {
            letters += 1;
            assert!(!letter.text.contains("/office/"), "{}", letter.subject);
            assert!(
                !letter.text.contains("Reviewer E") && !letter.text.contains("reviewed by"),
                "{}",
                letter.subject
            );
        }
    }
    assert!(letters > 2, "{letters}");
}

/// Links, pictures from elsewhere, scripts and forms of a manuscript do nothing in its reading view.
#[rocket::async_test]
async fn reading_a_manuscript_never_calls_home() {
    let town = Town::life().await;
    let number = town.number("draft");
    let browser = town.browser().await;
    let viewer = Viewer {
        browser: &browser,
        token: Some(town.token("author").await),
        lang: Lang::En,
    };
    let markdown = b"# Walking\n\n[a link](https://home.example/a) ![a picture](https://home.example/b.png) <https://home.example/c>\n\n\
        <img src=\"https://home.example/d.png\"><script src=\"https://home.example/e.js\"></script><iframe src=\"https://home.example/f\"></iframe>\
        <form action=\"https://home.example/g\"><input></form><style>@import url(https://home.example/h.css);</style>\n\nIt was walked.\n";
    let tex = b"\\documentclass{article}\n\\usepackage{hyperref}\n\\begin{document}\n\\href{https://home.example/a}{here} \\url{https://home.example/b} \\includegraphics{https://home.example/c.png}\nIt was walked.\n\\end{document}\n";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"9\" height=\"9\"><image xlink:href=\"https://home.example/a.png\"/><a xlink:href=\"https://home.example/b\"><rect width=\"9\" height=\"9\"/></a><script>fetch('https://home.example/c')</script></svg>";
    let calls = r#"(?i)(?:href|src|srcset|action|data|poster|formaction)\s*=\s*["']?\s*(?:https?:)?//|url\(|@import|<script|<iframe|<object|<embed"#;
    let calls = regex::Regex::new(calls).unwrap();
    // The program's own script is taken out before.
    let own = regex::Regex::new(r#"<script[^>]*src="/static/[^"]*"[^>]*></script>"#).unwrap();
    let mut seen = 0;
    for (role, bytes) in [
        (bauta::store::files::FileRole::Manuscript, markdown.as_slice()),
        (bauta::store::files::FileRole::Manuscript, tex.as_slice()),
        (bauta::store::files::FileRole::Figure, svg.as_slice()),
    ] {
        let id = crate::formats::add(&town, "author", &number, role, bytes).await;
        let page = viewer
            .get(&format!("/author/manuscripts/{number}/blind/{id}"))
            .await;
        assert_eq!(page.status, 200);
        let text = own.replace_all(&page.text(), "").into_owned();
        assert!(calls.find(&text).is_none(), "{:?}", calls.find(&text));
        // What is served beside the page is no page, and its own policy lets it load nothing.
        for link in crate::crawl::links(&page) {
            if link.contains("/pictures/") || link.contains("/download") {
                let answer = viewer.get(&link).await;
                let header = |name: &str| answer.headers.iter().any(|h| h.to_lowercase().starts_with(name));
                assert!(!answer.is_html(), "{link}");
                assert!(
                    header("content-security-policy: ") && header("x-content-type-options: nosniff"),
                    "{link}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen >= 3, "{seen}");
    // Any reading desk of a reviewer, of any format.
    let viewer = Viewer {
        browser: &browser,
        token: Some(town.token("reviewer").await),
        lang: Lang::Zh,
    };
    let desk = viewer.get(&format!("/reviews/{}", town.number("overdue"))).await;
    let text = own.replace_all(&desk.text(), "").into_owned();
    assert_eq!(desk.status, 200);
    assert!(calls.find(&text).is_none(), "{:?}", calls.find(&text));
}

/// Nothing of a search's answer depends on what the one who asks may not see.
#[rocket::async_test]
async fn a_search_is_no_oracle() {
    let town = Town::played(&crate::twins::usual()).await;
    let browser = town.browser().await;
    let viewer = Viewer {
        browser: &browser,
        token: Some(town.token("editor2").await),
        lang: Lang::En,
    };
    let mut counts = Vec::new();
    // The own manuscript's number, title's words and reviewers against words that stand nowhere.
    let number = town.number("of-an-editor");
    let (reviewer, nobody) = (cast::member("reviewer5").profile.latin_name, "Xq Wyvern");
    for (hidden, absent) in [(number.as_str(), ABSENT), (reviewer.as_str(), nobody)] {
        for query in ["/office/search?q={}", "/office/search?q={}&stage=in-review"] {
            let ask = async |word: &str| {
                let encoded = word.replace(' ', "+");
                let before = town.store.statements();
                let mut answer = viewer.get(&query.replace("{}", &encoded)).await;
                answer.body = answer
                    .text()
                    .replace(&encoded, "W")
                    .replace(word, "W")
                    .into_bytes();
                (answer, town.store.statements() - before)
            };
            ask(absent).await;
            let (hidden, absent) = (ask(hidden).await, ask(absent).await);
            counts.push(hidden.1);
            assert_eq!(hidden.0.text().len(), absent.0.text().len(), "{query}");
            assert_eq!(hidden.0.status, absent.0.status);
        }
    }
    assert!(counts.iter().all(|c| *c > 0));
}

/// A letter's link is good for what it was sent for and for nothing else: in any other place it is no link at all.
#[rocket::async_test]
async fn a_link_gives_no_other_role_than_its_own() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let found = regex::Regex::new(r"/(link|invitation|authorship|authors-change)/([a-z2-7]{20,})").unwrap();
    let places = ["/invitation/", "/authorship/", "/authors-change/"];
    let stranger = Viewer {
        browser: &browser,
        token: None,
        lang: Lang::En,
    };
    let mut seen = 0;
    for letter in town.letters() {
        let Some(link) = found.captures(&letter.text) else {
            continue;
        };
        let own = stranger.get(&link[0]).await;
        let leads: Vec<String> = crate::crawl::links(&own);
        for place in places {
            let here = format!("{place}{}", &link[2]);
            if link[0] == here || leads.iter().any(|to| to.starts_with(&here)) {
                continue;
            }
            let unknown = format!("{place}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
            for body in [None, Some("answer=accept&yes=1&confirm=1")] {
                let (a, b) = match body {
                    None => (stranger.get(&here).await, stranger.get(&unknown).await),
                    Some(body) => (
                        stranger.post(&here, body).await,
                        stranger.post(&unknown, body).await,
                    ),
                };
                let plain = |answer: &Answer, path: &str| answer.text().replace(path, "P");
                assert_eq!(
                    plain(&a, &here),
                    plain(&b, &unknown),
                    "{} {place}",
                    letter.subject
                );
                assert_eq!(a.status, b.status, "{} {place}", letter.subject);
                seen += 1;
            }
        }
    }
    println!("{seen} links tried in other places than their own");
    assert!(seen > 100, "{seen}");
}
