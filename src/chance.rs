//! Chance, given out in labelled streams. The only place that asks the system for randomness; a seeded
//! one gives the same bytes for the same label and count, which is what tests and twins need.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rand::TryRng;

/// A source of unpredictable bytes, or of predictable ones in tests.
#[derive(Clone)]
pub struct Chance(Source);

#[derive(Clone)]
enum Source {
    System,
    Seeded(u64, Arc<Mutex<HashMap<String, u64>>>),
}

impl Chance {
    /// The system's generator.
    pub fn system() -> Self {
        Chance(Source::System)
    }

    /// A generator whose streams depend on `seed` and label alone. Never for real secrets.
    pub fn seeded(seed: u64) -> Self {
        Chance(Source::Seeded(seed, Arc::default()))
    }

    /// Fills `N` bytes from the stream `label`.
    ///
    /// # Panics
    /// If the system has no randomness to give: there is nothing safe to do without it.
    pub fn bytes<const N: usize>(&self, label: &str) -> [u8; N] {
        let mut out = [0; N];
        match &self.0 {
            Source::System => rand::rngs::SysRng
                .try_fill_bytes(&mut out)
                .expect("the system's generator answers"),
            Source::Seeded(seed, counts) => {
                let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
                let count = counts.entry(label.to_owned()).or_insert(0);
                *count += 1;
                let mut hasher = blake3::Hasher::new();
                hasher.update(&seed.to_le_bytes());
                hasher.update(&count.to_le_bytes());
                hasher.update(label.as_bytes());
                hasher.finalize_xof().fill(&mut out);
            }
        }
        out
    }

    /// A number in `0..n`, each equally likely. `n` must be at least 1.
    pub fn below(&self, label: &str, n: usize) -> usize {
        let n = n.max(1) as u64;
        // Draws past the last whole multiple of n would favour small numbers.
        let fair = u64::MAX - u64::MAX % n;
        loop {
            let draw = u64::from_le_bytes(self.bytes(label));
            if draw < fair {
                return (draw % n) as usize;
            }
        }
    }

    /// A row's identifier: positive, 63 bits, so that neither order nor number of rows shows.
    pub fn id(&self, label: &str) -> i64 {
        (u64::from_le_bytes(self.bytes(label)) >> 1) as i64
    }

    /// A token of 160 bits for links and sessions, in lower-case base 32.
    pub fn token(&self, label: &str) -> String {
        data_encoding::BASE32_NOPAD
            .encode(&self.bytes::<20>(label))
            .to_lowercase()
    }

    /// A manuscript's public number such as `7KQ4-M2XR`: random, without 0 O 1 I and without a date.
    pub fn number(&self) -> String {
        const SIGNS: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let mut number = String::with_capacity(9);
        for (i, byte) in self.bytes::<8>("number").into_iter().enumerate() {
            if i == 4 {
                number.push('-');
            }
            number.push(SIGNS[usize::from(byte) % SIGNS.len()] as char);
        }
        number
    }
}
