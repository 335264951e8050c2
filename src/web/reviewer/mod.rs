//! The reviewer's pages: own reviews, the invitation, the reading desk; and the one-time links of letters.

mod attachments;
mod by_link;
mod certificate;
mod coauthor;
mod concerned;
mod desk;
mod files;
mod invitation;
mod list;
pub(in crate::web) mod review;

use rocket::{Route, routes};

/// The routes of reviewers, and of the links that letters to reviewers and co-authors carry.
pub fn routes() -> Vec<Route> {
    routes![
        list::list,
        certificate::show,
        desk::desk,
        desk::back_to_desk,
        invitation::accept,
        invitation::refuse,
        review::draft,
        review::send,
        attachments::add,
        attachments::remove,
        attachments::settle,
        attachments::download,
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
