//! Signing in, by password or by a mailed link, and out.

use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::sign_up::LookInMail;
use crate::actions::account;
use crate::actions::sign_in::{self, Asker, Attempt, Entered};
use crate::domain::person::{Email, Roles};
use crate::store::links::LinkPurpose;
use crate::web::error::WebError;
use crate::web::form::{Posted, SameOrigin};
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::public::home::here;
use crate::web::session::{Oneself, clear_session, enter, home_of};

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
    asker: Asker,
    form: Posted<Form>,
) -> Result<Either<Page, Redirect>, WebError> {
    let form = form.0;
    let store = &desk.office.store;
    // An address that is none has no account either; the answer is the same.
    let email = Email::parse(&form.email)
        .or_else(|| Email::parse("nobody@invalid.invalid"))
        .ok_or(WebError::BadForm)?;
    match sign_in::by_password(store, &email, form.password, &form.next, &asker).await? {
        Attempt::TooMany => Err(WebError::TooMany),
        Attempt::Wrong => {
            let view = SignIn {
                email: form.email,
                next: form.next,
                wrong: true,
            };
            Ok(Either::Left(desk.show_again(&Anyone, &view)?))
        }
        Attempt::Right(Entered::Second(token)) => Ok(Either::Left(ask_code(&desk, token)?)),
        Attempt::Right(Entered::In(token)) => {
            let who = enter(desk.office, &desk.visitor, jar, token).await?;
            Ok(Either::Right(Redirect::to(onward(
                &form.next,
                home_of(who.roles()),
            ))))
        }
    }
}

/// Where one wanted to go, or else `home`.
fn onward(next: &str, home: &str) -> String {
    if next.is_empty() {
        home.to_owned()
    } else {
        here(next)
    }
}

/// The second step of signing in.
#[derive(Serialize)]
struct Code {
    token: String,
    error: &'static str,
}

impl View for Code {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "account/code.html";
}

/// The page that asks for the second step.
pub fn ask_code(desk: &Desk<'_>, token: String) -> Result<Page, WebError> {
    desk.show(&Anyone, &Code { token, error: "" })
}

#[derive(FromForm)]
pub struct CodeForm {
    #[field(default = String::new())]
    token: String,
    #[field(default = String::new())]
    code: String,
}

#[post("/sign-in/code", data = "<form>")]
pub async fn code(
    desk: Desk<'_>,
    jar: &CookieJar<'_>,
    asker: Asker,
    form: Posted<CodeForm>,
) -> Result<Either<Page, Redirect>, WebError> {
    let CodeForm { token, code } = form.0;
    let store = &desk.office.store;
    let link = store.look_at_link(&token).await?;
    let Some(link) = link.filter(|link| link.purpose == LinkPurpose::SecondStep) else {
        let view = Code {
            token: String::new(),
            error: "code-late",
        };
        return Ok(Either::Left(desk.show_again(&Anyone, &view)?));
    };
    let through = match sign_in::second_step(store, &link, &code, &asker).await? {
        Attempt::TooMany => return Err(WebError::TooMany),
        Attempt::Wrong => {
            let error = "code-wrong";
            return Ok(Either::Left(desk.show_again(&Anyone, &Code { token, error })?));
        }
        Attempt::Right(through) => through,
    };
    let who = enter(desk.office, &desk.visitor, jar, through.token).await?;
    let home = match (through.recovery_left, through.first) {
        (Some(_), _) => "/account/second-step?done=recovery",
        (None, Some(first)) => return Ok(Either::Right(Redirect::to(after_link(first, who.roles())))),
        (None, None) => home_of(who.roles()),
    };
    Ok(Either::Right(Redirect::to(onward(&through.next, home))))
}

/// Where a link leads that has signed somebody in.
pub fn after_link(purpose: LinkPurpose, roles: &Roles) -> String {
    match purpose {
        LinkPurpose::FirstChief => "/admin/start?done=signed-in".to_owned(),
        LinkPurpose::NewPassword | LinkPurpose::TakeUpRole => "/account/password?done=signed-in".to_owned(),
        _ => format!("{}?done=signed-in", home_of(roles)),
    }
}

#[derive(FromForm)]
pub struct LinkForm {
    #[field(default = String::new())]
    email: String,
}

#[post("/sign-in/link", data = "<form>")]
pub async fn mail_link(desk: Desk<'_>, asker: Asker, form: Posted<LinkForm>) -> Result<Page, WebError> {
    mail(desk, asker, form.0.email, LinkPurpose::SignIn).await
}

/// Mails a link if the address has an account, and answers the same if it has none.
pub async fn mail(
    desk: Desk<'_>,
    asker: Asker,
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
    if !sign_in::may_write(store, &email, &asker).await? {
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
    who: Oneself,
    jar: &CookieJar<'_>,
) -> Result<Redirect, WebError> {
    desk.office.store.end_session(&who.0, who.0.session()).await?;
    clear_session(jar, desk.office.config.secure());
    Ok(Redirect::to("/"))
}
