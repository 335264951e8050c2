//! Guards: who asks. What that person may is the store's to prove.

use rocket::Request;
use rocket::http::{Cookie, CookieJar, SameSite, Status};
use rocket::request::{FromRequest, Outcome};

use super::error::WebError;
use crate::actions::sign_in::Asker;
use crate::app::Office;
use crate::domain::network;
use crate::domain::person::{Lang, Roles};
use crate::store::Store;
use crate::store::access::Who;

/// The cookie of a session.
const SESSION: [&str; 2] = ["bauta", "__Host-bauta"];
/// The cookie of a browser in which somebody has signed in before.
const KNOWN: [&str; 2] = ["bauta-known", "__Host-bauta-known"];
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
type Found = (Lang, Result<Option<Who>, WebError>);

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
            who: found.1.clone().unwrap_or_default(),
        }
    }

    /// The visitor of a request, looked up once.
    pub async fn of(request: &Request<'_>) -> Result<Visitor, WebError> {
        let found: &Found = request
            .local_cache_async(async {
                let office = request.rocket().state::<Office>().expect("the office is managed");
                let plain = plain_lang(request);
                if let Err(failure) = office.catch_up().await {
                    return (plain, Err(failure.into()));
                }
                let name = named(SESSION, office.config.secure());
                let token = request.cookies().get(name).map(|c| c.value().to_owned());
                match token {
                    None => (plain, Ok(None)),
                    Some(token) => match office.store.who(&token).await {
                        Ok(who) => (who.as_ref().map_or(plain, Who::lang), Ok(who)),
                        Err(fault) => (plain, Err(fault.into())),
                    },
                }
            })
            .await;
        let (lang, who) = found;
        Ok(Visitor {
            lang: *lang,
            who: who.clone()?,
        })
    }
}

/// A guard that could not find out who asks: the request goes on to where what was sent is kept.
pub(super) fn unknown<T>(error: &WebError) -> Outcome<T, WebError> {
    Outcome::Forward(error.status())
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, WebError> {
        match Visitor::of(request).await {
            Ok(visitor) => Outcome::Success(visitor),
            Err(error) => unknown(&error),
        }
    }
}

/// Over TLS the name says that the cookie is this host's own and came over TLS: no neighbour can plant it.
fn named(cookie: [&'static str; 2], secure: bool) -> &'static str {
    cookie[usize::from(secure)]
}

/// Somebody who has signed in, for pages about the own account: also before the second step is set up that the journal wants.
#[derive(Clone, Debug)]
pub struct Oneself(pub Who);

/// Somebody who has signed in, in all the steps that the journal wants; others are sent there.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Who);

/// Somebody who has signed in and has proved lately who it is; others are asked to.
#[derive(Clone, Debug)]
pub struct Sure(pub Who);

async fn oneself(request: &Request<'_>) -> Result<Who, (Status, WebError)> {
    match Visitor::of(request).await {
        Ok(Visitor { who: Some(who), .. }) => Ok(who),
        Ok(_) => Err((Status::Unauthorized, WebError::SignIn)),
        Err(error) => Err((error.status(), error)),
    }
}

fn store<'r>(request: &'r Request<'_>) -> &'r Store {
    &request
        .rocket()
        .state::<Office>()
        .expect("the office is managed")
        .store
}

fn outcome<T>(found: Result<T, (Status, WebError)>) -> Outcome<T, WebError> {
    match found {
        Ok(value) => Outcome::Success(value),
        Err((_, error)) if error.is_fault() => unknown(&error),
        Err(wrong) => Outcome::Error(wrong),
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Oneself {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, WebError> {
        outcome(oneself(request).await.map(Oneself))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, WebError> {
        match oneself(request).await {
            Ok(who) if store(request).wants_second_step(&who) => {
                Outcome::Error((Status::PreconditionRequired, WebError::Unsure))
            }
            Ok(who) => Outcome::Success(SignedIn(who)),
            // What was written in a form is shown again by the page that asks to sign in.
            Err((status, WebError::SignIn)) if request.method() == rocket::http::Method::Post => {
                Outcome::Forward(status)
            }
            Err(wrong) => Outcome::Error(wrong),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Sure {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, WebError> {
        outcome(oneself(request).await.and_then(|who| {
            if !store(request).confirmed_lately(&who) {
                return Err((Status::PreconditionRequired, WebError::Unsure));
            }
            Ok(Sure(who))
        }))
    }
}

/// From where the request comes, for counts: the address of the line, or of whom a trusted proxy speaks for.
pub fn place(request: &Request<'_>) -> String {
    let Some(peer) = request.remote() else {
        return String::new();
    };
    let office = request.rocket().state::<Office>().expect("the office is managed");
    let trusted = office.config.trusted_proxies();
    if trusted.is_empty() {
        return network::place(peer.ip());
    }
    let lines = |name| request.headers().get(name).collect::<Vec<_>>();
    let (forwarded, x) = (lines("Forwarded"), lines("X-Forwarded-For"));
    network::place(network::client(peer.ip(), &trusted, &forwarded, &x))
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Asker {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let office = request.rocket().state::<Office>().expect("the office is managed");
        let known = request.cookies().get(named(KNOWN, office.config.secure()));
        let agent = request.headers().get_one("User-Agent").unwrap_or_default();
        Outcome::Success(Asker {
            place: place(request),
            kept: known.map(|c| c.value().to_owned()).unwrap_or_default(),
            agent: agent.to_owned(),
        })
    }
}

fn cookie(name: &'static str, value: String, secure: bool, days: i64) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(secure)
        .max_age(rocket::time::Duration::days(days))
        .build()
}

/// Sets the cookie of a session; the session itself ends earlier than it.
pub fn set_session(jar: &CookieJar<'_>, token: String, secure: bool) {
    jar.add(cookie(named(SESSION, secure), token, secure, 90));
}

/// Somebody has just proved who it is and got the session of this token: the one that the browser had ends, and the browser is
/// known from now on.
pub async fn enter(
    office: &Office,
    visitor: &Visitor,
    jar: &CookieJar<'_>,
    token: String,
) -> Result<Who, WebError> {
    let secure = office.config.secure();
    if let Some(before) = &visitor.who {
        office.store.end_session(before, before.session()).await?;
    }
    let who = office.store.who(&token).await?.ok_or(WebError::NotFound)?;
    let found = office.store.credentials(who.email()).await?;
    let epoch = found.map_or(0, |found| found.epoch);
    let kept = office.store.known_browser(who.email(), epoch);
    jar.add(cookie(named(KNOWN, secure), kept, secure, 180));
    set_session(jar, token, secure);
    Ok(who)
}

/// Takes the session's cookie away.
pub fn clear_session(jar: &CookieJar<'_>, secure: bool) {
    jar.remove(Cookie::build(named(SESSION, secure)).path("/").secure(secure));
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
