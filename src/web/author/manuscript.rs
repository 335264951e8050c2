//! The manuscript's page: where it stands, the one next act, what was sent, decided and done.

use jiff::civil::Date;
use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use crate::actions::details::Part;
use crate::actions::{receive, submit};
use crate::domain::stage::{Stage, Step, next};
use crate::store::access::AsAuthor;
use crate::store::read::author::AuthorManuscript;
use crate::web::error::{WebError, then};
use crate::web::form::{Posted, SameOrigin};
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

#[derive(Serialize)]
struct ManuscriptPage {
    #[serde(flatten)]
    manuscript: AuthorManuscript,
    line: Vec<Station>,
    /// What the author can do next; a key of translations.
    act: &'static str,
    /// What of the details can be corrected: `trial`, `all`, or empty.
    details: &'static str,
    withdrawable: bool,
    public: bool,
    over: bool,
}

impl View for ManuscriptPage {
    type Audience = AsAuthor;
    const TEMPLATE: &'static str = "author/manuscript.html";
}

/// A place on the way.
#[derive(Serialize)]
struct Station {
    key: &'static str,
    /// `done`, `now`, or empty.
    state: &'static str,
    day: Option<Date>,
}

/// The line of stages: the places passed, today's, and what usually lies ahead.
fn line(m: &AuthorManuscript) -> Vec<Station> {
    const WAY: [&str; 6] = [
        "screening",
        "in-review",
        "revising",
        "re-review",
        "accepted",
        "published",
    ];
    let now = m.stage.key();
    let day = |keys: &[&str]| {
        m.history
            .iter()
            .rev()
            .find(|h| keys.contains(&h.what.as_str()))
            .map(|h| h.day)
    };
    let reached = |key: &str| match key {
        "screening" => day(&["submitted"]),
        "in-review" => day(&["received-send-to-review"]),
        "revising" => day(&["received-ask-revision"]),
        "re-review" => day(&["revision-returned"]),
        "accepted" => day(&["received-accept"]),
        _ => day(&["published"]),
    };
    let at = WAY.iter().position(|key| *key == now);
    let mut out: Vec<Station> = Vec::new();
    for (i, key) in WAY.into_iter().enumerate() {
        let reached = reached(key);
        let passed = at.is_none_or(|at| i < at) && reached.is_some();
        match (passed, at) {
            (true, _) => out.push(Station {
                key,
                state: "done",
                day: reached,
            }),
            (false, Some(at)) if i == at => out.push(Station {
                key,
                state: "now",
                day: Some(m.since),
            }),
            // What lies ahead; a place that was left out is not shown as if it had been passed.
            (false, Some(at)) if i > at => out.push(Station {
                key,
                state: "",
                day: None,
            }),
            _ => {}
        }
    }
    if at.is_none() {
        out.push(Station {
            key: now,
            state: "now",
            day: Some(m.since),
        });
    }
    out
}

fn act(m: &AuthorManuscript) -> &'static str {
    let clock = m.clock.as_ref().map(|c| c.kind.key()).unwrap_or_default();
    match m.stage {
        _ if m.decision_waits => "open-decision",
        Stage::Draft => "continue",
        Stage::Screening => "wait-screening",
        Stage::Returned => "complete",
        Stage::InReview => "wait-review",
        Stage::Revising => "revise",
        Stage::ReReview => "wait-re-review",
        Stage::Accepted if clock == "proof" => "check-proof",
        Stage::Accepted => "wait-publication",
        Stage::Published | Stage::Corrected | Stage::Concern | Stage::Retracted => "read",
        Stage::Declined => "declined",
        Stage::Released => "reaffirm",
        Stage::Lapsed => "lapsed",
        Stage::Withdrawn => "withdrawn",
    }
}

impl ManuscriptPage {
    fn of(manuscript: AuthorManuscript, details: Part) -> Self {
        let m = &manuscript;
        ManuscriptPage {
            line: line(m),
            act: act(m),
            details: match details {
                Part::Nothing => "",
                Part::Trial => "trial",
                Part::All => "all",
            },
            withdrawable: next(m.stage, Step::Withdraw).is_some(),
            public: m.stage.is_public(),
            over: m.stage.is_over(),
            manuscript,
        }
    }
}

#[get("/author/manuscripts/<number>")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let manuscript = desk.office.store.author_manuscript(&proof).await?;
    let details = super::details::part_of(&desk.office.store.author_details(&proof).await?);
    desk.show(&proof, &ManuscriptPage::of(manuscript, details))
}

#[post("/author/manuscripts/<number>/decision-receipt")]
pub async fn open_decision(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    _ours: SameOrigin,
) -> Result<Redirect, WebError> {
    let proof = desk.office.store.author(&who.0, number).await?;
    let result = receive::on_site(&desk.office.store, &proof).await;
    then(&super::page(number), "decision-opened", result)
}

/// The state that the author looked at.
#[derive(FromForm)]
pub struct Reaffirmation {
    #[field(default = String::new())]
    version: String,
}

#[post("/author/manuscripts/<number>/reaffirmation", data = "<form>")]
pub async fn reaffirm(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Reaffirmation>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.author(&who.0, number).await?;
    let version = store.author_version(&proof, &form.0.version).await?;
    let result = submit::reaffirm(store, &proof, version).await;
    then(&super::page(number), "reaffirmed", result)
}
