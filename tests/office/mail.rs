//! Letters to a real mail server (PyPI's aiosmtpd), and to none.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use bauta::config::Config;
use bauta::demo::script::Act;
use bauta::domain::decision::DecisionKind;
use bauta::domain::stage::Stage;
use bauta::post::Post;
use bauta::worker::Worker;

use crate::support::Town;

/// A mail server that prints each message it takes as a line of JSON, or refuses all.
struct Server {
    child: Child,
    port: u16,
    lines: BufReader<std::process::ChildStdout>,
}

const PROGRAM: &str = r#"
import json, socket, sys
from aiosmtpd.controller import Controller
class Handler:
    async def handle_DATA(self, server, session, envelope):
        if sys.argv[1] == "refuse":
            return "451 later"
        print(json.dumps({"from": envelope.mail_from, "to": envelope.rcpt_tos, "data": envelope.content.decode("utf-8", "replace")}), flush=True)
        return "250 taken"
free = socket.socket()
free.bind(("127.0.0.1", 0))
port = free.getsockname()[1]
free.close()
controller = Controller(Handler(), hostname="127.0.0.1", port=port)
controller.start()
print(port, flush=True)
sys.stdin.read()
"#;

impl Server {
    fn start(how: &str) -> Server {
        let python = std::env::var("BAUTA_TEST_SMTP_PYTHON")
            .expect("BAUTA_TEST_SMTP_PYTHON must name a Python with aiosmtpd: run ./test, which installs it and sets this");
        let mut child = Command::new(python)
            .args(["-c", PROGRAM, how])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python of BAUTA_TEST_SMTP_PYTHON starts");
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut port = String::new();
        lines.read_line(&mut port).unwrap();
        let port = port
            .trim()
            .parse()
            .expect("aiosmtpd is installed: pip install aiosmtpd");
        Server { child, port, lines }
    }

    fn next(&mut self) -> serde_json::Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn by_smtp(town: &Town, port: u16) -> Worker {
    let config = Config {
        smtp_url: Some(format!("smtp://127.0.0.1:{port}")),
        ..town.config.clone()
    };
    let post = Post::from(&config).unwrap();
    assert!(post.delivers());
    Worker {
        store: town.store.clone(),
        post,
        limits: town.worker.limits.clone(),
        delivers: true,
    }
}

#[rocket::async_test]
async fn a_server_takes_one_recipient_a_letter() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = players.draft("author", 1).await.unwrap();
    let mut server = Server::start("take");
    let worker = by_smtp(&town, server.port);
    players.act("author", &number, Act::Submit).await.unwrap();
    let sent = worker.letters().await.unwrap();
    assert!(sent >= 3, "receipt, co-author, office: {sent}");
    for _ in 0..sent {
        let message = server.next();
        assert_eq!(message["to"].as_array().unwrap().len(), 1);
        assert!(message["from"].as_str().unwrap().starts_with("editorial-office@"));
        let data = message["data"].as_str().unwrap();
        assert!(data.contains("Auto-Submitted: auto-generated") && data.contains("Message-ID: <"));
    }
    assert_eq!(worker.letters().await.unwrap(), 0, "each once");
}

#[rocket::async_test]
async fn a_server_that_refuses_costs_no_letter() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = players.draft("author", 1).await.unwrap();
    players.act("author", &number, Act::Submit).await.unwrap();
    let refusing = Server::start("refuse");
    assert_eq!(by_smtp(&town, refusing.port).letters().await.unwrap(), 0);
    // Nobody listens there any more.
    let port = refusing.port;
    drop(refusing);
    town.store.clock.advance(jiff::SignedDuration::from_mins(2));
    assert_eq!(by_smtp(&town, port).letters().await.unwrap(), 0);
    let taking = Server::start("take");
    town.store.clock.advance(jiff::SignedDuration::from_mins(5));
    assert!(by_smtp(&town, taking.port).letters().await.unwrap() >= 3);
}

/// With the try-out folder only opening the decision on the site counts: nobody may ever read an open file.
#[rocket::async_test]
async fn a_letter_in_the_folder_is_no_notice_until_the_author_opens_it() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = players.draft("author", 1).await.unwrap();
    players.act("author", &number, Act::Submit).await.unwrap();
    players.act("author", &number, Act::Handle).await.unwrap();
    players
        .act("author", &number, Act::DecideAndWait(DecisionKind::SendToReview))
        .await
        .unwrap();
    let author = town.who("author").await;
    let proof = town.store.author(&author, &number).await.unwrap();
    // While it can be taken back the author can not open it.
    assert!(
        bauta::actions::receive::on_site(&town.store, &proof)
            .await
            .is_err()
    );
    town.store.clock.advance(jiff::SignedDuration::from_mins(11));
    let folder = Worker {
        store: town.store.clone(),
        post: Post::from(&town.config).unwrap(),
        limits: town.worker.limits.clone(),
        delivers: false,
    };
    folder.pass().await.unwrap();
    let stage = async || {
        let case = town.store.case_as_author(&proof).await.unwrap();
        let stage = case.stage();
        case.abandon().await.unwrap();
        stage
    };
    assert_eq!(stage().await, Stage::Screening);
    bauta::actions::receive::on_site(&town.store, &proof)
        .await
        .unwrap();
    assert_eq!(stage().await, Stage::InReview);
}
