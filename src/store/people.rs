//! Accounts, sessions, one-time links and rate limits. Everything about a person is one sealed value.

use jiff::SignedDuration;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde::{Deserialize, Serialize};

use super::access::{AsAdministrator, AsOffice, Purpose, Who};
use super::entity::{account, handling, link, rate};
use super::second_step::SecondStep;
use super::vault::{Tie, by_slots};
use super::{Fault, Store};
use crate::domain::person::{Email, Lang, Profile, Role, Roles};
use crate::seal::Cell;

/// What an account's one sealed value holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Secret {
    pub email: Email,
    pub profile: Profile,
    pub roles: Roles,
    pub lang: Lang,
    /// An argon2id PHC string; None until a password is set.
    pub password: Option<String>,
    /// Whether the first-run guide was put away.
    #[serde(default)]
    pub guide_closed: bool,
    /// The second step of signing in, if it was set up.
    #[serde(default)]
    pub second: Option<SecondStep>,
    /// Changes whenever everything is revoked at once: sign-in links and known browsers are bound to it.
    #[serde(default)]
    pub epoch: i64,
    /// Whether the person asked to be erased.
    #[serde(default)]
    pub leaving: bool,
}

/// A person of the office or the pool, as people who look after people see them.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// The account's row.
    pub id: i64,
    /// Address.
    pub email: Email,
    /// Profile.
    pub profile: Profile,
    /// Roles.
    pub roles: Roles,
    /// Language.
    pub lang: Lang,
    /// Whether the address was confirmed.
    pub confirmed: bool,
    /// Whether signing in takes a second step.
    pub second_step: bool,
}

/// What signing in needs of an account.
pub struct Credentials {
    /// The account's row.
    pub account: i64,
    /// The argon2id PHC string, if a password is set.
    pub password: Option<String>,
    /// Whether the address was confirmed.
    pub confirmed: bool,
    /// Language.
    pub lang: Lang,
    /// Whether signing in takes a second step.
    pub second_step: bool,
    /// To which known browsers are bound.
    pub epoch: i64,
    /// Names in both scripts: a password must not be made of them.
    pub names: [String; 2],
}

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

    /// Whether it lets somebody in who has only that: then revoking everything revokes it too.
    const fn signs_in(self) -> bool {
        matches!(
            self,
            LinkPurpose::SignIn | LinkPurpose::NewPassword | LinkPurpose::SecondStep
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
}

pub(super) const SIGN_IN: AsOffice = AsOffice(Purpose::SignIn);

/// In which capacities accounts are looked for; who they are stays sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capacity {
    /// Assistants, editors, editors-in-chief.
    Office = 1,
    /// The pool of reviewers.
    Pool = 2,
    /// Anybody with a role.
    Any = 7,
    /// Who asked to be erased.
    Leaving = 8,
}

/// The capacities of an account, as bits: 1 office, 2 pool, 4 administration, 8 asked to be erased.
pub(super) fn capacity(secret: &Secret) -> i16 {
    let (roles, bit) = (&secret.roles, |yes: bool, bit: i16| if yes { bit } else { 0 });
    bit(roles.office(), 1)
        | bit(roles.has(Role::Reviewer), 2)
        | bit(roles.has(Role::Administrator), 4)
        | bit(secret.leaving, 8)
}

impl Store {
    pub(super) fn account_cell(id: i64) -> Cell {
        Cell::new("account", "sealed", id)
    }

    pub(super) fn secret(&self, row: &account::Model) -> Result<Secret, Fault> {
        let cell = Self::account_cell(row.id);
        match &row.secret {
            Some(kept) => {
                let own = self.vault.own(&SIGN_IN, row.id, kept)?;
                Ok(serde_json::from_slice(&own.open(cell, &row.sealed)?)?)
            }
            None => self.vault.open_for(&SIGN_IN, cell, &row.sealed),
        }
    }

    /// What is kept of a person's data that changed: sealed under the person's own secret, and that secret sealed.
    pub(super) fn sealed_secret(
        &self,
        row: &account::Model,
        secret: &Secret,
    ) -> Result<(Vec<u8>, Vec<u8>), Fault> {
        let (own, kept) = match &row.secret {
            Some(kept) => (self.vault.own(&SIGN_IN, row.id, kept)?, kept.clone()),
            None => self.vault.new_own(row.id)?,
        };
        let sealed = self.vault.seal_own(&own, Self::account_cell(row.id), secret)?;
        Ok((sealed, kept))
    }

    /// What stands for a person in one manuscript's history, as long as the person's own secret is there.
    pub(super) async fn deed(
        &self,
        conn: &impl ConnectionTrait,
        account: i64,
        manuscript: i64,
    ) -> Result<String, Fault> {
        let row = account::Entity::find_by_id(account).one(conn).await?;
        let Some((id, kept)) = row.and_then(|row| Some((row.id, row.secret?))) else {
            return Ok(String::new());
        };
        let own = self.vault.own(&SIGN_IN, id, &kept)?;
        Ok(data_encoding::HEXLOWER.encode(&own.deed(manuscript)))
    }

    fn person(&self, row: &account::Model) -> Result<Person, Fault> {
        let s = self.secret(row)?;
        Ok(Person {
            id: row.id,
            email: s.email,
            profile: s.profile,
            roles: s.roles,
            lang: s.lang,
            confirmed: row.confirmed,
            second_step: s.second.is_some(),
        })
    }

    pub(super) async fn who_of(&self, conn: &impl ConnectionTrait, id: i64) -> Result<Option<Who>, Fault> {
        let Some(row) = account::Entity::find_by_id(id).one(conn).await? else {
            return Ok(None);
        };
        let s = self.secret(&row)?;
        Ok(Some(Who {
            account: id,
            session: 0,
            email: s.email,
            profile: s.profile,
            roles: s.roles,
            lang: s.lang,
            guide_closed: s.guide_closed,
            second_step: s.second.is_some(),
            confirmed: 0,
            leaving: s.leaving,
        }))
    }

    pub(super) async fn account_row(
        &self,
        conn: &impl ConnectionTrait,
        email: &Email,
    ) -> Result<Option<account::Model>, Fault> {
        Ok(account::Entity::find()
            .filter(account::Column::AddressTag.eq(self.vault.address_tag(email)))
            .one(conn)
            .await?)
    }

    /// Makes an account, or returns the one that the address has, unchanged. The flag tells which.
    pub async fn ensure_account(
        &self,
        email: &Email,
        profile: Profile,
        lang: Lang,
        confirmed: bool,
    ) -> Result<(i64, bool), Fault> {
        if let Some(row) = self.account_row(&self.db.read, email).await? {
            return Ok((row.id, false));
        }
        let txn = self.db.begin().await?;
        let made = self
            .ensure_account_in(&txn, email, profile, lang, confirmed)
            .await?;
        txn.commit().await?;
        Ok(made)
    }

    pub(super) async fn ensure_account_in(
        &self,
        conn: &impl ConnectionTrait,
        email: &Email,
        profile: Profile,
        lang: Lang,
        confirmed: bool,
    ) -> Result<(i64, bool), Fault> {
        if let Some(row) = self.account_row(conn, email).await? {
            return Ok((row.id, false));
        }
        let id = self.vault.id("account");
        let secret = Secret {
            email: email.clone(),
            profile,
            roles: Roles::default(),
            lang,
            password: None,
            guide_closed: false,
            second: None,
            epoch: 0,
            leaving: false,
        };
        let (own, kept) = self.vault.new_own(id)?;
        let row = account::ActiveModel {
            id: Set(id),
            address_tag: Set(self.vault.address_tag(email)),
            sealed: Set(self.vault.seal_own(&own, Self::account_cell(id), &secret)?),
            secret: Set(Some(kept)),
            confirmed: Set(confirmed),
            version: Set(1),
            capacity: Set(0),
        };
        account::Entity::insert(row).exec_without_returning(conn).await?;
        Ok((id, true))
    }

    /// Changes an account's sealed value, one change after the other.
    pub(super) async fn change<T>(
        &self,
        id: i64,
        change: impl FnOnce(&mut Secret, &mut bool) -> T,
    ) -> Result<T, Fault> {
        let txn = self.db.begin().await?;
        let row = account::Entity::find_by_id(id);
        let row = sea_orm::QuerySelect::lock_exclusive(row)
            .one(&txn)
            .await?
            .ok_or_else(|| Fault::Value("account is gone".into()))?;
        let (mut secret, mut confirmed) = (self.secret(&row)?, row.confirmed);
        let answer = change(&mut secret, &mut confirmed);
        let (sealed, kept) = self.sealed_secret(&row, &secret)?;
        account::Entity::update_many()
            .col_expr(account::Column::Sealed, Expr::value(sealed))
            .col_expr(account::Column::Secret, Expr::value(Some(kept)))
            .col_expr(account::Column::Confirmed, Expr::value(confirmed))
            .col_expr(account::Column::Capacity, Expr::value(capacity(&secret)))
            .col_expr(account::Column::Version, Expr::value(row.version + 1))
            .filter(account::Column::Id.eq(id))
            .exec(&txn)
            .await?;
        txn.commit().await?;
        Ok(answer)
    }

    /// Marks the address as confirmed.
    pub async fn confirm_address(&self, account: i64) -> Result<(), Fault> {
        self.change(account, |_, confirmed| *confirmed = true).await
    }

    /// Sets the password's PHC string and ends all sessions but `keep`.
    pub async fn set_password(&self, account: i64, phc: String, keep: Option<i64>) -> Result<(), Fault> {
        self.change(account, |secret, confirmed| {
            secret.password = Some(phc.clone());
            *confirmed = true;
        })
        .await?;
        self.end_sessions(account, keep).await
    }

    /// Sets the password of an account that is just being made; its address is not confirmed by that.
    pub async fn set_first_password(&self, account: i64, phc: String) -> Result<(), Fault> {
        self.change(account, |secret, _| secret.password = Some(phc.clone()))
            .await
    }

    /// Forgets the password: in any case, or only if the address was never confirmed with it.
    pub async fn clear_password(&self, account: i64, confirmed_too: bool) -> Result<(), Fault> {
        self.change(account, |secret, confirmed| {
            if confirmed_too || !*confirmed {
                secret.password = None;
            }
        })
        .await
    }

    /// Changes the person's own profile.
    pub async fn set_profile(&self, who: &Who, profile: Profile) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.profile = profile.clone())
            .await
    }

    /// Keeps that the person asks to be erased, or does not any more.
    pub async fn set_leaving(&self, who: &Who, leaving: bool) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.leaving = leaving)
            .await
    }

    /// Puts the first-run guide away.
    pub async fn close_guide(&self, who: &Who) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.guide_closed = true)
            .await
    }

    /// Changes the person's own language.
    pub async fn set_lang(&self, who: &Who, lang: Lang) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.lang = lang).await
    }

    /// Gives a role: `by` somebody, or by the command line. It is recorded.
    pub async fn give_role(&self, account: i64, role: Role, by: Option<i64>) -> Result<(), Fault> {
        let (before, after) = self
            .change(account, |secret, _| {
                let before = secret.roles.clone();
                secret.roles.add(role);
                (before, secret.roles.clone())
            })
            .await?;
        if before == after {
            return Ok(());
        }
        self.note_roles(&self.db.write, by, account, &before, &after)
            .await?;
        // A session is no stronger than it was when it began. Whoever joins the pool has done so with this very session.
        if role != Role::Reviewer {
            self.end_sessions(account, None).await?;
        }
        Ok(())
    }

    /// Sets all roles of an account. It is recorded, and everything of the account is revoked.
    pub async fn set_roles(&self, proof: &AsAdministrator, account: i64, roles: Roles) -> Result<(), Fault> {
        let after = roles.clone();
        let before = self
            .change(account, |secret, _| std::mem::replace(&mut secret.roles, roles))
            .await?;
        self.note_roles(&self.db.write, Some(proof.account()), account, &before, &after)
            .await?;
        self.end_sessions(account, None).await
    }

    /// Everybody with a role, for the administrator.
    pub async fn people(&self, _proof: &AsAdministrator) -> Result<Vec<Person>, Fault> {
        let mut people = self.people_in(&self.db.read, Capacity::Any).await?;
        people.sort_by(|a, b| a.email.cmp(&b.email));
        Ok(people)
    }

    /// The people of a capacity: the office and the pool have hundreds, not the hundred thousand of all authors.
    pub(super) async fn people_in(
        &self,
        conn: &impl ConnectionTrait,
        wanted: Capacity,
    ) -> Result<Vec<Person>, Fault> {
        let bits = (1..16i16).filter(|bits| bits & wanted as i16 != 0);
        account::Entity::find()
            .filter(account::Column::Capacity.is_in(bits))
            .all(conn)
            .await?
            .iter()
            .map(|row| self.person(row))
            .collect()
    }

    pub(super) async fn person_at(
        &self,
        conn: &impl ConnectionTrait,
        email: &Email,
    ) -> Result<Option<Person>, Fault> {
        let row = self.account_row(conn, email).await?;
        row.map(|row| self.person(&row)).transpose()
    }

    /// The accounts of addresses, by one query.
    pub(super) async fn accounts_at(
        &self,
        conn: &impl ConnectionTrait,
        emails: &[Email],
    ) -> Result<Vec<i64>, Fault> {
        let tags = emails.iter().map(|email| self.vault.address_tag(email));
        let rows = account::Entity::find()
            .filter(account::Column::AddressTag.is_in(tags))
            .all(conn)
            .await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// To whom a letter about an account goes: address, name in the language of letters, and that language.
    pub async fn addressee(&self, account: i64) -> Result<Option<(Email, String, Lang)>, Fault> {
        let person = self.person_of(&self.db.read, account).await?;
        Ok(person.map(|p| (p.email, p.profile.name(p.lang).to_owned(), p.lang)))
    }

    pub(super) async fn person_of(
        &self,
        conn: &impl ConnectionTrait,
        id: i64,
    ) -> Result<Option<Person>, Fault> {
        let row = account::Entity::find_by_id(id).one(conn).await?;
        row.map(|row| self.person(&row)).transpose()
    }

    /// Tells the capacities of accounts that are older than the column, and gives secrets of their own to those that
    /// have none.
    pub(super) async fn tell_capacities(&self) -> Result<(), Fault> {
        let old = account::Column::Capacity
            .eq(-1)
            .or(account::Column::Secret.is_null());
        let rows = account::Entity::find().filter(old).all(&self.db.write).await?;
        for row in rows {
            self.change(row.id, |_, _| ()).await?;
        }
        Ok(())
    }

    /// Whether there is an editor-in-chief already.
    pub async fn has_chief(&self) -> Result<bool, Fault> {
        let office = self.people_in(&self.db.read, Capacity::Office).await?;
        Ok(office.iter().any(|p| p.roles.chief()))
    }

    /// Whether there is an editor-in-chief beside `account`.
    pub async fn has_chief_beside(&self, account: i64) -> Result<bool, Fault> {
        let office = self.people_in(&self.db.read, Capacity::Office).await?;
        Ok(office.iter().any(|p| p.roles.chief() && p.id != account))
    }

    /// The manuscripts that somebody handles.
    pub async fn handled_by(&self, _proof: &AsAdministrator, account: i64) -> Result<Vec<i64>, Fault> {
        self.handlings_of(account).await
    }

    pub(super) async fn handlings_of(&self, account: i64) -> Result<Vec<i64>, Fault> {
        let column = handling::Column::SlotTag;
        let rows =
            by_slots::<handling::Entity>(&self.vault, &self.db.read, Tie::Handling, account, column).await?;
        Ok(rows.into_iter().map(|row| row.manuscript_id).collect())
    }

    /// What signing in with an address needs; None if there is no account.
    pub async fn credentials(&self, email: &Email) -> Result<Option<Credentials>, Fault> {
        let Some(row) = self.account_row(&self.db.read, email).await? else {
            return Ok(None);
        };
        let secret = self.secret(&row)?;
        Ok(Some(Credentials {
            account: row.id,
            password: secret.password,
            confirmed: row.confirmed,
            lang: secret.lang,
            second_step: secret.second.is_some(),
            epoch: secret.epoch,
            names: [secret.profile.native_name, secret.profile.latin_name],
        }))
    }

    /// Mints a one-time link and returns its token, which is not stored.
    pub async fn mint(&self, purpose: LinkPurpose, body: &LinkBody) -> Result<String, Fault> {
        let token = self.chance.token("link");
        let id = self.vault.id("link");
        let mut body = body.clone();
        if let (true, Some(account)) = (purpose.signs_in(), body.account) {
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
        if let (true, Some(account)) = (purpose.signs_in(), body.account)
            && self.epoch(account).await? != body.epoch
        {
            return Ok(None);
        }
        Ok(Some(Link {
            id: row.id,
            purpose,
            body,
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
