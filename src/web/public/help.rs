//! Short pages of help, each linked from the very place where its question comes up.

use rocket::get;
use serde::Serialize;

use super::guides::Figures;
use crate::web::error::WebError;
use crate::web::page::{Anyone, Desk, Page, View};

/// The pages, and the longer guide that each goes on to.
const TOPICS: [(&str, &str); 4] = [
    ("anonymous", "authors"),
    ("review", "reviewers"),
    ("revise", "authors"),
    ("stages", "stages"),
];

#[derive(Serialize)]
struct Help {
    topic: &'static str,
    guide: &'static str,
    figures: Figures,
}

impl View for Help {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/help.html";
}

#[get("/help/<topic>")]
pub fn help(desk: Desk<'_>, topic: &str) -> Result<Page, WebError> {
    let found = TOPICS.into_iter().find(|(name, _)| *name == topic);
    let (topic, guide) = found.ok_or(WebError::NotFound)?;
    let figures = Figures::from(desk.office.store.rules().as_ref());
    desk.show(
        &Anyone,
        &Help {
            topic,
            guide,
            figures,
        },
    )
}
