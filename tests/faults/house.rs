//! A house for tests: data that was played through the actions, and the program running over it.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use bauta::actions::strip::Limits;
use bauta::chance::Chance;
use bauta::clock::Clock;
use bauta::config::Config;
use bauta::demo::cast;
use bauta::demo::script::Players;
use bauta::domain::rules::Rules;
use bauta::post::Post;
use bauta::seal::RootKey;
use bauta::store::{DbSettings, Journal, Store};
use bauta::worker::Worker;
use jiff::{SignedDuration, Timestamp};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

/// Waits for a future of the library.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

/// Tries until it succeeds; panics with `what` after so many seconds.
pub fn until<T>(seconds: u64, what: &str, mut attempt: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + Duration::from_secs(seconds);
    loop {
        if let Some(found) = attempt() {
            return found;
        }
        assert!(Instant::now() < end, "{what}: not within {seconds} s");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Data in a folder of its own, and who has a session in it.
pub struct House {
    pub folder: PathBuf,
    pub settings: DbSettings,
    url: Option<String>,
    tokens: HashMap<&'static str, String>,
}

impl House {
    /// An empty office with its cast, and what `play` makes of it at an instant so many days ago.
    pub fn build<T>(days: i64, play: impl AsyncFnOnce(&Worker, &Players<'_>) -> T) -> (House, T) {
        let unique = u64::from_le_bytes(Chance::system().bytes("test"));
        let folder = std::env::temp_dir().join(format!("bauta-tests/faults-{unique:x}"));
        std::fs::create_dir_all(folder.join("data/blobs")).unwrap();
        let server = std::env::var("BAUTA_TEST_POSTGRES")
            .ok()
            .filter(|url| !url.is_empty());
        let url = server.map(|server| {
            let (front, _) = server.rsplit_once('/').unwrap();
            let statement = format!("CREATE DATABASE f{unique:x}");
            wait(async {
                Database::connect(&server)
                    .await
                    .unwrap()
                    .execute_unprepared(&statement)
                    .await
            })
            .unwrap();
            format!("{front}/f{unique:x}")
        });
        let settings = match &url {
            Some(url) => DbSettings::Postgres(url.clone()),
            None => DbSettings::Sqlite {
                path: folder.join("data/bauta.sqlite"),
                durable: false,
            },
        };
        let mut house = House {
            folder,
            settings,
            url,
            tokens: HashMap::new(),
        };
        RootKey::create(&house.config().key_file(), [7; 32]).unwrap();
        let now = Timestamp::now();
        let played = wait(async {
            let store = house
                .open(Clock::standing_at(now - SignedDuration::from_hours(24 * days)))
                .await;
            let worker = Worker {
                store: store.clone(),
                post: Post::from(&house.config()).unwrap(),
                limits: Limits {
                    program: None,
                    seconds: 60,
                    megabytes: 1024,
                },
                delivers: true,
            };
            let players = Players::enter(&worker).await.unwrap();
            let played = play(&worker, &players).await;
            worker.pass().await.unwrap();
            // Sessions that last, also when a test lets weeks go by.
            store.clock.put(now);
            let chief = cast::people()
                .into_iter()
                .find(|member| member.key == "chief")
                .unwrap();
            let account = store.credentials(&chief.email).await.unwrap().unwrap().account;
            let session = store.begin_session(account, "test").await.unwrap();
            let who = store.who(&session).await.unwrap().unwrap();
            let rules = Rules {
                session_idle_hours: 720,
                office_idle_hours: 168,
                session_days: 90,
                ..Rules::default()
            };
            let proof = store.chief(&who).unwrap();
            assert!(store.set_rules(&proof, 0, &rules).await.unwrap());
            for member in cast::people() {
                let found = store.credentials(&member.email).await.unwrap().unwrap();
                let token = store.begin_session(found.account, "test").await.unwrap();
                house.tokens.insert(member.key, token);
            }
            store.close().await;
            played
        });
        (house, played)
    }

    /// The settings that the program is started with.
    pub fn config(&self) -> Config {
        Config::default().in_folder(&self.folder.join("data"))
    }

    /// The store itself, while the program does not run or beside it.
    pub async fn open(&self, clock: Clock) -> Store {
        let config = self.config();
        let root = RootKey::read(&config.key_file()).unwrap();
        let journal = Journal {
            name_zh: config.journal_zh.clone(),
            name_en: config.journal_en.clone(),
            site: config.site(),
        };
        let opened = Store::open(
            self.settings.clone(),
            root,
            config.blobs(),
            clock,
            Chance::system(),
            Rules::default(),
            journal,
        );
        opened.await.unwrap()
    }

    /// Does something with the store at the present instant.
    pub fn with<T>(&self, act: impl AsyncFnOnce(&Store) -> T) -> T {
        wait(async {
            let store = self.open(Clock::system()).await;
            let done = act(&store).await;
            store.close().await;
            done
        })
    }

    /// The first column of what a statement finds, as text.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        wait(async {
            let conn = self.connect().await;
            let found = conn
                .query_all_raw(Statement::from_string(conn.get_database_backend(), sql))
                .await;
            let rows = found
                .unwrap()
                .iter()
                .map(|row| row.try_get_by_index(0).unwrap())
                .collect();
            conn.close().await.unwrap();
            rows
        })
    }

    /// Changes rows behind the program's back.
    pub fn change(&self, sql: &str) {
        wait(async {
            let conn = self.connect().await;
            conn.execute_unprepared(sql).await.unwrap();
            conn.close().await.unwrap();
        });
    }

    /// A connection of somebody else's to the same database.
    pub async fn connect(&self) -> DatabaseConnection {
        let url = match (&self.url, &self.settings) {
            (Some(url), _) => url.clone(),
            (None, DbSettings::Sqlite { path, .. }) => format!("sqlite://{}", path.display()),
            (None, DbSettings::Postgres(url)) => url.clone(),
        };
        Database::connect(url).await.unwrap()
    }

    /// Whether the database is PostgreSQL, and its address.
    pub fn postgres(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// `bauta verify` on the data.
    pub fn verify(&self) {
        let output = self.command("127.0.0.1:0").arg("verify").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("Everything holds"),
            "{said}"
        );
    }

    /// The session of somebody of the cast.
    pub fn token(&self, key: &str) -> &str {
        &self.tokens[key]
    }

    /// The program with this house's settings, not started yet.
    pub fn command(&self, address: &str) -> Command {
        self.settled(Command::new(env!("CARGO_BIN_EXE_bauta")), address)
    }

    /// The same for a command that leads to the program.
    pub fn settled(&self, mut command: Command, address: &str) -> Command {
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("BAUTA_") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(&self.folder)
            .env("BAUTA_DATA", self.folder.join("data"))
            .env("BAUTA_ADDRESS", address)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(url) = &self.url {
            command.env("BAUTA_DATABASE_URL", url);
        }
        command
    }

    /// Starts the program with more settings, and waits until it listens.
    pub fn start(&self, more: &[(&str, &str)]) -> Running {
        let address = free_address();
        let mut command = self.command(&address);
        command.envs(more.iter().copied());
        Running::of(command, address)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// A port that is free now.
pub fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// The program.
pub struct Running {
    pub child: Child,
    pub address: String,
    log: Arc<Mutex<String>>,
}

impl Running {
    /// Starts it, and waits until it listens.
    pub fn of(mut command: Command, address: String) -> Running {
        let mut child = command.spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        keep(out, log.clone());
        keep(err, log.clone());
        let end = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(&address).is_err() {
            let ended = child.try_wait().unwrap();
            assert!(
                ended.is_none() && Instant::now() < end,
                "it does not listen: {}",
                log.lock().unwrap()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        Running { child, address, log }
    }

    /// Gets a page.
    pub fn get(&self, path: &str, token: &str, lang: &str) -> Answer {
        self.ask("GET", path, token, lang, "", b"").unwrap()
    }

    /// Posts a form from one of our own pages.
    pub fn post(&self, path: &str, token: &str, lang: &str, fields: &[(&str, &str)]) -> Answer {
        self.try_post(path, token, lang, fields).unwrap()
    }

    /// The same where the program may die meanwhile.
    pub fn try_post(
        &self,
        path: &str,
        token: &str,
        lang: &str,
        fields: &[(&str, &str)],
    ) -> std::io::Result<Answer> {
        let fields: Vec<String> = fields
            .iter()
            .map(|(n, v)| format!("{}={}", encode(n), encode(v)))
            .collect();
        let kind = "application/x-www-form-urlencoded";
        self.ask("POST", path, token, lang, kind, fields.join("&").as_bytes())
    }

    /// Sends a file with the author's form.
    pub fn upload(&self, path: &str, token: &str, lang: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\nsupplement\r\n--edge\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend(bytes);
        body.extend(b"\r\n--edge--\r\n");
        self.ask(
            "POST",
            path,
            token,
            lang,
            "multipart/form-data; boundary=edge",
            &body,
        )
        .unwrap()
    }

    /// One request on a connection of its own; an error if the answer does not come whole.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        token: &str,
        lang: &str,
        kind: &str,
        body: &[u8],
    ) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Accept-Language: {lang}\r\nCookie: bauta={token}\r\n",
            self.address
        );
        if method == "POST" {
            head += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
        }
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        stream.write_all(body)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let broken = || std::io::Error::other("no whole answer");
        let (head, body) = text.split_once("\r\n\r\n").ok_or_else(broken)?;
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .ok_or_else(broken)?;
        Ok(Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
        })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        if std::thread::panicking() {
            println!("the program said:\n{}", self.log.lock().unwrap());
        }
    }
}

fn keep(mut from: impl Read + Send + 'static, into: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            into.lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(&buffer[..count]));
        }
    });
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// Where it leads; empty if it leads nowhere.
    pub fn to(&self) -> &str {
        let line = self.head.lines().find_map(|l| l.split_once("ocation: "));
        line.map_or("", |(_, to)| to.trim())
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let field = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1);
        field
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default()
            .to_owned()
    }
}

fn encode(text: &str) -> String {
    let one = |byte: u8| match byte {
        b if b.is_ascii_alphanumeric() => char::from(b).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(one).collect()
}
