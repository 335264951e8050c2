//! The permission table: audience × relation × stage × action, made from what each route declares, and found out by real
//! requests. A route that declares nothing fails; so does one that lets in somebody whom its declaration does not.

use std::collections::{BTreeMap, BTreeSet};

use bauta::demo::cast;
use bauta::domain::person::{Lang, Role};
use bauta::store::access::Who;
use bauta::web::audience::Audience;
use regex::Regex;
use rocket::Route;
use rocket::http::Method;

use crate::support::{Browser, Town};

/// Where a manuscript can stand, by the plots of the life, and the letters of the columns.
const STAGES: [(&str, &str); 12] = [
    ("draft", "Draft"),
    ("screening", "Screening"),
    ("returned", "Returned"),
    ("reading", "InReview"),
    ("revising", "Revising"),
    ("re-review", "ReReview"),
    ("accepted", "Accepted"),
    ("published", "Published"),
    ("declined", "Declined"),
    ("released", "Released"),
    ("lapsed", "Lapsed"),
    ("withdrawn", "Withdrawn"),
];

/// Somebody who stands in some relation to a manuscript, by a letter of the table.
struct Viewer {
    letter: char,
    token: String,
    who: Who,
}

fn fill(uri: &str, number: &str) -> String {
    let segments = uri
        .split('?')
        .next()
        .unwrap()
        .split('/')
        .filter(|s| !s.is_empty());
    let each = segments.map(|segment| match segment {
        "<number>" | "<n>" => number,
        "<step>" => "text",
        "<token>" => "aaaaaaaaaaaaaaaa",
        "<list>" => "decide",
        "<year>" => "2026",
        "<path..>" => "app.css",
        s if s.starts_with('<') => "1",
        s => s,
    });
    format!("/{}", each.collect::<Vec<_>>().join("/"))
}

/// A route's address as a pattern.
fn pattern(route: &Route) -> Regex {
    let uri = route.uri.to_string();
    let path = uri.split('?').next().unwrap();
    let parameter = Regex::new("<[^>]*>").unwrap();
    Regex::new(&format!("^{}$", parameter.replace_all(path, "[^/]+"))).unwrap()
}

/// Addresses of real files, reviews, letters of a manuscript, one for each route that wants such an identifier: found on the pages
/// of those who may see them.
async fn real_paths(
    browser: &Browser,
    viewers: &[Viewer],
    routes: &[Route],
    number: &str,
) -> BTreeMap<String, String> {
    let link = Regex::new(r#"(?:href|src|action)="(/[^"?#]*)"#).unwrap();
    let patterns: Vec<(String, Regex)> = routes.iter().map(|r| (r.uri.to_string(), pattern(r))).collect();
    let mut found = BTreeMap::new();
    for viewer in viewers {
        let mut queue = vec![
            format!("/author/manuscripts/{number}"),
            format!("/office/manuscripts/{number}"),
            format!("/reviews/{number}"),
            format!("/articles/{number}"),
        ];
        let mut at = 0;
        while at < queue.len().min(60) {
            let asked = queue[at].clone();
            let response = browser.get(&asked, Some(&viewer.token), Lang::En).await;
            at += 1;
            if !response.content_type().is_some_and(|kind| kind.is_html()) {
                continue;
            }
            let page = response.into_string().await.unwrap();
            for path in link
                .captures_iter(&page)
                .map(|c| c[1].to_owned())
                .filter(|path| path.contains(number))
            {
                for (uri, _) in patterns.iter().filter(|(_, pattern)| pattern.is_match(&path)) {
                    found.entry(uri.clone()).or_insert_with(|| path.clone());
                }
                if !queue.contains(&path) {
                    queue.push(path);
                }
            }
        }
    }
    found
}

fn about_a_manuscript(route: &Route) -> bool {
    let uri = route.uri.to_string();
    uri.contains("<number>") || uri.contains("<n>")
}

fn audience(route: &Route) -> Audience {
    Audience::of(route).unwrap_or_else(|| panic!("{} {} declares no audience", route.method, route.uri))
}

/// One person for each relation that somebody of the cast has to the manuscript, the strongest first.
async fn viewers(town: &Town, number: &str) -> Vec<Viewer> {
    let store = &town.store;
    let mut found: BTreeMap<char, (String, Who)> = BTreeMap::new();
    for member in cast::people() {
        if store.credentials(&member.email).await.unwrap().is_none() {
            continue;
        }
        let token = town.token(member.key).await;
        let who = store.who(&token).await.unwrap().unwrap();
        let letter = if store.author(&who, number).await.is_ok() {
            'A'
        } else if let Ok(proof) = store.editor(&who, number).await {
            match (proof.handling(), who.roles().chief(), who.roles().decides()) {
                (true, _, _) => 'H',
                (_, true, _) => 'C',
                (_, _, true) => 'E',
                _ => 'S',
            }
        } else if store.reviewer(&who, number).await.is_ok() {
            'R'
        } else if store.coauthor(&who, number).await.is_ok() {
            'T'
        } else if who.roles().office() {
            'X'
        } else if who.roles().has(Role::Administrator) {
            'D'
        } else if who.roles().has(Role::Reviewer) {
            'r'
        } else {
            'o'
        };
        found.entry(letter).or_insert((token, who));
    }
    let viewer = |(letter, (token, who))| Viewer { letter, token, who };
    found.into_iter().map(viewer).collect()
}

/// Whether the declaration lets a person in, by the store's own proofs.
async fn may(town: &Town, audience: Audience, who: &Who, number: &str) -> bool {
    let store = &town.store;
    match audience {
        Audience::Anyone | Audience::Link | Audience::Account => true,
        Audience::Author => store.author(who, number).await.is_ok(),
        Audience::Coauthor => store.coauthor(who, number).await.is_ok(),
        Audience::Reviewer => store.reviewer(who, number).await.is_ok(),
        Audience::Editor => store.editor(who, number).await.is_ok(),
        Audience::Staff => store.staff(who).is_ok(),
        Audience::Chief => store.chief(who).is_ok(),
        Audience::Administrator => store.administrator(who).is_ok(),
    }
}

/// Whether what a route answers shows that there is something.
async fn exists(browser: &Browser, route: &Route, path: &str, token: Option<&str>) -> bool {
    let response = match route.method {
        Method::Get => browser.get(path, token, Lang::En).await,
        _ => browser.post(path, token, "nothing=1").await,
    };
    let code = response.status().code;
    assert!(code < 500, "{} {path}: {code}", route.method);
    let to = response.headers().get_one("Location").unwrap_or_default();
    // Who has signed out is told so, whatever the address.
    code != 404 && code != 401 && !(code == 303 && to.starts_with("/sign-in"))
}

fn name(route: &Route) -> String {
    let uri = route.uri.to_string();
    format!(
        "{:<4} {}",
        route.method.to_string(),
        uri.split('?').next().unwrap()
    )
}

#[test]
fn every_route_declares_its_audience() {
    let mut routes = bauta::app::routes();
    assert!(routes.len() > 120, "{}", routes.len());
    routes.iter().for_each(|route| {
        audience(route);
    });
    // The test of the test: one that is mounted without a word is found.
    routes[0].name = Some("bare".into());
    assert_eq!(Audience::of(&routes[0]), None);
    routes[0].name = Some("nobody: bare".into());
    assert_eq!(Audience::of(&routes[0]), None);
}

/// Routes about one manuscript: who finds what in which stage.
async fn about_manuscripts(get: bool) -> String {
    let routes: Vec<Route> = bauta::app::routes()
        .into_iter()
        .filter(|route| about_a_manuscript(route) && (route.method == Method::Get) == get)
        .collect();
    let mut cells: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut asked, mut seen) = (0, BTreeSet::new());
    for (plot, stage) in STAGES {
        let town = Town::life().await;
        let browser = town.browser().await;
        let number = match plot {
            "draft" => {
                let who = town.who("author").await;
                bauta::actions::draft::start(&town.store, &who).await.unwrap()
            }
            plot => town.number(plot),
        };
        let viewers = viewers(&town, &number).await;
        let real = real_paths(&browser, &viewers, &routes, &number).await;
        seen.extend(real.keys().cloned());
        for route in &routes {
            let uri = route.uri.to_string();
            let path = real.get(&uri).cloned().unwrap_or_else(|| fill(&uri, &number));
            let audience = audience(route);
            let mut cell = String::new();
            if exists(&browser, route, &path, None).await {
                assert_eq!(
                    audience,
                    Audience::Anyone,
                    "a stranger finds {} {path}",
                    route.method
                );
                cell.push('g');
            }
            for viewer in &viewers {
                asked += 1;
                // What was posted before may have moved the manuscript on: the proof is asked anew.
                let may = may(&town, audience, &viewer.who, &number).await;
                let finds = exists(&browser, route, &path, Some(&viewer.token)).await;
                assert!(
                    may || !finds,
                    "{} finds {} {path} in {stage}",
                    viewer.letter,
                    route.method
                );
                if finds {
                    cell.push(viewer.letter);
                }
            }
            let cell = if cell.is_empty() { "-".to_owned() } else { cell };
            cells
                .entry(format!("{:<9} {}", audience.key(), name(route)))
                .or_default()
                .push(format!("{stage}:{cell}"));
        }
    }
    println!(
        "{asked} requests of people who have signed in; {} routes with real identifiers",
        seen.len()
    );
    let line = |(route, stages): (String, Vec<String>)| format!("{route}\n    {}", folded(&stages));
    cells.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Stages with the same people stand together.
fn folded(stages: &[String]) -> String {
    let mut by_people: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for cell in stages {
        let (stage, people) = cell.split_once(':').unwrap();
        by_people.entry(people).or_default().push(stage);
    }
    let each = by_people.into_iter().map(|(people, stages)| {
        let all = stages.len() == STAGES.len();
        format!(
            "{people}: {}",
            if all { "all".to_owned() } else { stages.join(" ") }
        )
    });
    each.collect::<Vec<_>>().join(" | ")
}

const LETTERS: &str = "A author, T typed as an author, X office with a part in it, H handling editor, E other editor, C editor-in-chief, \
    S assistant, R reviewer, r other reviewer, D administrator, o somebody else, g not signed in";

#[rocket::async_test]
async fn who_reads_what_of_a_manuscript() {
    let table = about_manuscripts(true).await;
    insta::assert_snapshot!("reads", format!("{LETTERS}\n{table}"));
}

#[rocket::async_test]
async fn who_does_what_to_a_manuscript() {
    let table = about_manuscripts(false).await;
    insta::assert_snapshot!("acts", format!("{LETTERS}\n{table}"));
}

#[rocket::async_test]
async fn who_finds_what_else() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let people = ["chief", "editor", "assistant", "reviewer", "admin", "author"];
    let mut table = Vec::new();
    for route in bauta::app::routes()
        .iter()
        .filter(|route| !about_a_manuscript(route))
    {
        let (audience, path) = (audience(route), fill(&route.uri.to_string(), ""));
        let mut cell = Vec::new();
        if exists(&browser, route, &path, None).await {
            assert!(matches!(audience, Audience::Anyone | Audience::Link), "{path}");
            cell.push("guest");
        }
        for key in people {
            // Signed in anew for each: some of these routes end sessions.
            let token = town.token(key).await;
            let who = town.store.who(&token).await.unwrap().unwrap();
            let finds = exists(&browser, route, &path, Some(&token)).await;
            assert!(
                may(&town, audience, &who, "").await || !finds,
                "{key} finds {} {path}",
                route.method
            );
            if finds {
                cell.push(key);
            }
        }
        let who = if cell.len() == people.len() + 1 {
            "everybody".to_owned()
        } else {
            cell.join(" ")
        };
        table.push(format!("{:<13} {}: {who}", audience.key(), name(route)));
    }
    table.sort();
    insta::assert_snapshot!("others", table.join("\n"));
}
