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

/// No job is put off for longer than this; one that seems to be was made while the clock ran ahead.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(1);

impl Store {
    /// Gives a claimed job back that could not be done for a fault of the machine, which is not the file's: it is tried
    /// again at `at`, and this attempt does not count.
    pub(crate) async fn give_back(&self, job: &Job, at: Timestamp) -> Result<(), Fault> {
        job::Entity::update_many()
            .col_expr(job::Column::Attempts, Expr::value(job.attempts - 1))
            .col_expr(job::Column::LeaseUntil, Expr::value(at.as_microsecond()))
            .filter(job::Column::Id.eq(job.id))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }

    /// Claims the next waiting file.
    pub(crate) async fn claim_job(
        &self,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Option<Job>, Fault> {
        let row = job::Entity::find()
            .filter(super::rows::due(job::Column::RunAt, now, LONGEST_WAIT))
            .filter(super::rows::due(job::Column::LeaseUntil, now, lease))
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
