//! The invitation, answered from the letter's link without an account. Looking at it changes nothing: mail
//! scanners follow links.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, get, post};
use serde::Serialize;

use super::invitation::{InvitationPage, Refusing, Shown};
use crate::actions::answer_invitation::{Answer, answer as give};
use crate::actions::sign_in::Asker;
use crate::actions::{Done, Failure};
use crate::store::access::{AsReviewer, Denied};
use crate::store::links::Link;
use crate::store::read::reviewer::ReviewerView;
use crate::web::error::WebError;
use crate::web::form::Posted;
use crate::web::page::{Anyone, Desk, Page, View};
use crate::web::session::enter;

/// A page of a link with nothing to answer on it: `gone`, `accepted`, `refused`, `confirmed`, `denied`.
#[derive(Serialize)]
pub struct LinkPage {
    what: &'static str,
}

impl View for LinkPage {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "reviewer/link.html";
}

/// Says what became of a link.
pub fn said(desk: &Desk<'_>, what: &'static str) -> Result<Page, WebError> {
    let status = match what {
        "gone" => Status::NotFound,
        "other" => Status::Conflict,
        _ => Status::Ok,
    };
    desk.render(LinkPage::TEMPLATE, &LinkPage { what }, status)
}

/// Whether a link was sent to somebody else than the person who has signed in here.
pub async fn of_another(desk: &Desk<'_>, token: &str) -> Result<bool, WebError> {
    let Some(who) = &desk.visitor.who else {
        return Ok(false);
    };
    let link = desk.office.store.look_at_link(token).await?;
    Ok(link.is_some_and(|link| !link.body.is_for(who)))
}

/// The unspent link of a token with the proof that it gives; None if it gives none, for whatever reason.
async fn look(desk: &Desk<'_>, token: &str) -> Result<Option<(Link, AsReviewer)>, WebError> {
    let store = &desk.office.store;
    let Some(link) = store.look_at_link(token).await? else {
        return Ok(None);
    };
    match store.reviewer_by_link(&link).await {
        Ok(proof) => Ok(Some((link, proof))),
        Err(Denied::NotFound) => Ok(None),
        Err(Denied::Fault(fault)) => Err(fault.into()),
    }
}

#[get("/invitation/<token>")]
pub async fn invitation(desk: Desk<'_>, token: &str) -> Result<Page, WebError> {
    if of_another(&desk, token).await? {
        return said(&desk, "other");
    }
    let Some((_, proof)) = look(&desk, token).await? else {
        return said(&desk, "gone");
    };
    match desk.office.store.reviewer_view(&proof).await? {
        ReviewerView::Invitation(view) => desk.show(&proof, &InvitationPage::by_link(*view, token)),
        ReviewerView::Desk(_) => said(&desk, "accepted"),
    }
}

/// The answer that the link's page posts.
#[derive(FromForm)]
pub struct Answering {
    #[field(default = String::new())]
    answer: String,
    #[field(default = String::new())]
    no_conflict: String,
    #[field(default = String::new())]
    reason: String,
    #[field(default = String::new())]
    suggestion: String,
    #[field(default = String::new())]
    conflict: String,
}

#[post("/invitation/<token>", data = "<form>")]
pub async fn answer(
    desk: Desk<'_>,
    jar: &CookieJar<'_>,
    asker: Asker,
    token: &str,
    form: Posted<Answering>,
) -> Shown {
    if of_another(&desk, token).await? {
        return Ok(Err(said(&desk, "other")?));
    }
    let Some((link, proof)) = look(&desk, token).await? else {
        return Ok(Err(said(&desk, "gone")?));
    };
    let form = form.0;
    match form.answer.as_str() {
        "decline" => {
            let refusing = Refusing {
                reason: form.reason,
                suggestion: form.suggestion,
                conflict: form.conflict,
            };
            let done = give(&desk.office.store, &proof, refusing.answer()).await;
            Ok(Err(refused(&desk, &link, done).await?))
        }
        "accept" if !form.no_conflict.is_empty() => accept(&desk, jar, &asker, &link, &proof).await,
        _ => Ok(Err(again(&desk, &proof, token).await?)),
    }
}

async fn again(desk: &Desk<'_>, proof: &AsReviewer, token: &str) -> Result<Page, WebError> {
    match desk.office.store.reviewer_view(proof).await? {
        ReviewerView::Invitation(view) => {
            desk.show_again(proof, &InvitationPage::by_link(*view, token).untick())
        }
        ReviewerView::Desk(_) => said(desk, "accepted"),
    }
}

async fn refused(desk: &Desk<'_>, link: &Link, done: Done) -> Result<Page, WebError> {
    match done {
        Ok(()) => {
            desk.office.store.spend_link(link).await?;
            said(desk, "refused")
        }
        Err(Failure::Refused(_)) => said(desk, "gone"),
        Err(failure) => Err(failure.into()),
    }
}

/// Accepts, spends the link, and begins a session for exactly one caller. Where there is no password yet, the
/// page to set one comes first.
async fn accept(
    desk: &Desk<'_>,
    jar: &CookieJar<'_>,
    asker: &Asker,
    link: &Link,
    proof: &AsReviewer,
) -> Shown {
    let store = &desk.office.store;
    match give(store, proof, Answer::Accept { no_conflict: true }).await {
        Ok(()) => {}
        Err(Failure::Refused(_)) => return Ok(Err(said(desk, "gone")?)),
        Err(failure) => return Err(failure.into()),
    }
    if !store.spend_link(link).await? {
        return Ok(Err(said(desk, "accepted")?));
    }
    // The link is months old at times. It begins a session of somebody who can do no more than review and write; whoever is
    // of the office, has a second step, or has a password and has revoked everything since, signs in.
    if store.wants_sign_in(proof.account(), link.revoked).await? {
        let page = format!(
            "/sign-in?next=/reviews/{}&done=invitation-accepted",
            proof.number()
        );
        return Ok(Ok(Redirect::to(page)));
    }
    let token = store.begin_session(proof.account(), &asker.agent).await?;
    let who = enter(desk.office, &desk.visitor, jar, token).await?;
    let known = store.credentials(who.email()).await?;
    Ok(Ok(Redirect::to(match known.and_then(|found| found.password) {
        None => format!(
            "/account/password?done=accepted-by-link&next=/reviews/{}",
            proof.number()
        ),
        Some(_) => format!("/reviews/{}?done=invitation-accepted", proof.number()),
    })))
}
