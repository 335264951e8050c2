//! Attacks on the running program, along the chapters of OWASP ASVS 5.0 (level 2): encoding and injection (V1), validation (V2),
//! the browser's side (V3), interfaces (V4), files (V5), authentication (V6), sessions (V7), authorisation (V8), data in logs
//! (V14, V16). What `tests/office/` holds already is not repeated here: `strangers.rs` (sign-in, sessions), `routes.rs` and
//! `table.rs` (every route for every audience), `canary.rs` (what pages and letters say).
//!
//! The fuzzer sends 10,000 requests; `BAUTA_TEST_FUZZ=1000000 cargo nextest run --test attack -E 'test(fuzz)'` sends more.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, dead_code)]

mod asvs;
mod fields;
mod files;
mod fuzz;
mod http;
mod logs;
#[path = "../office/support.rs"]
mod support;
mod target;
mod wire;
