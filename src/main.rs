//! Hands over to a command.

fn main() -> std::process::ExitCode {
    bauta::commands::run()
}
