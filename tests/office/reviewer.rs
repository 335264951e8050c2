//! The reviewer's pages: each in both languages for its reviewer, nothing for anybody else; the flow through HTTP.

use bauta::domain::manuscript::AuthorEntry;
use bauta::domain::person::Lang;
use bauta::store::links::{LinkBody, LinkPurpose};
use rocket::http::Status;

use crate::support::{Browser, Town};

/// Names of the cast's authors and co-authors, and what else gives them away.
const AUTHORS: &[&str] = &[
    "华韵秋",
    "Hua Yunqiu",
    "Ingrid Solvang",
    "薄云飞",
    "Bo Yunfei",
    "Dario Penhaligon",
    "喻青禾",
    "Yu Qinghe",
    "闻人慕白",
    "Wenren",
    "Zdenka Ravnikar",
    "北岭",
    "Fjordhaven",
    "南湾大学",
    "Westmarch",
    "东川市",
    "ChiCTR25",
    "2025BL04417",
    "WRC-2025",
];
/// Names of the cast's reviewers, but the first.
const OTHERS: &[&str] = &[
    "Petra Lindqvist",
    "邬晚晴",
    "Oluwaseun",
    "鲁致知",
    "Duroselle",
    "戚雨田",
    "Ngatai",
    "柏静安",
    "Vasarely",
];

fn names_nobody(page: &str, own: &str, path: &str) {
    for name in AUTHORS.iter().chain(OTHERS).filter(|name| !own.contains(*name)) {
        assert!(!page.contains(name), "{path} names {name}");
    }
}

/// The page in both languages, checked for names; returns the English one, and leaves its reader with English.
async fn both(town: &Town, browser: &Browser, path: &str, token: &str, own: &str) -> String {
    let mut last = String::new();
    for lang in Lang::ALL {
        let who = town.store.who(token).await.unwrap().unwrap();
        town.store.set_lang(&who, lang).await.unwrap();
        last = browser.page(path, Some(token), lang).await;
        names_nobody(&last, own, path);
        assert!(last.contains(&format!("<html lang=\"{}\"", lang.tag())), "{path}");
    }
    last
}

pub async fn post(browser: &Browser, path: &str, token: Option<&str>, body: &str) -> (Status, String) {
    let response = browser.post(path, token, body).await;
    let location = response
        .headers()
        .get_one("Location")
        .unwrap_or_default()
        .to_owned();
    let status = response.status();
    let body = response.into_string().await.unwrap_or_default();
    (status, if location.is_empty() { body } else { location })
}

pub const FULL: &str = "verdict=after-revision&score%5Boriginality%5D=3&score%5Bsignificance%5D=4&score%5Bmethod%5D=3&score%5Bevidence%5D=4&score%5Bpresentation%5D=5\
    &assessment=Sound&suggestions[]=Say+how+many&suggestions[]=&suggestions[]=Name+the+test&confidential=None&act=send";

#[rocket::async_test]
async fn every_page_of_a_reviewer_is_there_in_both_languages_and_names_nobody() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let cast = [
        ("reviewer", "岑伯良", vec!["asked", "overdue", "lapsed"]),
        ("reviewer2", "Petra Lindqvist", vec!["asked", "proof"]),
        (
            "reviewer3",
            "邬晚晴",
            vec!["in-review-again", "pending", "revising"],
        ),
        ("reviewer4", "Oluwaseun", vec!["in-review-again"]),
        ("reviewer5", "鲁致知", vec!["reading"]),
        ("reviewer8", "Ngatai", vec!["re-review", "accepted", "reviews-in"]),
    ];
    let stranger = town.token("author2").await;
    for (key, own, plots) in cast {
        let token = town.token(key).await;
        both(&town, &browser, "/reviews", &token, own).await;
        for plot in plots {
            let path = format!("/reviews/{}", town.number(plot));
            both(&town, &browser, &path, &token, own).await;
            let refused = browser.get(&path, Some(&stranger), Lang::En).await;
            assert_eq!(refused.status(), Status::NotFound, "{plot}");
            let to_sign_in = browser.get(&path, None, Lang::En).await;
            assert_eq!(to_sign_in.status(), Status::SeeOther, "{plot}");
        }
    }
    let alternate = town.token("reviewer7").await;
    let list = browser.page("/reviews", Some(&alternate), Lang::En).await;
    assert!(
        list.contains(&town.number("reading")),
        "the alternate was asked after a refusal"
    );
    let empty = browser.page("/reviews", Some(&stranger), Lang::Zh).await;
    assert!(empty.contains("class=\"empty\""));
}

#[rocket::async_test]
async fn an_invitation_is_accepted_and_the_review_written_sent_and_amended() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("reviewer").await;
    let path = format!("/reviews/{}", town.number("asked"));
    let page = both(&town, &browser, &path, &token, "岑伯良").await;
    assert!(page.contains("name=\"no_conflict\"") && !page.contains("/files/"));
    let (status, page) = post(&browser, &format!("{path}/acceptance"), Some(&token), "").await;
    assert_eq!(status, Status::UnprocessableEntity);
    assert!(page.contains("error-summary"));
    let accepted = post(
        &browser,
        &format!("{path}/acceptance"),
        Some(&token),
        "no_conflict=yes",
    )
    .await;
    assert_eq!(
        accepted,
        (Status::SeeOther, format!("{path}?done=invitation-accepted"))
    );

    let desk = both(&town, &browser, &path, &token, "岑伯良").await;
    let file = desk
        .split("/files/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let address = format!("{path}/files/{file}/download");
    let download = browser.get(&address, Some(&token), Lang::En).await;
    assert_eq!(download.status(), Status::Ok);
    let name = download
        .headers()
        .get_one("Content-Disposition")
        .unwrap()
        .to_owned();
    assert!(name.contains("filename=\"manuscript."), "{name}");
    for foreign in ["reviewer3", "author5", "author"] {
        let foreign = town.token(foreign).await;
        let refused = browser.get(&address, Some(&foreign), Lang::En).await;
        assert_eq!(refused.status(), Status::NotFound);
    }
    let nothing = format!("{path}/files/1/download");
    let unknown = browser.get(&nothing, Some(&token), Lang::En).await;
    assert_eq!(unknown.status(), Status::NotFound);

    let (status, _) = post(
        &browser,
        &format!("{path}/draft"),
        Some(&token),
        "assessment=Begun",
    )
    .await;
    assert_eq!(status, Status::NoContent);
    let (status, page) = post(
        &browser,
        &format!("{path}/review"),
        Some(&token),
        "assessment=Begun&act=send",
    )
    .await;
    assert_eq!(status, Status::UnprocessableEntity);
    assert!(page.contains("href=\"#scores\"") && page.contains(">Begun</textarea>"));
    let more = "assessment=Begun&suggestions[]=One+thing&act=add";
    let (status, page) = post(&browser, &format!("{path}/review"), Some(&token), more).await;
    assert_eq!(status, Status::Ok);
    assert!(page.contains(">One thing</textarea>") && page.contains("id=\"suggestions-2\""));
    let again = browser.page(&path, Some(&token), Lang::En).await;
    assert!(again.contains(">One thing</textarea>"), "the draft was saved");

    let sent = post(&browser, &format!("{path}/review"), Some(&token), FULL).await;
    assert_eq!(sent, (Status::SeeOther, format!("{path}?done=own-review-sent")));
    let page = both(&town, &browser, &path, &token, "岑伯良").await;
    assert!(page.contains("amend=1") && page.contains("Name the test"));
    let (status, _) = post(
        &browser,
        &format!("{path}/draft"),
        Some(&token),
        "assessment=Late",
    )
    .await;
    assert_eq!(status, Status::Conflict, "what was sent is not changed by saving");
    let page = both(&town, &browser, &format!("{path}?amend=1"), &token, "岑伯良").await;
    assert!(page.contains("<form") && !page.contains("data-autosave="));
    let amended = FULL.replace("Sound", "Better");
    let (status, _) = post(&browser, &format!("{path}/review"), Some(&token), &amended).await;
    assert_eq!(status, Status::SeeOther);
    let page = both(&town, &browser, &path, &token, "岑伯良").await;
    assert!(
        page.contains("Better") && page.contains("Sound"),
        "the earlier version stays"
    );
}

#[rocket::async_test]
async fn a_refusal_for_a_conflict_leaves_nothing_to_see() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("reviewer2").await;
    let number = town.number("asked");
    let path = format!("/reviews/{number}");
    let form = "reason=We+publish+together&suggestion=Somebody&conflict=yes";
    let done = post(&browser, &format!("{path}/refusal"), Some(&token), form).await;
    assert_eq!(
        done,
        (Status::SeeOther, "/reviews?done=invitation-refused".to_owned())
    );
    assert_eq!(
        browser.get(&path, Some(&token), Lang::En).await.status(),
        Status::NotFound
    );
    assert!(
        !browser
            .page("/reviews?done=invitation-refused", Some(&token), Lang::Zh)
            .await
            .contains(&number)
    );
}

#[rocket::async_test]
async fn a_second_round_shows_own_points_with_answers_and_the_earlier_files() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let number = town.number("in-review-again");
    let (mut points, mut files) = (0, 0);
    for (key, own) in [("reviewer3", "邬晚晴"), ("reviewer4", "Oluwaseun")] {
        let token = town.token(key).await;
        let page = both(&town, &browser, &format!("/reviews/{number}"), &token, own).await;
        points += page.matches("class=\"suggestion\"").count();
        files = page.matches("?file=").count();
        assert!(page.contains("已按意见修改，见方法部分。") && page.contains("感谢审稿人的意见"));
        assert!(
            !page.contains("请按本刊体例修改参考文献"),
            "the office's own point is not this reviewer's"
        );
    }
    assert_eq!(
        (points, files),
        (2, 2),
        "each sees own points alone, and the files of both rounds"
    );
    let waiting = town.token("reviewer8").await;
    let page = both(
        &town,
        &browser,
        &format!("/reviews/{}", town.number("re-review")),
        &waiting,
        "Ngatai",
    )
    .await;
    assert_eq!(
        page.matches("?file=").count(),
        1,
        "a revision that was not sent to review is not shown"
    );
    assert!(!page.contains("已按意见修改"));
}

#[rocket::async_test]
async fn a_pending_decision_closes_the_form_and_the_outcome_is_told_the_day_after() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = town.token("reviewer3").await;
    let path = format!("/reviews/{}", town.number("pending"));
    let page = both(&town, &browser, &path, &token, "邬晚晴").await;
    assert!(!page.contains(&format!("{path}/review\"")) && !page.contains("class=\"tag\""));
    let (status, kept) = post(&browser, &format!("{path}/review"), Some(&token), FULL).await;
    assert_eq!(status, Status::Conflict);
    assert!(
        kept.contains("Say how many") && kept.contains("Sound"),
        "what was written is there"
    );
    town.wait(1).await;
    let page = browser.page(&path, Some(&token), Lang::En).await;
    assert!(!page.contains("class=\"tag\""), "the letter was received today");
    town.wait(24).await;
    let page = browser.page(&path, Some(&token), Lang::En).await;
    assert!(page.contains("revision asked for"));
}

/// A link as a letter carries it.
async fn link(town: &Town, purpose: LinkPurpose, body: &LinkBody) -> String {
    town.store.mint(purpose, body).await.unwrap()
}

/// The link's token in the letter to an address that speaks of a manuscript.
fn token_in(town: &Town, address: &str, number: &str) -> String {
    let letters = town.letters();
    let mut texts = letters.iter().filter(|l| l.to.contains(address)).map(|l| &l.text);
    let text = texts
        .find(|text| text.contains(number) && text.contains("/link/"))
        .unwrap();
    let rest = text.split("/link/").nth(1).unwrap();
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

#[rocket::async_test]
async fn the_letters_link_answers_without_an_account_once() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let number = town.number("asked");
    let token = token_in(&town, "petra.lindqvist@reviewer2.example", &number);
    let path = format!("/invitation/{token}");
    for lang in [Lang::Zh, Lang::En, Lang::En] {
        let page = browser.page(&path, None, lang).await;
        assert!(page.contains(&format!("action=\"{path}\"")));
        names_nobody(&page, "", &path);
    }
    let (status, page) = post(&browser, &path, None, "answer=accept").await;
    assert_eq!(status, Status::UnprocessableEntity);
    assert!(page.contains("error-summary"));
    let response = browser.post(&path, None, "answer=accept&no_conflict=yes").await;
    assert_eq!(response.status(), Status::SeeOther);
    let location = response.headers().get_one("Location").unwrap().to_owned();
    assert_eq!(
        location,
        format!("/account/password?done=accepted-by-link&next=/reviews/{number}")
    );
    let session = response.cookies().get("bauta").unwrap().value().to_owned();
    let own = "Petra Lindqvist";
    // Setting no password now, one goes on to the review.
    let page = both(&town, &browser, &location, &session, own).await;
    assert!(page.contains(&format!("<a href=\"/reviews/{number}\">")));
    let desk = both(&town, &browser, &format!("/reviews/{number}"), &session, own).await;
    assert!(desk.contains("/draft\""));
    let gone = browser.get(&path, None, Lang::Zh).await;
    assert_eq!(gone.status(), Status::NotFound);
    assert_eq!(
        post(&browser, &path, None, "answer=decline").await.0,
        Status::NotFound
    );
}

#[rocket::async_test]
async fn a_link_declines_and_strange_links_have_their_own_page() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let token = token_in(&town, "petra.lindqvist@reviewer2.example", &town.number("asked"));
    let path = format!("/invitation/{token}");
    let (status, page) = post(&browser, &path, None, "answer=decline&reason=No+time").await;
    assert_eq!(status, Status::Ok);
    assert!(!page.contains("<form method=\"post\" action=\"/invitation"));
    let sign_in = link(&town, LinkPurpose::SignIn, &LinkBody::default()).await;
    for path in [
        path,
        "/invitation/nothing".to_owned(),
        format!("/invitation/{sign_in}"),
        format!("/authorship/{sign_in}"),
    ] {
        for lang in Lang::ALL {
            assert_eq!(
                browser.get(&path, None, lang).await.status(),
                Status::NotFound,
                "{path}"
            );
        }
        assert_eq!(
            post(&browser, &path, None, "answer=accept&no_conflict=yes")
                .await
                .0,
            Status::NotFound
        );
    }
}

#[rocket::async_test]
async fn a_coauthor_confirms_by_link_and_becomes_an_author() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (number, address) = (town.number("screening-new"), "wenren.mubai@author3.example");
    let token = token_in(&town, address, &number);
    let path = format!("/authorship/{token}");
    let at = crate::law::At::of(&town, "screening-new").await;
    let authors = town.store.author_authors(&at.author().await).await.unwrap();
    assert!(authors.len() > 1);
    for lang in Lang::ALL {
        let page = browser.page(&path, None, lang).await;
        assert!(page.contains("value=\"confirm\"") && page.contains(&number));
        // What is to be confirmed: the list of authors in its order, the abstract, and who sent it.
        for names in authors.windows(2) {
            let at = |a: &AuthorEntry| page.rfind(&format!(">{}<", a.latin_name));
            assert!(at(&names[0]).is_some() && at(&names[0]) < at(&names[1]), "{page}");
        }
        assert!(page.contains("id=\"abstract\"") && page.contains("suggestion-text"));
        let by = bauta::words::lookup(lang, "own-coauthor-by", &Default::default()).unwrap();
        assert!(page.contains(by.trim()), "{page}");
    }
    assert_eq!(
        post(&browser, &path, None, "").await.0,
        Status::UnprocessableEntity
    );
    let (status, page) = post(&browser, &path, None, "answer=confirm").await;
    assert_eq!(status, Status::Ok);
    let how = bauta::words::lookup(Lang::Zh, "own-link-no-password", &Default::default()).unwrap();
    assert!(page.contains(&how), "{page}");
    assert_eq!(
        browser.get(&path, None, Lang::En).await.status(),
        Status::NotFound
    );
    let email = bauta::domain::person::Email::parse(address).unwrap();
    let account = town.store.credentials(&email).await.unwrap().unwrap().account;
    let session = town.store.begin_session(account, "test").await.unwrap();
    let who = town.store.who(&session).await.unwrap().unwrap();
    assert!(town.store.author(&who, &number).await.is_ok());
    assert_eq!(who.profile().native_name, "闻人慕白");
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
}

#[rocket::async_test]
async fn whoever_denies_an_authorship_becomes_nothing() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let address = "zdenka.ravnikar@author2.example";
    let token = token_in(&town, address, &town.number("screening"));
    let path = format!("/authorship/{token}");
    assert_eq!(
        post(&browser, &path, None, "answer=deny&note=Never+heard")
            .await
            .0,
        Status::Ok
    );
    assert_eq!(
        browser.get(&path, None, Lang::En).await.status(),
        Status::NotFound
    );
    let email = bauta::domain::person::Email::parse(address).unwrap();
    let number = town.number("screening");
    let (account, _) = town
        .store
        .ensure_account(&email, Default::default(), Lang::En, true)
        .await
        .unwrap();
    let session = town.store.begin_session(account, "test").await.unwrap();
    let who = town.store.who(&session).await.unwrap().unwrap();
    assert!(town.store.author(&who, &number).await.is_err());
    // The manuscript is on hold, which its office and its author are told of; neither is told who it was.
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    let about = |words: &str| letters.iter().filter(|l| l.subject.contains(words)).count();
    assert_eq!(about("denies the authorship") + about("否认署名"), 1);
    let held: Vec<_> = letters.iter().filter(|l| l.subject.contains("on hold")).collect();
    assert_eq!(held.len(), 1);
    assert!(
        letters.iter().all(|l| !l.text.contains(address)),
        "a letter says who it was"
    );
    let chief = town.token("chief").await;
    let history = format!("/office/manuscripts/{number}/history");
    let page = browser.page(&history, Some(&chief), Lang::En).await;
    assert!(page.contains("Never heard") && !page.contains(address));
}

#[rocket::async_test]
async fn a_list_costs_the_same_whatever_it_holds() {
    let town = Town::life().await;
    let mut counts = Vec::new();
    for key in ["author2", "reviewer9", "reviewer"] {
        let who = town.who(key).await;
        let before = town.store.statements();
        town.store.own_reviews(&who, 1).await.unwrap();
        counts.push(town.store.statements() - before);
    }
    assert_eq!(counts[0], counts[2], "{counts:?}");
}

#[rocket::async_test]
async fn past_reviews_are_read_page_by_page() {
    use bauta::store::bulk::Cast;
    let town = Town::life().await;
    let mut accounts = Vec::new();
    for key in ["author", "reviewer", "reviewer2", "editor"] {
        accounts.push(town.account(key).await);
    }
    let cast = Cast {
        authors: &accounts[..1],
        reviewers: &accounts[1..3],
        editors: &accounts[3..],
    };
    let days: Vec<_> = (1..=30)
        .map(|n| jiff::SignedDuration::from_hours(-24 * n))
        .collect();
    let over = town.number("declined-after-review");
    town.store.multiply(&over, &cast, &days).await.unwrap();
    let who = town.who("reviewer").await;
    let first = town.store.own_reviews(&who, 1).await.unwrap();
    let mut seen: Vec<String> = Vec::new();
    for page in 1..=first.pages {
        let list = town.store.own_reviews(&who, page).await.unwrap();
        assert_eq!((list.page, list.present.len()), (page, first.present.len()));
        assert!(list.past.len() == 25 || page == list.pages);
        seen.extend(list.past.into_iter().map(|row| row.number));
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert!(first.pages > 1 && all >= 30 && seen.len() == all);
    let beyond = town.store.own_reviews(&who, 99).await.unwrap();
    assert_eq!(beyond.page, first.pages);
    let (browser, token) = (town.browser().await, town.token("reviewer").await);
    let page = browser.page("/reviews?past=2", Some(&token), Lang::En).await;
    assert!(
        page.contains("?past=1#past") && page.contains("rel=\"prev\""),
        "{page}"
    );
}
