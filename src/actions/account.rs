//! Accounts: signing up, confirming, signing in. No answer tells whether an address has an account.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::{Done, Failure, Refusal, need};
use crate::domain::password;
use crate::domain::person::{Email, Lang, Profile, Role};
use crate::letters::Letter;
use crate::store::access::{AsAdministrator, Who};
use crate::store::links::{LinkBody, LinkPurpose, SignedUp};
use crate::store::{Fault, Store};

/// Why a password is not taken, as keys of translations: also what names the person or the journal is none.
pub fn weak_password(
    store: &Store,
    password: &str,
    email: &Email,
    names: &[String; 2],
) -> Option<&'static str> {
    let journal = store.journal();
    let own = [
        email.as_str(),
        &journal.name_zh,
        &journal.name_en,
        &journal.site,
        "bauta",
    ]
    .into_iter()
    .chain(names.iter().map(String::as_str))
    .map(str::to_owned)
    .collect::<Vec<_>>();
    password::weak(password, &own)
}

fn argon() -> Argon2<'static> {
    // OWASP's password storage cheat sheet, as of November 2026: argon2id with 19 MiB, 2 passes, 1 lane at least.
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(19 * 1024, 2, 1, None).unwrap_or_default(),
    )
}

/// Passwords that are worked on at a time: each takes 19 MiB, and strangers must not have all the memory.
static AT_A_TIME: Semaphore = Semaphore::const_new(4);

async fn hash(store: &Store, password: String) -> Result<String, Fault> {
    let salt: [u8; 16] = store.chance.bytes("salt");
    let _turn = AT_A_TIME.acquire().await;
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

pub(super) async fn matches(password: String, phc: Option<String>) -> bool {
    // Somebody without a password costs the same time as somebody with one.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let known = phc.is_some();
    let phc = phc.unwrap_or_else(|| NOBODY.to_owned());
    let _turn = AT_A_TIME.acquire().await;
    let verified = tokio::task::spawn_blocking(move || {
        let parsed = argon2::password_hash::phc::PasswordHash::new(&phc).ok()?;
        argon().verify_password(password.as_bytes(), &parsed).ok()
    })
    .await;
    known && matches!(verified, Ok(Some(())))
}

pub(super) fn to_account(account: i64) -> LinkBody {
    LinkBody {
        account: Some(account),
        ..LinkBody::default()
    }
}

/// Signs up: a letter goes in either case, and only the letter differs. What was typed counts once this sign-up's own letter is
/// answered, whoever signed the same address up before or after. No name stands in a letter to an address that anybody may
/// have typed.
pub async fn sign_up(store: &Store, email: &Email, profile: Profile, lang: Lang, password: String) -> Done {
    let password = hash(store, password).await?;
    let (account, _) = store.ensure_account(email, profile.clone(), lang, false).await?;
    let confirmed = store.credentials(email).await?.is_some_and(|c| c.confirmed);
    if confirmed {
        store
            .post_account(&Letter::AlreadyRegistered {}, email, "", lang, None)
            .await?;
        return Ok(());
    }
    let body = LinkBody {
        signed_up: Some(SignedUp { password, profile }),
        ..to_account(account)
    };
    store
        .post_account(
            &Letter::ConfirmAddress {},
            email,
            "",
            lang,
            Some((LinkPurpose::ConfirmAddress, body)),
        )
        .await?;
    Ok(())
}

/// Mails a link for signing in or for a new password, if the address has an account. If it has none, as much is written all the
/// same, so that the time of the answer does not tell.
pub async fn mail_link(store: &Store, email: &Email, purpose: LinkPurpose) -> Done {
    let letter = match purpose {
        LinkPurpose::NewPassword => Letter::NewPassword {},
        _ => Letter::SignInLink {},
    };
    let Some(found) = store.credentials(email).await? else {
        store.mint(LinkPurpose::SecondStep, &LinkBody::default()).await?;
        return Ok(());
    };
    Ok(store
        .post_account(
            &letter,
            email,
            "",
            found.lang,
            Some((purpose, to_account(found.account))),
        )
        .await?)
}

/// Puts a hash of today's cost in the place of an older, cheaper one, now that the password is at hand.
pub(super) async fn refresh_hash(store: &Store, account: i64, password: String, phc: &str) -> Done {
    let today = argon2::password_hash::phc::PasswordHash::new(phc)
        .ok()
        .and_then(|hash| Params::try_from(&hash).ok())
        .is_some_and(|old| {
            old.m_cost() >= argon().params().m_cost() && old.t_cost() >= argon().params().t_cost()
        });
    if !today {
        let phc = hash(store, password).await?;
        store.renew_hash(account, phc).await?;
    }
    Ok(())
}

/// Whether somebody knows their own password.
pub async fn knows_password(store: &Store, who: &Who, typed: String) -> Done<bool> {
    let found = store.credentials(who.email()).await?.ok_or(Failure::NotFound)?;
    Ok(matches(typed, found.password).await)
}

/// Sets a new password and ends all other sessions.
pub async fn new_password(store: &Store, account: i64, password: String, keep: Option<i64>) -> Done {
    let phc = hash(store, password).await?;
    store.set_password(account, phc, keep).await?;
    tell(store, account, "password").await
}

/// Tells somebody what has changed of the account, so that nobody else changes it in silence.
pub async fn tell(store: &Store, account: i64, what: &'static str) -> Done {
    if let Some((email, name, lang)) = store.addressee(account).await? {
        store
            .post_account(&Letter::AccountChanged { what }, &email, &name, lang, None)
            .await?;
    }
    Ok(())
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

/// Invites somebody into the office or the pool: makes the account, gives the role, mails a link; `by` an administrator, or by
/// the command line.
pub async fn invite(
    store: &Store,
    email: &Email,
    name: &str,
    role: Role,
    lang: Lang,
    by: Option<i64>,
) -> Done {
    let native = !name.is_ascii();
    let profile = Profile {
        native_name: if native { name.to_owned() } else { String::new() },
        latin_name: if native { String::new() } else { name.to_owned() },
        ..Profile::default()
    };
    let (account, _) = store.ensure_account(email, profile, lang, false).await?;
    store.give_role(account, role, by).await?;
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
    proof: &AsAdministrator,
    email: &str,
    name: &str,
    role: Role,
    lang: Lang,
) -> Done {
    let email = Email::parse(email).ok_or(Failure::Refused(Refusal::Address))?;
    invite(store, &email, name, role, lang, Some(proof.account())).await
}

/// Takes away the second step of somebody else who has lost the device and the recovery codes.
pub async fn reset_second_step(store: &Store, proof: &AsAdministrator, account: i64) -> Done {
    need(account != proof.account(), Refusal::OwnSecondStep)?;
    store.addressee(account).await?.ok_or(Failure::NotFound)?;
    if store.reset_second_step(proof, account).await? {
        tell(store, account, "second-step-reset").await
    } else {
        Err(Failure::NotFound)
    }
}
