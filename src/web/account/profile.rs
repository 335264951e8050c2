//! One's own profile and sessions.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use crate::domain::person::{Orcid, Profile};
use crate::store::access::Who;
use crate::store::sessions::SessionView;
use crate::web::error::WebError;
use crate::web::form::{Posted, SameOrigin};
use crate::web::page::{Desk, Page, View};
use crate::web::session::Oneself;

#[derive(Serialize)]
struct Account {
    email: String,
    profile: Profile,
    roles: Vec<&'static str>,
    sessions: Vec<SessionView>,
    second_step: bool,
    errors: Vec<(&'static str, &'static str)>,
}

impl View for Account {
    type Audience = Who;
    const TEMPLATE: &'static str = "account/account.html";
}

async fn view(
    desk: &Desk<'_>,
    who: &Who,
    profile: Profile,
    errors: Vec<(&'static str, &'static str)>,
) -> Result<Account, WebError> {
    let sessions = desk.office.store.sessions(who).await?;
    let roles = who.roles().0.iter().map(|r| r.key()).collect();
    Ok(Account {
        email: who.email().to_string(),
        profile,
        roles,
        sessions,
        second_step: who.second_step(),
        errors,
    })
}

#[get("/account")]
pub async fn page(desk: Desk<'_>, who: Oneself) -> Result<Page, WebError> {
    let view = view(&desk, &who.0, who.0.profile().clone(), Vec::new()).await?;
    desk.show(&who.0, &view)
}

#[derive(FromForm)]
pub struct Form {
    #[field(default = String::new())]
    native_name: String,
    #[field(default = String::new())]
    latin_name: String,
    #[field(default = String::new())]
    affiliation: String,
    #[field(default = String::new())]
    orcid: String,
    #[field(default = String::new())]
    expertise: String,
}

#[post("/account", data = "<form>")]
pub async fn post(
    desk: Desk<'_>,
    who: Oneself,
    form: Posted<Form>,
) -> Result<Either<Page, Redirect>, WebError> {
    let form = form.0;
    let mut errors = Vec::new();
    if form.native_name.trim().is_empty() && form.latin_name.trim().is_empty() {
        errors.push(("latin_name", "error-name"));
    }
    let orcid = match form.orcid.trim() {
        "" => String::new(),
        typed => match Orcid::parse(typed) {
            Some(orcid) => orcid.as_str().to_owned(),
            None => {
                errors.push(("orcid", "error-orcid"));
                typed.to_owned()
            }
        },
    };
    let profile = Profile {
        native_name: form.native_name.trim().to_owned(),
        latin_name: form.latin_name.trim().to_owned(),
        affiliation: form.affiliation.trim().to_owned(),
        orcid,
        expertise: form.expertise.trim().to_owned(),
    };
    if !errors.is_empty() {
        let view = view(&desk, &who.0, profile, errors).await?;
        return Ok(Either::Left(desk.show_again(&who.0, &view)?));
    }
    desk.office.store.set_profile(&who.0, profile).await?;
    Ok(Either::Right(Redirect::to("/account?done=profile")))
}

#[post("/account/sessions/<id>/end")]
pub async fn end_session(
    _ours: SameOrigin,
    desk: Desk<'_>,
    who: Oneself,
    id: i64,
) -> Result<Redirect, WebError> {
    desk.office.store.end_session(&who.0, id).await?;
    Ok(Redirect::to("/account?done=session"))
}

#[post("/account/sessions/end")]
pub async fn end_sessions(_ours: SameOrigin, desk: Desk<'_>, who: Oneself) -> Result<Redirect, WebError> {
    desk.office
        .store
        .end_sessions(who.0.account(), Some(who.0.session()))
        .await?;
    Ok(Redirect::to("/account?done=session"))
}
