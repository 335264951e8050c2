//! What was sent, kept for the length of the request: where it could not be done, the page that says so has every field
//! of it, and a button that sends it again.

use rocket::Request;
use rocket::data::{Data, FromData, Outcome};
use rocket::http::{Method, Status};
use rocket::{Route, post, routes};
use serde::Serialize;

use super::audience::Audience;
use super::error::WebError;
use super::form::{self, Fields, SameOrigin};
use super::session::Visitor;

/// From this length on a field is shown as text, so that it can be read and copied.
const LONG: usize = 60;

/// A form to send again, as it is shown.
#[derive(Serialize)]
pub struct Again {
    /// Where to.
    action: String,
    /// All fields, if it was a form of plain fields; a file must be chosen again.
    fields: Vec<Field>,
    /// Whether it held a file.
    file: bool,
}

#[derive(Serialize)]
struct Field {
    name: String,
    value: String,
    long: bool,
}

/// Whether a field of this name holds a password or a code.
fn is_secret(name: &str) -> bool {
    name.contains("password") || matches!(name, "code" | "old" | "new" | "token")
}

/// Keeps the fields of a form.
pub fn keep(request: &Request<'_>, fields: Fields) {
    request.local_cache(|| Some(fields));
}

impl Again {
    /// What can be sent again of a request that failed. Passwords and codes are typed again, not kept.
    pub fn of(request: &Request<'_>) -> Option<Again> {
        if request.method() != Method::Post {
            return None;
        }
        let file = request.content_type().is_some_and(|kind| kind.is_form_data());
        let sent: &Option<Fields> = request.local_cache(|| None);
        let fields = sent.as_ref().map_or(&[][..], |sent| &sent.0);
        if fields.iter().any(|(name, _)| is_secret(name)) {
            return None;
        }
        let field = |(name, value): &(String, String)| Field {
            long: value.chars().count() >= LONG || value.contains('\n'),
            name: name.clone(),
            value: value.clone(),
        };
        Some(Again {
            action: request.uri().to_string(),
            fields: fields.iter().map(field).collect(),
            file,
        })
    }
}

/// A form for which no other route answered.
pub struct Unanswered;

#[rocket::async_trait]
impl<'r> FromData<'r> for Unanswered {
    type Error = WebError;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        if !SameOrigin::holds(request) {
            return Outcome::Error((Status::Forbidden, WebError::Foreign));
        }
        match Visitor::of(request).await {
            Ok(_) => Outcome::Success(Unanswered),
            Err(error) => {
                // What cannot be read, such as a file, is chosen again.
                form::text(request, data).await.ok();
                Outcome::Error((error.status(), error))
            }
        }
    }
}

/// Where a form comes to that leads nowhere, or that nobody could see to because it is not known who sent it.
#[post("/<_..>", data = "<_form>", rank = 100)]
pub fn unanswered(_form: Unanswered) -> WebError {
    WebError::NotFound
}

/// The route of what nobody answered; `account::signed_out` comes before it, and sees to those who have signed out.
pub fn routes() -> Vec<Route> {
    Audience::Anyone.only(routes![unanswered])
}

#[cfg(test)]
mod tests {
    use super::is_secret;

    #[test]
    fn passwords_and_codes_are_not_kept() {
        for name in ["password", "confirm-password", "old", "new", "code", "token"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["reason", "title_zh", "renewal", "postcode"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
