//! Signing in: a first step (password or mailed link), then a second where one is set up. Attempts are slowed down for whoever
//! makes them, so that no stranger can lock the owner out: a browser in which the owner has signed in before counts for itself,
//! and a mailed link is counted apart from passwords.

use jiff::SignedDuration;

use super::account::{matches, refresh_hash, to_account};
use super::{Done, Failure};
use crate::domain::person::Email;
use crate::store::Store;
use crate::store::access::Who;
use crate::store::links::{Link, LinkBody, LinkPurpose};
use crate::store::people::Credentials;
use crate::store::second_step::Taken;

/// Attempts that one browser has at one account in a quarter of an hour.
const PER_BROWSER: i32 = 10;
/// Attempts that all browsers together have at one account in an hour, those that are known there left out.
const PER_ACCOUNT: i32 = 50;
/// Attempts that come from one place in a quarter of an hour: a hospital or a proxy is one place for many people.
const PER_PLACE: i32 = 200;
/// Letters to one address in an hour. A link lives as long: who is slowed down has one in the mailbox that works.
const LETTERS: i32 = 10;

const QUARTER: SignedDuration = SignedDuration::from_mins(15);
const HOUR: SignedDuration = SignedDuration::from_mins(60);

/// Where an attempt comes from.
#[derive(Clone, Debug)]
pub struct Asker {
    /// The address of the line; empty if it is not known.
    pub place: String,
    /// What the browser keeps of an earlier sign-in, if anything.
    pub kept: String,
    /// The browser's name of itself, for the list of sessions.
    pub agent: String,
}

/// What a right first step led to.
#[derive(Debug)]
pub enum Entered {
    /// A session began; its token.
    In(String),
    /// A second step is wanted; its token stands in the next form.
    Second(String),
}

/// What came of an attempt.
#[derive(Debug)]
pub enum Attempt<T> {
    /// It was right.
    Right(T),
    /// It was wrong, or there is nothing to be right about.
    Wrong,
    /// There were too many.
    TooMany,
}

/// Counts an attempt at `what`; false when there were too many.
async fn may_try(
    store: &Store,
    what: &str,
    email: &Email,
    found: Option<&Credentials>,
    asker: &Asker,
) -> Done<bool> {
    let epoch = found.map_or(0, |found| found.epoch);
    if let Some(browser) = store.is_known_browser(email, epoch, &asker.kept) {
        return Ok(store
            .within_rate(&format!("{what} known"), &browser, PER_BROWSER, QUARTER)
            .await?);
    }
    let pair = format!("{email} {}", asker.place);
    let by_pair = store.within_rate(what, &pair, PER_BROWSER, QUARTER).await?;
    let account = format!("{what} account");
    let by_account = store
        .within_rate(&account, email.as_str(), PER_ACCOUNT, HOUR)
        .await?;
    Ok(by_pair && by_account && place_may(store, what, &asker.place).await?)
}

async fn place_may(store: &Store, what: &str, place: &str) -> Done<bool> {
    Ok(place.is_empty()
        || store
            .within_rate(&format!("{what} place"), place, PER_PLACE, QUARTER)
            .await?)
}

/// Counts a letter to an address that somebody asks for who has not signed in.
pub async fn may_write(store: &Store, email: &Email, asker: &Asker) -> Done<bool> {
    let by_address = store.within_rate("mail", email.as_str(), LETTERS, HOUR).await?;
    Ok(by_address && place_may(store, "mail", &asker.place).await?)
}

/// Counts an attempt of somebody who has signed in to prove it again.
pub async fn may_confirm(store: &Store, who: &Who) -> Done<bool> {
    let session = who.session().to_string();
    Ok(store
        .within_rate("confirm", &session, PER_BROWSER, QUARTER)
        .await?)
}

/// Signs in with address and password. Whether there is an account shows neither in the answer nor in its time.
pub async fn by_password(
    store: &Store,
    email: &Email,
    password: String,
    next: &str,
    asker: &Asker,
) -> Done<Attempt<Entered>> {
    let found = store.credentials(email).await?;
    if !may_try(store, "sign-in", email, found.as_ref(), asker).await? {
        return Ok(Attempt::TooMany);
    }
    let phc = found.as_ref().and_then(|found| found.password.clone());
    let right = matches(password.clone(), phc).await;
    let Some(found) = found.filter(|found| right && found.confirmed) else {
        return Ok(Attempt::Wrong);
    };
    let phc = found.password.unwrap_or_default();
    refresh_hash(store, found.account, password, &phc).await?;
    let body = LinkBody {
        next: next.to_owned(),
        ..to_account(found.account)
    };
    enter(store, body, found.second_step, asker)
        .await
        .map(Attempt::Right)
}

/// Signs in with a mailed link that has just been spent.
pub async fn by_link(store: &Store, account: i64, link: &Link, asker: &Asker) -> Done<Entered> {
    let body = LinkBody {
        first: Some(link.purpose),
        signed_up: link.body.signed_up.clone(),
        ..to_account(account)
    };
    let second = store.has_second_step(account).await?;
    enter(store, body, second, asker).await
}

async fn enter(store: &Store, body: LinkBody, second: bool, asker: &Asker) -> Done<Entered> {
    if second {
        return Ok(Entered::Second(store.mint(LinkPurpose::SecondStep, &body).await?));
    }
    Ok(Entered::In(finish(store, &body, asker).await?))
}

/// What the first step has shown takes effect, and the session begins.
async fn finish(store: &Store, body: &LinkBody, asker: &Asker) -> Done<String> {
    let account = body.account.ok_or(Failure::NotFound)?;
    // Somebody else may have signed this address up with a password of theirs: only the letter of a sign-up confirms the
    // password that was typed in it. Whoever has forgotten a password shuts everybody out who may know it.
    match body.first {
        None => {}
        Some(LinkPurpose::ConfirmAddress) => {
            store.confirm_sign_up(account, body.signed_up.clone()).await?;
        }
        Some(LinkPurpose::NewPassword) => {
            store.clear_password(account).await?;
            store.end_sessions(account, None).await?;
        }
        Some(_) => store.confirm_sign_up(account, None).await?,
    }
    Ok(store.begin_session(account, &asker.agent).await?)
}

/// A second step that was right.
#[derive(Debug)]
pub struct Through {
    /// The session's token.
    pub token: String,
    /// The link that was the first step; None if it was the password.
    pub first: Option<LinkPurpose>,
    /// The page to go on to.
    pub next: String,
    /// How many recovery codes are left, if one was taken.
    pub recovery_left: Option<usize>,
}

/// Takes the second step after the first one whose link this is. The link is spent only by a code that is right.
pub async fn second_step(store: &Store, link: &Link, typed: &str, asker: &Asker) -> Done<Attempt<Through>> {
    let account = link.body.account.ok_or(Failure::NotFound)?;
    // Whoever has guessed a password cannot slow down whoever comes by the mailbox.
    let how = if link.body.first.is_some() {
        "mail"
    } else {
        "password"
    };
    let what = format!("second step by {how}");
    if !store
        .within_rate(&what, &account.to_string(), PER_BROWSER, QUARTER)
        .await?
    {
        return Ok(Attempt::TooMany);
    }
    let recovery_left = match store.take_second_step(account, typed).await? {
        Taken::Not => return Ok(Attempt::Wrong),
        Taken::Code => None,
        Taken::Recovery(left) => Some(left),
    };
    if !store.spend_link(link).await? {
        return Ok(Attempt::Wrong);
    }
    Ok(Attempt::Right(Through {
        token: finish(store, &link.body, asker).await?,
        first: link.body.first,
        next: link.body.next.clone(),
        recovery_left,
    }))
}
