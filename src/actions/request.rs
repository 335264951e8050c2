//! The author asks the office for something that is the office's to give; somebody of the office answers.

use jiff::SignedDuration;

use super::settle::step;
use super::{Done, Failure, Refusal, begin, names_nobody, need};
use crate::domain::event::EventKind;
use crate::domain::request::{RequestBody, RequestKind, may_answer};
use crate::domain::stage::Step;
use crate::domain::window::{Length, WindowKind, due, last_day};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsAuthor, AsEditor};
use crate::store::case::Case;
use crate::store::outbox::{To, When};
use crate::store::requests::Request;

/// The longest extension that can be asked for, in days.
pub const MOST_DAYS: u32 = 180;

/// Asks for more time, appeals, or asks leave to withdraw; a change of authors has its own action.
pub async fn ask(
    store: &Store,
    proof: &AsAuthor,
    version: i64,
    kind: RequestKind,
    text: &str,
    days: u32,
) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    need(kind != RequestKind::Authors, Refusal::NotHere)?;
    need(case.may_ask(kind).await?, Refusal::NotHere)?;
    need(!text.trim().is_empty(), Refusal::Reason)?;
    let wants_days = kind == RequestKind::Extension;
    need(!wants_days || (1..=MOST_DAYS).contains(&days), Refusal::Days)?;
    let body = RequestBody {
        text: text.trim().to_owned(),
        days: if wants_days { days } else { 0 },
        ..RequestBody::default()
    };
    case.ask(kind, body).await?;
    case.record(EventKind::RequestAsked, kind.key()).await?;
    let to = match kind {
        RequestKind::Extension | RequestKind::Authors => To::Office,
        RequestKind::Appeal | RequestKind::Withdrawal => To::Chief,
    };
    case.post(&Letter::RequestIn { request: kind.key() }, to, When::Now)
        .await?;
    Ok(case.commit().await?)
}

/// Answers an open request.
pub async fn answer(
    store: &Store,
    proof: &AsEditor,
    version: i64,
    request: i64,
    grant: bool,
    text: &str,
    days: u32,
) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    let request = case
        .open_request(request)
        .await?
        .ok_or(Failure::Refused(Refusal::NotHere))?;
    let decided = case.last_decider().await? == Some(proof.account());
    let may = may_answer(request.kind, proof.roles(), proof.handling(), decided);
    need(may, Refusal::NotYours)?;
    // Who is to be an author has no say as an editor.
    let own = case.own_address().await?;
    let listed = request
        .body
        .authors
        .iter()
        .any(|a| a.email.trim().eq_ignore_ascii_case(&own));
    need(!listed, Refusal::NotYours)?;
    let text = text.trim();
    // A refusal is explained; what is granted may speak for itself.
    need(grant || !text.is_empty(), Refusal::Reason)?;
    names_nobody(&case, text).await?;
    let state = if grant { "granted" } else { "refused" };
    // Why somebody's word was not waited for is the office's.
    let silent = !request.body.waiting(&case.submission()?.authors).is_empty();
    let said = match request.kind {
        RequestKind::Authors if grant && silent => "",
        _ => text,
    };
    if grant {
        match request.kind {
            RequestKind::Extension => extend(&mut case, days, text).await?,
            RequestKind::Appeal => hear_again(&mut case, text).await?,
            RequestKind::Withdrawal => let_go(&mut case, &request, text).await?,
            RequestKind::Authors => super::authors::change(&mut case, proof, &request, text).await?,
        }
        case.record(EventKind::RequestGranted, request.kind.key()).await?;
    } else {
        case.record(
            EventKind::RequestRefused,
            &format!("{}: {text}", request.kind.key()),
        )
        .await?;
        let letter = Letter::RequestRefused {
            request: request.kind.key(),
            message: text.to_owned(),
        };
        case.post(&letter, To::Authors, When::Now).await?;
    }
    let granted = if grant && request.kind == RequestKind::Extension {
        days
    } else {
        0
    };
    case.answer_with_days(&request, state, said, granted).await?;
    Ok(case.commit().await?)
}

/// How often requests about a manuscript can be taken back in a day, and so asked anew: each time the forms that the office
/// has open go stale.
const BACK_PER_DAY: i32 = 3;

/// The author takes a request back that nobody has answered.
pub async fn take_back(store: &Store, proof: &AsAuthor, version: i64, kind: RequestKind) -> Done {
    let few = store.within_rate(
        "taken-back",
        proof.number(),
        BACK_PER_DAY,
        SignedDuration::from_hours(24),
    );
    need(few.await?, Refusal::Often)?;
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    let open = case.requests().await?;
    let open = open.iter().any(|r| r.kind == kind && r.state == "open");
    need(open, Refusal::NotHere)?;
    case.void_requests(&[kind]).await?;
    case.record(EventKind::RequestTakenBack, kind.key()).await?;
    Ok(case.commit().await?)
}

async fn extend(case: &mut Case<'_>, days: u32, reason: &str) -> Done {
    need((1..=366).contains(&days), Refusal::Days)?;
    let window = case
        .window(WindowKind::Revision)
        .await?
        .ok_or(Failure::Refused(Refusal::TooLate))?;
    let last = window.due - SignedDuration::from_micros(1);
    let closes = due(last, Length::Days(days), case.rules());
    case.extend(&window, closes).await?;
    let (due, reason) = (last_day(closes, case.rules()), reason.to_owned());
    case.record(EventKind::Extended, &format!("revision {due}: {reason}"))
        .await?;
    Ok(case
        .post(&Letter::Extended { due, reason }, To::Authors, When::Now)
        .await?)
}

/// The appeal is granted: the manuscript goes to review again.
async fn hear_again(case: &mut Case<'_>, message: &str) -> Done {
    step(case, Step::GrantAppeal)?;
    case.end_windows().await?;
    let wanted = case.rules().reviews_wanted;
    if case.tally().await?.reviews >= wanted {
        case.open_window(WindowKind::Decision, None).await?;
    } else if super::revise::ask_again(case).await? < wanted {
        // The same reviewers first, as after a revision.
        case.open_window(WindowKind::FindReviewers, None).await?;
    }
    let message = message.to_owned();
    Ok(case
        .post(&Letter::AppealGranted { message }, To::Authors, When::Now)
        .await?)
}

async fn let_go(case: &mut Case<'_>, request: &Request, message: &str) -> Done {
    let from = case.stage();
    step(case, Step::GrantWithdrawal)?;
    super::withdraw::void_pending(case).await?;
    case.end_windows().await?;
    super::withdraw::dismiss(case, from).await?;
    case.record(EventKind::Withdrawn, &request.body.text).await?;
    let message = message.to_owned();
    case.post(&Letter::WithdrawalGranted { message }, To::Authors, When::Now)
        .await?;
    let reason = request.body.text.clone();
    Ok(case
        .post(&Letter::WithdrawnOffice { reason }, To::Office, When::Now)
        .await?)
}

/// Asks the author, by one letter, whether a released manuscript is still offered here (`RULES.md` 2).
pub async fn ask_reaffirmation(store: &Store, proof: &AsEditor, version: i64) -> Done {
    let mut case = begin(store.case_as_editor(proof).await?, Some(version)).await?;
    let window = case.window(WindowKind::Reaffirmation).await?;
    let window = window.ok_or(Failure::Refused(Refusal::NotHere))?;
    let asked = case.happened_since_stage(EventKind::ReaffirmationAsked).await?;
    need(!asked, Refusal::Once)?;
    case.record(EventKind::ReaffirmationAsked, "").await?;
    let due = last_day(window.due, case.rules());
    case.post(&Letter::AskReaffirmation { due }, To::Authors, When::Now)
        .await?;
    Ok(case.commit().await?)
}
