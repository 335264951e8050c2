//! Reads, one file an audience; each gives that audience its own types.

<<<<<<< HEAD
pub mod coauthor;
pub mod public;
pub mod reviewer;
=======
pub mod author;
>>>>>>> author
