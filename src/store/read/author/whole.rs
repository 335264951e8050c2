//! The manuscript's page for its authors.

use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::{AsAuthor, Denied};
use super::super::super::case::stage_of;
use super::super::super::decisions::DecisionBody;
use super::super::super::entity::{decision, event, manuscript, revision, window};
use super::super::super::publication::{Article, article_of};
use super::super::super::revisions::Answers;
use super::super::super::rows::{ClockView, instant};
use super::super::super::{Fault, Store};
use super::requests::OwnRequest;
use super::{AuthorFile, clock_keys, edition, own_title};
use crate::domain::decision::Point;
use crate::domain::event::EventBody;
use crate::domain::manuscript::AuthorEntry;
use crate::domain::stage::Stage;
use crate::domain::window::{WindowKind, last_day};
use crate::seal::Cell;

/// Everything of a manuscript that its authors may know.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorManuscript {
    /// The public number.
    pub number: String,
    /// Where it stands.
    pub stage: Stage,
    /// Since when.
    pub since: Date,
    /// The round of review, from 1.
    pub round: i32,
    /// The article type's key.
    pub article_type: String,
    /// The title as its author wrote it.
    pub title: String,
    /// The title's language.
    pub title_lang: String,
    /// The clock that runs.
    pub clock: Option<ClockView>,
    /// A decision waits to be opened. What it is, nobody is told before.
    pub decision_waits: bool,
    /// Decisions that were received, the latest first.
    pub decisions: Vec<ReceivedDecision>,
    /// Answers that were sent, the latest first.
    pub sent: Vec<SentAnswers>,
    /// The files, by round.
    pub files: Vec<AuthorFile>,
    /// What happened, the latest first.
    pub history: Vec<Happening>,
    /// The state that a form of this page is about.
    pub edition: String,
    /// What was asked of the office, the latest first.
    pub requests: Vec<OwnRequest>,
    /// What can be asked now: kinds of requests.
    pub may_ask: Vec<&'static str>,
    /// Whether all windows but screening stand still.
    pub held: bool,
    /// Co-authors who have not said yet that they are authors.
    pub silent: Vec<AuthorEntry>,
    /// Whether they can be asked once more where the manuscript stands.
    pub may_remind: bool,
    /// Whether files of it wait for their author while it is with the office.
    pub mend: bool,
    /// Whether it began elsewhere, and the office entered it.
    pub entered: bool,
}

/// A decision as its author received it.
#[derive(Clone, Debug, Serialize)]
pub struct ReceivedDecision {
    /// What was decided.
    pub kind: String,
    /// The round that it closed.
    pub round: i32,
    /// When it was received.
    pub day: Date,
    /// Words to the author.
    pub message: String,
    /// What is missing, for a return for completion.
    pub items: Vec<String>,
    /// The suggestions.
    pub points: Vec<PointView>,
}

/// A suggestion with its pseudonym.
#[derive(Clone, Debug, Serialize)]
pub struct PointView {
    /// Its number.
    pub number: u32,
    /// `A` to `H`, or empty for the editors' own.
    pub latin: String,
    /// 甲 to 辛, or empty.
    pub chinese: String,
    /// The words.
    pub text: String,
}

impl From<Point> for PointView {
    fn from(point: Point) -> Self {
        PointView {
            number: point.number,
            latin: point.label.map(|l| l.latin().to_string()).unwrap_or_default(),
            chinese: point.label.map(|l| l.chinese().to_string()).unwrap_or_default(),
            text: point.text,
        }
    }
}

/// Answers and rebuttal as they were sent.
#[derive(Clone, Debug, Serialize)]
pub struct SentAnswers {
    /// The round that they answer.
    pub round: i32,
    /// When.
    pub day: Date,
    /// What was answered.
    pub answers: Answers,
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Happening {
    /// When.
    pub day: Date,
    /// What, as a key of translations.
    pub what: String,
    /// A date that it names.
    pub until: Option<Date>,
    /// Words that come with it: a reason that the author was given or gave.
    pub note: String,
}

/// The proof of the article.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorProof {
    /// What will be published.
    pub article: Article,
    /// The clock, while the author may still answer.
    pub clock: Option<ClockView>,
    /// The state that a form of this page is about.
    pub edition: String,
}

impl Store {
    /// The manuscript's page for its authors.
    pub async fn author_manuscript(&self, proof: &AsAuthor) -> Result<AuthorManuscript, Fault> {
        let (row, submission) = self.own_row(proof).await?;
        let decisions = decision::Entity::find()
            .filter(decision::Column::ManuscriptId.eq(row.id))
            .filter(decision::Column::State.eq("received"))
            .order_by_desc(decision::Column::ReceivedAt)
            .all(&self.db.read)
            .await?;
        let revisions = revision::Entity::find()
            .filter(revision::Column::ManuscriptId.eq(row.id))
            .filter(revision::Column::State.eq("sent"))
            .order_by_desc(revision::Column::Round)
            .all(&self.db.read)
            .await?;
        let (title, title_lang) = own_title(&submission);
        Ok(AuthorManuscript {
            entered: self.former_of(&self.db.read, row.id).await?.is_some(),
            mend: matches!(
                stage_of(&row.stage)?,
                Stage::Screening | Stage::InReview | Stage::ReReview
            ) && self.mendable(&row).await?,
            stage: stage_of(&row.stage)?,
            since: self.day(row.stage_at),
            round: row.round,
            article_type: submission.article_type.clone(),
            title,
            title_lang,
            clock: self.own_clock(proof).await?,
            decision_waits: !self.decision_waits(vec![row.id]).await?.is_empty(),
            decisions: decisions
                .iter()
                .map(|row| self.received(proof, row))
                .collect::<Result<_, _>>()?,
            sent: revisions
                .iter()
                .map(|row| self.sent_answers(proof, row))
                .collect::<Result<_, _>>()?,
            files: self.own_files(proof).await?,
            history: self.history(proof).await?,
            edition: edition(&row, &submission)?,
            requests: self.own_requests(proof, &submission).await?,
            may_ask: self.askable(&row).await?,
            held: row.held,
            may_remind: stage_of(&row.stage)?.is_with_office(),
            silent: self.waited_authors(row.id, &submission).await?,
            number: row.number,
        })
    }

    pub(super) fn received(
        &self,
        proof: &AsAuthor,
        row: &decision::Model,
    ) -> Result<ReceivedDecision, Fault> {
        let body: DecisionBody =
            self.vault
                .open_for(proof, Cell::new("decision", "sealed", row.id), &row.sealed)?;
        Ok(ReceivedDecision {
            kind: row.kind.clone(),
            round: row.round,
            day: self.day(row.received_at.unwrap_or(row.send_at)),
            message: body.text.message,
            items: body.text.items,
            points: body.text.points.into_iter().map(PointView::from).collect(),
        })
    }

    fn sent_answers(&self, proof: &AsAuthor, row: &revision::Model) -> Result<SentAnswers, Fault> {
        Ok(SentAnswers {
            round: row.round,
            day: self.day(row.sent_at.unwrap_or_default()),
            answers: self
                .vault
                .open_for(proof, Cell::new("revision", "sealed", row.id), &row.sealed)?,
        })
    }

    async fn history(&self, proof: &AsAuthor) -> Result<Vec<Happening>, Fault> {
        let rows = event::Entity::find()
            .filter(event::Column::ManuscriptId.eq(proof.manuscript()))
            .order_by_desc(event::Column::Seq)
            .all(&self.db.read)
            .await?;
        let mut out: Vec<Happening> = Vec::new();
        for row in rows {
            let cell = Cell::new("event", "sealed", row.id);
            let body: EventBody = self.vault.open_for(proof, cell, &row.sealed)?;
            // The same line twice on one day would count the reviewers.
            if let Some(line) = self.happening(&row, body).filter(|line| !out.contains(line)) {
                out.push(line);
            }
        }
        Ok(out)
    }

    /// What an author may know of an event: own acts, decisions that were received, the own clocks. Nothing of
    /// invitations, reviews, decisions under way, names shown or reasons for the record.
    fn happening(&self, row: &event::Model, body: EventBody) -> Option<Happening> {
        let line = |what: &str| Happening {
            day: self.day(row.at),
            what: what.to_owned(),
            until: None,
            note: String::new(),
        };
        let own_clock = |key: &str| clock_keys().any(|k| k == key) && key != "re-review";
        match row.kind.as_str() {
            "submitted" | "completed" | "reaffirmed" | "revision-returned" | "reviewed-again"
            | "coauthor-confirmed" | "proof-confirmed" | "published" | "authors-changed" | "entered"
            | "request-taken-back" | "details-changed" => Some(line(&row.kind)),
            "held" | "resumed" => Some(Happening {
                note: body.note,
                ..line(&row.kind)
            }),
            "request-asked" | "request-granted" | "request-refused" => {
                let kind = body.note.split(':').next().unwrap_or_default();
                Some(line(&format!("{}-{kind}", row.kind)))
            }
            "notice-published" => {
                let kind = body.note.split(':').next().unwrap_or_default();
                Some(line(&format!("notice-{kind}")))
            }
            "withdrawn" => Some(Happening {
                note: body.note,
                ..line("withdrawn")
            }),
            "decided" if body.note == "proof" => Some(line("proof-sent")),
            "decision-received" => Some(line(&format!("received-{}", body.note))),
            "window-closed" if own_clock(&body.note) => Some(Happening {
                day: body
                    .due
                    .map_or_else(|| self.day(row.at), |due| last_day(instant(due), &self.rules())),
                ..line(&format!("closed-{}", body.note))
            }),
            "extended" => {
                let (what, reason) = body.note.split_once(": ")?;
                let (window, until) = what.split_once(' ')?;
                own_clock(window).then(|| Happening {
                    until: until.parse().ok(),
                    note: reason.to_owned(),
                    ..line("extended")
                })
            }
            _ => None,
        }
    }

    /// The article as it will be: once the office has sent the proof.
    pub async fn author_proof(&self, proof: &AsAuthor) -> Result<AuthorProof, Denied> {
        let (row, submission) = self.own_row(proof).await?;
        let sent = self.proof_window(&row).await?.ok_or(Denied::NotFound)?;
        if stage_of(&row.stage)? != Stage::Accepted {
            return Err(Denied::NotFound);
        }
        let open = sent.closed_at.is_none();
        Ok(AuthorProof {
            article: article_of(
                &row.number,
                &submission,
                self.day(self.clock.now().as_microsecond()),
            ),
            clock: if open { Some(self.clock_view(&sent)?) } else { None },
            edition: edition(&row, &submission)?,
        })
    }

    pub(super) async fn proof_window(&self, row: &manuscript::Model) -> Result<Option<window::Model>, Fault> {
        Ok(window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(row.id))
            .filter(window::Column::Kind.eq(WindowKind::Proof.key()))
            .order_by_desc(window::Column::OpensAt)
            .one(&self.db.read)
            .await?)
    }
}
