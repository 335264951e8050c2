//! Makes manuscripts findable: the words of their blind texts in the database's own full-text index, and tags of the
//! authors' names. A name's tags are numbered, so that no two manuscripts of one person have a tag in common.

use std::sync::atomic::Ordering;

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, QueryFilter, QuerySelect, Statement,
    sea_query::{Expr, Query},
};

use super::access::{AsOffice, Purpose};
use super::case::Case;
use super::entity::{author_tag, manuscript, searchable};
use super::vault::half_full;
use super::{Fault, Store};
use crate::domain::findable::{Term, name_key, number_words, words};
use crate::domain::manuscript::Submission;
use crate::domain::person::Email;
use crate::seal::Cell;

const SEARCH: AsOffice = AsOffice(Purpose::Search);

/// Manuscripts a step when older data is made findable.
const STEP: u64 = 50;

/// A search expression in the words of the database.
pub(super) fn expression(terms: &[Term], backend: DatabaseBackend) -> String {
    let one = |term: &Term| match backend {
        DatabaseBackend::Postgres => {
            let last = term.words.len() - 1;
            let word = |(i, w): (usize, &String)| {
                let star = if term.prefix && i == last { ":*" } else { "" };
                format!("'{w}'{star}")
            };
            format!(
                "({})",
                term.words
                    .iter()
                    .enumerate()
                    .map(word)
                    .collect::<Vec<_>>()
                    .join(" <-> ")
            )
        }
        _ => format!(
            "\"{}\"{}",
            term.words.join(" "),
            if term.prefix { "*" } else { "" }
        ),
    };
    let all: Vec<String> = terms.iter().map(one).collect();
    all.join(if backend == DatabaseBackend::Postgres {
        " & "
    } else {
        " AND "
    })
}

/// A text of words as the database keeps it.
fn kept(words: &[String], backend: DatabaseBackend) -> String {
    match backend {
        // A position beyond the greatest is the greatest.
        DatabaseBackend::Postgres => {
            let one = |(i, w): (usize, &String)| format!("'{w}':{}", (i + 1).min(16_383));
            words.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
        }
        _ => words.join(" "),
    }
}

/// The keys under which an author is looked for: both names and the address.
fn author_keys(submission: &Submission) -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for author in &submission.authors {
        for name in [&author.native_name, &author.latin_name] {
            out.push(("name", name_key(name)));
        }
        if let Some(email) = Email::parse(&author.email) {
            out.push(("address", email.as_str().to_owned()));
        }
    }
    out.retain(|(_, key)| !key.is_empty());
    out.sort();
    out.dedup();
    out
}

impl Store {
    /// The manuscripts of a name or address, as rows of `author_tag`.
    pub(super) async fn tagged(
        &self,
        conn: &impl ConnectionTrait,
        kind: &str,
        key: &str,
    ) -> Result<Vec<author_tag::Model>, Fault> {
        let tag = |n| self.vault.author_tag(kind, key, n);
        half_full::<author_tag::Entity>(conn, author_tag::Column::Tag, &tag).await
    }

    /// The same with their numbers, in the order of these.
    async fn numbered(
        &self,
        conn: &impl ConnectionTrait,
        kind: &str,
        key: &str,
    ) -> Result<Vec<(u32, author_tag::Model)>, Fault> {
        let mut rows = self.tagged(conn, kind, key).await?;
        let mut out = Vec::with_capacity(rows.len());
        for n in 0.. {
            if rows.is_empty() {
                break;
            }
            let tag = self.vault.author_tag(kind, key, n);
            if let Some(at) = rows.iter().position(|row| row.tag == tag) {
                out.push((n, rows.swap_remove(at)));
            }
        }
        Ok(out)
    }

    /// Takes away the tags of a manuscript's authors that `before` had and `now` has not, and whatever was left of earlier
    /// lists. The last of a name's other tags takes the number that became free: later ones are looked for behind it.
    pub(super) async fn untag_authors(
        &self,
        conn: &impl ConnectionTrait,
        manuscript: i64,
        before: &Submission,
        now: &Submission,
    ) -> Result<(), Fault> {
        let now = author_keys(now);
        let mut stay = Vec::new();
        for (kind, key) in author_keys(before) {
            let rows = self.numbered(conn, kind, &key).await?;
            let Some((free, own)) = rows.iter().find(|(_, row)| row.manuscript_id == manuscript) else {
                continue;
            };
            if now.contains(&(kind, key)) {
                stay.push(own.id);
                continue;
            }
            author_tag::Entity::delete_by_id(own.id).exec(conn).await?;
            if let Some((_, last)) = rows.last().filter(|(n, _)| n > free) {
                author_tag::Entity::update_many()
                    .col_expr(author_tag::Column::Tag, Expr::value(own.tag.clone()))
                    .filter(author_tag::Column::Id.eq(last.id))
                    .exec(conn)
                    .await?;
            }
        }
        author_tag::Entity::delete_many()
            .filter(author_tag::Column::ManuscriptId.eq(manuscript))
            .filter(author_tag::Column::Id.is_not_in(stay))
            .exec(conn)
            .await?;
        Ok(())
    }

    pub(super) async fn tag_authors(
        &self,
        conn: &impl ConnectionTrait,
        manuscript: i64,
        submission: &Submission,
    ) -> Result<(), Fault> {
        for (kind, key) in author_keys(submission) {
            let taken = self.numbered(conn, kind, &key).await?;
            if taken.iter().any(|(_, row)| row.manuscript_id == manuscript) {
                continue;
            }
            // The lowest number that is free: what was deleted may have left one.
            let free = (0..).zip(&taken).find(|(n, (taken, _))| n != taken);
            let free = free.map_or(taken.len() as u32, |(n, _)| n);
            let row = author_tag::ActiveModel {
                id: Set(self.vault.id("author_tag")),
                manuscript_id: Set(manuscript),
                tag: Set(self.vault.author_tag(kind, &key, free)),
            };
            author_tag::Entity::insert(row)
                .exec_without_returning(conn)
                .await?;
        }
        Ok(())
    }

    pub(super) async fn index_words(
        &self,
        conn: &impl ConnectionTrait,
        row: &manuscript::Model,
    ) -> Result<(), Fault> {
        let found = searchable::Entity::find()
            .filter(searchable::Column::ManuscriptId.eq(row.id))
            .one(conn)
            .await?;
        let seq = match found {
            Some(found) => found.seq,
            None => {
                let new = searchable::ActiveModel {
                    seq: NotSet,
                    manuscript_id: Set(row.id),
                };
                searchable::Entity::insert(new).exec(conn).await?.last_insert_id
            }
        };
        let mut all = number_words(&row.number);
        if let Some(former) = self.former_of(conn, row.id).await? {
            all.extend(words(&[&former]));
        }
        all.extend(words(&[
            &row.title_zh,
            &row.title_en,
            &row.keywords_zh,
            &row.keywords_en,
            &row.abstract_zh,
            &row.abstract_en,
        ]));
        let backend = conn.get_database_backend();
        let text = kept(&all, backend);
        let (sql, values): (&str, [sea_orm::Value; 2]) = match backend {
            DatabaseBackend::Postgres => (
                "UPDATE searchable SET words = $1::tsvector WHERE seq = $2",
                [text.into(), seq.into()],
            ),
            _ => (
                "INSERT OR REPLACE INTO search_words (rowid, words) VALUES (?, ?)",
                [seq.into(), text.into()],
            ),
        };
        conn.execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
        Ok(())
    }

    /// Makes some of the submitted manuscripts findable that are not yet, such as those of an older version of the program
    /// or brought in from outside; notes when all are.
    pub(crate) async fn make_older_findable(&self) -> Result<(), Fault> {
        let known = Query::select()
            .column(searchable::Column::ManuscriptId)
            .from(searchable::Entity)
            .to_owned();
        let ids: Vec<i64> = manuscript::Entity::find()
            .select_only()
            .column(manuscript::Column::Id)
            .filter(manuscript::Column::SubmittedAt.is_not_null())
            .filter(manuscript::Column::Id.not_in_subquery(known))
            .limit(STEP)
            .into_tuple()
            .all(&self.db.read)
            .await?;
        for id in &ids {
            let txn = self.db.begin().await?;
            let row = manuscript::Entity::find_by_id(*id)
                .lock_exclusive()
                .one(&txn)
                .await?;
            if let Some(row) = row {
                let cell = Cell::new("manuscript", "sealed", row.id);
                let submission: Submission = self.vault.open_for(&SEARCH, cell, &row.sealed)?;
                self.index_words(&txn, &row).await?;
                self.tag_authors(&txn, row.id, &submission).await?;
            }
            txn.commit().await?;
        }
        if ids.is_empty() {
            self.findable.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Whether all that was submitted before this start is findable.
    pub(crate) fn all_findable(&self) -> bool {
        self.findable.load(Ordering::Relaxed)
    }
}

impl Case<'_> {
    /// Makes the manuscript findable by what it says now and by its authors.
    pub(super) async fn make_findable(&self) -> Result<(), Fault> {
        self.store.index_words(&self.txn, &self.row).await?;
        self.store
            .tag_authors(&self.txn, self.row.id, &self.submission()?)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::findable::query;

    #[test]
    fn expressions() {
        let terms = query("糖尿病 diab");
        assert_eq!(
            expression(&terms, DatabaseBackend::Sqlite),
            "\"糖尿 尿病\" AND \"diab\"*"
        );
        assert_eq!(
            expression(&terms, DatabaseBackend::Postgres),
            "('糖尿' <-> '尿病') & ('diab':*)"
        );
    }
}
