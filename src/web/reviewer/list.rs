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
}

impl View for Reviews {
    type Audience = Who;
    const TEMPLATE: &'static str = "reviewer/list.html";
}

#[get("/reviews?<past>")]
pub async fn list(desk: Desk<'_>, who: SignedIn, past: Option<usize>) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let view = Reviews {
        reviews: store.own_reviews(&who.0, past.unwrap_or(1)).await?,
        grace_days: store.rules().review_grace_days,
    };
    desk.show(&who.0, &view)
}
