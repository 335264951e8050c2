//! Signing up.

use rocket::{FromForm, get, post};
use serde::Serialize;

use crate::actions::account;
use crate::actions::sign_in::{Asker, may_write};
use crate::domain::person::{Email, Profile};
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Anyone, Desk, Page, View};

#[derive(Default, Serialize)]
struct SignUp {
    native_name: String,
    latin_name: String,
    affiliation: String,
    email: String,
    errors: Vec<(&'static str, String)>,
}

impl View for SignUp {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "account/sign-up.html";
}

/// The page after a form that may have sent a letter: it does not tell whether one was sent.
#[derive(Serialize)]
pub struct LookInMail {
    /// The address as typed.
    pub email: String,
}

impl View for LookInMail {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "account/look-in-mail.html";
}

#[get("/sign-up")]
pub fn page(desk: Desk<'_>) -> Result<Page, WebError> {
    desk.show(&Anyone, &SignUp::default())
}

#[derive(FromForm)]
pub struct Form {
    #[field(default = String::new())]
    native_name: String,
    #[field(default = String::new())]
    latin_name: String,
    #[field(default = String::new())]
    affiliation: String,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    password: String,
}

#[post("/sign-up", data = "<form>")]
pub async fn post(desk: Desk<'_>, asker: Asker, form: Posted<Form>) -> Result<Page, WebError> {
    let form = form.0;
    let email = Email::parse(&form.email);
    let names = [form.native_name.clone(), form.latin_name.clone()];
    let mut errors = Vec::new();
    if form.native_name.trim().is_empty() && form.latin_name.trim().is_empty() {
        errors.push(("latin_name", "error-name".to_owned()));
    }
    match &email {
        None => errors.push(("email", "error-address".to_owned())),
        Some(email) => errors.extend(
            account::weak_password(&desk.office.store, &form.password, email, &names)
                .map(|key| ("password", format!("error-{key}"))),
        ),
    }
    let (Some(email), true) = (email, errors.is_empty()) else {
        let Form {
            native_name,
            latin_name,
            affiliation,
            email,
            ..
        } = form;
        return desk.show_again(
            &Anyone,
            &SignUp {
                native_name,
                latin_name,
                affiliation,
                email,
                errors,
            },
        );
    };
    let store = &desk.office.store;
    if !may_write(store, &email, &asker).await? {
        return Err(WebError::TooMany);
    }
    let profile = Profile {
        native_name: form.native_name.trim().to_owned(),
        latin_name: form.latin_name.trim().to_owned(),
        affiliation: form.affiliation.trim().to_owned(),
        ..Profile::default()
    };
    account::sign_up(store, &email, profile, desk.lang(), form.password).await?;
    desk.show(
        &Anyone,
        &LookInMail {
            email: email.to_string(),
        },
    )
}
