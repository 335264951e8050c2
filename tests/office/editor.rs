//! The office's pages: for whom they are, in both languages, at every stage; and a manuscript's way through them.

use bauta::domain::person::Lang;
use bauta::letters::ALL_KINDS;
use bauta::words;
use rocket::http::Status;

use crate::law::At;
use crate::support::{Browser, Town};

const TABS: [&str; 6] = ["", "/reviewers", "/reviews", "/decision", "/letters", "/history"];

/// The value of the first field of a name in a page.
fn field(page: &str, name: &str) -> String {
    let start = page
        .find(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no field {name}"));
    let rest = &page[start + name.len() + 15..];
    rest[..rest.find('"').unwrap()].to_owned()
}

/// Somebody of the cast, signed in, who reads English.
async fn english(town: &Town, key: &str) -> String {
    town.store.set_lang(&town.who(key).await, Lang::En).await.unwrap();
    town.token(key).await
}

/// Addresses below a prefix that a page links to.
fn links(page: &str, prefix: &str) -> Vec<String> {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with(prefix))
        .map(str::to_owned)
        .collect()
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => (b as char).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}

async fn posted(browser: &Browser, path: &str, token: &str, body: &str) -> String {
    let response = browser.post(path, Some(token), body).await;
    assert_eq!(response.status(), Status::SeeOther, "{path} {body}");
    let to = response.headers().get_one("Location").unwrap().to_owned();
    assert!(to.contains("done="), "{path}: {to}");
    to
}

#[rocket::async_test]
async fn every_page_at_every_stage_in_both_languages() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let tokens = [
        town.token("chief").await,
        town.token("editor").await,
        town.token("assistant").await,
    ];
    for path in [
        "/office",
        "/office?stage=in-review&handling=mine",
        "/office?handling=nobody",
        "/office/search",
        "/office/search?q=A",
        "/office/search?q=%E9%9A%8F%E6%9C%BA&stage=in-review&handler=nobody&due=week&reviewer=Li",
        "/office/lists/give-notice",
        "/office/lists/find-reviewers",
        "/office/lists/decide",
        "/office/lists/overdue",
        "/office/lists/waiting?handling=mine",
    ] {
        for lang in Lang::ALL {
            for token in &tokens {
                browser.page(path, Some(token), lang).await;
            }
        }
    }
    for (plot, number) in &town.life.numbers {
        if plot == "draft" || town.store.editor(&town.who("chief").await, number).await.is_err() {
            continue;
        }
        let base = format!("/office/manuscripts/{number}");
        for tab in TABS.iter().chain(&["/publication"]) {
            for (i, token) in tokens.iter().enumerate() {
                let lang = Lang::ALL[i % 2];
                town.store
                    .set_lang(&town.store.who(token).await.unwrap().unwrap(), lang)
                    .await
                    .unwrap();
                browser.page(&format!("{base}{tab}"), Some(token), lang).await;
            }
        }
    }
}

#[rocket::async_test]
async fn letters_can_be_read_and_hold_no_name_of_an_author() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let number = town.number("published");
    let log = browser
        .page(
            &format!("/office/manuscripts/{number}/letters"),
            Some(&token),
            Lang::En,
        )
        .await;
    let found = links(&log, &format!("/office/manuscripts/{number}/letters/"));
    assert!(found.len() > 8, "{found:?}");
    let author = bauta::demo::cast::member("author");
    for link in found {
        let page = browser.page(&link, Some(&token), Lang::En).await;
        for name in [
            &author.profile.native_name,
            &author.profile.latin_name,
            &author.email.to_string(),
        ] {
            assert!(
                name.is_empty() || !page.contains(name.as_str()),
                "{link} names {name}"
            );
        }
    }
}

#[rocket::async_test]
async fn strangers_authors_and_reviewers_find_nothing() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let number = town.number("re-review");
    for key in ["author", "reviewer", "admin"] {
        let token = town.token(key).await;
        for path in ["/office", "/office/lists/decide"] {
            let response = browser.get(path, Some(&token), Lang::En).await;
            assert_eq!(response.status(), Status::NotFound, "{key} {path}");
        }
        for tab in TABS {
            let path = format!("/office/manuscripts/{number}{tab}");
            let response = browser.get(&path, Some(&token), Lang::En).await;
            assert_eq!(response.status(), Status::NotFound, "{key} {path}");
        }
        let path = format!("/office/manuscripts/{number}/authors");
        let response = browser.post(&path, Some(&token), "reason=x").await;
        assert_eq!(response.status(), Status::NotFound, "{key}");
    }
    let response = browser.get("/office", None, Lang::En).await;
    assert_eq!(response.status(), Status::SeeOther);
}

#[rocket::async_test]
async fn the_authors_are_shown_only_on_the_record() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let base = format!("/office/manuscripts/{}", town.number("re-review"));
    let author = bauta::demo::cast::member("author");
    for tab in TABS {
        let page = browser
            .page(&format!("{base}{tab}"), Some(&token), Lang::En)
            .await;
        assert!(!page.contains(&author.profile.native_name), "{tab}");
        assert!(!page.contains(author.email.as_str()), "{tab}");
    }
    let path = format!("{base}/authors");
    let response = browser.post(&path, Some(&token), "reason=telephone").await;
    assert_eq!(response.status(), Status::Ok);
    let page = response.into_string().await.unwrap();
    assert!(page.contains(&author.profile.native_name));
    let action = page.split(&format!("action=\"{base}/originals/")).nth(1).unwrap();
    let original = format!("{base}/originals/{}", action.split('"').next().unwrap());
    let response = browser.post(&original, Some(&token), "reason=telephone").await;
    assert_eq!(response.status(), Status::Ok);
    assert!(
        response
            .headers()
            .get_one("Content-Disposition")
            .unwrap()
            .contains("original-manuscript")
    );
    let history = browser
        .page(&format!("{base}/history"), Some(&token), Lang::En)
        .await;
    assert_eq!(history.matches("names were shown").count(), 2);
}

#[rocket::async_test]
async fn from_screening_to_the_reviewers_through_the_pages() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let base = format!("/office/manuscripts/{}", town.number("screening"));
    let version = async |page: &str| {
        let page = browser
            .page(&format!("{base}{page}"), Some(&token), Lang::En)
            .await;
        field(&page, "version")
    };
    let v = version("").await;
    posted(
        &browser,
        &format!("{base}/handling"),
        &token,
        &format!("version={v}"),
    )
    .await;
    let v = version("/decision").await;
    let decision = format!("{base}/decision");
    // Without a reason for the author nothing is declined, and what was typed is there.
    let body = format!("version={v}&step=preview&kind=decline&reason=kept");
    let again = browser.post(&decision, Some(&token), &body).await;
    assert_eq!(again.status(), Status::UnprocessableEntity);
    let again = again.into_string().await.unwrap();
    assert!(again.contains("error-summary") && again.contains(">kept</textarea>"));
    let message = encode("A clear question.\nThe editors");
    let body = |step: &str| format!("version={v}&step={step}&kind=send-to-review&message={message}");
    for (step, wanted) in [("preview", "A clear question."), ("confirm", "value=\"decide\"")] {
        let response = browser.post(&decision, Some(&token), &body(step)).await;
        assert_eq!(response.status(), Status::Ok, "{step}");
        assert!(response.into_string().await.unwrap().contains(wanted), "{step}");
    }
    posted(&browser, &decision, &token, &body("decide")).await;
    let v = version("/decision").await;
    posted(
        &browser,
        &format!("{base}/decision/undo"),
        &token,
        &format!("version={v}"),
    )
    .await;
    let v = version("/decision").await;
    let body = format!("version={v}&step=decide&kind=send-to-review");
    posted(&browser, &decision, &token, &body).await;
    town.wait(1).await;
    let page = browser
        .page(&format!("{base}/reviewers"), Some(&token), Lang::En)
        .await;
    let (v, account) = (field(&page, "version"), field(&page, "account"));
    // A letter to an address is in the manuscript's language, and nobody stands above somebody with less in hand.
    let at = At::of(&town, "screening").await;
    let own = at.editor("editor").await;
    let head = town.store.editor_head(&own).await.unwrap();
    assert!(page.contains(&format!(
        "<option value=\"{0}\" lang=\"{0}\" selected>",
        head.language
    )));
    let pool = town.store.editor_pool(&own, "").await.unwrap();
    let loads: Vec<_> = pool.candidates.iter().map(|c| c.load).collect();
    assert!(loads.is_sorted() && loads.last() > loads.first(), "{loads:?}");
    let reviewers = format!("{base}/reviewers");
    let body = format!("version={v}&account={account}&how=ask&reason=no+obstacle");
    posted(&browser, &reviewers, &token, &body).await;
    let v = version("/reviewers").await;
    let bad = format!("version={v}&email=nobody&name=Nobody&how=ask");
    let again = browser.post(&reviewers, Some(&token), &bad).await;
    assert_eq!(again.status(), Status::UnprocessableEntity);
    let body = format!("version={v}&email=new%40example.org&name=New+Person&lang=en&how=alternate");
    posted(&browser, &reviewers, &token, &body).await;
    let page = browser.page(&reviewers, Some(&token), Lang::En).await;
    assert!(page.contains("New Person"));
    let id = page.split(&format!("action=\"{base}/reviewers/")).nth(1).unwrap();
    let one = format!("{base}/reviewers/{}", id.split('/').next().unwrap());
    let v = field(&page, "version");
    let body = format!("version={v}&window=invitation&days=5&reason=travelling");
    posted(&browser, &format!("{one}/extension"), &token, &body).await;
    let v = version("/reviewers").await;
    posted(
        &browser,
        &format!("{one}/reminder"),
        &token,
        &format!("version={v}"),
    )
    .await;
    let v = version("/reviewers").await;
    posted(
        &browser,
        &format!("{one}/cancellation"),
        &token,
        &format!("version={v}"),
    )
    .await;
}

#[rocket::async_test]
async fn a_title_is_shown_in_the_readers_language_where_there_is_one() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let at = At::of(&town, "screening").await;
    let head = town.store.editor_head(&at.editor("editor").await).await.unwrap();
    // Whoever reads the other language reads its title.
    let lang = Lang::from_tag(head.title_other_lang).unwrap();
    assert!(
        !head.title_other.is_empty() && lang.tag() != head.title_lang,
        "{head:?}"
    );
    town.store
        .set_lang(&town.who("editor").await, lang)
        .await
        .unwrap();
    let token = town.token("editor").await;
    let number = &head.number;
    let link = format!("<a href=\"/office/manuscripts/{number}\">");
    for (path, before) in [
        (format!("/office/search?q={number}"), link.as_str()),
        (format!("/office/manuscripts/{number}"), "<h1>"),
    ] {
        let other = format!(
            "{before}<span lang=\"{}\">{}</span>",
            lang.tag(),
            head.title_other
        );
        let page = browser.page(&path, Some(&token), lang).await;
        assert!(page.contains(&other), "{other} in {page}");
    }
}

#[rocket::async_test]
async fn points_are_asked_for_where_a_letter_carries_them() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let path = format!("/office/manuscripts/{}/decision", town.number("screening-new"));
    let page = browser.page(&path, Some(&token), Lang::En).await;
    let own = page.split("only-with-points").nth(1).unwrap();
    assert!(own.contains("id=\"own\"") && own.contains("with any other decision nothing of this is sent"));
}

#[rocket::async_test]
async fn a_revision_goes_to_the_reviewers_again_or_is_judged() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let base = format!("/office/manuscripts/{}", town.number("re-review"));
    let page = browser
        .page(&format!("{base}/reviews"), Some(&token), Lang::En)
        .await;
    assert!(page.contains("Read both versions side by side"));
    for link in links(&page, &format!("{base}/files/")) {
        browser.page(&link, Some(&token), Lang::En).await;
    }
    let body = format!("version={}", field(&page, "version"));
    posted(&browser, &format!("{base}/reviews"), &token, &body).await;
}

#[rocket::async_test]
async fn an_accepted_manuscript_is_proofed_and_published() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    let base = format!("/office/manuscripts/{}", town.number("accepted"));
    let page = browser
        .page(&format!("{base}/decision"), Some(&token), Lang::En)
        .await;
    let body = format!("version={}", field(&page, "version"));
    posted(&browser, &format!("{base}/proof"), &token, &body).await;
    town.wait(24 * 12).await;
    let token = english(&town, "editor").await;
    let page = browser
        .page(&format!("{base}/publication"), Some(&token), Lang::En)
        .await;
    let body = format!("version={}&registrations_seen=yes", field(&page, "version"));
    posted(&browser, &format!("{base}/publication"), &token, &body).await;
}

#[rocket::async_test]
async fn an_editors_own_manuscript_is_in_no_list_count_or_search() {
    use bauta::demo::script::Act;
    use bauta::store::read::editor::{Filter, Place, Wanted};
    let town = Town::life().await;
    let players = town.players().await;
    let number = players.draft("editor", 3).await.unwrap();
    players.act("editor", &number, Act::Submit).await.unwrap();
    let mut counts = Vec::new();
    for key in ["chief", "editor"] {
        let proof = town.store.staff(&town.who(key).await).unwrap();
        let lists = town.store.office(&proof, &Filter::default()).await.unwrap();
        let wanted = Wanted {
            text: number.clone(),
            ..Wanted::default()
        };
        let found = town
            .store
            .office_search(&proof, &wanted, Place::Newest)
            .await
            .unwrap();
        assert_eq!(found.rows.len(), usize::from(key == "chief"), "{key}");
        let count: u64 = lists[0].count.parse().unwrap();
        counts.push((count, lists[0].rows.iter().any(|r| r.number == number)));
    }
    assert_eq!(counts[0].0, counts[1].0 + 1);
    assert_eq!((counts[0].1, counts[1].1), (true, false));
    let browser = town.browser().await;
    let token = english(&town, "editor").await;
    for tab in TABS {
        let path = format!("/office/manuscripts/{number}{tab}");
        let response = browser.get(&path, Some(&token), Lang::En).await;
        assert_eq!(response.status(), Status::NotFound, "{path}");
    }
}

#[rocket::async_test]
async fn lists_cost_the_same_whatever_is_in_them() {
    let town = Town::life().await;
    let who = town.who("chief").await;
    let proof = town.store.staff(&who).unwrap();
    use bauta::store::read::editor::{Cursor, Filter};
    let all = Filter::default();
    let none = Filter {
        stage: Some(bauta::domain::stage::Stage::Returned),
        ..all
    };
    let mut costs = Vec::new();
    for filter in [&all, &none] {
        let before = town.store.statements();
        let lists = town.store.office(&proof, filter).await.unwrap();
        let rows: usize = lists.iter().map(|l| l.rows.len()).sum();
        costs.push((town.store.statements() - before, rows > 10));
    }
    assert_eq!((costs[0].1, costs[1].1), (true, false));
    assert_eq!(costs[0].0, costs[1].0, "{costs:?}");
    for list in ["waiting", "overdue"] {
        let before = town.store.statements();
        town.store
            .office_list(&proof, list, &all, Cursor::First)
            .await
            .unwrap()
            .unwrap();
        costs.push((town.store.statements() - before, true));
    }
    assert_eq!(costs[2].0, costs[3].0, "{costs:?}");
}

#[test]
fn everything_that_happens_has_words() {
    use bauta::domain::event::EventKind as E;
    const EVENTS: [E; 51] = [
        E::RequestTakenBack,
        E::ConcernedAsked,
        E::DetailsChanged,
        E::BlindCopyFailed,
        E::Held,
        E::Resumed,
        E::RequestAsked,
        E::RequestGranted,
        E::RequestRefused,
        E::AuthorsAgreed,
        E::AuthorsChanged,
        E::CoauthorExcused,
        E::CoauthorsAsked,
        E::ReaffirmationAsked,
        E::ReviewEntered,
        E::HandlingLost,
        E::GuestAppointed,
        E::KinFound,
        E::Entered,
        E::NoticePublished,
        E::AuthorSearched,
        E::LetterMended,
        E::Submitted,
        E::Decided,
        E::DecisionUndone,
        E::DecisionReceived,
        E::DecisionVoid,
        E::WindowClosed,
        E::Reminded,
        E::Completed,
        E::Reaffirmed,
        E::Withdrawn,
        E::HandlingGiven,
        E::Invited,
        E::AlternateAdded,
        E::InvitationAccepted,
        E::InvitationDeclined,
        E::InvitationCancelled,
        E::ReviewerReleased,
        E::Extended,
        E::ReviewSent,
        E::ReviewAmended,
        E::RevisionReturned,
        E::ReviewedAgain,
        E::NamesShown,
        E::CoauthorConfirmed,
        E::TrialException,
        E::RegistrationSeen,
        E::ProofConfirmed,
        E::Published,
        E::BlindCopyFailed,
    ];
    for lang in Lang::ALL {
        let has = |key: String| {
            let found = words::lookup(lang, &key, &Default::default());
            assert!(found.is_some(), "{key} in {lang:?}");
        };
        for (kind, _) in ALL_KINDS {
            has(format!("office-letter-{kind}"));
        }
        for kind in EVENTS {
            let key = serde_json::to_value(kind).unwrap();
            has(format!("office-event-{}", key.as_str().unwrap()));
        }
        for kind in bauta::domain::decision::DecisionKind::ALL {
            for family in ["decision", "decision-hint", "will", "confirm-act"] {
                has(format!("office-{family}-{}", kind.key()));
            }
        }
        for kind in bauta::domain::window::WindowKind::ALL {
            has(format!("office-then-{}", kind.key()));
        }
    }
}

#[rocket::async_test]
async fn a_page_of_sixty_manuscripts_costs_what_a_page_of_five_does() {
    use bauta::demo::script::Act;
    let town = Town::empty().await;
    let players = town.players().await;
    let (browser, token) = (town.browser().await, town.token("chief").await);
    let mut costs = Vec::new();
    for (from, to) in [(0, 5), (5, 60)] {
        for n in from..to {
            let number = players.draft("author", n).await.unwrap();
            players.act("author", &number, Act::Submit).await.unwrap();
        }
        for path in ["/office", "/office/lists/give-notice"] {
            browser.page(path, Some(&token), Lang::En).await;
            let before = town.store.statements();
            let html = browser.page(path, Some(&token), Lang::En).await;
            costs.push((path, town.store.statements() - before));
            assert!(html.matches("data-row").count() >= 5, "{path}");
        }
    }
    assert_eq!(costs[0], costs[2]);
    assert_eq!(costs[1], costs[3]);
}
