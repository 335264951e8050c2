//! Reads, one file an audience; each gives that audience its own types.

pub mod author;
