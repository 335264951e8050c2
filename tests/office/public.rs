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
