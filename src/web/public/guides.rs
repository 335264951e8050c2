//! What the journal promises and asks: guides for authors and reviewers, what each stage means, what is kept.

use rocket::get;
use serde::Serialize;

use crate::domain::journal::About;
use crate::domain::person::Lang;
use crate::domain::rules::Rules;
use crate::web::error::WebError;
use crate::web::markdown;
use crate::web::page::{Anyone, Desk, Page, View};

/// The journal's figures as the public pages name them.
#[derive(Clone, Serialize)]
pub struct Figures {
    screening_months: u32,
    completion_days: u32,
    invitation_days: u32,
    review_days: u32,
    grace_days: u32,
    decision_days: u32,
    revision_months: u32,
    re_review_months: u32,
    appeal_days: u32,
    released_months: u32,
    proof_days: u32,
    reviews_wanted: u32,
    opposed_max: u32,
    suggested_max: u32,
}

impl From<&Rules> for Figures {
    fn from(rules: &Rules) -> Self {
        Figures {
            screening_months: rules.screening_months,
            completion_days: rules.completion_days,
            invitation_days: rules.invitation_days,
            review_days: rules.review_days,
            grace_days: rules.review_grace_days,
            decision_days: rules.decision_days,
            revision_months: rules.revision_months,
            re_review_months: rules.re_review_months,
            appeal_days: rules.appeal_days,
            released_months: rules.released_months,
            proof_days: rules.proof_days,
            reviews_wanted: rules.reviews_wanted,
            opposed_max: rules.opposed_max,
            suggested_max: rules.suggested_max,
        }
    }
}

#[derive(Serialize)]
struct Guide {
    which: &'static str,
    figures: Figures,
    /// The office's own text as HTML; empty while the program's stands.
    own: String,
    about: About,
}

impl View for Guide {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/guide.html";
}

fn show(desk: &Desk<'_>, which: &'static str) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let figures = Figures::from(store.rules().as_ref());
    let about = store.pages().about.clone();
    let own = own_text(desk, which);
    desk.show(
        &Anyone,
        &Guide {
            which,
            figures,
            own,
            about,
        },
    )
}

/// The office's own text of a page in the reader's language, as HTML; empty while the program's stands.
pub fn own_text(desk: &Desk<'_>, which: &str) -> String {
    let store = &desk.office.store;
    let pages = store.pages();
    let text = pages.text(desk.lang(), which);
    text.map(|text| markdown::render(text, &store.rules()))
        .unwrap_or_default()
}

#[derive(Serialize)]
struct Piece<'a> {
    figures: Figures,
    about: &'a About,
    journal: &'a str,
}

/// The text that a page starts with, as it is edited.
pub fn first_text(desk: &Desk<'_>, which: &str, lang: Lang) -> Result<String, WebError> {
    let store = &desk.office.store;
    let template = match which {
        "notice" => "public/notice.html".to_owned(),
        other => format!("public/guides/{other}.{}.html", lang.tag()),
    };
    let pages = store.pages();
    let piece = Piece {
        figures: Figures::from(store.rules().as_ref()),
        about: &pages.about,
        journal: pages.about.name.of(lang),
    };
    Ok(markdown::from_html(&desk.fragment(&template, lang, &piece)?))
}

#[get("/guides/<which>")]
pub fn guide(desk: Desk<'_>, which: &str) -> Result<Page, WebError> {
    let known = ["authors", "reviewers", "stages"]
        .into_iter()
        .find(|name| *name == which);
    show(&desk, known.ok_or(WebError::NotFound)?)
}

#[get("/privacy")]
pub fn privacy(desk: Desk<'_>) -> Result<Page, WebError> {
    show(&desk, "privacy")
}

#[get("/imprint")]
pub fn imprint(desk: Desk<'_>) -> Result<Page, WebError> {
    show(&desk, "imprint")
}
