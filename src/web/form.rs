//! Forms: only from our own pages, lenient in what is missing, so that what was typed can be shown again.

use rocket::Request;
use rocket::data::{Data, FromData, Outcome};
use rocket::form::{Form, FromForm};
use rocket::http::Status;
use rocket::request::{self, FromRequest};

use super::error::WebError;

/// The request was sent by one of our own pages: `Sec-Fetch-Site` says same-origin or none; without it, `Origin`
/// names our host. Every unsafe route asks for it.
pub struct SameOrigin;

impl SameOrigin {
    fn holds(request: &Request<'_>) -> bool {
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

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SameOrigin {
    type Error = WebError;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Self, WebError> {
        if SameOrigin::holds(request) {
            request::Outcome::Success(SameOrigin)
        } else {
            request::Outcome::Error((Status::Forbidden, WebError::Foreign))
        }
    }
}

/// A form that one of our own pages posted.
pub struct Posted<T>(pub T);

#[rocket::async_trait]
impl<'r, T: FromForm<'r> + Send> FromData<'r> for Posted<T> {
    type Error = WebError;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        if !SameOrigin::holds(request) {
            return Outcome::Error((Status::Forbidden, WebError::Foreign));
        }
        match Form::<T>::from_data(request, data).await {
            Outcome::Success(form) => Outcome::Success(Posted(form.into_inner())),
            Outcome::Error(_) | Outcome::Forward(_) => {
                Outcome::Error((Status::UnprocessableEntity, WebError::BadForm))
            }
        }
    }
}

/// The fields that are filled in as the end of an address, behind its question mark.
pub fn query(fields: &[(&str, &str)]) -> String {
    let filled = fields.iter().filter(|(_, value)| !value.is_empty());
    filled
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn encode(text: &str) -> String {
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
