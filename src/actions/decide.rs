//! An editor decides. The decision waits with its letter; it can be taken back until the letter goes.

use jiff::SignedDuration;

use super::{Done, Failure, Refusal, begin, names_nobody, need};
use crate::domain::decision::{Circumstances, DecisionKind, DecisionText, check};
use crate::domain::event::EventKind;
use crate::domain::person::Lang;
use crate::domain::window::{Length, WindowKind, due, last_day};
use crate::letters::{Letter, PointLine, Rendered};
use crate::store::Store;
use crate::store::access::AsEditor;
use crate::store::case::Case;

/// Stores a pending decision and its letter.
pub async fn decide(
    store: &Store,
    proof: &AsEditor,
    version: i64,
    kind: DecisionKind,
    mut text: DecisionText,
) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    examine(&case, proof, kind, &mut text).await?;
    let send_at = case.now() + SignedDuration::from_mins(i64::from(case.rules().undo_minutes));
    let letter = letter(&case, kind, &text);
    let id = case.keep_decision(kind, &text, send_at).await?;
    case.post_decision(&letter, id, send_at).await?;
    case.record(EventKind::Decided, kind.key()).await?;
    Ok(case.commit().await?)
}

/// Whether the decision can be made now, with its text put in order.
async fn examine(case: &Case<'_>, proof: &AsEditor, kind: DecisionKind, text: &mut DecisionText) -> Done {
    need(case.pending().await?.is_none(), Refusal::Pending)?;
    tidy(text);
    let now = Circumstances {
        stage: case.stage(),
        handled: case.handled().await?,
        reviews: case.tally().await?.reviews,
        trial_allows: super::trial::unsettled(&case.submission()?).is_empty(),
        authors_agree: kind != DecisionKind::Accept || authors_agree(case).await?,
        held: case.held(),
    };
    check(kind, proof.roles(), now, text, case.rules())
        .map_err(|r| Failure::Refused(Refusal::Decision(r)))?;
    // The letter would be held; the page that shows the same words must not be the leak.
    let said: Vec<&str> = [text.message.as_str()]
        .into_iter()
        .chain(text.items.iter().map(String::as_str))
        .chain(text.points.iter().map(|p| p.text.as_str()))
        .collect();
    names_nobody(case, &said.join("\n")).await
}

/// Whether acceptance need not wait for an author's word. Who denies authorship stops it in any case (`RULES.md` 7).
async fn authors_agree(case: &Case<'_>) -> Done<bool> {
    let silent = case.silent_coauthors().await?;
    let denied = case.submission()?.denied;
    let denies = silent
        .iter()
        .any(|email| denied.iter().any(|d| d == email.as_str()));
    Ok(!denies && (silent.is_empty() || !case.rules().coauthors_confirm))
}

/// A decision's letter before it is decided.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The letter in each language in which somebody gets it, with a placeholder for the recipient's name.
    pub letters: Vec<(Lang, Rendered)>,
    /// How many people get it.
    pub recipients: usize,
}

/// Shows the letter exactly as its recipients would get it; refused where the decision would be.
pub async fn preview(
    store: &Store,
    proof: &AsEditor,
    version: i64,
    kind: DecisionKind,
    mut text: DecisionText,
) -> Done<Preview> {
    let case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    examine(&case, proof, kind, &mut text).await?;
    let letter = letter(&case, kind, &text);
    let langs = case.languages_of_authors(&letter).await?;
    let mut letters = Vec::new();
    for lang in Lang::ALL.into_iter().filter(|lang| langs.contains(lang)) {
        let name = match lang {
            Lang::Zh => "［作者姓名］",
            Lang::En => "[author’s name]",
        };
        letters.push((lang, case.preview(&letter, lang, name)?));
    }
    case.abandon().await?;
    Ok(Preview {
        letters,
        recipients: langs.len(),
    })
}

/// Takes a pending decision back while its letter has not gone.
pub async fn undo(store: &Store, proof: &AsEditor, version: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    let pending = case.pending().await?.ok_or(Failure::Refused(Refusal::Gone))?;
    let own = pending.kind == DecisionKind::ReturnForCompletion;
    need(proof.roles().decides() || own, Refusal::NotYours)?;
    need(case.take_back_letters(pending.id).await?, Refusal::Gone)?;
    need(case.close_decision(pending.id, "undone").await?, Refusal::Gone)?;
    case.record(EventKind::DecisionUndone, pending.kind.key()).await?;
    Ok(case.commit().await?)
}

fn tidy(text: &mut DecisionText) {
    text.items.retain(|item| !item.trim().is_empty());
    text.points.retain(|point| !point.text.trim().is_empty());
    for (i, point) in text.points.iter_mut().enumerate() {
        point.number = i as u32 + 1;
    }
}

/// The letter of a decision. Its dates assume that it is received on the day it goes; the page shows the true ones.
pub fn letter(case: &Case<'_>, kind: DecisionKind, text: &DecisionText) -> Letter {
    let message = text.message.trim().to_owned();
    let points: Vec<PointLine> = text.points.iter().map(PointLine::from).collect();
    let day = |length: Length| last_day(due(case.now(), length, case.rules()), case.rules());
    let of = |kind: WindowKind| day(kind.length(case.rules()));
    match kind {
        DecisionKind::ReturnForCompletion => Letter::Returned {
            items: text.items.clone(),
            message,
            due: of(WindowKind::Completion),
        },
        DecisionKind::SendToReview => Letter::ScreeningPassed { message },
        DecisionKind::AskRevision => Letter::RevisionAsked {
            message,
            points,
            due: of(WindowKind::Revision),
        },
        DecisionKind::Accept => Letter::Accepted { message },
        DecisionKind::Decline => Letter::Declined {
            message,
            points,
            appeal_until: of(WindowKind::Appeal),
        },
        DecisionKind::Rescind => Letter::Rescinded { message },
    }
}
