//! The open windows of one manuscript or one reviewer, told by both: an index of what is open alone is read from end to
//! end for each manuscript of a large journal. And what reminds next, which is asked after everything that was settled.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

/// Creates the indices of what is open for one.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        for statement in [
            "CREATE INDEX ix_window_manuscript_open ON \"window\" (manuscript_id, closed_at, due_at)",
            "CREATE INDEX ix_window_assignment_open ON \"window\" (assignment_id, closed_at, due_at)",
            "CREATE INDEX ix_window_closed_at_next_reminder ON \"window\" (closed_at, next_reminder)",
            "DROP INDEX ix_window_manuscript_id",
            "DROP INDEX ix_window_assignment_id",
        ] {
            conn.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        for statement in [
            "CREATE INDEX ix_window_manuscript_id ON \"window\" (manuscript_id)",
            "CREATE INDEX ix_window_assignment_id ON \"window\" (assignment_id)",
            "DROP INDEX ix_window_manuscript_open",
            "DROP INDEX ix_window_assignment_open",
            "DROP INDEX ix_window_closed_at_next_reminder",
        ] {
            conn.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}
