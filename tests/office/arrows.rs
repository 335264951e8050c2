//! Arrows and windows on which the office and the author act: completed, extended, told one by one, held to the trial rules.

use bauta::actions::{Refusal, decide, handle, invite, submit, trial};
use bauta::demo::script::Act;
use bauta::domain::decision::{DecisionKind, DecisionRefusal, DecisionText};
use bauta::domain::person::{Email, Lang, Profile};
use bauta::domain::stage::Stage;
use bauta::domain::window::WindowKind;

use crate::law::{At, refused};
use crate::support::Town;

#[rocket::async_test]
async fn a_returned_submission_comes_back_with_a_new_month() {
    let town = Town::life().await;
    let at = At::of(&town, "returned").await;
    let author = at.author().await;
    submit::send(&town.store, &author, at.version().await)
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Screening);
    // Sent on 21 November, whenever it first came.
    assert_eq!(at.until().await, "2026-12-21");
    town.worker.pass().await.unwrap();
    let proof = at.editor("chief").await;
    let letters = town.store.editor_letters(&proof).await.unwrap();
    let count = |kind: &str| letters.iter().filter(|l| l.kind == kind).count();
    assert_eq!(count("completion-receipt"), 1);
    let again = submit::send(&town.store, &author, at.version().await).await;
    assert_eq!(refused(again), Refusal::NotHere);
}

#[rocket::async_test]
async fn more_time_is_given_with_a_reason_but_never_for_screening() {
    let town = Town::life().await;
    let extend = async |at: &At<'_>, kind, days, reason: &str| {
        let (proof, version) = (at.editor("editor").await, at.version().await);
        invite::extend(&town.store, &proof, version, kind, None, days, reason).await
    };
    let at = At::of(&town, "screening").await;
    let no = extend(&at, WindowKind::Screening, 7, "A busy month.").await;
    assert_eq!(refused(no), Refusal::NotHere, "it is the author's right");
    let at = At::of(&town, "revising-soon").await;
    let before = at.until().await;
    let no = extend(&at, WindowKind::Revision, 7, " ").await;
    assert_eq!(refused(no), Refusal::Reason);
    extend(&at, WindowKind::Revision, 14, "The laboratory was closed.")
        .await
        .unwrap();
    assert!(at.until().await > before);
    let page = town.browser().await;
    let token = town.token("author2").await;
    let own = format!("/author/manuscripts/{}", at.number);
    let page = page.page(&own, Some(&token), Lang::En).await;
    assert!(page.contains("The laboratory was closed."), "the author sees why");
}

#[rocket::async_test]
async fn every_corresponding_author_gets_a_letter_of_their_own() {
    let town = Town::life().await;
    let players = town.players().await;
    let number = players.draft("author", 7).await.unwrap();
    let who = town.who("author").await;
    let author = town.store.author(&who, &number).await.unwrap();
    bauta::actions::draft::save(&town.store, &author, |s| {
        s.authors.iter_mut().for_each(|a| a.corresponding = true);
    })
    .await
    .unwrap();
    players.act("author", &number, Act::Submit).await.unwrap();
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    let receipts: Vec<&str> = letters
        .iter()
        .filter(|l| l.subject.contains("收稿回执") && l.text.contains(&number))
        .map(|l| l.to.as_str())
        .collect();
    let own = bauta::demo::cast::member("author").email.to_string();
    for address in [own.as_str(), "wenren.mubai@author.example"] {
        assert_eq!(
            receipts.iter().filter(|to| to.contains(address)).count(),
            1,
            "{receipts:?}"
        );
    }
    assert!(receipts.iter().all(|to| to.matches('@').count() == 1));
}

#[rocket::async_test]
async fn no_registration_no_acceptance_and_an_exception_is_the_chiefs() {
    let town = Town::life().await;
    let at = At::of(&town, "screening").await;
    let accept = async || {
        let (proof, version) = (at.editor("chief").await, at.version().await);
        let text = DecisionText {
            message: "Accepted as it is.".into(),
            ..DecisionText::default()
        };
        decide::decide(&town.store, &proof, version, DecisionKind::Accept, text).await
    };
    let set = async |numbers: &str, submitted: &str| {
        let mut case = town
            .store
            .case_as_editor(&at.editor("chief").await)
            .await
            .unwrap();
        let mut s = case.submission().unwrap();
        s.trial.interventional = Some(true);
        s.trial.numbers = numbers.to_owned();
        s.trial.submitted = submitted.to_owned();
        s.trial.enrolled = "2025-02-10".into();
        s.trial.enrolled_actual = true;
        s.trial.settled.clear();
        case.keep_submission(&s).unwrap();
        case.commit().await.unwrap();
    };
    let chief = at.editor("chief").await;
    handle::give(&town.store, &chief, at.version().await, chief.account())
        .await
        .unwrap();
    let forbidden = Refusal::Decision(DecisionRefusal::TrialForbids);
    set("", "").await;
    assert_eq!(refused(accept().await), forbidden);
    // A missing number cannot be settled away.
    let version = at.version().await;
    let no = trial::settle_hurdle(&town.store, &chief, version, "no-number", "Trust me.").await;
    assert_eq!(refused(no), Refusal::ChiefOnly);
    // Registered after the first enrolment: the editor-in-chief's exception, with a reason, and nobody else's.
    set("ChiCTR2500041001", "2025-06-01").await;
    assert_eq!(refused(accept().await), forbidden);
    let open = trial::standing(&town.store, &chief).await.unwrap();
    let gate = open[0].gate;
    let editor = at.editor("editor").await;
    let settle = async |proof, reason: &str| {
        let version = at.version().await;
        trial::settle_hurdle(&town.store, proof, version, gate, reason).await
    };
    assert_eq!(
        refused(settle(&editor, "An old study.").await),
        Refusal::ChiefOnly
    );
    assert_eq!(refused(settle(&chief, " ").await), Refusal::Reason);
    settle(&chief, "Begun before the registry existed here.")
        .await
        .unwrap();
    let after = refused(accept().await);
    assert_ne!(after, forbidden, "the trial stands in the way no more: {after:?}");
}

#[rocket::async_test]
async fn a_warning_never_says_which_author() {
    let town = Town::life().await;
    let at = At::of(&town, "finding-reviewers").await;
    let author = bauta::demo::cast::member("author");
    let same = Profile {
        latin_name: "Next Door".into(),
        affiliation: author.profile.affiliation.clone(),
        ..Profile::default()
    };
    let email = Email::parse("next.door@elsewhere.example").unwrap();
    town.store
        .ensure_account(&email, same, Lang::En, true)
        .await
        .unwrap();
    let browser = town.browser().await;
    let who = town.who("editor").await;
    town.store.set_lang(&who, Lang::En).await.unwrap();
    let token = town.token("editor").await;
    let path = format!("/office/manuscripts/{}/reviewers", at.number);
    let version = at.version().await;
    let body =
        format!("version={version}&email=next.door%40elsewhere.example&name=Next+Door&lang=en&how=ask");
    let response = browser.post(&path, Some(&token), &body).await;
    assert_eq!(response.status(), rocket::http::Status::UnprocessableEntity);
    let page = response.into_string().await.unwrap();
    assert!(
        page.contains("error-summary") && page.contains("next.door@elsewhere.example"),
        "typed text stays"
    );
    for mark in [
        &author.profile.native_name,
        &author.profile.latin_name,
        &author.email.to_string(),
    ] {
        assert!(!page.contains(mark.as_str()), "{mark}");
    }
    assert!(!page.contains("闻人慕白"));
}
