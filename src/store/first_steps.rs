//! What the first-run guide asks of the store: whether the office is set up, computed from what is there.

use jiff::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::access::{AsAdministrator, Who};
use super::entity::letter;
use super::{Fault, Store};
use crate::domain::person::Role;

/// How far an office has been set up.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// Whether the person has a password.
    pub password: bool,
    /// Editors beside the editor-in-chief.
    pub editors: usize,
    /// Reviewers.
    pub reviewers: usize,
    /// The newest letter of the mail test, if one was ever asked for.
    pub mail: Option<MailTest>,
}

/// What became of a test letter.
#[derive(Clone, Debug)]
pub struct MailTest {
    /// `queued`, `sending`, `sent` or `failed`.
    pub state: String,
    /// What the mail server or the disk said to the last attempt; no address in it.
    pub error: String,
    /// Attempts so far.
    pub attempts: i32,
    /// When it was sent, or is to be tried again.
    pub at: Timestamp,
}

impl Store {
    /// How far the office has been set up, as `who` sees it.
    pub async fn set_up(&self, proof: &AsAdministrator, who: &Who) -> Result<SetUp, Fault> {
        let people = self.people(proof).await?;
        let count = |role| people.iter().filter(|p| p.roles.has(role)).count();
        let own = self.credentials(who.email()).await?;
        let test = letter::Entity::find()
            .filter(letter::Column::Kind.eq("mail-test"))
            .order_by_desc(letter::Column::SendAt)
            .one(&self.db.read)
            .await?;
        let mail = test.map(|row| MailTest {
            at: Timestamp::from_microsecond(row.sent_at.unwrap_or(row.send_at)).unwrap_or_default(),
            state: row.state,
            error: row.error,
            attempts: row.attempts,
        });
        Ok(SetUp {
            password: own.is_some_and(|c| c.password.is_some()),
            editors: count(Role::Editor),
            reviewers: count(Role::Reviewer),
            mail,
        })
    }
}
