//! Bauta, a journal's editorial office in one program.
pub mod actions;
pub mod chance;
pub mod clock;
pub mod config;
pub mod domain;
pub mod letters;
pub mod seal;
pub mod store;
pub mod trials;
pub mod words;
