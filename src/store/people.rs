//! Accounts. Everything about a person is one sealed value.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::access::{AsOffice, Purpose, Who};
use super::entity::account;
use super::links::SignedUp;
use super::roles::capacity;
use super::second_step::SecondStep;
use super::{Fault, Store};
use crate::domain::person::{Email, Lang, Profile, Roles};
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
    /// Whether the account was made to ask somebody for a review.
    #[serde(default)]
    pub asked: bool,
    /// The manuscripts by which the person came into the pool, as long as the office has not given the role itself.
    #[serde(default)]
    pub joined: Vec<i64>,
}

impl Secret {
    fn new(email: &Email, profile: Profile, lang: Lang) -> Self {
        Secret {
            email: email.clone(),
            profile: profile.kept(),
            roles: Roles::default(),
            lang,
            password: None,
            guide_closed: false,
            second: None,
            epoch: 0,
            leaving: false,
            asked: false,
            joined: Vec::new(),
        }
    }
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
    /// The manuscripts by which alone the person came into the pool.
    #[serde(skip)]
    pub(super) joined: Vec<i64>,
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

pub(super) const SIGN_IN: AsOffice = AsOffice(Purpose::SignIn);

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

    pub(super) fn person(&self, row: &account::Model) -> Result<Person, Fault> {
        let s = self.secret(row)?;
        Ok(Person {
            id: row.id,
            email: s.email,
            profile: s.profile,
            roles: s.roles,
            lang: s.lang,
            confirmed: row.confirmed,
            second_step: s.second.is_some(),
            joined: s.joined,
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
        let secret = Secret::new(email, profile, lang);
        self.ensure_in(conn, secret, confirmed).await
    }

    /// The account of somebody who is to be asked for a review, made if the address has none.
    pub(super) async fn ensure_asked_in(
        &self,
        conn: &impl ConnectionTrait,
        email: &Email,
        profile: Profile,
        lang: Lang,
    ) -> Result<i64, Fault> {
        let secret = Secret {
            asked: true,
            ..Secret::new(email, profile, lang)
        };
        Ok(self.ensure_in(conn, secret, false).await?.0)
    }

    async fn ensure_in(
        &self,
        conn: &impl ConnectionTrait,
        secret: Secret,
        confirmed: bool,
    ) -> Result<(i64, bool), Fault> {
        let email = &secret.email;
        if let Some(row) = self.account_row(conn, email).await? {
            return Ok((row.id, false));
        }
        let id = self.vault.id("account");
        let (own, kept) = self.vault.new_own(id)?;
        let row = account::ActiveModel {
            id: Set(id),
            address_tag: Set(self.vault.address_tag(email)),
            sealed: Set(self.vault.seal_own(&own, Self::account_cell(id), &secret)?),
            secret: Set(Some(kept)),
            confirmed: Set(confirmed),
            version: Set(1),
            capacity: Set(capacity(&secret)),
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

    /// Sets the password's PHC string and ends all sessions but `keep`.
    pub async fn set_password(&self, account: i64, phc: String, keep: Option<i64>) -> Result<(), Fault> {
        self.change(account, |secret, confirmed| {
            secret.password = Some(phc.clone());
            *confirmed = true;
        })
        .await?;
        self.end_sessions(account, keep).await
    }

    /// Puts another hash of the same password in the place of the one that is kept.
    pub async fn renew_hash(&self, account: i64, phc: String) -> Result<(), Fault> {
        self.change(account, |secret, _| secret.password = Some(phc))
            .await
    }

    /// Confirms the address by the letter of a sign-up. Of several sign-ups of one address the one counts whose letter was
    /// answered; an account whose address is confirmed already stays as it is.
    pub async fn confirm_sign_up(&self, account: i64, typed: Option<SignedUp>) -> Result<(), Fault> {
        self.change(account, |secret, confirmed| {
            if *confirmed {
                return;
            }
            *confirmed = true;
            secret.password = None;
            if let Some(SignedUp { password, profile }) = typed {
                secret.password = Some(password);
                // What else the account says was written by whoever invited this person.
                let Profile {
                    native_name,
                    latin_name,
                    affiliation,
                    ..
                } = profile.kept();
                secret.profile = Profile {
                    native_name,
                    latin_name,
                    affiliation,
                    ..std::mem::take(&mut secret.profile)
                };
            }
        })
        .await
    }

    /// Forgets the password of somebody whose address is confirmed by that.
    pub async fn clear_password(&self, account: i64) -> Result<(), Fault> {
        self.change(account, |secret, confirmed| {
            secret.password = None;
            *confirmed = true;
        })
        .await
    }

    /// Changes the person's own profile.
    pub async fn set_profile(&self, who: &Who, profile: Profile) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.profile = profile.kept())
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
}
