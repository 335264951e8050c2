//! What the author asked of the office, and what can be asked now.

use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::Serialize;

use super::super::super::access::AsAuthor;
use super::super::super::entity::{manuscript, request, window};
use super::super::super::requests::request_cell;
use super::super::super::{Fault, Store};
use crate::domain::manuscript::{AuthorEntry, Submission};
use crate::domain::request::{Asking, RequestBody, RequestKind, may_ask};
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;

/// A request as its author sees it.
#[derive(Clone, Debug, Serialize)]
pub struct OwnRequest {
    /// What was asked.
    pub kind: &'static str,
    /// `open`, `granted`, `refused` or `void`.
    pub state: String,
    /// The day it was asked.
    pub asked: Date,
    /// Why.
    pub text: String,
    /// Days that were asked for.
    pub days: u32,
    /// Days that were granted.
    pub granted: u32,
    /// The addresses of those who have not agreed yet to a change of authors.
    pub waiting: Vec<String>,
    /// The office's words.
    pub answer: String,
}

impl Store {
    pub(super) async fn own_requests(
        &self,
        proof: &AsAuthor,
        submission: &Submission,
    ) -> Result<Vec<OwnRequest>, Fault> {
        let rows = request::Entity::find()
            .filter(request::Column::ManuscriptId.eq(proof.manuscript()))
            .order_by_desc(request::Column::AskedAt)
            .all(&self.db.read)
            .await?;
        rows.into_iter()
            .filter_map(|row| Some((RequestKind::from_key(&row.kind)?, row)))
            .map(|(kind, row)| {
                let body: RequestBody = self.vault.open_for(proof, request_cell(row.id), &row.sealed)?;
                let asks = kind == RequestKind::Authors && row.state == "open";
                Ok(OwnRequest {
                    kind: kind.key(),
                    asked: self.day(row.asked_at),
                    waiting: if asks {
                        body.waiting(&submission.authors)
                    } else {
                        Vec::new()
                    },
                    text: body.text,
                    days: body.days,
                    granted: body.granted,
                    answer: body.answer,
                    state: row.state,
                })
            })
            .collect()
    }

    /// What can be asked at a manuscript now.
    pub(super) async fn askable(&self, row: &manuscript::Model) -> Result<Vec<&'static str>, Fault> {
        let Some(stage) = Stage::from_key(&row.stage) else {
            return Ok(Vec::new());
        };
        let requests = request::Entity::find()
            .filter(request::Column::ManuscriptId.eq(row.id))
            .all(&self.db.read)
            .await?;
        let windows = window::Entity::find()
            .filter(window::Column::ManuscriptId.eq(row.id))
            .filter(window::Column::ClosedAt.is_null())
            .all(&self.db.read)
            .await?;
        let open = |kind: WindowKind| windows.iter().any(|w| w.kind == kind.key());
        let now = |kind: RequestKind| {
            let since = match kind {
                RequestKind::Extension => row.stage_at,
                _ => 0,
            };
            let same = requests
                .iter()
                .filter(|r| r.kind == kind.key() && r.asked_at >= since);
            Asking {
                stage,
                window: match kind {
                    RequestKind::Extension => open(WindowKind::Revision),
                    RequestKind::Appeal => open(WindowKind::Appeal),
                    RequestKind::Withdrawal | RequestKind::Authors => false,
                },
                waits: same.clone().any(|r| r.state == "open"),
                before: same.count() > 0,
            }
        };
        Ok(RequestKind::ALL
            .into_iter()
            .filter(|kind| may_ask(*kind, now(*kind)))
            .map(RequestKind::key)
            .collect())
    }

    /// The authors as they are now, for a form that changes them.
    pub async fn author_authors(&self, proof: &AsAuthor) -> Result<Vec<AuthorEntry>, Fault> {
        Ok(self.own_row(proof).await?.1.authors)
    }
}
