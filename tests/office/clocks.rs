//! The clock is law: windows close once, at their instant, whatever happens around it.

use bauta::actions::{Failure, Refusal, decide, settle, submit};
use bauta::demo::script::{Act, Players};
use bauta::domain::decision::{DecisionKind, DecisionText};
use bauta::domain::stage::Stage;
use bauta::store::access::AsAuthor;

use crate::support::Town;

async fn stage(town: &Town, number: &str) -> (Stage, i64) {
    let chief = town.who("chief").await;
    let proof = town.store.editor(&chief, number).await.unwrap();
    let case = town.store.case_as_editor(&proof).await.unwrap();
    let found = (case.stage(), case.version());
    case.abandon().await.unwrap();
    found
}

async fn submitted(town: &Town, players: &Players<'_>) -> String {
    let number = players.draft("author", 1).await.unwrap();
    players.act("author", &number, Act::Submit).await.unwrap();
    town.worker.pass().await.unwrap();
    number
}

async fn author(town: &Town, number: &str) -> AsAuthor {
    let who = town.who("author").await;
    town.store.author(&who, number).await.unwrap()
}

fn letters_about(town: &Town, words: &str) -> usize {
    town.letters()
        .iter()
        .filter(|letter| letter.subject.contains(words))
        .count()
}

#[rocket::async_test]
async fn without_a_notice_in_the_month_the_author_is_free() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = submitted(&town, &players).await;
    // Submitted on 21 November in Beijing: the month ends at 24:00 on 21 December.
    town.store.clock.put("2026-12-21T15:59:59Z".parse().unwrap());
    town.worker.pass().await.unwrap();
    assert_eq!(stage(&town, &number).await.0, Stage::Screening);
    town.store.clock.put("2026-12-21T16:00:00Z".parse().unwrap());
    town.worker.pass().await.unwrap();
    assert_eq!(stage(&town, &number).await.0, Stage::Released);
    // And may come back, with a whole new month.
    let version = stage(&town, &number).await.1;
    submit::reaffirm(&town.store, &author(&town, &number).await, version)
        .await
        .unwrap();
    assert_eq!(stage(&town, &number).await.0, Stage::Screening);
}

#[rocket::async_test]
async fn a_decision_whose_letter_did_not_go_in_time_is_void() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = submitted(&town, &players).await;
    town.store.clock.put("2026-12-21T15:55:00Z".parse().unwrap());
    players.act("author", &number, Act::Handle).await.unwrap();
    // Decided five minutes before the end; the letter may go ten minutes later.
    players
        .act("author", &number, Act::DecideAndWait(DecisionKind::SendToReview))
        .await
        .unwrap();
    town.wait(1).await;
    assert_eq!(stage(&town, &number).await.0, Stage::Released);
    assert_eq!(
        letters_about(&town, "通过初审"),
        0,
        "the void decision's letter never went"
    );
}

#[rocket::async_test]
async fn three_weeks_of_downtime_close_each_window_once() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = submitted(&town, &players).await;
    town.store.clock.put("2027-01-11T01:00:00Z".parse().unwrap());
    for _ in 0..3 {
        town.worker.pass().await.unwrap();
        settle::all(&town.store, town.store.clock.now()).await.unwrap();
    }
    let releases = town.store.history_of(&number).await.unwrap();
    let closed: Vec<_> = releases.iter().filter(|e| e.kind == "window-closed").collect();
    assert_eq!(closed.len(), 1);
    // The history says when it was due and when it was noticed.
    assert_eq!(closed[0].due.unwrap().to_string(), "2026-12-21T16:00:00Z");
    assert_eq!(closed[0].at.to_string(), "2027-01-11T01:00:00Z");
    assert_eq!(stage(&town, &number).await.0, Stage::Released);
    // Reminders that were missed do not all go now: the window was over before anybody looked.
    assert_eq!(releases.iter().filter(|e| e.kind == "reminded").count(), 0);
}

#[rocket::async_test]
async fn an_undone_decision_sends_nothing() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = submitted(&town, &players).await;
    players.act("author", &number, Act::Handle).await.unwrap();
    players
        .act("author", &number, Act::DecideAndWait(DecisionKind::Decline))
        .await
        .unwrap();
    let editor = town.who("editor").await;
    let proof = town.store.editor(&editor, &number).await.unwrap();
    let version = stage(&town, &number).await.1;
    decide::undo(&town.store, &proof, version).await.unwrap();
    town.wait(2).await;
    assert_eq!(stage(&town, &number).await.0, Stage::Screening);
    // Too late after the letter has gone.
    players
        .act("author", &number, Act::Decide(DecisionKind::Decline))
        .await
        .unwrap();
    let version = stage(&town, &number).await.1;
    assert_eq!(stage(&town, &number).await.0, Stage::Declined);
    let refused = decide::undo(&town.store, &proof, version).await;
    assert!(
        matches!(refused, Err(Failure::Refused(Refusal::Gone))),
        "{refused:?}"
    );
}

#[rocket::async_test]
async fn two_editors_at_once_one_wins_and_the_other_is_told() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = submitted(&town, &players).await;
    players.act("author", &number, Act::Handle).await.unwrap();
    let version = stage(&town, &number).await.1;
    let text = || DecisionText {
        message: "no".into(),
        ..DecisionText::default()
    };
    let (one, two) = (town.who("editor").await, town.who("editor2").await);
    let (one, two) = (
        town.store.editor(&one, &number).await.unwrap(),
        town.store.editor(&two, &number).await.unwrap(),
    );
    let (a, b) = tokio::join!(
        decide::decide(&town.store, &one, version, DecisionKind::Decline, text()),
        decide::decide(&town.store, &two, version, DecisionKind::SendToReview, text()),
    );
    assert_eq!(u8::from(a.is_ok()) + u8::from(b.is_ok()), 1, "{a:?} {b:?}");
    let lost = if a.is_ok() { b } else { a };
    assert!(matches!(lost, Err(Failure::Refused(Refusal::Stale))), "{lost:?}");
}

#[rocket::async_test]
async fn the_revision_window_lapses_after_two_calendar_months() {
    let town = Town::life().await;
    let number = town.number("revising-soon");
    assert_eq!(stage(&town, &number).await.0, Stage::Revising);
    town.wait(24 * 7).await;
    assert_eq!(stage(&town, &number).await.0, Stage::Lapsed);
}

#[rocket::async_test]
async fn requests_at_once_past_an_instant_close_the_window_once() {
    use bauta::domain::person::Lang;
    let town = Town::life().await;
    let number = town.number("revising-soon");
    let browser = town.browser().await;
    let own = format!("/author/manuscripts/{number}");
    let theirs = format!("/office/manuscripts/{number}");
    town.store.clock.advance(jiff::SignedDuration::from_hours(24 * 7));
    let (chief, author) = (town.token("chief").await, town.token("author2").await);
    let (a, b, c, d) = tokio::join!(
        browser.page(&own, Some(&author), Lang::En),
        browser.page(&theirs, Some(&chief), Lang::En),
        browser.page("/office", Some(&chief), Lang::En),
        browser.page(&own, Some(&author), Lang::En),
    );
    // Nobody is shown a window that is over as if it were open.
    for page in [&a, &d] {
        assert!(
            !page.contains("/revision\""),
            "the author is still asked to revise"
        );
    }
    assert!(b.contains("逾期未修回"), "{b}");
    assert!(!c.contains(&number), "the office still lists it");
    let events = town.store.history_of(&number).await.unwrap();
    let now = town.store.clock.now();
    let closed = events.iter().filter(|e| e.kind == "window-closed" && e.at == now);
    assert_eq!(closed.count(), 1);
    assert_eq!(stage(&town, &number).await.0, Stage::Lapsed);
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    let told = letters
        .iter()
        .filter(|l| l.subject.contains("has been closed") && l.text.contains(&number));
    assert_eq!(told.count(), 1, "one letter to the author");
}
