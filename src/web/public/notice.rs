//! Dated notices on an article: on its page, and each on a page of its own that leads back to it.

use jiff::civil::Date;
use rocket::get;
use serde::Serialize;

use crate::store::publication::Article;
use crate::web::error::WebError;
use crate::web::page::{Anyone, Desk, Page, View};

/// A notice as it is shown, the latest first.
#[derive(Clone, Serialize)]
pub struct NoticeLine {
    /// Its place, from 1, in the order of publication.
    pub n: usize,
    /// `correct`, `concern` or `retract`.
    pub kind: String,
    /// Its day.
    pub day: Date,
    /// Its words in Chinese, or empty.
    pub zh: String,
    /// Its words in English, or empty.
    pub en: String,
}

/// The notices of an article, the latest first.
pub fn lines(article: &Article) -> Vec<NoticeLine> {
    let line = |(i, notice): (usize, &crate::store::publication::Notice)| NoticeLine {
        n: i + 1,
        kind: notice.kind.clone(),
        day: notice.day,
        zh: notice.text[0].clone(),
        en: notice.text[1].clone(),
    };
    article.notices.iter().enumerate().map(line).rev().collect()
}

#[derive(Serialize)]
struct NoticePage {
    number: String,
    title: String,
    language: String,
    notice: NoticeLine,
}

impl View for NoticePage {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/article-notice.html";
}

#[get("/articles/<number>/notices/<n>")]
pub async fn notice(desk: Desk<'_>, number: &str, n: usize) -> Result<Page, WebError> {
    let article = desk
        .office
        .store
        .article(number)
        .await?
        .ok_or(WebError::NotFound)?;
    let notice = lines(&article)
        .into_iter()
        .find(|line| line.n == n)
        .ok_or(WebError::NotFound)?;
    let english = article.language == "en" || article.title[0].trim().is_empty();
    let view = NoticePage {
        title: article.title[usize::from(english)].clone(),
        language: if english { "en" } else { "zh-CN" }.to_owned(),
        number: article.number,
        notice,
    };
    desk.show(&Anyone, &view)
}
