//! Guards: who asks. What that person may is the store's to prove.

use rocket::Request;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome};

use super::error::WebError;
use crate::app::Office;
use crate::domain::person::{Lang, Roles};
use crate::store::access::Who;

/// The cookie of a session.
pub const SESSION: &str = "bauta";
/// The cookie of a visitor's language.
pub const LANGUAGE: &str = "bauta-lang";

/// Anybody: the language, and the person if one has signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The language of the answer.
    pub lang: Lang,
    /// Who it is, if somebody has signed in.
    pub who: Option<Who>,
}

/// What is kept of a visitor for the length of a request.
type Found = (Lang, Result<Option<Who>, ()>);

/// The language of somebody of whom nothing else is known.
fn plain_lang(request: &Request<'_>) -> Lang {
    let chosen = request
        .cookies()
        .get(LANGUAGE)
        .and_then(|c| Lang::from_tag(c.value()));
    let header = request
        .headers()
        .get_one("Accept-Language")
        .and_then(Lang::from_header);
    chosen.or(header).unwrap_or_default()
}

impl Visitor {
    /// The visitor as far as a guard has found out: enough to say what went wrong.
    pub fn known(request: &Request<'_>) -> Visitor {
        let found: &Found = request.local_cache(|| (plain_lang(request), Ok(None)));
        Visitor {
            lang: found.0,
            who: found.1.clone().unwrap_or(None),
        }
    }

    /// The visitor of a request, looked up once.
    pub async fn of(request: &Request<'_>) -> Result<Visitor, WebError> {
        let found: &Found = request
            .local_cache_async(async {
                let office = request.rocket().state::<Office>().expect("the office is managed");
                let plain = plain_lang(request);
                if let Err(failure) = office.catch_up().await {
                    tracing::error!(%failure, "windows could not be settled");
                    return (plain, Err(()));
                }
                let token = request.cookies().get(SESSION).map(|c| c.value().to_owned());
                match token {
                    None => (plain, Ok(None)),
                    Some(token) => match office.store.who(&token).await {
                        Ok(who) => (who.as_ref().map_or(plain, Who::lang), Ok(who)),
                        Err(fault) => {
                            tracing::error!(%fault, "session could not be looked up");
                            (plain, Err(()))
                        }
                    },
                }
            })
            .await;
        match found {
            (lang, Ok(who)) => Ok(Visitor {
                lang: *lang,
                who: who.clone(),
            }),
            (_, Err(())) => Err(WebError::Broken),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, WebError> {
        match Visitor::of(request).await {
            Ok(visitor) => Outcome::Success(visitor),
            Err(error) => Outcome::Error((Status::InternalServerError, error)),
        }
    }
}

/// Somebody who has signed in; others are sent to sign in.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Who);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, WebError> {
        match Visitor::of(request).await {
            Ok(Visitor { who: Some(who), .. }) => Outcome::Success(SignedIn(who)),
            // What was written in a form is shown again by the page that asks to sign in.
            Ok(_) if request.method() == rocket::http::Method::Post => Outcome::Forward(Status::Unauthorized),
            Ok(_) => Outcome::Error((Status::Unauthorized, WebError::SignIn)),
            Err(error) => Outcome::Error((Status::InternalServerError, error)),
        }
    }
}

/// The browser's name of itself, for the list of sessions.
pub struct Agent(pub String);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Agent {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Agent(
            request
                .headers()
                .get_one("User-Agent")
                .unwrap_or_default()
                .to_owned(),
        ))
    }
}

/// Where the request came from, for rate limits.
pub struct Origin(pub String);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Origin {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Origin(
            request.client_ip().map(|ip| ip.to_string()).unwrap_or_default(),
        ))
    }
}

/// Sets the cookie of a new session.
pub fn set_session(jar: &CookieJar<'_>, token: String, secure: bool) {
    jar.add(
        Cookie::build((SESSION, token))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(secure)
            .max_age(rocket::time::Duration::days(14)),
    );
}

/// Takes the session's cookie away.
pub fn clear_session(jar: &CookieJar<'_>) {
    jar.remove(Cookie::build(SESSION).path("/"));
}

/// Where a person begins after signing in.
pub fn home_of(roles: &Roles) -> &'static str {
    use crate::domain::person::Role;
    if roles.office() {
        "/office"
    } else if roles.has(Role::Administrator) {
        "/admin/people"
    } else if roles.has(Role::Reviewer) {
        "/reviews"
    } else {
        "/author"
    }
}
