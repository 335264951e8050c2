//! The second step of signing in: setting up an authenticator app, recovery codes, turning it off.

use qrcode::{Color, QrCode};
use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use crate::actions::account;
use crate::store::access::Who;
use crate::web::error::WebError;
use crate::web::form::{Pressed, SurePosted, encode};
use crate::web::page::{Desk, Page, View};
use crate::web::session::{Oneself, Sure};

/// Light modules that readers want round a code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A code to photograph, as the path of an SVG of one unit a module.
#[derive(Serialize)]
struct Picture {
    side: usize,
    path: String,
}

fn picture(text: &str) -> Option<Picture> {
    use std::fmt::Write;
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (i, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {}h1v1h-1z", i % width + QUIET, i / width + QUIET);
        }
    }
    Some(Picture {
        side: width + 2 * QUIET,
        path,
    })
}

#[derive(Serialize)]
struct SecondStep {
    on: bool,
    left: usize,
    wanted: bool,
    secret: String,
    groups: String,
    picture: Option<Picture>,
    wrong: bool,
}

impl View for SecondStep {
    type Audience = Who;
    const TEMPLATE: &'static str = "account/second-step.html";
}

/// Recovery codes, shown this once.
#[derive(Serialize)]
struct Codes {
    codes: Vec<String>,
}

impl View for Codes {
    type Audience = Who;
    const TEMPLATE: &'static str = "account/recovery-codes.html";
}

fn offer(desk: &Desk<'_>, who: &Who, secret: String) -> SecondStep {
    let store = &desk.office.store;
    let issuer = encode(&store.journal_name(desk.lang()));
    let account = encode(who.email().as_str());
    let address = format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}");
    let groups: Vec<&str> = (0..secret.len())
        .step_by(4)
        .filter_map(|i| secret.get(i..i + 4))
        .collect();
    SecondStep {
        on: false,
        left: 0,
        wanted: store.wants_second_step(who),
        groups: groups.join(" "),
        picture: picture(&address),
        secret,
        wrong: false,
    }
}

/// What stands: set up or not.
#[get("/account/second-step")]
pub async fn page(desk: Desk<'_>, who: Sure) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let view = match store.recovery_codes_left(&who.0).await? {
        None => offer(&desk, &who.0, store.offer_secret()),
        Some(left) => SecondStep {
            on: true,
            left,
            wanted: store.keeps_second_step(&who.0),
            secret: String::new(),
            groups: String::new(),
            picture: None,
            wrong: false,
        },
    };
    desk.show(&who.0, &view)
}

#[derive(FromForm)]
pub struct SetUp {
    #[field(default = String::new())]
    secret: String,
    #[field(default = String::new())]
    code: String,
}

/// Sets it up with the first code that the app shows.
#[post("/account/second-step", data = "<form>")]
pub async fn set_up(desk: Desk<'_>, who: Oneself, form: SurePosted<SetUp>) -> Result<Page, WebError> {
    let SetUp { secret, code } = form.0;
    let store = &desk.office.store;
    if !crate::actions::sign_in::may_confirm(store, &who.0).await? {
        return Err(WebError::TooMany);
    }
    match store.set_second_step(&who.0, &secret, &code).await? {
        Some(codes) => {
            account::tell(store, who.0.account(), "second-step-on").await?;
            desk.show(&who.0, &Codes { codes })
        }
        None => {
            let known = crate::store::second_step::is_secret(&secret);
            let secret = if known { secret } else { store.offer_secret() };
            let view = SecondStep {
                wrong: true,
                ..offer(&desk, &who.0, secret)
            };
            desk.show_again(&who.0, &view)
        }
    }
}

/// New recovery codes in the place of the old ones.
#[post("/account/second-step/codes", data = "<_form>")]
pub async fn new_codes(desk: Desk<'_>, who: Oneself, _form: SurePosted<Pressed>) -> Result<Page, WebError> {
    if !who.0.second_step() {
        return Err(WebError::NotFound);
    }
    let codes = desk.office.store.renew_recovery_codes(&who.0).await?;
    account::tell(&desk.office.store, who.0.account(), "recovery-codes").await?;
    desk.show(&who.0, &Codes { codes })
}

/// Turns it off, unless the journal wants it.
#[post("/account/second-step/off", data = "<_form>")]
pub async fn turn_off(
    desk: Desk<'_>,
    who: Oneself,
    _form: SurePosted<Pressed>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    if store.keeps_second_step(&who.0) {
        return Ok(Either::Right(Redirect::to(
            "/account/second-step?problem=second-step-wanted",
        )));
    }
    store.drop_second_step(&who.0).await?;
    account::tell(store, who.0.account(), "second-step-off").await?;
    Ok(Either::Right(Redirect::to("/account?done=second-step-off")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_its_three_finders_and_a_quiet_zone() {
        let picture = picture("otpauth://totp/A:b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A").unwrap();
        let far = picture.side - QUIET - 7;
        for (x, y) in [(QUIET, QUIET), (far, QUIET), (QUIET, far)] {
            assert!(picture.path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}");
        }
        assert!(!picture.path.contains("M3 "));
    }
}
