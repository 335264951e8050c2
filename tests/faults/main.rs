//! Faults, done to the running program: the database locked or gone, the disk full, the key missing, the mail server
//! refusing, stalling and dying, the clock jumping, the rules of time zones changed, and the program itself killed.
//!
//! Each time a person gets an honest page with what was typed on it, the action has happened or has not, the office sees
//! what is stuck, and all goes on by itself when the fault ends. With `BAUTA_TEST_POSTGRES` on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod clock;
mod database;
mod house;
mod key;
mod kills;
mod mail;
mod post_office;
