//! The child of a stripping job: reads one request and a file, writes one answer and the blind copy.

use std::io::{BufRead, BufReader, Read, Write};

use super::CommandResult;
use crate::actions::strip::{Request, Response};

pub fn run() -> CommandResult {
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut head = String::new();
    input.read_line(&mut head)?;
    let request: Request = serde_json::from_str(&head)?;
    limit(request.megabytes)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let (result, blind) = match bauta_strip::strip(&bytes, &request.identity) {
        Ok(blind) => (Ok(blind.report), blind.bytes),
        Err(refusal) => (Err(refusal), Vec::new()),
    };
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, &Response { result })?;
    out.write_all(b"\n")?;
    out.write_all(&blind)?;
    out.flush()?;
    Ok(std::process::ExitCode::SUCCESS)
}

/// Caps this process's memory: a file that wants more kills the child, not the office.
pub(super) fn limit(megabytes: u64) -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let bytes = Some(megabytes * 1024 * 1024);
    Ok(setrlimit(
        Resource::As,
        Rlimit {
            current: bytes,
            maximum: bytes,
        },
    )?)
}
