//! Manuscripts that began elsewhere: the number that each had there, once. And which of the journal's papers an office
//! paper is.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates the table of entered manuscripts, and the kind of office papers.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Entered {
    Table,
    ManuscriptId,
    Former,
}

#[derive(DeriveIden)]
enum File {
    Table,
    Paper,
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
            .await?;
        manager
            .alter_table(
                Table::alter()
                    .table(File::Table)
                    .add_column(text(File::Paper).default(""))
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .alter_table(
                Table::alter()
                    .table(File::Table)
                    .drop_column(File::Paper)
                    .to_owned(),
            )
            .await?;
        manager
            .drop_table(Table::drop().table(Entered::Table).to_owned())
            .await
    }
}
