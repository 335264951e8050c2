//! `bauta migrate`: opening the store migrates it.

use super::CommandResult;
use super::serve::{open_store, say};
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;

pub async fn run() -> CommandResult {
    let config = Config::load()?;
    open_store(&config, Clock::system(), Chance::system()).await?;
    say("The database has this version's schema.");
    Ok(std::process::ExitCode::SUCCESS)
}
