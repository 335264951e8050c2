//! What the rules' exceptions need: windows that stand still, requests of authors, submissions that are akin, guest
//! editors, and the capacity in which an account is looked for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Adds columns and tables for holds, requests, kinship, guests and capacities.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Window {
    Table,
    HeldAt,
}

#[derive(DeriveIden)]
enum Manuscript {
    Table,
    Id,
    Held,
}

#[derive(DeriveIden)]
enum Handling {
    Table,
    Guest,
}

#[derive(DeriveIden)]
enum Account {
    Table,
    Capacity,
}

#[derive(DeriveIden)]
enum Request {
    Table,
    Id,
    ManuscriptId,
    Kind,
    State,
    Sealed,
    AskedAt,
    AnsweredAt,
}

#[derive(DeriveIden)]
enum Kinship {
    Table,
    Id,
    ManuscriptId,
    Sealed,
}

fn tables() -> Vec<TableCreateStatement> {
    let mut request = Table::create();
    request
        .table(Request::Table)
        .col(big_integer(Request::Id).primary_key())
        .col(big_integer(Request::ManuscriptId))
        .col(text(Request::Kind))
        .col(text(Request::State))
        .col(blob(Request::Sealed))
        .col(big_integer(Request::AskedAt))
        .col(big_integer_null(Request::AnsweredAt))
        .foreign_key(
            ForeignKey::create()
                .from(Request::Table, Request::ManuscriptId)
                .to(Manuscript::Table, Manuscript::Id),
        );
    let mut kinship = Table::create();
    kinship
        .table(Kinship::Table)
        .col(big_integer(Kinship::Id).primary_key())
        .col(big_integer(Kinship::ManuscriptId))
        .col(blob(Kinship::Sealed))
        .foreign_key(
            ForeignKey::create()
                .from(Kinship::Table, Kinship::ManuscriptId)
                .to(Manuscript::Table, Manuscript::Id),
        );
    vec![request, kinship]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let alter =
            |table: DynIden, column: ColumnDef| Table::alter().table(table).add_column(column).to_owned();
        for statement in [
            alter(
                Window::Table.into_iden(),
                big_integer_null(Window::HeldAt).to_owned(),
            ),
            alter(
                Manuscript::Table.into_iden(),
                boolean(Manuscript::Held).default(false).to_owned(),
            ),
            alter(
                Handling::Table.into_iden(),
                boolean(Handling::Guest).default(false).to_owned(),
            ),
            // Accounts that are there already are told apart at the next start: -1 is “not known yet”.
            alter(
                Account::Table.into_iden(),
                small_integer(Account::Capacity).default(-1).to_owned(),
            ),
        ] {
            manager.alter_table(statement).await?;
        }
        for table in tables() {
            manager.create_table(table).await?;
        }
        let index = |name: &str, table: DynIden, column: DynIden| {
            Index::create().name(name).table(table).col(column).to_owned()
        };
        for index in [
            index(
                "ix_request_manuscript_id",
                Request::Table.into_iden(),
                Request::ManuscriptId.into_iden(),
            ),
            index(
                "ix_kinship_manuscript_id",
                Kinship::Table.into_iden(),
                Kinship::ManuscriptId.into_iden(),
            ),
            index(
                "ix_account_capacity",
                Account::Table.into_iden(),
                Account::Capacity.into_iden(),
            ),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [Kinship::Table.into_iden(), Request::Table.into_iden()] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        manager
            .drop_index(
                Index::drop()
                    .name("ix_account_capacity")
                    .table(Account::Table)
                    .to_owned(),
            )
            .await?;
        let columns = [
            (Account::Table.into_iden(), Account::Capacity.into_iden()),
            (Handling::Table.into_iden(), Handling::Guest.into_iden()),
            (Manuscript::Table.into_iden(), Manuscript::Held.into_iden()),
            (Window::Table.into_iden(), Window::HeldAt.into_iden()),
        ];
        for (table, column) in columns {
            manager
                .alter_table(Table::alter().table(table).drop_column(column).to_owned())
                .await?;
        }
        Ok(())
    }
}
