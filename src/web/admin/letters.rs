//! The letters' templates: listed, edited in each language, seen on a real case before they are saved.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::log::{self, LogLine};
use crate::domain::person::Lang;
use crate::letters::{ALL_KINDS, Side, Trouble, check, template, variables};
use crate::store::access::AsChief;
use crate::store::settings::Subject;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Line {
    kind: &'static str,
    /// By language: whether it was edited, whether it failed since.
    own: Vec<(Lang, bool, bool)>,
}

#[derive(Serialize)]
struct Group {
    side: Side,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Letters {
    groups: Vec<Group>,
    broken: bool,
}

impl View for Letters {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/letters.html";
}

/// All letters.
#[get("/admin/letters")]
pub async fn all(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let (mail, broken) = (store.mail(), store.broken_letters());
    let line = |kind: &'static str| Line {
        kind,
        own: Lang::ALL
            .map(|lang| (lang, mail.is_own(lang, kind), broken.contains(&(lang, kind))))
            .to_vec(),
    };
    let group = |side: Side| Group {
        side,
        lines: ALL_KINDS
            .iter()
            .filter(|(_, s)| *s == side)
            .map(|(kind, _)| line(kind))
            .collect(),
    };
    let view = Letters {
        groups: [Side::Author, Side::Reviewer, Side::Office, Side::Account]
            .map(group)
            .into(),
        broken: !broken.is_empty(),
    };
    desk.show(&proof, &view)
}

#[derive(Serialize)]
struct Preview {
    subject: String,
    text: String,
    /// The manuscript's number; empty for a sample.
    number: String,
}

#[derive(Serialize)]
struct LetterPage {
    kind: &'static str,
    letter_lang: Lang,
    version: i64,
    text: String,
    own: bool,
    broken: bool,
    variables: Vec<String>,
    troubles: Vec<Trouble>,
    preview: Option<Preview>,
    stale: bool,
    log: Vec<LogLine>,
}

impl View for LetterPage {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/letter.html";
}

fn subject(kind: &str, lang: &str) -> Result<(&'static str, Lang, Subject), WebError> {
    let found = ALL_KINDS
        .iter()
        .map(|(kind, _)| *kind)
        .find(|known| *known == kind);
    let kind = found.ok_or(WebError::NotFound)?;
    let lang = Lang::ALL
        .into_iter()
        .find(|l| l.tag() == lang)
        .ok_or(WebError::NotFound)?;
    Ok((kind, lang, Subject::Letter(lang, kind.to_owned())))
}

async fn view(
    desk: &Desk<'_>,
    proof: &AsChief,
    (kind, lang, subject): &(&'static str, Lang, Subject),
    typed: Option<String>,
) -> Result<LetterPage, WebError> {
    let store = &desk.office.store;
    let body = store.setting_body(subject);
    let own = !body.is_empty();
    let stored = || {
        if own {
            Some(body.clone())
        } else {
            template(*lang, kind)
        }
    };
    let text = typed.or_else(stored).ok_or(WebError::NotFound)?;
    let today = store.clock.now().to_zoned(store.rules().zone()).date();
    let troubles = check(*lang, kind, &text, today).err().unwrap_or_default();
    let preview = match troubles.is_empty() {
        true => {
            let seen = store.letter_on_a_case(proof, kind, *lang, &text).await?;
            seen.map(|seen| Preview {
                subject: seen.letter.subject,
                text: seen.letter.text,
                number: seen.number,
            })
        }
        false => None,
    };
    Ok(LetterPage {
        kind,
        letter_lang: *lang,
        version: store.setting_version(subject),
        text,
        own,
        broken: store.broken_letters().contains(&(*lang, *kind)),
        variables: variables(kind, today),
        troubles,
        preview,
        stale: false,
        log: log::of(desk, proof, subject).await?,
    })
}

/// One letter in one language.
#[get("/admin/letters/<kind>/<lang>")]
pub async fn show(desk: Desk<'_>, who: SignedIn, kind: &str, lang: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.chief(&who.0)?;
    let view = view(&desk, &proof, &subject(kind, lang)?, None).await?;
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

/// Shows the letter as it will be, saves its template, or goes back to the default.
#[post("/admin/letters/<kind>/<lang>", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    kind: &str,
    lang: &str,
    form: Posted<Typed>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let subject = subject(kind, lang)?;
    let Typed { version, act, text } = form.0;
    let text = text.replace("\r\n", "\n");
    let reset = act == "reset";
    let mut page = view(&desk, &proof, &subject, Some(text.clone())).await?;
    if (reset || page.troubles.is_empty()) && act != "preview" {
        // What is the same as the default is the default, and follows the program.
        let default = template(subject.1, subject.0).unwrap_or_default();
        let body = if reset || text == default { "" } else { &text };
        if store.set(&proof, &subject.2, version, body).await? {
            let done = if reset { "reset" } else { "set" };
            let to = format!("/admin/letters/{kind}/{lang}?done={done}");
            return Ok(Either::Right(Redirect::to(to)));
        }
        store.refresh_settings().await?;
        page.version = store.setting_version(&subject.2);
        page.stale = true;
    }
    let good = page.troubles.is_empty() && !page.stale;
    Ok(Either::Left(match good {
        true => desk.show(&proof, &page)?,
        false => desk.show_again(&proof, &page)?,
    }))
}
