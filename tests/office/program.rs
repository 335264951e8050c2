//! The program itself: started, stopped, killed, started again.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

struct Running {
    child: Child,
    address: String,
    said: Vec<String>,
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir()
        .join("bauta-tests")
        .join(format!("{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

fn command(folder: &Path, address: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bauta"));
    command
        .current_dir(folder)
        .env("BAUTA_DATA", folder.join("data"))
        .env("BAUTA_ADDRESS", address)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn start(folder: &Path) -> Running {
    let address = free_address();
    let mut child = command(folder, &address).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    // Answers as soon as it listens.
    for _ in 0..200 {
        if TcpStream::connect(&address).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    while let Some(Ok(line)) = lines.next() {
        let last = line.contains("/link/") || line.contains("outbox");
        said.push(line);
        if last && said.iter().any(|l| l.contains("/link/")) {
            break;
        }
        if said.len() == 2 && std::fs::read_dir(folder.join("data/outbox")).is_ok_and(|d| d.count() > 0) {
            break;
        }
    }
    Running { child, address, said }
}

fn request(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .write_all(request.replace('\n', "\r\n").as_bytes())
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok();
    answer
}

fn post(address: &str, path: &str, body: &str) -> String {
    let length = body.len();
    request(
        address,
        &format!(
            "POST {path} HTTP/1.1\nHost: {address}\nConnection: close\nSec-Fetch-Site: same-origin\n\
             Content-Type: application/x-www-form-urlencoded\nContent-Length: {length}\n\n{body}"
        ),
    )
}

impl Running {
    fn link(&self) -> String {
        let line = self.said.iter().find(|l| l.contains("/link/")).unwrap();
        format!("/link/{}", line.split("/link/").nth(1).unwrap().trim())
    }
}

/// What was answered is there after `kill -9`, and a second start asks nobody to make a second chief.
#[test]
fn killed_at_once_after_an_answer_it_has_lost_nothing() {
    let folder = folder("killed");
    let mut first = start(&folder);
    let answer = post(
        &first.address,
        &first.link(),
        "email=ann@journal.example&name=Ann",
    );
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let cookie = answer
        .split("bauta=")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    let address = free_address();
    let mut second = command(&folder, &address).spawn().unwrap();
    for _ in 0..200 {
        if TcpStream::connect(&address).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let page = request(
        &address,
        &format!("GET /account HTTP/1.1\nHost: {address}\nConnection: close\nCookie: bauta={cookie}\n\n"),
    );
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("ann@journal.example"),
        "{page}"
    );
    second.kill().unwrap();
    let output = second.wait_with_output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stdout).contains("/link/"));
    std::fs::remove_dir_all(folder).ok();
}

#[test]
fn a_wrong_setting_or_a_missing_key_stops_the_start_with_a_line_that_names_it() {
    let folder = folder("settings");
    let refused = |variable: &str, value: &str| {
        let output = command(&folder, "127.0.0.1:0")
            .env(variable, value)
            .output()
            .unwrap();
        assert!(!output.status.success());
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(text.trim().lines().count(), 1, "{text}");
        text
    };
    assert!(
        refused("BAUTA_TIME_ZONE", "Mars/Base")
            .contains("setting BAUTA_TIME_ZONE (time_zone in bauta.toml): ")
    );
    assert!(refused("BAUTA_ADRESS", "127.0.0.1:1").contains("setting BAUTA_ADRESS: unknown"));
    assert!(refused("BAUTA_STRIP_MB", "much").contains("setting BAUTA_STRIP_MB: "));
    let toml = folder.join("bauta.toml");
    for (line, words) in [
        (
            "adress = \"127.0.0.1:1\"",
            "setting adress in bauta.toml: unknown",
        ),
        ("strip_mb = \"much\"", "setting strip_mb in bauta.toml: "),
        ("strip_mb = ", "bauta.toml: "),
    ] {
        std::fs::write(&toml, line).unwrap();
        let text = refused("BAUTA_TEST_NOTHING", "1");
        assert!(text.contains(words), "{text}");
    }
    std::fs::remove_file(&toml).unwrap();
    // Data whose key is gone: a new key beside it would hide that.
    let done = command(&folder, "127.0.0.1:0").arg("migrate").output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let key = folder.join("data/vault.key");
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&key).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
    std::fs::rename(&key, folder.join("elsewhere")).unwrap();
    assert!(refused("BAUTA_MAX_FILE_MB", "50").contains("vault.key"));
    std::fs::write(&key, "0".repeat(64)).unwrap();
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    assert!(refused("BAUTA_MAX_FILE_MB", "50").contains("key"));
    std::fs::remove_dir_all(folder).ok();
}

#[test]
fn an_address_that_is_taken_is_said_before_anything_else() {
    let folder = folder("taken");
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    for what in ["serve", "demo"] {
        let output = command(&folder, &address).arg(what).output().unwrap();
        assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(text.trim().lines().count(), 1, "{text}");
        for words in [&address, "another program", "BAUTA_ADDRESS=", "bauta.toml"] {
            assert!(text.contains(words), "{text}");
        }
        assert!(
            !folder.join("data").exists() && !folder.join("data-demo").exists(),
            "nothing was made"
        );
    }
    std::fs::remove_dir_all(folder).ok();
}

#[test]
fn strip_and_verify_on_the_command_line() {
    let folder = folder("strip");
    let (_, docx) = bauta::demo::papers::file(
        &bauta::demo::cast::paper(&bauta::demo::cast::member("author"), 1),
        false,
    );
    std::fs::write(folder.join("paper.docx"), docx).unwrap();
    std::fs::write(folder.join("old.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").unwrap();
    let mut strip = Command::new(env!("CARGO_BIN_EXE_bauta"));
    strip.current_dir(&folder).args([
        "strip",
        "paper.docx",
        "old.doc",
        "--out",
        "out",
        "--name",
        "华韵秋",
        "--report",
        "report.json",
    ]);
    assert_eq!(strip.output().unwrap().status.code(), Some(3), "one was refused");
    let blind = std::fs::read(folder.join("out/paper.blind.docx")).unwrap();
    assert!(!bauta_strip::compare_text(&blind).unwrap().contains("华韵秋"));
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("report.json")).unwrap()).unwrap();
    assert_eq!(report["files"][1]["reason"], "legacy");
    let verify = command(&folder, "127.0.0.1:0").arg("verify").output().unwrap();
    assert!(
        String::from_utf8_lossy(&verify.stdout).contains("Everything holds"),
        "{verify:?}"
    );
    std::fs::remove_dir_all(folder).ok();
}
