//! Who changed what when, and who looked for an author: by name, for the editor-in-chief.

use jiff::civil::Date;
use rocket::get;
use serde::Serialize;

use crate::domain::figures::{self, Change};
use crate::domain::person::Lang;
use crate::store::access::AsChief;
use crate::store::settings::{ChangeLine, Subject};
use crate::web::error::WebError;
use crate::web::page::{Desk, Page, View};
use crate::web::session::SignedIn;

/// Lines of the log on a page.
const LINES: u64 = 30;

/// A line of the log.
#[derive(Serialize)]
pub(super) struct LogLine {
    day: Date,
    time: String,
    who: String,
    /// Which figures or days, where that can be said in a line.
    changes: Vec<Change>,
    /// Back to the default.
    reset: bool,
}

/// The log of one setting.
pub(super) async fn of(
    desk: &Desk<'_>,
    proof: &AsChief,
    subject: &Subject,
) -> Result<Vec<LogLine>, WebError> {
    let store = &desk.office.store;
    let lines = store.changes(proof, Some(subject), LINES).await?;
    let zone = store.rules().zone();
    let line = |line: ChangeLine| {
        let at = line.at.to_zoned(zone.clone());
        let changes = match line.subject {
            Subject::Rules => figures::changes(&store.rules_of(&line.before), &store.rules_of(&line.after)),
            _ => Vec::new(),
        };
        LogLine {
            day: at.date(),
            time: format!("{:02}:{:02}", at.hour(), at.minute()),
            who: named(line.who, desk.lang()),
            changes,
            reset: line.after.is_empty(),
        }
    };
    Ok(lines.into_iter().map(line).collect())
}

pub(super) fn named([zh, en]: [String; 2], lang: Lang) -> String {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[derive(Serialize)]
struct SearchLine {
    day: Date,
    time: String,
    who: String,
}

#[derive(Serialize)]
struct Searches {
    searches: Vec<SearchLine>,
}

impl View for Searches {
    type Audience = AsChief;
    const TEMPLATE: &'static str = "admin/searches.html";
}

/// Who looked for manuscripts by an author, and when.
#[get("/admin/searches")]
pub async fn searches(desk: Desk<'_>, who: SignedIn) -> Result<Page, WebError> {
    let store = &desk.office.store;
    let proof = store.chief(&who.0)?;
    let zone = store.rules().zone();
    let line = |(at, who): (jiff::Timestamp, [String; 2])| {
        let at = at.to_zoned(zone.clone());
        SearchLine {
            day: at.date(),
            time: format!("{:02}:{:02}", at.hour(), at.minute()),
            who: named(who, desk.lang()),
        }
    };
    let searches = store
        .author_searches(&proof, 100)
        .await?
        .into_iter()
        .map(line)
        .collect();
    desk.show(&proof, &Searches { searches })
}
