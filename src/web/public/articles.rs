//! The list of published articles, and looking for one.

use jiff::civil::Date;
use rocket::get;
use serde::Serialize;

use super::article::{lang_of, name_in, written};
use crate::domain::person::Lang;
use crate::store::publication::Article;
use crate::store::read::public::After;
use crate::web::error::WebError;
use crate::web::page::{Anyone, Desk, Page, View};

/// Authors that a list names; the article's page has them all.
const NAMED: usize = 6;

/// An article in a list.
#[derive(Serialize)]
pub struct ArticleLine {
    number: String,
    title: String,
    title_lang: &'static str,
    authors: String,
    /// How many authors are not named in the list.
    others: usize,
    authors_lang: &'static str,
    section: String,
    published: Date,
}

impl ArticleLine {
    /// The line of an article for a reader of `lang`.
    pub fn of(article: &Article, lang: Lang) -> ArticleLine {
        let title = written(&article.title, lang).to_owned();
        let first = article.authors.iter().take(NAMED);
        let names: Vec<&str> = first.map(|a| name_in(a, lang)).collect();
        let authors = names.join(if lang == Lang::Zh { "，" } else { ", " });
        ArticleLine {
            number: article.number.clone(),
            title_lang: lang_of(&title),
            title,
            authors_lang: lang_of(&authors),
            authors,
            others: article.authors.len().saturating_sub(NAMED),
            section: article.section.clone(),
            published: article.published,
        }
    }
}

#[derive(Serialize)]
struct List {
    articles: Vec<ArticleLine>,
    next: String,
    q: String,
    more: bool,
    first: bool,
}

impl View for List {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/articles.html";
}

#[get("/articles?<q>&<after>")]
pub async fn articles(desk: Desk<'_>, q: Option<&str>, after: Option<&str>) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let q: String = q.unwrap_or_default().trim().chars().take(100).collect();
    let after = after.and_then(After::parse);
    let found = match q.as_str() {
        "" => store.articles(after.as_ref()).await?,
        words => store.search_articles(words).await?,
    };
    let line = |article| ArticleLine::of(article, desk.lang());
    let list = List {
        articles: found.articles.iter().map(line).collect(),
        next: found.next,
        q,
        more: found.more,
        first: after.is_none(),
    };
    desk.show(&Anyone, &list)
}
