//! The law's exceptions that somebody asks for: more time, appeals, withdrawal after acceptance, holds; and the manuscript of the saved
//! life that other tests of the law take.

use bauta::actions::request::{answer, ask};
use bauta::actions::{Done, Failure, Refusal, hold};
use bauta::domain::person::Lang;
use bauta::domain::request::RequestKind;
use bauta::domain::stage::Stage;
use bauta::store::access::{AsAuthor, AsEditor, Who};

use crate::support::Town;

/// A manuscript of the saved life, with everybody's proofs at hand.
pub struct At<'t> {
    pub town: &'t Town,
    pub number: String,
    pub author: Who,
}

impl At<'_> {
    pub async fn of<'t>(town: &'t Town, plot: &str) -> At<'t> {
        let key = bauta::demo::plots::all()
            .into_iter()
            .find(|p| p.name == plot)
            .unwrap()
            .author;
        At {
            town,
            number: town.number(plot),
            author: town.who(key).await,
        }
    }

    pub async fn author(&self) -> AsAuthor {
        self.town.store.author(&self.author, &self.number).await.unwrap()
    }

    pub async fn editor(&self, key: &str) -> AsEditor {
        let who = self.town.who(key).await;
        self.town.store.editor(&who, &self.number).await.unwrap()
    }

    pub async fn version(&self) -> i64 {
        let case = self
            .town
            .store
            .case_as_author(&self.author().await)
            .await
            .unwrap();
        let version = case.version();
        case.abandon().await.unwrap();
        version
    }

    pub async fn stage(&self) -> Stage {
        let case = self
            .town
            .store
            .case_as_author(&self.author().await)
            .await
            .unwrap();
        let stage = case.stage();
        case.abandon().await.unwrap();
        stage
    }

    pub async fn ask(&self, kind: RequestKind, text: &str, days: u32) -> Done {
        let version = self.version().await;
        ask(&self.town.store, &self.author().await, version, kind, text, days).await
    }

    pub async fn open_request(&self) -> i64 {
        let case = self
            .town
            .store
            .case_as_author(&self.author().await)
            .await
            .unwrap();
        let requests = case.requests().await.unwrap();
        case.abandon().await.unwrap();
        requests.into_iter().rfind(|r| r.state == "open").unwrap().id
    }

    pub async fn answer(&self, editor: &str, grant: bool, text: &str, days: u32) -> Done {
        let (proof, request) = (self.editor(editor).await, self.open_request().await);
        let version = self.version().await;
        answer(&self.town.store, &proof, version, request, grant, text, days).await
    }

    /// Whether the page of the revision offers to ask for more time.
    async fn may_extend(&self) -> bool {
        let proof = self.author().await;
        self.town.store.author_revision(&proof).await.unwrap().may_extend
    }

    /// A session of its author.
    pub async fn token(&self) -> String {
        let email = self.author.email();
        let account = self.town.store.credentials(email).await.unwrap().unwrap().account;
        self.town.store.begin_session(account, "test").await.unwrap()
    }

    /// The last day of the author's clock as the page says it.
    pub async fn until(&self) -> String {
        let view = self
            .town
            .store
            .author_manuscript(&self.author().await)
            .await
            .unwrap();
        view.clock.unwrap().until.to_string()
    }
}

pub fn refused<T: std::fmt::Debug>(done: Done<T>) -> Refusal {
    match done {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

pub fn letters(town: &Town, words: &str) -> usize {
    town.letters()
        .iter()
        .filter(|l| l.subject.contains(words))
        .count()
}

#[rocket::async_test]
async fn more_time_is_asked_once_and_given_by_an_editor() {
    let town = Town::life().await;
    let at = At::of(&town, "revising-soon").await;
    let before = at.until().await;
    assert!(at.may_extend().await);
    assert_eq!(
        refused(at.ask(RequestKind::Extension, " ", 7).await),
        Refusal::Reason
    );
    assert_eq!(
        refused(at.ask(RequestKind::Extension, "ill", 0).await),
        Refusal::Days
    );
    at.ask(RequestKind::Extension, "The data are late.", 10)
        .await
        .unwrap();
    assert_eq!(at.until().await, before, "unanswered, it changes nothing");
    assert!(!at.may_extend().await);
    assert_eq!(
        refused(at.ask(RequestKind::Extension, "again", 7).await),
        Refusal::NotHere
    );
    at.answer("editor", true, "", 12).await.unwrap();
    assert!(at.until().await > before);
    // Both sides read how many days were granted, and the history until when.
    let browser = town.browser().await;
    for who in [&at.author, &town.who("editor").await] {
        town.store.set_lang(who, Lang::Zh).await.unwrap();
    }
    let (author, editor) = (at.token().await, town.token("editor").await);
    let own = format!("/author/manuscripts/{}", at.number);
    let base = format!("/office/manuscripts/{}", at.number);
    for (path, token) in [(own, &author), (format!("{base}/matters"), &editor)] {
        let page = browser.page(&path, Some(token), Lang::Zh).await;
        assert!(page.contains("延长12天"), "{page}");
    }
    let events = town
        .store
        .editor_history(&at.editor("editor").await)
        .await
        .unwrap();
    let extended = events.iter().find(|e| e.kind == "extended").unwrap();
    assert_eq!(
        (extended.until.map(|day| day.to_string()), extended.words.as_str()),
        (Some(at.until().await), "")
    );
    let page = browser
        .page(&format!("{base}/history"), Some(&editor), Lang::Zh)
        .await;
    let until = bauta::words::day(Lang::Zh, extended.until.unwrap());
    assert!(page.contains(&format!("至{until}")), "{page}");
    // Once in a revision, granted or not.
    assert_eq!(
        refused(at.ask(RequestKind::Extension, "again", 7).await),
        Refusal::NotHere
    );
    town.wait(24 * 7).await;
    assert_eq!(
        at.stage().await,
        Stage::Revising,
        "the old window would have lapsed it"
    );
}

#[rocket::async_test]
async fn a_refusal_needs_words_and_the_window_runs_on() {
    let town = Town::life().await;
    let at = At::of(&town, "revising-soon").await;
    at.ask(RequestKind::Extension, "The data are late.", 10)
        .await
        .unwrap();
    assert_eq!(refused(at.answer("editor", false, "", 0).await), Refusal::Reason);
    at.answer("editor", false, "The issue closes.", 0).await.unwrap();
    town.wait(24 * 7).await;
    assert_eq!(at.stage().await, Stage::Lapsed);
}

#[rocket::async_test]
async fn an_unanswered_request_ends_with_its_window() {
    let town = Town::life().await;
    let at = At::of(&town, "revising-soon").await;
    at.ask(RequestKind::Extension, "The data are late.", 10)
        .await
        .unwrap();
    town.wait(24 * 7).await;
    assert_eq!(at.stage().await, Stage::Lapsed);
    let view = town.store.author_manuscript(&at.author().await).await.unwrap();
    assert_eq!(view.requests[0].state, "void");
}

#[rocket::async_test]
async fn an_appeal_is_judged_once_by_somebody_without_a_part_in_it() {
    let town = Town::life().await;
    let at = At::of(&town, "declined").await;
    at.ask(RequestKind::Appeal, "The reviewer misread table 2.", 0)
        .await
        .unwrap();
    assert_eq!(
        refused(at.ask(RequestKind::Appeal, "again", 0).await),
        Refusal::NotHere
    );
    // The editor who declined it may not judge it; the chief, who had no part, may.
    assert_eq!(refused(at.answer("editor", true, "", 0).await), Refusal::NotYours);
    at.answer("chief", true, "", 0).await.unwrap();
    assert_eq!(at.stage().await, Stage::InReview);
    town.worker.pass().await.unwrap();
    assert!(letters(&town, "appeal") + letters(&town, "申诉成立") > 0);
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
}

#[rocket::async_test]
async fn after_thirty_days_there_is_no_appeal() {
    let town = Town::life().await;
    let at = At::of(&town, "declined").await;
    town.wait(24 * 40).await;
    assert_eq!(
        refused(at.ask(RequestKind::Appeal, "late", 0).await),
        Refusal::NotHere
    );
}

#[rocket::async_test]
async fn an_accepted_manuscript_is_let_go_by_the_chief_alone() {
    let town = Town::life().await;
    let at = At::of(&town, "accepted").await;
    at.ask(RequestKind::Withdrawal, "An error in the data.", 0)
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Accepted);
    assert_eq!(refused(at.answer("editor", true, "", 0).await), Refusal::NotYours);
    at.answer("chief", true, "", 0).await.unwrap();
    assert_eq!(at.stage().await, Stage::Withdrawn);
}

#[rocket::async_test]
async fn on_hold_everything_but_screening_stands_still() {
    let town = Town::life().await;
    let at = At::of(&town, "revising-soon").await;
    let before = at.until().await;
    let version = at.version().await;
    let editor = at.editor("editor").await;
    assert_eq!(
        refused(hold::hold(&town.store, &editor, version, "An inquiry.").await),
        Refusal::ChiefOnly
    );
    let chief = at.editor("chief").await;
    assert_eq!(
        refused(hold::hold(&town.store, &chief, version, " ").await),
        Refusal::Reason
    );
    hold::hold(&town.store, &chief, version, "An inquiry.")
        .await
        .unwrap();
    town.wait(24 * 20).await;
    assert_eq!(at.stage().await, Stage::Revising);
    let version = at.version().await;
    hold::resume(&town.store, &chief, version, "").await.unwrap();
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    let moved = day(&before).until(day(&at.until().await)).unwrap().get_days();
    assert_eq!(moved, 20);
    // It runs again.
    town.wait(24 * 30).await;
    assert_eq!(at.stage().await, Stage::Lapsed);
}

#[rocket::async_test]
async fn screening_runs_on_while_on_hold() {
    let town = Town::life().await;
    let at = At::of(&town, "screening").await;
    let version = at.version().await;
    let chief = at.editor("chief").await;
    hold::hold(&town.store, &chief, version, "An inquiry.")
        .await
        .unwrap();
    town.wait(24 * 40).await;
    assert_eq!(at.stage().await, Stage::Released);
}
