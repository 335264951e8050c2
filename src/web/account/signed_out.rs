//! A form that comes when one is signed in no more, from a page that was open too long: nothing was done, and what was
//! written is shown again, to be sent once one has signed in.

use rocket::data::Data;
use rocket::http::uri::Origin;
use rocket::http::{ContentType, RawStr, Status};
use rocket::post;
use serde::Serialize;

use crate::actions::{Failure, Refusal};
use crate::web::error::WebError;
use crate::web::form::{self, SameOrigin};
use crate::web::page::{Desk, Page};
use crate::web::upload;

/// The largest form that is shown again, in bytes.
const LARGEST: usize = 2 << 20;
/// Places for those who have signed in. One's own account is not among them: a password is not shown again.
const PRIVATE: [&str; 4] = ["admin", "author", "office", "reviews"];

#[derive(Serialize)]
struct SignedOut {
    action: String,
    /// Whether it is posted as a form that may have a file.
    multipart: bool,
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
    let kind = kind.ok_or(WebError::SignIn)?;
    let fields = match kind.is_form_data() {
        true => match upload::texts(kind, data, LARGEST).await {
            Ok(fields) => fields,
            Err(Failure::Refused(refusal @ Refusal::TooLarge(_))) => {
                return Err(WebError::Refused(refusal));
            }
            Err(_) => return Err(WebError::SignIn),
        },
        false if kind.is_form() => plain(data).await?,
        false => return Err(WebError::SignIn),
    };
    let field = |(name, value): (String, String)| Field {
        name,
        written: value.chars().count() > 40 || value.contains([' ', '\n', '。', '，']),
        value,
    };
    let fields: Vec<Field> = fields.into_iter().map(field).collect();
    // Where only a file was sent, there is nothing to show: it is chosen again.
    if kind.is_form_data() && !fields.iter().any(|f| f.written) {
        return Err(WebError::SignIn);
    }
    let page = SignedOut {
        action: uri.to_string(),
        multipart: kind.is_form_data(),
        fields,
    };
    desk.render(TEMPLATE, &page, Status::Unauthorized)
}

/// The fields of a form without files.
async fn plain(data: Data<'_>) -> Result<Vec<(String, String)>, WebError> {
    let body = form::whole(data).await.map_err(|status| match status {
        Status::PayloadTooLarge => WebError::Refused(Refusal::TooLarge(LARGEST as u64 / 1_000_000)),
        _ => WebError::BadForm,
    })?;
    let decoded = |text: &RawStr| text.url_decode_lossy().replace("\r\n", "\n");
    let pairs = body.split('&').filter(|pair| !pair.is_empty());
    Ok(pairs
        .map(|pair| {
            let (name, value) = RawStr::new(pair).split_at_byte(b'=');
            (decoded(name), decoded(value))
        })
        .collect())
}
