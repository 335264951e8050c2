//! Forms: only from our own pages, lenient in what is missing, so that what was typed can be shown again.

use rocket::Request;
use rocket::data::{Data, FromData, Outcome};
use rocket::form::{Form, FromForm, ValueField};
use rocket::http::Status;
use rocket::request::{self, FromRequest};

use super::again;
use super::error::WebError;

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
        let form = if again::plain(request) {
            let sent = again::keep(request, data).await;
            sent.and_then(|sent| {
                let fields = sent.0.iter();
                Form::parse_iter(
                    fields.map(|(name, value)| ValueField::from((name.as_str(), value.as_str()))),
                )
                .ok()
            })
        } else {
            Form::<T>::from_data(request, data)
                .await
                .succeeded()
                .map(Form::into_inner)
        };
        match form {
            Some(form) => Outcome::Success(Posted(form)),
            None => Outcome::Error((Status::UnprocessableEntity, WebError::BadForm)),
        }
    }
}
