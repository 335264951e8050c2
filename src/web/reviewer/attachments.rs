//! Attachments to a review: uploaded one a request, made blind like everything else, looked at and settled.

use rocket::http::ContentType;
use rocket::response::Redirect;
use rocket::{Data, FromForm, get, post};

use crate::actions::{Failure, files};
use crate::web::error::{WebError, back_with, then};
use crate::web::form::{Posted, SameOrigin};
use crate::web::page::Desk;
use crate::web::serve_file::Served;
use crate::web::session::SignedIn;
use crate::web::upload;

#[post("/reviews/<number>/attachments", data = "<data>")]
pub async fn add(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    _ours: SameOrigin,
    kind: &ContentType,
    data: Data<'_>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let page = format!("/reviews/{number}");
    let result = match upload::receive(store, kind, data, desk.office.config.max_file_mb).await {
        Ok(sent) => files::attach(store, &proof, &sent.taken, &sent.name).await,
        Err(failure) => Err(failure),
    };
    match result {
        Ok(_) => Ok(Redirect::to(format!("{page}?amend&done=attached#attachments"))),
        Err(Failure::Refused(refusal)) => back_with(format!("{page}?amend"), Failure::Refused(refusal)),
        Err(failure) => Err(failure.into()),
    }
}

#[post("/reviews/<number>/attachments/<id>/removal")]
pub async fn remove(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    _ours: SameOrigin,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.reviewer(&who.0, number).await?;
    let done = files::detach(&desk.office.store, &proof, id).await;
    then(&format!("/reviews/{number}"), "detached", done)
}

/// What the reviewer says of a finding.
#[derive(FromForm)]
pub struct Settled {
    #[field(default = String::new())]
    key: String,
    /// `keep` or `remove`.
    #[field(default = String::new())]
    how: String,
}

#[post("/reviews/<number>/attachments/<id>/findings", data = "<form>")]
pub async fn settle(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Settled>,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.reviewer(&who.0, number).await?;
    let keep = match form.0.how.as_str() {
        "keep" => true,
        "remove" => false,
        _ => return Err(WebError::BadForm),
    };
    let settled = [(form.0.key, keep)];
    let done = files::settle_attachment(&desk.office.store, &proof, id, &settled).await;
    then(&format!("/reviews/{number}"), "finding-settled", done)
}

#[get("/reviews/<number>/attachments/<id>")]
pub async fn download(desk: Desk<'_>, who: SignedIn, number: &str, id: i64) -> Result<Served, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let file = store.reviewer_attachment(&proof, id).await?;
    Ok(Served::download(
        store,
        &file.blob,
        &file.name,
        &file.format,
        file.size,
    ))
}
