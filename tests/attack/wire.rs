//! V1, V4: what stands on the wire. Requests that two readers would read differently, that never end, or are too large.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::http::{get, raw};
use crate::target::Target;

const PATIENCE: Duration = Duration::from_secs(8);

/// Two lengths, a length and chunks, folded and doubled headers: one answer, and nothing of the hidden request happens.
#[rocket::async_test]
async fn a_request_inside_a_request_is_not_run() {
    let target = Target::start(&[]).await;
    let session = target.session("author").await;
    let hidden = format!(
        "POST /sign-out HTTP/1.1\r\nHost: {}\r\nCookie: bauta={session}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n\r\n",
        target.address
    );
    let host = format!("Host: {}", target.address);
    let length = hidden.len();
    for head in [
        format!(
            "POST /sign-in HTTP/1.1\r\n{host}\r\nContent-Length: {length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        format!(
            "POST /sign-in HTTP/1.1\r\n{host}\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
        ),
        format!("POST /sign-in HTTP/1.1\r\n{host}\r\nContent-Length: 0\r\nContent-Length: {length}\r\n\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}\r\nContent-Length: 0, {length}\r\n\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}\r\nContent-Length: +{length}\r\n\r\n"),
        format!("POST /sign-in HTTP/1.1\r\n{host}\r\nContent-Length : {length}\r\n\r\n"),
        format!(
            "POST /sign-in HTTP/1.1\r\n{host}\r\nTransfer-Encoding: xchunked\r\nContent-Length: {length}\r\n\r\n"
        ),
        format!(
            "POST /sign-in HTTP/1.1\r\n{host}\r\nTransfer-Encoding:\x0bchunked\r\nContent-Length: {length}\r\n\r\n"
        ),
        format!(
            "POST /sign-in HTTP/1.1\r\n{host}\r\nX: y\r\n Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n\r\n"
        ),
        format!(
            "POST /sign-in HTTP/1.1\r\n{host}\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\n"
        ),
        format!("GET / HTTP/1.1\r\n{host}\r\nX: a\nb\r\nContent-Length: {length}\r\n\r\n"),
    ] {
        // Read in the right way the hidden request is the body of the first, or the connection ends before it; where it is
        // plainly a second request of the same sender, it may be answered, and carries that sender's own cookie: we give it none.
        let without = hidden.replace(&format!("Cookie: bauta={session}\r\n"), "");
        let answer = raw(&target.address, format!("{head}{without}").as_bytes(), PATIENCE);
        assert!(answer.answers() <= 2, "{head:?} {}", answer.all);
        assert!(!answer.head.contains("500"), "{head:?} {}", answer.head);
        target.lives();
    }
    assert!(target.town.store.who(&session).await.unwrap().is_some());
}

#[rocket::async_test]
async fn what_is_too_large_or_no_request_is_refused() {
    let target = Target::start(&[]).await;
    let host = format!("Host: {}\r\nConnection: close", target.address);
    let long = "a".repeat(1 << 20);
    let many = (0..5000).map(|n| format!("X-{n}: y\r\n")).collect::<String>();
    for bytes in [
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET /?next={long} HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}\r\nX: {long}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}\r\n{many}\r\n"),
        format!("GET / HTTP/1.1\r\n{host}\r\nCookie: bauta={long}\r\n\r\n"),
        format!("GET / HTTP/9.9\r\n{host}\r\n\r\n"),
        "GET\r\n\r\n".to_owned(),
        "\0\0\0\0\0\0\0\0".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        format!("GET http://evil.example/ HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET //evil.example/%2f.. HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET /%00 HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("GET /\u{7f}\u{80} HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("CONNECT evil.example:443 HTTP/1.1\r\n{host}\r\n\r\n"),
        format!("OPTIONS * HTTP/1.1\r\n{host}\r\n\r\n"),
    ] {
        let answer = raw(&target.address, bytes.as_bytes(), PATIENCE);
        let begin: String = bytes.chars().take(40).collect();
        assert!(answer.status < 500, "{begin} {}", answer.head);
        assert!(!answer.all.contains("evil.example\r\n"), "{begin}");
        target.lives();
    }
}

#[rocket::async_test]
async fn other_methods_do_nothing() {
    let target = Target::start(&[]).await;
    let session = target.session("chief").await;
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "FOO", "get"] {
        for path in ["/", "/account", "/office", "/admin/people"] {
            let bytes = format!(
                "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: bauta={session}\r\n\
                 Sec-Fetch-Site: same-origin\r\nX-Secret: marker-4711\r\nContent-Length: 0\r\n\r\n",
                target.address
            );
            let answer = raw(&target.address, bytes.as_bytes(), PATIENCE);
            assert!(
                (400..500).contains(&answer.status),
                "{method} {path} {}",
                answer.head
            );
            assert!(
                !answer.all.contains("marker-4711"),
                "{method} {path} gives back what it got"
            );
        }
    }
    // HEAD is GET without a body.
    let bytes = format!(
        "HEAD / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
        target.address
    );
    let answer = raw(&target.address, bytes.as_bytes(), PATIENCE);
    assert!(answer.status == 200 && answer.body.is_empty());
}

/// Three hundred connections that send nothing, or half a request, or a form byte by byte, keep nobody else out.
#[rocket::async_test]
async fn who_sends_slowly_keeps_nobody_out() {
    let target = Target::start(&[]).await;
    let mut held = Vec::new();
    for n in 0..300 {
        let mut stream = TcpStream::connect(&target.address).unwrap();
        let begin = match n % 3 {
            0 => String::new(),
            1 => format!("GET / HTTP/1.1\r\nHost: {}\r\nX-Slow: ", target.address),
            _ => format!(
                "POST /sign-in HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nemail=",
                target.address
            ),
        };
        stream.write_all(begin.as_bytes()).unwrap();
        held.push(stream);
    }
    let begun = Instant::now();
    for _ in 0..10 {
        assert_eq!(get(&target.address, "/", None).status, 200);
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    for stream in &mut held {
        // Those whom the program has hung up on are hung up on.
        stream.write_all(b"a").ok();
    }
    target.lives();
}

#[rocket::async_test]
async fn no_path_leads_out_of_what_is_served() {
    let target = Target::start(&[]).await;
    for path in [
        "/static/../vault.key",
        "/static/..%2fvault.key",
        "/static/%2e%2e/vault.key",
        "/static/%2e%2e%2fvault.key",
        "/static/..%5cvault.key",
        "/static/....//vault.key",
        "/static/%252e%252e%252fvault.key",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/..%c0%af..%c0%afetc/passwd",
        "/static/.hidden",
        "/../../../../etc/passwd",
        "/guides/..%2f..%2fCargo.toml",
        "/articles/..%2f..%2fvault.key",
        "/vault.key",
        "/bauta.sqlite",
        "/outbox/",
        "/blobs/",
        "/.git/config",
    ] {
        let answer = get(&target.address, path, None);
        assert!((300..500).contains(&answer.status), "{path} {}", answer.head);
        assert!(
            !answer.body.contains("root:") && !answer.body.contains("[package]"),
            "{path}"
        );
        let key = std::fs::read_to_string(target.town.config.key_file()).unwrap();
        assert!(!answer.body.contains(key.trim()), "{path}");
    }
}
