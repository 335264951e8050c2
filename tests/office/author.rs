//! The author's pages: each for its audience in both languages, nothing for anybody else, and the way through them.

use std::collections::BTreeSet;

use bauta::domain::person::Lang;
use bauta::domain::stage::Stage;
use rocket::http::{ContentType, Cookie, Header, Status};

use crate::support::{Browser, Town};

/// The author of each plot and what the plots are.
fn plots() -> Vec<(&'static str, &'static str)> {
    bauta::demo::plots::all()
        .iter()
        .map(|plot| (plot.name, plot.author))
        .collect()
}

fn page(number: &str) -> String {
    format!("/author/manuscripts/{number}")
}

/// The addresses that a page links to, shows or posts to, without what follows `#`.
fn addresses(html: &str) -> Vec<String> {
    let pattern = regex::Regex::new(r##"(?:href|src)="(/author[^"#]*)"##).unwrap();
    pattern
        .captures_iter(html)
        .map(|found| found[1].replace("&amp;", "&"))
        .collect()
}

fn location(response: &rocket::local::asynchronous::LocalResponse<'_>) -> String {
    response
        .headers()
        .get_one("Location")
        .unwrap_or_default()
        .split('#')
        .next()
        .unwrap()
        .to_owned()
}

async fn open(browser: &Browser, path: &str, token: &str, lang: Lang) -> String {
    let mut path = path.to_owned();
    for _ in 0..3 {
        let at = path.clone();
        let response = browser.get(&at, Some(token), lang).await;
        match response.status() {
            Status::Ok => {
                let text = response
                    .content_type()
                    .is_some_and(|kind| kind.is_html() || kind.is_plain());
                return match text {
                    true => response.into_string().await.unwrap(),
                    false => String::new(),
                };
            }
            Status::SeeOther => path = location(&response),
            status => panic!("{at}: {status}"),
        }
    }
    panic!("{path} goes in circles");
}

/// Everything an author can reach from a manuscript's page.
async fn crawl(browser: &Browser, start: &str, token: &str, lang: Lang) -> Vec<(String, String)> {
    let mut waiting = vec![start.to_owned()];
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    while let Some(path) = waiting.pop() {
        let mine = path.starts_with(start) || path == "/author";
        if !mine || !seen.insert(path.clone()) {
            continue;
        }
        let html = open(browser, &path, token, lang).await;
        waiting.extend(addresses(&html));
        out.push((path, html));
    }
    out
}

#[rocket::async_test]
async fn every_page_of_every_manuscript_in_both_languages_names_no_reviewer_and_no_editor() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let others: Vec<_> = bauta::demo::cast::people()
        .into_iter()
        .filter(|m| !m.roles.is_empty())
        .collect();
    let mut visited = 0;
    for (plot, author) in plots() {
        let token = town.token(author).await;
        let stranger = town
            .token(if author == "author" { "author2" } else { "author" })
            .await;
        for lang in [Lang::Zh, Lang::En] {
            let who = town.store.who(&token).await.unwrap().unwrap();
            town.store.set_lang(&who, lang).await.unwrap();
            for (path, html) in crawl(&browser, &page(&town.number(plot)), &token, lang).await {
                visited += 1;
                for member in &others {
                    for name in [&member.profile.native_name, &member.profile.latin_name] {
                        let shown = name.chars().count() > 1 && html.contains(name.as_str());
                        assert!(!shown, "{plot} {path} names {name}");
                    }
                    assert!(!html.contains(member.email.as_str()), "{plot} {path}");
                }
                if lang == Lang::En && path != "/author" {
                    let refused = browser.get(&path, Some(&stranger), lang).await.status();
                    assert_eq!(refused, Status::NotFound, "{path}");
                    let nobody = browser.get(&path, None, lang).await;
                    assert!(location(&nobody).starts_with("/sign-in"), "{path}");
                }
            }
        }
    }
    assert!(visited > 300, "{visited}");
}

#[rocket::async_test]
async fn the_list_costs_the_same_whatever_it_holds() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let mut costs = Vec::new();
    for who in ["author", "author4"] {
        let token = town.token(who).await;
        browser.page("/author", Some(&token), Lang::En).await;
        let before = town.store.statements();
        browser.page("/author", Some(&token), Lang::En).await;
        costs.push(town.store.statements() - before);
    }
    assert_eq!(costs[0], costs[1]);
}

#[rocket::async_test]
async fn somebody_without_manuscripts_is_told_what_will_be_here() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("reviewer").await;
    let html = browser.page("/author", Some(&token), Lang::En).await;
    assert!(html.contains("class=\"empty\""));
}

async fn post(browser: &Browser, path: &str, token: &str, body: &str) -> String {
    let response = browser.post(path, Some(token), body).await;
    assert_eq!(response.status(), Status::SeeOther, "{path}");
    location(&response)
}

async fn upload(
    browser: &Browser,
    number: &str,
    token: &str,
    fields: &[(&str, &str)],
    file: (&str, &[u8]),
) -> Status {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\r\n",
        file.0
    );
    body.extend(head.bytes());
    body.extend(file.1);
    body.extend(b"\r\n--b--\r\n");
    let path = format!("{}/files", page(number));
    let kind: ContentType = "multipart/form-data; boundary=b".parse().unwrap();
    let request = browser.client.post(path).header(kind).body(body);
    let request = request.header(Header::new("Sec-Fetch-Site", "same-origin"));
    let response = request
        .cookie(Cookie::new("bauta", token.to_owned()))
        .dispatch()
        .await;
    response.status()
}

fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string();
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.join("&")
}

/// Makes the blind copies that wait.
async fn strip(town: &Town) {
    let now = town.store.clock.now();
    while bauta::actions::strip::next(&town.store, &town.worker.limits, now)
        .await
        .unwrap()
    {}
}

/// The value of the page's hidden `version`.
fn version(html: &str) -> String {
    let found = regex::Regex::new(r#"name="version" value="([^"]*)""#).unwrap();
    found.captures(html).unwrap()[1].to_owned()
}

#[rocket::async_test]
async fn a_submission_is_written_in_steps_and_sent() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("author2").await;
    let first = post(&browser, "/author/manuscripts", &token, "").await;
    let number = first.split('/').nth(3).unwrap().to_owned();
    let step = |name: &str| format!("{}/submission/{name}", page(&number));
    assert_eq!(first, step("type"));

    // Saving never refuses; what is missing is shown, and nothing that was typed is lost.
    let back = post(
        &browser,
        &step("type"),
        &token,
        &form(&[("act", "save"), ("language", "en")]),
    )
    .await;
    assert_eq!(back, format!("{}?check=1", step("type")));
    let html = browser.page(&back, Some(&token), Lang::En).await;
    assert!(html.contains("error-summary") && html.contains("value=\"en\" checked"));
    let fields = [
        ("act", "save"),
        ("language", "en"),
        ("article_type", "original"),
        ("section", "clinical"),
    ];
    assert_eq!(
        post(&browser, &step("type"), &token, &form(&fields)).await,
        step("text")
    );

    let fields = [
        ("act", "save"),
        ("title_en", "Walking after breakfast: a trial at Nowhere Hill"),
        (
            "abstract_en",
            "Objective: to walk. Ola Nordmann led it. Patients came to Ravenfield General Hospital.",
        ),
        ("keywords_en", "walking; breakfast; trial"),
    ];
    assert_eq!(
        post(&browser, &step("text"), &token, &form(&fields)).await,
        step("authors")
    );

    let authors = |act: &'static str| {
        form(&[
            ("act", act),
            ("authors[0].latin_name", "Ola Nordmann"),
            ("authors[0].affiliations", "Nowhere Hill Hospital"),
            // Letters reach the one who submits.
            ("authors[0].email", &town.address_of("author2")),
            ("authors[0].corresponding", "yes"),
            ("authors[1].latin_name", "Kari Utmark"),
            ("authors[1].affiliations", "University of Elsewhere"),
            ("authors[1].email", "kari@elsewhere.example"),
        ])
    };
    post(&browser, &step("authors"), &token, &authors("up-1")).await;
    let html = browser.page(&step("authors"), Some(&token), Lang::Zh).await;
    assert!(html.find("Kari Utmark").unwrap() < html.find("Ola Nordmann").unwrap());
    assert_eq!(
        post(&browser, &step("authors"), &token, &authors("save")).await,
        step("statements")
    );

    let fields = [
        ("act", "save"),
        ("funding", "none"),
        ("ethics", "Committee of Nowhere Hill, NH-2025-0417"),
        ("conflicts", "none"),
        ("data_statement", "on request"),
    ];
    assert_eq!(
        post(&browser, &step("statements"), &token, &form(&fields)).await,
        step("trial")
    );

    let fields = [
        ("act", "stay"),
        ("interventional", "yes"),
        ("numbers", "chictr2400087654"),
        ("submitted", "2024-08-01"),
        ("enrolled", "2024-07-01"),
        ("enrolled_kind", "actual"),
    ];
    post(&browser, &step("trial"), &token, &form(&fields)).await;
    let html = browser.page(&step("trial"), Some(&token), Lang::En).await;
    assert!(
        html.contains("ChiCTR2400087654") && html.contains("which is published with the article"),
        "{html}"
    );

    // While nothing is there, the sheet says so and cannot be sent.
    let html = browser.page(&step("check"), Some(&token), Lang::En).await;
    assert!(html.contains("Upload the manuscript file") && !html.contains("Send the manuscript</button>"));
    // What the program does not take out of the abstract by itself is asked about.
    assert!(html.contains("may say who or where you are") && html.contains("A named institution"));
    assert!(html.contains("to Ravenfield General Hospital"), "{html}");
    let send_to = format!("{}/send", page(&number));
    let refused = browser.post(&send_to, Some(&token), "version=x").await;
    assert!(location(&refused).contains("problem=stale"));

    let empty = upload(
        &browser,
        &number,
        &token,
        &[("back", "submission/files"), ("role", "manuscript")],
        ("a.txt", b""),
    )
    .await;
    assert_eq!(empty, Status::UnprocessableEntity);
    let text = "Walking after breakfast\n\nOla Nordmann, Nowhere Hill Hospital\n\nMethods\n\nOla Nordmann walked, as we have shown (Nordmann 2019).\n";
    let taken = upload(
        &browser,
        &number,
        &token,
        &[("back", "submission/files"), ("role", "manuscript")],
        ("a.txt", text.as_bytes()),
    )
    .await;
    assert_eq!(taken, Status::SeeOther);
    assert!(
        browser
            .page(&step("files"), Some(&token), Lang::En)
            .await
            .contains("data-poll")
    );
    strip(&town).await;
    let html = browser.page(&step("files"), Some(&token), Lang::En).await;
    let blind = addresses(&html)
        .into_iter()
        .find(|a| a.contains("/blind/"))
        .unwrap_or_else(|| panic!("{html}"));
    let html = browser.page(&blind, Some(&token), Lang::En).await;
    assert!(
        !html
            .split("class=\"report\"")
            .next()
            .unwrap()
            .contains("Ola Nordmann"),
        "{html}"
    );
    assert!(html.contains("class=\"removed\""));
    settle_all(&town, &browser, &blind, &token).await;

    let fields = [
        ("act", "save"),
        ("declared", "original"),
        ("declared", "not-elsewhere"),
        ("declared", "all-agree"),
        ("declared", "anonymous"),
    ];
    assert_eq!(
        post(&browser, &step("declarations"), &token, &form(&fields)).await,
        step("check")
    );
    let html = browser.page(&step("check"), Some(&token), Lang::En).await;
    assert!(html.contains("Send the manuscript</button>"), "{html}");
    let send = form(&[("version", &version(&html))]);
    let receipt = post(&browser, &send_to, &token, &send).await;
    let html = browser.page(&receipt, Some(&token), Lang::En).await;
    assert!(html.contains(&number));
    let list = browser.page("/author", Some(&token), Lang::En).await;
    assert!(list.contains("Walking after breakfast"));
    // The steps lead to the manuscript's page from now on.
    let text = step("text");
    let response = browser.get(&text, Some(&token), Lang::En).await;
    assert_eq!(response.status(), Status::SeeOther);
}

/// Settles whatever waits for the author in a file: some removed, then the rest kept.
async fn settle_all(town: &Town, browser: &Browser, blind: &str, token: &str) {
    let keys = regex::Regex::new(r#"name="findings\[\d+\]\.key" value="([^"]*)""#).unwrap();
    for choice in ["remove", "keep"] {
        let html = browser.page(blind, Some(token), Lang::En).await;
        let Some(found) = keys.captures(&html) else { return };
        let body = form(&[("findings[0].key", &found[1]), ("findings[0].choice", choice)]);
        post(browser, &format!("{blind}/findings"), token, &body).await;
        strip(town).await;
    }
    let html = browser.page(blind, Some(token), Lang::En).await;
    for found in keys.captures_iter(&html) {
        let body = form(&[("findings[0].key", &found[1]), ("findings[0].choice", "keep")]);
        post(browser, &format!("{blind}/findings"), token, &body).await;
    }
}

#[rocket::async_test]
async fn a_decision_shows_nothing_before_its_letter_and_takes_effect_when_opened() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("author").await;
    let number = town.number("pending");
    let who = town.who("author").await;
    town.store.set_lang(&who, Lang::En).await.unwrap();
    let receipt = format!("{}/decision-receipt", page(&number));
    let html = browser.page(&page(&number), Some(&token), Lang::En).await;
    assert!(!html.contains("decision-receipt") && !html.contains("A decision"));
    assert!(location(&browser.post(&receipt, Some(&token), "").await).contains("problem="));
    town.store.clock.advance(jiff::SignedDuration::from_mins(11));
    let html = browser.page(&page(&number), Some(&token), Lang::En).await;
    assert!(html.contains("A decision is waiting for you") && !html.contains("ask-revision"));
    post(&browser, &receipt, &token, "").await;
    let html = browser.page(&page(&number), Some(&token), Lang::En).await;
    assert!(html.contains("Please revise the manuscript"), "{html}");
}

#[rocket::async_test]
async fn a_revision_goes_back_whole_and_nothing_typed_is_lost() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("author3").await;
    let number = town.number("revising");
    let revision = format!("{}/revision", page(&number));
    let html = browser.page(&revision, Some(&token), Lang::En).await;
    let points = html.matches("<article class=\"suggestion").count();
    assert!(points > 1);
    let version = version(&html);
    let (draft, send) = (format!("{revision}/draft"), format!("{revision}/send"));
    let saved = browser
        .post(&draft, Some(&token), &form(&[("answers[0]", "We did.")]))
        .await;
    assert_eq!(saved.status(), Status::NoContent);
    let fields = [
        ("version", version.as_str()),
        ("answers[0]", "We did so."),
        ("rebuttal", "Thanks."),
    ];
    let refused = browser.post(&send, Some(&token), &form(&fields)).await;
    assert_eq!(refused.status(), Status::UnprocessableEntity);
    let html = refused.into_string().await.unwrap();
    assert!(html.contains("We did so.") && html.contains("Thanks.") && html.contains("error-summary"));

    let text = b"Revised\n\nMethods\n\nIt was done again, better.\n";
    let taken = upload(
        &browser,
        &number,
        &token,
        &[("back", "revision"), ("role", "manuscript")],
        ("b.txt", text),
    )
    .await;
    assert_eq!(taken, Status::SeeOther);
    let names: Vec<String> = (0..points).map(|i| format!("answers[{i}]")).collect();
    let mut fields: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "Done.")).collect();
    fields.extend([("version", version.as_str()), ("rebuttal", "Thanks.")]);
    let done = post(&browser, &send, &token, &form(&fields)).await;
    assert!(done.ends_with("done=revision-sent"));
    let html = browser.page(&done, Some(&token), Lang::Zh).await;
    assert!(html.contains("编辑部已收到修改稿") && html.contains("Thanks."));
}

#[rocket::async_test]
async fn withdrawing_reaffirming_and_confirming_the_proof() {
    let town = Town::life().await;
    let browser = town.browser().await;
    for (plot, author, form_at, post_to, done) in [
        (
            "reading",
            "author4",
            "/withdrawal",
            "/withdrawal",
            "done=manuscript-withdrawn",
        ),
        ("released", "author4", "", "/reaffirmation", "done=reaffirmed"),
        ("proof", "author5", "/proof", "/proof", "done=proof-confirmed"),
    ] {
        let token = town.token(author).await;
        let base = page(&town.number(plot));
        let html = browser
            .page(&format!("{base}{form_at}"), Some(&token), Lang::En)
            .await;
        let target = format!("{base}{post_to}");
        let stale = browser.post(&target, Some(&token), "version=old").await;
        assert!(location(&stale).contains("problem=stale"), "{plot}");
        let body = form(&[("version", &version(&html)), ("reason", "elsewhere")]);
        let to = post(&browser, &target, &token, &body).await;
        assert!(to.ends_with(done), "{plot}: {to}");
        browser.page(&to, Some(&token), Lang::En).await;
    }
}

#[rocket::async_test]
async fn what_reviewers_do_changes_nothing_on_the_authors_page() {
    let town = Town::life().await;
    let browser = town.browser().await;
    // Entering sets everybody's password anew, which ends older sessions.
    let players = town.players().await;
    let token = town.token("author4").await;
    let path = page(&town.number("reading"));
    let before = browser.page(&path, Some(&token), Lang::En).await;
    let act = bauta::demo::script::Act::Review("reviewer5", bauta::domain::verdict::Verdict::Unsuitable);
    players
        .act("author4", &town.number("reading"), act)
        .await
        .unwrap();
    let after = browser.page(&path, Some(&token), Lang::En).await;
    assert_eq!(before, after);
    let author = town.who("author4").await;
    let proof = town.store.author(&author, &town.number("reading")).await.unwrap();
    let seen = town.store.author_manuscript(&proof).await.unwrap();
    assert_eq!(seen.stage, Stage::InReview);
}

#[rocket::async_test]
async fn a_discarded_draft_is_gone_with_its_files_and_leaves_no_gap() {
    let town = Town::empty().await;
    let players = town.players().await;
    let mut numbers = Vec::new();
    for n in 0..4 {
        numbers.push(players.draft("author", n).await.unwrap());
    }
    let blobs = || -> usize {
        let folders = std::fs::read_dir(town.config.blobs()).unwrap();
        let files = |folder: std::fs::DirEntry| std::fs::read_dir(folder.path()).unwrap().count();
        folders.map(|folder| files(folder.unwrap())).sum()
    };
    let (browser, token) = (town.browser().await, town.token("author").await);
    let before = blobs();
    let discard = format!("{}/discard", page(&numbers[1]));
    let html = browser.page(&discard, Some(&token), Lang::En).await;
    let edition = regex::Regex::new(r#"name="version" value="([^"]*)""#).unwrap();
    let edition = edition.captures(&html).unwrap()[1].to_owned();
    // A stranger's post finds nothing, and a page that is out of date changes nothing.
    let stranger = town.token("author2").await;
    let body = format!("version={edition}");
    let refused = browser.post(&discard, Some(&stranger), &body).await;
    assert_eq!(refused.status(), Status::NotFound);
    browser.post(&discard, Some(&token), "version=old").await;
    assert_eq!(blobs(), before);
    let done = browser.post(&discard, Some(&token), &body).await;
    assert_eq!(location(&done), "/author?done=draft-discarded");
    assert!(blobs() < before);
    let list = browser.page("/author", Some(&token), Lang::En).await;
    for (n, number) in numbers.iter().enumerate() {
        assert_eq!(list.contains(number.as_str()), n != 1, "{number}");
    }
    let second = page(&numbers[1]);
    let gone = browser.get(&second, Some(&token), Lang::En).await;
    assert_eq!(gone.status(), Status::NotFound);
    // What was sent cannot be discarded.
    players
        .act("author", &numbers[0], bauta::demo::script::Act::Submit)
        .await
        .unwrap();
    let sent = format!("{}/discard", page(&numbers[0]));
    assert_eq!(
        browser.get(&sent, Some(&token), Lang::En).await.status(),
        Status::NotFound
    );
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
}
