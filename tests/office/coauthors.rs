//! Co-authors who have not confirmed, and changes of authors (`RULES.md` 7).

use bauta::actions::{Refusal, authors, coauthor, decide};
use bauta::domain::decision::{DecisionKind, DecisionRefusal, DecisionText};
use bauta::domain::manuscript::AuthorEntry;
use bauta::domain::person::{Email, Lang, Profile};
use rocket::http::Status;

use crate::law::{At, refused};
use crate::support::Town;

#[rocket::async_test]
async fn acceptance_waits_for_every_coauthor() {
    let town = Town::life().await;
    let at = At::of(&town, "reviews-in").await;
    let chief = at.editor("chief").await;
    let text = || DecisionText {
        message: "Welcome.".into(),
        ..DecisionText::default()
    };
    let accept =
        async |version| decide::decide(&town.store, &chief, version, DecisionKind::Accept, text()).await;
    let version = at.version().await;
    assert_eq!(
        refused(accept(version).await),
        Refusal::Decision(DecisionRefusal::AuthorsMissing)
    );
    // The author reads whom it waits for.
    let view = town.store.author_manuscript(&at.author().await).await.unwrap();
    assert!(!view.silent.is_empty());
    let (browser, token) = (town.browser().await, at.token().await);
    let own = format!("/author/manuscripts/{}", at.number);
    let page = browser.page(&own, Some(&token), Lang::En).await;
    for a in &view.silent {
        let name = if a.native_name.is_empty() {
            &a.latin_name
        } else {
            &a.native_name
        };
        assert!(page.contains(&format!(">{name}</span>")), "{name} in {page}");
    }
    // And has them asked again, a few times a day.
    let form = format!("version={}", view.edition);
    let path = format!("{own}/coauthors");
    for (nth, place) in ["?done=", "?done=", "?done=", "?problem=often"]
        .into_iter()
        .enumerate()
    {
        let edition = town
            .store
            .author_manuscript(&at.author().await)
            .await
            .unwrap()
            .edition;
        let response = browser
            .post(&path, Some(&token), &format!("version={edition}"))
            .await;
        let to = response
            .headers()
            .get_one("Location")
            .unwrap_or_default()
            .to_owned();
        assert!(to.contains(place), "{nth}: {to}");
    }
    let stale = browser.post(&path, Some(&token), &form).await;
    assert!(stale.headers().get_one("Location").unwrap().contains("?problem="));
    let version = at.version().await;
    // Asked again; excused by the chief alone, with a reason.
    coauthor::ask_again(&town.store, &at.editor("editor").await, version)
        .await
        .unwrap();
    let version = at.version().await;
    assert_eq!(
        refused(coauthor::excuse(&town.store, &at.editor("editor").await, version, "died").await),
        Refusal::ChiefOnly
    );
    assert_eq!(
        refused(coauthor::excuse(&town.store, &chief, version, "").await),
        Refusal::Reason
    );
    coauthor::excuse(&town.store, &chief, version, "The co-author has died.")
        .await
        .unwrap();
    let version = at.version().await;
    accept(version).await.unwrap();
}

fn entry(latin: &str, email: &str, corresponding: bool) -> AuthorEntry {
    AuthorEntry {
        latin_name: latin.into(),
        affiliations: "Nowhere Institute".into(),
        email: email.into(),
        corresponding,
        ..AuthorEntry::default()
    }
}

#[rocket::async_test]
async fn authors_change_when_all_concerned_and_the_editor_agree() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let own = at.author.email().to_string();
    let before = town.store.author_authors(&at.author().await).await.unwrap();
    let mut list = vec![
        before[0].clone(),
        entry("Ilse Neumann", "ilse.neumann@new.example", false),
    ];
    (list[0].corresponding, list[0].joint_first) = (true, true);
    let version = at.version().await;
    assert_eq!(
        refused(authors::propose(&town.store, &at.author().await, version, list.clone(), "x").await),
        Refusal::Authors,
        "nobody shares the first place with nobody"
    );
    list[0].joint_first = false;
    assert_eq!(
        refused(authors::propose(&town.store, &at.author().await, version, before.clone(), "x").await),
        Refusal::NoChange
    );
    authors::propose(
        &town.store,
        &at.author().await,
        version,
        list,
        "She joined the study.",
    )
    .await
    .unwrap();
    // The editor cannot agree before everybody has.
    assert_eq!(
        refused(at.answer("editor", true, "", 0).await),
        Refusal::AuthorsWait
    );
    town.worker.pass().await.unwrap();
    let concerned = town
        .letters()
        .iter()
        .filter(|l| l.text.contains("/link/"))
        .filter(|l| l.subject.contains("change of the authors") || l.subject.contains("作者变更"))
        .count();
    assert_eq!(
        concerned, 2,
        "the old co-author and the new author; {own} has agreed by asking"
    );
    let browser = town.browser().await;
    for address in [before[1].email.clone(), "ilse.neumann@new.example".into()] {
        let letter = if at.author.lang() == Lang::En {
            "change of the authors"
        } else {
            "作者变更"
        };
        let link = town.link_to(&address, letter);
        let path = link.replace("/link/", "/authors-change/");
        let page = browser.page(&path, None, Lang::En).await;
        assert!(page.contains("Ilse Neumann"));
        let answered = browser.post(&path, None, "answer=agree").await;
        assert_eq!(answered.status(), Status::Ok);
        assert_eq!(
            browser.get(&path, None, Lang::En).await.status(),
            Status::NotFound
        );
    }
    at.answer("editor", true, "", 0).await.unwrap();
    let after = town.store.author_authors(&at.author().await).await.unwrap();
    assert_eq!(after[1].latin_name, "Ilse Neumann");
    // The new author sees it, the old one does not any more, and neither may review it.
    let who = async |email: &str| {
        let email = Email::parse(email).unwrap();
        let (account, _) = town
            .store
            .ensure_account(&email, Profile::default(), Lang::En, true)
            .await
            .unwrap();
        let token = town.store.begin_session(account, "test").await.unwrap();
        town.store.who(&token).await.unwrap().unwrap()
    };
    let new = who("ilse.neumann@new.example").await;
    assert!(town.store.author(&new, &at.number).await.is_ok());
    let old = who(&before[1].email).await;
    assert!(town.store.author(&old, &at.number).await.is_err());
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
}

#[rocket::async_test]
async fn one_who_does_not_agree_ends_the_change() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let before = town.store.author_authors(&at.author().await).await.unwrap();
    let mut list = before.clone();
    list.swap(0, 1);
    let version = at.version().await;
    authors::propose(&town.store, &at.author().await, version, list, "A better order.")
        .await
        .unwrap();
    town.worker.pass().await.unwrap();
    let letter = if at.author.lang() == Lang::En {
        "change of the authors"
    } else {
        "作者变更"
    };
    let path = town
        .link_to(&before[1].email, letter)
        .replace("/link/", "/authors-change/");
    let browser = town.browser().await;
    assert_eq!(
        browser.post(&path, None, "answer=disagree").await.status(),
        Status::Ok
    );
    let view = town.store.author_manuscript(&at.author().await).await.unwrap();
    assert_eq!(view.requests[0].state, "refused");
    assert_eq!(
        town.store.author_authors(&at.author().await).await.unwrap(),
        before
    );
    // The office's history does not say who it was.
    let chief = town.token("chief").await;
    let history = format!("/office/manuscripts/{}/history", at.number);
    let page = browser.page(&history, Some(&chief), Lang::En).await;
    assert!(!page.contains(&before[1].email));
}
