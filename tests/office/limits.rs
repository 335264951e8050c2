//! Limits on every form: size, number of fields, kind, rate; and whose word counts for where a request comes from.

use bauta::app::{Office, rocket};
use bauta::config::Config;
use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous::Client;

use crate::support::{Browser, Town};

/// The status of a sign-in, and whether it was one: the page of sign-in comes back.
async fn read(browser: &Browser, kind: Option<ContentType>, body: &str) -> (u16, bool) {
    let mut request = browser
        .client
        .post("/sign-in")
        .header(Header::new("Sec-Fetch-Site", "same-origin"))
        .body(body);
    if let Some(kind) = kind {
        request = request.header(kind);
    }
    let response = request.dispatch().await;
    let code = response.status().code;
    let page = response.into_string().await.unwrap();
    (code, page.contains("name=\"password\""))
}

#[rocket::async_test]
async fn a_form_has_a_kind_a_size_and_a_number_of_fields() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let form = Some(ContentType::Form);
    let right = "email=a@b.cn&password=x";
    assert_eq!(read(&browser, form.clone(), right).await, (422, true));
    let many = format!("{right}{}", "&a=1".repeat(3000));
    let large = format!("{right}&a={}", "a".repeat(2 << 20));
    for (kind, body) in [
        (form.clone(), many.as_str()),
        (form.clone(), large.as_str()),
        (Some(ContentType::JSON), right),
        (Some(ContentType::Plain), right),
        (Some(ContentType::XML), right),
        (Some(ContentType::FormData), right),
    ] {
        let (code, was_read) = read(&browser, kind.clone(), body).await;
        assert!((400..500).contains(&code) && !was_read, "{kind:?} {code}");
    }
}

#[rocket::async_test]
async fn a_flood_of_forms_is_stopped_for_the_one_who_sends_it() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (one, other) = (town.token("author").await, town.token("author5").await);
    let post = async |token: &str| browser.post("/language", Some(token), "to=en").await.status();
    for _ in 0..600 {
        assert_eq!(post(&one).await, Status::SeeOther);
    }
    assert_eq!(post(&one).await, Status::TooManyRequests);
    assert_eq!(post(&other).await, Status::SeeOther);
    town.store.clock.advance(jiff::SignedDuration::from_secs(60));
    assert_eq!(post(&one).await, Status::SeeOther);
}

/// How many places try to sign in, as the limits see it, when each request says that it speaks for another.
async fn places(proxy: &str, peer: &str, header: &'static str) -> bool {
    let town = Town::life().await;
    let config = Config {
        trusted_proxy: proxy.to_owned(),
        ..town.config.clone()
    };
    let client = Client::untracked(rocket(Office::new(town.store.clone(), config)))
        .await
        .unwrap();
    let mut stopped = false;
    for n in 0..11 {
        let value = if header == "Forwarded" {
            format!("for=203.0.113.{n}")
        } else {
            format!("203.0.113.{n}")
        };
        let request = client
            .post("/sign-in")
            .header(ContentType::Form)
            .header(Header::new("Sec-Fetch-Site", "same-origin"))
            .header(Header::new(header, value))
            .remote(format!("{peer}:4711").parse().unwrap())
            .body("email=somebody@author.example&password=not+the+right+one");
        stopped |= request.dispatch().await.status() == Status::TooManyRequests;
    }
    stopped
}

#[rocket::async_test]
async fn only_a_trusted_proxy_says_from_where_a_request_comes() {
    for header in ["X-Forwarded-For", "Forwarded"] {
        assert!(
            !places("10.0.0.0/8", "10.0.0.9", header).await,
            "{header}: eleven places, one try each"
        );
        assert!(
            places("10.0.0.0/8", "192.0.2.9", header).await,
            "{header}: a stranger's word"
        );
        assert!(
            places("", "10.0.0.9", header).await,
            "{header}: nobody is trusted by default"
        );
    }
}

/// What a request says of itself beside that changes nothing either.
#[rocket::async_test]
async fn a_cookie_or_a_header_of_the_senders_own_opens_nothing() {
    let town = Town::life().await;
    let browser = town.browser().await;
    for (name, value) in [
        ("X-Real-IP", "127.0.0.1"),
        ("X-Forwarded-User", "chief"),
        ("X-Original-URL", "/office"),
        ("X-Rewrite-URL", "/office"),
        ("Authorization", "Basic Y2hpZWY6Y2hpZWY="),
        ("X-HTTP-Method-Override", "DELETE"),
    ] {
        let request = browser.client.get("/office").header(Header::new(name, value));
        let response = request
            .cookie(Cookie::new("bauta-known", "x.9999999999.y"))
            .dispatch()
            .await;
        assert_eq!(response.status(), Status::SeeOther, "{name}");
    }
}
