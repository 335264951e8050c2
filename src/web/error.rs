//! What went wrong, as a page: what happened, and what to do. What a person may not see does not exist.

use rocket::http::Status;
use rocket::response::{Redirect, Responder};
use rocket::{Request, State};
use serde::Serialize;

use super::again::Again;
use super::page::{Anyone, Desk, View};
use super::session::Visitor;
use crate::actions::{Failure, Refusal};
use crate::app::Office;
use crate::store::Fault;
use crate::store::access::Denied;

/// Why there is no ordinary answer.
#[derive(Clone, Debug)]
pub enum WebError {
    /// It does not exist for this person.
    NotFound,
    /// Signing in could help.
    SignIn,
    /// Proving again who one is could help, or setting up the second step.
    Unsure,
    /// The request came from another site.
    Foreign,
    /// The form cannot be read.
    BadForm,
    /// Too many attempts.
    TooMany,
    /// A rule said no, where no page has a better answer.
    Refused(Refusal),
    /// The database or the disk does not answer at present; the log has the cause.
    Unavailable,
    /// A rule said no to something that somebody had written: the words are shown again, to be taken along.
    Kept(Box<Kept>),
    /// The program is at fault; the log has the cause.
    Broken,
}

impl WebError {
    /// The answer's status.
    pub fn status(&self) -> Status {
        match self {
            WebError::NotFound => Status::NotFound,
            WebError::SignIn => Status::Unauthorized,
            WebError::Unsure => Status::PreconditionRequired,
            WebError::Foreign => Status::Forbidden,
            WebError::BadForm => Status::UnprocessableEntity,
            WebError::TooMany => Status::TooManyRequests,
            WebError::Refused(_) | WebError::Kept(_) => Status::Conflict,
            WebError::Unavailable => Status::ServiceUnavailable,
            WebError::Broken => Status::InternalServerError,
        }
    }

    /// Whether the program or what it stands on is at fault, and not the request.
    pub const fn is_fault(&self) -> bool {
        matches!(self, WebError::Unavailable | WebError::Broken)
    }

    /// Its words: `error-<key>` and `error-<key>-why`.
    const fn key(&self) -> &'static str {
        match self {
            WebError::NotFound | WebError::SignIn | WebError::Unsure => "not-found",
            WebError::Foreign => "foreign",
            WebError::BadForm => "bad-form",
            WebError::TooMany => "too-many",
            WebError::Refused(_) | WebError::Kept(_) => "refused",
            WebError::Unavailable => "unavailable",
            WebError::Broken => "broken",
        }
    }
}

/// What was refused, what had been written, and where it can be tried again.
#[derive(Clone, Debug)]
pub struct Kept {
    refusal: &'static str,
    typed: Vec<String>,
    page: String,
}

impl From<Denied> for WebError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotFound => WebError::NotFound,
            Denied::Fault(fault) => fault.into(),
        }
    }
}

impl From<Fault> for WebError {
    fn from(fault: Fault) -> Self {
        tracing::error!(%fault, "request failed");
        match fault.passing() {
            true => WebError::Unavailable,
            false => WebError::Broken,
        }
    }
}

impl From<Failure> for WebError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::NotFound => WebError::NotFound,
            Failure::Refused(refusal) => WebError::Refused(refusal),
            Failure::Fault(fault) => fault.into(),
        }
    }
}

#[derive(Serialize)]
struct ErrorPage {
    kind: &'static str,
    refusal: String,
    /// What was sent and could not be done.
    again: Option<Again>,
    typed: Vec<String>,
    /// The page as it is now.
    back: String,
}

impl View for ErrorPage {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "public/error.html";
}

/// The key under which a refusal's words stand: `problem-<key>`.
pub fn refusal_key(refusal: &Refusal) -> &'static str {
    use crate::domain::decision::DecisionRefusal as D;
    match refusal {
        Refusal::NotHere => "not-here",
        Refusal::ManyFiles => "many-files",
        Refusal::OwnSecondStep => "own-second-step",
        Refusal::Stale => "stale",
        Refusal::Pending => "pending",
        Refusal::Gone => "gone",
        Refusal::Decision(D::NotHere) => "not-here",
        Refusal::Decision(D::NotYours) => "not-yours",
        Refusal::Decision(D::NeedsMessage) => "needs-message",
        Refusal::Decision(D::NeedsItems) => "needs-items",
        Refusal::Decision(D::NeedsPoints) => "needs-points",
        Refusal::Decision(D::NeedsReviews) => "needs-reviews",
        Refusal::Decision(D::NeedsHandlingEditor) => "needs-handling",
        Refusal::Decision(D::TrialForbids) | Refusal::Trial => "trial",
        Refusal::Missing(_) => "missing",
        Refusal::Review(_) => "review",
        Refusal::Answers(_) => "answers",
        Refusal::NoManuscriptFile => "no-manuscript",
        Refusal::Waiting => "waiting",
        Refusal::NotBlind => "not-blind",
        Refusal::Findings => "findings",
        Refusal::Conflicts(_) => "conflicts",
        Refusal::AlreadyAsked => "already-asked",
        Refusal::Reason => "reason",
        Refusal::Address => "address",
        Refusal::CannotHandle => "cannot-handle",
        Refusal::Proof => "proof",
        Refusal::ChiefOnly => "chief-only",
        Refusal::TooLate => "too-late",
        Refusal::TooLarge(_) => "file-too-large",
        Refusal::NoFile => "no-file",
        Refusal::BrokenOff => "broken-off",
        Refusal::EmptyFile => "empty-file",
        Refusal::NamesSomebody(_) => "names-somebody",
        Refusal::Decision(D::AuthorsMissing) => "authors-missing",
        Refusal::Decision(D::Held) => "held",
        Refusal::NotYours => "not-yours",
        Refusal::Days => "days",
        Refusal::NoChange => "no-change",
        Refusal::Authors => "authors",
        Refusal::AuthorsWait => "authors-wait",
        Refusal::ConfirmedAuthor => "confirmed-author",
        Refusal::NeedsGuest => "needs-guest",
        Refusal::Enough => "enough",
        Refusal::Often => "often",
        Refusal::Attachment => "attachment",
        Refusal::Once => "once",
        Refusal::LastChief => "last-chief",
        Refusal::LetterLacks => "letter-lacks",
        Refusal::Entry(_) => "entry",
        Refusal::FilesNotReady => "files-not-ready",
        Refusal::CopyrightForm => "copyright-form",
        Refusal::RegistrationUnseen => "registration-unseen",
        Refusal::OwnManuscript => "own-manuscript",
    }
}

/// Goes back to `page` with the words of a refusal on top; other failures become their own pages.
pub fn back_with(page: String, failure: Failure) -> Result<Redirect, WebError> {
    match failure {
        Failure::Refused(refusal) => {
            let sign = if page.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(format!(
                "{page}{sign}problem={}",
                refusal_key(&refusal)
            )))
        }
        other => Err(other.into()),
    }
}

/// Goes on to `page` with a word of what was done, or back to it with the words of a refusal.
pub fn then(page: &str, done: &str, result: Result<(), Failure>) -> Result<Redirect, WebError> {
    match result {
        Ok(()) => Ok(Redirect::to(format!("{page}?done={done}"))),
        Err(failure) => back_with(page.to_owned(), failure),
    }
}

/// The page that shows what was written beside the words of a refusal; other failures become their own pages.
pub fn keep(page: &str, typed: &[&str], failure: Failure) -> WebError {
    let written = typed.iter().filter(|text| !text.trim().is_empty());
    match failure {
        Failure::Refused(refusal) => WebError::Kept(Box::new(Kept {
            refusal: refusal_key(&refusal),
            typed: written.map(|text| (*text).to_owned()).collect(),
            page: page.to_owned(),
        })),
        other => other.into(),
    }
}

/// `then` for a form in which something was written: a refusal shows the words again instead of losing them.
pub fn then_keep(
    page: &str,
    done: &str,
    typed: &[&str],
    result: Result<(), Failure>,
) -> Result<Redirect, WebError> {
    match result {
        Err(failure) if typed.iter().any(|text| !text.trim().is_empty()) => Err(keep(page, typed, failure)),
        result => then(page, done, result),
    }
}

impl<'r> Responder<'r, 'static> for WebError {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        match self {
            WebError::SignIn => sign_in(request).respond_to(request),
            WebError::Unsure => super::account::unsure(request),
            error => respond(request, &error),
        }
    }
}

fn sign_in(request: &Request<'_>) -> Redirect {
    let next = if request.method() == rocket::http::Method::Get {
        request.uri().path().to_string()
    } else {
        String::new()
    };
    match next.as_str() {
        "" | "/" => Redirect::to("/sign-in"),
        next => Redirect::to(format!("/sign-in?next={next}")),
    }
}

fn respond(request: &Request<'_>, error: &WebError) -> rocket::response::Result<'static> {
    let refusal = match error {
        WebError::Refused(refusal) => format!("problem-{}", refusal_key(refusal)),
        WebError::Kept(kept) => format!("problem-{}", kept.refusal),
        _ => String::new(),
    };
    let (typed, back) = match error {
        WebError::Kept(kept) => (kept.typed.clone(), kept.page.clone()),
        _ => (Vec::new(), String::new()),
    };
    let office = request.rocket().state::<Office>().expect("the office is managed");
    let visitor = Visitor::known(request);
    let desk = Desk::for_error(request, visitor, State::from(office));
    let view = ErrorPage {
        kind: error.key(),
        refusal,
        again: Again::of(request).filter(|_| error.is_fault()),
        typed,
        back,
    };
    match desk.render(ErrorPage::TEMPLATE, &view, error.status()) {
        Ok(page) => {
            let mut response = page.respond_to(request)?;
            if matches!(error, WebError::TooMany) {
                response.set_header(rocket::http::Header::new("Retry-After", "900"));
            }
            Ok(response)
        }
        Err(_) => Err(Status::InternalServerError),
    }
}

/// Catches what no handler answered.
#[rocket::catch(default)]
pub async fn catch(status: Status, request: &Request<'_>) -> Result<(), WebError> {
    // The page still knows whose it is. Where that could not be found out, this is the answer, whatever came after it.
    Visitor::of(request).await?;
    // An address that cannot be read leads nowhere; only a form can be a bad one.
    let asked = request.method() == rocket::http::Method::Get;
    Err(match status.code {
        401 => WebError::SignIn,
        428 => WebError::Unsure,
        403 => WebError::Foreign,
        404 | 405 => WebError::NotFound,
        400..=499 if asked && status.code != 429 => WebError::NotFound,
        429 => WebError::TooMany,
        400..=499 => WebError::BadForm,
        503 => WebError::Unavailable,
        _ => WebError::Broken,
    })
}
