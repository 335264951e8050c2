//! The clock jumping forth and back, and the rules of time zones changing under the program.

use std::path::PathBuf;

use bauta::demo::script::Act;

use crate::house::{House, until};

/// libfaketime before the program's clock: a file says how far it is ahead.
pub struct Moved {
    library: String,
    file: String,
}

impl Moved {
    /// A clock for the programs of a house.
    pub fn of(house: &House) -> Moved {
        let found = ["x86_64-linux-gnu", "aarch64-linux-gnu"]
            .map(|cpu| format!("/usr/lib/{cpu}/faketime/libfaketimeMT.so.1"))
            .into_iter()
            .find(|path| std::fs::exists(path).unwrap_or(false));
        let clock = Moved {
            library: found.expect("libfaketime is missing; get it with: apt-get install libfaketime"),
            file: house.folder.join("clock").display().to_string(),
        };
        clock.put(0);
        clock
    }

    /// Puts it so many seconds ahead of the machine's.
    pub fn put(&self, seconds: i64) {
        // By another name first: the program never reads half a number.
        let new = PathBuf::from(format!("{}.new", self.file));
        std::fs::write(&new, format!("+{seconds}\n")).unwrap();
        std::fs::rename(new, &self.file).unwrap();
    }

    /// Moves it on.
    pub fn ahead_by_more(&self, seconds: i64) {
        let now: i64 = std::fs::read_to_string(&self.file)
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        self.put(now + seconds);
    }

    /// What the program is started with.
    pub fn settings(&self) -> Vec<(&str, &str)> {
        vec![
            ("LD_PRELOAD", &self.library),
            ("FAKETIME_TIMESTAMP_FILE", &self.file),
            ("FAKETIME_NO_CACHE", "1"),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
            ("FAKETIME_DONT_RESET", "1"),
        ]
    }
}

const DAY: i64 = 24 * 3600;

#[test]
fn a_clock_that_jumps_forth_and_back_closes_each_window_once_and_stops_nothing() {
    let (house, drafts) = House::build(20, async |_, players| {
        let mut drafts = Vec::new();
        for n in 1..=3 {
            drafts.push(players.draft("author", n).await.unwrap());
        }
        players.act("author", &drafts[0], Act::Submit).await.unwrap();
        drafts
    });
    let clock = Moved::of(&house);
    let program = house.start(&clock.settings());
    let page = |n: usize| {
        let path = format!("/author/manuscripts/{}", drafts[n]);
        program.get(&path, house.token("author"), "en").body
    };
    let send = |n: usize| {
        let base = format!("/author/manuscripts/{}", drafts[n]);
        let version = program
            .get(&format!("{base}/submission/check"), house.token("author"), "en")
            .hidden("version");
        program.post(
            &format!("{base}/send"),
            house.token("author"),
            "en",
            &[("version", &version)],
        )
    };
    let stage = |n: usize| {
        house.rows(&format!(
            "SELECT stage FROM manuscript WHERE number = '{}'",
            drafts[n]
        ))
    };
    let open = || house.rows("SELECT state FROM letter WHERE state IN ('queued', 'sending')");
    assert_eq!(stage(0), ["screening"]);
    for _ in 0..3 {
        clock.put(20 * DAY);
        // No page shows a window that is over, whoever comes first.
        page(0);
        assert_eq!(stage(0), ["released"]);
        clock.put(0);
        page(0);
        assert_eq!(stage(0), ["released"], "nothing opens again");
    }
    // Sent while it is ahead: done, and in force when the clock is right again.
    clock.put(20 * DAY);
    assert_eq!(send(1).status, 303);
    // A letter and a job that were taken in hand while it was ahead are not waited for until then.
    until(20, "letters go while it is ahead", || {
        open().is_empty().then_some(())
    });
    clock.put(0);
    let ahead = (jiff::Timestamp::now().as_microsecond()) + 20 * DAY * 1_000_000;
    house.change(&format!(
        "UPDATE letter SET state = 'sending', lease_until = {ahead}, send_at = {ahead} WHERE kind = 'released'"
    ));
    until(20, "letters go when it is back", || {
        open().is_empty().then_some(())
    });
    assert_eq!(send(2).status, 303);
    until(20, "and new ones, too", || open().is_empty().then_some(()));
    assert_eq!(
        (stage(1), stage(2)),
        (vec!["screening".to_owned()], vec!["screening".to_owned()])
    );
    let closed = house.with(async |store| {
        let history = store.history_of(&drafts[0]).await.unwrap();
        history.iter().filter(|line| line.kind == "window-closed").count()
    });
    assert_eq!(closed, 1);
    let letters = house.rows("SELECT state FROM letter WHERE kind = 'released'");
    assert_eq!(letters, ["sent"]);
    drop(program);
    house.verify();
}

/// A folder of time zone rules in which the journal's zone has the rules of another.
#[test]
fn changed_rules_of_time_zones_move_no_window_that_runs() {
    let (house, number) = House::build(1, async |_, players| {
        let number = players.draft("author", 1).await.unwrap();
        players.act("author", &number, Act::Submit).await.unwrap();
        number
    });
    let zones = house.folder.join("zones");
    std::fs::create_dir_all(zones.join("Asia")).unwrap();
    let rules = std::fs::read("/usr/share/zoneinfo/America/New_York")
        .expect("the system's time zones are missing; get them with: apt-get install tzdata");
    for name in ["Asia/Shanghai", "Etc/UTC", "UTC"] {
        let to = zones.join(name);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::write(to, &rules).unwrap();
    }
    let due = || house.rows("SELECT CAST(due_at AS TEXT) FROM \"window\"");
    let before = due();
    let folder = zones.display().to_string();
    let program = house.start(&[("TZDIR", &folder)]);
    let path = format!("/author/manuscripts/{number}");
    assert_eq!(program.get(&path, house.token("author"), "zh-CN").status, 200);
    // Taken away while it runs: it goes on by the rules that it began with.
    std::fs::remove_dir_all(&zones).unwrap();
    let page = program.get(&path, house.token("author"), "zh-CN").body;
    assert_eq!(program.get(&path, house.token("author"), "zh-CN").body, page);
    assert_eq!(due(), before);
    drop(program);
    house.verify();
    // On a machine that has no rules of zones at all it has its own.
    let program = house.start(&[("TZDIR", &folder)]);
    assert_eq!(program.get(&path, house.token("author"), "zh-CN").status, 200);
    assert_eq!(due(), before);
}
