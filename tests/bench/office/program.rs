//! The program itself: start, memory, blind copies, a crowd.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::fill::{self, Filled};
use crate::server::{free_address, listens};
use crate::visitor::{Visitor, crowd, percentile};

fn command(filled: &Filled, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bauta"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("BAUTA_")) {
        command.env_remove(name);
    }
    command
        .current_dir(&filled.folder)
        .env("BAUTA_DATA", &filled.folder)
        .env("BAUTA_ADDRESS", address)
        .stdout(Stdio::null());
    command
}

struct Program {
    child: Child,
    address: String,
    started_in: Duration,
}

impl Program {
    fn start(filled: &Filled) -> Program {
        let address = free_address();
        let begun = Instant::now();
        let child = command(filled, &address).spawn().unwrap();
        listens(&address);
        // Listening is not answering.
        Visitor::come(&address).text("/office", &filled.editor);
        Program {
            child,
            address,
            started_in: begun.elapsed(),
        }
    }

    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// `bauta verify` over all of it.
pub fn verify(filled: &Filled) {
    let begun = Instant::now();
    let output = command(filled, "127.0.0.1:0")
        .stdout(Stdio::piped())
        .arg("verify")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    println!(
        "{} ({:.0} s)",
        said.trim().replace('\n', "; "),
        begun.elapsed().as_secs_f64()
    );
}

pub fn measure(filled: &Filled) {
    let mut starts: Vec<Duration> = (0..10).map(|_| Program::start(filled).started_in).collect();
    let program = Program::start(filled);
    std::thread::sleep(Duration::from_secs(8));
    let at_rest = program.memory();
    println!("\n| the program | |\n|---|---|");
    println!(
        "| start to the first page of the office | {:.0} ms (median of 10) |",
        ms(percentile(&mut starts, 50))
    );
    println!("| memory at rest | {at_rest:.0} MiB |");
    let own = format!("/author/manuscripts/{}", filled.own);
    let pages: Vec<(String, String)> = [
        ("/office", &filled.editor),
        ("/office/lists/waiting", &filled.editor),
        (&own, &filled.author),
        ("/author", &filled.author),
        ("/reviews", &filled.reviewer),
    ]
    .map(|(path, token)| (path.to_owned(), token.clone()))
    .into();
    for (how, pause, span) in [("reading a second a page", 1, 20), ("without a pause", 0, 5)] {
        let span = Duration::from_secs(span);
        let mut times = crowd(&program.address, &pages, 100, span, Duration::from_secs(pause));
        println!(
            "| 100 people at once, {how}, two cores shared with them | p50 {:.0} ms, p95 {:.0} ms, {:.0} pages a second |",
            ms(percentile(&mut times, 50)),
            ms(percentile(&mut times, 95)),
            times.len() as f64 / span.as_secs_f64()
        );
    }
    println!("| memory after that | {:.0} MiB |", program.memory());
    let Some(document) = fill::document() else {
        println!(
            "| DOCX to its blind copy | not measured: ../shared/corpus is missing, or set BAUTA_SHARED |"
        );
        return;
    };
    let mut copies: Vec<Duration> = (0..9).map(|_| blind_copy(&program, filled, &document)).collect();
    println!(
        "| DOCX of {:.1} MB to its blind copy, from the last byte | {:.0} ms (median of 9) |",
        document.len() as f64 / 1e6,
        ms(percentile(&mut copies, 50))
    );
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Sends a file into a draft, and waits for its blind copy.
fn blind_copy(program: &Program, filled: &Filled, bytes: &[u8]) -> Duration {
    let path = format!("/author/manuscripts/{}/files", filled.draft);
    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\nsupplement\r\n--edge\r\n\
        Content-Disposition: form-data; name=\"file\"; filename=\"paper.docx\"\r\n\r\n"
        .to_vec();
    body.extend(bytes);
    body.extend(b"\r\n--edge--\r\n");
    let mut stream = TcpStream::connect(&program.address).unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nCookie: bauta={}\r\n\
         Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: {}\r\n\r\n",
        filled.author_of_draft,
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body).unwrap();
    let begun = Instant::now();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let id = answer
        .split("#file-")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next())
        .expect(&answer)
        .to_owned();
    let mut visitor = Visitor::come(&program.address);
    let page = format!("/author/manuscripts/{}/submission/files", filled.draft);
    while visitor.text(&page, &filled.author_of_draft).contains("data-poll") {
        assert!(begun.elapsed() < Duration::from_secs(60), "no blind copy of {id}");
        std::thread::sleep(Duration::from_millis(5));
    }
    begun.elapsed()
}
