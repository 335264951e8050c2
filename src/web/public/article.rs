//! An article's page: what is printed, how to cite it, and the tags that indexers read.

use jiff::civil::Date;
use rocket::get;
use serde::Serialize;

use super::notice::NoticeLine;

use crate::domain::person::Lang;
use crate::store::Journal;
use crate::store::publication::{Article, PublicAuthor, PublicTrial};
use crate::web::error::WebError;
use crate::web::page::{Anyone, Desk, Page, View};

/// The text in the reader's language if it is written in it, else the other.
pub fn written(pair: &[String; 2], lang: Lang) -> &str {
    let (first, second) = match lang {
        Lang::Zh => (&pair[0], &pair[1]),
        Lang::En => (&pair[1], &pair[0]),
    };
    if first.trim().is_empty() { second } else { first }
}

/// An author's name as a reader of `lang` reads it.
pub fn name_in(author: &PublicAuthor, lang: Lang) -> &str {
    let (first, second) = match lang {
        Lang::Zh => (&author.native_name, &author.latin_name),
        Lang::En => (&author.latin_name, &author.native_name),
    };
    if first.trim().is_empty() { second } else { first }
}

/// The language to mark a passage with: Chinese if a Han character stands in it.
pub fn lang_of(text: &str) -> &'static str {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c);
    if text.contains(han) { "zh-CN" } else { "en" }
}

#[derive(Serialize)]
struct AuthorLine {
    name: String,
    lang: &'static str,
    /// Numbers of the affiliations.
    marks: String,
    orcid: String,
}

#[derive(Serialize)]
struct Affiliation {
    text: String,
    lang: &'static str,
}

#[derive(Serialize)]
struct TrialLine {
    number: String,
    registry: String,
    url: String,
    /// The day of registration, if it is known to the day.
    day: Option<Date>,
    /// As it was given.
    registered: String,
}

#[derive(Serialize)]
struct Summary {
    lang: &'static str,
    text: String,
    keywords: String,
}

#[derive(Serialize)]
struct Statement {
    key: &'static str,
    text: String,
    lang: &'static str,
}

#[derive(Serialize)]
struct Tag {
    name: &'static str,
    content: String,
}

#[derive(Serialize)]
struct Citation {
    lang: &'static str,
    text: String,
}

#[derive(Serialize)]
struct ArticlePage {
    article_type: String,
    section: String,
    number: String,
    published: Date,
    title: String,
    title_lang: &'static str,
    title_other: String,
    title_other_lang: &'static str,
    authors: Vec<AuthorLine>,
    affiliations: Vec<Affiliation>,
    summaries: Vec<Summary>,
    funding: String,
    funding_lang: &'static str,
    trials: Vec<TrialLine>,
    trial_exception: String,
    trial_exception_lang: &'static str,
    statements: Vec<Statement>,
    citations: Vec<Citation>,
    tags: Vec<Tag>,
    notices: Vec<NoticeLine>,
}

impl View for ArticlePage {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/article.html";
}

#[get("/articles/<number>")]
pub async fn article(desk: Desk<'_>, number: &str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let article = store.article(number).await?.ok_or(WebError::NotFound)?;
    desk.show(&Anyone, &page(&article, &store.journal(), desk.lang()))
}

fn page(article: &Article, journal: &Journal, lang: Lang) -> ArticlePage {
    let own = Lang::from_tag(&article.language).unwrap_or_default();
    let title = written(&article.title, own).to_owned();
    let other = article
        .title
        .iter()
        .find(|t| !t.trim().is_empty() && **t != title);
    let title_other = other.cloned().unwrap_or_default();
    let (authors, affiliations) = authors(article, lang);
    ArticlePage {
        notices: super::notice::lines(article),
        article_type: article.article_type.clone(),
        section: article.section.clone(),
        number: article.number.clone(),
        published: article.published,
        title_lang: lang_of(&title),
        title,
        title_other_lang: lang_of(&title_other),
        title_other,
        authors,
        affiliations,
        summaries: summaries(article, own),
        funding_lang: lang_of(&article.funding),
        funding: article.funding.clone(),
        trials: article.trials.iter().map(|t| trial(t, lang)).collect(),
        trial_exception_lang: lang_of(&article.trial_exception),
        trial_exception: article.trial_exception.clone(),
        statements: statements(article),
        citations: citations(article, journal),
        tags: tags(article, journal, own),
    }
}

/// The authors with numbers for their affiliations, each affiliation once.
fn authors(article: &Article, lang: Lang) -> (Vec<AuthorLine>, Vec<Affiliation>) {
    let mut places: Vec<&str> = Vec::new();
    for place in article.authors.iter().flat_map(|a| &a.affiliations) {
        if !places.contains(&place.as_str()) {
            places.push(place);
        }
    }
    let line = |author: &PublicAuthor| {
        let marks = author.affiliations.iter().filter_map(|own| {
            let at = places.iter().position(|place| place == own)?;
            Some((at + 1).to_string())
        });
        let name = name_in(author, lang);
        AuthorLine {
            lang: lang_of(name),
            name: name.to_owned(),
            marks: marks.collect::<Vec<_>>().join(","),
            orcid: author.orcid.clone(),
        }
    };
    let lines = article.authors.iter().map(line).collect();
    let place = |text: &&str| Affiliation {
        text: (*text).to_owned(),
        lang: lang_of(text),
    };
    (lines, places.iter().map(place).collect())
}

fn summaries(article: &Article, own: Lang) -> Vec<Summary> {
    let of = |lang: Lang| {
        let i = usize::from(lang == Lang::En);
        Summary {
            lang: lang.tag(),
            text: article.summary[i].clone(),
            keywords: article.keywords[i].clone(),
        }
    };
    let mut both = Lang::ALL.map(of);
    if own == Lang::En {
        both.reverse();
    }
    both.into_iter().filter(|s| !s.text.trim().is_empty()).collect()
}

fn trial(trial: &PublicTrial, lang: Lang) -> TrialLine {
    let zh = lang == Lang::Zh && !trial.registry_zh.is_empty();
    TrialLine {
        number: trial.number.clone(),
        registry: if zh { &trial.registry_zh } else { &trial.registry }.clone(),
        url: trial.url.clone().unwrap_or_default(),
        day: trial.registered.parse().ok(),
        registered: trial.registered.clone(),
    }
}

fn statements(article: &Article) -> Vec<Statement> {
    [
        ("ethics", &article.ethics),
        ("conflicts", &article.conflicts),
        ("data", &article.data_statement),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(key, text)| Statement {
        key,
        lang: lang_of(text),
        text: text.clone(),
    })
    .collect()
}

fn address(article: &Article, journal: &Journal) -> String {
    format!("{}/articles/{}", journal.site, article.number)
}

/// How to cite, after GB/T 7714 in Chinese and as medical journals do in English.
fn citations(article: &Article, journal: &Journal) -> Vec<Citation> {
    let (year, number, url) = (
        article.published.year(),
        &article.number,
        address(article, journal),
    );
    let names = |lang, sign: &str| {
        let names: Vec<&str> = article.authors.iter().map(|a| name_in(a, lang)).collect();
        names.join(sign)
    };
    let mut out = Vec::new();
    if !article.title[0].trim().is_empty() {
        let (names, title) = (names(Lang::Zh, "，"), &article.title[0]);
        out.push(Citation {
            lang: "zh-CN",
            text: format!(
                "{names}. {title}[J/OL]. {}，{year}：{number}. {url}.",
                journal.name_zh
            ),
        });
    }
    if !article.title[1].trim().is_empty() {
        let (names, title) = (names(Lang::En, ", "), &article.title[1]);
        out.push(Citation {
            lang: "en",
            text: format!("{names}. {title}. {}. {year}:{number}. {url}", journal.name_en),
        });
    }
    out
}

/// The tags that Google Scholar and others read; the trials are relations of the article.
fn tags(article: &Article, journal: &Journal, own: Lang) -> Vec<Tag> {
    let mut out = Vec::new();
    let mut tag = |name, content: String| out.push(Tag { name, content });
    tag("citation_title", written(&article.title, own).to_owned());
    for author in &article.authors {
        tag("citation_author", name_in(author, own).to_owned());
        for place in &author.affiliations {
            tag("citation_author_institution", place.clone());
        }
        if !author.orcid.is_empty() {
            tag("citation_author_orcid", author.orcid.clone());
        }
    }
    tag(
        "citation_publication_date",
        article.published.strftime("%Y/%m/%d").to_string(),
    );
    tag(
        "citation_journal_title",
        written(&[journal.name_zh.clone(), journal.name_en.clone()], own).to_owned(),
    );
    tag("citation_language", own.tag().to_owned());
    tag("citation_abstract_html_url", address(article, journal));
    let keywords = written(&article.keywords, own).replace('；', ";");
    for word in keywords.split(';').map(str::trim).filter(|w| !w.is_empty()) {
        tag("citation_keywords", word.to_owned());
    }
    tag("DC.identifier", article.number.clone());
    for trial in &article.trials {
        tag(
            "DC.relation",
            trial.url.clone().unwrap_or_else(|| trial.number.clone()),
        );
    }
    out
}
