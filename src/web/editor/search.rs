//! The search of the office: words and filters by address, an author's exact name by a form that is recorded.

use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use crate::actions::{Failure, Refusal, search};
use crate::domain::stage::Stage;
use crate::domain::window::WindowKind;
use crate::store::access::AsStaff;
use crate::store::read::editor::{Due, EditorName, FoundPage, Handler, Place, Row, Wanted};
use crate::web::error::{WebError, refusal_key};
use crate::web::form::{SurePosted, query};
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// The longest text that is looked for, in characters.
const LONGEST: usize = 200;

/// Where a manuscript of the office can stand.
fn stages() -> Vec<&'static str> {
    let all = Stage::ALL.into_iter().filter(|stage| *stage != Stage::Draft);
    all.map(Stage::key).collect()
}

/// What was asked for, as the form shows it again.
#[derive(Clone, Default, FromForm, Serialize)]
pub struct Asked {
    #[field(default = String::new())]
    q: String,
    #[field(default = String::new())]
    stage: String,
    #[field(default = String::new())]
    handler: String,
    #[field(default = String::new())]
    due: String,
    #[field(default = String::new())]
    reviewer: String,
}

impl Asked {
    fn wanted(&self) -> Wanted {
        let cut = |text: &str| -> String { text.chars().take(LONGEST).collect() };
        Wanted {
            text: cut(&self.q),
            stage: Stage::from_key(&self.stage).filter(|stage| *stage != Stage::Draft),
            handler: match self.handler.as_str() {
                "nobody" => Handler::Nobody,
                id => id.parse().map_or(Handler::Any, Handler::Account),
            },
            due: match self.due.as_str() {
                "overdue" => Due::Overdue,
                "week" => Due::Week,
                "month" => Due::Month,
                kind => WindowKind::from_key(kind).map_or(Due::Any, Due::Open),
            },
            reviewer: cut(&self.reviewer),
        }
    }

    fn narrowed(&self) -> bool {
        [&self.stage, &self.handler, &self.due, &self.reviewer]
            .iter()
            .any(|text| !text.is_empty())
    }

    fn anything(&self) -> bool {
        self.narrowed() || !self.q.trim().is_empty()
    }

    /// The same as the end of an address.
    fn address(&self) -> String {
        let fields = [
            ("q", self.q.as_str()),
            ("stage", &self.stage),
            ("handler", &self.handler),
            ("due", &self.due),
            ("reviewer", &self.reviewer),
        ];
        query(&fields)
    }
}

#[derive(Serialize)]
struct Search {
    asked: Asked,
    narrowed: bool,
    anything: bool,
    address: String,
    stages: Vec<&'static str>,
    kinds: Vec<&'static str>,
    editors: Vec<EditorName>,
    page: FoundPage,
    /// The start of the list is in sight, and its end: then the number of rows is the number of manuscripts.
    whole: bool,
    reason_wanted: bool,
}

impl View for Search {
    type Audience = AsStaff;
    const TEMPLATE: &'static str = "editor/found.html";
}

/// What was found, the newest first.
#[get("/office/search?<older>&<newer>&<asked..>")]
pub async fn find(
    desk: Desk<'_>,
    who: SignedIn,
    older: Option<i64>,
    newer: Option<i64>,
    asked: Asked,
) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.staff(&who.0)?;
    let place = match (older, newer) {
        (Some(seq), _) => Place::Older(seq),
        (None, Some(seq)) => Place::Newer(seq),
        (None, None) => Place::Newest,
    };
    let page = match asked.anything() {
        true => store.office_search(&proof, &asked.wanted(), place).await?,
        false => FoundPage::default(),
    };
    let view = Search {
        narrowed: asked.narrowed(),
        anything: asked.anything(),
        address: asked.address(),
        stages: stages(),
        kinds: WindowKind::ALL.into_iter().map(WindowKind::key).collect(),
        editors: store.deciding_editors(&proof).await?,
        whole: matches!(place, Place::Newest) && page.older.is_none(),
        page,
        reason_wanted: store.rules().names_need_reason,
        asked,
    };
    desk.show(&proof, &view)
}

#[derive(FromForm)]
pub struct AuthorForm {
    #[field(default = String::new())]
    author: String,
    #[field(default = String::new())]
    reason: String,
}

#[derive(Serialize)]
struct ByAuthor {
    author: String,
    reason: String,
    reason_wanted: bool,
    refused: String,
    rows: Vec<Row>,
}

impl View for ByAuthor {
    type Audience = AsStaff;
    const TEMPLATE: &'static str = "editor/by-author.html";
}

/// The manuscripts of an author, on the record.
#[post("/office/search/author", data = "<form>")]
pub async fn by_author(
    desk: Desk<'_>,
    who: SignedIn,
    form: SurePosted<AuthorForm>,
) -> Result<Either<Page, WebError>, WebError> {
    let store = &desk.office.store;
    let proof = store.staff(&who.0)?;
    let AuthorForm { author, reason } = form.0;
    let author: String = author.trim().chars().take(LONGEST).collect();
    let view = |rows, refused| ByAuthor {
        author: author.clone(),
        reason: reason.clone(),
        reason_wanted: store.rules().names_need_reason,
        refused,
        rows,
    };
    let refuse = |refusal: &Refusal| view(Vec::new(), refusal_key(refusal).to_owned());
    if author.is_empty() {
        let empty = view(Vec::new(), "no-author".to_owned());
        return Ok(Either::Left(desk.show_again(&proof, &empty)?));
    }
    match search::by_author(store, &proof, &author, &reason).await {
        Ok(rows) => Ok(Either::Left(desk.show(&proof, &view(rows, String::new()))?)),
        Err(Failure::Refused(refusal)) => Ok(Either::Left(desk.show_again(&proof, &refuse(&refusal))?)),
        Err(failure) => Ok(Either::Right(failure.into())),
    }
}
