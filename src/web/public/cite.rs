//! How to cite an article.

use serde::Serialize;

use super::article::name_in;
use crate::domain::person::Lang;
use crate::store::Journal;
use crate::store::publication::Article;

/// A way to cite the article, in one language.
#[derive(Debug, Serialize)]
pub struct Citation {
    lang: &'static str,
    text: String,
}

/// The address of an article's page.
pub fn address(article: &Article, journal: &Journal) -> String {
    format!("{}/articles/{}", journal.site, article.number)
}

/// Names of the first `most` authors, then the word for “and others”.
fn names(article: &Article, lang: Lang, most: usize) -> String {
    let (sign, others) = match lang {
        Lang::Zh => ("，", "等"),
        Lang::En => (", ", "et al"),
    };
    let mut names: Vec<&str> = article
        .authors
        .iter()
        .take(most)
        .map(|a| name_in(a, lang))
        .collect();
    if article.authors.len() > most {
        names.push(others);
    }
    names.join(sign)
}

/// How to cite: after GB/T 7714-2015 in Chinese (three authors are named), and in English as medical journals do
/// (ICMJE's sample references: six authors are named).
pub fn citations(article: &Article, journal: &Journal) -> Vec<Citation> {
    let (year, number, url) = (
        article.published.year(),
        &article.number,
        address(article, journal),
    );
    let mut out = Vec::new();
    if !article.title[0].trim().is_empty() {
        let (names, title, name) = (names(article, Lang::Zh, 3), &article.title[0], &journal.name_zh);
        out.push(Citation {
            lang: "zh-CN",
            text: format!("{names}. {title}[J/OL]. {name}，{year}：{number}. {url}."),
        });
    }
    if !article.title[1].trim().is_empty() {
        let (names, title, name) = (names(article, Lang::En, 6), &article.title[1], &journal.name_en);
        out.push(Citation {
            lang: "en",
            text: format!("{names}. {title}. {name}. {year}:{number}. {url}"),
        });
    }
    out
}
