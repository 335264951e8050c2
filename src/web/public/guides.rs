//! What the journal promises and asks: guides for authors and reviewers, what each stage means, what is kept.

use rocket::get;
use serde::Serialize;

use crate::domain::rules::Rules;
use crate::web::error::WebError;
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
}

impl View for Guide {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/guide.html";
}

fn show(desk: &Desk<'_>, which: &'static str) -> Result<Page, WebError> {
    let figures = Figures::from(desk.office.store.rules().as_ref());
    desk.show(&Anyone, &Guide { which, figures })
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
