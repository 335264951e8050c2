//! One-time links, and counts of attempts.

use jiff::SignedDuration;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::access::Who;
use super::entity::{account, link, rate};
use super::people::SIGN_IN;
use super::{Fault, Store};
use crate::domain::person::{Email, Profile};
use crate::seal::Cell;

/// What a one-time link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkPurpose {
    /// Makes the first editor-in-chief.
    FirstChief,
    /// Confirms an address.
    ConfirmAddress,
    /// Signs in.
    SignIn,
    /// Sets a password.
    NewPassword,
    /// Takes up roles in the office.
    TakeUpRole,
    /// Answers a reviewer's invitation.
    Invitation,
    /// Confirms an authorship.
    Authorship,
    /// Agrees to a change of authors.
    AuthorsChange,
    /// Stands for a first step of signing in that was right; in a form, never in an address.
    SecondStep,
}

impl LinkPurpose {
    /// The name that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            LinkPurpose::FirstChief => "first-chief",
            LinkPurpose::ConfirmAddress => "confirm-address",
            LinkPurpose::SignIn => "sign-in",
            LinkPurpose::NewPassword => "new-password",
            LinkPurpose::TakeUpRole => "take-up-role",
            LinkPurpose::Invitation => "invitation",
            LinkPurpose::Authorship => "authorship",
            LinkPurpose::AuthorsChange => "authors-change",
            LinkPurpose::SecondStep => "second-step",
        }
    }

    /// Whether it lets somebody in who has only that: then revoking everything revokes it too. An invitation is answered
    /// all the same, but lets nobody in any more; see [`Link::revoked`].
    const fn signs_in(self) -> bool {
        matches!(
            self,
            LinkPurpose::SignIn
                | LinkPurpose::NewPassword
                | LinkPurpose::SecondStep
                | LinkPurpose::ConfirmAddress
                | LinkPurpose::TakeUpRole
        )
    }

    /// How long it can be used.
    pub const fn life(self) -> SignedDuration {
        match self {
            LinkPurpose::SecondStep => SignedDuration::from_mins(10),
            LinkPurpose::SignIn | LinkPurpose::NewPassword => SignedDuration::from_mins(60),
            LinkPurpose::ConfirmAddress => SignedDuration::from_hours(3 * 24),
            LinkPurpose::FirstChief | LinkPurpose::TakeUpRole => SignedDuration::from_hours(14 * 24),
            LinkPurpose::Invitation | LinkPurpose::Authorship | LinkPurpose::AuthorsChange => {
                SignedDuration::from_hours(120 * 24)
            }
        }
    }
}

/// What a link is bound to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LinkBody {
    /// The account, if there is one.
    pub account: Option<i64>,
    /// The manuscript, if it is about one.
    pub manuscript: Option<i64>,
    /// The reviewer's assignment.
    pub assignment: Option<i64>,
    /// The address it was sent to, where there is no account.
    pub email: Option<Email>,
    /// The request that it answers.
    pub request: Option<i64>,
    /// Of a second step: the link that was the first step; None if it was the password.
    pub first: Option<LinkPurpose>,
    /// Of a second step: the page to go on to.
    pub next: String,
    /// The account's epoch when the link was made.
    pub epoch: i64,
    /// Of a letter that confirms an address: what was typed in the very sign-up that it answers.
    pub signed_up: Option<SignedUp>,
}

/// What somebody typed who signed up, kept until the address is confirmed: who owns the mailbox decides whose sign-up counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedUp {
    /// The password's argon2id PHC string.
    pub password: String,
    /// Who they say they are.
    pub profile: Profile,
}

impl LinkBody {
    /// Whether somebody who has signed in is the one to whom it was sent.
    pub fn is_for(&self, who: &Who) -> bool {
        self.account.is_none_or(|account| account == who.account)
            && self.email.as_ref().is_none_or(|email| *email == who.email)
    }
}

/// A link that was found, unspent.
#[derive(Clone, Debug)]
pub struct Link {
    /// The row.
    pub id: i64,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// What it is bound to.
    pub body: LinkBody,
    /// Whether everything of the account was revoked after it was made.
    pub revoked: bool,
}

impl Store {
    /// Mints a one-time link and returns its token, which is not stored.
    pub async fn mint(&self, purpose: LinkPurpose, body: &LinkBody) -> Result<String, Fault> {
        let token = self.chance.token("link");
        let id = self.vault.id("link");
        let mut body = body.clone();
        if let Some(account) = body.account {
            body.epoch = self.epoch(account).await?;
        }
        let row = link::ActiveModel {
            id: Set(id),
            token_tag: Set(self.vault.token_tag(&token)),
            purpose: Set(purpose.key().to_owned()),
            sealed: Set(self
                .vault
                .seal(Cell::new("link", "sealed", id), &(purpose, &body))?),
            expires_at: Set((self.clock.now() + purpose.life()).as_microsecond()),
            used_at: Set(None),
        };
        link::Entity::insert(row)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(token)
    }

    async fn epoch(&self, account: i64) -> Result<i64, Fault> {
        let row = account::Entity::find_by_id(account).one(&self.db.read).await?;
        row.map_or(Ok(0), |row| Ok(self.secret(&row)?.epoch))
    }

    /// Looks at a link without spending it. None if it is unknown, spent or too old.
    pub async fn look_at_link(&self, token: &str) -> Result<Option<Link>, Fault> {
        let row = link::Entity::find()
            .filter(link::Column::TokenTag.eq(self.vault.token_tag(token)))
            .one(&self.db.read)
            .await?;
        let now = self.clock.now().as_microsecond();
        let Some(row) = row.filter(|r| r.used_at.is_none() && r.expires_at > now) else {
            return Ok(None);
        };
        let (purpose, body): (LinkPurpose, LinkBody) =
            self.vault
                .open_for(&SIGN_IN, Cell::new("link", "sealed", row.id), &row.sealed)?;
        let revoked = match body.account {
            Some(account) => self.epoch(account).await? != body.epoch,
            None => false,
        };
        if revoked && purpose.signs_in() {
            return Ok(None);
        }
        Ok(Some(Link {
            id: row.id,
            purpose,
            body,
            revoked,
        }))
    }

    /// Spends a link: true for exactly one caller.
    pub async fn spend_link(&self, link: &Link) -> Result<bool, Fault> {
        let now = self.clock.now().as_microsecond();
        let result = link::Entity::update_many()
            .col_expr(link::Column::UsedAt, Expr::value(Some(now)))
            .filter(link::Column::Id.eq(link.id))
            .filter(link::Column::UsedAt.is_null())
            .exec(&self.db.write)
            .await?;
        Ok(result.rows_affected == 1)
    }

    /// Counts an attempt at `what` by `key`; false when there were more than `limit` within `per`.
    pub async fn within_rate(
        &self,
        what: &str,
        key: &str,
        limit: i32,
        per: SignedDuration,
    ) -> Result<bool, Fault> {
        let id = self.vault.rate_tag(what, key);
        let now = self.clock.now();
        let txn = self.db.begin().await?;
        let row = rate::Entity::find_by_id(id.clone()).one(&txn).await?;
        // A count that ends later than it can was begun while the clock ran ahead.
        let ends = now.as_microsecond()..=(now + per).as_microsecond();
        let fresh = row
            .as_ref()
            .is_none_or(|r| r.resets_at == *ends.start() || !ends.contains(&r.resets_at));
        let count = if fresh {
            1
        } else {
            row.as_ref().map_or(1, |r| r.count.saturating_add(1))
        };
        let resets_at = if fresh {
            (now + per).as_microsecond()
        } else {
            row.as_ref().map_or(0, |r| r.resets_at)
        };
        let model = rate::ActiveModel {
            id: Set(id),
            count: Set(count),
            resets_at: Set(resets_at),
        };
        let upsert = sea_orm::sea_query::OnConflict::column(rate::Column::Id)
            .update_columns([rate::Column::Count, rate::Column::ResetsAt])
            .to_owned();
        rate::Entity::insert(model)
            .on_conflict(upsert)
            .exec_without_returning(&txn)
            .await?;
        txn.commit().await?;
        Ok(count <= limit)
    }

    /// Deletes counts and links that are over, a day after their end; at most once an hour.
    pub async fn sweep(&self) -> Result<(), Fault> {
        let hour = self.clock.now().as_second() / 3600;
        if self.swept.swap(hour, std::sync::atomic::Ordering::SeqCst) == hour {
            return Ok(());
        }
        let before = (self.clock.now() - SignedDuration::from_hours(24)).as_microsecond();
        rate::Entity::delete_many()
            .filter(rate::Column::ResetsAt.lt(before))
            .exec(&self.db.write)
            .await?;
        link::Entity::delete_many()
            .filter(link::Column::ExpiresAt.lt(before))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }
}
