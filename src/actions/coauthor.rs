//! Somebody who was typed in as an author says by the letter's link whether that is right.

use super::{Done, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::person::{Email, Lang};
use crate::domain::stage::Stage;
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsAuthor, AsCoauthor, AsEditor};
use crate::store::case::Case;
use crate::store::outbox::{To, When};

/// Confirms: the person becomes an author of the manuscript. The typed mark stays.
pub async fn confirm(store: &Store, proof: &AsCoauthor, lang: Lang) -> Done {
    let mut case = begin(store.case_as_coauthor(proof).await?, None).await?;
    need(case.stage() != Stage::Draft, Refusal::NotHere)?;
    case.add_coauthor(proof, lang).await?;
    case.record(EventKind::CoauthorConfirmed, "").await?;
    Ok(case.commit().await?)
}

/// Denies: recorded for the office, with what the person says; the manuscript is on hold until the editor-in-chief has
/// seen to it (`RULES.md` 7).
pub async fn deny(store: &Store, proof: &AsCoauthor, note: &str) -> Done {
    let mut case = begin(store.case_as_coauthor(proof).await?, None).await?;
    need(case.stage() != Stage::Draft, Refusal::NotHere)?;
    let said: String = note.trim().chars().take(2000).collect();
    // Who it is stands with the names, which the office opens on the record.
    let mut submission = case.submission()?;
    submission.denied.push(proof.email().to_string());
    case.keep_submission(&submission)?;
    case.record(EventKind::CoauthorDenied, &said).await?;
    case.post(&Letter::CoauthorDenied {}, To::Chief, When::Now)
        .await?;
    if case.stage().is_with_office() {
        // Who denied it, the authors learn from the office, if at all.
        let reason = match case.lang() {
            Lang::Zh => "有列名作者表示自己不是作者，编辑部正在核实。",
            Lang::En => {
                "Somebody named as an author says they are not an author; the office is looking into it."
            }
        };
        super::hold::stop(&mut case, reason).await?;
    }
    Ok(case.commit().await?)
}

/// Asks the co-authors who have not answered once more.
pub async fn ask_again(store: &Store, proof: &AsEditor, version: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(case.stage().is_with_office(), Refusal::NotHere)?;
    need(!unanswered(&case).await?.is_empty(), Refusal::NotHere)?;
    let wait = case.rules().coauthors_confirm;
    case.post(&Letter::ConfirmAuthorship { wait }, To::Coauthors, When::Now)
        .await?;
    case.record(EventKind::CoauthorsAsked, "").await?;
    Ok(case.commit().await?)
}

/// How often a day the authors can have those asked again who have not answered.
const AGAIN_PER_DAY: i32 = 3;

/// One of the authors has the co-authors who have not answered asked once more. Who denies it is not asked, and whoever has
/// the letters sent does not learn that: neither from what happens, nor from what does not.
pub async fn remind(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let day = jiff::SignedDuration::from_hours(24);
    let few = store.within_rate("coauthors", proof.number(), AGAIN_PER_DAY, day);
    need(few.await?, Refusal::Often)?;
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    need(case.stage().is_with_office(), Refusal::NotHere)?;
    let wait = case.rules().coauthors_confirm;
    need(
        wait && !case.silent_coauthors().await?.is_empty(),
        Refusal::NotHere,
    )?;
    if !unanswered(&case).await?.is_empty() {
        case.post(&Letter::ConfirmAuthorship { wait }, To::Coauthors, When::Now)
            .await?;
    }
    case.record(EventKind::CoauthorsAsked, "").await?;
    Ok(case.commit().await?)
}

/// Lets acceptance go on without the word of the co-authors who have not answered: the editor-in-chief's recorded
/// reason, for somebody who has died or cannot be reached.
pub async fn excuse(store: &Store, proof: &AsEditor, version: i64, reason: &str) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    need(proof.roles().chief(), Refusal::ChiefOnly)?;
    need(!reason.trim().is_empty(), Refusal::Reason)?;
    let silent = unanswered(&case).await?;
    need(
        !silent.is_empty() && case.stage().is_with_office(),
        Refusal::NotHere,
    )?;
    let mut submission = case.submission()?;
    let excused = silent
        .iter()
        .map(|email| (email.to_string(), reason.trim().to_owned()));
    submission.excused.extend(excused);
    case.keep_submission(&submission)?;
    case.record(EventKind::CoauthorExcused, reason.trim()).await?;
    Ok(case.commit().await?)
}

/// Who has neither confirmed nor denied, nor was excused. Who denied is asked no more: that name leaves the list by a change
/// of authors.
async fn unanswered(case: &Case<'_>) -> Done<Vec<Email>> {
    let denied = case.submission()?.denied;
    let mut silent = case.silent_coauthors().await?;
    silent.retain(|email| !denied.iter().any(|d| d == email.as_str()));
    Ok(silent)
}
