//! One-time links: a GET shows what the button will do and changes nothing, since mail scanners follow links.

use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use crate::domain::person::{Email, Profile, Role};
use crate::store::people::{Link, LinkPurpose};
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::session::{Agent, home_of, set_session};

#[derive(Serialize)]
struct LinkPage {
    token: String,
    purpose: &'static str,
    error: String,
    email: String,
    name: String,
}

impl View for LinkPage {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "account/link.html";
}

fn view(token: &str, link: Option<&Link>) -> LinkPage {
    let purpose = link.map_or("spent", |link| link.purpose.key());
    LinkPage {
        token: token.to_owned(),
        purpose,
        error: String::new(),
        email: String::new(),
        name: String::new(),
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
    let link = desk.office.store.look_at_link(token).await?;
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
    agent: Agent,
    token: &str,
    form: Posted<Form>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let Some(link) = store.look_at_link(token).await? else {
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
                    name,
                    ..view(token, Some(&link))
                };
                return Ok(Either::Left(desk.show_again(&Anyone, &view)?));
            }
        },
        _ => None,
    };
    // Each start without a chief prints a link; once there is one, the others are worth nothing.
    let too_late = link.purpose == LinkPurpose::FirstChief && store.has_chief().await?;
    if too_late || !store.spend_link(&link).await? {
        return Ok(Either::Left(desk.show_again(&Anyone, &view(token, None))?));
    }
    let account = match account {
        Some((email, name)) => first_chief(&desk, &email, &name).await?,
        None => link.body.account.ok_or(WebError::NotFound)?,
    };
    // Somebody else may have signed this address up with a password of theirs; and whoever has forgotten a password
    // need not know it. Only the letter of the sign-up itself confirms the password with the address.
    match link.purpose {
        LinkPurpose::ConfirmAddress => {}
        LinkPurpose::NewPassword => store.clear_password(account, true).await?,
        _ => store.clear_password(account, false).await?,
    }
    store.confirm_address(account).await?;
    let session = store.begin_session(account, &agent.0).await?;
    let who = store.who(&session).await?.ok_or(WebError::NotFound)?;
    set_session(jar, session, desk.office.config.secure());
    Ok(Either::Right(Redirect::to(match link.purpose {
        LinkPurpose::FirstChief | LinkPurpose::NewPassword | LinkPurpose::TakeUpRole => {
            "/account/password?done=signed-in".to_owned()
        }
        _ => format!("{}?done=signed-in", home_of(who.roles())),
    })))
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
    store.give_role(account, Role::EditorInChief).await?;
    Ok(account)
}
