//! Canaries: every page, file, letter and header as every audience. No planted identity shows where it must not.
//!
//! The first table of LEAKS: profile endpoints, searches, notification senders, decision letters, dashboards of the
//! other role, later rounds, file names and metadata, revision pages, counts. All of them are pages, files or letters here.

use std::collections::{BTreeSet, VecDeque};

use bauta::demo::cast::{self, Member};
use bauta::domain::person::{Lang, Role};
use rocket::http::Status;

use crate::support::{Browser, Town};

/// The marks of a person: names in both scripts, address, affiliation.
fn marks(member: &Member) -> Vec<String> {
    let p = &member.profile;
    [
        p.native_name.clone(),
        p.latin_name.clone(),
        member.email.to_string(),
        p.affiliation.clone(),
    ]
    .into_iter()
    .filter(|mark| !mark.is_empty())
    .collect()
}

fn authors() -> Vec<Member> {
    cast::people()
        .into_iter()
        .filter(|m| m.key.starts_with("author"))
        .collect()
}

fn reviewers() -> Vec<Member> {
    cast::people()
        .into_iter()
        .filter(|m| m.roles.contains(&Role::Reviewer))
        .collect()
}

/// Everything that gives authors away: themselves, their co-authors, funding, ethics and trial numbers.
fn author_marks() -> Vec<String> {
    let mut out: Vec<String> = authors().iter().flat_map(marks).collect();
    for word in [
        "闻人慕白",
        "Wenren Mubai",
        "Zdenka Ravnikar",
        "2025BL04417",
        "WRC-2025-0417",
        "BLEC-2025-0312",
        "FEB 2025-0312",
        "ChiCTR25000",
    ] {
        out.push(word.to_owned());
    }
    out
}

fn links(page: &str) -> Vec<String> {
    let found = regex::Regex::new(r##"(?:href|src|action)="(/[^"#]*)["#]"##).unwrap();
    found
        .captures_iter(page)
        .map(|c| c[1].replace("&amp;", "&"))
        .collect()
}

/// The text of a served file: what a reader, or a curious one with an unzipper, finds in it.
fn text_of(bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    if let Ok(mut zip) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for i in 0..zip.len() {
            use std::io::Read;
            let mut part = zip.by_index(i).unwrap();
            text.push_str(&part.name().unwrap_or_default());
            let mut inner = Vec::new();
            part.read_to_end(&mut inner).unwrap();
            text.push_str(&String::from_utf8_lossy(&inner));
        }
    }
    if let Ok(visible) = bauta_strip::compare_text(bytes) {
        text.push_str(&visible);
    }
    text
}

struct Crawl {
    pages: usize,
    files: usize,
    leaks: Vec<String>,
}

/// Follows every link from `start` as one person, in one language. Published articles name their authors: they are left out.
async fn crawl(browser: &Browser, token: &str, lang: Lang, start: &[String], forbidden: &[String]) -> Crawl {
    let mut queue: VecDeque<String> = start.iter().cloned().collect();
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut crawl = Crawl {
        pages: 0,
        files: 0,
        leaks: Vec::new(),
    };
    while let Some(path) = queue.pop_front() {
        let response = browser.get(&path, Some(token), lang).await;
        let status = response.status();
        assert_ne!(status, Status::InternalServerError, "{path}");
        let headers: String = response.headers().iter().map(|h| format!("{h}\n")).collect();
        let html = response.content_type().is_some_and(|t| t.is_html());
        let bytes = response.into_bytes().await.unwrap_or_default();
        let text = if html {
            String::from_utf8_lossy(&bytes).into_owned()
        } else {
            text_of(&bytes)
        };
        if html {
            crawl.pages += 1
        } else {
            crawl.files += 1
        }
        let leaked = forbidden
            .iter()
            .filter(|mark| text.contains(*mark) || headers.contains(*mark));
        crawl.leaks.extend(leaked.map(|mark| format!("{path}: {mark}")));
        if html && status == Status::Ok {
            for link in links(&text) {
                let outside = ["/articles", "/feed.atom", "/static", "/language", "/sign-out"]
                    .iter()
                    .any(|p| link.starts_with(p))
                    || link == "/";
                if !outside && seen.len() < 600 && seen.insert(link.clone()) {
                    queue.push_back(link);
                }
            }
        }
    }
    crawl
}

fn print(who: &str, lang: Lang, crawl: &Crawl) {
    println!(
        "{who} {}: {} pages, {} files",
        lang.tag(),
        crawl.pages,
        crawl.files
    );
}

#[rocket::async_test]
async fn no_reviewer_learns_an_author_or_another_reviewer() {
    let town = Town::life().await;
    let browser = town.browser().await;
    // Also what nobody links to: every manuscript by its number, in every audience's place.
    for member in reviewers() {
        let mut forbidden = author_marks();
        forbidden.extend(reviewers().iter().filter(|m| m.key != member.key).flat_map(marks));
        let token = town.token(member.key).await;
        let mut start = vec!["/reviews".to_owned(), "/account".to_owned()];
        for number in town.life.numbers.values() {
            start.extend(
                ["author/manuscripts", "reviews", "office/manuscripts"]
                    .map(|place| format!("/{place}/{number}")),
            );
        }
        for lang in Lang::ALL {
            let crawl = crawl(&browser, &token, lang, &start, &forbidden).await;
            print(member.key, lang, &crawl);
            assert_eq!(crawl.leaks, Vec::<String>::new(), "{}", member.key);
            assert!(crawl.pages > 10);
        }
    }
}

#[rocket::async_test]
async fn no_author_learns_a_reviewer() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let forbidden: Vec<String> = reviewers().iter().flat_map(marks).collect();
    for member in authors() {
        let token = town.token(member.key).await;
        let mut start = vec!["/author".to_owned(), "/account".to_owned()];
        for number in town.life.numbers.values() {
            start.extend(
                ["author/manuscripts", "reviews", "office/manuscripts"]
                    .map(|place| format!("/{place}/{number}")),
            );
        }
        for lang in Lang::ALL {
            let crawl = crawl(&browser, &token, lang, &start, &forbidden).await;
            print(member.key, lang, &crawl);
            assert_eq!(crawl.leaks, Vec::<String>::new(), "{}", member.key);
        }
    }
}

#[rocket::async_test]
async fn the_administrator_sees_no_manuscript() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("admin").await;
    let titles: Vec<String> = (0..24)
        .map(|n| cast::paper(&cast::member("author"), n))
        .flat_map(|s| [s.title_zh, s.title_en])
        .collect();
    let mut start = vec![
        "/admin/people".to_owned(),
        "/account".to_owned(),
        "/office".to_owned(),
    ];
    start.extend(
        town.life
            .numbers
            .values()
            .map(|number| format!("/office/manuscripts/{number}")),
    );
    let crawl = crawl(&browser, &token, Lang::En, &start, &titles).await;
    assert_eq!(crawl.leaks, Vec::<String>::new());
}

#[rocket::async_test]
async fn no_letter_names_the_other_side() {
    let town = Town::life().await;
    let (authors, reviewers) = (author_marks(), reviewers());
    let author_addresses: Vec<String> = cast::people()
        .iter()
        .filter(|m| m.key.starts_with("author"))
        .map(|m| m.email.to_string())
        .collect();
    let letters = town.letters();
    assert!(letters.len() > 150, "{}", letters.len());
    for letter in &letters {
        let all = format!("{}{}{}", letter.headers, letter.text, letter.html);
        for header in ["Cc:", "Bcc:", "Received:", "X-Mailer:", "User-Agent:"] {
            assert!(
                !letter.headers.lines().any(|line| line.starts_with(header)),
                "{header} in {}",
                letter.subject
            );
        }
        let reader = reviewers.iter().find(|m| letter.to.contains(m.email.as_str()));
        if let Some(reader) = reader {
            let others = reviewers.iter().filter(|m| m.key != reader.key).flat_map(marks);
            for mark in authors.iter().cloned().chain(others) {
                assert!(
                    !all.contains(&mark),
                    "{mark} in a letter to {}: {}",
                    reader.key,
                    letter.subject
                );
            }
        }
        if author_addresses.iter().any(|a| letter.to.contains(a)) {
            for mark in reviewers.iter().flat_map(marks) {
                assert!(
                    !all.contains(&mark),
                    "{mark} in a letter to {}: {}",
                    letter.to,
                    letter.subject
                );
            }
        }
    }
}

/// The test of the test: a planted mark is found in a page, in a zip's part, in a header.
#[rocket::async_test]
async fn a_planted_leak_is_caught() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("author").await;
    let own = marks(&cast::member("author"));
    let crawl = crawl(&browser, &token, Lang::Zh, &["/account".to_owned()], &own).await;
    assert!(!crawl.leaks.is_empty());
    let (_, docx) = bauta::demo::papers::file(&cast::paper(&cast::member("author"), 1), false);
    assert!(text_of(&docx).contains("华韵秋"));
}
