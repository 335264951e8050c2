//! The office's lists.

use rocket::get;
use serde::Serialize;

use crate::domain::stage::Stage;
use crate::store::access::AsStaff;
use crate::store::read::editor::{Cursor, Filter, Handled, LISTS, ListPage};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// What the lists are narrowed to, as the page's form shows it.
#[derive(Serialize)]
struct Narrowed {
    stage: String,
    handling: &'static str,
    /// The same as the end of an address, with a leading `&`.
    query: String,
    stages: [&'static str; 7],
}

/// Stages in which a manuscript stands in a list.
const STAGES: [Stage; 7] = [
    Stage::Screening,
    Stage::Returned,
    Stage::InReview,
    Stage::Revising,
    Stage::ReReview,
    Stage::Accepted,
    Stage::Released,
];

fn narrow(stage: Option<&str>, handling: Option<&str>) -> (Filter, Narrowed) {
    let stage = stage
        .and_then(Stage::from_key)
        .filter(|stage| STAGES.contains(stage));
    let (handled, handling) = match handling {
        Some("mine") => (Handled::Mine, "mine"),
        Some("nobody") => (Handled::Nobody, "nobody"),
        _ => (Handled::All, "all"),
    };
    let mut query = String::new();
    if let Some(stage) = stage {
        query += &format!("&stage={}", stage.key());
    }
    if handled != Handled::All {
        query += &format!("&handling={handling}");
    }
    let narrowed = Narrowed {
        stage: stage.map_or("", Stage::key).to_owned(),
        handling,
        query,
        stages: STAGES.map(Stage::key),
    };
    (Filter { stage, handled }, narrowed)
}

#[derive(Serialize)]
struct Office {
    lists: Vec<ListPage>,
    narrowed: Narrowed,
    /// Whether the reader decides on manuscripts.
    decides: bool,
}

impl View for Office {
    type Audience = AsStaff;
    const TEMPLATE: &'static str = "editor/office.html";
}

/// The five lists.
#[get("/office?<stage>&<handling>")]
pub async fn lists(
    desk: Desk<'_>,
    who: SignedIn,
    stage: Option<&str>,
    handling: Option<&str>,
) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.staff(&who.0)?;
    let (filter, narrowed) = narrow(stage, handling);
    let lists = store.office(&proof, &filter).await?;
    let decides = who.0.roles().decides();
    let office = Office {
        lists,
        narrowed,
        decides,
    };
    desk.show(&proof, &office)
}

#[derive(Serialize)]
struct OneList {
    list: ListPage,
    counts: Vec<Count>,
    narrowed: Narrowed,
}

#[derive(Serialize)]
struct Count {
    key: &'static str,
    count: String,
}

impl View for OneList {
    type Audience = AsStaff;
    const TEMPLATE: &'static str = "editor/list.html";
}

/// One list, page by page.
#[get("/office/lists/<list>?<stage>&<handling>&<after>&<before>")]
pub async fn list(
    desk: Desk<'_>,
    who: SignedIn,
    list: &str,
    stage: Option<&str>,
    handling: Option<&str>,
    after: Option<&str>,
    before: Option<&str>,
) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.staff(&who.0)?;
    let (filter, narrowed) = narrow(stage, handling);
    let found = store
        .office_list(&proof, list, &filter, cursor(after, before))
        .await?;
    let (list, counts) = found.ok_or(WebError::NotFound)?;
    debug_assert_eq!(counts.len(), LISTS.len());
    let counts = counts
        .into_iter()
        .map(|(key, count)| Count { key, count })
        .collect();
    desk.show(
        &proof,
        &OneList {
            list,
            counts,
            narrowed,
        },
    )
}

fn cursor(after: Option<&str>, before: Option<&str>) -> Cursor {
    let key = |text: &str| {
        let (due, id) = text.split_once('.')?;
        Some((due.parse().ok()?, id.parse().ok()?))
    };
    match (after.and_then(key), before.and_then(key)) {
        (Some((due, id)), _) => Cursor::After(due, id),
        (None, Some((due, id))) => Cursor::Before(due, id),
        (None, None) => Cursor::First,
    }
}
