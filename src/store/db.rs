//! Connections: SQLite with a read and a write pool, or PostgreSQL.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, sqlx,
};

use crate::clock::{Beat, beat};

/// How long a request waits for a connection, and for a lock that another program holds, before it says so.
const PATIENCE: Duration = Duration::from_secs(4);

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
                // Made here and nowhere else: a file that goes away later is missed, not replaced by an empty one.
                let mut new = std::fs::OpenOptions::new();
                new.append(true)
                    .create(true)
                    .open(path)
                    .map_err(|e| DbErr::Custom(format!("{}: {e}", path.display())))?;
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
                    .connect_timeout(PATIENCE)
                    .map_sqlx_postgres_opts(|o| {
                        o.options([("lock_timeout", format!("{}s", PATIENCE.as_secs()))])
                    });
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

/// What a connection that reads keeps of the file, in KiB (SQLite takes the negative number so): the usual 2 MB are used up by
/// one list of a large journal, which then reads every page again.
const READ_CACHE: &str = "-6000";

fn sqlite(path: &Path, connections: u32, durable: bool, read: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}", path.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .connect_timeout(PATIENCE)
        // A file does not hang up; what can go wrong with it is looked at below, without a way to its thread and back.
        .test_before_acquire(false)
        .sqlx_logging(false);
    let place = Arc::new(Place::of(path));
    options.map_sqlx_sqlite_pool_opts(move |pool| {
        let place = place.clone();
        pool.before_acquire(move |connection, meta| {
            // After a failed write SQLite has ended the transaction by itself, or has not: sqlx then counts one that
            // SQLite has not, or the other way round, and what follows on that connection is never committed.
            let open = connection.is_in_transaction();
            let fit = !open && place.holds(meta.age);
            Box::pin(async move { Ok(fit) })
        })
    });
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o
            .create_if_missing(false)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(if durable {
                SqliteSynchronous::Full
            } else {
                SqliteSynchronous::Off
            })
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("secure_delete", "ON");
        if read {
            o.pragma("query_only", "ON").pragma("cache_size", READ_CACHE)
        } else {
            o
        }
    });
    options
}

/// The database's file as it was last seen in its place. SQLite goes on writing into a file that was moved away or
/// deleted, and what it answers for is lost: so a connection is used only while its file stands where it was opened.
struct Place {
    path: PathBuf,
    /// The file's number, and since when it is that one.
    seen: Mutex<(Option<u64>, Beat)>,
}

impl Place {
    fn of(path: &Path) -> Place {
        Place {
            path: path.to_owned(),
            seen: Mutex::new((number_of(path), beat())),
        }
    }

    /// Whether a connection of this age is one to the file that stands there now.
    fn holds(&self, age: Duration) -> bool {
        let now = number_of(&self.path);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.0 != now {
            *seen = (now, beat());
            tracing::warn!(file = %self.path.display(), there = now.is_some(), "the database's file has changed");
        }
        now.is_some() && age < seen.1.elapsed()
    }
}

fn number_of(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().map(|found| found.ino())
}

/// Whether a database does not answer or cannot write at present: nothing that asking in another way would change, and
/// nothing that will not pass.
pub(super) fn passing(error: &DbErr) -> bool {
    let cause = match error {
        DbErr::ConnectionAcquire(_) => return true,
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => cause,
        DbErr::Conn(_) => return true,
        _ => return false,
    };
    match &**cause {
        sqlx::Error::Database(said) => said.code().is_some_and(|code| match code.parse::<u32>() {
            // SQLite: busy, locked, no memory, read-only, interrupted, input or output, full, cannot open, locking
            // protocol, schema changed; the low byte is the kind.
            Ok(number) if code.len() < 5 => {
                matches!(number & 0xff, 5 | 6 | 7 | 8 | 9 | 10 | 13 | 14 | 15 | 17)
            }
            // PostgreSQL: connection, serialization, resources, the operator's doing, the system's.
            _ => ["08", "40", "53", "55", "57", "58"]
                .iter()
                .any(|class| code.starts_with(class)),
        }),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::BeginFailed
        | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}
