//! The office's clock. The only place that asks the system what time it is, so that tests and the
//! demo can put any instant in its stead.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Tells the present instant: the system's, one that was set by hand, or (in the demo) one that runs ahead.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
    /// Microseconds that it is ahead of the system's.
    Ahead(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's own clock.
    pub fn system() -> Self {
        Clock(Source::System)
    }

    /// A clock that stands still at `at` until it is moved. All clones move together.
    pub fn standing_at(at: Timestamp) -> Self {
        Clock(Source::Set(Arc::new(AtomicI64::new(at.as_microsecond()))))
    }

    /// The machine's own clock, until it is moved ahead; it runs on from there. All clones move together. The demo's.
    pub fn movable() -> Self {
        Clock(Source::Ahead(Arc::new(AtomicI64::new(0))))
    }

    /// The present instant, cut to microseconds as the database keeps it.
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask")]
    pub fn now(&self) -> Timestamp {
        let micros = match &self.0 {
            Source::System => Timestamp::now().as_microsecond(),
            Source::Set(at) => at.load(Ordering::SeqCst),
            Source::Ahead(by) => Timestamp::now().as_microsecond() + by.load(Ordering::SeqCst),
        };
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The instant that people's own devices show: they do not know of a demo that runs ahead.
    #[expect(clippy::disallowed_methods, reason = "the one place that may ask")]
    pub fn on_devices(&self) -> Timestamp {
        match &self.0 {
            Source::Ahead(_) => Timestamp::now(),
            Source::System | Source::Set(_) => self.now(),
        }
    }

    /// Moves a clock that can be moved forward (or back, for a negative span). The system's clock stays.
    pub fn advance(&self, by: SignedDuration) {
        if let Source::Set(micros) | Source::Ahead(micros) = &self.0 {
            micros.fetch_add(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::SeqCst);
        }
    }

    /// Puts a clock that was set by hand to `instant`. The system's clock stays.
    pub fn put(&self, instant: Timestamp) {
        if let Source::Set(at) = &self.0 {
            at.store(instant.as_microsecond(), Ordering::SeqCst);
        }
    }
}
