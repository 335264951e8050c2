//! Keeping strangers out: slow-down that never locks the owner out, the second step, sessions, proving again who one is.

use bauta::domain::person::Lang;
use bauta::seal::totp;
use bauta::store::links::LinkPurpose;
use jiff::SignedDuration;
use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous::LocalResponse;

use crate::support::{Browser, Town};

const PASSWORD: &str = "password=three+green+lamps";

fn email(key: &str) -> String {
    bauta::demo::cast::member(key).email.to_string()
}

/// Posts a form with any cookies from any place.
async fn post_from<'c>(
    browser: &'c Browser,
    place: &str,
    path: &'c str,
    cookies: &[(&'static str, String)],
    body: &str,
) -> LocalResponse<'c> {
    let mut request = browser
        .client
        .post(path)
        .header(ContentType::Form)
        .header(Header::new("Sec-Fetch-Site", "same-origin"))
        .remote(format!("{place}:4711").parse().unwrap())
        .body(body);
    for (name, value) in cookies {
        request = request.cookie(Cookie::new(*name, value.clone()));
    }
    request.dispatch().await
}

fn cookie(response: &LocalResponse<'_>, name: &str) -> Option<String> {
    let found = response.cookies().get(name).map(|c| c.value().to_owned());
    found.filter(|value| !value.is_empty())
}

/// Somebody of the cast with a password, signed in.
async fn with_password(town: &Town, browser: &Browser, key: &str) -> String {
    let token = town.token(key).await;
    let response = browser
        .post("/account/password", Some(&token), "new=three+green+lamps")
        .await;
    assert_eq!(response.status(), Status::SeeOther);
    token
}

fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let at = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    at.unwrap_or_else(|| panic!("{name} in {page}"))
        .split('"')
        .next()
        .unwrap()
}

fn code(town: &Town, secret: &str) -> String {
    let secret = totp::secret(secret).unwrap();
    totp::code(&secret, totp::step_at(town.store.clock.now().as_second()))
}

fn tick(town: &Town) {
    town.store.clock.advance(SignedDuration::from_secs(30));
}

/// Sets the second step up; the secret and the recovery codes.
async fn set_up(town: &Town, browser: &Browser, token: &str) -> (String, Vec<String>) {
    let page = browser.page("/account/second-step", Some(token), Lang::En).await;
    assert!(page.contains("<svg class=\"code-picture\"") && !page.contains("style="));
    let secret = field(&page, "secret").to_owned();
    let wrong = browser
        .post(
            "/account/second-step",
            Some(token),
            &format!("secret={secret}&code=000000"),
        )
        .await;
    assert_eq!(wrong.status(), Status::UnprocessableEntity);
    assert!(
        wrong.into_string().await.unwrap().contains(&secret),
        "the app keeps its entry"
    );
    let body = format!("secret={secret}&code={}", code(town, &secret));
    let response = browser.post("/account/second-step", Some(token), &body).await;
    assert_eq!(response.status(), Status::Ok);
    let page = response.into_string().await.unwrap();
    let codes: Vec<String> = page
        .split("<li><code>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

/// The token of the form that asks for the code.
async fn first_step(browser: &Browser, key: &str) -> String {
    let response = browser
        .post("/sign-in", None, &format!("email={}&{PASSWORD}", email(key)))
        .await;
    assert!(
        cookie(&response, "bauta").is_none(),
        "no session by the password alone"
    );
    let page = response.into_string().await.unwrap();
    field(&page, "token").to_owned()
}

async fn second(browser: &Browser, token: &str, code: &str) -> Option<String> {
    let response = browser
        .post("/sign-in/code", None, &format!("token={token}&code={code}"))
        .await;
    cookie(&response, "bauta")
}

#[rocket::async_test]
async fn with_a_second_step_the_password_alone_opens_nothing() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let owner = with_password(&town, &browser, "editor").await;
    let elsewhere = town.token("editor").await;
    let (secret, codes) = set_up(&town, &browser, &owner).await;
    assert!(
        town.store.who(&elsewhere).await.unwrap().is_none(),
        "signed out elsewhere"
    );
    assert!(town.store.who(&owner).await.unwrap().is_some());

    // The code that set it up is used already.
    let form = first_step(&browser, "editor").await;
    assert!(second(&browser, &form, &code(&town, &secret)).await.is_none());
    tick(&town);
    let typed = code(&town, &secret);
    assert!(second(&browser, &form, "123456").await.is_none());
    let session = second(&browser, &form, &typed).await.unwrap();
    assert!(town.store.who(&session).await.unwrap().is_some());
    // Neither the form nor the code works a second time.
    assert!(second(&browser, &form, &typed).await.is_none());
    let form = first_step(&browser, "editor").await;
    assert!(second(&browser, &form, &typed).await.is_none(), "each code once");
    // A recovery code does, once, however it is written.
    let shout = codes[0].to_uppercase().replace('-', "+");
    assert!(second(&browser, &form, &shout).await.is_some());
    let form = first_step(&browser, "editor").await;
    assert!(second(&browser, &form, &codes[0]).await.is_none());
    // New codes put the old ones out of use.
    let response = browser
        .post("/account/second-step/codes", Some(&owner), "pressed=1")
        .await;
    assert_eq!(response.status(), Status::Ok);
    assert!(second(&browser, &form, &codes[1]).await.is_none());
    // The form is good for ten minutes.
    town.store.clock.advance(SignedDuration::from_mins(11));
    assert!(second(&browser, &form, &code(&town, &secret)).await.is_none());
    // A code that was guessed does not say so by itself what it was for.
    let off = browser
        .post("/account/second-step/off", Some(&owner), "pressed=1")
        .await;
    assert_eq!(off.status(), Status::SeeOther);
    let response = browser
        .post("/sign-in", None, &format!("email={}&{PASSWORD}", email("editor")))
        .await;
    assert!(cookie(&response, "bauta").is_some());
}

#[rocket::async_test]
async fn two_at_once_with_one_code_are_one() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let owner = with_password(&town, &browser, "editor").await;
    let (secret, _) = set_up(&town, &browser, &owner).await;
    tick(&town);
    let typed = code(&town, &secret);
    let account = town.who("editor").await;
    let account = town
        .store
        .credentials(account.email())
        .await
        .unwrap()
        .unwrap()
        .account;
    let (one, two) = tokio::join!(
        town.store.take_second_step(account, &typed),
        town.store.take_second_step(account, &typed)
    );
    let taken = [one.unwrap(), two.unwrap()];
    let right = taken
        .iter()
        .filter(|t| **t == bauta::store::second_step::Taken::Code)
        .count();
    assert_eq!(right, 1, "{taken:?}");
}

#[rocket::async_test]
async fn a_mailed_link_is_a_first_step_too_and_changes_nothing_before_the_second() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let owner = with_password(&town, &browser, "editor").await;
    let (secret, _) = set_up(&town, &browser, &owner).await;
    browser
        .post("/password/forgotten", None, &format!("email={}", email("editor")))
        .await;
    town.worker.pass().await.unwrap();
    let link = town.link_to(&email("editor"), "重新设置密码");
    let response = browser.post(&link, None, "x=").await;
    assert!(cookie(&response, "bauta").is_none());
    let form = field(&response.into_string().await.unwrap(), "token").to_owned();
    // Whoever reads the mail has not taken the password away.
    first_step(&browser, "editor").await;
    // What stands in the form is no link.
    for path in ["link", "invitation", "authorship", "authors-change"] {
        let path = format!("/{path}/{form}");
        let page = browser.get(&path, None, Lang::En).await;
        assert!(cookie(&page, "bauta").is_none());
        let post = browser.post(&path, None, "answer=accept&no_conflict=yes").await;
        assert!(cookie(&post, "bauta").is_none(), "{path}");
    }
    tick(&town);
    let session = second(&browser, &form, &code(&town, &secret)).await.unwrap();
    assert!(town.store.who(&session).await.unwrap().is_some());
    // Now the forgotten password is none any more.
    let response = browser
        .post("/sign-in", None, &format!("email={}&{PASSWORD}", email("editor")))
        .await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
}

#[rocket::async_test]
async fn a_journal_that_wants_the_second_step_gets_it_from_the_office() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let chief = town.token("chief").await;
    let editor = town.token("editor").await;
    let admin = town.token("admin").await;
    let author = town.token("author").await;
    let body = "version=0&figure[office-second-step]=yes";
    let response = browser.post("/admin/settings", Some(&chief), body).await;
    assert_eq!(
        response.headers().get_one("Location"),
        Some("/admin/settings?done=set")
    );
    for (token, path) in [
        (&chief, "/office"),
        (&editor, "/office"),
        (&admin, "/admin/people"),
    ] {
        let response = browser.get(path, Some(token), Lang::En).await;
        let to = response.headers().get_one("Location").unwrap();
        assert_eq!(to, "/account/second-step?problem=second-step-wanted", "{path}");
        let post = browser
            .post("/office/search/author", Some(token), "author=x")
            .await;
        assert_eq!(post.status(), Status::SeeOther);
    }
    // Setting it up is possible, authors need nothing.
    assert_eq!(
        browser.get("/author", Some(&author), Lang::En).await.status(),
        Status::Ok
    );
    set_up(&town, &browser, &editor).await;
    assert_eq!(
        browser.get("/office", Some(&editor), Lang::En).await.status(),
        Status::Ok
    );
    let off = browser
        .post("/account/second-step/off", Some(&editor), "pressed=1")
        .await;
    assert!(
        off.headers()
            .get_one("Location")
            .unwrap()
            .contains("problem=second-step-wanted")
    );
    assert!(town.store.who(&editor).await.unwrap().unwrap().second_step());
}

#[rocket::async_test]
async fn a_lost_device_is_reset_by_somebody_else_and_recorded() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let owner = with_password(&town, &browser, "editor").await;
    set_up(&town, &browser, &owner).await;
    let chief = town.token("chief").await;
    let id = |page: &str, email: &str| -> String {
        let part = page.split(&format!("<p class=\"meta\">{email}")).nth(1).unwrap();
        part.split("/admin/people/")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
            .to_owned()
    };
    let page = browser.page("/admin/people", Some(&chief), Lang::En).await;
    let path = format!("/admin/people/{}/second-step", id(&page, &email("editor")));
    assert!(page.contains(&path));
    // An editor may not; not for oneself either.
    assert_eq!(
        browser.post(&path, Some(&owner), "pressed=1").await.status(),
        Status::NotFound
    );
    let own = format!("/admin/people/{}/second-step", id(&page, &email("chief")));
    let response = browser.post(&own, Some(&chief), "pressed=1").await;
    assert!(
        response
            .headers()
            .get_one("Location")
            .unwrap()
            .contains("problem=own-second-step")
    );
    let response = browser.post(&path, Some(&chief), "pressed=1").await;
    assert!(
        response
            .headers()
            .get_one("Location")
            .unwrap()
            .contains("done=second-step-reset")
    );
    assert!(
        town.store.who(&owner).await.unwrap().is_none(),
        "signed out everywhere"
    );
    let response = browser
        .post("/sign-in", None, &format!("email={}&{PASSWORD}", email("editor")))
        .await;
    assert!(cookie(&response, "bauta").is_some());
    let page = browser.page("/admin/people", Some(&chief), Lang::En).await;
    assert!(page.contains("的两步验证"), "it is in the log");
}

#[rocket::async_test]
async fn strangers_from_everywhere_do_not_lock_the_owner_out() {
    let town = Town::life().await;
    let browser = town.browser().await;
    with_password(&town, &browser, "author").await;
    let right = format!("email={}&{PASSWORD}", email("author"));
    let wrong = format!("email={}&password=not+the+right+one", email("author"));
    let home = post_from(&browser, "198.51.100.7", "/sign-in", &[], &right).await;
    let known = cookie(&home, "bauta-known").unwrap();
    // Sixty places try once each: then the account as a whole is slowed down.
    let mut last = Status::Ok;
    for n in 0..60 {
        let place = format!("203.0.113.{n}");
        last = post_from(&browser, &place, "/sign-in", &[], &wrong)
            .await
            .status();
    }
    assert_eq!(last, Status::TooManyRequests);
    let unknown = post_from(&browser, "192.0.2.9", "/sign-in", &[], &right).await;
    assert_eq!(unknown.status(), Status::TooManyRequests);
    assert!(unknown.headers().get_one("Retry-After").is_some());
    // The browser in which the owner has signed in before is not.
    let cookies = [("bauta-known", known.clone())];
    let again = post_from(&browser, "198.51.100.8", "/sign-in", &cookies, &right).await;
    assert!(cookie(&again, "bauta").is_some());
    // It is known for that one address alone, and not if anything in it was changed.
    for forged in [
        known.replace('.', "x."),
        format!("{known}a"),
        known[1..].to_owned(),
        "x.9999999999.y".to_owned(),
    ] {
        let response = post_from(
            &browser,
            "198.51.100.8",
            "/sign-in",
            &[("bauta-known", forged)],
            &right,
        )
        .await;
        assert_eq!(response.status(), Status::TooManyRequests);
    }
    let other = format!("email={}&password=not+the+right+one", email("editor"));
    let response = post_from(&browser, "198.51.100.8", "/sign-in", &cookies, &other).await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
    // Nor is a mailed link, however many others have asked for one: the newest is in the mailbox.
    let ask = format!("email={}", email("author"));
    let mut asked = Vec::new();
    for n in 0..13 {
        let place = format!("203.0.113.{n}");
        asked.push(
            post_from(&browser, &place, "/sign-in/link", &[], &ask)
                .await
                .status(),
        );
    }
    assert_eq!(
        asked.iter().filter(|s| **s == Status::Ok).count(),
        10,
        "ten letters an hour"
    );
    town.worker.pass().await.unwrap();
    let link = town.link_to(&email("author"), "登录");
    let response = post_from(&browser, "192.0.2.9", &link, &[], "x=").await;
    assert!(cookie(&response, "bauta").is_some());
    // The known browser itself has ten tries in a quarter of an hour, whoever sits at it.
    let mut last = Status::Ok;
    for _ in 0..11 {
        last = post_from(&browser, "198.51.100.8", "/sign-in", &cookies, &wrong)
            .await
            .status();
    }
    assert_eq!(last, Status::TooManyRequests);
}

#[rocket::async_test]
async fn a_session_ends_unused_and_in_any_case() {
    let town = Town::life().await;
    let hours = |n| town.store.clock.advance(SignedDuration::from_hours(n));
    let lives = async |token: &str| town.store.who(token).await.unwrap().is_some();
    // Seventy-two hours without use; each use begins them anew, until fourteen days are over.
    let author = town.token("author").await;
    hours(71);
    assert!(lives(&author).await);
    hours(73);
    assert!(!lives(&author).await);
    let author = town.token("author").await;
    let mut days = 0;
    while lives(&author).await {
        hours(24);
        days += 1;
    }
    assert_eq!(days, 14);
    // The office: twelve hours.
    let editor = town.token("editor").await;
    hours(11);
    assert!(lives(&editor).await);
    hours(11);
    assert!(lives(&editor).await);
    hours(13);
    assert!(!lives(&editor).await);
    // What the journal shortens is shorter at once, for running sessions too.
    let (author, chief) = (town.token("author").await, town.token("chief").await);
    let browser = town.browser().await;
    let body = "version=0&figure[session-idle-hours]=2&figure[session-days]=1";
    let response = browser.post("/admin/settings", Some(&chief), body).await;
    assert_eq!(
        response.headers().get_one("Location"),
        Some("/admin/settings?done=set")
    );
    assert!(lives(&author).await);
    hours(3);
    assert!(!lives(&author).await);
}

#[rocket::async_test]
async fn signing_in_makes_a_new_session_and_ends_the_one_before() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let before = with_password(&town, &browser, "author").await;
    let body = format!("email={}&{PASSWORD}", email("author"));
    // Also if it was planted by a stranger, who then would be in it, too.
    let response = post_from(
        &browser,
        "192.0.2.1",
        "/sign-in",
        &[("bauta", before.clone())],
        &body,
    )
    .await;
    let after = cookie(&response, "bauta").unwrap();
    assert_ne!(before, after);
    assert!(town.store.who(&before).await.unwrap().is_none());
    assert!(town.store.who(&after).await.unwrap().is_some());
    let planted = [("bauta", "a".repeat(32))];
    let response = post_from(&browser, "192.0.2.1", "/sign-in", &planted, &body).await;
    assert_ne!(cookie(&response, "bauta").unwrap(), planted[0].1);
}

#[rocket::async_test]
async fn more_rights_mean_a_new_sign_in() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (author, chief) = (town.token("author").await, town.token("chief").await);
    let body = format!("email={}&person=A&role=editor&language=en", email("author"));
    let response = browser.post("/admin/people", Some(&chief), &body).await;
    assert_eq!(response.status(), Status::SeeOther);
    assert!(town.store.who(&author).await.unwrap().is_none());
    let page = browser.page("/admin/people", Some(&chief), Lang::En).await;
    assert!(
        page.contains("作者 → 责任编辑"),
        "who gave what to whom is in the log"
    );
}

#[rocket::async_test]
async fn revoking_everything_takes_links_under_way_and_known_browsers_too() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let owner = with_password(&town, &browser, "author").await;
    let right = format!("email={}&{PASSWORD}", email("author"));
    let thief = post_from(&browser, "192.0.2.1", "/sign-in", &[], &right).await;
    let (session, known) = (
        cookie(&thief, "bauta").unwrap(),
        cookie(&thief, "bauta-known").unwrap(),
    );
    browser
        .post("/sign-in/link", None, &format!("email={}", email("author")))
        .await;
    town.worker.pass().await.unwrap();
    let link = town.link_to(&email("author"), "登录");
    let token = link.trim_start_matches("/link/");
    assert_eq!(
        town.store.look_at_link(token).await.unwrap().unwrap().purpose,
        LinkPurpose::SignIn
    );
    browser.post("/account/sessions/end", Some(&owner), "").await;
    assert!(town.store.who(&session).await.unwrap().is_none());
    assert!(town.store.look_at_link(token).await.unwrap().is_none());
    let email = bauta::demo::cast::member("author").email;
    let found = town.store.credentials(&email).await.unwrap().unwrap();
    assert!(town.store.is_known_browser(&email, found.epoch, &known).is_none());
    assert!(town.store.who(&owner).await.unwrap().is_some(), "but not oneself");
}

#[rocket::async_test]
async fn what_matters_most_asks_again_and_loses_nothing() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let chief = with_password(&town, &browser, "chief").await;
    town.store.clock.advance(SignedDuration::from_mins(31));
    // Pages ask before they are shown, and lead there afterwards.
    for path in ["/account/password", "/account/second-step"] {
        let response = browser.get(path, Some(&chief), Lang::En).await;
        let to = response.headers().get_one("Location").unwrap().to_owned();
        assert_eq!(to, format!("/account/confirm?next={path}"));
        assert!(
            browser
                .page(&to, Some(&chief), Lang::En)
                .await
                .contains(&format!("value=\"{path}\""))
        );
    }
    for (path, body) in [
        (
            "/admin/people",
            "email=new@journal.example&person=N&role=editor&language=en",
        ),
        ("/admin/settings", "version=0&figure[office-second-step]=yes"),
        ("/office/search/author", "author=Chen"),
        ("/account/password", "old=three+green+lamps&new=four+brown+lamps"),
        ("/account/second-step", "secret=x&code=1"),
        ("/account/second-step/off", "pressed=1"),
        ("/account/second-step/codes", "pressed=1"),
        ("/admin/people/1/roles", "role=editor"),
        ("/admin/people/1/second-step", "pressed=1"),
    ] {
        let response = browser.post(path, Some(&chief), body).await;
        assert_eq!(response.status(), Status::Forbidden, "{path}");
        let page = response.into_string().await.unwrap();
        assert_eq!(field(&page, "confirm-to"), path);
        for pair in body.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            assert_eq!(field(&page, name), value.replace('+', " "), "{path} {name}");
        }
    }
    // The right answer sends the form on, in a session with a new token.
    let form = "email=new@journal.example&person=N&role=editor&language=en&confirm-to=/admin/people&confirm-held=yes";
    let wrong = format!("{form}&confirm-password=three+green+lambs");
    let response = browser.post("/account/confirm", Some(&chief), &wrong).await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
    assert!(
        response
            .into_string()
            .await
            .unwrap()
            .contains("new@journal.example")
    );
    let right = format!("{form}&confirm-password=three+green+lamps");
    let response = browser.post("/account/confirm", Some(&chief), &right).await;
    assert_eq!(response.status(), Status::TemporaryRedirect);
    assert_eq!(response.headers().get_one("Location"), Some("/admin/people"));
    let fresh = cookie(&response, "bauta").unwrap();
    assert!(
        town.store.who(&chief).await.unwrap().is_none(),
        "the old token is dead"
    );
    let response = browser.post("/admin/people", Some(&fresh), &right).await;
    assert_eq!(
        response.headers().get_one("Location"),
        Some("/admin/people?done=invited")
    );
    // Never to another site.
    town.store.clock.advance(SignedDuration::from_mins(31));
    let body = "confirm-to=//evil.example&confirm-held=yes&confirm-password=three+green+lamps";
    let response = browser.post("/account/confirm", Some(&fresh), body).await;
    assert_eq!(response.headers().get_one("Location"), Some("/"));
    // Ten tries in a quarter of an hour.
    let token = town.token("chief").await;
    let mut last = Status::Ok;
    for _ in 0..11 {
        let body = "confirm-to=/&confirm-password=wrong+wrong+wrong";
        last = browser
            .post("/account/confirm", Some(&token), body)
            .await
            .status();
    }
    assert_eq!(last, Status::TooManyRequests);
}

#[rocket::async_test]
async fn a_letter_about_a_review_does_not_open_the_office() {
    use bauta::domain::person::{Email, Role};
    let town = Town::life().await;
    let browser = town.browser().await;
    let address = "petra.lindqvist@reviewer2.example";
    let number = town.number("asked");
    let letters = town.letters();
    let letter = letters
        .iter()
        .find(|l| l.to.contains(address) && l.text.contains(&number) && l.text.contains("/link/"))
        .unwrap();
    let token: String = letter
        .text
        .split("/link/")
        .nth(1)
        .unwrap()
        .chars()
        .take(32)
        .collect();
    // Somebody who is asked for a review becomes an editor before answering.
    let email = Email::parse(address).unwrap();
    let account = town.store.credentials(&email).await.unwrap().unwrap().account;
    town.store.give_role(account, Role::Editor, None).await.unwrap();
    let path = format!("/invitation/{token}");
    let response = browser.post(&path, None, "answer=accept&no_conflict=yes").await;
    assert_eq!(
        response.headers().get_one("Location").unwrap(),
        format!("/sign-in?next=/reviews/{number}&done=invitation-accepted")
    );
    assert!(
        cookie(&response, "bauta").is_none(),
        "the office is not opened by it"
    );
}
