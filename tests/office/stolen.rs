//! A stolen disk: database, log, files, without the key. It names nobody and links nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use bauta::store::DbSettings;
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use crate::marks::{self, PAPERS, Sieve};
use crate::support::Town;

/// Values of columns that stand in several rows, and why that tells nobody who anybody is. Any other column has none
/// twice: a new one has to be thought about.
const ALIKE: &[(&str, &[&str])] = &[
    (
        "the last link of a chain stands in its manuscript",
        &["manuscript.head", "event.mac"],
    ),
    (
        "rows of one manuscript hang together: that is what they are about",
        &[
            "manuscript_id",
            "assignment_id",
            "review_id",
            "decision_id",
            "file_id",
            "manuscript.id",
            "assignment.id",
            "review.id",
            "decision.id",
            "file.id",
            "manuscript.number",
            "article.number",
            "entered.manuscript_id",
        ],
    ),
    (
        "what the rules know: stages, kinds, states, the journal's own lists",
        &[
            "stage",
            "kind",
            "state",
            "side",
            "role",
            "paper",
            "format",
            "outcome",
            "language",
            "article_type",
            "section",
            "trial",
            "office_list",
            "purpose",
            "refusal",
            "error",
            "file.name",
            "setting.key",
            "office_event.subject",
            "setting.body",
        ],
    ),
    (
        "counters and small numbers",
        &[
            "version",
            "round",
            "label",
            "position",
            "count",
            "attempts",
            "open_findings",
            "events",
            "seq",
            "capacity",
            "held",
            "guest",
            "confirmed",
            "size",
            "blind_size",
            "data_key.id",
        ],
    ),
    (
        "instants of what happened to a manuscript; accounts have none",
        &[
            "at",
            "submitted_at",
            "stage_at",
            "next_due",
            "invited_at",
            "answered_at",
            "ended_at",
            "sent_at",
            "decided_at",
            "send_at",
            "received_at",
            "opens_at",
            "due_at",
            "closed_at",
            "noticed_at",
            "next_reminder",
            "held_at",
            "asked_at",
            "expires_at",
            "used_at",
            "resets_at",
            "run_at",
            "lease_until",
            "published_at",
        ],
    ),
    (
        "the blind text, that a reviewer reads, and what was published of it",
        &[
            "title_zh",
            "title_en",
            "abstract_zh",
            "abstract_en",
            "keywords_zh",
            "keywords_en",
        ],
    ),
];

fn reason(table: &str, column: &str) -> Option<&'static str> {
    let whole = format!("{table}.{column}");
    ALIKE
        .iter()
        .find(|(_, columns)| columns.iter().any(|c| *c == column || *c == whole))
        .map(|(why, _)| *why)
}

/// A database as somebody without the key reads it: table, column, row, value.
struct Dump(Vec<(String, String, usize, String)>);

async fn rows(conn: &DatabaseConnection, sql: &str) -> Vec<sea_orm::QueryResult> {
    let statement = Statement::from_string(conn.get_database_backend(), sql);
    conn.query_all_raw(statement).await.unwrap()
}

impl Dump {
    async fn of(settings: &DbSettings) -> Dump {
        match settings {
            DbSettings::Sqlite { path, .. } => {
                let conn = Database::connect(format!("sqlite://{}?mode=ro", path.display()))
                    .await
                    .unwrap();
                let tables = "SELECT m.name AS t, c.name AS c FROM sqlite_master m, pragma_table_info(m.name) c \
                              WHERE m.type = 'table' AND m.name NOT LIKE 'search_words%' AND m.name <> 'seaql_migrations' \
                              AND m.name NOT LIKE 'sqlite_%'";
                Self::read(&conn, tables, |t, c| {
                    format!("SELECT CASE WHEN typeof(\"{c}\") = 'blob' THEN hex(\"{c}\") ELSE CAST(\"{c}\" AS TEXT) END AS v FROM \"{t}\" ORDER BY rowid")
                })
                .await
            }
            DbSettings::Postgres(url) => {
                let conn = Database::connect(url.as_str()).await.unwrap();
                let tables = "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns \
                              WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' AND column_name <> 'words'";
                Self::read(&conn, tables, |t, c| {
                    format!("SELECT \"{c}\"::text AS v FROM \"{t}\" ORDER BY ctid")
                })
                .await
            }
        }
    }

    async fn read(conn: &DatabaseConnection, tables: &str, query: fn(&str, &str) -> String) -> Dump {
        let mut out = Vec::new();
        for row in rows(conn, tables).await {
            let (table, column): (String, String) =
                (row.try_get("", "t").unwrap(), row.try_get("", "c").unwrap());
            for (i, row) in rows(conn, &query(&table, &column)).await.iter().enumerate() {
                let value: Option<String> = row.try_get("", "v").unwrap();
                out.push((table.clone(), column.clone(), i, value.unwrap_or_default()));
            }
        }
        Dump(out)
    }

    /// Rows that can be seen to belong together by a value that both hold, and that no reason excuses.
    fn linked(&self) -> Vec<String> {
        let mut places: HashMap<&str, Vec<(&str, &str, usize)>> = HashMap::new();
        for (table, column, row, value) in &self.0 {
            // Nothing, nought and one are everywhere.
            if value.len() > 2 && value != "false" && value != "true" && reason(table, column).is_none() {
                places.entry(value).or_default().push((table, column, *row));
            }
        }
        let mut out: Vec<String> = places
            .values()
            .filter(|found| found.len() > 1)
            .map(|found| format!("{:?}", &found[..found.len().min(4)]))
            .collect();
        out.sort();
        out
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            // The letters of the try-out folder are open; it is off as soon as a mail server is set.
            true if path.ends_with("outbox") => (),
            true => out.extend(files(&path)),
            false if path.ends_with("vault.key") => (),
            false => out.push(path),
        }
    }
    out
}

/// Everybody but the authors of what was published, which is public.
fn hidden() -> Vec<String> {
    let public = ["author", "author2"];
    let authors = marks::authors().into_iter().filter(|m| !public.contains(&m.key));
    let papers = PAPERS
        .iter()
        .filter(|m| m.contains("FEB") || m.contains("BLEC"))
        .map(|m| (*m).to_owned());
    authors
        .chain(marks::reviewers())
        .flat_map(|m| marks::of(&m))
        .chain(papers)
        .collect()
}

#[rocket::async_test]
async fn no_byte_of_the_disk_names_anybody() {
    let town = Town::life().await;
    // Somebody signs in and types, so that the log has something in it.
    let token = town.token("reviewer").await;
    let browser = town.browser().await;
    browser
        .post(
            "/account",
            Some(&token),
            "native_name=岑伯良&latin_name=Cen+Boliang",
        )
        .await;
    let hidden = Sieve::new(
        hidden()
            .into_iter()
            .filter(|m| !published_words().contains(m))
            .chain([token]),
    );
    let (mut seen, mut bytes, mut log) = (0, 0, false);
    for path in files(&town.folder) {
        let content = std::fs::read(&path).unwrap();
        log |= path.to_string_lossy().ends_with("-wal") && !content.is_empty();
        assert_eq!(
            hidden.in_bytes(&content),
            Vec::<String>::new(),
            "{}",
            path.display()
        );
        seen += 1;
        bytes += content.len();
    }
    println!("{seen} files of {bytes} bytes searched");
    if matches!(town.settings, DbSettings::Sqlite { .. }) {
        assert!(log, "there is a write-ahead log to search");
    }
    let dump = Dump::of(&town.settings).await;
    let all: String = dump
        .0
        .iter()
        .map(|(_, _, _, value)| format!("{value}\n"))
        .collect();
    assert_eq!(hidden.in_bytes(all.as_bytes()), Vec::<String>::new());
    assert!(all.len() > 100_000);
}

/// What the two published articles say of funding and ethics.
fn published_words() -> Vec<String> {
    let papers = [("author", 1), ("author2", 2)]
        .map(|(key, n)| bauta::demo::cast::paper(&bauta::demo::cast::member(key), n));
    let said = format!(
        "{} {} {} {}",
        papers[0].ethics, papers[1].ethics, papers[0].funding, papers[1].funding
    );
    PAPERS
        .iter()
        .filter(|m| said.contains(**m))
        .map(|m| (*m).to_owned())
        .collect()
}

#[rocket::async_test]
async fn no_two_rows_show_that_they_are_one_persons() {
    let town = Town::life().await;
    for key in ["reviewer", "author", "author"] {
        town.token(key).await;
    }
    let dump = Dump::of(&town.settings).await;
    let columns: BTreeMap<(&str, &str), usize> =
        dump.0.iter().fold(BTreeMap::new(), |mut out, (t, c, _, _)| {
            *out.entry((t.as_str(), c.as_str())).or_default() += 1;
            out
        });
    println!("{} values in {} columns compared", dump.0.len(), columns.len());
    assert_eq!(dump.linked(), Vec::<String>::new());
    assert!(columns.len() > 100, "{}", columns.len());
    // Sealed values have few lengths: none tells how many digits or letters are in it.
    for (table, column, row, value) in &dump.0 {
        if column == "sealed" && !value.is_empty() {
            let length = value.trim_start_matches("\\x").len() / 2;
            assert_eq!((length - 45) % 64, 0, "{table}.{column} {row}: {length}");
        }
    }
}

/// The tests of the test: a name in a table and a value in two rows are seen.
#[test]
fn planted_leaks_are_caught() {
    let row = |table: &str, column: &str, n, value: &str| {
        (table.to_owned(), column.to_owned(), n, value.to_owned())
    };
    let tag = "aa11bb22cc33";
    let dump = Dump(vec![
        row("mark", "tag", 0, tag),
        row("assignment", "access_tag", 4, tag),
    ]);
    assert_eq!(dump.linked().len(), 1);
    let dump = Dump(vec![row("mark", "tag", 0, tag), row("mark", "tag", 1, tag)]);
    assert_eq!(dump.linked().len(), 1);
    let dump = Dump(vec![
        row("review", "stage", 0, "in-review"),
        row("review", "stage", 1, "in-review"),
    ]);
    assert_eq!(dump.linked().len(), 0);
    let hidden = Sieve::new(hidden());
    // As hexadecimal digits of a blob, as a dump shows them.
    assert!(!hidden.in_bytes("E5B291E4BCAFE889AF".as_bytes()).is_empty());
    assert!(!hidden.in_bytes("…岑伯良…".as_bytes()).is_empty());
}
