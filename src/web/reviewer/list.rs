//! “My reviews”.

use rocket::get;
use serde::Serialize;

use crate::store::access::Who;
use crate::store::read::reviewer::ReviewList;
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Reviews {
    reviews: ReviewList,
    grace_days: u32,
    /// Years in which reviews were written, with their number.
    years: Vec<(i16, usize)>,
}

impl View for Reviews {
    type Audience = Who;
    const TEMPLATE: &'static str = "reviewer/list.html";
}

#[get("/reviews")]
pub async fn list(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let reviews = desk.office.store.own_reviews(&who.0).await?;
    let grace_days = desk.office.store.rules().review_grace_days;
    let years = desk.office.store.reviews_by_year(&who.0).await?;
    let view = Reviews {
        reviews,
        grace_days,
        years,
    };
    desk.show(&who.0, &view)
}
