//! Accounts: signing up and in, links, profile, sessions.

mod confirm;
mod erasure;
mod link;
mod password;
mod profile;
mod second_step;
mod sign_in;
mod sign_up;
mod signed_out;

pub(super) use confirm::unsure;
use rocket::{Route, routes};

use crate::web::audience::Audience;

/// The routes about one's own account.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(Audience::Anyone.only(routes![
        sign_up::page,
        sign_up::post,
        sign_in::page,
        sign_in::post,
        sign_in::mail_link,
        sign_in::code,
        password::forgotten,
        password::forgotten_post,
    ]));
    routes.extend(Audience::Link.only(routes![link::page, link::post,]));
    routes.extend(Audience::Account.only(routes![
        sign_in::sign_out,
        password::new,
        password::new_post,
        profile::page,
        profile::post,
        profile::end_session,
        profile::end_sessions,
        erasure::page,
        erasure::post,
        confirm::ask,
        confirm::answer,
        second_step::page,
        second_step::set_up,
        second_step::new_codes,
        second_step::turn_off,
    ]));
    routes.extend(Audience::Anyone.only(routes![signed_out::show]));
    routes
}
