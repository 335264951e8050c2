//! The first schema. Instants are microseconds since 1970 (UTC); `sealed` columns are ciphertext; a `_tag` is a keyed tag.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

/// Creates every table of the first schema.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(DeriveIden)]
enum DataKey {
    Table,
    Id,
    Wrapped,
}

#[derive(DeriveIden)]
enum Account {
    Table,
    Id,
    AddressTag,
    Sealed,
    Confirmed,
    Version,
}

#[derive(DeriveIden)]
enum Session {
    Table,
    Id,
    TokenTag,
    SlotTag,
    Sealed,
    ExpiresAt,
}

#[derive(DeriveIden)]
enum Link {
    Table,
    Id,
    TokenTag,
    Purpose,
    Sealed,
    ExpiresAt,
    UsedAt,
}

#[derive(DeriveIden)]
enum Rate {
    Table,
    Id,
    Count,
    ResetsAt,
}

#[derive(DeriveIden)]
enum Manuscript {
    Table,
    Id,
    Number,
    Stage,
    Version,
    Round,
    Language,
    ArticleType,
    Section,
    TitleZh,
    TitleEn,
    AbstractZh,
    AbstractEn,
    KeywordsZh,
    KeywordsEn,
    Trial,
    SubmittedAt,
    StageAt,
    NextDue,
    OfficeList,
    Sealed,
    Events,
    Head,
}

#[derive(DeriveIden)]
enum Authorship {
    Table,
    Id,
    ManuscriptId,
    AccessTag,
    SlotTag,
    Sealed,
}

#[derive(DeriveIden)]
enum Mark {
    Table,
    Id,
    ManuscriptId,
    Tag,
}

#[derive(DeriveIden)]
enum Handling {
    Table,
    Id,
    ManuscriptId,
    AccessTag,
    SlotTag,
    Sealed,
}

#[derive(DeriveIden)]
enum Assignment {
    Table,
    Id,
    ManuscriptId,
    Label,
    State,
    Position,
    AccessTag,
    SlotTag,
    Sealed,
    InvitedAt,
    AnsweredAt,
    EndedAt,
}

#[derive(DeriveIden)]
enum Review {
    Table,
    Id,
    ManuscriptId,
    AssignmentId,
    Round,
    State,
    Sealed,
    SentAt,
    Version,
}

#[derive(DeriveIden)]
enum ReviewVersion {
    Table,
    Id,
    ReviewId,
    Sealed,
    At,
}

#[derive(DeriveIden)]
enum Decision {
    Table,
    Id,
    ManuscriptId,
    Round,
    Kind,
    State,
    Sealed,
    DecidedAt,
    SendAt,
    ReceivedAt,
}

#[derive(DeriveIden)]
enum Revision {
    Table,
    Id,
    ManuscriptId,
    Round,
    State,
    Sealed,
    SentAt,
}

#[derive(DeriveIden)]
enum File {
    Table,
    Id,
    ManuscriptId,
    AssignmentId,
    Round,
    Role,
    Position,
    Name,
    Format,
    Size,
    State,
    Refusal,
    Blob,
    BlindBlob,
    BlindSize,
    ContentTag,
    OpenFindings,
    Sealed,
    Report,
}

#[derive(DeriveIden)]
enum Job {
    Table,
    Id,
    FileId,
    State,
    Attempts,
    RunAt,
    LeaseUntil,
    Error,
}

#[derive(DeriveIden)]
enum Window {
    Table,
    Id,
    ManuscriptId,
    AssignmentId,
    Kind,
    OpensAt,
    DueAt,
    ClosedAt,
    NoticedAt,
    Outcome,
    NextReminder,
}

#[derive(DeriveIden)]
enum Letter {
    Table,
    Id,
    ManuscriptId,
    DecisionId,
    Kind,
    Side,
    State,
    SendAt,
    LeaseUntil,
    Attempts,
    SentAt,
    Error,
    Sealed,
}

#[derive(DeriveIden)]
enum Event {
    Table,
    Id,
    ManuscriptId,
    Seq,
    At,
    Kind,
    Sealed,
    Mac,
}

#[derive(DeriveIden)]
enum Article {
    Table,
    Number,
    TitleZh,
    TitleEn,
    PublishedAt,
    Stage,
    Body,
}

fn people() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table(DataKey::Table)
            .col(integer(DataKey::Id).primary_key())
            .col(blob(DataKey::Wrapped))
            .to_owned(),
        Table::create()
            .table(Account::Table)
            .col(big_integer(Account::Id).primary_key())
            .col(blob(Account::AddressTag).unique_key())
            .col(blob(Account::Sealed))
            .col(boolean(Account::Confirmed))
            .col(big_integer(Account::Version))
            .to_owned(),
        Table::create()
            .table(Session::Table)
            .col(big_integer(Session::Id).primary_key())
            .col(blob(Session::TokenTag).unique_key())
            .col(blob(Session::SlotTag).unique_key())
            .col(blob(Session::Sealed))
            .col(big_integer(Session::ExpiresAt))
            .to_owned(),
        Table::create()
            .table(Link::Table)
            .col(big_integer(Link::Id).primary_key())
            .col(blob(Link::TokenTag).unique_key())
            .col(text(Link::Purpose))
            .col(blob(Link::Sealed))
            .col(big_integer(Link::ExpiresAt))
            .col(big_integer_null(Link::UsedAt))
            .to_owned(),
        Table::create()
            .table(Rate::Table)
            .col(blob(Rate::Id).primary_key())
            .col(integer(Rate::Count))
            .col(big_integer(Rate::ResetsAt))
            .to_owned(),
    ]
}

fn manuscripts() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table(Manuscript::Table)
            .col(big_integer(Manuscript::Id).primary_key())
            .col(text(Manuscript::Number).unique_key())
            .col(text(Manuscript::Stage))
            .col(big_integer(Manuscript::Version))
            .col(integer(Manuscript::Round))
            .col(text(Manuscript::Language))
            .col(text(Manuscript::ArticleType))
            .col(text(Manuscript::Section))
            .col(text(Manuscript::TitleZh))
            .col(text(Manuscript::TitleEn))
            .col(text(Manuscript::AbstractZh))
            .col(text(Manuscript::AbstractEn))
            .col(text(Manuscript::KeywordsZh))
            .col(text(Manuscript::KeywordsEn))
            .col(text(Manuscript::Trial))
            .col(big_integer_null(Manuscript::SubmittedAt))
            .col(big_integer(Manuscript::StageAt))
            .col(big_integer_null(Manuscript::NextDue))
            .col(text(Manuscript::OfficeList))
            .col(blob(Manuscript::Sealed))
            .col(big_integer(Manuscript::Events))
            .col(blob(Manuscript::Head))
            .to_owned(),
        Table::create()
            .table(Authorship::Table)
            .col(big_integer(Authorship::Id).primary_key())
            .col(big_integer(Authorship::ManuscriptId))
            .col(blob(Authorship::AccessTag).unique_key())
            .col(blob(Authorship::SlotTag).unique_key())
            .col(blob(Authorship::Sealed))
            .foreign_key(
                ForeignKey::create()
                    .from(Authorship::Table, Authorship::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Mark::Table)
            .col(big_integer(Mark::Id).primary_key())
            .col(big_integer(Mark::ManuscriptId))
            .col(blob(Mark::Tag).unique_key())
            .foreign_key(
                ForeignKey::create()
                    .from(Mark::Table, Mark::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Handling::Table)
            .col(big_integer(Handling::Id).primary_key())
            .col(big_integer(Handling::ManuscriptId).unique_key())
            .col(blob(Handling::AccessTag).unique_key())
            .col(blob(Handling::SlotTag).unique_key())
            .col(blob(Handling::Sealed))
            .foreign_key(
                ForeignKey::create()
                    .from(Handling::Table, Handling::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(File::Table)
            .col(big_integer(File::Id).primary_key())
            .col(big_integer(File::ManuscriptId))
            .col(big_integer_null(File::AssignmentId))
            .col(integer(File::Round))
            .col(text(File::Role))
            .col(integer(File::Position))
            .col(text(File::Name))
            .col(text(File::Format))
            .col(big_integer(File::Size))
            .col(text(File::State))
            .col(text(File::Refusal))
            .col(text(File::Blob))
            .col(text(File::BlindBlob))
            .col(big_integer(File::BlindSize))
            .col(blob(File::ContentTag))
            .col(integer(File::OpenFindings))
            .col(blob(File::Sealed))
            .col(blob(File::Report))
            .foreign_key(
                ForeignKey::create()
                    .from(File::Table, File::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Job::Table)
            .col(big_integer(Job::Id).primary_key())
            .col(big_integer(Job::FileId).unique_key())
            .col(text(Job::State))
            .col(integer(Job::Attempts))
            .col(big_integer(Job::RunAt))
            .col(big_integer(Job::LeaseUntil))
            .col(text(Job::Error))
            .to_owned(),
        Table::create()
            .table(Event::Table)
            .col(big_integer(Event::Id).primary_key())
            .col(big_integer(Event::ManuscriptId))
            .col(big_integer(Event::Seq))
            .col(big_integer(Event::At))
            .col(text(Event::Kind))
            .col(blob(Event::Sealed))
            .col(blob(Event::Mac))
            .foreign_key(
                ForeignKey::create()
                    .from(Event::Table, Event::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Article::Table)
            .col(text(Article::Number).primary_key())
            .col(text(Article::TitleZh))
            .col(text(Article::TitleEn))
            .col(big_integer(Article::PublishedAt))
            .col(text(Article::Stage))
            .col(text(Article::Body))
            .to_owned(),
    ]
}

fn reviewing() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table(Assignment::Table)
            .col(big_integer(Assignment::Id).primary_key())
            .col(big_integer(Assignment::ManuscriptId))
            .col(small_integer(Assignment::Label))
            .col(text(Assignment::State))
            .col(integer(Assignment::Position))
            .col(blob(Assignment::AccessTag).unique_key())
            .col(blob(Assignment::SlotTag).unique_key())
            .col(blob(Assignment::Sealed))
            .col(big_integer_null(Assignment::InvitedAt))
            .col(big_integer_null(Assignment::AnsweredAt))
            .col(big_integer_null(Assignment::EndedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(Assignment::Table, Assignment::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Review::Table)
            .col(big_integer(Review::Id).primary_key())
            .col(big_integer(Review::ManuscriptId))
            .col(big_integer(Review::AssignmentId))
            .col(integer(Review::Round))
            .col(text(Review::State))
            .col(blob(Review::Sealed))
            .col(big_integer_null(Review::SentAt))
            .col(big_integer(Review::Version))
            .foreign_key(
                ForeignKey::create()
                    .from(Review::Table, Review::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(ReviewVersion::Table)
            .col(big_integer(ReviewVersion::Id).primary_key())
            .col(big_integer(ReviewVersion::ReviewId))
            .col(blob(ReviewVersion::Sealed))
            .col(big_integer(ReviewVersion::At))
            .to_owned(),
        Table::create()
            .table(Decision::Table)
            .col(big_integer(Decision::Id).primary_key())
            .col(big_integer(Decision::ManuscriptId))
            .col(integer(Decision::Round))
            .col(text(Decision::Kind))
            .col(text(Decision::State))
            .col(blob(Decision::Sealed))
            .col(big_integer(Decision::DecidedAt))
            .col(big_integer(Decision::SendAt))
            .col(big_integer_null(Decision::ReceivedAt))
            .foreign_key(
                ForeignKey::create()
                    .from(Decision::Table, Decision::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Revision::Table)
            .col(big_integer(Revision::Id).primary_key())
            .col(big_integer(Revision::ManuscriptId))
            .col(integer(Revision::Round))
            .col(text(Revision::State))
            .col(blob(Revision::Sealed))
            .col(big_integer_null(Revision::SentAt))
            .foreign_key(
                ForeignKey::create()
                    .from(Revision::Table, Revision::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Window::Table)
            .col(big_integer(Window::Id).primary_key())
            .col(big_integer(Window::ManuscriptId))
            .col(big_integer_null(Window::AssignmentId))
            .col(text(Window::Kind))
            .col(big_integer(Window::OpensAt))
            .col(big_integer(Window::DueAt))
            .col(big_integer_null(Window::ClosedAt))
            .col(big_integer_null(Window::NoticedAt))
            .col(text(Window::Outcome))
            .col(big_integer_null(Window::NextReminder))
            .foreign_key(
                ForeignKey::create()
                    .from(Window::Table, Window::ManuscriptId)
                    .to(Manuscript::Table, Manuscript::Id),
            )
            .to_owned(),
        Table::create()
            .table(Letter::Table)
            .col(big_integer(Letter::Id).primary_key())
            .col(big_integer_null(Letter::ManuscriptId))
            .col(big_integer_null(Letter::DecisionId))
            .col(text(Letter::Kind))
            .col(text(Letter::Side))
            .col(text(Letter::State))
            .col(big_integer(Letter::SendAt))
            .col(big_integer(Letter::LeaseUntil))
            .col(integer(Letter::Attempts))
            .col(big_integer_null(Letter::SentAt))
            .col(text(Letter::Error))
            .col(blob(Letter::Sealed))
            .to_owned(),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        Index::create()
            .name("ix_window_closed_at_due_at")
            .table(Window::Table)
            .col(Window::ClosedAt)
            .col(Window::DueAt)
            .to_owned(),
        Index::create()
            .name("ix_window_manuscript_id")
            .table(Window::Table)
            .col(Window::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_window_assignment_id")
            .table(Window::Table)
            .col(Window::AssignmentId)
            .to_owned(),
        Index::create()
            .name("ix_letter_state_send_at")
            .table(Letter::Table)
            .col(Letter::State)
            .col(Letter::SendAt)
            .to_owned(),
        Index::create()
            .name("ix_letter_manuscript_id")
            .table(Letter::Table)
            .col(Letter::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_job_state_run_at")
            .table(Job::Table)
            .col(Job::State)
            .col(Job::RunAt)
            .to_owned(),
        Index::create()
            .name("ix_manuscript_office_list_next_due_id")
            .table(Manuscript::Table)
            .col(Manuscript::OfficeList)
            .col(Manuscript::NextDue)
            .col(Manuscript::Id)
            .to_owned(),
        Index::create()
            .name("ix_manuscript_stage_next_due_id")
            .table(Manuscript::Table)
            .col(Manuscript::Stage)
            .col(Manuscript::NextDue)
            .col(Manuscript::Id)
            .to_owned(),
        Index::create()
            .name("ix_authorship_manuscript_id")
            .table(Authorship::Table)
            .col(Authorship::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_assignment_manuscript_id")
            .table(Assignment::Table)
            .col(Assignment::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_review_manuscript_id")
            .table(Review::Table)
            .col(Review::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_decision_manuscript_id")
            .table(Decision::Table)
            .col(Decision::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_revision_manuscript_id")
            .table(Revision::Table)
            .col(Revision::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_file_manuscript_id")
            .table(File::Table)
            .col(File::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_mark_manuscript_id")
            .table(Mark::Table)
            .col(Mark::ManuscriptId)
            .to_owned(),
        Index::create()
            .name("ix_article_published_at")
            .table(Article::Table)
            .col(Article::PublishedAt)
            .to_owned(),
        Index::create()
            .name("ix_review_version_review_id")
            .table(ReviewVersion::Table)
            .col(ReviewVersion::ReviewId)
            .to_owned(),
        Index::create()
            .name("ix_session_expires_at")
            .table(Session::Table)
            .col(Session::ExpiresAt)
            .to_owned(),
        Index::create()
            .name("ix_link_expires_at")
            .table(Link::Table)
            .col(Link::ExpiresAt)
            .to_owned(),
        Index::create()
            .name("uq_event_manuscript_id_seq")
            .table(Event::Table)
            .col(Event::ManuscriptId)
            .col(Event::Seq)
            .unique()
            .to_owned(),
        Index::create()
            .name("uq_review_assignment_id_round")
            .table(Review::Table)
            .col(Review::AssignmentId)
            .col(Review::Round)
            .unique()
            .to_owned(),
        Index::create()
            .name("uq_revision_manuscript_id_round")
            .table(Revision::Table)
            .col(Revision::ManuscriptId)
            .col(Revision::Round)
            .unique()
            .to_owned(),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [people(), manuscripts(), reviewing()].into_iter().flatten() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table(Letter::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Window::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Revision::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Decision::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(ReviewVersion::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Review::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Assignment::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Article::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Event::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Job::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(File::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Handling::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Mark::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Authorship::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Rate::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Link::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Session::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Account::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(DataKey::Table).to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table(Manuscript::Table).to_owned())
            .await
    }
}
