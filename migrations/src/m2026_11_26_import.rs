//! Manuscripts that began elsewhere: the number that each had there, once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates the table of entered manuscripts.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Entered {
    Table,
    ManuscriptId,
    Former,
}

#[derive(DeriveIden)]
enum Manuscript {
    Table,
    Id,
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut key = ForeignKey::create();
        key.from(Entered::Table, Entered::ManuscriptId)
            .to(Manuscript::Table, Manuscript::Id);
        manager
            .create_table(
                Table::create()
                    .table(Entered::Table)
                    .col(big_integer(Entered::ManuscriptId).primary_key())
                    // Who enters the same manuscript a second time is told of the first.
                    .col(text(Entered::Former).unique_key())
                    .foreign_key(&mut key)
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Entered::Table).to_owned())
            .await
    }
}
