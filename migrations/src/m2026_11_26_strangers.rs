//! Counts of attempts are found by their end, so that what is over is deleted. Sessions from before do not say when they were
//! confirmed: they end.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

/// Adds the index.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Rate {
    Table,
    ResetsAt,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_index(
                Index::create()
                    .name("ix_rate_resets_at")
                    .table(Rate::Table)
                    .col(Rate::ResetsAt)
                    .to_owned(),
            )
            .await?;
        manager
            .get_connection()
            .execute_unprepared("DELETE FROM session")
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_index(
                Index::drop()
                    .name("ix_rate_resets_at")
                    .table(Rate::Table)
                    .to_owned(),
            )
            .await
    }
}
