//! The search of the office. It runs on the reader's own view: what the reader has a part in as author or reviewer, or
//! must not see for a conflict, is taken out before anything is found, and so is in no page and no count.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, DatabaseBackend, EntityTrait, Order, QueryFilter, QuerySelect, QueryTrait};
use serde::Serialize;

use super::super::super::access::AsStaff;
use super::super::super::entity::{assignment, handling, manuscript, searchable, window};
use super::super::super::findable::expression;
use super::super::super::roles::Capacity;
use super::super::super::settings::OfficeEventBody;
use super::super::super::vault::{SLOTS, Tie, by_slots};
use super::super::super::{Fault, Store};
use super::office::Sight;
use super::{Name, Row};
use crate::domain::findable::{name_key, query};
use crate::domain::person::{Email, Lang};
use crate::domain::stage::Stage;
use crate::domain::window::{WindowKind, end_of};

/// Rows a page.
const PAGE: u64 = 25;
/// The most people that a reviewer's name may fit.
const REVIEWERS: usize = 40;

/// Who handles what is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Handler {
    /// Anybody or nobody.
    #[default]
    Any,
    /// Nobody yet.
    Nobody,
    /// An editor.
    Account(i64),
}

/// What time says about what is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Due {
    /// Anything.
    #[default]
    Any,
    /// The editors' window has run out, or a reviewer is late.
    Overdue,
    /// A window closes within seven days.
    Week,
    /// A window closes within thirty days.
    Month,
    /// A window of a kind is open.
    Open(WindowKind),
}

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Parts of the number, words of title, keywords and abstract.
    pub text: String,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// Who handles it.
    pub handler: Handler,
    /// What time says.
    pub due: Due,
    /// A reviewer's name, or a part of it.
    pub reviewer: String,
}

/// Where a page of what was found begins.
#[derive(Clone, Copy, Debug, Default)]
pub enum Place {
    /// With the newest.
    #[default]
    Newest,
    /// With what is older than this place.
    Older(i64),
    /// With what is newer than this place.
    Newer(i64),
}

/// A page of what was found, the newest first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FoundPage {
    /// The rows.
    pub rows: Vec<Row>,
    /// The place before the first row, if there are newer ones.
    pub newer: Option<i64>,
    /// The place after the last row, if there are older ones.
    pub older: Option<i64>,
}

/// Somebody who may be chosen as handling editor.
#[derive(Clone, Debug, Serialize)]
pub struct EditorName {
    /// The account.
    pub id: i64,
    /// The name.
    pub name: Name,
}

impl Store {
    /// The editors, for the choice of one. The reader is first.
    pub async fn deciding_editors(&self, proof: &AsStaff) -> Result<Vec<EditorName>, Fault> {
        let own = proof.who().account();
        let mut out: Vec<EditorName> = self
            .people_in(&self.db.read, Capacity::Office)
            .await?
            .into_iter()
            .filter(|p| p.roles.decides())
            .map(|p| EditorName {
                id: p.id,
                name: Name::of(&p.profile, &p.email),
            })
            .collect();
        out.sort_by(|a, b| (a.id != own, &a.name.en).cmp(&(b.id != own, &b.name.en)));
        Ok(out)
    }

    /// Looks for manuscripts; the number of statements does not depend on how many there are.
    pub async fn office_search(
        &self,
        proof: &AsStaff,
        wanted: &Wanted,
        from: Place,
    ) -> Result<FoundPage, Fault> {
        let sight = self.sight(proof).await?;
        let handled = match wanted.handler {
            Handler::Account(id) => Some(self.handled_manuscripts(id).await?),
            _ => None,
        };
        let reviewed = match wanted.reviewer.trim() {
            "" => None,
            name => Some(self.reviewed_by(name).await?),
        };
        let mut select = searchable::Entity::find()
            .select_only()
            .columns([searchable::Column::Seq, searchable::Column::ManuscriptId]);
        let statement = QuerySelect::query(&mut select);
        self.narrow(statement, &sight, wanted);
        for ids in [handled, reviewed].into_iter().flatten() {
            statement.and_where(searchable::Column::ManuscriptId.is_in(ids));
        }
        let place = self.order(statement, wanted);
        let (condition, order) = match from {
            Place::Newest => (None, Order::Desc),
            Place::Older(seq) => (Some(place.clone().lt(seq)), Order::Desc),
            Place::Newer(seq) => (Some(place.clone().gt(seq)), Order::Asc),
        };
        if let Some(condition) = condition {
            statement.and_where(condition);
        }
        // One more than a page shows whether there is another beyond it.
        statement.order_by_expr(place, order).limit(PAGE + 1);
        let found: Vec<(i64, i64)> = select.into_tuple().all(&self.db.read).await?;
        self.found_page(proof, found, from).await
    }

    /// What the words, the stage and the clock say; never what the reader must not see.
    fn narrow(&self, statement: &mut SelectStatement, sight: &Sight, wanted: &Wanted) {
        let id = || Expr::col((manuscript::Entity, manuscript::Column::Id));
        statement.join(
            JoinType::InnerJoin,
            manuscript::Entity,
            id().equals((searchable::Entity, searchable::Column::ManuscriptId)),
        );
        statement.and_where(searchable::Column::ManuscriptId.is_not_in(sight.hidden.iter().copied()));
        if let Some(stage) = wanted.stage {
            statement.and_where(manuscript::Column::Stage.eq(stage.key()));
        }
        if wanted.handler == Handler::Nobody {
            let handled = Query::select()
                .column(handling::Column::ManuscriptId)
                .from(handling::Entity)
                .to_owned();
            statement.and_where(searchable::Column::ManuscriptId.not_in_subquery(handled));
        }
        let open = |condition: Expr| {
            window::Entity::find()
                .select_only()
                .column(window::Column::ManuscriptId)
                .filter(window::Column::ClosedAt.is_null())
                .filter(condition)
                .into_query()
        };
        let by = |days| open(window::Column::DueAt.lte(self.in_days(days)));
        let among = match wanted.due {
            Due::Any => return,
            Due::Overdue => {
                // One set of both, so that the database can begin with it.
                let own = manuscript::Entity::find()
                    .select_only()
                    .column(manuscript::Column::Id)
                    .filter(manuscript::Column::OfficeList.eq("overdue"))
                    .into_query();
                let mut late = open(window::Column::Kind.eq(WindowKind::ReviewGrace.key()));
                late.union(UnionType::Distinct, own).to_owned()
            }
            Due::Week => by(7),
            Due::Month => by(30),
            Due::Open(kind) => open(window::Column::Kind.eq(kind.key())),
        };
        statement.and_where(searchable::Column::ManuscriptId.in_subquery(among));
    }

    /// The end of the day so many days from now.
    fn in_days(&self, days: i64) -> i64 {
        let rules = self.rules();
        let then: Timestamp = self.clock.now() + SignedDuration::from_hours(24 * days);
        end_of(then.to_zoned(rules.zone()).date(), &rules).as_microsecond()
    }

    /// Joins the index if words are looked for, and says by what the result is ordered: by the index's own order, so
    /// that a page of it is found without finding everything.
    fn order(&self, statement: &mut SelectStatement, wanted: &Wanted) -> Expr {
        let seq = Expr::col((searchable::Entity, searchable::Column::Seq));
        let terms = query(&wanted.text);
        if terms.is_empty() {
            // Signs that are no words find nothing; no words at all find everything.
            if !wanted.text.trim().is_empty() {
                statement.and_where(Expr::cust("1 = 0"));
            }
            return seq;
        }
        let backend = self.db.read.get_database_backend();
        let text = expression(&terms, backend);
        if backend == DatabaseBackend::Postgres {
            statement.and_where(Expr::cust_with_values(
                "searchable.words @@ CAST($1 AS tsquery)",
                [text],
            ));
            return seq;
        }
        let words = Alias::new("search_words");
        let row = Expr::col((words.clone(), Alias::new("rowid")));
        let same = row.clone().equals((searchable::Entity, searchable::Column::Seq));
        statement.join(JoinType::InnerJoin, words, same);
        statement.and_where(Expr::cust_with_values("search_words MATCH ?", [text]));
        row
    }

    async fn found_page(
        &self,
        proof: &AsStaff,
        mut found: Vec<(i64, i64)>,
        from: Place,
    ) -> Result<FoundPage, Fault> {
        let more = found.len() as u64 > PAGE;
        found.truncate(PAGE as usize);
        let (newer, older) = match from {
            Place::Newest => (false, more),
            Place::Older(_) => (true, more),
            Place::Newer(_) => (more, true),
        };
        if matches!(from, Place::Newer(_)) {
            found.reverse();
        }
        let ids: Vec<i64> = found.iter().map(|(_, id)| *id).collect();
        Ok(FoundPage {
            rows: self.rows_of(proof, &ids).await?,
            newer: found.first().filter(|_| newer).map(|(seq, _)| *seq),
            older: found.last().filter(|_| older).map(|(seq, _)| *seq),
        })
    }

    /// The rows of some manuscripts in this order.
    pub(super) async fn rows_of(&self, proof: &AsStaff, ids: &[i64]) -> Result<Vec<Row>, Fault> {
        let mut rows = manuscript::Entity::find()
            .filter(manuscript::Column::Id.is_in(ids.iter().copied()))
            .all(&self.db.read)
            .await?;
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
        let around = self.around(proof, ids).await?;
        rows.iter()
            .map(|row| self.office_row(proof, row, &around))
            .collect()
    }

    async fn handled_manuscripts(&self, account: i64) -> Result<Vec<i64>, Fault> {
        let column = handling::Column::SlotTag;
        let rows =
            by_slots::<handling::Entity>(&self.vault, &self.db.read, Tie::Handling, account, column).await?;
        Ok(rows.into_iter().map(|row| row.manuscript_id).collect())
    }

    /// The manuscripts that people of a name were asked to review.
    async fn reviewed_by(&self, name: &str) -> Result<Vec<i64>, Fault> {
        let key = name_key(name);
        let address = name.trim().to_lowercase();
        let fits = |p: &super::super::super::people::Person| {
            let name = |lang| name_key(p.profile.name(lang)).contains(&key);
            !key.is_empty() && (Lang::ALL.into_iter().any(name) || p.email.as_str() == address)
        };
        let mut pool = self.people_in(&self.db.read, Capacity::Asked).await?;
        // Whoever had an account before being asked is found by the address.
        if let Some(email) = Email::parse(&address) {
            pool.extend(self.person_at(&self.db.read, &email).await?);
        }
        let mut open: Vec<i64> = pool
            .iter()
            .filter(|p| fits(p))
            .map(|p| p.id)
            .take(REVIEWERS)
            .collect();
        let mut out = HashSet::new();
        // One look-up for all of them; only whose block is full has more.
        for block in 0.. {
            let slots = || block * SLOTS..(block + 1) * SLOTS;
            let tags: Vec<(i64, Vec<u8>)> = open
                .iter()
                .flat_map(|id| slots().map(|n| (*id, self.vault.slot_tag(Tie::Reviewer, *id, n))))
                .collect();
            let rows: Vec<(i64, Vec<u8>)> = assignment::Entity::find()
                .select_only()
                .columns([assignment::Column::ManuscriptId, assignment::Column::SlotTag])
                .filter(assignment::Column::SlotTag.is_in(tags.iter().map(|(_, tag)| tag.clone())))
                .into_tuple()
                .all(&self.db.read)
                .await?;
            let found: HashSet<&Vec<u8>> = rows.iter().map(|(_, tag)| tag).collect();
            open.retain(|id| {
                let own = tags
                    .iter()
                    .filter(|(owner, tag)| owner == id && found.contains(tag));
                own.count() == SLOTS as usize
            });
            out.extend(rows.iter().map(|(id, _)| *id));
            if open.is_empty() {
                break;
            }
        }
        Ok(out.into_iter().collect())
    }

    /// The manuscripts that have an author of exactly this name or address, as far as the reader may see them; the
    /// search itself is written into the office's log first, whatever it finds.
    pub(crate) async fn author_search(
        &self,
        proof: &AsStaff,
        text: &str,
    ) -> Result<Vec<(i64, String)>, Fault> {
        let event = OfficeEventBody {
            actor: Some(proof.who().account()),
            ..OfficeEventBody::default()
        };
        self.note(&self.db.write, "author-search", "", &event).await?;
        let rows = match Email::parse(text) {
            Some(email) => self.tagged(&self.db.read, "address", email.as_str()).await?,
            None => match name_key(text).as_str() {
                "" => Vec::new(),
                key => self.tagged(&self.db.read, "name", key).await?,
            },
        };
        let sight = self.sight(proof).await?;
        let ids = rows
            .into_iter()
            .map(|row| row.manuscript_id)
            .filter(|id| !sight.hidden.contains(id));
        Ok(manuscript::Entity::find()
            .select_only()
            .columns([manuscript::Column::Id, manuscript::Column::Number])
            .filter(manuscript::Column::Id.is_in(ids))
            .into_tuple()
            .all(&self.db.read)
            .await?)
    }

    /// The rows of manuscripts that an author search has found and recorded.
    pub(crate) async fn author_rows(&self, proof: &AsStaff, ids: &[i64]) -> Result<Vec<Row>, Fault> {
        self.rows_of(proof, ids).await
    }
}
