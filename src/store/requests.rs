//! What authors ask of the office, inside a case: asked, changed while others agree, answered once.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

use super::Fault;
use super::access::{AsOffice, Purpose};
use super::case::Case;
use super::entity::request;
use crate::domain::request::{Asking, RequestBody, RequestKind, may_ask};
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;
use crate::seal::Cell;

const CLOCK: AsOffice = AsOffice(Purpose::Clock);

pub(super) fn request_cell(id: i64) -> Cell {
    Cell::new("request", "sealed", id)
}

/// A request with what it says.
#[derive(Clone, Debug)]
pub struct Request {
    /// The row.
    pub id: i64,
    /// What is asked.
    pub kind: RequestKind,
    /// `open`, `granted`, `refused` or `void` (the manuscript moved on without an answer).
    pub state: String,
    /// What it says.
    pub body: RequestBody,
}

impl Case<'_> {
    /// All requests of the manuscript, the earliest first.
    pub async fn requests(&self) -> Result<Vec<Request>, Fault> {
        let rows = request::Entity::find()
            .filter(request::Column::ManuscriptId.eq(self.row.id))
            .order_by_asc(request::Column::AskedAt)
            .order_by_asc(request::Column::Id)
            .all(&self.txn)
            .await?;
        rows.into_iter()
            .map(|row| {
                let body = self
                    .store
                    .vault
                    .open_for(&CLOCK, request_cell(row.id), &row.sealed)?;
                let kind = RequestKind::from_key(&row.kind)
                    .ok_or_else(|| Fault::Value(format!("request {}", row.kind)))?;
                Ok(Request {
                    id: row.id,
                    kind,
                    state: row.state,
                    body,
                })
            })
            .collect()
    }

    /// Whether the author may ask this now.
    pub async fn may_ask(&self, kind: RequestKind) -> Result<bool, Fault> {
        let since = match kind {
            RequestKind::Extension => self.row.stage_at,
            _ => 0,
        };
        let asked = |states: &[&str]| {
            request::Entity::find()
                .filter(request::Column::ManuscriptId.eq(self.row.id))
                .filter(request::Column::Kind.eq(kind.key()))
                .filter(request::Column::AskedAt.gte(since))
                .filter(request::Column::State.is_in(states.iter().copied()))
        };
        let window = match kind {
            RequestKind::Extension => self.window(WindowKind::Revision).await?.is_some(),
            RequestKind::Appeal => self.window(WindowKind::Appeal).await?.is_some(),
            RequestKind::Withdrawal | RequestKind::Authors => false,
        };
        let now = Asking {
            stage: self.stage(),
            window,
            before: asked(&["open", "granted", "refused", "void"])
                .count(&self.txn)
                .await?
                > 0,
            waits: asked(&["open"]).count(&self.txn).await? > 0,
        };
        Ok(may_ask(kind, now))
    }

    /// Keeps a new request of the person who acts.
    pub async fn ask(&self, kind: RequestKind, body: RequestBody) -> Result<i64, Fault> {
        let id = self.store.vault.id("request");
        let body = RequestBody {
            actor: self.actor.unwrap_or_default(),
            ..body
        };
        let row = request::ActiveModel {
            id: Set(id),
            manuscript_id: Set(self.row.id),
            kind: Set(kind.key().to_owned()),
            state: Set("open".to_owned()),
            sealed: Set(self.store.vault.seal(request_cell(id), &body)?),
            asked_at: Set(self.now.as_microsecond()),
            answered_at: Set(None),
        };
        request::Entity::insert(row)
            .exec_without_returning(&self.txn)
            .await?;
        Ok(id)
    }

    /// The request of a row, while it is open.
    pub async fn open_request(&self, id: i64) -> Result<Option<Request>, Fault> {
        let mut all = self.requests().await?;
        all.retain(|r| r.id == id && r.state == "open");
        Ok(all.pop())
    }

    /// Keeps that somebody agreed, while the request is open.
    pub async fn keep_request(&self, request: &Request) -> Result<(), Fault> {
        self.update_request(request.id, "open", &request.body).await
    }

    /// Answers a request by the person who acts: `granted`, `refused`; or `void` by the clock.
    pub async fn answer_request(&self, request: &Request, state: &str, answer: &str) -> Result<(), Fault> {
        self.answer_with_days(request, state, answer, 0).await
    }

    /// Answers a request for more time: with the days that were granted, which need not be those that were asked for.
    pub async fn answer_with_days(
        &self,
        request: &Request,
        state: &str,
        answer: &str,
        granted: u32,
    ) -> Result<(), Fault> {
        let body = RequestBody {
            granted,
            answered_by: self.actor,
            answer: answer.to_owned(),
            ..request.body.clone()
        };
        self.update_request(request.id, state, &body).await
    }

    async fn update_request(&self, id: i64, state: &str, body: &RequestBody) -> Result<(), Fault> {
        let answered = (state != "open").then(|| self.now.as_microsecond());
        request::Entity::update_many()
            .col_expr(request::Column::State, Expr::value(state))
            .col_expr(request::Column::AnsweredAt, Expr::value(answered))
            .col_expr(
                request::Column::Sealed,
                Expr::value(self.store.vault.seal(request_cell(id), body)?),
            )
            .filter(request::Column::Id.eq(id))
            .filter(request::Column::State.eq("open"))
            .exec(&self.txn)
            .await?;
        Ok(())
    }

    /// Closes the open requests of these kinds: the manuscript has moved on.
    pub async fn void_requests(&self, kinds: &[RequestKind]) -> Result<(), Fault> {
        for request in self.requests().await? {
            if request.state == "open" && kinds.contains(&request.kind) {
                self.answer_request(&request, "void", "").await?;
            }
        }
        Ok(())
    }

    /// Whether a request waits for the office: of a change of authors only when all concerned have agreed.
    pub async fn office_must_answer(&self) -> Result<bool, Fault> {
        if self.stage() == Stage::Draft {
            return Ok(false);
        }
        let mut open = self.requests().await?;
        open.retain(|r| r.state == "open");
        if open.is_empty() {
            return Ok(false);
        }
        let before = self.submission()?.authors;
        Ok(open
            .iter()
            .any(|r| r.kind != RequestKind::Authors || r.body.waiting(&before).is_empty()))
    }
}
