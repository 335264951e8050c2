//! The law's awkward cases: editors who leave or are authors, kin, notices, reviews that came another way, a new submission of an old one,
//! certificates (`RULES.md` 4, 5, 7).
//!
//! Row of the table of leaks that this excludes: *reviewer's annotated file*.

use bauta::actions::{Failure, Refusal, handle, notice, review, submit};
use bauta::demo::script::Act;
use bauta::domain::person::{Lang, Role, Roles};
use bauta::domain::stage::Stage;
use rocket::http::Status;

use crate::law::{At, letters, refused};
use crate::support::Town;

#[rocket::async_test]
async fn an_editor_who_leaves_handles_nothing_and_the_last_chief_stays() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let admin = town.store.administrator(&town.who("admin").await).unwrap();
    let editor = bauta::demo::cast::member("editor");
    let id = town
        .store
        .credentials(&editor.email)
        .await
        .unwrap()
        .unwrap()
        .account;
    handle::set_roles(&town.store, &admin, id, Roles(vec![Role::Reviewer]))
        .await
        .unwrap();
    let head = town.store.editor_head(&at.editor("chief").await).await.unwrap();
    assert!(head.handler.is_none());
    town.worker.pass().await.unwrap();
    assert!(letters(&town, "needs another handling editor") + letters(&town, "需要新的责任编辑") > 0);
    let chief = bauta::demo::cast::member("chief");
    let id = town
        .store
        .credentials(&chief.email)
        .await
        .unwrap()
        .unwrap()
        .account;
    assert_eq!(
        refused(handle::set_roles(&town.store, &admin, id, Roles::default()).await),
        Refusal::LastChief
    );
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
}

#[rocket::async_test]
async fn a_chief_who_is_an_author_appoints_a_guest_and_is_then_only_an_author() {
    let town = Town::empty().await;
    let players = town.players().await;
    // The chief sends a manuscript of their own.
    let number = players.draft("chief", 1).await.unwrap();
    let chief = town.who("chief").await;
    let proof = town.store.author(&chief, &number).await.unwrap();
    while bauta::actions::strip::next(&town.store, &town.worker.limits, town.store.clock.now())
        .await
        .unwrap()
    {}
    let version = async || {
        let case = town.store.case_as_author(&proof).await.unwrap();
        let (version, files) = (case.version(), case.files().await.unwrap());
        case.abandon().await.unwrap();
        (version, files)
    };
    for file in version().await.1 {
        for key in town.store.open_findings(&proof, file.id).await.unwrap() {
            bauta::actions::files::settle_finding(&town.store, &proof, file.id, &key, true)
                .await
                .unwrap();
        }
    }
    let now = version().await.0;
    assert_eq!(
        refused(submit::submit(&town.store, &proof, now).await),
        Refusal::NeedsGuest
    );
    let editor = bauta::demo::cast::member("editor");
    let guest = town
        .store
        .credentials(&editor.email)
        .await
        .unwrap()
        .unwrap()
        .account;
    // Only somebody who can decide, and is no author.
    for (nobody, why) in [
        (town.account("chief").await, "an author"),
        (town.account("assistant").await, "no editor"),
    ] {
        let named = submit::name_guest(&town.store, &proof, now, nobody).await;
        assert!(
            matches!(named, Err(Failure::Refused(Refusal::NeedsGuest))),
            "{why}"
        );
    }
    let now = submit::name_guest(&town.store, &proof, now, guest).await.unwrap();
    submit::submit(&town.store, &proof, now).await.unwrap();
    // The guest has the chief's powers here; the chief sees nothing.
    let guest = town
        .store
        .editor(&town.who("editor").await, &number)
        .await
        .unwrap();
    assert!(guest.roles().chief() && guest.handling());
    assert!(
        town.store
            .editor(&town.who("chief").await, &number)
            .await
            .is_err()
    );
    let other = town
        .store
        .editor(&town.who("editor2").await, &number)
        .await
        .unwrap();
    assert!(!other.roles().chief());
}

#[rocket::async_test]
async fn the_same_file_and_nearly_the_same_title_are_told_to_the_office_alone() {
    let town = Town::empty().await;
    let players = town.players().await;
    let first = players.draft("author", 1).await.unwrap();
    players.act("author", &first, Act::Submit).await.unwrap();
    let second = players.draft("author", 1).await.unwrap();
    players.act("author", &second, Act::Submit).await.unwrap();
    let proof = town
        .store
        .editor(&town.who("editor").await, &second)
        .await
        .unwrap();
    let kin = town.store.editor_matters(&proof).await.unwrap().kin;
    assert_eq!(kin.len(), 1);
    assert_eq!(
        (kin[0].number.as_str(), kin[0].kin),
        (first.as_str(), "same-file")
    );
    let browser = town.browser().await;
    let token = town.token("author").await;
    let page = browser
        .page(&format!("/author/manuscripts/{second}"), Some(&token), Lang::En)
        .await;
    assert!(!page.contains(&first));
}

#[rocket::async_test]
async fn a_notice_stands_on_the_article_and_the_page_stays() {
    let town = Town::life().await;
    let at = At::of(&town, "published").await;
    let version = at.version().await;
    let words = || ["表2有误，已更正。".to_owned(), "Table 2 is corrected.".to_owned()];
    let editor = at.editor("editor").await;
    assert_eq!(
        refused(notice::publish(&town.store, &editor, version, "correct", words()).await),
        Refusal::ChiefOnly
    );
    let chief = at.editor("chief").await;
    let nothing = || [String::new(), String::new()];
    assert_eq!(
        refused(notice::publish(&town.store, &chief, version, "correct", nothing()).await),
        Refusal::Reason
    );
    notice::publish(&town.store, &chief, version, "correct", words())
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Corrected);
    let version = at.version().await;
    notice::publish(&town.store, &chief, version, "retract", words())
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Retracted);
    let browser = town.browser().await;
    for lang in Lang::ALL {
        let page = browser
            .page(&format!("/articles/{}", at.number), None, lang)
            .await;
        assert!(
            page.contains("Table 2 is corrected.") && page.contains("表2有误"),
            "{}",
            lang.tag()
        );
        assert!(page.contains(if lang == Lang::En { "Retraction" } else { "撤稿" }));
        let notice = format!("/articles/{}/notices/2", at.number);
        assert!(page.contains(&notice));
        let page = browser.page(&notice, None, lang).await;
        assert!(page.contains(&format!("href=\"/articles/{}\"", at.number)));
        let none = format!("/articles/{}/notices/3", at.number);
        assert_eq!(browser.get(&none, None, lang).await.status(), Status::NotFound);
    }
    // Nothing follows a retraction.
    let version = at.version().await;
    assert_eq!(
        refused(notice::publish(&town.store, &chief, version, "correct", words()).await),
        Refusal::NotHere
    );
}

#[rocket::async_test]
async fn a_review_that_came_another_way_is_entered_and_marked_so() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let proof = at.editor("editor").await;
    let case = town.store.case_as_editor(&proof).await.unwrap();
    let version = case.version();
    let mut waiting = Vec::new();
    for a in case.assignments().await.unwrap() {
        if matches!(a.state.as_str(), "invited" | "accepted") && !case.review_sent(a.id).await.unwrap() {
            waiting.push(a);
        }
    }
    case.abandon().await.unwrap();
    let entered = bauta::domain::review::Review {
        verdict: Some(bauta::domain::verdict::Verdict::AfterRevision),
        scores: bauta::domain::journal::first_keys(bauta::domain::journal::List::Criteria)
            .iter()
            .map(|k| ((*k).to_owned(), 3))
            .collect(),
        assessment: "Came by mail.".into(),
        suggestions: vec!["Say more.".into()],
        confidential: String::new(),
    };
    let empty = bauta::domain::review::Review::default();
    let id = waiting[0].id;
    assert!(matches!(
        refused(review::enter(&town.store, &proof, version, id, &empty).await),
        Refusal::Review(_)
    ));
    review::enter(&town.store, &proof, version, id, &entered)
        .await
        .unwrap();
    let history = town.store.history_of(&at.number).await.unwrap();
    assert!(history.iter().any(|e| e.kind == "review-entered"));
    let version = at.version().await;
    assert_eq!(
        refused(review::enter(&town.store, &proof, version, id, &entered).await),
        Refusal::NotHere
    );
}

#[rocket::async_test]
async fn an_attachment_loses_its_reviewers_name_and_only_the_office_gets_it() {
    use bauta::actions::{files, strip};
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let mut found = None;
    for n in 1..=10 {
        let key = if n == 1 {
            "reviewer".to_owned()
        } else {
            format!("reviewer{n}")
        };
        let who = town.who(&key).await;
        if let Ok(proof) = town.store.reviewer(&who, &at.number).await
            && proof.accepted()
        {
            found.get_or_insert((key, who, proof));
        }
    }
    let (key, who, proof) = found.expect("somebody reads it");
    let name = who.profile().name(Lang::Zh).to_owned();
    let text = format!("Annotations by {name} ({}).\nLine 3: say how.\n", who.email());
    let taken = files::take(&town.store, text.as_bytes(), 50).await.unwrap();
    let id = files::attach(&town.store, &proof, &taken, &format!("{name}.txt"))
        .await
        .unwrap();
    let page = format!("/reviews/{}", at.number);
    let (browser, token) = (town.browser().await, town.token(&key).await);
    // Sent with the review only when it is ready.
    let whole = bauta::domain::review::Review {
        verdict: Some(bauta::domain::verdict::Verdict::Acceptable),
        scores: bauta::domain::journal::first_keys(bauta::domain::journal::List::Criteria)
            .iter()
            .map(|k| ((*k).to_owned(), 4))
            .collect(),
        assessment: "Sound.".into(),
        ..Default::default()
    };
    assert_eq!(
        refused(review::send(&town.store, &proof, &whole, None).await),
        Refusal::Attachment
    );
    while strip::next(&town.store, &town.worker.limits, town.store.clock.now())
        .await
        .unwrap()
    {}
    let attached = town.store.reviewer_attachments(&proof).await.unwrap();
    for finding in &attached[0].findings {
        files::settle_attachment(&town.store, &proof, id, &[(finding.key.clone(), false)])
            .await
            .unwrap();
    }
    while strip::next(&town.store, &town.worker.limits, town.store.clock.now())
        .await
        .unwrap()
    {}
    assert!(
        browser
            .page(&page, Some(&token), Lang::En)
            .await
            .contains(&format!("{name}.txt"))
    );
    let own = format!("{page}/attachments/{id}");
    let copy = browser
        .get(&own, Some(&token), Lang::En)
        .await
        .into_string()
        .await
        .unwrap();
    assert!(copy.contains("Line 3: say how."));
    for mark in [&name, who.email().as_str()] {
        assert!(!copy.contains(mark), "{mark} in {copy}");
    }
    review::send(&town.store, &proof, &whole, None).await.unwrap();
    let chief = town.token("chief").await;
    let reviews = format!("/office/manuscripts/{}/reviews", at.number);
    let shown = browser.page(&reviews, Some(&chief), Lang::En).await;
    assert!(shown.contains(&format!("/files/{id}")));
    assert!(!shown.contains(&format!("{name}.txt")));
    // For the author, and for another reviewer, it does not exist.
    let author = town
        .store
        .begin_session(
            town.store
                .credentials(at.author.email())
                .await
                .unwrap()
                .unwrap()
                .account,
            "t",
        )
        .await
        .unwrap();
    let manuscript = format!("/author/manuscripts/{}", at.number);
    for path in [
        format!("{manuscript}/files/{id}/original"),
        format!("{manuscript}/blind/{id}"),
        own.clone(),
    ] {
        assert_eq!(
            browser.get(&path, Some(&author), Lang::En).await.status(),
            Status::NotFound,
            "{path}"
        );
    }
    for n in 2..=10 {
        let other = format!("reviewer{n}");
        if other != key {
            let token = town.token(&other).await;
            assert_eq!(
                browser.get(&own, Some(&token), Lang::En).await.status(),
                Status::NotFound
            );
        }
    }
}

#[rocket::async_test]
async fn the_office_enters_a_review_on_its_page() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let proof = at.editor("editor").await;
    let waits = town.store.editor_reviewers(&proof).await.unwrap();
    let id = waits.assignments.iter().find(|a| a.can_enter).unwrap().id;
    let page = format!("/office/manuscripts/{}/reviewers/{id}/review", at.number);
    let (browser, token) = (town.browser().await, town.token("editor").await);
    for lang in Lang::ALL {
        browser.page(&page, Some(&token), lang).await;
    }
    let form = format!("version={}&act=send&assessment=By+mail", at.version().await);
    let again = browser.post(&page, Some(&token), &form).await;
    assert_eq!(again.status(), Status::UnprocessableEntity);
    assert!(
        again.into_string().await.unwrap().contains("By mail"),
        "what was typed stays"
    );
    let scores =
        "score[originality]=3&score[significance]=3&score[method]=3&score[evidence]=3&score[presentation]=3";
    let form = format!("{form}&verdict=acceptable&{scores}");
    let done = browser.post(&page, Some(&token), &form).await;
    assert_eq!(done.status(), Status::SeeOther);
    assert_eq!(
        browser.get(&page, Some(&token), Lang::En).await.status(),
        Status::NotFound
    );
}

#[rocket::async_test]
async fn a_new_submission_after_a_decline_is_tied_to_the_old_one_for_the_office_alone() {
    let town = Town::life().await;
    let at = At::of(&town, "declined").await;
    let number = bauta::actions::draft::anew(&town.store, &at.author, &at.author().await)
        .await
        .unwrap();
    let old = town.store.author_authors(&at.author().await).await.unwrap();
    let new = town.store.author(&at.author, &number).await.unwrap();
    assert_eq!(town.store.author_authors(&new).await.unwrap(), old);
    let draft = town.store.author_draft(&new).await.unwrap().unwrap();
    assert!(draft.submission.declared.is_empty() && draft.files.is_empty());
    // What is not over cannot be begun anew.
    let live = At::of(&town, "revising").await;
    let refusal = bauta::actions::draft::anew(&town.store, &live.author, &live.author().await).await;
    assert_eq!(refused(refusal), Refusal::NotHere);
}

#[rocket::async_test]
async fn a_certificate_counts_reviews_by_year_and_names_no_manuscript() {
    let town = Town::life().await;
    let (browser, token) = (town.browser().await, town.token("reviewer").await);
    let who = town.who("reviewer").await;
    let years = town.store.reviews_by_year(&who).await.unwrap();
    let (year, count) = years[0];
    assert!(count > 1);
    for lang in Lang::ALL {
        town.store.set_lang(&who, lang).await.unwrap();
        let page = browser
            .page(&format!("/certificates/{year}"), Some(&token), lang)
            .await;
        assert!(page.contains(&count.to_string()) && page.contains(who.profile().name(lang)));
        for number in town.life.numbers.values() {
            assert!(!page.contains(number.as_str()));
        }
    }
    let none = browser.get("/certificates/1999", Some(&token), Lang::En).await;
    assert_eq!(none.status(), Status::NotFound);
}
