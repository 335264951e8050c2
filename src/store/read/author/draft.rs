//! A submission while it is written, and the sheet before it is sent.

use serde::Serialize;

use super::super::super::access::AsAuthor;
use super::super::super::case::stage_of;
use super::super::super::{Fault, Store};
use super::{AuthorFile, edition, own_title};
use crate::domain::manuscript::Submission;
use crate::domain::stage::Stage;

/// A submission as its author sees it.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorDraft {
    /// The public number.
    pub number: String,
    /// Where it stands.
    pub stage: Stage,
    /// The title as its author wrote it.
    pub title: String,
    /// The title's language.
    pub title_lang: String,
    /// What was written so far.
    pub submission: Submission,
    /// The round whose files can be changed now.
    pub round: Option<i32>,
    /// The files of that round.
    pub files: Vec<AuthorFile>,
    /// The state that a form of this page is about.
    pub edition: String,
}

/// What reviewers will read of title, abstract and keywords, in Chinese and English.
#[derive(Clone, Debug, Serialize)]
pub struct BlindSheet {
    /// Titles.
    pub title: [String; 2],
    /// Abstracts.
    pub summary: [String; 2],
    /// Keywords.
    pub keywords: [String; 2],
}

impl Store {
    /// The submission while its author may change it; None before and after.
    pub async fn author_draft(&self, proof: &AsAuthor) -> Result<Option<AuthorDraft>, Fault> {
        let draft = self.author_open_files(proof).await?;
        Ok(Some(draft).filter(|d| matches!(d.stage, Stage::Draft | Stage::Returned)))
    }

    /// The submission with the files that can be changed now, if there are any.
    pub async fn author_open_files(&self, proof: &AsAuthor) -> Result<AuthorDraft, Fault> {
        let (row, mut submission) = self.own_row(proof).await?;
        let stage = stage_of(&row.stage)?;
        let round = self.open_round(&row).await?;
        let mut files = self.own_files(proof).await?;
        files.retain(|file| Some(file.facts.round) == round);
        // A revision that was received is changed only to mend a file without a blind copy.
        let unready = files
            .iter()
            .any(|f| f.facts.state == "refused" || f.facts.open_findings > 0);
        let round = round.filter(|_| stage != Stage::ReReview || unready);
        let edition = edition(&row, &submission)?;
        // The editors' words about the trial are theirs.
        submission.trial.settled.clear();
        let (title, title_lang) = own_title(&submission);
        Ok(AuthorDraft {
            number: row.number,
            stage,
            title,
            title_lang,
            submission,
            round,
            files,
            edition,
        })
    }

    /// Title, abstract and keywords as they will be after the authors' identity was taken out.
    pub async fn author_blind_sheet(&self, proof: &AsAuthor) -> Result<BlindSheet, Fault> {
        let (_, s) = self.own_row(proof).await?;
        let terms = self.terms(proof.manuscript()).await?;
        let blind = |text: &str| bauta_strip::strip_text(text, &terms).0;
        Ok(BlindSheet {
            title: [blind(&s.title_zh), blind(&s.title_en)],
            summary: [blind(&s.abstract_zh), blind(&s.abstract_en)],
            keywords: [blind(&s.keywords_zh), blind(&s.keywords_en)],
        })
    }
}
