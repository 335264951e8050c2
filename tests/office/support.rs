//! A town for tests: an office with people in it, empty or at the end of a whole life.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use bauta::actions::strip::Limits;
use bauta::app::{Office, rocket};
use bauta::chance::Chance;
use bauta::clock::Clock;
use bauta::config::Config;
use bauta::demo::plots;
use bauta::demo::script::{Casting, Life, Players, Plot};
use bauta::domain::person::{Email, Lang};
use bauta::domain::rules::Rules;
use bauta::post::Post;
use bauta::seal::RootKey;
use bauta::store::access::Who;
use bauta::store::{DbSettings, Journal, Store};
use bauta::worker::Worker;
use jiff::Timestamp;
use rocket::http::{Cookie, Header, Status};
use rocket::local::asynchronous::{Client, LocalResponse};

/// The instant at which the saved life ends: a Saturday morning in Beijing.
pub const END: &str = "2026-11-21T02:00:00Z";

/// An office in a folder of its own.
pub struct Town {
    pub store: Store,
    pub worker: Worker,
    pub config: Config,
    pub folder: PathBuf,
    pub settings: DbSettings,
    pub life: Life,
    /// The addresses of who plays, by key.
    addresses: HashMap<&'static str, Email>,
}

fn temp(name: &str) -> PathBuf {
    let unique = format!("{name}-{}-{:x}", std::process::id(), rand_suffix());
    let folder = std::env::temp_dir().join("bauta-tests").join(unique);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn rand_suffix() -> u64 {
    u64::from_le_bytes(Chance::system().bytes("test"))
}

fn postgres() -> Option<String> {
    std::env::var("BAUTA_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

/// Replaces the database's name in a PostgreSQL address.
fn database(url: &str, name: &str) -> String {
    let (front, _) = url.rsplit_once('/').unwrap();
    format!("{front}/{name}")
}

async fn sql(url: &str, statement: &str) {
    use sea_orm::ConnectionTrait;
    let conn = sea_orm::Database::connect(url).await.unwrap();
    conn.execute_unprepared(statement).await.unwrap();
    conn.close().await.unwrap();
}

async fn open(folder: &Path, settings: DbSettings, at: Timestamp, chance: Chance) -> Town {
    let (store, worker, config) = opened(folder, settings.clone(), at, chance).await;
    Town {
        store,
        worker,
        config,
        folder: folder.to_owned(),
        settings,
        life: Life::default(),
        addresses: addresses(&Casting::usual()),
    }
}

fn addresses(casting: &Casting) -> HashMap<&'static str, Email> {
    casting.people.iter().map(|m| (m.key, m.email.clone())).collect()
}

async fn opened(
    folder: &Path,
    settings: DbSettings,
    at: Timestamp,
    chance: Chance,
) -> (Store, Worker, Config) {
    let config = Config {
        smtp_url: None,
        ..Config::default().in_folder(folder)
    };
    let key = config.key_file();
    let root = if key.exists() {
        RootKey::read(&key).unwrap()
    } else {
        RootKey::create(&key, [7; 32]).unwrap()
    };
    let journal = Journal {
        name_zh: config.journal_zh.clone(),
        name_en: config.journal_en.clone(),
        site: config.site(),
    };
    let store = Store::open(
        settings,
        root,
        config.blobs(),
        Clock::standing_at(at),
        chance,
        Rules::default(),
        journal,
    )
    .await
    .unwrap();
    let post = Post::from(&config).unwrap();
    let limits = Limits {
        program: None,
        seconds: 60,
        megabytes: 1024,
    };
    let worker = Worker {
        store: store.clone(),
        post,
        limits,
        delivers: true,
    };
    (store, worker, config)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

impl Town {
    /// An office without anybody.
    pub async fn empty() -> Town {
        let folder = temp("empty");
        let settings = match postgres() {
            None => DbSettings::Sqlite {
                path: folder.join("bauta.sqlite"),
                durable: false,
            },
            Some(url) => {
                let name = format!("t{:x}", rand_suffix());
                sql(&url, &format!("CREATE DATABASE {name}")).await;
                DbSettings::Postgres(database(&url, &name))
            }
        };
        open(&folder, settings, END.parse().unwrap(), Chance::system()).await
    }

    /// The end of the saved life: played once for all tests, then copied.
    pub async fn life() -> Town {
        Self::played(&Script::usual()).await
    }

    /// The end of a script's life: played once for all tests, then copied.
    pub async fn played(script: &Script) -> Town {
        let saved = saved_life(script).await;
        let folder = temp("life");
        copy(&saved.folder, &folder);
        let settings = match postgres() {
            None => DbSettings::Sqlite {
                path: folder.join("bauta.sqlite"),
                durable: false,
            },
            Some(url) => {
                let name = format!("t{:x}", rand_suffix());
                sql(
                    &url,
                    &format!("CREATE DATABASE {name} TEMPLATE {}", saved.database),
                )
                .await;
                DbSettings::Postgres(database(&url, &name))
            }
        };
        // Chance goes on with another seed: the first numbers of the play's own are taken.
        let mut town = open(&folder, settings, saved.now, script.chance(1)).await;
        town.life.numbers = saved.numbers;
        town.addresses = addresses(&script.casting);
        town
    }

    /// The same data opened once more, as another process does.
    pub async fn again(&self) -> Store {
        let settings = self.settings.clone();
        opened(&self.folder, settings, self.store.clock.now(), Chance::system())
            .await
            .0
    }

    /// The number of the manuscript of a plot.
    pub fn number(&self, plot: &str) -> String {
        self.life.numbers[plot].clone()
    }

    /// The players, each with an account already.
    pub async fn players(&self) -> Players<'_> {
        Players::enter(&self.worker).await.unwrap()
    }

    /// Somebody of the cast, signed in.
    pub async fn who(&self, key: &str) -> Who {
        let token = self.token(key).await;
        self.store.who(&token).await.unwrap().unwrap()
    }

    /// A session's token of somebody of the cast.
    pub async fn token(&self, key: &str) -> String {
        let address = &self.addresses[key];
        let found = self.store.credentials(address).await.unwrap().unwrap();
        self.store.begin_session(found.account, "test").await.unwrap()
    }

    /// The identifiers that a query finds, as somebody with the database reads them.
    pub async fn ids(&self, query: &str) -> Vec<i64> {
        use sea_orm::ConnectionTrait;
        let url = match &self.settings {
            DbSettings::Sqlite { path, .. } => format!("sqlite://{}", path.display()),
            DbSettings::Postgres(url) => url.clone(),
        };
        let conn = sea_orm::Database::connect(url).await.unwrap();
        let statement = sea_orm::Statement::from_string(conn.get_database_backend(), query);
        let rows = conn.query_all_raw(statement).await.unwrap();
        let ids = rows.iter().map(|row| row.try_get("", "id").unwrap()).collect();
        conn.close().await.unwrap();
        ids
    }

    /// The title of a manuscript as its author wrote it.
    pub async fn own_title(&self, key: &str, number: &str) -> String {
        let proof = self.store.author(&self.who(key).await, number).await.unwrap();
        let case = self.store.case_as_author(&proof).await.unwrap();
        let title = case.submission().unwrap().title().to_owned();
        case.abandon().await.unwrap();
        title
    }

    /// The account's row of somebody of the cast.
    pub async fn account(&self, key: &str) -> i64 {
        let found = self.store.credentials(&self.addresses[key]).await.unwrap();
        found.unwrap().account
    }

    /// The address of somebody of the cast.
    pub fn address_of(&self, key: &str) -> String {
        self.addresses[key].to_string()
    }

    /// A browser that speaks to the office.
    pub async fn browser(&self) -> Browser {
        let office = Office::new(self.store.clone(), self.config.clone());
        Browser {
            client: Client::untracked(rocket(office)).await.unwrap(),
        }
    }

    /// All letters in the outbox.
    pub fn letters(&self) -> Vec<Sent> {
        let files = std::fs::read_dir(self.config.outbox()).unwrap();
        files.map(|entry| Sent::read(&entry.unwrap().path())).collect()
    }

    /// The one-time link of the newest letter to an address whose subject holds `about`.
    pub fn link_to(&self, address: &str, about: &str) -> String {
        let mut letters = self.letters();
        letters.retain(|l| l.to.contains(address) && l.subject.contains(about));
        letters.sort_by_key(|l| l.written);
        let letter = letters
            .last()
            .unwrap_or_else(|| panic!("no letter to {address} about {about}"));
        let link = letter
            .text
            .lines()
            .find_map(|line| line.split_once("/link/"))
            .expect("the letter has a link");
        format!("/link/{}", link.1.trim())
    }

    /// Moves the clock forward and lets the worker do what is due.
    pub async fn wait(&self, hours: i64) {
        self.store.clock.advance(jiff::SignedDuration::from_hours(hours));
        self.worker.pass().await.unwrap();
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// A letter as its recipient's mail program shows it.
pub struct Sent {
    pub to: String,
    pub subject: String,
    /// Headers, decoded.
    pub headers: String,
    /// The plain text.
    pub text: String,
    /// The same words in HTML.
    pub html: String,
    written: std::time::SystemTime,
}

impl Sent {
    fn read(path: &Path) -> Sent {
        let written = std::fs::metadata(path).unwrap().modified().unwrap();
        let bytes = std::fs::read(path).unwrap();
        let mail = mailparse::parse_mail(&bytes).unwrap();
        let header = |name: &str| {
            mail.headers
                .iter()
                .find(|h| h.get_key().eq_ignore_ascii_case(name))
                .map(|h| h.get_value())
                .unwrap_or_default()
        };
        let headers = mail
            .headers
            .iter()
            .map(|h| format!("{}: {}\n", h.get_key(), h.get_value()))
            .collect();
        let part = |kind: &str| {
            let part = mail.subparts.iter().find(|p| p.ctype.mimetype == kind);
            part.map(|p| p.get_body().unwrap()).unwrap_or_default()
        };
        Sent {
            to: header("To"),
            subject: header("Subject"),
            headers,
            text: part("text/plain"),
            html: part("text/html"),
            written,
        }
    }
}

/// A browser without memory: cookies are given with each request.
pub struct Browser {
    pub client: Client,
}

impl Browser {
    /// Gets a page as somebody (or nobody), in a language.
    pub async fn get<'c>(&'c self, path: &'c str, token: Option<&str>, lang: Lang) -> LocalResponse<'c> {
        let mut request = self
            .client
            .get(path)
            .cookie(Cookie::new("bauta-lang", lang.tag()));
        if let Some(token) = token {
            request = request.cookie(Cookie::new("bauta", token.to_owned()));
        }
        request.dispatch().await
    }

    /// Posts a form from one of our own pages.
    pub async fn post<'c>(&'c self, path: &'c str, token: Option<&str>, body: &str) -> LocalResponse<'c> {
        let mut request = self
            .client
            .post(path)
            .header(rocket::http::ContentType::Form)
            .header(Header::new("Sec-Fetch-Site", "same-origin"))
            .body(body);
        if let Some(token) = token {
            request = request.cookie(Cookie::new("bauta", token.to_owned()));
        }
        request.dispatch().await
    }

    /// The body of a page that must be there, in a language.
    pub async fn page(&self, path: &str, token: Option<&str>, lang: Lang) -> String {
        let response = self.get(path, token, lang).await;
        assert_eq!(response.status(), Status::Ok, "{path}");
        response.into_string().await.unwrap()
    }
}

/// What is played, by whom, and by whose chance.
pub struct Script {
    /// The saved life's name; one a script.
    pub name: &'static str,
    pub casting: Casting,
    pub plots: Vec<Plot>,
    /// None: the system's own chance.
    pub seed: Option<u64>,
}

impl Script {
    /// The invented journal.
    pub fn usual() -> Script {
        Script {
            name: "life",
            casting: Casting::usual(),
            plots: plots::all(),
            seed: None,
        }
    }

    fn chance(&self, plus: u64) -> Chance {
        self.seed
            .map_or_else(Chance::system, |seed| Chance::seeded(seed + plus))
    }
}

struct Saved {
    folder: PathBuf,
    database: String,
    numbers: HashMap<String, String>,
    now: Timestamp,
}

/// Plays the life once for all tests of this build; the other tests wait for it. A change of the test binary or of
/// the database makes a new one.
async fn saved_life(script: &Script) -> Saved {
    let exe = std::env::current_exe().unwrap();
    let stamp = std::fs::metadata(&exe)
        .unwrap()
        .modified()
        .unwrap()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_nanos();
    let kind = postgres().map_or("sqlite".to_owned(), |url| {
        format!(
            "pg{:x}",
            u32::from_le_bytes(blake3::hash(url.as_bytes()).as_bytes()[..4].try_into().unwrap())
        )
    });
    // PostgreSQL takes no hyphen in a name that is not quoted.
    let name = format!("{}_{kind}_{stamp:x}", script.name.replace('-', "_"));
    let root = exe.parent().unwrap().join("saved-lives");
    let folder = root.join(&name);
    std::fs::create_dir_all(&root).unwrap();
    let lock = std::fs::File::create(root.join(format!("{name}.lock"))).unwrap();
    lock.lock().unwrap();
    let marker = folder.join("life.json");
    if !marker.exists() {
        play(&folder, &name, script).await;
    }
    let text = std::fs::read_to_string(&marker).unwrap();
    let (now, numbers): (i64, HashMap<String, String>) = serde_json::from_str(&text).unwrap();
    Saved {
        folder,
        database: name,
        numbers,
        now: Timestamp::from_microsecond(now).unwrap(),
    }
}

async fn play(folder: &Path, name: &str, script: &Script) {
    std::fs::remove_dir_all(folder).ok();
    std::fs::create_dir_all(folder).unwrap();
    let settings = match postgres() {
        None => DbSettings::Sqlite {
            path: folder.join("bauta.sqlite"),
            durable: false,
        },
        Some(url) => {
            sql(&url, &format!("DROP DATABASE IF EXISTS {name}")).await;
            sql(&url, &format!("CREATE DATABASE {name}")).await;
            DbSettings::Postgres(database(&url, name))
        }
    };
    let end: Timestamp = END.parse().unwrap();
    let days = script
        .plots
        .iter()
        .flat_map(|plot| &plot.acts)
        .map(|(ago, _)| ago + 1);
    let begin = end - jiff::SignedDuration::from_hours(24 * days.max().unwrap_or(0).max(120));
    let town = std::mem::ManuallyDrop::new(open(folder, settings, begin, script.chance(0)).await);
    let players = Players::enter_as(&town.worker, script.casting.clone())
        .await
        .unwrap();
    let life = players.play(&script.plots, end).await.unwrap();
    let now = town.store.clock.now().as_microsecond();
    town.store.close().await;
    std::fs::write(
        folder.join("life.json"),
        serde_json::to_string(&(now, life.numbers)).unwrap(),
    )
    .unwrap();
}
