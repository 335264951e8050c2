//! Jobs: files waiting for their blind copy, claimed by lease so that a killed program takes them up again.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

use super::entity::{file, job};
use super::{Fault, Store};

/// A file that was claimed for stripping.
pub(crate) struct Job {
    pub id: i64,
    pub file: i64,
    pub attempts: i32,
    pub manuscript: i64,
    pub blob: String,
    /// A reviewer's attachment: the identity to take out is the reviewer's.
    pub assignment: Option<i64>,
}

impl Store {
    /// Claims the next waiting file.
    pub(crate) async fn claim_job(
        &self,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Option<Job>, Fault> {
        let micros = now.as_microsecond();
        let row = job::Entity::find()
            .filter(job::Column::RunAt.lte(micros))
            .filter(job::Column::LeaseUntil.lte(micros))
            .order_by_asc(job::Column::RunAt)
            .order_by_asc(job::Column::Id)
            .one(&self.db.read)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let claimed = job::Entity::update_many()
            .col_expr(
                job::Column::LeaseUntil,
                Expr::value((now + lease).as_microsecond()),
            )
            .col_expr(job::Column::Attempts, Expr::value(row.attempts + 1))
            .filter(job::Column::Id.eq(row.id))
            .filter(job::Column::LeaseUntil.eq(row.lease_until))
            .exec(&self.db.write)
            .await?;
        let file = file::Entity::find_by_id(row.file_id).one(&self.db.read).await?;
        Ok(match (claimed.rows_affected, file) {
            (1, Some(file)) => Some(Job {
                id: row.id,
                file: file.id,
                attempts: row.attempts + 1,
                manuscript: file.manuscript_id,
                blob: file.blob,
                assignment: file.assignment_id,
            }),
            _ => None,
        })
    }
}
