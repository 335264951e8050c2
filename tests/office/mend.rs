//! Templates that the office edits, and letters that did not go.

use bauta::config::Config;
use bauta::demo::script::Act;
use bauta::domain::person::Lang;
use bauta::letters::template;
use bauta::post::Post;
use bauta::store::settings::Subject;
use rocket::http::Status;

use crate::support::{Browser, Town};

async fn english(town: &Town, key: &str) -> String {
    town.store.set_lang(&town.who(key).await, Lang::En).await.unwrap();
    town.token(key).await
}

fn encode(text: &str) -> String {
    let sign = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => (b as char).to_string(),
        b => format!("%{b:02X}"),
    };
    text.bytes().map(sign).collect()
}

async fn save(browser: &Browser, token: &str, path: &str, text: &str, act: &str) -> (Status, String) {
    let page = browser.page(path, Some(token), Lang::En).await;
    let version = page.split("name=\"version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let body = format!("version={version}&act={act}&text={}", encode(text));
    let response = browser.post(path, Some(token), &body).await;
    (
        response.status(),
        response.into_string().await.unwrap_or_default(),
    )
}

const RECEIPT: &str = "/admin/letters/receipt/en";

#[rocket::async_test]
async fn a_template_is_checked_previewed_used_at_once_and_reset() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = english(&town, "chief").await;
    for (bad, words) in [
        ("Hello {{ nobody }}\n\n{{ link }}", "nobody"),
        ("Hello\n\nno way back", "The link is missing"),
        ("Hello\n\n{{ link", "cannot be read"),
        ("{{ title }}\n\n{{ link }}", "The subject can be empty"),
    ] {
        let (status, page) = save(&browser, &token, RECEIPT, bad, "save").await;
        assert_eq!(status, Status::UnprocessableEntity, "{bad}");
        assert!(page.contains(words) && page.contains("no preview"), "{bad}");
        assert!(
            town.store
                .setting_body(&Subject::Letter(Lang::En, "receipt".into()))
                .is_empty()
        );
    }
    let own = "We have {{ number }}\n\nDear {{ name }}, “{{ title }}” came to {{ journal }}.\n\n{{ link }}";
    let (status, page) = save(&browser, &token, RECEIPT, own, "preview").await;
    assert_eq!(status, Status::Ok);
    assert!(page.contains("Dear [recipient], ") && page.contains("On manuscript "));
    // No name of an author comes into a preview.
    for member in bauta::demo::cast::people()
        .iter()
        .filter(|m| m.key.starts_with("author"))
    {
        assert!(!page.contains(member.email.as_str()) && !page.contains(&member.profile.latin_name));
    }
    let (status, _) = save(&browser, &token, RECEIPT, own, "save").await;
    assert_eq!(status, Status::SeeOther);
    // The next letter of the running program is the edited one.
    let players = town.players().await;
    let number = players.draft("author2", 5).await.unwrap();
    players.act("author2", &number, Act::Submit).await.unwrap();
    town.worker.pass().await.unwrap();
    let letter = town
        .letters()
        .into_iter()
        .find(|l| l.subject == format!("We have {number}"))
        .unwrap();
    assert!(letter.text.contains("Dear Ingrid Solvang") && letter.text.contains(&number));
    let (status, _) = save(&browser, &token, RECEIPT, "", "reset").await;
    assert_eq!(status, Status::SeeOther);
    assert!(!town.store.mail().is_own(Lang::En, "receipt"));
    let page = browser.page(RECEIPT, Some(&token), Lang::En).await;
    assert!(page.contains("back to the default") && page.contains("Shen Ruolan"));
    // Saving the default is no edit.
    let default = template(Lang::En, "receipt").unwrap();
    save(&browser, &token, RECEIPT, &default, "save").await;
    assert!(!town.store.mail().is_own(Lang::En, "receipt"));
}

#[rocket::async_test]
async fn an_edited_template_that_fails_never_stops_a_letter_and_the_office_is_told() {
    let town = Town::life().await;
    let proof = town.store.chief(&town.who("chief").await).unwrap();
    let subject = Subject::Letter(Lang::En, "receipt".into());
    // As after an update of the program that renamed a variable: what is stored was good once.
    let version = town.store.setting_version(&subject);
    assert!(
        town.store
            .set(&proof, &subject, version, "S\n\n{{ link }} {{ gone }}")
            .await
            .unwrap()
    );
    let players = town.players().await;
    let number = players.draft("author2", 6).await.unwrap();
    players.act("author2", &number, Act::Submit).await.unwrap();
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    assert!(
        letters
            .iter()
            .any(|l| l.subject.contains(&number) && l.to.contains("solvang")),
        "the default went"
    );
    assert_eq!(town.store.broken_letters(), [(Lang::En, "receipt")]);
    let browser = town.browser().await;
    let token = english(&town, "chief").await;
    for path in ["/admin/letters", RECEIPT, "/office/letters"] {
        let page = browser.page(path, Some(&token), Lang::En).await;
        assert!(page.contains("role=\"alert\""), "{path}");
    }
    // Mending it takes the mark away.
    let (status, _) = save(&browser, &token, RECEIPT, "S\n\n{{ link }}", "save").await;
    assert_eq!(status, Status::SeeOther);
    assert!(town.store.broken_letters().is_empty());
}

/// A mail server that takes nobody's mail; answers on the port it returns.
async fn refusing() -> u16 {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut lines = BufReader::new(stream);
                let _ = lines.write_all(b"220 here\r\n").await;
                let mut line = String::new();
                while lines.read_line(&mut line).await.is_ok_and(|n| n > 0) {
                    let answer = match line.get(..4).unwrap_or_default() {
                        "RCPT" => "550 5.1.1 <ingrid@secret.example> unknown\r\n",
                        "QUIT" => "221 bye\r\n",
                        _ => "250 ok\r\n",
                    };
                    line.clear();
                    if lines.write_all(answer.as_bytes()).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    port
}

/// The town's letters go by a mail server on a port.
fn mail_by(town: &mut Town, port: u16) {
    let config = Config {
        smtp_url: Some(format!("smtp://127.0.0.1:{port}")),
        mail_from: "office@journal.example".into(),
        ..town.config.clone()
    };
    town.worker.post = Post::from(&config).unwrap();
}

/// A new manuscript of `author` in screening; its letters wait for the next pass.
async fn submitted(town: &Town, author: &str) -> String {
    let players = town.players().await;
    let number = players.draft(author, 6).await.unwrap();
    players.act(author, &number, Act::Submit).await.unwrap();
    number
}

/// The letters of a manuscript in a state, as the chief sees them.
async fn in_state(town: &Town, number: &str, state: &str) -> Vec<i64> {
    let proof = town.store.editor(&town.who("chief").await, number).await.unwrap();
    let letters = town.store.editor_letters(&proof).await.unwrap();
    letters
        .iter()
        .filter(|l| l.state == state)
        .map(|l| l.id)
        .collect()
}

#[rocket::async_test]
async fn a_letter_that_failed_says_why_and_can_be_sent_again() {
    let mut town = Town::life().await;
    let port = refusing().await;
    mail_by(&mut town, port);
    let number = submitted(&town, "author2").await;
    town.worker.pass().await.unwrap();
    let failed = in_state(&town, &number, "failed").await;
    assert!(failed.len() > 2, "{failed:?}");
    let browser = town.browser().await;
    let token = english(&town, "editor2").await;
    let log = format!("/office/manuscripts/{number}/letters");
    let one = format!("{log}/{}", failed[0]);
    for path in [log.as_str(), &one, "/office/letters"] {
        let page = browser.page(path, Some(&token), Lang::En).await;
        assert!(
            page.contains("refuses it (code 550)") && page.contains("Send again"),
            "{path}"
        );
        assert!(
            !page.contains("secret.example"),
            "what a server says may name somebody"
        );
    }
    town.worker.post = Post::from(&town.config).unwrap();
    town.worker.delivers = false;
    let before = town.letters().len();
    let place = format!("{one}/again");
    let again = browser.post(&place, Some(&token), "").await;
    assert_eq!(again.status(), Status::SeeOther);
    town.worker.pass().await.unwrap();
    assert_eq!(town.letters().len(), before + 1);
    assert!(!in_state(&town, &number, "failed").await.contains(&failed[0]));
    // Nobody got it: as often as it is asked for before it goes, it goes once more, and by a number of its own.
    for _ in 0..2 {
        let again = browser.post(&place, Some(&token), "").await;
        assert_eq!(again.status(), Status::SeeOther);
    }
    town.worker.pass().await.unwrap();
    assert_eq!(town.letters().len(), before + 2);
    let page = browser.page(&log, Some(&token), Lang::En).await;
    assert_eq!(page.matches("written to the folder").count(), 2);
    let page = browser.page(&one, Some(&token), Lang::En).await;
    assert!(page.contains("No mail server was set") && page.contains("Send again"));
    let history = format!("/office/manuscripts/{number}/history");
    let history = browser.page(&history, Some(&token), Lang::En).await;
    assert!(history.contains("A letter was seen to"));
    assert!(town.store.verify().await.unwrap().broken.is_empty());
}

#[rocket::async_test]
async fn a_held_letter_is_corrected_or_discarded_by_the_chief_without_naming_anybody() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let chief = english(&town, "chief").await;
    let names: Vec<String> = bauta::demo::cast::people()
        .into_iter()
        .filter(|m| m.key.starts_with("reviewer"))
        .map(|m| m.profile.latin_name)
        .collect();
    // A slip of the office: every reviewer's name in a letter to authors, so that each manuscript's are among them.
    let proof = town.store.chief(&town.who("chief").await).unwrap();
    for lang in Lang::ALL {
        let subject = Subject::Letter(lang, "revision-receipt".into());
        let text = format!(
            "Slip\n\nDear {{{{ name }}}},\n\nread by {}.\n\n{{{{ link }}}}",
            names.join(", ")
        );
        assert!(town.store.set(&proof, &subject, 0, &text).await.unwrap());
    }
    let players = town.players().await;
    let mut held = Vec::new();
    for plot in ["revising", "revising-soon"] {
        let number = town.number(plot);
        let author = bauta::demo::plots::all()
            .into_iter()
            .find(|p| p.name == plot)
            .unwrap()
            .author;
        players.act(author, &number, Act::Revise).await.unwrap();
        town.worker.pass().await.unwrap();
        let ids = in_state(&town, &number, "held").await;
        assert_eq!(ids.len(), 1, "{plot}");
        held.push((format!("/office/manuscripts/{number}/letters/{}", ids[0]), author));
    }
    let (one, author) = &held[0];
    let author = bauta::demo::cast::member(author);
    let editor = english(&town, "editor").await;
    let page = browser.page(one, Some(&editor), Lang::En).await;
    assert!(page.contains("The letter is held") && !page.contains("/corrected"));
    let place = format!("{one}/corrected");
    let refused = browser.post(&place, Some(&editor), "subject=S&text=x").await;
    assert!(
        refused
            .headers()
            .get_one("Location")
            .unwrap()
            .contains("problem=chief-only")
    );
    let page = browser.page(one, Some(&chief), Lang::En).await;
    let form = page.split("/corrected").nth(1).unwrap();
    assert!(form.contains("Dear ⟦name⟧,"), "{form}");
    for own in [&author.profile.latin_name, &author.profile.native_name] {
        assert!(own.is_empty() || !form.contains(own.as_str()), "{form}");
    }
    for (text, words) in [
        (format!("{} again", names.join(", ")), "names an author"),
        (String::new(), "A letter needs a subject"),
    ] {
        let body = format!("subject=S&text={}", encode(&text));
        let place = format!("{one}/corrected");
        let again = browser.post(&place, Some(&chief), &body).await;
        assert_eq!(again.status(), Status::UnprocessableEntity);
        let again = again.into_string().await.unwrap();
        assert!(again.contains("error-summary"), "{words}");
    }
    let body = format!("subject=Mended&text={}", encode("Dear ⟦name⟧,\n\nit was read."));
    let place = format!("{one}/corrected");
    let good = browser.post(&place, Some(&chief), &body).await;
    assert_eq!(good.status(), Status::SeeOther);
    town.worker.pass().await.unwrap();
    let letter = town
        .letters()
        .into_iter()
        .find(|l| l.subject == "Mended")
        .unwrap();
    let name = author.profile.name(author.lang).to_owned();
    assert!(letter.text.contains(&format!("Dear {name},")) && letter.text.contains("it was read"));
    // The other one is discarded, and never goes.
    let (other, _) = &held[1];
    let place = format!("{other}/discarded");
    let gone = browser.post(&place, Some(&chief), "").await;
    assert!(
        gone.headers()
            .get_one("Location")
            .unwrap()
            .contains("done=letter-discarded")
    );
    town.worker.pass().await.unwrap();
    assert!(town.letters().iter().all(|l| l.subject != "Slip"));
    let page = browser.page(other, Some(&chief), Lang::En).await;
    assert!(!page.contains("/discarded\"") && !page.contains("/corrected\""));
}

#[rocket::async_test]
async fn letters_that_did_not_go_are_on_the_readers_own_view() {
    let mut town = Town::life().await;
    // Nothing listens there.
    mail_by(&mut town, 1);
    let number = submitted(&town, "editor").await;
    town.worker.pass().await.unwrap();
    for (key, sees) in [("chief", true), ("editor", false)] {
        let proof = town.store.staff(&town.who(key).await).unwrap();
        let page = town.store.undelivered(&proof, None).await.unwrap();
        let own: Vec<_> = page.letters.iter().filter(|l| l.number == number).collect();
        assert_eq!(!own.is_empty(), sees, "{key}");
        assert!(own.iter().all(|l| l.why == "unreachable" && l.state == "queued"));
    }
}
