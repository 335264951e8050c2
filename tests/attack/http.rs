//! A client that sends exactly the bytes it is told to.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// An answer as it came over the wire.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// Everything that came, also what stands behind the first answer.
    pub all: String,
}

impl Answer {
    fn of(bytes: &[u8]) -> Answer {
        let all = String::from_utf8_lossy(bytes).into_owned();
        let (head, body) = all.split_once("\r\n\r\n").unwrap_or((&all, ""));
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .unwrap_or(0);
        Answer {
            status,
            head: head.to_owned(),
            body: body.to_owned(),
            all: all.clone(),
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (n, value) = line.split_once(':')?;
            n.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The value of a cookie that is set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let lines = self
            .head
            .lines()
            .filter(|line| line.to_lowercase().starts_with("set-cookie:"));
        let found = lines
            .filter_map(|line| line.split_once(&format!("{name}=")))
            .next()?;
        let value = found.1.split(';').next().unwrap_or_default().to_owned();
        (!value.is_empty()).then_some(value)
    }

    /// How many answers came on the connection.
    pub fn answers(&self) -> usize {
        self.all.matches("HTTP/1.1 ").count()
    }
}

/// Sends bytes and reads until the other side closes, or is silent for `patience`.
pub fn raw(address: &str, bytes: &[u8], patience: Duration) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(patience)).unwrap();
    // The program may hang up before everything is sent: then what it said is read all the same.
    stream.write_all(bytes).ok();
    let mut answer = Vec::new();
    let mut piece = [0u8; 16 * 1024];
    while let Ok(n) = stream.read(&mut piece) {
        if n == 0 {
            break;
        }
        answer.extend_from_slice(&piece[..n]);
    }
    Answer::of(&answer)
}

/// A whole request of one of our own pages, as somebody or nobody.
pub fn send(
    address: &str,
    method: &str,
    path: &str,
    session: Option<&str>,
    kind: &str,
    body: &[u8],
) -> Answer {
    let cookie = session
        .map(|s| format!("Cookie: bauta={s}\r\n"))
        .unwrap_or_default();
    let mut bytes = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n{cookie}\
         Accept-Language: en\r\n"
    );
    if method != "GET" {
        bytes += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
    }
    bytes += "\r\n";
    let bytes = [bytes.as_bytes(), body].concat();
    raw(address, &bytes, Duration::from_secs(30))
}

pub fn get(address: &str, path: &str, session: Option<&str>) -> Answer {
    send(address, "GET", path, session, "", b"")
}

pub fn post(address: &str, path: &str, session: Option<&str>, body: &str) -> Answer {
    send(
        address,
        "POST",
        path,
        session,
        "application/x-www-form-urlencoded",
        body.as_bytes(),
    )
}

/// A form with one file.
pub fn upload(
    address: &str,
    path: &str,
    session: &str,
    role: &str,
    file_name: &str,
    kind: &str,
    bytes: &[u8],
) -> Answer {
    let head = format!(
        "--BOUND\r\nContent-Disposition: form-data; name=\"role\"\r\n\r\n{role}\r\n--BOUND\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{file_name}\"\r\nContent-Type: {kind}\r\n\r\n"
    );
    let body = [head.as_bytes(), bytes, b"\r\n--BOUND--\r\n"].concat();
    send(
        address,
        "POST",
        path,
        Some(session),
        "multipart/form-data; boundary=BOUND",
        &body,
    )
}
