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
    /// Whether letters reach a corresponding author: an account with a confirmed address.
    pub reached: bool,
    /// The state that a form of this page is about.
    pub edition: String,
}

/// What was written at submission, for its author who corrects it.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorDetails {
    /// The public number.
    pub number: String,
    /// Where it stands.
    pub stage: Stage,
    /// Whether the proof waits for the author.
    pub proof: bool,
    /// The title as its author wrote it.
    pub title: String,
    /// The title's language.
    pub title_lang: String,
    /// What was written.
    pub submission: Submission,
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
    /// Places in them that may say who or where the authors are, each once: the program does not take them out by itself.
    pub questions: Vec<Question>,
}

/// A place in title, abstract or keywords that its author should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Why: a key of translations `author-finding-…`.
    pub kind: bauta_strip::FindingKind,
    /// The words with what stands around them.
    pub excerpt: String,
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
        let edition = edition(&row, &submission)?;
        // The editors' words about the trial are theirs.
        submission.trial.settled.clear();
        let (title, title_lang) = own_title(&submission);
        Ok(AuthorDraft {
            reached: self.reaches_an_author(&submission).await?,
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

    /// What was written at submission, with what decides whether it can be corrected.
    pub async fn author_details(&self, proof: &AsAuthor) -> Result<AuthorDetails, Fault> {
        let (row, mut submission) = self.own_row(proof).await?;
        let edition = edition(&row, &submission)?;
        submission.trial.settled.clear();
        let (title, title_lang) = own_title(&submission);
        let sent = self.proof_window(&row).await?;
        Ok(AuthorDetails {
            stage: stage_of(&row.stage)?,
            proof: sent.is_some_and(|w| w.closed_at.is_none()),
            number: row.number,
            title,
            title_lang,
            submission,
            edition,
        })
    }

    /// Title, abstract and keywords as they will be after the authors' identity was taken out.
    pub async fn author_blind_sheet(&self, proof: &AsAuthor) -> Result<BlindSheet, Fault> {
        let (_, s) = self.own_row(proof).await?;
        let terms = self.terms(proof.manuscript()).await?;
        let mut questions: Vec<Question> = Vec::new();
        let mut blind = |text: &str| {
            let (clean, report) = bauta_strip::strip_text(text, &terms);
            for finding in report.findings {
                let question = Question {
                    kind: finding.kind,
                    excerpt: finding.excerpt,
                };
                if !questions.contains(&question) {
                    questions.push(question);
                }
            }
            clean
        };
        Ok(BlindSheet {
            title: [blind(&s.title_zh), blind(&s.title_en)],
            summary: [blind(&s.abstract_zh), blind(&s.abstract_en)],
            keywords: [blind(&s.keywords_zh), blind(&s.keywords_en)],
            questions,
        })
    }
}
