//! The first-run guide: what an empty office needs, with done marks from what is really there.

use jiff::civil::Date;
use rocket::response::Redirect;
use rocket::{Route, get, post, routes};
use serde::Serialize;

use crate::config::Config;
use crate::domain::journal::List;
use crate::letters::Letter;
use crate::store::access::AsAdministrator;
use crate::store::first_steps::MailTest;
use crate::store::settings::Subject;
use crate::web::audience::Audience;
use crate::web::error::WebError;
use crate::web::form::SameOrigin;
use crate::web::page::{Desk, Page, View};
use crate::web::session::{SignedIn, home_of};

/// The routes of the guide.
pub fn routes() -> Vec<Route> {
    Audience::Administrator.only(routes![start, test_letter, close])
}

/// Editors and reviewers with whom an office can work: two reviews are wanted for each manuscript.
const ENOUGH: (usize, usize) = (1, 2);

/// What became of the test letter, in words' keys.
#[derive(Serialize)]
struct Mail {
    /// `way` (under way), `sent`, `folder`, or why it failed: `timeout`, `tls`, `unreachable`, `refused`, `other`.
    what: &'static str,
    /// The server's code, if it gave one.
    code: String,
    day: Date,
    time: String,
}

#[derive(Serialize)]
struct Start {
    password: bool,
    journal_named: bool,
    /// Whether sections or types of articles were ever set.
    lists: bool,
    people: bool,
    editors: usize,
    reviewers: usize,
    mail_set: bool,
    mail_done: bool,
    mail: Option<Mail>,
    email: String,
    outbox: String,
    done_count: usize,
    of: usize,
    closed: bool,
}

impl View for Start {
    type Audience = AsAdministrator;
    const TEMPLATE: &'static str = "admin/start.html";
}

/// Why a letter could not go, and the server's code: from the words that `post` uses.
fn why(error: &str) -> (&'static str, String) {
    match error {
        e if e.contains("in time") => ("timeout", String::new()),
        e if e.contains("TLS") => ("tls", String::new()),
        e if e.contains("reached") => ("unreachable", String::new()),
        e => match e.strip_prefix("server said ") {
            Some(code) => ("refused", code.to_owned()),
            None => ("other", String::new()),
        },
    }
}

fn mail(desk: &Desk<'_>, test: &MailTest) -> Mail {
    let folder = desk.office.config.smtp_url.is_none();
    let (what, code) = match test.state.as_str() {
        "sent" if folder => ("folder", String::new()),
        "sent" => ("sent", String::new()),
        _ if !test.error.is_empty() => why(&test.error),
        _ => ("way", String::new()),
    };
    let at = test.at.to_zoned(desk.office.store.rules().zone());
    Mail {
        what,
        code,
        day: at.date(),
        time: at.strftime("%H:%M").to_string(),
    }
}

#[get("/admin/start")]
async fn start(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.administrator(&who.0)?;
    let set_up = store.set_up(&proof, &who.0).await?;
    let (config, first) = (&desk.office.config, Config::default());
    let journal = store.journal();
    let journal_named = journal.name_zh != first.journal_zh || journal.name_en != first.journal_en;
    let lists = [List::Types, List::Sections];
    let lists = lists
        .iter()
        .any(|list| store.setting_version(&Subject::List(*list)) > 0);
    let people = set_up.editors >= ENOUGH.0 && set_up.reviewers >= ENOUGH.1;
    let mail = set_up.mail.as_ref().map(|test| mail(&desk, test));
    let mail_done = mail.as_ref().is_some_and(|m| m.what == "sent");
    let marks = [set_up.password, journal_named, lists, people, mail_done];
    let view = Start {
        password: set_up.password,
        journal_named,
        lists,
        people,
        editors: set_up.editors,
        reviewers: set_up.reviewers,
        mail_set: config.smtp_url.is_some(),
        mail_done,
        mail,
        email: who.0.email().to_string(),
        outbox: config.outbox().display().to_string(),
        done_count: marks.iter().filter(|done| **done).count(),
        of: marks.len(),
        closed: who.0.guide_closed(),
    };
    desk.show(&proof, &view)
}

#[post("/admin/start/letter")]
async fn test_letter(_ours: SameOrigin, desk: Desk<'_>, who: SignedIn) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    store.administrator(&who.0)?;
    if !store
        .within_rate(
            "mail-test",
            who.0.email().as_str(),
            10,
            jiff::SignedDuration::from_hours(1),
        )
        .await?
    {
        return Err(WebError::TooMany);
    }
    let name = who.0.profile().name(who.0.lang()).to_owned();
    store
        .post_account(&Letter::MailTest {}, who.0.email(), &name, who.0.lang(), None)
        .await?;
    Ok(Redirect::to("/admin/start#mail"))
}

#[post("/admin/start/close")]
async fn close(_ours: SameOrigin, desk: Desk<'_>, who: SignedIn) -> Result<Redirect, WebError> {
    let store = &desk.office.store;
    store.administrator(&who.0)?;
    store.close_guide(&who.0).await?;
    Ok(Redirect::to(format!(
        "{}?done=guide-closed",
        home_of(who.0.roles())
    )))
}

#[cfg(test)]
mod tests {
    use super::why;

    #[test]
    fn a_failure_in_words() {
        assert_eq!(why("the server does not answer in time").0, "timeout");
        assert_eq!(why("TLS failed").0, "tls");
        assert_eq!(why("the server cannot be reached").0, "unreachable");
        assert_eq!(why("server said 535"), ("refused", "535".to_owned()));
        assert_eq!(why("No space left on device").0, "other");
    }
}
