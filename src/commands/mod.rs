//! The command line.

mod demo;
mod key;
mod migrate;
mod render_one;
mod serve;
mod strip;
mod strip_one;
mod user;
mod verify;

use clap::{Parser, Subcommand};

/// Bauta, a journal's editorial office in one program: double-blind review with clocks that run by themselves.
///
/// Without a command it serves the office. Settings come from bauta.toml in the working folder and from
/// environment variables: BAUTA_DATA (folder, `data`), BAUTA_KEY (key file, `vault.key` in the folder),
/// BAUTA_KEY_VALUE (the key itself, where no file can be had; or a systemd credential called `bauta.key`),
/// BAUTA_ADDRESS (`127.0.0.1:8000`), BAUTA_SITE (the address in letters), BAUTA_DATABASE_URL (postgres://…, otherwise SQLite),
/// BAUTA_SMTP_URL (smtp://…, otherwise letters become files in the folder's outbox), BAUTA_MAIL_FROM, BAUTA_JOURNAL_ZH,
/// BAUTA_JOURNAL_EN, BAUTA_TIME_ZONE, BAUTA_TRUSTED_PROXY (proxies whose `X-Forwarded-For` is believed), BAUTA_MAX_FILE_MB,
/// BAUTA_STRIP_SECONDS, BAUTA_STRIP_MB.
#[derive(Parser)]
#[command(name = "bauta", version, verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the office (the default): makes folder, key and database at the first start
    Serve,
    /// Serve an invented bilingual journal from a fresh folder, with a sign-in link for each role
    Demo(demo::Args),
    /// Bring the database to this version's schema and stop
    Migrate,
    /// Look after the key that opens everything
    #[command(subcommand)]
    Key(key::Command),
    /// Look after people
    #[command(subcommand)]
    User(user::Command),
    /// Make blind copies of files
    Strip(strip::Args),
    /// Check chains, files and invariants; exits with 1 if anything is broken
    Verify,
    #[command(hide = true, name = "strip-one")]
    StripOne,
    #[command(hide = true, name = "render-one")]
    RenderOne,
}

/// A command could not do what it should: one line that says why.
pub type CommandResult = Result<std::process::ExitCode, Box<dyn std::error::Error + Send + Sync>>;

/// Runs the command of the command line.
pub fn run() -> std::process::ExitCode {
    let cli = Cli::parse();
    // The child of a stripping job has its limits set before anything else runs in it.
    let result = match cli.command.unwrap_or(Command::Serve) {
        Command::StripOne => strip_one::run(),
        Command::RenderOne => render_one::run(),
        Command::Strip(args) => strip::run(&args),
        other => {
            start_log();
            runtime().and_then(|runtime| runtime.block_on(run_async(other)))
        }
    };
    result.unwrap_or_else(|error| {
        say_error(&error.to_string());
        std::process::ExitCode::FAILURE
    })
}

async fn run_async(command: Command) -> CommandResult {
    match command {
        Command::Serve => serve::run().await,
        Command::Demo(args) => demo::run(args).await,
        Command::Migrate => migrate::run().await,
        Command::Key(command) => key::run(command).await,
        Command::User(command) => user::run(command).await,
        Command::Verify => verify::run().await,
        Command::Strip(_) | Command::StripOne | Command::RenderOne => Ok(std::process::ExitCode::SUCCESS),
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Box<dyn std::error::Error + Send + Sync>> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

#[expect(clippy::print_stderr, reason = "a command's own word")]
fn say_error(text: &str) {
    eprintln!("bauta: {text}");
}

fn start_log() {
    use tracing_subscriber::EnvFilter;
    let filter =
        EnvFilter::try_from_env("BAUTA_TEST_LOG").unwrap_or_else(|_| EnvFilter::new("warn,bauta=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}
