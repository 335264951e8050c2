//! Connections: SQLite with a read and a write pool, or PostgreSQL.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// Where the database is.
#[derive(Clone, Debug)]
pub enum DbSettings {
    /// A SQLite file.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// Whether a commit waits for the disk; off only in tests.
        durable: bool,
    },
    /// A PostgreSQL address.
    Postgres(String),
}

/// The database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// It does not answer or cannot be migrated.
    #[error("the database cannot be opened: {0}")]
    Db(#[from] DbErr),
    /// Its data keys do not open.
    #[error("the key file is not the one this data was sealed with")]
    WrongKey,
    /// Another fault.
    #[error(transparent)]
    Fault(#[from] super::Fault),
}

#[derive(Clone)]
pub(super) struct Db {
    pub(super) read: DatabaseConnection,
    pub(super) write: DatabaseConnection,
    pub(super) postgres: bool,
    statements: Arc<AtomicU64>,
}

impl Db {
    pub(super) async fn open(settings: &DbSettings) -> Result<Self, DbErr> {
        let statements = Arc::new(AtomicU64::new(0));
        let (mut read, mut write, postgres) = match settings {
            DbSettings::Sqlite { path, durable } => {
                let mut write = Database::connect(sqlite(path, 1, *durable, false)).await?;
                Migrator::up(&write, None).await?;
                let read = Database::connect(sqlite(path, 4, *durable, true)).await?;
                write.set_metric_callback(|_| ());
                (read, write, false)
            }
            DbSettings::Postgres(url) => {
                let mut options = ConnectOptions::new(url);
                options
                    .max_connections(8)
                    .sqlx_logging(false)
                    .connect_timeout(Duration::from_secs(10));
                let pool = Database::connect(options).await?;
                Migrator::up(&pool, None).await?;
                (pool.clone(), pool, true)
            }
        };
        for conn in [&mut read, &mut write] {
            let count = statements.clone();
            conn.set_metric_callback(move |_| {
                count.fetch_add(1, Ordering::Relaxed);
            });
        }
        Ok(Db {
            read,
            write,
            postgres,
            statements,
        })
    }

    pub(super) async fn close(&self) {
        // A pool that is closed already is closed.
        self.read.clone().close().await.ok();
        self.write.clone().close().await.ok();
    }

    pub(super) fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Makes the database forget what was deleted or written over: SQLite has overwritten its pages, and its log goes
    /// with this; PostgreSQL is told to clear the tables that say who somebody is.
    pub(super) async fn forget(&self) -> Result<(), DbErr> {
        if self.postgres {
            let tables = "account, session, link, authorship, assignment, handling, mark, author_tag, manuscript, \
                          request, letter, file";
            self.write
                .execute_unprepared(&format!("VACUUM (FULL) {tables}"))
                .await?;
        } else {
            self.write
                .execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)")
                .await?;
        }
        Ok(())
    }

    /// Begins a transaction that may write. On SQLite it takes the write lock at once: a read that turns into
    /// a write under somebody else's commit would fail, whatever the busy timeout.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let mode = (!self.postgres).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions {
            sqlite_transaction_mode: mode,
            ..TransactionOptions::default()
        };
        self.write.begin_with_options(options).await
    }
}

fn sqlite(path: &std::path::Path, connections: u32, durable: bool, read: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}", path.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o
            .create_if_missing(!read)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(if durable {
                SqliteSynchronous::Full
            } else {
                SqliteSynchronous::Off
            })
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("secure_delete", "ON");
        if read { o.pragma("query_only", "ON") } else { o }
    });
    options
}
