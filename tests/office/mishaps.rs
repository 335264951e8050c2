//! Bad input: each case has its own clear answer, what was written is there again, and nothing happens twice.

use bauta::actions::{decide, hold, invite};
use bauta::demo::cast::member;
use bauta::demo::script::Act;
use bauta::domain::decision::{DecisionKind, DecisionText};
use bauta::domain::person::Lang;
use bauta::domain::stage::Stage;
use rocket::http::{ContentType, Cookie, Header, Status};

use crate::law::At;
use crate::support::{Browser, Town};

async fn english(town: &Town, key: &str) -> String {
    let who = town.who(key).await;
    town.store.set_lang(&who, Lang::En).await.unwrap();
    town.token(key).await
}

/// Posts a multipart body as it is, also one that was cut off.
async fn send(browser: &Browser, path: &str, token: &str, body: Vec<u8>) -> (Status, String) {
    let kind: ContentType = "multipart/form-data; boundary=b".parse().unwrap();
    let request = browser.client.post(path.to_owned()).header(kind).body(body);
    let response = request
        .header(Header::new("Sec-Fetch-Site", "same-origin"))
        .cookie(Cookie::new("bauta", token.to_owned()))
        .dispatch()
        .await;
    (
        response.status(),
        response.into_string().await.unwrap_or_default(),
    )
}

fn part(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = b"--b\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\nmanuscript\r\n".to_vec();
    body.extend(
        format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").bytes(),
    );
    body.extend(bytes);
    body
}

fn whole(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = part(name, bytes);
    body.extend(b"\r\n--b--\r\n");
    body
}

fn blobs(town: &Town) -> usize {
    let folders = std::fs::read_dir(town.config.blobs()).unwrap();
    folders
        .map(|f| std::fs::read_dir(f.unwrap().path()).unwrap().count())
        .sum()
}

#[rocket::async_test]
async fn an_upload_that_is_empty_cut_off_too_large_or_none_is_answered_each_in_its_own_words() {
    let mut town = Town::life().await;
    town.config.max_file_mb = 1;
    let browser = town.browser().await;
    let token = english(&town, "author").await;
    let path = format!("/author/manuscripts/{}/files", town.number("draft"));
    let before = blobs(&town);
    for (body, words) in [
        (whole("", b""), "No file was chosen."),
        (whole("empty.docx", b""), "The file is empty."),
        (part("cut.docx", &[b'x'; 300_000]), "The upload broke off"),
        (whole("large.docx", &[b'x'; 1_200_000]), "too large: at most 1 MB"),
        (
            whole("larger.docx", &[b'x'; 3_000_000]),
            "too large: at most 1 MB",
        ),
        (b"--b\r\nContent-Disposi".to_vec(), "The upload broke off"),
    ] {
        let (status, page) = send(&browser, &path, &token, body).await;
        assert_eq!(status, Status::UnprocessableEntity, "{words}");
        assert!(
            page.contains("error-summary") && page.contains(words),
            "{words}: {page}"
        );
    }
    assert_eq!(blobs(&town), before, "nothing is left of them");
    // A wrong kind is kept with the words that say what is wrong, and no blind copy is made.
    let (status, _) = send(
        &browser,
        &path,
        &token,
        whole("photo.docx", b"MZ\x90\x00no document"),
    )
    .await;
    assert_eq!(status, Status::SeeOther);
    let page = browser
        .page(
            &format!("/author/manuscripts/{}/submission/files", town.number("draft")),
            Some(&token),
            Lang::En,
        )
        .await;
    assert!(
        page.contains("no blind copy") || page.contains("cannot"),
        "{page}"
    );
}

#[rocket::async_test]
async fn a_form_sent_twice_or_from_two_tabs_does_it_once_and_keeps_the_words() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let at = At::of(&town, "reviews-in").await;
    let base = format!("/office/manuscripts/{}", at.number);
    let version = at.version().await;
    let body = format!("version={version}&step=decide&kind=decline&message=Too+few+patients");
    let decision = format!("{base}/decision");
    let first = browser.post(&decision, Some(&token), &body).await;
    assert_eq!(first.status(), Status::SeeOther);
    let second = browser.post(&decision, Some(&token), &body).await;
    assert_eq!(second.status(), Status::UnprocessableEntity);
    let page = second.into_string().await.unwrap();
    assert!(page.contains("moved on while the page was open") && page.contains("Too few patients"));
    let proof = at.editor("editor").await;
    let letters = town.store.editor_letters(&proof).await.unwrap();
    assert_eq!(letters.iter().filter(|l| l.kind == "declined").count(), 1);
    // Where a page has only a small form, the words come back on a page of their own.
    let at = At::of(&town, "revising").await;
    let base = format!("/office/manuscripts/{}", at.number);
    let version = at.version().await;
    let body = format!("version={version}&window=revision&days=7&reason=The+ward+was+closed");
    let path = format!("{base}/extension");
    let (a, b) = tokio::join!(
        browser.post(&path, Some(&token), &body),
        browser.post(&path, Some(&token), &body)
    );
    let mut codes = [a.status().code, b.status().code];
    codes.sort_unstable();
    assert_eq!(codes, [303, 409]);
    let lost = if a.status() == Status::Conflict { a } else { b };
    let page = lost.into_string().await.unwrap();
    assert!(page.contains("The ward was closed") && page.contains("moved on") && page.contains(&base));
    let proof = at.editor("editor").await;
    let history = town.store.editor_history(&proof).await.unwrap();
    assert_eq!(history.iter().filter(|e| e.kind == "extended").count(), 1);
}

#[rocket::async_test]
async fn an_invitation_posted_by_two_at_once_goes_out_once() {
    let town = Town::life().await;
    let at = At::of(&town, "finding-reviewers").await;
    let version = at.version().await;
    let whom = || invite::Whom::Address {
        email: "once@pool.example".into(),
        name: "Once Only".into(),
        lang: Lang::En,
    };
    let (one, two) = (at.editor("editor").await, at.editor("editor2").await);
    let (a, b) = tokio::join!(
        invite::invite(&town.store, &one, version, whom(), Default::default()),
        invite::invite(&town.store, &two, version, whom(), Default::default()),
    );
    assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    assert_eq!(
        letters
            .iter()
            .filter(|l| l.to.contains("once@pool.example"))
            .count(),
        1
    );
}

#[rocket::async_test]
async fn a_page_that_was_open_for_weeks_loses_nothing_when_the_session_is_over() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "author3").await;
    let number = town.number("revising");
    town.store
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 15));
    let path = format!("/author/manuscripts/{number}/revision");
    let body = "answers[0]=We+added+a+figure+of+all+losses.&rebuttal=Thank+you+for+the+careful+reading.";
    let request = browser
        .client
        .post(path.clone())
        .header(ContentType::Form)
        .header(Header::new("Sec-Fetch-Site", "same-origin"))
        .cookie(Cookie::new("bauta-lang", "en"))
        .cookie(Cookie::new("bauta", token))
        .body(body);
    let response = request.dispatch().await;
    assert_eq!(response.status(), Status::Unauthorized);
    let page = response.into_string().await.unwrap();
    assert!(page.contains("We added a figure of all losses.") && page.contains("nothing was done"));
    assert!(page.contains(&format!("action=\"{path}\"")));
    // Signed in again, the same form does what it was meant to do.
    let token = town.token("author3").await;
    let again = browser.post(&path, Some(&token), body).await;
    assert_eq!(again.status(), Status::SeeOther);
    let page = browser.page(&path, Some(&token), Lang::Zh).await;
    assert!(page.contains("We added a figure of all losses."));
    // A password is not shown again, and what is nobody's is not there.
    for (path, status) in [
        ("/account/password", Status::SeeOther),
        ("/nowhere", Status::NotFound),
    ] {
        let response = browser
            .post(path, None, "old=secret+words&new=other+secret+words")
            .await;
        assert_eq!(response.status(), status, "{path}");
        let body = response.into_string().await.unwrap_or_default();
        assert!(!body.contains("secret words"));
    }
}

#[rocket::async_test]
async fn a_manuscript_that_moved_on_while_one_wrote_gives_the_words_back() {
    let town = Town::life().await;
    let browser = town.browser().await;
    // The revision lapsed while its author wrote.
    let at = At::of(&town, "revising-soon").await;
    town.wait(24 * 7).await;
    assert_eq!(at.stage().await, Stage::Lapsed);
    let token = english(&town, "author2").await;
    let own = format!("/author/manuscripts/{}", at.number);
    for form in ["/revision", "/revision/send"] {
        let body = "version=x&answers[0]=Every+loss+is+told+now.&rebuttal=Thank+you.";
        let path = format!("{own}{form}");
        let response = browser.post(&path, Some(&token), body).await;
        assert_eq!(response.status(), Status::Conflict, "{form}");
        let page = response.into_string().await.unwrap();
        assert!(
            page.contains("Every loss is told now.") && page.contains(&own),
            "{form}"
        );
    }
    // A draft was sent from another tab while a step was still written.
    let players = town.players().await;
    let number = town.number("draft");
    players.act("author", &number, Act::Submit).await.unwrap();
    let token = english(&town, "author").await;
    let path = format!("/author/manuscripts/{number}/submission/text");
    let body = "act=save&title_zh=%E6%96%B0%E7%9A%84%E9%A2%98%E7%9B%AE&abstract_en=A+new+abstract.";
    let response = browser.post(&path, Some(&token), body).await;
    assert_eq!(response.status(), Status::Conflict);
    let page = response.into_string().await.unwrap();
    assert!(page.contains("新的题目") && page.contains("A new abstract."));
    // The office's hold met a manuscript that had changed.
    let at = At::of(&town, "reading").await;
    let version = at.version().await;
    let chief = at.editor("chief").await;
    hold::hold(&town.store, &chief, version, "An inquiry.")
        .await
        .unwrap();
    let token = english(&town, "chief").await;
    let path = format!("/office/manuscripts/{}/hold", at.number);
    let body = format!("version={version}&act=hold&text=A+complaint+came+in");
    let response = browser.post(&path, Some(&token), &body).await;
    assert_eq!(response.status(), Status::Conflict);
    assert!(
        response
            .into_string()
            .await
            .unwrap()
            .contains("A complaint came in")
    );
}

#[rocket::async_test]
async fn links_that_are_old_or_another_persons_do_nothing_and_say_so() {
    let town = Town::life().await;
    let browser = town.browser().await;
    town.worker.pass().await.unwrap();
    let (number, own) = (town.number("asked"), member("reviewer2").email);
    let letters = town.letters();
    let wanted = |l: &&crate::support::Sent| l.to.contains(own.as_str()) && l.text.contains(&number);
    let text = &letters.iter().find(wanted).unwrap().text;
    let link = text
        .split("/link/")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap();
    let link = format!("/link/{link}");
    let place = browser.get(&link, None, Lang::En).await;
    let place = place.headers().get_one("Location").unwrap().to_owned();
    // Somebody else who is signed in.
    let stranger = english(&town, "reviewer9").await;
    let response = browser.get(&place, Some(&stranger), Lang::En).await;
    assert_eq!(response.status(), Status::Conflict);
    assert!(
        response
            .into_string()
            .await
            .unwrap()
            .contains("sent to somebody else")
    );
    let response = browser
        .post(&place, Some(&stranger), "answer=accept&no_conflict=yes")
        .await;
    assert_eq!(response.status(), Status::Conflict);
    assert!(
        response.cookies().get("bauta").is_none(),
        "nobody becomes another by a link"
    );
    // The right person signed in, or nobody, may answer.
    let own = english(&town, "reviewer2").await;
    assert_eq!(
        browser.get(&place, Some(&own), Lang::En).await.status(),
        Status::Ok
    );
    assert_eq!(browser.get(&place, None, Lang::En).await.status(), Status::Ok);
    // After its time it is gone, in words.
    town.store
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 121));
    let response = browser.get(&place, None, Lang::En).await;
    assert_eq!(response.status(), Status::NotFound);
    assert!(
        response
            .into_string()
            .await
            .unwrap()
            .contains("does not work any more")
    );
}

#[rocket::async_test]
async fn of_two_decisions_at_once_one_counts_and_the_other_is_told_with_its_words() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (one, two) = (english(&town, "editor").await, english(&town, "editor2").await);
    let at = At::of(&town, "reviews-in").await;
    let path = format!("/office/manuscripts/{}/decision", at.number);
    let version = at.version().await;
    let body = |reason: &str| format!("version={version}&step=decide&kind=decline&message={reason}");
    let (first, second) = (body("Reason+of+one"), body("Reason+of+two"));
    let (a, b) = tokio::join!(
        browser.post(&path, Some(&one), &first),
        browser.post(&path, Some(&two), &second)
    );
    let a_won = a.status() == Status::SeeOther;
    let (lost, words) = if a_won {
        (b, "Reason of two")
    } else {
        (a, "Reason of one")
    };
    assert_eq!(lost.status(), Status::UnprocessableEntity);
    let page = lost.into_string().await.unwrap();
    assert!(
        page.contains(words) && page.contains("moved on while the page was open"),
        "{page}"
    );
    let text = DecisionText {
        message: "Again".into(),
        ..DecisionText::default()
    };
    let proof = at.editor("editor").await;
    let again = decide::decide(
        &town.store,
        &proof,
        at.version().await,
        DecisionKind::Decline,
        text,
    )
    .await;
    assert!(matches!(
        again,
        Err(bauta::actions::Failure::Refused(bauta::actions::Refusal::Pending))
    ));
}
