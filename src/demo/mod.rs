//! The invented journal, played through the actions by the script that the tests use as well.

pub mod cast;
pub mod extras;
pub mod more;
pub mod papers;
pub mod plots;
pub mod script;
