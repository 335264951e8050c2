//! `bauta demo`.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use jiff::SignedDuration;

use super::CommandResult;
use super::serve::{free, launch, limits, open_store, open_with, say};
use crate::actions::strip::Limits;
use crate::app::{self, Office};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::script::Players;
use crate::demo::{cast, more, plots};
use crate::post::Post;
use crate::store::Store;
use crate::store::links::{LinkBody, LinkPurpose};
use crate::web::demo::{Player, Stage};
use crate::worker::Worker;

/// Says that a folder was made by a demo, so that the next one may empty it.
const MARK: &str = "made-by-bauta-demo";

#[derive(ClapArgs)]
pub struct Args {
    /// The folder; emptied first if an earlier demo made it [default: the data folder's name with -demo]
    #[arg(long)]
    folder: Option<PathBuf>,
}

pub async fn run(args: Args) -> CommandResult {
    let config = Config::load()?;
    free(&config)?;
    let folder = args.folder.unwrap_or_else(|| {
        let mut name = config.data.as_os_str().to_owned();
        name.push("-demo");
        PathBuf::from(name)
    });
    fresh(&folder)?;
    // The demo never touches a real journal: neither its database nor its mail server.
    let config = Config {
        database_url: None,
        smtp_url: None,
        ..config
    }
    .in_folder(&folder);
    let end = Clock::system().now();
    say("Playing eight months of an invented journal …");
    let clock = Clock::standing_at(end - SignedDuration::from_hours(24 * 240));
    let stage = open_with(&config, clock, Chance::system(), false).await?;
    let worker = Worker {
        store: stage,
        post: Post::from(&config)?,
        // Our own files need no child process that keeps them in bounds.
        limits: Limits {
            program: None,
            ..limits(&config)
        },
        delivers: true,
    };
    let players = Players::enter(&worker).await.map_err(|e| e.to_string())?;
    let mut all = plots::all();
    all.extend(more::all());
    let life = Box::pin(players.play(&all, end)).await?;
    worker.store.close().await;
    let store = open_store(&config, Clock::movable(), Chance::system()).await?;
    say(&format!(
        "{} manuscripts by invented people; letters are written to {}",
        life.numbers.len(),
        config.outbox().display()
    ));
    say("Sign in by a link, each good once:");
    for key in [
        "editor-in-chief",
        "editor",
        "assistant",
        "author",
        "reviewer",
        "administrator",
    ] {
        let member = cast::member(match key {
            "editor-in-chief" => "chief",
            "administrator" => "admin",
            other => other,
        });
        let found = store
            .credentials(&member.email)
            .await?
            .ok_or("the cast is not complete")?;
        let body = LinkBody {
            account: Some(found.account),
            ..LinkBody::default()
        };
        let token = store.mint(LinkPurpose::SignIn, &body).await?;
        say(&format!("{key} {}/link/{token}", config.site()));
    }
    let (wish, wishes) = tokio::sync::mpsc::channel(1);
    let stage = Stage::new(cast_of(&store).await?, config.outbox(), wish);
    let worker = Worker {
        store: store.clone(),
        post: Post::from(&config)?,
        limits: limits(&config),
        delivers: true,
    };
    let address = config.address.clone();
    launch(
        worker,
        wishes,
        app::demo(
            Office::new(store, config).rendering_by(std::env::current_exe().ok()),
            stage,
        ),
        &address,
    )
    .await
}

/// The cast with its accounts.
async fn cast_of(store: &Store) -> Result<Vec<Player>, Box<dyn std::error::Error + Send + Sync>> {
    let mut players = Vec::new();
    for member in cast::people() {
        let found = store.credentials(&member.email).await?;
        players.push(Player {
            account: found.ok_or("the cast is not complete")?.account,
            key: member.key,
            role: member.roles.first().copied(),
            email: member.email,
            profile: member.profile,
        });
    }
    Ok(players)
}

/// An empty folder with the mark. A folder with anything else in it is left alone.
fn fresh(folder: &Path) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    if folder.join(MARK).exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let empty = !folder.exists() || std::fs::read_dir(folder)?.next().is_none();
    if !empty {
        return Err(format!(
            "{} is not empty and no demo made it: choose another --folder",
            folder.display()
        )
        .into());
    }
    std::fs::create_dir_all(folder)?;
    Ok(std::fs::write(
        folder.join(MARK),
        "This folder was made by `bauta demo` and is emptied by the next one.\n",
    )?)
}
