//! Everything that is kept: database, sealed values, blobs. The only module that names SeaORM.
//!
//! Reading asks for a proof (`access`) and gives that audience's type (`read/<audience>`); writing happens
//! inside a `Case`, one transaction over one manuscript, or in the few functions about accounts.

pub mod access;
mod addressing;
mod ahead;
pub mod assignments;
pub mod blobs;
pub mod bulk;
pub mod case;
mod coauthored;
pub mod coauthors;
mod db;
pub mod decisions;
mod entering;
mod entity;
pub mod erase;
pub mod files;
mod findable;
pub mod first_steps;
mod handling;
mod hold;
pub mod jobs;
mod kinship;
pub mod links;
pub mod mend;
pub mod outbox;
pub mod people;
pub mod people_log;
pub mod publication;
pub mod read;
pub mod requests;
pub mod reviews;
pub mod revisions;
pub mod roles;
mod roster;
mod rows;
pub mod second_step;
pub mod sessions;
pub mod settings;
pub mod terms;
pub mod unread;
pub mod vault;
pub mod verify;
pub mod windows;

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

pub use db::{DbError, DbSettings};

use crate::chance::Chance;
use crate::clock::Clock;
use crate::domain::person::Lang;
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

impl Fault {
    /// Whether it will pass: the database does not answer or is locked, the disk is full or takes nothing. The same
    /// request can succeed later as it is.
    pub fn passing(&self) -> bool {
        use std::io::ErrorKind as Kind;
        match self {
            Fault::Db(error) => db::passing(error),
            // A file that is not where its row says it is does not come back by waiting.
            Fault::Io(error) => !matches!(error.kind(), Kind::NotFound | Kind::InvalidData),
            Fault::Seal(_) | Fault::Value(_) | Fault::Letter(_) => false,
        }
    }
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

/// What the template engine said, by language and kind of letter.
type Faults = Arc<Mutex<BTreeMap<(Lang, String), String>>>;

/// How long a manuscript is put aside that could not be settled.
const ASIDE: jiff::SignedDuration = jiff::SignedDuration::from_mins(1);

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
    /// What the program was started with, over which the office's settings lie.
    initial: Arc<(Rules, Journal)>,
    current: Arc<RwLock<Arc<settings::Current>>>,
    /// Edited templates that failed and are not written down yet.
    faults: Faults,
    /// Whether all that was submitted before this start can be found.
    findable: Arc<AtomicBool>,
    /// The people of the office and the pool as they were opened last, with their rows' versions.
    opened: Arc<Mutex<HashMap<i64, (i64, people::Person)>>>,
    /// The hour in which what is over was last deleted.
    swept: Arc<AtomicI64>,
    /// The soonest instant (microseconds) at which a window closes or reminds, as far as is known.
    pub(crate) soonest: Arc<AtomicI64>,
    /// Manuscripts that could not be settled, and when (microseconds) that was.
    stuck: Arc<Mutex<BTreeMap<i64, i64>>>,
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
        let initial = (rules, journal);
        let current = settings::Current::build(&initial, Vec::new());
        let store = Store {
            db,
            vault,
            blobs,
            clock,
            chance,
            initial: Arc::new(initial),
            current: Arc::new(RwLock::new(Arc::new(current))),
            faults: Faults::default(),
            findable: Arc::default(),
            swept: Arc::default(),
            opened: Arc::default(),
            soonest: Arc::new(AtomicI64::new(0)),
            stuck: Arc::default(),
            bell: Arc::default(),
        };
        store.tell_capacities().await.map_err(DbError::from)?;
        store.load_settings().await?;
        Ok(store)
    }

    /// Whether a root key opens a database's data keys.
    pub async fn opens(settings: &DbSettings, root: &RootKey) -> Result<(), DbError> {
        let db = db::Db::open(settings).await?;
        let found = vault::Vault::opens(&db, root).await;
        db.close().await;
        found
    }

    /// Wraps the data keys of a database with a new root key in the stead of the old one, all or none; a second time
    /// changes nothing. Returns how many were wrapped anew.
    pub async fn rewrap(
        settings: &DbSettings,
        old: &RootKey,
        new: &RootKey,
        chance: &Chance,
    ) -> Result<usize, DbError> {
        let db = db::Db::open(settings).await?;
        let done = vault::Vault::rewrap(&db, old, new, chance).await;
        db.close().await;
        done
    }

    /// Puts a manuscript aside that could not be settled: for a minute it keeps nobody waiting.
    pub(crate) fn put_aside(&self, manuscript: i64) {
        let now = self.clock.now().as_microsecond();
        let mut stuck = self.stuck.lock().unwrap_or_else(PoisonError::into_inner);
        stuck.insert(manuscript, now);
    }

    /// The manuscripts that are put aside now.
    fn aside(&self) -> Vec<i64> {
        let now = self.clock.now().as_microsecond();
        let mut stuck = self.stuck.lock().unwrap_or_else(PoisonError::into_inner);
        stuck.retain(|_, since| (now - *since).unsigned_abs() < ASIDE.as_micros().unsigned_abs() as u64);
        stuck.keys().copied().collect()
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
