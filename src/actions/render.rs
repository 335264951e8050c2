//! Rendering a page of a blind PDF: in a child process with limits, as making the copy was.

use serde::{Deserialize, Serialize};

use super::child;
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
    let request = Request {
        page,
        width,
        megabytes: limits.megabytes,
    };
    let Some(output) = child::fed(program, "render-one", &request, pdf, limits.seconds).await? else {
        tracing::warn!("a page took too long to render");
        return Ok(Rendered::TooMuch);
    };
    if !output.status.success() {
        tracing::warn!(status = %output.status, "a page could not be rendered");
        return Ok(Rendered::TooMuch);
    }
    Ok(match output.stdout.is_empty() {
        true => Rendered::None,
        false => Rendered::Png(output.stdout),
    })
}
