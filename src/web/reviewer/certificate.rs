//! A certificate for a reviewer: how many reviews in which year; no manuscript, no date. To be printed.

use jiff::civil::Date;
use rocket::get;
use serde::Serialize;

use crate::store::access::Who;
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Certificate {
    person: String,
    year: i16,
    count: usize,
    today: Date,
}

impl View for Certificate {
    type Audience = Who;
    const TEMPLATE: &'static str = "reviewer/certificate.html";
}

#[get("/certificates/<year>")]
pub async fn show(desk: Desk<'_>, who: SignedIn, year: i16) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let years = store.reviews_by_year(&who.0).await?;
    let (year, count) = years
        .into_iter()
        .find(|(y, _)| *y == year)
        .ok_or(WebError::NotFound)?;
    let view = Certificate {
        person: who.0.profile().name(desk.lang()).to_owned(),
        year,
        count,
        today: store.today(),
    };
    desk.show(&who.0, &view)
}
