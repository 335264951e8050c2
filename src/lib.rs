//! Bauta, a journal's editorial office in one program.
//!
//! Who may import whom: `main → commands → app → web, worker → actions → store → domain, seal`; `letters`, `words`
//! and `trials` are pure and stand below. Only `store` names SeaORM, only `web` and `app` name Rocket, only `clock` and
//! `chance` ask the system. `tests/office/layers.rs` holds this.

pub mod actions;
pub mod app;
pub mod chance;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod domain;
pub mod letters;
pub mod post;
pub mod seal;
pub mod store;
pub mod trials;
pub mod web;
pub mod words;
pub mod worker;
