//! Reading, by audience: each file takes its audience's proof and returns what that audience may see.

pub mod editor;
