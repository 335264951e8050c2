//! Accounts: signing up and in, links, profile, sessions.

mod link;
mod password;
mod profile;
mod sign_in;
mod sign_up;
mod signed_out;

use rocket::{Route, routes};

/// The routes about one's own account.
pub fn routes() -> Vec<Route> {
    routes![
        sign_up::page,
        sign_up::post,
        sign_in::page,
        sign_in::post,
        sign_in::mail_link,
        sign_in::sign_out,
        password::forgotten,
        password::forgotten_post,
        password::new,
        password::new_post,
        link::page,
        link::post,
        profile::page,
        profile::post,
        profile::end_session,
        profile::end_sessions,
        signed_out::show,
    ]
}
