//! Reviewers from a list (`RULES.md` 7): looked through line by line, taken in once, what is wrong stays to be mended.

use bauta::domain::person::{Email, Lang};
use rocket::http::{ContentType, Cookie, Header, Status};

use crate::support::{Browser, Town};

const PAGE: &str = "/admin/people/reviewers";

/// Posts fields and perhaps a file; status, place to go to, and page.
async fn post(
    browser: &Browser,
    token: &str,
    fields: &[(&str, &str)],
    file: &[u8],
) -> (Status, String, String) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    body.extend(b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\r\n");
    body.extend(file);
    body.extend(b"\r\n--b--\r\n");
    let kind: ContentType = "multipart/form-data; boundary=b".parse().unwrap();
    let request = browser.client.post(PAGE).header(kind).body(body);
    let response = request
        .header(Header::new("Sec-Fetch-Site", "same-origin"))
        .cookie(Cookie::new("bauta", token.to_owned()))
        .dispatch()
        .await;
    let to = response
        .headers()
        .get_one("Location")
        .unwrap_or_default()
        .to_owned();
    (
        response.status(),
        to,
        response.into_string().await.unwrap_or_default(),
    )
}

fn seen(page: &str) -> String {
    let rest = page.split("name=\"seen\" value=\"").nth(1).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn english(town: &Town, key: &str) -> String {
    let who = town.who(key).await;
    town.store.set_lang(&who, Lang::En).await.unwrap();
    town.token(key).await
}

async fn pool(town: &Town) -> Vec<bauta::store::people::Person> {
    let proof = town.store.administrator(&town.who("chief").await).unwrap();
    let people = town.store.people(&proof).await.unwrap();
    let reviewers = people
        .into_iter()
        .filter(|p| p.roles.has(bauta::domain::person::Role::Reviewer));
    reviewers.collect()
}

/// How many changes of roles the log of people holds.
async fn logged(town: &Town) -> usize {
    let proof = town.store.administrator(&town.who("chief").await).unwrap();
    let log = town.store.people_log(&proof, 100).await.unwrap();
    log.iter().filter(|line| line.kind == "roles").count()
}

#[rocket::async_test]
async fn a_list_is_looked_through_and_taken_in_once() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "chief").await;
    let (before, recorded) = (pool(&town).await.len(), logged(&town).await);
    let known = bauta::demo::cast::member("reviewer2").email.to_string();
    let author = bauta::demo::cast::member("author3").email.to_string();
    let text = format!(
        "姓名,英文姓名,邮箱,单位,研究方向,语言\n\
         龚若兰,Gong Ruolan,ruolan@pool.example,\"北岭大学,公卫学院\",流行病学,\n\
         ,Ada Brenner,ada@pool.example,Fjordhaven,trial methods,English\n\
         旧识,Old Friend,{known},别处,别的,\n\
         某作者,Some Author,{author},别处,营养,\n"
    );
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    let (status, _, page) = post(&browser, &token, &[("act", "look")], &gb).await;
    assert_eq!(status, Status::Ok);
    assert!(
        page.contains("New: 3. In the pool already: 1. Wrong: 0."),
        "{page}"
    );
    assert!(page.contains("Add 3 reviewers to the pool") && page.contains("北岭大学,公卫学院"));
    assert_eq!(pool(&town).await.len(), before, "looking takes nothing in");
    // Two at once, and once more: each of them is a reviewer once.
    let fields = [("act", "take"), ("seen", &seen(&page)), ("text", &text)];
    let (a, b) = tokio::join!(
        post(&browser, &token, &fields, b""),
        post(&browser, &token, &fields, b"")
    );
    let mut done = [a.1, b.1];
    done.sort();
    assert_eq!(
        done,
        [
            "/admin/people?done=reviewers-known",
            "/admin/people?done=reviewers-taken"
        ]
    );
    let (_, to, _) = post(&browser, &token, &fields, b"").await;
    assert_eq!(to, "/admin/people?done=reviewers-known");
    let people = pool(&town).await;
    assert_eq!(people.len(), before + 3);
    let of = |address: &str| people.iter().find(|p| p.email.as_str() == address).unwrap();
    assert_eq!(of("ruolan@pool.example").profile.expertise, "流行病学");
    assert_eq!(of("ruolan@pool.example").lang, Lang::Zh);
    assert_eq!(of("ada@pool.example").lang, Lang::En);
    assert_ne!(
        of(&known).profile.affiliation,
        "别处",
        "who is known stays unchanged"
    );
    assert_ne!(
        of(&author).profile.latin_name,
        "Some Author",
        "and keeps what the person wrote"
    );
    assert_eq!(logged(&town).await, recorded + 3, "each is in the log, once");
    // Nobody was written to, and the pool of a manuscript finds them.
    town.worker.pass().await.unwrap();
    assert!(town.letters().iter().all(|l| !l.to.contains("@pool.example")));
    let proof = town
        .store
        .editor(&town.who("editor").await, &town.number("screening"))
        .await
        .unwrap();
    assert_eq!(
        town.store
            .editor_pool(&proof, "流行病学 龚若兰")
            .await
            .unwrap()
            .count,
        1
    );
}

#[rocket::async_test]
async fn lines_that_are_wrong_stay_to_be_mended_and_another_list_is_looked_through_first() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "chief").await;
    let text =
        "name;email\nGood One;good@pool.example\nBad One;bad at pool\nGood One again;GOOD@pool.example\n";
    let (status, _, page) = post(&browser, &token, &[("act", "look"), ("text", text)], b"").await;
    assert_eq!(status, Status::Ok);
    assert!(page.contains("New: 1.") && page.contains("Wrong: 2."));
    assert!(
        page.contains("This is not an e-mail address")
            && page.contains("The same address as in a line above")
    );
    let other = text.replace("Good One;", "Another One;");
    let fields = [("act", "take"), ("seen", &seen(&page)), ("text", &other)];
    let (_, _, changed) = post(&browser, &token, &fields, b"").await;
    assert!(changed.contains("is not the one that was checked"));
    let email = Email::parse("good@pool.example").unwrap();
    assert!(town.store.credentials(&email).await.unwrap().is_none());
    let fields = [("act", "take"), ("seen", &seen(&changed)), ("text", &other)];
    let (status, _, left) = post(&browser, &token, &fields, b"").await;
    assert_eq!(status, Status::Ok);
    assert!(left.contains("One reviewer was imported.") && left.contains("Bad One;bad at pool"));
    assert!(
        !left.contains("Another One;"),
        "what was taken in is gone from the list"
    );
    assert!(town.store.credentials(&email).await.unwrap().is_some());
}

#[rocket::async_test]
async fn whoever_takes_a_list_in_has_proved_lately_who_it_is() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "chief").await;
    let text = "name,email\nAda Brenner,ada@pool.example\n";
    let (_, _, page) = post(&browser, &token, &[("act", "look"), ("text", text)], b"").await;
    let fields = [("act", "take"), ("seen", &seen(&page)), ("text", text)];
    let before = pool(&town).await.len();
    town.store.clock.advance(jiff::SignedDuration::from_hours(1));
    let (status, _, page) = post(&browser, &token, &fields, b"").await;
    assert_eq!(status, Status::Ok);
    assert!(page.contains("prove again that it is you") && page.contains("Ada Brenner,ada@pool.example"));
    assert_eq!(pool(&town).await.len(), before, "nobody was taken in");
    let page = browser.get(PAGE, Some(&token), Lang::En).await;
    assert_eq!(
        page.headers().get_one("Location"),
        Some("/account/confirm?next=/admin/people/reviewers")
    );
}

#[rocket::async_test]
async fn what_is_no_list_gets_its_own_answer_and_what_was_typed_stays() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "admin").await;
    let typed = "name,phone\nKept As Typed,1\n";
    for (text, file, words) in [
        (typed, &b""[..], "names no column \u{201c}email\u{201d}"),
        (typed, b"PK\x03\x04xlsx", "This is not a CSV file"),
        (typed, &[0xff, 0xff, 0x00, 0x80][..], "characters cannot be read"),
        ("", b"", "The list is empty"),
    ] {
        let (status, _, page) = post(&browser, &token, &[("act", "look"), ("text", text)], file).await;
        assert_eq!(status, Status::UnprocessableEntity, "{words}");
        assert!(
            page.contains("error-summary") && page.contains(words),
            "{words}: {page}"
        );
        assert!(text.is_empty() || page.contains("Kept As Typed"), "{words}");
    }
    let large = vec![b'a'; 3_000_000];
    let (status, _, page) = post(&browser, &token, &[("act", "look")], &large).await;
    assert_eq!(status, Status::UnprocessableEntity);
    assert!(page.contains("larger than 1 MB"));
    // A form that was cut off.
    let kind: ContentType = "multipart/form-data; boundary=b".parse().unwrap();
    let request = browser.client.post(PAGE).header(kind);
    let request = request.body("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nname,em");
    let response = request
        .header(Header::new("Sec-Fetch-Site", "same-origin"))
        .cookie(Cookie::new("bauta", token.clone()))
        .dispatch()
        .await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
    for key in ["editor", "assistant", "author", "reviewer2"] {
        let token = town.token(key).await;
        assert_eq!(
            browser.get(PAGE, Some(&token), Lang::En).await.status(),
            Status::NotFound
        );
        assert_eq!(
            post(&browser, &token, &[("act", "take")], b"").await.0,
            Status::NotFound,
            "{key}"
        );
    }
}

#[rocket::async_test]
async fn a_list_sent_after_the_session_ended_is_shown_again() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let text = "name,email\nAda Brenner,ada@pool.example\n";
    let fields = [("act", "look"), ("text", text)];
    let (status, _, page) = post(&browser, "no-such-session", &fields, b"").await;
    assert_eq!(status, Status::Unauthorized);
    assert!(page.contains("Ada Brenner,ada@pool.example") && page.contains("multipart/form-data"));
    assert!(page.contains(&format!("action=\"{PAGE}\"")));
    // A file alone is chosen again; nothing of it is shown.
    let (_, _, page) = post(&browser, "no-such-session", &[("act", "look")], text.as_bytes()).await;
    assert!(!page.contains("Ada Brenner"));
}
