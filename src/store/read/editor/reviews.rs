//! The reviews side by side, round by round, with the author's revisions between them.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::AsEditor;
use super::super::super::decisions::DecisionBody;
use super::super::super::entity::{decision, file, review, review_version, revision};
use super::super::super::files::{FileFacts, facts};
use super::super::super::revisions::Answers;
use super::super::super::{Fault, Store};
use super::reviewers::Reviewer;
use super::{LabelView, Moment, Name, language_of};
use crate::domain::review::{Review, criteria, suggestions};
use crate::domain::verdict::{Verdict, split};
use crate::seal::Cell;

/// One score.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreView {
    /// The criterion: a key of translations `criterion-…`.
    pub criterion: String,
    /// 1 to 5.
    pub score: u8,
}

/// A text with its language.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// The words.
    pub text: String,
    /// Their language.
    pub lang: &'static str,
}

impl Passage {
    pub(super) fn of(text: &str) -> Passage {
        Passage {
            text: text.trim().to_owned(),
            lang: language_of(text),
        }
    }
}

/// What a review says.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewText {
    /// The verdict's key.
    pub verdict: &'static str,
    /// Its sign.
    pub sign: &'static str,
    /// The scores in the order of the form.
    pub scores: Vec<ScoreView>,
    /// Assessment for the editors.
    pub assessment: Passage,
    /// Numbered suggestions for the author.
    pub suggestions: Vec<Passage>,
    /// Remarks for the editors alone.
    pub confidential: Passage,
    /// When it was sent, or replaced.
    pub at: Moment,
}

/// A review with its history.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewView {
    /// The pseudonym.
    pub label: LabelView,
    /// The name.
    pub name: Name,
    /// As it stands.
    pub text: ReviewText,
    /// As it stood before it was amended, the latest first.
    pub earlier: Vec<ReviewText>,
    /// Attachments with a blind copy.
    pub attachments: Vec<FileFacts>,
}

/// One point with the author's answer.
#[derive(Clone, Debug, Serialize)]
pub struct PointView {
    /// Its number.
    pub number: u32,
    /// The reviewer's label; none for the editors' own.
    pub label: Option<LabelView>,
    /// The point.
    pub text: Passage,
    /// The answer.
    pub answer: Passage,
}

/// What the author returned before a round.
#[derive(Clone, Debug, Serialize)]
pub struct RevisionView {
    /// The day.
    pub received: Option<Moment>,
    /// The rebuttal's covering words.
    pub rebuttal: Passage,
    /// The points with their answers.
    pub points: Vec<PointView>,
    /// The blind files of the round before.
    pub before: Vec<FileFacts>,
    /// The blind files of this round.
    pub after: Vec<FileFacts>,
}

/// A round of review.
#[derive(Clone, Debug, Serialize)]
pub struct RoundView {
    /// Its number.
    pub round: i32,
    /// Whether it is the present one.
    pub current: bool,
    /// The revision with which it began.
    pub revision: Option<RevisionView>,
    /// The reviews, by label.
    pub reviews: Vec<ReviewView>,
    /// Whether the verdicts differ so much that another reviewer is worth asking.
    pub split: bool,
}

impl Store {
    fn review_text(&self, content: &Review, at: i64) -> ReviewText {
        let verdict = content.verdict.unwrap_or(Verdict::AfterRevision);
        let score = |criterion: String| ScoreView {
            score: content.scores.get(&criterion).copied().unwrap_or(0),
            criterion,
        };
        // What it had is shown, also where the form has changed since.
        let had = criteria(&self.pages(), Some(content));
        ReviewText {
            verdict: verdict.key(),
            sign: verdict.sign(),
            scores: had.into_iter().map(score).collect(),
            assessment: Passage::of(&content.assessment),
            suggestions: suggestions(content).into_iter().map(Passage::of).collect(),
            confidential: Passage::of(&content.confidential),
            at: self.moment(at),
        }
    }

    fn review_content(&self, proof: &AsEditor, row: &review::Model) -> Result<Review, Fault> {
        self.vault
            .open_for(proof, Cell::new("review", "sealed", row.id), &row.sealed)
    }

    pub(super) async fn sent_reviews(&self, proof: &AsEditor) -> Result<Vec<(review::Model, Review)>, Fault> {
        let rows = review::Entity::find()
            .filter(review::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(review::Column::State.eq("sent"))
            .order_by_asc(review::Column::SentAt)
            .all(&self.db.read)
            .await?;
        rows.into_iter()
            .map(|row| {
                let content = self.review_content(proof, &row)?;
                Ok((row, content))
            })
            .collect()
    }

    /// All rounds, the present one first.
    pub async fn editor_rounds(&self, proof: &AsEditor) -> Result<Vec<RoundView>, Fault> {
        let manuscript = self.manuscript_of(proof).await?;
        let reviewers = self.reviewers_by_row(proof).await?;
        let reviews = self.sent_reviews(proof).await?;
        let versions = review_version::Entity::find()
            .filter(review_version::Column::ReviewId.is_in(reviews.iter().map(|(row, _)| row.id)))
            .order_by_desc(review_version::Column::At)
            .all(&self.db.read)
            .await?;
        let files = self.file_rows(&self.db.read, manuscript.id).await?;
        let revisions = self.sent_revisions(proof, &files).await?;
        let mut out = Vec::new();
        for round in (1..=manuscript.round).rev() {
            let mut views = Vec::new();
            let of_round = || reviews.iter().filter(|(row, _)| row.round == round);
            for (row, content) in of_round() {
                views.push(self.review_view(proof, row, content, &reviewers, &versions, &files)?);
            }
            views.sort_by_key(|v| v.label.latin);
            let verdicts: Vec<Verdict> = of_round().filter_map(|(_, c)| c.verdict).collect();
            out.push(RoundView {
                round,
                current: round == manuscript.round,
                revision: revisions
                    .iter()
                    .find(|(r, _)| *r == round)
                    .map(|(_, v)| v.clone()),
                split: verdicts.len() < 3 && split(&verdicts),
                reviews: views,
            });
        }
        Ok(out)
    }

    fn review_view(
        &self,
        proof: &AsEditor,
        row: &review::Model,
        content: &Review,
        reviewers: &[Reviewer],
        versions: &[review_version::Model],
        files: &[file::Model],
    ) -> Result<ReviewView, Fault> {
        let reviewer = reviewers
            .iter()
            .find(|r| r.id == row.assignment_id)
            .ok_or_else(|| Fault::Value("review without assignment".into()))?;
        let mut earlier = Vec::new();
        for version in versions.iter().filter(|v| v.review_id == row.id) {
            let cell = Cell::new("review_version", "sealed", version.id);
            let old: Review = self.vault.open_for(proof, cell, &version.sealed)?;
            earlier.push(self.review_text(&old, version.at));
        }
        let own = |f: &&file::Model| {
            f.assignment_id == Some(row.assignment_id) && f.round == row.round && f.state == "blind"
        };
        Ok(ReviewView {
            label: reviewer.label.clone(),
            name: reviewer.name.clone(),
            text: self.review_text(content, row.sent_at.unwrap_or_default()),
            earlier,
            attachments: files.iter().filter(own).map(facts).collect(),
        })
    }

    /// The revisions that were sent, by the round that each began.
    async fn sent_revisions(
        &self,
        proof: &AsEditor,
        files: &[file::Model],
    ) -> Result<Vec<(i32, RevisionView)>, Fault> {
        let rows = revision::Entity::find()
            .filter(revision::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(revision::Column::State.eq("sent"))
            .all(&self.db.read)
            .await?;
        let decisions = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(proof.manuscript()))
            .filter(decision::Column::State.eq("received"))
            .filter(decision::Column::Kind.eq("ask-revision"))
            .all(&self.db.read)
            .await?;
        let blind = |round: i32| -> Vec<FileFacts> {
            let shown = |f: &&file::Model| {
                f.round == round && matches!(f.role.as_str(), "manuscript" | "figure" | "supplement")
            };
            files.iter().filter(shown).map(facts).collect()
        };
        let mut out = Vec::new();
        for row in rows {
            let cell = Cell::new("revision", "sealed", row.id);
            let answers: Answers = self.vault.open_for(proof, cell, &row.sealed)?;
            let asked = decisions.iter().find(|d| d.round == row.round);
            let points = match asked {
                Some(d) => {
                    let cell = Cell::new("decision", "sealed", d.id);
                    let body: DecisionBody = self.vault.open_for(proof, cell, &d.sealed)?;
                    body.text.points
                }
                None => Vec::new(),
            };
            let answer = |i: usize| answers.answers.get(i).map_or("", String::as_str);
            let point = |(i, p): (usize, &crate::domain::decision::Point)| PointView {
                number: p.number,
                label: p.label.map(LabelView::from),
                text: Passage::of(&p.text),
                answer: Passage::of(answer(i)),
            };
            let view = RevisionView {
                received: row.sent_at.map(|at| self.moment(at)),
                rebuttal: Passage::of(&answers.rebuttal),
                points: points.iter().enumerate().map(point).collect(),
                before: blind(row.round),
                after: blind(row.round + 1),
            };
            out.push((row.round + 1, view));
        }
        Ok(out)
    }
}
