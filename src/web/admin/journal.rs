//! The journal's pages: its name and ISSN, and the way to its lists and texts.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::log::{self, LogLine};
use crate::domain::journal::{About, Both, List, TEXTS, Wrong, check_about};
use crate::domain::person::Lang;
use crate::store::access::AsChief;
use crate::store::settings::Subject;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct ListLine {
    key: &'static str,
    offered: usize,
    all: usize,
}

#[derive(Serialize)]
struct TextLine {
    key: &'static str,
    /// Whether it was edited, by language.
    own: Vec<(Lang, bool)>,
}

#[derive(Serialize)]
struct Journal {
    version: i64,
    about: About,
    lists: Vec<ListLine>,
    texts: Vec<TextLine>,
    wrong: Vec<Wrong>,
    stale: bool,
    log: Vec<LogLine>,
}

impl View for Journal {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/journal.html";
}

async fn view(desk: &Desk<'_>, proof: &AsChief) -> Result<Journal, WebError> {
    let store = &desk.office.store;
    let pages = store.pages();
    let list = |list: List| ListLine {
        key: list.key(),
        offered: pages.offered(list).len(),
        all: pages.list(list).len(),
    };
    let text = |key: &'static str| TextLine {
        key,
        own: Lang::ALL
            .map(|lang| (lang, pages.text(lang, key).is_some()))
            .to_vec(),
    };
    Ok(Journal {
        version: store.setting_version(&Subject::About),
        about: pages.about.clone(),
        lists: List::ALL.into_iter().map(list).collect(),
        texts: TEXTS.into_iter().map(text).collect(),
        wrong: Vec::new(),
        stale: false,
        log: log::of(desk, proof, &Subject::About).await?,
    })
}

/// The journal's pages.
#[get("/admin/journal")]
pub async fn show(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let proof = desk.office.store.chief(&who.0)?;
    let view = view(&desk, &proof).await?;
    desk.show(&proof, &view)
}

#[derive(FromForm)]
pub struct Typed {
    #[field(default = 0)]
    version: i64,
    #[field(default = String::new())]
    name_zh: String,
    #[field(default = String::new())]
    name_en: String,
    #[field(default = String::new())]
    issn: String,
    #[field(default = String::new())]
    eissn: String,
}

/// Saves name and ISSN.
#[post("/admin/journal", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    form: Posted<Typed>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let Typed {
        version,
        name_zh,
        name_en,
        issn,
        eissn,
    } = form.0;
    let typed = About {
        name: Both {
            zh: name_zh,
            en: name_en,
        },
        issn,
        eissn,
    };
    let wrong = match check_about(typed.clone()) {
        Ok(about) => {
            let body = serde_json::to_string(&about).map_err(crate::store::Fault::from)?;
            if store.set(&proof, &Subject::About, version, &body).await? {
                return Ok(Either::Right(Redirect::to("/admin/journal?done=set")));
            }
            store.refresh_settings().await?;
            Vec::new()
        }
        Err(wrong) => wrong,
    };
    let view = Journal {
        about: typed,
        stale: wrong.is_empty(),
        wrong,
        ..view(&desk, &proof).await?
    };
    Ok(Either::Left(desk.show_again(&proof, &view)?))
}
