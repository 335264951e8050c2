//! Sessions: they begin with a sign-in, end when nobody uses them, at the latest after some days, and all at once when they are
//! revoked. Known browsers: where somebody has signed in before, strangers' attempts elsewhere do not slow that person down.

use jiff::{SignedDuration, Timestamp};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};

use super::access::Who;
use super::entity::session;
use super::people::SIGN_IN;
use super::vault::{Tie, by_slots};
use super::{Fault, Store};
use crate::domain::person::{Email, Role, Roles};
use crate::domain::rules::Rules;
use crate::seal::Cell;

/// Sessions that one person has at a time; one more ends the oldest.
const AT_ONCE: u32 = 30;
/// The use of a session is written down no more often than this.
const TOUCHED: SignedDuration = SignedDuration::from_mins(5);
/// How long a browser stays known.
const KNOWN: SignedDuration = SignedDuration::from_hours(180 * 24);

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
    /// When the person last proved who it is.
    #[serde(default)]
    confirmed: i64,
}

/// Whether somebody's part in the journal asks for the shorter time and, if the journal says so, for a second step.
pub(super) fn trusted_with_names(roles: &Roles) -> bool {
    roles.office() || roles.has(Role::Administrator)
}

/// When a session that is used now ends by itself (microseconds).
fn ends_at(rules: &Rules, roles: &Roles, since: i64, now: Timestamp) -> i64 {
    let idle = if trusted_with_names(roles) {
        rules.office_idle_hours
    } else {
        rules.session_idle_hours
    };
    let idle = (now + SignedDuration::from_hours(idle.into())).as_microsecond();
    let whole = SignedDuration::from_hours(i64::from(rules.session_days) * 24);
    let whole = (Timestamp::from_microsecond(since).unwrap_or(now) + whole).as_microsecond();
    idle.min(whole)
}

impl Store {
    /// Begins a session of somebody who has just proved who it is, and returns its token, which is not stored.
    pub async fn begin_session(&self, account: i64, agent: &str) -> Result<String, Fault> {
        let token = self.chance.token("session");
        let now = self.clock.now();
        let txn = self.db.begin().await?;
        session::Entity::delete_many()
            .filter(session::Column::ExpiresAt.lt(now.as_microsecond()))
            .exec(&txn)
            .await?;
        let roles = self.who_of(&txn, account).await?.map(|who| who.roles);
        let slot = self.session_slot(&txn, account).await?;
        let id = self.vault.id("session");
        let body = SessionBody {
            account,
            since: now.as_microsecond(),
            agent: agent.chars().take(160).collect(),
            slot,
            confirmed: now.as_microsecond(),
        };
        let ends_at = ends_at(&self.rules(), &roles.unwrap_or_default(), body.since, now);
        let row = session::ActiveModel {
            id: Set(id),
            token_tag: Set(self.vault.token_tag(&token)),
            slot_tag: Set(self.vault.slot_tag(Tie::Session, account, slot)),
            sealed: Set(self.vault.seal(Cell::new("session", "sealed", id), &body)?),
            expires_at: Set(ends_at),
        };
        session::Entity::insert(row).exec_without_returning(&txn).await?;
        txn.commit().await?;
        Ok(token)
    }

    /// Expired sessions leave gaps; the list of slots must not have any, so take the lowest free one and keep to the first block.
    async fn session_slot(&self, conn: &impl ConnectionTrait, account: i64) -> Result<u32, Fault> {
        let rows = self.session_rows(conn, account).await?;
        let free = (0..AT_ONCE).find(|n| !rows.iter().any(|(_, body)| body.slot == *n));
        if let Some(slot) = free {
            return Ok(slot);
        }
        let oldest = rows.iter().min_by_key(|(_, body)| body.since);
        let (id, slot) = oldest.map_or((0, 0), |(row, body)| (row.id, body.slot));
        session::Entity::delete_by_id(id).exec(conn).await?;
        Ok(slot)
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
                let body = self.session_body(&row)?;
                Ok((row, body))
            })
            .collect()
    }

    fn session_body(&self, row: &session::Model) -> Result<SessionBody, Fault> {
        self.vault
            .open_for(&SIGN_IN, Cell::new("session", "sealed", row.id), &row.sealed)
    }

    /// The person of a session's token, if it is still valid. Using it keeps it alive.
    pub async fn who(&self, token: &str) -> Result<Option<Who>, Fault> {
        let row = session::Entity::find()
            .filter(session::Column::TokenTag.eq(self.vault.token_tag(token)))
            .one(&self.db.read)
            .await?;
        let now = self.clock.now();
        let Some(row) = row.filter(|r| r.expires_at > now.as_microsecond()) else {
            return Ok(None);
        };
        let body = self.session_body(&row)?;
        let Some(who) = self.who_of(&self.db.read, body.account).await? else {
            return Ok(None);
        };
        // What the journal has shortened since is shorter for running sessions, too.
        let ends_at = ends_at(&self.rules(), &who.roles, body.since, now);
        if ends_at <= now.as_microsecond() {
            return Ok(None);
        }
        if (ends_at - row.expires_at).unsigned_abs() > TOUCHED.as_micros().unsigned_abs() as u64 {
            let touched = session::Entity::update_many()
                .col_expr(session::Column::ExpiresAt, Expr::value(ends_at))
                .filter(session::Column::Id.eq(row.id))
                .exec(&self.db.write)
                .await;
            // Reading goes on while nothing can be written; the next request tells of the use.
            if let Err(error) = touched {
                if !super::db::passing(&error) {
                    return Err(error.into());
                }
                tracing::warn!(%error, "the use of a session could not be noted");
            }
        }
        Ok(Some(Who {
            session: row.id,
            confirmed: body.confirmed,
            ..who
        }))
    }

    /// Gives the session a new token: the person has one part more, or has `proved` again who it is.
    pub async fn renew_session(&self, who: &Who, proved: bool) -> Result<String, Fault> {
        let token = self.chance.token("session");
        let txn = self.db.begin().await?;
        let row = session::Entity::find_by_id(who.session)
            .one(&txn)
            .await?
            .ok_or_else(|| Fault::Value("session is gone".into()))?;
        let mut body = self.session_body(&row)?;
        if proved {
            body.confirmed = self.clock.now().as_microsecond();
        }
        let sealed = self.vault.seal(Cell::new("session", "sealed", row.id), &body)?;
        session::Entity::update_many()
            .col_expr(
                session::Column::TokenTag,
                Expr::value(self.vault.token_tag(&token)),
            )
            .col_expr(session::Column::Sealed, Expr::value(sealed))
            .filter(session::Column::Id.eq(row.id))
            .exec(&txn)
            .await?;
        txn.commit().await?;
        Ok(token)
    }

    /// Whether the person has proved who it is within the minutes that the journal sets.
    pub fn confirmed_lately(&self, who: &Who) -> bool {
        let minutes = SignedDuration::from_mins(self.rules().confirm_minutes.into());
        who.confirmed > (self.clock.now() - minutes).as_microsecond()
    }

    /// Whether the person must set up the second step before anything else.
    pub fn wants_second_step(&self, who: &Who) -> bool {
        self.keeps_second_step(who) && !who.second_step
    }

    /// Whether the journal wants the person to have the second step, so that it cannot be turned off.
    pub fn keeps_second_step(&self, who: &Who) -> bool {
        self.rules().office_second_step && trusted_with_names(&who.roles)
    }

    /// The person's own sessions.
    pub async fn sessions(&self, who: &Who) -> Result<Vec<SessionView>, Fault> {
        let zone = self.rules().zone();
        let now = self.clock.now().as_microsecond();
        let mut rows = self.session_rows(&self.db.read, who.account).await?;
        rows.retain(|(row, _)| row.expires_at > now);
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

    /// Revokes everything of an account at once but the session `keep`: sessions, sign-in links under way, known browsers.
    pub async fn end_sessions(&self, account: i64, keep: Option<i64>) -> Result<(), Fault> {
        let epoch = self.chance.id("epoch");
        self.change(account, |secret, _| secret.epoch = epoch).await?;
        self.end_sessions_in(&self.db.write, account, keep).await
    }

    /// Ends them in a transaction; links and known browsers are left as they are.
    pub(super) async fn end_sessions_in(
        &self,
        conn: &impl ConnectionTrait,
        account: i64,
        keep: Option<i64>,
    ) -> Result<(), Fault> {
        let ids: Vec<i64> = self
            .session_rows(conn, account)
            .await?
            .iter()
            .map(|(row, _)| row.id)
            .filter(|id| Some(*id) != keep)
            .collect();
        session::Entity::delete_many()
            .filter(session::Column::Id.is_in(ids))
            .exec(conn)
            .await?;
        Ok(())
    }

    /// What a browser keeps in which somebody has signed in. It lets nobody in; nothing about it is stored here.
    pub fn known_browser(&self, email: &Email, epoch: i64) -> String {
        let (token, until) = (
            self.chance.token("browser"),
            (self.clock.now() + KNOWN).as_second(),
        );
        let tag = self.vault.browser_tag(email, epoch, &token, until);
        format!(
            "{token}.{until}.{}",
            data_encoding::BASE32_NOPAD.encode(&tag).to_lowercase()
        )
    }

    /// The browser's own name, if what it kept was given to it for this address and still counts.
    pub fn is_known_browser(&self, email: &Email, epoch: i64, kept: &str) -> Option<String> {
        let mut parts = kept.splitn(3, '.');
        let (token, until, tag) = (parts.next()?, parts.next()?.parse::<i64>().ok()?, parts.next()?);
        let right = self.vault.browser_tag(email, epoch, token, until);
        let right = data_encoding::BASE32_NOPAD.encode(&right).to_lowercase();
        // Digests are compared, so that no time tells how far a guess is right.
        let fits = blake3::hash(right.as_bytes()) == blake3::hash(tag.as_bytes());
        (fits && until > self.clock.now().as_second()).then(|| token.to_owned())
    }
}
