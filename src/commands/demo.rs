//! `bauta demo`.

use clap::Args as ClapArgs;

use super::CommandResult;

#[derive(ClapArgs)]
pub struct Args {
    /// The folder; emptied first if an earlier demo made it
    #[arg(long, default_value = "demo-data")]
    folder: std::path::PathBuf,
}

pub async fn run(args: Args) -> CommandResult {
    Err(format!("no demo in {}", args.folder.display()).into())
}
