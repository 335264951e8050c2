//! Public pages: for everybody.

mod article;
mod articles;
mod cite;
mod feed;
mod guides;
mod help;
pub(in crate::web) mod home;
mod notice;
mod tags;

pub(in crate::web) use guides::first_text;
use rocket::{Route, routes};

use crate::web::audience::Audience;

/// The routes of the public site.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(Audience::Anyone.only(routes![
        home::home,
        home::language,
        articles::articles,
        article::article,
        notice::notice,
        guides::guide,
        guides::privacy,
        guides::imprint,
        help::help,
        feed::feed,
        feed::sitemap,
        feed::robots,
    ]));
    routes
}
