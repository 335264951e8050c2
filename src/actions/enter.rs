//! The office enters a manuscript under way for its author (`RULES.md` 7): it stands where it stood, its window runs by
//! its true dates, and the author takes it over by the letter's link.

use super::files::{What, add_for, recognise};
use super::{Done, Failure, Refusal, begin, need};
use crate::domain::decision::{DecisionKind, DecisionText, Point};
use crate::domain::entering::Entry;
use crate::domain::event::EventKind;
use crate::domain::person::Email;
use crate::domain::stage::Stage;
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsDecider, AsEditor};
use crate::store::blobs::Taken;
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// Enters a manuscript; returns the number that it has here.
pub async fn enter(store: &Store, proof: &AsDecider, entry: &Entry) -> Done<String> {
    let rules = store.rules();
    let lacks = entry.lacks(&rules, store.clock.now());
    need(lacks.is_empty(), Refusal::Entry(lacks))?;
    let missing = entry.missing(&rules, &store.pages());
    need(missing.is_empty(), Refusal::Missing(missing))?;
    let (Some(running), Some(stage), Some(received)) = (entry.running(&rules), entry.stage, entry.received)
    else {
        return Err(Refusal::NotHere.into());
    };
    let case = store.case_of_entry(proof, entry).await?;
    let mut case = case.ok_or(Failure::Refused(Refusal::Once))?;
    case.keep_submission(&entry.submission)?;
    concern(&mut case, entry).await?;
    let received = received
        .to_zoned(rules.zone())
        .map_or(running.opens, |at| at.timestamp());
    case.enter_at(stage, received, &running).await?;
    if stage == Stage::Revising {
        case.keep_received(DecisionKind::AskRevision, &asked(entry), running.opens)
            .await?;
    }
    let note = format!("{} {}", stage.key(), entry.former);
    case.record(EventKind::Entered, &note).await?;
    // Screening waits for whoever takes it; what is further on is in the hands of whoever entered it.
    if stage != Stage::Screening {
        let own = proof.who().account();
        need(case.hand_to(own).await?, Refusal::CannotHandle)?;
    }
    tell(&mut case, entry).await?;
    let number = case.number().to_owned();
    case.commit().await?;
    Ok(number)
}

/// Blinds the texts, marks the authors, sees that somebody is left who may deal with it.
async fn concern(case: &mut Case<'_>, entry: &Entry) -> Done {
    super::submit::blind_again(case, &entry.submission).await?;
    case.set_trial(&super::trial::shown(&entry.submission));
    let emails: Vec<Email> = entry
        .submission
        .authors
        .iter()
        .filter_map(|a| Email::parse(&a.email))
        .collect();
    case.mark_typed(&emails).await?;
    need(case.actor_may_edit().await?, Refusal::OwnManuscript)?;
    need(case.has_chief().await?, Refusal::NeedsGuest)
}

/// The decision that the author answers, as it was sent elsewhere.
fn asked(entry: &Entry) -> DecisionText {
    let texts = entry.points.iter().map(|p| p.trim()).filter(|p| !p.is_empty());
    let point = |(i, text): (usize, &str)| Point {
        number: i as u32 + 1,
        label: None,
        text: text.to_owned(),
    };
    DecisionText {
        message: entry.message.trim().to_owned(),
        points: texts.enumerate().map(point).collect(),
        ..DecisionText::default()
    }
}

/// Corresponding authors get a link by which they take it over, the others are asked whether they are authors.
async fn tell(case: &mut Case<'_>, entry: &Entry) -> Done {
    let letter = Letter::Entered {
        former: entry.former.clone(),
    };
    case.post(&letter, To::TakeOver, When::Now).await?;
    let wait = case.rules().coauthors_confirm;
    case.post(&Letter::ConfirmAuthorship { wait }, To::OtherCoauthors, When::Now)
        .await?;
    if case.find_kin().await? > 0 {
        case.record(EventKind::KinFound, "").await?;
        case.post(&Letter::KinFound {}, To::Office, When::Now).await?;
    }
    Ok(())
}

/// Adds a file that was taken in to an entered manuscript; it goes through the stripper like any other.
pub async fn add_file(
    store: &Store,
    proof: &AsEditor,
    what: &What,
    taken: &Taken,
    original_name: &str,
) -> Done<i64> {
    let result = add_inner(store, proof, what, taken, original_name).await;
    if result.is_err() {
        store.blobs.remove(&taken.name);
    }
    result
}

async fn add_inner(
    store: &Store,
    proof: &AsEditor,
    what: &What,
    taken: &Taken,
    original_name: &str,
) -> Done<i64> {
    let case = entry_case(store, proof).await?;
    let round = case.round();
    let format = recognise(store, what.role, taken)?;
    add_for(case, round, what, taken, &format, original_name).await
}

/// Takes a file of an entered manuscript away.
pub async fn remove_file(store: &Store, proof: &AsEditor, file: i64) -> Done {
    let case = entry_case(store, proof).await?;
    let round = case.round();
    let gone = case
        .remove_file(file, round, None)
        .await?
        .ok_or(Failure::NotFound)?;
    case.commit().await?;
    gone.iter().for_each(|blob| store.blobs.remove(blob));
    Ok(())
}

/// Settles a finding in the place of the author, who may not have taken it over yet: kept as no identity, or its words
/// removed and the file stripped again.
pub async fn settle_finding(store: &Store, proof: &AsEditor, file: i64, key: &str, keep: bool) -> Done {
    let case = entry_case(store, proof).await?;
    let own = (case.round(), None);
    need(case.settle_finding(file, own, key, keep).await?, Refusal::NotHere)?;
    Ok(case.commit().await?)
}

async fn entry_case<'s>(store: &'s Store, proof: &AsEditor) -> Done<Case<'s>> {
    let case = begin(store.case_as_editor(proof).await?, None).await?;
    need(case.entry_open().await?, Refusal::NotHere)?;
    Ok(case)
}
