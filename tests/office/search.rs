//! The search of the office: what it finds, for whom, at what price, and what it must never tell.

use bauta::actions::{draft, files, invite, search, strip};
use bauta::demo::cast;
use bauta::demo::script::Act;
use bauta::domain::manuscript::AuthorEntry;
use bauta::domain::person::Lang;
use bauta::domain::stage::Stage;
use bauta::store::access::AsStaff;
use bauta::store::read::editor::{Due, Filter, FoundPage, Handler, Place, Wanted};
use rocket::http::Status;

use crate::support::Town;

fn text(text: &str) -> Wanted {
    Wanted {
        text: text.to_owned(),
        ..Wanted::default()
    }
}

async fn staff(town: &Town, key: &str) -> AsStaff {
    town.store.staff(&town.who(key).await).unwrap()
}

async fn found(town: &Town, key: &str, wanted: &Wanted) -> Vec<String> {
    let proof = staff(town, key).await;
    let mut out = Vec::new();
    let mut place = Place::Newest;
    loop {
        let page = town.store.office_search(&proof, wanted, place).await.unwrap();
        out.extend(page.rows.into_iter().map(|row| row.number));
        match page.older {
            Some(seq) => place = Place::Older(seq),
            None => return out,
        }
    }
}

#[rocket::async_test]
async fn numbers_titles_and_abstracts_are_found_in_both_languages() {
    let town = Town::life().await;
    let number = town.number("screening");
    let bare = number.replace('-', "").to_lowercase();
    for part in [number.as_str(), &bare, &bare[1..6], &number[..4]] {
        assert!(
            found(&town, "chief", &text(part)).await.contains(&number),
            "{part}"
        );
    }
    let all = found(&town, "chief", &Wanted::default()).await;
    assert!(all.len() > 15, "{}", all.len());
    assert!(
        !all.contains(&town.number("draft")),
        "a draft does not exist for the office"
    );
    // The abstract of every paper says so, in Chinese by any part, in English by the beginnings of words.
    for everywhere in ["随机分组", "机分", "followed weeks", "random twelve", "ALLOCATED"] {
        assert_eq!(
            found(&town, "chief", &text(everywhere)).await.len(),
            all.len(),
            "{everywhere}"
        );
    }
    let titled = found(&town, "chief", &text("高血压")).await;
    assert!(!titled.is_empty() && titled.len() < all.len(), "{titled:?}");
    for nothing in [
        "随组",
        "llocated",
        "高血压 zebra",
        "???",
        "闻人慕白",
        "华韵秋",
        "Solvang",
    ] {
        assert_eq!(
            found(&town, "chief", &text(nothing)).await,
            Vec::<String>::new(),
            "{nothing}"
        );
    }
}

#[rocket::async_test]
async fn stage_editor_window_and_reviewer_narrow_it() {
    let town = Town::life().await;
    let by_stage = Wanted {
        stage: Some(Stage::Declined),
        ..Wanted::default()
    };
    assert!(
        found(&town, "chief", &by_stage)
            .await
            .contains(&town.number("declined"))
    );
    let proof = staff(&town, "chief").await;
    let editors = town.store.deciding_editors(&proof).await.unwrap();
    let gu = editors.iter().find(|e| e.name.en == "Gu Huaiyuan").unwrap().id;
    let all = found(&town, "chief", &Wanted::default()).await;
    let mut handled = Vec::new();
    for handler in [Handler::Account(gu), Handler::Nobody] {
        handled.push(
            found(
                &town,
                "chief",
                &Wanted {
                    handler,
                    ..Wanted::default()
                },
            )
            .await,
        );
    }
    assert!(!handled[0].is_empty() && !handled[1].is_empty());
    assert!(handled[0].iter().all(|n| !handled[1].contains(n)));
    assert!(handled[0].len() + handled[1].len() <= all.len());
    let week = found(
        &town,
        "chief",
        &Wanted {
            due: Due::Week,
            ..Wanted::default()
        },
    )
    .await;
    let month = found(
        &town,
        "chief",
        &Wanted {
            due: Due::Month,
            ..Wanted::default()
        },
    )
    .await;
    assert!(!week.is_empty() && week.len() < month.len() && week.iter().all(|n| month.contains(n)));
    let overdue = Wanted {
        due: Due::Overdue,
        ..Wanted::default()
    };
    let lists = town.store.office(&proof, &Filter::default()).await.unwrap();
    let list = lists.iter().find(|l| l.key == "overdue").unwrap();
    let overdue = found(&town, "chief", &overdue).await;
    assert!(list.rows.iter().all(|row| overdue.contains(&row.number)));
    let reviewer = cast::member("reviewer");
    for name in [
        reviewer.profile.latin_name.clone(),
        reviewer.profile.native_name.clone(),
        reviewer.email.to_string(),
    ] {
        let by = Wanted {
            reviewer: name.clone(),
            ..Wanted::default()
        };
        let found = found(&town, "chief", &by).await;
        assert!(
            found.contains(&town.number("lapsed")) && found.len() < all.len(),
            "{name}: {found:?}"
        );
    }
}

#[rocket::async_test]
async fn who_was_asked_by_address_is_found_before_answering() {
    let town = Town::life().await;
    let number = town.number("finding-reviewers");
    let proof = town
        .store
        .editor(&town.who("chief").await, &number)
        .await
        .unwrap();
    let mut asked = vec![("Nadja Winterfeld", "nadja@asked.example".to_owned())];
    // An author who is asked had an account before, and is found by its address alone.
    let author = cast::member("author5");
    asked.push(("", author.email.to_string()));
    for (name, email) in &asked {
        let whom = invite::Whom::Address {
            email: email.clone(),
            name: (*name).to_owned(),
            lang: Lang::En,
        };
        let version = town.store.editor_head(&proof).await.unwrap().version;
        let asking = invite::Asking {
            override_reason: "known to be independent".into(),
            ..Default::default()
        };
        invite::invite(&town.store, &proof, version, whom, asking)
            .await
            .unwrap();
    }
    for said in ["nadja winter", "nadja@asked.example", asked[1].1.as_str()] {
        let by = Wanted {
            reviewer: said.to_owned(),
            ..Wanted::default()
        };
        assert_eq!(
            found(&town, "chief", &by).await,
            std::slice::from_ref(&number),
            "{said}"
        );
    }
    let people = town
        .store
        .people(&town.store.administrator(&town.who("chief").await).unwrap())
        .await
        .unwrap();
    assert!(
        people.iter().all(|p| p.email.as_str() != "nadja@asked.example"),
        "who has no role is nobody of the office"
    );
}

/// Puts a manuscript of `author` into screening, with `typed` among its authors.
async fn submitted(town: &Town, author: &str, typed: Option<&str>) -> String {
    let players = town.players().await;
    let number = players.draft(author, 4).await.unwrap();
    if let Some(key) = typed {
        let member = cast::member(key);
        let proof = town.store.author(&town.who(author).await, &number).await.unwrap();
        let entry = AuthorEntry {
            latin_name: member.profile.latin_name.clone(),
            affiliations: "Somewhere".into(),
            email: member.email.to_string(),
            ..AuthorEntry::default()
        };
        draft::save(&town.store, &proof, move |s| s.authors.push(entry.clone()))
            .await
            .unwrap();
        // The blind copy is made again with the new name.
        while strip::next(&town.store, &town.worker.limits, town.store.clock.now())
            .await
            .unwrap()
        {}
        let draft = town.store.author_draft(&proof).await.unwrap().unwrap();
        for file in draft.files {
            for key in town.store.open_findings(&proof, file.facts.id).await.unwrap() {
                files::settle_finding(&town.store, &proof, file.facts.id, &key, true)
                    .await
                    .unwrap();
            }
        }
    }
    players.act(author, &number, Act::Submit).await.unwrap();
    number
}

/// Every way of searching, as the canary's song.
fn ways(town_number: &str) -> Vec<Wanted> {
    vec![
        Wanted::default(),
        text(town_number),
        text("糖尿病足"),
        text("diabetic foot"),
        Wanted {
            stage: Some(Stage::Screening),
            ..Wanted::default()
        },
        Wanted {
            handler: Handler::Nobody,
            ..Wanted::default()
        },
        Wanted {
            due: Due::Month,
            ..Wanted::default()
        },
        Wanted {
            reviewer: cast::member("reviewer").profile.latin_name,
            ..Wanted::default()
        },
    ]
}

#[rocket::async_test]
async fn whoever_has_a_part_in_it_finds_nothing_and_counts_nothing() {
    let town = Town::life().await;
    // An editor who is its author, and one who was only typed in as one.
    let own = submitted(&town, "editor", None).await;
    let typed = submitted(&town, "author", Some("editor2")).await;
    for (key, number) in [("editor", &own), ("editor2", &typed)] {
        let author = cast::member(if key == "editor" { "editor" } else { "author" });
        for wanted in ways(number) {
            let theirs = found(&town, key, &wanted).await;
            assert!(!theirs.contains(number), "{key} {wanted:?}");
            let mut chiefs = found(&town, "chief", &wanted).await;
            let hidden = if key == "editor" { &own } else { &typed };
            chiefs.retain(|n| n != hidden);
            assert_eq!(
                theirs, chiefs,
                "{key} {wanted:?}: the rest is the same, in the same order"
            );
        }
        let proof = staff(&town, key).await;
        for name in [author.profile.latin_name.clone(), author.email.to_string()] {
            let rows = search::by_author(&town.store, &proof, &name, "").await.unwrap();
            assert!(rows.iter().all(|row| row.number != *number), "{key} {name}");
        }
        let lists = town.store.office(&proof, &Filter::default()).await.unwrap();
        assert!(lists.iter().all(|l| l.rows.iter().all(|r| r.number != *number)));
    }
}

#[rocket::async_test]
async fn a_full_page_stays_full_where_something_is_hidden() {
    let town = Town::life().await;
    let own = submitted(&town, "editor", None).await;
    let proof = staff(&town, "editor").await;
    let page: FoundPage = town
        .store
        .office_search(&proof, &text("随机分组"), Place::Newest)
        .await
        .unwrap();
    let all = found(&town, "editor", &text("随机分组")).await;
    assert!(!all.contains(&own));
    assert_eq!(page.rows.len(), all.len().min(25));
}

#[rocket::async_test]
async fn pages_follow_one_another_both_ways() {
    let town = Town::life().await;
    for _ in 0..6 {
        submitted(&town, "author", None).await;
    }
    let proof = staff(&town, "chief").await;
    let wanted = text("随机分组");
    let first = town
        .store
        .office_search(&proof, &wanted, Place::Newest)
        .await
        .unwrap();
    assert_eq!(first.rows.len(), 25);
    let second = town
        .store
        .office_search(&proof, &wanted, Place::Older(first.older.unwrap()))
        .await
        .unwrap();
    assert!(!second.rows.is_empty() && second.older.is_none());
    let back = town
        .store
        .office_search(&proof, &wanted, Place::Newer(second.newer.unwrap()))
        .await
        .unwrap();
    let numbers = |page: &FoundPage| page.rows.iter().map(|r| r.number.clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&first), numbers(&back));
    assert!(back.newer.is_none());
}

#[rocket::async_test]
async fn a_search_costs_the_same_whatever_it_finds() {
    let town = Town::life().await;
    let proof = staff(&town, "chief").await;
    for group in [
        vec![text("随机分组"), text("高血压"), text("zebra"), Wanted::default()],
        vec![
            Wanted {
                reviewer: cast::member("reviewer").profile.latin_name,
                ..Wanted::default()
            },
            Wanted {
                reviewer: "Nobody Whatever".into(),
                ..Wanted::default()
            },
        ],
    ] {
        let mut costs = Vec::new();
        // People who were never opened since the start are opened once.
        town.store
            .office_search(&proof, &group[0], Place::Newest)
            .await
            .unwrap();
        for wanted in &group {
            let before = town.store.statements();
            town.store
                .office_search(&proof, wanted, Place::Newest)
                .await
                .unwrap();
            costs.push(town.store.statements() - before);
        }
        assert!(costs.iter().all(|c| *c == costs[0] && *c < 25), "{costs:?}");
    }
}

#[rocket::async_test]
async fn an_author_is_found_by_exact_name_or_address_and_that_is_recorded() {
    let town = Town::life().await;
    let author = cast::member("author");
    let number = town.number("published");
    let proof = staff(&town, "editor2").await;
    for name in ["华韵秋", "Hua Yunqiu", "yunqiu HUA", author.email.as_str()] {
        let rows = search::by_author(&town.store, &proof, name, "").await.unwrap();
        assert!(rows.iter().any(|row| row.number == number), "{name}");
    }
    for nobody in ["华韵", "Hua", "Yunqiu", "x@example.org", " - "] {
        let rows = search::by_author(&town.store, &proof, nobody, "").await.unwrap();
        assert!(rows.is_empty(), "{nobody}");
    }
    let browser = town.browser().await;
    town.store
        .set_lang(&town.who("editor2").await, Lang::En)
        .await
        .unwrap();
    let token = town.token("editor2").await;
    let response = browser
        .post("/office/search/author", Some(&token), "author=Hua+Yunqiu")
        .await;
    assert_eq!(response.status(), Status::Ok);
    let page = response.into_string().await.unwrap();
    assert!(page.contains(&number) && page.contains("recorded"));
    assert!(!page.contains("华韵秋"), "the other spelling is not told");
    let history = format!("/office/manuscripts/{number}/history");
    let history = browser.page(&history, Some(&token), Lang::En).await;
    assert_eq!(history.matches("Found by an author").count(), 5);
    // Whoever knows the author cannot be asked to review it any more.
    let screening = town.number("screening");
    let owner = town.life.numbers.iter().find(|(_, n)| **n == screening).unwrap();
    assert_eq!(owner.0, "screening");
    assert!(town.store.verify().await.unwrap().broken.is_empty());
}

#[rocket::async_test]
async fn no_two_manuscripts_of_one_author_have_a_tag_in_common() {
    use sea_orm::ConnectionTrait;
    let town = Town::life().await;
    if std::env::var("BAUTA_TEST_POSTGRES").is_ok_and(|url| !url.is_empty()) {
        return;
    }
    for _ in 0..3 {
        submitted(&town, "author", None).await;
    }
    let proof = staff(&town, "chief").await;
    let rows = search::by_author(&town.store, &proof, "华韵秋", "")
        .await
        .unwrap();
    assert!(rows.len() > 5, "{}", rows.len());
    town.store.close().await;
    let url = format!("sqlite://{}", town.folder.join("bauta.sqlite").display());
    let conn = sea_orm::Database::connect(url).await.unwrap();
    for table in ["author_tag WHERE 1", "mark WHERE slot_tag IS NOT NULL"] {
        let column = if table.starts_with("mark") {
            "slot_tag"
        } else {
            "tag"
        };
        let sql = format!("SELECT count(*) AS n, count(DISTINCT {column}) AS d FROM {table}");
        let row = conn
            .query_one_raw(sea_orm::Statement::from_string(
                sea_orm::DatabaseBackend::Sqlite,
                sql,
            ))
            .await
            .unwrap()
            .unwrap();
        let (n, d): (i64, i64) = (row.try_get("", "n").unwrap(), row.try_get("", "d").unwrap());
        assert!(n > 20 && n == d, "{table}: {n} rows, {d} tags");
    }
}

#[rocket::async_test]
async fn what_an_older_version_left_is_found_after_the_first_pass() {
    use sea_orm::ConnectionTrait;
    let town = Town::life().await;
    if std::env::var("BAUTA_TEST_POSTGRES").is_ok_and(|url| !url.is_empty()) {
        return;
    }
    let before = found(&town, "chief", &text("随机分组")).await.len();
    let url = format!("sqlite://{}", town.folder.join("bauta.sqlite").display());
    let conn = sea_orm::Database::connect(url).await.unwrap();
    for sql in [
        "DELETE FROM search_words WHERE rowid IN (SELECT seq FROM searchable)",
        "DELETE FROM searchable",
        "DELETE FROM author_tag",
        "UPDATE mark SET slot_tag = NULL",
    ] {
        conn.execute_unprepared(sql).await.unwrap();
    }
    conn.close().await.unwrap();
    assert_eq!(found(&town, "chief", &text("随机分组")).await.len(), 0);
    town.worker.pass().await.unwrap();
    assert_eq!(found(&town, "chief", &text("随机分组")).await.len(), before);
    let proof = staff(&town, "chief").await;
    assert!(
        !search::by_author(&town.store, &proof, "华韵秋", "")
            .await
            .unwrap()
            .is_empty()
    );
}
