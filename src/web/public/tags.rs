//! What indexers and search engines read of an article: Highwire and Dublin Core tags, and schema.org.

use serde::Serialize;
use serde_json::{Value, json};

use super::article::{name_in, written};
use super::cite::address;
use crate::domain::person::Lang;
use crate::store::Journal;
use crate::store::publication::{Article, PublicAuthor, PublicTrial};

/// A `meta` element.
#[derive(Debug, Serialize)]
pub struct Tag {
    name: &'static str,
    content: String,
}

fn keywords(article: &Article, own: Lang) -> Vec<String> {
    let words = written(&article.keywords, own).replace('；', ";");
    let words = words.split(';').map(str::trim).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

/// The tags that Google Scholar and others read; the trials are relations of the article.
pub fn tags(article: &Article, journal: &Journal, own: Lang) -> Vec<Tag> {
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
    for word in keywords(article, own) {
        tag("citation_keywords", word);
    }
    let summary: String = written(&article.summary, own).chars().take(300).collect();
    tag("description", summary);
    tag("DC.identifier", article.number.clone());
    for trial in &article.trials {
        tag(
            "DC.relation",
            trial.url.clone().unwrap_or_else(|| trial.number.clone()),
        );
    }
    out
}

fn both(pair: [&str; 2]) -> Value {
    let texts: Vec<Value> = ["zh-CN", "en"]
        .iter()
        .zip(pair)
        .filter(|(_, text)| !text.trim().is_empty())
        .map(|(lang, text)| json!({ "@language": lang, "@value": text }))
        .collect();
    Value::Array(texts)
}

fn person(author: &PublicAuthor) -> Value {
    let names = both([&author.native_name, &author.latin_name]);
    let places: Vec<Value> = author
        .affiliations
        .iter()
        .map(|place| json!({ "@type": "Organization", "name": place }))
        .collect();
    let mut person = json!({ "@type": "Person", "name": names, "affiliation": places });
    if !author.orcid.is_empty() {
        person["identifier"] = json!(format!("https://orcid.org/{}", author.orcid));
    }
    person
}

fn study(trial: &PublicTrial) -> Value {
    let mut study = json!({ "@type": "MedicalTrial", "identifier": trial.number, "name": trial.registry });
    if let Some(url) = &trial.url {
        study["url"] = json!(url);
    }
    study
}

/// The article in schema.org's words, as JSON-LD for a script element of type `application/ld+json`: that is data, which
/// no browser runs and no content security policy stops. Nothing in it can end the element.
pub fn schema(article: &Article, journal: &Journal, own: Lang) -> String {
    let [zh, en] = &article.title;
    let thing = json!({
        "@context": "https://schema.org",
        "@type": "MedicalScholarlyArticle",
        "@id": address(article, journal),
        "url": address(article, journal),
        "identifier": article.number,
        "headline": written(&article.title, own),
        "name": both([zh, en]),
        "abstract": both([&article.summary[0], &article.summary[1]]),
        "keywords": keywords(article, own),
        "inLanguage": own.tag(),
        "datePublished": article.published.to_string(),
        "author": article.authors.iter().map(person).collect::<Vec<_>>(),
        "isPartOf": { "@type": "Periodical", "name": both([&journal.name_zh, &journal.name_en]), "url": journal.site },
        "isAccessibleForFree": true,
        "correction": (1..=article.notices.len())
            .map(|n| json!(format!("{}/notices/{n}", address(article, journal))))
            .collect::<Vec<_>>(),
        "studySubject": article.trials.iter().map(study).collect::<Vec<_>>(),
    });
    let escape = |c: char| match c {
        '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => format!("\\u{:04x}", c as u32),
        c => c.to_string(),
    };
    thing.to_string().chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_ends_the_script() {
        let title = "</script><script>alert(1)</script> & “<!--” \u{2028}";
        let article = Article {
            number: "7KQ4-M2XR".into(),
            language: "en".into(),
            article_type: "original".into(),
            section: "clinical".into(),
            title: [String::new(), title.into()],
            summary: Default::default(),
            keywords: ["".into(), "a；b; c".into()],
            authors: Vec::new(),
            funding: String::new(),
            conflicts: String::new(),
            ethics: String::new(),
            data_statement: String::new(),
            trials: Vec::new(),
            trial_exception: String::new(),
            published: "2026-11-25".parse().unwrap(),
            notices: Vec::new(),
        };
        let journal = Journal {
            name_zh: "刊".into(),
            name_en: "Journal".into(),
            site: "https://j.example".into(),
        };
        let text = schema(&article, &journal, Lang::En);
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let read: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["headline"], title);
        assert_eq!(read["keywords"], json!(["a", "b", "c"]));
    }
}
