//! Nothing that happens in an office is a dead end: a wrong proof, a trial number that comes late, an author who does not
//! answer, a letter that bounces, a reviewer who never writes.

use bauta::actions::{
    Refusal, authors, coauthor, decide, details, draft, files, handle, hold, invite, publish, request, strip,
    submit,
};
use bauta::demo::script::Act;
use bauta::domain::decision::{DecisionKind, DecisionRefusal, DecisionText};
use bauta::domain::manuscript::AuthorEntry;
use bauta::domain::person::{Lang, Profile};
use bauta::domain::request::RequestKind;
use bauta::domain::stage::Stage;
use bauta::domain::window::WindowKind;
use bauta::store::settings::Subject;

use crate::exits::{kinds, list_of, message, states};
use crate::law::{At, refused};
use crate::support::Town;

fn entry(latin: &str, email: &str) -> AuthorEntry {
    AuthorEntry {
        latin_name: latin.into(),
        affiliations: "Nowhere Institute".into(),
        email: email.into(),
        ..AuthorEntry::default()
    }
}

/// A session of somebody who reads English.
async fn english(town: &Town, key: &str) -> String {
    let who = town.who(key).await;
    town.store.set_lang(&who, Lang::En).await.unwrap();
    town.token(key).await
}

/// Makes the blind copies that wait, and keeps what is found in them.
async fn settled(at: &At<'_>) {
    let town = at.town;
    while strip::next(&town.store, &town.worker.limits, town.store.clock.now())
        .await
        .unwrap()
    {}
    let proof = at.author().await;
    for file in town.store.author_open_files(&proof).await.unwrap().files {
        for key in town.store.open_findings(&proof, file.facts.id).await.unwrap() {
            files::settle_finding(&town.store, &proof, file.facts.id, &key, true)
                .await
                .unwrap();
        }
    }
}

#[rocket::async_test]
async fn a_wrong_proof_is_corrected_and_shown_anew_before_anything_is_published() {
    let town = Town::life().await;
    let at = At::of(&town, "proof").await;
    let version = at.version().await;
    details::correct(&town.store, &at.author().await, version, |s, _| {
        s.title_en = "The Right Title".into();
        s.authors[0].latin_name = "Rightly Spelt".into();
        s.authors[0].email = "somebody@else.example".into();
    })
    .await
    .unwrap();
    let now = town.store.author_authors(&at.author().await).await.unwrap();
    assert_eq!(now[0].latin_name, "Rightly Spelt");
    assert_ne!(now[0].email, "somebody@else.example", "who it is, stays");
    // The editor sees that the author waits for the corrected one.
    let head = town.store.editor_head(&at.editor("editor").await).await.unwrap();
    assert_eq!(
        (head.waits, head.next, head.page),
        ("proof-corrected", "send-corrected", "/decision")
    );
    let (browser, token) = (town.browser().await, english(&town, "editor").await);
    let base = format!("/office/manuscripts/{}", at.number);
    for (page, words) in [
        ("", "sent corrections of the proof"),
        ("/decision", "Send the corrected proof"),
        ("/publication", "Send the corrected proof first"),
    ] {
        let shown = browser
            .page(&format!("{base}{page}"), Some(&token), Lang::En)
            .await;
        assert!(shown.contains(words), "{page}: {shown}");
    }
    town.wait(24 * 20).await;
    let version = at.version().await;
    let editor = at.editor("editor").await;
    let early = publish::publish(&town.store, &editor, version, true).await;
    assert_eq!(
        refused(early),
        Refusal::Proof,
        "a proof that was corrected is no consent"
    );
    assert!(kinds(&at).await.contains(&"details-changed".to_owned()));
    let token = english(&town, "editor").await;
    let browser = town.browser().await;
    let history = format!("/office/manuscripts/{}/history", at.number);
    let page = browser.page(&history, Some(&token), Lang::En).await;
    assert!(page.contains("title in English, names or institutions"));
    publish::send_proof(&town.store, &editor, version).await.unwrap();
    let version = at.version().await;
    publish::confirm_proof(&town.store, &at.author().await, version)
        .await
        .unwrap();
    let version = at.version().await;
    publish::publish(&town.store, &editor, version, true)
        .await
        .unwrap();
    let page = browser
        .page(&format!("/articles/{}", at.number), None, Lang::En)
        .await;
    assert!(page.contains("The Right Title") && page.contains("Rightly Spelt"));
}

#[rocket::async_test]
async fn the_page_of_details_keeps_what_is_wrong_and_saves_what_is_right() {
    let town = Town::life().await;
    let at = At::of(&town, "revising").await;
    let browser = town.browser().await;
    let token = english(&town, "author3").await;
    let path = format!("/author/manuscripts/{}/details", at.number);
    let page = browser.page(&path, Some(&token), Lang::En).await;
    let field = |name: &str| {
        let at = page.find(&format!("name=\"{name}\"")).unwrap();
        page[at..]
            .split("value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    let edition = field("version");
    let body = |title: &str, keywords: &str| {
        format!(
            "version={edition}&act=save&interventional=no&title_zh={title}&title_en={title}&abstract_zh=a&abstract_en=b\
             &keywords_zh=c%3Bd%3Be&keywords_en={keywords}&funding=e&ethics=f&conflicts=g&data_statement=h"
        )
    };
    let again = browser.post(&path, Some(&token), &body("", "d")).await;
    let status = again.status();
    let shown = again.into_string().await.unwrap();
    assert_eq!(status.code, 422);
    assert!(shown.contains("Give the title in English") && shown.contains("g</textarea>"));
    assert!(shown.contains("Give three to eight keywords in English"));
    let before = town
        .store
        .editor_head(&at.editor("editor").await)
        .await
        .unwrap()
        .title;
    let saved = browser
        .post(&path, Some(&token), &body("Newly+Named", "d%3B+e%3B+f"))
        .await;
    assert_eq!(saved.status().code, 303, "{:?}", saved.into_string().await);
    // The office reads it with the revision, not while it is written.
    let head = town.store.editor_head(&at.editor("editor").await).await.unwrap();
    assert_eq!(head.title, before);
    let players = town.players().await;
    players.act("author3", &at.number, Act::Revise).await.unwrap();
    let head = town.store.editor_head(&at.editor("editor").await).await.unwrap();
    assert_eq!(head.title, "Newly Named");
    assert!(!kinds(&at).await.contains(&"details-changed".to_owned()));
    let nothing = browser.get(&path, Some(&token), Lang::En).await;
    assert_eq!(nothing.status().code, 303, "nothing can be corrected now");
}

#[rocket::async_test]
async fn a_trials_number_that_comes_late_opens_the_way_to_acceptance() {
    let town = Town::life().await;
    let players = town.players().await;
    let number = players.draft("author2", 3).await.unwrap();
    let who = town.who("author2").await;
    let proof = town.store.author(&who, &number).await.unwrap();
    draft::save(&town.store, &proof, |s| {
        s.trial.interventional = Some(true);
        s.trial.numbers.clear();
    })
    .await
    .unwrap();
    let at = At {
        town: &town,
        number,
        author: who,
    };
    settled(&at).await;
    players.act("author2", &at.number, Act::Submit).await.unwrap();
    let browser = town.browser().await;
    let token = english(&town, "author2").await;
    let own = format!("/author/manuscripts/{}", at.number);
    let page = browser.page(&own, Some(&token), Lang::En).await;
    assert!(page.contains(&format!("{own}/details")));
    let version = at.version().await;
    let before = town
        .store
        .author_details(&proof)
        .await
        .unwrap()
        .submission
        .title_en;
    details::correct(&town.store, &proof, version, |s, _| {
        s.title_en = "Quite Another".into();
        s.trial.numbers = "NCT01234567".into();
        s.trial.submitted = "2026-01-05".into();
        s.trial.enrolled = "2026-02-01".into();
        s.trial.enrolled_actual = true;
    })
    .await
    .unwrap();
    let after = town.store.author_details(&proof).await.unwrap().submission;
    assert_eq!(
        after.title_en, before,
        "in screening only the registration can be corrected"
    );
    let head = town.store.editor_head(&at.editor("chief").await).await.unwrap();
    assert_eq!(head.trial, "prospective");
    let page = browser.page(&own, Some(&token), Lang::En).await;
    assert!(
        !page.contains(&format!("{own}/details")),
        "nothing is wanting any more"
    );
}

#[rocket::async_test]
async fn a_change_of_authors_ends_also_if_somebody_is_silent() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let propose = async || {
        let mut list = town.store.author_authors(&at.author().await).await.unwrap();
        list.push(entry("Ilse Neumann", "ilse.neuman@typo.example"));
        let version = at.version().await;
        authors::propose(&town.store, &at.author().await, version, list, "She joined.")
            .await
            .unwrap();
    };
    propose().await;
    let asked = async || {
        let kinds = kinds(&at).await;
        kinds.iter().filter(|k| *k == "confirm-authors-change").count()
    };
    let first = asked().await;
    for _ in 0..3 {
        let version = at.version().await;
        authors::ask_again(&town.store, &at.author().await, version)
            .await
            .unwrap();
    }
    assert_eq!(asked().await, 4 * first);
    let version = at.version().await;
    let often = authors::ask_again(&town.store, &at.author().await, version).await;
    assert_eq!(refused(often), Refusal::Often);
    let own = at.author().await;
    request::take_back(&town.store, &own, version, RequestKind::Authors)
        .await
        .unwrap();
    let view = town.store.author_manuscript(&at.author().await).await.unwrap();
    assert_eq!(view.requests[0].state, "void");
    propose().await;
    assert_eq!(
        refused(at.answer("editor", true, "gone", 0).await),
        Refusal::AuthorsWait
    );
    assert_eq!(refused(at.answer("chief", true, "", 0).await), Refusal::Reason);
    at.answer("chief", true, "The old co-author has died.", 0)
        .await
        .unwrap();
    let now = town.store.author_authors(&at.author().await).await.unwrap();
    assert_eq!(now.last().unwrap().latin_name, "Ilse Neumann");
    let view = town.store.author_manuscript(&at.author().await).await.unwrap();
    let granted = view.requests.iter().find(|r| r.state == "granted").unwrap();
    assert_eq!(granted.answer, "", "the reason is the office's");
    // An editor refuses while somebody is silent, and the pages have the forms for it.
    let mut list = now.clone();
    list.swap(0, 1);
    let version = at.version().await;
    authors::propose(&town.store, &at.author().await, version, list, "A better order.")
        .await
        .unwrap();
    let browser = town.browser().await;
    for (who, path, form) in [
        (
            "author4",
            format!("/author/manuscripts/{}", at.number),
            "requests/authors/end",
        ),
        (
            "editor",
            format!("/office/manuscripts/{}/matters", at.number),
            "value=\"refuse\"",
        ),
    ] {
        let token = english(&town, who).await;
        let page = browser.page(&path, Some(&token), Lang::En).await;
        assert!(page.contains(form), "{who}");
    }
    at.answer("editor", false, "Not without all of them.", 0)
        .await
        .unwrap();
}

#[rocket::async_test]
async fn a_completed_submission_asks_its_new_authors_and_keeps_those_who_confirmed() {
    let town = Town::life().await;
    let at = At::of(&town, "returned").await;
    town.players().await.coauthors_confirm(&at.number).await.unwrap();
    let own = at.author.email().to_string();
    let keep = async |change: fn(&mut Vec<AuthorEntry>, &str)| {
        let own = own.clone();
        draft::save(&town.store, &at.author().await, move |s| {
            change(&mut s.authors, &own)
        })
        .await
        .unwrap();
        settled(&at).await;
    };
    let before = town.store.author_authors(&at.author().await).await.unwrap();
    keep(|authors, own| {
        authors.retain(|a| a.email == own);
        authors[0].joint_first = false;
        authors.push(entry("Ilse Neumann", "ilse@new.example"));
    })
    .await;
    let version = at.version().await;
    let no = submit::complete(&town.store, &at.author().await, version).await;
    assert_eq!(refused(no), Refusal::ConfirmedAuthor);
    draft::save(&town.store, &at.author().await, move |s| {
        let new = s.authors.pop();
        s.authors = before.into_iter().chain(new).collect();
    })
    .await
    .unwrap();
    keep(|_, _| ()).await;
    let version = at.version().await;
    submit::complete(&town.store, &at.author().await, version)
        .await
        .unwrap();
    town.worker.pass().await.unwrap();
    let to_new = town
        .letters()
        .into_iter()
        .filter(|l| l.to.contains("ilse@new.example"));
    assert_eq!(to_new.count(), 1);
}

#[rocket::async_test]
async fn letters_reach_a_corresponding_author_before_anything_is_sent() {
    let town = Town::life().await;
    let at = At::of(&town, "draft").await;
    draft::save(&town.store, &at.author().await, |s| {
        for author in &mut s.authors {
            author.corresponding = false;
        }
        s.authors.push(AuthorEntry {
            corresponding: true,
            ..entry("Typed Only", "typed@nowhere.example")
        });
    })
    .await
    .unwrap();
    let version = at.version().await;
    match refused(submit::submit(&town.store, &at.author().await, version).await) {
        Refusal::Missing(missing) => assert_eq!(missing[0].what, "unconfirmed"),
        other => panic!("{other:?}"),
    }
    let browser = town.browser().await;
    let token = english(&town, "author").await;
    let check = format!("/author/manuscripts/{}/submission/check", at.number);
    let page = browser.page(&check, Some(&token), Lang::En).await;
    assert!(page.contains("Letters must reach a corresponding author"));
}

#[rocket::async_test]
async fn a_decision_whose_letter_cannot_be_sent_is_taken_back() {
    let town = Town::life().await;
    let at = At::of(&town, "reviews-in").await;
    let (editor, version) = (at.editor("editor").await, at.version().await);
    decide::decide(
        &town.store,
        &editor,
        version,
        DecisionKind::Decline,
        message("Not here."),
    )
    .await
    .unwrap();
    // The clock has passed the letter, and no mail server took it.
    town.store.clock.advance(jiff::SignedDuration::from_hours(2));
    let head = town.store.editor_head(&editor).await.unwrap();
    assert!(
        head.pending
            .as_ref()
            .is_some_and(|p| p.can_undo && p.minutes == 0)
    );
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let page = format!("/office/manuscripts/{}", at.number);
    assert!(
        browser
            .page(&page, Some(&token), Lang::En)
            .await
            .contains("has not gone yet")
    );
    let version = at.version().await;
    decide::undo(&town.store, &editor, version).await.unwrap();
    town.worker.pass().await.unwrap();
    assert_eq!(at.stage().await, Stage::InReview);
    assert!(!kinds(&at).await.is_empty());
    let letters = town.store.editor_letters(&editor).await.unwrap();
    assert!(
        letters
            .iter()
            .all(|l| l.kind != "declined" || l.state == "cancelled")
    );
}

#[rocket::async_test]
async fn an_assistant_decides_nothing() {
    let town = Town::life().await;
    let at = At::of(&town, "reviews-in").await;
    let (editor, version) = (at.editor("editor").await, at.version().await);
    decide::decide(
        &town.store,
        &editor,
        version,
        DecisionKind::Decline,
        message("Not here."),
    )
    .await
    .unwrap();
    let assistant = at.editor("assistant").await;
    let version = at.version().await;
    let undo = decide::undo(&town.store, &assistant, version).await;
    assert_eq!(refused(undo), Refusal::NotYours);
    decide::undo(&town.store, &editor, version).await.unwrap();
    let version = at.version().await;
    let kind = WindowKind::Decision;
    let longer = invite::extend(&town.store, &assistant, version, kind, None, 7, "leave").await;
    assert_eq!(refused(longer), Refusal::NotYours);
    let asked = At::of(&town, "asked").await;
    let assistant = asked.editor("assistant").await;
    let first = town.store.editor_reviewers(&assistant).await.unwrap().assignments;
    assert!(
        first
            .iter()
            .all(|a| !a.can_cancel && !a.can_enter && a.can_remind)
    );
    let version = asked.version().await;
    let off = invite::cancel(&town.store, &assistant, version, first[0].id).await;
    assert_eq!(refused(off), Refusal::NotYours);
    invite::remind(&town.store, &assistant, version, first[0].id)
        .await
        .unwrap();
}

#[rocket::async_test]
async fn an_alternate_who_has_opened_the_names_since_is_not_asked() {
    let town = Town::life().await;
    let at = At::of(&town, "asked").await;
    let editor = at.editor("editor").await;
    let account = town.account("editor2").await;
    let asking = invite::Asking {
        alternate: true,
        override_reason: "from the same town".into(),
    };
    let version = at.version().await;
    invite::invite(
        &town.store,
        &editor,
        version,
        invite::Whom::Account(account),
        asking,
    )
    .await
    .unwrap();
    handle::open_names(&town.store, &at.editor("editor2").await, "formal check")
        .await
        .unwrap();
    let players = town.players().await;
    players
        .act("author5", &at.number, Act::Refuse("reviewer"))
        .await
        .unwrap();
    assert_eq!(states(&at).await, ["declined", "invited", "cancelled"]);
}

#[rocket::async_test]
async fn reviewers_who_never_wrote_are_let_go_and_an_appeal_asks_the_others_again() {
    let town = Town::life().await;
    let players = town.players().await;
    // Two wrote in the first round and are asked in the second; one never wrote.
    let at = At::of(&town, "reading").await;
    players
        .act(
            "author4",
            &at.number,
            Act::Review("reviewer5", bauta::domain::verdict::Verdict::AfterRevision),
        )
        .await
        .unwrap();
    let (editor, version) = (at.editor("editor").await, at.version().await);
    let text = DecisionText {
        internal_reason: "One review says enough.".into(),
        ..message("Not suitable.")
    };
    decide::decide(&town.store, &editor, version, DecisionKind::Decline, text)
        .await
        .unwrap();
    town.wait(1).await;
    assert_eq!(states(&at).await, ["accepted", "declined", "cancelled"]);
    town.wait(24).await;
    let kinds = kinds(&at).await;
    assert!(kinds.contains(&"no-longer-needed".to_owned()) && kinds.contains(&"outcome".to_owned()));
    // Declined after a revision, an appeal is granted: those who know it are asked first.
    let at = At::of(&town, "re-review").await;
    let (editor, version) = (at.editor("editor").await, at.version().await);
    decide::decide(
        &town.store,
        &editor,
        version,
        DecisionKind::Decline,
        message("Still not."),
    )
    .await
    .unwrap();
    town.wait(1).await;
    at.ask(RequestKind::Appeal, "Table 2 was misread.", 0)
        .await
        .unwrap();
    at.answer("chief", true, "", 0).await.unwrap();
    assert_eq!(at.stage().await, Stage::InReview);
    let view = town
        .store
        .editor_reviewers(&at.editor("chief").await)
        .await
        .unwrap();
    assert_eq!(view.assignments.iter().filter(|a| a.clock.is_some()).count(), 2);
    assert!(!list_of(&at, "find-reviewers").await);
}

#[rocket::async_test]
async fn a_search_that_ran_out_is_overdue_only_while_somebody_is_wanted() {
    let town = Town::life().await;
    let players = town.players().await;
    let at = At::of(&town, "finding-reviewers").await;
    town.wait(24 * 5).await;
    assert!(kinds(&at).await.contains(&"find-reviewers-reminder".to_owned()));
    town.wait(24 * 11).await;
    assert!(list_of(&at, "overdue").await);
    players
        .act("author", &at.number, Act::Invite(&["reviewer5", "reviewer6"]))
        .await
        .unwrap();
    assert!(!list_of(&at, "overdue").await && list_of(&at, "waiting").await);
}

#[rocket::async_test]
async fn the_author_is_reminded_of_the_proof_and_of_a_release() {
    let town = Town::life().await;
    let (proof, released) = (At::of(&town, "proof").await, At::of(&town, "released").await);
    town.wait(24 * 50).await;
    assert!(kinds(&proof).await.contains(&"proof-reminder".to_owned()));
    assert!(
        kinds(&released)
            .await
            .contains(&"reaffirmation-reminder".to_owned())
    );
}

#[rocket::async_test]
async fn what_was_asked_ends_with_what_it_was_about() {
    let town = Town::life().await;
    let players = town.players().await;
    let at = At::of(&town, "revising").await;
    at.ask(RequestKind::Extension, "ill", 10).await.unwrap();
    players.act("author3", &at.number, Act::Revise).await.unwrap();
    let view = town.store.author_manuscript(&at.author().await).await.unwrap();
    assert_eq!(view.requests[0].state, "void");
    // What waits for its answer is answered before an article is published.
    let at = At::of(&town, "proof").await;
    at.ask(RequestKind::Withdrawal, "An error.", 0).await.unwrap();
    let version = at.version().await;
    publish::confirm_proof(&town.store, &at.author().await, version)
        .await
        .unwrap();
    let version = at.version().await;
    let no = publish::publish(&town.store, &at.editor("editor").await, version, true).await;
    assert_eq!(refused(no), Refusal::NotHere);
}

#[rocket::async_test]
async fn where_the_only_chief_becomes_an_author_whoever_agrees_takes_that_place() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let chief = town.who("chief").await;
    let mut list = town.store.author_authors(&at.author().await).await.unwrap();
    list.push(entry("The Chief", chief.email().as_str()));
    let version = at.version().await;
    authors::propose(
        &town.store,
        &at.author().await,
        version,
        list.clone(),
        "She wrote part of it.",
    )
    .await
    .unwrap();
    assert_eq!(
        refused(at.answer("chief", true, "I agree.", 0).await),
        Refusal::NotYours,
        "who is to be an author has no say as an editor"
    );
    // Everybody agrees by the links of their letters.
    town.worker.pass().await.unwrap();
    let browser = town.browser().await;
    let own = at.author.email().to_string();
    for author in list.iter().filter(|a| a.email != own) {
        let subject = if at.author.lang() == Lang::En {
            "change of the authors"
        } else {
            "作者变更"
        };
        let subjects = [subject, "change of the authors", "作者变更"];
        let link = town
            .letters()
            .into_iter()
            .rev()
            .find(|l| l.to.contains(&author.email) && subjects.iter().any(|s| l.subject.contains(s)))
            .and_then(|l| {
                let at = l.text.find("/link/")?;
                l.text[at..].split_whitespace().next().map(str::to_owned)
            })
            .unwrap();
        let path = link.replace("/link/", "/authors-change/");
        let answered = browser.post(&path, None, "answer=agree").await;
        assert_eq!(answered.status().code, 200);
    }
    at.answer("editor", true, "", 0).await.unwrap();
    let head = town.store.editor_head(&at.editor("editor").await).await.unwrap();
    assert!(head.mine);
    let token = english(&town, "chief").await;
    let page = format!("/office/manuscripts/{}", at.number);
    assert_eq!(
        browser.get(&page, Some(&token), Lang::En).await.status().code,
        404
    );
    let history = format!("{page}/history");
    let token = english(&town, "editor").await;
    assert!(
        browser
            .page(&history, Some(&token), Lang::En)
            .await
            .contains("uest editor")
    );
}

#[rocket::async_test]
async fn whether_acceptance_waits_for_coauthors_is_the_journals_but_who_denies_stops_it() {
    let town = Town::life().await;
    let at = At::of(&town, "reviews-in").await;
    let accept = async || {
        let (chief, version) = (at.editor("chief").await, at.version().await);
        decide::decide(
            &town.store,
            &chief,
            version,
            DecisionKind::Accept,
            message("Welcome."),
        )
        .await
    };
    let waits = Refusal::Decision(DecisionRefusal::AuthorsMissing);
    assert_eq!(refused(accept().await), waits);
    let chief = town.store.chief(&town.who("chief").await).unwrap();
    let mut rules = (*town.store.rules()).clone();
    rules.coauthors_confirm = false;
    let version = town.store.setting_version(&Subject::Rules);
    assert!(town.store.set_rules(&chief, version, &rules).await.unwrap());
    // One of them denies it: a hold, and after it the name must leave the list.
    let case = town.store.case_as_author(&at.author().await).await.unwrap();
    let email = case.silent_coauthors().await.unwrap().remove(0);
    case.abandon().await.unwrap();
    let (account, _) = town
        .store
        .ensure_account(&email, Profile::default(), Lang::En, true)
        .await
        .unwrap();
    let token = town.store.begin_session(account, "test").await.unwrap();
    let who = town.store.who(&token).await.unwrap().unwrap();
    let proof = town.store.coauthor(&who, &at.number).await.unwrap();
    coauthor::deny(&town.store, &proof, "Never heard of it.")
        .await
        .unwrap();
    let version = at.version().await;
    hold::resume(&town.store, &at.editor("chief").await, version, "")
        .await
        .unwrap();
    assert_eq!(refused(accept().await), waits);
    let version = at.version().await;
    let again = coauthor::ask_again(&town.store, &at.editor("editor").await, version).await;
    let others = town
        .store
        .editor_matters(&at.editor("chief").await)
        .await
        .unwrap();
    assert_eq!((again.is_ok(), others.denied), (others.silent > 0, 1));
    // The name leaves the list, without waiting for who denied it.
    let mut list = town.store.author_authors(&at.author().await).await.unwrap();
    list.retain(|a| a.email != email.as_str());
    list.iter_mut().for_each(|a| a.joint_first = false);
    list[0].corresponding = true;
    let version = at.version().await;
    authors::propose(&town.store, &at.author().await, version, list, "Listed in error.")
        .await
        .unwrap();
    at.answer("chief", true, "Denied the authorship.", 0)
        .await
        .unwrap();
    accept().await.unwrap();
}

#[rocket::async_test]
async fn reviewers_and_editors_see_what_a_revision_changed() {
    let town = Town::life().await;
    let at = At::of(&town, "in-review-again").await;
    let browser = town.browser().await;
    for (who, page) in [
        ("reviewer3", format!("/reviews/{}", at.number)),
        ("editor", format!("/office/manuscripts/{}", at.number)),
    ] {
        let token = english(&town, who).await;
        let changes = format!("{page}/changes");
        let from = browser.page(&page, Some(&token), Lang::En).await;
        assert!(from.contains(&changes), "{who}");
        let shown = browser.page(&changes, Some(&token), Lang::En).await;
        assert!(
            shown.contains("<ins>") && shown.contains("<ol class=\"changes\""),
            "{who}: {shown}"
        );
    }
    // In the first round there is nothing to compare.
    let first = At::of(&town, "reading").await;
    let token = english(&town, "reviewer5").await;
    let path = format!("/reviews/{}/changes", first.number);
    assert_eq!(
        browser.get(&path, Some(&token), Lang::En).await.status().code,
        404
    );
}

#[rocket::async_test]
async fn an_author_cannot_keep_the_offices_forms_stale() {
    let town = Town::life().await;
    let at = At::of(&town, "revising").await;
    for n in 0..11 {
        let version = at.version().await;
        let done = details::correct(&town.store, &at.author().await, version, |s, _| {
            s.funding = format!("Fund {n}");
        })
        .await;
        match n {
            0..10 => done.unwrap(),
            _ => assert_eq!(refused(done), Refusal::Often),
        }
    }
    let at = At::of(&town, "accepted").await;
    for n in 0..4 {
        at.ask(RequestKind::Withdrawal, "An error.", 0).await.unwrap();
        let (own, version) = (at.author().await, at.version().await);
        let done = request::take_back(&town.store, &own, version, RequestKind::Withdrawal).await;
        match n {
            0..3 => done.unwrap(),
            _ => assert_eq!(refused(done), Refusal::Often),
        }
    }
}
