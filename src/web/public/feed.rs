//! For programs that read the site: an Atom feed of articles, the map of the site, and what robots may look at.

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::BytesText;
use rocket::http::{ContentType, Header};
use rocket::response::{Responder, Response};
use rocket::{Request, get};

use super::article::{name_in, written};
use super::cite::address;
use crate::domain::person::Lang;
use crate::store::publication::Article;
use crate::web::error::WebError;
use crate::web::page::Desk;

/// Entries of the feed.
const ENTRIES: u64 = 30;
/// The most addresses that one sitemap may hold (sitemaps.org).
const MAPPED: u64 = 49_000;
/// Places that are nobody's but a person's own.
const PRIVATE: [&str; 10] = [
    "account",
    "admin",
    "author",
    "authorship",
    "invitation",
    "link",
    "office",
    "password",
    "reviews",
    "sign-in",
];
/// Public pages beside the articles.
const PAGES: [&str; 7] = [
    "/",
    "/articles",
    "/guides/authors",
    "/guides/reviewers",
    "/guides/stages",
    "/imprint",
    "/privacy",
];

/// A text for programs.
pub struct Text(ContentType, Vec<u8>);

impl<'r> Responder<'r, 'static> for Text {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        Response::build()
            .header(self.0)
            .header(Header::new("Cache-Control", "public, max-age=900"))
            .sized_body(self.1.len(), std::io::Cursor::new(self.1))
            .ok()
    }
}

type Xml = Writer<Vec<u8>>;

fn begin() -> Xml {
    Writer::new(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_vec())
}

/// Text as XML 1.0 can hold it: control characters are left out.
fn plain(text: &str) -> String {
    let fits = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    text.chars()
        .filter(fits)
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn leaf(xml: &mut Xml, name: &str, text: &str) -> std::io::Result<()> {
    let text = plain(text);
    xml.create_element(name)
        .write_text_content(BytesText::new(&text))?;
    Ok(())
}

fn entry(xml: &mut Xml, desk: &Desk<'_>, article: &Article) -> std::io::Result<()> {
    let own = Lang::from_tag(&article.language).unwrap_or_default();
    let at = midnight(desk, article.published);
    let updated = midnight(desk, updated(article));
    let url = address(article, &desk.office.store.journal());
    xml.create_element("entry")
        .with_attribute(("xml:lang", own.tag()))
        .write_inner_content(|xml| {
            leaf(xml, "id", &url)?;
            leaf(xml, "title", written(&article.title, own))?;
            xml.create_element("link")
                .with_attribute(("href", url.as_str()))
                .write_empty()?;
            leaf(xml, "published", &at)?;
            leaf(xml, "updated", &updated)?;
            for author in &article.authors {
                xml.create_element("author")
                    .write_inner_content(|xml| leaf(xml, "name", name_in(author, own)))?;
            }
            leaf(xml, "summary", written(&article.summary, own))
        })?;
    Ok(())
}

/// The day of publication, or of the latest notice on the article.
fn updated(article: &Article) -> Date {
    article
        .notices
        .iter()
        .map(|n| n.day)
        .fold(article.published, Date::max)
}

/// The beginning of a day where the journal is: what is public is the day, not the instant.
fn midnight(desk: &Desk<'_>, day: Date) -> String {
    let zoned = day.to_zoned(desk.office.store.rules().zone());
    zoned.map_or_else(
        |_| format!("{day}T00:00:00Z"),
        |z| z.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
    )
}

/// The newest articles, each in its own language (RFC 4287).
#[get("/feed.atom")]
pub async fn feed(desk: Desk<'_>) -> Result<Text, WebError> {
    let articles = desk.office.store.latest_articles(ENTRIES).await?;
    let journal = &desk.office.store.journal();
    let own_address = format!("{}/feed.atom", journal.site);
    let newest = articles
        .iter()
        .map(|a| a.published)
        .max()
        .unwrap_or(Date::constant(1970, 1, 1));
    let mut xml = begin();
    xml.create_element("feed")
        .with_attribute(("xmlns", "http://www.w3.org/2005/Atom"))
        .write_inner_content(|xml| {
            leaf(xml, "id", &own_address)?;
            leaf(
                xml,
                "title",
                &format!("{} · {}", journal.name_zh, journal.name_en),
            )?;
            leaf(xml, "updated", &midnight(&desk, newest))?;
            let links = [
                ("self", own_address.as_str()),
                ("alternate", journal.site.as_str()),
            ];
            for (rel, href) in links {
                xml.create_element("link")
                    .with_attributes([("rel", rel), ("href", href)])
                    .write_empty()?;
            }
            articles.iter().try_for_each(|article| entry(xml, &desk, article))
        })
        .map_err(crate::store::Fault::from)?;
    Ok(Text(
        ContentType::new("application", "atom+xml"),
        xml.into_inner(),
    ))
}

/// The public pages and every article (sitemaps.org, protocol 0.9).
#[get("/sitemap.xml")]
pub async fn sitemap(desk: Desk<'_>) -> Result<Text, WebError> {
    let store = &desk.office.store;
    let articles = store.article_days(MAPPED).await?;
    let site = &store.journal().site;
    let url = |xml: &mut Xml, path: &str, day: Option<Date>| -> std::io::Result<()> {
        xml.create_element("url").write_inner_content(|xml| {
            leaf(xml, "loc", &format!("{site}{path}"))?;
            day.map_or(Ok(()), |day| leaf(xml, "lastmod", &day.to_string()))
        })?;
        Ok(())
    };
    let mut xml = begin();
    xml.create_element("urlset")
        .with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"))
        .write_inner_content(|xml| {
            PAGES.iter().try_for_each(|path| url(xml, path, None))?;
            articles
                .iter()
                .try_for_each(|(number, day)| url(xml, &format!("/articles/{number}"), Some(*day)))
        })
        .map_err(crate::store::Fault::from)?;
    Ok(Text(ContentType::XML, xml.into_inner()))
}

/// What robots may look at (RFC 9309).
#[get("/robots.txt")]
pub fn robots(desk: Desk<'_>) -> Text {
    let rules: String = PRIVATE
        .iter()
        .map(|place| format!("Disallow: /{place}\n"))
        .collect();
    let site = &desk.office.store.journal().site;
    let text = format!("User-agent: *\n{rules}\nSitemap: {site}/sitemap.xml\n");
    Text(ContentType::Plain, text.into_bytes())
}
