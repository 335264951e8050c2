//! What the office sets: who may, what holds, since when, and that nothing that runs is moved.

use bauta::domain::figures::{FIGURES, read, shown};
use bauta::domain::person::Lang;
use bauta::domain::rules::Rules;
use bauta::letters::{ALL_KINDS, variables};
use bauta::store::settings::Subject;
use bauta::words;
use rocket::http::Status;

use crate::support::Town;

/// The chief, signed in, reading English.
async fn chief(town: &Town) -> String {
    town.store
        .set_lang(&town.who("chief").await, Lang::En)
        .await
        .unwrap();
    town.token("chief").await
}

fn field(page: &str, name: &str) -> String {
    let start = page
        .find(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no field {name}"));
    let rest = &page[start + name.len() + 15..];
    rest[..rest.find('"').unwrap()].to_owned()
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                (b as char).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

const PAGES: [&str; 12] = [
    "/admin/settings",
    "/admin/calendar",
    "/admin/journal",
    "/admin/journal/lists/types",
    "/admin/journal/lists/criteria",
    "/admin/journal/lists/papers",
    "/admin/journal/texts/notice/zh-CN",
    "/admin/journal/texts/authors/en",
    "/admin/letters",
    "/admin/letters/revision-asked/zh-CN",
    "/admin/letters/sign-in-link/en",
    "/admin/searches",
];

#[rocket::async_test]
async fn the_pages_are_for_the_chief_alone_in_both_languages() {
    let town = Town::life().await;
    let browser = town.browser().await;
    for path in PAGES {
        for key in ["editor", "assistant", "admin", "author", "reviewer"] {
            let token = town.token(key).await;
            assert_eq!(
                browser.get(path, Some(&token), Lang::En).await.status(),
                Status::NotFound,
                "{key} {path}"
            );
            assert_eq!(
                browser.post(path, Some(&token), "version=0").await.status(),
                Status::NotFound,
                "{key} {path}"
            );
        }
    }
    for lang in Lang::ALL {
        town.store.set_lang(&town.who("chief").await, lang).await.unwrap();
        let token = town.token("chief").await;
        for path in PAGES {
            let page = browser.page(path, Some(&token), lang).await;
            assert!(
                page.contains("aria-current") || page.contains("class=\"back\""),
                "{path}"
            );
        }
    }
}

#[rocket::async_test]
async fn a_change_holds_at_once_and_moves_nothing_that_runs() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = chief(&town).await;
    let number = town.number("screening");
    let place = format!("/office/manuscripts/{number}");
    let clock = |page: &str| {
        page.split("clock-until")
            .nth(1)
            .unwrap()
            .split('<')
            .next()
            .unwrap()
            .to_owned()
    };
    let before = clock(&browser.page(&place, Some(&token), Lang::En).await);
    let page = browser.page("/admin/settings", Some(&token), Lang::En).await;
    let version = field(&page, "version");
    // Out of range: everything is refused, what was typed is there.
    let bad = format!("version={version}&figure%5Breview-days%5D=0&figure%5Bscreening-months%5D=3");
    let again = browser.post("/admin/settings", Some(&token), &bad).await;
    assert_eq!(again.status(), Status::UnprocessableEntity);
    let again = again.into_string().await.unwrap();
    assert!(again.contains("href=\"#review-days\"") && again.contains("max=\"6\" value=\"3\""));
    assert_eq!(*town.store.rules(), Rules::default());
    let good = format!(
        "version={version}&figure%5Breview-days%5D=28&figure%5Bscreening-months%5D=3&figure%5Btell-outcome%5D=no"
    );
    let saved = browser.post("/admin/settings", Some(&token), &good).await;
    assert_eq!(saved.status(), Status::SeeOther);
    let rules = town.store.rules();
    assert_eq!(
        (rules.review_days, rules.screening_months, rules.tell_outcome),
        (28, 3, false)
    );
    let page = browser.page("/admin/settings", Some(&token), Lang::En).await;
    assert!(
        page.contains("21 → 28") && page.contains("Shen Ruolan"),
        "who changed what"
    );
    // The window that was running runs as before; the public pages say the new figure.
    assert_eq!(clock(&browser.page(&place, Some(&token), Lang::En).await), before);
    let guide = browser.page("/guides/authors", None, Lang::En).await;
    assert!(guide.contains("notice within 3 months"));
    // A page that is a week old does not undo it.
    let stale = format!("version={version}&figure%5Breview-days%5D=14");
    let stale = browser.post("/admin/settings", Some(&token), &stale).await;
    assert_eq!(stale.status(), Status::UnprocessableEntity);
    assert_eq!(town.store.rules().review_days, 28);
}

#[rocket::async_test]
async fn another_process_picks_it_up_and_a_start_remembers_it() {
    let town = Town::empty().await;
    let players = town.players().await;
    drop(players);
    let other = town.again().await;
    let proof = town.store.chief(&town.who("chief").await).unwrap();
    let rules = Rules {
        review_days: 30,
        ..Rules::default()
    };
    assert!(town.store.set_rules(&proof, 0, &rules).await.unwrap());
    assert_eq!(other.rules().review_days, 21);
    other.refresh_settings().await.unwrap();
    assert_eq!(other.rules().review_days, 30);
    assert_eq!(town.again().await.rules().review_days, 30);
    // Whoever is no longer the chief sets nothing, whatever proof is still at hand.
    let admin = town.store.administrator(&town.who("admin").await).unwrap();
    let people = town.store.people(&admin).await.unwrap();
    let shen = people.iter().find(|p| p.email == *proof.who().email()).unwrap();
    town.store
        .set_roles(&admin, shen.id, Default::default())
        .await
        .unwrap();
    assert!(town.store.set_rules(&proof, 1, &Rules::default()).await.is_err());
}

#[rocket::async_test]
async fn the_calendar_is_added_to_pasted_and_taken_from() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = chief(&town).await;
    let post = async |body: String| {
        let response = browser.post("/admin/calendar", Some(&token), &body).await;
        (
            response.status(),
            response.into_string().await.unwrap_or_default(),
        )
    };
    let version = async || {
        field(
            &browser.page("/admin/calendar", Some(&token), Lang::En).await,
            "version",
        )
    };
    let v = version().await;
    let (status, _) = post(format!(
        "version={v}&act=add-holidays&days={}",
        encode("2026-11-27~2026-12-04")
    ))
    .await;
    assert_eq!(status, Status::SeeOther);
    assert_eq!(town.store.rules().holidays.len(), 8);
    // A week from Saturday 21 November falls into it, and ends on the next working day.
    let page = browser.page("/admin/calendar", Some(&token), Lang::En).await;
    assert!(
        page.contains("7 December 2026") && page.contains("instead of 28 November 2026"),
        "the example"
    );
    let v = version().await;
    let (status, page) = post(format!("version={v}&act=add-worked&days=2026-11-25")).await;
    assert_eq!(status, Status::UnprocessableEntity);
    assert!(page.contains("neither a Saturday nor a Sunday"));
    let v = version().await;
    let (status, _) = post(format!("version={v}&act=holidays+2026-12-04")).await;
    assert_eq!((status, town.store.rules().holidays.len()), (Status::SeeOther, 7));
    let v = version().await;
    let (status, page) = post(format!(
        "version={v}&act=replace&holidays={}&worked=",
        encode("2026-10-01\nsoon")
    ))
    .await;
    assert_eq!(status, Status::UnprocessableEntity);
    assert!(page.contains("Line 2") && page.contains("2026-10-01\nsoon"));
    let v = version().await;
    let (status, _) = post(format!(
        "version={v}&act=replace&holidays={}&worked=2026-12-05",
        encode("2026年10月1日")
    ))
    .await;
    assert_eq!(status, Status::SeeOther);
    assert_eq!(
        (town.store.rules().holidays.len(), town.store.rules().worked.len()),
        (1, 1)
    );
}

#[rocket::async_test]
async fn the_journals_texts_are_shown_safely_and_can_be_reset() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = chief(&town).await;
    let path = "/admin/journal/texts/authors/en";
    let page = browser.page(path, Some(&token), Lang::En).await;
    assert!(
        page.contains("## An anonymous manuscript"),
        "the default is there to be edited"
    );
    let text = encode(
        "## Our own guide\n\nIn {review-days} days. <script>x</script> ![p](https://evil.example/p.png)",
    );
    let preview = browser
        .post(path, Some(&token), &format!("version=0&act=preview&text={text}"))
        .await;
    assert_eq!(preview.status(), Status::Ok);
    assert!(
        preview
            .into_string()
            .await
            .unwrap()
            .contains("<h2>Our own guide</h2>")
    );
    assert!(
        !browser
            .page("/guides/authors", None, Lang::En)
            .await
            .contains("Our own guide")
    );
    let unknown = browser
        .post(
            path,
            Some(&token),
            &format!("version=0&act=save&text={}", encode("{nonsense}")),
        )
        .await;
    assert_eq!(unknown.status(), Status::UnprocessableEntity);
    let saved = browser
        .post(path, Some(&token), &format!("version=0&act=save&text={text}"))
        .await;
    assert_eq!(saved.status(), Status::SeeOther);
    let guide = browser.page("/guides/authors", None, Lang::En).await;
    assert!(guide.contains("Our own guide") && guide.contains("In 21 days."));
    assert!(!guide.contains("<script>x") && !guide.contains("evil.example"));
    assert!(
        !browser
            .page("/guides/authors", None, Lang::Zh)
            .await
            .contains("Our own guide")
    );
    let version = field(&browser.page(path, Some(&token), Lang::En).await, "version");
    let reset = browser
        .post(path, Some(&token), &format!("version={version}&act=reset&text="))
        .await;
    assert_eq!(reset.status(), Status::SeeOther);
    assert!(
        browser
            .page("/guides/authors", None, Lang::En)
            .await
            .contains("An anonymous manuscript")
    );
    // Every text has a default in both languages that shows as it reads.
    for which in bauta::domain::journal::TEXTS {
        for lang in ["zh-CN", "en"] {
            let page = browser
                .page(
                    &format!("/admin/journal/texts/{which}/{lang}"),
                    Some(&token),
                    Lang::En,
                )
                .await;
            assert!(
                page.split("prose").nth(1).unwrap().matches("<p>").count() > 1,
                "{which} {lang}"
            );
        }
    }
}

#[rocket::async_test]
async fn the_journals_name_is_used_everywhere() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = chief(&town).await;
    let body = format!(
        "version=0&name_zh={}&name_en=Annals+of+Masks&issn=03785955&eissn=",
        encode("面具学报")
    );
    let wrong = body.replace("03785955", "03785954");
    assert_eq!(
        browser
            .post("/admin/journal", Some(&token), &wrong)
            .await
            .status(),
        Status::UnprocessableEntity
    );
    assert_eq!(
        browser.post("/admin/journal", Some(&token), &body).await.status(),
        Status::SeeOther
    );
    for path in ["/", "/imprint", "/sign-in"] {
        assert!(
            browser
                .page(path, None, Lang::En)
                .await
                .contains("Annals of Masks"),
            "{path}"
        );
        assert!(
            browser.page(path, None, Lang::Zh).await.contains("面具学报"),
            "{path}"
        );
    }
    assert!(
        browser
            .page("/imprint", None, Lang::En)
            .await
            .contains("0378-5955")
    );
    assert_eq!(town.store.journal().name_en, "Annals of Masks");
}

#[test]
fn everything_that_can_be_set_has_words() {
    for lang in Lang::ALL {
        let has = |key: String| {
            assert!(
                words::lookup(lang, &key, &Default::default()).is_some(),
                "{key} in {lang:?}"
            )
        };
        for figure in FIGURES {
            has(format!("set-figure-{}", figure.key));
            has(format!("set-group-{}", figure.group));
        }
        for (kind, _) in ALL_KINDS {
            for name in variables(kind, "2026-12-21".parse().unwrap()) {
                has(format!("set-var-{name}"));
            }
        }
    }
}

#[rocket::async_test]
async fn what_is_set_is_checked_by_the_same_table_that_the_page_shows() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = chief(&town).await;
    let page = browser.page("/admin/settings", Some(&token), Lang::En).await;
    for figure in FIGURES {
        assert!(
            page.contains(&format!("figure[{}]", figure.key)),
            "{}",
            figure.key
        );
        assert!(!shown(&Rules::default(), figure.key).is_empty());
    }
    assert!(read(&Rules::default(), &Default::default()).is_ok());
    assert_eq!(town.store.setting_version(&Subject::Rules), 0);
}

/// A form of a list: `(key, Chinese, English, offered)`.
fn list_form(version: &str, entries: &[(&str, &str, &str, bool)]) -> String {
    let mut body = format!("version={version}&act=save");
    for (i, (key, zh, en, offered)) in entries.iter().enumerate() {
        body += &format!(
            "&entries%5B{i}%5D.key={key}&entries%5B{i}%5D.zh={}&entries%5B{i}%5D.en={}",
            encode(zh),
            encode(en)
        );
        if *offered {
            body += &format!("&entries%5B{i}%5D.offered=true");
        }
    }
    body
}

#[rocket::async_test]
async fn a_list_that_changes_leaves_what_exists_as_it_was() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = chief(&town).await;
    let number = town.number("published");
    let article = format!("/articles/{number}");
    assert!(
        browser
            .page(&article, None, Lang::En)
            .await
            .contains("Original article")
    );
    // Original articles are offered no more, guidelines are new.
    let path = "/admin/journal/lists/types";
    let form = list_form(
        "0",
        &[
            ("original", "论著", "Original article", false),
            ("review", "综述", "Review article", true),
            ("", "指南", "Guideline", true),
        ],
    );
    assert_eq!(
        browser.post(path, Some(&token), &form).await.status(),
        Status::SeeOther
    );
    assert!(
        browser
            .page(&article, None, Lang::En)
            .await
            .contains("Original article")
    );
    let players = town.players().await;
    let draft = players.draft("author2", 1).await.unwrap();
    town.store
        .set_lang(&town.who("author2").await, Lang::En)
        .await
        .unwrap();
    let author = town.token("author2").await;
    let step = format!("/author/manuscripts/{draft}/submission/type");
    let page = browser.page(&step, Some(&author), Lang::En).await;
    assert!(
        page.contains("Guideline") && page.contains("value=\"original\" checked"),
        "a choice that was made stays"
    );
    let fresh = browser.post("/author/manuscripts", Some(&author), "").await;
    let fresh = fresh
        .headers()
        .get_one("Location")
        .unwrap()
        .split('/')
        .nth(3)
        .unwrap()
        .to_owned();
    let page = browser
        .page(
            &format!("/author/manuscripts/{fresh}/submission/type"),
            Some(&author),
            Lang::En,
        )
        .await;
    assert!(
        page.contains("Guideline") && !page.contains("value=\"original\""),
        "and is not offered anew"
    );
    // A declaration of the journal's own must be ticked, and is named where it is missing.
    let path = "/admin/journal/lists/declarations";
    let form = list_form("0", &[("", "数据已归档。", "The data are archived.", true)]);
    assert_eq!(
        browser.post(path, Some(&token), &form).await.status(),
        Status::SeeOther
    );
    let check = browser
        .page(
            &format!("/author/manuscripts/{draft}/submission/check"),
            Some(&author),
            Lang::En,
        )
        .await;
    assert!(check.contains("Please declare: The data are archived."));
    let body = "act=save&declared=the-data-are-archived";
    let place = format!("/author/manuscripts/{draft}/submission/declarations");
    let saved = browser.post(&place, Some(&author), body).await;
    assert_eq!(saved.status(), Status::SeeOther);
    let check = browser
        .page(
            &format!("/author/manuscripts/{draft}/submission/check"),
            Some(&author),
            Lang::En,
        )
        .await;
    assert!(!check.contains("Please declare"));
    // Nothing offered is refused, and what was typed is there.
    let path = "/admin/journal/lists/sections";
    let none = list_form(
        "0",
        &[
            ("clinical", "临床", "Kept words", false),
            ("basic", "a", "b", false),
            ("public-health", "a", "b", false),
            ("humanities", "a", "b", false),
        ],
    );
    let again = browser.post(path, Some(&token), &none).await;
    assert_eq!(again.status(), Status::UnprocessableEntity);
    assert!(
        again
            .into_string()
            .await
            .unwrap()
            .contains("value=\"Kept words\"")
    );
}

#[rocket::async_test]
async fn reviews_keep_the_criteria_that_they_had() {
    use bauta::demo::cast;
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = chief(&town).await;
    let path = "/admin/journal/lists/criteria";
    let form = list_form(
        "0",
        &[
            ("originality", "创新性", "Originality", false),
            ("", "统计", "Statistics", true),
            ("method", "方法", "Method", true),
        ],
    );
    assert_eq!(
        browser.post(path, Some(&token), &form).await.status(),
        Status::SeeOther
    );
    // Sent reviews: the editor and the reviewer see what was scored.
    let reviews = format!("/office/manuscripts/{}/reviews", town.number("reviews-in"));
    let page = browser.page(&reviews, Some(&token), Lang::En).await;
    assert!(page.contains("<dt>Originality</dt>") && !page.contains("<dt>Statistics</dt>"));
    // The form of a reviewer who is reading asks for the new ones.
    let number = town.number("reading");
    let mut seen = 0;
    for member in cast::people().iter().filter(|m| m.key.starts_with("reviewer")) {
        town.store
            .set_lang(&town.who(member.key).await, Lang::En)
            .await
            .unwrap();
        let reviewer = town.token(member.key).await;
        let desk = format!("/reviews/{number}");
        let response = browser.get(&desk, Some(&reviewer), Lang::En).await;
        if response.status() != Status::Ok {
            continue;
        }
        let page = response.into_string().await.unwrap();
        if !page.contains("name=\"verdict\"") {
            continue;
        }
        assert!(
            page.contains("score[statistics]")
                && page.contains("score[method]")
                && !page.contains("score[originality]")
        );
        let short = "act=send&verdict=acceptable&assessment=good&score%5Bmethod%5D=4";
        let place = format!("{desk}/review");
        let refused = browser.post(&place, Some(&reviewer), short).await;
        assert_eq!(refused.status(), Status::UnprocessableEntity);
        let whole = format!("{short}&score%5Bstatistics%5D=2");
        let place = format!("{desk}/review");
        let sent = browser.post(&place, Some(&reviewer), &whole).await;
        assert_eq!(sent.status(), Status::SeeOther);
        seen += 1;
    }
    assert!(seen > 0);
}
