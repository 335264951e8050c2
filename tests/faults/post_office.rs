//! A mail server that does as it is told: takes letters, puts them off, refuses them, falls silent, dies in the middle.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// What the server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes each letter.
    Takes,
    /// Says 451 to each.
    PutsOff,
    /// Says 550 to each recipient.
    Refuses,
    /// Says nothing after the letter.
    Silent,
    /// Hangs up in the middle of the letter.
    Dies,
}

/// One letter that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    pub to: String,
    pub at: Instant,
}

/// The server, and what it took by Message-ID.
pub struct PostOffice {
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<HashMap<String, Vec<Taken>>>>,
}

impl PostOffice {
    pub fn open() -> PostOffice {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let office = PostOffice {
            port: listener.local_addr().unwrap().port(),
            mood: Arc::new(Mutex::new(Mood::Takes)),
            taken: Arc::default(),
        };
        let (mood, taken) = (office.mood.clone(), office.taken.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (mood, taken) = (mood.clone(), taken.clone());
                // A connection that breaks off is the other side's doing, or this one's wish.
                std::thread::spawn(move || serve(&stream, &mood, &taken).ok());
            }
        });
        office
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn be(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What was taken so far, by Message-ID.
    pub fn taken(&self) -> HashMap<String, Vec<Taken>> {
        self.taken.lock().unwrap().clone()
    }
}

/// The Message-ID of a letter's row, as the program writes it.
pub fn message_id(row: i64) -> String {
    blake3::hash(&row.to_le_bytes()).to_hex()[..32].to_owned()
}

fn serve(
    stream: &TcpStream,
    mood: &Mutex<Mood>,
    taken: &Mutex<HashMap<String, Vec<Taken>>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let mut out = stream;
    let mut to = String::new();
    let now = || *mood.lock().unwrap();
    out.write_all(b"220 test\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let word = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" | "HELO" => "250 test",
            "RCPT" if now() == Mood::Refuses => "550 no such mailbox",
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 fine"
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let Some(id) = letter(&mut lines, now() == Mood::Dies)? else {
                    return Ok(());
                };
                match now() {
                    Mood::PutsOff => "451 later",
                    Mood::Silent => {
                        std::thread::sleep(std::time::Duration::from_secs(120));
                        return Ok(());
                    }
                    _ => {
                        let at = Instant::now();
                        let one = Taken { to: to.clone(), at };
                        taken.lock().unwrap().entry(id).or_default().push(one);
                        "250 taken"
                    }
                }
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => "250 fine",
        };
        out.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

/// Reads a letter to its end and returns its Message-ID; None if the server dies on the way.
fn letter(
    lines: &mut impl Iterator<Item = std::io::Result<String>>,
    dies: bool,
) -> std::io::Result<Option<String>> {
    let mut id = String::new();
    for line in lines {
        let line = line?;
        if dies {
            return Ok(None);
        }
        if let Some(rest) = line.strip_prefix("Message-ID: <") {
            id = rest.split('@').next().unwrap_or_default().to_owned();
        }
        if line == "." {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
