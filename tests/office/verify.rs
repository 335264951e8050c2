//! `bauta verify` finds each class of breakage, says where it is, and is content with what is whole.

use bauta::store::DbSettings;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend, Statement};

use crate::support::Town;

/// Bytes as the database writes them.
fn bytes(town: &Town, hex: &str) -> String {
    match town.settings {
        DbSettings::Sqlite { .. } => format!("x'{hex}'"),
        DbSettings::Postgres(_) => format!("'\\x{hex}'::bytea"),
    }
}

/// Writes past the program, as somebody with the disk can.
async fn write(town: &Town, statement: &str) {
    let url = match &town.settings {
        DbSettings::Sqlite { path, .. } => format!("sqlite://{}", path.display()),
        DbSettings::Postgres(url) => url.clone(),
    };
    let mut options = ConnectOptions::new(url);
    options.max_connections(1);
    let conn = Database::connect(options).await.unwrap();
    if conn.get_database_backend() == DbBackend::Sqlite {
        conn.execute_unprepared("PRAGMA foreign_keys = OFF")
            .await
            .unwrap();
    }
    let done = conn.execute_unprepared(statement).await.unwrap();
    assert!(done.rows_affected() > 0, "{statement}");
    conn.close().await.unwrap();
}

async fn read(town: &Town, statement: &str) -> String {
    let url = match &town.settings {
        DbSettings::Sqlite { path, .. } => format!("sqlite://{}", path.display()),
        DbSettings::Postgres(url) => url.clone(),
    };
    let conn = Database::connect(url).await.unwrap();
    let statement = Statement::from_string(conn.get_database_backend(), statement);
    let row = conn.query_one_raw(statement).await.unwrap().unwrap();
    let value: String = row.try_get("", "v").unwrap();
    conn.close().await.unwrap();
    value
}

/// Breaks one thing, and gives what is said of it; then everything is as it was, in a town of its own.
async fn said_after(statement: impl AsyncFn(&Town)) -> Vec<String> {
    let town = Town::life().await;
    statement(&town).await;
    town.store.verify().await.unwrap().broken
}

fn says(broken: &[String], what: &str) {
    assert!(
        broken.iter().any(|line| line.contains(what)),
        "{what}: {broken:?}"
    );
}

#[rocket::async_test]
async fn a_whole_office_is_whole() {
    let town = Town::life().await;
    let found = town.store.verify().await.unwrap();
    assert_eq!(found.broken, Vec::<String>::new());
    assert!(
        found.copies >= 20 && found.letters > 150 && found.windows > 60,
        "{found:?}"
    );
}

#[rocket::async_test]
async fn histories_that_were_changed_are_found() {
    let one = |town: &Town| {
        format!(
            "(SELECT id FROM manuscript WHERE number = '{}')",
            town.number("reviews-in")
        )
    };
    let broken = said_after(async |town: &Town| {
        write(
            town,
            &format!(
                "DELETE FROM event WHERE seq = 2 AND manuscript_id = {}",
                one(town)
            ),
        )
        .await;
    })
    .await;
    says(&broken, "events where");
    says(&broken, "the chain breaks at event 2");
    let broken = said_after(async |town: &Town| {
        write(
            town,
            &format!(
                "UPDATE event SET at = at + 1 WHERE seq = 3 AND manuscript_id = {}",
                one(town)
            ),
        )
        .await;
    })
    .await;
    says(&broken, "the chain breaks at event 3");
    let broken = said_after(async |town: &Town| {
        let head = bytes(town, &"00".repeat(32));
        write(
            town,
            &format!("UPDATE manuscript SET head = {head} WHERE id = {}", one(town)),
        )
        .await;
    })
    .await;
    says(&broken, "does not end where it was last written");
    let broken = said_after(async |town: &Town| {
        write(
            town,
            &format!(
                "UPDATE manuscript SET stage = 'accepted' WHERE id = {}",
                one(town)
            ),
        )
        .await;
    })
    .await;
    says(&broken, "it stands at accepted, its history leads to in-review");
}

#[rocket::async_test]
async fn rows_that_do_not_hold_together_are_found() {
    let broken = said_after(async |town: &Town| {
        write(town, "UPDATE review SET assignment_id = 1 WHERE id = (SELECT min(id) FROM review)").await;
        write(town, "UPDATE assignment SET label = 3 WHERE manuscript_id = (SELECT min(manuscript_id) FROM assignment)").await;
        let tag = bytes(town, &"ab".repeat(32));
        write(town, &format!("UPDATE authorship SET access_tag = {tag} WHERE id = (SELECT min(id) FROM authorship)")).await;
        write(town, "DELETE FROM article WHERE number = (SELECT min(number) FROM article)").await;
        write(town, "UPDATE account SET secret = NULL WHERE id = (SELECT min(id) FROM account)").await;
        if matches!(town.settings, DbSettings::Sqlite { .. }) {
            // PostgreSQL does not let this happen.
            write(town, "UPDATE decision SET manuscript_id = 5 WHERE id = (SELECT min(id) FROM decision)").await;
        }
    })
    .await;
    says(&broken, "it names a assignment that is not there");
    says(&broken, "another reviewer has the same label");
    says(&broken, "the tag of its tie is not that of the person it names");
    says(&broken, "there is no article of what is public");
    says(&broken, "account");
    if std::env::var("BAUTA_TEST_POSTGRES").is_err() {
        says(&broken, "it names a manuscript that is not there");
    }
}

#[rocket::async_test]
async fn clocks_that_do_not_run_or_run_twice_are_found() {
    let broken = said_after(async |town: &Town| {
        let of = |plot: &str| format!("manuscript_id = (SELECT id FROM manuscript WHERE number = '{}')", town.number(plot));
        write(town, &format!("UPDATE window SET closed_at = opens_at WHERE closed_at IS NULL AND {}", of("screening"))).await;
        write(
            town,
            &format!(
                "INSERT INTO window (id, manuscript_id, kind, opens_at, due_at, outcome) \
                 SELECT 7, manuscript_id, kind, opens_at, due_at, '' FROM window WHERE closed_at IS NULL AND kind = 'revision' AND {}",
                of("revising")
            ),
        )
        .await;
        write(town, &format!("UPDATE window SET due_at = opens_at - 5 WHERE closed_at IS NULL AND {}", of("returned"))).await;
        write(town, &format!("UPDATE window SET closed_at = NULL WHERE kind = 'screening' AND {}", of("declined"))).await;
    })
    .await;
    says(&broken, "0 open screening windows");
    says(&broken, "2 open revision windows");
    says(&broken, "it closes before it opens");
    says(&broken, "a screening window is open where none can be");
}

#[rocket::async_test]
async fn letters_without_recipient_or_state_are_found() {
    let broken = said_after(async |town: &Town| {
        let nothing = bytes(town, "00");
        write(town, &format!("UPDATE letter SET sealed = {nothing} WHERE id = (SELECT min(id) FROM letter)")).await;
        write(town, "UPDATE letter SET state = 'lost' WHERE id = (SELECT max(id) FROM letter)").await;
        write(town, "UPDATE letter SET sent_at = NULL WHERE id = (SELECT min(id) FROM letter WHERE state = 'sent' AND id <> (SELECT min(id) FROM letter))").await;
    })
    .await;
    says(&broken, "it does not open or has no recipient");
    says(&broken, "unknown state lost");
    says(&broken, "it was sent at no time");
}

#[rocket::async_test]
async fn files_that_are_gone_changed_or_not_blind_are_found() {
    let broken = said_after(async |town: &Town| {
        let query =
            "SELECT blob AS v FROM file WHERE role = 'manuscript' AND state = 'blind' ORDER BY id LIMIT 1";
        let changed = read(town, query).await;
        let gone = read(town, &query.replace("LIMIT 1", "LIMIT 1 OFFSET 1")).await;
        let path = |name: &str| town.config.blobs().join(&name[..2]).join(name);
        let mut content = std::fs::read(path(&changed)).unwrap();
        content[100] ^= 1;
        std::fs::write(path(&changed), content).unwrap();
        std::fs::remove_file(path(&gone)).unwrap();
        let other = read(town, &query.replace("LIMIT 1", "LIMIT 1 OFFSET 2")).await;
        let tag = bytes(town, &"cd".repeat(32));
        write(
            town,
            &format!("UPDATE file SET content_tag = {tag} WHERE blob = '{other}'"),
        )
        .await;
        // The original in the blind copy's place: the leak of all leaks.
        let shown = read(town, &query.replace("LIMIT 1", "LIMIT 1 OFFSET 3")).await;
        write(
            town,
            &format!("UPDATE file SET blind_blob = blob, blind_size = size WHERE blob = '{shown}'"),
        )
        .await;
        let pdf = read(town, &query.replace("ORDER", "AND format = 'pdf' ORDER")).await;
        write(
            town,
            &format!("UPDATE file SET blind_blob = blob, blind_size = size WHERE blob = '{pdf}'"),
        )
        .await;
    })
    .await;
    says(&broken, "the file does not open: sealed value does not open");
    says(&broken, "the file does not open: file: No such file");
    says(&broken, "the file is not what was uploaded");
    says(&broken, "the blind copy shows whom it hides");
    let shown = broken
        .iter()
        .filter(|line| line.contains("shows whom it hides"))
        .count();
    assert!(
        shown >= 2 || broken.iter().any(|l| l.contains(".pdf")),
        "{broken:?}"
    );
}
