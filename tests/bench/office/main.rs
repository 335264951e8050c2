//! The office's pages over 10,000 and 100,000 manuscripts, beside Rocket answering a constant in the same run.
//!
//! ```text
//! cargo bench -p bauta --bench office               # both sizes; fills target/bench-office the first time (some minutes, 2 GB)
//! cargo bench -p bauta --bench office -- 10000      # one size
//! cargo bench -p bauta --bench office -- 10000 verify   # … and `bauta verify` over all of it
//! ```
//!
//! The server has one core and the visitors the other (`taskset`). Latencies are of one visitor, rates of four. Start,
//! memory and blind copies are those of the program itself.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    clippy::disallowed_methods
)]

mod fill;
mod program;
mod server;
mod visitor;

use std::time::Duration;

use fill::Filled;
use visitor::{Visitor, percentile};

/// A page with what was measured of it.
struct Line {
    what: &'static str,
    queries: u64,
    p50: Duration,
    p95: Duration,
    rate: f64,
}

fn main() {
    let mut args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| !arg.starts_with("--"))
        .collect();
    if args.first().is_some_and(|arg| arg == "serve") {
        return server::run(&args[1], &args[2]);
    }
    let verify = args.iter().any(|arg| arg == "verify");
    args.retain(|arg| arg != "verify");
    let mut sizes: Vec<usize> = args
        .iter()
        .map(|arg| arg.parse().expect("a number of manuscripts"))
        .collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    let mut tables = Vec::new();
    for size in sizes {
        let filled = fill::ready(size);
        if verify {
            program::verify(&filled);
        }
        let lines = pages(&filled);
        print(size, &lines);
        program::measure(&filled);
        tables.push(lines);
    }
    if let [small, large] = &tables[..] {
        println!("\n| page | larger to smaller |\n|---|---|");
        for (a, b) in small.iter().zip(large) {
            println!(
                "| {} | {:.2} |",
                a.what,
                b.p50.as_secs_f64() / a.p50.as_secs_f64()
            );
        }
    }
}

/// Measures every page of one office.
fn pages(filled: &Filled) -> Vec<Line> {
    let server = server::Server::start(filled);
    let manuscript = format!("/office/manuscripts/{}", filled.live);
    let own = format!("/author/manuscripts/{}", filled.own);
    let desk = format!("/reviews/{}", filled.reviewed);
    [
        ("a constant", "/constant", ""),
        ("the office's five lists", "/office", &filled.editor),
        ("one list, a page of 25", "/office/lists/waiting", &filled.editor),
        (
            "search, a rare word",
            &format!("/office/search?q={}", filled.rare),
            &filled.editor,
        ),
        (
            "search, a common word",
            "/office/search?q=hypertension",
            &filled.editor,
        ),
        ("a manuscript, editor", &manuscript, &filled.editor),
        ("“my manuscripts”, author", "/author", &filled.author),
        ("a manuscript, author", &own, &filled.author),
        ("“my reviews”", "/reviews", &filled.reviewer),
        ("a review's desk", &desk, &filled.reviewer),
    ]
    .into_iter()
    .map(|(what, path, token)| line(&server, what, path, token))
    .collect()
}

fn line(server: &server::Server, what: &'static str, path: &str, token: &str) -> Line {
    let mut visitor = Visitor::come(&server.address);
    for _ in 0..20 {
        visitor.get(path, token);
    }
    let before = server.statements(&mut visitor);
    visitor.get(path, token);
    let queries = server.statements(&mut visitor) - before;
    let mut times: Vec<Duration> = (0..300).map(|_| visitor.get(path, token)).collect();
    let rate = visitor::rate(&server.address, path, token, 4, Duration::from_secs(3));
    Line {
        what,
        queries,
        p50: percentile(&mut times, 50),
        p95: percentile(&mut times, 95),
        rate,
    }
}

fn print(size: usize, lines: &[Line]) {
    println!(
        "\n{size} manuscripts\n\n| page | queries | p50 | p95 | a second on one core | of the constant's rate |"
    );
    println!("|---|---|---|---|---|---|");
    for line in lines {
        println!(
            "| {} | {} | {:.2} ms | {:.2} ms | {:.0} | 1/{:.1} |",
            line.what,
            line.queries,
            line.p50.as_secs_f64() * 1e3,
            line.p95.as_secs_f64() * 1e3,
            line.rate,
            lines[0].rate / line.rate
        );
    }
}
