//! Accounts, sessions, one-time links and rate limits. Everything about a person is one sealed value.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::access::{AsAdministrator, AsOffice, Purpose, Who};
use super::entity::{account, handling, link, rate, session};
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
        }
    }

    /// How long it can be used.
    pub const fn life(self) -> SignedDuration {
        match self {
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

/// How long a session lasts without being used at the end of it.
const SESSION_LIFE: SignedDuration = SignedDuration::from_hours(14 * 24);

/// One of a person's own sessions, for the list of them.
#[derive(Clone, Debug, Serialize)]
pub struct SessionView {
    /// The row.
    pub id: i64,
    /// When it began.
    pub since: jiff::civil::Date,
    /// The browser as it named itself.
    pub agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

#[derive(Serialize, Deserialize)]
struct SessionBody {
    account: i64,
    since: i64,
    agent: String,
    slot: u32,
}

const SIGN_IN: AsOffice = AsOffice(Purpose::SignIn);

/// In which capacities accounts are looked for; who they are stays sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capacity {
    /// Assistants, editors, editors-in-chief.
    Office = 1,
    /// The pool of reviewers.
    Pool = 2,
    /// Anybody with a role.
    Any = 7,
}

/// The capacities that roles give, as bits: 1 office, 2 pool, 4 administration.
pub(super) fn capacity(roles: &Roles) -> i16 {
    let bit = |yes: bool, bit: i16| if yes { bit } else { 0 };
    bit(roles.office(), 1) | bit(roles.has(Role::Reviewer), 2) | bit(roles.has(Role::Administrator), 4)
}

impl Store {
    pub(super) fn account_cell(id: i64) -> Cell {
        Cell::new("account", "sealed", id)
    }

    pub(super) fn secret(&self, row: &account::Model) -> Result<Secret, Fault> {
        self.vault
            .open_for(&SIGN_IN, Self::account_cell(row.id), &row.sealed)
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
        };
        let row = account::ActiveModel {
            id: Set(id),
            address_tag: Set(self.vault.address_tag(email)),
            sealed: Set(self.vault.seal(Self::account_cell(id), &secret)?),
            confirmed: Set(confirmed),
            version: Set(1),
            capacity: Set(0),
        };
        account::Entity::insert(row).exec_without_returning(conn).await?;
        Ok((id, true))
    }

    /// Changes an account's sealed value; tries again if somebody else changed it meanwhile.
    async fn change(&self, id: i64, change: impl Fn(&mut Secret, &mut bool)) -> Result<(), Fault> {
        let txn = self.db.begin().await?;
        let row = account::Entity::find_by_id(id);
        let row = sea_orm::QuerySelect::lock_exclusive(row)
            .one(&txn)
            .await?
            .ok_or_else(|| Fault::Value("account is gone".into()))?;
        let (mut secret, mut confirmed) = (self.secret(&row)?, row.confirmed);
        change(&mut secret, &mut confirmed);
        account::Entity::update_many()
            .col_expr(
                account::Column::Sealed,
                Expr::value(self.vault.seal(Self::account_cell(id), &secret)?),
            )
            .col_expr(account::Column::Confirmed, Expr::value(confirmed))
            .col_expr(account::Column::Capacity, Expr::value(capacity(&secret.roles)))
            .col_expr(account::Column::Version, Expr::value(row.version + 1))
            .filter(account::Column::Id.eq(id))
            .exec(&txn)
            .await?;
        Ok(txn.commit().await?)
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

    /// Puts the first-run guide away.
    pub async fn close_guide(&self, who: &Who) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.guide_closed = true)
            .await
    }

    /// Changes the person's own language.
    pub async fn set_lang(&self, who: &Who, lang: Lang) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.lang = lang).await
    }

    /// Gives a role. The command line and the administrator do this.
    pub async fn give_role(&self, account: i64, role: Role) -> Result<(), Fault> {
        self.change(account, |secret, _| secret.roles.add(role)).await
    }

    /// Sets all roles of an account.
    pub async fn set_roles(&self, _proof: &AsAdministrator, account: i64, roles: Roles) -> Result<(), Fault> {
        self.change(account, |secret, _| secret.roles = roles.clone())
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
        let bits = (1..8i16).filter(|bits| bits & wanted as i16 != 0);
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

    pub(super) async fn person_of(
        &self,
        conn: &impl ConnectionTrait,
        id: i64,
    ) -> Result<Option<Person>, Fault> {
        let row = account::Entity::find_by_id(id).one(conn).await?;
        row.map(|row| self.person(&row)).transpose()
    }

    /// Tells the capacities of accounts that are older than the column.
    pub(super) async fn tell_capacities(&self) -> Result<(), Fault> {
        let rows = account::Entity::find()
            .filter(account::Column::Capacity.eq(-1))
            .all(&self.db.write)
            .await?;
        for row in rows {
            let capacity = capacity(&self.secret(&row)?.roles);
            account::Entity::update_many()
                .col_expr(account::Column::Capacity, Expr::value(capacity))
                .filter(account::Column::Id.eq(row.id))
                .exec(&self.db.write)
                .await?;
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
        }))
    }

    /// Begins a session and returns its token, which is not stored.
    pub async fn begin_session(&self, account: i64, agent: &str) -> Result<String, Fault> {
        let token = self.chance.token("session");
        let now = self.clock.now();
        let txn = self.db.begin().await?;
        session::Entity::delete_many()
            .filter(session::Column::ExpiresAt.lt(now.as_microsecond()))
            .exec(&txn)
            .await?;
        let rows = self.session_rows(&txn, account).await?;
        let taken: Vec<u32> = rows.iter().map(|(_, body)| body.slot).collect();
        // Expired sessions leave gaps; the list of slots must not have any, so take the lowest free one and
        // keep to the first block: more than thirty sessions end the oldest.
        let slot = (0..30).find(|n| !taken.contains(n));
        let slot = match slot {
            Some(slot) => slot,
            None => {
                let oldest = rows.iter().min_by_key(|(_, body)| body.since);
                let (id, slot) = oldest.map_or((0, 0), |(row, body)| (row.id, body.slot));
                session::Entity::delete_by_id(id).exec(&txn).await?;
                slot
            }
        };
        let id = self.vault.id("session");
        let agent = agent.chars().take(160).collect();
        let body = SessionBody {
            account,
            since: now.as_microsecond(),
            agent,
            slot,
        };
        let row = session::ActiveModel {
            id: Set(id),
            token_tag: Set(self.vault.token_tag(&token)),
            slot_tag: Set(self.vault.slot_tag(Tie::Session, account, slot)),
            sealed: Set(self.vault.seal(Cell::new("session", "sealed", id), &body)?),
            expires_at: Set((now + SESSION_LIFE).as_microsecond()),
        };
        session::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(token)
    }

    async fn session_rows(
        &self,
        conn: &impl ConnectionTrait,
        account: i64,
    ) -> Result<Vec<(session::Model, SessionBody)>, Fault> {
        let column = session::Column::SlotTag;
        let rows = by_slots::<session::Entity>(&self.vault, conn, Tie::Session, account, column).await?;
        rows.into_iter()
            .map(|row| {
                let body =
                    self.vault
                        .open_for(&SIGN_IN, Cell::new("session", "sealed", row.id), &row.sealed)?;
                Ok((row, body))
            })
            .collect()
    }

    /// The person of a session's token, if it is still valid.
    pub async fn who(&self, token: &str) -> Result<Option<Who>, Fault> {
        let row = session::Entity::find()
            .filter(session::Column::TokenTag.eq(self.vault.token_tag(token)))
            .one(&self.db.read)
            .await?;
        let Some(row) = row.filter(|r| r.expires_at > self.clock.now().as_microsecond()) else {
            return Ok(None);
        };
        let body: SessionBody =
            self.vault
                .open_for(&SIGN_IN, Cell::new("session", "sealed", row.id), &row.sealed)?;
        let who = self.who_of(&self.db.read, body.account).await?;
        Ok(who.map(|who| Who {
            session: row.id,
            ..who
        }))
    }

    /// The person's own sessions.
    pub async fn sessions(&self, who: &Who) -> Result<Vec<SessionView>, Fault> {
        let zone = self.rules().zone();
        let mut rows = self.session_rows(&self.db.read, who.account).await?;
        rows.sort_by_key(|(_, body)| -body.since);
        let view = |(row, body): (session::Model, SessionBody)| SessionView {
            id: row.id,
            since: Timestamp::from_microsecond(body.since)
                .unwrap_or_default()
                .to_zoned(zone.clone())
                .date(),
            agent: body.agent,
            current: row.id == who.session,
        };
        Ok(rows.into_iter().map(view).collect())
    }

    /// Ends one of the person's own sessions.
    pub async fn end_session(&self, who: &Who, id: i64) -> Result<(), Fault> {
        let own = self.session_rows(&self.db.read, who.account).await?;
        if own.iter().any(|(row, _)| row.id == id) {
            session::Entity::delete_by_id(id).exec(&self.db.write).await?;
        }
        Ok(())
    }

    /// Ends all sessions of an account but `keep`.
    pub async fn end_sessions(&self, account: i64, keep: Option<i64>) -> Result<(), Fault> {
        let ids: Vec<i64> = self
            .session_rows(&self.db.read, account)
            .await?
            .iter()
            .map(|(row, _)| row.id)
            .filter(|id| Some(*id) != keep)
            .collect();
        session::Entity::delete_many()
            .filter(session::Column::Id.is_in(ids))
            .exec(&self.db.write)
            .await?;
        Ok(())
    }

    /// Mints a one-time link and returns its token, which is not stored.
    pub async fn mint(&self, purpose: LinkPurpose, body: &LinkBody) -> Result<String, Fault> {
        let token = self.chance.token("link");
        let id = self.vault.id("link");
        let row = link::ActiveModel {
            id: Set(id),
            token_tag: Set(self.vault.token_tag(&token)),
            purpose: Set(purpose.key().to_owned()),
            sealed: Set(self
                .vault
                .seal(Cell::new("link", "sealed", id), &(purpose, body))?),
            expires_at: Set((self.clock.now() + purpose.life()).as_microsecond()),
            used_at: Set(None),
        };
        link::Entity::insert(row)
            .exec_without_returning(&self.db.write)
            .await?;
        Ok(token)
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
        let (purpose, body) =
            self.vault
                .open_for(&SIGN_IN, Cell::new("link", "sealed", row.id), &row.sealed)?;
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
        let fresh = row.as_ref().is_none_or(|r| r.resets_at <= now.as_microsecond());
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
}
