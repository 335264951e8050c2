//! What a reviewer reads: the blind texts and files, one's own reviews, and what came of one's own points.
//!
//! No query here selects what names the other side, and no type has room for it.

mod attachments;
mod certificate;
mod desk;
mod files;
mod list;
mod rounds;

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use serde::Serialize;

pub use attachments::{Attachment, AttachmentFinding};
pub use desk::{DeskView, InvitationView, Phase, ReviewerView, VersionView};
pub use files::{BlindEntry, FileRound};
pub use list::{ReviewList, ReviewRow};
pub use rounds::{PastRound, PointView, ReviewText, ScoreView};

use crate::store::entity::manuscript;
use crate::store::{Fault, Store};

/// The columns of a manuscript that a reviewer may read.
#[derive(Clone, Debug, FromQueryResult)]
pub(super) struct BlindRow {
    pub number: String,
    pub stage: String,
    pub round: i32,
    pub language: String,
    pub article_type: String,
    pub section: String,
    pub title_zh: String,
    pub title_en: String,
    pub abstract_zh: String,
    pub abstract_en: String,
    pub keywords_zh: String,
    pub keywords_en: String,
    pub trial: String,
}

/// A passage in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// The language: `zh-CN` or `en`.
    pub lang: &'static str,
    /// The title.
    pub title: String,
    /// The abstract.
    pub summary: String,
    /// The keywords.
    pub keywords: String,
}

/// What of a manuscript a reviewer reads before and after accepting.
#[derive(Clone, Debug, Serialize)]
pub struct BlindFacts {
    /// The number.
    pub number: String,
    /// The title in the manuscript's own language.
    pub title: String,
    /// That language.
    pub lang: String,
    /// Article type's key.
    pub article_type: String,
    /// Section's key.
    pub section: String,
    /// The ICMJE verdict's key; never the number.
    pub trial: String,
    /// Title, abstract and keywords, the own language first.
    pub passages: Vec<Passage>,
}

impl BlindRow {
    fn facts(&self) -> BlindFacts {
        let zh = Passage {
            lang: "zh-CN",
            title: self.title_zh.clone(),
            summary: self.abstract_zh.clone(),
            keywords: self.keywords_zh.clone(),
        };
        let en = Passage {
            lang: "en",
            title: self.title_en.clone(),
            summary: self.abstract_en.clone(),
            keywords: self.keywords_en.clone(),
        };
        let mut passages = if self.language == "en" {
            vec![en, zh]
        } else {
            vec![zh, en]
        };
        passages.retain(|p| !p.title.is_empty() || !p.summary.is_empty());
        let first = passages.first();
        BlindFacts {
            number: self.number.clone(),
            title: first.map_or_else(String::new, |p| p.title.clone()),
            lang: first.map_or("zh-CN", |p| p.lang).to_owned(),
            article_type: self.article_type.clone(),
            section: self.section.clone(),
            trial: self.trial.clone(),
            passages,
        }
    }
}

impl Store {
    async fn blind_row(&self, id: i64) -> Result<BlindRow, Fault> {
        use manuscript::Column as C;
        let found = manuscript::Entity::find()
            .select_only()
            .columns([
                C::Number,
                C::Stage,
                C::Round,
                C::Language,
                C::ArticleType,
                C::Section,
                C::TitleZh,
                C::TitleEn,
                C::AbstractZh,
                C::AbstractEn,
                C::KeywordsZh,
                C::KeywordsEn,
                C::Trial,
            ])
            .filter(C::Id.eq(id))
            .into_model()
            .one(&self.db.read)
            .await?;
        found.ok_or_else(|| Fault::Value("manuscript is gone".into()))
    }
}
