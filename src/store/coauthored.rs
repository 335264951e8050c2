//! Who has lately published in this journal together with an author of a manuscript (`RULES.md` 5). It reads what is
//! public.

use std::collections::HashSet;

use jiff::ToSpan;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity::article;
use super::publication::{Article, PublicAuthor};
use super::{Fault, Store};
use crate::domain::manuscript::Submission;
use crate::domain::person::Profile;

/// Names and iDs of people who published with one of the authors.
pub(super) struct RecentCoauthors(HashSet<String>);

/// What one person may be known by in an article: iD and names, without spaces and in lower case.
fn marks(native: &str, latin: &str, orcid: &str) -> Vec<String> {
    let plain = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    [orcid, native, latin]
        .into_iter()
        .map(plain)
        .filter(|mark| mark.chars().count() > 1)
        .collect()
}

fn marks_of(author: &PublicAuthor) -> Vec<String> {
    marks(&author.native_name, &author.latin_name, &author.orcid)
}

impl RecentCoauthors {
    /// Whether a person is among them.
    pub(super) fn has(&self, profile: &Profile) -> bool {
        marks(&profile.native_name, &profile.latin_name, &profile.orcid)
            .iter()
            .any(|mark| self.0.contains(mark))
    }
}

impl Store {
    /// Those who published in this journal, within the journal's years, together with an author of the submission.
    pub(super) async fn recent_coauthors(
        &self,
        conn: &impl ConnectionTrait,
        submission: &Submission,
    ) -> Result<RecentCoauthors, Fault> {
        let own: HashSet<String> = submission
            .authors
            .iter()
            .flat_map(|a| marks(&a.native_name, &a.latin_name, &a.orcid))
            .collect();
        let years = i64::from(self.rules().coauthor_years).years();
        let since = self.clock.now().to_zoned(self.rules().zone()).checked_sub(years);
        let since = since.map_or(0, |at| at.timestamp().as_microsecond());
        let bodies: Vec<String> = article::Entity::find()
            .select_only()
            .column(article::Column::Body)
            .filter(article::Column::PublishedAt.gte(since))
            .into_tuple()
            .all(conn)
            .await?;
        let mut out = HashSet::new();
        for body in bodies {
            let article: Article = serde_json::from_str(&body)?;
            let shared = article
                .authors
                .iter()
                .any(|a| marks_of(a).iter().any(|m| own.contains(m)));
            if shared {
                out.extend(article.authors.iter().flat_map(marks_of));
            }
        }
        Ok(RecentCoauthors(out))
    }
}
