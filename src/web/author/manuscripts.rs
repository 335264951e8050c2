//! “My manuscripts”, and the beginning of a new one.

use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;

use crate::actions::draft;
use crate::domain::manuscript::STEPS;
use crate::store::access::Who;
use crate::store::read::author::MyManuscript;
use crate::web::error::{WebError, back_with};
use crate::web::form::SameOrigin;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// Manuscripts that one person may begin in a day.
const PER_DAY: i32 = 30;

#[derive(Serialize)]
struct MyManuscripts {
    manuscripts: Vec<MyManuscript>,
}

impl View for MyManuscripts {
    type Audience = Who;
    const TEMPLATE: &'static str = "author/manuscripts.html";
}

#[get("/author")]
pub async fn list(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let manuscripts = desk.office.store.my_manuscripts(&who.0).await?;
    desk.show(&who.0, &MyManuscripts { manuscripts })
}

/// Counts a draft that is begun, whether empty or from one that is over.
async fn within_day(desk: &Desk<'_>, who: &SignedIn) -> Result<(), WebError> {
    let day = jiff::SignedDuration::from_hours(24);
    let account = who.0.account().to_string();
    let store = &desk.office.store;
    match store.within_rate("begin", &account, PER_DAY, day).await? {
        true => Ok(()),
        false => Err(WebError::TooMany),
    }
}

/// Begins a new submission from one that is over.
#[post("/author/manuscripts/<number>/anew")]
pub async fn anew(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    _ours: SameOrigin,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    within_day(&desk, &who).await?;
    match draft::anew(store, &who.0, &proof).await {
        Ok(new) => Ok(Redirect::to(format!(
            "{}/submission/{}?done=begun-anew",
            super::page(&new),
            STEPS[0]
        ))),
        Err(failure) => back_with(super::page(number), failure),
    }
}

#[post("/author/manuscripts")]
pub async fn begin(desk: Desk<'_>, who: SignedIn, _ours: SameOrigin) -> Result<Redirect, WebError> {
    within_day(&desk, &who).await?;
    let number = draft::start(&desk.office.store, &who.0).await?;
    Ok(Redirect::to(format!(
        "{}/submission/{}",
        super::page(&number),
        STEPS[0]
    )))
}
