//! The first-run guide: what is done is what is really there.

use bauta::domain::person::{Email, Lang, Profile, Role};
use bauta::store::links::{LinkBody, LinkPurpose};
use rocket::http::Status;

use crate::support::Town;

const CHIEF: &str = "shen@journal.example";

/// The first editor-in-chief comes in by the printed link; returns the session and where it leads.
async fn come_in(town: &Town, browser: &crate::support::Browser) -> (String, String) {
    let link = town
        .store
        .mint(LinkPurpose::FirstChief, &LinkBody::default())
        .await
        .unwrap();
    let body = format!("email={CHIEF}&name=Shen");
    let link = format!("/link/{link}");
    let response = browser.post(&link, None, &body).await;
    let to = response.headers().get_one("Location").unwrap().to_owned();
    let token = response.cookies().get("bauta").unwrap().value().to_owned();
    reads(town, &token, Lang::En).await;
    (token, to)
}

/// Sets the language of whoever has a session.
async fn reads(town: &Town, token: &str, lang: Lang) {
    let who = town.store.who(token).await.unwrap().unwrap();
    town.store.set_lang(&who, lang).await.unwrap();
}

async fn person(town: &Town, email: &str, role: Role) {
    let email = Email::parse(email).unwrap();
    let (account, _) = town
        .store
        .ensure_account(&email, Profile::default(), Lang::En, true)
        .await
        .unwrap();
    town.store.give_role(account, role, None).await.unwrap();
}

#[rocket::async_test]
async fn the_guide_counts_what_is_there_and_can_be_put_away() {
    let town = Town::empty().await;
    let browser = town.browser().await;
    let (token, to) = come_in(&town, &browser).await;
    assert_eq!(to, "/admin/start?done=signed-in");
    let page = browser.page("/admin/start", Some(&token), Lang::En).await;
    assert!(
        page.contains("0 of 5 done") && page.contains("no editor and no reviewer"),
        "{page}"
    );
    person(&town, "a@x.example", Role::Editor).await;
    person(&town, "b@x.example", Role::Reviewer).await;
    person(&town, "c@x.example", Role::Reviewer).await;
    let page = browser.page("/admin/start", Some(&token), Lang::En).await;
    assert!(page.contains("1 of 5 done"), "people");
    reads(&town, &token, Lang::Zh).await;
    let zh = browser.page("/admin/start", Some(&token), Lang::Zh).await;
    assert!(zh.matches("<h1").count() == 1 && zh.contains("已办好 1 件"));
    reads(&town, &token, Lang::En).await;
    assert!(
        browser
            .page("/office", Some(&token), Lang::En)
            .await
            .contains("href=\"/admin/start\"")
    );
    let response = browser.post("/admin/start/close", Some(&token), "").await;
    assert_eq!(
        response.headers().get_one("Location"),
        Some("/office?done=guide-closed")
    );
    let office = browser.page("/office", Some(&token), Lang::En).await;
    assert!(!office.contains("href=\"/admin/start\""));
    assert!(
        browser
            .page("/account", Some(&token), Lang::En)
            .await
            .contains("href=\"/admin/start\"")
    );
}

#[rocket::async_test]
async fn the_mail_test_says_what_happened() {
    let town = Town::empty().await;
    let browser = town.browser().await;
    let (token, _) = come_in(&town, &browser).await;
    let response = browser.post("/admin/start/letter", Some(&token), "").await;
    assert_eq!(response.status(), Status::SeeOther);
    let waiting = browser.page("/admin/start", Some(&token), Lang::En).await;
    assert!(waiting.contains("on its way") && waiting.contains("data-poll"));
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].to.contains(CHIEF) && letters[0].subject.contains("Test letter"));
    // Without a mail server it became a file, and that is not the same as having arrived.
    let page = browser.page("/admin/start", Some(&token), Lang::En).await;
    assert!(page.contains("became a file") && page.contains("0 of 5 done") && !page.contains("data-poll"));
}

#[rocket::async_test]
async fn the_guide_is_for_those_who_look_after_the_office() {
    let town = Town::life().await;
    let browser = town.browser().await;
    for (key, status) in [
        ("chief", Status::Ok),
        ("admin", Status::Ok),
        ("editor", Status::NotFound),
        ("author", Status::NotFound),
    ] {
        let token = town.token(key).await;
        assert_eq!(
            browser.get("/admin/start", Some(&token), Lang::En).await.status(),
            status,
            "{key}"
        );
        let posted = browser
            .post("/admin/start/letter", Some(&token), "")
            .await
            .status();
        assert_eq!(posted == Status::NotFound, status == Status::NotFound, "{key}");
    }
}
