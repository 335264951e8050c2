//! Blind copies, to be saved or shown in the desk.

use rocket::get;

use crate::web::error::WebError;
use crate::web::page::Desk;
use crate::web::reading::{Image, Known, PageName, page_of, picture_of};
use crate::web::serve_file::Served;
use crate::web::session::SignedIn;

#[get("/reviews/<number>/files/<file>/download")]
pub async fn download(desk: Desk<'_>, who: SignedIn, number: &str, file: i64) -> Result<Served, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let file = store.reviewer_file(&proof, file).await?;
    Ok(Served::download(
        store,
        &file.blob,
        &file.name,
        &file.format,
        file.size,
    ))
}

#[get("/reviews/<number>/files/<file>/pages/<page>")]
pub async fn page(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    file: i64,
    page: PageName,
    known: Known,
) -> Result<Image, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let file = store.reviewer_file(&proof, file).await?;
    page_of(desk.office, &file, page, known).await
}

#[get("/reviews/<number>/files/<file>/pictures/<picture>")]
pub async fn picture(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    file: i64,
    picture: usize,
    known: Known,
) -> Result<Image, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let file = store.reviewer_file(&proof, file).await?;
    picture_of(store, &file, picture, known).await
}
