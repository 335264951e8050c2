//! One of the journal's texts in one language: edited as plain Markdown, seen before it is saved.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::log::{self, LogLine};
use crate::domain::journal::{TEXT_MAX, TEXTS};
use crate::domain::person::Lang;
use crate::store::access::AsChief;
use crate::store::settings::Subject;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::markdown;
use crate::web::page::{Desk, Page, View};
use crate::web::public::first_text;
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct TextPage {
    which: &'static str,
    text_lang: Lang,
    version: i64,
    text: String,
    own: bool,
    preview: String,
    figures: Vec<&'static str>,
    unknown: Vec<String>,
    problem_key: &'static str,
    stale: bool,
    log: Vec<LogLine>,
}

impl View for TextPage {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/text.html";
}

fn subject(which: &str, lang: &str) -> Result<(&'static str, Lang, Subject), WebError> {
    let which = TEXTS
        .into_iter()
        .find(|name| *name == which)
        .ok_or(WebError::NotFound)?;
    let lang = Lang::ALL
        .into_iter()
        .find(|l| l.tag() == lang)
        .ok_or(WebError::NotFound)?;
    Ok((which, lang, Subject::Text(lang, which.to_owned())))
}

async fn view(
    desk: &Desk<'_>,
    proof: &AsChief,
    (which, lang, subject): &(&'static str, Lang, Subject),
    typed: Option<String>,
) -> Result<TextPage, WebError> {
    let store = &desk.office.store;
    let pages = store.pages();
    let own = pages.text(*lang, which).map(str::to_owned);
    let text = match (typed, &own) {
        (Some(typed), _) => typed,
        (None, Some(own)) => own.clone(),
        (None, None) => first_text(desk, which, *lang)?,
    };
    Ok(TextPage {
        which,
        text_lang: *lang,
        version: store.setting_version(subject),
        own: own.is_some(),
        preview: markdown::render(&text, &store.rules()),
        text,
        figures: markdown::figures(),
        unknown: Vec::new(),
        problem_key: "",
        stale: false,
        log: log::of(desk, proof, subject).await?,
    })
}

/// The text with its preview.
#[get("/admin/journal/texts/<which>/<lang>")]
pub async fn show(desk: Desk<'_>, who: SignedIn, which: &str, lang: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.chief(&who.0)?;
    let view = view(&desk, &proof, &subject(which, lang)?, None).await?;
    desk.show(&proof, &view)
}

#[derive(FromForm)]
pub struct Typed {
    #[field(default = 0)]
    version: i64,
    /// `preview`, `save` or `reset`.
    #[field(default = String::new())]
    act: String,
    #[field(default = String::new())]
    text: String,
}

/// Shows the text as it will be, saves it, or goes back to the default.
#[post("/admin/journal/texts/<which>/<lang>", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    which: &str,
    lang: &str,
    form: Posted<Typed>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let subject = subject(which, lang)?;
    let Typed { version, act, text } = form.0;
    let text = text.replace("\r\n", "\n");
    let unknown = markdown::unknown(&text);
    let reset = act == "reset";
    let problem_key = match () {
        () if reset => "",
        () if text.trim().is_empty() => "empty",
        () if text.chars().count() > TEXT_MAX => "long",
        () if !unknown.is_empty() => "unknown",
        () => "",
    };
    let mut stale = false;
    if problem_key.is_empty() && act != "preview" {
        let body = if reset { "" } else { &text };
        if store.set(&proof, &subject.2, version, body).await? {
            let done = if reset { "reset" } else { "set" };
            let page = format!("/admin/journal/texts/{which}/{lang}?done={done}");
            return Ok(Either::Right(Redirect::to(page)));
        }
        store.refresh_settings().await?;
        stale = true;
    }
    let view = TextPage {
        unknown,
        problem_key,
        stale,
        ..view(&desk, &proof, &subject, Some(text)).await?
    };
    let page = match problem_key.is_empty() && !stale {
        true => desk.show(&proof, &view)?,
        false => desk.show_again(&proof, &view)?,
    };
    Ok(Either::Left(page))
}
