//! What everybody reads: published articles. Everything in an article's row is public.

use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use crate::store::entity::article;
use crate::store::publication::Article;
use crate::store::{Fault, Store};

/// Articles on a page of the list.
const PAGE: usize = 20;
/// Articles that a search looks through after the database has narrowed it down.
const SEARCHED: u64 = 500;

/// Where a page of the list begins: after the article of a number. Its instant stays here: readers learn the day alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After(String);

impl After {
    /// Reads the place from an address, such as `7KQ4-M2XR`.
    pub fn parse(text: &str) -> Option<After> {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        let plain = (1..=20).contains(&text.len()) && text.bytes().all(fits);
        plain.then(|| After(text.to_owned()))
    }
}

/// A page of the list.
#[derive(Debug, Default, Serialize)]
pub struct Articles {
    /// The articles, the newest first.
    #[serde(skip)]
    pub articles: Vec<Article>,
    /// Where the next page begins, as it stands in the address; empty on the last.
    pub next: String,
    /// Whether a search found more than is shown.
    pub more: bool,
}

impl Store {
    /// The newest articles.
    pub async fn latest_articles(&self, count: u64) -> Result<Vec<Article>, Fault> {
        let rows = newest().limit(count).all(&self.db.read).await?;
        rows.iter().map(article_of).collect()
    }

    /// A page of all articles; the first one where no article has the number that it should begin after.
    pub async fn articles(&self, after: Option<&After>) -> Result<Articles, Fault> {
        use article::Column as C;
        let mut query = newest().limit(PAGE as u64 + 1);
        if let Some(After(number)) = after
            && let Some(before) = article::Entity::find_by_id(number.clone())
                .one(&self.db.read)
                .await?
        {
            let at = before.published_at;
            let same = C::PublishedAt.eq(at).and(C::Number.gt(before.number));
            query = query.filter(C::PublishedAt.lt(at).or(same));
        }
        let mut rows = query.all(&self.db.read).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let last = rows.last().filter(|_| more);
        Ok(Articles {
            next: last.map_or_else(String::new, |row| row.number.clone()),
            articles: rows.iter().map(article_of).collect::<Result<_, _>>()?,
            more: false,
        })
    }

    /// The articles that have all the words in titles and authors' names, or are tied to the trial of the number.
    pub async fn search_articles(&self, words: &str) -> Result<Articles, Fault> {
        let words = sought(words);
        let mut query = newest().limit(SEARCHED);
        for word in &words {
            let lower = Func::lower(Expr::col(article::Column::Body));
            query = query.filter(Expr::expr(lower).like(LikeExpr::new(pattern(word)).escape('\\')));
        }
        let rows = query.all(&self.db.read).await?;
        let mut articles = rows.iter().map(article_of).collect::<Result<Vec<_>, _>>()?;
        // The database has looked through the whole article, its abstracts and all.
        articles.retain(|article| words.iter().all(|word| has(article, word)));
        let more = articles.len() > PAGE * 5;
        articles.truncate(PAGE * 5);
        Ok(Articles {
            articles,
            next: String::new(),
            more,
        })
    }

    /// Numbers and days of all articles, the newest first.
    pub async fn article_days(&self, most: u64) -> Result<Vec<(String, jiff::civil::Date)>, Fault> {
        let rows: Vec<(String, i64)> = newest()
            .select_only()
            .column(article::Column::Number)
            .column(article::Column::PublishedAt)
            .limit(most)
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let zone = self.rules().zone();
        let day = |(number, at): (String, i64)| {
            let at = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
            (number, at.to_zoned(zone.clone()).date())
        };
        Ok(rows.into_iter().map(day).collect())
    }

    /// A published article.
    pub async fn article(&self, number: &str) -> Result<Option<Article>, Fault> {
        let row = article::Entity::find_by_id(number.to_owned())
            .one(&self.db.read)
            .await?;
        row.as_ref().map(article_of).transpose()
    }
}

fn newest() -> sea_orm::Select<article::Entity> {
    article::Entity::find()
        .order_by_desc(article::Column::PublishedAt)
        .order_by_asc(article::Column::Number)
}

fn article_of(row: &article::Model) -> Result<Article, Fault> {
    Ok(serde_json::from_str(&row.body)?)
}

/// Lower case, and full-width letters as the ordinary ones.
fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// What is looked for: the canonical number if a trial's number was typed in whatever spelling, else each word.
fn sought(words: &str) -> Vec<String> {
    let trials = crate::trials::find_all(words);
    match trials.first() {
        Some(trial) => vec![folded(trial.canonical())],
        None => folded(words).split_whitespace().map(str::to_owned).collect(),
    }
}

/// A pattern that finds a word in an article's stored JSON, and some others. SQLite's `lower` knows ASCII alone, and what
/// folding changes is stored as it was typed: for such signs any sign will do here; `has` looks again.
fn pattern(word: &str) -> String {
    let mut out = String::from("%");
    for c in word.chars() {
        match c {
            '"' | '\\' | '%' | '_' => out.push('%'),
            c if c.is_ascii() => out.push(if c.is_ascii_alphanumeric() { c } else { '_' }),
            c if c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase() => out.push(c),
            _ => out.push('%'),
        }
    }
    out.push('%');
    out
}

fn has(article: &Article, word: &str) -> bool {
    let names = article
        .authors
        .iter()
        .flat_map(|a| [&a.native_name, &a.latin_name]);
    let numbers = article.trials.iter().map(|t| &t.number);
    let mut texts = article.title.iter().chain(names).chain(numbers);
    texts.any(|text| folded(text).contains(word))
}

#[cfg(test)]
mod tests {
    use super::{After, pattern, sought};

    #[test]
    fn what_is_looked_for() {
        assert_eq!(
            sought("  Blood　PRESSURE ｔｒｉａｌ "),
            ["blood", "pressure", "trial"]
        );
        assert_eq!(
            sought("ｎｃｔ９９００１７０１"),
            sought("ClinicalTrials.gov: NCT99001701")
        );
        assert_eq!(pattern("血压"), "%血压%");
        assert_eq!(pattern("a\"b%c'd"), "%a%b%c_d%");
        assert_eq!(pattern("é"), "%%%");
    }

    #[test]
    fn a_place_in_the_list() {
        assert_eq!(After::parse("7KQ4-M2XR"), Some(After("7KQ4-M2XR".into())));
        for wrong in ["", "1793577600000000-7KQ4-M2XR", "1-<b>"] {
            assert_eq!(After::parse(wrong), None, "{wrong}");
        }
    }
}
