//! One-time links: a GET shows what the button will do and changes nothing, since mail scanners follow links.

use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::sign_in::{after_link, ask_code};
use crate::actions::sign_in::{self, Asker, Entered};
use crate::domain::person::{Email, Profile, Role};
use crate::store::links::{Link, LinkPurpose};
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::session::enter;

#[derive(Serialize)]
struct LinkPage {
    token: String,
    purpose: &'static str,
    error: String,
    email: String,
    /// The name that was typed; `name` is the reader's, on every page.
    typed_name: String,
}

impl View for LinkPage {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "account/link.html";
}

fn view(token: &str, link: Option<&Link>) -> LinkPage {
    // What stands in a form after a first step is no link.
    let link = link.filter(|link| link.purpose != LinkPurpose::SecondStep);
    let purpose = link.map_or("spent", |link| link.purpose.key());
    LinkPage {
        token: token.to_owned(),
        purpose,
        error: String::new(),
        email: String::new(),
        typed_name: String::new(),
    }
}

/// The link of a token. Each start without an editor-in-chief prints one; once there is one, the others are worth nothing.
async fn find(desk: &Desk<'_>, token: &str) -> Result<Option<Link>, WebError> {
    let store = &desk.office.store;
    let link = store.look_at_link(token).await?;
    match &link {
        Some(first) if first.purpose == LinkPurpose::FirstChief && store.has_chief().await? => Ok(None),
        _ => Ok(link),
    }
}

/// Where a link of another audience has its own page.
fn elsewhere(token: &str, link: Option<&Link>) -> Option<Redirect> {
    match link?.purpose {
        LinkPurpose::Invitation => Some(Redirect::to(format!("/invitation/{token}"))),
        LinkPurpose::AuthorsChange => Some(Redirect::to(format!("/authors-change/{token}"))),
        LinkPurpose::Authorship => Some(Redirect::to(format!("/authorship/{token}"))),
        _ => None,
    }
}

#[get("/link/<token>")]
pub async fn page(desk: Desk<'_>, token: &str) -> Result<Either<Page, Redirect>, WebError> {
    let link = find(&desk, token).await?;
    if let Some(elsewhere) = elsewhere(token, link.as_ref()) {
        return Ok(Either::Right(elsewhere));
    }
    Ok(Either::Left(desk.show(&Anyone, &view(token, link.as_ref()))?))
}

#[derive(FromForm)]
pub struct Form {
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    name: String,
}

#[post("/link/<token>", data = "<form>")]
pub async fn post(
    desk: Desk<'_>,
    jar: &CookieJar<'_>,
    asker: Asker,
    token: &str,
    form: Posted<Form>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let link = find(&desk, token).await?;
    let Some(link) = link.filter(|link| link.purpose != LinkPurpose::SecondStep) else {
        return Ok(Either::Left(desk.show_again(&Anyone, &view(token, None))?));
    };
    if let Some(elsewhere) = elsewhere(token, Some(&link)) {
        return Ok(Either::Right(elsewhere));
    }
    let account = match link.purpose {
        LinkPurpose::FirstChief => match Email::parse(&form.0.email) {
            Some(email) => Some((email, form.0.name.trim().to_owned())),
            None => {
                let Form { email, name } = form.0;
                let view = LinkPage {
                    error: "error-address".into(),
                    email,
                    typed_name: name,
                    ..view(token, Some(&link))
                };
                return Ok(Either::Left(desk.show_again(&Anyone, &view)?));
            }
        },
        _ => None,
    };
    if !store.spend_link(&link).await? {
        return Ok(Either::Left(desk.show_again(&Anyone, &view(token, None))?));
    }
    let account = match account {
        Some((email, name)) => first_chief(&desk, &email, &name).await?,
        None => link.body.account.ok_or(WebError::NotFound)?,
    };
    let token = match sign_in::by_link(store, account, &link, &asker).await? {
        Entered::Second(token) => return Ok(Either::Left(ask_code(&desk, token)?)),
        Entered::In(token) => token,
    };
    let who = enter(desk.office, &desk.visitor, jar, token).await?;
    Ok(Either::Right(Redirect::to(after_link(link.purpose, who.roles()))))
}

/// The first editor-in-chief looks after people as well, until there is somebody for that.
async fn first_chief(desk: &Desk<'_>, email: &Email, name: &str) -> Result<i64, WebError> {
    let store = &desk.office.store;
    let native = !name.is_ascii();
    let profile = Profile {
        native_name: if native { name.to_owned() } else { String::new() },
        latin_name: if native { String::new() } else { name.to_owned() },
        ..Profile::default()
    };
    let (account, _) = store.ensure_account(email, profile, desk.lang(), true).await?;
    store
        .give_role(account, Role::EditorInChief, Some(account))
        .await?;
    Ok(account)
}
