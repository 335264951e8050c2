//! A child process of this program that does one thing with one file: it reads a line of JSON and the file, and has limits of
//! time and memory, so that no file can take the office down.

use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde::Serialize;
use tokio::io::AsyncWriteExt;

use crate::store::Fault;

/// Starts the program for `command` with `request` and a file; what it wrote and how it ended, or nothing if it took longer than
/// `seconds` and was killed.
pub(super) async fn fed(
    program: &Path,
    command: &str,
    request: &impl Serialize,
    file: Vec<u8>,
    seconds: u64,
) -> Result<Option<Output>, Fault> {
    let mut child = tokio::process::Command::new(program)
        .arg(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .env_clear()
        .kill_on_drop(true)
        .spawn()?;
    let mut stdin = child
        .stdin
        .take()
        .ok_or_else(|| Fault::Value("child has no input".into()))?;
    let mut head = serde_json::to_vec(request)?;
    head.push(b'\n');
    let feed = async move {
        // A child that died closes its end; its answer, or lack of one, tells.
        let _ = stdin.write_all(&head).await;
        let _ = stdin.write_all(&file).await;
        drop(stdin);
    };
    let both = async { tokio::join!(feed, child.wait_with_output()).1 };
    match tokio::time::timeout(Duration::from_secs(seconds), both).await {
        Ok(output) => Ok(Some(output?)),
        Err(_) => Ok(None),
    }
}
