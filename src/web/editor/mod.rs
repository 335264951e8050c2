//! Pages.
use rocket::Route;

/// The routes of this audience.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
