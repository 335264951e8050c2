//! The child that renders one page: reads one request and a PDF, writes the page as a picture, or nothing if there is none.

use std::io::{BufRead, BufReader, Read, Write};

use super::CommandResult;
use super::strip_one::limit;
use crate::actions::render::Request;

pub fn run() -> CommandResult {
    let mut input = BufReader::new(std::io::stdin().lock());
    let mut head = String::new();
    input.read_line(&mut head)?;
    let request: Request = serde_json::from_str(&head)?;
    limit(request.megabytes)?;
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    if let Ok(page) = bauta_strip::pdf_page(&bytes, request.page, request.width) {
        let mut out = std::io::stdout().lock();
        out.write_all(&page.png)?;
        out.flush()?;
    }
    Ok(std::process::ExitCode::SUCCESS)
}
