//! A forgotten password, and a new one.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::sign_in::mail;
use crate::actions::account;
use crate::actions::sign_in::{Asker, may_confirm};
use crate::store::access::Who;
use crate::store::links::LinkPurpose;
use crate::web::error::WebError;
use crate::web::form::{Posted, SurePosted};
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::public::home::here;
use crate::web::session::{Oneself, Sure, home_of};

#[derive(Serialize)]
struct Forgotten {}

impl View for Forgotten {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "account/forgotten.html";
}

#[derive(Serialize)]
struct NewPassword {
    email: String,
    /// Where it goes on, or empty.
    next: String,
    has_password: bool,
    error: String,
}

impl View for NewPassword {
    type Audience = Who;
    const TEMPLATE: &'static str = "account/new-password.html";
}

#[get("/password/forgotten")]
pub fn forgotten(desk: Desk<'_>) -> Result<Page, WebError> {
    desk.show(&Anyone, &Forgotten {})
}

#[derive(FromForm)]
pub struct Address {
    #[field(default = String::new())]
    email: String,
}

#[post("/password/forgotten", data = "<form>")]
pub async fn forgotten_post(desk: Desk<'_>, asker: Asker, form: Posted<Address>) -> Result<Page, WebError> {
    mail(desk, asker, form.0.email, LinkPurpose::NewPassword).await
}

async fn view(desk: &Desk<'_>, who: &Who, next: &str, error: String) -> Result<NewPassword, WebError> {
    let found = desk.office.store.credentials(who.email()).await?;
    let has_password = found.is_some_and(|f| f.password.is_some());
    Ok(NewPassword {
        email: who.email().to_string(),
        next: if next.is_empty() {
            String::new()
        } else {
            here(next)
        },
        has_password,
        error,
    })
}

#[get("/account/password?<next>")]
pub async fn new(desk: Desk<'_>, who: Sure, next: Option<&str>) -> Result<Page, WebError> {
    let view = view(&desk, &who.0, next.unwrap_or_default(), String::new()).await?;
    desk.show(&who.0, &view)
}

#[derive(FromForm)]
pub struct Passwords {
    #[field(default = String::new())]
    old: String,
    #[field(default = String::new())]
    new: String,
    /// Where it goes on.
    #[field(default = String::new())]
    next: String,
}

#[post("/account/password", data = "<form>")]
pub async fn new_post(
    desk: Desk<'_>,
    who: Oneself,
    form: SurePosted<Passwords>,
) -> Result<Either<Page, Redirect>, WebError> {
    let (who, form) = (who.0, form.0);
    let store = &desk.office.store;
    if !may_confirm(store, &who).await? {
        return Err(WebError::TooMany);
    }
    let profile = who.profile();
    let names = [profile.native_name.clone(), profile.latin_name.clone()];
    let weak =
        account::weak_password(store, &form.new, who.email(), &names).map(|key| format!("error-{key}"));
    let error = match weak {
        Some(error) => Some(error),
        None if account::change_password(store, &who, form.old, form.new).await? => None,
        None => Some("error-old-password".to_owned()),
    };
    if let Some(error) = error {
        let view = view(&desk, &who, &form.next, error).await?;
        return Ok(Either::Left(desk.show_again(&who, &view)?));
    }
    // Whoever is setting the office up goes on with that.
    let first_steps = who.roles().chief() && !who.guide_closed();
    let next = match form.next.as_str() {
        "" if first_steps => "/admin/start".to_owned(),
        "" => home_of(who.roles()).to_owned(),
        next => here(next),
    };
    Ok(Either::Right(Redirect::to(format!("{next}?done=password"))))
}
