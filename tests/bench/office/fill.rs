//! Fills an office: the invented journal's plots are played through the actions, and copied until there are as many
//! manuscripts as wanted. Filled once, then kept.

use std::path::{Path, PathBuf};

use bauta::actions::strip::Limits;
use bauta::chance::Chance;
use bauta::clock::Clock;
use bauta::config::Config;
use bauta::demo::cast::member;
use bauta::demo::plots;
use bauta::demo::script::Players;
use bauta::domain::person::{Email, Lang, Profile, Role};
use bauta::domain::rules::Rules;
use bauta::post::Post;
use bauta::seal::RootKey;
use bauta::store::bulk::{Cast, Copied};
use bauta::store::{DbSettings, Journal, Store};
use bauta::worker::Worker;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// An office that was filled, with sessions of some people in it and what is theirs.
#[derive(Serialize, Deserialize)]
pub struct Filled {
    pub folder: PathBuf,
    pub editor: String,
    pub author: String,
    pub reviewer: String,
    pub author_of_draft: String,
    /// In review.
    pub live: String,
    /// The author's.
    pub own: String,
    /// The reviewer's, accepted.
    pub reviewed: String,
    pub draft: String,
    /// A word of one title alone.
    pub rare: String,
}

/// Of a hundred manuscripts, how many end where: a journal's archive with a year's work on top.
const MIX: [(&str, usize); 14] = [
    ("published", 25),
    ("published-english", 12),
    ("declined-after-review", 22),
    ("declined", 14),
    ("lapsed", 6),
    ("withdrawn", 4),
    ("released", 2),
    ("screening", 4),
    ("finding-reviewers", 1),
    ("asked", 1),
    ("reading", 4),
    ("reviews-in", 2),
    ("revising", 2),
    ("returned", 1),
];
/// Plots whose windows run: their copies lie within the last days.
const LIVE: [&str; 8] = [
    "released",
    "screening",
    "finding-reviewers",
    "asked",
    "reading",
    "reviews-in",
    "revising",
    "returned",
];

pub fn config(folder: &Path) -> Config {
    Config::default().in_folder(folder)
}

pub async fn open(folder: &Path, clock: Clock) -> Store {
    let config = config(folder);
    std::fs::create_dir_all(config.blobs()).unwrap();
    let key = config.key_file();
    let root = match key.exists() {
        true => RootKey::read(&key),
        false => RootKey::create(&key, Chance::system().bytes("root-key")),
    };
    let settings = DbSettings::Sqlite {
        path: config.sqlite_file(),
        durable: false,
    };
    let journal = Journal {
        name_zh: config.journal_zh.clone(),
        name_en: config.journal_en.clone(),
        site: config.site(),
    };
    let opened = Store::open(
        settings,
        root.unwrap(),
        config.blobs(),
        clock,
        Chance::system(),
        Rules::default(),
        journal,
    );
    opened.await.unwrap()
}

/// The office of a size; made now if it is not there, or is of another day.
pub fn ready(size: usize) -> Filled {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-office");
    let today = Timestamp::now().to_string()[..10].to_owned();
    let folder = root.join(format!("{size}-{today}"));
    let marker = folder.join("filled.json");
    if let Ok(text) = std::fs::read_to_string(&marker) {
        return serde_json::from_str(&text).unwrap();
    }
    for old in std::fs::read_dir(&root).into_iter().flatten().flatten() {
        if old.file_name().to_string_lossy().starts_with(&format!("{size}-")) {
            std::fs::remove_dir_all(old.path()).unwrap();
        }
    }
    let begun = std::time::Instant::now();
    let runtime = rocket::tokio::runtime::Runtime::new().unwrap();
    let filled = runtime.block_on(fill(&folder, size));
    println!(
        "{size} manuscripts filled in {:.0} s",
        begun.elapsed().as_secs_f64()
    );
    std::fs::write(marker, serde_json::to_string(&filled).unwrap()).unwrap();
    filled
}

async fn fill(folder: &Path, size: usize) -> Filled {
    let end = Timestamp::now();
    let store = open(
        folder,
        Clock::standing_at(end - SignedDuration::from_hours(24 * 120)),
    )
    .await;
    let worker = Worker {
        store: store.clone(),
        post: Post::from(&config(folder)).unwrap(),
        limits: Limits {
            program: None,
            seconds: 60,
            megabytes: 1024,
        },
        delivers: true,
    };
    let players = Players::enter(&worker).await.unwrap();
    let life = players.play(&plots::all(), end).await.unwrap();
    // A person of a large journal has as much to do as one of a small: there are more people.
    let authors = people(&store, "author", size / 40, None).await;
    let reviewers = people(&store, "reader", size / 150 + 10, Some(Role::Reviewer)).await;
    let editors = people(&store, "editor", size / 500, Some(Role::Editor)).await;
    let cast = Cast {
        authors: &authors,
        reviewers: &reviewers,
        editors: &editors,
    };
    let chance = Chance::system();
    let (mut live, mut reading) = (Vec::new(), Vec::new());
    for (plot, share) in MIX {
        let of_live = LIVE.contains(&plot);
        let shift = |_| match of_live {
            true => SignedDuration::from_secs(chance.below("shift", 3 * 24 * 3600) as i64),
            false => -SignedDuration::from_secs(chance.below("shift", 5 * 365 * 24 * 3600) as i64),
        };
        let shifts: Vec<SignedDuration> = (0..size * share / 100).map(shift).collect();
        let copies = store.multiply(&life.numbers[plot], &cast, &shifts).await.unwrap();
        match plot {
            "reading" => reading = copies,
            "reviews-in" => live = copies,
            _ => {}
        }
    }
    store.close().await;
    // With the present time, so that the sessions are of today.
    let store = open(folder, Clock::system()).await;
    let filled = people_of(
        &store,
        folder,
        &life.numbers["draft"],
        (&live, &reading),
        editors[0],
    )
    .await;
    store.close().await;
    filled
}

async fn people_of(
    store: &Store,
    folder: &Path,
    draft: &str,
    (live, reading): (&[Copied], &[Copied]),
    editor: i64,
) -> Filled {
    let session = async |account: i64| store.begin_session(account, "bench").await.unwrap();
    let author_of_draft = store.credentials(&member("author").email).await.unwrap().unwrap();
    let editor = session(editor).await;
    let who = store.who(&editor).await.unwrap().unwrap();
    store.close_guide(&who).await.unwrap();
    let proof = store.editor(&who, &reading[0].number).await.unwrap();
    let case = store.case_as_editor(&proof).await.unwrap();
    let rare = case.title().rsplit(' ').next().unwrap_or_default().to_owned();
    case.abandon().await.unwrap();
    Filled {
        folder: folder.to_owned(),
        author: session(reading[0].author).await,
        reviewer: session(reading[0].reviewers[0]).await,
        author_of_draft: session(author_of_draft.account).await,
        editor,
        live: live[0].number.clone(),
        own: reading[0].number.clone(),
        reviewed: reading[0].number.clone(),
        draft: draft.to_owned(),
        rare,
    }
}

async fn people(store: &Store, what: &str, count: usize, role: Option<Role>) -> Vec<i64> {
    let mut out = Vec::new();
    for n in 0..count {
        let email = Email::parse(&format!("{what}{n}@crowd.example")).unwrap();
        let profile = Profile {
            latin_name: format!("{what} {n}"),
            ..Profile::default()
        };
        let (account, _) = store
            .ensure_account(&email, profile, Lang::En, true)
            .await
            .unwrap();
        if let Some(role) = role {
            store.give_role(account, role, None).await.unwrap();
        }
        out.push(account);
    }
    out
}

/// A real manuscript of 2.5 MB, text and seven figures, from the corpus beside the repository.
pub fn document() -> Option<Vec<u8>> {
    let shared = std::env::var_os("BAUTA_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    std::fs::read(shared.join("corpus/docx/medical-manuscript.docx")).ok()
}
