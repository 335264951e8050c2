//! Attachments to a review: uploaded one a request, made blind like everything else, looked at and settled.

use rocket::http::ContentType;
use rocket::response::Redirect;
use rocket::{Data, FromForm, get, post};

use super::invitation::Shown;
use super::review::{Kept, Written, again, elsewhere, keep};
use crate::actions::{Failure, files};
use crate::web::error::{WebError, back_with, refusal_key, then};
use crate::web::form::{Posted, SameOrigin};
use crate::web::page::Desk;
use crate::web::serve_file::Served;
use crate::web::session::SignedIn;
use crate::web::slips::Slips;
use crate::web::upload;

/// Takes a file. Without JavaScript the form that was being written comes with it, and is kept first.
#[post("/reviews/<number>/attachments", data = "<data>")]
pub async fn add(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    _ours: SameOrigin,
    kind: &ContentType,
    data: Data<'_>,
) -> Shown {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let (fields, file) = upload::receive_with_form(store, kind, data, desk.office.config.max_file_mb).await;
    let written = Written::beside_file(&fields);
    let kept = match &written {
        Some(form) => keep(&desk, &proof, form).await?,
        None => Kept::Yes,
    };
    let result = match file {
        Ok((name, taken)) => files::attach(store, &proof, &taken, &name).await.map(drop),
        Err(failure) => Err(failure),
    };
    let page = format!("/reviews/{number}?amend");
    let desk = match (kept, result) {
        (Kept::Yes, Ok(())) => return Ok(Ok(Redirect::to(format!("{page}&done=attached#attachments")))),
        (Kept::Yes, Err(Failure::Refused(refusal))) => return back_with(page, refusal.into()).map(Ok),
        (_, Ok(())) => desk.with_done("attached"),
        (_, Err(Failure::Refused(refusal))) => desk.with_problem(refusal_key(&refusal)),
        (_, Err(failure)) => return Err(failure.into()),
    };
    // There is no draft to keep it in: the page itself has what was typed.
    let written = written.unwrap_or_default();
    Ok(Err(match kept {
        Kept::Stale => elsewhere(desk, &proof, &written).await?,
        Kept::Yes | Kept::No => again(&desk, &proof, &written, Vec::new(), Slips::default()).await?,
    }))
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
