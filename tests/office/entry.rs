//! Manuscripts under way that the office enters for their authors (`RULES.md` 7): each stage with its true dates, once,
//! taken over by the letter's link; what was typed stays.

use bauta::actions::{Failure, Refusal};
use bauta::demo::cast::{member, paper};
use bauta::domain::manuscript::Submission;
use bauta::domain::person::{Email, Lang};
use bauta::domain::stage::Stage;
use bauta::domain::window::{WindowKind, last_day};
use bauta::store::access::AsEditor;
use rocket::http::{ContentType, Cookie, Header, Status};

use crate::support::{Browser, Town};

const STAGES: [&str; 4] = ["screening", "in-review", "revising", "re-review"];

fn encode(text: &str) -> String {
    rocket::http::RawStr::new(text).percent_encode().to_string()
}

/// The paper of somebody who has no account here yet.
fn submission() -> Submission {
    let mut paper = paper(&member("author"), 5);
    paper.title_zh = "牧区居民冬季室内一氧化碳暴露调查".into();
    paper.title_en = "Carbon monoxide indoors in winter among herders".into();
    paper.authors[0].native_name = "敖登高娃".into();
    paper.authors[0].latin_name = "Aodeng Gaowa".into();
    paper.authors[0].email = "aodeng@steppe-hospital.example".into();
    paper
}

/// The form of a manuscript that stands somewhere; `own` are the office's fields.
fn form(s: &Submission, own: &[(&str, &str)]) -> String {
    let mut pairs: Vec<(String, &str)> = own.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect();
    for (name, value) in [
        ("article_type", &s.article_type),
        ("section", &s.section),
        ("language", &s.language),
        ("title_zh", &s.title_zh),
        ("abstract_zh", &s.abstract_zh),
        ("funding", &s.funding),
    ] {
        pairs.push((name.to_owned(), value));
    }
    pairs.push(("interventional".into(), "no"));
    for (i, a) in s.authors.iter().enumerate() {
        for (name, value) in [
            ("native_name", a.native_name.as_str()),
            ("latin_name", &a.latin_name),
            ("affiliations", &a.affiliations),
            ("email", &a.email),
            ("corresponding", if a.corresponding { "yes" } else { "" }),
        ] {
            pairs.push((format!("authors[{i}].{name}"), value));
        }
    }
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.join("&")
}

fn dated<'a>(former: &'a str, stage: &'a str, since: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut own = vec![
        ("act", "enter"),
        ("former", former),
        ("stage", stage),
        ("received", "2026-09-01"),
        ("since", since),
    ];
    if stage == "revising" {
        own.push((
            "points",
            "1. 请说明测量仪器的校准方法。\r\n\r\n2. 请补充失访情况。",
        ));
        own.push(("message", "两位专家的意见如下。"));
    }
    own
}

/// Enters a manuscript; the number that it has here.
async fn entered(browser: &Browser, token: &str, body: &str) -> String {
    let response = browser.post("/office/entry", Some(token), body).await;
    let status = response.status();
    let location = response
        .headers()
        .get_one("Location")
        .unwrap_or_default()
        .to_owned();
    assert_eq!(status, Status::SeeOther, "{:?}", response.into_string().await);
    location.split('/').nth(3).unwrap().to_owned()
}

async fn english(town: &Town, key: &str) -> String {
    let who = town.who(key).await;
    town.store.set_lang(&who, Lang::En).await.unwrap();
    town.token(key).await
}

async fn editor(town: &Town, key: &str, number: &str) -> AsEditor {
    town.store.editor(&town.who(key).await, number).await.unwrap()
}

async fn window(town: &Town, number: &str, kind: WindowKind) -> Option<String> {
    let case = town
        .store
        .case_as_editor(&editor(town, "chief", number).await)
        .await;
    let case = case.unwrap();
    let found = case.window(kind).await.unwrap();
    let day = found.map(|w| last_day(w.due, case.rules()).to_string());
    case.abandon().await.unwrap();
    day
}

/// Posts the manuscript's file.
async fn upload(browser: &Browser, number: &str, token: &str, (name, bytes): (&str, &[u8])) -> Status {
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\nmanuscript\r\n".to_vec();
    let head = format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    body.extend(head.bytes());
    body.extend(bytes);
    body.extend(b"\r\n--b--\r\n");
    let kind: ContentType = "multipart/form-data; boundary=b".parse().unwrap();
    let path = format!("/office/manuscripts/{number}/entry/files");
    let request = browser.client.post(path).header(kind).body(body);
    let request = request
        .header(Header::new("Sec-Fetch-Site", "same-origin"))
        .cookie(Cookie::new("bauta", token.to_owned()));
    request.dispatch().await.status()
}

async fn strip(town: &Town) {
    let now = town.store.clock.now();
    while bauta::actions::strip::next(&town.store, &town.worker.limits, now)
        .await
        .unwrap()
    {}
}

#[rocket::async_test]
async fn each_stage_is_entered_with_its_true_dates_and_every_page_of_it_is_there() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("editor").await;
    for (stage, since, kind, last) in [
        ("screening", "2026-11-02", WindowKind::Screening, "2026-12-02"),
        ("in-review", "2026-11-16", WindowKind::FindReviewers, "2026-11-30"),
        ("revising", "2026-10-31", WindowKind::Revision, "2026-12-31"),
        ("re-review", "2026-11-10", WindowKind::ReReview, "2026-12-10"),
    ] {
        let number = entered(
            &browser,
            &token,
            &form(&submission(), &dated(&format!("OLD-{stage}"), stage, since)),
        )
        .await;
        assert_eq!(
            window(&town, &number, kind).await.as_deref(),
            Some(last),
            "{stage}"
        );
        town.worker.pass().await.unwrap();
        // The author takes it over by the letter's link.
        let link = town.link_to("aodeng@steppe-hospital.example", &number);
        let response = browser.get(&link, None, Lang::Zh).await;
        let place = response.headers().get_one("Location").unwrap().to_owned();
        assert_eq!(
            browser.post(&place, None, "answer=confirm").await.status(),
            Status::Ok
        );
        let email = Email::parse("aodeng@steppe-hospital.example").unwrap();
        let account = town.store.credentials(&email).await.unwrap().unwrap().account;
        let author = town.store.begin_session(account, "test").await.unwrap();
        let page = browser
            .page(&format!("/author/manuscripts/{number}"), Some(&author), Lang::Zh)
            .await;
        assert!(page.contains("牧区居民冬季室内一氧化碳暴露调查"), "{stage}");
        assert!(page.contains("编辑部代为录入"), "{stage}");
        if stage == "revising" {
            let page = browser
                .page(
                    &format!("/author/manuscripts/{number}/revision"),
                    Some(&author),
                    Lang::Zh,
                )
                .await;
            assert!(page.contains("请说明测量仪器的校准方法。") && page.contains("请补充失访情况。"));
            assert!(!page.contains("1. 请说明"), "its own number was taken off");
        }
        for lang in Lang::ALL {
            town.store
                .set_lang(&town.who("editor").await, lang)
                .await
                .unwrap();
            for tab in [
                "",
                "/reviewers",
                "/reviews",
                "/decision",
                "/matters",
                "/letters",
                "/history",
                "/entry",
            ] {
                let path = format!("/office/manuscripts/{number}{tab}");
                let page = browser.page(&path, Some(&token), lang).await;
                assert!(!page.contains("敖登高娃") && !page.contains("[entry-"), "{path}");
            }
        }
        town.store
            .set_lang(&town.who("editor").await, Lang::Zh)
            .await
            .unwrap();
    }
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
}

#[rocket::async_test]
async fn a_former_number_is_entered_once_also_by_two_at_once() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let body = form(&submission(), &dated("JN-2026-0113", "screening", "2026-11-02"));
    let (a, b) = tokio::join!(
        browser.post("/office/entry", Some(&token), &body),
        browser.post("/office/entry", Some(&token), &body)
    );
    let mut statuses = [a.status().code, b.status().code];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let again = browser.post("/office/entry", Some(&token), &body).await;
    assert_eq!(again.status(), Status::UnprocessableEntity);
    let page = again.into_string().await.unwrap();
    assert!(page.contains("was entered before") && page.contains("value=\"JN-2026-0113\""));
    let found = browser
        .page("/office/search?q=JN-2026-0113", Some(&token), Lang::En)
        .await;
    let number = page.split("/office/manuscripts/").nth(1).unwrap();
    let number = number.split('"').next().unwrap();
    assert!(found.contains(number), "found by the number that it had");
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    let to = |address: &str| letters.iter().filter(|l| l.to.contains(address)).count();
    assert_eq!(to("aodeng@steppe-hospital.example"), 1);
}

#[rocket::async_test]
async fn what_is_wrong_is_said_and_what_was_typed_is_there() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let bad = |own: Vec<(&'static str, &'static str)>| form(&submission(), &own);
    let over = dated("X-1", "screening", "2026-09-01");
    let lapsed = dated("X-1", "revising", "2026-09-02");
    let backwards = dated("X-1", "re-review", "2026-08-31");
    let mut unread = dated("X-1", "screening", "yesterday");
    unread.push(("until", "2026-12-24"));
    for (own, words) in [
        (over, "The month of screening ended on 1 October 2026"),
        (lapsed, "The time for the revision ended on 2 November 2026"),
        (backwards, "The stage began before the day of receipt"),
        (unread.clone(), "The day on which the stage began cannot be read"),
        (unread, "Screening cannot be made longer"),
        (dated("", "screening", ""), "Give the number it had"),
        (dated("X-1", "", ""), "Choose the stage"),
    ] {
        let response = browser.post("/office/entry", Some(&token), &bad(own)).await;
        assert_eq!(response.status(), Status::UnprocessableEntity, "{words}");
        let page = response.into_string().await.unwrap();
        assert!(page.contains("error-summary") && page.contains(words), "{words}");
        assert!(
            page.contains("敖登高娃") && page.contains("牧区居民冬季室内一氧化碳暴露调查"),
            "{words}"
        );
    }
    // What is missing of the author's is told with it.
    let mut nameless = submission();
    nameless.authors[0].email = "nobody".into();
    nameless.abstract_zh.clear();
    let body = form(&nameless, &dated("", "screening", ""));
    let page = browser
        .post("/office/entry", Some(&token), &body)
        .await
        .into_string()
        .await
        .unwrap();
    assert!(page.contains("href=\"#author-0-email\"") && page.contains("href=\"#abstract_zh\""));
    assert!(page.contains("href=\"#former\""));
    // A button of the list of authors keeps everything.
    let body = form(&submission(), &dated("X-1", "screening", "")).replace("act=enter", "act=add");
    let page = browser
        .post("/office/entry", Some(&token), &body)
        .await
        .into_string()
        .await
        .unwrap();
    assert!(page.contains("authors[2].email") && page.contains("value=\"X-1\""));
    // Nothing of all that has happened.
    let found = browser.page("/office/search?q=X-1", Some(&token), Lang::En).await;
    assert!(!found.contains("牧区居民"));
}

#[rocket::async_test]
async fn who_does_not_decide_or_is_an_author_enters_nothing() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let own = dated("X-2", "screening", "2026-11-02");
    for key in ["assistant", "admin", "author", "reviewer2"] {
        let token = town.token(key).await;
        assert_eq!(
            browser
                .get("/office/entry", Some(&token), Lang::En)
                .await
                .status(),
            Status::NotFound
        );
        let response = browser
            .post("/office/entry", Some(&token), &form(&submission(), &own))
            .await;
        assert_eq!(response.status(), Status::NotFound, "{key}");
    }
    let token = english(&town, "editor").await;
    let mut with_me = submission();
    with_me.authors[1].email = member("editor").email.to_string();
    let response = browser
        .post("/office/entry", Some(&token), &form(&with_me, &own))
        .await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
    assert!(
        response
            .into_string()
            .await
            .unwrap()
            .contains("You are one of its authors")
    );
    let mut with_chief = submission();
    with_chief.authors[1].email = member("chief").email.to_string();
    let response = browser
        .post("/office/entry", Some(&token), &form(&with_chief, &own))
        .await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
    assert!(
        response
            .into_string()
            .await
            .unwrap()
            .contains("editor-in-chief is an author")
    );
    // Both failed whole: the number is still free.
    entered(&browser, &token, &form(&submission(), &own)).await;
}

#[rocket::async_test]
async fn its_file_becomes_a_blind_copy_and_reviewers_can_be_asked_then() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let paper = submission();
    let body = form(&paper, &dated("X-3", "in-review", "2026-11-16"));
    let number = entered(&browser, &token, &body).await;
    let page = browser
        .page(
            &format!("/office/manuscripts/{number}/entry"),
            Some(&token),
            Lang::En,
        )
        .await;
    assert!(page.contains("no blind copy that can be used yet"));
    let ask = async || {
        let proof = editor(&town, "editor", &number).await;
        let version = town.store.editor_head(&proof).await.unwrap().version;
        let whom = bauta::actions::invite::Whom::Address {
            email: "somebody@else.example".into(),
            name: "Some Body".into(),
            lang: Lang::En,
        };
        bauta::actions::invite::invite(&town.store, &proof, version, whom, Default::default()).await
    };
    assert!(matches!(
        ask().await,
        Err(Failure::Refused(Refusal::FilesNotReady))
    ));
    let (name, bytes) = bauta::demo::papers::file(&paper, false);
    assert_eq!(
        upload(&browser, &number, &token, (&name, &bytes)).await,
        Status::SeeOther
    );
    strip(&town).await;
    let path = format!("/office/manuscripts/{number}/entry");
    for _ in 0..20 {
        let page = browser.page(&path, Some(&token), Lang::En).await;
        let Some(open) = page.split("/findings\">").nth(1) else {
            break;
        };
        let key = open.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
        let file = page
            .split("/findings\">")
            .next()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap();
        let settle = format!("{path}/files/{file}/findings");
        let body = format!("key={}&choice=keep", encode(key));
        assert_eq!(
            browser.post(&settle, Some(&token), &body).await.status(),
            Status::SeeOther
        );
    }
    let page = browser.page(&path, Some(&token), Lang::En).await;
    assert!(page.contains("The blind copies are ready"), "{page}");
    let proof = editor(&town, "editor", &number).await;
    let files = town.store.editor_files(&proof).await.unwrap();
    let id = files[&1][0].facts.id;
    let read = browser
        .page(
            &format!("/office/manuscripts/{number}/files/{id}"),
            Some(&token),
            Lang::En,
        )
        .await;
    assert!(read.contains("一氧化碳") && !read.contains("敖登高娃"));
    // Once somebody is asked, what was read stays.
    ask().await.unwrap();
    assert_eq!(
        upload(&browser, &number, &token, (&name, &bytes)).await,
        Status::UnprocessableEntity
    );
    let removal = format!("{path}/files/{id}/removal");
    let response = browser.post(&removal, Some(&token), "").await;
    assert!(
        response
            .headers()
            .get_one("Location")
            .unwrap()
            .contains("problem=not-here")
    );
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
}

#[rocket::async_test]
async fn an_office_window_that_is_over_stands_in_the_list_of_what_is_overdue() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let body = form(&submission(), &dated("X-4", "in-review", "2026-10-01"));
    let number = entered(&browser, &token, &body).await;
    let list = browser
        .page("/office/lists/overdue", Some(&token), Lang::En)
        .await;
    assert!(list.contains(&number));
    let proof = editor(&town, "editor", &number).await;
    let head = town.store.editor_head(&proof).await.unwrap();
    assert_eq!((head.stage.as_str(), head.mine), (Stage::InReview.key(), true));
    assert!(STAGES.contains(&head.stage.as_str()));
}

#[rocket::async_test]
async fn a_revision_that_began_elsewhere_is_returned_here() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("editor").await;
    let body = form(&submission(), &dated("X-5", "revising", "2026-10-31"));
    let number = entered(&browser, &token, &body).await;
    town.worker.pass().await.unwrap();
    let link = town.link_to("aodeng@steppe-hospital.example", &number);
    let place = browser.get(&link, None, Lang::Zh).await;
    let place = place.headers().get_one("Location").unwrap().to_owned();
    browser.post(&place, None, "answer=confirm").await;
    let email = Email::parse("aodeng@steppe-hospital.example").unwrap();
    let account = town.store.credentials(&email).await.unwrap().unwrap().account;
    let session = town.store.begin_session(account, "test").await.unwrap();
    let who = town.store.who(&session).await.unwrap().unwrap();
    let author = town.store.author(&who, &number).await.unwrap();
    let (name, bytes) = bauta::demo::papers::file(&submission(), true);
    let taken = bauta::actions::files::take(&town.store, &bytes[..], 50)
        .await
        .unwrap();
    let role = bauta::store::files::FileRole::Manuscript;
    bauta::actions::files::add(&town.store, &author, role, &taken, &name)
        .await
        .unwrap();
    let case = town.store.case_as_author(&author).await.unwrap();
    let version = case.version();
    case.abandon().await.unwrap();
    let answers = bauta::store::revisions::Answers {
        answers: vec!["每次测量前校准。".into(), "无失访。".into()],
        rebuttal: "谢谢。".into(),
    };
    bauta::actions::revise::send(&town.store, &author, version, &answers)
        .await
        .unwrap();
    let proof = editor(&town, "editor", &number).await;
    assert_eq!(town.store.editor_head(&proof).await.unwrap().stage, "re-review");
    // And lapses by the law, if it is not.
    let other = entered(
        &browser,
        &token,
        &form(&submission(), &dated("X-6", "revising", "2026-10-31")),
    )
    .await;
    town.wait(24 * 42).await;
    let proof = editor(&town, "editor", &other).await;
    assert_eq!(town.store.editor_head(&proof).await.unwrap().stage, "lapsed");
}
