//! Reading, by audience: each file takes its audience's proof and returns what that audience may see.

pub mod author;
pub mod coauthor;
pub mod editor;
pub mod public;
pub mod reviewer;
