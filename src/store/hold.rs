//! A case on hold: every window but screening stands still until it is resumed (`RULES.md` 3).

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::Fault;
use super::case::Case;
use super::entity::window;
use crate::domain::window::{WindowKind, resumed};

impl Case<'_> {
    /// Puts the case on hold; false if it is already.
    pub async fn hold(&mut self) -> Result<bool, Fault> {
        if self.row.held {
            return Ok(false);
        }
        self.row.held = true;
        window::Entity::update_many()
            .col_expr(
                window::Column::HeldAt,
                Expr::value(Some(self.now.as_microsecond())),
            )
            .filter(window::Column::ManuscriptId.eq(self.row.id))
            .filter(window::Column::ClosedAt.is_null())
            .filter(window::Column::Kind.ne(WindowKind::Screening.key()))
            .exec(&self.txn)
            .await?;
        Ok(true)
    }

    /// Lets the windows run again, each moved by the days that it stood still; false if it was not on hold.
    pub async fn resume(&mut self) -> Result<bool, Fault> {
        if !self.row.held {
            return Ok(false);
        }
        self.row.held = false;
        for open in self.open_windows().await? {
            let Some(held) = open.held else { continue };
            let length = open.kind.length(self.rules());
            let closes = resumed(open.due, held, self.now, length, self.rules());
            self.extend(&open, closes).await?;
        }
        window::Entity::update_many()
            .col_expr(window::Column::HeldAt, Expr::value(None::<i64>))
            .filter(window::Column::ManuscriptId.eq(self.row.id))
            .exec(&self.txn)
            .await?;
        Ok(true)
    }
}
