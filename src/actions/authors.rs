//! The authors change, or their order, or who corresponds: all old and new authors agree, then the editor does; files
//! are stripped again with the new terms, conflicts are looked at again, windows go on (`RULES.md` 5).

use super::{Done, Failure, Refusal, begin, need};
use crate::domain::event::EventKind;
use crate::domain::manuscript::{AuthorEntry, joint_first_in_order};
use crate::domain::person::Email;
use crate::domain::request::{RequestBody, RequestKind};
use crate::letters::Letter;
use crate::store::Store;
use crate::store::access::{AsAuthor, AsConcerned, AsEditor};
use crate::store::case::Case;
use crate::store::outbox::{To, When};
use crate::store::requests::Request;

/// Proposes another list of authors. Whoever proposes it has agreed to it; the others are asked by letter.
pub async fn propose(
    store: &Store,
    proof: &AsAuthor,
    version: i64,
    authors: Vec<AuthorEntry>,
    text: &str,
) -> Done {
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    need(case.may_ask(RequestKind::Authors).await?, Refusal::NotHere)?;
    need(!text.trim().is_empty(), Refusal::Reason)?;
    let before = case.submission()?.authors;
    need(authors != before, Refusal::NoChange)?;
    let whole = |a: &AuthorEntry| {
        Email::parse(&a.email).is_some()
            && !(a.native_name.trim().is_empty() && a.latin_name.trim().is_empty())
    };
    let named = !authors.is_empty() && authors.iter().all(whole);
    let listed = authors.iter().any(|a| a.corresponding) && joint_first_in_order(&authors);
    need(named && listed, Refusal::Authors)?;
    let mut body = RequestBody {
        text: text.trim().to_owned(),
        authors,
        ..RequestBody::default()
    };
    body.agreed.push(case.own_address().await?);
    let waiting = body.waiting(&before);
    let id = case.ask(RequestKind::Authors, body).await?;
    case.record(EventKind::RequestAsked, RequestKind::Authors.key())
        .await?;
    case.post(
        &Letter::ConfirmAuthorsChange {},
        To::Concerned(&waiting, id),
        When::Now,
    )
    .await?;
    if waiting.is_empty() {
        complete(&case).await?;
    }
    Ok(case.commit().await?)
}

/// Somebody concerned agrees, or does not: then the change comes to nothing.
pub async fn answer(store: &Store, proof: &AsConcerned, agrees: bool) -> Done {
    let mut case = begin(store.case_as_concerned(proof).await?, None).await?;
    let mut request = case
        .open_request(proof.request())
        .await?
        .ok_or(Failure::Refused(Refusal::NotHere))?;
    let email = proof.email().to_string();
    if !agrees {
        case.record(EventKind::RequestRefused, request.kind.key()).await?;
        request.body.disagreed = email;
        case.answer_request(&request, "refused", "").await?;
        let letter = Letter::RequestRefused {
            request: request.kind.key(),
            message: String::new(),
        };
        case.post(&letter, To::Authors, When::Now).await?;
        case.post(&Letter::AuthorsDisagree {}, To::Chief, When::Now)
            .await?;
        return Ok(case.commit().await?);
    }
    request.body.agreed.push(email);
    case.keep_request(&request).await?;
    case.record(EventKind::AuthorsAgreed, "").await?;
    if request.body.waiting(&case.submission()?.authors).is_empty() {
        complete(&case).await?;
    }
    Ok(case.commit().await?)
}

/// All concerned have agreed: the editor's turn.
async fn complete(case: &Case<'_>) -> Done {
    let request = RequestKind::Authors.key();
    Ok(case
        .post(&Letter::RequestIn { request }, To::Office, When::Now)
        .await?)
}

/// How often those who are silent can be asked again in a day.
const AGAIN_PER_DAY: i32 = 3;

/// Asks those who have not agreed yet once more.
pub async fn ask_again(store: &Store, proof: &AsAuthor, version: i64) -> Done {
    let day = jiff::SignedDuration::from_hours(24);
    let few = store.within_rate("concerned", proof.number(), AGAIN_PER_DAY, day);
    need(few.await?, Refusal::Often)?;
    let mut case = begin(store.case_as_author(proof).await?, Some(version)).await?;
    let open = case.requests().await?;
    let open = open
        .into_iter()
        .find(|r| r.kind == RequestKind::Authors && r.state == "open");
    let request = open.ok_or(Failure::Refused(Refusal::NotHere))?;
    let waiting = request.body.waiting(&case.submission()?.authors);
    need(!waiting.is_empty(), Refusal::NotHere)?;
    case.record(EventKind::ConcernedAsked, "").await?;
    case.post(
        &Letter::ConfirmAuthorsChange {},
        To::Concerned(&waiting, request.id),
        When::Now,
    )
    .await?;
    Ok(case.commit().await?)
}

/// Makes the change. The letters of a decision that waits stay: nothing else moves. Without the word of somebody who is
/// silent only the editor-in-chief makes it, with a recorded reason.
pub(crate) async fn change(case: &mut Case<'_>, proof: &AsEditor, request: &Request, reason: &str) -> Done {
    let mut submission = case.submission()?;
    let waiting = request.body.waiting(&submission.authors);
    if !waiting.is_empty() {
        need(proof.roles().chief(), Refusal::AuthorsWait)?;
        need(!reason.is_empty(), Refusal::Reason)?;
        case.record(EventKind::CoauthorExcused, reason).await?;
    }
    submission.authors.clone_from(&request.body.authors);
    case.keep_submission(&submission)?;
    let emails: Vec<Email> = submission
        .authors
        .iter()
        .filter_map(|a| Email::parse(&a.email))
        .collect();
    case.mark_typed(&emails).await?;
    case.match_authorships(&emails).await?;
    // Whose place an editor-in-chief who is an author now would have kept is taken by whoever agrees to it.
    if !case.has_chief().await? && !case.guest().await? {
        need(case.appoint_guest(proof.account()).await?, Refusal::CannotHandle)?;
        case.record(EventKind::GuestAppointed, "").await?;
    }
    for round in 1..=case.round() + 1 {
        case.strip_again(round).await?;
    }
    super::submit::blind_again(case, &submission).await?;
    case.record(EventKind::AuthorsChanged, "").await?;
    case.post(&Letter::AuthorsChanged {}, To::Authors, When::Now)
        .await?;
    ties_again(case).await
}

/// Whoever handles or reviews the manuscript and is now an author of it does so no more.
pub(crate) async fn ties_again(case: &mut Case<'_>) -> Done {
    if case.handler_is_author().await? {
        super::handle::lose(case).await?;
    }
    for assignment in case.assignments().await? {
        let open = ["alternate", "invited", "accepted", "released"];
        if case.reviewer_is_author(assignment.id).await?
            && case.set_assignment(assignment.id, &open, "cancelled").await?
        {
            case.end_windows_of(assignment.id).await?;
            case.record_about(EventKind::InvitationCancelled, assignment.label, "")
                .await?;
            super::invite::promote(case).await?;
        }
    }
    Ok(())
}
