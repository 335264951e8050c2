//! The reviewer's pages: own reviews, the invitation, the reading desk; and the one-time links of letters.

mod attachments;
mod by_link;
mod certificate;
mod changes;
mod coauthor;
mod concerned;
mod desk;
mod files;
mod invitation;
mod list;
pub(in crate::web) mod review;

use rocket::{Route, routes};

use crate::web::audience::Audience;

/// The routes of reviewers, and of the links that letters to reviewers and co-authors carry.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(Audience::Account.only(routes![list::list, certificate::show,]));
    routes.extend(Audience::Reviewer.only(routes![
        desk::desk,
        desk::back_to_desk,
        desk::from_attachments,
        changes::show,
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
    ]));
    routes.extend(Audience::Coauthor.only(routes![coauthor::named, coauthor::answer_named,]));
    routes.extend(Audience::Link.only(routes![
        by_link::invitation,
        by_link::answer,
        concerned::question,
        concerned::answer,
        coauthor::question,
        coauthor::answer,
    ]));
    routes
}
