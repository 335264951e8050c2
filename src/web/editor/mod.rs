//! The office: lists with the proof of staff, one manuscript with the proof of an editor.

mod changes;
mod decision;
mod decision_form;
mod enter_review;
mod entry;
mod entry_files;
mod entry_form;
mod files;
mod history;
mod letters;
mod manuscript;
mod matters;
mod names;
mod office;
mod publication;
mod reviewers;
mod reviews;
mod search;

use rocket::{Route, routes};

use crate::web::audience::Audience;

use crate::store::access::{AsEditor, Who};
use crate::web::error::WebError;
use crate::web::page::Desk;

/// The routes of the office.
pub fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    routes.extend(Audience::Staff.only(routes![
        office::lists,
        office::list,
        search::find,
        search::by_author,
        entry::show,
        entry::save,
        letters::undelivered,
    ]));
    routes.extend(Audience::Chief.only(routes![letters::accounts_again,]));
    routes.extend(Audience::Editor.only(routes![
        manuscript::reading,
        manuscript::give_handling,
        manuscript::extend,
        entry_files::show,
        entry_files::add,
        entry_files::remove,
        entry_files::settle,
        files::read,
        changes::show,
        files::page,
        files::picture,
        files::copy,
        names::open,
        names::original,
        reviewers::show,
        reviewers::ask,
        reviewers::cancel,
        reviewers::remind,
        reviewers::extend,
        enter_review::show,
        enter_review::enter,
        reviews::show,
        reviews::again,
        decision::show,
        decision::decide,
        decision::undo,
        decision::settle_hurdle,
        publication::send_proof,
        publication::confirm,
        publication::publish,
        matters::show,
        matters::answer,
        matters::set_hold,
        matters::coauthors,
        matters::ask_reaffirmation,
        matters::publish_notice,
        letters::list,
        letters::read,
        letters::again,
        letters::discard,
        letters::correct,
        history::show,
    ]));
    routes
}

/// The proof of an editor for a manuscript.
async fn editor(desk: &Desk<'_>, who: &Who, number: &str) -> Result<AsEditor, WebError> {
    Ok(desk.office.store.editor(who, number).await?)
}

/// A page of a manuscript, `/decision` for instance.
fn place(proof: &AsEditor, page: &str) -> String {
    format!("/office/manuscripts/{}{page}", proof.number())
}
