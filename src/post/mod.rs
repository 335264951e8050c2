//! Sending letters: by SMTP when a server is set, otherwise into a folder for trying out.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Config;
use crate::domain::person::{Email, Lang};

/// How long a server may take for one letter: lettre itself waits for an answer for ever. Less than the letter's lease.
const PATIENCE: Duration = Duration::from_secs(60);

const SILENT: &str = "the server does not answer in time";

/// A letter with its link minted, ready to go.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// The row it comes from; its Message-ID.
    pub id: i64,
    /// The journal's name, as it is called now in the letter's language.
    pub from: String,
    /// The one recipient. There is never a Cc or Bcc.
    pub to: Email,
    /// Language.
    pub lang: Lang,
    /// Subject.
    pub subject: String,
    /// Body, plain text.
    pub text: String,
    /// When it is sent, by the office's clock.
    pub at: jiff::Timestamp,
    /// The site's address: only what leads there becomes a link.
    pub site: String,
}

/// A letter could not be sent.
#[derive(Debug, thiserror::Error)]
#[error("{why}")]
pub struct SendError {
    /// What the server or the disk said; no address in it.
    pub why: String,
    /// Whether trying again is of no use.
    pub permanent: bool,
    /// Whether the server does not answer, so that no other letter would go either.
    pub no_server: bool,
}

impl SendError {
    /// The letter or the setting is at fault.
    fn bad(why: String) -> SendError {
        SendError {
            why,
            permanent: true,
            no_server: false,
        }
    }
}

/// The way letters go.
pub enum Post {
    /// A mail server.
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>, Office),
    /// A folder of `.eml` files.
    Folder(PathBuf, Office),
}

/// From whom letters come: the office, never a person.
#[derive(Clone, Debug)]
pub struct Office {
    address: Email,
}

impl Post {
    /// The way that the settings say.
    pub fn from(config: &Config) -> Result<Post, SendError> {
        let bad = SendError::bad;
        let address = Email::parse(&config.mail_from)
            .or_else(|| Email::parse("editorial-office@localhost.localdomain"));
        let address = address.ok_or_else(|| bad("MAIL_FROM is no address".into()))?;
        let office = Office { address };
        match &config.smtp_url {
            None => {
                std::fs::create_dir_all(config.outbox()).map_err(|e| bad(e.to_string()))?;
                Ok(Post::Folder(config.outbox(), office))
            }
            Some(url) => {
                let transport =
                    AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|e| bad(e.to_string()))?;
                Ok(Post::Smtp(Box::new(transport.build()), office))
            }
        }
    }

    /// Whether a mail server takes the letters, so that a sent letter is a received one.
    pub fn delivers(&self) -> bool {
        matches!(self, Post::Smtp(..))
    }

    /// Sends one letter.
    pub async fn send(&self, letter: &Outgoing) -> Result<(), SendError> {
        match self {
            Post::Smtp(transport, office) => {
                let message = compose(letter, office)?;
                let Ok(sent) = tokio::time::timeout(PATIENCE, transport.send(message)).await else {
                    return Err(SendError {
                        why: SILENT.to_owned(),
                        permanent: false,
                        no_server: true,
                    });
                };
                sent.map(|_| ()).map_err(|e| SendError {
                    why: e
                        .status()
                        .map_or_else(|| kind_of(&e).to_owned(), |code| format!("server said {code}")),
                    permanent: e.is_permanent(),
                    no_server: e.status().is_none(),
                })
            }
            Post::Folder(folder, office) => {
                let message = compose(letter, office)?.formatted();
                let disk = |e: std::io::Error| SendError {
                    why: e.to_string(),
                    permanent: false,
                    no_server: true,
                };
                let part = folder.join(format!(".{}.part", letter.id));
                std::fs::write(&part, message).map_err(disk)?;
                std::fs::rename(part, folder.join(format!("{}.eml", letter.id))).map_err(disk)
            }
        }
    }
}

fn kind_of(error: &lettre::transport::smtp::Error) -> &'static str {
    match () {
        () if error.is_timeout() => SILENT,
        () if error.is_tls() => "TLS failed",
        () if error.is_response() => "the server's answer cannot be read",
        () => "the server cannot be reached",
    }
}

fn compose(letter: &Outgoing, office: &Office) -> Result<Message, SendError> {
    let bad = SendError::bad;
    let mailbox = |email: &Email, name: Option<String>| {
        email
            .as_str()
            .parse()
            .map(|address| Mailbox::new(name, address))
            .map_err(|_| bad("an address cannot be written".into()))
    };
    // The identifier is a digest: the row's number would count.
    let id = blake3::hash(&letter.id.to_le_bytes()).to_hex();
    Message::builder()
        .from(mailbox(&office.address, Some(letter.from.clone()))?)
        .to(mailbox(&letter.to, None)?)
        .message_id(Some(format!("<{}@{}>", &id[..32], office.address.domain())))
        .date(std::time::SystemTime::from(letter.at))
        .subject(letter.subject.clone())
        .header(AutoSubmitted)
        .multipart(
            MultiPart::alternative()
                .singlepart(
                    SinglePart::builder()
                        .header(ContentType::TEXT_PLAIN)
                        .body(letter.text.clone()),
                )
                .singlepart(
                    SinglePart::builder()
                        .header(ContentType::TEXT_HTML)
                        .body(html(letter)),
                ),
        )
        .map_err(|e| bad(e.to_string()))
}

#[derive(Clone, Copy)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The same words on paper colour; the only thing that is more than text is the link.
fn html(letter: &Outgoing) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
    };
    let paragraph = |text: &str| {
        let text = text.trim();
        // Words of others may stand in a letter, and the office's letter must not carry their links.
        let own = text.strip_prefix(letter.site.as_str());
        let link = own.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            && !letter.site.is_empty()
            && !text.contains(char::is_whitespace);
        let inner = escape(text).replace('\n', "<br>");
        if link {
            format!("<p><a href=\"{inner}\">{inner}</a></p>")
        } else {
            format!("<p>{inner}</p>")
        }
    };
    let body: String = letter
        .text
        .split("\n\n")
        .filter(|p| !p.trim().is_empty())
        .map(paragraph)
        .collect();
    let height = if letter.lang == Lang::Zh { "1.75" } else { "1.55" };
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"></head>\
         <body style=\"background:#faf8f3;color:#1d1b18;font:17px/{height} serif;max-width:42em;margin:2em auto;padding:0 1em\">{body}</body></html>",
        letter.lang.tag()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sites_own_address_becomes_a_link() {
        let letter = Outgoing {
            id: 1,
            from: "The Journal".into(),
            to: Email::parse("a@x.example").unwrap(),
            lang: Lang::En,
            subject: "A letter".into(),
            text: "Dear A,\n\nhttps://journal.example/link/abc\n\nhttps://journal.example.evil.example/x\n\nhttps://evil.example/"
                .into(),
            at: jiff::Timestamp::UNIX_EPOCH,
            site: "https://journal.example".into(),
        };
        let html = html(&letter);
        assert!(html.contains("<a href=\"https://journal.example/link/abc\">"));
        assert_eq!(html.matches("<a ").count(), 1, "{html}");
    }
}
