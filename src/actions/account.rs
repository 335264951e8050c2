//! Accounts: signing up, confirming, signing in. No answer tells whether an address has an account.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::SignedDuration;

use super::{Done, Failure, Refusal};
use crate::domain::person::{Email, Lang, Profile, Role};
use crate::letters::Letter;
use crate::store::access::{AsAdministrator, Who};
use crate::store::people::{LinkBody, LinkPurpose};
use crate::store::{Fault, Store};

/// Shortest password that is taken, in characters.
pub const PASSWORD_MIN: usize = 10;

/// Passwords that everybody tries first.
const COMMON: &[&str] = &[
    "0123456789",
    "1111111111",
    "1234512345",
    "1234567890",
    "12345678910",
    "123456789a",
    "1q2w3e4r5t",
    "aaaaaaaaaa",
    "abcdefghij",
    "iloveyou12",
    "password12",
    "password123",
    "password1234",
    "passwordpassword",
    "qwerty1234",
    "qwertyuiop",
    "woaini1314",
    "woaini520520",
];

/// Why a password is not taken: keys of translations.
pub fn weak_password(password: &str, email: &Email) -> Option<&'static str> {
    let lower = password.to_lowercase();
    if password.chars().count() < PASSWORD_MIN {
        return Some("password-short");
    }
    let local = email.as_str().split('@').next().unwrap_or_default();
    let common = COMMON.contains(&lower.as_str())
        || lower == email.as_str()
        || (local.len() > 4 && lower.starts_with(local));
    common.then_some("password-common")
}

fn argon() -> Argon2<'static> {
    // OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane.
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(19 * 1024, 2, 1, None).unwrap_or_default(),
    )
}

async fn hash(store: &Store, password: String) -> Result<String, Fault> {
    let salt: [u8; 16] = store.chance.bytes("salt");
    let hashed = tokio::task::spawn_blocking(move || {
        argon()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map(|h| h.to_string())
    })
    .await;
    match hashed {
        Ok(Ok(phc)) => Ok(phc),
        _ => Err(Fault::Value("password hash".into())),
    }
}

async fn matches(password: String, phc: Option<String>) -> bool {
    // Somebody without a password costs the same time as somebody with one.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let known = phc.is_some();
    let phc = phc.unwrap_or_else(|| NOBODY.to_owned());
    let verified = tokio::task::spawn_blocking(move || {
        let parsed = argon2::password_hash::phc::PasswordHash::new(&phc).ok()?;
        argon().verify_password(password.as_bytes(), &parsed).ok()
    })
    .await;
    known && matches!(verified, Ok(Some(())))
}

fn to_account(account: i64) -> LinkBody {
    LinkBody {
        account: Some(account),
        ..LinkBody::default()
    }
}

/// Signs up: a letter goes in either case, and only the letter differs.
pub async fn sign_up(store: &Store, email: &Email, profile: Profile, lang: Lang, password: String) -> Done {
    let name = profile.name(lang).to_owned();
    let phc = hash(store, password).await?;
    let (account, new) = store.ensure_account(email, profile, lang, false).await?;
    let confirmed = store.credentials(email).await?.is_some_and(|c| c.confirmed);
    if confirmed {
        store
            .post_account(&Letter::AlreadyRegistered {}, email, "", lang, None)
            .await?;
        return Ok(());
    }
    if new {
        store.set_first_password(account, phc).await?;
    }
    store
        .post_account(
            &Letter::ConfirmAddress {},
            email,
            &name,
            lang,
            Some((LinkPurpose::ConfirmAddress, to_account(account))),
        )
        .await?;
    Ok(())
}

/// Signs in with address and password; the session's token, or None.
pub async fn sign_in(store: &Store, email: &Email, password: String, agent: &str) -> Done<Option<String>> {
    let found = store.credentials(email).await?;
    let (account, phc, confirmed) = match found {
        Some(c) => (c.account, c.password, c.confirmed),
        None => (0, None, false),
    };
    let right = matches(password, phc).await;
    if !right || !confirmed {
        return Ok(None);
    }
    Ok(Some(store.begin_session(account, agent).await?))
}

/// Mails a link for signing in or for a new password, if the address has an account.
pub async fn mail_link(store: &Store, email: &Email, purpose: LinkPurpose) -> Done {
    let letter = match purpose {
        LinkPurpose::NewPassword => Letter::NewPassword {},
        _ => Letter::SignInLink {},
    };
    if let Some(found) = store.credentials(email).await? {
        store
            .post_account(
                &letter,
                email,
                "",
                found.lang,
                Some((purpose, to_account(found.account))),
            )
            .await?;
    }
    Ok(())
}

/// Sets a new password and ends all other sessions.
pub async fn new_password(store: &Store, account: i64, password: String, keep: Option<i64>) -> Done {
    let phc = hash(store, password).await?;
    Ok(store.set_password(account, phc, keep).await?)
}

/// Changes one's password, knowing the old one.
pub async fn change_password(store: &Store, who: &Who, old: String, new: String) -> Done<bool> {
    let found = store.credentials(who.email()).await?.ok_or(Failure::NotFound)?;
    if found.password.is_some() && !matches(old, found.password).await {
        return Ok(false);
    }
    new_password(store, who.account(), new, Some(who.session())).await?;
    Ok(true)
}

/// Invites somebody into the office or the pool: makes the account, gives the role, mails a link. For the command
/// line and the administrator.
pub async fn invite(store: &Store, email: &Email, name: &str, role: Role, lang: Lang) -> Done {
    let native = !name.is_ascii();
    let profile = Profile {
        native_name: if native { name.to_owned() } else { String::new() },
        latin_name: if native { String::new() } else { name.to_owned() },
        ..Profile::default()
    };
    let (account, _) = store.ensure_account(email, profile, lang, false).await?;
    store.give_role(account, role).await?;
    let letter = Letter::RoleInvitation {
        roles: vec![role.key()],
    };
    Ok(store
        .post_account(
            &letter,
            email,
            name,
            lang,
            Some((LinkPurpose::TakeUpRole, to_account(account))),
        )
        .await?)
}

/// The same, by an administrator on the site.
pub async fn invite_as(
    store: &Store,
    _proof: &AsAdministrator,
    email: &str,
    name: &str,
    role: Role,
    lang: Lang,
) -> Done {
    let email = Email::parse(email).ok_or(Failure::Refused(Refusal::Address))?;
    invite(store, &email, name, role, lang).await
}

/// Attempts that one address has in a quarter of an hour.
const PER_ADDRESS: i32 = 10;
/// Attempts that come from one place: a hospital or a proxy is one place for many people.
const PER_PLACE: i32 = 200;

/// Counts an attempt at `what`; false when there were too many by this address or from this place.
pub async fn within_limits(store: &Store, what: &str, address: &str, place: &str) -> Done<bool> {
    let span = SignedDuration::from_mins(15);
    let by_address = store.within_rate(what, address, PER_ADDRESS, span).await?;
    let by_place = place.is_empty()
        || store
            .within_rate(&format!("{what} place"), place, PER_PLACE, span)
            .await?;
    Ok(by_address && by_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_named() {
        let email = Email::parse("lihua@example.org").unwrap();
        assert_eq!(weak_password("short", &email), Some("password-short"));
        assert_eq!(weak_password("Password123", &email), Some("password-common"));
        assert_eq!(weak_password("lihua12345", &email), Some("password-common"));
        assert_eq!(weak_password("three green lamps", &email), None);
        assert_eq!(weak_password("三盏绿灯照着两条小河流", &email), None);
    }
}
