//! The database locked and gone, the disk full.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use bauta::actions::draft;
use rustix::process::{Pid, Resource, Rlimit, prlimit};
use sea_orm::ConnectionTrait;

use crate::house::{Answer, House, Running, free_address, until};

/// What somebody typed, in both languages; an apostrophe and a bracket must come back as they were.
const TYPED: [(&str, &str, &str); 2] = [
    (
        "author",
        "zh-CN",
        "本研究纳入 <120> 例患者，随访一年，结果“显著”。\n第二段文字也不能丢失，这是关键的一句。",
    ),
    (
        "author2",
        "en",
        "We followed <120> patients' records for a year & found \"much\".\nA second paragraph must not be lost.",
    ),
];

/// A draft for each of the two, and the address of its text.
fn drafts() -> (House, [String; 2]) {
    House::build(1, async |worker, players| {
        let mut paths = Vec::new();
        for (key, ..) in TYPED {
            let number = draft::start(&worker.store, players.who(key)).await.unwrap();
            paths.push(format!("/author/manuscripts/{number}/submission"));
        }
        paths.try_into().unwrap()
    })
}

fn words(lang: &str) -> [&'static str; 2] {
    match lang {
        "en" => ["The office cannot answer just now", "Send again"],
        _ => ["系统暂时无法处理", "再次提交"],
    }
}

/// Whether a page says honestly that nothing can be done now, and has what was typed.
fn honest(answer: &Answer, lang: &str, typed: &str) {
    assert_eq!(answer.status, 503, "{answer:?}");
    for words in words(lang) {
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
    }
    let escape = [
        ("&", "&amp;"),
        ("<", "&lt;"),
        (">", "&gt;"),
        ("\"", "&quot;"),
        ("'", "&#39;"),
    ];
    let shown = escape
        .iter()
        .fold(typed.to_owned(), |text, (from, to)| text.replace(from, to));
    let page = answer.body.replace("&#x27;", "&#39;");
    assert!(page.contains(&shown), "{shown} is not in {page}");
}

fn write(program: &Running, house: &House, (key, lang, typed): (&str, &str, &str), path: &str) -> Answer {
    let fields = [("act", "stay"), ("abstract_zh", typed), ("title_zh", "题")];
    program.post(&format!("{path}/text"), house.token(key), lang, &fields)
}

/// All of them write in vain, and again with success once `mended`.
fn in_vain_then_not(house: &House, program: &Running, paths: &[String; 2], mended: impl FnOnce()) {
    for (who, path) in TYPED.into_iter().zip(paths) {
        honest(&write(program, house, who, path), who.1, who.2);
    }
    mended();
    for (who, path) in TYPED.into_iter().zip(paths) {
        let answer = until(20, "it goes on", || {
            Some(write(program, house, who, path)).filter(|answer| answer.status == 303)
        });
        assert!(answer.to().contains("step-saved"), "{answer:?}");
        let page = program.get(&format!("{path}/text"), house.token(who.0), who.1);
        assert!(
            page.status == 200 && page.body.contains(who.2.split('\n').nth(1).unwrap()),
            "{page:?}"
        );
    }
    house.verify();
}

#[test]
fn a_locked_database_costs_nothing_that_was_typed() {
    let (house, paths) = drafts();
    let program = house.start(&[]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let lock = match house.postgres() {
        Some(_) => "BEGIN; LOCK TABLE manuscript IN EXCLUSIVE MODE",
        None => "BEGIN IMMEDIATE",
    };
    let other = runtime.block_on(async {
        let mut options = sea_orm::ConnectOptions::new(match (house.postgres(), &house.settings) {
            (None, bauta::store::DbSettings::Sqlite { path, .. }) => format!("sqlite://{}", path.display()),
            (url, _) => url.unwrap_or_default().to_owned(),
        });
        options.max_connections(1);
        let other = sea_orm::Database::connect(options).await.unwrap();
        other.execute_unprepared(lock).await.unwrap();
        other
    });
    // Reading goes on.
    let page = program.get("/author", house.token("author"), "en");
    assert_eq!(page.status, 200, "{page:?}");
    in_vain_then_not(&house, &program, &paths, || {
        runtime.block_on(other.execute_unprepared("ROLLBACK")).unwrap();
    });
}

/// A PostgreSQL server that can be cut off: everything goes through here.
struct Cable {
    port: u16,
    cut: Arc<AtomicBool>,
    through: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    fn to(target: String) -> Cable {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (cut, through) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (is_cut, all) = (cut.clone(), through.clone());
        std::thread::spawn(move || {
            for near in listener.incoming().flatten() {
                if is_cut.load(Ordering::SeqCst) {
                    continue;
                }
                let Ok(far) = TcpStream::connect(&target) else {
                    continue;
                };
                for (mut from, mut to) in [
                    (near.try_clone().unwrap(), far.try_clone().unwrap()),
                    (far.try_clone().unwrap(), near.try_clone().unwrap()),
                ] {
                    std::thread::spawn(move || {
                        let mut buffer = [0; 16384];
                        while let Ok(count @ 1..) = from.read(&mut buffer) {
                            if to.write_all(&buffer[..count]).is_err() {
                                break;
                            }
                        }
                        to.shutdown(std::net::Shutdown::Both).ok();
                    });
                }
                all.lock().unwrap().extend([near, far]);
            }
        });
        Cable { port, cut, through }
    }

    fn set(&self, cut: bool) {
        self.cut.store(cut, Ordering::SeqCst);
        for stream in self.through.lock().unwrap().drain(..) {
            stream.shutdown(std::net::Shutdown::Both).ok();
        }
    }
}

#[test]
fn a_database_that_is_gone_is_said_to_be_and_missed_until_it_is_back() {
    let (house, paths) = drafts();
    let database = house.folder.join("data/bauta.sqlite");
    let away = house.folder.join("away.sqlite");
    let Some(url) = house.postgres() else {
        let program = house.start(&[]);
        std::fs::rename(&database, &away).unwrap();
        let page = program.get("/author", house.token("author"), "en");
        assert!(
            page.status == 503 && page.body.contains(words("en")[0]),
            "{page:?}"
        );
        in_vain_then_not(&house, &program, &paths, || {
            assert!(!database.exists(), "no empty one was made in its place");
            std::fs::rename(&away, &database).unwrap();
        });
        return;
    };
    let (front, rest) = url.split_once('@').unwrap();
    let (host, name) = rest.split_once('/').unwrap();
    let cable = Cable::to(host.to_owned());
    let through = format!("{front}@127.0.0.1:{}/{name}", cable.port);
    let program = house.start(&[("BAUTA_DATABASE_URL", &through)]);
    assert_eq!(program.get("/author", house.token("author"), "en").status, 200);
    cable.set(true);
    let page = program.get("/author", house.token("author"), "en");
    assert!(
        page.status == 503 && page.body.contains(words("en")[0]),
        "{page:?}"
    );
    in_vain_then_not(&house, &program, &paths, || cable.set(false));
}

/// How many files lie in the folder of sealed files.
fn blobs(house: &House) -> usize {
    let folders = std::fs::read_dir(house.folder.join("data/blobs")).unwrap();
    folders
        .map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count())
        .sum()
}

/// A disk that takes no more: the kernel refuses to let any file of the program grow, and then allows it again.
#[test]
fn a_full_disk_costs_nothing_that_was_typed_and_leaves_no_half_file() {
    let (house, paths) = drafts();
    let address = free_address();
    // The signal that comes with the refusal would end the program; a full disk has no signal.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$0\"", env!("CARGO_BIN_EXE_bauta")]);
    let program = Running::of(house.settled(shell, &address), address);
    let pid = Pid::from_child(&program.child);
    let limit = |most: Option<u64>| {
        let limits = Rlimit {
            current: most,
            maximum: None,
        };
        prlimit(Some(pid), Resource::Fsize, limits).expect("the limits of one's own child can be set");
    };
    let before = blobs(&house);
    limit(Some(1));
    // The second writes English.
    let files = paths[1].replace("/submission", "/files");
    let answer = program.upload(
        &files,
        house.token("author2"),
        "en",
        "table.csv",
        &[b'7'; 200_000],
    );
    assert!(
        answer.status == 503 && answer.body.contains("choose it again"),
        "{answer:?}"
    );
    assert_eq!(blobs(&house), before, "nothing is left of it");
    let mend = || limit(None);
    if house.postgres().is_none() {
        in_vain_then_not(&house, &program, &paths, mend);
    } else {
        // The database has a disk of its own.
        mend();
    }
    let answer = program.upload(
        &files,
        house.token("author2"),
        "en",
        "table.csv",
        b"arm,n\na,60\nb,60\n",
    );
    assert!(
        answer.status == 303 && answer.to().contains("file-uploaded"),
        "{answer:?}"
    );
    until(30, "its blind copy is made", || {
        let waiting = house.rows("SELECT state FROM file WHERE state = 'waiting'");
        waiting.is_empty().then_some(())
    });
    house.verify();
}
