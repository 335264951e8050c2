//! Public pages: for everybody.

mod home;

use rocket::{Route, routes};

/// The routes of the public site.
pub fn routes() -> Vec<Route> {
    routes![home::home, home::language]
}
