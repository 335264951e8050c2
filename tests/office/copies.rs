//! Blind copies as a job in a child process, and what happens when one cannot be made.

use bauta::actions::strip::{self, Limits};
use bauta::actions::{Failure, Refusal, decide, files, revise};
use bauta::demo::cast;
use bauta::demo::papers;
use bauta::domain::decision::{DecisionKind, DecisionText, Point};
use bauta::domain::stage::Stage;
use bauta::store::files::{FileFacts, FileRole};
use bauta::store::revisions::Answers;

use rocket::http::Status;

use crate::support::Town;

fn child(seconds: u64, megabytes: u64) -> Limits {
    Limits {
        program: Some(env!("CARGO_BIN_EXE_bauta").into()),
        seconds,
        megabytes,
    }
}

async fn upload(town: &Town, number: &str, bytes: &[u8]) -> i64 {
    let author = town.who("author").await;
    let proof = town.store.author(&author, number).await.unwrap();
    let taken = files::take(&town.store, bytes, 50).await.unwrap();
    files::add(&town.store, &proof, FileRole::Manuscript, &taken, "x")
        .await
        .unwrap()
}

async fn facts(town: &Town, number: &str, file: i64) -> FileFacts {
    let author = town.who("author").await;
    let proof = town.store.author(&author, number).await.unwrap();
    let case = town.store.case_as_author(&proof).await.unwrap();
    let found = case
        .files()
        .await
        .unwrap()
        .into_iter()
        .find(|f| f.id == file)
        .unwrap();
    case.abandon().await.unwrap();
    found
}

async fn run(town: &Town, limits: &Limits) {
    while strip::next(&town.store, limits, town.store.clock.now())
        .await
        .unwrap()
    {}
}

#[rocket::async_test]
async fn a_child_makes_the_blind_copy() {
    let town = Town::life().await;
    let number = town.number("draft");
    let (_, docx) = papers::file(&cast::paper(&cast::member("author"), 23), false);
    let file = upload(&town, &number, &docx).await;
    assert_eq!(facts(&town, &number, file).await.state, "waiting");
    run(&town, &child(60, 1024)).await;
    assert_eq!(facts(&town, &number, file).await.state, "blind");
}

#[rocket::async_test]
async fn a_child_without_memory_or_time_is_an_answer_and_no_outage() {
    let town = Town::life().await;
    let number = town.number("draft");
    let (_, docx) = papers::file(&cast::paper(&cast::member("author"), 23), false);
    let file = upload(&town, &number, &docx).await;
    run(&town, &child(60, 4)).await;
    let starved = facts(&town, &number, file).await;
    // Killed where it asked for more, or told that there is no more.
    assert_eq!(starved.state, "refused");
    assert!(
        ["killed", "broken"].contains(&starved.refusal.as_str()),
        "{starved:?}"
    );
    let file = upload(&town, &number, &docx).await;
    run(&town, &child(0, 1024)).await;
    let late = facts(&town, &number, file).await;
    assert_eq!(
        (late.state.as_str(), late.refusal.as_str()),
        ("refused", "too-slow")
    );
}

#[rocket::async_test]
async fn a_job_whose_program_was_killed_is_taken_up_again() {
    let town = Town::life().await;
    let number = town.number("draft");
    let (_, docx) = papers::file(&cast::paper(&cast::member("author"), 23), false);
    let file = upload(&town, &number, &docx).await;
    // Claimed, and then nothing more is heard of whoever claimed it.
    let abandoned = child(60, 1024);
    let pass = strip::next(&town.store, &abandoned, town.store.clock.now());
    drop(tokio::time::timeout(std::time::Duration::from_millis(1), pass).await);
    town.store.clock.advance(jiff::SignedDuration::from_mins(10));
    run(&town, &child(60, 1024)).await;
    assert_eq!(facts(&town, &number, file).await.state, "blind");
}

#[rocket::async_test]
async fn files_that_cannot_be_vouched_for_are_refused_by_name() {
    let town = Town::life().await;
    let number = town.number("draft");
    for (bytes, reason) in [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old word".to_vec(), "legacy"),
        (b"{\\rtf1 text}".to_vec(), "legacy"),
        (b"GIF89a\x01\0\x01\0\0\0\0picture".to_vec(), "broken"),
        (b"RIFF\x10\0\0\0WAVEfmt ".to_vec(), "unsupported"),
        (b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "picture-format"),
        (b"Rar!\x1A\x07\0".to_vec(), "archive-format"),
        (b"%PDF-1.4 and then nothing".to_vec(), "broken"),
        (b"PK\x03\x04 half a zip".to_vec(), "broken"),
    ] {
        let file = upload(&town, &number, &bytes).await;
        run(&town, &child(60, 1024)).await;
        let found = facts(&town, &number, file).await;
        assert_eq!(
            (found.state.as_str(), found.refusal.as_str()),
            ("refused", reason)
        );
    }
}

/// Our failure to strip never costs an author a deadline: the revision was received in time and is mended afterwards.
#[rocket::async_test]
async fn a_broken_blind_copy_of_a_revision_costs_no_deadline() {
    let town = Town::life().await;
    let number = town.number("pending");
    town.wait(1).await;
    let author = town.who("author").await;
    let proof = town.store.author(&author, &number).await.unwrap();
    upload(&town, &number, b"%PDF-1.4 and then nothing").await;
    let case = town.store.case_as_author(&proof).await.unwrap();
    let version = case.version();
    case.abandon().await.unwrap();
    let answers = Answers {
        answers: vec!["done".into(); 3],
        rebuttal: "thanks".into(),
    };
    revise::send(&town.store, &proof, version, &answers)
        .await
        .unwrap();
    run(&town, &child(60, 1024)).await;
    town.worker.pass().await.unwrap();
    let told = town
        .letters()
        .iter()
        .filter(|l| l.subject.contains(&number) && l.text.contains("manuscript"))
        .count();
    assert!(told > 0, "the author is told by letter");
    let (_, docx) = papers::file(&cast::paper(&cast::member("author"), 10), true);
    let file = upload(&town, &number, &docx).await;
    run(&town, &child(60, 1024)).await;
    assert_eq!(facts(&town, &number, file).await.state, "blind");
    let case = town.store.case_as_author(&proof).await.unwrap();
    assert_eq!(case.stage(), Stage::ReReview);
}

#[rocket::async_test]
async fn a_decision_that_names_a_reviewer_is_refused() {
    let town = Town::life().await;
    let number = town.number("reviews-in");
    let editor = town.who("editor").await;
    let proof = town.store.editor(&editor, &number).await.unwrap();
    let case = town.store.case_as_editor(&proof).await.unwrap();
    let version = case.version();
    case.abandon().await.unwrap();
    let text = |words: &str| DecisionText {
        message: "m".into(),
        points: vec![Point {
            number: 1,
            label: None,
            text: words.into(),
        }],
        ..DecisionText::default()
    };
    let named = ["Emil Vasarely", "aroha.ngatai@reviewer8.example"];
    for (words, name) in ["as Emil Vasarely says", "write to aroha.ngatai@reviewer8.example"]
        .into_iter()
        .zip(named)
    {
        let refused = decide::decide(
            &town.store,
            &proof,
            version,
            DecisionKind::AskRevision,
            text(words),
        )
        .await;
        assert!(
            matches!(&refused, Err(Failure::Refused(Refusal::NamesSomebody(found))) if found == name),
            "{words}: {refused:?}"
        );
    }
    // The form says what it is and marks the field where it stands.
    let browser = town.browser().await;
    let token = town.token("editor").await;
    let path = format!("/office/manuscripts/{number}/decision");
    for (field, id) in [
        ("own", "own"),
        ("points[0].chosen=true&points[0].text", "point-0"),
    ] {
        let body = format!(
            "version={version}&step=preview&kind=ask-revision&message=m&{field}=as%20Emil%20Vasarely%20says"
        );
        let answer = browser.post(&path, Some(&token), &body).await;
        assert_eq!(answer.status(), Status::UnprocessableEntity);
        let page = answer.into_string().await.unwrap();
        assert!(page.contains("Emil Vasarely”"), "{field}");
        assert!(page.contains(&format!("id=\"{id}-error\"")), "{field}");
    }
    let fine = text("say how the sample size was chosen");
    decide::decide(&town.store, &proof, version, DecisionKind::AskRevision, fine)
        .await
        .unwrap();
}
