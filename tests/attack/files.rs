//! V5: files that are not what they say, that want out of their folder, that grow, that run in a browser.

use std::io::Write;

use crate::http::{Answer, get, post, upload};
use crate::target::Target;

/// A new manuscript of the author; its number.
fn begin(target: &Target, session: &str) -> String {
    let answer = post(&target.address, "/author/manuscripts", Some(session), "");
    let to = answer
        .header("Location")
        .unwrap_or_else(|| panic!("{}", answer.all));
    to.split('/').nth(3).unwrap().to_owned()
}

fn send(
    target: &Target,
    session: &str,
    number: &str,
    role: &str,
    name: &str,
    kind: &str,
    bytes: &[u8],
) -> Answer {
    let path = format!("/author/manuscripts/{number}/files");
    let answer = upload(&target.address, &path, session, role, name, kind, bytes);
    assert!(answer.status < 500 && answer.status > 0, "{name} {}", answer.head);
    answer
}

fn originals(number: &str, page: &str) -> Vec<String> {
    let found = regex::Regex::new(r#"id="file-(\d+)""#).unwrap();
    let each = found.captures_iter(page);
    each.map(|c| format!("/author/manuscripts/{number}/files/{}/original", &c[1]))
        .collect()
}

/// A zip whose one part is a gigabyte of zeros.
fn bomb() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("[Content_Types].xml", options).unwrap();
    zip.write_all(b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>")
        .unwrap();
    zip.start_file("word/document.xml", options).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..1024 {
        zip.write_all(&zeros).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn climbing() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for name in [
        "../../../../tmp/bauta-was-here",
        "/tmp/bauta-was-here",
        "word/document.xml",
        "main.tex",
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(b"<x/>\\documentclass{article}\\input{/etc/passwd}\\begin{document}\\end{document}")
            .unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[rocket::async_test]
async fn no_file_runs_climbs_or_takes_the_program_down() {
    let target = Target::start(&[("BAUTA_STRIP_SECONDS", "20"), ("BAUTA_STRIP_MB", "512")]).await;
    let session = target.session("author").await;
    let number = begin(&target, &session);
    let html = b"<html><script>alert(document.cookie)</script></html>".as_slice();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script></svg>"
        .as_slice();
    let xxe =
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>".as_slice();
    let mut polyglot = b"%PDF-1.7\n<html><script>alert(1)</script></html>\n".to_vec();
    polyglot.extend(climbing());
    for (role, name, kind, bytes) in [
        ("office", "x.html", "text/html", html),
        ("office", "x.svg", "image/svg+xml", svg),
        ("office", "../../../../tmp/x.html", "text/html", html),
        ("office", "x.pdf\\\"; filename=evil.html", "text/html", html),
        ("office", "x.pdf\u{0}.html", "application/pdf", html),
        ("office", "CON.pdf", "application/pdf", html),
        (
            "office",
            "\u{202e}fdp.exe",
            "application/x-msdownload",
            b"MZ\x90\0",
        ),
        ("manuscript", "a.docx", "application/pdf", html),
        ("manuscript", "a.docx", "text/plain", xxe),
        ("manuscript", "a.pdf", "application/pdf", &polyglot),
        ("manuscript", "bomb.docx", "application/zip", &bomb()),
        ("manuscript", "climb.zip", "application/zip", &climbing()),
        ("supplement", "svg.svg", "image/svg+xml", svg),
        ("supplement", "empty.pdf", "application/pdf", b""),
        ("no-such-role", "x.pdf", "application/pdf", html),
        ("attachment", "x.pdf", "application/pdf", html),
    ] {
        send(&target, &session, &number, role, name, kind, bytes);
        target.lives();
    }
    // Whatever came: to its owner it goes out to be saved, as no page of this site.
    let page = get(
        &target.address,
        &format!("/author/manuscripts/{number}/submission/files"),
        Some(&session),
    );
    assert!(!page.body.contains("<script>alert"), "names are text");
    let originals = originals(&number, &page.body);
    assert!(originals.len() >= 8, "{}", page.body);
    for path in &originals {
        let answer = get(&target.address, path, Some(&session));
        assert!(
            answer
                .header("Content-Disposition")
                .unwrap()
                .starts_with("attachment"),
            "{path}"
        );
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
        assert!(
            answer
                .header("Content-Security-Policy")
                .unwrap()
                .starts_with("sandbox"),
            "{path}"
        );
        assert!(
            !answer.header("Content-Disposition").unwrap().contains(".."),
            "{path}"
        );
    }
    // The stripping of the worst of them ends in its own process, in its own time.
    std::thread::sleep(std::time::Duration::from_secs(25));
    target.lives();
    assert!(!std::path::Path::new("/tmp/bauta-was-here").exists());
    assert!(!std::path::Path::new("/tmp/x.html").exists());
    // Others find none of it.
    let stranger = target.session("author5").await;
    for path in &originals {
        assert_eq!(get(&target.address, path, Some(&stranger)).status, 404);
    }
}

#[rocket::async_test]
async fn too_large_too_many_and_broken_off() {
    let target = Target::start(&[("BAUTA_MAX_FILE_MB", "1")]).await;
    let session = target.session("author").await;
    let number = begin(&target, &session);
    let answer = send(
        &target,
        &session,
        &number,
        "office",
        "a.bin",
        "x/y",
        &vec![7u8; 1_000_001],
    );
    assert!(
        answer.status == 422 && answer.body.contains("role=\"alert\""),
        "{}",
        answer.all
    );
    // A body that never comes to its end leaves nothing behind.
    let before = blobs(&target);
    let path = format!("/author/manuscripts/{number}/files");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: bauta={session}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary=B\r\nContent-Length: 900000\r\n\r\n--B\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf of it",
        target.address
    );
    crate::http::raw(
        &target.address,
        head.as_bytes(),
        std::time::Duration::from_secs(2),
    );
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_eq!(blobs(&target), before);
    // Sixty files, and no more.
    let mut refused = 0;
    for n in 0..64 {
        let answer = send(
            &target,
            &session,
            &number,
            "office",
            "a.txt",
            "text/plain",
            format!("{n}").as_bytes(),
        );
        refused += usize::from(answer.status == 422);
    }
    assert_eq!(refused, 4);
    assert_eq!(blobs(&target), before + 60);
}

fn blobs(target: &Target) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|e| if e.path().is_dir() { count(&e.path()) } else { 1 })
            .sum()
    }
    count(&target.town.config.blobs())
}
