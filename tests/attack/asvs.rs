//! V1, V2, V3, V6, V7, V8: input that means something elsewhere, more fields than asked for, other hosts, races, other people's
//! places.

use std::sync::Arc;

use bauta::store::links::{LinkBody, LinkPurpose};

use crate::http::{get, post, raw};
use crate::target::Target;

fn address(key: &str) -> String {
    bauta::demo::cast::member(key).email.to_string()
}

/// V3.4: every kind of answer carries the headers that tell a browser what it must not do.
#[rocket::async_test]
async fn every_answer_tells_the_browser_what_it_must_not_do() {
    let target = Target::start(&[("BAUTA_SITE", "https://journal.example.org")]).await;
    let chief = target.session("chief").await;
    let number = target.town.number("reading");
    for path in [
        "/".to_owned(),
        "/sign-in".to_owned(),
        "/nothing".to_owned(),
        "/static/app.css".to_owned(),
        "/feed.atom".to_owned(),
        "/robots.txt".to_owned(),
        "/office".to_owned(),
        "/account".to_owned(),
        "/admin/people".to_owned(),
        format!("/office/manuscripts/{number}"),
        "/language".to_owned(),
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: __Host-bauta={chief}\r\n\r\n"
        );
        let answer = raw(
            &target.address,
            request.as_bytes(),
            std::time::Duration::from_secs(20),
        );
        let policy = answer
            .header("Content-Security-Policy")
            .unwrap_or_else(|| panic!("{path}"));
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(part), "{path} {policy}");
        }
        assert!(
            !policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"),
            "{policy}"
        );
        assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("Referrer-Policy"), Some("same-origin"), "{path}");
        assert_eq!(
            answer.header("Cross-Origin-Opener-Policy"),
            Some("same-origin"),
            "{path}"
        );
        assert_eq!(
            answer.header("Cross-Origin-Resource-Policy"),
            Some("same-origin"),
            "{path}"
        );
        assert!(
            answer.header("Permissions-Policy").unwrap().contains("camera=()"),
            "{path}"
        );
        let hsts = answer.header("Strict-Transport-Security").unwrap();
        assert_eq!(hsts, "max-age=63072000; includeSubDomains", "{path}");
        assert!(
            answer.header("Server").is_none() && answer.header("Access-Control-Allow-Origin").is_none(),
            "{path}"
        );
        if answer
            .header("Content-Type")
            .is_some_and(|kind| kind.contains("html"))
        {
            assert_eq!(answer.header("Cache-Control"), Some("no-store"), "{path}");
            assert!(
                !answer.body.contains("<style")
                    && !answer.body.contains(" style=")
                    && !answer.body.contains("onclick")
            );
            let scripts = answer.body.matches("<script").count();
            assert_eq!(
                scripts,
                answer.body.matches("<script src=\"/static/").count(),
                "{path}"
            );
        }
    }
    // Without the prefix it is no session, so that no neighbour's cookie can be one.
    assert_eq!(get(&target.address, "/office", Some(&chief)).status, 303);
    // What is set there is set for this host alone, over TLS alone, and out of scripts' reach.
    let email = bauta::demo::cast::member("author").email;
    let found = target.town.store.credentials(&email).await.unwrap().unwrap();
    let body = LinkBody {
        account: Some(found.account),
        ..LinkBody::default()
    };
    let token = target.town.store.mint(LinkPurpose::SignIn, &body).await.unwrap();
    let answer = post(&target.address, &format!("/link/{token}"), None, "x=");
    let set: Vec<&str> = answer
        .head
        .lines()
        .filter(|l| l.to_lowercase().starts_with("set-cookie:"))
        .collect();
    assert_eq!(set.len(), 2, "{set:?}");
    for line in set {
        assert!(
            line.contains("__Host-bauta") && line.contains("Secure") && line.contains("HttpOnly"),
            "{line}"
        );
        assert!(
            line.contains("SameSite=Lax") && line.contains("Path=/") && !line.contains("Domain"),
            "{line}"
        );
    }
}

/// V1.2, V3.7: no word of the sender leads a browser or a letter to another site.
#[rocket::async_test]
async fn no_redirect_and_no_letter_leads_elsewhere() {
    let target = Target::start(&[]).await;
    let session = target.session("author").await;
    for to in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "/%0d%0aLocation:%20https://evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/.evil.example@evil.example",
        "@evil.example",
        "/%2f%2fevil.example",
        "http:evil.example",
    ] {
        let encoded: String = to.bytes().map(|b| format!("%{b:02X}")).collect();
        for (path, body) in [
            ("/language", format!("to=en&back={encoded}")),
            (
                "/sign-in",
                format!("email={}&password=x&next={encoded}", address("author")),
            ),
            (
                "/account/confirm",
                format!("confirm-to={encoded}&confirm-password=x"),
            ),
        ] {
            let answer = post(&target.address, path, Some(&session), &body);
            let location = answer.header("Location").unwrap_or("/");
            assert!(
                location.starts_with('/') && !location.starts_with("//") && !location.contains('\\'),
                "{to} {location}"
            );
            assert!(
                answer.header("Location").is_none_or(|l| !l.contains("evil")) || location.starts_with("/%"),
                "{location}"
            );
        }
        let answer = get(&target.address, &format!("/sign-in?next={encoded}"), None);
        assert!(
            answer.status < 500 && !answer.body.contains("href=\"https://evil"),
            "{to}"
        );
    }
    // Whatever Host says: letters lead to the site of the settings.
    let body = format!("email={}", address("author"));
    let request = format!(
        "POST /sign-in/link HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n\
         Origin: http://evil.example\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = raw(
        &target.address,
        request.as_bytes(),
        std::time::Duration::from_secs(20),
    );
    assert!(!answer.all.contains("evil.example"), "{}", answer.all);
    std::thread::sleep(std::time::Duration::from_secs(5));
    assert!(
        target
            .town
            .letters()
            .iter()
            .all(|l| !l.text.contains("evil") && !l.headers.contains("evil"))
    );
}

/// V2.2, V8.2: what a form does not ask for is not taken from it.
#[rocket::async_test]
async fn fields_that_were_not_asked_for_do_nothing() {
    let target = Target::start(&[]).await;
    let session = target.session("author").await;
    let extra = "&roles=editor-in-chief&role=editor-in-chief&role[]=administrator&confirmed=true&account=1&id=1&admin=1&\
                 version=999&email=thief@evil.example&_method=DELETE&second_step=&epoch=0";
    let answer = post(
        &target.address,
        "/account",
        Some(&session),
        &format!("native_name=A&latin_name=B&affiliation=C&orcid=&expertise={extra}"),
    );
    assert!(answer.status < 500);
    let who = target.town.store.who(&session).await.unwrap().unwrap();
    assert!(who.roles().0.is_empty(), "{:?}", who.roles());
    assert_eq!(who.email().as_str(), address("author"));
    post(
        &target.address,
        "/sign-up",
        None,
        &format!(
            "latin_name=New+One&password=three+green+lamps&email=new.one@meadow.example{}",
            extra.replace("&email=thief@evil.example", "")
        ),
    );
    let email = bauta::domain::person::Email::parse("new.one@meadow.example").unwrap();
    let found = target.town.store.credentials(&email).await.unwrap().unwrap();
    assert!(!found.confirmed && !found.second_step);
    // The same name twice: the first word counts, everywhere alike.
    let twice = format!(
        "email={}&email={}&password=x",
        address("author"),
        address("chief")
    );
    assert_eq!(post(&target.address, "/sign-in", None, &twice).status, 422);
}

/// V6.6, V2.3: a link, a code and a change are for exactly one of those who come at the same time.
#[rocket::async_test]
async fn of_twenty_at_once_one_gets_in() {
    let target = Arc::new(Target::start(&[]).await);
    let email = bauta::demo::cast::member("author").email;
    let account = target
        .town
        .store
        .credentials(&email)
        .await
        .unwrap()
        .unwrap()
        .account;
    let body = LinkBody {
        account: Some(account),
        ..LinkBody::default()
    };
    let token = target.town.store.mint(LinkPurpose::SignIn, &body).await.unwrap();
    let path = Arc::new(format!("/link/{token}"));
    for _ in 0..20 {
        assert_eq!(
            get(&target.address, &path, None).status,
            200,
            "looking spends nothing"
        );
    }
    let each = (0..20).map(|_| {
        let (address, path) = (target.address.clone(), path.clone());
        std::thread::spawn(move || post(&address, &path, None, "x=").cookie("bauta").is_some())
    });
    let threads: Vec<_> = each.collect();
    let entered = threads
        .into_iter()
        .map(|t| t.join().unwrap())
        .filter(|yes| *yes)
        .count();
    assert_eq!(entered, 1);
    assert_eq!(post(&target.address, &path, None, "x=").status, 422);
}

/// V7.2, V6.3: what is no session is none, however it looks.
#[rocket::async_test]
async fn forged_cookies_open_nothing() {
    let target = Target::start(&[]).await;
    let real = target.session("chief").await;
    assert_eq!(get(&target.address, "/office", Some(&real)).status, 200);
    let shortened = &real[..real.len() - 1];
    let turned: String = real.chars().rev().collect();
    let doubled = format!("{real}{real}");
    for forged in [
        "",
        "0",
        "null",
        "undefined",
        "admin",
        "' OR '1'='1",
        "%00",
        "..%2f",
        "1; DROP TABLE session",
        shortened,
        &turned,
        &doubled,
        &real.to_uppercase(),
        &"a".repeat(32),
        &"a".repeat(6000),
        "\u{202e}",
        "{}",
        "true",
    ] {
        let answer = get(&target.address, "/office", Some(forged));
        assert!(
            answer.status == 303 || (400..500).contains(&answer.status),
            "{forged} {}",
            answer.head
        );
    }
    // Two cookies of the name: one session or none, never a mixture.
    let answer = get(&target.address, "/office", Some(&format!("x; bauta={shortened}")));
    assert_eq!(answer.status, 303);
}

/// V8: other people's sessions, files, reviews and letters are not there, under any number.
#[rocket::async_test]
async fn other_peoples_things_are_not_there() {
    let target = Target::start(&[]).await;
    let (mine, theirs) = (target.session("author").await, target.session("author5").await);
    let who = target.town.store.who(&mine).await.unwrap().unwrap();
    let own = target.town.store.sessions(&who).await.unwrap();
    let id = own.iter().find(|s| s.current).unwrap().id;
    post(
        &target.address,
        &format!("/account/sessions/{id}/end"),
        Some(&theirs),
        "",
    );
    assert!(
        target.town.store.who(&mine).await.unwrap().is_some(),
        "a session ends by its owner alone"
    );
    for id in [
        "-1",
        "0",
        "9223372036854775807",
        "99999999999999999999",
        "1e3",
        "0x1",
        "%31",
        "1%00",
    ] {
        let answer = post(
            &target.address,
            &format!("/account/sessions/{id}/end"),
            Some(&theirs),
            "",
        );
        assert!(answer.status < 500, "{id}");
    }
    // The numbers of pages that the author may see, with every number of the life.
    let page = get(&target.address, "/author", Some(&theirs));
    for number in target
        .town
        .life
        .numbers
        .values()
        .filter(|n| !page.body.contains(*n))
    {
        for path in [
            format!("/author/manuscripts/{number}"),
            format!("/author/manuscripts/{number}/submission/text"),
            format!("/reviews/{number}"),
            format!("/office/manuscripts/{number}"),
            format!("/office/manuscripts/{number}/decision"),
            format!("/author/manuscripts/{}", number.to_lowercase()),
            format!("/author/manuscripts/{number}%20"),
            format!("/author/manuscripts/{number}/"),
            format!("//author/manuscripts/{number}"),
            format!("/author/./manuscripts/{number}"),
            format!("/author/manuscripts/{number}?number={number}"),
        ] {
            let answer = get(&target.address, &path, Some(&theirs));
            assert!((300..=404).contains(&answer.status), "{path} {}", answer.status);
            assert_ne!(answer.status, 200, "{path}");
        }
    }
}
