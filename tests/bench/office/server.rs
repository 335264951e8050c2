//! The office served on one core, with two routes more: a constant, and the count of statements.

use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

use bauta::app::{Office, rocket};
use rocket::State;

use crate::fill::{self, Filled};
use crate::visitor::Visitor;

#[rocket::get("/constant")]
fn constant() -> &'static str {
    "a constant"
}

#[rocket::get("/statements")]
fn statements(office: &State<Office>) -> String {
    office.store.statements().to_string()
}

/// Serves; the process was put on its core by whoever started it.
pub fn run(folder: &str, address: &str) {
    rocket::tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store = fill::open(Path::new(folder), bauta::clock::Clock::system()).await;
        let mut config = fill::config(Path::new(folder));
        address.clone_into(&mut config.address);
        let rocket = rocket(Office::new(store, config)).mount("/", rocket::routes![constant, statements]);
        rocket.launch().await.unwrap();
    });
}

pub struct Server {
    child: Child,
    pub address: String,
}

impl Server {
    pub fn start(filled: &Filled) -> Server {
        let address = free_address();
        let child = Command::new("taskset")
            .args(["-c", "0"])
            .arg(std::env::current_exe().unwrap())
            .args(["serve", &filled.folder.display().to_string(), &address])
            .spawn()
            .expect("taskset is missing; get it with: apt-get install util-linux");
        // The visitors have the other core.
        let pid = std::process::id().to_string();
        let moved = Command::new("taskset")
            .args(["-apc", "1", &pid])
            .stdout(std::process::Stdio::null())
            .status();
        assert!(moved.unwrap().success(), "two cores are needed");
        listens(&address);
        Server { child, address }
    }

    /// Statements so far.
    pub fn statements(&self, visitor: &mut Visitor) -> u64 {
        visitor.text("/statements", "").parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        let pid = std::process::id().to_string();
        Command::new("taskset")
            .args(["-apc", "0,1", &pid])
            .stdout(std::process::Stdio::null())
            .status()
            .ok();
    }
}

pub fn free_address() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// Waits until a connection is taken.
pub fn listens(address: &str) {
    for _ in 0..60_000 {
        if std::net::TcpStream::connect(address).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("{address} does not answer");
}
