//! A reviewer's page on one manuscript: the invitation, or the reading desk with the form beside the blind file.

use rocket::get;
use rocket::response::Redirect;
use serde::Serialize;

use super::invitation::InvitationPage;
use super::review::Sheet;
use crate::actions::files::MOST_ATTACHMENTS;
use crate::domain::verdict::Verdict;
use crate::store::access::AsReviewer;
use crate::store::read::reviewer::{Attachment, BlindEntry, DeskView, Phase, ReviewText, ReviewerView};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::reading::{self, Reading};
use crate::web::session::SignedIn;
use crate::web::slips::Slips;

/// A verdict as a choice.
#[derive(Serialize)]
struct Choice {
    key: &'static str,
    sign: &'static str,
}

/// The reading desk with its form.
#[derive(Serialize)]
pub struct DeskPage {
    desk: DeskView,
    /// The file that is read, if there is one.
    file: Option<BlindEntry>,
    reading: Option<Reading>,
    sheet: Sheet,
    /// Whether the form is shown: while writing, or when amending.
    writing: bool,
    verdicts: Vec<Choice>,
    /// What is missing, as keys.
    lacks: Vec<&'static str>,
    /// What the texts say of their reviewer.
    slips: Slips,
    attachments: Vec<Attachment>,
    most_attachments: usize,
    limit_mb: u64,
    /// A blind copy is being made: the page asks again.
    waiting: bool,
    /// What another window kept since this one was opened, where both have something.
    elsewhere: Option<ReviewText>,
}

impl View for DeskPage {
    type Audience = AsReviewer;
    const TEMPLATE: &'static str = "reviewer/desk.html";
}

impl DeskPage {
    /// The desk with one of its files open: the one of the address, else the newest manuscript.
    pub async fn of(
        desk: &Desk<'_>,
        proof: &AsReviewer,
        view: DeskView,
        file: Option<i64>,
        amend: bool,
    ) -> Result<DeskPage, WebError> {
        let mut files = view.files.iter().flat_map(|round| &round.files);
        let open = files
            .clone()
            .find(|f| Some(f.id) == file)
            .or_else(|| files.next())
            .cloned();
        let reading = match &open {
            Some(open) => Some(reading(desk, proof, &view, open).await?),
            None => None,
        };
        let verdicts = Verdict::ALL.map(|v| Choice {
            key: v.key(),
            sign: v.sign(),
        });
        let sheet = Sheet::of(&view.draft, &view.criteria);
        let writing = match view.phase {
            Phase::Write => true,
            Phase::Sent => amend,
            Phase::Closed => false,
        };
        let attachments = desk.office.store.reviewer_attachments(proof).await?;
        Ok(DeskPage {
            waiting: attachments.iter().any(|a| a.state == "waiting"),
            attachments,
            most_attachments: MOST_ATTACHMENTS,
            limit_mb: desk.office.config.max_file_mb,
            desk: view,
            file: open,
            reading,
            sheet,
            writing,
            verdicts: verdicts.into(),
            lacks: Vec::new(),
            slips: Slips::default(),
            elsewhere: None,
        })
    }

    /// The same beside what another window kept.
    pub fn beside(self, elsewhere: ReviewText) -> DeskPage {
        DeskPage {
            elsewhere: Some(elsewhere),
            ..self
        }
    }

    /// The same with what was typed, and what is missing in it.
    pub fn typed(self, sheet: Sheet, lacks: Vec<&'static str>, slips: Slips) -> DeskPage {
        DeskPage {
            sheet,
            lacks,
            slips,
            ..self
        }
    }
}

async fn reading(
    desk: &Desk<'_>,
    proof: &AsReviewer,
    view: &DeskView,
    open: &BlindEntry,
) -> Result<Reading, WebError> {
    let store = &desk.office.store;
    let file = store.reviewer_file(proof, open.id).await?;
    let base = format!("/reviews/{}/files/{}", proof.number(), open.id);
    reading::of(store, &file, &view.facts.lang, base).await
}

#[get("/reviews/<number>?<file>&<amend>")]
pub async fn desk(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    file: Option<i64>,
    amend: Option<&str>,
) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    match store.reviewer_view(&proof).await? {
        ReviewerView::Invitation(view) => desk.show(&proof, &InvitationPage::signed_in(*view)),
        ReviewerView::Desk(view) => {
            let page = DeskPage::of(&desk, &proof, *view, file, amend.is_some()).await?;
            desk.show(&proof, &page)
        }
    }
}

/// The addresses of forms that were shown again lead back to the desk.
#[get("/reviews/<number>/attachments")]
pub async fn from_attachments(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Redirect, WebError> {
    back_to_desk(desk, who, number).await
}

#[get("/reviews/<number>/review")]
pub async fn back_to_desk(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Redirect, WebError> {
    let proof = desk.office.store.reviewer(&who.0, number).await?;
    Ok(Redirect::to(format!("/reviews/{}", proof.number())))
}
