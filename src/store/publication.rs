//! Publishing: what is public is copied into the article; nothing is unsealed in place.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::Fault;
use super::case::Case;
use super::entity::{article, window};
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;

/// An author as printed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublicAuthor {
    /// Name in its own script.
    pub native_name: String,
    /// Name in Latin letters.
    pub latin_name: String,
    /// Affiliations.
    pub affiliations: Vec<String>,
    /// ORCID iD, or empty.
    pub orcid: String,
    /// Whether letters about the article go to this author.
    #[serde(default)]
    pub corresponding: bool,
    /// Whether this author shares the first place with the others so marked.
    #[serde(default)]
    pub joint_first: bool,
}

/// A trial registration as printed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublicTrial {
    /// The number.
    pub number: String,
    /// The registry's name.
    pub registry: String,
    /// The registry's name in Chinese.
    pub registry_zh: String,
    /// Where the record is, if its address follows from the number.
    pub url: Option<String>,
    /// The date of registration as the author gave it.
    pub registered: String,
}

/// A published article: everything in it is public.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Article {
    /// The public number.
    pub number: String,
    /// Language of the article.
    pub language: String,
    /// Article type's key.
    pub article_type: String,
    /// Section's key.
    pub section: String,
    /// Titles in Chinese and English.
    pub title: [String; 2],
    /// Abstracts in Chinese and English.
    pub summary: [String; 2],
    /// Keywords in Chinese and English.
    pub keywords: [String; 2],
    /// Authors in order.
    pub authors: Vec<PublicAuthor>,
    /// Funding line.
    pub funding: String,
    /// Conflicts of interest.
    pub conflicts: String,
    /// Ethics approval.
    pub ethics: String,
    /// Data statement.
    pub data_statement: String,
    /// Trial registrations, each once.
    pub trials: Vec<PublicTrial>,
    /// The editor-in-chief's exception for a late registration, printed.
    pub trial_exception: String,
    /// Day of publication.
    pub published: jiff::civil::Date,
    /// What was published about it afterwards, the earliest first.
    #[serde(default)]
    pub notices: Vec<Notice>,
}

/// A dated notice on an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notice {
    /// `correct`, `concern` or `retract`.
    pub kind: String,
    /// Its day.
    pub day: jiff::civil::Date,
    /// Its words in Chinese and English; one of them may be empty.
    pub text: [String; 2],
}

impl Case<'_> {
    /// What the article will be; the proof page shows it to its author.
    pub fn article(&self) -> Result<Article, Fault> {
        let s = self.submission()?;
        Ok(article_of(self.number(), &s, self.today()))
    }

    /// Copies what is public into the article.
    pub async fn publish_article(&self) -> Result<(), Fault> {
        let article = self.article()?;
        let row = article::ActiveModel {
            number: Set(article.number.clone()),
            title_zh: Set(article.title[0].clone()),
            title_en: Set(article.title[1].clone()),
            published_at: Set(self.now.as_microsecond()),
            stage: Set(Stage::Published.key().to_owned()),
            body: Set(serde_json::to_string(&article)?),
        };
        article::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(())
    }

    /// Today, in the journal's zone.
    pub fn today(&self) -> jiff::civil::Date {
        self.now.to_zoned(self.rules().zone()).date()
    }

    /// Adds a notice to the published article, which stands where the manuscript stands.
    pub async fn add_notice(&self, notice: Notice) -> Result<(), Fault> {
        let row = article::Entity::find_by_id(self.number().to_owned())
            .one(&self.txn)
            .await?
            .ok_or_else(|| Fault::Value("article is gone".into()))?;
        let mut article: Article = serde_json::from_str(&row.body)?;
        article.notices.push(notice);
        article::Entity::update_many()
            .col_expr(
                article::Column::Body,
                Expr::value(serde_json::to_string(&article)?),
            )
            .col_expr(article::Column::Stage, Expr::value(self.stage().key()))
            .filter(article::Column::Number.eq(self.number()))
            .exec(&self.txn)
            .await?;
        Ok(())
    }

    /// Whether the author confirmed the proof, or the time for it ran out in silence.
    pub async fn proof_settled(&self) -> Result<bool, Fault> {
        let last = window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(self.row.id))
            .filter(window::Column::Kind.eq(WindowKind::Proof.key()))
            .order_by_desc(window::Column::OpensAt)
            .one(&self.txn)
            .await?;
        Ok(last.is_some_and(|w| matches!(w.outcome.as_str(), "met" | "ran-out")))
    }
}

pub(super) fn article_of(
    number: &str,
    s: &crate::domain::manuscript::Submission,
    day: jiff::civil::Date,
) -> Article {
    let trial = |n: &crate::trials::TrialNumber| PublicTrial {
        number: n.canonical().to_owned(),
        registry: n.registry().name.to_owned(),
        registry_zh: n.registry().name_in_chinese().to_owned(),
        url: n.url(),
        registered: s.trial.submitted.clone(),
    };
    let author = |a: &crate::domain::manuscript::AuthorEntry| PublicAuthor {
        native_name: a.native_name.clone(),
        latin_name: a.latin_name.clone(),
        affiliations: a.affiliation_list(),
        orcid: a.orcid.clone(),
        corresponding: a.corresponding,
        joint_first: a.joint_first,
    };
    let exception = s
        .trial
        .settled
        .iter()
        .find(|(gate, _)| gate == crate::trials::Gate::NeedsChiefException.as_str());
    Article {
        number: number.to_owned(),
        language: s.language.clone(),
        article_type: s.article_type.clone(),
        section: s.section.clone(),
        title: [s.title_zh.clone(), s.title_en.clone()],
        summary: [s.abstract_zh.clone(), s.abstract_en.clone()],
        keywords: [s.keywords_zh.clone(), s.keywords_en.clone()],
        authors: s.authors.iter().map(author).collect(),
        funding: s.funding.clone(),
        conflicts: s.conflicts.clone(),
        ethics: s.ethics.clone(),
        data_statement: s.data_statement.clone(),
        trials: crate::trials::find_all(&s.trial.numbers)
            .iter()
            .map(trial)
            .collect(),
        trial_exception: exception.map(|(_, reason)| reason.clone()).unwrap_or_default(),
        notices: Vec::new(),
        published: day,
    }
}
