//! What the office sees: lists with the proof of staff, one manuscript with the proof of an editor.
//!
//! Authors' names stand in `names` alone, which asks for the record of the click that opened them.

mod decision;
mod entry;
mod files;
mod head;
mod history;
mod letters;
mod matters;
mod mend;
mod names;
mod office;
mod pool;
mod reviewers;
mod reviews;
mod rows;
mod search;

pub use decision::{PastDecision, SuggestionView};
pub use files::{FileView, FindingView};
pub use head::{EditorChoice, Head, OpenClock, PendingView};
pub use history::EventView;
pub use letters::{LetterLine, LetterText};
pub use matters::{KinView, MattersView, RequestView};
pub use mend::{HeldLetter, SeenLetter, Undelivered, UndeliveredPage};
pub use names::{Names, Original, Registration};
pub use office::{Cursor, Filter, Handled, LISTS, ListPage};
pub use pool::{Candidate, Pool};
pub use reviewers::{AssignmentView, ReviewersView};
pub use reviews::{Passage, PointView, ReviewText, ReviewView, RevisionView, RoundView, ScoreView};
pub use rows::Row;
pub use search::{Due, EditorName, FoundPage, Handler, Place, Wanted};

use std::collections::HashMap;

use jiff::civil::Date;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;

use super::super::entity::account;
use super::super::rows::instant;
use super::super::{Fault, Store};
use crate::domain::label::Label;
use crate::domain::person::{Email, Lang, Profile};

/// An instant for editors: the day and the time of day in the journal's zone.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// Hours and minutes.
    pub time: String,
}

/// A name in both scripts; where one is missing, the other stands for it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Name {
    /// For a Chinese page.
    pub zh: String,
    /// For an English page.
    pub en: String,
}

impl Name {
    pub(super) fn of(profile: &Profile, email: &Email) -> Name {
        let name = |lang| match profile.name(lang) {
            "" => email.as_str().to_owned(),
            name => name.to_owned(),
        };
        Name {
            zh: name(Lang::Zh),
            en: name(Lang::En),
        }
    }
}

/// A reviewer's label as pages write it.
#[derive(Clone, Debug, Serialize)]
pub struct LabelView {
    /// `A` to `H`.
    pub latin: char,
    /// 甲 to 辛.
    pub chinese: char,
}

impl From<Label> for LabelView {
    fn from(label: Label) -> Self {
        LabelView {
            latin: label.latin(),
            chinese: label.chinese(),
        }
    }
}

impl Store {
    fn moment(&self, micros: i64) -> Moment {
        let at = instant(micros).to_zoned(self.rules().zone());
        Moment {
            day: at.date(),
            time: format!("{:02}:{:02}", at.hour(), at.minute()),
        }
    }

    /// The names of some accounts, by one query.
    pub(in crate::store) async fn names_of(&self, accounts: &[i64]) -> Result<HashMap<i64, Name>, Fault> {
        let rows = account::Entity::find()
            .filter(account::Column::Id.is_in(accounts.iter().copied()))
            .all(&self.db.read)
            .await?;
        rows.iter()
            .map(|row| {
                let secret = self.secret(row)?;
                Ok((row.id, Name::of(&secret.profile, &secret.email)))
            })
            .collect()
    }
}

/// The language that a text is written in, by its letters: for `lang` attributes.
pub(super) fn language_of(text: &str) -> &'static str {
    let han = text
        .chars()
        .filter(|c| ('\u{3400}'..='\u{9fff}').contains(c))
        .count();
    if han * 4 >= text.chars().filter(|c| c.is_alphabetic()).count().max(1) {
        "zh-CN"
    } else {
        "en"
    }
}
