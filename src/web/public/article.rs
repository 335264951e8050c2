//! An article's page: what is printed, how to cite it, and the tags that indexers read.

use jiff::civil::Date;
use rocket::get;
use serde::Serialize;

use super::cite::{Citation, citations};
use super::notice::NoticeLine;
use super::tags::{Tag, schema, tags};
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
    /// Numbers of the affiliations, then the signs of joint first and of corresponding authors.
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
    joint_first: bool,
    corresponding: bool,
    summaries: Vec<Summary>,
    funding: String,
    funding_lang: &'static str,
    trials: Vec<TrialLine>,
    trial_exception: String,
    trial_exception_lang: &'static str,
    statements: Vec<Statement>,
    citations: Vec<Citation>,
    tags: Vec<Tag>,
    /// The article for search engines, as JSON that may stand in a script element.
    schema: String,
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
        joint_first: article.authors.iter().any(|a| a.joint_first),
        corresponding: article.authors.iter().any(|a| a.corresponding),
        summaries: summaries(article, own),
        funding_lang: lang_of(&article.funding),
        funding: article.funding.clone(),
        trials: article.trials.iter().map(|t| trial(t, lang)).collect(),
        trial_exception_lang: lang_of(&article.trial_exception),
        trial_exception: article.trial_exception.clone(),
        statements: statements(article),
        citations: citations(article, journal),
        tags: tags(article, journal, own),
        schema: schema(article, journal, own),
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
        // Where all are at one place, a number says nothing.
        let numbered = author.affiliations.iter().filter(|_| places.len() > 1);
        let numbers = numbered.filter_map(|own| {
            let at = places.iter().position(|place| place == own)?;
            Some((at + 1).to_string())
        });
        let signs = [(author.joint_first, "#"), (author.corresponding, "*")];
        let signs = signs
            .into_iter()
            .filter(|(has, _)| *has)
            .map(|(_, sign)| sign.to_owned());
        let name = name_in(author, lang);
        AuthorLine {
            lang: lang_of(name),
            name: name.to_owned(),
            marks: numbers.chain(signs).collect::<Vec<_>>().join(","),
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
