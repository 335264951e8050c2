//! Accounts through the browser's door.

use bauta::domain::person::Lang;
use bauta::store::links::{LinkBody, LinkPurpose};
use rocket::http::Status;

use crate::support::{Browser, Town};

async fn sign_in(browser: &Browser, email: &str, password: &str) -> Option<String> {
    let body = format!("email={email}&password={}", password.replace(' ', "+"));
    let response = browser.post("/sign-in", None, &body).await;
    response.cookies().get("bauta").map(|c| c.value().to_owned())
}

#[rocket::async_test]
async fn from_signing_up_to_a_forgotten_password() {
    let town = Town::empty().await;
    let browser = town.browser().await;
    let form = "native_name=%E9%99%B6%E5%AE%89&email=tao.an@meadow.example&password=three+green+lamps";
    let response = browser.post("/sign-up", None, form).await;
    assert_eq!(response.status(), Status::Ok);
    town.worker.pass().await.unwrap();
    // Not before the address is confirmed.
    assert!(
        sign_in(&browser, "tao.an@meadow.example", "three green lamps")
            .await
            .is_none()
    );
    let link = town.link_to("tao.an@meadow.example", "");
    // Looking at the link, as a mail scanner does, changes nothing.
    for _ in 0..3 {
        browser.page(&link, None, Lang::Zh).await;
    }
    assert!(
        sign_in(&browser, "tao.an@meadow.example", "three green lamps")
            .await
            .is_none()
    );
    let response = browser.post(&link, None, "x=").await;
    assert_eq!(response.status(), Status::SeeOther);
    let cookie = response.cookies().get("bauta").unwrap();
    assert!(cookie.http_only().unwrap() && cookie.same_site() == Some(rocket::http::SameSite::Lax));
    // Once.
    let response = browser.post(&link, None, "x=").await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
    let token = sign_in(&browser, "tao.an@meadow.example", "three green lamps")
        .await
        .unwrap();
    assert!(
        browser
            .page("/account", Some(&token), Lang::Zh)
            .await
            .contains("陶安")
    );
    assert!(
        sign_in(&browser, "tao.an@meadow.example", "three green lanes")
            .await
            .is_none()
    );
    browser
        .post("/password/forgotten", None, "email=tao.an@meadow.example")
        .await;
    town.worker.pass().await.unwrap();
    let link = town.link_to("tao.an@meadow.example", "密码");
    let response = browser.post(&link, None, "x=").await;
    let fresh = response.cookies().get("bauta").unwrap().value().to_owned();
    let body = "new=four+brown+lamps";
    assert_eq!(
        browser
            .post("/account/password", Some(&fresh), body)
            .await
            .status(),
        Status::SeeOther
    );
    // The other sessions ended with the old password.
    assert_eq!(
        browser.get("/account", Some(&token), Lang::Zh).await.status(),
        Status::SeeOther
    );
    assert!(
        sign_in(&browser, "tao.an@meadow.example", "three green lamps")
            .await
            .is_none()
    );
    assert!(
        sign_in(&browser, "tao.an@meadow.example", "four brown lamps")
            .await
            .is_some()
    );
}

#[rocket::async_test]
async fn answers_do_not_tell_whether_an_address_has_an_account() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let known = bauta::demo::cast::member("author").email.to_string();
    let unknown = "x".repeat(known.len() - "@author.example".len()) + "@author.example";
    for (path, rest) in [
        ("/sign-in", "&password=not+the+right+one"),
        ("/sign-in/link", ""),
        ("/password/forgotten", ""),
        ("/sign-up", "&latin_name=A&password=three+green+lamps"),
    ] {
        let mut answers = Vec::new();
        for email in [known.as_str(), unknown.as_str()] {
            let response = browser.post(path, None, &format!("email={email}{rest}")).await;
            let status = response.status();
            answers.push((status, response.into_string().await.unwrap().replace(email, "")));
        }
        assert_eq!(answers[0], answers[1], "{path}");
    }
}

#[rocket::async_test]
async fn too_many_attempts_are_slowed_down_for_the_one_who_makes_them() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let email = bauta::demo::cast::member("author").email.to_string();
    let body = format!("email={email}&password=wrong+wrong+wrong");
    let mut last = Status::Ok;
    for _ in 0..11 {
        last = browser.post("/sign-in", None, &body).await.status();
    }
    assert_eq!(last, Status::TooManyRequests);
    town.store.clock.advance(jiff::SignedDuration::from_mins(16));
    assert_eq!(
        browser.post("/sign-in", None, &body).await.status(),
        Status::UnprocessableEntity
    );
}

#[rocket::async_test]
async fn sessions_are_listed_and_ended() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (one, two) = (town.token("author").await, town.token("author").await);
    let who = town.store.who(&one).await.unwrap().unwrap();
    assert_eq!(town.store.sessions(&who).await.unwrap().len(), 2);
    assert_eq!(
        browser
            .post("/account/sessions/end", Some(&one), "")
            .await
            .status(),
        Status::SeeOther
    );
    assert!(town.store.who(&two).await.unwrap().is_none());
    assert_eq!(
        browser.post("/sign-out", Some(&one), "").await.status(),
        Status::SeeOther
    );
    assert!(town.store.who(&one).await.unwrap().is_none());
}

#[rocket::async_test]
async fn more_sessions_than_slots_end_the_oldest() {
    let town = Town::life().await;
    let first = town.token("author").await;
    for _ in 0..30 {
        town.store.clock.advance(jiff::SignedDuration::from_secs(1));
        town.token("author").await;
    }
    assert!(town.store.who(&first).await.unwrap().is_none());
}

#[rocket::async_test]
async fn the_first_chief_is_made_once_and_invites_the_others() {
    let town = Town::empty().await;
    let browser = town.browser().await;
    let token = town
        .store
        .mint(LinkPurpose::FirstChief, &LinkBody::default())
        .await
        .unwrap();
    let link = format!("/link/{token}");
    let bad = browser.post(&link, None, "email=nonsense&name=Ann").await;
    assert_eq!(bad.status(), Status::UnprocessableEntity);
    let bad = bad.into_string().await.unwrap();
    assert!(
        bad.contains("value=\"nonsense\"") && bad.contains("value=\"Ann\""),
        "what was typed is kept"
    );
    let response = browser
        .post(&link, None, "email=ann@journal.example&name=Ann+Chief")
        .await;
    let chief = response.cookies().get("bauta").unwrap().value().to_owned();
    assert!(town.store.has_chief().await.unwrap());
    // A link from an earlier start makes no second one.
    let other = town
        .store
        .mint(LinkPurpose::FirstChief, &LinkBody::default())
        .await
        .unwrap();
    let other = format!("/link/{other}");
    let shown = browser.page(&other, None, Lang::En).await;
    assert!(
        !shown.contains("name=\"email\"") && shown.contains("can no longer be used"),
        "{shown}"
    );
    let again = browser
        .post(&other, None, "email=eve@journal.example&name=Eve")
        .await;
    assert_eq!(again.status(), Status::UnprocessableEntity);
    let form = "email=ed@journal.example&person=Ed+Itor&role=editor&language=en";
    assert_eq!(
        browser.post("/admin/people", Some(&chief), form).await.status(),
        Status::SeeOther
    );
    town.worker.pass().await.unwrap();
    let link = town.link_to("ed@journal.example", "");
    let response = browser.post(&link, None, "x=").await;
    let editor = response.cookies().get("bauta").unwrap().value().to_owned();
    let who = town.store.who(&editor).await.unwrap().unwrap();
    assert!(who.roles().decides() && !who.roles().chief());
    // People are not an editor's business.
    assert_eq!(
        browser
            .get("/admin/people", Some(&editor), Lang::En)
            .await
            .status(),
        Status::NotFound
    );
}

#[rocket::async_test]
async fn a_stranger_who_signed_up_my_address_gets_nothing_when_i_come() {
    let town = Town::empty().await;
    let browser = town.browser().await;
    let form = "latin_name=Stranger&email=mine@meadow.example&password=three+green+lamps";
    browser.post("/sign-up", None, form).await;
    browser
        .post("/sign-in/link", None, "email=mine@meadow.example")
        .await;
    town.worker.pass().await.unwrap();
    let link = town.link_to("mine@meadow.example", "登录");
    let response = browser.post(&link, None, "x=").await;
    assert!(
        response.cookies().get("bauta").is_some(),
        "the letter's reader is signed in"
    );
    assert!(
        sign_in(&browser, "mine@meadow.example", "three green lamps")
            .await
            .is_none()
    );
}
