//! Erasing a person: what tied them to manuscripts and reviews cannot be opened again, and the record stays whole.

use bauta::demo::plots;
use bauta::demo::script::Casting;
use bauta::domain::person::{Lang, Roles};
use bauta::store::erase::Against;
use rocket::http::{Method, Status};

use crate::crawl::{Viewer, routes};
use crate::marks::{self, Sieve};
use crate::support::{Script, Town};

/// Manuscripts that have come to their ends.
fn ended() -> Script {
    let mut plots = plots::all();
    plots.retain(|p| ["published", "declined-after-review", "withdrawn"].contains(&p.name));
    Script {
        name: "ended",
        casting: Casting::usual(),
        plots,
        seed: None,
    }
}

async fn ask(town: &Town, key: &str) -> i64 {
    let who = town.who(key).await;
    let chief = town.who("chief").await;
    let proof = town.store.administrator(&chief).unwrap();
    bauta::actions::handle::set_roles(&town.store, &proof, town.account(key).await, Roles::default())
        .await
        .unwrap();
    town.store.set_leaving(&who, true).await.unwrap();
    town.account(key).await
}

#[rocket::async_test]
async fn an_author_and_a_reviewer_are_erased_and_the_record_stays_whole() {
    let town = Town::played(&ended()).await;
    let chief = town.who("chief").await;
    let proof = town.store.administrator(&chief).unwrap();
    let mut history = Vec::new();
    for number in town.life.numbers.values() {
        let lines = town.store.history_of(number).await.unwrap();
        history.push((number.clone(), lines.len()));
    }
    let blobs = |town: &Town| walk(&town.config.blobs());
    let before = blobs(&town);
    for key in ["author5", "reviewer3", "author4", "reviewer4"] {
        let account = ask(&town, key).await;
        assert_eq!(
            town.store.erase(&proof, &chief, account).await.unwrap(),
            Vec::new(),
            "{key}"
        );
    }
    // Everything the office can look at, and every letter it keeps: the erased are in none of it.
    let erased = ["author5", "reviewer3", "author4", "reviewer4"].map(bauta::demo::cast::member);
    let names: Vec<String> = erased
        .iter()
        .flat_map(marks::of)
        .filter(|m| !m.contains("大学"))
        .collect();
    let sieve = Sieve::new(names);
    let browser = town.browser().await;
    let viewer = Viewer {
        browser: &browser,
        token: Some(town.token("chief").await),
        lang: Lang::Zh,
    };
    let answers = viewer.crawl(routes(&town, Method::Get)).await;
    let mut found: Vec<String> = Vec::new();
    for (path, answer) in &answers {
        found.extend(
            sieve
                .in_bytes(&answer.body)
                .into_iter()
                .map(|m| format!("{path}: {m}")),
        );
    }
    assert_eq!(found, Vec::<String>::new());
    assert!(answers.len() > 100);
    // The record: every event, every decision, every review; and everything still holds.
    for (number, lines) in history {
        assert_eq!(
            town.store.history_of(&number).await.unwrap().len(),
            lines,
            "{number}"
        );
    }
    let verified = town.store.verify().await.unwrap();
    assert_eq!(verified.broken, Vec::<String>::new());
    assert!(verified.events > 30, "{verified:?}");
    // The withdrawn author's original named its author; its blind copy did not.
    assert!(blobs(&town) < before);
    // The address is free again, and leads to nothing.
    let email = &erased[0].email;
    assert!(town.store.credentials(email).await.unwrap().is_none());
    let (account, new) = town
        .store
        .ensure_account(email, Default::default(), Lang::Zh, true)
        .await
        .unwrap();
    assert!(new);
    let token = town.store.begin_session(account, "test").await.unwrap();
    let page = browser.page("/author", Some(&token), Lang::Zh).await;
    assert!(!page.contains(&town.number("withdrawn")));
}

fn walk(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { walk(&path) } else { 1 })
        .sum()
}

#[rocket::async_test]
async fn nobody_is_erased_whose_work_is_under_way_or_who_did_not_ask() {
    let town = Town::life().await;
    let chief = town.who("chief").await;
    let proof = town.store.administrator(&chief).unwrap();
    for (key, against) in [
        ("author", Against::Author),
        ("author5", Against::Author),
        ("reviewer5", Against::Reviewer),
    ] {
        let account = ask(&town, key).await;
        let found = town.store.erase(&proof, &chief, account).await.unwrap();
        assert!(found.contains(&against), "{key}: {found:?}");
        assert!(
            town.store
                .credentials(&bauta::demo::cast::member(key).email)
                .await
                .unwrap()
                .is_some()
        );
    }
    let who = town.who("editor").await;
    assert!(
        town.store
            .against_erasing(&who)
            .await
            .unwrap()
            .contains(&Against::Role)
    );
    assert!(
        town.store
            .against_erasing(&who)
            .await
            .unwrap()
            .contains(&Against::Handling)
    );
    // By the page: only those who asked, and only by somebody who looks after people.
    let browser = town.browser().await;
    let token = town.token("chief").await;
    let other = town.account("reviewer9").await;
    let page = format!("/admin/erasure/{other}");
    assert_eq!(
        browser.post(&page, Some(&token), "").await.status(),
        Status::NotFound
    );
    let author = town.token("author").await;
    assert_eq!(
        browser.post(&page, Some(&author), "").await.status(),
        Status::NotFound
    );
}

#[rocket::async_test]
async fn the_pages_ask_and_do() {
    let town = Town::played(&ended()).await;
    let browser = town.browser().await;
    let author = town.token("author5").await;
    let english = town.token("author4").await;
    for (token, limit) in [(&author, "备份"), (&english, "Backups")] {
        let page = browser.page("/account/erasure", Some(token), Lang::Zh).await;
        assert!(page.contains(limit), "the limit is named");
    }
    let asked = browser.post("/account/erasure", Some(&author), "ask=true").await;
    assert_eq!(asked.status(), Status::SeeOther);
    let chief = town.token("chief").await;
    let page = browser.page("/admin/erasure", Some(&chief), Lang::Zh).await;
    assert!(page.contains("喻青禾"));
    let account = town.account("author5").await;
    let page = format!("/admin/erasure/{account}");
    let done = browser.post(&page, Some(&chief), "").await;
    assert_eq!(
        done.headers().get_one("Location"),
        Some("/admin/erasure?done=erased")
    );
    assert!(
        !browser
            .page("/admin/erasure", Some(&chief), Lang::Zh)
            .await
            .contains("喻青禾")
    );
    assert_eq!(
        browser.get("/author", Some(&author), Lang::Zh).await.status(),
        Status::SeeOther
    );
}
