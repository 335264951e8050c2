//! Signing in, by password or by a mailed link, and out.

use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::sign_up::LookInMail;
use crate::actions::account;
use crate::domain::person::Email;
use crate::store::people::LinkPurpose;
use crate::web::error::WebError;
use crate::web::form::{Posted, SameOrigin};
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::public::home::here;
use crate::web::session::{Agent, Origin, SignedIn, clear_session, home_of, set_session};

#[derive(Default, Serialize)]
struct SignIn {
    email: String,
    next: String,
    wrong: bool,
}

impl View for SignIn {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "account/sign-in.html";
}

#[get("/sign-in?<next>")]
pub fn page(desk: Desk<'_>, next: Option<&str>) -> Result<Either<Page, Redirect>, WebError> {
    if let Some(who) = &desk.visitor.who {
        return Ok(Either::Right(Redirect::to(home_of(who.roles()))));
    }
    let next = next.unwrap_or_default().to_owned();
    Ok(Either::Left(desk.show(
        &Anyone,
        &SignIn {
            next,
            ..SignIn::default()
        },
    )?))
}

#[derive(FromForm)]
pub struct Form {
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    password: String,
    #[field(default = String::new())]
    next: String,
}

#[post("/sign-in", data = "<form>")]
pub async fn post(
    desk: Desk<'_>,
    jar: &CookieJar<'_>,
    agent: Agent,
    origin: Origin,
    form: Posted<Form>,
) -> Result<Either<Page, Redirect>, WebError> {
    let form = form.0;
    let store = &desk.office.store;
    // An address that is none has no account either; the answer is the same.
    let email = Email::parse(&form.email)
        .or_else(|| Email::parse("nobody@invalid.invalid"))
        .ok_or(WebError::BadForm)?;
    // Slowed down per address and origin together, so that a stranger cannot lock the owner out.
    let pair = format!("{} {}", email, origin.0);
    if !account::within_limits(store, "sign-in", &pair, &origin.0).await? {
        return Err(WebError::TooMany);
    }
    let Some(token) = account::sign_in(store, &email, form.password, &agent.0).await? else {
        let view = SignIn {
            email: form.email,
            next: form.next,
            wrong: true,
        };
        return Ok(Either::Left(desk.show_again(&Anyone, &view)?));
    };
    let who = store.who(&token).await?;
    set_session(jar, token, desk.office.config.secure());
    let home = who.map_or("/", |who| home_of(who.roles()));
    let next = if form.next.is_empty() {
        home.to_owned()
    } else {
        here(&form.next)
    };
    Ok(Either::Right(Redirect::to(next)))
}

#[derive(FromForm)]
pub struct LinkForm {
    #[field(default = String::new())]
    email: String,
}

#[post("/sign-in/link", data = "<form>")]
pub async fn mail_link(desk: Desk<'_>, origin: Origin, form: Posted<LinkForm>) -> Result<Page, WebError> {
    mail(desk, origin, form.0.email, LinkPurpose::SignIn).await
}

/// Mails a link if the address has an account, and answers the same if it has none.
pub async fn mail(
    desk: Desk<'_>,
    origin: Origin,
    typed: String,
    purpose: LinkPurpose,
) -> Result<Page, WebError> {
    let Some(email) = Email::parse(&typed) else {
        return desk.show_again(
            &Anyone,
            &SignIn {
                email: typed,
                wrong: true,
                ..SignIn::default()
            },
        );
    };
    let store = &desk.office.store;
    if !account::within_limits(store, "mail", email.as_str(), &origin.0).await? {
        return Err(WebError::TooMany);
    }
    account::mail_link(store, &email, purpose).await?;
    desk.show(
        &Anyone,
        &LookInMail {
            email: email.to_string(),
        },
    )
}

#[post("/sign-out")]
pub async fn sign_out(
    _ours: SameOrigin,
    desk: Desk<'_>,
    who: SignedIn,
    jar: &CookieJar<'_>,
) -> Result<Redirect, WebError> {
    desk.office.store.end_session(&who.0, who.0.session()).await?;
    clear_session(jar);
    Ok(Redirect::to("/"))
}
