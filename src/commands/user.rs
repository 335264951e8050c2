//! `bauta user`.

use clap::Subcommand;

use super::CommandResult;
use super::serve::{open_store, say};
use crate::actions::account;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::person::{Email, Lang, Role};

#[derive(Subcommand)]
pub enum Command {
    /// Give a role to an address and mail it a link to take it up
    Invite {
        /// The e-mail address
        email: String,
        /// reviewer, assistant, editor, editor-in-chief or administrator
        #[arg(long)]
        role: String,
        /// The person's name, for the letter
        #[arg(long, default_value = "")]
        name: String,
        /// zh-CN or en
        #[arg(long, default_value = "zh-CN")]
        language: String,
    },
}

pub async fn run(command: Command) -> CommandResult {
    let Command::Invite {
        email,
        role,
        name,
        language,
    } = command;
    let address = Email::parse(&email).ok_or_else(|| format!("{email:?} is no e-mail address"))?;
    let known: Vec<&str> = Role::ALL.iter().map(|r| r.key()).collect();
    let role =
        Role::from_key(&role).ok_or_else(|| format!("role {role:?} is none of {}", known.join(", ")))?;
    let lang =
        Lang::from_tag(&language).ok_or_else(|| format!("language {language:?} is neither zh-CN nor en"))?;
    let config = Config::load()?;
    let store = open_store(&config, Clock::system(), Chance::system()).await?;
    account::invite(&store, &address, &name, role, lang, None).await?;
    say(&format!(
        "{address} has the role {}; the letter goes with the next round of the running office.",
        role.key()
    ));
    Ok(std::process::ExitCode::SUCCESS)
}
