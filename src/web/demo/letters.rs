//! The letters that went, a mailbox for each person.

use jiff::civil::Date;
use rocket::{State, get};
use serde::Serialize;

use super::mail::{Piece, Sent, pieces};
use super::{Player, Stage};
use crate::domain::person::Lang;
use crate::web::error::WebError;
use crate::web::form::query;
use crate::web::page::{Anyone, Desk, Page, View};

/// Letters on a page.
const PAGE: usize = 40;

/// To whom a letter went: somebody of the cast, or an address alone.
#[derive(Serialize)]
struct Recipient {
    key: &'static str,
    name: String,
    role: &'static str,
    email: String,
}

impl Recipient {
    fn of(stage: &Stage, email: &str, lang: Lang) -> Recipient {
        let player: Option<&Player> = stage.players.iter().find(|p| p.email.as_str() == email);
        Recipient {
            key: player.map_or("", |p| p.key),
            name: player.map_or(String::new(), |p| p.profile.name(lang).to_owned()),
            role: player.map_or("", Player::role_key),
            email: email.to_owned(),
        }
    }
}

#[derive(Serialize)]
struct Line {
    id: String,
    subject: String,
    subject_lang: &'static str,
    to: Recipient,
    day: Date,
    time: String,
}

impl Line {
    fn of(desk: &Desk<'_>, stage: &Stage, letter: &Sent) -> Line {
        let at = letter.at.to_zoned(desk.office.store.rules().zone());
        Line {
            id: letter.id.clone(),
            subject: letter.subject.clone(),
            subject_lang: letter.lang,
            to: Recipient::of(stage, &letter.to, desk.lang()),
            day: at.date(),
            time: at.strftime("%H:%M").to_string(),
        }
    }
}

#[derive(Serialize)]
struct Mailbox {
    email: String,
    name: String,
    count: usize,
}

#[derive(Serialize)]
struct Letters {
    lines: Vec<Line>,
    boxes: Vec<Mailbox>,
    to: String,
    /// What the subjects were searched for.
    q: String,
    count: usize,
    /// Whether only those of the last move are shown.
    fresh: bool,
    /// What was chosen, for the links to other pages.
    chosen: String,
    page: usize,
    older: bool,
}

impl View for Letters {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "demo/letters.html";
}

#[get("/demo/letters?<to>&<q>&<fresh>&<page>")]
pub fn letters(
    desk: Desk<'_>,
    stage: &State<Stage>,
    to: Option<&str>,
    q: Option<&str>,
    fresh: Option<&str>,
    page: Option<usize>,
) -> Result<Page, WebError> {
    let all = stage.outbox.letters();
    let to = to.unwrap_or_default();
    let q = q.unwrap_or_default().trim();
    let wanted = q.to_lowercase();
    let since = fresh.and(stage.moved()).map(|moved| moved.from);
    let chosen: Vec<_> = all
        .iter()
        .filter(|l| to.is_empty() || l.to == to)
        .filter(|l| since.is_none_or(|from| l.at >= from))
        .filter(|l| l.subject.to_lowercase().contains(&wanted))
        .collect();
    let page = page.unwrap_or(0).min(chosen.len() / PAGE);
    let shown = chosen.iter().skip(page * PAGE).take(PAGE);
    let mut addresses: Vec<&str> = all.iter().map(|l| l.to.as_str()).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let mailbox = |email: &str| Mailbox {
        name: Recipient::of(stage, email, desk.lang()).name,
        count: all.iter().filter(|l| l.to == email).count(),
        email: email.to_owned(),
    };
    let view = Letters {
        lines: shown.map(|l| Line::of(&desk, stage, l)).collect(),
        boxes: addresses.into_iter().map(mailbox).collect(),
        to: to.to_owned(),
        q: q.to_owned(),
        count: chosen.len(),
        fresh: since.is_some(),
        chosen: query(&[
            ("to", to),
            ("q", q),
            ("fresh", if since.is_some() { "1" } else { "" }),
        ]),
        page,
        older: chosen.len() > (page + 1) * PAGE,
    };
    desk.show(&Anyone, &view)
}

#[derive(Serialize)]
struct Letter {
    line: Line,
    letter_lang: &'static str,
    pieces: Vec<Piece>,
    me: bool,
}

impl View for Letter {
    type Audience = Anyone;
    const TEMPLATE: &'static str = "demo/letter.html";
}

#[get("/demo/letters/<id>")]
pub fn letter(desk: Desk<'_>, stage: &State<Stage>, id: &str) -> Result<Page, WebError> {
    let all = stage.outbox.letters();
    let letter = all.iter().find(|l| l.id == id).ok_or(WebError::NotFound)?;
    let me = desk
        .visitor
        .who
        .as_ref()
        .is_some_and(|who| who.email().as_str() == letter.to);
    let view = Letter {
        line: Line::of(&desk, stage, letter),
        letter_lang: letter.lang,
        pieces: pieces(&letter.text, &desk.office.store.journal().site),
        me,
    };
    desk.show(&Anyone, &view)
}
