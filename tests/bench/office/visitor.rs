//! Visitors: requests over connections that stay open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;
use std::time::{Duration, Instant};

pub struct Visitor {
    stream: BufReader<TcpStream>,
}

impl Visitor {
    pub fn come(address: &str) -> Visitor {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Visitor {
            stream: BufReader::new(stream),
        }
    }

    /// Gets a page that must be there, and says how long that took.
    pub fn get(&mut self, path: &str, token: &str) -> Duration {
        let begun = Instant::now();
        self.text(path, token);
        begun.elapsed()
    }

    /// Gets a page's text.
    pub fn text(&mut self, path: &str, token: &str) -> String {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Language: en\r\nCookie: bauta={token}\r\n\r\n"
        );
        self.stream.get_mut().write_all(head.as_bytes()).unwrap();
        let (mut length, mut status) = (0, String::new());
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            if status.is_empty() {
                line.trim().clone_into(&mut status);
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        assert!(status.contains(" 200 "), "{path}: {status}");
        String::from_utf8_lossy(&body).into_owned()
    }
}

/// Pages a second for so many visitors, none of whom waits between two pages.
pub fn rate(address: &str, path: &str, token: &str, visitors: usize, span: Duration) -> f64 {
    let page = [(path.to_owned(), token.to_owned())];
    let times = crowd(address, &page, visitors, span, Duration::ZERO);
    times.len() as f64 / span.as_secs_f64()
}

/// The times of all pages that a crowd gets within a span, each visitor the given ones in turn, with a pause after each.
pub fn crowd(
    address: &str,
    pages: &[(String, String)],
    visitors: usize,
    span: Duration,
    pause: Duration,
) -> Vec<Duration> {
    let all = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for n in 0..visitors {
            let all = &all;
            scope.spawn(move || {
                let (mut visitor, end) = (Visitor::come(address), Instant::now() + span);
                let mut own = Vec::new();
                // They do not all come at once.
                std::thread::sleep(pause * n as u32 / visitors as u32);
                for (path, token) in pages.iter().cycle().skip(n) {
                    if Instant::now() >= end {
                        break;
                    }
                    own.push(visitor.get(path, token));
                    std::thread::sleep(pause);
                }
                all.lock().unwrap().extend(own);
            });
        }
    });
    all.into_inner().unwrap()
}

/// The time that so many of a hundred stay below.
pub fn percentile(times: &mut [Duration], hundredths: usize) -> Duration {
    times.sort();
    times[(times.len() * hundredths / 100).min(times.len() - 1)]
}
