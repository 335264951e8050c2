//! Every way out and every clock of the office that no other file plays through: what ends by silence, what only the
//! editor-in-chief may, who may not review.

use bauta::actions::{Done, Refusal};
use bauta::actions::{decide, files, handle, invite, publish, request, review, withdraw};
use bauta::demo::cast::member;
use bauta::demo::script::Act;
use bauta::domain::conflict::Conflict;
use bauta::domain::decision::{DecisionKind, DecisionRefusal, DecisionText};
use bauta::domain::journal::{Both, Entry, List};
use bauta::domain::person::{Email, Lang, Profile};
use bauta::domain::review::Review;
use bauta::domain::stage::Stage;
use bauta::domain::verdict::Verdict;
use bauta::store::settings::Subject;

use crate::law::{At, refused};
use crate::support::Town;

async fn decided(at: &At<'_>, key: &str, kind: DecisionKind, text: DecisionText) -> Done {
    let (proof, version) = (at.editor(key).await, at.version().await);
    decide::decide(&at.town.store, &proof, version, kind, text).await
}

pub fn message(text: &str) -> DecisionText {
    DecisionText {
        message: text.into(),
        ..DecisionText::default()
    }
}

/// The kinds of the letters of a manuscript, the newest first.
pub async fn kinds(at: &At<'_>) -> Vec<String> {
    let proof = at.editor("chief").await;
    let letters = at.town.store.editor_letters(&proof).await.unwrap();
    letters.into_iter().map(|l| l.kind).collect()
}

pub async fn states(at: &At<'_>) -> Vec<String> {
    let proof = at.editor("chief").await;
    let view = at.town.store.editor_reviewers(&proof).await.unwrap();
    view.assignments.into_iter().map(|a| a.state).collect()
}

pub async fn list_of(at: &At<'_>, list: &str) -> bool {
    let browser = at.town.browser().await;
    let token = at.town.token("chief").await;
    let page = browser
        .page(&format!("/office/lists/{list}"), Some(&token), Lang::En)
        .await;
    page.contains(&at.number)
}

#[rocket::async_test]
async fn a_completion_that_does_not_come_closes_the_manuscript() {
    let town = Town::life().await;
    let at = At::of(&town, "returned").await;
    town.wait(24 * 8).await;
    assert_eq!(at.stage().await, Stage::Returned);
    town.wait(24 * 10).await;
    assert_eq!(at.stage().await, Stage::Withdrawn);
    let kinds = kinds(&at).await;
    assert!(kinds.contains(&"completion-closed".to_owned()));
    assert!(kinds.contains(&"completion-reminder".to_owned()));
}

#[rocket::async_test]
async fn a_released_manuscript_is_asked_about_once_and_closed_after_two_months_of_silence() {
    let town = Town::life().await;
    let at = At::of(&town, "released").await;
    let (proof, version) = (at.editor("editor").await, at.version().await);
    request::ask_reaffirmation(&town.store, &proof, version)
        .await
        .unwrap();
    let version = at.version().await;
    let again = request::ask_reaffirmation(&town.store, &proof, version).await;
    assert_eq!(refused(again), Refusal::Once);
    town.wait(24 * 40).await;
    assert_eq!(at.stage().await, Stage::Released);
    town.wait(24 * 30).await;
    assert_eq!(at.stage().await, Stage::Withdrawn);
    let kinds = kinds(&at).await;
    assert_eq!(kinds.iter().filter(|k| *k == "ask-reaffirmation").count(), 1);
    assert!(kinds.contains(&"forgotten".to_owned()));
}

#[rocket::async_test]
async fn the_chief_alone_accepts_at_screening_and_rescinds_with_a_reason() {
    let town = Town::life().await;
    let at = At::of(&town, "screening").await;
    let (chief, version) = (at.editor("chief").await, at.version().await);
    handle::give(&town.store, &chief, version, chief.account())
        .await
        .unwrap();
    let no = decided(&at, "editor", DecisionKind::Accept, message("Invited paper.")).await;
    assert_eq!(refused(no), Refusal::Decision(DecisionRefusal::NotYours));
    // N sends most manuscripts to review: the exception has its reason on the record.
    let no = decided(&at, "chief", DecisionKind::Accept, message("")).await;
    assert!(matches!(refused(no), Refusal::Decision(_)));
    let at = At::of(&town, "accepted").await;
    let no = decided(&at, "editor", DecisionKind::Rescind, message("An error.")).await;
    assert_eq!(refused(no), Refusal::Decision(DecisionRefusal::NotYours));
    let no = decided(&at, "chief", DecisionKind::Rescind, message(" ")).await;
    assert_eq!(refused(no), Refusal::Decision(DecisionRefusal::NeedsMessage));
    decided(
        &at,
        "chief",
        DecisionKind::Rescind,
        message("The data cannot be confirmed."),
    )
    .await
    .unwrap();
    town.wait(1).await;
    assert_eq!(at.stage().await, Stage::Declined);
    assert!(kinds(&at).await.contains(&"rescinded".to_owned()));
}

#[rocket::async_test]
async fn an_invitation_that_expires_is_declined_or_called_off_goes_to_the_next_alternate() {
    let town = Town::life().await;
    let players = town.players().await;
    // Declined: the plot asked two, with a third as alternate, and one of the two refused.
    let at = At::of(&town, "reading").await;
    assert_eq!(states(&at).await, ["accepted", "declined", "accepted"]);
    // Expired.
    let at = At::of(&town, "finding-reviewers").await;
    players
        .act(
            "author",
            &at.number,
            Act::Invite(&["reviewer5", "reviewer6", "reviewer7"]),
        )
        .await
        .unwrap();
    assert_eq!(states(&at).await, ["invited", "invited", "alternate"]);
    players
        .act("author", &at.number, Act::Accept("reviewer5"))
        .await
        .unwrap();
    town.wait(24 * 10).await;
    assert_eq!(states(&at).await, ["accepted", "expired", "invited"]);
    let kinds = kinds(&at).await;
    assert!(kinds.contains(&"invitation-expired".to_owned()));
    assert_eq!(kinds.iter().filter(|k| *k == "invitation").count(), 3);
    // Called off: nobody is left, and the search goes on.
    let proof = at.editor("editor").await;
    let asked = town.store.editor_reviewers(&proof).await.unwrap().assignments[2].id;
    invite::cancel(&town.store, &proof, at.version().await, asked)
        .await
        .unwrap();
    assert_eq!(states(&at).await, ["accepted", "expired", "cancelled"]);
    assert!(list_of(&at, "find-reviewers").await || list_of(&at, "overdue").await);
}

#[rocket::async_test]
async fn a_late_reviewer_is_released_with_thanks_and_a_late_form_still_comes_in() {
    let town = Town::life().await;
    let players = town.players().await;
    let at = At::of(&town, "finding-reviewers").await;
    players
        .act(
            "author",
            &at.number,
            Act::Invite(&["reviewer5", "reviewer6", "reviewer7"]),
        )
        .await
        .unwrap();
    for key in ["reviewer5", "reviewer6"] {
        players.act("author", &at.number, Act::Accept(key)).await.unwrap();
    }
    town.wait(24 * 24).await;
    assert!(kinds(&at).await.contains(&"review-overdue".to_owned()));
    assert_eq!(states(&at).await[0], "accepted", "fourteen days more");
    town.wait(24 * 16).await;
    assert_eq!(states(&at).await[..2], ["released", "released"]);
    let sent = kinds(&at).await;
    assert_eq!(sent.iter().filter(|k| *k == "reviewer-released").count(), 2);
    assert_eq!(
        sent.iter().filter(|k| *k == "invitation").count(),
        3,
        "the alternate was asked"
    );
    let who = town.who("reviewer5").await;
    let own = town.store.own_reviews(&who, 1).await.unwrap().present;
    let asked = own
        .iter()
        .find(|row| row.number == at.number)
        .map(|row| row.asked);
    assert_eq!(asked, Some("late"), "nothing is due of it any more");
    let proof = town.store.reviewer(&who, &at.number).await.unwrap();
    let form = Review {
        verdict: Some(Verdict::AfterRevision),
        assessment: "Late, and sound.".into(),
        suggestions: vec!["Say how many were lost.".into()],
        scores: bauta::domain::review::CRITERIA
            .iter()
            .map(|c| ((*c).to_owned(), 3))
            .collect(),
        ..Review::default()
    };
    review::send(&town.store, &proof, &form, None).await.unwrap();
    assert_eq!(states(&at).await[0], "accepted");
    assert!(kinds(&at).await.contains(&"review-in".to_owned()));
}

#[rocket::async_test]
async fn the_offices_own_windows_run_out_into_the_list_of_what_is_overdue() {
    for (plot, days) in [("finding-reviewers", 16), ("reviews-in", 16), ("re-review", 32)] {
        let town = Town::life().await;
        let at = At::of(&town, plot).await;
        assert!(!list_of(&at, "overdue").await, "{plot}");
        town.wait(24 * days).await;
        assert!(list_of(&at, "overdue").await, "{plot}");
        assert!(kinds(&at).await.contains(&"overdue".to_owned()), "{plot}");
        let stage = at.stage().await;
        assert!(
            matches!(stage, Stage::InReview | Stage::ReReview),
            "{plot}: it goes no further"
        );
    }
}

#[rocket::async_test]
async fn a_withdrawal_reaches_office_at_once_and_reviewers_with_the_next_batch() {
    let town = Town::life().await;
    let at = At::of(&town, "reading").await;
    let (author, version) = (at.author().await, at.version().await);
    withdraw::withdraw(&town.store, &author, version, "An error in the data.")
        .await
        .unwrap();
    town.worker.pass().await.unwrap();
    let proof = at.editor("chief").await;
    let state = async |kind: &str| {
        let letters = town.store.editor_letters(&proof).await.unwrap();
        letters.into_iter().find(|l| l.kind == kind).unwrap().state
    };
    assert_eq!(state("withdrawn-office").await, "sent");
    assert_eq!(state("withdrawal-receipt").await, "sent");
    assert_eq!(state("no-longer-needed").await, "queued");
    town.wait(24).await;
    assert_eq!(state("no-longer-needed").await, "sent");
    let again = withdraw::withdraw(&town.store, &author, at.version().await, "").await;
    assert_eq!(refused(again), Refusal::NotHere);
}

#[rocket::async_test]
async fn silence_on_the_proof_is_consent_and_nothing_is_published_before() {
    let town = Town::life().await;
    let at = At::of(&town, "proof").await;
    let proof = at.editor("editor").await;
    let early = publish::publish(&town.store, &proof, at.version().await, true).await;
    assert_eq!(refused(early), Refusal::Proof);
    town.wait(24 * 8).await;
    publish::publish(&town.store, &proof, at.version().await, true)
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Published);
    assert!(kinds(&at).await.contains(&"published".to_owned()));
}

#[rocket::async_test]
async fn a_registration_is_looked_up_again_before_it_is_published() {
    let town = Town::life().await;
    let at = At::of(&town, "proof").await;
    let proof = at.editor("editor").await;
    town.wait(24 * 8).await;
    let mut case = town.store.case_as_editor(&proof).await.unwrap();
    let mut submission = case.submission().unwrap();
    submission.trial = bauta::domain::manuscript::TrialReport {
        interventional: Some(true),
        numbers: "ChiCTR2500041001".into(),
        submitted: "2025-01-15".into(),
        enrolled: "2025-02-10".into(),
        enrolled_actual: true,
        settled: Vec::new(),
    };
    case.keep_submission(&submission).unwrap();
    case.commit().await.unwrap();
    let browser = town.browser().await;
    let token = town.token("editor").await;
    let path = format!("/office/manuscripts/{}/publication", at.number);
    let page = browser.page(&path, Some(&token), Lang::En).await;
    assert!(page.contains("ChiCTR2500041001") && page.contains("registrations_seen"));
    let unseen = publish::publish(&town.store, &proof, at.version().await, false).await;
    assert_eq!(refused(unseen), Refusal::RegistrationUnseen);
    publish::publish(&town.store, &proof, at.version().await, true)
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Published);
    let history = town
        .store
        .editor_history(&at.editor("chief").await)
        .await
        .unwrap();
    assert!(history.iter().any(|line| line.kind == "registration-seen"));
}

#[rocket::async_test]
async fn the_copyright_form_is_wanted_before_publication_if_the_journal_says_so() {
    let town = Town::life().await;
    let at = At::of(&town, "proof").await;
    let chief = town.store.chief(&town.who("chief").await).unwrap();
    let mut rules = (*town.store.rules()).clone();
    rules.copyright_form = true;
    let version = town.store.setting_version(&Subject::Rules);
    assert!(town.store.set_rules(&chief, version, &rules).await.unwrap());
    let browser = town.browser().await;
    let token = town.token("author5").await;
    let page = browser
        .page(
            &format!("/author/manuscripts/{}/proof", at.number),
            Some(&token),
            Lang::Zh,
        )
        .await;
    assert!(page.contains(&format!("/author/manuscripts/{}/files", at.number)));
    let page = browser
        .page(
            &format!("/author/manuscripts/{}/files", at.number),
            Some(&token),
            Lang::Zh,
        )
        .await;
    assert!(page.contains("office:copyright") && !page.contains("value=\"manuscript\""));
    town.wait(24 * 8).await;
    let proof = at.editor("editor").await;
    let without = publish::publish(&town.store, &proof, at.version().await, true).await;
    assert_eq!(refused(without), Refusal::CopyrightForm);
    let author = at.author().await;
    let taken = async || files::take(&town.store, &b"signed"[..], 50).await.unwrap();
    // No other file can be changed any more.
    let role = bauta::store::files::FileRole::Manuscript;
    let other = files::add(&town.store, &author, role, &taken().await, "a.docx").await;
    assert_eq!(refused(other), Refusal::NotHere);
    let what = files::What::read("office:copyright");
    files::add(&town.store, &author, what, &taken().await, "signed.pdf")
        .await
        .unwrap();
    publish::publish(&town.store, &proof, at.version().await, true)
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Published);
}

#[rocket::async_test]
async fn papers_that_the_journal_wants_are_required_at_check_and_send() {
    let town = Town::life().await;
    let at = At::of(&town, "draft").await;
    let chief = town.store.chief(&town.who("chief").await).unwrap();
    let subject = Subject::List(List::Papers);
    let entry = Entry {
        key: "letter".into(),
        name: Both {
            zh: "投稿承诺书".into(),
            en: "Pledge".into(),
        },
        offered: true,
    };
    let body = serde_json::to_string(&[entry]).unwrap();
    let version = town.store.setting_version(&subject);
    assert!(town.store.set(&chief, &subject, version, &body).await.unwrap());
    let browser = town.browser().await;
    let token = town.token("author").await;
    let check = format!("/author/manuscripts/{}/submission/check", at.number);
    let page = browser.page(&check, Some(&token), Lang::Zh).await;
    assert!(page.contains("请上传编辑部要求的文件：投稿承诺书"), "{page}");
    let author = at.author().await;
    let without = bauta::actions::submit::send(&town.store, &author, at.version().await).await;
    let Refusal::Missing(missing) = refused(without) else {
        panic!("something else is missing");
    };
    assert_eq!((missing[0].field.as_str(), missing[0].what), ("letter", "paper"));
    // An office paper that is another one does not count.
    let taken = async || files::take(&town.store, &b"a pledge"[..], 50).await.unwrap();
    let office = bauta::store::files::FileRole::Office;
    files::add(&town.store, &author, office, &taken().await, "other.pdf")
        .await
        .unwrap();
    let without = bauta::actions::submit::send(&town.store, &author, at.version().await).await;
    assert!(matches!(refused(without), Refusal::Missing(_)));
    let what = files::What::read("office:letter");
    files::add(&town.store, &author, what, &taken().await, "pledge.pdf")
        .await
        .unwrap();
    let page = browser.page(&check, Some(&token), Lang::Zh).await;
    assert!(!page.contains("请上传编辑部要求的文件"));
    bauta::actions::submit::send(&town.store, &author, at.version().await)
        .await
        .unwrap();
    assert_eq!(at.stage().await, Stage::Screening);
}

#[rocket::async_test]
async fn who_may_not_review_is_refused_and_who_perhaps_should_not_needs_a_reason() {
    let town = Town::life().await;
    let at = At::of(&town, "finding-reviewers").await;
    let ask = async |email: &str, profile: Profile, reason: &str| {
        let email = Email::parse(email).unwrap();
        let made = town.store.ensure_account(&email, profile, Lang::En, true).await;
        let (account, _) = made.unwrap();
        let (proof, version) = (at.editor("editor2").await, at.version().await);
        let asking = invite::Asking {
            alternate: true,
            override_reason: reason.into(),
        };
        invite::invite(
            &town.store,
            &proof,
            version,
            invite::Whom::Account(account),
            asking,
        )
        .await
    };
    let author = member("author");
    let none = Profile::default;
    // An author, a co-author as typed, who handles it, who has seen the names: whatever the reason.
    let editor = member("editor").email.to_string();
    for email in [author.email.as_str(), "wenren.mubai@author.example", &editor] {
        let no = refused(ask(email, none(), "no other").await);
        assert_eq!(no, Refusal::Conflicts(vec![Conflict::Refused]), "{email}");
    }
    let second = at.editor("chief").await;
    handle::open_names(&town.store, &second, "telephone")
        .await
        .unwrap();
    let chief = member("chief").email.to_string();
    let no = refused(ask(&chief, none(), "no other").await);
    assert_eq!(no, Refusal::Conflicts(vec![Conflict::Refused]));
    // The same institution, the same mail domain: with a reason that stands in the history.
    let same = Profile {
        affiliation: author.profile.affiliation.clone(),
        ..none()
    };
    let domain = format!("colleague@{}", author.email.domain());
    for (email, profile, kind) in [
        ("next.door@elsewhere.example", same, Conflict::SameInstitution),
        (domain.as_str(), none(), Conflict::SameMailDomain),
    ] {
        let no = refused(ask(email, profile.clone(), " ").await);
        let Refusal::Conflicts(found) = no else {
            panic!("{no:?}")
        };
        assert!(found.contains(&kind), "{found:?}");
        ask(email, profile, "The only one who knows the method.")
            .await
            .unwrap();
    }
    let history = town.store.editor_history(&second).await.unwrap();
    let reasons = history
        .iter()
        .filter(|e| e.words == "The only one who knows the method.");
    assert_eq!(reasons.count(), 2);
    // Somebody without any tie needs no reason; and nobody is asked twice.
    ask("stranger@far.example", none(), "").await.unwrap();
    assert_eq!(
        refused(ask("stranger@far.example", none(), "").await),
        Refusal::AlreadyAsked
    );
}

#[rocket::async_test]
async fn who_has_lately_published_with_an_author_is_warned_of() {
    let town = Town::life().await;
    // "published" is author's, with a co-author who is no author of what "author" has in hand now but by that article.
    let at = At::of(&town, "finding-reviewers").await;
    let coauthor = Profile {
        native_name: "闻人慕白".into(),
        latin_name: "Wenren Mubai".into(),
        ..Profile::default()
    };
    let email = Email::parse("other.address@elsewhere.example").unwrap();
    let made = town.store.ensure_account(&email, coauthor, Lang::Zh, true).await;
    let (account, _) = made.unwrap();
    let (proof, version) = (at.editor("editor2").await, at.version().await);
    let whom = invite::Whom::Account(account);
    let no = invite::invite(&town.store, &proof, version, whom, Default::default()).await;
    let Refusal::Conflicts(found) = refused(no) else {
        panic!("no warning")
    };
    assert!(found.contains(&Conflict::RecentCoauthor), "{found:?}");
    // After the journal's years it is past.
    town.store
        .clock
        .advance(jiff::SignedDuration::from_hours(24 * 366 * 3));
    let case = town.store.case_as_editor(&proof).await.unwrap();
    let found = case.conflicts(account).await.unwrap();
    case.abandon().await.unwrap();
    assert!(!found.contains(&Conflict::RecentCoauthor), "{found:?}");
}

#[rocket::async_test]
async fn after_an_outage_only_the_latest_reminder_goes() {
    let town = Town::life().await;
    let at = At::of(&town, "revising").await;
    let before = kinds(&at)
        .await
        .iter()
        .filter(|k| *k == "revision-reminder")
        .count();
    // A third and a week were missed; a day and a half is left.
    let until: jiff::civil::Date = at.until().await.parse().unwrap();
    let close = bauta::domain::window::end_of(until, &town.store.rules());
    town.store.clock.put(close - jiff::SignedDuration::from_hours(36));
    town.worker.pass().await.unwrap();
    town.worker.pass().await.unwrap();
    let after = kinds(&at)
        .await
        .iter()
        .filter(|k| *k == "revision-reminder")
        .count();
    assert_eq!(after - before, 1);
}

#[rocket::async_test]
async fn reviewers_are_not_told_the_outcome_if_the_journal_does_not_wish_it() {
    let town = Town::life().await;
    let at = At::of(&town, "reviews-in").await;
    let chief = town.store.chief(&town.who("chief").await).unwrap();
    let mut rules = (*town.store.rules()).clone();
    rules.tell_outcome = false;
    let version = town.store.setting_version(&Subject::Rules);
    assert!(town.store.set_rules(&chief, version, &rules).await.unwrap());
    decided(&at, "editor", DecisionKind::Decline, message("Not enough."))
        .await
        .unwrap();
    town.wait(48).await;
    assert_eq!(at.stage().await, Stage::Declined);
    assert!(!kinds(&at).await.contains(&"outcome".to_owned()));
}
