//! The office as a whole: store, actions, worker, pages. On PostgreSQL too when `BAUTA_TEST_POSTGRES` is set.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod author;
mod clocks;
mod layers;
mod life;
mod support;
