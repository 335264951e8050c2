//! Reviewers from a list: pasted or uploaded, looked through line by line, taken in by one button.

use rocket::Either;
use rocket::data::Data;
use rocket::http::ContentType;
use rocket::response::Redirect;
use rocket::{get, post};
use serde::Serialize;

use crate::actions::{Failure, Refusal};
use crate::domain::person::Email;
use crate::domain::roster::{self, LARGEST, Line, MOST, Unreadable};
use crate::store::access::AsAdministrator;
use crate::web::error::WebError;
use crate::web::form::SameOrigin;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;
use crate::web::upload;

/// A line with what becomes of it.
#[derive(Serialize)]
struct Verdict {
    #[serde(flatten)]
    line: Line,
    /// The name in the reader's language.
    called: String,
    /// `new`, `known` or `wrong`.
    verdict: &'static str,
}

#[derive(Default, Serialize)]
struct RosterPage {
    text: String,
    /// What was looked through, so that nothing else is taken in.
    seen: String,
    lines: Vec<Verdict>,
    new: usize,
    known: usize,
    wrong: usize,
    /// Why it cannot be read.
    unreadable: Option<Unreadable>,
    /// The list is another than the one that was looked through.
    changed: bool,
    /// Whoever takes it in must first prove again who it is.
    unsure: bool,
    /// How many were taken in, while lines are left that are wrong.
    taken: Option<usize>,
    most: usize,
    megabytes: usize,
}

impl View for RosterPage {
    type Audience = AsAdministrator;
    const TEMPLATE: &'static str = "admin/reviewers.html";
}

fn page(text: String) -> RosterPage {
    RosterPage {
        text,
        most: MOST,
        megabytes: LARGEST / 1_000_000,
        ..RosterPage::default()
    }
}

fn unreadable(text: String, why: Unreadable) -> RosterPage {
    RosterPage {
        unreadable: Some(why),
        ..page(text)
    }
}

/// What a list is recognised by.
fn mark(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..16].to_owned()
}

/// The empty form.
#[get("/admin/people/reviewers")]
pub async fn show(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let proof = desk.office.store.administrator(&who.0)?;
    // Roles are given here: better asked before the list is there than after.
    if !desk.office.store.confirmed_lately(&who.0) {
        return Err(WebError::Unsure);
    }
    desk.show(&proof, &page(String::new()))
}

/// What was posted: the list as text, whether it is to be taken in, and what was looked through.
struct Sent {
    text: String,
    take: bool,
    seen: String,
}

async fn receive(kind: &ContentType, data: Data<'_>) -> Result<Sent, RosterPage> {
    // The list once as a file and once in the field, and a little around them.
    let fields = match upload::receive_small(kind, data, 2 * LARGEST + 64 * 1024).await {
        Ok(fields) => fields,
        Err(Failure::Refused(Refusal::TooLarge(_))) => {
            return Err(unreadable(String::new(), Unreadable::TooLarge));
        }
        Err(_) => return Err(unreadable(String::new(), Unreadable::Empty)),
    };
    let of = |name: &str| fields.iter().find(|(n, _)| n == name).map_or(&[][..], |(_, v)| v);
    let typed = String::from_utf8_lossy(of("text")).replace("\r\n", "\n");
    let file = of("file");
    let text = match file.is_empty() {
        true => typed,
        // A file goes before what stands in the field.
        false => match roster::decode(file) {
            Ok(text) => text.trim_start_matches('\u{feff}').replace("\r\n", "\n"),
            Err(why) => return Err(unreadable(typed, why)),
        },
    };
    Ok(Sent {
        text,
        take: of("act") == b"take",
        seen: String::from_utf8_lossy(of("seen")).into_owned(),
    })
}

/// Looks the list through, or takes it in if it is the one that was looked through.
#[post("/admin/people/reviewers", data = "<data>")]
pub async fn take(
    desk: Desk<'_>,
    who: SignedIn,
    _ours: SameOrigin,
    kind: &ContentType,
    data: Data<'_>,
) -> Result<Either<Page, Redirect>, WebError> {
    let store = &desk.office.store;
    let proof = store.administrator(&who.0)?;
    let sent = match receive(kind, data).await {
        Ok(sent) => sent,
        Err(page) => return desk.show_again(&proof, &page).map(Either::Left),
    };
    let lines = match roster::read(&sent.text) {
        Ok(lines) => lines,
        Err(why) => {
            return desk
                .show_again(&proof, &unreadable(sent.text, why))
                .map(Either::Left);
        }
    };
    let same = sent.seen == mark(&sent.text);
    let unsure = sent.take && !store.confirmed_lately(&who.0);
    if !sent.take || !same || unsure {
        let page = RosterPage {
            changed: sent.take && !same,
            unsure,
            ..looked_through(&desk, &proof, sent.text, lines).await?
        };
        return desk.show(&proof, &page).map(Either::Left);
    }
    let new = store.take_in_reviewers(&proof, &lines).await?;
    if lines.iter().all(|line| line.wrong.is_empty()) {
        let done = if new > 0 {
            "reviewers-taken"
        } else {
            "reviewers-known"
        };
        return Ok(Either::Right(Redirect::to(format!("/admin/people?done={done}"))));
    }
    let left = roster::left(&sent.text, &lines);
    let lines = roster::read(&left).unwrap_or_default();
    let page = RosterPage {
        taken: Some(new),
        ..looked_through(&desk, &proof, left, lines).await?
    };
    desk.show(&proof, &page).map(Either::Left)
}

async fn looked_through(
    desk: &Desk<'_>,
    proof: &AsAdministrator,
    text: String,
    lines: Vec<Line>,
) -> Result<RosterPage, WebError> {
    let emails: Vec<Email> = lines.iter().filter_map(Line::email).collect();
    let known = desk.office.store.reviewers_among(proof, &emails).await?;
    let verdict = |line: Line| Verdict {
        called: line.profile.name(desk.lang()).to_owned(),
        verdict: match line.email() {
            _ if !line.wrong.is_empty() => "wrong",
            Some(email) if known.contains(&email) => "known",
            _ => "new",
        },
        line,
    };
    let lines: Vec<Verdict> = lines.into_iter().map(verdict).collect();
    let count = |what: &str| lines.iter().filter(|l| l.verdict == what).count();
    Ok(RosterPage {
        seen: mark(&text),
        new: count("new"),
        known: count("known"),
        wrong: count("wrong"),
        lines,
        ..page(text)
    })
}
