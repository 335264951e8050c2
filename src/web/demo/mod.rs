//! The demo's own pages: a bar on every page that moves the clock and changes who one is, and the letters that went.
//!
//! Nothing of this exists in an office that is served: `app::demo` alone mounts these routes and manages the `Stage`
//! from which the bar is made.

mod clock;
mod letters;
mod mail;
mod people;

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rocket::{Route, routes};
use serde::Serialize;

use crate::domain::person::{Email, Lang, Profile, Role};
use crate::store::Store;
use crate::web::session::Visitor;

/// The routes of the demo.
pub fn routes() -> Vec<Route> {
    routes![
        clock::forward,
        people::people,
        people::become_somebody,
        letters::letters,
        letters::letter,
    ]
}

/// Somebody of the cast whom one can be with one click.
#[derive(Clone, Debug)]
pub struct Player {
    /// The account.
    pub account: i64,
    /// The handle in addresses of the demo.
    pub key: &'static str,
    /// Names and affiliation.
    pub profile: Profile,
    /// Where letters go.
    pub email: Email,
    /// The role in the office; authors have none.
    pub role: Option<Role>,
}

impl Player {
    fn role_key(&self) -> &'static str {
        self.role.map_or("author", Role::key)
    }
}

/// A wish to let a span go by, and whom to tell when it has.
type Wish = (SignedDuration, tokio::sync::oneshot::Sender<()>);

/// What the last move of the clock did.
#[derive(Clone, Copy, Debug)]
struct Moved {
    from: Timestamp,
    letters: usize,
}

/// What the demo's pages need beside the office.
pub struct Stage {
    players: Vec<Player>,
    outbox: mail::Outbox,
    wishes: tokio::sync::mpsc::Sender<Wish>,
    moved: Mutex<Option<Moved>>,
}

impl Stage {
    /// A stage for a cast. Letters are read from `outbox`; whoever holds the other end of `wishes` moves the clock.
    pub fn new(players: Vec<Player>, outbox: PathBuf, wishes: tokio::sync::mpsc::Sender<Wish>) -> Self {
        Stage {
            players,
            outbox: mail::Outbox::new(outbox),
            wishes,
            moved: Mutex::default(),
        }
    }

    fn player(&self, key: &str) -> Option<&Player> {
        self.players.iter().find(|p| p.key == key)
    }

    fn moved(&self) -> Option<Moved> {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The cast by role, in the reader's language.
    fn groups(&self, lang: Lang) -> Vec<Group> {
        const ORDER: [&str; 6] = [
            "editor-in-chief",
            "editor",
            "assistant",
            "author",
            "reviewer",
            "administrator",
        ];
        let of = |role: &'static str| Group {
            role,
            people: self
                .players
                .iter()
                .filter(|p| p.role_key() == role)
                .map(|p| Choice {
                    key: p.key,
                    name: p.profile.name(lang).to_owned(),
                })
                .collect(),
        };
        ORDER.map(of).into()
    }

    /// The bar over a page.
    pub fn bar(&self, visitor: &Visitor, store: &Store) -> Bar {
        let now = store.clock.now().to_zoned(store.rules().zone());
        let roles = visitor
            .who
            .as_ref()
            .map(|who| who.roles().0.iter().map(|r| r.key()).collect());
        let moved = self.moved();
        Bar {
            day: now.date(),
            time: now.strftime("%H:%M").to_string(),
            roles: roles.unwrap_or_default(),
            groups: self.groups(visitor.lang),
            moved: moved.is_some(),
            letters: moved.map_or(0, |m| m.letters),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
struct Choice {
    key: &'static str,
    name: String,
}

#[derive(Clone, Debug, Serialize)]
struct Group {
    role: &'static str,
    people: Vec<Choice>,
}

/// What the bar shows: the demo's clock, who one is, and whom one can be.
#[derive(Clone, Debug, Serialize)]
pub struct Bar {
    day: Date,
    time: String,
    roles: Vec<&'static str>,
    groups: Vec<Group>,
    /// Whether the clock was moved by hand already.
    moved: bool,
    /// Letters that went during the last move.
    letters: usize,
}
