//! The vault: the only place that opens what is sealed, and only for a proof.

use std::collections::BTreeMap;

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Fault;
use super::access::Proof;
use super::db::{Db, DbError};
use super::entity::data_key;
use crate::chance::Chance;
use crate::domain::person::Email;
use crate::seal::{Cell, OwnSecret, RootKey, Sealer, TagUse};

/// In which capacity a person is tied to a manuscript, for tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    Author,
    Handling,
    Reviewer,
    /// Typed among the authors; by address, since there may be no account yet.
    Typed,
    /// Declared a conflict or was declared one.
    Declared,
    /// Has opened the authors' names.
    Opened,
    /// A session of one's own.
    Session,
}

impl Tie {
    const fn key(self) -> &'static [u8] {
        match self {
            Tie::Author => b"author",
            Tie::Handling => b"handling",
            Tie::Reviewer => b"reviewer",
            Tie::Typed => b"typed",
            Tie::Declared => b"declared",
            Tie::Opened => b"opened",
            Tie::Session => b"session",
        }
    }
}

/// Seals, opens and tags with the office's keys.
pub struct Vault {
    sealer: Sealer,
    chance: Chance,
}

impl Vault {
    pub(super) async fn open(db: &Db, root: &RootKey, chance: &Chance) -> Result<Self, DbError> {
        let mut rows = data_key::Entity::find().all(&db.write).await?;
        if rows.is_empty() {
            // Key 0 is the root of tags and blob keys; the others seal values.
            // Both or none: with one alone nothing could be opened ever after.
            let txn = db.begin().await?;
            for id in [0u32, 1] {
                let wrapped = root.wrap(id, chance.bytes("nonce"), &chance.bytes("data-key"));
                let row = data_key::ActiveModel {
                    id: Set(id as i32),
                    wrapped: Set(wrapped),
                };
                data_key::Entity::insert(row).exec_without_returning(&txn).await?;
            }
            txn.commit().await?;
            rows = data_key::Entity::find().all(&db.write).await?;
        }
        let mut keys = BTreeMap::new();
        for row in rows {
            let id = row.id as u32;
            keys.insert(id, root.unwrap(id, &row.wrapped).map_err(|_| DbError::WrongKey)?);
        }
        let tag_root = keys.remove(&0).ok_or(DbError::WrongKey)?;
        Ok(Vault {
            sealer: Sealer::new(keys, tag_root),
            chance: chance.clone(),
        })
    }

    pub(super) fn seal<T: Serialize>(&self, cell: Cell, value: &T) -> Result<Vec<u8>, Fault> {
        Ok(self
            .sealer
            .seal(cell, self.chance.bytes("nonce"), &padded(value)?))
    }

    /// A new secret of a person's own, and how it is kept in the row `account`.
    pub(super) fn new_own(&self, account: i64) -> Result<(OwnSecret, Vec<u8>), Fault> {
        let bytes: [u8; 32] = self.chance.bytes("own-secret");
        let kept = self.seal(Self::own_cell(account), &bytes)?;
        Ok((OwnSecret::from_bytes(bytes), kept))
    }

    /// The person's own secret that the row `account` keeps.
    pub(super) fn own(&self, proof: &impl Proof, account: i64, kept: &[u8]) -> Result<OwnSecret, Fault> {
        self.open_for(proof, Self::own_cell(account), kept)
            .map(OwnSecret::from_bytes)
    }

    pub(super) fn seal_own<T: Serialize>(
        &self,
        own: &OwnSecret,
        cell: Cell,
        value: &T,
    ) -> Result<Vec<u8>, Fault> {
        Ok(own.seal(cell, self.chance.bytes("nonce"), &padded(value)?))
    }

    fn own_cell(account: i64) -> Cell {
        Cell::new("account", "secret", account)
    }

    /// Bytes that tag nothing, where a tag has to stand.
    pub(super) fn no_tag(&self) -> Vec<u8> {
        self.chance.bytes::<32>("no-tag").to_vec()
    }

    /// Whether `root` opens all data keys that there are.
    pub(super) async fn opens(db: &Db, root: &RootKey) -> Result<(), DbError> {
        for row in data_key::Entity::find().all(&db.write).await? {
            root.unwrap(row.id as u32, &row.wrapped)
                .map_err(|_| DbError::WrongKey)?;
        }
        Ok(())
    }

    /// Wraps the data keys with `new` in the stead of `old`, all or none. Doing it again changes nothing.
    pub(super) async fn rewrap(
        db: &Db,
        old: &RootKey,
        new: &RootKey,
        chance: &Chance,
    ) -> Result<usize, DbError> {
        let txn = db.begin().await?;
        let rows = data_key::Entity::find().all(&txn).await?;
        let mut done = 0;
        for row in rows {
            let id = row.id as u32;
            if new.unwrap(id, &row.wrapped).is_ok() {
                continue;
            }
            let key = old.unwrap(id, &row.wrapped).map_err(|_| DbError::WrongKey)?;
            data_key::Entity::update_many()
                .col_expr(
                    data_key::Column::Wrapped,
                    Expr::value(new.wrap(id, chance.bytes("nonce"), &key)),
                )
                .filter(data_key::Column::Id.eq(row.id))
                .exec(&txn)
                .await?;
            done += 1;
        }
        txn.commit().await?;
        Ok(done)
    }

    /// Opens a sealed value for somebody who has proved that they may see it.
    pub(super) fn open_for<T: DeserializeOwned>(
        &self,
        _proof: &impl Proof,
        cell: Cell,
        sealed: &[u8],
    ) -> Result<T, Fault> {
        Ok(serde_json::from_slice(&self.sealer.open(cell, sealed)?)?)
    }

    pub(super) fn address_tag(&self, email: &Email) -> Vec<u8> {
        self.sealer.tag(TagUse::Address, &[email.as_str().as_bytes()])
    }

    pub(super) fn access_tag(&self, tie: Tie, account: i64, manuscript: i64) -> Vec<u8> {
        self.sealer.tag(
            TagUse::Access,
            &[tie.key(), &account.to_le_bytes(), &manuscript.to_le_bytes()],
        )
    }

    pub(super) fn typed_tag(&self, email: &Email, manuscript: i64) -> Vec<u8> {
        self.sealer.tag(
            TagUse::Access,
            &[
                Tie::Typed.key(),
                email.as_str().as_bytes(),
                &manuscript.to_le_bytes(),
            ],
        )
    }

    /// The slot of a typed address, which need not have an account.
    pub(super) fn typed_slot(&self, email: &Email, slot: u32) -> Vec<u8> {
        self.sealer.tag(
            TagUse::Slot,
            &[Tie::Typed.key(), email.as_str().as_bytes(), &slot.to_le_bytes()],
        )
    }

    /// The tag of an author's name or address on the manuscript that is its `slot`-th.
    pub(super) fn author_tag(&self, kind: &str, key: &str, slot: u32) -> Vec<u8> {
        self.sealer.tag(
            TagUse::Author,
            &[kind.as_bytes(), key.as_bytes(), &slot.to_le_bytes()],
        )
    }

    pub(super) fn slot_tag(&self, tie: Tie, account: i64, slot: u32) -> Vec<u8> {
        self.sealer.tag(
            TagUse::Slot,
            &[tie.key(), &account.to_le_bytes(), &slot.to_le_bytes()],
        )
    }

    pub(super) fn token_tag(&self, token: &str) -> Vec<u8> {
        self.sealer.tag(TagUse::Token, &[token.as_bytes()])
    }

    /// What a known browser keeps beside its own name.
    pub(super) fn browser_tag(&self, email: &Email, epoch: i64, token: &str, until: i64) -> Vec<u8> {
        self.sealer.tag(
            TagUse::Browser,
            &[
                email.as_str().as_bytes(),
                &epoch.to_le_bytes(),
                token.as_bytes(),
                &until.to_le_bytes(),
            ],
        )
    }

    pub(super) fn recovery_tag(&self, account: i64, code: &str) -> Vec<u8> {
        self.sealer
            .tag(TagUse::Recovery, &[&account.to_le_bytes(), code.as_bytes()])
    }

    pub(super) fn rate_tag(&self, what: &str, key: &str) -> Vec<u8> {
        self.sealer.tag(TagUse::Rate, &[what.as_bytes(), key.as_bytes()])
    }

    pub(super) fn content_tag(&self, digest: &[u8]) -> Vec<u8> {
        self.sealer.tag(TagUse::Content, &[digest])
    }

    pub(super) fn chain_link(
        &self,
        before: &[u8],
        manuscript: i64,
        seq: i64,
        at: i64,
        body: &[u8],
    ) -> Vec<u8> {
        self.sealer.link(before, manuscript, seq, at, body)
    }

    pub(super) fn blob_key(&self, name: &str) -> [u8; 32] {
        self.sealer.blob_key(name)
    }

    pub(super) fn id(&self, table: &'static str) -> i64 {
        self.chance.id(table)
    }
}

/// A value as JSON, filled up with blanks: its length says nothing of how many digits or letters it has.
fn padded<T: Serialize>(value: &T) -> Result<Vec<u8>, Fault> {
    let mut plain = serde_json::to_vec(value)?;
    plain.resize(plain.len().next_multiple_of(64), b' ');
    Ok(plain)
}

/// How many slots are probed in the first look-up of a list of one's own; each further one asks for twice as many.
pub(super) const SLOTS: u32 = 32;
/// The most in one look-up.
const MOST_SLOTS: u32 = 2048;

/// The rows whose `column` holds the tags of numbered slots. Slots are given out without gaps, so that a block that is
/// not full is the last.
pub(super) async fn slots<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    column: E::Column,
    tag: &impl Fn(u32) -> Vec<u8>,
) -> Result<Vec<E::Model>, Fault> {
    blocks::<E>(conn, column, tag, |found, size| found == size).await
}

/// The same where deleting may have left gaps: a block that is not half full is the last.
pub(super) async fn half_full<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    column: E::Column,
    tag: &impl Fn(u32) -> Vec<u8>,
) -> Result<Vec<E::Model>, Fault> {
    blocks::<E>(conn, column, tag, |found, size| found >= size / 2).await
}

/// Rows block after block, as long as `goes_on` says so of how many were found among how many.
async fn blocks<E: EntityTrait>(
    conn: &impl ConnectionTrait,
    column: E::Column,
    tag: &impl Fn(u32) -> Vec<u8>,
    goes_on: impl Fn(usize, usize) -> bool,
) -> Result<Vec<E::Model>, Fault> {
    let (mut out, mut from, mut size) = (Vec::new(), 0, SLOTS);
    loop {
        let tags: Vec<Vec<u8>> = (from..from + size).map(tag).collect();
        let found = E::find().filter(column.is_in(tags)).all(conn).await?;
        let more = goes_on(found.len(), size as usize);
        out.extend(found);
        if !more {
            return Ok(out);
        }
        from += size;
        size = (size * 2).min(MOST_SLOTS);
    }
}

/// The rows of one person in one capacity, found by the tags of that person's slots in `column`.
pub(super) async fn by_slots<E: EntityTrait>(
    vault: &Vault,
    conn: &impl ConnectionTrait,
    tie: Tie,
    account: i64,
    column: E::Column,
) -> Result<Vec<E::Model>, Fault> {
    slots::<E>(conn, column, &|n| vault.slot_tag(tie, account, n)).await
}

/// The first slot that a person has free in one capacity: slots are given out without gaps.
pub(super) async fn free_slot<E: EntityTrait>(
    vault: &Vault,
    conn: &impl ConnectionTrait,
    tie: Tie,
    account: i64,
    column: E::Column,
) -> Result<u32, Fault> {
    Ok(by_slots::<E>(vault, conn, tie, account, column).await?.len() as u32)
}

/// Closes the gap that a deleted row of `account` left at the slot `gone`: the last of its `before` rows moves there.
pub(super) async fn close_gap<E: EntityTrait>(
    vault: &Vault,
    conn: &impl ConnectionTrait,
    (tie, account): (Tie, i64),
    column: E::Column,
    gone: &[u8],
    before: u32,
) -> Result<(), Fault> {
    let last = vault.slot_tag(tie, account, before.saturating_sub(1));
    if last != gone {
        E::update_many()
            .col_expr(column, Expr::value(gone.to_vec()))
            .filter(column.eq(last))
            .exec(conn)
            .await?;
    }
    Ok(())
}
