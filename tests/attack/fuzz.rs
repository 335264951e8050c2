//! The fuzzer: every field and parameter of every route, as everybody, with what breaks programs. Whatever is sent: no fault, no
//! foreign header, nothing of the sender unescaped, no other side's person, and an answer in time.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bauta::demo::cast;
use bauta::domain::person::Role;
use jiff::SignedDuration;
use rocket::http::{ContentType, Cookie, Header, Method};

use crate::fields::{Entry, entries};
use crate::support::{Browser, Town};

/// Requests in `./test`.
const REQUESTS: usize = 10_000;

/// A repeatable stream of numbers.
struct Dice(blake3::OutputReader);

impl Dice {
    fn of(seed: u64) -> Dice {
        Dice(blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof())
    }

    fn below(&mut self, n: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        (u64::from_le_bytes(bytes) % n.max(1) as u64) as usize
    }

    fn of_these<'a, T>(&mut self, these: &'a [T]) -> &'a T {
        &these[self.below(these.len())]
    }
}

/// What breaks programs. `62615533` is what a template engine would make of the sum in it.
fn nasty() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = [
        "",
        " ",
        "0",
        "-1",
        "1",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "1e309",
        "NaN",
        "٣",
        "1.5",
        "0x10",
        "true",
        "yes",
        "no",
        "null",
        "on",
        "2026-02-30",
        "2026-11-25",
        "0000-00-00",
        "9999-12-31",
        "24:00",
        "<script>alert(4711)</script>",
        "\"><img src=x onerror=alert(4711)>",
        "'><svg/onload=alert(4711)>",
        "javascript:alert(4711)",
        "{{ 7919 * 7907 }}",
        "{% include \"layout.html\" %}",
        "${7919*7907}",
        "#{7919*7907}",
        "<%= 7919*7907 %>",
        "' OR '1'='1",
        "'; DROP TABLE account; --",
        "1) UNION SELECT sealed FROM account --",
        "\" NEAR(\"",
        "a* OR b^",
        "NOT",
        "(((((",
        "\"",
        "../../../../etc/passwd",
        "..\\..\\vault.key",
        "/etc/passwd",
        "file:///etc/passwd",
        "//evil.example",
        "https://evil.example",
        "a\r\nSet-Cookie: planted=4711\r\n\r\n",
        "a\nBcc: thief@evil.example",
        "\0",
        "a\0b",
        "\u{feff}",
        "\u{202e}gnp.exe",
        "\u{200b}",
        "e\u{301}\u{301}\u{301}\u{301}",
        "𝒜𝓁𝒾𝒸𝑒",
        "ｆｕｌｌ",
        "陈丽华",
        "İ",
        "ß",
        "ﷺ",
        "👩‍👩‍👧‍👦",
        "\u{1b}[31m",
        "%s%s%s%n",
        "%25%32%65",
        "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>",
        "[]",
        "{}",
        "[[[[",
        "a[b][c]",
        "$where",
        "|id",
        "`id`",
        "$(id)",
        "a@b.cn",
        "a@b.cn,c@d.cn",
        "\"a\"@b.cn",
        "a@b.cn\r\n",
        "zh-CN",
        "en",
        "xx",
        "editor-in-chief",
        "administrator",
        "reviewer",
        "author",
        "accept",
        "decline",
        "revise",
        "acceptable",
        "unsuitable",
        "withdraw",
        "appeal",
        "ChiCTR2500099999",
        "NCT01234567",
        "0000-0002-1825-0097",
        "10.1000/182",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    all.push("长".repeat(4000).into_bytes());
    all.push("a".repeat(70_000).into_bytes());
    all.push("<b>".repeat(2000).into_bytes());
    all.push("(".repeat(5000).into_bytes());
    all.push("- ".repeat(3000).into_bytes());
    all.push("> ".repeat(3000).into_bytes());
    all.push("[a](".repeat(3000).into_bytes());
    all.push(b"\xff\xfe\xc0\xaf\xed\xa0\x80".to_vec());
    all
}

fn encoded(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() {
            out.push(char::from(*b));
        } else {
            write!(out, "%{b:02X}").unwrap();
        }
        out
    })
}

/// Somebody in whose name is sent, and whose names must not come back.
struct Sender {
    key: &'static str,
    token: Option<String>,
    forbidden: Vec<String>,
}

fn names(of: impl Fn(&cast::Member) -> bool) -> Vec<String> {
    let people = cast::people();
    let each = people.iter().filter(|m| of(m)).flat_map(|m| {
        [
            m.profile.native_name.clone(),
            m.profile.latin_name.clone(),
            m.email.to_string(),
        ]
    });
    each.filter(|name| !name.is_empty()).collect()
}

async fn senders(town: &Town) -> Vec<Sender> {
    let author = |m: &cast::Member| m.key.starts_with("author");
    let reviewer = |m: &cast::Member| m.roles.contains(&Role::Reviewer);
    let mut all = vec![Sender {
        key: "nobody",
        token: None,
        forbidden: names(reviewer),
    }];
    for key in [
        "author",
        "author5",
        "reviewer",
        "reviewer2",
        "editor",
        "assistant",
        "chief",
        "admin",
    ] {
        let forbidden = match key {
            k if k.starts_with("author") => names(reviewer),
            k if k.starts_with("reviewer") => names(|m| author(m) || (reviewer(m) && m.key != k)),
            _ => Vec::new(),
        };
        all.push(Sender {
            key,
            token: Some(town.token(key).await),
            forbidden,
        });
    }
    all
}

/// A path with each parameter filled: mostly with what is there, at times with what breaks programs.
fn path(dice: &mut Dice, entry: &Entry, numbers: &[String], nasty: &[Vec<u8>]) -> String {
    let segments = entry.path.split('/').filter(|s| !s.is_empty()).map(|segment| {
        if !segment.starts_with('<') {
            return segment.to_owned();
        }
        if dice.below(4) == 0 {
            return encoded(
                &dice.of_these(nasty)[..]
                    .iter()
                    .copied()
                    .take(300)
                    .collect::<Vec<_>>(),
            );
        }
        match segment {
            "<number>" | "<n>" => dice.of_these(numbers).clone(),
            "<step>" => (*dice.of_these(&[
                "type",
                "text",
                "authors",
                "trial",
                "files",
                "reviewers",
                "declarations",
            ]))
            .to_owned(),
            "<list>" => (*dice.of_these(&["decide", "types", "sections", "papers"])).to_owned(),
            "<path..>" => "app.css".to_owned(),
            _ => dice.below(5).to_string(),
        }
    });
    format!("/{}", segments.collect::<Vec<_>>().join("/"))
}

/// `name=value` for each name, at times twice, with an index, or left out.
fn pairs(dice: &mut Dice, names: &[String], nasty: &[Vec<u8>]) -> String {
    let mut out = Vec::new();
    for name in names {
        let times = [0, 1, 1, 1, 1, 1, 2][dice.below(7)];
        for _ in 0..times {
            let name = match dice.below(8) {
                0 => format!("{name}[{}]", dice.below(3)),
                1 => format!("{name}[0].x"),
                _ => name.clone(),
            };
            out.push(format!("{name}={}", encoded(dice.of_these(nasty).as_slice())));
        }
    }
    if dice.below(20) == 0 {
        out.push(encoded(dice.of_these(nasty).as_slice()));
    }
    out.join("&")
}

struct Sent<'a> {
    entry: &'a Entry,
    sender: &'a Sender,
    uri: String,
    body: String,
}

async fn check(browser: &Browser, sent: &Sent<'_>) -> u16 {
    let mut request = browser.client.req(sent.entry.method, sent.uri.as_str());
    if let Some(token) = &sent.sender.token {
        request = request.cookie(Cookie::new("bauta", token.clone()));
    }
    if sent.entry.method != Method::Get {
        request = request
            .header(ContentType::Form)
            .header(Header::new("Sec-Fetch-Site", "same-origin"))
            .body(sent.body.as_bytes());
    }
    let begun = Instant::now();
    let response = request.dispatch().await;
    let took = begun.elapsed();
    let say = format!(
        "{} {} {} {}",
        sent.sender.key,
        sent.entry.method,
        sent.uri,
        sent.body.chars().take(3000).collect::<String>()
    );
    let code = response.status().code;
    assert!(code < 500, "{code}: {say}");
    assert!(took < Duration::from_secs(20), "{took:?}: {say}");
    for header in response.headers().iter() {
        let line = header.to_string();
        assert!(
            !line.contains("4711") && !line.contains('\n') && !line.contains("evil"),
            "{line}: {say}"
        );
    }
    assert!(
        response.headers().get_one("Content-Security-Policy").is_some(),
        "{say}"
    );
    let body = response.into_bytes().await.unwrap_or_default();
    let body = String::from_utf8_lossy(&body);
    for mark in [
        "<script>alert",
        "<img src=x",
        "<svg/onload",
        "62615533",
        "root:x:0",
        "href=\"javascript:",
        "SELECT \"",
        "panicked at",
    ] {
        assert!(!body.contains(mark), "{mark}: {say}");
    }
    if !sent.uri.starts_with("/articles") && !sent.uri.starts_with("/feed") && sent.uri != "/" {
        for name in &sent.sender.forbidden {
            let own =
                sent.uri.contains(&encoded(name.as_bytes())) || sent.body.contains(&encoded(name.as_bytes()));
            assert!(own || !body.contains(name.as_str()), "{name}: {say}");
        }
    }
    code
}

#[rocket::async_test]
async fn fuzz_every_field_of_every_route() {
    let wanted = std::env::var("BAUTA_TEST_FUZZ")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(REQUESTS);
    let seed = std::env::var("BAUTA_TEST_FUZZ_SEED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1);
    let (entries, nasty, mut dice) = (entries(), nasty(), Dice::of(seed));
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    let mut sent_so_far = 0;
    // Every thousand requests from the saved life again: what was sent has closed, sent, published.
    while sent_so_far < wanted {
        let town = Town::life().await;
        let browser = town.browser().await;
        let mut numbers: Vec<String> = town.life.numbers.values().cloned().collect();
        numbers.sort_unstable();
        let mut senders = senders(&town).await;
        for _ in 0..1000.min(wanted - sent_so_far) {
            // So that no limit of a minute hides what is behind it.
            if sent_so_far % 10 == 0 {
                town.store.clock.advance(SignedDuration::from_secs(1));
            }
            let entry = dice.of_these(&entries);
            let at = dice.below(senders.len());
            // Whoever was signed out by what was sent signs in again.
            if let Some(token) = &senders[at].token
                && town.store.who(token).await.unwrap().is_none()
            {
                senders[at].token = Some(town.token(senders[at].key).await);
            }
            let path = path(&mut dice, entry, &numbers, &nasty);
            let query = pairs(&mut dice, &entry.query, &nasty);
            let uri = if query.is_empty() {
                path
            } else {
                format!("{path}?{query}")
            };
            if rocket::http::uri::Origin::parse(&uri).is_err() {
                continue;
            }
            let body = pairs(&mut dice, &entry.fields, &nasty);
            let sent = Sent {
                entry,
                sender: &senders[at],
                uri,
                body,
            };
            *counts.entry(check(&browser, &sent).await).or_default() += 1;
            sent_so_far += 1;
        }
    }
    println!(
        "{sent_so_far} requests over {} routes, by status: {counts:?}",
        entries.len()
    );
    assert!(counts[&200] > wanted / 20, "{counts:?}");
}
