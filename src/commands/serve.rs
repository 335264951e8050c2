//! `bauta serve`.

use std::process::ExitCode;
use std::sync::Arc;

use super::CommandResult;
use crate::actions::strip::Limits;
use crate::app::{Office, rocket};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{Config, KeySource};
use crate::domain::rules::Rules;
use crate::post::Post;
use crate::seal::RootKey;
use crate::store::links::{LinkBody, LinkPurpose};
use crate::store::{DbError, DbSettings, Journal, Store};
use crate::worker::{Wish, Worker};

type AnyError = Box<dyn std::error::Error + Send + Sync>;

/// Opens the store of the settings; makes folder, key and database if they are not there.
pub async fn open_store(config: &Config, clock: Clock, chance: Chance) -> Result<Store, AnyError> {
    open_with(config, clock, chance, true).await
}

/// Opens a store whose commits wait for the disk only if it is `durable`: what is being invented need not.
pub async fn open_with(
    config: &Config,
    clock: Clock,
    chance: Chance,
    durable: bool,
) -> Result<Store, AnyError> {
    std::fs::create_dir_all(&config.data)
        .map_err(|e| format!("data folder {}: {e}", config.data.display()))?;
    std::fs::create_dir_all(config.blobs())?;
    let (root, new_key) = root_key(config, &chance)?;
    super::key::finish(config, &root, &settings(config, durable)).await?;
    let root = if new_key {
        root
    } else {
        root_key(config, &chance)?.0
    };
    let settings = settings(config, durable);
    let rules = Rules {
        time_zone: config.time_zone.clone(),
        ..Rules::default()
    };
    let journal = Journal {
        name_zh: config.journal_zh.clone(),
        name_en: config.journal_en.clone(),
        site: config.site(),
    };
    let opened = Store::open(settings, root, config.blobs(), clock, chance, rules, journal).await;
    if !matches!(opened, Err(DbError::WrongKey)) {
        return Ok(opened?);
    }
    if new_key {
        // Only now is it known that the database has data: the key just made would hide that its own is missing.
        std::fs::remove_file(config.key_file())?;
        return Err(missing_key(config));
    }
    Err(format!(
        "key file {} is not the one that this data was sealed with: put the right one there",
        config.key_file().display()
    )
    .into())
}

fn missing_key(config: &Config) -> AnyError {
    let key = config.key_file();
    format!(
        "key file {} is missing, but there is data that needs it: put it back",
        key.display()
    )
    .into()
}

/// Where the database of the settings is.
pub fn settings(config: &Config, durable: bool) -> DbSettings {
    match &config.database_url {
        Some(url) => DbSettings::Postgres(url.clone()),
        None => DbSettings::Sqlite {
            path: config.sqlite_file(),
            durable,
        },
    }
}

/// Reads the key, and says whether it was made just now. A new key file is made only where there is no data yet: data without its key is lost, and a new
/// key beside it would hide that.
pub fn root_key(config: &Config, chance: &Chance) -> Result<(RootKey, bool), AnyError> {
    let path = match config.key_source() {
        KeySource::Value(value) => {
            let wrong = "BAUTA_KEY_VALUE is not a Bauta key: 64 hexadecimal digits are expected";
            let root = RootKey::parse(&value).ok_or(wrong)?;
            return Ok((root, false));
        }
        KeySource::Credential(path) => return Ok((RootKey::read_handed(&path)?, false)),
        KeySource::File(path) => path,
    };
    if path.exists() {
        return Ok((RootKey::read(&path)?, false));
    }
    if config.database_url.is_none() && config.sqlite_file().exists() {
        return Err(missing_key(config));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok((RootKey::create(&path, chance.bytes("root-key"))?, true))
}

/// Limits of stripping children of this very program.
pub fn limits(config: &Config) -> Limits {
    Limits {
        program: std::env::current_exe().ok(),
        seconds: config.strip_seconds,
        megabytes: config.strip_mb,
    }
}

/// Whether the address can be listened on, before anything is made or said that speaks of it.
pub fn free(config: &Config) -> Result<(), AnyError> {
    let Err(error) = std::net::TcpListener::bind(config.listen()?) else {
        return Ok(());
    };
    let why = match error.kind() {
        std::io::ErrorKind::AddrInUse => "another program listens there, perhaps Bauta itself".to_owned(),
        _ => error.to_string(),
    };
    Err(format!(
        "cannot listen on {}: {why}; choose another address by BAUTA_ADDRESS=127.0.0.1:8001, or by address in bauta.toml",
        config.address
    )
    .into())
}

pub async fn run() -> CommandResult {
    let config = Config::load()?;
    free(&config)?;
    let store = open_store(&config, Clock::system(), Chance::system()).await?;
    let post = Post::from(&config)?;
    say(&format!("Bauta listens on {}", config.site()));
    if !post.delivers() {
        say(&format!(
            "No mail server is set: letters become open files in {}",
            config.outbox().display()
        ));
    }
    if !store.has_chief().await? {
        let token = store.mint(LinkPurpose::FirstChief, &LinkBody::default()).await?;
        say("There is no editor-in-chief yet. This link, good once, makes the first one:");
        say(&format!("  {}/link/{token}", config.site()));
    }
    let worker = Worker {
        store: store.clone(),
        delivers: post.delivers(),
        post,
        limits: limits(&config),
    };
    let address = config.address.clone();
    let (_, wishes) = tokio::sync::mpsc::channel(1);
    let office = Office::new(store, config).rendering_by(std::env::current_exe().ok());
    launch(worker, wishes, rocket(office), &address).await
}

/// Lets worker and web run until they are told to stop.
pub async fn launch(
    worker: Worker,
    wishes: tokio::sync::mpsc::Receiver<Wish>,
    rocket: rocket::Rocket<rocket::Build>,
    address: &str,
) -> CommandResult {
    let stop = Arc::new(tokio::sync::Notify::new());
    let running = tokio::spawn(worker.run(stop.clone(), wishes));
    let rocket = rocket.ignite().await.map_err(|e| e.to_string())?;
    let result = rocket.launch().await;
    stop.notify_one();
    running.await?;
    result.map_err(|e| format!("cannot listen on {address}: {}", e.pretty_print()))?;
    Ok(ExitCode::SUCCESS)
}

/// Says something to whoever started the program, at once: somebody may be reading through a pipe.
#[expect(clippy::print_stdout, reason = "a command's own word")]
pub fn say(text: &str) {
    use std::io::Write;
    println!("{text}");
    std::io::stdout().flush().ok();
}
