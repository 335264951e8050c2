//! The reviewers of a manuscript: asked, put on the list of alternates, reminded, given more time, asked no more.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::{editor, place};
use crate::actions::invite::{self, Asking, Whom};
use crate::actions::{Failure, Refusal};
use crate::domain::conflict::Conflict;
use crate::domain::person::Lang;
use crate::domain::window::WindowKind;
use crate::store::access::AsEditor;
use crate::store::read::editor::{Head, Pool, ReviewersView};
use crate::web::error::{WebError, refusal_key, then, then_keep};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// Whom to ask, and how.
#[derive(FromForm, Serialize, Clone, Default)]
pub struct Ask {
    #[field(default = 0)]
    version: i64,
    /// What was searched, to be found again.
    #[field(default = String::new())]
    q: String,
    /// An account of the pool; 0 when asked by address.
    #[field(default = 0)]
    account: i64,
    #[field(default = String::new())]
    email: String,
    #[field(default = String::new())]
    name: String,
    #[field(default = String::new())]
    lang: String,
    /// `ask` or `alternate`.
    #[field(default = String::new())]
    how: String,
    #[field(default = String::new())]
    reason: String,
}

#[derive(Serialize)]
struct Reviewers {
    head: Head,
    tab: &'static str,
    reviewers: ReviewersView,
    pool: Pool,
    typed: Ask,
    /// What was refused: a key of translations, or empty.
    wrong: String,
    /// The field it is about.
    field: &'static str,
}

impl View for Reviewers {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/reviewers.html";
}

async fn view(
    desk: &Desk<'_>,
    proof: &AsEditor,
    typed: Ask,
    refused: Option<&Refusal>,
) -> Result<Reviewers, WebError> {
    let store = &desk.office.store;
    let head = store.editor_head(proof).await?;
    let mut typed = typed;
    if typed.lang.is_empty() {
        typed.lang.clone_from(&head.language);
    }
    let field = match refused {
        Some(Refusal::Conflicts(c)) if !c.contains(&Conflict::Refused) && typed.account == 0 => "reason",
        Some(Refusal::Conflicts(c)) if !c.contains(&Conflict::Refused) => "pool-reason",
        Some(Refusal::Address) => "email",
        _ => "ask",
    };
    Ok(Reviewers {
        head,
        tab: "reviewers",
        reviewers: store.editor_reviewers(proof).await?,
        pool: store.editor_pool(proof, &typed.q).await?,
        wrong: refused.map(wording).unwrap_or_default(),
        field,
        typed,
    })
}

/// The words of a refusal; of a conflict the kind, never whose.
fn wording(refusal: &Refusal) -> String {
    match refusal {
        Refusal::Conflicts(c) if c.contains(&Conflict::Refused) => "office-conflict-refused".to_owned(),
        Refusal::Conflicts(c) if *c == [Conflict::Opposed] => "office-conflict-opposed-reason".to_owned(),
        Refusal::Conflicts(_) => "office-conflict-reason".to_owned(),
        other => format!("problem-{}", refusal_key(other)),
    }
}

/// Who was asked, and the pool.
#[get("/office/manuscripts/<number>/reviewers?<q>")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str, q: Option<String>) -> Result<Page, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let typed = Ask {
        q: q.unwrap_or_default(),
        ..Ask::default()
    };
    let view = view(&desk, &proof, typed, None).await?;
    desk.show(&proof, &view)
}

/// Asks a reviewer, or puts one on the list of alternates.
#[post("/office/manuscripts/<number>/reviewers", data = "<form>")]
pub async fn ask(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Ask>,
) -> Result<Either<Page, Redirect>, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let ask = form.0;
    let whom = match ask.account {
        0 => Whom::Address {
            email: ask.email.clone(),
            name: ask.name.clone(),
            lang: Lang::from_tag(&ask.lang).unwrap_or_default(),
        },
        account => Whom::Account(account),
    };
    let asking = Asking {
        alternate: ask.how == "alternate",
        override_reason: ask.reason.clone(),
    };
    let word = if asking.alternate {
        "office-alternate"
    } else {
        "office-asked"
    };
    match invite::invite(&desk.office.store, &proof, ask.version, whom, asking).await {
        Err(Failure::Refused(refusal)) => {
            let view = view(&desk, &proof, ask, Some(&refusal)).await?;
            desk.show_again(&proof, &view).map(Either::Left)
        }
        done => then(&place(&proof, "/reviewers"), word, done).map(Either::Right),
    }
}

#[derive(FromForm)]
pub struct Version {
    #[field(default = 0)]
    version: i64,
}

/// Asks a reviewer no more.
#[post("/office/manuscripts/<number>/reviewers/<id>/cancellation", data = "<form>")]
pub async fn cancel(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Version>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let done = invite::cancel(&desk.office.store, &proof, form.0.version, id).await;
    then(&place(&proof, "/reviewers"), "office-cancelled", done)
}

/// Reminds a reviewer.
#[post("/office/manuscripts/<number>/reviewers/<id>/reminder", data = "<form>")]
pub async fn remind(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<Version>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let done = invite::remind(&desk.office.store, &proof, form.0.version, id).await;
    then(&place(&proof, "/reviewers"), "office-reminded", done)
}

#[derive(FromForm)]
pub struct MoreTime {
    #[field(default = 0)]
    version: i64,
    #[field(default = String::new())]
    window: String,
    #[field(default = 0)]
    days: u32,
    #[field(default = String::new())]
    reason: String,
}

/// Gives a reviewer more time.
#[post("/office/manuscripts/<number>/reviewers/<id>/extension", data = "<form>")]
pub async fn extend(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    id: i64,
    form: Posted<MoreTime>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let form = form.0;
    let kind = WindowKind::from_key(&form.window).ok_or(WebError::BadForm)?;
    let store = &desk.office.store;
    let done = invite::extend(
        store,
        &proof,
        form.version,
        kind,
        Some(id),
        form.days,
        &form.reason,
    )
    .await;
    then_keep(
        &place(&proof, "/reviewers"),
        "office-extended",
        &[&form.reason],
        done,
    )
}
