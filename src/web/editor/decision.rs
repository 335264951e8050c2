//! Decisions in three steps: write, read the letter as the author will, confirm what will happen and to whom.

use rocket::response::Redirect;
use rocket::{Either, FromForm, get, post};
use serde::Serialize;

use super::decision_form::{DecisionForm, Offer, field, offers};
use super::{editor, place};
use crate::actions::trial::{self, Standing};
use crate::actions::{Failure, Refusal, decide as act};
use crate::store::access::{AsEditor, Who};
use crate::store::read::editor::{Head, PastDecision};
use crate::web::error::{WebError, refusal_key, then, then_keep};
use crate::web::form::Posted;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;
use crate::web::slips::{Slips, identity_of};

#[derive(Serialize)]
struct Decision {
    head: Head,
    tab: &'static str,
    offers: Vec<Offer>,
    any: bool,
    typed: DecisionForm,
    hurdles: Vec<Standing>,
    past: Vec<PastDecision>,
    few: bool,
    wanted: u32,
    undo_minutes: u32,
    wrong: String,
    /// The words by which a text names a reviewer, if that is wrong with it.
    named: String,
    /// The id of the field that is wrong.
    field: String,
}

impl View for Decision {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/decision.html";
}

async fn view(
    desk: &Desk<'_>,
    proof: &AsEditor,
    typed: Option<DecisionForm>,
    refused: Option<&Refusal>,
) -> Result<Decision, WebError> {
    let store = &desk.office.store;
    let head = store.editor_head(proof).await?;
    let hurdles = trial::standing(store, proof).await?;
    let allows = hurdles.iter().all(|h| h.settled.is_some());
    let agree = store.editor_silent_coauthors(proof).await? == 0;
    let offers = offers(&head, proof.roles(), (allows, agree), &store.rules());
    let mut typed = match typed {
        Some(typed) => typed,
        None => DecisionForm::fresh(head.version, store.editor_suggestions(proof).await?),
    };
    // After a refusal for a version that is gone, the page shows the present state, and the form speaks of it.
    typed.version = head.version;
    let named = match refused {
        Some(Refusal::NamesSomebody(words)) if !words.is_empty() => Some(words.clone()),
        _ => None,
    };
    Ok(Decision {
        tab: "decision",
        any: offers.iter().any(|o| o.possible),
        few: head.stage == "in-review" && head.reviews_now < store.rules().reviews_wanted,
        wanted: store.rules().reviews_wanted,
        undo_minutes: store.rules().undo_minutes,
        past: store.editor_decisions(proof).await?,
        wrong: match (refused, &named) {
            (None, _) => String::new(),
            (Some(_), Some(_)) => "problem-names-whom".to_owned(),
            (Some(refusal), None) => format!("problem-{}", refusal_key(refusal)),
        },
        field: refused.map_or_else(|| "kinds".to_owned(), |refusal| field(refusal, &typed)),
        named: named.unwrap_or_default(),
        head,
        offers,
        typed,
        hurdles,
    })
}

/// The desk.
#[get("/office/manuscripts/<number>/decision")]
pub async fn show(desk: Desk<'_>, who: SignedIn, number: &str) -> Result<Page, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let view = view(&desk, &proof, None, None).await?;
    desk.show(&proof, &view)
}

#[derive(Serialize)]
struct LetterShown {
    lang: &'static str,
    subject: String,
    text: String,
}

#[derive(Serialize)]
struct Preview {
    head: Head,
    typed: DecisionForm,
    letters: Vec<LetterShown>,
    recipients: usize,
    /// `preview` or `confirm`.
    step: &'static str,
    undo_minutes: u32,
    /// Whether reviewers hear of it.
    reviewers_hear: bool,
    outcome_told: bool,
    /// What the letter says of the editor.
    slips: Slips,
}

impl View for Preview {
    type Audience = AsEditor;
    const TEMPLATE: &'static str = "editor/preview.html";
}

/// The next step of a decision; a refusal leads back to the form with everything that was typed.
#[post("/office/manuscripts/<number>/decision", data = "<form>")]
pub async fn decide(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<DecisionForm>,
) -> Result<Either<Page, Redirect>, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let form = form.0;
    match step(&desk, (&who.0, &proof), &form).await {
        Ok(Some(answer)) => Ok(answer),
        Ok(None) => {
            let view = view(&desk, &proof, Some(form), None).await?;
            desk.show(&proof, &view).map(Either::Left)
        }
        Err(Failure::Refused(refusal)) => {
            let view = view(&desk, &proof, Some(form), Some(&refusal)).await?;
            desk.show_again(&proof, &view).map(Either::Left)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Takes one step: none is the form again.
async fn step(
    desk: &Desk<'_>,
    (who, proof): (&Who, &AsEditor),
    form: &DecisionForm,
) -> Result<Option<Either<Page, Redirect>>, Failure> {
    let store = &desk.office.store;
    let kind = match (form.step.as_str(), form.kind()) {
        ("preview" | "confirm" | "decide", None) => return Err(Refusal::NotHere.into()),
        ("preview" | "confirm" | "decide", Some(kind)) => kind,
        _ => return Ok(None),
    };
    let text = form.text(kind);
    if form.step == "decide" {
        act::decide(store, proof, form.version, kind, text).await?;
        let to = format!("{}?done=office-decided", place(proof, "/decision"));
        return Ok(Some(Either::Right(Redirect::to(to))));
    }
    let preview = act::preview(store, proof, form.version, kind, text.clone()).await?;
    let head = store.editor_head(proof).await?;
    let reviewed = matches!(head.stage.as_str(), "in-review" | "re-review");
    let view = Preview {
        typed: form.clone(),
        letters: preview
            .letters
            .into_iter()
            .map(|(lang, rendered)| LetterShown {
                lang: lang.tag(),
                subject: rendered.subject,
                text: rendered.text,
            })
            .collect(),
        recipients: preview.recipients,
        step: if form.step == "confirm" {
            "confirm"
        } else {
            "preview"
        },
        undo_minutes: store.rules().undo_minutes,
        reviewers_hear: reviewed && head.assignments > 0,
        outcome_told: store.rules().tell_outcome,
        slips: {
            let texts = text.points.iter().map(|point| point.text.as_str());
            let texts = texts
                .chain([text.message.as_str()])
                .chain(text.items.iter().map(String::as_str));
            Slips::of(texts, &identity_of(who))
        },
        head,
    };
    match desk.show(proof, &view) {
        Ok(page) => Ok(Some(Either::Left(page))),
        Err(_) => Err(Failure::Fault(crate::store::Fault::Letter("preview".into()))),
    }
}

#[derive(FromForm)]
pub struct Undo {
    #[field(default = 0)]
    version: i64,
}

/// Takes a pending decision back.
#[post("/office/manuscripts/<number>/decision/undo", data = "<form>")]
pub async fn undo(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Undo>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let done = act::undo(&desk.office.store, &proof, form.0.version).await;
    then(&place(&proof, "/decision"), "office-undone", done)
}

#[derive(FromForm)]
pub struct Hurdle {
    #[field(default = 0)]
    version: i64,
    #[field(default = String::new())]
    gate: String,
    #[field(default = String::new())]
    reason: String,
}

/// Settles what stands in the way of acceptance because of the trial, with a recorded reason.
#[post("/office/manuscripts/<number>/trial", data = "<form>")]
pub async fn settle_hurdle(
    desk: Desk<'_>,
    who: SignedIn,
    number: &str,
    form: Posted<Hurdle>,
) -> Result<Redirect, WebError> {
    let proof = editor(&desk, &who.0, number).await?;
    let form = form.0;
    let store = &desk.office.store;
    let done = trial::settle_hurdle(store, &proof, form.version, &form.gate, &form.reason).await;
    then_keep(&place(&proof, "/decision"), "office-trial", &[&form.reason], done)
}
