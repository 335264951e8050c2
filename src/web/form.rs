//! Forms: only from our own pages, of a size, a number of fields and a time that people need, lenient in what is missing, so
//! that what was typed can be shown again.

use std::time::Duration;

use rocket::Request;
use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::form::{Form, FromForm};
use rocket::http::{ContentType, RawStr, Status};
use rocket::request::{self, FromRequest};

use super::again;
use super::error::WebError;
use super::session::{Visitor, place, unknown};
use crate::app::Office;

/// Bytes of a form without files: a rebuttal to three long reviews is some 100 kB.
const BYTES: u64 = 2 << 20;
/// Fields of a form: the longest of ours, an author list of a consortium, has some hundreds.
pub(super) const FIELDS: usize = 3000;
/// How long a form without files may be under way.
pub(super) const TIME: Duration = Duration::from_secs(60);
/// Forms of one person, or from one place by people who have not signed in, in a minute. People who save while they write send
/// some thirty.
const PER_MINUTE: u32 = 600;

/// The request was sent by one of our own pages: `Sec-Fetch-Site` says same-origin or none; without it, `Origin`
/// names our host. Every unsafe route asks for it.
pub struct SameOrigin;

impl SameOrigin {
    pub(super) fn holds(request: &Request<'_>) -> bool {
        let headers = request.headers();
        if let Some(site) = headers.get_one("Sec-Fetch-Site") {
            return matches!(site, "same-origin" | "none");
        }
        match (headers.get_one("Origin"), headers.get_one("Host")) {
            (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, rest)| rest == host),
            _ => false,
        }
    }
}

type Wrong = (Status, WebError);

/// What every unsafe request is asked first: whose page it comes from, and how many came before.
async fn admit(request: &Request<'_>) -> Result<(), Wrong> {
    if !SameOrigin::holds(request) {
        return Err((Status::Forbidden, WebError::Foreign));
    }
    let visitor = Visitor::of(request)
        .await
        .map_err(|error| (error.status(), error))?;
    let office = request.rocket().state::<Office>().expect("the office is managed");
    let key = visitor
        .who
        .map_or_else(|| place(request), |who| format!("account {}", who.account()));
    let minute = office.store.clock.now().as_second() / 60;
    if office.forms.count(&key, minute) > PER_MINUTE {
        return Err((Status::TooManyRequests, WebError::TooMany));
    }
    Ok(())
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SameOrigin {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, WebError> {
        match admit(request).await {
            Ok(()) => request::Outcome::Success(SameOrigin),
            Err((_, error)) if error.is_fault() => unknown(&error),
            Err(wrong) => request::Outcome::Error(wrong),
        }
    }
}

/// The text of a form that one of our own pages posted.
async fn read(request: &Request<'_>, data: Data<'_>) -> Result<String, Wrong> {
    admit(request).await?;
    text(request, data).await
}

/// The text of a form, whoever sent it. It is kept for the page that says that it could not be done.
pub(super) async fn text(request: &Request<'_>, data: Data<'_>) -> Result<String, Wrong> {
    let bad = |status| (status, WebError::BadForm);
    if request
        .content_type()
        .is_some_and(|kind| *kind != ContentType::Form)
    {
        return Err(bad(Status::UnsupportedMediaType));
    }
    let text = whole(data).await.map_err(bad)?;
    again::keep(request, Fields::of(&text));
    Ok(text)
}

/// A form's text, of a size, a number of fields and a time that people need; the status of what is more.
pub(super) async fn whole(data: Data<'_>) -> Result<String, Status> {
    let text = tokio::time::timeout(TIME, data.open(BYTES.bytes()).into_string()).await;
    let text = text
        .map_err(|_| Status::RequestTimeout)?
        .map_err(|_| Status::UnprocessableEntity)?;
    if !text.is_complete() || text.bytes().filter(|b| *b == b'&').count() >= FIELDS {
        return Err(Status::PayloadTooLarge);
    }
    Ok(text.into_inner())
}

fn parse<T: for<'a> FromForm<'a> + 'static>(text: &str) -> Result<T, Wrong> {
    Form::parse_encoded(RawStr::new(text)).map_err(|_| (Status::UnprocessableEntity, WebError::BadForm))
}

/// A form that one of our own pages posted.
pub struct Posted<T>(pub T);

#[rocket::async_trait]
impl<'r, T: for<'a> FromForm<'a> + Send + 'static> FromData<'r> for Posted<T> {
    type Error = WebError;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match read(request, data).await.and_then(|text| parse(&text)) {
            Ok(form) => Outcome::Success(Posted(form)),
            Err(wrong) => Outcome::Error(wrong),
        }
    }
}

/// The fields of a form as they came, in their order.
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    fn of(text: &str) -> Fields {
        let decoded = |raw: &RawStr| raw.url_decode_lossy().into_owned();
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = RawStr::new(pair).split_at_byte(b'=');
            (decoded(name), decoded(value))
        });
        Fields(pairs.collect())
    }

    /// The first field of a name.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Fields {
    type Error = WebError;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match read(request, data).await {
            Ok(text) => Outcome::Success(Fields::of(&text)),
            Err(wrong) => Outcome::Error(wrong),
        }
    }
}

/// A form that waits until its sender has proved again who it is.
#[derive(Default)]
pub struct Waiting {
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// Whether the sender has a password.
    pub has_password: bool,
}

/// A form of somebody who has proved lately who it is. Otherwise that is asked for first, and the form goes on by itself then.
pub struct SurePosted<T>(pub T);

#[rocket::async_trait]
impl<'r, T: for<'a> FromForm<'a> + Send + 'static> FromData<'r> for SurePosted<T> {
    type Error = WebError;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match sure(request, data).await.and_then(|text| parse(&text)) {
            Ok(form) => Outcome::Success(SurePosted(form)),
            Err(wrong) => Outcome::Error(wrong),
        }
    }
}

async fn sure(request: &Request<'_>, data: Data<'_>) -> Result<String, Wrong> {
    let text = read(request, data).await?;
    let broken = |error: WebError| (Status::InternalServerError, error);
    let visitor = Visitor::of(request).await.map_err(broken)?;
    let Some(who) = visitor.who else {
        return Err((Status::Unauthorized, WebError::SignIn));
    };
    let office = request.rocket().state::<Office>().expect("the office is managed");
    if office.store.confirmed_lately(&who) {
        return Ok(text);
    }
    let found = office.store.credentials(who.email()).await;
    let found = found.map_err(|fault| broken(fault.into()))?;
    let waiting = Waiting {
        fields: Fields::of(&text).0,
        has_password: found.is_some_and(|found| found.password.is_some()),
    };
    request.local_cache(|| Some(waiting));
    Err((Status::PreconditionRequired, WebError::Unsure))
}

/// The fields that are filled in as the end of an address, behind its question mark.
pub fn query(fields: &[(&str, &str)]) -> String {
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    filled
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A text as a part of an address.
pub(super) fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || b"-._~".contains(&b) {
            out.push(char::from(b));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::Fields;

    #[test]
    fn fields_as_they_came() {
        let fields = Fields::of("role=editor&role=reviewer&&name=a%20b+c%26d&%E5%90%8D=%FF&bare");
        let pairs: Vec<(&str, &str)> = fields.0.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(
            pairs,
            [
                ("role", "editor"),
                ("role", "reviewer"),
                ("name", "a b c&d"),
                ("名", "\u{fffd}"),
                ("bare", "")
            ]
        );
        assert_eq!(fields.get("name"), "a b c&d");
        assert_eq!(fields.get("none"), "");
    }
}

/// A form of one button, and nothing else.
#[derive(FromForm)]
pub struct Pressed {
    #[field(name = "pressed", default = 0)]
    _pressed: u8,
}
