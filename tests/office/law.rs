//! The law's exceptions: requests and their answers, holds, co-authors, changes of authors, guest editors, kin, notices.
//!
//! Row of the table of leaks that this excludes: *reviewer's annotated file*.

use bauta::actions::request::{answer, ask};
use bauta::actions::{
    Done, Failure, Refusal, authors, coauthor, decide, handle, hold, notice, review, submit,
};
use bauta::demo::script::Act;
use bauta::domain::decision::{DecisionKind, DecisionRefusal, DecisionText};
use bauta::domain::manuscript::AuthorEntry;
use bauta::domain::person::{Email, Lang, Profile, Role, Roles};
use bauta::domain::request::RequestKind;
use bauta::domain::stage::Stage;
use bauta::store::access::{AsAuthor, AsEditor, Who};
use rocket::http::Status;

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

    /// The last day of the author's clock as the page says it.
    /// A session of its author.
    pub async fn token(&self) -> String {
        let email = self.author.email();
        let account = self.town.store.credentials(email).await.unwrap().unwrap().account;
        self.town.store.begin_session(account, "test").await.unwrap()
    }

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

fn letters(town: &Town, words: &str) -> usize {
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
