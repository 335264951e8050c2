//! A form that comes when one is signed in no more, from a page that was open too long: nothing was done, and what was
//! written is shown again, to be sent once one has signed in.

use rocket::data::{ByteUnit, Data};
use rocket::http::uri::Origin;
use rocket::http::{ContentType, RawStr, Status};
use rocket::post;
use serde::Serialize;

use crate::web::error::WebError;
use crate::web::form::SameOrigin;
use crate::web::page::{Desk, Page};

/// The largest form that is shown again.
const LARGEST: ByteUnit = ByteUnit::Mebibyte(2);
/// Places for those who have signed in. One's own account is not among them: a password is not shown again.
const PRIVATE: [&str; 4] = ["admin", "author", "office", "reviews"];

#[derive(Serialize)]
struct SignedOut {
    action: String,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    value: String,
    /// Whether somebody wrote it, rather than the page.
    written: bool,
}

const TEMPLATE: &str = "account/signed-out.html";

/// Shows what was posted; the same is posted again by its button.
#[post("/<_..>", data = "<data>", rank = 90)]
pub async fn show(
    desk: Desk<'_>,
    _ours: SameOrigin,
    uri: &Origin<'_>,
    kind: Option<&ContentType>,
    data: Data<'_>,
) -> Result<Page, WebError> {
    let first = uri.path().segments().next().unwrap_or_default().to_owned();
    if desk.visitor.who.is_some() || !PRIVATE.contains(&first.as_str()) {
        let known = first == "account" && desk.visitor.who.is_none();
        return Err(if known {
            WebError::SignIn
        } else {
            WebError::NotFound
        });
    }
    if kind.is_none_or(|kind| !kind.is_form()) {
        return Err(WebError::SignIn);
    }
    let body = data.open(LARGEST).into_string().await;
    let body = body.map_err(|_| WebError::BadForm)?;
    let decoded = |text: &RawStr| text.url_decode_lossy().replace("\r\n", "\n");
    let field = |pair: &str| {
        let (name, value) = RawStr::new(pair).split_at_byte(b'=');
        let value = decoded(value);
        Field {
            name: decoded(name),
            written: value.chars().count() > 40 || value.contains([' ', '\n', '。', '，']),
            value,
        }
    };
    let fields = body
        .value
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(field)
        .collect();
    let page = SignedOut {
        action: uri.to_string(),
        fields,
    };
    desk.render(TEMPLATE, &page, Status::Unauthorized)
}
