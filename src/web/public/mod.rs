//! Public pages: for everybody.

pub(in crate::web) mod home;

use rocket::{Route, routes};

/// The routes of the public site.
pub fn routes() -> Vec<Route> {
    routes![home::home, home::language]
}
