//! `bauta key`: a new root key in the stead of the old one.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::CommandResult;
use super::serve::{root_key, say, settings};
use crate::chance::Chance;
use crate::config::{Config, KeySource};
use crate::seal::RootKey;
use crate::store::{DbError, DbSettings, Store};

type AnyError = Box<dyn std::error::Error + Send + Sync>;

#[derive(Subcommand)]
pub enum Command {
    /// Make a new key and wrap the data keys with it; broken off, the same command (or the next start) finishes it.
    /// A running office goes on. Backups that are older need the old key
    Rotate {
        /// Write the new key to this file and leave the old one where it is: for a key from the environment or from a
        /// credential, which the program cannot put in place itself
        #[arg(long)]
        to: Option<PathBuf>,
    },
}

pub async fn run(command: Command) -> CommandResult {
    let Command::Rotate { to } = command;
    let config = Config::load()?;
    let chance = Chance::system();
    let file = match (config.key_source(), &to) {
        (_, Some(_)) => None,
        (KeySource::File(path), None) if path.exists() => Some(path),
        (KeySource::File(path), None) => {
            return Err(format!("there is no key file {}", path.display()).into());
        }
        _ => {
            return Err("the key is not a file of this program: say where the new one goes with --to".into());
        }
    };
    let old = root_key(&config, &chance)?;
    let place = match (&file, to) {
        (Some(file), _) => next(file),
        (None, Some(to)) => to,
        (None, None) => return Err("no place for the new key".into()),
    };
    let new = made(&place, &chance)?;
    let count = Store::rewrap(&settings(&config, true), &old, &new, &chance).await?;
    match file {
        Some(file) => {
            put_in_place(&place, &file)?;
            say(&format!(
                "{count} data keys are wrapped with a new key, which is in {}.",
                file.display()
            ));
        }
        None => say(&format!(
            "{count} data keys are wrapped with the new key in {}. The office starts with it alone from now on.",
            place.display()
        )),
    }
    say("Backups made before this need the key that was there before.");
    Ok(std::process::ExitCode::SUCCESS)
}

/// Where a new key waits until all data keys are wrapped with it.
fn next(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".next");
    PathBuf::from(name)
}

/// The new key: one that an attempt before left behind, or a fresh one. It is on the disk before anything is wrapped.
fn made(place: &Path, chance: &Chance) -> Result<RootKey, AnyError> {
    if place.exists() {
        return Ok(RootKey::read(place)?);
    }
    let key = RootKey::create(place, chance.bytes("root-key"))?;
    sync_folder(place)?;
    Ok(key)
}

/// The one step after which the old key is gone.
fn put_in_place(from: &Path, to: &Path) -> Result<(), AnyError> {
    std::fs::rename(from, to)?;
    sync_folder(to)
}

fn sync_folder(path: &Path) -> Result<(), AnyError> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(())
}

/// Finishes a change of keys that broke off between wrapping and putting the new file in place. One that broke off
/// before is left for the command: nothing was wrapped yet.
pub async fn finish(config: &Config, old: &RootKey, settings: &DbSettings) -> Result<(), AnyError> {
    let KeySource::File(file) = config.key_source() else {
        return Ok(());
    };
    let place = next(&file);
    if !place.exists() {
        return Ok(());
    }
    let new = RootKey::read(&place)?;
    match (
        Store::opens(settings, old).await,
        Store::opens(settings, &new).await,
    ) {
        (Err(DbError::WrongKey), Ok(())) => put_in_place(&place, &file),
        _ => Ok(()),
    }
}
