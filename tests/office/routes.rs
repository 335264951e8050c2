//! Every route: unsafe ones refuse another site's post, private ones send a stranger to sign in, and what a person
//! may not see does not exist.

use bauta::domain::person::Lang;
use rocket::http::{Cookie, Header, Method, Status};

use crate::support::Town;

/// First segments that everybody may see.
const PUBLIC: &[&str] = &[
    "",
    "static",
    "articles",
    "guides",
    "privacy",
    "imprint",
    "help",
    "feed.atom",
    "sitemap.xml",
    "robots.txt",
    "sign-in",
    "sign-up",
    "password",
    "link",
    "language",
    "invitation",
    "authorship",
    "authors-change",
];

/// Segments after `account`, `author` … that need no manuscript.
pub fn fill(path: &str, number: &str) -> String {
    let mut out = String::new();
    for segment in path.split('/').filter(|s| !s.is_empty()) {
        let segment = segment.split('?').next().unwrap();
        out.push('/');
        out.push_str(match segment {
            "<number>" | "<n>" => number,
            "<step>" => "text",
            "<token>" => "aaaaaaaaaaaaaaaa",
            "<list>" => "decide",
            "<path..>" => "app.css",
            s if s.starts_with('<') => "1",
            s => s,
        });
    }
    if out.is_empty() { "/".to_owned() } else { out }
}

fn first(path: &str) -> &str {
    path.split('/')
        .nth(1)
        .unwrap_or_default()
        .split('?')
        .next()
        .unwrap()
}

#[rocket::async_test]
async fn unsafe_routes_refuse_another_sites_post() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("chief").await;
    let mut seen = 0;
    for route in bauta::app::routes().iter().filter(|r| r.method != Method::Get) {
        let path = fill(&route.uri.to_string(), &town.number("screening"));
        for foreign in [
            vec![Header::new("Sec-Fetch-Site", "cross-site")],
            vec![Header::new("Sec-Fetch-Site", "same-site")],
            vec![
                Header::new("Origin", "https://evil.example"),
                Header::new("Host", "127.0.0.1:8000"),
            ],
            vec![],
        ] {
            let mut request = browser
                .client
                .req(route.method, path.as_str())
                .cookie(Cookie::new("bauta", token.clone()));
            request = request.header(rocket::http::ContentType::Form).body("x=1");
            for header in foreign {
                request.add_header(header);
            }
            let status = request.dispatch().await.status();
            assert_eq!(status, Status::Forbidden, "{} {path}", route.method);
            seen += 1;
        }
    }
    assert!(seen >= 40, "{seen}");
}

#[rocket::async_test]
async fn private_routes_send_a_stranger_to_sign_in() {
    let town = Town::life().await;
    let browser = town.browser().await;
    for route in bauta::app::routes().iter().filter(|r| r.method == Method::Get) {
        let uri = route.uri.to_string();
        if PUBLIC.contains(&first(&uri)) {
            continue;
        }
        let path = fill(&uri, &town.number("screening"));
        let response = browser.get(&path, None, Lang::En).await;
        assert_eq!(response.status(), Status::SeeOther, "{path}");
        assert!(
            response
                .headers()
                .get_one("Location")
                .unwrap()
                .starts_with("/sign-in"),
            "{path}"
        );
    }
}

/// What a signed-in stranger gets for somebody else's manuscript is what anybody gets for none at all.
#[rocket::async_test]
async fn for_a_signed_in_stranger_a_manuscript_does_not_exist() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let mut seen = 0;
    // author5 has no part in this manuscript, reviewer9 in none, the administrator sees none.
    for (key, plot) in [
        ("author5", "reading"),
        ("reviewer9", "reading"),
        ("admin", "reading"),
        ("author5", "published"),
    ] {
        let token = town.token(key).await;
        let number = town.number(plot);
        for route in bauta::app::routes() {
            let uri = route.uri.to_string();
            let needs_manuscript = uri.contains("<number>") || uri.contains("<n>");
            if !needs_manuscript || PUBLIC.contains(&first(&uri)) {
                continue;
            }
            let mut answers = Vec::new();
            for number in [number.as_str(), "ZZZZ-ZZZZ"] {
                let path = fill(&uri, number);
                let response = match route.method {
                    Method::Get => browser.get(&path, Some(&token), Lang::En).await,
                    _ => browser.post(&path, Some(&token), "x=1").await,
                };
                assert_eq!(
                    response.status(),
                    Status::NotFound,
                    "{key} {} {path}",
                    route.method
                );
                let headers: Vec<String> = response.headers().iter().map(|h| h.to_string()).collect();
                let body = response.into_string().await.unwrap().replace(number, "");
                answers.push((headers.len(), body));
                seen += 1;
            }
            assert_eq!(answers[0].1.len(), answers[1].1.len(), "{key} {uri}");
        }
    }
    assert!(seen >= 20, "{seen}");
}

#[rocket::async_test]
async fn every_answer_carries_the_policy() {
    let town = Town::empty().await;
    let browser = town.browser().await;
    for path in ["/", "/sign-in", "/no-such-page"] {
        let response = browser.get(path, None, Lang::Zh).await;
        let headers = response.headers();
        assert!(
            headers
                .get_one("Content-Security-Policy")
                .unwrap()
                .contains("default-src 'none'"),
            "{path}"
        );
        assert_eq!(headers.get_one("X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(headers.get_one("Cache-Control"), Some("no-store"), "{path}");
        assert!(headers.get_one("Server").is_none());
    }
}
