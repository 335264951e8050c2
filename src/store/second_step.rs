//! The second step of signing in: the secret of an authenticator app and recovery codes, inside the account's sealed value.

use sea_orm::EntityTrait;
use serde::{Deserialize, Serialize};

use super::access::{AsAdministrator, Who};
use super::entity::account;
use super::sessions::trusted_with_names;
use super::settings::OfficeEventBody;
use super::{Fault, Store};
use crate::seal::totp;

/// Recovery codes that are made at a time.
pub const CODES: usize = 10;
/// Signs of a recovery code: 24 of 32 are 120 bits, more than the 112 from which on a keyed digest is enough
/// (OWASP ASVS 5.0, 6.5.2).
const CODE_SIGNS: usize = 24;

/// What an account keeps of the second step.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SecondStep {
    /// The app's secret, in base 32.
    secret: String,
    /// The step of the last code that was taken.
    last: Option<u64>,
    /// Digests of the recovery codes that are left.
    codes: Vec<String>,
}

/// How the second step was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Not at all: the code is wrong, too old or was taken before.
    Not,
    /// By a code of the app.
    Code,
    /// By a recovery code; so many are left.
    Recovery(usize),
}

/// The signs of a recovery code without what people put between them.
fn plain(typed: &str) -> Option<String> {
    let signs: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .flat_map(char::to_lowercase)
        .collect();
    (signs.len() == CODE_SIGNS && signs.bytes().all(|b| b.is_ascii_alphanumeric())).then_some(signs)
}

/// Whether a text is a secret such as `Store::offer_secret` gives.
pub fn is_secret(text: &str) -> bool {
    totp::secret(text).is_some()
}

impl Store {
    /// New recovery codes, as people read them: six groups of four.
    fn recovery_codes(&self) -> Vec<String> {
        let code = |_| {
            let signs = data_encoding::BASE32_NOPAD.encode(&self.chance.bytes::<15>("recovery"));
            let groups: Vec<String> = signs
                .to_lowercase()
                .as_bytes()
                .chunks(4)
                .map(|group| String::from_utf8_lossy(group).into_owned())
                .collect();
            groups.join("-")
        };
        (0..CODES).map(code).collect()
    }

    fn code_digest(&self, account: i64, signs: &str) -> String {
        data_encoding::HEXLOWER.encode(&self.vault.recovery_tag(account, signs))
    }

    fn digests(&self, account: i64, codes: &[String]) -> Vec<String> {
        let signs = codes.iter().filter_map(|code| plain(code));
        signs.map(|signs| self.code_digest(account, &signs)).collect()
    }

    fn step_now(&self) -> u64 {
        totp::step_at(self.clock.on_devices().as_second())
    }

    /// A secret for an app, not set up yet.
    pub fn offer_secret(&self) -> String {
        totp::text(&self.chance.bytes::<{ totp::SECRET }>("totp"))
    }

    /// Sets up the second step with a secret whose code was typed; the recovery codes, or None if the code is not right.
    pub async fn set_second_step(
        &self,
        who: &Who,
        secret: &str,
        typed: &str,
    ) -> Result<Option<Vec<String>>, Fault> {
        let Some(last) =
            totp::secret(secret).and_then(|bytes| totp::accept(&bytes, typed, self.step_now(), None))
        else {
            return Ok(None);
        };
        let codes = self.recovery_codes();
        let second = SecondStep {
            secret: secret.to_owned(),
            last: Some(last),
            codes: self.digests(who.account, &codes),
        };
        self.change(who.account, |s, _| s.second = Some(second)).await?;
        self.end_sessions(who.account, Some(who.session)).await?;
        Ok(Some(codes))
    }

    /// New recovery codes in the place of all old ones.
    pub async fn renew_recovery_codes(&self, who: &Who) -> Result<Vec<String>, Fault> {
        let codes = self.recovery_codes();
        let digests = self.digests(who.account, &codes);
        self.change(who.account, |s, _| {
            if let Some(second) = &mut s.second {
                second.codes = digests;
            }
        })
        .await?;
        Ok(codes)
    }

    /// Whether signing in to an account takes a second step.
    pub async fn has_second_step(&self, account: i64) -> Result<bool, Fault> {
        let who = self.who_of(&self.db.read, account).await?;
        Ok(who.is_some_and(|who| who.second_step))
    }

    /// Whether an account may be entered by signing in alone, not by a letter about something else; `revoked` of a letter
    /// that is older than the last time everything was revoked. Whoever has no password was let in by letters alone.
    pub async fn wants_sign_in(&self, account: i64, revoked: bool) -> Result<bool, Fault> {
        let row = account::Entity::find_by_id(account).one(&self.db.read).await?;
        let Some(secret) = row.map(|row| self.secret(&row)).transpose()? else {
            return Ok(false);
        };
        Ok(secret.second.is_some()
            || trusted_with_names(&secret.roles)
            || revoked && secret.password.is_some())
    }

    /// How many recovery codes a person has left; None without a second step.
    pub async fn recovery_codes_left(&self, who: &Who) -> Result<Option<usize>, Fault> {
        let row = self.account_row(&self.db.read, &who.email).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(self.secret(&row)?.second.map(|second| second.codes.len()))
    }

    /// Takes a code of the app or a recovery code: each once, whoever else types it at the same time.
    pub async fn take_second_step(&self, account: i64, typed: &str) -> Result<Taken, Fault> {
        let now = self.step_now();
        let recovery = plain(typed).map(|signs| self.code_digest(account, &signs));
        self.change(account, |secret, _| {
            let Some(second) = &mut secret.second else {
                return Taken::Not;
            };
            if let Some(digest) = recovery {
                let Some(at) = second.codes.iter().position(|code| *code == digest) else {
                    return Taken::Not;
                };
                second.codes.remove(at);
                return Taken::Recovery(second.codes.len());
            }
            let bytes = totp::secret(&second.secret).unwrap_or_default();
            match totp::accept(&bytes, typed, now, second.last) {
                Some(step) => {
                    second.last = Some(step);
                    Taken::Code
                }
                None => Taken::Not,
            }
        })
        .await
    }

    /// Takes one's own second step away.
    pub async fn drop_second_step(&self, who: &Who) -> Result<(), Fault> {
        self.change(who.account, |secret, _| secret.second = None).await?;
        self.end_sessions(who.account, Some(who.session)).await
    }

    /// Takes the second step of somebody else away who has lost it: everything of that person is revoked, and it is recorded.
    /// False if there was none.
    pub async fn reset_second_step(&self, proof: &AsAdministrator, account: i64) -> Result<bool, Fault> {
        let had = self
            .change(account, |secret, _| secret.second.take().is_some())
            .await?;
        if had {
            self.end_sessions(account, None).await?;
            let body = OfficeEventBody {
                actor: Some(proof.account()),
                about: Some(account),
                ..OfficeEventBody::default()
            };
            self.note(&self.db.write, "second-step", "", &body).await?;
        }
        Ok(had)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_code_is_read_however_it_is_written() {
        let plain_code = "abcdefghijkl234567mnopqr";
        assert_eq!(
            plain("ABCD-efgh ijkl-2345-67mn-opqr").as_deref(),
            Some(plain_code)
        );
        for bad in [
            "",
            "123456",
            "abcd-efgh",
            "abcd-efgh-ijkl-2345-67mn-op!r",
            &format!("{plain_code}a"),
        ] {
            assert_eq!(plain(bad), None, "{bad}");
        }
    }
}
