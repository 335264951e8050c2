//! The invitation, answered by somebody who has signed in.

use rocket::http::CookieJar;
use rocket::response::Redirect;
use rocket::{FromForm, post};
use serde::Serialize;

use crate::actions::Failure;
use crate::actions::answer_invitation::{Answer, answer};
use crate::domain::person::Role;
use crate::store::access::AsReviewer;
use crate::store::read::reviewer::{InvitationView, ReviewerView};
use crate::web::error::{WebError, back_with};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::{SignedIn, set_session};

/// What was typed into the form of a refusal.
#[derive(Clone, Default, FromForm, Serialize)]
pub struct Refusing {
    #[field(default = String::new())]
    pub reason: String,
    #[field(default = String::new())]
    pub suggestion: String,
    #[field(default = String::new())]
    pub conflict: String,
}

impl Refusing {
    /// The answer that the form gives.
    pub fn answer(&self) -> Answer {
        let cut = |text: &str| text.trim().chars().take(2000).collect();
        Answer::Decline {
            reason: cut(&self.reason),
            suggestion: cut(&self.suggestion),
            conflict: !self.conflict.is_empty(),
        }
    }
}

/// The invitation's page, for somebody who has signed in and for the holder of the letter's link.
#[derive(Serialize)]
pub struct InvitationPage {
    invitation: InvitationView,
    accept_to: String,
    refuse_to: String,
    by_link: bool,
    tick: bool,
}

impl View for InvitationPage {
    type Audience = AsReviewer;
    const TEMPLATE: &'static str = "reviewer/invitation.html";
}

impl InvitationPage {
    /// The page whose forms are posted under the manuscript's address.
    pub fn signed_in(invitation: InvitationView) -> Self {
        let base = format!("/reviews/{}", invitation.facts.number);
        InvitationPage {
            accept_to: format!("{base}/acceptance"),
            refuse_to: format!("{base}/refusal"),
            invitation,
            by_link: false,
            tick: false,
        }
    }

    /// The page whose forms are posted to the link.
    pub fn by_link(invitation: InvitationView, token: &str) -> Self {
        InvitationPage {
            accept_to: format!("/invitation/{token}"),
            refuse_to: format!("/invitation/{token}"),
            invitation,
            by_link: true,
            tick: false,
        }
    }

    /// The same with word that the declaration was not ticked.
    pub fn untick(self) -> Self {
        InvitationPage { tick: true, ..self }
    }
}

/// The form of an acceptance.
#[derive(FromForm)]
pub struct Accepting {
    #[field(default = String::new())]
    pub no_conflict: String,
}

/// What the answer to a form is: another page, or the same again.
pub type Shown = Result<Result<Redirect, Page>, WebError>;

#[post("/reviews/<number>/acceptance", data = "<form>")]
pub async fn accept(
    desk: Desk<'_>,
    who: SignedIn,
    jar: &CookieJar<'_>,
    number: &str,
    form: Posted<Accepting>,
) -> Shown {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    let page = format!("/reviews/{number}");
    if form.0.no_conflict.is_empty() {
        return match store.reviewer_view(&proof).await? {
            ReviewerView::Invitation(view) => {
                let again = InvitationPage::signed_in(*view).untick();
                Ok(Err(desk.show_again(&proof, &again)?))
            }
            ReviewerView::Desk(_) => Ok(Ok(Redirect::to(page))),
        };
    }
    match answer(store, &proof, Answer::Accept { no_conflict: true }).await {
        Ok(()) => {
            // Whoever joins the pool by this has one part more: the session goes on under a new token.
            if !who.0.roles().has(Role::Reviewer) {
                let token = store.renew_session(&who.0, false).await?;
                set_session(jar, token, desk.office.config.secure());
            }
            Ok(Ok(Redirect::to(format!("{page}?done=invitation-accepted"))))
        }
        Err(failure) => Ok(Ok(back_with(page, failure)?)),
    }
}

#[post("/reviews/<number>/refusal", data = "<form>")]
pub async fn refuse(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Refusing>,
) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    let proof = store.reviewer(&who.0, number).await?;
    match answer(store, &proof, form.0.answer()).await {
        Ok(()) => Ok(Redirect::to("/reviews?done=invitation-refused")),
        Err(Failure::NotFound) => Err(WebError::NotFound),
        Err(failure) => {
            let typed = [form.0.reason.as_str(), &form.0.suggestion];
            Err(crate::web::error::keep("/reviews", &typed, failure))
        }
    }
}
