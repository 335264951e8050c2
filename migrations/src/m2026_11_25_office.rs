//! What the office sets, and what it can be searched by: settings with their log, the words of the blind texts, tags of
//! authors' names, and slots for marks, so that what a person must not see is found without looking at every manuscript.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DatabaseBackend};

/// Creates the tables of settings and of the search.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum Setting {
    Table,
    Key,
    Body,
    Version,
}

#[derive(DeriveIden)]
enum OfficeEvent {
    Table,
    Id,
    At,
    Kind,
    Subject,
    Sealed,
}

#[derive(DeriveIden)]
enum AuthorTag {
    Table,
    Id,
    ManuscriptId,
    Tag,
}

#[derive(DeriveIden)]
enum Searchable {
    Table,
    Seq,
    ManuscriptId,
}

#[derive(DeriveIden)]
enum Mark {
    Table,
    SlotTag,
}

#[derive(DeriveIden)]
enum Manuscript {
    Table,
    Id,
}

fn tables() -> Vec<TableCreateStatement> {
    let to_manuscript = || {
        let mut key = ForeignKey::create();
        key.to(Manuscript::Table, Manuscript::Id);
        key
    };
    vec![
        Table::create()
            .table(Setting::Table)
            .col(text(Setting::Key).primary_key())
            .col(text(Setting::Body))
            .col(big_integer(Setting::Version))
            .to_owned(),
        Table::create()
            .table(OfficeEvent::Table)
            .col(big_integer(OfficeEvent::Id).primary_key())
            .col(big_integer(OfficeEvent::At))
            .col(text(OfficeEvent::Kind))
            .col(text(OfficeEvent::Subject))
            .col(blob(OfficeEvent::Sealed))
            .to_owned(),
        Table::create()
            .table(AuthorTag::Table)
            .col(big_integer(AuthorTag::Id).primary_key())
            .col(big_integer(AuthorTag::ManuscriptId))
            .col(blob(AuthorTag::Tag).unique_key())
            .foreign_key(to_manuscript().from(AuthorTag::Table, AuthorTag::ManuscriptId))
            .to_owned(),
        Table::create()
            .table(Searchable::Table)
            // Counts up in the order of submission, so that the newest come first without sorting.
            .col(pk_auto(Searchable::Seq).big_integer())
            .col(big_integer(Searchable::ManuscriptId).unique_key())
            .foreign_key(to_manuscript().from(Searchable::Table, Searchable::ManuscriptId))
            .to_owned(),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        Index::create()
            .name("ix_office_event_kind_at")
            .table(OfficeEvent::Table)
            .col(OfficeEvent::Kind)
            .col(OfficeEvent::At)
            .to_owned(),
        Index::create()
            .name("ix_author_tag_manuscript_id")
            .table(AuthorTag::Table)
            .col(AuthorTag::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("uq_mark_slot_tag")
            .table(Mark::Table)
            .col(Mark::SlotTag)
            .unique()
            .to_owned(),
    ]
}

/// The words of a manuscript in the database's own full-text index. We cut the words ourselves, so that Chinese is
/// found as well, and neither database's own idea of a word matters.
fn words(backend: DatabaseBackend) -> &'static [&'static str] {
    match backend {
        DatabaseBackend::Postgres => &[
            "ALTER TABLE searchable ADD COLUMN words tsvector NOT NULL DEFAULT ''",
            "CREATE INDEX ix_searchable_words ON searchable USING GIN (words)",
        ],
        _ => &[
            "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, \
             tokenize=\"unicode61 remove_diacritics 0\")",
        ],
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        manager
            .alter_table(
                Table::alter()
                    .table(Mark::Table)
                    .add_column(blob_null(Mark::SlotTag))
                    .to_owned(),
            )
            .await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        for statement in words(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        // The row that counts the changes: whoever changes a setting holds it.
        manager
            .get_connection()
            .execute_unprepared("INSERT INTO setting (key, body, version) VALUES ('version', '', 0)")
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DatabaseBackend::Postgres {
            manager
                .get_connection()
                .execute_unprepared("DROP TABLE search_words")
                .await?;
        }
        manager
            .drop_index(
                Index::drop()
                    .name("uq_mark_slot_tag")
                    .table(Mark::Table)
                    .to_owned(),
            )
            .await?;
        manager
            .alter_table(
                Table::alter()
                    .table(Mark::Table)
                    .drop_column(Mark::SlotTag)
                    .to_owned(),
            )
            .await?;
        manager
            .drop_table(Table::drop().table(Searchable::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(AuthorTag::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(OfficeEvent::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Setting::Table).to_owned())
            .await
    }
}
