//! The authors: shown as the answer to a recorded click, and nowhere else.

use rocket::response::Redirect;
use rocket::{Either, FromForm, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::{Failure, handle};
use crate::store::access::AsEditor;
use crate::store::read::editor::{Head, Names};
use crate::web::error::{WebError, back_with};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::serve_file::Served;
use crate::web::session::SignedIn;

#[derive(FromForm)]
pub struct Opening {
    #[field(default = String::new())]
    reason: String,
}

#[derive(Serialize)]
struct Authors {
    head: Head,
    names: Names,
    reason: String,
}

impl View for Authors {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/authors.html";
}

/// Shows the authors, once, on the record.
#[post("/office/manuscripts/<number>/authors", data = "<form>")]
pub async fn open(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Opening>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let opened = match handle::open_names(store, &proof, &form.0.reason).await {
        Ok(opened) => opened,
        Err(failure) => return back_with(place(&proof, ""), failure).map(Either::Right),
    };
    let view = Authors {
        names: store.editor_names(&proof, &opened).await?,
        head: store.editor_head(&proof).await?,
        reason: form.0.reason,
    };
    desk.show(&proof, &view).map(Either::Left)
}

/// An original or an office paper as it came: opened on the record like the names.
#[post("/office/manuscripts/<number>/originals/<id>", data = "<form>")]
pub async fn original(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Opening>,
) -> Result<Either<Served, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = editor(&desk, &who.0, number).await?;
    let opened = match handle::open_names(store, &proof, &form.0.reason).await {
        Ok(opened) => opened,
        Err(failure) => return back_with(place(&proof, ""), failure).map(Either::Right),
    };
    let found = store.editor_original(&proof, &opened, id).await?;
    let f = found.ok_or(Failure::NotFound)?;
    Ok(Either::Left(Served::download(
        store, &f.blob, &f.name, &f.format, f.size,
    )))
}
