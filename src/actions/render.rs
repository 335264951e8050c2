//! Rendering a page of a blind PDF: in a child process with limits, as making the copy was.

use std::process::Stdio;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::AsyncWriteExt;

use super::strip::Limits;
use crate::store::Fault;

/// What the child reads: one line of JSON, then the file's bytes.
#[derive(Serialize, Deserialize)]
pub struct Request {
    /// The page, from 0.
    pub page: usize,
    /// The picture's width in pixels.
    pub width: u32,
    /// Memory in MB that it allows itself.
    pub megabytes: u64,
}

/// What came of a page.
#[derive(Debug)]
pub enum Rendered {
    /// The page as a PNG.
    Png(Vec<u8>),
    /// There is no such page.
    None,
    /// The page wanted more time or memory than there is.
    TooMuch,
}

/// Renders a page, counted from 0.
pub async fn page(limits: &Limits, pdf: Vec<u8>, page: usize, width: u32) -> Result<Rendered, Fault> {
    let Some(program) = &limits.program else {
        let made = tokio::task::spawn_blocking(move || bauta_strip::pdf_page(&pdf, page, width)).await;
        return Ok(match made {
            Ok(Ok(page)) => Rendered::Png(page.png),
            Ok(Err(_)) => Rendered::None,
            Err(_) => Rendered::TooMuch,
        });
    };
    let mut child = tokio::process::Command::new(program)
        .arg("render-one")
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
    let mut head = serde_json::to_vec(&Request {
        page,
        width,
        megabytes: limits.megabytes,
    })?;
    head.push(b'\n');
    let feed = async move {
        // A child that died closes its end; its answer, or lack of one, tells.
        let _ = stdin.write_all(&head).await;
        let _ = stdin.write_all(&pdf).await;
        drop(stdin);
    };
    let both = async { tokio::join!(feed, child.wait_with_output()).1 };
    let Ok(output) = tokio::time::timeout(Duration::from_secs(limits.seconds), both).await else {
        tracing::warn!("a page took too long to render");
        return Ok(Rendered::TooMuch);
    };
    let output = output?;
    if !output.status.success() {
        tracing::warn!(status = %output.status, "a page could not be rendered");
        return Ok(Rendered::TooMuch);
    }
    Ok(match output.stdout.is_empty() {
        true => Rendered::None,
        false => Rendered::Png(output.stdout),
    })
}
