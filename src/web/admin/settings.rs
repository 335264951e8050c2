//! The journal's figures: every one that `RULES.md` has in italics.

use std::collections::BTreeMap;

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::log::{self, LogLine};
use crate::domain::figures::{FIGURES, Figure, GROUPS, Wrong, read, shown};
use crate::domain::rules::Rules;
use crate::store::access::AsChief;
use crate::store::settings::Subject;
use crate::web::error::WebError;
use crate::web::form::SurePosted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    figure: Figure,
    value: String,
    default: String,
    wrong: bool,
}

#[derive(Serialize)]
struct Group {
    key: &'static str,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Settings {
    version: i64,
    groups: Vec<Group>,
    zone: String,
    wrong: Vec<Wrong>,
    stale: bool,
    log: Vec<LogLine>,
}

impl View for Settings {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/settings.html";
}

async fn view(
    desk: &Desk<'_>,
    proof: &AsChief,
    typed: &BTreeMap<String, String>,
    wrong: Vec<Wrong>,
) -> Result<Settings, WebError> {
    let store = &desk.office.store;
    let (rules, default) = (store.rules(), Rules::default());
    let value = |key: &str| typed.get(key).cloned().unwrap_or_else(|| shown(&rules, key));
    let line = |figure: &Figure| Line {
        figure: *figure,
        value: value(figure.key),
        default: shown(&default, figure.key),
        wrong: wrong.iter().any(|w| w.key == figure.key),
    };
    let group = |key: &'static str| Group {
        key,
        lines: FIGURES.iter().filter(|f| f.group == key).map(line).collect(),
    };
    Ok(Settings {
        version: store.setting_version(&Subject::Rules),
        groups: GROUPS.into_iter().map(group).collect(),
        zone: value("time-zone"),
        wrong,
        stale: false,
        log: log::of(desk, proof, &Subject::Rules).await?,
    })
}

/// The figures.
#[get("/admin/settings")]
pub async fn show(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let proof = desk.office.store.chief(&who.0)?;
    let view = view(&desk, &proof, &BTreeMap::new(), Vec::new()).await?;
    desk.show(&proof, &view)
}

#[derive(FromForm)]
pub struct Typed {
    #[field(default = 0)]
    version: i64,
    figure: BTreeMap<String, String>,
}

/// Saves them all, or none.
#[post("/admin/settings", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    form: SurePosted<Typed>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let Typed { version, figure } = form.0;
    let rules = match read(&store.rules(), &figure) {
        Ok(rules) => rules,
        Err(wrong) => {
            let view = view(&desk, &proof, &figure, wrong).await?;
            return Ok(Either::Left(desk.show_again(&proof, &view)?));
        }
    };
    if store.set_rules(&proof, version, &rules).await? {
        return Ok(Either::Right(Redirect::to("/admin/settings?done=set")));
    }
    store.refresh_settings().await?;
    let view = Settings {
        stale: true,
        ..view(&desk, &proof, &figure, Vec::new()).await?
    };
    Ok(Either::Left(desk.show_again(&proof, &view)?))
}
