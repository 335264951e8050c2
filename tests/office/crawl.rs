//! A crawler: everything that somebody can reach by links, by the route table, and by posting at what is there or not.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use bauta::domain::person::Lang;
use rocket::http::{Method, Status};

use crate::routes::fill;
use crate::support::{Browser, Town};

/// One answer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// Headers, cookies among them.
    pub headers: Vec<String>,
    pub body: Vec<u8>,
}

/// Answers by what was asked: `GET /path` or `POST /path`.
pub type Answers = BTreeMap<String, Answer>;

/// Somebody who looks: a session (or none), and a language.
pub struct Viewer<'a> {
    pub browser: &'a Browser,
    pub token: Option<String>,
    pub lang: Lang,
}

/// More than this one viewer never reaches; a crawl that does has lost its way.
const MOST: usize = 3000;

impl Answer {
    pub fn is_html(&self) -> bool {
        self.headers
            .iter()
            .any(|h| h.to_lowercase().starts_with("content-type: text/html"))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Viewer<'_> {
    /// One GET.
    pub async fn get(&self, path: &str) -> Answer {
        taken(self.browser.get(path, self.token.as_deref(), self.lang).await).await
    }

    /// One form sent from one of our own pages.
    pub async fn post(&self, path: &str, body: &str) -> Answer {
        taken(self.browser.post(path, self.token.as_deref(), body).await).await
    }

    /// Follows every link, picture, form's address and redirect from `start` on. What signs out or changes the
    /// language is left alone.
    pub async fn crawl(&self, start: impl IntoIterator<Item = String>) -> Answers {
        let mut queue: VecDeque<String> = start.into_iter().collect();
        let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
        let mut answers = Answers::new();
        while let Some(path) = queue.pop_front() {
            let answer = self.get(&path).await;
            assert_ne!(answer.status, Status::InternalServerError.code, "{path}");
            for link in links(&answer) {
                if !link.starts_with("/static") && seen.insert(link.clone()) {
                    queue.push_back(link);
                }
            }
            answers.insert(format!("GET {path}"), answer);
            assert!(answers.len() < MOST, "a crawl without end at {path}");
        }
        answers
    }
}

async fn taken(response: rocket::local::asynchronous::LocalResponse<'_>) -> Answer {
    let status = response.status().code;
    let mut headers: Vec<String> = response.headers().iter().map(|h| h.to_string()).collect();
    // The framework's own come in the order of a table that is made anew for each instance.
    headers.sort();
    let body = response.into_bytes().await.unwrap_or_default();
    Answer {
        status,
        headers,
        body,
    }
}

/// Where a page leads.
pub fn links(answer: &Answer) -> Vec<String> {
    let mut out: Vec<String> = answer
        .headers
        .iter()
        .filter_map(|h| h.strip_prefix("Location: ").or(h.strip_prefix("location: ")))
        .filter(|to| to.starts_with('/'))
        .map(str::to_owned)
        .collect();
    if answer.is_html() && answer.status == Status::Ok.code {
        let found = regex::Regex::new(r##"(?:href|src|action)="(/[^"#]*)["#]"##).unwrap();
        let text = answer.text();
        out.extend(found.captures_iter(&text).map(|c| c[1].replace("&amp;", "&")));
    }
    out
}

/// Every path of the route table of one method, with every manuscript's number; the demo's own places are not served.
pub fn routes(town: &Town, method: Method) -> Vec<String> {
    let mut numbers: Vec<&str> = town.life.numbers.values().map(String::as_str).collect();
    numbers.sort_unstable();
    numbers.push("ZZZZ-ZZZZ");
    let mut out = BTreeSet::new();
    for route in bauta::app::routes().iter().filter(|r| r.method == method) {
        let uri = route.uri.to_string();
        if uri.starts_with("/sign-out") || uri.starts_with("/account/sessions") {
            continue;
        }
        out.extend(numbers.iter().map(|number| fill(&uri, number)));
    }
    out.into_iter().collect()
}
