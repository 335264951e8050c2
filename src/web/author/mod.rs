//! The author's pages: a submission in steps, its blind copies, where it stands, the revision, the proof.

mod blind;
mod check;
mod details;
mod discard;
pub mod files;
mod manuscript;
mod manuscripts;
mod proof;
mod requests;
mod revision;
mod step;
pub mod step_form;
pub mod steps;
mod trial;
mod withdrawal;

use rocket::{Route, routes};

use crate::web::audience::Audience;

/// The routes of authors.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(Audience::Account.only(routes![manuscripts::list, manuscripts::begin,]));
    routes.extend(Audience::Author.only(routes![
        manuscripts::anew,
        step::resume,
        step::show,
        step::save,
        step::autosave,
        files::show,
        files::add,
        files::remove,
        files::original,
        blind::show,
        blind::settle,
        blind::download,
        blind::page,
        blind::picture,
        check::show,
        check::send,
        check::receipt,
        manuscript::show,
        manuscript::open_decision,
        manuscript::reaffirm,
        discard::show,
        discard::confirm,
        requests::show,
        requests::send,
        requests::take_back,
        requests::remind,
        requests::remind_coauthors,
        details::show,
        details::save,
        withdrawal::show,
        withdrawal::confirm,
        revision::show,
        revision::keep,
        revision::autosave,
        revision::send,
        proof::show,
        proof::confirm,
    ]));
    routes
}

/// The address of a manuscript's page.
fn page(number: &str) -> String {
    format!("/author/manuscripts/{number}")
}
