//! Ways in, and ways to learn something, that were found by reading the program as a stranger would: each is shut.

use bauta::actions::invite::{Asking, Whom, invite};
use bauta::actions::{Failure, Refusal, files, settle, submit};
use bauta::app::{Office, rocket};
use bauta::demo::cast::{self, member};
use bauta::demo::plots;
use bauta::demo::script::{Act, Casting};
use bauta::domain::conflict::Conflict;
use bauta::domain::decision::DecisionKind;
use bauta::domain::manuscript::AuthorEntry;
use bauta::domain::person::{Email, Lang, Profile, Role, Roles};
use bauta::domain::stage::Stage;
use bauta::domain::verdict::Verdict;
use jiff::SignedDuration;
use rocket::http::{ContentType, Header, Status};
use rocket::local::asynchronous::Client;

use crate::law::At;
use crate::support::{Browser, Script, Town};

async fn sql(town: &Town, statement: &str) {
    use sea_orm::ConnectionTrait;
    let url = match &town.settings {
        bauta::store::DbSettings::Sqlite { path, .. } => format!("sqlite://{}", path.display()),
        bauta::store::DbSettings::Postgres(url) => url.clone(),
    };
    let conn = sea_orm::Database::connect(url).await.unwrap();
    conn.execute_unprepared(statement).await.unwrap();
    conn.close().await.unwrap();
}

async fn signs_in(browser: &Browser, email: &str, password: &str) -> Option<String> {
    let body = format!("email={email}&password={}", password.replace(' ', "+"));
    let response = browser.post("/sign-in", None, &body).await;
    response.cookies().get("bauta").map(|c| c.value().to_owned())
}

/// The tokens of the links in the letters to an address.
fn tokens(town: &Town, address: &str) -> Vec<String> {
    let letters = town.letters();
    let to = letters.iter().filter(|l| l.to.contains(address));
    to.filter_map(|l| l.text.split("/link/").nth(1))
        .map(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).collect())
        .collect()
}

#[rocket::async_test]
async fn of_two_sign_ups_the_one_counts_whose_letter_was_answered() {
    let town = Town::empty().await;
    let browser = town.browser().await;
    let address = "mine@meadow.example";
    for (name, password) in [("Stranger", "three+green+lamps"), ("Owner", "seven+blue+doors")] {
        let form = format!("latin_name={name}&email={address}&password={password}");
        browser.post("/sign-up", None, &form).await;
        town.worker.pass().await.unwrap();
        town.store.clock.advance(SignedDuration::from_secs(1));
    }
    let own = town.link_to(address, "");
    let others = tokens(&town, address);
    assert_eq!(others.len(), 2);
    let response = browser.post(&own, None, "x=").await;
    let session = response.cookies().get("bauta").unwrap().value().to_owned();
    assert_eq!(signs_in(&browser, address, "three green lamps").await, None);
    assert!(signs_in(&browser, address, "seven blue doors").await.is_some());
    let page = browser.page("/account", Some(&session), Lang::En).await;
    assert!(page.contains("Owner") && !page.contains("Stranger"));
    // The stranger's letter, opened by mistake later, changes nothing any more.
    for token in others {
        browser.post(&format!("/link/{token}"), None, "x=").await;
    }
    assert_eq!(signs_in(&browser, address, "three green lamps").await, None);
    assert!(signs_in(&browser, address, "seven blue doors").await.is_some());
}

#[rocket::async_test]
async fn whoever_has_forgotten_the_password_ends_all_other_sessions() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let address = town.address_of("author");
    let thief = town.token("author").await;
    browser
        .post("/password/forgotten", None, &format!("email={address}"))
        .await;
    town.worker.pass().await.unwrap();
    let link = town.link_to(&address, "密码");
    let response = browser.post(&link, None, "x=").await;
    let own = response.cookies().get("bauta").unwrap().value().to_owned();
    assert!(town.store.who(&thief).await.unwrap().is_none());
    assert!(town.store.who(&own).await.unwrap().is_some());
}

#[rocket::async_test]
async fn revoking_everything_takes_the_links_that_let_somebody_in() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let chief = town.token("chief").await;
    let address = "new@journal.example";
    let form = format!("email={address}&person=New+Editor&role=editor&language=en");
    browser.post("/admin/people", Some(&chief), &form).await;
    town.worker.pass().await.unwrap();
    let link = town.link_to(address, "");
    let account = town.store.credentials(&Email::parse(address).unwrap()).await;
    let account = account.unwrap().unwrap().account;
    let proof = town.store.administrator(&town.who("chief").await).unwrap();
    bauta::actions::handle::set_roles(&town.store, &proof, account, Roles::default())
        .await
        .unwrap();
    let response = browser.post(&link, None, "x=").await;
    assert_eq!(response.status(), Status::UnprocessableEntity);
    assert!(response.cookies().get("bauta").is_none());
}

#[rocket::async_test]
async fn an_invitation_outlives_a_revocation_as_a_question_but_not_as_a_key() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let (number, reviewer) = (town.number("asked"), town.token("reviewer2").await);
    let address = town.address_of("reviewer2");
    let letters = town.letters();
    let letter = letters
        .iter()
        .find(|l| l.to.contains(&address) && l.text.contains(&number) && l.text.contains("/link/"))
        .unwrap();
    let token: String = letter
        .text
        .split("/link/")
        .nth(1)
        .unwrap()
        .chars()
        .take(32)
        .collect();
    // The reviewer sets a password, and later shuts everybody out.
    let set = browser
        .post("/account/password", Some(&reviewer), "new=three+green+lamps")
        .await;
    assert_eq!(set.status(), Status::SeeOther);
    browser.post("/account/sessions/end", Some(&reviewer), "").await;
    let path = format!("/invitation/{token}");
    assert!(browser.page(&path, None, Lang::En).await.contains("no_conflict"));
    let response = browser.post(&path, None, "answer=accept&no_conflict=yes").await;
    assert_eq!(
        response.headers().get_one("Location").unwrap(),
        format!("/sign-in?next=/reviews/{number}&done=invitation-accepted")
    );
    assert!(response.cookies().get("bauta").is_none());
}

#[rocket::async_test]
async fn a_name_brings_no_link_into_a_letter() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let evil = "Ann%0D%0A%0D%0Ahttps://evil.example/x%0D%0A%0D%0AB";
    let form = format!("latin_name={evil}&email=any@meadow.example&password=three+green+lamps");
    assert_eq!(browser.post("/sign-up", None, &form).await.status(), Status::Ok);
    let chief = town.token("chief").await;
    let form = format!("email=asked@meadow.example&person={evil}&role=reviewer&language=en");
    browser.post("/admin/people", Some(&chief), &form).await;
    town.worker.pass().await.unwrap();
    let letters = town.letters();
    let to = |address: &str| letters.iter().find(|l| l.to.contains(address)).unwrap();
    assert!(!to("any@meadow.example").text.contains("evil.example"));
    let asked = to("asked@meadow.example");
    assert!(asked.text.contains("Ann https://evil.example/x B"), "one line");
    assert!(!asked.html.contains("href=\"https://evil"));
    // In a profile, too, and of no more than a name's length.
    let author = town.token("author").await;
    let long = "x".repeat(3000);
    let form = format!("latin_name={evil}&native_name={long}&affiliation={long}&expertise={long}");
    browser.post("/account", Some(&author), &form).await;
    let profile = town.store.who(&author).await.unwrap().unwrap().profile().clone();
    assert_eq!(profile.latin_name, "Ann https://evil.example/x B");
    assert_eq!(profile.native_name.len(), 200);
    assert_eq!((profile.affiliation.len(), profile.expertise.len()), (1000, 1000));
}

async fn ask_to_go(town: &Town, key: &str) -> i64 {
    let who = town.who(key).await;
    town.store.set_leaving(&who, true).await.unwrap();
    town.account(key).await
}

async fn erase(town: &Town, key: &str) {
    let account = ask_to_go(town, key).await;
    let chief = town.who("chief").await;
    let proof = town.store.administrator(&chief).unwrap();
    let against = town.store.erase(&proof, &chief, account).await.unwrap();
    assert_eq!(against, Vec::new(), "{key}");
}

fn entry(key: &str) -> AuthorEntry {
    let member = member(key);
    AuthorEntry {
        native_name: member.profile.native_name,
        latin_name: member.profile.latin_name,
        affiliations: member.profile.affiliation,
        email: member.email.to_string(),
        ..AuthorEntry::default()
    }
}

#[rocket::async_test]
async fn two_who_wrote_together_are_erased_one_after_the_other() {
    let town = Town::empty().await;
    let players = town.players().await;
    // Both wrote the first, one of them the second as well.
    let first = players.draft("author", 1).await.unwrap();
    let proof = town
        .store
        .author(&town.who("author").await, &first)
        .await
        .unwrap();
    let other = entry("author5");
    bauta::actions::draft::save(&town.store, &proof, move |s| s.authors.push(other))
        .await
        .unwrap();
    settle_files(&town, &proof).await;
    players.act("author", &first, Act::Submit).await.unwrap();
    let second = players.draft("author5", 2).await.unwrap();
    players.act("author5", &second, Act::Submit).await.unwrap();
    for (key, number) in [("author", &first), ("author5", &second)] {
        players.act(key, number, Act::Withdraw).await.unwrap();
    }
    erase(&town, "author").await;
    erase(&town, "author5").await;
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
    assert_eq!(
        town.ids("SELECT id FROM author_tag").await.len(),
        2 * 3,
        "the co-authors' are left"
    );
}

async fn settle_files(town: &Town, proof: &bauta::store::access::AsAuthor) {
    while bauta::actions::strip::next(&town.store, &town.worker.limits, town.store.clock.now())
        .await
        .unwrap()
    {}
    let case = town.store.case_as_author(proof).await.unwrap();
    let found = case.files().await.unwrap();
    case.abandon().await.unwrap();
    for file in found {
        for key in town.store.open_findings(proof, file.id).await.unwrap() {
            files::settle_finding(&town.store, proof, file.id, &key, true)
                .await
                .unwrap();
        }
    }
}

/// Two manuscripts of one author: one that came to nothing, and later one that was published.
fn lapsed_and_published() -> Script {
    let mut plots = plots::all();
    plots.retain(|p| ["lapsed", "published"].contains(&p.name));
    plots.iter_mut().for_each(|p| p.author = "author");
    Script {
        name: "lapsed-and-published",
        casting: Casting::usual(),
        plots,
        seed: None,
    }
}

#[rocket::async_test]
async fn somebody_of_the_name_of_one_who_was_erased_submits() {
    for by_hand in [false, true] {
        let town = Town::played(&lapsed_and_published()).await;
        let players = town.players().await;
        let name = entry("author");
        if by_hand {
            // What an older version of the program left: numbers that are missing.
            let lapsed = town.number("lapsed");
            let gone = format!(
                "DELETE FROM author_tag WHERE manuscript_id = (SELECT id FROM manuscript WHERE number = '{lapsed}')"
            );
            sql(&town, &gone).await;
        } else {
            erase(&town, "author").await;
        }
        let number = players.draft("author5", 1).await.unwrap();
        let proof = town
            .store
            .author(&town.who("author5").await, &number)
            .await
            .unwrap();
        bauta::actions::draft::save(&town.store, &proof, move |s| {
            s.authors[0].native_name = name.native_name;
            s.authors[0].latin_name = name.latin_name;
        })
        .await
        .unwrap();
        settle_files(&town, &proof).await;
        players.act("author5", &number, Act::Submit).await.unwrap();
    }
}

#[rocket::async_test]
async fn a_reviewer_who_is_erased_takes_the_attachments_along_as_they_came() {
    let town = Town::empty().await;
    let players = town.players().await;
    let number = players.draft("author", 1).await.unwrap();
    for act in [
        Act::Submit,
        Act::Handle,
        Act::Decide(DecisionKind::SendToReview),
        Act::Invite(&["reviewer3", "reviewer4"]),
        Act::Accept("reviewer3"),
        Act::Accept("reviewer4"),
    ] {
        players.act("author", &number, act).await.unwrap();
    }
    for key in ["reviewer3", "reviewer4"] {
        let proof = town.store.reviewer(&town.who(key).await, &number).await.unwrap();
        let text = format!("Notes on the paper, for {key}.\n\nThe table is wrong.\n");
        let taken = files::take(&town.store, text.as_bytes(), 50).await.unwrap();
        let file = files::attach(&town.store, &proof, &taken, &format!("{key}.txt"))
            .await
            .unwrap();
        while bauta::actions::strip::next(&town.store, &town.worker.limits, town.store.clock.now())
            .await
            .unwrap()
        {}
        // The number of one's own attachment tells nothing of another reviewer's.
        let blind = town.store.reviewer_attachment(&proof, file).await.unwrap();
        assert_eq!(blind.name, "attachment-1.txt", "{key}");
        players
            .act("author", &number, Act::Review(key, Verdict::Unsuitable))
            .await
            .unwrap();
    }
    players
        .act("author", &number, Act::Decide(DecisionKind::Decline))
        .await
        .unwrap();
    town.wait(24).await;
    let chief = town.who("chief").await;
    let admin = town.store.administrator(&chief).unwrap();
    let account = town.account("reviewer3").await;
    bauta::actions::handle::set_roles(&town.store, &admin, account, Roles::default())
        .await
        .unwrap();
    erase(&town, "reviewer3").await;
    let emptied = "SELECT id FROM file WHERE role = 'attachment' AND blob = ''";
    assert_eq!(town.ids(emptied).await.len(), 1, "the other reviewer's is kept");
    let kept = "SELECT id FROM file WHERE role = 'attachment' AND blind_blob <> ''";
    assert_eq!(town.ids(kept).await.len(), 2);
    assert_eq!(town.store.verify().await.unwrap().broken, Vec::<String>::new());
    // An original that went with its author is no page, and no fault.
    erase_author_and_ask_for_the_original(&town, &number).await;
}

async fn erase_author_and_ask_for_the_original(town: &Town, number: &str) {
    town.wait(24 * 60).await;
    erase(town, "author").await;
    let browser = town.browser().await;
    let editor = town.token("editor").await;
    for id in town.ids("SELECT id FROM file WHERE role = 'manuscript'").await {
        let path = format!("/office/manuscripts/{number}/originals/{id}");
        let response = browser.post(&path, Some(&editor), "reason=x").await;
        assert_eq!(response.status(), Status::NotFound);
    }
}

#[rocket::async_test]
async fn a_guest_is_named_before_it_is_sent_and_one_who_can_act() {
    let town = Town::life().await;
    let at = At::of(&town, "draft").await;
    let editor = town.account("editor").await;
    let name = async |version| submit::name_guest(&town.store, &at.author().await, version, editor).await;
    // Nobody needs one here: the editor-in-chief is no author.
    let version = at.version().await;
    assert!(matches!(
        name(version).await,
        Err(Failure::Refused(Refusal::NeedsGuest))
    ));
    assert_eq!(at.version().await, version);
    let at = At::of(&town, "screening").await;
    let version = at.version().await;
    let late = submit::name_guest(&town.store, &at.author().await, version, editor).await;
    assert!(matches!(late, Err(Failure::Refused(Refusal::NotHere))));
    assert_eq!(
        at.version().await,
        version,
        "no form of an editor goes stale by it"
    );
}

#[rocket::async_test]
async fn a_manuscript_that_cannot_be_settled_keeps_no_other_waiting() {
    let town = Town::empty().await;
    let players = town.players().await;
    let mut numbers = Vec::new();
    for (key, n) in [("author", 1), ("author5", 2)] {
        let number = players.draft(key, n).await.unwrap();
        players.act(key, &number, Act::Submit).await.unwrap();
        numbers.push(number);
    }
    let broken = format!(
        "UPDATE \"window\" SET kind = 'nonsense' WHERE manuscript_id = (SELECT id FROM manuscript WHERE number = '{}')",
        numbers[0]
    );
    sql(&town, &broken).await;
    town.store.clock.advance(SignedDuration::from_hours(24 * 40));
    let browser = town.browser().await;
    for _ in 0..3 {
        assert_eq!(browser.get("/", None, Lang::En).await.status(), Status::Ok);
    }
    let author = town.token("author5").await;
    let page = browser
        .page(
            &format!("/author/manuscripts/{}", numbers[1]),
            Some(&author),
            Lang::En,
        )
        .await;
    assert!(
        page.contains("reaffirmation"),
        "the other one was released in time"
    );
    town.worker.pass().await.unwrap();
    // It is tried again, and mended then.
    sql(
        &town,
        "UPDATE \"window\" SET kind = 'screening' WHERE kind = 'nonsense'",
    )
    .await;
    town.store.clock.advance(SignedDuration::from_mins(2));
    settle::all(&town.store, town.store.clock.now()).await.unwrap();
    let history = town.store.history_of(&numbers[0]).await.unwrap();
    assert!(history.iter().any(|e| e.kind == "window-closed"));
}

#[rocket::async_test]
async fn who_accepts_by_address_shows_to_no_author_who_looks_after_people() {
    let town = Town::life().await;
    let chief = town.who("chief").await;
    let admin = town.store.administrator(&chief).unwrap();
    // Somebody whom the office has not put into the pool is asked about a manuscript of somebody who looks after people.
    let reviewer = town.account("reviewer2").await;
    bauta::actions::handle::set_roles(&town.store, &admin, reviewer, Roles::default())
        .await
        .unwrap();
    let author = town.account("author5").await;
    town.store
        .give_role(author, Role::Administrator, None)
        .await
        .unwrap();
    town.store.give_role(author, Role::Editor, None).await.unwrap();
    let author = town.who("author5").await;
    let of_author = town.store.administrator(&author).unwrap();
    let seen = async || {
        let people = town.store.people(&of_author).await.unwrap();
        let log = town.store.people_log(&of_author, 100).await.unwrap();
        let proof = town
            .store
            .editor(&author, &town.number("finding-reviewers"))
            .await
            .unwrap();
        let pool = town.store.editor_pool(&proof, "").await.unwrap();
        let set_up = town.store.set_up(&of_author, &author).await.unwrap();
        (people.len(), log.len(), pool.count, set_up.reviewers)
    };
    let before = seen().await;
    let proof = town
        .store
        .reviewer(&town.who("reviewer2").await, &town.number("asked"))
        .await
        .unwrap();
    let yes = bauta::actions::answer_invitation::Answer::Accept { no_conflict: true };
    bauta::actions::answer_invitation::answer(&town.store, &proof, yes)
        .await
        .unwrap();
    assert!(town.who("reviewer2").await.roles().has(Role::Reviewer));
    assert_eq!(seen().await, before);
    let people = town.store.people(&admin).await.unwrap();
    assert!(people.iter().any(|p| p.id == reviewer), "others see the new face");
    // Once the office gives the role itself, everybody may know.
    town.store
        .give_role(reviewer, Role::Reviewer, Some(town.account("chief").await))
        .await
        .unwrap();
    assert_eq!(seen().await.0, before.0 + 1);
}

#[rocket::async_test]
async fn my_reviews_move_to_the_past_a_day_after_the_decision_was_opened() {
    let town = Town::life().await;
    let list = async || {
        town.store
            .own_reviews(&town.who("reviewer3").await, 1)
            .await
            .unwrap()
    };
    let number = town.number("pending");
    let row = |list: &bauta::store::read::reviewer::ReviewList| {
        let row = list.present.iter().find(|row| row.number == number);
        row.map(|row| serde_json::to_value(row).unwrap())
    };
    let before = row(&list().await).expect("in review");
    let author = At::of(&town, "pending").await;
    town.wait(1).await;
    assert_eq!(author.stage().await, Stage::Revising);
    assert_eq!(
        row(&list().await),
        Some(before),
        "nothing shows when it was opened"
    );
    town.wait(24).await;
    assert_eq!(row(&list().await), None);
}

#[rocket::async_test]
async fn asking_a_guessed_author_is_on_the_record() {
    let town = Town::life().await;
    let at = At::of(&town, "finding-reviewers").await;
    let (proof, version) = (at.editor("editor2").await, at.version().await);
    let whom = Whom::Address {
        email: "wenren.mubai@author.example".into(),
        name: "Wenren Mubai".into(),
        lang: Lang::En,
    };
    let asking = Asking {
        alternate: true,
        override_reason: String::new(),
    };
    let refused = invite(&town.store, &proof, version, whom, asking).await;
    let Err(Failure::Refused(Refusal::Conflicts(conflicts))) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(conflicts, [Conflict::Refused]);
    let history = town.store.history_of(&at.number).await.unwrap();
    assert_eq!(history.last().unwrap().kind, "author-searched");
    assert_eq!(at.version().await, version, "forms that are open stay good");
}

#[rocket::async_test]
async fn a_form_of_somebody_signed_out_has_the_limits_of_every_form() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let path = format!("/author/manuscripts/{}/submission/text", town.number("draft"));
    let words = "what somebody wrote and what is longer than forty signs";
    let plain = |body: String| {
        browser
            .client
            .post(path.clone())
            .header(ContentType::Form)
            .body(body)
    };
    let parts = |n: usize| {
        let part = format!("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{words}\r\n");
        let kind: ContentType = "multipart/form-data; boundary=b".parse().unwrap();
        browser
            .client
            .post(path.clone())
            .header(kind)
            .body(part.repeat(n) + "--b--\r\n")
    };
    for (request, status) in [
        (plain(format!("a={words}")), Status::Unauthorized),
        (
            plain(format!("a={words}&b={}", "x".repeat(3 << 20))),
            Status::Conflict,
        ),
        (
            plain(format!("a={words}{}", "&b=1".repeat(3000))),
            Status::Conflict,
        ),
        (parts(3), Status::Unauthorized),
        (parts(3001), Status::Conflict),
    ] {
        let response = request
            .header(Header::new("Sec-Fetch-Site", "same-origin"))
            .dispatch()
            .await;
        assert_eq!(response.status(), status);
        let page = response.into_string().await.unwrap();
        assert_eq!(page.contains(words), status == Status::Unauthorized);
    }
}

#[rocket::async_test]
async fn drafts_of_a_day_are_counted_however_they_begin() {
    let town = Town::life().await;
    let browser = town.browser().await;
    let author = town.token("author4").await;
    for _ in 0..30 {
        let begun = browser.post("/author/manuscripts", Some(&author), "").await;
        assert_eq!(begun.status(), Status::SeeOther);
    }
    let anew = format!(
        "/author/manuscripts/{}/anew",
        town.number("declined-after-review")
    );
    let response = browser.post(&anew, Some(&author), "").await;
    assert_eq!(response.status(), Status::TooManyRequests);
}

/// A PDF of one page.
fn pdf() -> Vec<u8> {
    let (name, bytes) = bauta::demo::papers::file(&cast::paper(&member("author"), 1), true);
    assert!(!name.is_empty());
    match bytes.starts_with(b"%PDF") {
        true => bytes,
        false => one_page(),
    }
}

fn one_page() -> Vec<u8> {
    let content = "BT /F1 12 Tf 50 700 Td (Walking in the hills was walked by many.) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let table = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    for place in places {
        out.push_str(&format!("{place:010} 00000 n \n"));
    }
    out.push_str(&format!(
        "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n"
    ));
    out.into_bytes()
}

#[rocket::async_test]
async fn a_page_is_rendered_by_a_child_with_limits() {
    let town = Town::life().await;
    let number = town.number("draft");
    let proof = town
        .store
        .author(&town.who("author").await, &number)
        .await
        .unwrap();
    let taken = files::take(&town.store, pdf().as_slice(), 50).await.unwrap();
    let role = bauta::store::files::FileRole::Supplement;
    let file = files::add(&town.store, &proof, role, &taken, "x").await.unwrap();
    while bauta::actions::strip::next(&town.store, &town.worker.limits, town.store.clock.now())
        .await
        .unwrap()
    {}
    let token = town.token("author").await;
    let page = format!("/author/manuscripts/{number}/blind/{file}/pages/1.png");
    let mut answers = Vec::new();
    for (seconds, megabytes) in [(60, 1024), (0, 1024), (60, 4)] {
        let mut office = Office::new(town.store.clone(), town.config.clone())
            .rendering_by(Some(env!("CARGO_BIN_EXE_bauta").into()));
        (office.limits.seconds, office.limits.megabytes) = (seconds, megabytes);
        let browser = Browser {
            client: Client::untracked(rocket(office)).await.unwrap(),
        };
        let response = browser.get(&page, Some(&token), Lang::En).await;
        answers.push((response.status(), response.content_type()));
    }
    assert_eq!(answers[0], (Status::Ok, Some(ContentType::PNG)));
    assert_eq!(answers[1].0, Status::ServiceUnavailable, "too slow");
    assert_eq!(answers[2].0, Status::ServiceUnavailable, "too large");
}

#[rocket::async_test]
async fn a_profile_that_an_older_version_kept_is_one_line_in_letters() {
    let town = Town::empty().await;
    let email = Email::parse("old@meadow.example").unwrap();
    let letter = bauta::letters::Letter::AlreadyRegistered {};
    town.store
        .post_account(&letter, &email, "Ann\n\nhttps://evil.example/x", Lang::En, None)
        .await
        .unwrap();
    town.worker.pass().await.unwrap();
    assert!(!town.letters()[0].html.contains("href=\"https://evil"));
    let made = town
        .store
        .ensure_account(&email, Profile::default(), Lang::En, true)
        .await;
    assert!(made.unwrap().1);
}
