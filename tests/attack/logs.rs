//! V14, V16: no secret and no person in logs, in error pages, in the arguments of processes; nobody writes lines into the log.

use bauta::store::links::{LinkBody, LinkPurpose};

use crate::http::{get, post, upload};
use crate::target::Target;

const PASSWORD: &str = "seven+quiet+herons";

#[rocket::async_test]
async fn nothing_that_the_program_says_gives_anything_away() {
    let smtp = "smtp://office:hunter2-relay@127.0.0.1:9?tls=required";
    let target = Target::start(&[("BAUTA_TEST_LOG", "trace"), ("BAUTA_SMTP_URL", smtp)]).await;
    let (address, email) = (&target.address, bauta::demo::cast::member("author").email);
    let session = target.session("author").await;
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
    // A life in short, right and wrong.
    post(
        address,
        "/account/password",
        Some(&session),
        &format!("new={PASSWORD}"),
    );
    // A new password revokes links under way: this one is made after it.
    let link = target.town.store.mint(LinkPurpose::SignIn, &body).await.unwrap();
    post(
        address,
        "/sign-in",
        None,
        &format!("email={email}&password={PASSWORD}"),
    );
    post(
        address,
        "/sign-in",
        None,
        &format!("email={email}&password=wrong+marker+password"),
    );
    get(address, &format!("/link/{link}"), None);
    let entered = post(address, &format!("/link/{link}"), None, "x=")
        .cookie("bauta")
        .unwrap();
    post(address, "/sign-in/link", None, &format!("email={email}"));
    post(
        address,
        "/sign-in/code",
        None,
        "token=marker-token&code=marker-code",
    );
    let page = get(address, "/account/second-step", Some(&entered));
    let secret = page
        .body
        .split("name=\"secret\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    post(
        address,
        "/account/second-step",
        Some(&entered),
        &format!("secret={secret}&code=000000"),
    );
    post(
        address,
        "/account",
        Some(&entered),
        "native_name=%E5%90%8D%0D%0A2026+ERROR+forged&latin_name=x",
    );
    get(address, "/sign-in?next=%0d%0a2026+ERROR+forged", None);
    get(address, "/%0d%0aERROR%20forged", None);
    let begun = post(address, "/author/manuscripts", Some(&entered), "");
    let number = begun
        .header("Location")
        .unwrap()
        .split('/')
        .nth(3)
        .unwrap()
        .to_owned();
    let (_, docx) = bauta::demo::papers::file(
        &bauta::demo::cast::paper(&bauta::demo::cast::member("author"), 1),
        false,
    );
    upload(
        address,
        &format!("/author/manuscripts/{number}/files"),
        &entered,
        "manuscript",
        "hua.docx",
        "x/y",
        &docx,
    );
    // While it is stripped, and a letter does not go.
    let mut arguments = String::new();
    for _ in 0..60 {
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let status = std::fs::read_to_string(entry.path().join("status")).unwrap_or_default();
            let ours = status.contains(&format!("PPid:\t{}\n", target.process()))
                || entry.file_name() == target.process().to_string().as_str();
            if ours {
                arguments += &std::fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
                arguments.push('\n');
            }
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let said = target.said();
    assert!(said.lines().count() > 5, "it speaks at all: {said}");
    let key = std::fs::read_to_string(target.town.config.key_file()).unwrap();
    let member = bauta::demo::cast::member("author");
    for secret in [
        "seven quiet herons",
        PASSWORD,
        "marker",
        &session,
        &entered,
        &link,
        secret,
        key.trim(),
        "hunter2",
        email.as_str(),
        &member.profile.native_name,
        &member.profile.latin_name,
        "hua.docx",
        "argon2id$",
    ] {
        assert!(!said.contains(secret), "{secret} in the log: {said}");
        assert!(!arguments.contains(secret), "{secret} in arguments: {arguments}");
    }
    assert!(
        !said.lines().any(|line| line.contains("forged")),
        "a line of somebody else in the log"
    );
}

/// V16.5: a fault is told without what is behind it.
#[rocket::async_test]
async fn an_error_page_tells_nothing_of_the_machine() {
    let target = Target::start(&[]).await;
    let session = target.session("chief").await;
    let number = target.town.number("reading");
    // The files vanish under the running program.
    std::fs::rename(target.town.config.blobs(), target.town.folder.join("gone")).unwrap();
    let page = get(
        &target.address,
        &format!("/office/manuscripts/{number}"),
        Some(&session),
    );
    let links = regex::Regex::new(r#"href="(/office/manuscripts/[^"]*/files/[^"]*)""#).unwrap();
    let mut broken = 0;
    for link in links.captures_iter(&page.body) {
        let answer = get(&target.address, &link[1], Some(&session));
        broken += usize::from(answer.status >= 500);
        for word in [
            "/tmp",
            "blobs",
            "No such file",
            "os error",
            "sqlite",
            "src/",
            "panicked",
            "SELECT",
        ] {
            assert!(!answer.body.contains(word), "{word} {}", answer.body);
        }
    }
    assert!(broken > 0, "{}", page.body);
    target.lives();
}
