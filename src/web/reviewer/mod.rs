//! The reviewer's pages: own reviews, the invitation, the reading desk; and the one-time links of letters.

mod by_link;
mod coauthor;
mod concerned;
mod desk;
mod files;
mod invitation;
mod list;
mod review;

use rocket::{Route, routes};

/// The routes of reviewers, and of the links that letters to reviewers and co-authors carry.
pub fn routes() -> Vec<Route> {
    routes![
        list::list,
        desk::desk,
        desk::back_to_desk,
        invitation::accept,
        invitation::refuse,
        review::draft,
        review::send,
        files::download,
        files::page,
        files::picture,
        by_link::invitation,
        by_link::answer,
        concerned::question,
        concerned::answer,
        coauthor::named,
        coauthor::answer_named,
        coauthor::question,
        coauthor::answer,
    ]
}
