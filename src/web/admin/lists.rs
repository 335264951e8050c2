//! One of the journal's lists: renamed, ordered, added to; an entry is never deleted, only no longer offered.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::log::{self, LogLine};
use crate::domain::journal::{Both, Entry, List, Wrong, check_list};
use crate::store::access::AsChief;
use crate::store::settings::Subject;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// Empty places for new entries.
const BLANKS: usize = 2;
/// The most entries a form may bring.
const MOST: usize = 100;

#[derive(Serialize)]
struct ListPage {
    list: &'static str,
    version: i64,
    entries: Vec<Entry>,
    wrong: Vec<Wrong>,
    stale: bool,
    log: Vec<LogLine>,
}

impl View for ListPage {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/list.html";
}

async fn view(
    desk: &Desk<'_>,
    proof: &AsChief,
    list: List,
    typed: Option<Vec<Entry>>,
) -> Result<ListPage, WebError> {
    let store = &desk.office.store;
    let subject = Subject::List(list);
    let mut entries = typed.unwrap_or_else(|| store.pages().list(list).to_vec());
    let blanks = entries
        .iter()
        .rev()
        .take_while(|e| e.key.is_empty() && e.name == Both::default())
        .count();
    let blank = Entry {
        key: String::new(),
        name: Both::default(),
        offered: true,
    };
    entries.extend(std::iter::repeat_n(blank, BLANKS.saturating_sub(blanks)));
    Ok(ListPage {
        list: list.key(),
        version: store.setting_version(&subject),
        entries,
        wrong: Vec::new(),
        stale: false,
        log: log::of(desk, proof, &subject).await?,
    })
}

/// The list.
#[get("/admin/journal/lists/<which>")]
pub async fn show(desk: Desk<'_>, who: SignedIn, which: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.chief(&who.0)?;
    let list = List::from_key(which).ok_or(WebError::NotFound)?;
    let view = view(&desk, &proof, list, None).await?;
    desk.show(&proof, &view)
}

#[derive(FromForm)]
struct EntryForm {
    #[field(default = String::new())]
    key: String,
    #[field(default = String::new())]
    zh: String,
    #[field(default = String::new())]
    en: String,
    #[field(default = false)]
    offered: bool,
}

#[derive(FromForm)]
pub struct Typed {
    #[field(default = 0)]
    version: i64,
    /// `save`, or `up-2` to move an entry one place up.
    #[field(default = String::new())]
    act: String,
    #[field(default = Vec::new())]
    entries: Vec<EntryForm>,
}

/// Saves the list.
#[post("/admin/journal/lists/<which>", data = "<form>")]
pub async fn save(
    desk: Desk<'_>,
    who: SignedIn,
    which: &str,
    form: Posted<Typed>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let list = List::from_key(which).ok_or(WebError::NotFound)?;
    let Typed {
        version,
        act,
        entries,
    } = form.0;
    let entry = |e: EntryForm| Entry {
        key: e.key,
        name: Both { zh: e.zh, en: e.en },
        offered: e.offered,
    };
    let mut typed: Vec<Entry> = entries.into_iter().take(MOST).map(entry).collect();
    if let Some(at) = act.strip_prefix("up-").and_then(|n| n.parse::<usize>().ok())
        && (1..typed.len()).contains(&at)
    {
        typed.swap(at - 1, at);
    }
    let wrong = match check_list(list, store.pages().list(list), typed.clone()) {
        Ok(entries) => {
            let body = serde_json::to_string(&entries).map_err(crate::store::Fault::from)?;
            if store.set(&proof, &Subject::List(list), version, &body).await? {
                return Ok(Either::Right(Redirect::to(format!(
                    "/admin/journal/lists/{which}?done=set"
                ))));
            }
            store.refresh_settings().await?;
            Vec::new()
        }
        Err(wrong) => wrong,
    };
    let view = ListPage {
        stale: wrong.is_empty(),
        wrong,
        ..view(&desk, &proof, list, Some(typed)).await?
    };
    Ok(Either::Left(desk.show_again(&proof, &view)?))
}
