//! Public pages: for everybody.

mod article;
mod articles;
mod guides;
pub(in crate::web) mod home;
mod notice;

pub(in crate::web) use guides::first_text;
use rocket::{Route, routes};

/// The routes of the public site.
pub fn routes() -> Vec<Route> {
    routes![
        home::home,
        home::language,
        articles::articles,
        article::article,
        notice::notice,
        guides::guide,
        guides::imprint,
        guides::privacy,
    ]
}
