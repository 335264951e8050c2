//! The office as a whole: store, actions, worker, pages. On PostgreSQL too when `BAUTA_TEST_POSTGRES` is set.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod account;
mod author;
mod canary;
mod clocks;
mod copies;
mod demo;
mod editor;
mod entry;
mod first_steps;
mod formats;
mod law;
mod layers;
mod letters;
mod life;
mod mail;
mod mend;
mod program;
mod public;
mod reviewer;
mod roster;
mod routes;
mod search;
mod settings;
mod strip;
mod support;
