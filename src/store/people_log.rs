//! Who changed whose roles, and who reset whose second step: kept in the office's log, sealed.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::access::AsAdministrator;
use super::entity::office_event;
use super::settings::OfficeEventBody;
use super::{Fault, Store};
use crate::domain::person::{Role, Roles};
use crate::seal::Cell;

/// A line of the log.
#[derive(Clone, Debug)]
pub struct PeopleLine {
    /// When.
    pub at: jiff::Timestamp,
    /// `roles` or `second-step`.
    pub kind: String,
    /// Who did it, by name in Chinese and English; empty for the command line.
    pub by: [String; 2],
    /// To whom it was done, by name in Chinese and English.
    pub about: [String; 2],
    /// The roles before.
    pub before: Vec<&'static str>,
    /// The roles after.
    pub after: Vec<&'static str>,
}

fn keys(roles: &Roles) -> String {
    let keys: Vec<&str> = roles.0.iter().map(|role| role.key()).collect();
    keys.join(",")
}

fn from_keys(text: &str) -> Vec<&'static str> {
    text.split(',')
        .filter_map(Role::from_key)
        .map(Role::key)
        .collect()
}

impl Store {
    pub(super) async fn note_roles(
        &self,
        conn: &impl ConnectionTrait,
        by: Option<i64>,
        account: i64,
        before: &Roles,
        after: &Roles,
    ) -> Result<(), Fault> {
        let body = OfficeEventBody {
            actor: by,
            about: Some(account),
            before: keys(before),
            after: keys(after),
        };
        self.note(conn, "roles", "", &body).await
    }

    /// The newest lines of the log.
    pub async fn people_log(&self, proof: &AsAdministrator, limit: u64) -> Result<Vec<PeopleLine>, Fault> {
        let rows = office_event::Entity::find()
            .filter(office_event::Column::Kind.is_in(["roles", "second-step"]))
            .order_by_desc(office_event::Column::At)
            .order_by_desc(office_event::Column::Id)
            .limit(limit)
            .all(&self.db.read)
            .await?;
        let mut found = Vec::new();
        for row in rows {
            let cell = Cell::new("office_event", "sealed", row.id);
            let body: OfficeEventBody = self.vault.open_for(proof, cell, &row.sealed)?;
            found.push((row.at, row.kind, body));
        }
        let people: Vec<i64> = found
            .iter()
            .flat_map(|(_, _, body)| [body.actor, body.about])
            .flatten()
            .collect();
        let names = self.names_of(&people).await?;
        let named = |id: Option<i64>| {
            let found = id.and_then(|id| names.get(&id));
            found.map(|n| [n.zh.clone(), n.en.clone()]).unwrap_or_default()
        };
        let line = |(at, kind, body): (i64, String, OfficeEventBody)| PeopleLine {
            at: super::rows::instant(at),
            kind,
            by: named(body.actor),
            about: named(body.about),
            before: from_keys(&body.before),
            after: from_keys(&body.after),
        };
        Ok(found.into_iter().map(line).collect())
    }
}
