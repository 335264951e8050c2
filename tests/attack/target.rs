//! The program that is attacked: the life of the tests' journal, served by the binary itself.

use std::io::Read;
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;

use crate::support::Town;

/// A running program and the same data opened once more, to make sessions.
pub struct Target {
    pub town: Town,
    pub address: String,
    child: Child,
    said: Arc<Mutex<String>>,
}

fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

fn listen(mut from: impl Read + Send + 'static, said: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        let mut piece = [0u8; 8192];
        while let Ok(n) = from.read(&mut piece) {
            if n == 0 {
                break;
            }
            said.lock()
                .unwrap()
                .push_str(&String::from_utf8_lossy(&piece[..n]));
        }
    });
}

impl Target {
    /// The whole life, served; everything that the program says is kept.
    pub async fn start(settings: &[(&str, &str)]) -> Target {
        let town = Town::life().await;
        town.store.clock.put(Timestamp::now());
        let address = free_address();
        let mut child = Command::new(env!("CARGO_BIN_EXE_bauta"))
            .current_dir(&town.folder)
            .env("BAUTA_DATA", &town.folder)
            .env("BAUTA_ADDRESS", &address)
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        listen(child.stdout.take().unwrap(), said.clone());
        listen(child.stderr.take().unwrap(), said.clone());
        for _ in 0..400 {
            if TcpStream::connect(&address).is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Target {
            town,
            address,
            child,
            said,
        }
    }

    /// A new session of somebody of the cast.
    pub async fn session(&self, key: &str) -> String {
        self.town.store.clock.put(Timestamp::now());
        self.town.token(key).await
    }

    /// What the program has said so far.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The program still answers, and at once.
    pub fn lives(&self) {
        let begun = std::time::Instant::now();
        let answer = crate::http::get(&self.address, "/", None);
        assert_eq!(answer.status, 200, "{}", answer.head);
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
