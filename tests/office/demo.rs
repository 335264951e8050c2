//! The demo: its pages are there, its clock moves, its letters can be read; and an office that is served has none of it.

use bauta::app::{Office, demo};
use bauta::demo::cast;
use bauta::domain::person::Lang;
use bauta::web::demo::{Player, Stage};
use bauta::worker::{Wish, Worker};
use rocket::http::{Header, Method, Status};
use rocket::local::asynchronous::Client;

use crate::support::{Browser, Town};

/// A browser over a demo at the end of the saved life, and the wishes to move its clock.
async fn stage(town: &Town) -> (Browser, tokio::sync::mpsc::Receiver<Wish>) {
    let mut players = Vec::new();
    for member in cast::people() {
        let Some(found) = town.store.credentials(&member.email).await.unwrap() else {
            continue;
        };
        players.push(Player {
            account: found.account,
            key: member.key,
            role: member.roles.first().copied(),
            email: member.email,
            profile: member.profile,
        });
    }
    let (wish, wishes) = tokio::sync::mpsc::channel(1);
    let stage = Stage::new(players, town.config.outbox(), wish);
    let office = Office::new(town.store.clone(), town.config.clone());
    let client = Client::untracked(demo(office, stage)).await.unwrap();
    (Browser { client }, wishes)
}

/// What a worker does with wishes, while a request waits for it.
async fn grant(worker: &Worker, wishes: &mut tokio::sync::mpsc::Receiver<Wish>) {
    let (span, done) = wishes.recv().await.unwrap();
    worker.live_through(span).await.unwrap();
    done.send(()).unwrap();
}

#[rocket::async_test]
async fn an_office_that_is_served_has_nothing_of_the_demo() {
    let town = Town::life().await;
    let served = town.browser().await;
    let token = town.token("chief").await;
    for route in bauta::app::routes() {
        assert!(!route.uri.to_string().starts_with("/demo"), "{}", route.uri);
    }
    let unknown = served.get("/nothing-here", Some(&token), Lang::En).await;
    let unknown = unknown.into_string().await.unwrap().replace("/nothing-here", "");
    let mut seen = 0;
    for route in bauta::web::demo::routes() {
        let path = route.uri.to_string().replace("<id>", "1");
        let path = path.split('?').next().unwrap().to_owned();
        let response = match route.method {
            Method::Get => served.get(&path, Some(&token), Lang::En).await,
            _ => served.post(&path, Some(&token), "by=month&who=chief").await,
        };
        assert_eq!(response.status(), Status::NotFound, "{path}");
        let body = response.into_string().await.unwrap().replace(&path, "");
        assert_eq!(body, unknown, "{path}");
        seen += 1;
    }
    assert!(seen >= 5, "{seen}");
    for path in ["/", "/office", "/author", "/articles", "/admin/people"] {
        let page = served.page(path, Some(&token), Lang::En).await;
        for sign in ["demo", "Demonstration"] {
            assert!(!page.contains(sign), "{path} has {sign}");
        }
    }
}

#[rocket::async_test]
async fn the_bar_stands_on_every_page_and_one_can_be_anybody() {
    let town = Town::life().await;
    let (browser, _wishes) = stage(&town).await;
    for (path, lang, word) in [
        ("/", Lang::Zh, "演示版"),
        ("/sign-in", Lang::En, "letters stay on this machine"),
        ("/demo", Lang::Zh, "换成此人"),
        ("/demo", Lang::En, "Be this person"),
    ] {
        let page = browser.page(path, None, lang).await;
        assert!(page.contains("class=\"demo-bar") && page.contains(word), "{path}");
    }
    let missing = browser.get("/no-such-page", None, Lang::En).await;
    assert_eq!(missing.status(), Status::NotFound);
    assert!(missing.into_string().await.unwrap().contains("class=\"demo-bar"));
    for (key, home) in [
        ("chief", "/office"),
        ("author", "/author"),
        ("reviewer", "/reviews"),
        ("admin", "/admin/people"),
    ] {
        let body = format!("who={key}");
        let response = browser.post("/demo/as", None, &body).await;
        assert_eq!(response.headers().get_one("Location"), Some(home), "{key}");
        let token = response.cookies().get("bauta").unwrap().value().to_owned();
        let who = town.store.who(&token).await.unwrap().unwrap();
        assert_eq!(who.email(), &cast::member(key).email);
    }
    let nobody = browser.post("/demo/as", None, "who=nobody").await;
    assert_eq!(nobody.status(), Status::NotFound);
    for path in ["/demo/as", "/demo/clock"] {
        let foreign = browser
            .client
            .post(path)
            .header(Header::new("Sec-Fetch-Site", "cross-site"));
        let foreign = foreign
            .header(rocket::http::ContentType::Form)
            .body("who=chief&by=day");
        assert_eq!(foreign.dispatch().await.status(), Status::Forbidden, "{path}");
    }
}

#[rocket::async_test]
async fn a_month_goes_by_windows_close_and_letters_can_be_read() {
    let town = Town::life().await;
    let (browser, mut wishes) = stage(&town).await;
    let token = town.token("author").await;
    let number = town.number("screening-soon");
    let path = format!("/author/manuscripts/{number}");
    let before = browser.page(&path, Some(&token), Lang::En).await;
    assert!(!before.contains("submit elsewhere</h2>"));
    let clock = town.store.clock.now();
    let body = format!("by=month&back={path}");
    let (response, ()) = tokio::join!(
        browser.post("/demo/clock", Some(&token), &body),
        grant(&town.worker, &mut wishes)
    );
    assert_eq!(response.headers().get_one("Location"), Some(path.as_str()));
    assert!(town.store.clock.now().duration_since(clock).as_hours() >= 28 * 24);
    // A month is longer than a session; whoever moved the clock is still signed in.
    let token = response.cookies().get("bauta").unwrap().value().to_owned();
    let proof = town
        .store
        .author(&town.store.who(&token).await.unwrap().unwrap(), &number)
        .await
        .unwrap();
    let case = town.store.case_as_author(&proof).await.unwrap();
    assert_eq!(case.stage(), bauta::domain::stage::Stage::Released);
    case.abandon().await.unwrap();
    let to = cast::member("author").email;
    let fresh = format!("/demo/letters?fresh=1&to={to}");
    let fresh = browser.page(&fresh, None, Lang::En).await;
    assert!(fresh.contains(&number), "the letters of the move: {fresh}");
    let mailbox = format!("/demo/letters?to={to}");
    let mailbox = browser.page(&mailbox, None, Lang::Zh).await;
    assert!(!mailbox.contains("顾怀远<span"), "only one's own letters");
    let letter = regex::Regex::new("href=\"(/demo/letters/\\d+)\"").unwrap();
    let letter = &letter.captures(&mailbox).unwrap()[1];
    let letter = browser.page(letter, None, Lang::Zh).await;
    assert!(
        letter.contains(&format!("&lt;{to}&gt;")) && letter.contains("<a href=\"/"),
        "{letter}"
    );
}

/// Letters go at their own hour, and a decision takes effect before the window that it meets has run out.
#[rocket::async_test]
async fn time_goes_by_from_one_instant_to_the_next() {
    let town = Town::life().await;
    let start = town.store.clock.now();
    let before = town.letters().len();
    town.worker
        .live_through(jiff::SignedDuration::from_hours(24 * 30))
        .await
        .unwrap();
    assert_eq!(
        town.store.clock.now(),
        start + jiff::SignedDuration::from_hours(24 * 30)
    );
    let letters = town.letters();
    assert!(letters.len() > before + 5);
    let hours: std::collections::BTreeSet<_> = letters
        .iter()
        .filter_map(|l| {
            l.headers
                .lines()
                .find(|h| h.starts_with("Date: "))
                .map(str::to_owned)
        })
        .collect();
    assert!(
        hours.len() > 5,
        "letters of a month went at {} instants",
        hours.len()
    );
}
