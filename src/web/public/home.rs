//! The home page, and the choice of language.

use rocket::http::{Cookie, CookieJar, SameSite};
use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use super::articles::ArticleLine;
use super::guides::{Figures, own_text};
use crate::domain::person::Lang;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::session::LANGUAGE;

/// Articles on the home page.
const LATEST: u64 = 5;

#[derive(Serialize)]
struct Home {
    latest: Vec<ArticleLine>,
    figures: Figures,
    /// The office's own notice as HTML; empty while the program's stands.
    notice: String,
}

impl View for Home {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/home.html";
}

#[get("/")]
pub async fn home(desk: Desk<'_>) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let latest = store.latest_articles(LATEST).await?;
    let latest = latest.iter().map(|a| ArticleLine::of(a, desk.lang())).collect();
    let figures = Figures::from(store.rules().as_ref());
    let notice = own_text(&desk, "notice");
    desk.show(
        &Anyone,
        &Home {
            latest,
            figures,
            notice,
        },
    )
}

#[derive(FromForm)]
pub struct Language {
    #[field(default = String::new())]
    to: String,
    #[field(default = String::new())]
    back: String,
}

#[post("/language", data = "<form>")]
pub async fn language(
    desk: Desk<'_>,
    jar: &CookieJar<'_>,
    form: Posted<Language>,
) -> Result<Redirect, WebError> {
    let lang = Lang::from_tag(&form.0.to).unwrap_or_default();
    if let Some(who) = &desk.visitor.who {
        desk.office.store.set_lang(who, lang).await?;
    }
    let cookie = Cookie::build((LANGUAGE, lang.tag()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax);
    jar.add(
        cookie
            .secure(desk.office.config.secure())
            .max_age(rocket::time::Duration::days(365)),
    );
    Ok(Redirect::to(here(&form.0.back)))
}

/// A place on this site, never another one.
pub fn here(back: &str) -> String {
    // Only what our own addresses are made of: anything else could not be sent as a redirect.
    let ours = |b: u8| b.is_ascii_alphanumeric() || b"/-_.?=&%".contains(&b);
    let plain = back.starts_with('/') && !back.starts_with("//") && back.bytes().all(ours);
    if plain { back.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::here;

    #[test]
    fn one_stays_on_this_site() {
        assert_eq!(
            here("/author/manuscripts/7KQ4-M2XR?done=sent"),
            "/author/manuscripts/7KQ4-M2XR?done=sent"
        );
        for elsewhere in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a b",
            "/a\nb",
            "/作者",
            "",
        ] {
            assert_eq!(here(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
