//! The office's five lists. What the reader has a part in as author or reviewer, or must not see for a conflict, is in no
//! list and no count: it is taken out by the reader's own tags, before anything is counted.

use sea_orm::sea_query::{
    Alias, Asterisk, Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, UnionType,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use serde::Serialize;

use super::super::super::access::{AsStaff, OPEN_ASSIGNMENTS, Who};
use super::super::super::entity::{assignment, authorship, handling, manuscript, mark};
use super::super::super::vault::{Tie, by_slots, slots};
use super::super::super::{Fault, Store};
use super::Row;
use crate::domain::stage::Stage;

/// The five lists, in their order on the page.
pub const LISTS: [&str; 5] = ["give-notice", "find-reviewers", "decide", "overdue", "waiting"];

/// Rows a page.
const PAGE: u64 = 25;
/// Rows of each list on the page of all five.
const FIRST: u64 = 5;
/// Up to how many a list is counted: what more there is says no more, and takes the longer the larger the journal.
const COUNTED: u64 = 999;

/// Whose manuscripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Handled {
    /// Everybody's.
    #[default]
    All,
    /// The reader's own.
    Mine,
    /// Nobody's yet.
    Nobody,
}

/// What a list is narrowed to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    /// Only this stage.
    pub stage: Option<Stage>,
    /// Whose.
    pub handled: Handled,
}

/// Where a page of a list begins: the key (next due instant, row) of the last or first row of the page before.
#[derive(Clone, Copy, Debug)]
pub enum Cursor {
    /// The beginning.
    First,
    /// After this key.
    After(i64, i64),
    /// Before this key.
    Before(i64, i64),
}

/// A page of one list.
#[derive(Clone, Debug, Serialize)]
pub struct ListPage {
    /// The list's name.
    pub key: &'static str,
    /// How many manuscripts the whole list has, as it is shown: `999+` if more than were counted.
    pub count: String,
    /// Whether the list has more rows than the page of all five shows of it.
    pub whole: bool,
    /// The rows.
    pub rows: Vec<Row>,
    /// The key of the page before, if there is one.
    pub before: String,
    /// The key of the page after, if there is one.
    pub after: String,
}

/// What the reader must not see.
pub(super) struct Sight {
    pub(super) hidden: Vec<i64>,
}

/// The same words as in the index `ix_manuscript_office_list_due`, which is of use only then.
fn due_key() -> SimpleExpr {
    Expr::cust("COALESCE(\"manuscript\".\"next_due\", 9223372036854775807)")
}

fn key_of(row: &manuscript::Model) -> (i64, i64) {
    (row.next_due.unwrap_or(i64::MAX), row.id)
}

impl Store {
    pub(super) async fn sight(&self, proof: &AsStaff) -> Result<Sight, Fault> {
        let account = proof.who().account();
        let (vault, conn) = (&self.vault, &self.db.read);
        let column = authorship::Column::SlotTag;
        let authored = by_slots::<authorship::Entity>(vault, conn, Tie::Author, account, column).await?;
        let column = assignment::Column::SlotTag;
        let reviews = by_slots::<assignment::Entity>(vault, conn, Tie::Reviewer, account, column).await?;
        // Who handles thousands reviews a few: only those few are asked about.
        let reviewed = reviews
            .iter()
            .map(|row| vault.access_tag(Tie::Handling, account, row.manuscript_id));
        let mine: Vec<i64> = match reviews.is_empty() {
            true => Vec::new(),
            false => {
                handling::Entity::find()
                    .select_only()
                    .column(handling::Column::ManuscriptId)
                    .filter(handling::Column::AccessTag.is_in(reviewed))
                    .into_tuple()
                    .all(conn)
                    .await?
            }
        };
        let mut hidden: Vec<i64> = authored.into_iter().map(|row| row.manuscript_id).collect();
        let open = |state: &str| OPEN_ASSIGNMENTS.contains(&state);
        hidden.extend(
            reviews
                .into_iter()
                .filter(|row| open(&row.state) && !mine.contains(&row.manuscript_id))
                .map(|row| row.manuscript_id),
        );
        let who = proof.who();
        let typed = |n| vault.typed_slot(who.email(), n);
        let column = mark::Column::SlotTag;
        let mut marks = slots::<mark::Entity>(conn, column, &typed).await?;
        let declared = |n| vault.slot_tag(Tie::Declared, account, n);
        marks.extend(slots::<mark::Entity>(conn, column, &declared).await?);
        hidden.extend(marks.into_iter().map(|row| row.manuscript_id));
        hidden.extend(self.marked(who, None).await?);
        hidden.sort_unstable();
        hidden.dedup();
        Ok(Sight { hidden })
    }

    /// The manuscripts, among `among` or of those whose marks are older than slots, in which the reader was typed as an
    /// author or declared a conflict.
    async fn marked(&self, who: &Who, among: Option<&[i64]>) -> Result<Vec<i64>, Fault> {
        let which = match among {
            Some(ids) => mark::Column::ManuscriptId.is_in(ids.iter().copied()),
            None => mark::Column::SlotTag.is_null(),
        };
        let rows: Vec<(i64, Vec<u8>)> = mark::Entity::find()
            .select_only()
            .columns([mark::Column::ManuscriptId, mark::Column::Tag])
            .filter(which)
            .order_by_asc(mark::Column::ManuscriptId)
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let mut out = Vec::new();
        for block in rows.chunk_by(|a, b| a.0 == b.0) {
            let id = block[0].0;
            let own = [
                self.vault.typed_tag(who.email(), id),
                self.vault.access_tag(Tie::Declared, who.account(), id),
            ];
            if block.iter().any(|(_, tag)| own.contains(tag)) {
                out.push(id);
            }
        }
        Ok(out)
    }

    /// The manuscripts among `ids` in which a person has a part as author or reviewer, or a conflict.
    pub(in crate::store) async fn hidden_among(&self, who: &Who, ids: &[i64]) -> Result<Vec<i64>, Fault> {
        let tags = |tie| -> Vec<Vec<u8>> {
            ids.iter()
                .map(|id| self.vault.access_tag(tie, who.account(), *id))
                .collect()
        };
        let mut out: Vec<i64> = authorship::Entity::find()
            .select_only()
            .column(authorship::Column::ManuscriptId)
            .filter(authorship::Column::AccessTag.is_in(tags(Tie::Author)))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        let reviews: Vec<i64> = assignment::Entity::find()
            .select_only()
            .column(assignment::Column::ManuscriptId)
            .filter(assignment::Column::AccessTag.is_in(tags(Tie::Reviewer)))
            .into_tuple()
            .all(&self.db.read)
            .await?;
        out.extend(reviews);
        out.extend(self.marked(who, Some(ids)).await?);
        Ok(out)
    }

    async fn visible(&self, proof: &AsStaff, filter: &Filter) -> Result<Condition, Fault> {
        let sight = self.sight(proof).await?;
        let mut condition =
            Condition::all().add(manuscript::Column::Id.is_not_in(sight.hidden.iter().copied()));
        if let Some(stage) = filter.stage {
            condition = condition.add(manuscript::Column::Stage.eq(stage.key()));
        }
        Ok(match filter.handled {
            Handled::All => condition,
            Handled::Mine => {
                condition.add(manuscript::Column::Id.is_in(self.handlings_of(proof.who().account()).await?))
            }
            Handled::Nobody => condition.add(
                manuscript::Column::Id.not_in_subquery(
                    Query::select()
                        .column(handling::Column::ManuscriptId)
                        .from(handling::Entity)
                        .to_owned(),
                ),
            ),
        })
    }

    /// How many manuscripts each list has, up to one more than are counted; one statement.
    async fn counts(&self, visible: &Condition) -> Result<Vec<(String, i64)>, Fault> {
        let of = |list: &str| -> SelectStatement {
            let some = manuscript::Entity::find()
                .select_only()
                .column(manuscript::Column::Id)
                .filter(visible.clone())
                .filter(manuscript::Column::OfficeList.eq(list))
                .limit(COUNTED + 1)
                .into_query();
            let count = Func::count(Expr::col(Alias::new("id")));
            Query::select()
                .expr_as(Expr::val(list).cast_as("text"), "list")
                .expr_as(count, "count")
                .from_subquery(some, "some")
                .to_owned()
        };
        let rows = self.db.read.query_all(&of_each_list(of)).await?;
        rows.iter()
            .map(|row| Ok((row.try_get("", "list")?, row.try_get("", "count")?)))
            .collect()
    }

    async fn list_rows(
        &self,
        visible: &Condition,
        list: &str,
        cursor: Cursor,
        limit: u64,
    ) -> Result<Vec<manuscript::Model>, Fault> {
        let key = || Expr::tuple([due_key(), Expr::col(manuscript::Column::Id)]);
        let value = |due: i64, id: i64| Expr::tuple([Expr::value(due), Expr::value(id)]);
        let (condition, order) = match cursor {
            Cursor::First => (None, Order::Asc),
            Cursor::After(due, id) => (Some(key().gt(value(due, id))), Order::Asc),
            Cursor::Before(due, id) => (Some(key().lt(value(due, id))), Order::Desc),
        };
        let mut find = manuscript::Entity::find()
            .filter(visible.clone())
            .filter(manuscript::Column::OfficeList.eq(list));
        if let Some(condition) = condition {
            find = find.filter(condition);
        }
        let mut rows = find
            .order_by(due_key(), order.clone())
            .order_by(manuscript::Column::Id, order.clone())
            .limit(limit)
            .all(&self.db.read)
            .await?;
        if order == Order::Desc {
            rows.reverse();
        }
        Ok(rows)
    }

    /// The first rows of all five lists, in one statement.
    async fn first_rows(&self, visible: &Condition) -> Result<Vec<manuscript::Model>, Fault> {
        let of = |list: &str| -> SelectStatement {
            let first = manuscript::Entity::find()
                .filter(visible.clone())
                .filter(manuscript::Column::OfficeList.eq(list))
                .order_by(due_key(), Order::Asc)
                .order_by(manuscript::Column::Id, Order::Asc)
                .limit(FIRST)
                .into_query();
            Query::select()
                .column(Asterisk)
                .from_subquery(first, "first")
                .to_owned()
        };
        let mut rows = Vec::new();
        for row in self.db.read.query_all(&of_each_list(of)).await? {
            rows.push(manuscript::Model::from_query_result(&row, "")?);
        }
        rows.sort_by_key(key_of);
        Ok(rows)
    }

    /// All five lists with the first rows of each.
    pub async fn office(&self, proof: &AsStaff, filter: &Filter) -> Result<Vec<ListPage>, Fault> {
        let visible = self.visible(proof, filter).await?;
        let counts = self.counts(&visible).await?;
        let rows = self.first_rows(&visible).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let around = self.around(proof, &ids).await?;
        let page = |key: &'static str| {
            Ok(ListPage {
                key,
                count: shown(count_of(&counts, key)),
                whole: count_of(&counts, key) > FIRST,
                rows: rows
                    .iter()
                    .filter(|row| row.office_list == key)
                    .map(|row| self.office_row(proof, row, &around))
                    .collect::<Result<_, Fault>>()?,
                before: String::new(),
                after: String::new(),
            })
        };
        LISTS.into_iter().map(page).collect()
    }

    /// One page of one list, with the counts of all five. None if there is no such list.
    pub async fn office_list(
        &self,
        proof: &AsStaff,
        list: &str,
        filter: &Filter,
        cursor: Cursor,
    ) -> Result<Option<(ListPage, Vec<(&'static str, String)>)>, Fault> {
        let Some(list) = LISTS.into_iter().find(|l| *l == list) else {
            return Ok(None);
        };
        let visible = self.visible(proof, filter).await?;
        let counts = self.counts(&visible).await?;
        // One more than a page shows whether there is another beyond it.
        let mut rows = self.list_rows(&visible, list, cursor, PAGE + 1).await?;
        let more = rows.len() as u64 > PAGE;
        let (has_before, has_after) = match cursor {
            Cursor::First => (false, more),
            Cursor::After(..) => (true, more),
            Cursor::Before(..) => (more, true),
        };
        if more {
            match cursor {
                Cursor::Before(..) => drop(rows.remove(0)),
                _ => drop(rows.pop()),
            }
        }
        let key = |row: Option<&manuscript::Model>, there: bool| match row.filter(|_| there).map(key_of) {
            Some((due, id)) => format!("{due}.{id}"),
            None => String::new(),
        };
        let (before, after) = (key(rows.first(), has_before), key(rows.last(), has_after));
        let ids: Vec<i64> = rows.iter().map(|r| r.id).collect();
        let around = self.around(proof, &ids).await?;
        let page = ListPage {
            key: list,
            count: shown(count_of(&counts, list)),
            whole: false,
            rows: rows
                .iter()
                .map(|row| self.office_row(proof, row, &around))
                .collect::<Result<_, Fault>>()?,
            before,
            after,
        };
        let all = LISTS.into_iter().map(|l| (l, shown(count_of(&counts, l))));
        let all = all.collect();
        Ok(Some((page, all)))
    }
}

fn count_of(counts: &[(String, i64)], list: &str) -> u64 {
    counts
        .iter()
        .find(|(key, _)| key == list)
        .map_or(0, |(_, count)| (*count).unsigned_abs())
}

/// One statement of a statement for each list.
fn of_each_list(of: impl Fn(&str) -> SelectStatement) -> SelectStatement {
    let [first, rest @ ..] = LISTS;
    let mut all = of(first);
    for list in rest {
        all.union(UnionType::All, of(list));
    }
    all
}

/// A count as a page shows it.
fn shown(count: u64) -> String {
    match count > COUNTED {
        true => format!("{COUNTED}+"),
        false => count.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_not_counted_to_their_end() {
        assert_eq!(
            (shown(0), shown(999), shown(1000)),
            ("0".into(), "999".into(), "999+".into())
        );
    }
}
