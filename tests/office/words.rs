//! Before a review, answers or a letter go, their sender is warned of what they say of their sender, with the place
//! marked; after one more click they go all the same. What was typed is kept.
//!
//! Rows of the table of leaks that this excludes: *reviewer names themselves in text*.

use bauta::domain::person::Lang;
use rocket::http::Status;

use crate::support::{Browser, Town};

async fn post(browser: &Browser, path: &str, token: &str, body: &str) -> (Status, String) {
    let response = browser.post(path, Some(token), body).await;
    let location = response
        .headers()
        .get_one("Location")
        .unwrap_or_default()
        .to_owned();
    let status = response.status();
    let page = response.into_string().await.unwrap_or_default();
    (status, if location.is_empty() { page } else { location })
}

fn token_of(page: &str) -> String {
    let found = regex::Regex::new(r#"name="anyway" value="([0-9a-f]+)""#).unwrap();
    found.captures(page).expect("there is a button to go on")[1].to_owned()
}

fn review(assessment: &str, suggestion: &str) -> String {
    let scores: String = [
        "originality",
        "significance",
        "method",
        "evidence",
        "presentation",
    ]
    .map(|c| format!("&score%5B{c}%5D=3"))
    .concat();
    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    format!(
        "verdict=after-revision{scores}&assessment={}&suggestions[]={}&confidential=",
        encode(assessment),
        encode(suggestion)
    )
}

#[rocket::async_test]
async fn a_reviewer_who_names_themselves_is_warned_and_may_go_on() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("reviewer5").await;
    let place = format!("/reviews/{}/review", town.number("reading"));
    let body = review(
        "方法可靠。",
        "请参考鲁致知的工作。\n我们在[12]中已经说明。\n此致\n敬礼！\n老鲁头",
    );
    let (status, page) = post(&browser, &place, &token, &format!("{body}&act=send")).await;
    assert_eq!(status, Status::UnprocessableEntity);
    for marked in ["<mark>鲁致知</mark>", "<mark>我们在[12]</mark>", "老鲁头</mark>"] {
        assert!(page.contains(marked), "{marked}");
    }
    assert!(page.contains("请参考鲁致知的工作。"), "what was typed is there");
    // Other places than those that were seen are shown first.
    let anyway = token_of(&page);
    let other = review("方法可靠。", "请参考鲁致知和雁湖。又及：鲁致知。");
    let (status, _) = post(&browser, &place, &token, &format!("{other}&anyway={anyway}")).await;
    assert_eq!(status, Status::UnprocessableEntity);
    // The same all the same.
    let (status, to) = post(&browser, &place, &token, &format!("{body}&anyway={anyway}")).await;
    assert_eq!(status, Status::SeeOther, "{to}");
    assert!(to.ends_with("done=own-review-sent"), "{to}");
}

#[rocket::async_test]
async fn a_review_that_says_nothing_of_its_reviewer_goes_at_once() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("reviewer5").await;
    let place = format!("/reviews/{}/review", town.number("reading"));
    let body = review("方法可靠。", "请说明样本量如何估算。");
    let (status, to) = post(&browser, &place, &token, &format!("{body}&act=send")).await;
    assert_eq!(
        (status, to.ends_with("done=own-review-sent")),
        (Status::SeeOther, true),
        "{to}"
    );
}

#[rocket::async_test]
async fn an_author_who_names_an_author_in_an_answer_is_warned() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (number, token) = (town.number("revising-soon"), town.token("author2").await);
    let page = format!("/author/manuscripts/{number}/revision");
    let html = browser.page(&page, Some(&token), Lang::En).await;
    let version = regex::Regex::new(r#"name="version" value="([^"]*)""#).unwrap();
    let version = version.captures(&html).unwrap()[1].to_owned();
    let answers = "answers[0]=As+we+showed+in+%5B12%5D+it+holds.&answers[1]=Done&answers[2]=Done&rebuttal=Z.+Ravnikar+redid+it.+Ingrid+Solvang";
    let body = format!("version={version}&{answers}");
    let (status, html) = post(&browser, &format!("{page}/send"), &token, &body).await;
    assert_eq!(status, Status::UnprocessableEntity);
    for marked in ["<mark>As we showed in [12]</mark>", "<mark>Ingrid Solvang</mark>"] {
        let marked = marked.replace("As we", "we");
        assert!(html.contains(&marked), "{marked}: {html}");
    }
    let anyway = token_of(&html);
    let (_, html) = post(
        &browser,
        &format!("{page}/send"),
        &token,
        &format!("{body}&anyway={anyway}"),
    )
    .await;
    // Past the warning: what is missing now is the revised file, and all that was typed is there.
    assert!(!html.contains("name=\"anyway\""));
    assert!(html.contains("Ravnikar redid it"));
}

#[rocket::async_test]
async fn an_editor_sees_in_the_preview_what_the_letter_says_of_the_editor() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("editor").await;
    let place = format!("/office/manuscripts/{}/decision", town.number("reviews-in"));
    let html = browser.page(&place, Some(&token), Lang::Zh).await;
    let version = regex::Regex::new(r#"name="version" value="([^"]*)""#).unwrap();
    let version = version.captures(&html).unwrap()[1].to_owned();
    let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    for step in ["preview", "confirm"] {
        let body = format!(
            "version={version}&step={step}&kind=decline&reason={}&message={}",
            encode("不宜采用"),
            encode("谢谢。责任编辑：顾怀远")
        );
        let (status, html) = post(&browser, &place, &token, &body).await;
        assert_eq!(status, Status::Ok, "{html}");
        assert!(html.contains("顾怀远</mark>"), "{step}");
    }
}
