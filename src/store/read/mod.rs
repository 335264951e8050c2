//! Reads, one file an audience; each gives that audience its own types.

pub mod coauthor;
pub mod public;
pub mod reviewer;
