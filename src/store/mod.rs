//! Everything that is kept: database, sealed values, blobs. The only module that names SeaORM.
//!
//! Reading asks for a proof (`access`) and gives that audience's type (`read/<audience>`); writing happens
//! inside a `Case`, one transaction over one manuscript, or in the few functions about accounts.

pub mod access;
mod addressing;
pub mod blobs;
pub mod case;
mod coauthored;
pub mod coauthors;
mod db;
mod entity;
pub mod files;
mod handling;
mod hold;
pub mod jobs;
mod kinship;
pub mod outbox;
pub mod people;
pub mod publication;
pub mod read;
pub mod requests;
pub mod reviewing;
mod rows;
pub mod vault;
pub mod verify;
pub mod windows;

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

pub use db::{DbError, DbSettings};

use crate::chance::Chance;
use crate::clock::Clock;
use crate::domain::rules::Rules;
use crate::seal::RootKey;

/// The program could not do what it should: the database, the disk or a sealed value is at fault. Not the person's doing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database.
    #[error("database: {0}")]
    Db(#[from] sea_orm::DbErr),
    /// A sealed value.
    #[error(transparent)]
    Seal(#[from] crate::seal::SealError),
    /// The disk.
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    /// A stored value is not what this program writes.
    #[error("stored value: {0}")]
    Value(String),
    /// A letter could not be rendered.
    #[error("letter: {0}")]
    Letter(String),
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        // The text of a JSON error can quote the value.
        Fault::Value(format!(
            "JSON {:?} at column {}",
            error.classify(),
            error.column()
        ))
    }
}

/// The office's memory.
#[derive(Clone)]
pub struct Store {
    db: db::Db,
    vault: Arc<vault::Vault>,
    /// Files.
    pub blobs: blobs::Blobs,
    /// The present instant.
    pub clock: Clock,
    /// Chance.
    pub chance: Chance,
    /// The journal's figures.
    pub rules: Arc<Rules>,
    /// The journal's names and the site's address.
    pub journal: Arc<Journal>,
    /// The soonest instant (microseconds) at which a window closes or reminds, as far as is known.
    pub(crate) soonest: Arc<AtomicI64>,
    /// Rung when there is something to do for the worker.
    pub(crate) bell: Arc<tokio::sync::Notify>,
}

/// What letters and pages call the journal.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Journal {
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English.
    pub name_en: String,
    /// The site's address, without a slash at its end.
    pub site: String,
}

impl Store {
    /// Opens the database (making and migrating it as needed), unwraps the data keys and is ready.
    pub async fn open(
        settings: DbSettings,
        root: RootKey,
        blobs: std::path::PathBuf,
        clock: Clock,
        chance: Chance,
        rules: Rules,
        journal: Journal,
    ) -> Result<Store, DbError> {
        let db = db::Db::open(&settings).await?;
        let vault = Arc::new(vault::Vault::open(&db, &root, &chance).await?);
        let blobs = blobs::Blobs::new(blobs, vault.clone(), chance.clone());
        let store = Store {
            db,
            vault,
            blobs,
            clock,
            chance,
            rules: Arc::new(rules),
            journal: Arc::new(journal),
            soonest: Arc::new(AtomicI64::new(0)),
            bell: Arc::default(),
        };
        store.tell_capacities().await.map_err(DbError::from)?;
        Ok(store)
    }

    /// Looks up when the next window closes or reminds.
    pub(crate) async fn refresh_soonest(&self) -> Result<(), Fault> {
        let next = self.next_due().await?.map_or(i64::MAX, |at| at.as_microsecond());
        self.soonest.store(next, std::sync::atomic::Ordering::SeqCst);
        Ok(())
    }

    /// Closes the connections, so that the files can be copied.
    pub async fn close(&self) {
        self.db.close().await;
    }

    /// How many statements this store's connections have run so far, for tests that count.
    pub fn statements(&self) -> u64 {
        self.db.statements()
    }
}
