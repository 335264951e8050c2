//! The public site: every page in both languages, for everybody.

use bauta::domain::person::Lang;
use rocket::http::Status;

use crate::support::Town;

#[rocket::async_test]
async fn every_public_page_is_there_in_both_languages() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let article = format!("/articles/{}", town.number("published"));
    for path in [
        "/",
        "/articles",
        "/articles?after=1-AAAA-AAAA",
        "/articles?q=zzzz",
        "/guides/authors",
        "/guides/reviewers",
        "/guides/stages",
        "/privacy",
        "/imprint",
        "/help/anonymous",
        "/help/review",
        "/help/revise",
        "/help/stages",
        &article,
    ] {
        for lang in Lang::ALL {
            let page = browser.page(path, None, lang).await;
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
        }
    }
}

#[rocket::async_test]
async fn an_article_is_found_by_title_author_and_trial_and_has_its_tags() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let number = town.number("published");
    let path = format!("/articles/{number}");
    let page = browser.page(&path, None, Lang::En).await;
    for tag in [
        "citation_title",
        "citation_author",
        "citation_publication_date",
        "citation_journal_title",
    ] {
        assert!(page.contains(&format!("<meta name=\"{tag}\"")), "{tag}");
    }
    assert!(page.contains("grant") || page.contains("基金"));
    let article = town.store.article(&number).await.unwrap().unwrap();
    let author = &article.authors[0];
    let mut words = vec![
        article.title[0].clone(),
        article.title[1].to_uppercase(),
        author.latin_name.clone(),
    ];
    words.extend(article.trials.iter().map(|t| t.number.to_lowercase()));
    for word in words {
        let found = town.store.search_articles(&word).await.unwrap();
        assert!(found.articles.iter().any(|a| a.number == number), "{word}");
    }
    for nothing in ["native_name", "%", "\"", "目的"] {
        let found = town.store.search_articles(nothing).await.unwrap();
        assert!(found.articles.is_empty(), "{nothing}");
    }
}

#[rocket::async_test]
async fn what_is_not_published_is_not_there() {
    let town = Town::life().await;
    let browser = town.browser().await;
    for plot in ["accepted", "proof", "declined", "asked", "draft"] {
        let path = format!("/articles/{}", town.number(plot));
        assert_eq!(
            browser.get(&path, None, Lang::En).await.status(),
            Status::NotFound,
            "{plot}"
        );
    }
    assert_eq!(
        browser.get("/guides/nothing", None, Lang::En).await.status(),
        Status::NotFound
    );
}

/// The text of every element of a name in an XML document, which must be well-formed.
fn elements(xml: &str, name: &str) -> Vec<String> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut out, mut within, mut depth) = (Vec::new(), None::<String>, 0i32);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) => {
                depth += 1;
                if tag.name().as_ref() == name {
                    within = Some(String::new());
                }
            }
            Event::End(tag) => {
                depth -= 1;
                if tag.name().as_ref() == name {
                    out.extend(within.take());
                }
            }
            Event::Text(text) => {
                if let Some(within) = &mut within {
                    within.push_str(&text);
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(within) = &mut within {
                    within.push_str(&format!("&{};", &*entity));
                }
            }
            _ => {}
        }
    }
    assert_eq!(depth, 0, "every element ends");
    out
}

#[rocket::async_test]
async fn feed_and_sitemap_are_well_formed_and_name_only_what_is_published() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let published = [town.number("published"), town.number("published-english")];
    let hidden: Vec<&String> = town
        .life
        .numbers
        .values()
        .filter(|n| !published.contains(n))
        .collect();
    assert!(hidden.len() > 15);
    for (path, kind, name) in [
        ("/feed.atom", "application/atom+xml", "id"),
        ("/sitemap.xml", "text/xml", "loc"),
    ] {
        let response = browser.get(path, None, Lang::En).await;
        assert!(
            response.content_type().unwrap().to_string().starts_with(kind),
            "{path}"
        );
        let xml = response.into_string().await.unwrap();
        let places = elements(&xml, name);
        for number in &published {
            let address = format!("{}/articles/{number}", town.store.journal().site);
            assert!(places.contains(&address), "{path} names {number}");
        }
        for number in &hidden {
            assert!(!xml.contains(number.as_str()), "{path} names {number}");
        }
    }
    let feed = browser.page("/feed.atom", None, Lang::En).await;
    assert_eq!(elements(&feed, "title").len(), 3, "the feed and its two entries");
    assert!(
        elements(&feed, "updated")
            .iter()
            .all(|at| at.parse::<jiff::Timestamp>().is_ok()),
        "{feed}"
    );
    let robots = browser.page("/robots.txt", None, Lang::En).await;
    assert!(
        robots.contains("Disallow: /office\n") && robots.contains("/sitemap.xml"),
        "{robots}"
    );
    assert!(!robots.contains("demo"));
}

#[rocket::async_test]
async fn an_article_is_found_by_words_in_any_order_and_case_and_by_part_of_a_chinese_title() {
    let town = Town::life().await;
    let number = town.number("published");
    let article = town.store.article(&number).await.unwrap().unwrap();
    let [zh, en] = &article.title;
    let piece: String = zh.chars().skip(2).take(4).collect();
    let mut words: Vec<&str> = en.split_whitespace().collect();
    words.reverse();
    let given: Vec<&str> = article.authors[0].latin_name.split(' ').rev().collect();
    for looked_for in [
        piece,
        words.join(" ").to_uppercase(),
        format!("{} {}", given.join(" "), words[0]),
    ] {
        let found = town.store.search_articles(&looked_for).await.unwrap();
        assert!(found.articles.iter().any(|a| a.number == number), "{looked_for}");
    }
    let trials = town.store.articles(None).await.unwrap().articles;
    let with = trials.iter().find(|a| !a.trials.is_empty());
    if let Some(article) = with {
        let digits = &article.trials[0].number["ChiCTR".len()..];
        for spelling in [format!("chictr-{digits}"), format!("注册号：CHICTR {digits}")] {
            let found = town.store.search_articles(&spelling).await.unwrap();
            assert!(
                found.articles.iter().any(|a| a.number == article.number),
                "{spelling}"
            );
        }
    }
}

#[rocket::async_test]
async fn an_articles_page_speaks_to_search_engines_and_is_cited_in_both_languages() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let number = town.number("published");
    let page = browser.page(&format!("/articles/{number}"), None, Lang::Zh).await;
    let json = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap()
        .1;
    let json: serde_json::Value = serde_json::from_str(json.split_once("</script>").unwrap().0).unwrap();
    assert_eq!(json["@type"], "MedicalScholarlyArticle");
    assert_eq!(json["identifier"], number.as_str());
    assert_eq!(json["author"].as_array().unwrap().len(), 2);
    assert!(page.contains("[J/OL]") && page.matches("class=\"cite\"").count() == 2);
}

#[rocket::async_test]
async fn an_unknown_address_still_knows_who_asks() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("chief").await;
    let response = browser.get("/no-such-page", Some(&token), Lang::Zh).await;
    assert_eq!(response.status(), Status::NotFound);
    assert!(response.into_string().await.unwrap().contains("沈若兰"));
}

#[rocket::async_test]
async fn joint_first_and_corresponding_authors_are_marked_on_the_article() {
    let town = Town::life().await;
    let at = crate::law::At::of(&town, "proof").await;
    let proof = at.editor("editor").await;
    let mut case = town.store.case_as_editor(&proof).await.unwrap();
    let mut submission = case.submission().unwrap();
    submission.authors.iter_mut().for_each(|a| a.joint_first = true);
    case.keep_submission(&submission).unwrap();
    case.commit().await.unwrap();
    let browser = town.browser().await;
    let token = town.token("author5").await;
    let path = format!("/author/manuscripts/{}/proof", at.number);
    let page = browser.page(&path, Some(&token), Lang::Zh).await;
    assert!(page.contains("共同第一作者") && page.contains("通信作者"));
    town.wait(24 * 8).await;
    bauta::actions::publish::publish(&town.store, &proof, at.version().await, true)
        .await
        .unwrap();
    let page = browser
        .page(&format!("/articles/{}", at.number), None, Lang::En)
        .await;
    assert!(page.contains("# These authors contributed equally."));
    assert!(page.contains("* Corresponding author."));
    let signs: Vec<&str> = page
        .split("<sup>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</sup>").map(|(sign, _)| sign))
        .collect();
    assert_eq!(signs, ["#,*", "#"]);
}
