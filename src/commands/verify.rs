//! `bauta verify`.

use super::CommandResult;
use super::serve::{open_store, say};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;

pub async fn run() -> CommandResult {
    let config = Config::load()?;
    let store = open_store(&config, Clock::system(), Chance::system()).await?;
    let found = store.verify().await?;
    say(&format!(
        "{} manuscripts, {} events, {} files looked at",
        found.manuscripts, found.events, found.files
    ));
    for line in &found.broken {
        say(&format!("broken: {line}"));
    }
    if found.broken.is_empty() {
        say("Everything holds.");
        return Ok(std::process::ExitCode::SUCCESS);
    }
    Ok(std::process::ExitCode::FAILURE)
}
