//! The office's lists in the order in which they are read: what has no clock comes last, so that an index of the bare
//! instant is of no use.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

/// Creates the index of the lists' order.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        conn.execute_unprepared(
            "CREATE INDEX ix_manuscript_office_list_due ON manuscript \
             (office_list, COALESCE(next_due, 9223372036854775807), id)",
        )
        .await?;
        conn.execute_unprepared("DROP INDEX ix_manuscript_office_list_next_due_id")
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        conn.execute_unprepared(
            "CREATE INDEX ix_manuscript_office_list_next_due_id ON manuscript (office_list, next_due, id)",
        )
        .await?;
        conn.execute_unprepared("DROP INDEX ix_manuscript_office_list_due")
            .await?;
        Ok(())
    }
}
