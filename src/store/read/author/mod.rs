//! What authors read: everything of their own, nothing of who reviews or handles it. Days, never instants.

mod blind;
mod draft;
mod guests;
mod list;
mod requests;
mod revision;
mod whole;

pub use blind::{AuthorBlind, AuthorFile, OwnOriginal};
pub use draft::{AuthorDetails, AuthorDraft, BlindSheet, Question};
pub use list::MyManuscript;
pub use requests::OwnRequest;
pub use revision::AuthorRevision;
pub use whole::{AuthorManuscript, AuthorProof, Happening, PointView, ReceivedDecision, SentAnswers};

pub use super::super::rows::ClockView;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::access::AsAuthor;
use super::super::case::stage_of;
use super::super::entity::{decision, file, manuscript, window};
use super::super::files::FileRole;
use super::super::{Fault, Store};
use crate::domain::manuscript::Submission;
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;
use crate::seal::Cell;

/// The clocks that an author may see. The others would tell what reviewers do.
const CLOCKS: [WindowKind; 7] = [
    WindowKind::Screening,
    WindowKind::Completion,
    WindowKind::Revision,
    WindowKind::ReReview,
    WindowKind::Appeal,
    WindowKind::Reaffirmation,
    WindowKind::Proof,
];

fn clock_keys() -> impl Iterator<Item = &'static str> {
    CLOCKS.iter().map(|kind| kind.key())
}

/// The title as its author wrote it.
fn own_title(submission: &Submission) -> (String, String) {
    let title = submission.title().to_owned();
    let chinese = title == submission.title_zh && !title.is_empty();
    (title, if chinese { "zh-CN" } else { "en" }.to_owned())
}

/// A token for one state of the manuscript as its author sees it. The row's version counts what reviewers and editors
/// do and is therefore never shown to an author.
fn edition(row: &manuscript::Model, submission: &Submission) -> Result<String, Fault> {
    let mut seen = submission.clone();
    seen.trial.settled.clear();
    seen.excused.clear();
    seen.denied.clear();
    let text = serde_json::to_vec(&(&row.stage, row.round, &seen))?;
    Ok(blake3::hash(&text).to_hex()[..20].to_owned())
}

impl Store {
    async fn own_row(&self, proof: &AsAuthor) -> Result<(manuscript::Model, Submission), Fault> {
        let row = manuscript::Entity::find_by_id(proof.manuscript())
            .one(&self.db.read)
            .await?
            .ok_or_else(|| Fault::Value("manuscript is gone".into()))?;
        let submission = self.own_submission(proof, &row)?;
        Ok((row, submission))
    }

    fn own_submission(&self, proof: &AsAuthor, row: &manuscript::Model) -> Result<Submission, Fault> {
        self.vault
            .open_for(proof, Cell::new("manuscript", "sealed", row.id), &row.sealed)
    }

    /// The row's version for an action, if the manuscript still is as the page showed it; else a version that never is.
    pub async fn author_version(&self, proof: &AsAuthor, shown: &str) -> Result<i64, Fault> {
        let (row, submission) = self.own_row(proof).await?;
        Ok(if edition(&row, &submission)? == shown {
            row.version
        } else {
            0
        })
    }

    /// The clock that runs for the author.
    async fn own_clock(&self, proof: &AsAuthor) -> Result<Option<ClockView>, Fault> {
        let row = window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(window::Column::ClosedAt.is_null())
            .filter(window::Column::Kind.is_in(clock_keys()))
            .order_by_asc(window::Column::DueAt)
            .one(&self.db.read)
            .await?;
        row.as_ref().map(|row| self.clock_view(row)).transpose()
    }

    /// The files that the author sent, with their own names; nobody else's.
    async fn own_files(&self, proof: &AsAuthor) -> Result<Vec<AuthorFile>, Fault> {
        self.file_rows(&self.db.read, proof.manuscript())
            .await?
            .iter()
            .filter(|row| row.assignment_id.is_none() && row.role != FileRole::Attachment.key())
            .map(|row| self.author_file_of(proof, row))
            .collect()
    }

    /// Whether a decision waits to be opened: its letter may have gone, and nobody can take it back any more.
    async fn decision_waits(&self, manuscripts: Vec<i64>) -> Result<Vec<i64>, Fault> {
        Ok(decision::Entity::find()
            .filter(decision::Column::ManuscriptId.is_in(manuscripts))
            .filter(decision::Column::State.eq("pending"))
            .filter(decision::Column::SendAt.lte(self.clock.now().as_microsecond()))
            .all(&self.db.read)
            .await?
            .into_iter()
            .map(|row| row.manuscript_id)
            .collect())
    }
}

impl Store {
    /// The round whose files the author may change now.
    async fn open_round(&self, row: &manuscript::Model) -> Result<Option<i32>, Fault> {
        Ok(match stage_of(&row.stage)? {
            Stage::Draft | Stage::Returned => Some(row.round),
            Stage::Revising => Some(row.round + 1),
            Stage::Screening | Stage::InReview | Stage::ReReview if self.mendable(row).await? => {
                Some(row.round)
            }
            // For the copyright form.
            Stage::Accepted if self.rules().copyright_form => Some(row.round),
            _ => None,
        })
    }

    /// Whether files of a manuscript that is with the office wait for their author: the manuscript is missing, or there is
    /// no blind copy that can be used; of one that began elsewhere also while one is being made. Whether somebody was
    /// asked to review it must not show.
    async fn mendable(&self, row: &manuscript::Model) -> Result<bool, Fault> {
        let files = self.file_rows(&self.db.read, row.id).await?;
        let own: Vec<_> = files
            .iter()
            .filter(|f| f.round == row.round && f.assignment_id.is_none())
            .collect();
        let manuscript = own.iter().any(|f| f.role == FileRole::Manuscript.key());
        let wanting = |f: &&file::Model| f.state == "refused" || f.open_findings > 0;
        if !manuscript || own.iter().any(wanting) {
            return Ok(true);
        }
        let made = own.iter().any(|f| f.state == "waiting");
        Ok(made
            && row.stage != Stage::ReReview.key()
            && self.former_of(&self.db.read, row.id).await?.is_some())
    }
}
