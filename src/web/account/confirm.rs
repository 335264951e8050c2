//! Proving again who one is, before what matters most: roles, names in bulk, passwords, the second step. A form that was sent
//! goes on by itself afterwards; nothing that was typed is lost.

use rocket::http::CookieJar;
use rocket::http::Status;
use rocket::response::{Redirect, Responder};
use rocket::{Either, Request, State, get, post};
use serde::Serialize;

use crate::actions::account;
use crate::actions::sign_in::may_confirm;
use crate::app::Office;
use crate::store::access::Who;
use crate::store::second_step::Taken;
use crate::web::error::WebError;
use crate::web::form::{Fields, Waiting};
use crate::web::page::{Desk, Page, View};
use crate::web::public::home::here;
use crate::web::session::{Oneself, Visitor, set_session};

/// The fields of the page itself; all others belong to the form that waits.
const OWN: [&str; 4] = ["confirm-to", "confirm-held", "confirm-password", "confirm-code"];

#[derive(Serialize)]
struct Confirm {
    email: String,
    to: String,
    /// Whether a form waits.
    held: bool,
    fields: Vec<(String, String)>,
    has_password: bool,
    second_step: bool,
    wrong: bool,
}

impl View for Confirm {
    type Audience = Who;
    const TEMPLATE: &'static str = "account/confirm.html";
}

/// The answer to somebody who is signed in, but not surely enough for what was asked: the page that sets up the second step if
/// the journal wants it, else the page that asks again, with the form that waits in it.
pub fn unsure(request: &Request<'_>) -> rocket::response::Result<'static> {
    let office = request.rocket().state::<Office>().expect("the office is managed");
    let visitor = Visitor::known(request);
    let Some(who) = visitor.who.clone() else {
        return Redirect::to("/sign-in").respond_to(request);
    };
    let waiting: &Option<Waiting> = request.local_cache(|| None);
    match waiting {
        Some(waiting) => {
            let view = Confirm {
                email: who.email().to_string(),
                to: request.uri().path().to_string(),
                held: true,
                fields: waiting.fields.clone(),
                has_password: waiting.has_password,
                second_step: who.second_step(),
                wrong: false,
            };
            let desk = Desk::for_error(request, visitor, State::from(office));
            match desk.render(Confirm::TEMPLATE, &view, Status::Forbidden) {
                Ok(page) => page.respond_to(request),
                Err(_) => Err(Status::InternalServerError),
            }
        }
        None if office.store.wants_second_step(&who) && office.store.confirmed_lately(&who) => {
            Redirect::to("/account/second-step?problem=second-step-wanted").respond_to(request)
        }
        None => {
            let next = match request.method() {
                rocket::http::Method::Get => request.uri().path().to_string(),
                _ => "/".to_owned(),
            };
            Redirect::to(format!("/account/confirm?next={next}")).respond_to(request)
        }
    }
}

async fn view(desk: &Desk<'_>, who: &Who, to: String) -> Result<Confirm, WebError> {
    let found = desk.office.store.credentials(who.email()).await?;
    Ok(Confirm {
        email: who.email().to_string(),
        to,
        held: false,
        fields: Vec::new(),
        has_password: found.is_some_and(|found| found.password.is_some()),
        second_step: who.second_step(),
        wrong: false,
    })
}

/// Asks before a page.
#[get("/account/confirm?<next>")]
pub async fn ask(desk: Desk<'_>, who: Oneself, next: Option<&str>) -> Result<Page, WebError> {
    let view = view(&desk, &who.0, here(next.unwrap_or("/"))).await?;
    desk.show(&who.0, &view)
}

/// The proof. The session gets a new token, and the page or the form goes on.
#[post("/account/confirm", data = "<form>")]
pub async fn answer(
    desk: Desk<'_>,
    who: Oneself,
    jar: &CookieJar<'_>,
    form: Fields,
) -> Result<Either<Page, Redirect>, WebError> {
    let (store, who) = (&desk.office.store, who.0);
    if !may_confirm(store, &who).await? {
        return Err(WebError::TooMany);
    }
    let (to, held) = (here(form.get("confirm-to")), !form.get("confirm-held").is_empty());
    let (password, code) = (form.get("confirm-password").to_owned(), form.get("confirm-code"));
    let right = (!password.is_empty() && account::knows_password(store, &who, password).await?)
        || (!code.is_empty() && store.take_second_step(who.account(), code).await? != Taken::Not);
    if right {
        let token = store.renew_session(&who, true).await?;
        set_session(jar, token, desk.office.config.secure());
        // 307: the browser sends the same form once more, to where it was going.
        let onward = if held {
            Redirect::temporary(to)
        } else {
            Redirect::to(to)
        };
        return Ok(Either::Right(onward));
    }
    let mut fields = form.0;
    fields.retain(|(name, _)| !OWN.contains(&name.as_str()));
    let view = Confirm {
        held,
        fields,
        wrong: true,
        ..view(&desk, &who, to).await?
    };
    Ok(Either::Left(desk.show_again(&who, &view)?))
}
