//! A secret of each person's own: what is sealed under it is lost with it, whatever other keys there are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Adds the column of own secrets.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Account {
    Table,
    Secret,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Accounts that are there already get theirs at the next start.
        let column = blob_null(Account::Secret).to_owned();
        manager
            .alter_table(Table::alter().table(Account::Table).add_column(column).to_owned())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table(Account::Table)
                    .drop_column(Account::Secret)
                    .to_owned(),
            )
            .await
    }
}
