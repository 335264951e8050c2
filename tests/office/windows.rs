//! A review that is being written, beside a file and in two windows: no word of it is lost or written over unseen.

use bauta::domain::person::Lang;
use rocket::http::Status;

use crate::reviewer::{FULL, post};
use crate::support::{Browser, Town};

/// A reviewer who has just accepted: the browser, the session, the desk's path.
async fn at_the_desk(town: &Town) -> (Browser, String, String) {
    let browser = town.browser().await;
    let token = town.token("reviewer").await;
    let path = format!("/reviews/{}", town.number("asked"));
    let accept = format!("{path}/acceptance");
    post(&browser, &accept, Some(&token), "no_conflict=yes").await;
    (browser, token, path)
}

/// The form with a file at its end, as a browser without JavaScript sends it.
async fn with_file(
    browser: &Browser,
    path: &str,
    token: &str,
    fields: &[(&str, &str)],
    file: &str,
) -> (Status, String) {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += &format!(
        "--b\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"notes.txt\"\r\n\r\n{file}\r\n--b--\r\n"
    );
    let kind: rocket::http::ContentType = "multipart/form-data; boundary=b".parse().unwrap();
    let request = browser.client.post(path.to_owned()).header(kind).body(body);
    let request = request
        .header(rocket::http::Header::new("Sec-Fetch-Site", "same-origin"))
        .cookie(rocket::http::Cookie::new("bauta", token.to_owned()));
    let response = request.dispatch().await;
    let to = response.headers().get_one("Location").map(str::to_owned);
    let status = response.status();
    (
        status,
        to.unwrap_or(response.into_string().await.unwrap_or_default()),
    )
}

#[rocket::async_test]
async fn what_was_typed_is_kept_beside_a_file() {
    let town = Town::life().await;
    let (browser, token, path) = at_the_desk(&town).await;
    let files = format!("{path}/attachments");
    let typed = |text: &'static str| {
        [
            ("version", "0"),
            ("assessment", text),
            ("suggestions[]", "Say how many"),
        ]
    };
    // A file that is refused takes nothing along either.
    let (status, to) = with_file(&browser, &files, &token, &typed("Typed just now"), "").await;
    assert_eq!(
        (status, to),
        (Status::SeeOther, format!("{path}?amend&problem=empty-file"))
    );
    let page = browser.page(&path, Some(&token), Lang::En).await;
    assert!(page.contains(">Typed just now</textarea>") && page.contains(">Say how many</textarea>"));
    let typed = [("version", "1"), ("assessment", "Typed later")];
    let (status, to) = with_file(&browser, &files, &token, &typed, "Line 3").await;
    assert_eq!(status, Status::SeeOther);
    assert!(to.contains("done=attached"), "{to}");
    let page = browser.page(&path, Some(&token), Lang::En).await;
    assert!(page.contains(">Typed later</textarea>") && page.contains("notes.txt"));
    // With JavaScript the file comes alone, and leaves the draft as it is.
    let (status, _) = with_file(&browser, &files, &token, &[], "Line 4").await;
    assert_eq!(status, Status::SeeOther);
    let page = browser.page(&path, Some(&token), Lang::En).await;
    assert!(page.contains(">Typed later</textarea>"));
}

#[rocket::async_test]
async fn what_another_window_kept_is_not_replaced_unseen() {
    let town = Town::life().await;
    let (browser, token, path) = at_the_desk(&town).await;
    let draft = format!("{path}/draft");
    let body = |version: &str, text: &str| format!("version={version}&assessment={text}");
    let response = browser.post(&draft, Some(&token), &body("0", "One")).await;
    assert_eq!(response.status(), Status::NoContent);
    assert_eq!(response.headers().get_one("Bauta-Version"), Some("1"));
    let other = browser.post(&draft, Some(&token), &body("0", "Two")).await;
    assert_eq!(other.status(), Status::Conflict);
    for (act, file) in [("send", false), ("add", false), ("", true)] {
        let (status, page) = match file {
            false => {
                let body = format!("{}&act={act}", body("0", "Two"));
                post(&browser, &format!("{path}/review"), Some(&token), &body).await
            }
            true => {
                let fields = [("version", "0"), ("assessment", "Two")];
                with_file(&browser, &format!("{path}/attachments"), &token, &fields, "").await
            }
        };
        assert_eq!(status, Status::UnprocessableEntity, "{act}");
        // Both are there, and whoever goes on has seen both.
        assert!(
            page.contains(">Two</textarea>") && page.contains(">One</p>"),
            "{page}"
        );
        assert!(page.contains("name=\"version\" value=\"1\""), "{page}");
    }
    let kept = browser.post(&draft, Some(&token), &body("1", "Two")).await;
    assert_eq!(kept.headers().get_one("Bauta-Version"), Some("2"));
    // A review that was sent is amended by the same rule; without JavaScript a file leaves the words on the page.
    let review = format!("{path}/review");
    let sent = post(&browser, &review, Some(&token), &format!("version=2&{FULL}")).await;
    assert_eq!(sent.0, Status::SeeOther, "{}", sent.1);
    let stale = post(&browser, &review, Some(&token), &format!("version=2&{FULL}")).await;
    assert_eq!(stale.0, Status::UnprocessableEntity);
    let fields = [("version", "3"), ("assessment", "Amended on second thoughts")];
    let files = format!("{path}/attachments");
    let (status, page) = with_file(&browser, &files, &token, &fields, "Line 5").await;
    assert_eq!(status, Status::Ok);
    assert!(page.contains(">Amended on second thoughts</textarea>"));
}
